//! The export dialog: what to write, in which format and for which program, and afterwards what the format couldn't hold.

use std::path::{Path, PathBuf};

use egui::{Align2, Context, Key, ScrollArea, TextEdit, Ui, Window};

use super::incoming::losses_ui;
use crate::{
    app::{
        export::{ExportContent, ExportFormat, ExportOptions, Exported},
        output_file,
    },
    gui::{
        context::Cx,
        icons,
        request::{FilePurpose, Request},
        strings::{self, Text, UiLanguage},
        theme::{self, palette, small},
        widgets::{buttons, dialog, outline, replacement::Replacement},
    },
    refi::write::Variant,
};

/// A row of the list: a content, its format, and the program it is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ExportChoice {
    name: Text,
    hint: Text,
    content: ExportContent,
    format: ExportFormat,
    variant: Variant,
}

const fn choice(
    name: Text,
    hint: Text,
    content: ExportContent,
    format: ExportFormat,
) -> ExportChoice {
    ExportChoice {
        name,
        hint,
        content,
        format,
        variant: Variant::Standard,
    }
}

/// Everything that can be exported, in groups.
const CHOICES: &[(Text, &[ExportChoice])] = &[
    (
        strings::FOR_PROGRAMS,
        &[
            choice(
                strings::REFI,
                strings::REFI_HINT,
                ExportContent::Project,
                ExportFormat::Qdpx,
            ),
            ExportChoice {
                variant: Variant::NVivo,
                ..choice(
                    strings::REFI_NVIVO,
                    strings::REFI_NVIVO_HINT,
                    ExportContent::Project,
                    ExportFormat::Qdpx,
                )
            },
            ExportChoice {
                variant: Variant::AtlasTi,
                ..choice(
                    strings::REFI_ATLAS,
                    strings::REFI_ATLAS_HINT,
                    ExportContent::Project,
                    ExportFormat::Qdpx,
                )
            },
            choice(
                strings::REFI_CODEBOOK,
                strings::REFI_CODEBOOK_HINT,
                ExportContent::Codebook,
                ExportFormat::Qdc,
            ),
        ],
    ),
    (
        strings::TABLES,
        &[
            choice(
                strings::WORKBOOK,
                strings::WORKBOOK_HINT,
                ExportContent::Project,
                ExportFormat::Xlsx,
            ),
            choice(
                strings::CODINGS_TABLE,
                strings::CODINGS_HINT,
                ExportContent::Codings,
                ExportFormat::Csv,
            ),
            choice(
                strings::MATRIX_TABLE,
                strings::MATRIX_HINT,
                ExportContent::Matrix,
                ExportFormat::Csv,
            ),
            choice(
                strings::CASES_TABLE,
                strings::CASES_HINT,
                ExportContent::Cases,
                ExportFormat::Xlsx,
            ),
            choice(
                strings::DATABASE,
                strings::DATABASE_HINT,
                ExportContent::Project,
                ExportFormat::Sqlite,
            ),
        ],
    ),
    (
        strings::TO_READ,
        &[
            choice(
                strings::QUOTATIONS_PAGE,
                strings::QUOTATIONS_HINT,
                ExportContent::Quotations,
                ExportFormat::Docx,
            ),
            choice(
                strings::CODEBOOK,
                strings::CODEBOOK_HINT,
                ExportContent::Codebook,
                ExportFormat::Docx,
            ),
            choice(
                strings::TRANSCRIPTS_PAGE,
                strings::TRANSCRIPTS_HINT,
                ExportContent::Transcripts,
                ExportFormat::Docx,
            ),
            choice(
                strings::TRANSCRIPTS_PAGE,
                strings::TRANSCRIPTS_WEB_HINT,
                ExportContent::Transcripts,
                ExportFormat::Html,
            ),
        ],
    ),
];

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct Outgoing {
    chosen: ExportChoice,
    language: UiLanguage,
    pseudonymise: bool,
    path: String,
    replacement: Replacement,
    /// The export that was written; its losses are shown in place of the choices.
    done: Option<Exported>,
}

impl Outgoing {
    /// Opens the dialog with the exchange format chosen.
    pub(in crate::gui) fn new(language: UiLanguage) -> Self {
        let chosen = choice(
            strings::REFI,
            strings::REFI_HINT,
            ExportContent::Project,
            ExportFormat::Qdpx,
        );
        Self {
            chosen,
            language,
            pseudonymise: false,
            path: String::new(),
            replacement: Replacement::default(),
            done: None,
        }
    }

    /// Shows an export that was written.
    pub(in crate::gui) fn take(&mut self, done: Exported) {
        self.done = Some(done);
    }

