//! `tain pseudonyms PROJECT list`, `set`, `merge`, `accept`, `leave`: the table of what stands for whom.

use super::{
    super::{
        CommandResult, DONE,
        failure::Failure,
        output::{Output, new_table},
    },
    Vault,
};
use crate::{
    message::{explain::Explanation, language::UiLanguage, text::Text},
    names::{
        NameKind,
        table::{PseudonymTable, RowState},
    },
    table::data::{CellValue, DataTable},
};

pub(super) fn list(vault: &Vault<'_>, output: &Output) -> CommandResult {
    output.check()?;
    let (table, _) = vault.open()?;
    output.table(&rows(&table, output.language(vault.context)))?;
    vault.context.say(
        Text::new(
            "{rows} {rows|row|rows}, {proposed} still proposed",
            "共 {rows} 行，其中 {proposed} 行待定",
        )
        .count("rows", table.rows.len())
        .count("proposed", table.proposed()),
    );
    DONE
}

fn rows(table: &PseudonymTable, language: UiLanguage) -> DataTable {
    let heads = ["kind", "text", "places", "confidence", "stand_in", "state"];
    let mut rows = new_table(&heads, language);
    for row in &table.rows {
        for name in &row.names {
            rows.rows.push(vec![
                kind_word(row.kind, language).into(),
                name.text.as_str().into(),
                name.places.into(),
                CellValue::Figure(f64::from(name.confidence) / 100.0),
                name.stand_in.as_str().into(),
                state_word(row.state, language).into(),
            ]);
        }
    }
    rows
}

/// The name of a kind: the key for scripts, which read English tables.
pub(super) fn kind_word(kind: NameKind, language: UiLanguage) -> &'static str {
    match language {
        UiLanguage::English => kind.key(),
        UiLanguage::Chinese => language.say(kind.name()),
    }
}

fn state_word(state: RowState, language: UiLanguage) -> &'static str {
    match language {
        UiLanguage::English => state.key(),
        UiLanguage::Chinese => language.say(state.name()),
    }
}

pub(super) fn set(vault: &Vault<'_>, name: &str, stand_in: &str) -> CommandResult {
    if stand_in.trim().is_empty() {
        return Err(Failure::usage(Text::new(
            "what stands in the place of a name can't be empty",
            "化名不能为空",
        )));
    }
    change(vault, |table| {
        let row = row_of(table, name)?;
        table.rows[row].set_stand_in(stand_in.trim());
        table.rows[row].state = RowState::Accepted;
        Ok(())
    })
}

pub(super) fn merge(vault: &Vault<'_>, name: &str, into: &str) -> CommandResult {
    change(vault, |table| {
        let (from, to) = (row_of(table, name)?, row_of(table, into)?);
        if table.merge(to, from) {
            return Ok(());
        }
        Err(Explanation::refused(
            Text::new(
                "“{name}” and “{into}” are in one row already",
                "“{name}”与“{into}”已在同一行",
            )
            .with("name", name)
            .with("into", into),
        )
        .into())
    })
}

pub(super) fn accept(vault: &Vault<'_>, names: &[String], all: bool) -> CommandResult {
    change(vault, |table| {
        if all {
            let proposed = table.rows.iter_mut();
            for row in proposed.filter(|row| row.state == RowState::Proposed) {
                row.state = RowState::Accepted;
            }
        }
        set_state(table, names, RowState::Accepted)
    })
}

pub(super) fn leave(vault: &Vault<'_>, names: &[String]) -> CommandResult {
    change(vault, |table| set_state(table, names, RowState::Left))
}

fn set_state(table: &mut PseudonymTable, names: &[String], state: RowState) -> Result<(), Failure> {
    for name in names {
        let row = row_of(table, name)?;
        table.rows[row].state = state;
    }
    Ok(())
}

/// Changes the table and keeps it; one that is refused stays as it is.
fn change(
    vault: &Vault<'_>,
    change: impl FnOnce(&mut PseudonymTable) -> Result<(), Failure>,
) -> CommandResult {
    let (mut table, passphrase) = vault.open()?;
    change(&mut table)?;
    vault.save(&table, &passphrase)?;
    DONE
}

fn row_of(table: &PseudonymTable, name: &str) -> Result<usize, Failure> {
    table.row_of(name).ok_or_else(|| {
        Explanation::not_found(
            Text::new(
                "“{name}” is not in the table; names are given as they are written",
                "化名表中没有“{name}”；请按原文写法填写",
            )
            .with("name", name),
        )
        .into()
    })
}
