//! Rules of the house that the compiler doesn't know: which module may use which, who owns which crate, what every file has.

use std::{collections::BTreeSet, fs, path::Path};

/// Module, the modules it may use, and the outside crates that only it, and the others that list them, may use.
const HOUSE: &[(&str, &[&str], &[&str])] = &[
    ("message", &[], &[]),
    ("model", &["message"], &[]),
    ("language", &["message", "model"], &["icu_segmenter"]),
    ("names", &["message", "model", "language"], &[]),
    ("log", &["message", "model"], &[]),
    ("seal", &["message"], &["argon2", "chacha20poly1305"]),
    (
        "store",
        &["message", "model", "log", "seal"],
        &["rusqlite", "rustix"],
    ),
    (
        "import",
        &["message", "model", "language"],
        &[
            "encoding_rs",
            "chardetng",
            "quick_xml",
            "zip",
            "calamine",
            "hayro_interpret",
            "kurbo",
            "flate2",
            "scraper",
            "rusqlite",
        ],
    ),
    ("statistics", &["message"], &["statrs"]),
    (
        "picture",
        &["message", "model", "language"],
        &["skrifa", "tiny_skia", "krilla"],
    ),
    (
        "search",
        &["model", "language", "message", "statistics"],
        &["tantivy"],
    ),
    (
        "analysis",
        &["model", "language", "message", "statistics"],
        &[],
    ),
    ("table", &["model", "message"], &[]),
    (
        "views",
        &[
            "model",
            "language",
            "message",
            "table",
            "analysis",
            "statistics",
            "picture",
        ],
        &[],
    ),
    (
        "report",
        &[
            "model",
            "language",
            "names",
            "message",
            "table",
            "analysis",
            "statistics",
            "picture",
            "views",
        ],
        &["docx_rs"],
    ),
    (
        "export",
        &[
            "model",
            "language",
            "names",
            "message",
            "import",
            "analysis",
            "statistics",
            "picture",
            "report",
            "table",
            "views",
        ],
        &["rust_xlsxwriter", "rusqlite", "docx_rs", "zip"],
    ),
    (
        "refi",
        &["model", "language", "message", "import", "export"],
        &["quick_xml", "zip"],
    ),
    (
        "app",
        &[
            "model",
            "log",
            "seal",
            "store",
            "language",
            "names",
            "message",
            "import",
            "search",
            "analysis",
            "statistics",
            "picture",
            "report",
            "export",
            "refi",
            "table",
            "views",
        ],
        &["nucleo_matcher", "directories", "include_dir"],
    ),
    // Plain types of the log's changes (holders of values) are words of requests too.
    (
        "cli",
        &[
            "app",
            "model",
            "language",
            "names",
            "message",
            "import",
            "search",
            "analysis",
            "statistics",
            "picture",
            "report",
            "export",
            "refi",
            "log",
            "seal",
            "store",
            "table",
            "views",
        ],
        &["clap", "rustix"],
    ),
    (
        "gui",
        &[
            "app",
            "model",
            "language",
            "names",
            "message",
            "import",
            "search",
            "analysis",
            "statistics",
            "picture",
            "report",
            "export",
            "refi",
            "log",
            "seal",
            "store",
            "table",
            "views",
        ],
        &["arboard", "egui", "eframe", "rfd", "image"],
    ),
];

/// Of `log` and `store`, only these plain types may be named in `cli` and `gui`.
const PLAIN: &[&str] = &[
    "log::change::Holder",
    "store::Access",
    "store::Source",
    "store::StoreError",
    "store::{Access, StoreError}",
    "seal::Passphrase",
    "store::is_encrypted",
    "store::{Access, Opening, Source, is_encrypted}",
    "store::{Source, StoreError}",
    "store::{Access, Secret, Source, is_encrypted}",
    "store::Opening",
    "store::{Access, Source, StoreError}",
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path
                .strip_prefix(env!("CARGO_MANIFEST_DIR"))
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
        &mut found,
    );
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// The top-level module that a file belongs to: `model` of `src/core/model/turn.rs`, `gui` of `src/gui/mod.rs`.
fn module(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("src/")?;
    let rest = rest.strip_prefix("core/").unwrap_or(rest);
    rest.split_once('/').map(|(module, _)| module)
}

/// The lines of code: comments, and what follows the unit tests, left out.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"));
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

/// The modules that a file uses: those named after `crate::`, also in a group.
fn used(text: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    let mut in_group = 0usize;
    for (number, line) in code(text) {
        if in_group > 0 {
            let first = line
                .trim()
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default();
            if in_group == 1 && !first.is_empty() {
                used.push((number, first.to_owned()));
            }
        } else {
            for rest in line.split("crate::").skip(1) {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if !name.is_empty() {
                    used.push((number, name));
                }
            }
        }
        if line.contains("crate::{") || in_group > 0 {
            let start = line
                .find("crate::{")
                .map_or(line, |at| line.get(at..).unwrap_or_default());
            in_group =
                (in_group + start.matches('{').count()).saturating_sub(start.matches('}').count());
        }
    }
    used
}

