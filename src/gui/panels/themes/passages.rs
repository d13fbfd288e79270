//! What is behind a figure: its sentence, its passages, and in the framework matrix the summary that is written with them in sight.

use std::sync::Arc;

use egui::{ComboBox, Frame, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo};

use super::{Opened, Shown, ThemesPanel};
use crate::{
    analysis::frequency::table::Segment,
    app::{Session, action::Action},
    gui::{
        request::{DeskRequest, Request},
        strings::{Text, UiLanguage},
        theme::{self, palette, small},
        widgets::buttons,
    },
    model::{
        Project,
        document::Document,
        ids::{CodeId, MemoId},
        memo::{Anchor, MemoKind},
    },
    table::CellRef,
    views::{
        finding::{Finding, explained},
        framework::summaries,
    },
};

/// Most passages listed beside the table.
const MOST: usize = 200;

/// A summary being written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    spot: CellRef,
    anchor: Anchor,
    /// The memo, if it is there already.
    memo: Option<MemoId>,
    /// As it is in the project.
    before: String,
    body: String,
}

impl ThemesPanel {
    pub(super) fn passages_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        chosen: CellRef,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) {
        let Some(shown) = self.shown.clone() else {
            return;
        };
        let segments = self.opened(session, &shown, chosen);
        let Some(dressed) = &self.dressed else { return };
        let head = |text: Option<&crate::table::Head>| text.map(|head| head.text.clone());
        let row = chosen
            .row()
            .and_then(|row| head(dressed.sheet.rows.get(row).map(|line| &line.head)));
        let column = chosen
            .column()
            .and_then(|column| head(dressed.sheet.columns.get(column)));
        let title = [row, column]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(title).font(theme::semibold(15.0)));
            if buttons::quiet(ui, crate::gui::icons::CLOSE, language.say(Text::CLOSE)).clicked() {
                self.chosen = None;
            }
        });
        ui.label(small(ui, language.n_segments(segments.len())));
        ui.add_space(6.0);
        let sentence = explained(&dressed.sheet, chosen, segments.len(), language);
        if let (Finding::Framework(found), CellRef::Cell(row, column)) = (&*shown.finding, chosen)
            && let Some((case, code)) = found.cell(row, column)
        {
            self.summary_ui(
                ui,
                session,
                chosen,
                Anchor::Cell(case, code),
                language,
                requests,
            );
        }
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                for segment in segments.iter().take(MOST) {
                    segment_ui(ui, session, segment, language, requests);
                }
                if segments.len() > MOST {
                    ui.label(small(
                        ui,
                        format!(
                            "{} {}",
                            segments.len() - MOST,
                            language.say(Text::MORE_NOT_LISTED)
                        ),
                    ));
                }
                ui.add_space(8.0);
                ui.label(small(
                    ui,
                    format!("{} {sentence}", language.say(Text::WHAT_IS_COUNTED)),
                ));
            });
    }

    /// The passages behind a place, found once for each finding and place.
    fn opened(&mut self, session: &Session, shown: &Shown, chosen: CellRef) -> Arc<Vec<Segment>> {
        let same = |opened: &&Opened| {
            Arc::ptr_eq(&opened.finding, &shown.finding) && opened.spot == chosen
        };
        if let Some(opened) = self.opened.as_ref().filter(same) {
            return Arc::clone(&opened.segments);
        }
        let load = |document: &Document| session.content(document).ok();
        let segments = Arc::new(shown.finding.segments(&shown.project, &load, chosen));
        self.opened = Some(Opened {
            finding: Arc::clone(&shown.finding),
            spot: chosen,
            segments: Arc::clone(&segments),
        });
        segments
    }

    /// The field for a summary; it is kept by the button, Ctrl+Enter, or by going elsewhere with it changed.
    fn summary_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        spot: CellRef,
        anchor: Anchor,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) {
        let Anchor::Cell(case, code) = anchor else {
            return;
        };
        let written = summaries(session.project(), case, code).next();
        let (memo, now) = (
            written.map(|memo| memo.id),
            written.map_or(String::new(), |memo| memo.body.clone()),
        );
        let stale = |draft: &Draft| {
            draft.spot != spot
                || draft.anchor != anchor
                || draft.before != now
                || draft.memo != memo
        };
        if self.draft.as_ref().is_none_or(stale) {
            self.draft = Some(Draft {
                spot,
                anchor,
                memo,
                body: now.clone(),
                before: now,
            });
        }
        let Some(draft) = &mut self.draft else { return };
        let label = ui.label(small(ui, language.say(Text::SUMMARY)));
        let field = ui
            .add(
                TextEdit::multiline(&mut draft.body)
                    .desired_rows(5)
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        let entered = field.has_focus()
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let changed = draft.body.trim() != draft.before.trim();
        let saves = ui
            .add_enabled_ui(changed, |ui| {
                buttons::primary(ui, language.say(Text::SAVE_SUMMARY)).clicked()
            })
            .inner;
        if changed && (saves || entered || field.lost_focus()) {
            let body = draft.body.trim().to_owned();
            requests.push(Request::act(match (draft.memo, body.is_empty()) {
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
            }));
            draft.before.clone_from(&draft.body);
        }
        ui.add_space(10.0);
    }
}

