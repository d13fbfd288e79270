//! Reader of QualCoder's projects, of every version so far: sources, codes, codings, memos, journals and media.
//!
//! Positions are code points. Coders are the `owner` of each row, since only version 4 has a table of them.

use std::collections::BTreeMap;

use super::{
    Tool,
    builder::{NewCoding, StudyBuilder, beginning},
    database::{Database, DatabaseRow},
    normalized::NormalizedText,
    qualcoder_cases::read_cases,
    qualcoder_codes::{QualCoderCode, read_codes},
    source_document::{SourceDocument, StoredSpan},
};
use crate::{
    import::{ImportError, encoding, loss::Lost, positions::PositionReading, study::Study},
    model::{
        attachment::{Attachment, AttachmentKind},
        facet::FacetValue,
        memo::Anchor,
    },
};

/// Returns the bytes of a file by its path in the project's folder, such as `images/a.jpg`.
type ProjectFiles<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// Reads a QualCoder project: `bytes` are those of `data.qda`.
///
/// # Errors
/// When the file is damaged or no QualCoder project.
pub fn read_qualcoder(
    file: &str,
    bytes: &[u8],
    files: &ProjectFiles<'_>,
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
    let project = database.first_row("project", &["date", "memo", "about"])?;
    // Projects have no id; the moment of creation tells them apart.
    let mut builder = StudyBuilder::new(file, Tool::QualCoder, &project.text("date"));
    if let Some(about) = project
        .words("about")
        .filter(|own| own.starts_with("QualCoder"))
    {
        builder.study.program = about;
    }
    builder.study.title = title_of_project(file);
    builder.study.description = project.text("memo").trim().to_owned();
    builder.study.positions = Some(PositionReading::CodePoints);

    let codes = read_codes(&mut builder, &database, &codings)?;
    let mut reader = QualCoderReader {
        codes,
        texts: BTreeMap::new(),
        others: BTreeMap::new(),
    };
    for source in &sources {
        reader.source(&mut builder, file, source, files)?;
    }
    for coding in &codings {
        reader.coding(&mut builder, coding);
    }
    reader.annotations(&mut builder, &database)?;
    reader.other_codings(&mut builder, &database)?;
    read_cases(&mut builder, &database, &mut reader.texts, &reader.others)?;
    read_journal(&mut builder, &database)?;
    builder
        .study
        .documents
        .extend(reader.texts.into_values().map(|own| own.document));
    Ok(builder.study)
}

/// Reads the journal as memos on the project, and records the tables without a counterpart as lost.
fn read_journal(builder: &mut StudyBuilder, database: &Database<'_>) -> Result<(), ImportError> {
    for entry in database.rows("journal", &["name", "jentry", "owner"])? {
        let coder = builder.coder(&entry.text("owner"));
        builder.memo(
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
            builder.lost(kind, row.text(column));
        }
    }
    Ok(())
}

/// The name of the folder that ends in `.qda`, or else of the file.
fn title_of_project(file: &str) -> String {
    let folder = file
        .rsplit(['/', '\\'])
        .find_map(|part| part.strip_suffix(".qda").filter(|name| *name != "data"));
    match folder {
        Some(name) => name.to_owned(),
        None => crate::import::title_of(file),
    }
}

/// The kind of a source that isn't text, with the folder in which the project keeps it.
fn media_kind(path: &str) -> Option<(&'static str, AttachmentKind)> {
    let path = path.trim_start_matches('/');
    // Linked files have a path such as `video:/home/ann/a.mp4`.
    [
        ("images", AttachmentKind::Picture),
        ("audio", AttachmentKind::Audio),
        ("video", AttachmentKind::Video),
    ]
    .into_iter()
    .find(|(folder, _)| path.starts_with(folder))
}

struct QualCoderReader {
    codes: BTreeMap<String, QualCoderCode>,
    /// Documents by the ids of their sources.
    texts: BTreeMap<i64, SourceDocument>,
    /// Names of the sources without text, by id.
    others: BTreeMap<i64, String>,
}

