//! Reader of WebAnno's TSV version 3, which `INCEpTION` also writes: one line per token, one column per feature of a layer.
//!
//! Positions are UTF-16 units, since the programs are written in Java.
//! The text is rebuilt by putting each sentence at the position of its first token; what was between sentences isn't in the file and becomes line ends.

use std::collections::BTreeMap;

use super::{
    Tool,
    builder::{NewCoding, StudyBuilder},
    webanno_cells::{AnnotationLayer, AnnotationLayerKind, TokenValue, cell, unescape},
};
use crate::{
    import::{
        ImportError, document_of_text, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    message::text::Text,
    model::{ids::CoderId, memo::Anchor, text::TextRange},
};

const HEAD: &str = "#FORMAT=WebAnno TSV 3";

/// Returns true if a file says in its first line that it is of this kind.
pub fn is_webanno(bytes: &[u8]) -> bool {
    let without_mark = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest,
        None => bytes,
    };
    without_mark.starts_with(HEAD.as_bytes())
}

/// Reads a file as one document with the codings of one coder.
///
/// A layer becomes a code. A feature with a value becomes a code below that of its layer.
///
/// # Errors
/// When the file isn't of this kind, or a line can't be parsed, with its number.
pub fn read_webanno(file: &str, bytes: &[u8], coder: &str) -> Result<Study, ImportError> {
    let text = encoding::unify_line_ends(encoding::decode(file, bytes.to_vec(), None)?.text);
    if !text.starts_with(HEAD) {
        return Err(super::database::no_project(
            file,
            Tool::WebAnno,
            Text::new("its first line isn't “{head}”", "第一行不是“{head}”").with("head", HEAD),
        ));
    }
    let sheet = WebAnnoSheet::read(file, &text)?;
    let rebuilt = String::from_utf16_lossy(&sheet.text);
    if rebuilt.trim().is_empty() {
        return Err(ImportError::Empty(file.to_owned()));
    }
    // Both characters of `\r\n` stay, as two line ends: between sentences the two can't be told apart, and positions count both.
    let rebuilt = rebuilt.replace('\r', "\n");
    // The file has no id, so its text identifies the document.
    let key = blake3::hash(rebuilt.as_bytes()).to_string();
    let mut builder = StudyBuilder::new(file, Tool::WebAnno, &key);
    builder.study.title = crate::import::title_of(file);
    builder.study.positions = Some(PositionReading::Utf16);
    let coder = builder.coder(coder);
    let imported = document_of_text(
        builder.study.title.clone(),
        crate::import::file_name(file).to_owned(),
        Tool::WebAnno.name().to_owned(),
        rebuilt,
        Some(bytes.to_vec()),
    );
    let document = builder.document_with_id(builder.id(&["document"]), imported);
    let mut writer = WebAnnoWriter {
        builder,
        coder,
        document,
        points: code_points(&sheet.text),
    };
    let mut first_column = 0;
    for layer in &sheet.layers {
        writer.layer(&sheet, layer, first_column);
        first_column += layer.columns();
    }
    let WebAnnoWriter {
        mut builder,
        document,
        ..
    } = writer;
    builder.study.documents.push(document);
    Ok(builder.study)
}

/// A token, or a part of one, with its cells.
#[derive(Debug)]
struct TokenUnit {
    /// Its number, such as `1-3` (sentence and token) or `1-3.1` (part of a token).
    name: String,
    start: usize,
    end: usize,
    /// For each column of the layers, the values of the annotations that cover it.
    cells: Vec<Vec<TokenValue>>,
}

/// A parsed file.
#[derive(Debug, Default)]
struct WebAnnoSheet {
    layers: Vec<AnnotationLayer>,
    units: Vec<TokenUnit>,
    /// The rebuilt text.
    text: Vec<u16>,
}

impl WebAnnoSheet {
    fn read(file: &str, text: &str) -> Result<Self, ImportError> {
        let mut sheet = Self::default();
        // Kept until the first token says where the sentence begins.
        let mut sentence: Option<Vec<u16>> = None;
        for (number, line) in (1..).zip(text.split('\n')) {
            if let Some(words) = line.strip_prefix("#Text=") {
                let words: Vec<u16> = unescape(words).encode_utf16().collect();
                // A sentence of several lines has a `#Text=` line for each.
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
                let unit = sheet.token_line(line, sentence.take());
                let unit = unit.map_err(|reason| ImportError::Row {
                    file: file.to_owned(),
                    row: number,
                    reason: reason.into(),
                })?;
                encoding::check_size(file, sheet.text.len())?;
                sheet.units.push(unit);
            }
        }
        Ok(sheet)
    }

