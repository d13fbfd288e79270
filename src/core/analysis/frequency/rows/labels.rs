//! Rows by what speakers are called: their roles or their labels.

use std::collections::{BTreeMap, BTreeSet};

use super::{DocumentRows, KindOfRows, row, values::value_of};
use crate::{
    analysis::{
        frequency::{Filter, Rows, table::RowKey},
        numbering::dense,
    },
    language::fold::fold,
    message::language::UiLanguage,
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue, text_order},
        document::{Document, Speaker},
    },
};

/// The names of each document's speakers; `None` for a speaker whose turns don't count.
type SpeakerNames = Vec<Vec<Option<String>>>;

pub(super) fn by_speaker(documents: &[&Document], filter: &Filter) -> KindOfRows {
    let names = names_of_speakers(documents, filter, |_, speaker| speaker.label.clone());
    by_name(&names, &[])
}

pub(super) fn by_role(project: &Project, documents: &[&Document], filter: &Filter) -> KindOfRows {
    let attribute = role_attribute(project);
    let names = names_of_speakers(documents, filter, |document, speaker| {
        attribute
            .and_then(|attribute| role(project, attribute, document, speaker))
            .unwrap_or_else(|| speaker.label.clone())
    });
    by_name(
        &names,
        attribute.map_or(&[], |attribute| attribute.kind.categories()),
    )
}

/// The attribute of cases that says which role a speaker has.
fn role_attribute(project: &Project) -> Option<&Attribute> {
    project.attributes_in_order().into_iter().find(|attribute| {
        attribute.of == AttributeOf::Cases
            && matches!(fold(&attribute.name).as_str(), "role" | "角色")
    })
}

/// The name of a value of the attribute that makes the rows.
pub fn name_of_value(
    project: &Project,
    rows: Rows,
    value: &AttributeValue,
    language: UiLanguage,
) -> String {
    let attribute = match rows {
        Rows::Attribute(attribute) => project.attributes.get(&attribute),
        _ => None,
    };
    let name = match attribute {
        Some(attribute) => attribute.localized_value(value),
        None => value.localized(),
    };
    name.get(&language.tag()).to_owned()
}

/// The name of a role; one that no attribute gives is the speaker's label as it is.
pub fn name_of_role(project: &Project, role: &str, language: UiLanguage) -> String {
    let value = AttributeValue::Category(role.to_owned());
    role_attribute(project).map_or_else(
        || role.to_owned(),
        |attribute| attribute.say(&value, language),
    )
}

/// The role of a speaker's case; `None` if the speaker has no case, or the case no role.
fn role(
    project: &Project,
    attribute: &Attribute,
    document: &Document,
    speaker: &Speaker,
) -> Option<String> {
    let case = project.cases.get(&speaker.case?)?;
    match value_of(&case.values, attribute.id, document.phase)? {
        AttributeValue::NotAsked | AttributeValue::Missing => None,
        value => Some(value.to_text()),
    }
}

fn names_of_speakers(
    documents: &[&Document],
    filter: &Filter,
    name: impl Fn(&Document, &Speaker) -> String,
) -> SpeakerNames {
    documents
        .iter()
        .map(|document| {
            let speakers = document.speakers.iter();
            speakers
                .map(|speaker| {
                    filter
                        .admits_speaker(&speaker.label)
                        .then(|| name(document, speaker))
                })
                .collect()
        })
        .collect()
}

/// A row for each name, in the order of an attribute's categories.
fn by_name(names: &SpeakerNames, categories: &[String]) -> KindOfRows {
    let distinct: BTreeSet<&String> = names.iter().flatten().flatten().collect();
    let mut ordered: Vec<&String> = distinct.into_iter().collect();
    ordered.sort_by_cached_key(|name| text_order(categories, name));
    let numbers: BTreeMap<&String, u32> = ordered
        .iter()
        .enumerate()
        .map(|(number, name)| (*name, dense(number)))
        .collect();
    KindOfRows {
        rows: ordered
            .iter()
            .map(|name| row(RowKey::Label((*name).clone()), name))
            .collect(),
        of_documents: names
            .iter()
            .map(|names| DocumentRows::Turns {
                speakers: names
                    .iter()
                    .map(|name| Some(numbers[name.as_ref()?]))
                    .collect(),
            })
            .collect(),
    }
}
