//! Passages of a text with their codings and memos.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Reading, cases, lines, pdf,
    positions::{Place, Places, repeats},
    sources::Text,
    values,
    variables::{Variables, own as own_value},
    xml::Element,
};
use crate::{
    import::{
        ImportedDocument, document_of_text,
        loss::Lost,
        positions::PositionCounting,
        study::{StudyDocument, derived},
    },
    model::{
        attribute::AttributeOf,
        coding::{Brought, Coding, Origin},
        document::Turn,
        ids::{CaseId, CodeId, CoderId, CodingId, DocumentId, Id, SelectionId},
        memo::Anchor,
        text::TextRange,
    },
    refi::PHASE_VARIABLE,
};

/// A document that is being put together.
pub(super) struct Passages<'a, 't> {
    pub(super) reading: &'a mut Reading<'t>,
    pub(super) id: DocumentId,
    pub(super) imported: ImportedDocument,
    pub(super) codings: Vec<Coding>,
    cases: BTreeSet<CaseId>,
}

/// Whose a passage is, and where it came from.
#[derive(Clone, Copy)]
pub(super) struct Holder<'e> {
    /// Where it lies.
    pub(super) range: TextRange,
    /// Its GUID; `None` for the whole text.
    pub(super) selection: Option<u128>,
    /// The element it is.
    pub(super) element: Element<'e>,
}

/// Texts that are worth a thread of their own.
const WORTH_A_THREAD: usize = 32;

