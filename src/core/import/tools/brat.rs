//! Reader of brat's standoff annotations: `.ann` files beside `.txt` files of the same name.
//!
//! Text-bound annotations become codings, their attributes facets of the code, relations links, and notes memos.
//! Events have no counterpart and are listed as lost.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    brat_standoff::{BratAttribute, BratRelation, Standoff, TextBound},
    builder::{NewCoding, StudyBuilder, beginning},
    normalized::{NormalizedText, PositionUnit, same_words},
};
use crate::{
    import::{
        ImportError, SourceFile, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    message::text::Text,
    model::{
        coding::Coding,
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, CoderId, FacetId},
        localized::Localized,
        memo::Anchor,
    },
};

/// Reads the files of a folder; `folder` is its name as shown, and `coder` is who annotated.
///
/// # Errors
/// When a file isn't text, or an annotation can't be parsed, with file and line.
pub fn read_brat(folder: &str, files: &[SourceFile], coder: &str) -> Result<Study, ImportError> {
    let mut builder = StudyBuilder::new(folder, Tool::Brat, folder);
    builder.study.title = crate::import::title_of(folder);
    let who = builder.coder(coder);
    let mut facets: Facets = BTreeMap::new();
    let mut units = BTreeSet::new();
    let texts: BTreeMap<&str, &SourceFile> = files
        .iter()
        .filter_map(|file| Some((file.path.strip_suffix(".txt")?, file)))
        .collect();
    let mut found = false;
    for file in files {
        // Texts are read beside their annotations; those without any aren't part of the project.
        let Some(stem) = file.path.strip_suffix(".ann") else {
            continue;
        };
        found = true;
        let Some(text) = texts.get(stem) else {
            builder.lost(Lost::MissingFile, format!("{stem}.txt"));
            continue;
        };
        if is_blank(text) {
            builder.lost(Lost::NoText, format!("{stem}.txt"));
            continue;
        }
        let decoded = encoding::decode(&text.path, text.bytes.clone(), None)?;
        let source = NormalizedText::new(decoded.text);
        // brat makes an empty `.ann` file for a text that nobody has annotated yet.
        let ann = if is_blank(file) {
            String::new()
        } else {
            encoding::decode(&file.path, file.bytes.clone(), None)?.text
        };
        let standoff = Standoff::read(&file.path, &ann)?;
        let mut document = BratDocument::new(&mut builder, who, &text.path, &source, &standoff);
        document.attributes(&standoff, &mut facets);
        document.relations(&standoff);
        document.notes(&standoff);
        units.insert(document.unit == PositionUnit::Utf16);
        let read = document.document;
        builder.study.documents.push(read);
    }
    if !found {
        return Err(super::database::no_project(
            folder,
            Tool::Brat,
            Text::new("there is no .ann file", "没有 .ann 文件"),
        ));
    }
    builder.study.positions = Some(if units.contains(&true) {
        PositionReading::Utf16ByQuotes
    } else {
        PositionReading::CodePoints
    });
    for code in &mut builder.study.codes {
        let of_code = facets.remove(&code.id).into_iter().flatten();
        code.facets = of_code.map(|(_, own)| own.facet).collect();
    }
    Ok(builder.study)
}

fn is_blank(file: &SourceFile) -> bool {
    file.bytes.iter().all(u8::is_ascii_whitespace)
}

/// Facets by code and attribute.
type Facets = BTreeMap<CodeId, BTreeMap<String, BratValues>>;

/// A facet that is being collected, with the values seen so far.
struct BratValues {
    facet: Facet,
    seen: BTreeSet<String>,
}

/// A text with its positions in one unit.
struct PositionedText<'a> {
    source: &'a NormalizedText,
    unit: PositionUnit,
    /// The code point of each UTF-16 unit.
    code_points: Vec<u32>,
}

impl PositionedText<'_> {
    /// Converts a position to code points; one beyond the text stays beyond it.
    fn code_point(&self, position: i64) -> i64 {
        match self.unit {
            PositionUnit::CodePoints => position,
            PositionUnit::Utf16 => usize::try_from(position)
                .ok()
                .and_then(|at| self.code_points.get(at))
                .map_or(i64::MAX, |at| i64::from(*at)),
        }
    }

    /// Returns true if the pieces of an annotation are the words that it quotes.
    fn quotes(&self, bound: &TextBound) -> bool {
        let words: Vec<&str> = bound
            .pieces
            .iter()
            .filter_map(|(start, end)| {
                let range = self
                    .source
                    .range(self.code_point(*start), self.code_point(*end))?;
                Some(self.source.words(range))
            })
            .collect();
        same_words(&words.join(" "), &bound.words)
    }
}

/// A document with its annotations.
struct BratDocument<'a> {
    builder: &'a mut StudyBuilder,
    coder: CoderId,
    document: StudyDocument,
    unit: PositionUnit,
    /// Indexes of an annotation's codings, by its id; one for each piece.
    codings: BTreeMap<String, Vec<usize>>,
}

