//! QualCoder's cases and attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    database::{Database, DatabaseRow},
    draft::StudyBuilder,
    qualcoder::{QualCoderText, owner},
};
use crate::{
    import::{ImportError, loss::Lost},
    model::{
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        ids::CaseId,
        memo::Anchor,
        rank::Rank,
    },
};

/// The name of a link from a case to what it says in a document that isn't all its own.
pub(super) const SPEAKS_IN: &str = "speaks in";

/// Cases, and what belongs to them and to documents.
pub(super) struct Holders;

/// What a case has of a document.
#[derive(Debug, Default)]
struct CaseParts {
    documents: BTreeMap<i64, BTreeSet<CaseId>>,
    values: BTreeMap<i64, Vec<(Attribute, AttributeValue)>>,
}

impl Holders {
    /// Takes cases in with their parts of documents, and the values of both.
    ///
    /// # Errors
    /// When the file is damaged.
    pub(super) fn read(
        draft: &mut StudyBuilder,
        database: &Database<'_>,
        texts: &mut BTreeMap<i64, QualCoderText>,
        others: &BTreeMap<i64, String>,
    ) -> Result<(), ImportError> {
        let mut cases: BTreeMap<i64, Case> = BTreeMap::new();
        for row in database.rows("cases", &["caseid", "name", "memo", "owner", "date"])? {
            let Some(key) = row.number("caseid") else {
                continue;
            };
            let (name, coder) = (row.text("name"), owner(draft, &row));
            let id = draft.id(&["case", &key.to_string(), &name]);
            draft.memo(Anchor::Case(id), coder, "", &row.text("memo"));
            draft.lost(Lost::Dates, name.clone());
            cases.insert(
                key,
                Case {
                    id,
                    name,
                    kind: CaseKind("case".to_owned()),
                    parent: None,
                    values: BTreeMap::new(),
                },
            );
        }
        let mut parts = CaseParts::default();
        for row in database.rows(
            "case_text",
            &["caseid", "fid", "pos0", "pos1", "owner", "memo"],
        )? {
            let Some(case) = row.number("caseid").and_then(|key| cases.get(&key)) else {
                continue;
            };
            parts.part(draft, texts, others, case, &row);
        }
        values(draft, database, &mut cases, &mut parts, others)?;
        for (key, own) in parts.documents {
            if let Some((document, _)) = texts.get_mut(&key) {
                document.cases = own;
            }
        }
        for (key, own) in parts.values {
            for (attribute, value) in own {
                match texts.get_mut(&key) {
                    Some((document, _)) => {
                        document.values.insert((attribute.id, None), value);
                    }
                    None => draft.lost(
                        Lost::Value,
                        format!("{}: {}", attribute.name, value.to_text()),
                    ),
                }
            }
        }
        draft.study.cases.extend(cases.into_values());
        Ok(())
    }
}

impl CaseParts {
    /// A whole document belongs to the case, a part of one is linked with it.
    fn part(
        &mut self,
        draft: &mut StudyBuilder,
        texts: &BTreeMap<i64, QualCoderText>,
        others: &BTreeMap<i64, String>,
        case: &Case,
        row: &DatabaseRow,
    ) {
        let key = row.number("fid").unwrap_or_default();
        let Some((document, plain)) = texts.get(&key) else {
            draft.lost(
                Lost::LinkEnd,
                format!(
                    "{}: {}",
                    case.name,
                    others.get(&key).map_or("–", String::as_str)
                ),
            );
            return;
        };
        let (start, end) = (
            row.number("pos0").unwrap_or_default(),
            row.number("pos1").unwrap_or_default(),
        );
        let whole = start <= 0 && !plain.holds(0, end.saturating_add(2));
        let coder = owner(draft, row);
        let anchor = match plain.range(start, end) {
            Some(range) if !whole => {
                let segment = Anchor::Segment(document.id, range);
                draft.link(SPEAKS_IN, Anchor::Case(case.id), segment);
                segment
            }
            _ => {
                self.documents.entry(key).or_default().insert(case.id);
                Anchor::Document(document.id)
            }
        };
        draft.memo(anchor, coder, &case.name, &row.text("memo"));
    }
}

/// Attributes and their values.
fn values(
    draft: &mut StudyBuilder,
    database: &Database<'_>,
    cases: &mut BTreeMap<i64, Case>,
    parts: &mut CaseParts,
    others: &BTreeMap<i64, String>,
) -> Result<(), ImportError> {
    let mut attributes: BTreeMap<(AttributeOf, String), Attribute> = BTreeMap::new();
    for row in database.rows(
        "attribute_type",
        &["name", "memo", "caseorfile", "valuetype"],
    )? {
        let name = row.text("name");
        let Some(of) = holder(&row.text("caseorfile")) else {
            draft.lost(Lost::Value, name);
            continue;
        };
        let kind = if row.text("valuetype") == "numeric" {
            AttributeKind::Number
        } else {
            AttributeKind::Text
        };
        let id = draft.id(&["attribute", &format!("{of:?}"), &name]);
        let definition = row.text("memo").trim().to_owned();
        let attribute = Attribute {
            id,
            name: name.clone(),
            definition,
            of,
            kind,
            per_phase: false,
            rank: Rank::between(None, None),
        };
        draft.study.attributes.push(attribute.clone());
        attributes.insert((of, name), attribute);
    }
    for row in database.rows("attribute", &["name", "attr_type", "value", "id"])? {
        let (name, Some(text)) = (row.text("name"), row.words("value")) else {
            continue;
        };
        let attribute =
            holder(&row.text("attr_type")).and_then(|of| attributes.get(&(of, name.clone())));
        let value = attribute.and_then(|attribute| Some((attribute, attribute.kind.parse(&text)?)));
        let (Some((attribute, value)), Some(key)) = (value, row.number("id")) else {
            draft.lost(Lost::Value, format!("{name}: {text}"));
            continue;
        };
        match (attribute.of, cases.get_mut(&key)) {
            (AttributeOf::Cases, Some(case)) => {
                case.values.insert((attribute.id, None), value);
            }
            (AttributeOf::Documents, _) if !others.contains_key(&key) => {
                parts
                    .values
                    .entry(key)
                    .or_default()
                    .push((attribute.clone(), value));
            }
            _ => draft.lost(Lost::Value, format!("{name}: {text}")),
        }
    }
    Ok(())
}

fn holder(word: &str) -> Option<AttributeOf> {
    match word {
        "case" => Some(AttributeOf::Cases),
        "file" => Some(AttributeOf::Documents),
        _ => None,
    }
}
