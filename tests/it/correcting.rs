//! Corrections of transcripts: what lies outside the corrected words keeps its own exactly, and all comes back.

use proptest::prelude::*;
use tain::{
    app::{
        Session,
        action::{Action, TurnSpeaker},
        edit::correcting::correction_preview,
    },
    language::words::count_words,
    model::{
        coding::Origin,
        ids::CodingId,
        memo::{Anchor, MemoKind},
        text::TextRange,
    },
    search::{Corpus, Request, search},
    store::Access,
};

use crate::world::{apply_code, project, world};

/// The words of each coding of the first document.
fn words(session: &Session) -> Vec<(CodingId, TextRange, String)> {
    let document = session.project().documents.values().next().unwrap();
    let content = session.content(document).unwrap();
    document
        .codings
        .iter()
        .map(|coding| {
            (
                coding.id,
                coding.range,
                content.text.slice(coding.range).unwrap().to_owned(),
            )
        })
        .collect()
}

fn corrected_words() -> impl Strategy<Value = String> {
    "[a-z自信😀 é\n]{0,12}"
}

proptest! {
    #![proptest_config(crate::world::cases(32))]

    #[test]
    fn codings_outside_the_corrected_words_keep_their_own(
        ranges in proptest::collection::vec((0u32..190, 1u32..40), 1..12),
        edits in proptest::collection::vec(((0u32..190, 0u32..20), corrected_words()), 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut session = project(&folder.path().join("p.tain"), 7);
        let id = *session.project().documents.keys().next().unwrap();
        let code = *session.project().codebook.codes.keys().next().unwrap();
        let source = session.project().documents[&id].source.clone();
        for (start, length) in ranges {
            // Some reach beyond the text, and are refused.
            session.run(Action::ApplyCodes { passages: vec![(id, TextRange::between(start, start + length))], codes: vec![code], about: Default::default(),
origin: Origin::Hand }).ok();
        }
        let before_all = words(&session);
        let mut done = 0;
        for ((start, length), to) in edits {
            let before = words(&session);
            let range = TextRange::between(start, start + length);
            let whole = session.content(&session.project().documents[&id]).unwrap();
            if session.run(Action::ReplaceText { document: id, range, to: to.clone() }).is_err() {
                continue;
            }
            done += 1;
            let after = words(&session);
            let text = session.content(&session.project().documents[&id]).unwrap();
            let expected: String = [
                whole.text.slice(TextRange::between(0, start)).unwrap(),
                &to,
                whole.text.slice(TextRange::between(start + length, whole.text.len_chars())).unwrap(),
            ].concat();
            prop_assert_eq!(text.text.as_str(), expected);
            let words = session.project().documents[&id].words;
            prop_assert_eq!(words, count_words(text.text.as_str()));
            let touched = |at: TextRange| at.overlaps(range) || (range.is_empty() && at.start() < start && start < at.end());
            for (coding, at, own) in before.iter().filter(|(_, at, _)| !touched(*at)) {
                let now = after.iter().find(|(other, ..)| other == coding);
                prop_assert_eq!(now.map(|(.., words)| words), Some(own), "coding at {:?}, edit at {:?}", at, range);
            }
        }
        // The original stays, and so does what was imported.
        prop_assert_eq!(&session.project().documents[&id].source, &source);
        for _ in 0..done {
            session.run(Action::Undo).unwrap();
        }
        prop_assert_eq!(words(&session), before_all);
    }
}

/// What each turn of the first document says.
fn said(session: &Session) -> Vec<String> {
    let document = session.project().documents.values().next().unwrap();
    let content = session.content(document).unwrap();
    content
        .turns
        .iter()
        .map(|turn| content.text.slice(turn.said()).unwrap().to_owned())
        .collect()
}

proptest! {
    #![proptest_config(crate::world::cases(32))]

    #[test]
    fn every_turn_says_what_it_was_given_and_the_others_what_they_said(
        edits in proptest::collection::vec((0usize..6, "[a-z自信😀 é.]{0,9}", 0u8..4), 1..8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.tain");
        let mut session = project(&path, 7);
        let id = *session.project().documents.keys().next().unwrap();
        let before = said(&session);
        let (mut expected, mut done) = (before.clone(), 0);
        for (turn, words, how) in edits {
            let text = match how {
                0 => words,
                1 => format!("{words}{}", expected[turn]),
                2 => format!("{}{words}", expected[turn]),
                _ => String::new(),
            };
            let speaker = session.content(&session.project().documents[&id]).unwrap().turns[turn].speaker;
            let speaker = speaker.map_or(TurnSpeaker::Nobody, TurnSpeaker::Known);
            let action = Action::CorrectTurn { document: id, turn: u32::try_from(turn).unwrap(), text: text.clone(), speaker, at_millis: None };
            if session.run(action).is_ok() {
                expected[turn] = text;
                done += 1;
            }
            prop_assert_eq!(said(&session), expected.clone());
        }
        drop(session);
        let mut session = Session::open(&path, Access::Write, world(9)).unwrap();
        prop_assert_eq!(said(&session), expected);
        for _ in 0..done {
            session.run(Action::Undo).unwrap();
        }
        prop_assert_eq!(said(&session), before);
    }
}

#[test]
fn a_corrected_turn_is_found_by_its_new_words_and_not_by_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let document = session.project().document_by_title("F02 孩子").unwrap().id;
    let count = |session: &Session, words: &str| {
        let texts = std::sync::Arc::clone(session.texts());
        let load = |document: &tain::model::document::Document| texts.content(document).ok();
        let corpus = Corpus {
            project: session.project(),
            load: &load,
        };
        search(
            &corpus,
            None,
            &Request {
                text: words.to_owned(),
                limit: 50,
                ..Request::default()
            },
        )
        .unwrap()
        .total
    };
    assert_eq!((count(&session, "面馆"), count(&session, "茶馆")), (1, 0));
    let text = "他们觉得我家没钱，在𠮷祥茶馆笑我。".to_owned();
    session
        .run(Action::CorrectTurn {
            document,
            turn: 1,
            text,
            speaker: TurnSpeaker::Known(1),
            at_millis: Some(61_000),
        })
        .unwrap();
    assert_eq!((count(&session, "面馆"), count(&session, "茶馆")), (0, 1));
    let content = session
        .content(&session.project().documents[&document])
        .unwrap();
    assert_eq!(content.turns[1].at_millis, Some(61_000));
    session.run(Action::Undo).unwrap();
    assert_eq!((count(&session, "面馆"), count(&session, "茶馆")), (1, 0));
}

#[test]
fn the_preview_says_what_a_correction_does_to_codings_and_memos() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let found = session.project().document_by_title("F01 child").unwrap();
    let (document, body) = (found.id, session.content(found).unwrap().turns[1].body);
    // I | keep my | hand
    for (start, end) in [(0, 1), (2, 6), (2, 9), (10, 14)] {
        apply_code(
            &mut session,
            "F01 child",
            "Belonging",
            body + start,
            body + end,
        );
    }
    let keep = session.project().documents[&document]
        .codings
        .iter()
        .find(|coding| coding.range.end() == body + 6)
        .unwrap()
        .id;
    let memo = Action::AddMemo {
        anchor: Anchor::Coding(document, keep),
        kind: MemoKind::Analytic,
        title: "why".to_owned(),
        body: String::new(),
    };
    session.run(memo).unwrap();
    let content = session
        .content(&session.project().documents[&document])
        .unwrap();
    let without = content
        .text
        .slice(content.turns[1].said())
        .unwrap()
        .replace("keep ", "");
    let preview = correction_preview(session.project(), document, &content, 1, &without);
    assert_eq!((preview.resized, preview.removed, preview.memos), (1, 1, 1));
    let codings = session.project().coding_count();
    session
        .run(Action::CorrectTurn {
            document,
            turn: 1,
            text: without,
            speaker: TurnSpeaker::Known(1),
            at_millis: None,
        })
        .unwrap();
    assert_eq!(
        (
            session.project().coding_count(),
            session.project().memos.len()
        ),
        (codings - 1, 0)
    );
    session.run(Action::Undo).unwrap();
    assert_eq!(
        (
            session.project().coding_count(),
            session.project().memos.len()
        ),
        (codings, 1)
    );
}

