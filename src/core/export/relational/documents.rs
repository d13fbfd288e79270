//! The rows of documents with their speakers, turns and codings.

use rusqlite::{Result, params};

use super::writer::RowWriter;
use crate::{
    analysis::attribution::People,
    export::codings::origin,
    model::{
        coding::Coding,
        document::{Content, Document, SpeakerRole, Turn},
        facet::FacetValue,
    },
    table::data::moment,
};

impl RowWriter<'_> {
    pub(super) fn document(&mut self, document: &Document, content: &Content) -> Result<()> {
        let number = self.documents.get(&document.id).copied();
        let family = self.project.family_of_document(document);
        self.run(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                number,
                document.id.to_string(),
                document.title,
                document.source.file,
                document.phase.and_then(|id| self.phases.get(&id)),
                family.and_then(|id| self.cases.get(&id)),
                content.text.len_chars(),
                document.words,
                content.text.as_str()
            ],
        )?;
        let mut cases: Vec<&i64> = document
            .cases
            .iter()
            .filter_map(|id| self.cases.get(id))
            .collect();
        cases.sort();
        for case in cases {
            self.run(
                "INSERT INTO document_cases VALUES (?, ?)",
                params![number, case],
            )?;
        }
        self.values(
            "INSERT INTO document_values VALUES (?, ?, ?, ?, ?, ?)",
            number.as_ref(),
            &document.values,
        )?;
        let first_speaker = self.last_speaker + 1;
        self.speakers(number, document)?;
        let first_turn = self.last_turn + 1;
        self.turns(number, document, content, first_speaker)?;
        let people = People::of(self.project, document);
        for coding in &document.codings {
            let turn = content.turn_at(coding.range.start()).map(|(index, _)| {
                first_turn + i64::try_from(index).expect("a text has fewer than 2^32 turns")
            });
            self.coding(number, coding, content, turn)?;
            self.concerned(coding, &people, &content.turns)?;
        }
        Ok(())
    }

    fn speakers(&mut self, document: Option<i64>, of: &Document) -> Result<()> {
        for (position, speaker) in (1i64..).zip(&of.speakers) {
            self.last_speaker += 1;
            let role = match speaker.role {
                SpeakerRole::Participant => "participant",
                SpeakerRole::Interviewer => "interviewer",
            };
            self.run(
                "INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?)",
                params![
                    self.last_speaker,
                    document,
                    position,
                    speaker.label,
                    role,
                    speaker.case.and_then(|id| self.cases.get(&id))
                ],
            )?;
        }
        Ok(())
    }

    fn turns(
        &mut self,
        document: Option<i64>,
        of: &Document,
        content: &Content,
        first_speaker: i64,
    ) -> Result<()> {
        for (position, turn) in (1i64..).zip(&content.turns) {
            self.last_turn += 1;
            // A turn names its speaker by position in the document.
            let speaker = turn
                .speaker
                .filter(|speaker| usize::from(*speaker) < of.speakers.len())
                .map(|speaker| first_speaker + i64::from(speaker));
            self.run(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    self.last_turn,
                    document,
                    position,
                    turn.range.start(),
                    turn.body,
                    turn.range.end(),
                    speaker,
                    turn.at_millis
                ],
            )?;
        }
        Ok(())
    }

    fn concerned(&self, coding: &Coding, people: &People, turns: &[Turn]) -> Result<()> {
        let number = self.codings.get(&coding.id);
        for case in &coding.about {
            self.run(
                "INSERT INTO coding_about VALUES (?, ?)",
                params![number, self.cases.get(case)],
            )?;
        }
        let (concerned, ground) = people.concerned(&coding.about, turns, coding.range);
        for case in concerned {
            self.run(
                "INSERT INTO coding_concerned VALUES (?, ?, ?)",
                params![number, self.cases.get(&case), ground.key()],
            )?;
        }
        Ok(())
    }

    fn coding(
        &self,
        document: Option<i64>,
        coding: &Coding,
        content: &Content,
        turn: Option<i64>,
    ) -> Result<()> {
        let number = self.codings.get(&coding.id);
        self.run(
            "INSERT INTO codings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                number,
                coding.id.to_string(),
                document,
                self.codes.get(&coding.code),
                self.coders.get(&coding.coder),
                turn,
                coding.range.start(),
                coding.range.end(),
                content.text.slice(coding.range).unwrap_or_default(),
                origin(coding),
                coding.made_millis().map(moment)
            ],
        )?;
        for (facet, value) in &coding.facets {
            // A value can outlive its facet, when a colleague removes the facet at the same time.
            let Some(facet) = self.facets.get(facet) else {
                continue;
            };
            let figure = match value {
                FacetValue::Intensity(strength) => Some(f64::from(*strength)),
                FacetValue::YesNo(answer) => Some(f64::from(u8::from(*answer))),
                FacetValue::Category(_) | FacetValue::Text(_) => None,
            };
            self.run(
                "INSERT INTO coding_facets VALUES (?, ?, ?, ?)",
                params![number, facet, value.to_text(), figure],
            )?;
        }
        Ok(())
    }
}
