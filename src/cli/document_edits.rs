//! `tain documents rename`, `remove`, `phase`, `case` and `set`.

use std::path::{Path, PathBuf};

use super::{CommandResult, Context, DONE, failure::Failure, filters::Find, open, set_values};
use crate::{
    app::{
        action::Action,
        edit::document::{RemovalPreview, removal_preview},
    },
    log::change::Holder,
    message::{explain::Explanation, text::Text},
    model::{attribute::AttributeOf, ids::DocumentId},
};

/// Edits of documents.
#[derive(Debug, clap::Subcommand)]
pub(super) enum DocumentEdits {
    /// Rename a document
    Rename {
        /// Path of the .tain file
        project: PathBuf,
        /// Title of the document
        document: String,
        /// The new title
        to: String,
    },
    /// Remove documents with their codings, and the memos on any of these
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Titles of the documents
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// Remove them even if there are codings, memos or links, which are removed too
        #[arg(long)]
        yes: bool,
    },
    /// Put documents of one family in this order
    Order {
        /// Path of the .tain file
        project: PathBuf,
        /// Titles of the documents
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// In the usual order again, by phase and title
        #[arg(long)]
        usual: bool,
    },
    /// Set the phase of documents
    Phase {
        /// Path of the .tain file
        project: PathBuf,
        /// Titles of the documents
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// The phase
        #[arg(long, value_name = "PHASE", required_unless_present = "none")]
        to: Option<String>,
        /// No phase
        #[arg(long, conflicts_with = "to")]
        none: bool,
    },
    /// Set to which cases documents belong
    #[command(group(clap::ArgGroup::new("change").required(true).multiple(true)))]
    Case {
        /// Path of the .tain file
        project: PathBuf,
        /// Titles of the documents
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
        /// A case to which they belong
        #[arg(long, value_name = "CASE", group = "change")]
        add: Vec<String>,
        /// A case to which they don't belong
        #[arg(long, value_name = "CASE", group = "change")]
        take: Vec<String>,
    },
    /// Set values: ATTRIBUTE=VALUE or ATTRIBUTE@PHASE=VALUE; an empty value clears
    Set {
        /// Path of the .tain file
        project: PathBuf,
        /// Title of the document
        document: String,
        /// Values to set
        #[arg(required = true, value_name = "ATTR=VALUE")]
        values: Vec<String>,
    },
}

pub(super) fn run(edit: DocumentEdits, context: &Context<'_>) -> CommandResult {
    match edit {
        DocumentEdits::Rename {
            project,
            document,
            to,
        } => context.edit(&project, |project| {
            let document = Find(project).document(&document)?;
            Ok(Action::RenameDocument(document, to))
        }),
        DocumentEdits::Remove {
            project,
            documents,
            yes,
        } => remove(&project, &documents, yes, context),
        DocumentEdits::Order {
            project,
            documents,
            usual,
        } => context.edit(&project, |project| {
            let documents = Find(project).all(&documents, Find::document)?;
            Ok(if usual {
                Action::UsualOrder(documents)
            } else {
                Action::OrderDocuments(documents)
            })
        }),
        DocumentEdits::Phase {
            project,
            documents,
            to,
            none: _,
        } => context.edit(&project, |project| {
            let find = Find(project);
            let phase = to.map(|name| find.phase(&name)).transpose()?;
            let documents = find.all(&documents, Find::document)?;
            Ok(Action::SetDocumentsPhase(documents, phase))
        }),
        DocumentEdits::Case {
            project,
            documents,
            add,
            take,
        } => set_cases(&project, &documents, &add, &take, context),
        DocumentEdits::Set {
            project,
            document,
            values,
        } => set_values::run(&project, &values, AttributeOf::Documents, context, |find| {
            Ok(Holder::Document(find.document(&document)?))
        }),
    }
}

fn remove(path: &Path, titles: &[String], yes: bool, context: &Context<'_>) -> CommandResult {
    let mut session = context.write(path)?;
    let documents: Vec<DocumentId> = Find(session.project()).all(titles, Find::document)?;
    let lost = removal_preview(session.project(), &documents)?;
    let RemovalPreview {
        codings,
        memos,
        links,
    } = lost;
    let what = Text::new(
        "{codings} {codings|coding|codings}, {memos} {memos|memo|memos} and {links} {links|link or set|links or sets}",
        "{codings} 个编码片段、{memos} 条备忘、{links} 个关联或集合归属",
    )
    .count("codings", codings)
    .count("memos", memos)
    .count("links", links);
    let any = lost != RemovalPreview::default();
    if any && !yes {
        return Err(Failure::from(
            Explanation::refused(
                Text::new("what is removed too: {what}", "以下内容会一并删除：{what}")
                    .with("what", what),
            )
            .hint(Text::new(
                "add --yes to remove it all",
                "确定全部删除请加 --yes",
            )),
        ));
    }
    session.run(Action::RemoveDocuments(documents))?;
    if any {
        context.say(Text::new("removed too: {what}", "一并删除：{what}").with("what", what));
    }
    open::close(session);
    DONE
}

fn set_cases(
    path: &Path,
    titles: &[String],
    add: &[String],
    take: &[String],
    context: &Context<'_>,
) -> CommandResult {
    let mut session = context.write(path)?;
    let find = Find(session.project());
    let documents: Vec<DocumentId> = find.all(titles, Find::document)?;
    let add: Vec<_> = find.all(add, Find::case)?;
    let take: Vec<_> = find.all(take, Find::case)?;
    let taken = take.into_iter().map(|case| (case, false));
    let cases = taken.chain(add.into_iter().map(|case| (case, true)));
    session.run(Action::SetDocumentsCases {
        documents,
        cases: cases.collect(),
    })?;
    open::close(session);
    DONE
}
