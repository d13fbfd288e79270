//! Reader of RQDA's projects.
//!
//! Positions are code points. Nothing is ever deleted from the file: a row's `status` says whether it still counts (see `rqda_rows`).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    builder::{NewCoding, StudyBuilder, beginning},
    database::{Database, DatabaseRow},
    normalized::NormalizedText,
    rqda_codes::read_codes,
    rqda_rows::{current_rows, is_current},
    source_document::{SourceDocument, StoredSpan},
};
use crate::{
    import::{ImportError, encoding, loss::Lost, positions::PositionReading, study::Study},
    model::{
        attribute::{Attribute, AttributeOf, Values},
        case::Case,
        ids::CodeId,
        memo::Anchor,
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
    let project = database.first_row("project", &["date", "memo", "about"])?;
    let mut builder = StudyBuilder::new(file, Tool::Rqda, &project.text("date"));
    builder.study.title = crate::import::title_of(file);
    builder.study.description = project.text("memo").trim().to_owned();
    builder.study.positions = Some(PositionReading::CodePoints);

    let mut reader = RqdaReader {
        codes: read_codes(&mut builder, &database)?,
        texts: BTreeMap::new(),
        owners: BTreeSet::new(),
    };
    for row in sources.iter().filter(|row| is_current(row)) {
        let (Some(key), name, text) = (row.number("id"), row.text("name"), row.text("file")) else {
            continue;
        };
        encoding::check_size(file, text.len())?;
        if text.trim().is_empty() {
            builder.lost(Lost::NoText, name.clone());
            continue;
        }
        let source = NormalizedText::new(text);
        let document = builder.document(&key.to_string(), &name, &source, None);
        let coder = builder.coder(&row.text("owner"));
        builder.memo(Anchor::Document(document.id), coder, "", &row.text("memo"));
        builder.lost(Lost::Dates, name);
        reader
            .texts
            .insert(key, SourceDocument { document, source });
    }
    // In this order: names in the second table are compared with those of the first.
    for table in ["coding", "coding2"] {
        reader.codings(&mut builder, &database, table)?;
    }
    reader.annotations(&mut builder, &database)?;
    reader.cases(&mut builder, &database)?;
    reader.sets(&mut builder, &database)?;
    for row in current_rows(
        &database,
        "journal",
        &["name", "journal", "owner", "status"],
    )? {
        let coder = builder.coder(&row.text("owner"));
        builder.memo(
            Anchor::Project,
            coder,
            &row.text("name"),
            &row.text("journal"),
        );
    }
    // Versions differ in the name of the table.
    for table in ["imagecoding", "imageCoding"] {
        for row in database.rows(table, &["cid"])? {
            builder.lost(Lost::PictureCoding, row.text("cid"));
        }
    }
    builder
        .study
        .documents
        .extend(reader.texts.into_values().map(|own| own.document));
    Ok(builder.study)
}

/// The name of the coder of a coding.
///
/// The second table of codings is a second coder's, who often works on a copy of the file under the first one's name.
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
    /// Documents by the ids of their sources.
    texts: BTreeMap<i64, SourceDocument>,
    /// Names of the coders in the first table of codings.
    owners: BTreeSet<String>,
}

impl RqdaReader {
    /// Reads a table of codings.
    fn codings(
        &mut self,
        builder: &mut StudyBuilder,
        database: &Database<'_>,
        table: &str,
    ) -> Result<(), ImportError> {
        let columns = &[
            "cid", "fid", "seltext", "selfirst", "selend", "status", "owner", "date", "memo",
        ];
        for row in database.rows(table, columns)? {
            let quoted = beginning(&row.text("seltext"));
            if !is_current(&row) {
                builder.lost(Lost::Deleted, quoted);
                continue;
            }
            let code_key = row.key_or_empty("cid");
            let Some(code) = self.codes.get(&code_key).copied() else {
                builder.lost(Lost::CodingWithoutCode, quoted);
                continue;
            };
            let Some(own) = row.number("fid").and_then(|key| self.texts.get_mut(&key)) else {
                builder.lost(Lost::MissingFile, quoted);
                continue;
            };
            let span = StoredSpan::of_row(&row, "selfirst", "selend");
            let Some(range) = own.coded_range(builder, span, &quoted) else {
                continue;
            };
            let owner = row.text("owner");
            let coder = builder.coder(&coder_of(&mut self.owners, table, owner.trim()));
            // Codings have no id, so everything that distinguishes them makes one.
            let coding = builder.coding(NewCoding {
                key: &[
                    table,
                    &code_key,
                    &row.text("fid"),
                    &format!("{} {}", span.start, span.end),
                    &owner,
                ],
                range,
                code,
                coder,
                selection: None,
                made: &row.text("date"),
                facets: BTreeMap::new(),
            });
            builder.memo(
                Anchor::Coding(own.document.id, coding.id),
                coder,
                "",
                &row.text("memo"),
            );
            own.document.codings.push(coding);
        }
        Ok(())
    }

