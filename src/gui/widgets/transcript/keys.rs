//! The keyboard in the transcript: keys move the cursor, Shift selects, and a copied passage carries its reference.

use egui::{Event, EventFilter, Key, Modifiers, Response, Ui, vec2};

use super::{Gesture, ShownDocument, TranscriptView, motion::Grain, page::VisibleBlocks};
use crate::model::text::TextRange;

/// A motion that a key asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Motion {
    By(Grain, bool),
    Line(f32),
    LineEnd(bool),
    Page(f32),
    TextEnd(bool),
}

/// The motion of a key: arrows by character and line, with Ctrl by word and turn, with Alt by sentence.
fn motion(key: Key, modifiers: Modifiers) -> Option<Motion> {
    let (command, alt) = (modifiers.command, modifiers.alt);
    Some(match key {
        Key::ArrowLeft | Key::ArrowRight => {
            let forward = key == Key::ArrowRight;
            match (command, alt) {
                (false, false) => Motion::By(Grain::Character, forward),
                (true, false) => Motion::By(Grain::Word, forward),
                _ => return None,
            }
        }
        Key::ArrowUp | Key::ArrowDown => {
            let forward = key == Key::ArrowDown;
            match (command, alt) {
                (false, false) => Motion::Line(if forward { 1.0 } else { -1.0 }),
                (true, false) => Motion::By(Grain::Turn, forward),
                (false, true) => Motion::By(Grain::Sentence, forward),
                (true, true) => return None,
            }
        }
        Key::Home | Key::End if command => Motion::TextEnd(key == Key::End),
        Key::Home | Key::End => Motion::LineEnd(key == Key::End),
        Key::PageUp | Key::PageDown if !command => {
            Motion::Page(if key == Key::PageDown { 1.0 } else { -1.0 })
        }
        _ => return None,
    })
}

impl TranscriptView {
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        response: &Response,
        page: &VisibleBlocks,
        gestures: &mut Vec<Gesture>,
    ) {
        if !response.has_focus() {
            return;
        }
        // Without this filter egui moves the focus to another widget with the arrow keys.
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        if self.selection.is_none() {
            self.selection = page
                .range()
                .map(|range| (self.top.max(range.start()), self.top.max(range.start())));
        }
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                } => {
                    if let Some(motion) = motion(key, modifiers) {
                        self.go(shown, page, motion, modifiers.shift);
                    } else if key == Key::A && modifiers.command {
                        self.selection = Some((0, shown.content.text.len_chars()));
                    }
                }
                Event::Copy => {
                    gestures.extend(self.selected().map(Gesture::Copied));
                }
                _ => {}
            }
        }
    }

    fn go(
        &mut self,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        motion: Motion,
        extend: bool,
    ) {
        let (anchor, focus) = self.selection.unwrap_or((0, 0));
        let selected = TextRange::between(anchor, focus);
        let next = match motion {
            // As in text fields: an arrow without Shift goes to the edge of a selection.
            Motion::By(Grain::Character, forward) if !extend && !selected.is_empty() => {
                if forward {
                    selected.end()
                } else {
                    selected.start()
                }
            }
            Motion::By(grain, forward) => self.moved(shown, focus, grain, forward),
            Motion::TextEnd(end) => {
                if end {
                    shown.content.text.len_chars()
                } else {
                    0
                }
            }
            Motion::Line(lines) => self.down(shown, page, focus, lines * shown.style.line),
            Motion::Page(pages) => self.down(
                shown,
                page,
                focus,
                pages * (self.height - shown.style.line * 2.0),
            ),
            Motion::LineEnd(end) => page.showing(focus).map_or(focus, |placed| {
                let caret = placed.caret(focus);
                let x = if end { f32::MAX } else { placed.origin.x };
                page.position(egui::pos2(x, caret.center().y))
                    .unwrap_or(focus)
            }),
        };
        // Only moving up and down keeps to the column it began in.
        if !matches!(motion, Motion::Line(_) | Motion::Page(_)) {
            self.aim = None;
        }
        let next = self.whole(shown, next);
        self.selection = Some((if extend { anchor } else { next }, next));
        if matches!(motion, Motion::Page(_)) && page.showing(next).is_none() {
            self.go_to(next);
        } else {
            self.reveal(next);
        }
    }

    /// The position some points further down (or up), below the place where up and down started.
    fn down(
        &mut self,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        from: u32,
        points: f32,
    ) -> u32 {
        let Some(placed) = page.showing(from) else {
            self.reveal(from);
            return from;
        };
        let caret = placed.caret(from);
        let x = *self.aim.get_or_insert(caret.center().x);
        let mut aimed = caret.center() + vec2(0.0, points);
        aimed.x = x;
        let (first, last) = (page.placed.first(), page.placed.last());
        let below = last.is_some_and(|last| aimed.y > last.origin.y + last.galley.size().y);
        let above = first.is_some_and(|first| aimed.y < first.origin.y);
        let beyond = if below {
            last.map(|last| last.block.range.end())
        } else {
            first.map(|first| first.block.range.start())
        };
        match beyond.filter(|_| below || above) {
            Some(edge) => {
                let next = self.moved(shown, edge, Grain::Character, below);
                if next == edge && from == edge {
                    from
                } else {
                    next
                }
            }
            None => page
                .position_off_line(aimed, caret.center().y)
                .unwrap_or(from),
        }
    }

    /// A position moved back to the beginning of the cluster that it would cut.
    pub(super) fn whole(&self, shown: &ShownDocument<'_>, position: u32) -> u32 {
        let Some(laid) = &self.laid else {
            return position;
        };
        let ground = laid.ground(shown);
        ground.around(position, Grain::Character).start()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_belong_to_others_are_left_alone() {
        assert_eq!(motion(Key::ArrowRight, Modifiers::ALT), None);
        assert_eq!(motion(Key::PageDown, Modifiers::COMMAND), None);
        assert_eq!(
            motion(Key::ArrowDown, Modifiers::ALT | Modifiers::SHIFT),
            Some(Motion::By(Grain::Sentence, true))
        );
        assert_eq!(
            motion(Key::ArrowLeft, Modifiers::COMMAND | Modifiers::SHIFT),
            Some(Motion::By(Grain::Word, false))
        );
    }
}
