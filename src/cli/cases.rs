//! `tain cases`: the sheet of cases in and out, and single values.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE, case_edits,
    filters::Find,
    open,
    open::ReadArgs,
    output::{Output, Replace, new_table},
    set_values,
};
use crate::{
    app::{
        export::report::default_language,
        export::{ExportContent, ExportOptions},
        import::case_preview::CasePreview,
    },
    log::change::Holder,
    message::{language::UiLanguage, text::Text},
    model::attribute::{Attribute, AttributeOf, AttributeValue},
    table::data::{CellValue, DataTable},
};

/// List, import and change families, persons and their attributes
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
        /// Sheet to import
        file: PathBuf,
        /// Column with the names of the cases; by default the first
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
        #[command(flatten)]
        replace: Replace,
    },
    /// List the cases with all attributes
    List(ReadArgs),
    /// Set values: ATTRIBUTE=VALUE or ATTRIBUTE@PHASE=VALUE; an empty value clears
    Set {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the case
        case: String,
        /// Values to set
        #[arg(required = true, value_name = "ATTR=VALUE")]
        values: Vec<String>,
    },
    #[command(flatten)]
    Edit(case_edits::CaseEdits),
}

pub(super) fn run(args: CasesArgs, context: &Context<'_>) -> CommandResult {
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
                let found = context
                    .read(&project)?
                    .preview_cases(&open::shown(&file), bytes, key, parent, kind)
                    .map_err(open::sheet_failure)?;
                output.table(&preview_table(&found, output.language(context)))?;
                return DONE;
            }
            let mut session = context.write(&project)?;
            let done = session
                .import_cases(&open::shown(&file), bytes, key, parent, kind)
                .map_err(open::sheet_failure)?;
            context.say_sheet(Text::new("cases", "个案"), &done);
            open::close(session);
            DONE
        }
        CasesCommand::Export {
            project,
            output,
            replace,
        } => {
            let session = context.read(&project)?;
            let options = ExportOptions {
                content: Some(ExportContent::Cases),
                language: default_language(session.project()),
                ..ExportOptions::default()
            };
            super::export::write(&session, &output, &options, replace, context)?;
            DONE
        }
        CasesCommand::List(reading) => list(&reading, context),
        CasesCommand::Set {
            project,
            case,
            values,
        } => set_values::run(&project, &values, AttributeOf::Cases, context, |find| {
            Ok(Holder::Case(find.case(&case)?))
        }),
        CasesCommand::Edit(edit) => case_edits::run(edit, context),
    }
}

/// A preview as a table: first the columns with their types, then the rows with what would be set.
fn preview_table(found: &CasePreview, language: UiLanguage) -> DataTable {
    let tag = language.tag();
    let mut table = new_table(&["what", "name", "state", "field", "from", "to"], language);
    for column in &found.columns {
        let state = match column.known {
            None => Text::new("new", "新"),
            Some(_) => Text::new("known", "已有"),
        };
        table.rows.push(vec![
            language.say(Text::new("column", "列")).into(),
            column.name.as_str().into(),
            language.say(state).into(),
            language.say(Text::new("type", "类型")).into(),
            column.known.as_ref().map(|kind| kind.say(language)).into(),
            column.inferred.say(language).into(),
        ]);
    }
    for row in &found.rows {
        let name = CellValue::from(&row.case);
        let what = Text::new("row {row}", "第 {row} 行").with("row", row.row);
        let what = CellValue::from(what.say(language));
        let state = match (row.new, row.fields.is_empty()) {
            (true, _) => Text::new("new", "新"),
            (false, true) => Text::new("same", "不变"),
            (false, false) => Text::new("changed", "有改动"),
        };
        let state = CellValue::from(language.say(state));
        if row.fields.is_empty() {
            table.rows.push(vec![
                what.clone(),
                name.clone(),
                state.clone(),
                CellValue::Empty,
                CellValue::Empty,
                CellValue::Empty,
            ]);
        }
        for field in &row.fields {
            let change = [
                field.field.as_str().into(),
                field.from.as_ref().map(|value| value.get(&tag)).into(),
                field.to.as_ref().map(|value| value.get(&tag)).into(),
            ];
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

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let find = Find(project);
    let language = reading.output.language(context);
    let mut table = new_table(&["case", "kind", "parent"], language);
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
                    table.columns.push(format!(
                        "{}@{}",
                        find.attribute_name(attribute.id, language),
                        find.phase_name(phase.id, language)
                    ));
                }
            }
        } else {
            columns.push((attribute.id, None));
            let name = find.attribute_name(attribute.id, language);
            table.columns.push(name.to_owned());
        }
    }
    for (_, case) in project.cases_in_order() {
        let parent = case
            .parent
            .and_then(|id| project.cases.get(&id))
            .map(|parent| parent.name.as_str());
        let mut row = vec![
            case.name.as_str().into(),
            case.kind.say(language).into(),
            parent.into(),
        ];
        row.extend(
            columns
                .iter()
                .map(|key| {
                    let attribute = project.attributes.get(&key.0)?;
                    Some(value_of(attribute, case.values.get(key)?, language))
                })
                .map(CellValue::from),
        );
        table.rows.push(row);
    }
    reading.output.table(&table)?;
    DONE
}

/// A value in a list.
pub(super) fn value_of(
    attribute: &Attribute,
    value: &AttributeValue,
    language: UiLanguage,
) -> CellValue {
    match (value, language) {
        (AttributeValue::Number(number), _) => CellValue::figure(*number),
        // English tables share the values of the forms that scripts read.
        (AttributeValue::YesNo(answer), UiLanguage::English) => CellValue::Flag(*answer),
        (other, _) => attribute.say(other, language).into(),
    }
}