#[test]
fn codings_between_two_corrections_of_a_turn_keep_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let found = session.project().document_by_title("F01 child").unwrap();
    let (document, body) = (found.id, session.content(found).unwrap().turns[1].body);
    for (start, end) in [(2, 14), (7, 9), (0, 20)] {
        apply_code(
            &mut session,
            "F01 child",
            "Belonging",
            body + start,
            body + end,
        );
    }
    let of = |session: &Session| -> Vec<String> {
        words(session)
            .into_iter()
            .map(|(.., words)| words)
            .collect()
    };
    assert_eq!(of(&session), ["I keep my hand down ", "keep my hand", "my"]);
    let text = "She always keeps: keep my hand up 😀. In case it’s wrong, then.".to_owned();
    session
        .run(Action::CorrectTurn {
            document,
            turn: 1,
            text,
            speaker: TurnSpeaker::Known(1),
            at_millis: None,
        })
        .unwrap();
    assert_eq!(of(&session)[1..], ["keep my hand", "my"]);
    session.run(Action::Undo).unwrap();
    assert_eq!(of(&session), ["I keep my hand down ", "keep my hand", "my"]);
}

#[test]
fn a_speaker_is_renamed_in_every_document_and_becomes_one_with_another_of_that_label() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    let mut session = project(&path, 7);
    session
        .run(Action::RenameSpeakers {
            from: "Child".to_owned(),
            to: "小远".to_owned(),
        })
        .unwrap();
    let labels = |session: &Session| -> Vec<String> {
        session
            .project()
            .documents
            .values()
            .flat_map(|document| {
                document
                    .speakers
                    .iter()
                    .map(|speaker| speaker.label.clone())
            })
            .collect()
    };
    assert_eq!(labels(&session), ["Interviewer", "小远", "访谈者", "小远"]);
    session
        .run(Action::RenameSpeakers {
            from: "Interviewer".to_owned(),
            to: "小远".to_owned(),
        })
        .unwrap();
    let document = session.project().document_by_title("F01 child").unwrap();
    let content = session.content(document).unwrap();
    assert!(content.turns.iter().all(|turn| turn.speaker == Some(1)));
    session.run(Action::Undo).unwrap();
    session.run(Action::Undo).unwrap();
    assert_eq!(labels(&session), ["Interviewer", "Child", "访谈者", "小远"]);
    assert_eq!(
        session
            .steps()
            .iter()
            .filter(|step| step.action == "rename speakers")
            .count(),
        2,
        "one step each"
    );
    drop(session);
    drop(Session::open(&path, Access::Write, world(9)).unwrap());
}
