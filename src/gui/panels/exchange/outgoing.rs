//! The project for other programs: what is written, in which form, for whom, and what of it the form can't hold.

use std::path::PathBuf;

use egui::{Align2, Context, Key, Modifiers, ScrollArea, TextEdit, Ui, Window};

use super::incoming::losses_ui;
use crate::{
    app::exporting::{Exported, Wanted, What},
    gui::{
        dialogs::Purpose,
        icons,
        request::{DeskRequest, Request},
        strings::{Swap, Text, Tongue},
        theme::{self, palette, section, small},
        widgets::buttons,
    },
    refi::write::Variant,
};

/// A row of the list: what is written, its form, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    name: Swap,
    hint: Swap,
    what: What,
    ending: &'static str,
    variant: Variant,
}

const fn choice(name: Swap, hint: Swap, what: What, ending: &'static str) -> Choice {
    Choice {
        name,
        hint,
        what,
        ending,
        variant: Variant::Standard,
    }
}

/// Everything that can be written, in groups.
const CHOICES: &[(Swap, &[Choice])] = &[
    (
        Swap::ForPrograms,
        &[
            choice(Swap::Refi, Swap::RefiHint, What::Project, "qdpx"),
            Choice {
                variant: Variant::NVivo,
                ..choice(Swap::RefiNvivo, Swap::RefiNvivoHint, What::Project, "qdpx")
            },
            Choice {
                variant: Variant::AtlasTi,
                ..choice(Swap::RefiAtlas, Swap::RefiAtlasHint, What::Project, "qdpx")
            },
            choice(
                Swap::RefiCodebook,
                Swap::RefiCodebookHint,
                What::Codebook,
                "qdc",
            ),
        ],
    ),
    (
        Swap::Tables,
        &[
            choice(Swap::Workbook, Swap::WorkbookHint, What::Project, "xlsx"),
            choice(Swap::CodingsTable, Swap::CodingsHint, What::Codings, "csv"),
            choice(Swap::MatrixTable, Swap::MatrixHint, What::Matrix, "csv"),
            choice(Swap::CasesTable, Swap::CasesHint, What::Cases, "xlsx"),
            choice(Swap::Database, Swap::DatabaseHint, What::Project, "sqlite"),
        ],
    ),
    (
        Swap::ToRead,
        &[
            choice(
                Swap::QuotationsPage,
                Swap::QuotationsHint,
                What::Quotations,
                "docx",
            ),
            choice(
                Swap::CodebookPage,
                Swap::CodebookHint,
                What::Codebook,
                "docx",
            ),
            choice(
                Swap::TranscriptsPage,
                Swap::TranscriptsHint,
                What::Transcripts,
                "docx",
            ),
            choice(
                Swap::TranscriptsWeb,
                Swap::TranscriptsWebHint,
                What::Transcripts,
                "html",
            ),
        ],
    ),
];

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct Outgoing {
    chosen: Choice,
    tongue: Tongue,
    pseudonymise: bool,
    path: String,
    /// What came of it.
    done: Option<Exported>,
}

impl Outgoing {
    /// A choice that is usual.
    pub(in crate::gui) fn new(tongue: Tongue) -> Self {
        let chosen = choice(Swap::Refi, Swap::RefiHint, What::Project, "qdpx");
        Self {
            chosen,
            tongue,
            pseudonymise: false,
            path: String::new(),
            done: None,
        }
    }

    /// Takes what came of it.
    pub(in crate::gui) fn take(&mut self, done: Exported) {
        self.done = Some(done);
    }

    /// What is wanted.
    pub(in crate::gui) fn wanted(&self) -> Wanted {
        let Self {
            chosen,
            tongue,
            pseudonymise,
            ..
        } = self;
        Wanted {
            what: Some(chosen.what),
            tongue: *tongue,
            pseudonymise: *pseudonymise,
            variant: chosen.variant,
            ..Wanted::default()
        }
    }