    /// Reads the line of a token; `sentence` is the text above the first token of each sentence. The error is a reason.
    fn token_line(&mut self, line: &str, sentence: Option<Vec<u16>>) -> Result<TokenUnit, Text> {
        let unit = self.unit(line).ok_or(Text::new(
            "this isn't a word with its position and annotations",
            "这一行不是带位置和标注的词",
        ))?;
        if let Some(sentence) = sentence {
            self.place(&unit, line, &sentence).ok_or(Text::new(
                "its position is before the sentence above",
                "位置在上一句之前",
            ))?;
        }
        if unit.end > self.text.len() {
            return Err(Text::new(
                "its position is outside its sentence",
                "位置在句子之外",
            ));
        }
        Ok(unit)
    }

    /// Reads a token; `None` if the line is none.
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

    /// Puts a sentence where its first token is; `None` if the text before reaches beyond.
    fn place(&mut self, unit: &TokenUnit, line: &str, sentence: &[u16]) -> Option<()> {
        let word: Vec<u16> = unescape(line.split('\t').nth(2)?).encode_utf16().collect();
        let into = sentence
            .windows(word.len().max(1))
            .position(|own| own == word)
            // Then the sentence begins with the token in another spelling.
            .unwrap_or(0);
        let start = unit.start.checked_sub(into)?;
        // Positions are the file's own, so a hostile one could ask for a text of any size.
        if start < self.text.len() || start > encoding::LIMIT_BYTES {
            return None;
        }
        self.text.resize(start, u16::from(b'\n'));
        self.text.extend(sentence);
        Some(())
    }
}

/// The code point of each UTF-16 unit, and one more for the end.
fn code_points(units: &[u16]) -> Vec<u32> {
    let mut points = Vec::new();
    let mut at = 0;
    for c in char::decode_utf16(units.iter().copied()) {
        // A lone surrogate becomes one replacement character.
        points.extend(std::iter::repeat_n(at, c.map_or(1, char::len_utf16)));
        at += 1;
    }
    points.push(at);
    points
}

struct WebAnnoWriter {
    builder: StudyBuilder,
    coder: CoderId,
    document: StudyDocument,
    /// The code point of each UTF-16 unit of the text.
    points: Vec<u32>,
}

/// An annotation, which may cover several tokens.
#[derive(Debug, Default)]
struct SpanAnnotation {
    /// What distinguishes it from the others of its layer.
    key: String,
    start: usize,
    end: usize,
    /// Its value in each column of the layer.
    values: Vec<Option<String>>,
}

