"""What the harnesses share: a small fictional study, `tain` run on it, and what a project says of itself."""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

TEXTS = {
    "F01 child": "Interviewer: How was the first week?\n\nChild: I kept my hand down. They laughed when I read.\n\n"
    "Interviewer: And after that?\n\nChild: I tried again on Friday, and Miss Orchard heard me to the end.\n",
    "F02 孩子": "访谈者：最近怎么样？\n\n孩子：我敢举手了，念错一个字也没有人笑。\n\n访谈者：后来呢？\n\n孩子：回家念给外婆听，她说再念一遍。\n",
    "F03 mother": "Interviewer: What changed at home?\n\nMother: She reads the signs in the lift aloud now.\n\n"
    "Interviewer: Since when?\n\nMother: Since the second session, I think.\n",
}
CODES = "code,parent\nNeeds,\nBelonging,Needs\nBeing heard,Needs\nConfidence,\n"
PASSAGES = [
    ("F01 child", "45..73", "Needs/Belonging"),
    ("F01 child", "74..97", "Confidence"),
    ("F02 孩子", "15..21", "Confidence"),
    ("F03 mother", "46..92", "Needs/Being heard"),
]


def arguments(what, **options):
    """The arguments that every harness has: the program, and where chance starts."""
    parser = argparse.ArgumentParser(description=what, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the tain to try, such as target/release/tain")
    parser.add_argument("--seed", type=int, default=1, help="where chance starts (default: %(default)s)")
    for name, (kind, default, help) in options.items():
        parser.add_argument(f"--{name}", type=kind, default=default, help=f"{help} (default: %(default)s)")
    given = parser.parse_args()
    given.program = str(pathlib.Path(given.program).resolve())
    if not os.access(given.program, os.X_OK):
        parser.error(f"{given.program} is no program")
    random.seed(given.seed)
    return given


class Study:
    """A folder with a study of three interviews in it."""

    def __init__(self, program, folder=None):
        self.program = program
        self.own = None if folder else tempfile.TemporaryDirectory(prefix="tain-safety-")
        self.folder = pathlib.Path(folder or self.own.name)
        # Settings and caches are elsewhere, so that what is tried here is the project alone.
        self.home = tempfile.TemporaryDirectory(prefix="tain-safety-home-")

    def environment(self, **more):
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        return {
            **kept,
            "LC_ALL": "C",
            "HOME": self.home.name,
            "TAIN_CONFIG_DIR": f"{self.home.name}/config",
            "TAIN_CACHE_DIR": f"{self.home.name}/cache",
            **more,
        }

    def start(self, words, **more):
        return subprocess.Popen(
            [self.program, *words], cwd=self.folder, env=self.environment(**more),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def run(self, words, seconds=60, **more):
        """Runs a command; returns its status (None for one that hangs), what it printed and what it said."""
        child = self.start(words, **more)
        try:
            out, said = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            return None, "", "(it hangs)"
        return child.returncode, out.decode(errors="replace"), said.decode(errors="replace")

    def ok(self, words):
        status, out, said = self.run(words)
        if status != 0:
            sys.exit(f"{' '.join(words)} ended with {status}: {said}")
        return out

    def make(self, name="p.tain"):
        """Makes the study."""
        texts = self.folder / "texts"
        texts.mkdir()
        for title, text in TEXTS.items():
            (texts / f"{title}.txt").write_text(text, encoding="utf-8")
        (self.folder / "codes.csv").write_text(CODES, encoding="utf-8")
        self.ok(["new", name, "--title", "First week", "--coder", "An"])
        self.ok(["import", name, "texts"])
        self.ok(["codebook", "import", name, "codes.csv"])
        for document, passage, code in PASSAGES:
            self.ok(["code", name, document, passage, code])
        self.ok(["memo", "add", name, "--title", "Signs", "--body", "Reading aloud comes back at home."])
        return self.folder / name

    def steps(self, name="p.tain"):
        """The ids of the entries of a project; None if it can't be read."""
        status, out, _ = self.run(["history", name, "--format", "json"])
        if status != 0:
            return None
        try:
            return [step["entry"] for step in json.loads(out)]
        except (ValueError, KeyError, TypeError):
            return None

    def is_sound(self, name="p.tain"):
        return self.run(["check", name])[0] == 0


# What shows a figure or a text of a project; each prints JSON.
FIGURES = {
    "counts": ["info", "p.tain", "--format", "json"],
    "codings": ["codings", "export", "p.tain", "--format", "json"],
    "themes": ["summary", "p.tain", "--format", "json"],
    "search": ["search", "p.tain", "hand OR 念 OR reads", "--format", "json"],
    "memos": ["memo", "list", "p.tain", "--format", "json"],
}


def beside(path):
    """The files that SQLite and the lock keep beside a project."""
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-lock", "-journal")]


def restore(good, path):
    """Puts a good project in the place of one, with nothing beside it."""
    for file in beside(path):
        file.unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    shutil.copyfile(good, path)


def table(heads, rows):
    """Prints rows in columns."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[at]) for line in [heads, *rows]) for at in range(len(heads))]
    for line in [heads, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def end(losses, what):
    """Prints the outcome, and ends with 1 if anything was lost, damaged or said wrongly."""
    print(f"\n{'FAILED: ' if losses else ''}{what}")
    sys.exit(1 if losses else 0)


def failing_calls():
    """Compiles the library that makes calls fail; returns its path and the folder that has it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler or not sys.platform.startswith("linux"):
        print("skipped: this needs Linux and a C compiler (cc)")
        sys.exit(0)
    folder = tempfile.TemporaryDirectory(prefix="tain-safety-lib-")
    library = f"{folder.name}/failing_calls.so"
    source = HERE / "failing_calls.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library, folder


class Outcome:
    """What a command said became of a step, and what became of it."""

    # Words that say truly that nobody knows.
    UNSURE = ("may be stored", "may have been stored", "may or may not")

    def __init__(self, status, said, before, after, sound):
        self.said_stored = status == 0
        self.said_unsure = status != 0 and any(words in said for words in self.UNSURE)
        self.hangs = status is None
        self.panicked = status is not None and (status == 101 or status < 0) or "panicked" in said
        self.is_readable = after is not None and sound
        self.lost_before = after is None or not set(before) <= set(after)
        self.is_stored = after is not None and len(after) > len(before)

    def kind(self, writes):
        """One word: true, false alarm, LOST, DAMAGED, PANIC or HANGS; `writes` says whether the command adds an entry."""
        if self.hangs:
            return "HANGS"
        if self.panicked:
            return "PANIC"
        if not self.is_readable:
            return "DAMAGED"
        if self.lost_before or (writes and self.said_stored and not self.is_stored):
            return "LOST"
        if self.said_stored or self.said_unsure:
            return "true"
        return "false alarm" if self.is_stored else "true"


KINDS = ["true", "false alarm", "LOST", "DAMAGED", "PANIC", "HANGS"]
