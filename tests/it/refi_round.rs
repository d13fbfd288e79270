//! REFI-QDA there and back: what comes in, goes out and comes in again is the same project, identities and all.

use std::{collections::BTreeMap, io::Cursor, path::Path, sync::Arc};

use tain::{
    app::{
        Session,
        action::Action,
        edit::set::SetDraft,
        import::study::{StudyOptions, read_study},
    },
    import::loss::Losses,
    log::change::Holder,
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        ids::PhaseId,
        memo::{Anchor, MemoKind},
        text::TextRange,
    },
    refi::write::{QdpxSource, Variant, write_project},
};

use crate::{
    formats::data,
    world::{project, world},
};

/// An empty project, and another program's file taken in.
fn taken(path: &Path, file: &Path) -> (Session, Losses) {
    let mut session = Session::create(path, "There and back", "Keeper", world(3)).unwrap();
    let study = read_study(file, &StudyOptions::default())
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let losses = session.import_study(study).unwrap().losses;
    (session, losses)
}

fn written(session: &Session, to: &Path, variant: Variant) -> Losses {
    let content = |document: &tain::model::document::Document| session.content(document).ok();
    let bytes = |hash| session.file().content(hash).ok();
    let sources = QdpxSource {
        project: session.project(),
        content: &content,
        bytes: &bytes,
    };
    let mut archive = Cursor::new(Vec::new());
    let losses = write_project(&sources, variant, &mut archive, &mut |_, _| true).unwrap();
    std::fs::write(to, archive.into_inner()).unwrap();
    losses
}

/// What two copies of a project must have in common: all but who keeps them, the files' names, and what the log remembers.
fn comparable(session: &Session) -> (Project, BTreeMap<String, String>) {
    let mut project = Project::clone(session.project());
    project.title.clear();
    project.seen.clear();
    project.coders.retain(|_, coder| coder.name != "Keeper");
    let mut texts = BTreeMap::new();
    for document in project.documents.values_mut() {
        let content = session.content(document).unwrap();
        texts.insert(document.title.clone(), content.text.as_str().to_owned());
        let document = Arc::make_mut(document);
        document.source.file.clear();
        document.source.read_as.clear();
        // Each variant has line ends and a byte-order mark of its own.
        document.source.original = document.source.text;
        document.history = Default::default();
    }
    (project, texts)
}

fn same(first: &Session, second: &Session, what: &str) {
    let ((a, texts_a), (b, texts_b)) = (comparable(first), comparable(second));
    assert_eq!(texts_a, texts_b, "{what}: texts");
    assert_eq!(a.coders, b.coders, "{what}: coders");
    assert_eq!(a.codebook, b.codebook, "{what}: codes");
    assert_eq!(a.attributes, b.attributes, "{what}: attributes");
    assert_eq!(a.cases, b.cases, "{what}: cases");
    for (id, document) in &a.documents {
        assert_eq!(
            Some(document),
            b.documents.get(id),
            "{what}: {}",
            document.title
        );
    }
    assert_eq!(a.memos, b.memos, "{what}: memos");
    assert_eq!(a.links, b.links, "{what}: links");
    assert_eq!(a.sets, b.sets, "{what}: sets");
    assert_eq!(a.attachments, b.attachments, "{what}: attachments");
    assert_eq!(a, b, "{what}");
}

#[test]
fn every_real_project_comes_back_the_same_in_every_variant() {
    let Some(folder) = data("qda") else { return };
    for file in [
        "nvivo-win-12.6/comments_masked.qdpx",
        "qc-1.3.2/demo.qdpx",
        "qualcoder-4.0/two_coders_zh_en_lf.qdpx",
        "refi-standard/atlasti84_standard_project.qdpx",
        "hand-authored/project.qde",
    ] {
        let place = tempfile::tempdir().unwrap();
        let (first, _) = taken(&place.path().join("a.tain"), &folder.join(file));
        assert!(
            first.project().coding_count() > 0 || file.contains("atlasti"),
            "{file} brings codings"
        );
        for (number, variant) in [Variant::Standard, Variant::NVivo, Variant::AtlasTi]
            .into_iter()
            .enumerate()
        {
            let back = place.path().join(format!("{number}.qdpx"));
            written(&first, &back, variant);
            let (second, _) = taken(&place.path().join(format!("{number}.tain")), &back);
            same(&first, &second, &format!("{file}, {variant:?}"));
        }
    }
}

