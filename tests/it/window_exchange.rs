//! Sets and attached files in the window.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tain::{
    gui::{Start, UiLanguage},
    model::memo::Anchor,
};

use crate::window::{drop_files, on_project, session, settle, until, window};

#[test]
fn a_set_is_made_by_typing_names_and_removed() {
    let (mut harness, _folder) = window(|path| Start {
        show: Some("sets".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    harness.get_by_label_contains("New set").click();
    settle(&mut harness);
    for (field, text) in [
        ("Name of the set", "Round 1 第一轮"),
        ("Find a document, code or case to add", "being"),
    ] {
        harness
            .get_by_role_and_label(Role::TextInput, field)
            .focus();
        settle(&mut harness);
        harness
            .get_by_role_and_label(Role::TextInput, field)
            .type_text(text);
        settle(&mut harness);
    }
    settle(&mut harness);
    harness.get_by_label_contains("Needs/Being heard").click();
    settle(&mut harness);
    harness.get_by_label("Save set").click();
    settle(&mut harness);
    let project = std::sync::Arc::clone(session(&harness).project());
    let set = project.set_by_name("Round 1 第一轮").unwrap();
    let code = project.codebook.find("Needs/Being heard").unwrap();
    assert_eq!(set.members, [Anchor::Code(code)].into());
    // What was said of it names it as well.
    let mut named = harness.query_all_by_label_contains("Round 1 第一轮");
    let in_list = named.find(|node| node.accesskit_node().role() != Role::Status);
    in_list.unwrap().click();
    drop(named);
    settle(&mut harness);
    harness.get_by_label("Remove set").click();
    settle(&mut harness);
    assert!(session(&harness).project().sets.is_empty());
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(&mut harness);
    assert_eq!(session(&harness).project().sets.len(), 1);
}

#[test]
fn no_attached_files_is_said_in_chinese() {
    let (mut harness, _folder) = window(|path| Start {
        show: Some("attachments".to_owned()),
        language: Some(UiLanguage::Chinese),
        ..on_project(path)
    });
    settle(&mut harness);
    harness.get_by_label_contains("这里列出随其他软件项目而来的图片");
}

#[test]
fn an_export_is_written_where_it_is_typed_with_the_ending_of_its_form() {
    let (mut harness, folder) = window(|path| Start {
        show: Some("export".to_owned()),
        ..on_project(path)
    });
    settle(&mut harness);
    harness.get_by_label_contains("Excel workbook").click();
    settle(&mut harness);
    let path = folder.path().join("out 导出");
    harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .focus();
    settle(&mut harness);
    harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .type_text(&path.display().to_string());
    settle(&mut harness);
    harness.get_by_label("Save").click();
    let written = path.with_extension("xlsx");
    for _ in 0..100 {
        settle(&mut harness);
        if written.exists() {
            break;
        }
    }
    assert!(std::fs::read(&written).unwrap().starts_with(b"PK"));
    settle(&mut harness);
    harness.get_by_label_contains("out 导出.xlsx");
    harness.get_by_label("Close").click();
    settle(&mut harness);
    assert!(harness.query_by_label("Close").is_none());
}

#[test]
fn how_positions_were_read_and_what_is_lost_is_said_in_chinese() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("谈话.txt"), "他没有自信 😀 he can").unwrap();
    std::fs::write(
        place.path().join("谈话.ann"),
        "T1\tPride 9 15\the can\nT2\tPride 90 95\tbeyond\n",
    )
    .unwrap();
    let show = format!("study:{}", place.path().join("谈话.ann").display());
    let (mut harness, _folder) = window(|path| Start {
        show: Some(show),
        language: Some(UiLanguage::Chinese),
        ..on_project(path)
    });
    until(&mut harness, |harness| {
        harness.query_by_label("导入").is_some()
    });
    harness.get_by_label("位置按 UTF-16 单位计（由文件所引文字得知）");
    harness.get_by_label_contains("1 超出文本范围的片段");
    // The whole list goes to the clipboard, not the first few.
    settle(&mut harness);
    harness.get_by_label("全部复制").click();
    harness.step();
    let copied =
        harness
            .output()
            .platform_output
            .commands
            .iter()
            .find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
    let report = copied.unwrap();
    assert!(
        report.starts_with("# 谈话.ann\n\n## 1 超出文本范围的片段\n\n- "),
        "{report}"
    );
}

#[test]
fn another_programs_project_is_shown_before_it_is_taken_in_and_taken_back_in_one_step() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("talk.txt"), "他没有自信 😀 he can").unwrap();
    std::fs::write(place.path().join("talk.ann"), "T1\tPride 8 14\the can\n").unwrap();
    let file = place.path().join("talk.ann");
    let (mut harness, _folder) = window(|path| Start {
        show: Some(format!("study:{}", file.display())),
        ..on_project(path)
    });
    for _ in 0..50 {
        settle(&mut harness);
        if harness.query_by_label("Import").is_some() {
            break;
        }
    }
    let before = session(&harness).project().documents.len();
    assert_eq!(session(&harness).project().coding_count(), 0);
    harness.get_by_label("Import").click();
    until(&mut harness, |harness| {
        session(harness).project().documents.len() > before
    });
    let project = std::sync::Arc::clone(session(&harness).project());
    let document = project.document_by_title("talk").unwrap();
    let words = session(&harness)
        .content(document)
        .unwrap()
        .text
        .slice(document.codings[0].range)
        .unwrap()
        .to_owned();
    assert_eq!(
        (
            project.documents.len(),
            project.coding_count(),
            words.as_str()
        ),
        (before + 1, 1, "he can")
    );
    settle(&mut harness);
    harness.get_by_label("Close").click();
    settle(&mut harness);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(&mut harness);
    assert_eq!(
        (
            session(&harness).project().documents.len(),
            session(&harness).project().coding_count()
        ),
        (before, 0)
    );
}

