//! Families, persons and their attributes as a sheet; a cell is edited in place.

use egui::{Key, RichText, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, Vec2, WidgetInfo};

use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        request::{FilePurpose, Request},
        strings,
        theme::{self, palette, size, small},
        widgets::{buttons, list_row::elided},
    },
    log::change::Holder,
    model::{
        Project,
        attribute::{AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        ids::{AttributeId, CaseId, PhaseId},
        memo::Anchor,
    },
};

/// A column: an attribute, in a phase for those given per phase.
type Column = (AttributeId, Option<PhaseId>);

const NAME_WIDTH: f32 = 200.0;
const CELL_WIDTH: f32 = 112.0;

/// What the page remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct CasesPanel {
    editing: Option<(CaseId, Column, String)>,
    new_name: String,
    new_parent: Option<CaseId>,
    /// A case to bring on screen and mark.
    chosen: Option<CaseId>,
    reveal: bool,
}

impl CasesPanel {
    /// Marks a case and brings it on screen.
    pub(in crate::gui) fn choose(&mut self, case: CaseId) {
        (self.chosen, self.reveal) = (Some(case), true);
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            ui.label(theme::title(cx.language.say(strings::CASES)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if buttons::word(ui, cx.language.say(strings::IMPORT_SHEET)).clicked() {
                    cx.ask(Request::OpenDialog(FilePurpose::CaseSheet));
                }
            });
        });
        let families = cx
            .project
            .cases
            .values()
            .filter(|case| case.parent.is_none())
            .count();
        ui.label(small(ui, strings::n_families(cx.language, families)));
        ui.add_space(12.0);
        self.new_ui(ui, cx);
        ui.add_space(12.0);
        if cx.project.cases.is_empty() {
            buttons::empty(ui, cx.language.say(strings::NO_CASES));
            return;
        }
        let columns = columns(cx.project);
        let rows = cx.project.cases_in_order();
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let mut area = ScrollArea::both().auto_shrink([false, false]);
        if let Some(at) = self
            .chosen
            .filter(|_| std::mem::take(&mut self.reveal))
            .and_then(|id| rows.iter().position(|(_, case)| case.id == id))
        {
            #[expect(clippy::cast_precision_loss, reason = "the row of a list on screen")]
            let offset = (at as f32 - 3.0).max(0.0) * size::TALL_ROW;
            area = area.vertical_scroll_offset(offset);
        }
        area.show_rows(ui, size::TALL_ROW, rows.len() + 1, |ui, visible| {
            for row in visible {
                match row.checked_sub(1).and_then(|row| rows.get(row)) {
                    None => header_ui(ui, cx, &columns),
                    Some((depth, case)) => self.row_ui(ui, cx, case, *depth, &columns),
                }
            }
        });
    }

    fn new_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            let field = ui.add(
                TextEdit::singleline(&mut self.new_name)
                    .hint_text(cx.language.say(strings::CASE_NAME))
                    .desired_width(200.0),
            );
            field.widget_info(|| {
                WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::CASE_NAME))
            });
            let parent = self
                .new_parent
                .and_then(|id| cx.project.cases.get(&id))
                .map_or("–", |case| case.name.as_str());
            ui.label(small(ui, cx.language.say(strings::PARENT)));
            let combo =
                egui::ComboBox::from_id_salt("parent of the new case").selected_text(parent);
            let combo = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut self.new_parent, None, "–");
                for case in cx.project.cases_below(None) {
                    ui.selectable_value(&mut self.new_parent, Some(case.id), &case.name);
                }
            });
            combo.response.widget_info(|| {
                WidgetInfo::labeled(Role::ComboBox, true, cx.language.say(strings::PARENT))
            });
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if (ui.button(cx.language.say(strings::ADD_CASE)).clicked() || entered)
                && !self.new_name.trim().is_empty()
            {
                let kind = if self.new_parent.is_some() {
                    CaseKind::person()
                } else {
                    CaseKind::family()
                };
                cx.edit(Action::AddCase {
                    name: std::mem::take(&mut self.new_name),
                    kind,
                    parent: self.new_parent,
                });
            }
        });
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        case: &Case,
        depth: usize,
        columns: &[Column],
    ) {
        let colors = palette(ui.visuals());
        ui.horizontal(|ui| {
            let (rect, name) =
                ui.allocate_exact_size(Vec2::new(NAME_WIDTH, size::TALL_ROW), Sense::click());
            name.widget_info(|| WidgetInfo::labeled(Role::Button, true, &case.name));
            name.context_menu(|ui| {
                if ui
                    .button(format!(
                        "{}  {}",
                        crate::gui::icons::NOTE,
                        cx.language.say(strings::NEW_MEMO)
                    ))
                    .clicked()
                {
                    cx.ask(Request::WriteMemo(Anchor::Case(case.id)));
                    ui.close();
                }
            });
            if self.chosen == Some(case.id) {
                ui.painter().rect_filled(rect, 4.0, colors.selection);
            }
            #[expect(clippy::cast_precision_loss, reason = "the depth of a tree of cases")]
            let indent = depth as f32 * 18.0;
            let font = if depth == 0 {
                theme::medium(13.0)
            } else {
                theme::regular(13.0)
            };
            let name = RichText::new(&case.name).font(font).color(colors.ink);
            elided(
                ui,
                rect.left() + indent,
                rect.right() - 8.0,
                rect.center().y,
                name,
            );
            ui.painter()
                .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.line));
            for column in columns {
                self.cell_ui(ui, cx, case, *column);
            }
        });
    }

    fn cell_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, case: &Case, column: Column) {
        let colors = palette(ui.visuals());
        let (rect, response) =
            ui.allocate_exact_size(Vec2::new(CELL_WIDTH, size::TALL_ROW), Sense::click());
        ui.painter()
            .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.line));
        let value = case.values.get(&column);
        let name = cx
            .project
            .attributes
            .get(&column.0)
            .map_or("", |attribute| attribute.name.as_str());
        if let Some((_, _, text)) = self
            .editing
            .as_mut()
            .filter(|(id, own, _)| *id == case.id && *own == column)
        {
            let field = ui.put(rect.shrink(2.0), TextEdit::singleline(text));
            field.widget_info(|| {
                WidgetInfo::labeled(Role::TextInput, true, format!("{name} {}", case.name))
            });
            if field.lost_focus() {
                let text = std::mem::take(text);
                let same = value.map_or_else(String::new, |value| value.say(cx.language)) == text;
                if !same && !ui.input(|input| input.key_pressed(Key::Escape)) {
                    let holder = Holder::Case(case.id);
                    cx.edit(Action::SetValue {
                        holder,
                        attribute: column.0,
                        phase: column.1,
                        text,
                    });
                }
                self.editing = None;
            } else {
                field.request_focus();
            }
            return;
        }
        if response.hovered() || response.has_focus() {
            ui.painter()
                .rect_filled(rect.shrink(1.0), 4.0, colors.accent_soft);
        }
        let absent = matches!(
            value,
            Some(AttributeValue::NotAsked | AttributeValue::Missing)
        );
        let text = RichText::new(value.map_or_else(String::new, |value| value.say(cx.language)))
            .color(if absent { colors.ink_2 } else { colors.ink });
        elided(
            ui,
            rect.left() + 6.0,
            rect.right() - 6.0,
            rect.center().y,
            text,
        );
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("{name} {}", case.name))
        });
        if response.clicked() {
            self.editing = Some((
                case.id,
                column,
                value.map_or_else(String::new, |value| value.say(cx.language)),
            ));
        }
    }
}

