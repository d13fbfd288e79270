//! Sentences with their words and the codes they carry.

use std::collections::{BTreeMap, BTreeSet};

use super::Load;
use crate::{
    language::{fold::fold, segment::Segmenter, sentence::sentences, words::is_function_word},
    model::{
        Project,
        document::{Content, Document},
        ids::{CodeId, CoderId, DocumentId},
        text::TextRange,
    },
};

/// A sentence of what is said.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedSentence {
    /// In which document.
    pub document: DocumentId,
    /// The sentence.
    pub range: TextRange,
    /// Its words, folded, each once, those of grammar left out.
    pub words: Vec<String>,
    /// The codes it carries.
    pub codes: BTreeSet<CodeId>,
}

/// The sentences of a document; `coders` says whose codings count.
pub fn coded_sentences(
    document: &Document,
    content: &Content,
    coder: Option<CoderId>,
    segmenter: &Segmenter,
) -> Vec<CodedSentence> {
    let mut units = Vec::new();
    let whole = [content.text.range()];
    let turns: Vec<TextRange> = content
        .turns
        .iter()
        .map(crate::model::document::Turn::said)
        .collect();
    for said in if turns.is_empty() { &whole[..] } else { &turns } {
        let text = content.text.slice(*said).unwrap_or_default();
        for sentence in sentences(text) {
            let range = TextRange::between(
                said.start() + sentence.start(),
                said.start() + sentence.end(),
            );
            let words = words_of(content.text.slice(range).unwrap_or_default(), segmenter);
            if !words.is_empty() {
                units.push(CodedSentence {
                    document: document.id,
                    range,
                    words,
                    codes: BTreeSet::new(),
                });
            }
        }
    }
    for coding in document
        .codings
        .iter()
        .filter(|coding| coder.is_none_or(|coder| coding.coder == coder))
    {
        let first = units.partition_point(|unit| unit.range.end() <= coding.range.start());
        for unit in units
            .iter_mut()
            .skip(first)
            .take_while(|unit| unit.range.start() < coding.range.end())
        {
            let common = unit.range.end().min(coding.range.end())
                - unit.range.start().max(coding.range.start());
            if common * 2 >= unit.range.len_chars() || unit.range.contains(coding.range) {
                unit.codes.insert(coding.code);
            }
        }
    }
    units
}

/// The words of a sentence by which it is judged.
pub(super) fn words_of(text: &str, segmenter: &Segmenter) -> Vec<String> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let chars: Vec<char> = text.chars().collect();
    for range in segmenter.words(text) {
        let word: String = chars
            .get(range.start() as usize..range.end() as usize)
            .unwrap_or_default()
            .iter()
            .collect();
        let word = fold(&word);
        if word.chars().any(char::is_alphabetic) && !is_function_word(&word) {
            words.insert(word);
        }
    }
    words.into_iter().collect()
}

/// What the codebook says of each code, as sentences that carry it: names, definition, rules, examples and indicators, in every language.
pub(super) fn codebook_sentences(project: &Project) -> Vec<CodedSentence> {
    let segmenter = Segmenter::of_project(project);
    let mut units = Vec::new();
    for code in project.codebook.codes.values() {
        let texts = [&code.name, &code.definition, &code.apply_when]
            .into_iter()
            .chain(&code.examples);
        let texts = texts.flat_map(|text| text.all().map(str::to_owned).collect::<Vec<_>>());
        let indicators = code
            .indicators
            .iter()
            .map(|indicator| indicator.expression.clone());
        for text in texts.chain(indicators) {
            let words = words_of(&text, &segmenter);
            if !words.is_empty() {
                units.push(CodedSentence {
                    document: DocumentId::from_u128(0),
                    range: TextRange::between(0, 0),
                    words,
                    codes: [code.id].into(),
                });
            }
        }
    }
    units
}

/// The sentences of all documents in which the coder has coded anything, by title and position.
///
/// `goes_on` is asked after each document, with how many are done and how many there are; when it says no, nothing is given.
pub(super) fn sentences_of_coded_documents(
    project: &Project,
    coder: Option<CoderId>,
    load: Load<'_>,
    goes_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<BTreeMap<usize, Vec<CodedSentence>>> {
    let segmenter = Segmenter::of_project(project);
    let coded = |document: &&std::sync::Arc<Document>| {
        document
            .codings
            .iter()
            .any(|coding| coder.is_none_or(|coder| coding.coder == coder))
    };
    let documents: Vec<_> = project
        .documents_in_order()
        .into_iter()
        .filter(coded)
        .collect();
    let mut units = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        if !goes_on(number, documents.len()) {
            return None;
        }
        if let Some(content) = load(document) {
            units.insert(
                number,
                coded_sentences(document, &content, coder, &segmenter),
            );
        }
    }
    Some(units)
}
