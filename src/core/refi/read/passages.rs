//! The documents of a project, with the codings and memos of their passages.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    cases::link_passage,
    pdf::{self, LocatedArea},
    positions::{CountedPositions, repeats},
    reader::{BarePassage, ProjectReader},
    sources::SourceText,
    sync_points::{SyncPoint, sync_points, time_turns},
    values::{self, title_from},
    variables::{VariableTable, own_value},
    xml::Element,
};
use crate::{
    import::{
        ImportedDocument,
        loss::Lost,
        positions::PositionCounting,
        study::{StudyDocument, derived},
    },
    model::{
        attribute::{AttributeOf, Values},
        coding::{Coding, ImportedOrigin, Origin},
        ids::{CaseId, CodeId, CodingId, DocumentId, Id, SelectionId},
        memo::Anchor,
        text::TextRange,
    },
    refi::PHASE_VARIABLE,
};

/// Adds a document to the study.
pub(super) fn document(
    reader: &mut ProjectReader<'_>,
    variables: &VariableTable,
    counting: PositionCounting,
    text: &SourceText<'_>,
    mut imported: ImportedDocument,
) {
    let positions = CountedPositions::new(&text.raw, counting);
    let sync_points = sync_points(text.holder, &positions);
    time_turns(&mut imported.turns, &sync_points);
    let mut builder = DocumentBuilder {
        reader,
        id: text.id,
        imported,
        codings: Vec::new(),
        cases: BTreeSet::new(),
    };
    for selection in text.holder.each("PlainTextSelection") {
        if text.placed {
            builder.selection(selection, &positions);
        } else {
            builder.lose(Lost::OtherText, selection);
        }
    }
    for annotation in &text.annotations {
        if let Some(range) = builder.range(annotation.selection, &positions) {
            let anchor = Anchor::Segment(text.id, range);
            let guid = values::identity(annotation.selection);
            builder
                .reader
                .annotated
                .entry(annotation.note)
                .or_insert(anchor);
            builder.reader.know(guid, anchor);
        }
    }
    for selection in text.holder.each("TranscriptSelection") {
        builder.transcript_selection(selection, &sync_points);
    }
    builder.pdf_areas(text.holder, &text.areas);
    let wholes: Vec<Element<'_>> = text.wholes().collect();
    let phase = wholes
        .iter()
        .find_map(|whole| own_value(*whole, PHASE_VARIABLE));
    let phases = &builder.reader.study.phases;
    let phase = phase
        .and_then(|name| phases.iter().find(|phase| phase.name == name))
        .map(|phase| phase.id);
    let mut given = Values::new();
    for whole in wholes {
        builder.whole(whole);
        let reader = &mut *builder.reader;
        let losses = &mut reader.study.losses;
        given.extend(variables.values(whole, AttributeOf::Documents, &text.title, losses));
        reader.refer(whole, Anchor::Document(text.id));
        reader.describe(whole, &text.title, Anchor::Document(text.id));
    }
    let DocumentBuilder {
        reader,
        id,
        imported,
        codings,
        cases,
    } = builder;
    reader.documents.insert(id, reader.study.documents.len());
    reader.study.documents.push(StudyDocument {
        id,
        imported,
        phase,
        cases,
        values: given,
        codings,
    });
}

/// A document while its passages are read.
struct DocumentBuilder<'a, 't> {
    reader: &'a mut ProjectReader<'t>,
    id: DocumentId,
    imported: ImportedDocument,
    codings: Vec<Coding>,
    /// The cases whose codes cover the whole text.
    cases: BTreeSet<CaseId>,
}

/// A passage of the text, and the element that says so.
#[derive(Clone, Copy)]
struct PlacedSelection<'e> {
    range: TextRange,
    element: Element<'e>,
    /// Whether the element is the source itself, whose codings cover the whole text.
    is_whole: bool,
}

impl DocumentBuilder<'_, '_> {
    /// The range of a selection; if it is empty or outside the text, it is reported.
    fn range(
        &mut self,
        selection: Element<'_>,
        positions: &CountedPositions<'_>,
    ) -> Option<TextRange> {
        let start = values::number(selection, "startPosition");
        let end = values::number(selection, "endPosition");
        let Some((start, end)) = start.zip(end) else {
            self.lose(Lost::EmptyPassage, selection);
            return None;
        };
        // A selection made backwards can have its ends exchanged.
        let first = positions.resolve(start.min(end));
        let last = positions.resolve(start.max(end));
        let range = TextRange::between(first.at, last.at);
        if range.is_empty() {
            let kind = if last.beyond {
                Lost::OutsideText
            } else {
                Lost::EmptyPassage
            };
            self.lose(kind, selection);
            return None;
        }
        Some(range)
    }

    /// Reports a passage that can't be placed, once for each of its codings.
    fn lose(&mut self, kind: Lost, selection: Element<'_>) {
        let [start, end] =
            ["startPosition", "endPosition"].map(|name| selection.get(name).unwrap_or("?"));
        let place = format!("{}, {start}..{end}", self.imported.title);
        for _ in 0..selection.each("Coding").count().max(1) {
            self.reader.study.losses.note(kind, place.clone());
        }
    }

    fn selection(&mut self, selection: Element<'_>, positions: &CountedPositions<'_>) {
        if let Some(range) = self.range(selection, positions) {
            self.placed(range, selection, "");
        }
    }

