//! Why a project can't be exported.

use super::format::{ExportContent, all_endings};
use crate::{
    app::{jobs::Cancelled, output_file::WriteError},
    message::{
        Argument,
        explain::{Explain, Explanation},
        text::Text,
    },
    store::StoreError,
};

/// Why a project can't be exported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum ExportError {
    /// The ending of the path names no format.
    Ending(String),
    /// The format can't hold the content.
    NotHeld {
        /// The content that was asked for.
        content: ExportContent,
        /// The ending of the path.
        ending: String,
    },
    /// A codebook without codes, which REFI-QDA doesn't allow.
    NoCodes,
    /// The project can't be read.
    Store(#[from] StoreError),
    /// The writer of the format failed.
    Writer(Explanation),
    /// The file can't be written.
    File(#[from] WriteError),
    /// The user has cancelled.
    Cancelled,
}

impl From<Cancelled> for ExportError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl Explain for ExportError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Ending(ending) => Explanation::usage(
                Text::new(
                    "an export ends in {endings}, not in “.{ending}”",
                    "导出文件应以 {endings} 结尾，而不是“.{ending}”",
                )
                .with("endings", Argument::choice(all_endings()))
                .with("ending", ending),
            ),
            Self::NoCodes => Explanation::io(Text::new(
                "there are no codes yet, and a REFI-QDA codebook needs at least one",
                "还没有编码，而 REFI-QDA 编码本至少要有一个",
            ))
            .hint(Text::new("add a code first", "请先添加编码")),
            Self::NotHeld { content, ending } => Explanation::usage(
                Text::new(
                    "“{content}” can't be written as .{ending}",
                    "“{content}”不能写成 .{ending}",
                )
                .with("content", content.name())
                .with("ending", ending),
            )
            .hint(
                Text::new("choose {endings}", "请选择 {endings}")
                    .with("endings", Argument::choice(content.possible_endings())),
            ),
            Self::Store(error) => error.explain(),
            Self::Writer(explanation) => explanation.clone(),
            Self::File(error) => error.explain(),
            Self::Cancelled => Explanation::io(Text::new("cancelled", "已取消")),
        }
    }
}