    /// The chosen options.
    pub(in crate::gui) fn wanted(&self) -> ExportOptions {
        let Self {
            chosen,
            language,
            pseudonymise,
            ..
        } = self;
        ExportOptions {
            content: Some(chosen.content),
            language: *language,
            pseudonymise: *pseudonymise,
            variant: chosen.variant,
            ..ExportOptions::default()
        }
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let mut closes = false;
        let title = cx.language.say(strings::EXPORT);
        let window = Window::new(title)
            .id(egui::Id::unique("export"))
            .resizable(false);
        let window = window.anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(520.0);
            closes = match &self.done {
                Some(done) => done_ui(ui, done, cx.language),
                None => self.choose_ui(ui, cx),
            };
        });
        stays && !closes && !dialog::escaped(ctx)
    }

    fn choose_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        // What is below the list has its place in a low window, too.
        let height = (ui.ctx().content_rect().height() - 230.0).clamp(120.0, 500.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (group, choices) in CHOICES {
                    ui.add_space(6.0);
                    outline::section(ui, cx.language.say(*group));
                    for own in *choices {
                        self.choice_ui(ui, *own, cx.language);
                    }
                }
            });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(small(ui, cx.language.say(strings::LANGUAGE_OF_HEADS)));
            buttons::segmented(
                ui,
                &mut self.language,
                &[
                    (UiLanguage::English, "English"),
                    (UiLanguage::Chinese, "中文"),
                ],
            );
            ui.add_space(12.0);
            buttons::check(
                ui,
                &mut self.pseudonymise,
                cx.language.say(strings::PSEUDONYMISE),
            );
        });
        ui.add_space(8.0);
        let label = ui.label(small(ui, cx.language.say(strings::PATH)));
        let typed = ui
            .add(TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY))
            .labelled_by(label.id);
        let entered = typed.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let (target, named) = (self.target(), !self.path.trim().is_empty());
        let verb = self.replacement.ui(ui, &target, cx.language);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let pressed = ui
                .add_enabled_ui(named, |ui| {
                    buttons::primary(ui, cx.language.say(verb)).clicked()
                })
                .inner;
            if (pressed || entered) && named && self.replacement.allows(&target) {
                cx.ask(Request::Export(target));
            }
            if ui.button(format!("{} …", icons::FOLDER_OPEN)).clicked() {
                cx.ask(Request::Browse(FilePurpose::Export(
                    self.chosen.format.ending(),
                )));
            }
            ui.button(cx.language.say(strings::CANCEL)).clicked()
        })
        .inner
    }

    fn choice_ui(&mut self, ui: &mut Ui, own: ExportChoice, language: UiLanguage) {
        let on = self.chosen == own;
        let ink = palette(ui.visuals()).ink;
        let name = egui::RichText::new(format!(
            "{}  .{}",
            language.say(own.name),
            own.format.ending()
        ))
        .color(ink);
        let font = if on {
            theme::medium(13.0)
        } else {
            theme::regular(13.0)
        };
        if buttons::radio(ui, on, name.font(font))
            .on_hover_text(language.say(own.hint))
            .clicked()
        {
            self.chosen = own;
        }
        if on {
            ui.horizontal(|ui| {
                ui.add_space(24.0);
                ui.add(egui::Label::new(small(ui, language.say(own.hint))).wrap());
            });
        }
    }

    /// The path to write to, with the ending of the format, whatever was typed.
    fn target(&self) -> PathBuf {
        let ending = self.chosen.format.ending();
        output_file::with_ending(Path::new(self.path.trim()), &[ending])
    }

    /// Sets the path that was chosen in the system's dialog; returns the one to write to.
    pub(in crate::gui) fn at(&mut self, path: &Path) -> PathBuf {
        self.path = path.display().to_string();
        self.target()
    }
}

fn done_ui(ui: &mut Ui, done: &Exported, language: UiLanguage) -> bool {
    ui.label(egui::RichText::new(language.say(strings::SAVED)).font(theme::semibold(14.0)));
    ui.add(egui::Label::new(small(ui, done.path.display().to_string())).wrap());
    if done.cut > 0 {
        ui.add_space(6.0);
        ui.label(small(
            ui,
            format!("{} {}", done.cut, language.say(strings::CELLS_CUT)),
        ));
    }
    if let Some(losses) = &done.losses {
        let file = done.path.file_name().unwrap_or_default().to_string_lossy();
        losses_ui(ui, losses, &file, language);
    }
    ui.add_space(12.0);
    buttons::primary(ui, language.say(strings::CLOSE)).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gets_the_ending_of_its_form_and_keeps_its_dots() {
        let mut outgoing = Outgoing::new(UiLanguage::English);
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
