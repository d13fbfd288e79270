//! Errors of a project file.

use std::path::{Path, PathBuf};

use crate::{
    log::codec::UnreadableEntry,
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::text::ContentHash,
};

/// A project file that can't be created, opened, read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum StoreError {
    /// There is no file at this path.
    NotFound(PathBuf),
    /// There already is a file at this path.
    Exists(PathBuf),
    /// The file isn't a Tain project.
    NotAProject(PathBuf),
    /// The project was written by a newer version of the program.
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        found: u32,
        /// The newest version that this program reads.
        known: u32,
    },
    /// Another window has the project open for writing.
    Locked(PathBuf),
    /// The project is open for reading only.
    ReadOnly,
    /// The disk is full.
    Full,
    /// An entry isn't JSON of this format.
    Entry(#[from] UnreadableEntry),
    /// A text that the log names is missing, or doesn't have its hash.
    Content(ContentHash),
    /// The file can't be read as a database.
    Damaged(String),
    /// The database failed.
    Database(rusqlite::Error),
    /// The file system failed.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Explain for StoreError {
    fn explain(&self) -> Explanation {
        match self {
            Self::NotFound(path) => Explanation::project(
                Text::new("there is no project at {path}", "{path} 处没有项目")
                    .with("path", path.as_path()),
            )
            .hint(Text::new(
                "check the path, or create one with tain new",
                "请检查路径，或新建一个",
            )),
            Self::Exists(path) => Explanation::usage(
                Text::new("{path} already exists", "{path} 已存在").with("path", path.as_path()),
            )
            .hint(Text::new(
                "choose another name, or open it",
                "请换一个名称，或打开它",
            )),
            Self::NotAProject(path) => Explanation::project(
                Text::new("{path} is not a Tain project", "{path} 不是 Tain 项目")
                    .with("path", path.as_path()),
            )
            .hint(Text::new(
                "import transcripts into a project",
                "访谈文本请用导入",
            )),
            Self::Newer { path, found, known } => newer(path, *found, *known),
            Self::Locked(path) => Explanation::project(
                Text::new(
                    "{path} is open in another window",
                    "{path} 已在另一个窗口中打开",
                )
                .with("path", path.as_path()),
            )
            .hint(Text::new(
                "close that one, or open this copy for reading",
                "请关闭那个窗口，或以只读方式打开",
            )),
            Self::ReadOnly => Explanation::io(Text::new(
                "the project is open for reading only",
                "项目以只读方式打开",
            )),
            Self::Full => Explanation::io(Text::new(
                "the disk is full and the last step was not saved",
                "磁盘已满，最后一步没有保存",
            ))
            .hint(Text::new("make room and try again", "请腾出空间后重试")),
            Self::Entry(error) => error.explain(),
            Self::Content(hash) => Explanation::project(
                Text::new(
                    "content {hash} is missing or damaged",
                    "内容 {hash} 缺失或已损坏",
                )
                .with("hash", hash.to_string()),
            )
            .hint(Text::new(
                "restore the file from a backup",
                "请从备份恢复文件",
            )),
            Self::Damaged(reason) => Explanation::project(
                Text::new("the file is damaged ({reason})", "文件已损坏（{reason}）")
                    .with("reason", reason),
            )
            .hint(Text::new(
                "restore it from a backup, or try tain check --repair",
                "请从备份恢复，或运行 tain check --repair",
            )),
            Self::Database(error) => Explanation::io(
                Text::new(
                    "the project file can't be used: {reason}",
                    "无法使用项目文件：{reason}",
                )
                .with("reason", error.to_string()),
            ),
            Self::Io { path, source } => Explanation::of_file(path.as_path(), source),
        }
    }
}

fn newer(path: &Path, found: u32, known: u32) -> Explanation {
    Explanation::project(
        Text::new(
            "{path} was written by a newer Tain (format {found}, this one reads up to {known})",
            "{path} 由更新版本的 Tain 写成（格式 {found}，本版本最高 {known}）",
        )
        .with("path", path)
        .with("found", found)
        .with("known", known),
    )
    .hint(Text::new("update Tain to open it", "请更新 Tain"))
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            _ => Self::Database(error),
        }
    }
}
