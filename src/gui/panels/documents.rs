//! Documents by family, each with how much of it is coded.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::{Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::status::percent_coded;
use crate::{
    gui::{
        dialogs::Purpose,
        icons,
        request::{DeskRequest, Request},
        strings::{Text, Tongue},
        theme::{self, palette, section},
        widgets::buttons,
    },
    model::{
        Project,
        document::Document,
        ids::{CaseId, DocumentId},
        natural_key,
    },
};

/// Which groups are folded away.
#[derive(Debug, Default)]
pub(in crate::gui) struct DocumentsPanel {
    folded: BTreeSet<Option<CaseId>>,
}

impl DocumentsPanel {
    pub(in crate::gui) fn ui(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        open: Option<DocumentId>,
        tongue: Tongue,
        requests: &mut Vec<Request>,
    ) {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            ui.label(section(ui, tongue.say(Text::Documents)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(8.0);
                if buttons::quiet(ui, icons::UPLOAD, tongue.say(Text::ImportFiles)).clicked() {
                    requests.push(Request::Ask(Purpose::Transcripts));
                }
                ui.label(theme::small(ui, project.documents.len().to_string()));
            });
        });
        if project.documents.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(16.0);
                ui.vertical(|ui| {
                    buttons::empty(ui, tongue.say(Text::NoDocuments));
                    ui.add_space(8.0);
                    if buttons::primary(ui, tongue.say(Text::ImportFiles)).clicked() {
                        requests.push(Request::Ask(Purpose::Transcripts));
                    }
                });
            });
            return;
        }
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            for (case, documents) in groups(project) {
                self.group_ui(ui, project, case, &documents, open, tongue, requests);
            }
        });
    }

    #[expect(clippy::too_many_arguments, reason = "a row of a list knows its list")]
    fn group_ui(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        case: Option<CaseId>,
        documents: &[&Arc<Document>],
        open: Option<DocumentId>,
        tongue: Tongue,
        requests: &mut Vec<Request>,
    ) {
        let name = case.and_then(|id| project.cases.get(&id)).map_or(tongue.say(Text::NoCase), |case| case.name.as_str());
        let folded = self.folded.contains(&case);
        let (rect, response) = row_ui(ui, false);
        let colors = palette(ui.visuals());
        let caret = if folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
        ui.painter().text(rect.left_center() + Vec2::new(14.0, 0.0), egui::Align2::LEFT_CENTER, caret, theme::regular(10.0), colors.ink_2);
        elided(
            ui,
            rect.left() + 32.0,
            rect.right() - 40.0,
            rect.center().y,
            RichText::new(name).font(theme::medium(13.0)).color(colors.ink),
        );
        let count = rect.right_center() - Vec2::new(16.0, 0.0);
        ui.painter().text(count, egui::Align2::RIGHT_CENTER, documents.len(), theme::regular(12.0), colors.ink_2);
        response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, !folded, name));
        if response.clicked() && !self.folded.remove(&case) {
            self.folded.insert(case);
        }
        if folded {
            return;
        }
        for document in documents {
            document_ui(ui, project, document, open == Some(document.id), requests);
        }
    }
}

/// Documents by family in the order of the families, those of several or none at the end.
fn groups(project: &Project) -> Vec<(Option<CaseId>, Vec<&Arc<Document>>)> {
    let mut by_family: BTreeMap<Option<CaseId>, Vec<&Arc<Document>>> = BTreeMap::new();
    for document in project.documents_in_order() {
        let families: BTreeSet<CaseId> = document.cases.iter().map(|case| project.family_of(*case)).collect();
        let family = if families.len() == 1 { families.first().copied() } else { None };
        by_family.entry(family).or_default().push(document);
    }
    for documents in by_family.values_mut() {
        let rank = |document: &Document| document.phase.and_then(|id| project.phases.get(&id)).map(|phase| phase.rank.clone());
        documents.sort_by_cached_key(|document| (rank(document), natural_key(&document.title)));
    }
    let mut groups: Vec<_> = by_family.into_iter().collect();
    groups.sort_by_cached_key(|(case, _)| {
        let name = case.and_then(|id| project.cases.get(&id)).map(|case| natural_key(&case.name));
        (name.is_none(), name)
    });
    groups
}

fn document_ui(ui: &mut Ui, project: &Project, document: &Document, open: bool, requests: &mut Vec<Request>) {
    let (rect, response) = row_ui(ui, open);
    let colors = palette(ui.visuals());
    let family = document.cases.first().map(|case| project.family_of(*case)).and_then(|id| project.cases.get(&id));
    let short = family.and_then(|family| document.title.strip_prefix(family.name.split_whitespace().next()?)).map(str::trim);
    let title = short.filter(|short| !short.is_empty()).unwrap_or(&document.title);
    elided(ui, rect.left() + 32.0, rect.right() - 72.0, rect.center().y, RichText::new(title).font(theme::regular(13.0)).color(colors.ink));
    let bar = Rect::from_min_size(egui::pos2(rect.right() - 60.0, rect.center().y - 2.0), Vec2::new(44.0, 4.0));
    let percent = percent_coded(document);
    ui.painter().rect_filled(bar, 2.0, colors.line);
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    let width = bar.width() * percent as f32 / 100.0;
    ui.painter().rect_filled(Rect::from_min_size(bar.min, Vec2::new(width, 4.0)), 2.0, colors.accent);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &document.title));
    let response = response.on_hover_text(format!("{} · {percent} %", document.title));
    if response.clicked() {
        requests.push(Request::Desk(DeskRequest::OpenDocument(document.id, None)));
    }
}

/// A row of a side list, lit when it is chosen or under the pointer.
pub(in crate::gui) fn row_ui(ui: &mut Ui, chosen: bool) -> (Rect, egui::Response) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 26.0), Sense::click());
    let colors = palette(ui.visuals());
    if chosen {
        ui.painter().rect_filled(rect, 0.0, colors.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, colors.window);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink(1.0), 2.0, Stroke::new(1.0, colors.accent), egui::StrokeKind::Inside);
    }
    (rect, response)
}

/// One line of text between two heights, cut with an ellipsis where there is no room.
pub(in crate::gui) fn elided(ui: &Ui, left: f32, right: f32, center_y: f32, text: RichText) {
    let galley =
        egui::WidgetText::from(text).into_galley(ui, Some(egui::TextWrapMode::Truncate), (right - left).max(8.0), egui::TextStyle::Body);
    let ink = palette(ui.visuals()).ink;
    ui.painter().galley(egui::pos2(left, center_y - galley.size().y / 2.0), galley, ink);
}
