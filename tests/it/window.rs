//! The real window, driven as a screen reader would: by the names of its controls.

use egui_kittest::{Harness, kittest::Queryable as _};
use tain::{
    app::{Session, action::Action},
    gui::{Gui, Start, UiLanguage},
    model::text::TextRange,
    store::Access,
};

use crate::world::{project, world};

/// A window on a small project; the folder lives as long as the test.
pub(crate) fn window(
    start: impl FnOnce(&std::path::Path) -> Start,
) -> (Harness<'static, Gui>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    drop(project(&path, 7));
    let start = Start {
        home: Some(folder.path().join("home")),
        ..start(&path)
    };
    let harness = Harness::builder()
        .with_size([1440.0, 900.0])
        .with_max_steps(64)
        .with_step_dt(0.02)
        .build_eframe(move |context| Gui::new(&context.egui_ctx, start, Box::new(|| world(11))));
    (harness, folder)
}

pub(crate) fn on_project(path: &std::path::Path) -> Start {
    Start {
        project: Some(path.to_owned()),
        language: Some(UiLanguage::English),
        dark: Some(false),
        ..Start::default()
    }
}

pub(crate) fn session<'a>(harness: &'a Harness<'static, Gui>) -> &'a Session {
    harness.state().session().unwrap()
}

/// Longer than the pause that makes two clicks one double click, and than any fade.
const PAUSE: f64 = 0.8;

/// The most frames that a gesture may take to come to rest, its jobs apart.
const FRAMES_TO_REST: usize = 200;

/// Runs frames until jobs (the index) have come home and nothing moves any more, then once more after a pause.
pub(crate) fn settle(harness: &mut Harness<'static, Gui>) {
    come_to_rest(harness);
    let now = harness.ctx.input(|input| input.time);
    harness.input_mut().time = Some(now + PAUSE);
    harness.step();
    harness.input_mut().time = None;
    come_to_rest(harness);
}

fn come_to_rest(harness: &mut Harness<'static, Gui>) {
    let mut at_rest = 0;
    for _ in 0..FRAMES_TO_REST {
        harness.step();
        while harness.state().is_working() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            harness.step();
        }
        let root = &harness.output().viewport_output[&egui::ViewportId::ROOT];
        at_rest = if root.repaint_delay.is_zero() {
            0
        } else {
            at_rest + 1
        };
        // What a job has brought is asked about in the frame after it.
        if at_rest == 2 {
            return;
        }
    }
}

#[test]
fn the_welcome_page_speaks_both_languages() {
    let (mut harness, _folder) = window(|_| Start {
        language: Some(UiLanguage::English),
        ..Start::default()
    });
    settle(&mut harness);
    harness.get_by_label("New project…");
    harness.get_by_label("Switch language").click();
    settle(&mut harness);
    harness.get_by_label("新建项目…");
}

#[test]
fn a_passage_is_selected_coded_by_the_palette_and_undone() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let turn = harness
        .get_by_label_contains("Child I keep my hand down")
        .rect();
    let at = |x: f32| egui::pos2(turn.left() + x, turn.top() + 13.0);
    harness.drag_at(at(2.0));
    harness.step();
    harness.hover_at(at(120.0));
    harness.step();
    harness.drop_at(at(120.0));
    settle(&mut harness);
    harness.get_by_label("Filter codes").type_text("blg");
    settle(&mut harness);
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    let project = std::sync::Arc::clone(session(&harness).project());
    assert_eq!(project.coding_count(), 1);
    let document = project
        .documents
        .values()
        .find(|document| !document.codings.is_empty())
        .unwrap();
    let coding = &document.codings[0];
    assert_eq!(project.codebook.path(coding.code), "Needs/Belonging");
    let content = session(&harness).content(document).unwrap();
    assert!(
        content
            .text
            .slice(coding.range)
            .unwrap()
            .starts_with("I keep my"),
        "{:?}",
        content.text.slice(coding.range)
    );
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(&mut harness);
    assert_eq!(session(&harness).project().coding_count(), 0);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Y);
    settle(&mut harness);
    assert_eq!(session(&harness).project().coding_count(), 1);
}

#[test]
fn a_passage_is_selected_by_keys_across_turns() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    let turn = harness
        .get_by_label_contains("Child I keep my hand down")
        .rect();
    let at = egui::pos2(turn.left() + 1.0, turn.top() + 13.0);
    harness.drag_at(at);
    harness.drop_at(at);
    settle(&mut harness);
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::ArrowDown);
    harness.step();
    harness.key_press_modifiers(
        egui::Modifiers::SHIFT | egui::Modifiers::COMMAND,
        egui::Key::ArrowRight,
    );
    harness.step();
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    harness.get_by_label("Filter codes").type_text("speaking");
    settle(&mut harness);
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    let project = std::sync::Arc::clone(session(&harness).project());
    let document = project
        .documents
        .values()
        .find(|document| !document.codings.is_empty())
        .unwrap();
    let words = session(&harness)
        .content(document)
        .unwrap()
        .text
        .slice(document.codings[0].range)
        .unwrap()
        .to_owned();
    assert_eq!(
        words,
        "I keep my hand down 😀. In case it’s wrong.\n\nInterviewer: And"
    );
}

