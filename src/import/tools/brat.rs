//! brat's standoff: `.ann` files beside `.txt` files of the same name.
//!
//! Text-bound annotations are codings, their attributes facets of the code, relations links, notes memos; events are listed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    draft::{NewCoding, StudyBuilder, beginning},
    plain::{NormalizedText, PositionUnit, same_words},
};
use crate::{
    import::{
        ImportError, SourceFile, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    model::{
        coding::Coding,
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, CoderId, FacetId},
        localized::Localized,
        memo::Anchor,
    },
};

/// Reads the files of a folder; `folder` is its name as shown, `coder` the one who annotated.
///
/// # Errors
/// When a file is no text, or an annotation can't be understood, with file and line.
pub fn read_brat(folder: &str, files: &[SourceFile], coder: &str) -> Result<Study, ImportError> {
    let mut draft = StudyBuilder::new(folder, Tool::Brat, folder);
    draft.study.title = crate::import::title_of(folder);
    let who = draft.coder(coder);
    let mut facets: Facets = BTreeMap::new();
    let mut units = BTreeSet::new();
    let texts: BTreeMap<&str, &SourceFile> = files
        .iter()
        .filter_map(|file| Some((file.path.strip_suffix(".txt")?, file)))
        .collect();
    let mut found = false;
    for file in files {
        let Some(stem) = file.path.strip_suffix(".ann") else {
            continue;
        };
        found = true;
        let Some(text) = texts.get(stem) else {
            draft.lost(Lost::MissingFile, format!("{stem}.txt"));
            continue;
        };
        let blank = |file: &SourceFile| file.bytes.iter().all(u8::is_ascii_whitespace);
        if blank(text) {
            draft.lost(Lost::NoText, format!("{stem}.txt"));
            continue;
        }
        let plain =
            NormalizedText::new(encoding::decode(&text.path, text.bytes.clone(), None)?.text);
        let ann = if blank(file) {
            String::new()
        } else {
            encoding::decode(&file.path, file.bytes.clone(), None)?.text
        };
        let lines = Standoff::read(&file.path, &ann)?;
        let mut document = BratDocument::new(&mut draft, who, &text.path, &plain, &lines);
        document.attributes(&lines, &mut facets);
        units.insert(document.unit == PositionUnit::Utf16);
        document.relations(&lines);
        document.notes(&lines);
        let read = document.document;
        draft.study.documents.push(read);
    }
    if !found {
        return Err(super::database::no_project(
            folder,
            Tool::Brat,
            "there is no `.ann` file",
        ));
    }
    draft.study.positions = Some(if units.contains(&true) {
        PositionReading::Utf16ByQuotes
    } else {
        PositionReading::CodePoints
    });
    for code in &mut draft.study.codes {
        code.facets = facets
            .remove(&code.id)
            .unwrap_or_default()
            .into_values()
            .map(|(facet, _)| facet)
            .collect();
    }
    Ok(draft.study)
}

type Facets = BTreeMap<CodeId, BTreeMap<String, (Facet, BTreeSet<String>)>>;

/// A text-bound annotation.
#[derive(Debug)]
struct TextBound {
    id: String,
    kind: String,
    pieces: Vec<(i64, i64)>,
    words: String,
}

/// The annotations of a file by their kinds; each is its parts.
#[derive(Debug, Default)]
struct Standoff {
    bound: Vec<TextBound>,
    /// Id, name, whose, value.
    attributes: Vec<(String, String, Option<String>)>,
    /// Id, name, from, to.
    relations: Vec<(String, String, String, String)>,
    /// Whose, title, words.
    notes: Vec<(String, String, String)>,
    /// Id to the id of the annotation of its word.
    events: BTreeMap<String, (String, String)>,
}

