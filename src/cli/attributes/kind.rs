//! `tain attributes kind`: values become values of another kind, or are only listed.

use super::{
    super::{
        CommandResult, Context, DONE,
        failure::Failure,
        filters::Find,
        open,
        output::{Output, new_table},
    },
    Kind, Which,
};
use crate::{
    app::{
        AppError,
        action::Action,
        edit::attributes::{Conversion, conversion},
        names,
        refusal::Refusal,
    },
    message::{explain::Explain as _, language::UiLanguage, text::Text},
    model::{Project, attribute::Attribute},
    table::data::DataTable,
};

/// The arguments of a change of kind.
#[derive(Debug, clap::Args)]
pub(super) struct KindArgs {
    #[command(flatten)]
    which: Which,
    /// What values it is to take
    #[arg(value_enum)]
    kind: Kind,
    /// The categories in their order, by commas; those that values need are added
    #[arg(long, value_delimiter = ',', value_name = "CATEGORY,..")]
    categories: Vec<String>,
    /// Lose the values that can't be converted
    #[arg(long)]
    lose: bool,
    /// Only list what becomes of the values
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: KindArgs, context: &Context<'_>) -> CommandResult {
    args.output.check()?;
    let kind = args.kind.kind(args.categories)?;
    let mut session = if args.dry_run {
        context.read(&args.which.project)?
    } else {
        context.write(&args.which.project)?
    };
    let project = session.project();
    let described = args.which.find(project)?;
    let attribute = described.id;
    let found = conversion(project, attribute, &kind)?;
    let lost = found.lost().count();
    if args.dry_run || args.output.is_given() {
        let language = args.output.language(context);
        args.output
            .table(&preview(project, described, &found, language))?;
    }
    if !args.dry_run {
        session
            .run(Action::SetAttributeKind {
                attribute,
                kind,
                lose: args.lose,
            })
            .map_err(not_lost)?;
        open::close(session);
    }
    context.say(
        Text::new(
            "values kept: {kept}, converted: {converted}, lost: {lost}",
            "不变的值：{kept}，转换：{converted}，丢失：{lost}",
        )
        .with("kept", found.kept)
        .with("converted", found.changed.len() - lost)
        .with("lost", lost),
    );
    DONE
}

/// The failure of a change that would lose values names the option that allows it.
fn not_lost(error: AppError) -> Failure {
    const LOSE: Text = Text::new(
        "correct them first, or give --lose",
        "请先改正这些值，或加上 --lose",
    );
    match error {
        AppError::Refused(Refusal::ValuesLost { .. }) => error.explain().hint(LOSE).into(),
        other => other.into(),
    }
}

/// What becomes of the values that don't stay as they are.
fn preview(
    project: &Project,
    attribute: &Attribute,
    found: &Conversion,
    language: UiLanguage,
) -> DataTable {
    let mut table = new_table(&["what", "phase", "from", "to"], language);
    for value in &found.changed {
        let phase = value.phase;
        table.rows.push(vec![
            names::holder(project, value.holder).into(),
            phase
                .map(|phase| Find(project).phase_name(phase, language))
                .into(),
            attribute.say(&value.from, language).into(),
            value
                .to
                .as_ref()
                .map(|to| attribute.say(to, language))
                .into(),
        ]);
    }
    table
}
