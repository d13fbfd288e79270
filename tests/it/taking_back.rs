//! Chosen steps are taken back: exactly, as steps of their own, and never with anything that came later.

use std::collections::BTreeSet;

use proptest::{prelude::*, sample::Index};
use tain::{
    app::{
        AppError, Session, action::Action, edit::take_back::plan_back_to, history::history,
        refusal::Refusal,
    },
    model::{
        coding::Origin,
        ids::{CodeId, EntryId},
        invariants::violations,
        text::TextRange,
    },
};

use crate::{
    properties::{comparable, gesture, run},
    world::{apply_code, project},
};

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 300, ..crate::world::cases(40) })]

    #[test]
    fn taking_back_the_last_step_is_as_undo(gestures in proptest::collection::vec(gesture(), 1..20)) {
        let folder = tempfile::tempdir().unwrap();
        let mut session = project(&folder.path().join("p.tain"), 7);
        for gesture in &gestures {
            let before = comparable(&session);
            if !run(&mut session, gesture) {
                continue;
            }
            let after = comparable(&session);
            let last = session.steps().last().unwrap().id;
            session.run(Action::TakeBack(last)).unwrap();
            prop_assert_eq!(&comparable(&session), &before, "{:?}", gesture);
            session.run(Action::Undo).unwrap();
            prop_assert_eq!(&comparable(&session), &after, "undo of taking back {:?}", gesture);
        }
    }

    #[test]
    fn going_back_gives_the_project_as_of_then(
        gestures in proptest::collection::vec(gesture(), 1..24),
        chosen in any::<Index>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut session = project(&folder.path().join("p.tain"), 7);
        let mut states = vec![(session.steps().last().unwrap().id, comparable(&session))];
        for (number, gesture) in gestures.iter().enumerate() {
            let done = if number % 6 == 5 {
                session.run(Action::Undo).is_ok()
            } else {
                run(&mut session, gesture)
            };
            if done {
                states.push((session.steps().last().unwrap().id, comparable(&session)));
            }
        }
        let (then, state) = &states[chosen.index(states.len())];
        let last = &states.last().unwrap().1;
        match session.run(Action::BackTo(*then)) {
            Ok(_) => {
                prop_assert_eq!(&comparable(&session), state);
                let after = session.steps().iter().map(|step| step.id);
                let after: Vec<EntryId> = after.skip_while(|id| id != then).skip(1).collect();
                let (_, between) = after.split_last().unwrap();
                let struck = struck(&session);
                prop_assert!(between.iter().all(|id| struck.contains(id)), "{:?}", struck);
                session.run(Action::Undo).unwrap();
                prop_assert_eq!(&comparable(&session), last);
            }
            Err(AppError::Refused(Refusal::NothingToDo)) => prop_assert_eq!(state, last),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_chosen_step_is_taken_back_alone_or_not_at_all(
        gestures in proptest::collection::vec(gesture(), 2..20),
        chosen in any::<Index>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut session = project(&folder.path().join("p.tain"), 7);
        for gesture in &gestures {
            run(&mut session, gesture);
        }
        let before = comparable(&session);
        let chosen = session.steps()[chosen.index(session.steps().len())].id;
        match session.run(Action::TakeBack(chosen)) {
            Ok(_) => {
                prop_assert_eq!(violations(session.project()), vec![]);
                session.run(Action::Undo).unwrap();
            }
            Err(AppError::Refused(_)) => {}
            Err(error) => panic!("{error}"),
        }
        prop_assert_eq!(&comparable(&session), &before);
    }
}

/// The steps that the history strikes out.
fn struck(session: &Session) -> BTreeSet<EntryId> {
    let steps = history(&session.file()).unwrap().into_iter();
    let undone = steps.filter(|step| step.undone.is_some());
    undone.map(|step| step.id).collect()
}

fn last(session: &Session) -> EntryId {
    session.steps().last().unwrap().id
}

fn code(session: &Session, name: &str) -> CodeId {
    session.project().codebook.find(name).unwrap()
}

/// Takes back a step; the reason if it can't be.
fn take_back(session: &mut Session, step: EntryId) -> Result<(), String> {
    session
        .run(Action::TakeBack(step))
        .map(drop)
        .map_err(|error| error.to_string())
}

#[test]
fn a_merge_is_taken_back_while_later_codings_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    apply_code(&mut session, "F01 child", "Being heard", 40, 60);
    let merged = Action::MergeCodes {
        codes: vec![code(&session, "Being heard")],
        into: code(&session, "Belonging"),
    };
    session.run(merged).unwrap();
    let merge = last(&session);
    apply_code(&mut session, "F01 child", "Belonging", 70, 80);
    take_back(&mut session, merge).unwrap();
    let document = session.project().document_by_title("F01 child").unwrap();
    let names: Vec<String> = document
        .codings
        .iter()
        .map(|coding| session.project().codebook.path(coding.code))
        .collect();
    assert_eq!(names, ["Needs/Being heard", "Needs/Belonging"]);
    assert_eq!(
        take_back(&mut session, merge).unwrap_err(),
        "this step can't be taken back: it is taken back already"
    );
}