    fn transcript_selection(&mut self, selection: Element<'_>, points: &BTreeMap<u128, SyncPoint>) {
        let [start, end] = ["fromSyncPoint", "toSyncPoint"].map(|name| {
            let guid = values::reference(selection, name)?;
            points.get(&guid).map(|point| point.position)
        });
        // A selection without a point reaches to the edge of the text.
        let end = end.unwrap_or_else(|| self.imported.text.len_chars());
        let range = TextRange::between(start.unwrap_or(0), end);
        if range.is_empty() {
            self.lose(Lost::EmptyPassage, selection);
        } else {
            self.placed(range, selection, "");
        }
    }

    /// Reads the areas of a PDF's pages as passages of its text.
    fn pdf_areas(&mut self, holder: Element<'_>, areas: &[Element<'_>]) {
        if areas.is_empty() {
            return;
        }
        let located = pdf::locate(
            self.imported.text.as_str(),
            self.imported.original.as_deref(),
            &self.reader.study.program,
            holder,
            areas,
        );
        for LocatedArea { area, passage } in located {
            let name = area.some("name").unwrap_or("–");
            let place = format!("{}: {name}", self.imported.title);
            let losses = &mut self.reader.study.losses;
            let Some(passage) = passage else {
                for _ in 0..area.each("Coding").count().max(1) {
                    losses.note(Lost::PageArea, place.clone());
                }
                continue;
            };
            if passage.is_ambiguous {
                losses.note(Lost::AmbiguousArea, place);
            }
            if !passage.is_repeated {
                self.placed(passage.range, area, &passage.quote);
            }
        }
    }

    /// Reads the codings, description and notes of a passage; `quote` is what else may repeat its words.
    fn placed(&mut self, range: TextRange, element: Element<'_>, quote: &str) {
        let guid = values::identity(element);
        let segment = Anchor::Segment(self.id, range);
        self.reader.know(guid, segment);
        let selection = PlacedSelection {
            range,
            element,
            is_whole: false,
        };
        let mut coded = Vec::new();
        for coding in element.each("Coding") {
            coded.extend(self.coding(coding, selection));
        }
        self.reader.refer(element, segment);
        let words = self.imported.text.slice(range).unwrap_or_default();
        let name = element.title();
        // Programs name a passage after its words or its place; only a name that a person gave is worth keeping.
        let is_generated = !name.contains(char::is_alphabetic)
            || name.starts_with("line:")
            || repeats(name, words)
            || repeats(quote, name)
            || name == quote;
        let title = if is_generated { "" } else { name };
        let description = element.description();
        let is_described = !description.is_empty() && !repeats(description, words);
        if is_described && coded.is_empty() {
            let title = if title.is_empty() {
                title_from(words)
            } else {
                title.to_owned()
            };
            self.reader.describe(element, &title, segment);
        } else if is_described {
            for coding in coded {
                let anchor = Anchor::Coding(self.id, coding);
                self.reader.describe(element, title, anchor);
            }
        } else if !title.is_empty() {
            self.reader.study.losses.note(Lost::PassageTitle, title);
        }
        if !is_described && element.child("Coding").is_none() && element.child("NoteRef").is_none()
        {
            let (title, start, end) = (&self.imported.title, range.start(), range.end());
            let place = format!("{title}, {start}..{end}");
            self.reader.bare.push(BarePassage { guid, place });
        }
    }

    /// Reads the codings of the whole text.
    fn whole(&mut self, element: Element<'_>) {
        let range = self.imported.text.range();
        for coding in element.each("Coding") {
            if range.is_empty() {
                let title = self.imported.title.clone();
                self.reader.study.losses.note(Lost::OutsideText, title);
                continue;
            }
            let whole = PlacedSelection {
                range,
                element,
                is_whole: true,
            };
            self.coding(coding, whole);
        }
    }

    /// Adds a coding; one with the code of a case links the case to the passage instead.
    fn coding(&mut self, element: Element<'_>, selection: PlacedSelection<'_>) -> Option<CodingId> {
        let range = selection.range;
        let code: Option<CodeId> = element
            .child("CodeRef")
            .and_then(values::target)
            .map(Id::from_u128);
        if let Some(case) = code.and_then(|code| self.reader.case_codes.get(&code).copied()) {
            if range == self.imported.text.range() {
                self.cases.insert(case);
            } else {
                link_passage(self.reader, self.id, range, case);
            }
            return None;
        }
        let Some(code) = code.filter(|code| self.reader.codes.contains(code)) else {
            let place = format!("{}, {range:?}", self.imported.title);
            self.reader
                .study
                .losses
                .note(Lost::CodingWithoutCode, place);
            return None;
        };
        let id: CodingId = self
            .reader
            .claim(values::identity(element), "coding", |own, guid| {
                own.codings.contains(&guid)
            });
        self.reader.codings.insert(id.as_u128());
        // Some programs name coder and time only at the selection.
        let coder = self.reader.coders.of(&[
            element.get("creatingUser"),
            selection.element.get("creatingUser"),
        ]);
        let made = element
            .get("creationDateTime")
            .or_else(|| selection.element.get("creationDateTime"));
        let brought_selection: SelectionId = if selection.is_whole {
            derived(&["refi", "whole text", &self.id.to_string()])
        } else {
            Id::from_u128(values::identity(selection.element))
        };
        let brought = ImportedOrigin {
            selection: Some(brought_selection),
            made_millis: made.and_then(values::moment),
        };
        self.codings.push(Coding {
            id,
            range,
            code,
            coder,
            facets: BTreeMap::new(),
            origin: Origin::Import(Box::new(brought)),
            about: BTreeSet::new(),
        });
        let anchor = Anchor::Coding(self.id, id);
        self.reader.know(id.as_u128(), anchor);
        self.reader.refer(element, anchor);
        Some(id)
    }
}