/// Finds turns and counts words in all texts, a part of them on each processor.
pub(super) fn turns(texts: &mut [Text<'_>]) -> Vec<ImportedDocument> {
    let found = |texts: &mut [Text<'_>]| texts.iter_mut().map(turns_of).collect::<Vec<_>>();
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(texts.len() / WORTH_A_THREAD);
    if threads < 2 {
        return found(texts);
    }
    let parts = texts.chunks_mut(texts.len().div_ceil(threads));
    std::thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| scope.spawn(|| found(part))).collect();
        others
            .into_iter()
            .flat_map(|other| {
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

fn turns_of(text: &mut Text<'_>) -> ImportedDocument {
    let (file, read_as) = (
        std::mem::take(&mut text.file),
        format!("REFI-QDA, {}", text.encoding),
    );
    let words = if memchr::memchr(b'\r', text.raw.as_bytes()).is_some() {
        lines(&text.raw).into()
    } else {
        Arc::clone(&text.raw)
    };
    document_of_text(
        text.title.clone(),
        file,
        read_as,
        words,
        text.original.take(),
    )
}

/// Puts a document together.
pub(super) fn document(
    reading: &mut Reading<'_>,
    variables: &mut Variables,
    counting: PositionCounting,
    (text, mut imported): (Text<'_>, ImportedDocument),
) {
    let sync: Vec<Element<'_>> = text.holder.each("SyncPoint").collect();
    let wholes: Vec<Element<'_>> = text.wholes().collect();
    let Text {
        id,
        title,
        raw,
        holder,
        areas,
        annotations,
        placed,
        ..
    } = text;
    let places = Places::new(&raw);
    let places = |position| places.of(counting, position);
    let points = sync_points(&sync, &places);
    time_turns(&mut imported.turns, &points);
    let mut own = Passages {
        reading,
        id,
        imported,
        codings: Vec::new(),
        cases: BTreeSet::new(),
    };
    for selection in holder.each("PlainTextSelection") {
        if placed {
            own.selection(selection, &places);
        } else {
            own.lose(Lost::OtherText, selection);
        }
    }
    for (note, selection) in annotations {
        if let Some(range) = own.range(selection, &places) {
            let anchor = Anchor::Segment(id, range);
            own.reading.annotated.entry(note).or_insert(anchor);
            own.reading.know(values::identity(selection), anchor);
        }
    }
    for selection in holder.each("TranscriptSelection") {
        own.transcript_selection(selection, &points);
    }
    if !areas.is_empty() {
        pdf::areas(&mut own, holder, &areas);
    }
    let mut given = crate::model::attribute::Values::new();
    let named = wholes
        .iter()
        .find_map(|whole| own_value(*whole, PHASE_VARIABLE));
    let phases = &own.reading.study.phases;
    let phase = named
        .and_then(|name| phases.iter().find(|phase| phase.name == name))
        .map(|phase| phase.id);
    for whole in wholes {
        own.whole(whole);
        let values = variables.values(
            whole,
            AttributeOf::Documents,
            &title,
            &mut own.reading.study.losses,
        );
        given.extend(values);
        own.reading.refer(whole, Anchor::Document(id));
        own.reading.describe(whole, &title, Anchor::Document(id));
    }
    let Passages {
        reading,
        imported,
        codings,
        cases,
        ..
    } = own;
    reading.documents.insert(id, reading.study.documents.len());
    reading.study.documents.push(StudyDocument {
        id,
        imported,
        phase,
        cases,
        values: given,
        codings,
    });
}

/// Where sync points lie, by GUID: code point and milliseconds.
fn sync_points(
    sync: &[Element<'_>],
    places: &dyn Fn(u64) -> Place,
) -> BTreeMap<u128, (u32, Option<u32>)> {
    let point = |point: &Element<'_>| {
        let place = places(values::number(*point, "position")?);
        let millis =
            values::number(*point, "timeStamp").and_then(|millis| u32::try_from(millis).ok());
        Some((values::identity(*point), (place.at, millis)))
    };
    sync.iter().filter_map(point).collect()
}

/// Gives turns that begin at a sync point its time.
fn time_turns(turns: &mut [Turn], points: &BTreeMap<u128, (u32, Option<u32>)>) {
    let times: BTreeMap<u32, u32> = points
        .values()
        .filter_map(|(at, millis)| Some((*at, (*millis)?)))
        .collect();
    for turn in turns {
        let time = times
            .get(&turn.range.start())
            .or_else(|| times.get(&turn.body));
        turn.at_millis = time.copied().or(turn.at_millis);
    }
}

impl Passages<'_, '_> {
    /// The range of a selection; one that lies outside, is empty or has no positions is noted.
    fn range(
        &mut self,
        selection: Element<'_>,
        places: &dyn Fn(u64) -> Place,
    ) -> Option<TextRange> {
        let ends = values::number(selection, "startPosition")
            .zip(values::number(selection, "endPosition"));
        let Some((start, end)) =
            ends.map(|(start, end)| (places(start.min(end)), places(start.max(end))))
        else {
            self.lose(Lost::EmptyPassage, selection);
            return None;
        };
        let range = TextRange::between(start.at, end.at);
        if range.is_empty() {
            self.lose(
                if end.beyond {
                    Lost::OutsideText
                } else {
                    Lost::EmptyPassage
                },
                selection,
            );
            return None;
        }
        Some(range)
    }

    /// Notes a passage that can't be placed, and each of its codings.
    fn lose(&mut self, kind: Lost, selection: Element<'_>) {
        let ends = ["startPosition", "endPosition"].map(|name| selection.get(name).unwrap_or("?"));
        let place = format!("{}, {}..{}", self.imported.title, ends[0], ends[1]);
        for _ in 0..selection.each("Coding").count().max(1) {
            self.reading.study.losses.note(kind, place.clone());
        }
    }

    fn selection(&mut self, selection: Element<'_>, places: &dyn Fn(u64) -> Place) {
        let Some(range) = self.range(selection, places) else {
            return;
        };
        let guid = values::identity(selection);
        self.placed(
            Holder {
                range,
                selection: Some(guid),
                element: selection,
            },
            "",
        );
    }

    fn transcript_selection(
        &mut self,
        selection: Element<'_>,
        points: &BTreeMap<u128, (u32, Option<u32>)>,
    ) {
        let point = |name| {
            values::reference(selection, name)
                .and_then(|guid| points.get(&guid))
                .map(|(at, _)| *at)
        };
        let start = point("fromSyncPoint").unwrap_or(0);
        let end = point("toSyncPoint").unwrap_or_else(|| self.imported.text.len_chars());
        let range = TextRange::between(start, end);
        if range.is_empty() {
            return self.lose(Lost::EmptyPassage, selection);
        }
        let guid = values::identity(selection);
        self.placed(
            Holder {
                range,
                selection: Some(guid),
                element: selection,
            },
            "",
        );
    }

    /// What stands on a passage that has been placed: codings, a description, notes. `quote` is what else may repeat its words.
    pub(super) fn placed(&mut self, holder: Holder<'_>, quote: &str) {
        let Holder { range, element, .. } = holder;
        let guid = values::identity(element);
        let segment = Anchor::Segment(self.id, range);
        self.reading.know(guid, segment);
        let mut coded = Vec::new();
        for coding in element.each("Coding") {
            coded.extend(self.coding(coding, holder));
        }
        self.reading.refer(element, segment);
        let slice = self.imported.text.slice(range).unwrap_or_default();
        let name = element.get("name").unwrap_or_default().trim();
        let says_nothing = !name.contains(char::is_alphabetic)
            || name.starts_with("line:")
            || repeats(name, slice)
            || repeats(quote, name)
            || name == quote;
        let title = if says_nothing {
            String::new()
        } else {
            name.to_owned()
        };
        let described = !element.description().is_empty() && !repeats(element.description(), slice);
        if described {
            if coded.is_empty() {
                let title = if title.is_empty() {
                    beginning(slice)
                } else {
                    title
                };
                self.reading.describe(element, &title, segment);
            } else {
                for coding in &coded {
                    self.reading
                        .describe(element, &title, Anchor::Coding(self.id, *coding));
                }
            }
        } else if !title.is_empty() {
            self.reading.study.losses.note(Lost::PassageTitle, title);
        }
        if !described && element.child("Coding").is_none() && element.child("NoteRef").is_none() {
            let place = format!(
                "{}, {}..{}",
                self.imported.title,
                range.start(),
                range.end()
            );
            self.reading.bare.push((guid, place));
        }
    }

    /// Codings of the whole text.
    fn whole(&mut self, element: Element<'_>) {
        let range = self.imported.text.range();
        let selection = None;
        for coding in element.each("Coding") {
            if range.is_empty() {
                self.reading
                    .study
                    .losses
                    .note(Lost::OutsideText, self.imported.title.clone());
            } else {
                let _made = self.coding(
                    coding,
                    Holder {
                        range,
                        selection,
                        element,
                    },
                );
            }
        }
    }

    /// Takes a coding in; those of codes that stand for cases join case and passage.
    fn coding(&mut self, element: Element<'_>, holder: Holder<'_>) -> Option<CodingId> {
        let range = holder.range;
        let code: Option<CodeId> = element
            .child("CodeRef")
            .and_then(values::target)
            .map(Id::from_u128);
        let Some(code) = code.filter(|code| {
            self.reading.codes.contains(code) || self.reading.case_codes.contains_key(code)
        }) else {
            self.reading.study.losses.note(
                Lost::CodingWithoutCode,
                format!("{}, {:?}", self.imported.title, range),
            );
            return None;
        };
        if let Some(case) = self.reading.case_codes.get(&code).copied() {
            if range == self.imported.text.range() {
                self.cases.insert(case);
            } else {
                cases::speaks(self.reading, self.id, range, case);
            }
            return None;
        }
        let guid = values::identity(element);
        let id: CodingId = self
            .reading
            .claim(guid, "coding", |own, guid| own.codings.contains(&guid));
        self.reading.codings.insert(id.as_u128());
        let coder: CoderId = self.reading.coders.of(&[
            element.get("creatingUser"),
            holder.element.get("creatingUser"),
        ]);
        let made = element
            .get("creationDateTime")
            .or_else(|| holder.element.get("creationDateTime"));
        let selection: SelectionId = match holder.selection {
            Some(selection) => Id::from_u128(selection),
            None => derived(&["refi", "whole text", &self.id.to_string()]),
        };
        let brought = Brought {
            selection: Some(selection),
            made_millis: made.and_then(values::moment),
        };
        let origin = Origin::Import(Box::new(brought));
        self.codings.push(Coding {
            id,
            range,
            code,
            coder,
            facets: BTreeMap::new(),
            origin,
        });
        let anchor = Anchor::Coding(self.id, id);
        self.reading.know(id.as_u128(), anchor);
        self.reading.refer(element, anchor);
        Some(id)
    }
}

/// The first words of a text, as a title.
pub(super) fn beginning(text: &str) -> String {
    const CHARS: usize = 40;
    let line = text.trim().lines().next().unwrap_or_default();
    let short: String = line.chars().take(CHARS).collect();
    if short.len() < line.len() {
        format!("{}…", short.trim_end())
    } else {
        short
    }
}
