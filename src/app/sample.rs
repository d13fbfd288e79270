//! The sample study "I believe I can": fictional interviews, built into the program and taken in by the ordinary import.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::{
    AppError, Session,
    edit::sheets::CreateCodes,
    identity::Host,
    import::{PathPatterns, SheetError},
};
use crate::{
    import::{DocumentOptions, SourceFile, read_document},
    store::StoreError,
};

static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/samples/i-believe-i-can");
static CODEBOOKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/codebooks");

/// Title of the sample project.
pub const TITLE: &str = "我相信我能 I believe I can";

/// Codebooks in the order in which the sample takes them in.
const ORDER: [&str; 5] = [
    "looking-glass-self.ron",
    "influencing-factors.ron",
    "needs.ron",
    "strengths.ron",
    "group-work-process.ron",
];

/// The user's folder for projects that the program makes itself.
pub fn default_folder() -> Option<PathBuf> {
    Some(
        directories::ProjectDirs::from("", "", "tain")?
            .data_dir()
            .to_owned(),
    )
}

/// The starter codebooks: file name and text.
pub fn codebooks() -> Vec<(&'static str, &'static [u8])> {
    ORDER
        .iter()
        .filter_map(|name| Some((*name, CODEBOOKS.get_file(name)?.contents())))
        .collect()
}

/// Builds the sample project in a folder, unless it is there; gives its path and whether it was built.
///
/// # Errors
/// When the folder can't be written.
pub fn build(folder: &Path, world: &dyn Fn() -> Host) -> Result<(PathBuf, bool), SheetError> {
    let path = folder.join("i-believe-i-can.tain");
    if path.exists() {
        return Ok((path, false));
    }
    let io = |source| {
        AppError::from(StoreError::Io {
            path: folder.to_owned(),
            source,
        })
    };
    std::fs::create_dir_all(folder).map_err(io)?;
    let half_made = folder.join("i-believe-i-can.part.tain");
    remove_all(&half_made);
    fill(&mut Session::create(&half_made, TITLE, "An", world())?)?;
    std::fs::rename(&half_made, &path).map_err(io)?;
    Ok((path, true))
}

fn remove_all(path: &Path) {
    for ending in ["", "-wal", "-shm", "-lock"] {
        let mut name = path.to_owned().into_os_string();
        name.push(ending);
        // What isn't there needn't go.
        std::fs::remove_file(name).ok();
    }
}

fn fill(session: &mut Session) -> Result<(), SheetError> {
    for (name, bytes) in codebooks() {
        session.import_codebook(name, bytes.to_vec())?;
    }
    take_documents(session)?;
    // The document sheet goes first: it has the phases in the order of the programme.
    if let Some(sheet) = bytes("documents.csv") {
        session.import_document_sheet("documents.csv", sheet)?;
    }
    if let Some(cases) = bytes("cases.csv") {
        session.import_cases("cases.csv", cases, None, None, None)?;
    }
    if let Some(codings) = bytes("codings.csv") {
        session.import_codings("codings.csv", codings, CreateCodes::No)?;
    }
    session.save_checkpoint().map_err(AppError::from)?;
    Ok(())
}

fn bytes(name: &str) -> Option<Vec<u8>> {
    Some(SAMPLE.get_file(name)?.contents().to_vec())
}

fn take_documents(session: &mut Session) -> Result<(), SheetError> {
    let mut documents = Vec::new();
    for file in SAMPLE
        .get_dir("transcripts")
        .into_iter()
        .flat_map(Dir::files)
    {
        let name = file
            .path()
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        documents.push(read_document(
            SourceFile {
                path: name,
                bytes: file.contents().to_vec(),
            },
            &DocumentOptions::default(),
        )?);
    }
    documents.sort_by(|a, b| a.file.cmp(&b.file));
    session.add_documents(documents, &PathPatterns::default())?;
    Ok(())
}
