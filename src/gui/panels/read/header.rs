//! Above the text: title, what the document is, and which codings are shown in which colours.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use super::{ReadPanel, view::ColorBy};
use crate::{
    app::search::smart_codes,
    gui::{
        command::Command,
        context::Cx,
        icons, strings,
        theme::{self, palette, small},
        widgets::{aside::AtRight, buttons, outline},
    },
    model::{document::Document, query::QueryKind},
};

impl ReadPanel {
    /// Shows the header of a pane; gives whether the pane is to close.
    pub(super) fn header_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        document: &Document,
        index: usize,
    ) -> bool {
        let frame = Frame::new().inner_margin(Margin {
            left: 40,
            right: 16,
            top: 14,
            bottom: 10,
        });
        let two = self.panes.len() > 1;
        let mut close = false;
        let ink = if two && index != self.active {
            palette(ui.visuals()).ink_2
        } else {
            palette(ui.visuals()).ink
        };
        let title = theme::title(&document.title).color(ink);
        let response = frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                let tools = AtRight("tools of a text");
                let room = tools.room(ui);
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    let label = ui.add(egui::Label::new(title).truncate());
                    outline::head(&label, &document.title);
                });
                tools.show(ui, |ui| {
                    self.filters_ui(ui, cx);
                    if two {
                        close = buttons::quiet(
                            ui,
                            icons::CLOSE,
                            cx.language.say(strings::CLOSE_DOCUMENT),
                        )
                        .clicked();
                    } else if buttons::quiet(
                        ui,
                        icons::COLUMNS,
                        strings::command(cx.language, Command::SideBySide),
                    )
                    .clicked()
                    {
                        self.side_by_side();
                    }
                });
            });
            let about = self
                .panes
                .get(index)
                .and_then(|pane| pane.shown.as_ref())
                .map_or("", |shown| shown.about.as_str());
            ui.add(egui::Label::new(small(ui, about)).truncate());
            if let Some(erased) = cx.project.erased_text(document.id) {
                let says = if erased.is_whole {
                    strings::IS_ERASED
                } else {
                    strings::IS_PARTLY_ERASED
                };
                let colors = palette(ui.visuals());
                ui.label(small(ui, cx.language.say(says)).color(colors.bad));
            }
            ui.set_width(ui.available_width());
        });
        let rect = response.response.rect;
        ui.painter().hline(
            ui.max_rect().x_range(),
            rect.bottom(),
            Stroke::new(1.0, palette(ui.visuals()).line),
        );
        close
    }

    /// Menus: what colours stand for, whose codings, which codes.
    fn filters_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let language = cx.language;
        let accent = palette(ui.visuals()).accent;
        let icon = |icon: &str, on: bool| {
            if on {
                RichText::new(icon).color(accent)
            } else {
                RichText::new(icon)
            }
        };
        let menu = |ui: &mut Ui, face: RichText, name: &str, add: &mut dyn FnMut(&mut Ui)| {
            let response = egui::containers::menu::MenuButton::from_button(
                egui::Button::new(face).frame_when_inactive(false),
            )
            .ui(ui, |ui| {
                egui::ScrollArea::vertical()
                    .max_height(420.0)
                    .show(ui, |ui| add(ui))
            })
            .0;
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            response.on_hover_text(name);
        };
        if self.filter.hides() && buttons::word(ui, language.say(strings::SHOW_ALL)).clicked() {
            self.filter.hidden_coders.clear();
            self.filter.only.clear();
            self.filter.smart.clear();
        }
        menu(
            ui,
            icon(icons::FUNNEL, self.filter.narrows_codes()),
            language.say(strings::SHOW_CODES),
            &mut |ui| self.codes_menu(ui, cx),
        );
        menu(
            ui,
            icon(icons::USERS, !self.filter.hidden_coders.is_empty()),
            language.say(strings::SHOW_CODERS),
            &mut |ui| {
                self.coders_menu(ui, cx);
            },
        );
        menu(
            ui,
            icon(icons::PALETTE, self.filter.color_by != ColorBy::Code),
            language.say(strings::COLOR_BY),
            &mut |ui| {
                for (by, text) in [
                    (ColorBy::Code, strings::CODE),
                    (ColorBy::Theme, strings::THEMES),
                    (ColorBy::Coder, strings::CODER),
                ] {
                    if buttons::radio(ui, self.filter.color_by == by, language.say(text)).clicked()
                    {
                        self.filter.color_by = by;
                        ui.close();
                    }
                }
            },
        );
    }

    fn coders_menu(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        for coder in cx.project.coders.values() {
            let mut shown = !self.filter.hidden_coders.contains(&coder.id);
            if buttons::check(ui, &mut shown, &coder.name).changed() {
                if shown {
                    self.filter.hidden_coders.remove(&coder.id);
                } else {
                    self.filter.hidden_coders.insert(coder.id);
                }
            }
        }
    }

    fn codes_menu(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let tag = cx.language.tag();
        if buttons::radio(
            ui,
            !self.filter.narrows_codes(),
            cx.language.say(strings::ANY_OF_THEM),
        )
        .clicked()
        {
            self.filter.only.clear();
            self.filter.smart.clear();
            ui.close();
        }
        for query in cx
            .project
            .queries
            .values()
            .filter(|query| query.kind == QueryKind::Codes)
        {
            let mut shown = self.filter.smart.contains(&query.id);
            if buttons::check(ui, &mut shown, smart_codes::name_of(query))
                .on_hover_text(&query.text)
                .changed()
            {
                if shown {
                    self.filter.smart.insert(query.id);
                } else {
                    self.filter.smart.remove(&query.id);
                }
            }
        }
        for (depth, code) in cx.project.codebook.in_order() {
            let mut only = self.filter.only.contains(&code.id);
            let name = format!("{}{}", "    ".repeat(depth), code.name.get(&tag));
            if buttons::check(ui, &mut only, name).changed() {
                if only {
                    self.filter.only.insert(code.id);
                } else {
                    self.filter.only.remove(&code.id);
                }
            }
        }
    }

    /// Hides the work of everyone but the acting coder, or shows it again.
    pub(super) fn toggle_others(&mut self, cx: &Cx<'_>) {
        if self.filter.hidden_coders.is_empty() {
            let others = cx
                .project
                .coders
                .keys()
                .copied()
                .filter(|coder| Some(*coder) != cx.session.coder());
            self.filter.hidden_coders = others.collect();
        } else {
            self.filter.hidden_coders.clear();
        }
    }

    /// Opens a second pane on the same document, or closes it.
    pub(in crate::gui) fn side_by_side(&mut self) {
        if self.panes.len() > 1 {
            self.panes.truncate(1);
            self.active = 0;
        } else if let Some(document) = self.document() {
            let mut pane = super::Pane::default();
            pane.open(document, None);
            pane.view
                .scroll_to_top(self.pane().map_or(0, |pane| pane.view.top()));
            self.panes.push(pane);
            self.active = 1;
        }
    }
}
