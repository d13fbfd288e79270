//! The page of an import: dropped files are shown, choices change what is shown, and what is shown comes in as one step or not at all.

use std::path::PathBuf;

use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use tain::{
    gui::{Gui, Start, UiLanguage},
    model::document::SpeakerRole,
};

use crate::window::{drop_files, on_project, session, settle, until, window};

const FAMILY: &str = "Interviewer: Hi\n\nSam: Hello there.\n\nInterviewer: So?\n\nSam: Good.\n\nInterviewer: Hm\n\nSam: Yes\n";
const CHINESE: &str =
    "老师｜最近怎么样？\n妈妈｜还好，在𠮷祥面馆。\n老师｜后来呢？\n妈妈｜他笑了 😀。\n";

/// A window with the page of an import open on a few files.
fn importing(files: &[(&str, &[u8])]) -> (Harness<'static, Gui>, tempfile::TempDir) {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
    drop_files(&mut harness, paths);
    until(&mut harness, |harness| {
        harness
            .query_by_label_contains("How speakers are found")
            .is_some()
    });
    (harness, folder)
}

/// Chooses an option of a list.
fn choose(harness: &mut Harness<'static, Gui>, list: &str, option: &str) {
    harness
        .get_by_role_and_label(egui::accesskit::Role::ComboBox, list)
        .click();
    settle(harness);
    harness.get_by_label(option).click();
    settle(harness);
}

fn wait_for(harness: &mut Harness<'static, Gui>, label: &str) {
    until(harness, |harness| {
        harness
            .query_by_label(label)
            .is_some_and(|node| !node.accesskit_node().is_disabled())
    });
}

#[test]
fn a_batch_is_shown_placed_by_patterns_imported_and_undone_in_one_step() {
    let (mut harness, _folder) = importing(&[
        ("F03 Sam baseline.txt", FAMILY.as_bytes()),
        ("F04 cut.docx", b"PK\x03\x04"),
        ("F02 again.txt", crate::world::CHINESE.as_bytes()),
    ]);
    wait_for(&mut harness, "Import 1 document");
    harness.get_by_label_contains("F04 cut.docx: ");
    harness.get_by_label_contains("F02 again: The same text is already there as “F02 孩子”");
    harness.check_accessibility();
    choose(
        &mut harness,
        "Case from the path",
        "Letters and digits, such as F01",
    );
    choose(
        &mut harness,
        "Phase from the path",
        "Baseline, follow-up, 前测…",
    );
    choose(
        &mut harness,
        "Persons behind the speakers",
        "In the document’s case",
    );
    until(&mut harness, |harness| {
        harness
            .query_by_label_contains("F03, baseline, 6 turns")
            .is_some()
    });
    wait_for(&mut harness, "Import 1 document");
    harness.get_by_label("1 new case · 1 new phase · 1 new person");
    harness.check_accessibility();
    let before = session(&harness).revision();
    harness.key_press(egui::Key::Enter);
    until(&mut harness, |harness| session(harness).revision() > before);
    let project = std::sync::Arc::clone(session(&harness).project());
    assert_eq!(session(&harness).revision(), before + 1);
    let document = project.document_by_title("F03 Sam baseline").unwrap();
    let person = document.speakers[1]
        .case
        .and_then(|id| project.cases.get(&id))
        .unwrap();
    assert_eq!(
        (person.name.as_str(), document.phase.is_some()),
        ("F03 Sam", true)
    );
    assert_eq!(
        person.parent,
        project.case_by_name("F03").map(|case| case.id)
    );
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(&mut harness);
    let project = session(&harness).project();
    assert_eq!(
        (
            project.documents.len(),
            project.cases.len(),
            project.phases.len()
        ),
        (2, 2, 0)
    );
}

