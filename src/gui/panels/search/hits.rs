//! The concordance: every hit on one axis, in groups; only what is on screen is read.

use std::{collections::BTreeSet, sync::Arc};

use egui::{
    Align2, Galley, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo,
    epaint::text::Glyph, pos2,
};

use super::{HitLine, LastAnswer, SearchPanel};
use crate::{
    app::{Session, search::SearchAnswer},
    gui::{
        context::Cx,
        request::Request,
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        typeset,
        widgets::list_row::{elided, list_row},
    },
    language::lines::pieces,
    model::{Project, document::Document, ids::CodeId},
    search::{
        self, Hit, KeywordInContext,
        concordance::{GroupBy, GroupName},
    },
};

const ROW: f32 = 32.0;
/// Characters of context on each side.
///
/// More than a wide page has room for: what is shown is cut between words, where the room ends.
const AROUND: u32 = 200;
/// Width of the column with the speakers.
const MARGIN: f32 = 150.0;
/// The most codes named in the line below a passage.
const MOST_CODES: usize = 5;

impl SearchPanel {
    pub(super) fn hits_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        found: &LastAnswer,
        answer: &SearchAnswer,
    ) {
        self.keys(ui, cx, found, answer);
        let listed: usize = answer.groups.iter().map(|group| group.hits.len()).sum();
        if listed < answer.outcome.total {
            ui.label(small(
                ui,
                strings::first_of(cx.language, listed, answer.outcome.total),
            ));
        }
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let (chosen, reveal) = (self.chosen, std::mem::take(&mut self.reveal));
        let mut opened = None;
        let area = ScrollArea::vertical().auto_shrink([false, false]);
        area.show_rows(ui, ROW, found.lines.len(), |ui, visible| {
            if reveal
                && let Some(at) = found
                    .lines
                    .iter()
                    .position(|line| chosen.is_some() && line.hit(answer) == chosen)
            {
                #[expect(clippy::cast_precision_loss, reason = "a row of a list")]
                let top = ui.min_rect().top() + (at as f32 - visible.start as f32) * ROW;
                ui.scroll_to_rect(
                    Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + ROW),
                    None,
                );
            }
            for line in found.lines.get(visible).unwrap_or_default() {
                match line {
                    HitLine::Head(group) => {
                        let Some(group) = answer.groups.get(*group) else {
                            continue;
                        };
                        let name = group_name(&group.name, self.group, cx.language);
                        head_ui(ui, name, &strings::n_hits(cx.language, group.hits.len()));
                    }
                    HitLine::Hit(..) => {
                        let Some(hit) = line.hit(answer) else {
                            continue;
                        };
                        let Some((who, words)) = keyword_in_context(cx.session, &hit, cx.language)
                        else {
                            continue;
                        };
                        if hit_ui(ui, &who, &words, chosen == Some(hit)) {
                            opened = Some(hit);
                        }
                    }
                }
            }
        });
        if let Some(hit) = opened {
            self.chosen = Some(hit);
            cx.ask(Request::OpenDocument(hit.document, Some(hit.range)));
        }
    }
}

/// What a group of hits is called.
fn group_name(name: &GroupName, by: GroupBy, language: UiLanguage) -> &str {
    language.say(match (name, by) {
        (GroupName::Named(name), _) => return name.get(&language.tag()),
        (GroupName::SeveralFamilies, _) => strings::SEVERAL_CASES,
        (GroupName::Nothing, GroupBy::Phase) => strings::WITHOUT_PHASE,
        (GroupName::Nothing, GroupBy::Speaker) => strings::WITHOUT_SPEAKER,
        (GroupName::Nothing, _) => strings::NO_CASE,
    })
}

/// Height of a passage with its document.
const PASSAGE: f32 = 66.0;

impl SearchPanel {
    /// The passages of a query over codes: who says what, in two lines, with its codes.
    pub(super) fn passages_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        found: &LastAnswer,
        answer: &SearchAnswer,
    ) {
        self.keys(ui, cx, found, answer);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let mut opened = None;
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show_rows(ui, PASSAGE, found.lines.len(), |ui, visible| {
                for line in found.lines.get(visible).unwrap_or_default() {
                    match line {
                        HitLine::Head(group) => {
                            let Some(group) = answer.groups.get(*group) else {
                                continue;
                            };
                            // Every line is as high; the head stands nearer to what it is above.
                            let spare = PASSAGE - ROW;
                            ui.add_space(spare * 0.6);
                            let name = group_name(&group.name, self.group, cx.language);
                            head_ui(
                                ui,
                                name,
                                &strings::n_segments(cx.language, group.hits.len()),
                            );
                            ui.add_space(spare * 0.4);
                        }
                        HitLine::Hit(..) => {
                            let Some(hit) = line.hit(answer) else {
                                continue;
                            };
                            if passage_ui(ui, cx, &hit, self.chosen == Some(hit)) {
                                opened = Some(hit);
                            }
                        }
                    }
                }
            });
        if let Some(hit) = opened {
            self.chosen = Some(hit);
            cx.ask(Request::OpenDocument(hit.document, Some(hit.range)));
        }
    }
}