#[test]
fn a_file_that_is_given_up_while_it_is_read_does_not_come_back() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let file = folder.path().join("large.qdc");
    let codes = "<Code guid='5c1b2f1e-0d57-4b1f-9a2b-6f3a1c9f2d11' name='Pride' isCodable='true'><Description>a</Description></Code>";
    std::fs::write(
        &file,
        format!(
            "<CodeBook><Codes>{}</Codes></CodeBook>",
            codes.repeat(20_000)
        ),
    )
    .unwrap();
    drop_files(&mut harness, vec![file]);
    until(&mut harness, |harness| {
        harness.query_by_label("large.qdc").is_some()
    });
    harness.key_press(egui::Key::Escape);
    until(&mut harness, |harness| {
        harness.query_by_label("large.qdc").is_none()
    });
    for _ in 0..200 {
        harness.step();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(
        harness.query_by_label("Import").is_none() && harness.query_by_label("large.qdc").is_none()
    );
    assert!(session(&harness).project().codebook.find("Pride").is_err());
}

/// The welcome page, with files of other programs dropped on it.
fn welcome_with(
    files: &[(&str, &str)],
) -> (
    egui_kittest::Harness<'static, tain::gui::Gui>,
    tempfile::TempDir,
) {
    let (mut harness, folder) = window(|_| Start {
        language: Some(UiLanguage::English),
        ..Start::default()
    });
    settle(&mut harness);
    let paths = files.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    });
    drop_files(&mut harness, paths.collect());
    settle(&mut harness);
    (harness, folder)
}

fn type_into(
    harness: &mut egui_kittest::Harness<'static, tain::gui::Gui>,
    field: &str,
    text: &str,
) {
    harness
        .get_by_role_and_label(Role::TextInput, field)
        .focus();
    settle(harness);
    harness
        .get_by_role_and_label(Role::TextInput, field)
        .type_text(text);
    settle(harness);
}

#[test]
fn what_is_dropped_on_the_welcome_page_comes_into_a_new_project_beside_it() {
    let (mut harness, folder) = welcome_with(&[(
        "Sam 前测.qdc",
        "<CodeBook><Codes><Code guid='5c1b2f1e-0d57-4b1f-9a2b-6f3a1c9f2d11' name='Pride 自豪' isCodable='true'/></Codes></CodeBook>",
    )]);
    harness.get_by_label_contains("Will be imported into the new project: Sam 前测.qdc");
    harness.check_accessibility();
    // The first line that is empty has the keyboard, and Enter is enough.
    let coder = harness.get_by_role_and_label(Role::TextInput, "Coder");
    assert!(coder.is_focused());
    coder.type_text("An");
    settle(&mut harness);
    harness.key_press(egui::Key::Enter);
    until(&mut harness, |harness| {
        harness.query_by_label("Import").is_some()
    });
    // A window moves to its place once its size is known.
    settle(&mut harness);
    assert_eq!(
        session(&harness).path(),
        folder.path().join("Sam 前测.tain")
    );
    assert!(
        session(&harness).project().codebook.codes.is_empty(),
        "nothing is in before it is confirmed"
    );
    harness.get_by_label("Import").click();
    until(&mut harness, |harness| {
        session(harness)
            .project()
            .codebook
            .find("Pride 自豪")
            .is_ok()
    });
}

