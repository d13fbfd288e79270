//! Taguette's list of commands: who made which highlight and when.

use std::collections::{BTreeMap, BTreeSet};

use super::database::Database;
use crate::import::ImportError;

/// Who made which highlight and when, as far as the list of commands says.
pub(super) struct HighlightHistory {
    /// The commands that added or changed a highlight, by its key, in order.
    commands: BTreeMap<String, Vec<HighlightCommand>>,
    /// The administrator of each project, who stands for the authors of highlights without a command.
    admins: BTreeMap<String, String>,
    /// Stands for the authors in a project without an administrator.
    anybody: String,
}

/// A command that gave a highlight its tags.
pub(super) struct HighlightCommand {
    pub(super) login: String,
    pub(super) date: String,
    /// Keys of the tags.
    tags: BTreeSet<String>,
}

impl HighlightHistory {
    /// Reads the commands, the members of projects and the users.
    pub(super) fn read(database: &Database<'_>) -> Result<Self, ImportError> {
        let mut commands: BTreeMap<String, Vec<HighlightCommand>> = BTreeMap::new();
        for row in database.rows("commands", &["date", "user_login", "payload"])? {
            if let Some((highlight, tags)) = highlight_of_payload(&row.text("payload")) {
                commands
                    .entry(highlight)
                    .or_default()
                    .push(HighlightCommand {
                        login: row.text("user_login"),
                        date: row.text("date"),
                        tags,
                    });
            }
        }
        let mut admins: BTreeMap<String, String> = BTreeMap::new();
        for member in database.rows(
            "project_members",
            &["project_id", "user_login", "privileges"],
        )? {
            if let Some(login) = member
                .words("user_login")
                .filter(|_| member.text("privileges") == "ADMIN")
            {
                admins
                    .entry(member.key_or_empty("project_id"))
                    .or_insert(login);
            }
        }
        let anybody = match admins.values().next() {
            Some(admin) => admin.clone(),
            None => database.first_row("users", &["login"])?.text("login"),
        };
        Ok(Self {
            commands,
            admins,
            anybody: anybody.trim().to_owned(),
        })
    }

    /// Who stands for the authors of a project's highlights without a command.
    pub(super) fn author_of_project(&self, project: &str) -> &str {
        match self.admins.get(project) {
            Some(admin) => admin,
            None => &self.anybody,
        }
    }

    /// The command that gave a highlight a tag: the first with both, or else the first on the highlight.
    pub(super) fn command(&self, highlight: &str, tag: &str) -> Option<&HighlightCommand> {
        let commands = self.commands.get(highlight)?;
        commands
            .iter()
            .find(|command| command.tags.contains(tag))
            .or_else(|| commands.first())
    }
}

/// The highlight and tags of a command's payload, unless it is another command.
fn highlight_of_payload(payload: &str) -> Option<(String, BTreeSet<String>)> {
    let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
    // A change of a highlight is logged as another addition of it.
    if payload.get("type")?.as_str()? != "highlight_add" {
        return None;
    }
    let tags = payload.get("tags").and_then(|tags| tags.as_array());
    let tags = tags.into_iter().flatten().map(ToString::to_string);
    Some((payload.get("highlight_id")?.to_string(), tags.collect()))
}