impl Standoff {
    fn read(file: &str, text: &str) -> Result<Self, ImportError> {
        let mut lines = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let row = line.trim_end_matches('\r');
            if row.trim().is_empty() {
                continue;
            }
            lines.line(row).ok_or_else(|| ImportError::Row {
                file: file.to_owned(),
                row: number,
                reason: format!("`{}` is no annotation as brat writes it", beginning(row)),
            })?;
        }
        Ok(lines)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let mut parts = line.splitn(3, '\t');
        let (id, middle, rest) = (
            parts.next()?.to_owned(),
            parts.next()?,
            parts.next().unwrap_or_default(),
        );
        let mut words = middle.split(' ').filter(|word| !word.is_empty());
        match id.chars().next()? {
            'T' => {
                let (kind, places) = middle.split_once(' ')?;
                let piece = |piece: &str| {
                    let (start, end) = piece.trim().split_once(' ')?;
                    Some((start.parse().ok()?, end.trim().parse().ok()?))
                };
                let pieces = places.split(';').map(piece).collect::<Option<Vec<_>>>()?;
                self.bound.push(TextBound {
                    id,
                    kind: kind.to_owned(),
                    pieces,
                    words: rest.to_owned(),
                });
            }
            'A' | 'M' => {
                let (name, whose) = (words.next()?, words.next()?);
                let value = words.collect::<Vec<_>>().join(" ");
                self.attributes.push((
                    whose.to_owned(),
                    name.to_owned(),
                    Some(value).filter(|value| !value.is_empty()),
                ));
            }
            'R' => {
                let name = words.next()?.to_owned();
                let mut ends = words.filter_map(|word| Some(word.split_once(':')?.1.to_owned()));
                self.relations.push((id, name, ends.next()?, ends.next()?));
            }
            '*' => {
                let name = words.next()?.to_owned();
                let ends: Vec<&str> = words.collect();
                for pair in ends.windows(2) {
                    if let [from, to] = pair {
                        self.relations.push((
                            id.clone(),
                            name.clone(),
                            (*from).to_owned(),
                            (*to).to_owned(),
                        ));
                    }
                }
            }
            'E' => {
                let (kind, whose) = words.next()?.split_once(':')?;
                self.events.insert(
                    id,
                    (
                        whose.to_owned(),
                        format!("{kind} {}", words.collect::<Vec<_>>().join(" ")),
                    ),
                );
            }
            'N' => {
                let (title, whose) = (words.next()?, words.next()?);
                let body = format!("{} {rest}", words.collect::<Vec<_>>().join(" "));
                self.notes.push((whose.to_owned(), title.to_owned(), body));
            }
            '#' => {
                let (title, whose) = (words.next()?, words.next()?);
                let title = if title == "AnnotatorNotes" { "" } else { title };
                self.notes
                    .push((whose.to_owned(), title.to_owned(), rest.to_owned()));
            }
            _ => return None,
        }
        Some(())
    }
}

/// A document being annotated.
struct BratDocument<'a> {
    draft: &'a mut StudyBuilder,
    coder: CoderId,
    document: StudyDocument,
    unit: PositionUnit,
    /// The numbers of an annotation's codings.
    codings: BTreeMap<String, Vec<usize>>,
}

