//! WebAnno's sheets of version 3, which `INCEpTION` writes, too: a line for each word, with a column for each feature.
//!
//! PositionReading count UTF-16 units, as Java does.
//! The text is put together from the sentences at the places of their words; what lay between sentences isn't in the file and becomes line ends.

use std::collections::BTreeMap;

use super::{
    Tool,
    draft::{NewCoding, StudyBuilder},
    webanno_cells::{AnnotationLayer, AnnotationLayerKind, CellValue, cell, unescape},
};
use crate::{
    import::{
        ImportError, document_of_text, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    model::{
        ids::CoderId,
        memo::Anchor,
        text::{DocumentText, TextRange},
    },
};

const HEAD: &str = "#FORMAT=WebAnno TSV 3";

/// Whether a file says in its first line that it is of this kind.
pub fn is_webanno(bytes: &[u8]) -> bool {
    bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .starts_with(HEAD.as_bytes())
}

/// Reads a sheet as one document with the codings of one coder; a code is a layer, or below it a feature with its value.
///
/// # Errors
/// When the file isn't of this kind, or a line can't be understood, with its number.
pub fn read_webanno(file: &str, bytes: &[u8], coder: &str) -> Result<Study, ImportError> {
    let text = encoding::unify_line_ends(encoding::decode(file, bytes.to_vec(), None)?.text);
    if !text.starts_with(HEAD) {
        return Err(super::database::no_project(
            file,
            Tool::WebAnno,
            format!("its first line isn't `{HEAD}`"),
        ));
    }
    let sheet = WebAnnoSheet::read(file, &text)?;
    let before = String::from_utf16_lossy(&sheet.text);
    if before.trim().is_empty() {
        return Err(ImportError::Empty(file.to_owned()));
    }
    // A lone `\r` counts one and stays one line end; `\r\n` can't be told from two ends of sentences, so both stay.
    let own = DocumentText::new(before.replace('\r', "\n"));
    let key = blake3::hash(own.as_str().as_bytes()).to_string();
    let mut draft = StudyBuilder::new(file, Tool::WebAnno, &key);
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned();
    draft.study.title = crate::import::title_of(&name);
    draft.study.positions = Some(PositionReading::Utf16);
    let who = draft.coder(coder);
    let text = own.as_str().to_owned();
    let imported = document_of_text(
        draft.study.title.clone(),
        name,
        Tool::WebAnno.name().to_owned(),
        text,
        Some(bytes.to_vec()),
    );
    let document = draft.holding(draft.id(&["document"]), imported);
    let mut writing = WebAnnoWriter {
        draft,
        coder: who,
        document,
        points: points(&sheet.text),
    };
    let mut from = 0;
    for layer in &sheet.layers {
        writing.layer(&sheet, layer, from);
        from += layer.columns();
    }
    let WebAnnoWriter {
        mut draft,
        document,
        ..
    } = writing;
    draft.study.documents.push(document);
    Ok(draft.study)
}

/// A word, or part of one, with its cells.
#[derive(Debug)]
struct TokenUnit {
    name: String,
    start: usize,
    end: usize,
    cells: Vec<Vec<CellValue>>,
}

#[derive(Debug, Default)]
struct WebAnnoSheet {
    layers: Vec<AnnotationLayer>,
    units: Vec<TokenUnit>,
    text: Vec<u16>,
}

impl WebAnnoSheet {
    fn read(file: &str, text: &str) -> Result<Self, ImportError> {
        let mut sheet = Self::default();
        let mut sentence: Option<Vec<u16>> = None;
        for (number, line) in (1..).zip(text.split('\n')) {
            let wrong = |reason: &str| ImportError::Row {
                file: file.to_owned(),
                row: number,
                reason: reason.to_owned(),
            };
            if let Some(words) = line.strip_prefix("#Text=") {
                let words: Vec<u16> = unescape(words).encode_utf16().collect();
                // A sentence of several lines has this line for each.
                match &mut sentence {
                    Some(before) => {
                        before.push(u16::from(b'\n'));
                        before.extend(words);
                    }
                    None => sentence = Some(words),
                }
            } else if line.starts_with('#') && sheet.units.is_empty() && sentence.is_none() {
                sheet.layers.extend(AnnotationLayer::read(line));
            } else if !line.trim().is_empty() && !line.starts_with('#') {
                let unit = sheet
                    .unit(line)
                    .ok_or_else(|| wrong("this is no word with its place and annotations"))?;
                if let Some(sentence) = sentence.take() {
                    sheet
                        .place(&unit, line, &sentence)
                        .ok_or_else(|| wrong("its place lies before the sentence above"))?;
                    encoding::check_size(file, sheet.text.len())?;
                }
                if unit.end > sheet.text.len() {
                    return Err(wrong("its place lies outside its sentence"));
                }
                sheet.units.push(unit);
            }
        }
        Ok(sheet)
    }

    fn unit(&self, line: &str) -> Option<TokenUnit> {
        let mut cells = line.split('\t');
        let (name, place, _) = (cells.next()?.to_owned(), cells.next()?, cells.next()?);
        name.starts_with(|c: char| c.is_ascii_digit())
            .then_some(())?;
        let (start, end) = place.split_once('-')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then_some(TokenUnit {
            name,
            start,
            end,
            cells: cells.map(cell).collect(),
        })
    }

    /// Puts a sentence at the place of its first word.
    fn place(&mut self, unit: &TokenUnit, line: &str, sentence: &[u16]) -> Option<()> {
        let word: Vec<u16> = unescape(line.split('\t').nth(2)?).encode_utf16().collect();
        let into = sentence
            .windows(word.len().max(1))
            .position(|own| own == word)
            .unwrap_or(0);
        let start = unit.start.checked_sub(into)?;
        if start < self.text.len() || start > encoding::LIMIT_BYTES {
            return None;
        }
        self.text.resize(start, u16::from(b'\n'));
        self.text.extend(sentence);
        Some(())
    }
}

/// The code point that each UTF-16 unit belongs to, and one more for the end.
fn points(units: &[u16]) -> Vec<u32> {
    let mut points = Vec::new();
    let mut at = 0;
    for c in char::decode_utf16(units.iter().copied()) {
        points.extend(std::iter::repeat_n(at, c.map_or(1, char::len_utf16)));
        at += 1;
    }
    points.push(at);
    points
}

struct WebAnnoWriter {
    draft: StudyBuilder,
    coder: CoderId,
    document: StudyDocument,
    points: Vec<u32>,
}

/// An annotation that may reach over several units.
#[derive(Debug, Default)]
struct SpanAnnotation {
    start: usize,
    end: usize,
    /// The value of each column.
    values: Vec<Option<String>>,
}

impl WebAnnoWriter {
    fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        let range = TextRange::new(*self.points.get(start)?, *self.points.get(end)?)?;
        (!range.is_empty()).then_some(range)
    }

    fn layer(&mut self, sheet: &WebAnnoSheet, layer: &AnnotationLayer, from: usize) {
        match layer.kind {
            AnnotationLayerKind::Spans => self.spans(sheet, layer, from),
            AnnotationLayerKind::Relations => self.relations(sheet, layer, from),
            AnnotationLayerKind::Chains => self.draft.lost(Lost::Other, layer.name.clone()),
        }
    }

    fn spans(&mut self, sheet: &WebAnnoSheet, layer: &AnnotationLayer, from: usize) {
        for feature in layer
            .features
            .iter()
            .filter(|feature| feature.starts_with("ROLE_"))
        {
            self.draft
                .lost(Lost::LinkDetail, format!("{}: {feature}", layer.name));
        }
        for (key, annotation) in annotations(sheet, layer, from) {
            let Some(range) = self.range(annotation.start, annotation.end) else {
                self.draft
                    .lost(Lost::OutsideText, format!("{}: {key}", layer.name));
                continue;
            };
            let plain = |(feature, value): (&String, Option<String>)| {
                let value =
                    value.filter(|_| !feature.contains("ROLE_") && !feature.ends_with("Link"))?;
                Some(vec![layer.name.clone(), format!("{feature}={value}")])
            };
            let mut paths: Vec<Vec<String>> = layer
                .features
                .iter()
                .zip(annotation.values)
                .filter_map(plain)
                .collect();
            if paths.is_empty() {
                paths.push(vec![layer.name.clone()]);
            }
            let selection = Some(self.draft.id(&["selection", &layer.name, &key]));
            for path in paths {
                let Some(code) = self.draft.code_at(&path) else {
                    continue;
                };
                let names: Vec<&str> = path
                    .iter()
                    .map(String::as_str)
                    .chain([key.as_str()])
                    .collect();
                let mark = NewCoding {
                    key: &names,
                    range,
                    code,
                    coder: self.coder,
                    selection,
                    made: "",
                    facets: BTreeMap::new(),
                };
                self.document.codings.push(self.draft.coding(mark));
            }
        }
    }

    /// The last column of a relation names the unit where it starts; it stands on the unit where it ends.
    fn relations(&mut self, sheet: &WebAnnoSheet, layer: &AnnotationLayer, from: usize) {
        let places: BTreeMap<&str, &TokenUnit> = sheet
            .units
            .iter()
            .map(|unit| (unit.name.as_str(), unit))
            .collect();
        let last = from + layer.columns() - 1;
        for unit in &sheet.units {
            for (number, end) in unit.cells.get(last).into_iter().flatten().enumerate() {
                let words = (from..last)
                    .filter_map(|column| unit.cells.get(column)?.get(number)?.value.clone());
                let named = words.collect::<Vec<_>>().join(" ");
                let name = if named.is_empty() {
                    layer.name.clone()
                } else {
                    named
                };
                let source = end
                    .value
                    .as_deref()
                    .and_then(|value| value.split('[').next())
                    .and_then(|unit| places.get(unit));
                let ends = source
                    .and_then(|source| self.range(source.start, source.end))
                    .zip(self.range(unit.start, unit.end));
                match ends {
                    Some((source, target)) => {
                        let segment = |range| Anchor::Segment(self.document.id, range);
                        let (source, target) = (segment(source), segment(target));
                        self.draft.link(&name, source, target);
                    }
                    None => self
                        .draft
                        .lost(Lost::LinkEnd, format!("{name}: {}", unit.name)),
                }
            }
        }
    }
}