impl QualCoderReader {
    fn source(
        &mut self,
        builder: &mut StudyBuilder,
        file: &str,
        row: &DatabaseRow,
        files: &ProjectFiles<'_>,
    ) -> Result<(), ImportError> {
        // Ids are what codings and cases refer to.
        let Some(key) = row.number("id") else {
            return Ok(());
        };
        let (name, path) = (row.text("name"), row.text("mediapath"));
        let coder = builder.coder(&row.text("owner"));
        builder.lost(Lost::Dates, name.clone());
        let own = match path.rsplit(['/', '\\']).next() {
            Some(own) if !own.is_empty() => own.to_owned(),
            _ => name.clone(),
        };
        // A colon marks a file that is linked rather than copied into the project; its path is of the author's computer.
        let is_linked = path.contains(':');
        if let Some((folder, kind)) = media_kind(&path) {
            self.others.insert(key, name);
            let path = format!("{folder}/{own}");
            let bytes = if is_linked { None } else { files(&path) };
            if bytes.is_none() {
                builder.lost(Lost::MissingFile, path);
            }
            attach(builder, row, kind, own, bytes);
            return Ok(());
        }
        let text = row.text("fulltext");
        if text.trim().is_empty() {
            self.others.insert(key, name.clone());
            builder.lost(Lost::NoText, name);
            return Ok(());
        }
        encoding::check_size(file, text.len())?;
        let source = NormalizedText::new(text);
        let original = if is_linked {
            None
        } else {
            files(&format!("documents/{own}"))
        };
        let document = builder.document(&key.to_string(), &name, &source, original);
        builder.memo(Anchor::Document(document.id), coder, "", &row.text("memo"));
        self.texts.insert(key, SourceDocument { document, source });
        Ok(())
    }

    fn coding(&mut self, builder: &mut StudyBuilder, row: &DatabaseRow) {
        let quoted = beginning(&row.text("seltext"));
        // Importing REFI-QDA, QualCoder leaves codings of NVivo's cases behind without a code.
        let Some(code) = row.key("cid").and_then(|key| self.codes.get(&key)) else {
            builder.lost(Lost::CodingWithoutCode, quoted);
            return;
        };
        let Some(own) = row.number("fid").and_then(|key| self.texts.get_mut(&key)) else {
            builder.lost(Lost::MissingFile, quoted);
            return;
        };
        let span = StoredSpan::of_row(row, "pos0", "pos1");
        let Some(range) = own.coded_range(builder, span, &quoted) else {
            return;
        };
        let coder = builder.coder(&row.text("owner"));
        let important = code
            .important
            .filter(|_| row.number("important") == Some(1));
        let coding = builder.coding(NewCoding {
            key: &[&row.key_or_empty("ctid")],
            range,
            code: code.id,
            coder,
            selection: None,
            made: &row.text("date"),
            facets: important
                .map(|facet| (facet, FacetValue::YesNo(true)))
                .into_iter()
                .collect(),
        });
        builder.memo(
            Anchor::Coding(own.document.id, coding.id),
            coder,
            "",
            &row.text("memo"),
        );
        own.document.codings.push(coding);
    }

    /// Reads annotations: memos on passages.
    fn annotations(
        &self,
        builder: &mut StudyBuilder,
        database: &Database<'_>,
    ) -> Result<(), ImportError> {
        for row in database.rows("annotation", &["fid", "pos0", "pos1", "memo", "owner"])? {
            let memo = row.text("memo");
            let Some(own) = row.number("fid").and_then(|key| self.texts.get(&key)) else {
                builder.lost(Lost::MissingFile, beginning(&memo));
                continue;
            };
            if memo.trim().is_empty() {
                builder.lost(Lost::EmptyMemo, own.document.imported.title.clone());
            }
            let anchor = own.anchor(StoredSpan::of_row(&row, "pos0", "pos1"));
            let coder = builder.coder(&row.text("owner"));
            builder.memo(anchor, coder, "", &memo);
        }
        Ok(())
    }

    /// Records codings of pictures and recordings as lost.
    fn other_codings(
        &self,
        builder: &mut StudyBuilder,
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
                let source = row.number("id").and_then(|key| self.source_name(key));
                builder.lost(kind, format!("{}: {code}", source.unwrap_or("–")));
            }
        }
        Ok(())
    }

    /// The name of a source with or without text.
    fn source_name(&self, key: i64) -> Option<&str> {
        match self.others.get(&key) {
            Some(name) => Some(name),
            None => Some(&self.texts.get(&key)?.document.imported.title),
        }
    }
}

/// Adds a picture or recording, with its memo.
fn attach(
    builder: &mut StudyBuilder,
    row: &DatabaseRow,
    kind: AttachmentKind,
    file: String,
    bytes: Option<Vec<u8>>,
) {
    let name = row.text("name");
    // The transcript of a recording is a source of its own; the link between the two has no counterpart.
    if row.key("av_text_id").is_some() {
        builder.lost(Lost::LinkEnd, name.clone());
    }
    let coder = builder.coder(&row.text("owner"));
    builder.memo(Anchor::Project, coder, &name, &row.text("memo"));
    let attachment = Attachment {
        id: builder.id(&["attachment", &row.key_or_empty("id"), &name]),
        name,
        kind,
        file,
        content: None,
        len_bytes: bytes.as_ref().map_or(0, |bytes| bytes.len() as u64),
    };
    builder.study.attachments.push((attachment, bytes));
}