/// The attributes of cases in order; those given per phase once for each phase that has values.
fn columns(project: &Project) -> Vec<Column> {
    let mut columns = Vec::new();
    for attribute in project
        .attributes_in_order()
        .into_iter()
        .filter(|attribute| attribute.of == AttributeOf::Cases)
    {
        if attribute.per_phase {
            let phases = project
                .phases_in_order()
                .into_iter()
                .map(|phase| (attribute.id, Some(phase.id)));
            columns.extend(phases.filter(|column| {
                project
                    .cases
                    .values()
                    .any(|case| case.values.contains_key(column))
            }));
        } else {
            columns.push((attribute.id, None));
        }
    }
    columns
}

fn header_ui(ui: &mut Ui, cx: &Cx<'_>, columns: &[Column]) {
    let colors = palette(ui.visuals());
    ui.horizontal(|ui| {
        let mut cell = |width: f32, name: &str, second: &str| {
            let (rect, response) =
                ui.allocate_exact_size(Vec2::new(width, size::TALL_ROW), Sense::hover());
            ui.painter().hline(
                rect.x_range(),
                rect.bottom(),
                Stroke::new(1.0, colors.strong_line),
            );
            let inset = if width < NAME_WIDTH { 6.0 } else { 0.0 };
            let text = if second.is_empty() {
                name.to_owned()
            } else {
                format!("{name} · {second}")
            };
            let rich = RichText::new(&text)
                .font(theme::medium(12.0))
                .color(colors.ink_2);
            elided(
                ui,
                rect.left() + inset,
                rect.right() - 6.0,
                rect.center().y,
                rich,
            );
            response.on_hover_text(text);
        };
        cell(NAME_WIDTH, cx.language.say(strings::CASE), "");
        for (attribute, phase) in columns {
            let Some(attribute) = cx.project.attributes.get(attribute) else {
                continue;
            };
            let phase = phase
                .and_then(|id| cx.project.phases.get(&id))
                .map_or("", |phase| phase.name.as_str());
            cell(CELL_WIDTH, &attribute.name, phase);
        }
    });
}
