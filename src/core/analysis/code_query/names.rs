//! Codes by the names that a query gives them.

use std::collections::BTreeSet;

use crate::{
    language::fold::fold,
    model::{Project, code::Code, ids::CodeId},
};

/// The codes with exactly this name or path, in any language.
pub(super) fn codes_named(name: &str, project: &Project) -> BTreeSet<CodeId> {
    let name = fold(&name.replace(" / ", "/"));
    let codes = project.codebook.codes.values();
    codes
        .filter(|code| is_named(code, &name, project))
        .map(|code| code.id)
        .collect()
}

/// Returns true if a folded name is the name or path of a code in any language.
fn is_named(code: &Code, name: &str, project: &Project) -> bool {
    let book = &project.codebook;
    let mut languages = code.name.translations.keys();
    code.name.all().any(|own| fold(own) == name)
        || fold(&book.path(code.id)) == name
        || languages.any(|language| fold(&book.path_in(code.id, language)) == name)
}

/// A few codes that may have been meant, for an error message.
pub(super) fn alike(name: &str, project: &Project) -> Vec<String> {
    let name = fold(name);
    let start: String = name.chars().take(3).collect();
    let mut paths = Vec::new();
    for code in project.codebook.codes.values() {
        let mut names = code.name.all().map(fold);
        if names.any(|own| own.contains(&name) || own.starts_with(&start)) {
            paths.push(project.codebook.path(code.id));
        }
        // Three are enough to show what was meant, and fit on a line.
        if paths.len() == 3 {
            break;
        }
    }
    paths
}
