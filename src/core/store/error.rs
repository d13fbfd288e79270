//! Errors of a project file.

use std::path::{Path, PathBuf};

use crate::{
    log::codec::UnreadableEntry,
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::text::ContentHash,
    seal::SealError,
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
    /// The path of the open project leads to no file any more.
    Gone(PathBuf),
    /// The path of the open project leads to another file than when it was opened.
    Replaced(PathBuf),
    /// The file has another name besides (a hard link).
    SeveralNames(PathBuf),
    /// Another program has written to the file although this one has it open for writing.
    WrittenElsewhere(PathBuf),
    /// The file has a table, view or trigger that isn't Tain's, or lacks one.
    Foreign {
        /// The file.
        path: PathBuf,
        /// The name of what is there and shouldn't be, or isn't and should.
        what: String,
    },
    /// The project is encrypted, and no passphrase was given.
    Encrypted(PathBuf),
    /// The passphrase isn't that of the project.
    WrongPassphrase(PathBuf),
    /// The key can't be derived.
    Seal(#[from] SealError),
    /// Nothing of the step was stored.
    NotStored(Box<Self>),
    /// The system couldn't say whether the step is on the disk.
    MaybeStored(Box<Self>),
    /// The text, turns or original of a document, or an attached file, is missing or isn't as it was stored.
    Unreadable {
        /// What it is called.
        name: String,
        /// Its hash.
        hash: ContentHash,
    },
    /// The log has lost entries: it can be read and has to be repaired before it is written to.
    NeedsRepair(PathBuf),
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

const RESTORE: Text = Text::new(
    "tain check says what is damaged, and --repair or a backup brings back what can be",
    "tain check 会说明哪里损坏；--repair 或备份可恢复能恢复的内容",
);

const SAVE_ELSEWHERE: Text = Text::new(
    "nothing was written to it; save a copy elsewhere, or put the file back",
    "没有写入任何内容；请另存副本，或把文件放回原处",
);

/// What became of a step, and why.
fn outcome(cause: &StoreError, text: Text) -> Explanation {
    let cause = cause.explain();
    let said = Explanation::io(text.with("cause", cause.what)).of_kind(cause.kind);
    match cause.hint {
        Some(hint) => said.hint(hint),
        None => said,
    }
}

impl StoreError {
    /// Nothing of a step was stored because the database refused it.
    pub(super) fn not_stored(error: rusqlite::Error) -> Self {
        Self::from(error).into_not_stored()
    }

    /// The same failure, saying that nothing of the step was stored.
    pub(super) fn into_not_stored(self) -> Self {
        match self {
            // These speak of the request, and not of something that failed on the way.
            said @ (Self::NotStored(_) | Self::MaybeStored(_) | Self::Entry(_)) => said,
            failed => Self::NotStored(Box::new(failed)),
        }
    }

    /// The file isn't a project if its first bytes aren't those of a database.
    pub(super) fn on_open(error: rusqlite::Error, path: &Path) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotAProject(path.to_owned()),
            _ => error.into(),
        }
    }
}