#[test]
fn what_stands_in_the_way_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let found = session.steps()[0].id;
    let add = Action::AddCode {
        parent: None,
        name: "Peers".to_owned(),
    };
    session.run(add.clone()).unwrap();
    let added = last(&session);
    let peers = code(&session, "Peers");
    apply_code(&mut session, "F01 child", "Peers", 40, 60);
    let coded = last(&session);
    assert_eq!(
        take_back(&mut session, added).unwrap_err(),
        "this step can't be taken back: 1 coding was made with “Peers” since"
    );
    session.run(Action::RemoveCodes(vec![peers])).unwrap();
    let removed = last(&session);
    assert_eq!(
        take_back(&mut session, coded).unwrap_err(),
        "this step can't be taken back: the coding was removed later"
    );
    session.run(add).unwrap();
    assert_eq!(
        take_back(&mut session, removed).unwrap_err(),
        "this step can't be taken back: there is another “Peers” now"
    );
    assert_eq!(
        take_back(&mut session, found).unwrap_err(),
        "this step can't be taken back: the project begins with it"
    );
    let nothing = take_back(&mut session, EntryId::from_u128(5)).unwrap_err();
    assert_eq!(nothing, "the project's history has no such step");
}

#[test]
fn a_value_that_was_set_again_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    session.run(Action::SetTitle("One".to_owned())).unwrap();
    let one = last(&session);
    session.run(Action::SetTitle("Two".to_owned())).unwrap();
    assert_eq!(
        take_back(&mut session, one).unwrap_err(),
        "this step can't be taken back: the project was changed later"
    );
    assert_eq!(session.project().title, "Two");
    assert!(session.project().conflicts.is_empty());
}

#[test]
fn a_removed_coding_comes_back_on_its_words_after_corrections() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    apply_code(&mut session, "F01 child", "Belonging", 43, 61);
    let document = session.project().document_by_title("F01 child").unwrap();
    let (id, coding) = (document.id, document.codings[0].clone());
    let words = |session: &Session| {
        let document = &session.project().documents[&id];
        let content = session.content(document).unwrap();
        let range = document.codings[0].range;
        content.text.slice(range).unwrap().to_owned()
    };
    let coded = words(&session);
    session
        .run(Action::RemoveCodings(vec![(id, coding.id)]))
        .unwrap();
    let removed = last(&session);
    let correct = |start, end, to: &str| Action::ReplaceText {
        document: id,
        range: TextRange::between(start, end),
        to: to.to_owned(),
    };
    session.run(correct(13, 16, "What is")).unwrap();
    let first = last(&session);
    session.run(correct(0, 11, "Q")).unwrap();
    take_back(&mut session, removed).unwrap();
    assert_eq!(words(&session), coded);
    // The first correction is behind the second one, which has moved it.
    take_back(&mut session, first).unwrap();
    assert_eq!(words(&session), coded);
    let document = &session.project().documents[&id];
    let text = session.content(document).unwrap();
    assert!(text.text.as_str().starts_with("Q: How is school"));
}

