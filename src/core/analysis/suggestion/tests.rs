//! Planted vocabularies are learnt and named as reasons; no document judges itself; the same codings give the same model.

use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;

use super::{Model, Quality, THRESHOLD, evaluate};
use crate::{
    analysis::sample::{SampleProject, coding},
    language::segment::Segmenter,
    model::{
        document::{Content, Document, Turn},
        ids::{CodeId, CoderId, DocumentId},
        text::{DocumentText, TextRange},
    },
};

const SHAME: u128 = 1;
const PRIDE: u128 = 2;

/// A study of so many documents; each says a sentence of shame, one of pride and one of neither several times, in both languages.
fn study(documents: u128, word_of_document: bool) -> SampleProject {
    let mut study = SampleProject::default();
    study.coder(1, "An");
    study.code(SHAME, None, "Shame", "羞愧");
    study.code(PRIDE, None, "Pride", "自豪");
    let mut id = 0;
    for number in 1..=documents {
        let own = if word_of_document {
            format!(" zebra{number}")
        } else {
            String::new()
        };
        let sentences = [
            (format!("Everyone laughed at my shoes{own}."), SHAME),
            ("大家都笑我的鞋子。".to_owned(), SHAME),
            ("The teacher praised my drawing.".to_owned(), PRIDE),
            ("老师表扬了我的画。".to_owned(), PRIDE),
            ("We had noodles for lunch.".to_owned(), 0),
            ("中午吃面条。".to_owned(), 0),
        ];
        let (mut text, mut codings) = (String::new(), Vec::new());
        for (sentence, code) in sentences.iter().cycle().take(18) {
            let start = u32::try_from(text.chars().count()).unwrap();
            text.push_str(sentence);
            let end = u32::try_from(text.chars().count()).unwrap();
            text.push(' ');
            if *code > 0 {
                id += 1;
                codings.push(coding(id, start, end, *code, 1));
            }
        }
        let chars = u32::try_from(text.chars().count()).unwrap();
        let document = study.document(number, &format!("D{number}"), chars, &[], &[]);
        document.codings = codings;
        let turn = Turn {
            range: TextRange::between(0, chars),
            body: 0,
            speaker: None,
            at_millis: None,
        };
        study.contents.insert(
            DocumentId::from_u128(number),
            Arc::new(Content {
                text: DocumentText::new(text),
                turns: vec![turn],
            }),
        );
    }
    study
}

fn load(study: &SampleProject) -> impl Fn(&Document) -> Option<Arc<Content>> {
    |document| study.contents.get(&document.id).cloned()
}

fn train(study: &SampleProject) -> Model {
    let load = load(study);
    Model::train(
        &study.project,
        Some(CoderId::from_u128(1)),
        &load,
        &mut |_, _| true,
    )
    .unwrap()
}

fn quality(study: &SampleProject) -> Quality {
    let load = load(study);
    evaluate(&study.project, None, &load, 5, &mut |_, _| true).unwrap()
}

#[test]
fn what_was_coded_is_recognised_and_its_words_are_the_reasons() {
    let model = train(&study(4, false));
    let segmenter = Segmenter::default();
    for (text, code, reasons) in [
        (
            "They laughed about the shoes again",
            SHAME,
            &["laughed", "shoes"][..],
        ),
        ("她笑我的鞋子", SHAME, &["鞋子", "笑"]),
        ("My teacher praised it", PRIDE, &["praised", "teacher"]),
        ("画被表扬了", PRIDE, &["表扬", "画"]),
    ] {
        let found = model.suggest(text, &segmenter, THRESHOLD);
        let first = found.first().unwrap_or_else(|| panic!("{text}: nothing"));
        assert_eq!(first.code, CodeId::from_u128(code), "{text}: {found:?}");
        let words: BTreeSet<&str> = first
            .reasons
            .iter()
            .map(|(word, _)| word.as_str())
            .collect();
        assert!(
            reasons.iter().all(|reason| words.contains(reason)),
            "{text}: {words:?}"
        );
    }
    assert_eq!(model.suggest("We had noodles", &segmenter, THRESHOLD), []);
    assert_eq!(model.suggest("", &segmenter, 0.0), []);
}

#[test]
fn the_same_codings_give_the_same_model() {
    assert_eq!(train(&study(3, true)), train(&study(3, true)));
}

#[test]
fn what_is_coded_already_is_not_suggested() {
    let mut study = study(3, false);
    let last = DocumentId::from_u128(3);
    let taken = Arc::make_mut(study.project.documents.get_mut(&last).unwrap())
        .codings
        .remove(0);
    let model = train(&study);
    let load = load(&study);
    let document = &study.project.documents[&last];
    let found = model.suggest_document(
        document,
        &load(document).unwrap(),
        None,
        &Segmenter::default(),
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].0.start(), found[0].1.code),
        (taken.range.start(), taken.code)
    );
}

#[test]
fn codes_with_few_examples_are_left_out_and_named() {
    let mut study = study(1, false);
    study.code(9, None, "Rare", "");
    let document = Arc::make_mut(
        study
            .project
            .documents
            .get_mut(&DocumentId::from_u128(1))
            .unwrap(),
    );
    let first = document.codings[0].range;
    document
        .codings
        .push(coding(900, first.start(), first.end(), 9, 1));
    document
        .codings
        .sort_by_key(crate::model::coding::Coding::order);
    assert_eq!(train(&study).left_out(), [(CodeId::from_u128(9), 1)]);
}

#[test]
fn quality_is_measured_on_what_was_not_seen() {
    let good = quality(&study(6, false));
    assert_eq!(
        (good.folds, good.coded, good.first_right),
        (5, 72, 72),
        "{good:?}"
    );
    assert!(good.precision().unwrap() > 0.99 && good.recall().unwrap() > 0.99);
    assert!(good.baseline().unwrap() < 0.6);
    assert_eq!(
        quality(&study(1, false)).folds,
        0,
        "one document can't be judged"
    );

    // The only word that tells codings apart is another one in every document: what was learnt elsewhere must be of no use.
    let mut leak = study(6, false);
    for (id, content) in &mut leak.contents {
        let own = format!(
            "Zebra{}.",
            char::from(b'a' + u8::try_from(id.as_u128()).unwrap())
        );
        let text =
            format!("{own} We had noodles. {own} We had noodles. {own} We had noodles. {own}");
        let length = u32::try_from(own.len()).unwrap();
        let document = Arc::make_mut(leak.project.documents.get_mut(id).unwrap());
        let starts = text
            .match_indices(&own)
            .map(|(at, _)| u32::try_from(at).unwrap());
        document.codings = starts
            .map(|start| {
                coding(
                    id.as_u128() * 100 + u128::from(start),
                    start,
                    start + length,
                    SHAME,
                    1,
                )
            })
            .collect();
        let turn = Turn {
            range: TextRange::between(0, u32::try_from(text.len()).unwrap()),
            body: 0,
            speaker: None,
            at_millis: None,
        };
        *content = Arc::new(Content {
            text: DocumentText::new(text),
            turns: vec![turn],
        });
    }
    let none = quality(&leak);
    assert_eq!((none.coded, none.suggested), (24, 0), "{none:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn likelihoods_are_shares_and_come_in_order(documents in 1u128..4, text in "[a-z我鞋笑画 ]{0,30}") {
        let model = train(&study(documents, true));
        let found = model.suggest(&text, &Segmenter::default(), 0.0);
        prop_assert!(found.iter().all(|suggestion| (0.0..=1.0).contains(&suggestion.likelihood)));
        prop_assert!(found.is_sorted_by(|a, b| a.likelihood >= b.likelihood));
    }
}
