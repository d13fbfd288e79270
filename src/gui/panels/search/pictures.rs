//! Pictures of what was found: a tree of words, the company of the hits, where they are.

use egui::{
    Align2, Pos2, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::{
    app::search::SearchAnswer,
    gui::{
        context::Cx,
        request::Request,
        strings::{self, Text, UiLanguage},
        theme::{self, palette, small},
        widgets::list_row::{elided, list_row},
    },
    search::collocates::Branch,
};

/// Most collocates listed.
const MOST_COLLOCATES: usize = 200;
/// Height of a line of the tree.
const LEAF: f32 = 21.0;
/// Most branches of one word that several hits go on with, and that only one does.
const MOST_BRANCHES: usize = 14;
const MOST_SINGLE: usize = 4;

/// The tree of words, from the query to the right; the query stays in sight.
pub(super) fn tree_ui(ui: &mut Ui, query: &str, answer: &SearchAnswer, language: UiLanguage) {
    let total: usize = answer.tree.iter().map(|branch| branch.count).sum();
    ScrollArea::both()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let height = height_of(&answer.tree).max(LEAF);
            let (rect, response) = ui.allocate_exact_size(
                vec2(ui.available_width().max(900.0), height + 16.0),
                Sense::hover(),
            );
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Image, true, language.say(strings::TREE_SIGHT))
            });
            let colors = palette(ui.visuals());
            let root =
                ui.painter()
                    .layout_no_wrap(query.to_owned(), theme::semibold(17.0), colors.ink);
            let seen = ui.clip_rect().center().y;
            let middle = seen
                .clamp(
                    rect.top() + LEAF,
                    (rect.top() + height).max(rect.top() + LEAF),
                )
                .min(rect.top() + 8.0 + height);
            let middle = if height < ui.clip_rect().height() {
                rect.top() + 8.0 + height / 2.0
            } else {
                middle
            };
            ui.painter().galley(
                pos2(rect.left() + 4.0, middle - root.size().y / 2.0),
                root.clone(),
                colors.ink,
            );
            branches_ui(
                ui,
                &answer.tree,
                pos2(rect.left() + root.size().x + 12.0, middle),
                rect.top() + 8.0,
                total,
            );
        });
}

/// The branches of a word that are shown, and how many aren't.
fn shown(branches: &[Branch]) -> (Vec<&Branch>, usize) {
    let several = branches
        .iter()
        .filter(|branch| branch.count > 1)
        .take(MOST_BRANCHES);
    let single = branches
        .iter()
        .filter(|branch| branch.count == 1)
        .take(MOST_SINGLE);
    let shown: Vec<&Branch> = several.chain(single).collect();
    let rest = branches.len() - shown.len();
    (shown, rest)
}

/// The height that branches need.
fn height_of(branches: &[Branch]) -> f32 {
    let (shown, rest) = shown(branches);
    let more = if rest > 0 { LEAF } else { 0.0 };
    shown
        .iter()
        .map(|branch| {
            if branch.count > 1 {
                height_of(&branch.next).max(LEAF)
            } else {
                LEAF
            }
        })
        .sum::<f32>()
        + more
}

/// The words from a branch to its end, where only one hit goes on with it.
fn rest_of(branch: &Branch) -> String {
    let mut words = vec![branch.word.as_str()];
    let mut next = branch.next.first();
    while let Some(branch) = next {
        words.push(&branch.word);
        next = branch.next.first();
    }
    let is_han = |word: &str| word.chars().all(crate::language::words::is_han);
    words.iter().fold(String::new(), |mut line, word| {
        if !(line.is_empty()
            || is_han(word)
                && line
                    .chars()
                    .next_back()
                    .is_some_and(crate::language::words::is_han))
        {
            line.push(' ');
        }
        line.push_str(word);
        line
    })
}

