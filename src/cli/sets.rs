//! `tain sets`: codes, documents and cases that belong together.

use std::{collections::BTreeSet, path::PathBuf};

use super::{CommandResult, Context, DONE, filters::Find, open, open::ReadArgs, output::new_table};
use crate::{
    app::{action::Action, edit::set::SetDraft, export::memos::anchor_in_words, refusal::Refusal},
    model::{Project, memo::Anchor, set::Set},
};

/// Define sets of codes, documents and cases, for use as filters
///
/// Example: tain sets add study.tain "School A" --document "F01 child baseline" --case F02
#[derive(Debug, clap::Args)]
pub(super) struct SetsArgs {
    #[command(subcommand)]
    command: SetsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SetsCommand {
    /// List the sets with their members
    List(ReadArgs),
    /// Create a set, or add members to it
    Add {
        #[command(flatten)]
        members: Members,
        /// What it is for
        #[arg(long)]
        description: Option<String>,
    },
    /// Remove members from a set
    Take(Members),
    /// Remove a set; its members stay
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the set
        name: String,
    },
}

#[derive(Debug, clap::Args)]
struct Members {
    /// Path of the .tain file
    project: PathBuf,
    /// Name of the set
    name: String,
    /// A code, by path or name
    #[arg(long)]
    code: Vec<String>,
    /// A document, by title
    #[arg(long)]
    document: Vec<String>,
    /// A case, by name
    #[arg(long)]
    case: Vec<String>,
}

impl Members {
    fn anchors(&self, project: &Project) -> Result<BTreeSet<Anchor>, Refusal> {
        let find = Find(project);
        let mut anchors = BTreeSet::new();
        for name in &self.code {
            anchors.insert(Anchor::Code(find.code(name)?));
        }
        for title in &self.document {
            anchors.insert(Anchor::Document(find.document(title)?));
        }
        for name in &self.case {
            anchors.insert(Anchor::Case(find.case(name)?));
        }
        Ok(anchors)
    }
}

pub(super) fn run(args: SetsArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        SetsCommand::List(reading) => list(&reading, context),
        SetsCommand::Add {
            members,
            description,
        } => change(&members, context, |present, given| SetDraft {
            name: members.name.clone(),
            description: description
                .clone()
                .or_else(|| present.map(|set| set.description.clone()))
                .unwrap_or_default(),
            members: present
                .map(|set| &set.members)
                .into_iter()
                .flatten()
                .copied()
                .chain(given)
                .collect(),
        }),
        SetsCommand::Take(members) => change(&members, context, |present, given| SetDraft {
            name: members.name.clone(),
            description: present
                .map(|set| set.description.clone())
                .unwrap_or_default(),
            members: present
                .map(|set| set.members.difference(&given).copied().collect())
                .unwrap_or_default(),
        }),
        SetsCommand::Remove { project, name } => {
            let mut session = context.write(&project)?;
            let id = session
                .project()
                .set_by_name(&name)
                .map(|set| set.id)
                .ok_or(Refusal::NoSet(name))?;
            session.run(Action::RemoveSet(id))?;
            open::close(session);
            DONE
        }
    }
}

fn change(
    members: &Members,
    context: &Context<'_>,
    draft: impl Fn(Option<&Set>, BTreeSet<Anchor>) -> SetDraft,
) -> CommandResult {
    let mut session = context.write(&members.project)?;
    let project = session.project();
    let present = project.set_by_name(&members.name);
    let draft = draft(present, members.anchors(project)?);
    let action = Action::SetSet(present.map(|set| set.id), draft);
    session.run(action)?;
    open::close(session);
    DONE
}

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let heads = ["set", "members", "what", "description"];
    let language = reading.output.language(context);
    let mut table = new_table(&heads, language);
    for set in project.sets_in_order() {
        let names: Vec<String> = set
            .members
            .iter()
            .map(|member| anchor_in_words(project, *member, language))
            .collect();
        table.rows.push(vec![
            set.name.as_str().into(),
            set.members.len().into(),
            names.join("; ").into(),
            set.description.as_str().into(),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}
