//! What is behind a figure: its sentence, its passages, and in the framework matrix the summary that is written with them in sight.

use std::sync::Arc;

use egui::{Frame, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo};

use super::{OpenedPassages, ShownAnswer, ThemesPanel};
use crate::{
    analysis::frequency::table::Segment,
    app::{Session, action::Action},
    gui::{
        context::Cx,
        request::Request,
        strings,
        theme::{self, palette, small},
        typeset,
        widgets::buttons,
    },
    model::{
        document::Document,
        ids::MemoId,
        memo::{Anchor, MemoKind},
    },
    table::CellRef,
    views::{finding::explained, framework::summaries},
};

/// Most passages listed beside the table.
const MOST: usize = 200;

/// A summary being written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SummaryDraft {
    at: CellRef,
    anchor: Anchor,
    /// The memo, unless the summary is new.
    memo: Option<MemoId>,
    /// The summary in the project.
    before: String,
    body: String,
}

impl ThemesPanel {
    pub(super) fn passages_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, chosen: CellRef) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        let segments = self.opened(cx.session, &shown, chosen);
        let Some(display) = &self.display else { return };
        let title = display.table.name_of(chosen);
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(title).font(theme::semibold(15.0)));
            if buttons::quiet(
                ui,
                crate::gui::icons::CLOSE,
                cx.language.say(strings::CLOSE),
            )
            .clicked()
            {
                self.chosen = None;
            }
        });
        ui.label(small(ui, strings::n_segments(cx.language, segments.len())));
        ui.add_space(6.0);
        let sentence = explained(&display.table, chosen, segments.len(), cx.language);
        // What is nobody's can be given to somebody, one passage after another.
        if shown.finding.is_unattributed(chosen) && !segments.is_empty() {
            if ui.button(cx.language.say(strings::SAY_WHOM)).clicked() {
                let passages = segments.iter().map(|own| vec![(own.document, own.coding)]);
                cx.ask(Request::AskAbout(passages.collect()));
            }
            ui.add_space(8.0);
        }
        if let Some(anchor) = shown.finding.memo_anchor(chosen) {
            self.summary_ui(ui, cx, chosen, anchor);
        }
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                for segment in segments.iter().take(MOST) {
                    segment_ui(ui, cx, segment);
                }
                if segments.len() > MOST {
                    ui.label(small(
                        ui,
                        format!(
                            "{} {}",
                            segments.len() - MOST,
                            cx.language.say(strings::MORE_NOT_LISTED)
                        ),
                    ));
                }
                ui.add_space(8.0);
                ui.label(small(
                    ui,
                    format!("{} {sentence}", cx.language.say(strings::WHAT_IS_COUNTED)),
                ));
            });
    }

    /// The passages behind a place, looked up once for each finding and place.
    fn opened(
        &mut self,
        session: &Session,
        shown: &ShownAnswer,
        chosen: CellRef,
    ) -> Arc<Vec<Segment>> {
        if let Some(opened) = &self.opened
            && Arc::ptr_eq(&opened.finding, &shown.finding)
            && opened.at == chosen
        {
            return Arc::clone(&opened.segments);
        }
        let load = |document: &Document| session.content(document).ok();
        let segments = Arc::new(shown.finding.segments(&shown.project, &load, chosen));
        self.opened = Some(OpenedPassages {
            finding: Arc::clone(&shown.finding),
            at: chosen,
            segments: Arc::clone(&segments),
        });
        segments
    }

    /// The field for a summary; it is kept by the button, Ctrl+Enter, or by going elsewhere with it changed.
    fn summary_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, at: CellRef, anchor: Anchor) {
        let Anchor::Cell(case, code) = anchor else {
            return;
        };
        let written = summaries(cx.session.project(), case, code).next();
        let (memo, now) = (
            written.map(|memo| memo.id),
            written.map_or(String::new(), |memo| memo.body.clone()),
        );
        let stale = |draft: &SummaryDraft| {
            draft.at != at || draft.anchor != anchor || draft.before != now || draft.memo != memo
        };
        if self.draft.as_ref().is_none_or(stale) {
            self.draft = Some(SummaryDraft {
                at,
                anchor,
                memo,
                body: now.clone(),
                before: now,
            });
        }
        let Some(draft) = &mut self.draft else { return };
        let label = ui.label(small(ui, cx.language.say(strings::SUMMARY)));
        let mut set = typeset::in_field(ui);
        let field = ui
            .add(
                TextEdit::multiline(&mut draft.body)
                    .layouter(&mut set)
                    .desired_rows(5)
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        let entered = field.has_focus()
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let changed = draft.body.trim() != draft.before.trim();
        let saves = ui
            .add_enabled_ui(changed, |ui| {
                buttons::primary(ui, cx.language.say(strings::SAVE_SUMMARY)).clicked()
            })
            .inner;
        if changed && (saves || entered || field.lost_focus()) {
            let body = draft.body.trim().to_owned();
            cx.edit(match (draft.memo, body.is_empty()) {
                (Some(memo), true) => Action::RemoveMemo(memo),
                (Some(memo), false) => Action::SetMemo {
                    memo,
                    kind: MemoKind::Analytic,
                    title: String::new(),
                    body,
                },
                (None, _) => Action::AddMemo {
                    anchor,
                    kind: MemoKind::Analytic,
                    title: String::new(),
                    body,
                },
            });
            draft.before.clone_from(&draft.body);
        }
        ui.add_space(10.0);
    }
}

/// A passage as a card that opens in Read.
fn segment_ui(ui: &mut Ui, cx: &mut Cx<'_>, segment: &Segment) {
    let project = cx.project;
    let Some(document) = project.documents.get(&segment.document) else {
        return;
    };
    let Ok(content) = cx.session.content(document) else {
        return;
    };
    let colors = palette(ui.visuals());
    let words: String = content
        .text
        .slice(segment.range)
        .unwrap_or_default()
        .chars()
        .take(240)
        .collect();
    let speaker = content
        .turn_at(segment.range.start())
        .and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)));
    let mut about: Vec<String> = speaker
        .map(|speaker| speaker.label.clone())
        .into_iter()
        .collect();
    about.push(document.title.clone());
    if let Some(coding) = document.coding(segment.coding) {
        about.extend(
            project
                .coders
                .get(&coding.coder)
                .map(|coder| coder.name.clone()),
        );
        let code = project.codebook.get(coding.code);
        let facets = code.into_iter().flat_map(|code| &code.facets);
        about.extend(facets.filter_map(|facet| {
            let value = coding.facets.get(&facet.id)?;
            Some(facet.say(value, cx.language))
        }));
    }
    let card = Frame::new()
        .fill(colors.page)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(8)
        .inner_margin(12)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let (room, ink) = (ui.available_width(), palette(ui.visuals()).ink);
            ui.label(typeset::job(
                ui.ctx(),
                &words,
                theme::regular(13.5),
                ink,
                room,
            ));
            ui.label(small(ui, about.join(" · ")));
        });
    let response = card
        .response
        .interact(Sense::click())
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            format!("{} {words}", cx.language.say(strings::OPEN)),
        )
    });
    if response.clicked() {
        cx.ask(Request::OpenDocument(segment.document, Some(segment.range)));
    }
    ui.add_space(2.0);
}