impl WebAnnoWriter {
    fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        let range = TextRange::new(*self.points.get(start)?, *self.points.get(end)?)?;
        (!range.is_empty()).then_some(range)
    }

    fn layer(&mut self, sheet: &WebAnnoSheet, layer: &AnnotationLayer, first_column: usize) {
        match layer.kind {
            AnnotationLayerKind::Spans => self.spans(sheet, layer, first_column),
            AnnotationLayerKind::Relations => self.relations(sheet, layer, first_column),
            // Coreference has no counterpart: a chain is neither a coding nor a link of two.
            AnnotationLayerKind::Chains => self.builder.lost(Lost::Other, layer.name.clone()),
        }
    }

    fn spans(&mut self, sheet: &WebAnnoSheet, layer: &AnnotationLayer, first_column: usize) {
        // A role links an annotation to others, with more parts than a link here has.
        for feature in layer
            .features
            .iter()
            .filter(|feature| feature.starts_with("ROLE_"))
        {
            self.builder
                .lost(Lost::LinkDetail, format!("{}: {feature}", layer.name));
        }
        for annotation in annotations(sheet, layer, first_column) {
            let key = &annotation.key;
            let Some(range) = self.range(annotation.start, annotation.end) else {
                self.builder
                    .lost(Lost::OutsideText, format!("{}: {key}", layer.name));
                continue;
            };
            let selection = Some(self.builder.id(&["selection", &layer.name, key]));
            for path in code_paths(layer, &annotation) {
                let Some(code) = self.builder.code_at(&path) else {
                    continue;
                };
                let names: Vec<&str> = path
                    .iter()
                    .map(String::as_str)
                    .chain([key.as_str()])
                    .collect();
                let coding = self.builder.coding(NewCoding {
                    key: &names,
                    range,
                    code,
                    coder: self.coder,
                    selection,
                    made: "",
                    facets: BTreeMap::new(),
                });
                self.document.codings.push(coding);
            }
        }
    }

    /// Reads relations as links. A relation is on the token where it ends; its last column names the token where it starts.
    fn relations(&mut self, sheet: &WebAnnoSheet, layer: &AnnotationLayer, first_column: usize) {
        let tokens: BTreeMap<&str, &TokenUnit> = sheet
            .units
            .iter()
            .map(|unit| (unit.name.as_str(), unit))
            .collect();
        let last = first_column + layer.columns() - 1;
        for unit in &sheet.units {
            for (number, end) in unit.cells.get(last).into_iter().flatten().enumerate() {
                let words = (first_column..last)
                    .filter_map(|column| unit.cells.get(column)?.get(number)?.value.clone());
                let mut name = words.collect::<Vec<_>>().join(" ");
                if name.is_empty() {
                    name.clone_from(&layer.name);
                }
                // `1-2[0_3]` is token 1-2 with the numbers of stacked annotations.
                let source = end
                    .value
                    .as_deref()
                    .and_then(|value| value.split('[').next())
                    .and_then(|token| tokens.get(token))
                    .and_then(|token| self.range(token.start, token.end));
                match source.zip(self.range(unit.start, unit.end)) {
                    Some((source, target)) => self.builder.link(
                        &name,
                        Anchor::Segment(self.document.id, source),
                        Anchor::Segment(self.document.id, target),
                    ),
                    None => self
                        .builder
                        .lost(Lost::LinkEnd, format!("{name}: {}", unit.name)),
                }
            }
        }
    }
}

/// The paths of an annotation's codes: one for each feature with a value, or else the layer itself.
fn code_paths(layer: &AnnotationLayer, annotation: &SpanAnnotation) -> Vec<Vec<String>> {
    let mut paths: Vec<Vec<String>> = layer
        .features
        .iter()
        .zip(&annotation.values)
        .filter(|(feature, _)| !feature.contains("ROLE_") && !feature.ends_with("Link"))
        .filter_map(|(feature, value)| {
            let value = value.as_ref()?;
            Some(vec![layer.name.clone(), format!("{feature}={value}")])
        })
        .collect();
    if paths.is_empty() {
        paths.push(vec![layer.name.clone()]);
    }
    paths
}

/// The annotations of a layer. Those with the same number are one over several tokens; those without a number cover one token.
fn annotations(
    sheet: &WebAnnoSheet,
    layer: &AnnotationLayer,
    first_column: usize,
) -> Vec<SpanAnnotation> {
    let mut found: Vec<SpanAnnotation> = Vec::new();
    let mut numbered: BTreeMap<u32, usize> = BTreeMap::new();
    for unit in &sheet.units {
        let columns: Vec<&[TokenValue]> = (first_column..first_column + layer.columns())
            .map(|column| unit.cells.get(column).map_or(&[][..], Vec::as_slice))
            .collect();
        // Annotations that cover the same token are stacked in its cells, in the same order in every column.
        let stacked = columns.iter().map(|column| column.len()).max();
        for at in 0..stacked.unwrap_or(0) {
            let number = columns.iter().find_map(|column| column.get(at)?.number);
            let known = number.and_then(|number| numbered.get(&number));
            if let Some(known) = known {
                let annotation = &mut found[*known];
                annotation.end = annotation.end.max(unit.end);
                continue;
            }
            numbered.extend(number.map(|number| (number, found.len())));
            found.push(SpanAnnotation {
                key: format!("{} {at}", unit.name),
                start: unit.start,
                end: unit.end,
                values: columns
                    .iter()
                    .map(|column| column.get(at).and_then(|cell| cell.value.clone()))
                    .collect(),
            });
        }
    }
    found
}