#[test]
fn steps_of_others_are_taken_back_by_whoever_acts() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    session.run(Action::AddCoder("Bo".to_owned())).unwrap();
    let joined = last(&session);
    apply_code(&mut session, "F01 child", "Belonging", 40, 60);
    let coded = last(&session);
    session.act_as("Bo").unwrap();
    assert_eq!(
        take_back(&mut session, joined).unwrap_err(),
        "this step can't be taken back: Bo is the coder who acts now"
    );
    take_back(&mut session, coded).unwrap();
    assert_eq!(session.project().coding_count(), 0);
    session.run(Action::Undo).unwrap();
    assert_eq!(session.project().coding_count(), 1);
    let many = Action::ApplyCodes {
        passages: vec![(
            session.project().documents.keys().next().copied().unwrap(),
            TextRange::between(3, 9),
        )],
        codes: vec![code(&session, "Strengths")],
        about: Default::default(),
        origin: Origin::Hand,
    };
    session.run(many).unwrap();
    let before = session.steps()[session
        .steps()
        .iter()
        .position(|step| step.id == joined)
        .unwrap()
        - 1]
    .id;
    let (project, coder) = (session.project().clone(), session.coder());
    let plan = plan_back_to(&session.file(), &project, coder, before).unwrap();
    let stays: Vec<_> = plan.stays.iter().map(|step| step.entry).collect();
    assert_eq!((plan.taken, stays), (4, vec![joined]));
    // Bo acts, so Bo stays while everything else goes.
    session.run(Action::BackTo(before)).unwrap();
    assert_eq!(session.project().coding_count(), 0);
    assert_eq!(session.project().coders.len(), 2);
}

#[test]
fn undo_and_redo_keep_to_the_words_after_somebody_corrected_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    session.run(Action::AddCoder("Bo".to_owned())).unwrap();
    apply_code(&mut session, "F01 child", "Belonging", 43, 61);
    let document = session.project().document_by_title("F01 child").unwrap();
    let id = document.id;
    let words = |session: &Session| {
        let document = &session.project().documents[&id];
        let content = session.content(document).unwrap();
        let coding = document.codings.first()?;
        Some(content.text.slice(coding.range).unwrap().to_owned())
    };
    let coded = words(&session);
    session.run(Action::Undo).unwrap();
    let an = session.coder().unwrap();
    session.act_as("Bo").unwrap();
    let correct = Action::ReplaceText {
        document: id,
        range: TextRange::between(0, 11),
        to: "Q".to_owned(),
    };
    session.run(correct).unwrap();
    let an = session.project().coders[&an].name.clone();
    session.act_as(&an).unwrap();
    session.run(Action::Redo).unwrap();
    assert_eq!(words(&session), coded);
    session.run(Action::Undo).unwrap();
    assert_eq!(words(&session), None);
}

#[test]
fn the_history_strikes_out_what_going_back_took_back_and_not_what_stayed() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = project(&folder.path().join("p.tain"), 7);
    let target = last(&session);
    session.run(Action::AddPhase("before".to_owned())).unwrap();
    let added = last(&session);
    session.run(Action::AddCoder("Bo".to_owned())).unwrap();
    let stays = last(&session);
    session.act_as("Bo").unwrap();
    apply_code(&mut session, "F01 child", "Being heard", 40, 60);
    let coded = last(&session);
    session.run(Action::SetTitle("Second".to_owned())).unwrap();
    let titled = last(&session);
    session.run(Action::Undo).unwrap();
    let undone = last(&session);
    assert_eq!(struck(&session), [titled].into());
    session.run(Action::BackTo(target)).unwrap();
    // Who acts can't be removed.
    assert!(session.project().coder_by_name("Bo").is_some());
    assert_eq!(struck(&session), [added, coded, titled, undone].into());
    assert!(!struck(&session).contains(&stays));
    session.run(Action::Undo).unwrap();
    assert_eq!(struck(&session).len(), 2, "the going back, and the title");
}
