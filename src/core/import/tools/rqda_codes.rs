//! RQDA's categories and codes, as one tree of codes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    builder::{CodeNode, StudyBuilder},
    database::{Database, DatabaseRow},
    rqda_rows::{current_rows, is_current},
};
use crate::{
    import::{ImportError, loss::Lost},
    model::{ids::CodeId, memo::Anchor, set::Set},
};

/// The key of a category among the codes, whose numbers it may share.
fn category_key(row: &DatabaseRow) -> Option<String> {
    row.key("catid").map(|key| format!("category {key}"))
}

/// Reads categories and codes as one tree of codes; returns the ids of the codes by key.
///
/// A code may have several categories. It is put below the first; each of the others becomes a set of its codes.
pub(super) fn read_codes(
    builder: &mut StudyBuilder,
    database: &Database<'_>,
) -> Result<BTreeMap<String, CodeId>, ImportError> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut nodes = Vec::new();
    for row in current_rows(database, "codecat", &["catid", "name", "memo", "status"])? {
        let Some(key) = category_key(&row) else {
            continue;
        };
        let name = row.text("name");
        builder.lost(Lost::NotCodable, name.clone());
        names.insert(key.clone(), name.clone());
        nodes.push(CodeNode {
            key,
            above: None,
            name,
            definition: row.text("memo"),
            colour: None,
        });
    }
    let mut categories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in current_rows(database, "treecode", &["cid", "catid", "status"])? {
        if let Some((code, category)) = row.key("cid").zip(category_key(&row)) {
            categories.entry(code).or_default().push(category);
        }
    }
    for row in database.needed("freecode", &["id", "name", "memo", "color", "status"])? {
        let Some(key) = row.key("id").filter(|_| is_current(&row)) else {
            continue;
        };
        nodes.push(CodeNode {
            above: categories
                .get(&key)
                .and_then(|categories| categories.first())
                .cloned(),
            key,
            name: row.text("name"),
            definition: row.text("memo"),
            colour: row.words("color"),
        });
    }
    let ids = builder.codes(nodes);
    let mut sets: BTreeMap<&String, BTreeSet<Anchor>> = BTreeMap::new();
    for (code, categories) in &categories {
        for category in categories.iter().skip(1) {
            sets.entry(category)
                .or_default()
                .extend(ids.get(code).map(|id| Anchor::Code(*id)));
        }
    }
    for (key, members) in sets {
        let Some(name) = names.get(key).cloned() else {
            continue;
        };
        let id = builder.id(&["set", key, &name]);
        builder.study.sets.push(Set {
            id,
            name,
            description: String::new(),
            members,
        });
    }
    Ok(ids)
}
