//! `tain index`: updates the search index; the window does so by itself.

use std::path::PathBuf;

use super::{CommandResult, Context, DONE};
use crate::{
    app::{
        jobs::JobControl,
        search::index_cache::{build_index, cache_folder},
    },
    message::text::Text,
};

/// Build the search index, so that searches answer at once
///
/// Example: tain index study.tain
#[derive(Debug, clap::Args)]
pub(super) struct IndexArgs {
    /// Path of the .tain file
    project: PathBuf,
}

pub(super) fn run(args: &IndexArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    if session.is_encrypted() {
        context.say(Text::new(
            "an encrypted project has no index on the disk: commands search its texts themselves, and the window keeps an index in memory",
            "加密项目不在磁盘上保存索引：命令直接检索文本，窗口中的索引只在内存中",
        ));
        return DONE;
    }
    build_index(
        cache_folder().as_deref(),
        &args.project,
        session.project(),
        session.texts(),
        &JobControl::default(),
    )?;
    context.say(Text::new("the index is up to date", "索引已是最新"));
    DONE
}
