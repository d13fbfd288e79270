//! A copy of a project in which references stand for names, in everything that is shown and in the texts themselves.
//!
//! Positions move with the texts, so a passage of the copy is the same passage with the names replaced; whatever is made from the
//! copy needs to know nothing of pseudonyms.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    analysis::frequency::Loader,
    model::{
        Project,
        attribute::{AttributeKind, AttributeValue, Values},
        document::{Content, Document, Turn},
        ids::DocumentId,
        localized::Localized,
        memo::Anchor,
        text::{DocumentText, TextRange},
    },
    report::pseudonyms::Pseudonyms,
};

/// The copy.
#[derive(Debug)]
pub struct Masked {
    /// The project.
    pub project: Arc<Project>,
    /// Its texts; those that can't be read aren't there.
    pub contents: BTreeMap<DocumentId, Arc<Content>>,
}

/// Makes the copy.
pub fn masked(project: &Project, pseudonyms: &Pseudonyms, load: &Loader<'_>) -> Masked {
    let mut copy = pseudonyms.project(project);
    let mut contents = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (id, document) in &mut copy.documents {
        let Some(original) = project.documents.get(id) else {
            continue;
        };
        let document = Arc::make_mut(document);
        document.source.file = pseudonyms.text(&document.source.file);
        values(&mut document.values, pseudonyms);
        for (speaker, own) in document.speakers.iter_mut().zip(&original.speakers) {
            if speaker.label == own.label {
                speaker.label = pseudonyms.text(&speaker.label);
            }
        }
        if let Some(content) = load(original) {
            let (content, place) = replaced(&content, pseudonyms);
            document
                .codings
                .iter_mut()
                .for_each(|coding| coding.range = place.range(coding.range));
            document
                .codings
                .sort_by_key(crate::model::coding::Coding::order);
            contents.insert(*id, Arc::new(content));
            places.insert(*id, place);
        }
    }
    for case in copy.cases.values_mut() {
        values(&mut Arc::make_mut(case).values, pseudonyms);
    }
    for memo in copy.memos.values_mut() {
        let memo = Arc::make_mut(memo);
        memo.title = pseudonyms.text(&memo.title);
        memo.body = pseudonyms.text(&memo.body);
        moved(&mut memo.anchor, &places);
    }
    for link in copy.links.values_mut() {
        moved(&mut link.from, &places);
        moved(&mut link.to, &places);
    }
    for code in copy.codebook.codes.values_mut() {
        let code = Arc::make_mut(code);
        for text in code.examples.iter_mut().chain([
            &mut code.definition,
            &mut code.apply_when,
            &mut code.not_when,
        ]) {
            localized(text, pseudonyms);
        }
    }
    for attribute in copy.attributes.values_mut() {
        if let AttributeKind::Category(categories) = &mut attribute.kind {
            categories
                .iter_mut()
                .for_each(|category| *category = pseudonyms.text(category));
        }
    }
    for set in copy.sets.values_mut() {
        set.name = pseudonyms.text(&set.name);
        set.description = pseudonyms.text(&set.description);
    }
    for attachment in copy.attachments.values_mut() {
        attachment.name = pseudonyms.text(&attachment.name);
        attachment.file = pseudonyms.text(&attachment.file);
    }
    copy.title = pseudonyms.text(&copy.title);
    copy.description = pseudonyms.text(&copy.description);
    Masked {
        project: Arc::new(copy),
        contents,
    }
}

impl Masked {
    /// The text of a document of the copy.
    pub fn content(&self, document: &Document) -> Option<Arc<Content>> {
        self.contents.get(&document.id).cloned()
    }
}

fn values(values: &mut Values, pseudonyms: &Pseudonyms) {
    for value in values.values_mut() {
        if let AttributeValue::Text(text) | AttributeValue::Category(text) = value {
            *text = pseudonyms.text(text);
        }
    }
}

fn localized(text: &mut Localized, pseudonyms: &Pseudonyms) {
    text.text = pseudonyms.text(&text.text);
    text.translations
        .values_mut()
        .for_each(|text| *text = pseudonyms.text(text));
}

fn moved(anchor: &mut Anchor, places: &BTreeMap<DocumentId, Places>) {
    if let Anchor::Segment(document, range) = anchor
        && let Some(place) = places.get(document)
    {
        *range = place.range(*range);
    }
}

/// Where the characters of a text have gone: for each name, where it began and ended, and where its reference does.
struct Places(Vec<(TextRange, TextRange)>);

impl Places {
    /// A passage in the new text; one that cuts a name has all of its reference.
    fn range(&self, range: TextRange) -> TextRange {
        TextRange::between(
            self.position(range.start(), false),
            self.position(range.end(), true),
        )
    }

    fn position(&self, position: u32, as_end: bool) -> u32 {
        let before = self.0.partition_point(|(from, _)| from.end() <= position);
        if let Some((from, to)) = self
            .0
            .get(before)
            .filter(|(from, _)| from.start() < position)
        {
            debug_assert!(position < from.end());
            return if as_end { to.end() } else { to.start() };
        }
        let (from, to) = before
            .checked_sub(1)
            .and_then(|index| self.0.get(index))
            .map_or((0, 0), |(from, to)| (from.end(), to.end()));
        to + (position - from)
    }
}

fn replaced(content: &Content, pseudonyms: &Pseudonyms) -> (Content, Places) {
    let text = content.text.as_str();
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::new();
    let (mut done, mut chars) = (0usize, 0u32);
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    for (name, reference) in pseudonyms.found(text) {
        let before = text.get(done..name.start).unwrap_or_default();
        out.push_str(before);
        chars += length(before);
        let reference = format!("[{reference}]");
        let to = TextRange::between(chars, chars + length(&reference));
        places.push((content.text.range_of_bytes(name.clone()), to));
        chars = to.end();
        out.push_str(&reference);
        done = name.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    let places = Places(places);
    let turn = |turn: &Turn| Turn {
        range: places.range(turn.range),
        body: places.position(turn.body, true),
        ..turn.clone()
    };
    let turns = content.turns.iter().map(turn).collect();
    (
        Content {
            text: DocumentText::new(out),
            turns,
        },
        places,
    )
}
