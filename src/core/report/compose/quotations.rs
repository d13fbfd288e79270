//! Quotations in the report: a few passages of each code, with their references.

use std::collections::BTreeSet;

use super::ReportWriter;
use crate::{
    message::text::{COMMA, Text},
    model::{code::Code, document::Document, ids::CaseId, text::TextRange},
    report::document::Block,
    views::wording,
};

/// The number of quotations of each code.
const QUOTES: usize = 2;
/// The longest quotation, in characters.
const LONGEST: usize = 280;

impl ReportWriter<'_> {
    /// Passages of each code, from different families where there are such, short ones whole.
    pub(super) fn quotations(&mut self) {
        let project = self.project;
        self.heading(1, Text::new("Quotations", "引文"));
        for (depth, code) in project.codebook.in_order() {
            let quotes = self.quotes_of(code);
            if quotes.is_empty() {
                continue;
            }
            self.blocks.push(Block::Heading(
                if depth == 0 { 2 } else { 3 },
                wording::code(project, code.id, self.language),
            ));
            self.blocks.extend(quotes);
        }
    }

    fn quotes_of(&self, code: &Code) -> Vec<Block> {
        let mut seen: BTreeSet<Option<CaseId>> = BTreeSet::new();
        let mut found = Vec::new();
        for document in self.project.documents_in_order() {
            for coding in document
                .codings
                .iter()
                .filter(|coding| coding.code == code.id && self.filter.admits_coder(coding.coder))
            {
                let family = self.project.family_of_document(document);
                let chars = coding.range.len_chars() as usize;
                if found.len() >= QUOTES || !(8..=LONGEST).contains(&chars) || !seen.insert(family)
                {
                    continue;
                }
                found.extend(self.quote(document, coding.range));
            }
        }
        found
    }

    fn quote(&self, document: &Document, range: TextRange) -> Option<Block> {
        let content = (self.load)(document)?;
        let words = content
            .text
            .slice(range)?
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let words = self
            .pseudonyms
            .map_or_else(|| words.clone(), |pseudonyms| pseudonyms.text(&words));
        let speaker = content
            .turn_at(range.start())
            .and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)));
        let family = self
            .project
            .family_of_document(document)
            .and_then(|case| self.project.cases.get(&case))
            .map(|case| case.name.clone());
        let who = speaker.map(|speaker| speaker.label.clone()).or(family);
        let phase = document
            .phase
            .map(|phase| wording::phase(self.project, phase, self.language));
        let place = format!("{}–{}", range.start(), range.end());
        let reference = [who, phase, Some(place)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(self.language.say(COMMA));
        Some(Block::Quote { words, reference })
    }
}
