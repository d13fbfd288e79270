//! Reports of codings that can't be imported, because their text is missing or they are of something without text.

use super::SourceReader;
use crate::{import::loss::Lost, refi::read::xml::Element};

impl SourceReader<'_, '_, '_> {
    /// Reports the codings of something that has no text; a passage without any is reported, too.
    pub(super) fn report_codings(&mut self, element: Element<'_>, kind: Lost, of: &str) {
        let losses = &mut self.reader.study.losses;
        let codings = element.each("Coding").count();
        if !element.name().ends_with("Selection") {
            for _ in 0..codings {
                losses.note(kind, of);
            }
            return;
        }
        let place = match element.some("name") {
            Some(name) => format!("{of}: {name}"),
            None => of.to_owned(),
        };
        for _ in 0..codings.max(1) {
            losses.note(kind, place.clone());
        }
        if !element.description().is_empty() {
            losses.note(kind, format!("{place} ({})", element.description()));
        }
    }

    /// Reports a text that doesn't exist, with its codings.
    pub(super) fn report_without_text(&mut self, title: &str, source: Element<'_>) {
        // A path that leads nowhere has been reported when the file was opened.
        if source.some("plainTextPath").is_none() && source.some("richTextPath").is_none() {
            self.reader.study.losses.note(Lost::MissingFile, title);
        }
        self.report_passages(title, source);
    }

    /// Reports the codings of passages and of the whole, for a text that doesn't exist.
    pub(super) fn report_passages(&mut self, title: &str, holder: Element<'_>) {
        let losses = &mut self.reader.study.losses;
        let selections = holder
            .children()
            .filter(|child| matches!(child.name(), "PlainTextSelection" | "TranscriptSelection"));
        for selection in selections {
            let name = selection.get_or_empty("name");
            let place = format!("{title}: {name}");
            for _ in selection.each("Coding") {
                losses.note(Lost::OutsideText, place.trim_end_matches([':', ' ']));
            }
        }
        for _ in holder.each("Coding") {
            losses.note(Lost::OutsideText, title.trim_end_matches([':', ' ']));
        }
    }
}