impl<'a> BratDocument<'a> {
    fn new(
        builder: &'a mut StudyBuilder,
        coder: CoderId,
        file: &str,
        source: &NormalizedText,
        standoff: &Standoff,
    ) -> Self {
        let document = builder.document(file, file, source, None);
        let text = best_unit(source, &standoff.bound);
        let mut own = Self {
            builder,
            coder,
            document,
            unit: text.unit,
            codings: BTreeMap::new(),
        };
        for bound in &standoff.bound {
            own.text_bound(file, bound, &text);
        }
        // An event stands in for the annotation of its trigger, so that attributes and relations of it aren't lost.
        for (id, event) in &standoff.events {
            own.builder.lost(
                Lost::Other,
                format!("{file}: {id} {}", beginning(&event.words)),
            );
            if let Some(numbers) = own.codings.get(&event.trigger).cloned() {
                own.codings.insert(id.clone(), numbers);
            }
        }
        own
    }

    /// Adds a coding for each piece of an annotation.
    fn text_bound(&mut self, file: &str, bound: &TextBound, text: &PositionedText<'_>) {
        let code = self.builder.code_named(&bound.kind);
        // The pieces of a discontinuous annotation share a selection.
        let selection = Some(self.builder.id(&["selection", file, &bound.id]));
        for (number, (start, end)) in bound.pieces.iter().enumerate() {
            let (start, end) = (text.code_point(*start), text.code_point(*end));
            if !text.source.contains(start, end) {
                self.builder.lost(
                    Lost::OutsideText,
                    format!("{file}: {} {}", bound.id, beginning(&bound.words)),
                );
            }
            let Some(range) = text.source.range(start, end) else {
                continue;
            };
            let coding = self.builder.coding(NewCoding {
                key: &[file, &bound.id, &number.to_string()],
                range,
                code,
                coder: self.coder,
                selection,
                made: "",
                facets: BTreeMap::new(),
            });
            self.codings
                .entry(bound.id.clone())
                .or_default()
                .push(self.document.codings.len());
            self.document.codings.push(coding);
        }
    }

    fn first(&self, id: &str) -> Option<&Coding> {
        self.document.codings.get(*self.codings.get(id)?.first()?)
    }

    fn anchor(&self, id: &str) -> Option<Anchor> {
        self.first(id)
            .map(|coding| Anchor::Coding(self.document.id, coding.id))
    }

    /// Reads attributes as facets of the code: yes or no if they have no value, else one of the values seen.
    fn attributes(&mut self, standoff: &Standoff, facets: &mut Facets) {
        for attribute in &standoff.attributes {
            let BratAttribute {
                target,
                name,
                value,
            } = attribute;
            let Some(code) = self.first(target).map(|coding| coding.code) else {
                self.builder.lost(Lost::Facets, format!("{target}: {name}"));
                continue;
            };
            // An attribute may have a value here and none there; a facet is of one kind, so these are two.
            let key = format!("{name} {}", value.is_some());
            let id: FacetId = self.builder.id(&["facet", &format!("{code}"), &key]);
            let own = facets
                .entry(code)
                .or_default()
                .entry(key)
                .or_insert_with(|| BratValues {
                    facet: Facet {
                        id,
                        name: Localized::plain(name),
                        kind: match value {
                            Some(_) => FacetKind::Category(Vec::new()),
                            None => FacetKind::YesNo,
                        },
                    },
                    seen: BTreeSet::new(),
                });
            if let (FacetKind::Category(values), Some(value)) = (&mut own.facet.kind, value)
                && own.seen.insert(value.clone())
            {
                values.push(Localized::plain(value));
            }
            let given = match value {
                Some(value) => FacetValue::Category(value.clone()),
                None => FacetValue::YesNo(true),
            };
            for number in self.codings.get(target).into_iter().flatten() {
                if let Some(coding) = self.document.codings.get_mut(*number) {
                    coding.facets.insert(id, given.clone());
                }
            }
        }
    }

    fn relations(&mut self, standoff: &Standoff) {
        for BratRelation { id, name, from, to } in &standoff.relations {
            match self.anchor(from).zip(self.anchor(to)) {
                Some((from, to)) => self.builder.link(name, from, to),
                None => self.builder.lost(Lost::LinkEnd, format!("{id} {name}")),
            }
        }
    }

    /// Reads notes as memos. A note on a relation goes to where the relation starts, since links have no memos.
    fn notes(&mut self, standoff: &Standoff) {
        for note in &standoff.notes {
            let relation = standoff
                .relations
                .iter()
                .find(|relation| relation.id == note.target);
            let anchor = self
                .anchor(&note.target)
                .or_else(|| self.anchor(&relation?.from))
                .unwrap_or(Anchor::Document(self.document.id));
            let coder = self.coder;
            self.builder.memo(anchor, coder, &note.title, &note.words);
        }
    }
}

/// Returns a text with the unit in which more annotations match the words that they quote.
///
/// brat itself counts code points, since it is written in Python, but other tools that write its format count UTF-16 units.
fn best_unit<'a>(source: &'a NormalizedText, bound: &[TextBound]) -> PositionedText<'a> {
    let [code_points, utf_16] =
        [PositionUnit::CodePoints, PositionUnit::Utf16].map(|unit| PositionedText {
            source,
            unit,
            code_points: match unit {
                PositionUnit::CodePoints => Vec::new(),
                PositionUnit::Utf16 => source.utf_16(),
            },
        });
    let matches =
        [&code_points, &utf_16].map(|text| bound.iter().filter(|bound| text.quotes(bound)).count());
    if matches[1] > matches[0] {
        utf_16
    } else {
        code_points
    }
}
