//! Sentences with their words and codes, from which the model learns.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::Loader,
    language::{fold::fold, segment::Segmenter, sentence::sentences, words::is_function_word},
    model::{
        Project,
        document::{Content, Document, Turn},
        ids::{CodeId, CoderId, DocumentId},
        text::TextRange,
    },
};

/// A sentence with its codes.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedSentence {
    /// The document that contains the sentence.
    pub document: DocumentId,
    /// The range of the sentence.
    pub range: TextRange,
    /// Its words, folded and each once, without function words.
    pub words: Vec<String>,
    /// The codes of the sentence.
    pub codes: BTreeSet<CodeId>,
}

/// The sentences of a document with the codes that a coder, or everybody, has given them.
pub fn coded_sentences(
    document: &Document,
    content: &Content,
    coder: Option<CoderId>,
    segmenter: &Segmenter,
) -> Vec<CodedSentence> {
    let mut coded = uncoded_sentences(document, content, segmenter);
    for coding in &document.codings {
        if coder.is_some_and(|coder| coding.coder != coder) {
            continue;
        }
        // Sentences are sorted and don't overlap, so those that the coding overlaps follow one another.
        let first = coded.partition_point(|sentence| sentence.range.end() <= coding.range.start());
        for sentence in &mut coded[first..] {
            let range = sentence.range;
            if range.start() >= coding.range.end() {
                break;
            }
            let common =
                range.end().min(coding.range.end()) - range.start().max(coding.range.start());
            if common * 2 >= range.len_chars() || range.contains(coding.range) {
                sentence.codes.insert(coding.code);
            }
        }
    }
    coded
}

/// The sentences of a document that have words, without codes yet.
fn uncoded_sentences(
    document: &Document,
    content: &Content,
    segmenter: &Segmenter,
) -> Vec<CodedSentence> {
    let said: Vec<TextRange> = if content.turns.is_empty() {
        vec![content.text.range()]
    } else {
        content.turns.iter().map(Turn::said).collect()
    };
    let mut uncoded = Vec::new();
    for said in said {
        let text = content.text.slice(said).unwrap_or_default();
        for sentence in sentences(text) {
            let range = TextRange::between(
                said.start() + sentence.start(),
                said.start() + sentence.end(),
            );
            let words = words_of(content.text.slice(range).unwrap_or_default(), segmenter);
            if !words.is_empty() {
                uncoded.push(CodedSentence {
                    document: document.id,
                    range,
                    words,
                    codes: BTreeSet::new(),
                });
            }
        }
    }
    uncoded
}

/// The words of a sentence from which its codes are predicted.
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

/// What the codebook says of each code, as sentences that have it: names, definition, rules, examples and indicators, in all languages.
pub(super) fn codebook_sentences(project: &Project) -> Vec<CodedSentence> {
    let segmenter = Segmenter::of_project(project);
    let mut sentences = Vec::new();
    for code in project.codebook.codes.values() {
        let texts = [&code.name, &code.definition, &code.apply_when]
            .into_iter()
            .chain(&code.examples)
            .flat_map(|text| text.all());
        let indicators = code.indicators.iter();
        let indicators = indicators.map(|indicator| indicator.expression.as_str());
        for text in texts.chain(indicators) {
            let words = words_of(text, &segmenter);
            if !words.is_empty() {
                sentences.push(CodedSentence {
                    // These sentences are in no document, and nothing looks for them in one.
                    document: DocumentId::from_u128(0),
                    range: TextRange::between(0, 0),
                    words,
                    codes: [code.id].into(),
                });
            }
        }
    }
    sentences
}

/// The sentences of all documents in which the coder has coded anything, by the number of the document in reading order.
///
/// `progress` is called before each document with the number of documents done and of all; it cancels by returning false,
/// and the result is then `None`.
pub(super) fn sentences_of_coded_documents(
    project: &Project,
    coder: Option<CoderId>,
    load: &Loader<'_>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<BTreeMap<usize, Vec<CodedSentence>>> {
    let segmenter = Segmenter::of_project(project);
    let mut documents = project.documents_in_order();
    documents.retain(|document| {
        let mut codings = document.codings.iter();
        codings.any(|coding| coder.is_none_or(|coder| coding.coder == coder))
    });
    let mut sentences = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        if !progress(number, documents.len()) {
            return None;
        }
        // A text that can't be loaded is left out; the others still teach.
        if let Some(content) = load(document) {
            let coded = coded_sentences(document, &content, coder, &segmenter);
            sentences.insert(number, coded);
        }
    }
    Some(sentences)
}
