//! QualCoder's projects, of every version so far: sources, codes, codings in code points, memos, journals and media.

use std::collections::BTreeMap;

use super::{
    Tool,
    database::{Database, DatabaseRow},
    draft::{CodeNode, NewCoding, StudyBuilder, beginning},
    plain::NormalizedText,
    qualcoder_cases::Holders,
};
use crate::{
    import::{
        ImportError, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    model::{
        attachment::{Attachment, AttachmentKind},
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, CoderId},
        localized::{Language, Localized},
        memo::Anchor,
    },
};

/// Reads a QualCoder project: `bytes` are those of `data.qda`, and `files` gives those of a file by its path in the project's folder, such as `images/a.jpg`.
///
/// # Errors
/// When the file is damaged or no QualCoder project.
pub fn read_qualcoder(
    file: &str,
    bytes: &[u8],
    files: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Study, ImportError> {
    let database = Database::open(file, Tool::QualCoder, bytes)?;
    let sources = database.needed(
        "source",
        &[
            "id",
            "name",
            "fulltext",
            "mediapath",
            "memo",
            "owner",
            "date",
            "av_text_id",
        ],
    )?;
    let codings = database.needed(
        "code_text",
        &[
            "ctid",
            "cid",
            "fid",
            "pos0",
            "pos1",
            "seltext",
            "owner",
            "date",
            "memo",
            "important",
        ],
    )?;
    let project = database.rows("project", &["date", "memo", "about"])?;
    let project = project.into_iter().next().unwrap_or_default();
    let mut draft = StudyBuilder::new(file, Tool::QualCoder, &project.text("date"));
    draft.study.program = project
        .words("about")
        .filter(|about| about.starts_with("QualCoder"))
        .unwrap_or(draft.study.program);
    draft.study.title = title_of_project(file);
    draft.study.description = project.text("memo").trim().to_owned();
    draft.study.positions = Some(PositionReading::CodePoints);

    let codes = codes(&mut draft, &database, &codings)?;
    let mut reading = QualCoderReader {
        codes,
        texts: BTreeMap::new(),
        others: BTreeMap::new(),
    };
    for source in &sources {
        reading.source(&mut draft, file, source, files)?;
    }
    for coding in &codings {
        reading.coding(&mut draft, coding);
    }
    reading.annotations(&mut draft, &database)?;
    reading.other_codings(&mut draft, &database)?;
    Holders::read(&mut draft, &database, &mut reading.texts, &reading.others)?;
    for entry in database.rows("journal", &["name", "jentry", "owner"])? {
        let coder = draft.coder(&entry.text("owner"));
        draft.memo(
            Anchor::Project,
            coder,
            &entry.text("name"),
            &entry.text("jentry"),
        );
    }
    for (table, kind, column) in [
        ("stored_sql", Lost::Queries, "title"),
        ("graph", Lost::Graph, "name"),
        ("ris", Lost::Other, "value"),
    ] {
        for row in database.rows(table, &[column])? {
            draft.lost(kind, row.text(column));
        }
    }
    draft
        .study
        .documents
        .extend(reading.texts.into_values().map(|(document, _)| document));
    Ok(draft.study)
}

/// The name of the folder that ends in `.qda`, or of the file.
fn title_of_project(file: &str) -> String {
    let folder = file
        .rsplit(['/', '\\'])
        .find_map(|part| part.strip_suffix(".qda").filter(|name| *name != "data"));
    folder.map_or_else(|| crate::import::title_of(file), str::to_owned)
}

/// A code with the facet for what is important of it, if anything is.
struct QualCoderCode {
    id: CodeId,
    name: String,
    important: Option<crate::model::ids::FacetId>,
}

/// Categories and codes in one tree, by the keys of codes.
fn codes(
    draft: &mut StudyBuilder,
    database: &Database<'_>,
    codings: &[DatabaseRow],
) -> Result<BTreeMap<String, QualCoderCode>, ImportError> {
    let category =
        |row: &DatabaseRow, column: &str| row.key(column).map(|key| format!("category {key}"));
    let mut nodes = Vec::new();
    let mut named: Vec<(String, String)> = Vec::new();
    for row in database.rows(
        "code_cat",
        &["catid", "name", "memo", "supercatid", "owner"],
    )? {
        let Some(key) = category(&row, "catid") else {
            continue;
        };
        let name = row.text("name");
        draft.lost(Lost::NotCodable, name.clone());
        let definition = row.text("memo");
        nodes.push(CodeNode {
            key,
            above: category(&row, "supercatid"),
            name,
            definition,
            colour: None,
        });
    }
    for row in database.needed(
        "code_name",
        &["cid", "name", "memo", "catid", "owner", "color", "supercid"],
    )? {
        let Some(key) = row.key("cid") else { continue };
        let above = row.key("supercid").or_else(|| category(&row, "catid"));
        let name = row.text("name");
        named.push((key.clone(), name.clone()));
        nodes.push(CodeNode {
            key,
            above,
            name,
            definition: row.text("memo"),
            colour: row.words("color"),
        });
    }
    let ids = draft.codes(nodes);
    let important: std::collections::BTreeSet<String> = codings
        .iter()
        .filter(|row| row.number("important") == Some(1))
        .filter_map(|row| row.key("cid"))
        .collect();
    let mut known = BTreeMap::new();
    let mut facets = BTreeMap::new();
    for (key, name) in named {
        let Some(id) = ids.get(&key).copied() else {
            continue;
        };
        let facet = important
            .contains(&key)
            .then(|| draft.id(&["important", &key]));
        facets.extend(facet.map(|facet| (id, facet)));
        known.insert(
            key,
            QualCoderCode {
                id,
                name,
                important: facet,
            },
        );
    }
    for code in &mut draft.study.codes {
        let mut name = Localized::plain("important");
        name.translations.insert(Language::ZH, "重要".to_owned());
        code.facets.extend(facets.get(&code.id).map(|id| Facet {
            id: *id,
            name,
            kind: FacetKind::YesNo,
        }));
    }
    Ok(known)
}

/// A document with its text as QualCoder has it.
pub(super) type QualCoderText = (StudyDocument, NormalizedText);

struct QualCoderReader {
    codes: BTreeMap<String, QualCoderCode>,
    /// Documents by their keys, in the order of those.
    texts: BTreeMap<i64, QualCoderText>,
    /// Names of sources without text.
    others: BTreeMap<i64, String>,
}

impl QualCoderReader {
    fn source(
        &mut self,
        draft: &mut StudyBuilder,
        file: &str,
        row: &DatabaseRow,
        files: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<(), ImportError> {
        let Some(key) = row.number("id") else {
            return Ok(());
        };
        let (name, path) = (row.text("name"), row.text("mediapath"));
        let coder = draft.coder(&row.text("owner"));
        draft.lost(Lost::Dates, name.clone());
        let kind = [
            ("images", AttachmentKind::Picture),
            ("audio", AttachmentKind::Audio),
            ("video", AttachmentKind::Video),
        ]
        .into_iter()
        .find(|(folder, _)| path.trim_start_matches('/').starts_with(folder));
        let own = path
            .rsplit(['/', '\\'])
            .next()
            .filter(|own| !own.is_empty())
            .unwrap_or(&name)
            .to_owned();
        if let Some((folder, kind)) = kind {
            self.others.insert(key, name.clone());
            let bytes = if path.contains(':') {
                None
            } else {
                files(&format!("{folder}/{own}"))
            };
            if bytes.is_none() {
                draft.lost(Lost::MissingFile, format!("{folder}/{own}"));
            }
            if row.key("av_text_id").is_some() {
                draft.lost(Lost::LinkEnd, name.clone());
            }
            draft.memo(Anchor::Project, coder, &name, &row.text("memo"));
            let id = draft.id(&["attachment", &key.to_string(), &name]);
            let len_bytes = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
            draft.study.attachments.push((
                Attachment {
                    id,
                    name,
                    kind,
                    file: own,
                    content: None,
                    len_bytes,
                },
                bytes,
            ));
            return Ok(());
        }
        let text = row.text("fulltext");
        if text.trim().is_empty() {
            self.others.insert(key, name.clone());
            draft.lost(Lost::NoText, name.clone());
            return Ok(());
        }
        encoding::check_size(file, text.len())?;
        let plain = NormalizedText::new(text);
        let original = if path.contains(':') {
            None
        } else {
            files(&format!("documents/{own}"))
        };
        let document = draft.document(&key.to_string(), &name, &plain, original);
        draft.memo(Anchor::Document(document.id), coder, "", &row.text("memo"));
        self.texts.insert(key, (document, plain));
        Ok(())
    }

    fn coding(&mut self, draft: &mut StudyBuilder, row: &DatabaseRow) {
        let words = beginning(&row.text("seltext"));
        let Some(code) = row.key("cid").and_then(|key| self.codes.get(&key)) else {
            draft.lost(Lost::CodingWithoutCode, words);
            return;
        };
        let Some((document, plain)) = row.number("fid").and_then(|key| self.texts.get_mut(&key))
        else {
            draft.lost(Lost::MissingFile, words);
            return;
        };
        let (start, end) = (
            row.number("pos0").unwrap_or_default(),
            row.number("pos1").unwrap_or_default(),
        );
        if !plain.holds(start, end) {
            draft.lost(
                Lost::OutsideText,
                format!("{}: {words}", document.imported.title),
            );
        }
        let Some(range) = plain.range(start, end) else {
            return;
        };
        let coder = draft.coder(&row.text("owner"));
        let important = code
            .important
            .filter(|_| row.number("important") == Some(1));
        let facets = important
            .map(|facet| (facet, FacetValue::YesNo(true)))
            .into_iter()
            .collect();
        let key = row.key("ctid").unwrap_or_default();
        let made = row.text("date");
        let coding = draft.coding(NewCoding {
            key: &[&key],
            range,
            code: code.id,
            coder,
            selection: None,
            made: &made,
            facets,
        });
        draft.memo(
            Anchor::Coding(document.id, coding.id),
            coder,
            "",
            &row.text("memo"),
        );
        document.codings.push(coding);
    }

    fn annotations(
        &self,
        draft: &mut StudyBuilder,
        database: &Database<'_>,
    ) -> Result<(), ImportError> {
        for row in database.rows("annotation", &["fid", "pos0", "pos1", "memo", "owner"])? {
            let memo = row.text("memo");
            let Some((document, plain)) = row.number("fid").and_then(|key| self.texts.get(&key))
            else {
                draft.lost(Lost::MissingFile, beginning(&memo));
                continue;
            };
            if memo.trim().is_empty() {
                draft.lost(Lost::EmptyMemo, document.imported.title.clone());
            }
            let range = plain.range(
                row.number("pos0").unwrap_or_default(),
                row.number("pos1").unwrap_or_default(),
            );
            let anchor = range.map_or(Anchor::Document(document.id), |range| {
                Anchor::Segment(document.id, range)
            });
            let coder = draft.coder(&row.text("owner"));
            draft.memo(anchor, coder, "", &memo);
        }
        Ok(())
    }

    /// Codings of pictures and recordings.
    fn other_codings(
        &self,
        draft: &mut StudyBuilder,
        database: &Database<'_>,
    ) -> Result<(), ImportError> {
        for (table, kind) in [
            ("code_image", Lost::PictureCoding),
            ("code_av", Lost::MediaCoding),
        ] {
            for row in database.rows(table, &["id", "cid", "memo"])? {
                let code = row
                    .key("cid")
                    .and_then(|key| self.codes.get(&key))
                    .map_or("–", |code| &code.name);
                let source = row.number("id").and_then(|key| {
                    self.others.get(&key).or_else(|| {
                        self.texts
                            .get(&key)
                            .map(|(document, _)| &document.imported.title)
                    })
                });
                draft.lost(
                    kind,
                    format!("{}: {code}", source.map_or("–", String::as_str)),
                );
            }
        }
        Ok(())
    }
}

/// The coder that stands behind a row.
pub(super) fn owner(draft: &mut StudyBuilder, row: &DatabaseRow) -> CoderId {
    draft.coder(&row.text("owner"))
}
