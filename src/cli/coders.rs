//! `tain coders`: who codes.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE, cases::value_of, failure::Failure, filters::Find, open::ReadArgs,
    output::new_table, set_values,
};
use crate::{
    app::action::Action,
    import::colour::{colour_of, nearest_hue},
    log::change::Holder,
    message::text::Text,
    model::{attribute::AttributeOf, code::Hue},
    table::data::CellValue,
};

/// List, add, rename, colour, describe and remove coders
///
/// Example: tain coders add study.tain Bo
#[derive(Debug, clap::Args)]
pub(super) struct CodersArgs {
    #[command(subcommand)]
    command: CodersCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CodersCommand {
    /// List the coders
    List(ReadArgs),
    /// Add a coder
    Add {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the coder
        name: String,
    },
    /// Rename a coder
    Rename {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the coder
        name: String,
        /// The new name
        to: String,
    },
    /// Set the colour of a coder
    Colour {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the coder
        name: String,
        /// #RRGGBB, whose nearest colour of the palette is taken, or none
        colour: String,
    },
    /// Set values of a coder
    Set {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the coder
        name: String,
        /// ATTRIBUTE=VALUE; an empty value clears
        #[arg(required = true, value_name = "ATTRIBUTE=VALUE")]
        values: Vec<String>,
    },
    /// Remove a coder who has no codings and memos
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the coder
        name: String,
    },
}

pub(super) fn run(args: CodersArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        CodersCommand::List(reading) => list(&reading, context),
        CodersCommand::Add { project, name } => {
            context.edit(&project, |_| Ok(Action::AddCoder(name)))
        }
        CodersCommand::Rename { project, name, to } => context.edit(&project, |project| {
            Ok(Action::RenameCoder(Find(project).coder(&name)?, to))
        }),
        CodersCommand::Colour {
            project,
            name,
            colour,
        } => {
            let hue = hue_of(&colour)?;
            context.edit(&project, |project| {
                Ok(Action::SetCoderHue(Find(project).coder(&name)?, hue))
            })
        }
        CodersCommand::Set {
            project,
            name,
            values,
        } => set_values::run(&project, &values, AttributeOf::Coders, context, |find| {
            Ok(Holder::Coder(find.coder(&name)?))
        }),
        CodersCommand::Remove { project, name } => context.edit(&project, |project| {
            Ok(Action::RemoveCoder(Find(project).coder(&name)?))
        }),
    }
}

/// The hue that an argument names.
fn hue_of(colour: &str) -> Result<Option<Hue>, Failure> {
    if colour == "none" {
        return Ok(None);
    }
    nearest_hue(colour).map(Some).ok_or_else(|| {
        Failure::usage(
            Text::new(
                "“{text}” is not a colour; write #RRGGBB or none",
                "“{text}”不是颜色；请写 #RRGGBB 或 none",
            )
            .with("text", colour),
        )
    })
}

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let language = reading.output.language(context);
    let mut table = new_table(&["coder", "colour", "codings", "memos"], language);
    let attributes = project.attributes_of(AttributeOf::Coders);
    for attribute in &attributes {
        let name = Find(project).attribute_name(attribute.id, language);
        table.columns.push(name.to_owned());
    }
    for coder in project.coders.values() {
        let codings = project
            .documents
            .values()
            .flat_map(|document| &document.codings)
            .filter(|coding| coding.coder == coder.id);
        let memos = project.memos.values();
        let memos = memos.filter(|memo| memo.coder == coder.id);
        let mut row = vec![
            coder.name.as_str().into(),
            coder.hue.map(colour_of).into(),
            codings.count().into(),
            memos.count().into(),
        ];
        row.extend(
            attributes
                .iter()
                .map(|own| Some(value_of(own, coder.values.get(&(own.id, None))?, language)))
                .map(CellValue::from),
        );
        table.rows.push(row);
    }
    reading.output.table(&table)?;
    DONE
}