/// A passage: its speaker, its words in two lines, and its codes; returns true if it was clicked.
fn passage_ui(ui: &mut Ui, cx: &Cx<'_>, hit: &Hit, chosen: bool) -> bool {
    let colors = palette(ui.visuals());
    let (session, project) = (cx.session, cx.project);
    let row = Vec2::new(ui.available_width(), PASSAGE);
    let (rect, response) = list_row(ui, row, chosen, 6.0);
    let Some(document) = project.documents.get(&hit.document) else {
        return false;
    };
    let Ok(content) = session.content(document) else {
        return false;
    };
    let words = content
        .text
        .slice(hit.range)
        .unwrap_or_default()
        .replace('\n', " ");
    let who =
        keyword_in_context(session, hit, cx.language).map_or_else(String::new, |(who, _)| who);
    let room = rect.width() - MARGIN - 16.0;
    let mut job = typeset::job(ui.ctx(), &words, theme::regular(14.0), colors.ink, room);
    job.wrap.max_rows = 2;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    // A passage of one line stands in the middle, as one of two does.
    let top = rect.center().y - (galley.size().y + 18.0) / 2.0;
    elided(
        ui,
        rect.left() + 8.0,
        rect.left() + MARGIN - 10.0,
        top + 10.0,
        small(ui, who),
    );
    let below = top + galley.size().y + 12.0;
    ui.painter()
        .galley(pos2(rect.left() + MARGIN, top), galley, colors.ink);
    codes_ui(ui, cx, document, hit, pos2(rect.left() + MARGIN, below));
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{} {words}", document.title))
    });
    response.clicked()
}

/// The codes that are applied within a hit, in a line that begins at `left`.
fn codes_ui(ui: &Ui, cx: &Cx<'_>, document: &Document, hit: &Hit, left: Pos2) {
    let colors = palette(ui.visuals());
    let tag = cx.language.tag();
    let mut x = left.x;
    let codes: BTreeSet<CodeId> = document
        .codings
        .iter()
        .filter(|coding| coding.range.overlaps(hit.range))
        .map(|coding| coding.code)
        .collect();
    for code in codes
        .into_iter()
        .filter_map(|code| cx.project.codebook.get(code))
        .take(MOST_CODES)
    {
        let chip = Rect::from_center_size(pos2(x + 4.0, left.y), Vec2::splat(7.0));
        ui.painter().rect_filled(chip, 2.0, colors.code(code.hue));
        let name = ui.painter().layout_no_wrap(
            code.name.get(&tag).to_owned(),
            theme::regular(11.5),
            colors.ink_2,
        );
        let width = name.size().x;
        ui.painter().galley(
            pos2(x + 12.0, left.y - name.size().y / 2.0),
            name,
            colors.ink_2,
        );
        x += width + 26.0;
    }
}

/// The speaker of a hit, with phase or document, and the words around it.
fn keyword_in_context(
    session: &Session,
    hit: &Hit,
    language: UiLanguage,
) -> Option<(String, KeywordInContext)> {
    let project: &Project = session.project();
    let document: &Document = project.documents.get(&hit.document)?;
    let content = session.content(document).ok()?;
    let speaker = hit
        .turn
        .and_then(|turn| content.turns.get(turn)?.speaker)
        .and_then(|index| document.speakers.get(usize::from(index)));
    let place = document
        .phase
        .and_then(|id| project.phases.get(&id))
        .map_or(document.title.as_str(), |phase| {
            phase.name_in(&language.tag())
        });
    let who = speaker.map_or_else(
        || place.to_owned(),
        |speaker| format!("{} · {place}", speaker.label),
    );
    Some((who, search::context(&content, hit, AROUND)))
}

fn head_ui(ui: &mut Ui, name: &str, hits: &str) {
    let colors = palette(ui.visuals());
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::hover());
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), theme::semibold(13.0), colors.ink);
    let y = rect.bottom() - 8.0;
    let right = rect.left() + galley.size().x;
    ui.painter()
        .galley(pos2(rect.left(), y - galley.size().y), galley, colors.ink);
    ui.painter().text(
        pos2(right + 10.0, y - 1.0),
        Align2::LEFT_BOTTOM,
        hits,
        theme::regular(12.0),
        colors.ink_2,
    );
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - 1.0,
        Stroke::new(1.0, colors.line),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name} {hits}")));
}

