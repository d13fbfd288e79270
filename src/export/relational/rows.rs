//! The rows of the relational database, table by table.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result, params};

use super::FORMAT;
use crate::{
    export::{ExportMaterial, codings::origin, table::moment},
    import::codebook::colour_of,
    model::{
        Project,
        attachment::AttachmentKind,
        attribute::{AttributeKind, AttributeOf, AttributeValue, Values},
        code::Code,
        document::{Content, Document, SpeakerRole},
        facet::{FacetKind, FacetValue},
        ids::{
            AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId, Id, MemoId,
            PhaseId,
        },
        memo::{Anchor, MemoKind},
    },
};

/// The number that a thing has in its table.
type Numbers<K> = BTreeMap<Id<K>, i64>;

struct Writer<'a> {
    into: &'a Connection,
    project: &'a Project,
    phases: BTreeMap<PhaseId, i64>,
    coders: BTreeMap<CoderId, i64>,
    cases: BTreeMap<CaseId, i64>,
    attributes: BTreeMap<AttributeId, i64>,
    documents: BTreeMap<DocumentId, i64>,
    codes: BTreeMap<CodeId, i64>,
    facets: BTreeMap<FacetId, i64>,
    codings: BTreeMap<CodingId, i64>,
    memos: BTreeMap<MemoId, i64>,
    anchors: BTreeMap<Anchor, i64>,
}

fn numbers<K: Ord>(ids: impl Iterator<Item = Id<K>>) -> Numbers<K>
where
    Id<K>: Ord,
{
    (1i64..).zip(ids).map(|(number, id)| (id, number)).collect()
}

/// Fills all tables.
pub(super) fn fill(into: &Connection, material: ExportMaterial<'_>) -> Result<()> {
    let project = material.project;
    let documents = project.documents_in_order();
    let mut writer = Writer {
        into,
        project,
        phases: numbers(project.phases_in_order().into_iter().map(|phase| phase.id)),
        coders: numbers(project.coders.keys().copied()),
        cases: numbers(
            project
                .cases_in_order()
                .into_iter()
                .map(|(_, case)| case.id),
        ),
        attributes: numbers(
            project
                .attributes_in_order()
                .into_iter()
                .map(|attribute| attribute.id),
        ),
        documents: numbers(documents.iter().map(|document| document.id)),
        codes: numbers(
            project
                .codebook
                .in_order()
                .into_iter()
                .map(|(_, code)| code.id),
        ),
        facets: numbers(
            project
                .codebook
                .in_order()
                .into_iter()
                .flat_map(|(_, code)| code.facets.iter().map(|facet| facet.id)),
        ),
        codings: numbers(
            documents
                .iter()
                .flat_map(|document| document.codings.iter().map(|coding| coding.id)),
        ),
        memos: numbers(project.memos.keys().copied()),
        anchors: BTreeMap::new(),
    };
    writer.meta()?;
    writer.people()?;
    writer.attributes()?;
    for (_, code) in project.codebook.in_order() {
        writer.code(code)?;
    }
    let (mut speakers, mut turns) = (0, 0);
    for document in documents {
        writer.document(
            document,
            &material.content(document),
            &mut speakers,
            &mut turns,
        )?;
    }
    writer.notes()
}