impl<'a> BratDocument<'a> {
    fn new(
        draft: &'a mut StudyBuilder,
        coder: CoderId,
        file: &str,
        plain: &NormalizedText,
        lines: &Standoff,
    ) -> Self {
        let document = draft.document(file, file, plain, None);
        let units = plain.utf_16();
        let place = |unit: PositionUnit, at: i64| match unit {
            PositionUnit::CodePoints => at,
            PositionUnit::Utf16 => usize::try_from(at)
                .ok()
                .and_then(|at| units.get(at))
                .map_or(i64::MAX, |at| i64::from(*at)),
        };
        let fit = |unit: PositionUnit| {
            let quoted = |bound: &&TextBound| {
                let piece = |(start, end): &(i64, i64)| {
                    plain
                        .range(place(unit, *start), place(unit, *end))
                        .map(|range| plain.words(range))
                };
                let words: Vec<&str> = bound.pieces.iter().filter_map(piece).collect();
                same_words(&words.join(" "), &bound.words)
            };
            lines.bound.iter().filter(quoted).count()
        };
        let unit = if fit(PositionUnit::Utf16) > fit(PositionUnit::CodePoints) {
            PositionUnit::Utf16
        } else {
            PositionUnit::CodePoints
        };
        let mut own = Self {
            draft,
            coder,
            document,
            unit,
            codings: BTreeMap::new(),
        };
        for bound in &lines.bound {
            let code = own.draft.code_at(std::slice::from_ref(&bound.kind));
            let selection = Some(own.draft.id(&["selection", file, &bound.id]));
            for (number, (start, end)) in bound.pieces.iter().enumerate() {
                let (start, end) = (place(unit, *start), place(unit, *end));
                if !plain.holds(start, end) {
                    own.draft.lost(
                        Lost::OutsideText,
                        format!("{file}: {} {}", bound.id, beginning(&bound.words)),
                    );
                }
                let Some((range, code)) = plain.range(start, end).zip(code) else {
                    continue;
                };
                let key = [file, bound.id.as_str(), &number.to_string()];
                let mark = NewCoding {
                    key: &key,
                    range,
                    code,
                    coder,
                    selection,
                    made: "",
                    facets: BTreeMap::new(),
                };
                own.codings
                    .entry(bound.id.clone())
                    .or_default()
                    .push(own.document.codings.len());
                own.document.codings.push(own.draft.coding(mark));
            }
        }
        for (event, (whose, words)) in &lines.events {
            own.draft
                .lost(Lost::Other, format!("{file}: {event} {}", beginning(words)));
            if let Some(numbers) = own.codings.get(whose).cloned() {
                own.codings.insert(event.clone(), numbers);
            }
        }
        own
    }

    fn first(&self, id: &str) -> Option<&Coding> {
        self.document.codings.get(*self.codings.get(id)?.first()?)
    }

    fn anchor(&self, id: &str) -> Option<Anchor> {
        self.first(id)
            .map(|coding| Anchor::Coding(self.document.id, coding.id))
    }

    /// Attributes become facets of the code: yes where they have no value, else one of the values seen.
    fn attributes(&mut self, lines: &Standoff, facets: &mut Facets) {
        for (whose, name, value) in &lines.attributes {
            let Some(code) = self.first(whose).map(|coding| coding.code) else {
                self.draft.lost(Lost::Facets, format!("{whose}: {name}"));
                continue;
            };
            let key = format!("{name} {}", value.is_some());
            let id: FacetId = self.draft.id(&["facet", &format!("{code}"), &key]);
            let of_code = facets.entry(code).or_default();
            let (facet, seen) = of_code.entry(key).or_insert_with(|| {
                let kind = if value.is_some() {
                    FacetKind::Category(Vec::new())
                } else {
                    FacetKind::YesNo
                };
                (
                    Facet {
                        id,
                        name: Localized::plain(name),
                        kind,
                    },
                    BTreeSet::new(),
                )
            });
            if let (FacetKind::Category(values), Some(value)) = (&mut facet.kind, value)
                && seen.insert(value.clone())
            {
                values.push(Localized::plain(value));
            }
            let given = value
                .clone()
                .map_or(FacetValue::YesNo(true), FacetValue::Category);
            for number in self.codings.get(whose).into_iter().flatten() {
                if let Some(coding) = self.document.codings.get_mut(*number) {
                    coding.facets.insert(id, given.clone());
                }
            }
        }
    }

    fn relations(&mut self, lines: &Standoff) {
        for (id, name, from, to) in &lines.relations {
            match self.anchor(from).zip(self.anchor(to)) {
                Some((from, to)) => self.draft.link(name, from, to),
                None => self.draft.lost(Lost::LinkEnd, format!("{id} {name}")),
            }
        }
    }

    fn notes(&mut self, lines: &Standoff) {
        for (whose, title, words) in &lines.notes {
            let relation = lines
                .relations
                .iter()
                .find(|(id, ..)| id == whose)
                .and_then(|(_, _, from, _)| self.anchor(from));
            let anchor = self
                .anchor(whose)
                .or(relation)
                .unwrap_or(Anchor::Document(self.document.id));
            let coder = self.coder;
            self.draft.memo(anchor, coder, title, words);
        }
    }
}