    /// Shows the dialog; gives whether it stays open.
    pub(in crate::gui) fn ui(
        &mut self,
        ctx: &Context,
        tongue: Tongue,
        requests: &mut Vec<Request>,
    ) -> bool {
        let mut stays = true;
        let mut closes = false;
        let window = Window::new(tongue.swap(Swap::Export))
            .id(egui::Id::unique("export"))
            .collapsible(false)
            .resizable(false);
        window
            .open(&mut stays)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0])
            .show(ctx, |ui| {
                ui.set_width(520.0);
                closes = match &self.done {
                    Some(done) => done_ui(ui, done, tongue),
                    None => self.choose_ui(ui, tongue, requests),
                };
            });
        stays && !closes && !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
    }

    fn choose_ui(&mut self, ui: &mut Ui, tongue: Tongue, requests: &mut Vec<Request>) -> bool {
        ScrollArea::vertical()
            .max_height(500.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (group, choices) in CHOICES {
                    ui.add_space(6.0);
                    ui.label(section(ui, tongue.swap(*group)));
                    for own in *choices {
                        self.choice_ui(ui, *own, tongue);
                    }
                }
            });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(small(ui, tongue.swap(Swap::LanguageOfHeads)));
            buttons::segmented(
                ui,
                &mut self.tongue,
                &[(Tongue::English, "English"), (Tongue::Chinese, "中文")],
            );
            ui.add_space(12.0);
            buttons::check(ui, &mut self.pseudonymise, tongue.swap(Swap::Pseudonymise));
        });
        ui.add_space(8.0);
        let label = ui.label(small(ui, tongue.say(Text::Path)));
        let typed = ui
            .add(TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY))
            .labelled_by(label.id);
        let entered = typed.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let named = !self.path.trim().is_empty();
            let pressed = ui
                .add_enabled_ui(named, |ui| {
                    buttons::primary(ui, tongue.say(Text::Save)).clicked()
                })
                .inner;
            if (pressed || entered) && named {
                requests.push(Request::Desk(DeskRequest::Export(self.target())));
            }
            if ui.button(format!("{} …", icons::FOLDER_OPEN)).clicked() {
                requests.push(Request::Browse(Purpose::Export(self.chosen.ending)));
            }
            ui.button(tongue.say(Text::Cancel)).clicked()
        })
        .inner
    }

    fn choice_ui(&mut self, ui: &mut Ui, own: Choice, tongue: Tongue) {
        let on = self.chosen == own;
        let ink = palette(ui.visuals()).ink;
        let name =
            egui::RichText::new(format!("{}  .{}", tongue.swap(own.name), own.ending)).color(ink);
        let font = if on {
            theme::medium(13.0)
        } else {
            theme::regular(13.0)
        };
        if buttons::radio(ui, on, name.font(font))
            .on_hover_text(tongue.swap(own.hint))
            .clicked()
        {
            self.chosen = own;
        }
        if on {
            ui.horizontal(|ui| {
                ui.add_space(24.0);
                ui.add(egui::Label::new(small(ui, tongue.swap(own.hint))).wrap());
            });
        }
    }

    /// Where it goes: with the ending of its form, whatever was typed.
    fn target(&self) -> PathBuf {
        let path = PathBuf::from(self.path.trim());
        if path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case(self.chosen.ending))
        {
            return path;
        }
        let mut name = path.into_os_string();
        name.push(".");
        name.push(self.chosen.ending);
        PathBuf::from(name)
    }

    /// A path was chosen in the system's dialog.
    pub(in crate::gui) fn at(&mut self, path: &std::path::Path) -> PathBuf {
        self.path = path.display().to_string();
        self.target()
    }
}

fn done_ui(ui: &mut Ui, done: &Exported, tongue: Tongue) -> bool {
    ui.label(
        egui::RichText::new(tongue.themes(crate::gui::strings::Say::Saved))
            .font(theme::semibold(14.0)),
    );
    ui.add(egui::Label::new(small(ui, done.path.display().to_string())).wrap());
    if done.cut > 0 {
        ui.add_space(6.0);
        ui.label(small(
            ui,
            format!("{} {}", done.cut, tongue.swap(Swap::CellsCut)),
        ));
    }
    if let Some(losses) = &done.losses {
        let file = done.path.file_name().unwrap_or_default().to_string_lossy();
        losses_ui(ui, losses, &file, tongue);
    }
    ui.add_space(12.0);
    buttons::primary(ui, tongue.swap(Swap::Close)).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gets_the_ending_of_its_form_and_keeps_its_dots() {
        let mut outgoing = Outgoing::new(Tongue::English);
        for (typed, target) in [
            ("/a/b.c", "/a/b.c.qdpx"),
            ("/a/b.QDPX", "/a/b.QDPX"),
            (" study ", "study.qdpx"),
        ] {
            outgoing.path = typed.to_owned();
            assert_eq!(outgoing.target(), PathBuf::from(target));
        }
    }
}
