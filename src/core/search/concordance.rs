//! Concordance: hits in groups, each group sorted by the words before or after the hits.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    language::{pinyin::first_reading, words::is_han},
    model::{
        Families, Project,
        document::{Content, Document},
        ids::{CaseId, DocumentId, PhaseId},
        localized::Localized,
        natural_key,
        text::TextRange,
    },
};

use super::{Corpus, Hit, analyser::Tokens};

/// How many words on one side decide the order.
const DEPTH: usize = 4;
/// How many code points are read on one side to find these words.
const REACH: u32 = 48;

/// How hits are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// By the family of the document.
    #[default]
    Family,
    /// By the label of the speaker.
    Speaker,
    /// By the phase of the document.
    Phase,
    /// By document.
    Document,
    /// Not at all: one list.
    Nothing,
}

/// How the hits of a group are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// By position.
    #[default]
    Place,
    /// By the words before the hit, from the nearest on.
    Left,
    /// By the hit itself.
    Hit,
    /// By the words after the hit.
    Right,
}

/// What the hits of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupName {
    /// The family, speaker, phase or document of this name.
    Named(Localized),
    /// Their documents belong to several families.
    SeveralFamilies,
    /// They have no family, speaker or phase, or they aren't grouped.
    Nothing,
}

/// A group of hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcordanceGroup {
    /// What the hits have in common.
    pub name: GroupName,
    /// The hits in order.
    pub hits: Vec<Hit>,
}

/// Identifies a group; groups are shown in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum GroupKey {
    Family(Vec<(u64, String)>, CaseId),
    Name(Vec<(u64, String)>),
    Phase(crate::model::rank::Rank, PhaseId),
    Document(Vec<(u64, String)>, DocumentId),
    /// Hits of documents of several families.
    SeveralFamilies,
    /// Hits without a family, speaker or phase; they come last.
    None,
}

/// Groups hits and sorts each group.
///
/// The hits must be sorted by document and position; that order is kept among hits with the same words.
pub fn concordance(
    corpus: &Corpus<'_>,
    hits: &[Hit],
    group: GroupBy,
    sort: SortBy,
) -> Vec<ConcordanceGroup> {
    let mut groups: BTreeMap<GroupKey, ConcordanceGroup> = BTreeMap::new();
    let mut sorted: BTreeMap<GroupKey, Vec<(Vec<String>, Hit)>> = BTreeMap::new();
    // Hits of a document follow one another, so one text in memory is enough.
    let mut open: Option<(DocumentId, Arc<Content>)> = None;
    for hit in hits {
        let Some(document) = corpus.project.documents.get(&hit.document) else {
            continue;
        };
        // Texts are loaded only if words or speakers matter.
        if (sort != SortBy::Place || group == GroupBy::Speaker)
            && open.as_ref().is_none_or(|(id, _)| *id != hit.document)
        {
            open = (corpus.load)(document).map(|content| (hit.document, content));
        }
        let content = open.as_ref().map(|(_, content)| &**content);
        let (key, name) = key_of(corpus.project, document, content, hit, group);
        groups
            .entry(key.clone())
            .or_insert_with(|| ConcordanceGroup {
                name,
                hits: Vec::new(),
            });
        let words = content.map_or_else(Vec::new, |content| sort_words(content, hit, sort));
        sorted.entry(key).or_default().push((words, *hit));
    }
    for (key, mut hits) in sorted {
        if sort != SortBy::Place {
            hits.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
        if let Some(group) = groups.get_mut(&key) {
            group.hits = hits.into_iter().map(|(_, hit)| hit).collect();
        }
    }
    groups.into_values().collect()
}

fn key_of(
    project: &Project,
    document: &Document,
    content: Option<&Content>,
    hit: &Hit,
    group: GroupBy,
) -> (GroupKey, GroupName) {
    let nothing = (GroupKey::None, GroupName::Nothing);
    match group {
        GroupBy::Nothing => nothing,
        GroupBy::Document => (
            GroupKey::Document(natural_key(&document.title), document.id),
            GroupName::Named(Localized::plain(&*document.title)),
        ),
        GroupBy::Phase => document
            .phase
            .and_then(|id| project.phases.get(&id))
            .map_or(nothing, |phase| {
                (
                    GroupKey::Phase(phase.rank.clone(), phase.id),
                    GroupName::Named(phase.localized()),
                )
            }),
        GroupBy::Family => match project.families_of_document(document) {
            Families::One(id) => project.cases.get(&id).map_or(nothing, |case| {
                let key = GroupKey::Family(natural_key(&case.name), case.id);
                (key, GroupName::Named(Localized::plain(&*case.name)))
            }),
            Families::Several => (GroupKey::SeveralFamilies, GroupName::SeveralFamilies),
            Families::None => nothing,
        },
        GroupBy::Speaker => {
            let speaker = hit.turn.and_then(|turn| content?.turns.get(turn)?.speaker);
            let label = speaker
                .and_then(|index| document.speakers.get(usize::from(index)))
                .map(|speaker| speaker.label.clone());
            label.map_or(nothing, |label| {
                let key = GroupKey::Name(natural_key(&label));
                (key, GroupName::Named(Localized::plain(label)))
            })
        }
    }
}

/// The words by which a hit is sorted, in the form in which they are compared.
fn sort_words(content: &Content, hit: &Hit, sort: SortBy) -> Vec<String> {
    let bounds = hit
        .turn
        .and_then(|turn| content.turns.get(turn))
        .map_or(content.text.range(), |turn| turn.range);
    let (start, end) = (hit.range.start(), hit.range.end());
    let range = match sort {
        SortBy::Place => return Vec::new(),
        SortBy::Hit => hit.range,
        SortBy::Left => TextRange::between(
            start.saturating_sub(REACH).max(bounds.start().min(start)),
            start,
        ),
        SortBy::Right => {
            TextRange::between(end, end.saturating_add(REACH).min(bounds.end().max(end)))
        }
    };
    let text = content.text.slice(range).unwrap_or_default();
    let mut words = words_of(text);
    if sort == SortBy::Left {
        words.reverse();
    }
    words.truncate(DEPTH);
    words
}

/// The words of a text as sort keys; Chinese is sorted by its sound, as in dictionaries.
fn words_of(text: &str) -> Vec<String> {
    let (mut tokens, mut term, mut words) = (Tokens::new(text), String::new(), Vec::new());
    while tokens.next(&mut term).is_some() {
        let sound = term
            .chars()
            .next()
            .filter(|c| is_han(*c))
            .and_then(first_reading);
        words.push(sound.map_or_else(|| term.clone(), |sound| format!("{sound} {term}")));
    }
    words
}
