//! Find in the document: a field above the text, its hits marked, and the way from one to the next.

use std::collections::BTreeSet;

use egui::{Frame, Key, Margin, Modifiers, Role, Stroke, TextEdit, Ui, WidgetInfo};

use super::{ReadPanel, replace::ReplaceRow};
use crate::{
    app::{Session, edit::replace::places_said},
    gui::{
        cached::Cached,
        command::Command,
        context::Cx,
        icons,
        request::Request,
        strings,
        theme::{palette, small},
        widgets::{buttons, keys::take_key},
    },
    language::occurrences::Comparison,
    model::{document::Document, ids::DocumentId, text::TextRange},
    search::{Corpus, Filters, Mode, Request as SearchRequest, search},
};

/// A longer selection isn't taken over as what to find.
const LONGEST_TAKEN_OVER: u32 = 40;

/// The open field.
#[derive(Debug, Default)]
pub(super) struct Find {
    pub(super) text: String,
    /// Whether the field has been given the keyboard.
    pub(super) begun: bool,
    /// The row of what replaces the hits; while it is there, the hits are what it would replace.
    pub(super) replace: Option<ReplaceRow>,
    hits: Cached<Sought, Vec<TextRange>>,
}

/// What hits depend on: the document and its revision, the words, and how those to be replaced are compared.
type Sought = (DocumentId, u64, String, Option<Comparison>);

impl Find {
    /// The hits in the document, to be marked.
    pub(super) fn hits(&self) -> &[TextRange] {
        self.hits.value().map_or(&[], Vec::as_slice)
    }

    /// Finds the hits, where text or document have changed; returns true if they are new.
    fn refresh(&mut self, session: &Session, document: &Document) -> bool {
        let how = self.replace.as_ref().map(|row| row.how);
        let key = (document.id, session.revision(), self.text.clone(), how);
        self.hits.refresh(key, |(id, _, text, how)| {
            let content = session.content(document).ok();
            if let Some(how) = how {
                return content.map_or_else(Vec::new, |content| places_said(&content, text, *how));
            }
            let request = SearchRequest {
                text: text.clone(),
                mode: Mode::Literal,
                filters: Filters {
                    documents: BTreeSet::from([*id]),
                    ..Filters::default()
                },
                limit: usize::MAX,
                ..SearchRequest::default()
            };
            let corpus = Corpus {
                project: session.project(),
                load: &|_this| content.clone(),
            };
            // Nothing typed is no query, and has no hits.
            search(&corpus, None, &request).map_or_else(
                |_empty| Vec::new(),
                |found| found.hits.into_iter().map(|hit| hit.range).collect(),
            )
        })
    }
}

/// The hit after a position, or before it, going round at the ends.
fn next(hits: &[TextRange], from: u32, forward: bool) -> Option<TextRange> {
    let after = hits.partition_point(|hit| hit.start() < from);
    let found = if forward {
        hits.get(after).or(hits.first())
    } else {
        after
            .checked_sub(1)
            .and_then(|before| hits.get(before))
            .or(hits.last())
    };
    found.copied()
}

impl ReadPanel {
    /// Opens the field, or gives it the keyboard; a short selection is what is looked for.
    pub(super) fn find(&mut self, cx: &Cx<'_>) {
        let selected = self
            .selection()
            .filter(|(_, range)| range.len_chars() <= LONGEST_TAKEN_OVER)
            .and_then(|(id, range)| {
                let document = cx.project.documents.get(&id)?;
                let content = cx.session.content(document).ok()?;
                Some(content.text.slice(range)?.trim().to_owned())
            });
        let find = self.find.get_or_insert_default();
        find.begun = false;
        find.replace = None;
        if let Some(words) = selected.filter(|words| !words.contains('\n')) {
            find.text = words;
        }
    }

    /// Opens the field with these words.
    pub(in crate::gui) fn start_find(&mut self, words: &str) {
        self.find = Some(Find {
            text: words.to_owned(),
            ..Find::default()
        });
    }