impl Writer<'_> {
    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        self.into.prepare_cached(sql)?.execute(values).map(drop)
    }

    fn meta(&self) -> Result<()> {
        let format = FORMAT.to_string();
        let rows = [
            ("program", "Tain"),
            ("version", env!("CARGO_PKG_VERSION")),
            ("format", format.as_str()),
            ("title", self.project.title.as_str()),
            ("description", self.project.description.as_str()),
            ("language", &self.project.language.0),
            (
                "positions",
                "Unicode code points of documents.text, half-open, from 0; in SQL: substr(text, start_char + 1, end_char - start_char)",
            ),
        ];
        rows.iter().try_for_each(|(key, value)| {
            self.run("INSERT INTO meta VALUES (?, ?)", params![key, value])
        })
    }

    fn people(&self) -> Result<()> {
        for phase in self.project.phases_in_order() {
            let number = self.phases.get(&phase.id);
            self.run(
                "INSERT INTO phases VALUES (?1, ?2, ?3, ?1)",
                params![number, phase.id.to_string(), phase.name],
            )?;
        }
        for coder in self.project.coders.values() {
            self.run(
                "INSERT INTO coders VALUES (?, ?, ?)",
                params![self.coders.get(&coder.id), coder.id.to_string(), coder.name],
            )?;
        }
        for (_, case) in self.project.cases_in_order() {
            let parent = case.parent.and_then(|id| self.cases.get(&id));
            let family = self.cases.get(&self.project.family_of(case.id));
            let row = params![
                self.cases.get(&case.id),
                case.id.to_string(),
                case.name,
                case.kind.0,
                parent,
                family
            ];
            self.run("INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)", row)?;
        }
        Ok(())
    }

    fn attributes(&self) -> Result<()> {
        for attribute in self.project.attributes_in_order() {
            let number = self.attributes.get(&attribute.id);
            let of = match attribute.of {
                AttributeOf::Cases => "cases",
                AttributeOf::Documents => "documents",
            };
            let (kind, categories): (&str, &[String]) = match &attribute.kind {
                AttributeKind::Text => ("text", &[]),
                AttributeKind::Number => ("number", &[]),
                AttributeKind::Date => ("date", &[]),
                AttributeKind::YesNo => ("yes/no", &[]),
                AttributeKind::Category(values) => ("category", values),
            };
            let row = params![
                number,
                attribute.id.to_string(),
                attribute.name,
                attribute.definition,
                of,
                kind,
                attribute.per_phase
            ];
            self.run(
                "INSERT INTO attributes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1)",
                row,
            )?;
            for (position, value) in (1i64..).zip(categories) {
                self.run(
                    "INSERT INTO attribute_categories VALUES (?, ?, ?)",
                    params![number, position, value],
                )?;
            }
        }
        for (_, case) in self.project.cases_in_order() {
            self.values(
                "INSERT INTO case_values VALUES (?, ?, ?, ?, ?, ?)",
                self.cases.get(&case.id),
                &case.values,
            )?;
        }
        Ok(())
    }

    fn values(&self, sql: &str, holder: Option<&i64>, values: &Values) -> Result<()> {
        let mut rows: Vec<_> = values
            .iter()
            .filter_map(|((attribute, phase), value)| {
                let phase = phase.and_then(|phase| self.phases.get(&phase));
                Some((self.attributes.get(attribute)?, phase, value))
            })
            .collect();
        rows.sort_by_key(|(attribute, phase, _)| (*attribute, *phase));
        for (attribute, phase, value) in rows {
            let (state, text, number) = match value {
                AttributeValue::NotAsked => ("not asked", None, None),
                AttributeValue::Missing => ("missing", None, None),
                AttributeValue::Number(number) => ("value", Some(value.to_text()), Some(*number)),
                AttributeValue::YesNo(answer) => (
                    "value",
                    Some(value.to_text()),
                    Some(f64::from(u8::from(*answer))),
                ),
                AttributeValue::Text(_) | AttributeValue::Date(_) | AttributeValue::Category(_) => {
                    ("value", Some(value.to_text()), None)
                }
            };
            self.run(sql, params![holder, attribute, phase, state, text, number])?;
        }
        Ok(())
    }

    fn code(&self, code: &Code) -> Result<()> {
        let book = &self.project.codebook;
        let number = self.codes.get(&code.id);
        let parent = code.place.parent.and_then(|id| self.codes.get(&id));
        let theme = self.codes.get(&book.root_of(code.id));
        let depth = i64::try_from(book.ancestors(code.id).count()).unwrap_or(0);
        let key = code.key.map(String::from);
        let (uid, path, colour) = (code.id.to_string(), book.path(code.id), colour_of(code.hue));
        let texts = (
            &code.definition.text,
            &code.apply_when.text,
            &code.not_when.text,
        );
        let row = params![
            number,
            uid,
            code.name.text,
            path,
            parent,
            theme,
            depth,
            colour,
            key,
            texts.0,
            texts.1,
            texts.2
        ];
        self.run(
            "INSERT INTO codes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?1, ?7, ?8, ?9, ?10, ?11, ?12)",
            row,
        )?;
        let fields = [
            ("name", &code.name),
            ("definition", &code.definition),
            ("apply_when", &code.apply_when),
            ("not_when", &code.not_when),
        ];
        for (field, text) in fields {
            for (language, text) in &text.translations {
                self.run(
                    "INSERT INTO code_translations VALUES (?, ?, ?, ?)",
                    params![number, language.0, field, text],
                )?;
            }
        }
        for (position, example) in (1i64..).zip(&code.examples) {
            let main = std::iter::once((&self.project.language, &example.text))
                .filter(|(_, text)| !text.is_empty());
            for (language, text) in main.chain(&example.translations) {
                self.run(
                    "INSERT INTO code_examples VALUES (?, ?, ?, ?)",
                    params![number, position, language.0, text],
                )?;
            }
        }
        for (position, indicator) in (1i64..).zip(&code.indicators) {
            let row = params![number, position, indicator.language.0, indicator.expression];
            self.run("INSERT INTO code_indicators VALUES (?, ?, ?, ?)", row)?;
        }
        for facet in &code.facets {
            let own = self.facets.get(&facet.id);
            let (kind, categories) = match &facet.kind {
                FacetKind::Category(values) => ("category", values.as_slice()),
                FacetKind::Intensity => ("intensity", &[][..]),
                FacetKind::Text => ("text", &[][..]),
                FacetKind::YesNo => ("yes/no", &[][..]),
            };
            self.run(
                "INSERT INTO facets VALUES (?, ?, ?, ?, ?)",
                params![own, facet.id.to_string(), number, facet.name.text, kind],
            )?;
            for (position, value) in (1i64..).zip(categories) {
                self.run(
                    "INSERT INTO facet_categories VALUES (?, ?, ?)",
                    params![own, position, value.text],
                )?;
            }
        }
        Ok(())
    }

    fn document(
        &self,
        document: &Document,
        content: &Content,
        speakers: &mut i64,
        turns: &mut i64,
    ) -> Result<()> {
        let number = self.documents.get(&document.id);
        let phase = document.phase.and_then(|id| self.phases.get(&id));
        let family = self
            .project
            .family_of_document(document)
            .and_then(|id| self.cases.get(&id));
        let (uid, chars) = (document.id.to_string(), content.text.len_chars());
        let row = params![
            number,
            uid,
            document.title,
            document.source.file,
            phase,
            family,
            chars,
            document.words,
            content.text.as_str()
        ];
        self.run(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )?;
        let mut cases: Vec<_> = document
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
            number,
            &document.values,
        )?;
        let (first_speaker, first_turn) = (*speakers + 1, *turns + 1);
        for (position, speaker) in (1i64..).zip(&document.speakers) {
            *speakers += 1;
            let role = match speaker.role {
                SpeakerRole::Participant => "participant",
                SpeakerRole::Interviewer => "interviewer",
            };
            let case = speaker.case.and_then(|id| self.cases.get(&id));
            self.run(
                "INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?)",
                params![*speakers, number, position, speaker.label, role, case],
            )?;
        }
        for (position, turn) in (1i64..).zip(&content.turns) {
            *turns += 1;
            let known = turn
                .speaker
                .filter(|speaker| usize::from(*speaker) < document.speakers.len());
            let speaker = known.map(|speaker| first_speaker + i64::from(speaker));
            let row = params![
                *turns,
                number,
                position,
                turn.range.start(),
                turn.body,
                turn.range.end(),
                speaker,
                turn.at_millis
            ];
            self.run("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)?;
        }
        for coding in &document.codings {
            let turn = content
                .turn_at(coding.range.start())
                .and_then(|(index, _)| i64::try_from(index).ok())
                .map(|index| first_turn + index);
            let quote = content.text.slice(coding.range).unwrap_or_default();
            let own = self.codings.get(&coding.id);
            let (uid, code, coder) = (
                coding.id.to_string(),
                self.codes.get(&coding.code),
                self.coders.get(&coding.coder),
            );
            let (start, end, made) = (
                coding.range.start(),
                coding.range.end(),
                coding.made_millis().map(moment),
            );
            let row = params![
                own,
                uid,
                number,
                code,
                coder,
                turn,
                start,
                end,
                quote,
                origin(coding),
                made
            ];
            self.run(
                "INSERT INTO codings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )?;
            for (facet, value) in &coding.facets {
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
                    params![own, facet, value.to_text(), figure],
                )?;
            }
        }
        Ok(())
    }

    /// Memos, links, sets and attachments.
    fn notes(&mut self) -> Result<()> {
        let project = self.project;
        for memo in project.memos.values() {
            let kind = match memo.kind {
                MemoKind::Analytic => "analytic",
                MemoKind::Method => "method",
                MemoKind::Reflexive => "reflexive",
            };
            let anchor = self.anchor(memo.anchor)?;
            let row = params![
                self.memos.get(&memo.id),
                memo.id.to_string(),
                memo.title,
                memo.body,
                kind,
                self.coders.get(&memo.coder),
                anchor
            ];
            self.run("INSERT INTO memos VALUES (?, ?, ?, ?, ?, ?, ?)", row)?;
        }
        for (number, link) in (1i64..).zip(project.links.values()) {
            let (from, to) = (self.anchor(link.from)?, self.anchor(link.to)?);
            self.run(
                "INSERT INTO links VALUES (?, ?, ?, ?, ?)",
                params![number, link.id.to_string(), link.name, from, to],
            )?;
        }
        for (number, set) in (1i64..).zip(project.sets_in_order()) {
            self.run(
                "INSERT INTO sets VALUES (?, ?, ?, ?)",
                params![number, set.id.to_string(), set.name, set.description],
            )?;
            for member in &set.members {
                let anchor = self.anchor(*member)?;
                self.run(
                    "INSERT INTO set_members VALUES (?, ?)",
                    params![number, anchor],
                )?;
            }
        }
        for (number, attachment) in (1i64..).zip(project.attachments.values()) {
            let kind = match attachment.kind {
                AttachmentKind::Picture => "picture",
                AttachmentKind::Audio => "audio",
                AttachmentKind::Video => "video",
                AttachmentKind::Pdf => "pdf",
            };
            let bytes = i64::try_from(attachment.len_bytes).unwrap_or(i64::MAX);
            let row = params![
                number,
                attachment.id.to_string(),
                attachment.name,
                kind,
                attachment.file,
                bytes
            ];
            self.run("INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?)", row)?;
        }
        Ok(())
    }

    /// The row of an anchor; each stands there once.
    fn anchor(&mut self, anchor: Anchor) -> Result<i64> {
        if let Some(number) = self.anchors.get(&anchor) {
            return Ok(*number);
        }
        let number = i64::try_from(self.anchors.len()).unwrap_or(i64::MAX - 1) + 1;
        let document = anchor.document().and_then(|id| self.documents.get(&id));
        let (kind, range) = match anchor {
            Anchor::Project => ("project", None),
            Anchor::Document(_) => ("document", None),
            Anchor::Segment(_, range) => ("segment", Some(range)),
            Anchor::Case(_) => ("case", None),
            Anchor::Code(_) => ("code", None),
            Anchor::Coding(..) => ("coding", None),
            Anchor::Memo(_) => ("memo", None),
            Anchor::Cell(..) => ("cell", None),
        };
        let case = if let Anchor::Case(id) | Anchor::Cell(id, _) = anchor {
            self.cases.get(&id)
        } else {
            None
        };
        let code = if let Anchor::Code(id) | Anchor::Cell(_, id) = anchor {
            self.codes.get(&id)
        } else {
            None
        };
        let coding = if let Anchor::Coding(_, id) = anchor {
            self.codings.get(&id)
        } else {
            None
        };
        let memo = if let Anchor::Memo(id) = anchor {
            self.memos.get(&id)
        } else {
            None
        };
        let (start, end) = (
            range.map(|range| range.start()),
            range.map(|range| range.end()),
        );
        let row = params![number, kind, document, start, end, case, code, coding, memo];
        self.run(
            "INSERT INTO anchors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )?;
        self.anchors.insert(anchor, number);
        Ok(number)
    }
}
