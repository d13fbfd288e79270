//! RQDA's projects: positions in code points, deleted things left out, a second coder in a table of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    database::{Database, DatabaseRow},
    draft::{CodeNode, NewCoding, StudyBuilder, beginning},
    plain::NormalizedText,
    qualcoder_cases::SPEAKS_IN,
};
use crate::{
    import::{
        ImportError, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    model::{
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        ids::CodeId,
        memo::Anchor,
        rank::Rank,
        set::Set,
    },
};

/// Reads an RQDA project, `.rqda`.
///
/// # Errors
/// When the file is damaged or no RQDA project.
pub fn read_rqda(file: &str, bytes: &[u8]) -> Result<Study, ImportError> {
    let database = Database::open(file, Tool::Rqda, bytes)?;
    let sources = database.needed(
        "source",
        &["id", "name", "file", "memo", "owner", "date", "status"],
    )?;
    let project = database
        .rows("project", &["date", "memo", "about"])?
        .into_iter()
        .next()
        .unwrap_or_default();
    let mut draft = StudyBuilder::new(file, Tool::Rqda, &project.text("date"));
    draft.study.title = crate::import::title_of(file);
    draft.study.description = project.text("memo").trim().to_owned();
    draft.study.positions = Some(PositionReading::CodePoints);

    let mut reading = RqdaReader {
        codes: codes(&mut draft, &database)?,
        texts: BTreeMap::new(),
        owners: BTreeSet::new(),
    };
    for row in sources.iter().filter(|row| stands(row)) {
        let (Some(key), name, text) = (row.number("id"), row.text("name"), row.text("file")) else {
            continue;
        };
        encoding::check_size(file, text.len())?;
        if text.trim().is_empty() {
            draft.lost(Lost::NoText, name.clone());
            continue;
        }
        let plain = NormalizedText::new(text);
        let document = draft.document(&key.to_string(), &name, &plain, None);
        let coder = draft.coder(&row.text("owner"));
        draft.memo(Anchor::Document(document.id), coder, "", &row.text("memo"));
        draft.lost(Lost::Dates, name);
        reading.texts.insert(key, (document, plain));
    }
    for table in ["coding", "coding2"] {
        reading.codings(&mut draft, &database, table)?;
    }
    reading.annotations(&mut draft, &database)?;
    reading.cases(&mut draft, &database)?;
    reading.sets(&mut draft, &database)?;
    for row in database
        .rows("journal", &["name", "journal", "owner", "status"])?
        .iter()
        .filter(|row| stands(row))
    {
        let coder = draft.coder(&row.text("owner"));
        draft.memo(
            Anchor::Project,
            coder,
            &row.text("name"),
            &row.text("journal"),
        );
    }
    for row in database
        .rows("imagecoding", &["cid"])?
        .iter()
        .chain(&database.rows("imageCoding", &["cid"])?)
    {
        draft.lost(Lost::PictureCoding, row.text("cid"));
    }
    draft
        .study
        .documents
        .extend(reading.texts.into_values().map(|(document, _)| document));
    Ok(draft.study)
}

/// Whether a row wasn't deleted: only 1 stands, 0 and -1 are gone.
fn stands(row: &DatabaseRow) -> bool {
    row.number("status").is_none_or(|status| status == 1)
}

/// Categories and codes in one tree, by the keys of codes; a code of several categories stands in the first, and in sets of the others.
fn codes(
    draft: &mut StudyBuilder,
    database: &Database<'_>,
) -> Result<BTreeMap<String, CodeId>, ImportError> {
    let category = |row: &DatabaseRow| row.key("catid").map(|key| format!("category {key}"));
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut nodes = Vec::new();
    for row in database
        .rows("codecat", &["catid", "name", "memo", "status"])?
        .iter()
        .filter(|row| stands(row))
    {
        let Some(key) = category(row) else { continue };
        let name = row.text("name");
        draft.lost(Lost::NotCodable, name.clone());
        names.insert(key.clone(), name.clone());
        nodes.push(CodeNode {
            key,
            above: None,
            name,
            definition: row.text("memo"),
            colour: None,
        });
    }
    let mut above: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in database
        .rows("treecode", &["cid", "catid", "status"])?
        .iter()
        .filter(|row| stands(row))
    {
        if let Some((code, category)) = row.key("cid").zip(category(row)) {
            above.entry(code).or_default().push(category);
        }
    }
    for row in database
        .needed("freecode", &["id", "name", "memo", "color", "status"])?
        .iter()
        .filter(|row| stands(row))
    {
        let Some(key) = row.key("id") else { continue };
        let first = above
            .get(&key)
            .and_then(|categories| categories.first())
            .cloned();
        let (name, definition, colour) = (row.text("name"), row.text("memo"), row.words("color"));
        nodes.push(CodeNode {
            key,
            above: first,
            name,
            definition,
            colour,
        });
    }
    let ids = draft.codes(nodes);
    let mut sets: BTreeMap<&String, BTreeSet<Anchor>> = BTreeMap::new();
    for (code, categories) in &above {
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
        let id = draft.id(&["set", key, &name]);
        draft.study.sets.push(Set {
            id,
            name,
            description: String::new(),
            members,
        });
    }
    Ok(ids)
}

/// The coder of a coding: the second table is a second coder's, even where a name stands in both.
fn coder_of(owners: &mut BTreeSet<String>, table: &str, owner: &str) -> String {
    if table != "coding2" {
        owners.insert(owner.to_owned());
        return owner.to_owned();
    }
    match owner {
        "" => format!("{} 2", Tool::Rqda.name()),
        own if owners.contains(own) => format!("{own} 2"),
        own => own.to_owned(),
    }
}

struct RqdaReader {
    codes: BTreeMap<String, CodeId>,
    texts: BTreeMap<i64, (StudyDocument, NormalizedText)>,
    /// Who codes in the first table.
    owners: BTreeSet<String>,
}

impl RqdaReader {
    fn codings(
        &mut self,
        draft: &mut StudyBuilder,
        database: &Database<'_>,
        table: &str,
    ) -> Result<(), ImportError> {
        let columns = &[
            "cid", "fid", "seltext", "selfirst", "selend", "status", "owner", "date", "memo",
        ];
        for row in database.rows(table, columns)? {
            let words = beginning(&row.text("seltext"));
            if !stands(&row) {
                draft.lost(Lost::Deleted, words);
                continue;
            }
            let Some((code_key, code)) = row
                .key("cid")
                .and_then(|key| Some((self.codes.get(&key).copied()?, key)))
                .map(|(id, key)| (key, id))
            else {
                draft.lost(Lost::CodingWithoutCode, words);
                continue;
            };
            let Some((document, plain)) =
                row.number("fid").and_then(|key| self.texts.get_mut(&key))
            else {
                draft.lost(Lost::MissingFile, words);
                continue;
            };
            let (start, end) = (
                row.number("selfirst").unwrap_or_default(),
                row.number("selend").unwrap_or_default(),
            );
            if !plain.holds(start, end) {
                draft.lost(
                    Lost::OutsideText,
                    format!("{}: {words}", document.imported.title),
                );
            }
            let Some(range) = plain.range(start, end) else {
                continue;
            };
            let owner = row.text("owner");
            let coder = draft.coder(&coder_of(&mut self.owners, table, owner.trim()));
            let key = [
                table,
                &code_key,
                &row.text("fid"),
                &format!("{start} {end}"),
                &owner,
            ];
            let made = row.text("date");
            let coding = draft.coding(NewCoding {
                key: &key,
                range,
                code,
                coder,
                selection: None,
                made: &made,
                facets: BTreeMap::new(),
            });
            draft.memo(
                Anchor::Coding(document.id, coding.id),
                coder,
                "",
                &row.text("memo"),
            );
            document.codings.push(coding);
        }
        Ok(())
    }

    /// An annotation stands at a position: its memo is on the character there.
    fn annotations(
        &self,
        draft: &mut StudyBuilder,
        database: &Database<'_>,
    ) -> Result<(), ImportError> {
        for row in database
            .rows(
                "annotation",
                &["fid", "position", "annotation", "owner", "status"],
            )?
            .iter()
            .filter(|row| stands(row))
        {
            let memo = row.text("annotation");
            let Some((document, plain)) = row.number("fid").and_then(|key| self.texts.get(&key))
            else {
                draft.lost(Lost::MissingFile, beginning(&memo));
                continue;
            };
            let at = row.number("position").unwrap_or_default();
            let range = plain.range(at, at.saturating_add(1));
            let anchor = range.map_or(Anchor::Document(document.id), |range| {
                Anchor::Segment(document.id, range)
            });
            let coder = draft.coder(&row.text("owner"));
            draft.memo(anchor, coder, "", &memo);
        }
        Ok(())
    }

    fn cases(
        &mut self,
        draft: &mut StudyBuilder,
        database: &Database<'_>,
    ) -> Result<(), ImportError> {
        let mut cases: BTreeMap<i64, Case> = BTreeMap::new();
        for row in database
            .rows("cases", &["id", "name", "memo", "owner", "status"])?
            .iter()
            .filter(|row| stands(row))
        {
            let (Some(key), name) = (row.number("id"), row.text("name")) else {
                continue;
            };
            let id = draft.id(&["case", &key.to_string(), &name]);
            let coder = draft.coder(&row.text("owner"));
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
        for row in database
            .rows(
                "caselinkage",
                &["caseid", "fid", "selfirst", "selend", "status"],
            )?
            .iter()
            .filter(|row| stands(row))
        {
            let case = row.number("caseid").and_then(|key| cases.get(&key));
            let Some((case, (document, plain))) =
                case.zip(row.number("fid").and_then(|key| self.texts.get_mut(&key)))
            else {
                draft.lost(Lost::LinkEnd, row.text("caseid"));
                continue;
            };
            let (start, end) = (
                row.number("selfirst").unwrap_or_default(),
                row.number("selend").unwrap_or_default(),
            );
            let whole = start <= 0 && !plain.holds(0, end.saturating_add(2));
            match plain.range(start, end) {
                Some(range) if !whole => draft.link(
                    SPEAKS_IN,
                    Anchor::Case(case.id),
                    Anchor::Segment(document.id, range),
                ),
                _ => {
                    document.cases.insert(case.id);
                }
            }
        }
        self.values(draft, database, &mut cases)?;
        draft.study.cases.extend(cases.into_values());
        Ok(())
    }

    /// Attributes of cases and of files are one list there; here each is of the one that has values of it, or of both.
    fn values(
        &mut self,
        draft: &mut StudyBuilder,
        database: &Database<'_>,
        cases: &mut BTreeMap<i64, Case>,
    ) -> Result<(), ImportError> {
        let mut classes: BTreeMap<String, (String, String)> = BTreeMap::new();
        for row in database
            .rows("attributes", &["name", "memo", "class", "status"])?
            .iter()
            .filter(|row| stands(row))
        {
            classes.insert(row.text("name"), (row.text("class"), row.text("memo")));
        }
        for (table, column, of) in [
            ("caseAttr", "caseid", AttributeOf::Cases),
            ("fileAttr", "fileid", AttributeOf::Documents),
        ] {
            let rows = database.rows(table, &["variable", "value", column, "status"])?;
            let mut known: BTreeMap<String, Attribute> = BTreeMap::new();
            for row in rows.iter().filter(|row| stands(row)) {
                let (name, Some(text)) = (row.text("variable"), row.words("value")) else {
                    continue;
                };
                if text == "NA" {
                    continue;
                }
                let (class, memo) = classes.get(&name).cloned().unwrap_or_default();
                let attribute = known.entry(name.clone()).or_insert_with(|| {
                    let kind = if class == "numeric" {
                        AttributeKind::Number
                    } else {
                        AttributeKind::Text
                    };
                    let id = draft.id(&["attribute", &format!("{of:?}"), &name]);
                    Attribute {
                        id,
                        name: name.clone(),
                        definition: memo,
                        of,
                        kind,
                        per_phase: false,
                        rank: Rank::between(None, None),
                    }
                });
                let place = row
                    .number(column)
                    .and_then(|key| self.holder(cases, of, key));
                match place.zip(attribute.kind.parse(&text)) {
                    Some((values, value)) => {
                        values.insert((attribute.id, None), value);
                    }
                    None => draft.lost(Lost::Value, format!("{name}: {text}")),
                }
            }
            draft.study.attributes.extend(known.into_values());
        }
        Ok(())
    }

    fn holder<'a>(
        &'a mut self,
        cases: &'a mut BTreeMap<i64, Case>,
        of: AttributeOf,
        key: i64,
    ) -> Option<
        &'a mut BTreeMap<
            (
                crate::model::ids::AttributeId,
                Option<crate::model::ids::PhaseId>,
            ),
            AttributeValue,
        >,
    > {
        match of {
            AttributeOf::Cases => Some(&mut cases.get_mut(&key)?.values),
            AttributeOf::Documents => Some(&mut self.texts.get_mut(&key)?.0.values),
        }
    }

    /// Categories of files are sets.
    fn sets(&self, draft: &mut StudyBuilder, database: &Database<'_>) -> Result<(), ImportError> {
        let mut members: BTreeMap<i64, BTreeSet<Anchor>> = BTreeMap::new();
        for row in database
            .rows("treefile", &["fid", "catid", "status"])?
            .iter()
            .filter(|row| stands(row))
        {
            let document = row
                .number("fid")
                .and_then(|key| self.texts.get(&key))
                .map(|(document, _)| Anchor::Document(document.id));
            if let Some((category, document)) = row.number("catid").zip(document) {
                members.entry(category).or_default().insert(document);
            }
        }
        for row in database
            .rows("filecat", &["catid", "name", "memo", "status"])?
            .iter()
            .filter(|row| stands(row))
        {
            let Some(key) = row.number("catid") else {
                continue;
            };
            let (name, description) = (row.text("name"), row.text("memo"));
            let id = draft.id(&["set", &key.to_string(), &name]);
            draft.study.sets.push(Set {
                id,
                name,
                description,
                members: members.remove(&key).unwrap_or_default(),
            });
        }
        Ok(())
    }
}