#[test]
fn modules_use_only_what_the_house_allows() {
    let mut wrong = Vec::new();
    for (name, text) in all("src") {
        let Some(module) = module(&name) else {
            continue;
        };
        let (_, allowed, _) = HOUSE
            .iter()
            .find(|(own, ..)| *own == module)
            .unwrap_or_else(|| panic!("{name}: no room `{module}` in the house"));
        for (line, other) in used(&text) {
            if other != module
                && !allowed.contains(&other.as_str())
                && HOUSE.iter().any(|(known, ..)| *known == other)
            {
                wrong.push(format!("{name}:{line}: {module} may not use {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_edges_name_only_plain_types_of_log_and_store() {
    let mut wrong = Vec::new();
    for (name, text) in all("src")
        .into_iter()
        .filter(|(name, _)| name.starts_with("src/cli/") || name.starts_with("src/gui/"))
    {
        for (number, line) in code(&text) {
            let names = |room: &str| {
                line.contains(&format!("crate::{room}::"))
                    || line.trim_start().starts_with(&format!("{room}::"))
            };
            if (names("log") || names("store")) && !PLAIN.iter().any(|plain| line.contains(plain)) {
                wrong.push(format!("{name}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn outside_crates_stay_with_their_owners() {
    let mut wrong = Vec::new();
    for (name, text) in all("src") {
        let foreign: BTreeSet<&str> = HOUSE
            .iter()
            .flat_map(|(_, _, crates)| crates.iter().copied())
            .collect();
        for foreign in foreign {
            let mut owners = HOUSE
                .iter()
                .filter(|(_, _, crates)| crates.contains(&foreign))
                .map(|(owner, ..)| *owner);
            let theirs = owners.any(|owner| module(&name) == Some(owner));
            let pattern = format!("{foreign}::");
            if !theirs
                && code(&text).any(|(_, line)| {
                    line.contains(&pattern) && !line.contains(&format!("_{pattern}"))
                })
            {
                wrong.push(format!("{name}: {foreign} isn't for this room"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn colours_are_named_only_in_the_theme() {
    let names = |line: &str| {
        [
            "Color32::from_rgb",
            "Color32::from_rgba",
            "Color32::from_gray",
        ]
        .iter()
        .any(|name| line.contains(name))
    };
    let mut wrong = Vec::new();
    for (name, text) in all("src/gui")
        .into_iter()
        .filter(|(name, _)| !name.ends_with("gui/theme.rs"))
    {
        wrong.extend(
            code(&text)
                .filter(|(_, line)| names(line))
                .map(|(number, _)| format!("{name}:{number}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_tells_its_story_and_leaves_nothing_half_done() {
    let mut wrong = Vec::new();
    let marks = ["todo", "unimplemented", "dbg"].map(|mark| format!("{mark}!("));
    for (name, text) in all("src").into_iter().chain(all("tests/it")) {
        if !text.starts_with("//!") {
            wrong.push(format!("{name}: begins without `//!`"));
        }
        if text.lines().count() > 800 {
            wrong.push(format!("{name}: {} lines", text.lines().count()));
        }
        wrong.extend(
            marks
                .iter()
                .filter(|mark| text.contains(mark.as_str()))
                .map(|mark| format!("{name}: {mark}")),
        );
        if text.contains("#[ignore") && !name.ends_with("tidy.rs") {
            wrong.push(format!("{name}: a test is ignored"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_file_is_listed() {
    let main =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/main.rs")).unwrap();
    for (name, _) in all("tests/it") {
        let module = name.trim_start_matches("tests/it/").trim_end_matches(".rs");
        assert!(
            module == "main" || main.contains(&format!("mod {module};")),
            "{name} is not in main.rs"
        );
    }
}

#[test]
fn every_source_file_is_named_by_a_module() {
    let sources = all("src");
    let mut orphans = Vec::new();
    for (name, _) in &sources {
        let path = name.trim_end_matches(".rs").trim_end_matches("/mod");
        let (folder, own) = path.rsplit_once('/').unwrap();
        // The roots of packages and programs are named by a manifest.
        if own == "lib" || own == "main" {
            continue;
        }
        let parents = ["/mod.rs", "/lib.rs", "/main.rs", ".rs"].map(|end| format!("{folder}{end}"));
        let mut parents = sources.iter().filter(|(other, _)| parents.contains(other));
        if !parents.any(|(_, text)| declares(text, own)) {
            orphans.push(name.as_str());
        }
    }
    assert!(orphans.is_empty(), "no `mod` names {}", orphans.join(", "));
}

/// Whether a file has a line such as `pub(super) mod name;`, or a module in braces.
fn declares(text: &str, module: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        let Some((before, rest)) = line.split_once("mod ") else {
            return false;
        };
        let before = before.trim_end();
        let is_declared = before.is_empty() || before.starts_with("pub");
        is_declared && rest.trim_end_matches(" {").trim_end_matches(';') == module
    })
}