/// A hit on the axis in the middle, its left context right-aligned to it.
fn hit_ui(ui: &mut Ui, who: &str, words: &KeywordInContext, chosen: bool) -> bool {
    let colors = palette(ui.visuals());
    let row = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = list_row(ui, row, chosen, 6.0);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let y = rect.center().y;
    let axis = rect.left() + MARGIN + (rect.width() - MARGIN) * 0.46;
    let hit = one_line(ui, &words.hit, theme::semibold(14.0), colors.ink);
    let half = hit.size().x / 2.0;
    let backing = Rect::from_center_size(pos2(axis, y), hit.size() + Vec2::new(8.0, 4.0));
    let context = |text: &str| one_line(ui, text, theme::regular(14.0), colors.ink_2);
    let left = words.left.as_str();
    let room = axis - half - 6.0 - rect.left() - MARGIN;
    let left = context(end_that_fits(left, &context(left), room));
    let right = words.right.as_str();
    let room = rect.right() - 8.0 - axis - half - 6.0;
    let right = context(start_that_fits(right, &context(right), room));
    painter.galley(
        pos2(axis - half - 6.0 - left.size().x, y - left.size().y / 2.0),
        left,
        colors.ink_2,
    );
    painter.galley(
        pos2(axis + half + 6.0, y - right.size().y / 2.0),
        right,
        colors.ink_2,
    );
    painter.rect_filled(backing, 3.0, colors.hit);
    painter.galley(pos2(axis - half, y - hit.size().y / 2.0), hit, colors.ink);
    elided(
        ui,
        rect.left() + 8.0,
        rect.left() + MARGIN - 10.0,
        y,
        small(ui, who),
    );
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            format!("{}{}{}", words.left, words.hit, words.right),
        )
    });
    response.clicked()
}

/// The end of a text that is at most so wide and begins with a whole word.
fn end_that_fits<'a>(text: &'a str, laid: &Galley, room: f32) -> &'a str {
    let beyond = laid.size().x - room;
    let out = glyphs(laid)
        .take_while(|glyph| glyph.pos.x < beyond)
        .count();
    let cut = bytes_of(text, out);
    let ends = word_ends(text);
    let begin = std::iter::once(0).chain(ends).find(|end| *end >= cut);
    begin.and_then(|begin| text.get(begin..)).unwrap_or("")
}

/// The start of a text that is at most so wide and ends with a whole word.
fn start_that_fits<'a>(text: &'a str, laid: &Galley, room: f32) -> &'a str {
    let fit = glyphs(laid)
        .take_while(|glyph| glyph.max_x() <= room)
        .count();
    let cut = bytes_of(text, fit);
    let end = word_ends(text).take_while(|end| *end <= cut).last();
    end.and_then(|end| text.get(..end)).unwrap_or("")
}

fn glyphs(laid: &Galley) -> impl Iterator<Item = &Glyph> {
    laid.rows.iter().flat_map(|row| &row.glyphs)
}

/// The length of so many characters, in bytes.
fn bytes_of(text: &str, chars: usize) -> usize {
    text.char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| at)
}

/// The ends, in bytes, of the words and Han characters of a text; a mark belongs to the one before it.
fn word_ends(text: &str) -> impl Iterator<Item = usize> {
    let mut end = 0;
    pieces(text).into_iter().map(move |piece| {
        end += piece.len();
        end
    })
}

/// Lays out text in one line, ignoring line breaks within it.
fn one_line(ui: &Ui, text: &str, font: egui::FontId, color: egui::Color32) -> Arc<egui::Galley> {
    let mut job = typeset::job(ui.ctx(), text, font, color, f32::INFINITY);
    job.break_on_newline = false;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::fonts;

    #[test]
    fn what_is_beside_a_hit_is_cut_between_words() {
        let ctx = egui::Context::default();
        fonts::install(&ctx, UiLanguage::English);
        let shown = ctx.run_ui(egui::RawInput::default(), |ui| {
            let laid = |text: &str| one_line(ui, text, theme::regular(14.0), egui::Color32::BLACK);
            for text in ["and nobody laughed at my hand ", "我把手举起来，老师看见了"] {
                let whole = laid(text);
                for room in [0.0, 20.0, 61.0, 90.0, 500.0] {
                    let end = end_that_fits(text, &whole, room);
                    let start = start_that_fits(text, &whole, room);
                    assert!(laid(end).size().x <= room + 0.5, "{end} in {room}");
                    assert!(laid(start).size().x <= room + 0.5, "{start} in {room}");
                    let is_whole = |part: &str| pieces(text).contains(&part);
                    assert!(pieces(end).into_iter().all(is_whole), "{end}");
                    assert!(pieces(start).into_iter().all(is_whole), "{start}");
                }
                assert_eq!(end_that_fits(text, &whole, 500.0), text);
                assert_eq!(start_that_fits(text, &whole, 500.0), text);
            }
        });
        drop(shown);
    }
}