/// A bend from the end of a word to the beginning of one that follows it; returns its right end.
fn bend_ui(ui: &Ui, from: Pos2, to_y: f32) -> Pos2 {
    let end = pos2(from.x + 22.0, to_y);
    let bend = [
        from,
        pos2(from.x + 12.0, from.y),
        pos2(from.x + 10.0, to_y),
        end,
    ];
    let line = Stroke::new(1.0, palette(ui.visuals()).strong_line);
    ui.painter()
        .add(egui::epaint::CubicBezierShape::from_points_stroke(
            bend,
            false,
            egui::Color32::TRANSPARENT,
            line,
        ));
    end
}

/// Paints branches from `top` downwards, each connected with the end of their common word at `from`.
fn branches_ui(ui: &Ui, branches: &[Branch], from: Pos2, mut top: f32, total: usize) {
    let colors = palette(ui.visuals());
    let (shown, rest) = shown(branches);
    for branch in shown {
        let several = branch.count > 1;
        let height = if several {
            height_of(&branch.next).max(LEAF)
        } else {
            LEAF
        };
        let middle = top + height / 2.0;
        let end = bend_ui(ui, from, middle);
        #[expect(clippy::cast_precision_loss, reason = "the size of a word")]
        let size = 12.5 + 9.0 * (branch.count as f32 / total.max(1) as f32).sqrt();
        let (words, font, ink) = if several {
            (branch.word.clone(), theme::medium(size), colors.ink)
        } else {
            (rest_of(branch), theme::regular(12.5), colors.ink_2)
        };
        let word = ui.painter().layout_no_wrap(words, font, ink);
        ui.painter().galley(
            pos2(end.x + 4.0, middle - word.size().y / 2.0),
            word.clone(),
            ink,
        );
        if several {
            let right = end.x + 4.0 + word.size().x;
            let count = ui.painter().layout_no_wrap(
                branch.count.to_string(),
                theme::regular(11.0),
                colors.ink_2,
            );
            ui.painter().galley(
                pos2(right + 5.0, middle - count.size().y / 2.0),
                count.clone(),
                colors.ink_2,
            );
            branches_ui(
                ui,
                &branch.next,
                pos2(right + count.size().x + 11.0, middle),
                top,
                total,
            );
        }
        top += height;
    }
    if rest > 0 {
        let end = bend_ui(ui, from, top + LEAF / 2.0);
        ui.painter().text(
            pos2(end.x + 4.0, top + LEAF / 2.0),
            Align2::LEFT_CENTER,
            format!("+ {rest}"),
            theme::regular(11.5),
            colors.ink_2,
        );
    }
}

/// The columns of figures about collocates, with their widths.
const COLUMNS: [(Text, f32); 5] = [
    (strings::BEFORE_HITS, 80.0),
    (strings::AFTER_HITS, 80.0),
    (strings::IN_TEXTS, 90.0),
    (strings::BY_CHANCE, 90.0),
    (strings::LOG_LIKELIHOOD, 90.0),
];
/// The width of the column of words.
const WORD: f32 = 200.0;

fn collocates_head_ui(ui: &mut Ui, language: UiLanguage) {
    let colors = palette(ui.visuals());
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 26.0), Sense::hover());
    let mut x = rect.left() + WORD;
    for (text, width) in COLUMNS {
        x += width;
        ui.painter().text(
            pos2(x, rect.center().y),
            Align2::RIGHT_CENTER,
            language.say(text),
            theme::regular(12.0),
            colors.ink_2,
        );
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.line));
}