#[test]
fn a_project_of_ours_comes_back_but_for_what_the_losses_name() {
    let place = tempfile::tempdir().unwrap();
    let mut session = project(&place.path().join("a.tain"), 7);
    let documents: Vec<_> = session
        .project()
        .documents_in_order()
        .iter()
        .map(|document| document.id)
        .collect();
    let code = |session: &Session, name: &str| session.project().codebook.find(name).unwrap();
    let (belonging, heard) = (code(&session, "Belonging"), code(&session, "Being heard"));
    let case = session.project().case_by_name("林家").unwrap().id;
    let mut run = |action| session.run(action).map(drop).unwrap();
    let passages = vec![
        (documents[0], TextRange::between(40, 60)),
        (documents[1], TextRange::between(20, 33)),
    ];
    run(Action::ApplyCodes {
        passages,
        codes: vec![belonging, heard],
        about: Default::default(),
        origin: Default::default(),
    });
    run(Action::SetDocumentsCase {
        documents: vec![documents[1]],
        case,
        belongs: true,
    });
    run(Action::AddAttribute {
        name: "age".to_owned(),
        of: AttributeOf::Cases,
        kind: AttributeKind::Number,
        per_phase: false,
    });
    run(Action::AddCase {
        name: "小远".to_owned(),
        kind: CaseKind::person(),
        parent: Some(case),
    });
    run(Action::AddMemo {
        anchor: Anchor::Code(heard),
        kind: MemoKind::Analytic,
        title: "On <being> & heard".to_owned(),
        body: "听见\n𠮷".to_owned(),
    });
    run(Action::AddMemo {
        anchor: Anchor::Segment(documents[1], TextRange::between(11, 15)),
        kind: MemoKind::Analytic,
        title: "here".to_owned(),
        body: "x".to_owned(),
    });
    run(Action::AddLink {
        name: "is met by".to_owned(),
        from: Anchor::Code(belonging),
        to: Anchor::Code(heard),
    });
    let members = [Anchor::Code(belonging), Anchor::Document(documents[0])].into();
    run(Action::SetSet(
        None,
        SetDraft {
            name: "Round".to_owned(),
            description: "first".to_owned(),
            members,
        },
    ));
    let back = place.path().join("back.qdpx");
    let losses = written(&session, &back, Variant::Standard);
    let (second, _) = taken(&place.path().join("b.tain"), &back);
    let (ours, theirs) = (session.project(), second.project());
    assert_eq!(
        ours.codebook.codes.keys().collect::<Vec<_>>(),
        theirs.codebook.codes.keys().collect::<Vec<_>>()
    );
    for (id, document) in &ours.documents {
        let other = &theirs.documents[id];
        let essence = |document: &tain::model::document::Document| {
            document
                .codings
                .iter()
                .map(|coding| {
                    (
                        coding.id,
                        coding.range,
                        coding.code,
                        coding.made_millis().map(|m| m / 1000),
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(essence(document), essence(other), "{}", document.title);
        assert_eq!(document.cases, other.cases);
        assert_eq!(
            session.content(document).unwrap().text,
            second.content(other).unwrap().text
        );
    }
    assert_eq!(ours.sets, theirs.sets);
    assert_eq!(ours.links, theirs.links);
    let memos = |project: &Project| {
        project
            .memos
            .values()
            .map(|memo| (memo.id, memo.title.clone(), memo.body.clone(), memo.anchor))
            .collect::<Vec<_>>()
    };
    assert_eq!(memos(ours), memos(theirs));
    assert!(
        losses.count(tain::import::loss::Lost::CaseTree) > 0,
        "families and persons are variables, and named: {losses:?}"
    );
}

#[test]
fn families_persons_phases_and_values_per_phase_come_back_between_copies_of_this_program() {
    let place = tempfile::tempdir().unwrap();
    let mut session = project(&place.path().join("a.tain"), 7);
    let documents: Vec<_> = session
        .project()
        .documents_in_order()
        .iter()
        .map(|document| document.id)
        .collect();
    let family = session.project().case_by_name("林家").unwrap().id;
    let mut run = |action| session.run(action).map(drop).unwrap();
    run(Action::AddCase {
        name: "小远".to_owned(),
        kind: CaseKind::person(),
        parent: Some(family),
    });
    // Not in the order of their names.
    ["before", "session 1", "after"]
        .into_iter()
        .for_each(|name| run(Action::AddPhase(name.to_owned())));
    run(Action::AddAttribute {
        name: "esteem".to_owned(),
        of: AttributeOf::Cases,
        kind: AttributeKind::Number,
        per_phase: true,
    });
    let found = Arc::clone(session.project());
    let phase = |name: &str| found.phase_by_name(name).unwrap().id;
    let (child, esteem) = (
        found.case_by_name("小远").unwrap().id,
        found
            .attribute_by_name(AttributeOf::Cases, "esteem")
            .unwrap()
            .id,
    );
    let mut run = |action| session.run(action).map(drop).unwrap();
    for (name, text) in [("after", "28"), ("before", "21.5")] {
        run(Action::SetValue {
            holder: Holder::Case(child),
            attribute: esteem,
            phase: Some(phase(name)),
            text: text.to_owned(),
        });
    }
    run(Action::SetDocumentsPhase(
        vec![documents[1]],
        Some(phase("after")),
    ));
    let back = place.path().join("back.qdpx");
    written(&session, &back, Variant::Standard);
    let (mut second, _) = taken(&place.path().join("b.tain"), &back);
    let seen = |session: &Session| {
        let project = session.project();
        let name = |id: &PhaseId| project.phases.get(id).map(|phase| phase.name.clone());
        let kinds: Vec<_> = project
            .cases_in_order()
            .into_iter()
            .map(|(depth, case)| {
                let mut values: Vec<_> = case
                    .values
                    .iter()
                    .map(|((attribute, phase), value)| {
                        (
                            project.attributes[attribute].name.clone(),
                            phase.as_ref().and_then(&name),
                            value.clone(),
                        )
                    })
                    .collect();
                values.sort_by(|a, b| a.1.cmp(&b.1));
                (depth, case.name.clone(), case.kind.clone(), values)
            })
            .collect();
        let phases: Vec<_> = project
            .phases_in_order()
            .into_iter()
            .map(|phase| phase.name.clone())
            .collect();
        let of: Vec<_> = documents
            .iter()
            .map(|id| project.documents[id].phase.as_ref().and_then(&name))
            .collect();
        let attributes: Vec<_> = project
            .attributes_in_order()
            .into_iter()
            .map(|own| (own.name.clone(), own.per_phase))
            .collect();
        (kinds, phases, of, attributes)
    };
    let theirs = seen(&second);
    assert_eq!(theirs.1, ["before", "session 1", "after"]);
    assert_eq!((theirs.0, theirs.1, theirs.2, theirs.3), seen(&session));
    let revision = second.revision();
    second
        .import_study(read_study(&back, &StudyOptions::default()).unwrap())
        .unwrap();
    assert_eq!(
        second.revision(),
        revision,
        "the same file brings nothing twice"
    );
}

#[test]
fn a_code_that_is_there_gets_the_facets_that_come_with_it_once() {
    let place = tempfile::tempdir().unwrap();
    let files = [
        ("a.txt", "他没有自信 😀 he can"),
        ("a.ann", "T1\tPride 8 14\the can\nA1\tStrong T1\n"),
    ];
    for (name, text) in files {
        std::fs::write(place.path().join(name), text).unwrap();
    }
    let mut session =
        Session::create(&place.path().join("p.tain"), "p", "Keeper", world(5)).unwrap();
    session
        .run(Action::AddCode {
            parent: None,
            name: "Pride".to_owned(),
        })
        .unwrap();
    let read = || read_study(&place.path().join("a.ann"), &StudyOptions::default()).unwrap();
    let brought = read();
    assert!(
        brought.codes.iter().any(|code| !code.facets.is_empty()),
        "brat's attributes are facets"
    );
    for _ in 0..2 {
        session.import_study(read()).unwrap();
        let project = session.project();
        for coding in project
            .documents
            .values()
            .flat_map(|document| &document.codings)
        {
            let code = project.codebook.get(coding.code).unwrap();
            assert!(
                coding
                    .facets
                    .keys()
                    .all(|facet| code.facets.iter().any(|own| own.id == *facet)),
                "{coding:?}"
            );
            assert_eq!(code.facets.len(), 1);
        }
        assert_eq!(project.coding_count(), 1);
    }
}
