//! `tain pseudonyms PROJECT scan`: every place that names somebody or something.

use std::path::Path;

use super::super::{
    CommandResult, Context, DONE,
    output::{Output, new_table},
};
use crate::{
    app::{
        jobs::JobControl,
        pseudonyms::scan::{ScannedDocument, scan},
    },
    message::{language::UiLanguage, text::Text},
    model::Project,
    table::data::{CellValue, DataTable},
};

pub(super) fn run(path: &Path, output: &Output, context: &Context<'_>) -> CommandResult {
    output.check()?;
    let session = context.read(path)?;
    let found = scan(
        session.project(),
        session.texts(),
        &[],
        &JobControl::default(),
    )?;
    let table = table(&found, session.project(), output.language(context));
    output.table(&table)?;
    let places = found.iter().map(|document| document.mentions.len());
    context.say(
        Text::new(
            "{places} {places|place|places} that {places|names|name} somebody or something; whether each is right is for you to say",
            "{places} 处可能指名道姓；是否属实，须由您判断",
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
            let kind = match output_is_for_scripts(language) {
                true => mention.kind.key().to_owned(),
                false => language.say(mention.kind.name()).to_owned(),
            };
            table.rows.push(vec![
                title.into(),
                mention.range.start().into(),
                mention.range.end().into(),
                passage.text.as_str().into(),
                kind.as_str().into(),
                CellValue::Figure(f64::from(mention.confidence) / 100.0),
            ]);
        }
    }
    table
}

/// English tables have the keys of kinds, which scripts read.
fn output_is_for_scripts(language: UiLanguage) -> bool {
    language == UiLanguage::English
}