/// The company of the hits; returns the word that was clicked.
pub(super) fn collocates_ui(
    ui: &mut Ui,
    answer: &SearchAnswer,
    language: UiLanguage,
) -> Option<String> {
    let colors = palette(ui.visuals());
    let mut clicked = None;
    let strongest = answer
        .collocates
        .first()
        .map_or(1.0, |collocate| collocate.g2.max(1.0));
    ui.label(small(ui, language.say(strings::BY_CHANCE_NOTE)));
    collocates_head_ui(ui, language);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let count = answer.collocates.len().min(MOST_COLLOCATES);
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, 28.0, count, |ui, visible| {
            for collocate in answer.collocates.get(visible).unwrap_or_default() {
                let row = Vec2::new(ui.available_width(), 28.0);
                let (rect, response) = list_row(ui, row, false, 6.0);
                let y = rect.center().y;
                elided(
                    ui,
                    rect.left() + 8.0,
                    rect.left() + WORD - 8.0,
                    y,
                    RichText::new(&collocate.word)
                        .font(theme::medium(13.5))
                        .color(colors.ink),
                );
                let figures = [
                    collocate.left.to_string(),
                    collocate.right.to_string(),
                    collocate.total.to_string(),
                    format!("{:.1}", collocate.expected),
                    format!("{:.1}", collocate.g2),
                ];
                let mut x = rect.left() + WORD;
                for (figure, (_, width)) in figures.iter().zip(COLUMNS) {
                    x += width;
                    ui.painter().text(
                        pos2(x, y),
                        Align2::RIGHT_CENTER,
                        figure,
                        theme::regular(13.0),
                        colors.ink_2,
                    );
                }
                #[expect(clippy::cast_possible_truncation, reason = "the length of a bar")]
                let share = (collocate.g2 / strongest) as f32;
                let bar = Rect::from_min_size(
                    pos2(x + 16.0, y - 3.0),
                    vec2((rect.right() - x - 32.0).max(0.0) * share, 6.0),
                );
                ui.painter().rect_filled(bar, 3.0, colors.accent);
                response.widget_info(|| {
                    WidgetInfo::labeled(
                        Role::Button,
                        true,
                        format!("{} {}", collocate.word, figures.join(" ")),
                    )
                });
                if response.clicked() {
                    clicked = Some(collocate.word.clone());
                }
            }
        });
    if answer.collocates.is_empty() {
        ui.label(small(ui, language.say(strings::NO_COLLOCATES)));
    }
    clicked
}

/// A strip for each document, a line for each hit.
pub(super) fn spread_ui(ui: &mut Ui, cx: &mut Cx<'_>, answer: &SearchAnswer) {
    const TITLE: f32 = 220.0;
    const ROW: f32 = 26.0;
    let colors = palette(ui.visuals());
    if let Some(dp) = answer.dp {
        ui.label(small(
            ui,
            strings::spread_of(
                cx.language,
                dp,
                answer.strips.len(),
                cx.project.documents.len(),
            ),
        ));
        ui.add_space(6.0);
    }
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW, answer.strips.len(), |ui, visible| {
            for strip in answer.strips.get(visible).unwrap_or_default() {
                let Some(document) = cx.project.documents.get(&strip.document) else {
                    continue;
                };
                let row = Vec2::new(ui.available_width(), ROW);
                let (rect, response) = list_row(ui, row, false, 6.0);
                let y = rect.center().y;
                elided(
                    ui,
                    rect.left() + 8.0,
                    rect.left() + TITLE,
                    y,
                    RichText::new(&document.title)
                        .font(theme::regular(13.0))
                        .color(colors.ink),
                );
                let band = Rect::from_min_max(
                    pos2(rect.left() + TITLE + 12.0, rect.top() + 5.0),
                    pos2(rect.right() - 64.0, rect.bottom() - 5.0),
                );
                ui.painter()
                    .rect_filled(band, 3.0, colors.line.gamma_multiply(0.5));
                for place in &strip.places {
                    let x = band.left() + band.width() * place.clamp(0.0, 1.0);
                    ui.painter()
                        .vline(x, band.y_range(), Stroke::new(1.5, colors.accent));
                }
                let count = strip.places.len().to_string();
                ui.painter().text(
                    pos2(rect.right() - 10.0, y),
                    Align2::RIGHT_CENTER,
                    &count,
                    theme::regular(12.5),
                    colors.ink_2,
                );
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::Button, true, format!("{} {count}", document.title))
                });
                if response.clicked() {
                    let hit = answer
                        .outcome
                        .hits
                        .iter()
                        .find(|hit| hit.document == strip.document)
                        .map(|hit| hit.range);
                    cx.ask(Request::OpenDocument(strip.document, hit));
                }
            }
        });
}
