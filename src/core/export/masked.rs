//! A copy of a project with references in place of names, in everything that is shown and in the texts themselves.
//!
//! Positions move with the texts, so a passage of the copy is the same passage with its names replaced.
//! Whatever is made from the copy needs to know nothing of pseudonyms.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    analysis::frequency::Loader,
    model::{
        Project,
        attribute::{AttributeKind, AttributeValue, Values},
        coding::Coding,
        document::{Content, Document, Turn},
        ids::DocumentId,
        localized::Localized,
        memo::Anchor,
        text::{DocumentText, TextRange},
    },
    report::pseudonyms::Pseudonyms,
};

/// The copy of a project.
#[derive(Debug)]
pub struct Masked {
    /// The project with references.
    pub project: Arc<Project>,
    /// Its texts, without those that can't be read.
    contents: BTreeMap<DocumentId, Arc<Content>>,
}

/// Copies a project and replaces the names in it.
pub fn masked(project: &Project, pseudonyms: &Pseudonyms, load: &Loader<'_>) -> Masked {
    let mut copy = pseudonyms.project(project);
    let mut contents = BTreeMap::new();
    let mut moves = BTreeMap::new();
    for (id, document) in &mut copy.documents {
        let original = project.documents.get(id);
        let original = original.expect("the copy has the documents of the project");
        let document = Arc::make_mut(document);
        document.source.file = pseudonyms.text(&document.source.file);
        mask_values(&mut document.values, pseudonyms);
        for (speaker, own) in document.speakers.iter_mut().zip(&original.speakers) {
            // A label that differs has been replaced already, because its speaker is a person of the project.
            if speaker.label == own.label {
                speaker.label = pseudonyms.text(&speaker.label);
            }
        }
        if let Some(content) = load(original) {
            let (content, moved) = mask_content(&content, pseudonyms);
            for coding in &mut document.codings {
                coding.range = moved.range(coding.range);
            }
            // Ranges that cut a name grow to the whole reference, which can change their order.
            document.codings.sort_by_key(Coding::order);
            contents.insert(*id, Arc::new(content));
            moves.insert(*id, moved);
        }
    }
    for memo in copy.memos.values_mut() {
        move_anchor(&mut Arc::make_mut(memo).anchor, &moves);
    }
    for link in copy.links.values_mut() {
        move_anchor(&mut link.from, &moves);
        move_anchor(&mut link.to, &moves);
    }
    mask_words(&mut copy, pseudonyms);
    Masked {
        project: Arc::new(copy),
        contents,
    }
}

/// Replaces the names in everything that people have written outside the documents.
fn mask_words(copy: &mut Project, pseudonyms: &Pseudonyms) {
    for case in copy.cases.values_mut() {
        mask_values(&mut Arc::make_mut(case).values, pseudonyms);
    }
    for coder in copy.coders.values_mut() {
        mask_values(&mut coder.values, pseudonyms);
    }
    for memo in copy.memos.values_mut() {
        let memo = Arc::make_mut(memo);
        memo.title = pseudonyms.text(&memo.title);
        memo.body = pseudonyms.text(&memo.body);
    }
    for code in copy.codebook.codes.values_mut() {
        let code = Arc::make_mut(code);
        for text in code.examples.iter_mut().chain([
            &mut code.definition,
            &mut code.apply_when,
            &mut code.not_when,
        ]) {
            mask_localized(text, pseudonyms);
        }
    }
    for attribute in copy.attributes.values_mut() {
        if let AttributeKind::Category(categories) = &mut attribute.kind {
            for category in categories {
                *category = pseudonyms.text(category);
            }
        }
        attribute.category_translations = std::mem::take(&mut attribute.category_translations)
            .into_iter()
            .map(|(category, mut names)| {
                for name in names.values_mut() {
                    *name = pseudonyms.text(name);
                }
                (pseudonyms.text(&category), names)
            })
            .collect();
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
}

impl Masked {
    /// The text of a document of the copy; `None` if it can't be read.
    pub fn content(&self, document: &Document) -> Option<Arc<Content>> {
        self.contents.get(&document.id).cloned()
    }
}

fn mask_values(values: &mut Values, pseudonyms: &Pseudonyms) {
    for value in values.values_mut() {
        if let AttributeValue::Text(text) | AttributeValue::Category(text) = value {
            *text = pseudonyms.text(text);
        }
    }
}

fn mask_localized(text: &mut Localized, pseudonyms: &Pseudonyms) {
    text.text = pseudonyms.text(&text.text);
    for translation in text.translations.values_mut() {
        *translation = pseudonyms.text(translation);
    }
}

fn move_anchor(anchor: &mut Anchor, moves: &BTreeMap<DocumentId, MovedText>) {
    if let Anchor::Segment(document, range) = anchor
        && let Some(moved) = moves.get(document)
    {
        *range = moved.range(*range);
    }
}

/// A name and the reference that replaced it, each as a range of its text.
struct ReplacedName {
    from: TextRange,
    to: TextRange,
}

/// Maps positions of a text to those of its copy, by the names that were replaced, in order.
struct MovedText(Vec<ReplacedName>);

impl MovedText {
    /// A passage in the copy; one that cuts a name includes its whole reference.
    fn range(&self, range: TextRange) -> TextRange {
        TextRange::between(
            self.position(range.start(), Edge::Start),
            self.position(range.end(), Edge::End),
        )
    }

    fn position(&self, position: u32, edge: Edge) -> u32 {
        let before = self.0.partition_point(|name| name.from.end() <= position);
        let (done, left) = self.0.split_at(before);
        if let Some(name) = left.first()
            && name.from.start() < position
        {
            return match edge {
                Edge::Start => name.to.start(),
                Edge::End => name.to.end(),
            };
        }
        // Behind the last name before it, positions differ by a constant.
        match done.last() {
            Some(name) => name.to.end() + (position - name.from.end()),
            None => position,
        }
    }
}

/// Which end of a passage a position is.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// A text with references in place of names, and where its characters have moved.
fn mask_content(content: &Content, pseudonyms: &Pseudonyms) -> (Content, MovedText) {
    let text = content.text.as_str();
    let mut out = String::with_capacity(text.len());
    let mut names = Vec::new();
    let (mut done_bytes, mut out_chars) = (0, 0);
    for place in pseudonyms.found(text) {
        let (name, reference) = (place.range, place.stand_in);
        let before = text.get(done_bytes..name.start);
        let before = before.expect("names are found in order, at the edges of characters");
        let start = out_chars + len_chars(before);
        let to = TextRange::between(start, start + len_chars(&reference));
        out.push_str(before);
        out.push_str(&reference);
        out_chars = to.end();
        done_bytes = name.end;
        names.push(ReplacedName {
            from: content.text.range_of_bytes(name),
            to,
        });
    }
    out.push_str(text.get(done_bytes..).expect("a name ends within the text"));
    let moved = MovedText(names);
    let mut turns: Vec<Turn> = content.turns.clone();
    for turn in &mut turns {
        turn.range = moved.range(turn.range);
        turn.body = moved.position(turn.body, Edge::End);
    }
    let text = DocumentText::new(out);
    (Content { text, turns }, moved)
}

fn len_chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).expect("a text has fewer than 2^32 characters")
}