    /// Selects the next hit, or the one before.
    pub(super) fn find_next(&mut self, cx: &Cx<'_>, forward: bool) {
        let Some(document) = self.document().and_then(|id| cx.project.documents.get(&id)) else {
            return;
        };
        let Some(find) = &mut self.find else {
            return self.find(cx);
        };
        find.refresh(cx.session, document);
        let pane = &mut self.panes[self.active];
        let cursor = pane.view.cursor().unwrap_or_else(|| pane.view.top());
        let from = pane.view.selected().map_or(cursor, |range| {
            if forward {
                range.start() + 1
            } else {
                range.start()
            }
        });
        if let Some(hit) = next(find.hits(), from, forward) {
            pane.show_hit(hit);
        }
    }

    /// Selects the hit after a replacement that was done in the frame before.
    fn go_on_replacing(&mut self) {
        let Some(find) = &mut self.find else { return };
        let from = find.replace.as_mut().and_then(ReplaceRow::take_next_place);
        let hit = from.and_then(|from| next(find.hits(), from, true));
        if let Some(hit) = hit {
            self.panes[self.active].show_hit(hit);
        }
    }

    /// Shows the field above the text.
    pub(super) fn find_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, document: &Document) {
        let Some(find) = &mut self.find else { return };
        let language = cx.language;
        let margin = Margin {
            left: 40,
            right: 16,
            top: 6,
            bottom: 6,
        };
        let mut step = None;
        let mut closes = false;
        let mut answer = None;
        let shown = Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let name = language.say(strings::FIND_HERE);
                let field = ui.add(
                    TextEdit::singleline(&mut find.text)
                        .hint_text(name)
                        .return_key(None)
                        .desired_width((ui.available_width() - 350.0).clamp(120.0, 280.0)),
                );
                field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, name));
                if !std::mem::replace(&mut find.begun, true) {
                    field.request_focus();
                }
                if field.has_focus() {
                    let pressed = |modifiers| take_key(ui.ctx(), modifiers, Key::Enter);
                    // With Shift first: a key that is asked for without modifiers counts with Shift too.
                    step = step
                        .or(pressed(Modifiers::SHIFT).then_some(false))
                        .or(pressed(Modifiers::NONE).then_some(true));
                }
                closes = field.lost_focus() && take_key(ui.ctx(), Modifiers::NONE, Key::Escape);
                if find.refresh(cx.session, document) && field.changed() && !find.text.is_empty() {
                    step = Some(true);
                }
                let selected = self.panes[self.active].view.selected();
                let at = find.hits().iter().position(|hit| Some(*hit) == selected);
                let count = strings::hits_here(language, at, find.hits().len());
                ui.label(small(ui, count));
                for (icon, command, forward) in [
                    (icons::CARET_UP, Command::FindPrevious, false),
                    (icons::CARET_DOWN, Command::FindNext, true),
                ] {
                    if buttons::quiet(ui, icon, strings::command(language, command)).clicked() {
                        step = Some(forward);
                    }
                }
                if buttons::word(ui, language.say(strings::IN_ALL_DOCUMENTS)).clicked() {
                    cx.ask(Request::SearchFor(find.text.clone()));
                }
                closes |= buttons::quiet(ui, icons::CLOSE, language.say(strings::CLOSE)).clicked();
            });
            if let Some(row) = &mut find.replace {
                answer = row.ui(ui, language);
            }
        });
        let line = Stroke::new(1.0, palette(ui.visuals()).line);
        let bottom = shown.response.rect.bottom();
        ui.painter().hline(ui.max_rect().x_range(), bottom, line);
        self.go_on_replacing();
        if let Some(forward) = step {
            self.find_next(cx, forward);
        }
        if let Some(answer) = answer {
            self.take_answer(cx, document, answer);
        }
        if closes {
            self.close_find();
        }
    }

    pub(super) fn close_find(&mut self) {
        self.find = None;
        self.take_keyboard();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_gone_through_in_a_ring() {
        let hits = [TextRange::between(3, 5), TextRange::between(9, 11)];
        let start = |from, forward| next(&hits, from, forward).map(TextRange::start);
        assert_eq!(start(0, true), Some(3));
        assert_eq!(start(4, true), Some(9));
        assert_eq!(start(10, true), Some(3));
        assert_eq!(start(9, false), Some(3));
        assert_eq!(start(3, false), Some(9));
        assert_eq!(next(&[], 3, true), None);
    }
}
