//! `tain cases`: attribute sheets in, the sheet of cases, one value at a time.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    failure::Failure,
    open,
    open::Reading,
    output::{Output, Table},
};
use crate::{
    app::{
        action::Action,
        export::report::default_language,
        export::{ExportContent, ExportOptions},
        import::case_preview::CasePreview,
        refusal::Refusal,
    },
    log::change::Holder,
    model::{
        Project,
        attribute::{AttributeOf, AttributeValue},
    },
};

/// Families, persons and their attributes
///
/// Example: tain cases import study.tain cases.csv --parent parent
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Take in a sheet: one row a case, one column an attribute (`name@phase` for one phase)
    Import {
        /// Path of the .tain file
        project: PathBuf,
        /// The sheet
        file: PathBuf,
        /// Column with the cases' names; by default the first
        #[arg(long)]
        key: Option<String>,
        /// Column with the case each belongs to; by default `parent`
        #[arg(long)]
        parent: Option<String>,
        /// Column with the kind; by default `kind`
        #[arg(long)]
        kind: Option<String>,
        /// Only say what would happen: types of columns, and which rows are new, changed or the same
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Write the sheet of cases so that import reads the same again: .xlsx, .ods, .csv or .tsv
    Export {
        /// Path of the .tain file
        project: PathBuf,
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// List the cases with all attributes
    List(Reading),
    /// Set values: ATTRIBUTE=VALUE or ATTRIBUTE@PHASE=VALUE; an empty value clears
    Set {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the case
        case: String,
        /// Values
        #[arg(required = true, value_name = "ATTR=VALUE")]
        values: Vec<String>,
    },
}

pub(super) fn run(args: Args, context: &Context<'_>) -> Ended {
    match args.verb {
        Verb::Import {
            project,
            file,
            key,
            parent,
            kind,
            dry_run,
            output,
        } => {
            let bytes = open::read_file(&file)?;
            let (key, parent, kind) = (key.as_deref(), parent.as_deref(), kind.as_deref());
            if dry_run {
                let found = context.read(&project)?.preview_cases(
                    &open::shown(&file),
                    bytes,
                    key,
                    parent,
                    kind,
                )?;
                output.table(&previewed(&found))?;
                return DONE;
            }
            let mut session = context.write(&project)?;
            let done = session.import_cases(&open::shown(&file), bytes, key, parent, kind)?;
            context.say_sheet("cases", &done);
            open::close(session)?;
            DONE
        }
        Verb::Export { project, output } => {
            let session = context.read(&project)?;
            let options = ExportOptions {
                content: Some(ExportContent::Cases),
                language: default_language(session.project()),
                ..ExportOptions::default()
            };
            super::export::write(&session, &output, &options, context)?;
            DONE
        }
        Verb::List(reading) => list(&reading, context),
        Verb::Set {
            project,
            case,
            values,
        } => set(&project, &case, &values, context),
    }
}

/// A preview as a table: first the columns with their types, then the rows with what would be set.
fn previewed(found: &CasePreview) -> Table {
    let mut table = Table::new(&["what", "name", "state", "field", "from", "to"]);
    for column in &found.columns {
        let state = if column.known.is_none() {
            "new"
        } else {
            "known"
        };
        table.rows.push(vec![
            json!("column"),
            json!(column.name),
            json!(state),
            json!("type"),
            json!(column.known),
            json!(column.inferred),
        ]);
    }
    for row in &found.rows {
        let (name, what) = (json!(row.case), json!(format!("row {}", row.row)));
        let state = match (row.new, row.fields.is_empty()) {
            (true, _) => "new",
            (false, true) => "same",
            (false, false) => "changed",
        };
        if row.fields.is_empty() {
            table.rows.push(vec![
                what.clone(),
                name.clone(),
                json!(state),
                Value::Null,
                Value::Null,
                Value::Null,
            ]);
        }
        for field in &row.fields {
            let change = [json!(field.field), json!(field.from), json!(field.to)];
            table.rows.push(
                [what.clone(), name.clone(), json!(state)]
                    .into_iter()
                    .chain(change)
                    .collect(),
            );
        }
    }
    table
}

fn list(reading: &Reading, context: &Context<'_>) -> Ended {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let mut table = Table::new(&["case", "kind", "parent"]);
    let mut columns = Vec::new();
    for attribute in project
        .attributes_in_order()
        .into_iter()
        .filter(|attribute| attribute.of == AttributeOf::Cases)
    {
        if attribute.per_phase {
            for phase in project.phases_in_order() {
                let key = (attribute.id, Some(phase.id));
                if project
                    .cases
                    .values()
                    .any(|case| case.values.contains_key(&key))
                {
                    columns.push(key);
                    table
                        .columns
                        .push(format!("{}@{}", attribute.name, phase.name));
                }
            }
        } else {
            columns.push((attribute.id, None));
            table.columns.push(attribute.name.clone());
        }
    }
    for (_, case) in project.cases_in_order() {
        let parent = case
            .parent
            .and_then(|id| project.cases.get(&id))
            .map(|parent| parent.name.as_str());
        let mut row = vec![json!(case.name), json!(case.kind.0), json!(parent)];
        row.extend(
            columns
                .iter()
                .map(|key| case.values.get(key).map_or(Value::Null, value_of)),
        );
        table.rows.push(row);
    }
    reading.output.table(&table)?;
    DONE
}

fn value_of(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Number(number) => json!(number),
        AttributeValue::YesNo(answer) => json!(answer),
        other => json!(other.to_text()),
    }
}

fn set(path: &std::path::Path, case: &str, values: &[String], context: &Context<'_>) -> Ended {
    let mut session = context.write(path)?;
    let id = session
        .project()
        .case_by_name(case)
        .ok_or_else(|| Refusal::NoCase(case.to_owned()))?
        .id;
    for pair in values {
        let (name, text) = pair
            .split_once('=')
            .ok_or_else(|| Failure::Usage(format!("`{pair}` should be ATTRIBUTE=VALUE")))?;
        let (attribute, phase) = named(session.project(), name)?;
        session.run(Action::SetValue {
            holder: Holder::Case(id),
            attribute,
            phase,
            text: text.to_owned(),
        })?;
    }
    DONE
}

type Named = (
    crate::model::ids::AttributeId,
    Option<crate::model::ids::PhaseId>,
);

/// The attribute and phase of `name` or `name@phase`.
fn named(project: &Project, name: &str) -> Result<Named, Refusal> {
    let (name, phase) = name
        .split_once('@')
        .map_or((name, None), |(name, phase)| (name, Some(phase)));
    let attribute = project
        .attribute_by_name(AttributeOf::Cases, name.trim())
        .ok_or_else(|| Refusal::NoAttribute(name.to_owned()))?;
    let phase = phase.map(|phase| {
        project
            .phase_by_name(phase.trim())
            .ok_or_else(|| Refusal::NoPhase(phase.to_owned()))
    });
    Ok((attribute.id, phase.transpose()?.map(|phase| phase.id)))
}
