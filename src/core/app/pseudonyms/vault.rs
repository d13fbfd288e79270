//! The table of pseudonyms in its file: beside the project, sealed with a passphrase of its own.
//!
//! It isn't in the project, so that the project can be given away without what leads back to people.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    app::output_file::{self, WriteError},
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    names::table::PseudonymTable,
    seal::{self, Passphrase, SealError},
};

/// Bytes that nobody can guess, for one sealing.
pub type Random = [u8; 64];

/// The ending of the file.
const ENDING: &str = "pseudonyms";

/// Why the table can't be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum TableError {
    /// There is no table yet.
    Missing(PathBuf),
    /// The passphrase is wrong, or the file isn't what it was.
    Sealed(PathBuf, SealError),
    /// It opens, but this program can't read what is in it.
    Unknown(PathBuf),
    /// The system has no random numbers.
    NoRandom,
    /// The file system refuses to read.
    Read(PathBuf, io::Error),
    /// The file can't be written.
    Write(#[from] WriteError),
}

impl Explain for TableError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Missing(file) => Explanation::not_found(
                Text::new(
                    "there is no table of pseudonyms at {file}",
                    "{file} 处没有化名表",
                )
                .with("file", file.as_path()),
            )
            .hint(Text::new(
                "look for names and keep them first: tain pseudonyms PROJECT scan --save",
                "请先查找并保存人名：tain pseudonyms 项目 scan --save",
            )),
            Self::Sealed(file, error) => {
                let explained = error.explain();
                Explanation::refused(
                    Text::new("{file}: {what}", "{file}：{what}")
                        .with("file", file.as_path())
                        .with("what", explained.into_message()),
                )
            }
            Self::Unknown(file) => Explanation::project(
                Text::new(
                    "{file} was made by a newer Tain, or is damaged",
                    "{file} 由更新版本的 Tain 生成，或已损坏",
                )
                .with("file", file.as_path()),
            ),
            Self::NoRandom => Explanation::io(Text::new(
                "the system has no random numbers to seal with; nothing was written",
                "系统无法提供加密所需的随机数；没有写入任何内容",
            )),
            Self::Read(file, error) => Explanation::of_file(file.as_path(), error),
            Self::Write(error) => error.explain(),
        }
    }
}

/// Where the table of a project is: `NAME.pseudonyms` beside `NAME.tain`.
pub fn table_path(project: &Path) -> PathBuf {
    project.with_extension(ENDING)
}

/// Returns true if a project has a table.
pub fn has_table(project: &Path) -> bool {
    table_path(project).is_file()
}

/// Opens the table of a project.
///
/// # Errors
/// When there is none, the passphrase is another, or the file is damaged.
pub fn read(project: &Path, passphrase: &Passphrase) -> Result<PseudonymTable, TableError> {
    let path = table_path(project);
    let sealed = match fs::read(&path) {
        Ok(sealed) => sealed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(TableError::Missing(path));
        }
        Err(error) => return Err(TableError::Read(path, error)),
    };
    let plain = seal::open(passphrase, &sealed);
    let plain = plain.map_err(|error| TableError::Sealed(path.clone(), error))?;
    serde_json::from_slice(&plain).map_err(|_other| TableError::Unknown(path))
}

/// Writes the table of a project, sealed, readable by its owner alone.
///
/// # Errors
/// When there are no random numbers, or the file can't be written; what was there before stays.
pub fn write(
    project: &Path,
    passphrase: &Passphrase,
    table: &PseudonymTable,
    random: Option<Random>,
) -> Result<(), TableError> {
    let path = table_path(project);
    let random = random.ok_or(TableError::NoRandom)?;
    let bytes = random.first_chunk().ok_or(TableError::NoRandom)?;
    let plain = serde_json::to_vec(table).map_err(|_other| TableError::Unknown(path.clone()))?;
    let sealed = seal::seal(passphrase, &plain, bytes);
    let sealed = sealed.map_err(|error| TableError::Sealed(path.clone(), error))?;
    output_file::write(&path, &sealed)?;
    Ok(())
}