    /// Reads annotations, which are at a position: the memo is on the character there.
    fn annotations(
        &self,
        builder: &mut StudyBuilder,
        database: &Database<'_>,
    ) -> Result<(), ImportError> {
        for row in current_rows(
            database,
            "annotation",
            &["fid", "position", "annotation", "owner", "status"],
        )? {
            let memo = row.text("annotation");
            let Some(own) = row.number("fid").and_then(|key| self.texts.get(&key)) else {
                builder.lost(Lost::MissingFile, beginning(&memo));
                continue;
            };
            let start = row.position("position");
            let anchor = own.anchor(StoredSpan {
                start,
                end: start.saturating_add(1),
            });
            let coder = builder.coder(&row.text("owner"));
            builder.memo(anchor, coder, "", &memo);
        }
        Ok(())
    }

    /// Reads cases with their parts of documents, and the attributes of both.
    fn cases(
        &mut self,
        builder: &mut StudyBuilder,
        database: &Database<'_>,
    ) -> Result<(), ImportError> {
        let mut cases: BTreeMap<i64, Case> = BTreeMap::new();
        for row in current_rows(
            database,
            "cases",
            &["id", "name", "memo", "owner", "status"],
        )? {
            let Some(key) = row.number("id") else {
                continue;
            };
            let case = builder.case(key, row.text("name"));
            let coder = builder.coder(&row.text("owner"));
            builder.memo(Anchor::Case(case.id), coder, "", &row.text("memo"));
            builder.lost(Lost::Dates, case.name.clone());
            cases.insert(key, case);
        }
        for row in current_rows(
            database,
            "caselinkage",
            &["caseid", "fid", "selfirst", "selend", "status"],
        )? {
            let case = row.number("caseid").and_then(|key| cases.get(&key));
            let own = row.number("fid").and_then(|key| self.texts.get_mut(&key));
            match case.zip(own) {
                Some((case, own)) => {
                    own.assign(
                        builder,
                        case,
                        StoredSpan::of_row(&row, "selfirst", "selend"),
                    );
                }
                None => builder.lost(Lost::LinkEnd, row.text("caseid")),
            }
        }
        self.attributes(builder, database, &mut cases)?;
        builder.study.cases.extend(cases.into_values());
        Ok(())
    }

    /// Reads attributes.
    ///
    /// RQDA has one list for cases and files. Here an attribute is of cases or of documents, so it is added for each that has values of it.
    fn attributes(
        &mut self,
        builder: &mut StudyBuilder,
        database: &Database<'_>,
        cases: &mut BTreeMap<i64, Case>,
    ) -> Result<(), ImportError> {
        let listed: BTreeMap<String, DatabaseRow> =
            current_rows(database, "attributes", &["name", "memo", "class", "status"])?
                .into_iter()
                .map(|row| (row.text("name"), row))
                .collect();
        for (table, column, of) in [
            ("caseAttr", "caseid", AttributeOf::Cases),
            ("fileAttr", "fileid", AttributeOf::Documents),
        ] {
            let mut known: BTreeMap<String, Attribute> = BTreeMap::new();
            for row in current_rows(database, table, &["variable", "value", column, "status"])? {
                let (name, Some(text)) = (row.text("variable"), row.words("value")) else {
                    continue;
                };
                // `NA` is R's missing value.
                if text == "NA" {
                    continue;
                }
                let attribute = known.entry(name.clone()).or_insert_with(|| {
                    let (class, memo) = match listed.get(&name) {
                        Some(row) => (row.text("class"), row.text("memo")),
                        None => (String::new(), String::new()),
                    };
                    builder.attribute(of, &name, &class, memo)
                });
                let values = row
                    .number(column)
                    .and_then(|key| self.values(cases, of, key));
                match values.zip(attribute.kind.parse(&text)) {
                    Some((values, value)) => {
                        values.insert((attribute.id, None), value);
                    }
                    None => builder.lost(Lost::Value, format!("{name}: {text}")),
                }
            }
            builder.study.attributes.extend(known.into_values());
        }
        Ok(())
    }

    /// The values of a case or document.
    fn values<'a>(
        &'a mut self,
        cases: &'a mut BTreeMap<i64, Case>,
        of: AttributeOf,
        key: i64,
    ) -> Option<&'a mut Values> {
        match of {
            AttributeOf::Cases => Some(&mut cases.get_mut(&key)?.values),
            AttributeOf::Documents => Some(&mut self.texts.get_mut(&key)?.document.values),
            // RQDA has none of coders.
            AttributeOf::Coders => None,
        }
    }

    /// Reads categories of files as sets of documents.
    fn sets(&self, builder: &mut StudyBuilder, database: &Database<'_>) -> Result<(), ImportError> {
        let mut members: BTreeMap<i64, BTreeSet<Anchor>> = BTreeMap::new();
        for row in current_rows(database, "treefile", &["fid", "catid", "status"])? {
            let own = row.number("fid").and_then(|key| self.texts.get(&key));
            if let Some((category, own)) = row.number("catid").zip(own) {
                members
                    .entry(category)
                    .or_default()
                    .insert(Anchor::Document(own.document.id));
            }
        }
        for row in current_rows(database, "filecat", &["catid", "name", "memo", "status"])? {
            let Some(key) = row.number("catid") else {
                continue;
            };
            let name = row.text("name");
            builder.study.sets.push(Set {
                id: builder.id(&["set", &key.to_string(), &name]),
                name,
                description: row.text("memo"),
                members: members.remove(&key).unwrap_or_default(),
            });
        }
        Ok(())
    }
}
