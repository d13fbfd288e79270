//! QualCoder's categories and codes, as one tree of codes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    builder::{CodeNode, StudyBuilder},
    database::{Database, DatabaseRow},
};
use crate::{
    import::{ImportError, loss::Lost},
    model::{
        facet::{Facet, FacetKind},
        ids::{CodeId, FacetId},
        localized::{Language, Localized},
    },
};

/// A code of the project.
pub(super) struct QualCoderCode {
    pub(super) id: CodeId,
    pub(super) name: String,
    /// The facet that marks its important codings, if there are any.
    pub(super) important: Option<FacetId>,
}

/// Reads categories and codes as one tree of codes; returns the codes by key.
pub(super) fn read_codes(
    builder: &mut StudyBuilder,
    database: &Database<'_>,
    codings: &[DatabaseRow],
) -> Result<BTreeMap<String, QualCoderCode>, ImportError> {
    let mut nodes = Vec::new();
    for row in database.rows(
        "code_cat",
        &["catid", "name", "memo", "supercatid", "owner"],
    )? {
        let Some(key) = category_key(&row, "catid") else {
            continue;
        };
        let name = row.text("name");
        // Categories can't be applied in QualCoder; here every code can.
        builder.lost(Lost::NotCodable, name.clone());
        nodes.push(CodeNode {
            key,
            above: category_key(&row, "supercatid"),
            name,
            definition: row.text("memo"),
            colour: None,
        });
    }
    let mut named: Vec<(String, String)> = Vec::new();
    for row in database.needed(
        "code_name",
        &["cid", "name", "memo", "catid", "owner", "color", "supercid"],
    )? {
        let Some(key) = row.key("cid") else { continue };
        let name = row.text("name");
        named.push((key.clone(), name.clone()));
        nodes.push(CodeNode {
            key,
            // Since version 4 a code can be below another code, which then counts before its category.
            above: row.key("supercid").or_else(|| category_key(&row, "catid")),
            name,
            definition: row.text("memo"),
            colour: row.words("color"),
        });
    }
    let ids = builder.codes(nodes);
    let important: BTreeSet<String> = codings
        .iter()
        .filter(|row| row.number("important") == Some(1))
        .filter_map(|row| row.key("cid"))
        .collect();
    let mut codes = BTreeMap::new();
    let mut facets: BTreeMap<CodeId, FacetId> = BTreeMap::new();
    for (key, name) in named {
        let Some(id) = ids.get(&key).copied() else {
            continue;
        };
        let facet = important
            .contains(&key)
            .then(|| builder.id(&["important", &key]));
        facets.extend(facet.map(|facet| (id, facet)));
        let code = QualCoderCode {
            id,
            name,
            important: facet,
        };
        codes.insert(key, code);
    }
    add_facets(builder, &facets);
    Ok(codes)
}

/// Adds the facet "important" to the codes that have important codings.
fn add_facets(builder: &mut StudyBuilder, facets: &BTreeMap<CodeId, FacetId>) {
    for code in &mut builder.study.codes {
        if let Some(id) = facets.get(&code.id) {
            let mut name = Localized::plain("important");
            name.translations.insert(Language::ZH, "重要".to_owned());
            code.facets.push(Facet {
                id: *id,
                name,
                kind: FacetKind::YesNo,
            });
        }
    }
}

/// The key of a category among the codes, whose numbers it may share.
fn category_key(row: &DatabaseRow, column: &str) -> Option<String> {
    row.key(column).map(|key| format!("category {key}"))
}