/// The annotations of a layer with a key each: those of one number are one, those without a number are one each.
fn annotations(
    sheet: &WebAnnoSheet,
    layer: &AnnotationLayer,
    from: usize,
) -> Vec<(String, SpanAnnotation)> {
    let mut found: Vec<(String, SpanAnnotation)> = Vec::new();
    let mut numbered: BTreeMap<u32, usize> = BTreeMap::new();
    for unit in &sheet.units {
        let columns: Vec<&[CellValue]> = (from..from + layer.columns())
            .map(|column| {
                unit.cells
                    .get(column)
                    .map(Vec::as_slice)
                    .unwrap_or_default()
            })
            .collect();
        let stacked = columns
            .iter()
            .map(|column| column.len())
            .max()
            .unwrap_or_default();
        for at in 0..stacked {
            let number = columns.iter().find_map(|column| column.get(at)?.number);
            let known = number.and_then(|number| numbered.get(&number).copied());
            if let Some((_, annotation)) = known.and_then(|known| found.get_mut(known)) {
                annotation.end = annotation.end.max(unit.end);
                continue;
            }
            numbered.extend(number.map(|number| (number, found.len())));
            let values = columns
                .iter()
                .map(|column| column.get(at).and_then(|given| given.value.clone()))
                .collect();
            found.push((
                format!("{} {at}", unit.name),
                SpanAnnotation {
                    start: unit.start,
                    end: unit.end,
                    values,
                },
            ));
        }
    }
    found
}
