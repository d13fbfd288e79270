//! QualCoder's cases, and the attributes of cases and documents.

use std::collections::BTreeMap;

use super::{
    builder::StudyBuilder,
    database::Database,
    source_document::{SourceDocument, StoredSpan},
};
use crate::{
    import::{ImportError, loss::Lost},
    model::{
        attribute::{Attribute, AttributeOf, AttributeValue},
        case::Case,
        memo::Anchor,
    },
};

/// Reads cases with their parts of documents, and the attributes of both.
///
/// `others` are the names of sources without text.
///
/// # Errors
/// When the file is damaged.
pub(super) fn read_cases(
    builder: &mut StudyBuilder,
    database: &Database<'_>,
    texts: &mut BTreeMap<i64, SourceDocument>,
    others: &BTreeMap<i64, String>,
) -> Result<(), ImportError> {
    let mut cases: BTreeMap<i64, Case> = BTreeMap::new();
    for row in database.rows("cases", &["caseid", "name", "memo", "owner", "date"])? {
        let Some(key) = row.number("caseid") else {
            continue;
        };
        let case = builder.case(key, row.text("name"));
        let coder = builder.coder(&row.text("owner"));
        builder.memo(Anchor::Case(case.id), coder, "", &row.text("memo"));
        builder.lost(Lost::Dates, case.name.clone());
        cases.insert(key, case);
    }
    for row in database.rows(
        "case_text",
        &["caseid", "fid", "pos0", "pos1", "owner", "memo"],
    )? {
        let Some(case) = row.number("caseid").and_then(|key| cases.get(&key)) else {
            continue;
        };
        let source = row.position("fid");
        let Some(own) = texts.get_mut(&source) else {
            let name = others.get(&source).map_or("–", String::as_str);
            builder.lost(Lost::LinkEnd, format!("{}: {name}", case.name));
            continue;
        };
        let coder = builder.coder(&row.text("owner"));
        let anchor = own.assign(builder, case, StoredSpan::of_row(&row, "pos0", "pos1"));
        builder.memo(anchor, coder, &case.name, &row.text("memo"));
    }
    let attributes = read_attributes(builder, database)?;
    for row in database.rows("attribute", &["name", "attr_type", "value", "id"])? {
        let (name, Some(text)) = (row.text("name"), row.words("value")) else {
            continue;
        };
        let lost = format!("{name}: {text}");
        let attribute = holder(&row.text("attr_type")).and_then(|of| attributes.get(&(of, name)));
        let value: Option<(&Attribute, AttributeValue)> =
            attribute.and_then(|own| Some((own, own.kind.parse(&text)?)));
        let (Some((attribute, value)), Some(key)) = (value, row.number("id")) else {
            builder.lost(Lost::Value, lost);
            continue;
        };
        let values = match attribute.of {
            AttributeOf::Cases => cases.get_mut(&key).map(|case| &mut case.values),
            AttributeOf::Documents => texts.get_mut(&key).map(|own| &mut own.document.values),
            // QualCoder has none of coders.
            AttributeOf::Coders => None,
        };
        match values {
            Some(values) => {
                values.insert((attribute.id, None), value);
            }
            // Pictures and recordings have attributes, too.
            None => builder.lost(Lost::Value, lost),
        }
    }
    builder.study.cases.extend(cases.into_values());
    Ok(())
}

/// Reads the attributes of cases and of documents; both may have one of the same name.
fn read_attributes(
    builder: &mut StudyBuilder,
    database: &Database<'_>,
) -> Result<BTreeMap<(AttributeOf, String), Attribute>, ImportError> {
    let mut attributes = BTreeMap::new();
    for row in database.rows(
        "attribute_type",
        &["name", "memo", "caseorfile", "valuetype"],
    )? {
        let name = row.text("name");
        let Some(of) = holder(&row.text("caseorfile")) else {
            builder.lost(Lost::Value, name);
            continue;
        };
        let definition = row.text("memo").trim().to_owned();
        let attribute = builder.attribute(of, &name, &row.text("valuetype"), definition);
        builder.study.attributes.push(attribute.clone());
        attributes.insert((of, name), attribute);
    }
    Ok(attributes)
}

/// What an attribute belongs to.
fn holder(word: &str) -> Option<AttributeOf> {
    match word {
        "case" => Some(AttributeOf::Cases),
        "file" => Some(AttributeOf::Documents),
        _ => None,
    }
}