#[test]
fn what_a_reader_left_out_is_said_in_the_windows_language() {
    let (mut harness, folder) = window(|path| Start {
        language: Some(UiLanguage::Chinese),
        ..on_project(path)
    });
    settle(&mut harness);
    let file = folder.path().join("F05 孩子.rtf");
    std::fs::write(
        &file,
        br"{\rtf1\ansi{\header Page 1}{\v hidden} Interviewer: So?\par Sam: Good.\par}",
    )
    .unwrap();
    drop_files(&mut harness, vec![file]);
    until(&mut harness, |harness| {
        harness.query_by_label("已略去页眉和页脚").is_some()
    });
    harness.get_by_label("已略去隐藏的文字");
    harness.check_accessibility();
}

#[test]
fn escape_leaves_nothing_behind() {
    let (mut harness, _folder) = importing(&[("F03 Sam.txt", FAMILY.as_bytes())]);
    wait_for(&mut harness, "Import 1 document");
    let before = session(&harness).revision();
    harness
        .get_by_role_and_label(egui::accesskit::Role::ComboBox, "Encoding")
        .click();
    settle(&mut harness);
    harness.get_by_label("GB18030");
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    assert!(
        harness.query_by_label("GB18030").is_none()
            && harness.query_by_label("Import 1 document").is_some(),
        "only the list is closed"
    );
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_label("Import 1 document").is_none());
    assert_eq!(
        (
            session(&harness).revision(),
            session(&harness).project().documents.len()
        ),
        (before, 2)
    );
    harness.get_by_label("Import transcripts…");
}

#[test]
fn a_pattern_finds_chinese_speakers_and_a_bad_one_says_why() {
    let (mut harness, _folder) = importing(&[("家庭05 前测.txt", CHINESE.as_bytes())]);
    wait_for(&mut harness, "Import 1 document");
    harness.get_by_label_contains("No speakers were found");
    harness.get_by_label("By pattern").click();
    settle(&mut harness);
    let field = |harness: &mut Harness<'static, Gui>, text: &str| {
        harness.get_by_label("Pattern of speakers").focus();
        harness.step();
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        harness.step();
        harness.get_by_label("Pattern of speakers").type_text(text);
        settle(harness);
    };
    field(&mut harness, "(?<speaker>[^｜]+");
    assert!(
        harness
            .query_all_by_label("Invalid pattern: unclosed group")
            .count()
            >= 1
    );
    assert!(
        harness
            .get_by_label("Import 1 document")
            .accesskit_node()
            .is_disabled()
    );
    field(&mut harness, "[^｜]+｜");
    assert!(
        harness
            .query_all_by_label("It needs a group (?<speaker>…)")
            .count()
            >= 1
    );
    field(&mut harness, "(?<speaker>[^｜]+)｜");
    until(&mut harness, |harness| {
        harness.query_by_label("妈妈 answers").is_some()
    });
    // A teacher is taken to ask where nobody else does.
    harness.get_by_label("老师 asks").click();
    wait_for(&mut harness, "老师 answers");
    harness.get_by_label("老师 answers").click();
    wait_for(&mut harness, "老师 asks");
    choose(&mut harness, "Person: 妈妈", "妈妈 (new)");
    wait_for(&mut harness, "Import 1 document");
    harness.check_accessibility();
    let before = session(&harness).revision();
    harness.get_by_label("Import 1 document").click();
    until(&mut harness, |harness| session(harness).revision() > before);
    let project = session(&harness).project();
    let document = project.document_by_title("家庭05 前测").unwrap();
    let speakers: Vec<_> = document
        .speakers
        .iter()
        .map(|one| (one.label.as_str(), one.role, one.case))
        .collect();
    let mother = project.case_by_name("妈妈").map(|case| case.id);
    assert_eq!(
        speakers,
        [
            ("老师", SpeakerRole::Interviewer, None),
            ("妈妈", SpeakerRole::Participant, mother)
        ]
    );
    assert!(mother.is_some());
}

