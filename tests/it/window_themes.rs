//! The page of themes in the window: its views, what is opened from them, sorted, exported and written.

use egui_kittest::kittest::Queryable as _;
use tain::{app::sample, model::memo::Anchor};

use crate::{
    gestures::{Window, now, shows},
    window::{on_project, session, settle, window},
    world::world,
};

/// The sample study on the page of themes.
fn themes() -> (Window, tempfile::TempDir) {
    let (mut harness, folder) = window(|path| {
        let (built, _) = sample::build(path.parent().unwrap(), &|| world(5)).unwrap();
        on_project(&built)
    });
    settle(&mut harness);
    harness.get_by_label("Themes").click();
    settle(&mut harness);
    (harness, folder)
}

fn go(harness: &mut Window, view: &str) {
    harness
        .query_all_by_label(view)
        .next()
        .unwrap_or_else(|| panic!("no {view}"))
        .click();
    settle(harness);
}

/// Types into the field of a role, where there is one.
fn type_into(harness: &mut Window, role: egui::accesskit::Role, text: &str) {
    harness.get_by_role(role).click();
    settle(harness);
    harness.get_by_role(role).type_text(text);
    settle(harness);
}

/// Runs frames until a job has brought its answer home.
fn wait_for(harness: &mut Window, words: &str) {
    for _ in 0..200 {
        settle(harness);
        if shows(harness, words) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("{words} didn't come");
}

#[test]
fn every_view_shows_its_table_and_its_charts() {
    let (mut harness, _folder) = themes();
    for (view, table) in [
        ("Frequencies", "F01 Lin 林家 Imagined judgement 6"),
        ("Over time", "小远 baseline"),
        ("Before and after", "Looking-glass self pairs 8"),
        ("Scales", "No scale is defined yet"),
        ("Looking-glass", "小远 · baseline"),
        ("Co-occurrence", "Imagined judgement Imagined judgement 54"),
        ("Who says what", "F01 Lin 林家 Together"),
        ("Strengths and problems", "F07 Hill Strengths 12"),
        ("Framework matrix", "F07 Hill Needs 8 passages"),
        ("Need to outcome", "No links between codes yet"),
        ("Saturation", "Reached at 6+2"),
        ("Words", "All words all"),
        ("Coverage", "F01 carer baseline characters"),
    ] {
        go(&mut harness, view);
        wait_for(&mut harness, table);
        if harness.query_by_label("Charts").is_some() {
            go(&mut harness, "Charts");
            assert!(
                harness
                    .query_all_by_role(egui::accesskit::Role::Image)
                    .next()
                    .is_some(),
                "{view} has no chart"
            );
            go(&mut harness, "Table");
        }
    }
}

#[test]
fn a_plain_table_is_sorted_by_its_heads() {
    let (mut harness, _folder) = themes();
    go(&mut harness, "Coverage");
    let first = |harness: &Window| {
        let names = [
            "F01 carer baseline",
            "Session 1 record",
            "F03 child baseline",
        ];
        let y = |name: &str| {
            harness
                .query_by_label(name)
                .map_or(f32::INFINITY, |node| node.rect().top())
        };
        names
            .into_iter()
            .min_by(|a, b| y(a).total_cmp(&y(b)))
            .unwrap()
    };
    assert_eq!(first(&harness), "F01 carer baseline");
    go(&mut harness, "codings");
    assert_eq!(
        first(&harness),
        "F03 child baseline",
        "the most codings first"
    );
    go(&mut harness, "codings");
    assert_ne!(first(&harness), "F03 child baseline");
    go(&mut harness, "codings");
    assert_eq!(first(&harness), "F01 carer baseline");
}

#[test]
fn a_figure_is_explained_and_follows_the_next_coding() {
    let (mut harness, _folder) = themes();
    go(&mut harness, "F07 Hill Imagined judgement 8");
    assert!(shows(&harness, "F07 Hill · Imagined judgement"));
    assert!(shows(&harness, "8 passages are behind it"));
    harness
        .query_all_by_label_contains("Open ")
        .next()
        .unwrap()
        .click();
    settle(&mut harness);
    assert!(!shows(&harness, "passages are behind it"), "in Read");
}

#[test]
fn a_summary_is_written_with_its_passages_in_sight_and_undone() {
    let (mut harness, _folder) = themes();
    go(&mut harness, "Framework matrix");
    go(&mut harness, "F07 Hill Needs 8 passages");
    let before = now(&harness);
    type_into(
        &mut harness,
        egui::accesskit::Role::MultilineTextInput,
        "Wants time 想要陪伴",
    );
    go(&mut harness, "Save summary");
    let project = now(&harness);
    let memo = project
        .memos
        .values()
        .find(|memo| matches!(memo.anchor, Anchor::Cell(..)))
        .unwrap();
    assert_eq!(memo.body, "Wants time 想要陪伴");
    assert!(
        shows(&harness, "F07 Hill Needs Wants time 想要陪伴"),
        "in the matrix at once"
    );
    assert_eq!(session(&harness).next_undo(), Some("write memo"));
    crate::gestures::undo_and_redo(&mut harness, &before, "write memo");
}

#[test]
fn tables_and_charts_are_written_to_files() {
    let (mut harness, folder) = themes();
    for (item, name, begins) in [
        ("Table · CSV · English", "t.csv", &b"\xEF\xBB\xBFFamily"[..]),
        ("Charts 1 · SVG · 中文", "c.svg", b"<svg"),
        ("Charts 2 · PNG 300 dpi · English", "c.png", b"\x89PNG"),
    ] {
        go(&mut harness, "Export");
        go(&mut harness, item);
        let path = folder.path().join(name);
        type_into(
            &mut harness,
            egui::accesskit::Role::TextInput,
            &path.display().to_string(),
        );
        go(&mut harness, "Save");
        assert!(std::fs::read(&path).unwrap().starts_with(begins), "{name}");
    }
}

#[test]
fn a_table_is_never_written_over_the_open_project() {
    let (mut harness, _folder) = themes();
    let project = session(&harness).path().to_owned();
    // Otherwise the window does so while nothing is done.
    session(&harness).fold_in().unwrap();
    let before = std::fs::read(&project).unwrap();
    go(&mut harness, "Export");
    go(&mut harness, "Table · CSV · English");
    type_into(
        &mut harness,
        egui::accesskit::Role::TextInput,
        &project.display().to_string(),
    );
    go(&mut harness, "Save");
    assert_eq!(std::fs::read(&project).unwrap(), before);
    let named = std::path::PathBuf::from(format!("{}.csv", project.display()));
    assert!(named.is_file(), "the ending of the format is added");
}

#[test]
fn a_scale_is_defined_edited_removed_and_undone() {
    let (mut harness, _folder) = themes();
    go(&mut harness, "Scales");
    go(&mut harness, "New scale…");
    type_into(&mut harness, egui::accesskit::Role::TextInput, "Esteem");
    go(&mut harness, "self_esteem");
    go(&mut harness, "self_esteem: reversed");
    go(&mut harness, "Save scale");
    wait_for(&mut harness, "self_esteem (R) n 8");
    let scale = now(&harness).scales.values().next().unwrap().clone();
    assert_eq!(
        (
            scale.name.as_str(),
            scale.items.len(),
            scale.items[0].reversed,
            scale.fewest
        ),
        ("Esteem", 1, true, 1)
    );
    go(&mut harness, "Esteem");
    go(&mut harness, "Edit …");
    go(&mut harness, "self_esteem: reversed");
    go(&mut harness, "Save scale");
    assert!(!now(&harness).scales.values().next().unwrap().items[0].reversed);
    go(&mut harness, "Esteem");
    go(&mut harness, "Remove");
    assert!(now(&harness).scales.is_empty());
}