impl Explain for StoreError {
    #[expect(clippy::too_many_lines, reason = "a flat list of texts")]
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
            Self::Full => Explanation::io(Text::new("the disk is full", "磁盘已满"))
                .hint(Text::new("make room and try again", "请腾出空间后重试")),
            Self::Gone(path) => Explanation::project(
                Text::new(
                    "{path} is gone: it was moved or deleted while it was open",
                    "{path} 已不在原处：打开期间被移动或删除",
                )
                .with("path", path.as_path()),
            )
            .hint(SAVE_ELSEWHERE),
            Self::Replaced(path) => Explanation::project(
                Text::new(
                    "another file has taken the place of {path} while it was open",
                    "打开期间，{path} 被另一个文件替换",
                )
                .with("path", path.as_path()),
            )
            .hint(SAVE_ELSEWHERE),
            Self::SeveralNames(path) => Explanation::project(
                Text::new(
                    "{path} has another name besides (a hard link), and two names of one project can't be kept apart",
                    "{path} 还有另一个名称（硬链接），同一项目的两个名称无法分别写入",
                )
                .with("path", path.as_path()),
            )
            .hint(Text::new(
                "delete the other name, copy the file, or open it for reading",
                "请删除另一个名称、复制一份，或以只读方式打开",
            )),
            Self::WrittenElsewhere(path) => Explanation::project(
                Text::new(
                    "another program has written to {path} while it was open here",
                    "{path} 在此处打开期间被另一个程序写入",
                )
                .with("path", path.as_path()),
            )
            .hint(Text::new(
                "close it and open it again; nothing of either is lost",
                "请关闭后重新打开；双方的内容都不会丢失",
            )),
            Self::Foreign { path, what } => Explanation::project(
                Text::new(
                    "{path} isn't a file as Tain writes it: “{what}” is missing, altered, or not Tain's",
                    "{path} 不是 Tain 写出的文件：“{what}”缺失、被改动或不属于 Tain",
                )
                .with("path", path.as_path())
                .with("what", what),
            )
            .hint(Text::new(
                "nothing in it was run; ask whoever sent it, or try tain check --repair",
                "其中的内容均未执行；请询问发送者，或运行 tain check --repair",
            )),
            Self::Encrypted(path) => Explanation::project(
                Text::new("{path} is encrypted", "{path} 已加密").with("path", path.as_path()),
            )
            .hint(Text::new(
                "give its passphrase with --passphrase-file or TAIN_PASSPHRASE",
                "请用 --passphrase-file 或 TAIN_PASSPHRASE 提供密码短语",
            )),
            Self::WrongPassphrase(path) => Explanation::project(
                Text::new(
                    "{path}: the passphrase is wrong",
                    "{path}：密码短语不对",
                )
                .with("path", path.as_path()),
            )
            .hint(Text::new(
                "capitals and spaces count; the key of the recovery sheet opens it, too",
                "大小写与空格都算在内；也可使用恢复单上的密钥",
            )),
            Self::Seal(error) => error.explain(),
            Self::NotStored(cause) => outcome(
                cause,
                Text::new(
                    "nothing of the last step was stored: {cause}",
                    "最后一步完全没有保存：{cause}",
                ),
            ),
            Self::MaybeStored(cause) => outcome(
                cause,
                Text::new(
                    "the last step may be stored or not: {cause}",
                    "最后一步可能已保存，也可能没有：{cause}",
                ),
            )
            .hint(Text::new(
                "open the project again and look at its last step before you repeat it",
                "请重新打开项目，查看最后一步后再决定是否重做",
            )),
            Self::Unreadable { name, hash } => Explanation::project(
                Text::new(
                    "“{name}”: its content {hash} is missing or damaged",
                    "“{name}”：其内容 {hash} 缺失或已损坏",
                )
                .with("name", name)
                .with("hash", hash.to_string()),
            )
            .hint(RESTORE),
            Self::NeedsRepair(path) => Explanation::project(
                Text::new(
                    "{path} is damaged: it can be read, but not be written to until it is repaired",
                    "{path} 已损坏：可以读取，修复之前不能写入",
                )
                .with("path", path.as_path()),
            )
            .hint(Text::new(
                "tain check --repair mends a copy and keeps this file",
                "tain check --repair 会修复副本并保留此文件",
            )),
            Self::Entry(error) => error.explain(),
            Self::Content(hash) => Explanation::project(
                Text::new(
                    "content {hash} is missing or damaged",
                    "内容 {hash} 缺失或已损坏",
                )
                .with("hash", hash.to_string()),
            )
            .hint(RESTORE),
            Self::Damaged(reason) => Explanation::project(
                Text::new("the file is damaged ({reason})", "文件已损坏（{reason}）")
                    .with("reason", reason),
            )
            .hint(RESTORE),
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