#[test]
fn transcripts_on_the_welcome_page_never_go_over_a_project_that_is_there() {
    let (mut harness, folder) = welcome_with(&[(
        "p.txt",
        "Interviewer: Hi\n\nSam: Hello.\n\nInterviewer: So?\n\nSam: Good.\n",
    )]);
    type_into(&mut harness, "Coder", "An");
    harness.get_by_label("Create").click();
    until(&mut harness, |harness| {
        harness.query_by_label("Import 1 document").is_some()
    });
    assert_eq!(session(&harness).path(), folder.path().join("p (2).tain"));
    assert_eq!(session(&harness).project().title, "p");
}

#[test]
fn a_new_project_after_a_cancelled_one_has_nothing_of_it() {
    let (mut harness, folder) = welcome_with(&[("a.txt", "Sam: Hello.\n")]);
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    harness.get_by_label("New project…").click();
    settle(&mut harness);
    assert!(
        harness
            .query_by_label_contains("Will be imported into the new project")
            .is_none()
    );
    assert!(!folder.path().join("a.tain").exists());
}

#[test]
fn a_file_that_exists_is_asked_about_before_an_export_replaces_it() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let file = folder.path().join("mine.xlsx");
    std::fs::write(&file, "mine").unwrap();
    harness.key_press_modifiers(
        egui::Modifiers::COMMAND | egui::Modifiers::SHIFT,
        egui::Key::E,
    );
    settle(&mut harness);
    harness.get_by_label_contains("Excel workbook").click();
    settle(&mut harness);
    harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .focus();
    settle(&mut harness);
    harness
        .get_by_role_and_label(Role::TextInput, "Path")
        .type_text(&file.with_extension("").display().to_string());
    settle(&mut harness);
    harness.get_by_label("Save").click();
    settle(&mut harness);
    harness.get_by_label("mine.xlsx already exists.");
    assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    harness.get_by_label("Replace").click();
    until(&mut harness, |_| {
        std::fs::read(&file).unwrap().starts_with(b"PK")
    });
}

#[test]
fn a_new_project_needs_a_title_or_a_path_and_keeps_the_dots_of_its_name() {
    let (mut harness, folder) = window(|_| Start {
        language: Some(UiLanguage::English),
        ..Start::default()
    });
    settle(&mut harness);
    harness.get_by_label_contains("New project").click();
    settle(&mut harness);
    harness.get_by_label("Create").click();
    settle(&mut harness);
    harness.get_by_label("Type a title, or the path of a file.");
    for (field, text) in [
        (
            "Path",
            folder.path().join("My study v1.2").to_str().unwrap(),
        ),
        ("Coder", "An"),
    ] {
        harness
            .get_by_role_and_label(Role::TextInput, field)
            .focus();
        settle(&mut harness);
        harness
            .get_by_role_and_label(Role::TextInput, field)
            .type_text(text);
        settle(&mut harness);
        harness.get_by_label("Create").click();
        settle(&mut harness);
        let asks = harness.query_by_label("Type the name of the coder.");
        assert_eq!(asks.is_some(), field == "Path");
    }
    assert_eq!(
        session(&harness).path(),
        folder.path().join("My study v1.2.tain")
    );
    assert_eq!(session(&harness).project().title, "My study v1.2");
}

#[test]
fn a_new_project_goes_to_the_folder_of_projects_unless_another_is_named() {
    for (path, stored) in [("", "我相信.tain"), ("pilot", "pilot.tain")] {
        let (mut harness, folder) = window(|_| Start {
            language: Some(UiLanguage::English),
            ..Start::default()
        });
        settle(&mut harness);
        harness.get_by_label_contains("New project").click();
        settle(&mut harness);
        for (field, text) in [("Title", "我相信"), ("Coder", "An"), ("Path", path)] {
            let field = harness.get_by_role_and_label(Role::TextInput, field);
            field.focus();
            field.type_text(text);
            settle(&mut harness);
        }
        let path = folder.path().join("home/Tain").join(stored);
        harness.get_by_label(&format!("Will be stored as: {}", path.display()));
        harness.get_by_label("Create").click();
        settle(&mut harness);
        assert_eq!(session(&harness).path(), path);
    }
}
