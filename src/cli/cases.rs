//! `tain cases`: the sheet of cases in and out, and single values.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    filters::{Find, pair_of},
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
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        attribute::{AttributeOf, AttributeValue},
        ids::{AttributeId, PhaseId},
    },
};

/// Families, persons and their attributes
///
/// Example: tain cases import study.tain cases.csv --parent parent
#[derive(Debug, clap::Args)]
pub(super) struct CasesArgs {
    #[command(subcommand)]
    command: CasesCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CasesCommand {
    /// Import a sheet: one row a case, one column an attribute (`name@phase` for one phase)
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
        /// Only list what would happen: types of columns, and which rows are new, changed or the same
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

pub(super) fn run(args: CasesArgs, context: &Context<'_>) -> Ended {
    match args.command {
        CasesCommand::Import {
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
                output.table(&preview_table(&found, output.language(context)))?;
                return DONE;
            }
            let mut session = context.write(&project)?;
            let done = session.import_cases(&open::shown(&file), bytes, key, parent, kind)?;
            context.say_sheet(Text::new("cases", "个案"), &done);
            open::close(session)?;
            DONE
        }
        CasesCommand::Export { project, output } => {
            let session = context.read(&project)?;
            let options = ExportOptions {
                content: Some(ExportContent::Cases),
                language: default_language(session.project()),
                ..ExportOptions::default()
            };
            super::export::write(&session, &output, &options, context)?;
            DONE
        }
        CasesCommand::List(reading) => list(&reading, context),
        CasesCommand::Set {
            project,
            case,
            values,
        } => set(&project, &case, &values, context),
    }
}

/// A preview as a table: first the columns with their types, then the rows with what would be set.
fn preview_table(found: &CasePreview, language: UiLanguage) -> Table {
    let mut table = Table::new(&["what", "name", "state", "field", "from", "to"], language);
    for column in &found.columns {
        let state = match column.known {
            None => Text::new("new", "新"),
            Some(_) => Text::new("known", "已有"),
        };
        table.rows.push(vec![
            json!(language.say(Text::new("column", "列"))),
            json!(column.name),
            json!(language.say(state)),
            json!(language.say(Text::new("type", "类型"))),
            json!(column.known.as_ref().map(|kind| kind.say(language))),
            json!(column.inferred.say(language)),
        ]);
    }
    for row in &found.rows {
        let name = json!(row.case);
        let what = Text::new("row {row}", "第 {row} 行").with("row", row.row);
        let what = json!(what.say(language));
        let state = match (row.new, row.fields.is_empty()) {
            (true, _) => Text::new("new", "新"),
            (false, true) => Text::new("same", "不变"),
            (false, false) => Text::new("changed", "有改动"),
        };
        let state = json!(language.say(state));
        if row.fields.is_empty() {
            table.rows.push(vec![
                what.clone(),
                name.clone(),
                state.clone(),
                Value::Null,
                Value::Null,
                Value::Null,
            ]);
        }
        for field in &row.fields {
            let change = [json!(field.field), json!(field.from), json!(field.to)];
            table.rows.push(
                [what.clone(), name.clone(), state.clone()]
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
    let language = reading.output.language(context);
    let mut table = Table::new(&["case", "kind", "parent"], language);
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
        let mut row = vec![
            json!(case.name),
            json!(case.kind.say(language)),
            json!(parent),
        ];
        row.extend(
            columns
                .iter()
                .map(|key| Some(value_of(case.values.get(key)?, language)))
                .map(|value| json!(value)),
        );
        table.rows.push(row);
    }
    reading.output.table(&table)?;
    DONE
}

fn value_of(value: &AttributeValue, language: UiLanguage) -> Value {
    match (value, language) {
        (AttributeValue::Number(number), _) => json!(number),
        // English tables share the values of the forms that scripts read.
        (AttributeValue::YesNo(answer), UiLanguage::English) => json!(answer),
        (other, _) => json!(other.say(language)),
    }
}

fn set(path: &std::path::Path, case: &str, values: &[String], context: &Context<'_>) -> Ended {
    let mut session = context.write(path)?;
    let id = Find(session.project()).case(case)?;
    for pair in values {
        let (name, text) = pair_of(pair, "ATTRIBUTE=VALUE")?;
        let (attribute, phase) = attribute_and_phase(session.project(), name)?;
        session.run(Action::SetValue {
            holder: Holder::Case(id),
            attribute,
            phase,
            text: text.to_owned(),
        })?;
    }
    DONE
}

/// The attribute and phase of `name` or `name@phase`.
fn attribute_and_phase(
    project: &Project,
    name: &str,
) -> Result<(AttributeId, Option<PhaseId>), Refusal> {
    let (name, phase) = name
        .split_once('@')
        .map_or((name, None), |(name, phase)| (name, Some(phase)));
    let attribute = project
        .attribute_by_name(AttributeOf::Cases, name.trim())
        .ok_or_else(|| Refusal::NoAttribute(name.to_owned()))?;
    let phase = phase.map(|phase| Find(project).phase(phase.trim()));
    Ok((attribute.id, phase.transpose()?))
}
