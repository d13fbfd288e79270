//! No module may, through others of the same top-level module, use itself.
//!
//! Two files that use each other can only be understood together, and neither can be tested or moved alone.
//! What a module takes from the module that contains it doesn't count: `mod.rs` is where children find shared types.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;

/// The modules that each module uses, by path: `gui::panels::read`.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// The folders of all top-level modules, in both packages.
fn top_level_modules() -> Vec<PathBuf> {
    let window = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let core = window.join("core");
    let mut folders: Vec<PathBuf> = [&window, &core]
        .into_iter()
        .flat_map(|package| fs::read_dir(package).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("mod.rs").is_file())
        .collect();
    folders.sort();
    folders
}

/// Reads the code of all modules below a folder, by path.
fn modules(folder: &Path, path: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        if file.is_dir() {
            modules(&file, &format!("{path}::{stem}"), found);
        } else if file.extension().is_some_and(|ending| ending == "rs") {
            let name = match stem.as_str() {
                "mod" => path.to_owned(),
                _ => format!("{path}::{stem}"),
            };
            found.insert(name, code(&fs::read_to_string(&file).unwrap()));
        }
    }
}

/// A file's code, without comments and unit tests.
fn code(text: &str) -> String {
    text.lines()
        .take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Splits the tree of a `use` into its paths: `a::{b, c::D}` is `a::b` and `a::c::D`.
fn expand(tree: &str, prefix: &str, paths: &mut Vec<String>) {
    let Some((head, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or(tree).trim();
        paths.push(format!("{prefix}{path}"));
        return;
    };
    let prefix = format!("{prefix}{}", head.trim());
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let mut depth = 0;
    let parts = group.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        expand(part, &prefix, paths);
    }
}

/// The module that a path in the code of `from` leads to, if it is one of ours.
fn target(path: &str, from: &str, known: &BTreeMap<String, String>) -> Option<String> {
    let mut at: Vec<&str> = from.split("::").collect();
    let mut segments = path.split("::").peekable();
    match *segments.peek()? {
        "crate" => {
            at.clear();
            segments.next();
        }
        "self" => {
            segments.next();
        }
        "super" => {
            while segments.next_if_eq(&"super").is_some() {
                at.pop();
            }
        }
        // A child by its own name; anything else is a crate, or something that another `use` brought.
        child if known.contains_key(&format!("{from}::{child}")) => {}
        _ => return None,
    }
    let mut deepest = at.join("::");
    for segment in segments {
        let next = match deepest.as_str() {
            "" => segment.to_owned(),
            _ => format!("{deepest}::{segment}"),
        };
        if !known.contains_key(&next) {
            break;
        }
        deepest = next;
    }
    known.contains_key(&deepest).then_some(deepest)
}

fn uses(known: &BTreeMap<String, String>) -> Uses {
    let imports = Regex::new(r"(?s)\buse\s+([^;]+);").unwrap();
    let paths_in_code = Regex::new(r"\b[a-z_][a-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)+").unwrap();
    let mut uses = Uses::new();
    for (module, code) in known {
        let mut paths = Vec::new();
        for import in imports.captures_iter(code) {
            expand(&import[1], "", &mut paths);
        }
        let body = imports.replace_all(code, "");
        paths.extend(
            paths_in_code
                .find_iter(&body)
                .map(|path| path.as_str().to_owned()),
        );
        let targets = paths.iter().filter_map(|path| target(path, module, known));
        uses.insert(
            module.clone(),
            targets
                .filter(|other| other != module && !module.starts_with(&format!("{other}::")))
                .collect(),
        );
    }
    uses
}

/// All modules that a module uses, itself or through others.
fn reached<'a>(from: &str, uses: &'a Uses) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(module) = next.pop() {
        for other in &uses[module] {
            if reached.insert(other.as_str()) {
                next.push(other);
            }
        }
    }
    reached
}

/// The modules below a top-level module that use themselves, each with the modules through which it does.
fn circles(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let top = folder.file_name().unwrap().to_string_lossy();
    let mut known = BTreeMap::new();
    modules(folder, &top, &mut known);
    let uses = uses(&known);
    let reached: BTreeMap<&str, BTreeSet<&str>> = uses
        .keys()
        .map(|module| (module.as_str(), reached(module, &uses)))
        .collect();
    let mut circles = BTreeMap::new();
    for (module, others) in &uses {
        let back: Vec<String> = others
            .iter()
            .filter(|other| reached[other.as_str()].contains(module.as_str()))
            .cloned()
            .collect();
        if !back.is_empty() {
            circles.insert(module.clone(), back);
        }
    }
    circles
}

#[test]
fn no_module_uses_itself_through_others() {
    let folders = top_level_modules();
    assert!(folders.len() > 15, "modules are missing: {folders:?}");
    let circles: BTreeMap<_, _> = folders.iter().flat_map(|folder| circles(folder)).collect();
    let circles: Vec<String> = circles
        .iter()
        .map(|(module, back)| format!("{module} uses itself through {}", back.join(", ")))
        .collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn trees_of_imports_are_split_into_paths() {
    let mut paths = Vec::new();
    expand("super::{self, a::{b, C as D}, e}", "", &mut paths);
    assert_eq!(
        paths,
        ["super::self", "super::a::b", "super::a::C", "super::e"]
    );
    let known = ["gui", "gui::panels", "gui::panels::read"]
        .map(|module| (module.to_owned(), String::new()))
        .into();
    let lead = |path: &str| target(path, "gui::panels::read", &known);
    assert_eq!(lead("super::self").as_deref(), Some("gui::panels"));
    assert_eq!(lead("crate::gui::Theme").as_deref(), Some("gui"));
    assert_eq!(lead("egui::Ui"), None);
}
