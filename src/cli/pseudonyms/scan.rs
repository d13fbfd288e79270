//! `tain pseudonyms PROJECT scan`: every place that names somebody or something.

use super::{
    super::{
        CommandResult, DONE,
        output::{Output, new_table},
    },
    Vault,
};
use crate::{
    app::{
        jobs::JobControl,
        pseudonyms::scan::{ScannedDocument, found_names, scan, words_of},
    },
    message::{language::UiLanguage, text::Text},
    model::Project,
    table::data::{CellValue, DataTable},
};

pub(super) fn run(vault: &Vault<'_>, save: bool, output: &Output) -> CommandResult {
    let context = vault.context;
    output.check()?;
    let session = context.read(vault.project)?;
    let kept = if save {
        Some(vault.open_or_new()?)
    } else {
        None
    };
    let control = JobControl::default();
    let known = kept.as_ref().map(|(table, _)| table.known());
    let known = known.unwrap_or_default();
    let found = scan(session.project(), session.texts(), &known, &control)?;
    if let Some((mut table, passphrase)) = kept {
        let words = words_of(session.project(), session.texts(), &control)?;
        table.add(&found_names(&found), &words);
        vault.save(&table, &passphrase)?;
        context.say(
            Text::new(
                "{rows} {rows|row|rows} in the table, {proposed} still proposed",
                "化名表共 {rows} 行，其中 {proposed} 行待定",
            )
            .count("rows", table.rows.len())
            .count("proposed", table.proposed()),
        );
    }
    output.table(&table(&found, session.project(), output.language(context)))?;
    let places = found.iter().map(|document| document.mentions.len());
    context.say(
        Text::new(
            "{places} {places|place names|places name} somebody or something; check them, and look for what was missed",
            "{places} 处提到人或可识别的事物；请逐一核对，并查看有无遗漏",
        )
        .count("places", places.sum::<usize>()),
    );
    DONE
}

fn table(found: &[ScannedDocument], project: &Project, language: UiLanguage) -> DataTable {
    let heads = ["document", "start", "end", "text", "kind", "confidence"];
    let mut table = new_table(&heads, language);
    for document in found {
        let title = project
            .documents
            .get(&document.document)
            .map(|document| document.title.as_str());
        for passage in &document.mentions {
            let mention = passage.mention;
            table.rows.push(vec![
                title.into(),
                mention.range.start().into(),
                mention.range.end().into(),
                passage.text.as_str().into(),
                super::table::kind_word(mention.kind, language).into(),
                CellValue::Figure(f64::from(mention.confidence) / 100.0),
            ]);
        }
    }
    table
}