#[test]
fn a_label_that_is_no_speaker_is_ticked_off() {
    let (mut harness, _folder) = importing(&[(
        "F03 Sam.txt",
        (FAMILY.to_owned() + "\nKW: One\n\nKW: Two\n\nKW: Three\n").as_bytes(),
    )]);
    until(&mut harness, |harness| {
        harness.query_by_label_contains("9 turns").is_some()
    });
    harness.get_by_label("KW is a speaker").click();
    until(&mut harness, |harness| {
        harness.query_by_label_contains("6 turns").is_some()
    });
    wait_for(&mut harness, "Import 1 document");
    let before = session(&harness).revision();
    harness.get_by_label("Import 1 document").click();
    until(&mut harness, |harness| session(harness).revision() > before);
    let project = session(&harness).project();
    assert_eq!(
        project.document_by_title("F03 Sam").unwrap().speakers.len(),
        2
    );
}

#[test]
fn a_label_that_is_not_believed_is_listed_and_can_be_accepted() {
    let text = "Ann: Shall we begin?\n\nBo: Yes.\n\nAnn: And the stairs?\n\nBo: They are steep.\n\n\
        Ways out: none so far.\n\nAnn: I see.\n\nBo: Good.\n\nAnn: Right.\n\nBo: Right.\n";
    let (mut harness, _folder) = importing(&[("F03 Sam.txt", text.as_bytes())]);
    wait_for(&mut harness, "Ways out is a speaker");
    assert!(harness.query_by_label("Ways out answers").is_none());
    harness.get_by_label("Ways out is a speaker").click();
    wait_for(&mut harness, "Ways out answers");
    wait_for(&mut harness, "Import 1 document");
    let before = session(&harness).revision();
    harness.get_by_label("Import 1 document").click();
    until(&mut harness, |harness| session(harness).revision() > before);
    let document = session(&harness)
        .project()
        .document_by_title("F03 Sam")
        .unwrap();
    let labels: Vec<&str> = document
        .speakers
        .iter()
        .map(|own| own.label.as_str())
        .collect();
    assert_eq!(labels, ["Ann", "Bo", "Ways out"]);
}

#[test]
fn three_thousand_files_are_a_table_of_which_only_what_is_seen_is_laid_out() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let many = folder.path().join("many");
    std::fs::create_dir_all(&many).unwrap();
    for n in 0..3_000 {
        std::fs::write(
            many.join(format!("F{n:04} 孩子.txt")),
            format!("Interviewer: {n}?\n\nChild: 好 {n}\n"),
        )
        .unwrap();
    }
    drop_files(&mut harness, vec![many]);
    for _ in 0..60_000 {
        harness.step();
        if harness.query_by_label("Import 3,000 documents").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    wait_for(&mut harness, "Import 3,000 documents");
    let rows = harness.query_all_by_label_contains("孩子: ").count();
    assert!((5..60).contains(&rows), "{rows} rows are laid out");
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert_eq!(session(&harness).project().documents.len(), 2);
}

#[test]
fn tiers_are_ticked_if_they_are_words() {
    let talk = crate::tiers::talk();
    let (mut harness, _folder) = importing(&[("talk.eaf", talk.as_bytes())]);
    wait_for(&mut harness, "notes has words");
    harness.get_by_label("2 annotations: I walked to school.");
    harness.get_by_label("notes has words").click();
    harness.get_by_label("ft has words").click();
    until(&mut harness, |harness| {
        harness.query_by_label_contains("4 turns").is_some()
    });
    // Without any tier the file can't be read, and its tiers are still there to be ticked again.
    harness.get_by_label("ft has words").click();
    harness.get_by_label("外婆 has words").click();
    until(&mut harness, |harness| {
        harness
            .query_by_label_contains("none of its tiers is chosen")
            .is_some()
    });
    harness.get_by_label("ft has words").click();
    wait_for(&mut harness, "Import 1 document");
    harness.check_accessibility();
    let before = session(&harness).revision();
    harness.get_by_label("Import 1 document").click();
    until(&mut harness, |harness| session(harness).revision() > before);
    let document = session(&harness)
        .project()
        .document_by_title("talk")
        .unwrap();
    let labels: Vec<&str> = document
        .speakers
        .iter()
        .map(|own| own.label.as_str())
        .collect();
    assert_eq!(labels, ["Granny"]);
}
