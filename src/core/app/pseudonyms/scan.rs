//! Looking for names in all texts of a project.

use std::collections::{BTreeMap, BTreeSet};

use super::places::{NamePlace, around};
use crate::{
    app::{AppError, jobs::JobControl, texts::Texts},
    language::{kinship::is_kinship_or_role, words::is_han},
    model::{
        Project,
        attribute::{AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        ids::DocumentId,
    },
    names::{KnownName, Mention, NameFinder, NameKind, table::FoundName},
};

/// Most passages that are kept of a name.
const PASSAGES: usize = 60;

/// The names in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedDocument {
    /// The document.
    pub document: DocumentId,
    /// What names somebody or something, in order.
    pub mentions: Vec<NamedPassage>,
}

/// A mention with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPassage {
    /// Where it is, what it names, and how sure that is.
    pub mention: Mention,
    /// The words.
    pub text: String,
}

/// Looks for names in all texts, in the order of the documents.
///
/// # Errors
/// When a text can't be read, or it is cancelled.
pub fn scan(
    project: &Project,
    texts: &Texts,
    known: &[KnownName],
    control: &JobControl,
) -> Result<Vec<ScannedDocument>, AppError> {
    let documents = project.documents_in_order();
    let total = documents.len() as u64 + 1;
    let mut all = known_names(project);
    all.extend_from_slice(known);
    let mut finder = NameFinder::new(&all);
    for (done, document) in (0..).zip(&documents) {
        control
            .progress(done, total)
            .map_err(|_cancelled| AppError::Cancelled)?;
        finder.read(texts.content_once(document)?.text.as_str());
    }
    let found = finder.mentions();
    let mut scanned = Vec::with_capacity(documents.len());
    for (document, mentions) in documents.into_iter().zip(found) {
        let content = texts.content_once(document)?;
        let mentions = mentions
            .into_iter()
            .map(|mention| NamedPassage {
                mention,
                text: content.text.slice(mention.range).unwrap_or("").to_owned(),
            })
            .collect();
        scanned.push(ScannedDocument {
            document: document.id,
            mentions,
        });
    }
    Ok(scanned)
}

/// The names that a project knows: those of persons and families, those in an attribute called name, and labels of speakers.
pub fn known_names(project: &Project) -> Vec<KnownName> {
    let mut names: Vec<String> = Vec::new();
    for case in project.cases.values() {
        if case.kind == CaseKind::person() || case.kind == CaseKind::family() {
            names.push(case.name.clone());
        }
        names.extend(own_name(project, case));
    }
    let speakers = project
        .documents
        .values()
        .flat_map(|document| &document.speakers);
    names.extend(speakers.map(|speaker| speaker.label.clone()));
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| !is_kinship_or_role(name))
        .map(|name| KnownName {
            name,
            kind: NameKind::Person,
            trusted: false,
        })
        .collect()
}

/// The value of a case's attribute called name.
fn own_name(project: &Project, case: &Case) -> Option<String> {
    let attribute = project.attributes.values().find(|attribute| {
        attribute.of == AttributeOf::Cases
            && attribute
                .names()
                .any(|name| ["name", "姓名", "名字"].contains(&name.to_lowercase().as_str()))
    })?;
    match case.values.get(&(attribute.id, None))? {
        AttributeValue::Text(name) | AttributeValue::Category(name) => Some(name.clone()),
        _ => None,
    }
}

/// The names in what was found, each once, with how many places have it.
pub fn found_names(scanned: &[ScannedDocument]) -> Vec<FoundName> {
    let mut names: BTreeMap<&str, FoundName> = BTreeMap::new();
    let passages = scanned.iter().flat_map(|document| &document.mentions);
    for passage in passages {
        let mention = passage.mention;
        let name = names.entry(&passage.text).or_insert_with(|| FoundName {
            text: passage.text.clone(),
            kind: mention.kind,
            places: 0,
            confidence: mention.confidence,
        });
        name.places += 1;
        name.confidence = name.confidence.max(mention.confidence);
    }
    names.into_values().collect()
}

/// The words of all texts in small letters, and the names of cases: what no stand-in may be.
///
/// # Errors
/// As for [`scan`].
pub fn words_of(
    project: &Project,
    texts: &Texts,
    control: &JobControl,
) -> Result<BTreeSet<String>, AppError> {
    let mut words = BTreeSet::new();
    let mut add = |text: &str| {
        let parts = text.split(|c: char| !c.is_alphabetic() || is_han(c));
        words.extend(parts.filter(|part| !part.is_empty()).map(str::to_lowercase));
    };
    for case in project.cases.values() {
        add(&case.name);
    }
    let total = project.documents.len() as u64;
    for (done, document) in (0..).zip(project.documents.values()) {
        control
            .progress(done, total)
            .map_err(|_cancelled| AppError::Cancelled)?;
        add(texts.content_once(document)?.text.as_str());
    }
    Ok(words)
}

/// The passages of each name that was found.
///
/// # Errors
/// As for [`scan`].
pub fn passages(
    project: &Project,
    texts: &Texts,
    scanned: &[ScannedDocument],
    control: &JobControl,
) -> Result<BTreeMap<String, Vec<NamePlace>>, AppError> {
    let mut found: BTreeMap<String, Vec<NamePlace>> = BTreeMap::new();
    let total = scanned.len() as u64;
    for (done, own) in (0..).zip(scanned) {
        control
            .progress(done, total)
            .map_err(|_cancelled| AppError::Cancelled)?;
        let Some(document) = project.documents.get(&own.document) else {
            continue;
        };
        let content = texts.content_once(document)?;
        for passage in &own.mentions {
            let range = passage.mention.range;
            let places = found.entry(passage.text.clone()).or_default();
            if places.len() < PASSAGES {
                places.push(NamePlace {
                    document: own.document,
                    range,
                    context: around(&content, own.document, range),
                    stand_in: None,
                });
            }
        }
    }
    Ok(found)
}
