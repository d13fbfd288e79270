//! `tain pseudonyms PROJECT preview`, `apply`, `left`, `export`: what the table changes, and what it leaves.

use std::{path::Path, sync::Arc};

use super::{
    super::{
        CommandResult, DONE,
        export::write,
        open,
        output::{Output, Replace, new_table},
    },
    Vault,
};
use crate::{
    app::{
        action::Action,
        export::{ExportContent, ExportOptions, report::default_language},
        jobs::JobControl,
        pseudonyms::places::{self, NamePlace},
    },
    message::{language::UiLanguage, text::Text},
    model::Project,
    table::data::DataTable,
};

pub(super) fn preview(vault: &Vault<'_>, output: &Output) -> CommandResult {
    output.check()?;
    let session = vault.context.read(vault.project)?;
    let (table, _) = vault.open()?;
    let found = places::preview(
        session.project(),
        session.texts(),
        &table.substitutes(),
        &JobControl::default(),
    )?;
    output.table(&rows(
        &found,
        session.project(),
        output.language(vault.context),
        true,
    ))?;
    vault.context.say(
        Text::new(
            "to replace: {places} {places|place|places}",
            "将替换 {places} 处",
        )
        .count("places", found.len()),
    );
    DONE
}

pub(super) fn apply(vault: &Vault<'_>) -> CommandResult {
    let (table, _) = vault.open()?;
    let mut session = vault.context.write(vault.project)?;
    let names = table.substitutes();
    let found = places::preview(
        session.project(),
        session.texts(),
        &names,
        &JobControl::default(),
    )?;
    session.run(Action::Pseudonymise(Box::new(names)))?;
    open::close(session);
    vault.context.say(
        Text::new(
            "replaced: {places} {places|place|places} in the texts; titles, memos and values of cases are as they were, and the history keeps the old words",
            "已替换文本中的 {places} 处；标题、备忘和个案属性未变，历史记录仍保留原文",
        )
        .count("places", found.len()),
    );
    DONE
}

pub(super) fn left(vault: &Vault<'_>, output: &Output) -> CommandResult {
    output.check()?;
    let session = vault.context.read(vault.project)?;
    let (table, _) = vault.open()?;
    let found = places::left(
        session.project(),
        session.texts(),
        &table.substitutes(),
        &JobControl::default(),
    )?;
    output.table(&rows(
        &found,
        session.project(),
        output.language(vault.context),
        false,
    ))?;
    vault.context.say(
        Text::new(
            "{places} {places|place looks|places look} like a name and {places|is|are} not replaced",
            "{places} 处形似姓名而未被替换",
        )
        .count("places", found.len()),
    );
    DONE
}

pub(super) fn export(
    vault: &Vault<'_>,
    output: &Path,
    what: Option<ExportContent>,
    replace: Replace,
) -> CommandResult {
    let session = vault.context.read(vault.project)?;
    let (table, _) = vault.open()?;
    let options = ExportOptions {
        content: what,
        language: default_language(session.project()),
        pseudonymise: true,
        table: Some(Arc::new(table)),
        ..ExportOptions::default()
    };
    write(&session, output, &options, replace, vault.context)?;
    DONE
}

/// The places, with what would stand there if `with_stand_ins`.
fn rows(
    places: &[NamePlace],
    project: &Project,
    language: UiLanguage,
    with_stand_ins: bool,
) -> DataTable {
    let mut heads = vec!["document", "start", "end", "before", "text", "after"];
    if with_stand_ins {
        heads.push("stand_in");
    }
    let mut rows = new_table(&heads, language);
    for place in places {
        let document = project.documents.get(&place.document);
        let mut row = vec![
            document.map(|document| document.title.as_str()).into(),
            place.range.start().into(),
            place.range.end().into(),
            place.context.left.as_str().into(),
            place.context.hit.as_str().into(),
            place.context.right.as_str().into(),
        ];
        if with_stand_ins {
            row.push(place.stand_in.as_deref().into());
        }
        rows.rows.push(row);
    }
    rows
}
