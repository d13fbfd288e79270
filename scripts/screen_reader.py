"""Reads Tain's window through AT-SPI and codes a sentence by keys; started by scripts/screen-reader.

It prints what a screen reader would have to say, and exits with 1 at the first thing that is missing.
"""

import subprocess
import sys
import time

import pyatspi
from gi.repository import GLib

SECONDS = 15.0


class Ears:
    """What was announced and where the keyboard went, in order."""

    def __init__(self):
        self.heard = []
        self.caret = 0
        pyatspi.Registry.registerEventListener(self.announced, "object:announcement")
        pyatspi.Registry.registerEventListener(self.moved, "object:text-caret-moved")

    def announced(self, event):
        self.heard.append(event.any_data)

    def moved(self, _event):
        self.caret += 1


def pump():
    """Lets the events in that have come."""
    context = GLib.MainContext.default()
    while context.iteration(False):
        pass
    pyatspi.Registry.pumpQueuedEvents()


def until(what, test):
    """Waits for something and says it; ends the run where it doesn't come."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        pump()
        try:
            found = test()
        except (GLib.GError, LookupError, NotImplementedError):
            found = None
        if found:
            print(f"ok      {what}" + ("" if found is True else f": {found}"), flush=True)
            return found
        time.sleep(0.05)
    print(f"MISSING {what}", flush=True)
    sys.exit(1)


def press(*keys):
    for key in keys:
        subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
        time.sleep(0.2)
        pump()


def walk(node):
    yield node
    for child in node:
        if child is not None:
            yield from walk(child)


def of_role(node, role):
    return [found for found in walk(node) if found.getRoleName() == role]


def names(node, role):
    return ", ".join(found.name for found in of_role(node, role))


def app():
    desktop = pyatspi.Registry.getDesktop(0)
    return next((app for app in desktop if app is not None and app.name == "tain"), None)


def focused(node):
    for found in walk(node):
        if found.getState().contains(pyatspi.STATE_FOCUSED):
            return found
    return None


def main():
    ears = Ears()
    until("the program is on the bus", lambda: app() is not None)
    tain = app()
    until("a window, named project – document – Tain", lambda: next(
        (frame.name for frame in tain if frame.name.count(" – ") >= 2 and frame.name.endswith("Tain")), None))
    subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "Tain", "windowfocus"], check=True,
                   stdout=subprocess.DEVNULL)
    until("landmarks", lambda: names(tain, "landmark"))
    until("headings", lambda: names(tain, "heading"))
    until("a tree of codes", lambda: next(
        (f"{item.name}: {item.description}" for item in of_role(tain, "tree item") if "expanded" in item.description
         and "coding" in item.description), None))

    def transcript():
        found = [entry for entry in of_role(tain, "entry") if entry.getState().contains(pyatspi.STATE_READ_ONLY)]
        return found[0] if found else None

    until("the transcript as a text of so many characters", lambda: transcript().queryText().characterCount)
    for _ in range(8):
        here = focused(tain)
        if here is not None and here.getRoleName() == "entry" and here.getState().contains(pyatspi.STATE_READ_ONLY):
            break
        press("F6")
    until("the keyboard is in it", lambda: focused(tain) == transcript() or None)
    before = ears.caret
    press("Down", "Down", "Down", "Down", "Right")
    until("the caret moves, events", lambda: ears.caret - before)
    until("where the caret is", lambda: transcript().queryText().caretOffset)
    until("what is said there", lambda: transcript().description)
    press("s")
    until("a sentence is selected", lambda: transcript().queryText().getText(*transcript().queryText().getSelection(0)))
    press("Return")
    until("a dialog", lambda: names(tain, "dialog"))
    until("the keyboard is in its field", lambda: focused(tain).name)
    heard = len(ears.heard)
    subprocess.run(["xdotool", "type", "--delay", "60", "belong"], check=True)
    until("the code that fits is said", lambda: next((it for it in ears.heard[heard:] if "Belonging" in it), None))
    heard = len(ears.heard)
    press("Return")
    for _ in range(6):
        if not of_role(tain, "dialog"):
            break
        # The facets of the code are asked for; they may stay open.
        until("a facet is asked for", lambda: next(
            (found.name for found in walk(tain) if found.getState().contains(pyatspi.STATE_FOCUSED)), None))
        press("Return")
    until("coding is confirmed", lambda: next((it for it in ears.heard[heard:] if it.startswith("Coded as")), None))
    until("the caret says so, too", lambda: transcript().description if "Belonging" in transcript().description else None)
    heard = len(ears.heard)
    press("ctrl+z")
    until("so is undo", lambda: next((it for it in ears.heard[heard:] if it.startswith("Undone")), None))
    press("ctrl+shift+z")
    until("and redo", lambda: next((it for it in ears.heard[heard:] if it.startswith("Redone")), None))
    press("alt+4")
    until("the sheet of cases, a cell", lambda: next((cell.name for cell in of_role(tain, "table cell")), None))
    press("F10")
    until("the menu", lambda: names(tain, "menu item"))
    press("Escape")
    print(f"all there; {len(ears.heard)} announcements", flush=True)


main()
