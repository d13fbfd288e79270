//! Tables and charts written to files, in either language.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::{ThemesPanel, table_of};
use crate::{
    gui::{
        dialogs::Purpose,
        request::Request,
        strings::{Text, UiLanguage},
    },
    picture::{png, svg::svg},
    table::CellRef,
};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gui) enum ExportAs {
    /// The table, with commas.
    Csv,
    /// A chart, by number, as SVG.
    Svg(usize),
    /// A chart, by number, as PNG in 300 dots to the inch.
    Png(usize),
}

impl ExportAs {
    /// The ending of such a file.
    pub(in crate::gui) const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Svg(_) => "svg",
            Self::Png(_) => "png",
        }
    }
}

/// The ways to write what is shown.
pub(super) fn menu_ui(
    ui: &mut Ui,
    pictures: usize,
    language: UiLanguage,
    requests: &mut Vec<Request>,
) {
    for tag in [language, language.other()] {
        let name = tag.pick("English", "中文");
        let mut item = |ui: &mut Ui, text: String, what: ExportAs| {
            if ui.button(text).clicked() {
                requests.push(Request::Ask(Purpose::ExportFinding(what, tag)));
                ui.close();
            }
        };
        item(
            ui,
            format!("{} · CSV · {name}", language.say(Text::TABLE)),
            ExportAs::Csv,
        );
        for number in 0..pictures {
            let chart = if pictures > 1 {
                format!("{} {}", language.say(Text::CHARTS), number + 1)
            } else {
                language.say(Text::CHARTS).to_owned()
            };
            item(ui, format!("{chart} · SVG · {name}"), ExportAs::Svg(number));
            item(
                ui,
                format!("{chart} · PNG 300 dpi · {name}"),
                ExportAs::Png(number),
            );
        }
        ui.separator();
    }
    if ui
        .button(format!("{} …", language.say(Text::REPORT)))
        .clicked()
    {
        requests.push(Request::Ask(Purpose::Report));
        ui.close();
    }
}

impl ThemesPanel {
    /// Writes what is shown to a file; gives one line that says what came of it.
    pub(in crate::gui) fn export(
        &self,
        path: &Path,
        what: ExportAs,
        tag: UiLanguage,
        language: UiLanguage,
    ) -> String {
        let path: PathBuf = if path.extension().is_some() {
            path.to_owned()
        } else {
            path.with_extension(what.ending())
        };
        let Some(bytes) = self.written(what, tag) else {
            return String::new();
        };
        match bytes
            .and_then(|bytes| std::fs::write(&path, bytes).map_err(|error| error.to_string()))
        {
            Ok(()) => language.labelled(
                language.say(Text::THEMES_SAVED),
                &path.display().to_string(),
            ),
            Err(error) => format!("{}: {error}", path.display()),
        }
    }

    fn written(&self, what: ExportAs, tag: UiLanguage) -> Option<Result<Vec<u8>, String>> {
        let shown = self.shown.as_ref()?;
        let row = self.chosen.and_then(CellRef::row);
        let picture = |number: usize| {
            shown
                .finding
                .charts(&shown.project, tag, row)
                .into_iter()
                .nth(number)
        };
        match what {
            ExportAs::Csv => {
                let compared = self.settings.compared;
                let table = table_of(&*shown.finding, &shown.project, compared, tag);
                let mut writer = csv::WriterBuilder::new()
                    .flexible(true)
                    .from_writer(Vec::new());
                // A mark at the front tells spreadsheets that it is UTF-8; writing to memory can't fail.
                for row in table.arranged(self.settings.arrangement).table.plain() {
                    writer.write_record(row).ok();
                }
                let rows = writer.into_inner().unwrap_or_default();
                Some(Ok([b"\xEF\xBB\xBF".as_slice(), &rows].concat()))
            }
            ExportAs::Svg(number) => picture(number).map(|picture| Ok(svg(&picture).into_bytes())),
            ExportAs::Png(number) => picture(number)
                .map(|picture| png::png(&picture, png::PRINT).map_err(|error| error.to_string())),
        }
    }
}
