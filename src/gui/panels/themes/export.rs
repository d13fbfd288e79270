//! Tables and charts written to files, in either language.

use std::path::Path;

use egui::Ui;

use super::{ThemesPanel, table_of};
use crate::{
    app::{
        Session,
        output_file::{self, with_ending},
    },
    export::separated::readable_csv,
    gui::{
        context::Cx,
        notice::{Notice, saved},
        request::{FilePurpose, FindingFormat, Request},
        strings::{self, UiLanguage},
    },
    picture::{png, svg::svg},
    report::document::{Block, ReportDocument},
    table::CellRef,
};

/// The ways to export what is shown: the table and each chart, in either language.
pub(super) fn menu_ui(ui: &mut Ui, cx: &mut Cx<'_>, pictures: usize) {
    for tag in [cx.language, cx.language.other()] {
        for (label, format) in formats(pictures, cx.language, tag) {
            if ui.button(label).clicked() {
                cx.ask(Request::OpenDialog(FilePurpose::ExportFinding(format, tag)));
                ui.close();
            }
        }
        ui.separator();
    }
    if ui
        .button(format!("{} …", cx.language.say(strings::REPORT)))
        .clicked()
    {
        cx.ask(Request::OpenDialog(FilePurpose::Report));
        ui.close();
    }
}

/// The formats with their labels; `tag` is the language of what is exported.
fn formats(pictures: usize, language: UiLanguage, tag: UiLanguage) -> Vec<(String, FindingFormat)> {
    let name = tag.pick("English", "中文");
    let table = format!("{} · CSV · {name}", language.say(strings::TABLE));
    let mut formats = vec![(table, FindingFormat::Csv)];
    for number in 0..pictures {
        let charts = language.say(strings::CHARTS);
        let chart = if pictures > 1 {
            format!("{charts} {}", number + 1)
        } else {
            charts.to_owned()
        };
        formats.push((
            format!("{chart} · SVG · {name}"),
            FindingFormat::Svg(number),
        ));
        let png = format!("{chart} · PNG 300 dpi · {name}");
        formats.push((png, FindingFormat::Png(number)));
    }
    formats
}

impl ThemesPanel {
    /// Writes what is shown to a file; returns what came of it, or `None` if nothing is shown.
    pub(in crate::gui) fn export(
        &self,
        path: &Path,
        what: FindingFormat,
        tag: UiLanguage,
    ) -> Option<Notice> {
        let path = with_ending(path, &[what.ending()]);
        let bytes = match self.written(what, tag)? {
            Ok(bytes) => bytes,
            Err(error) => return Some(Notice::problem(move |_library| error.clone())),
        };
        Some(match output_file::write(&path, &bytes) {
            Ok(()) => saved(path),
            Err(error) => Notice::error(error),
        })
    }

    /// Returns true if a table or charts are shown.
    pub(in crate::gui) fn shows_finding(&self) -> bool {
        self.shown.is_some() && self.display.is_some()
    }

    /// What is shown, the table in its order or the charts, as a report of its own.
    pub(in crate::gui) fn printed(
        &self,
        session: &Session,
        language: UiLanguage,
    ) -> Option<ReportDocument> {
        let shown = self.shown.as_ref()?;
        let table = table_of(
            &*shown.finding,
            &shown.project,
            self.settings.compared,
            language,
        );
        let charts = if self.charts {
            let row = self.chosen.and_then(CellRef::row);
            shown.finding.charts(&shown.project, language, row)
        } else {
            Vec::new()
        };
        let blocks = if charts.is_empty() {
            vec![Block::Table(
                table.arranged(self.settings.arrangement).table,
            )]
        } else {
            charts.into_iter().map(Block::Chart).collect()
        };
        Some(ReportDocument {
            title: session.project().title.clone(),
            subtitle: language.say(self.view.name()).to_owned(),
            language,
            blocks,
        })
    }

    fn written(&self, what: FindingFormat, tag: UiLanguage) -> Option<Result<Vec<u8>, String>> {
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
            FindingFormat::Csv => {
                let compared = self.settings.compared;
                let table = table_of(&*shown.finding, &shown.project, compared, tag);
                let arranged = table.arranged(self.settings.arrangement);
                Some(Ok(readable_csv(&arranged.table)))
            }
            FindingFormat::Svg(number) => {
                picture(number).map(|picture| Ok(svg(&picture).into_bytes()))
            }
            FindingFormat::Png(number) => picture(number)
                .map(|picture| png::png(&picture, png::PRINT).map_err(|error| error.to_string())),
        }
    }
}