/// A passage as a card that opens in Read.
fn segment_ui(
    ui: &mut Ui,
    session: &Session,
    segment: &Segment,
    language: UiLanguage,
    requests: &mut Vec<Request>,
) {
    let project = session.project();
    let Some(document) = project.documents.get(&segment.document) else {
        return;
    };
    let Ok(content) = session.content(document) else {
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
        about.extend(
            coding
                .facets
                .values()
                .map(crate::model::facet::FacetValue::to_text),
        );
    }
    let card = Frame::new()
        .fill(colors.page)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(8)
        .inner_margin(12)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(egui::RichText::new(&words).font(theme::regular(13.5)));
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
            format!("{} {words}", language.say(Text::OPEN)),
        )
    });
    if response.clicked() {
        requests.push(Request::Desk(DeskRequest::OpenDocument(
            segment.document,
            Some(segment.range),
        )));
    }
    ui.add_space(2.0);
}

/// What is typed of a link between two codes.
#[derive(Debug, Clone, Default)]
struct LinkDraft {
    from: Option<CodeId>,
    name: String,
    to: Option<CodeId>,
}

/// Joins two codes by a named link.
pub(super) fn link_ui(
    ui: &mut Ui,
    project: &Project,
    language: UiLanguage,
    requests: &mut Vec<Request>,
) {
    let memory = egui::Id::unique("link between codes");
    let mut draft: LinkDraft = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        code_ui(ui, project, language, "from", &mut draft.from);
        let name = ui.add(
            TextEdit::singleline(&mut draft.name)
                .desired_width(140.0)
                .hint_text(language.say(Text::LINK_NAME)),
        );
        name.widget_info(|| {
            WidgetInfo::labeled(Role::TextInput, true, language.say(Text::ADD_LINK))
        });
        code_ui(ui, project, language, "to", &mut draft.to);
        let ready = draft.from.zip(draft.to).filter(|(from, to)| from != to);
        let button = ui.add_enabled(
            ready.is_some(),
            egui::Button::new(language.say(Text::ADD_LINK)),
        );
        if let (true, Some((from, to))) = (button.clicked(), ready) {
            let name = if draft.name.trim().is_empty() {
                language.say(Text::LINK_NAME).to_owned()
            } else {
                draft.name.trim().to_owned()
            };
            requests.push(Request::act(Action::AddLink {
                name,
                from: Anchor::Code(from),
                to: Anchor::Code(to),
            }));
            draft = LinkDraft {
                from: draft.to,
                ..LinkDraft::default()
            };
        }
    });
    ui.data_mut(|data| data.insert_temp(memory, draft));
}

fn code_ui(
    ui: &mut Ui,
    project: &Project,
    language: UiLanguage,
    name: &str,
    chosen: &mut Option<CodeId>,
) {
    let tag = language.tag();
    let shown = chosen
        .and_then(|id| project.codebook.get(id))
        .map_or(language.say(Text::CODE).to_owned(), |code| {
            code.name.get(&tag).to_owned()
        });
    let combo = ComboBox::from_id_salt(("link", name))
        .selected_text(shown)
        .height(420.0)
        .show_ui(ui, |ui| {
            for (depth, code) in project.codebook.in_order() {
                ui.selectable_value(
                    chosen,
                    Some(code.id),
                    format!("{}{}", "    ".repeat(depth), code.name.get(&tag)),
                );
            }
        });
    combo.response.widget_info(|| {
        WidgetInfo::labeled(
            Role::ComboBox,
            true,
            format!("{} {name}", language.say(Text::CODE)),
        )
    });
}