#[test]
fn a_search_finds_chinese_and_a_hit_opens_in_read() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("Search").click();
    settle(&mut harness);
    harness.get_by_label("Search the texts").type_text("自信");
    settle(&mut harness);
    harness.get_by_label_contains("他没有自信心吗").click();
    settle(&mut harness);
    assert!(
        harness.query_all_by_label("F02 孩子").count() >= 2,
        "in the list and above the text"
    );
    harness.get_by_label_contains("小远 我回家念给奶奶听");
}

#[test]
fn a_case_is_added_and_a_language_switch_keeps_the_page() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("Cases").click();
    settle(&mut harness);
    harness.get_by_label("Name of the case").focus();
    settle(&mut harness);
    harness.get_by_label("Name of the case").type_text("吴家");
    settle(&mut harness);
    harness.get_by_label("Add case").click();
    settle(&mut harness);
    assert!(session(&harness).project().case_by_name("吴家").is_some());
    harness.get_by_label("Switch language").click();
    settle(&mut harness);
    harness.get_by_label("添加个案");
}

#[test]
fn a_code_is_added_in_the_tree() {
    let (mut harness, _folder) = window(on_project);
    settle(&mut harness);
    harness.get_by_label("Add code").click();
    settle(&mut harness);
    harness
        .get_by_label("Name of the code")
        .type_text("希望 Hope");
    settle(&mut harness);
    harness.get_by_label("Create").click();
    settle(&mut harness);
    assert!(
        session(&harness)
            .project()
            .codebook
            .find("希望 Hope")
            .is_ok()
    );
}

#[test]
fn a_cell_of_themes_opens_its_segments_and_a_segment_opens_in_read() {
    let (mut harness, _folder) = window(|path| {
        let mut session = Session::open(path, Access::Write, world(8)).unwrap();
        let project = std::sync::Arc::clone(session.project());
        let document = project.document_by_title("F02 孩子").unwrap().id;
        let family = project.case_by_name("林家").unwrap().id;
        let code = project.codebook.find("Belonging").unwrap();
        session
            .run(Action::SetDocumentsCase {
                documents: vec![document],
                case: family,
                belongs: true,
            })
            .unwrap();
        let range = TextRange::between(15, 32);
        session
            .run(Action::ApplyCode {
                document,
                range,
                code,
                facets: std::collections::BTreeMap::new(),
                about: Default::default(),
            })
            .unwrap();
        on_project(path)
    });
    settle(&mut harness);
    harness.get_by_label("Themes").click();
    settle(&mut harness);
    harness.get_by_label("Reed Needs –");
    harness.get_by_label("林家 Belonging 1").click();
    settle(&mut harness);
    harness.get_by_label("林家 · Belonging");
    harness
        .get_by_label_contains("Open 他们觉得我家没钱")
        .click();
    settle(&mut harness);
    harness.get_by_label_contains("小远 他们觉得我家没钱");
}

#[test]
fn dropped_files_are_looked_at_and_imported_by_enter() {
    let (mut harness, folder) = window(on_project);
    settle(&mut harness);
    let file = folder.path().join("F03 Sam.txt");
    std::fs::write(&file, "Interviewer: Hi\n\nSam: Hello there.\n\nInterviewer: So?\n\nSam: Good.\n\nInterviewer: Hm\n\nSam: Yes\n")
        .unwrap();
    drop_files(&mut harness, vec![file]);
    until(&mut harness, |harness| {
        harness.query_by_label("Import 1 document").is_some()
    });
    assert_eq!(
        session(&harness).project().documents.len(),
        2,
        "nothing is in before it is confirmed"
    );
    harness.key_press(egui::Key::Enter);
    until(&mut harness, |harness| {
        session(harness)
            .project()
            .document_by_title("F03 Sam")
            .is_some()
    });
    assert_eq!(session(&harness).next_undo(), Some("import documents"));
}

/// Drops files on the window.
pub(crate) fn drop_files(harness: &mut Harness<'static, Gui>, files: Vec<std::path::PathBuf>) {
    for file in files {
        harness
            .input_mut()
            .dropped_files
            .push(std::sync::Arc::new(Dropped(file)));
    }
    harness.step();
}

/// Runs frames until jobs have brought something about.
pub(crate) fn until(
    harness: &mut Harness<'static, Gui>,
    done: impl Fn(&Harness<'static, Gui>) -> bool,
) {
    for _ in 0..4000 {
        harness.step();
        if done(harness) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    panic!("nothing came of it");
}

/// A file that was dropped on the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
