//! Words: how often each is said, how evenly it is spread, and which are typical of one group compared with another.
//!
//! Chinese is segmented into words by a dictionary and the project's own terms.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    language::{fold::fold, segment::Segmenter},
    model::{
        Project,
        document::{Document, SpeakerRole, Turn},
        ids::{CaseId, DocumentId, PhaseId},
        localized::Localized,
        natural_key,
    },
    statistics::{
        Undefined,
        words::{Dispersion, Diversity, Keyness, dispersion, keyness, lexical_diversity},
    },
};

use super::{
    attribution::People,
    frequency::{Filter, Loader, picked},
};

/// The groups in which words are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WordGrouping {
    /// All texts together.
    #[default]
    All,
    /// By family: the words of its members, and of whoever else speaks where a document is of one family only. Words that
    /// can't be given to a family are in no group.
    Family,
    /// By phase.
    Phase,
}

/// Which words are counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WordOptions {
    /// The groups.
    pub by: WordGrouping,
    /// Words that are not counted, folded.
    pub stop_words: BTreeSet<String>,
    /// Whether what interviewers say is counted too.
    pub interviewers: bool,
    /// Which documents and speakers count; its codes and coders are ignored.
    pub filter: Filter,
}

/// Words of texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WordCounts {
    /// The name of each group, and the number of its words without stop words.
    pub groups: Vec<(Localized, usize)>,
    /// The counts of every word.
    pub words: BTreeMap<String, WordCount>,
    /// The documents with the number of words of each.
    pub documents: Vec<(DocumentId, usize)>,
    /// The lexical diversity of each group, in windows of [`WINDOW`] words.
    pub diversity: Vec<Diversity>,
}

/// How often a word is said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WordCount {
    /// In all documents.
    pub total: usize,
    /// In each group.
    pub groups: Vec<usize>,
    /// In documents, by number.
    pub documents: BTreeMap<usize, usize>,
}

/// The number of words in a window over which lexical diversity is measured.
pub const WINDOW: usize = 100;

/// The function words of both languages, which tell little about what people talk about.
pub fn default_stop_words() -> BTreeSet<String> {
    crate::language::words::FUNCTION_WORDS
        .iter()
        .map(|word| (*word).to_owned())
        .collect()
}

/// Counts the words of texts; returns `None` if `progress`, which is called before each document, returns false.
pub fn words(
    project: &Project,
    options: &WordOptions,
    load: &Loader<'_>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<WordCounts> {
    let segmenter = Segmenter::of_project(project);
    let mut documents = picked(project, &options.filter);
    documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
    let groups = Groups::new(project, options.by);
    let mut found = WordCounts {
        groups: groups.names.iter().map(|name| (name.clone(), 0)).collect(),
        ..WordCounts::default()
    };
    let mut tokens: Vec<Vec<String>> = vec![Vec::new(); groups.names.len()];
    for (number, document) in documents.iter().enumerate() {
        if !progress(number, documents.len()) {
            return None;
        }
        let mut n_words = 0;
        for (said, in_groups) in said(project, document, options, &groups, load, &segmenter) {
            found.add(number, &said, &in_groups);
            n_words += said.len();
            for group in in_groups {
                tokens[group].extend(said.iter().cloned());
            }
        }
        found.documents.push((document.id, n_words));
    }
    found.diversity = tokens
        .iter()
        .map(|tokens| lexical_diversity(tokens, WINDOW))
        .collect();
    Some(found)
}

impl WordCounts {
    /// Adds words of a document, which count in some of the groups.
    fn add(&mut self, document: usize, said: &[String], groups: &BTreeSet<usize>) {
        for &group in groups {
            self.groups[group].1 += said.len();
        }
        for word in said {
            let counted = self.words.entry(word.clone()).or_default();
            counted.total += 1;
            counted.groups.resize(self.groups.len(), 0);
            groups.iter().for_each(|&group| counted.groups[group] += 1);
            *counted.documents.entry(document).or_default() += 1;
        }
    }

    /// Words by how often they are said, the most frequent first.
    pub fn by_frequency(&self) -> Vec<(&str, &WordCount)> {
        let mut all: Vec<(&str, &WordCount)> = self
            .words
            .iter()
            .map(|(word, counted)| (word.as_str(), counted))
            .collect();
        all.sort_by(|a, b| b.1.total.cmp(&a.1.total).then_with(|| a.0.cmp(b.0)));
        all
    }

    /// How evenly a word is spread over the documents.
    ///
    /// # Errors
    /// See [`dispersion`].
    pub fn dispersion(&self, word: &str) -> Result<Dispersion, Undefined> {
        let counted = self.words.get(word).ok_or(Undefined::WordAbsent)?;
        // A document without words is no part, since a word has no rate in it.
        let documents = self.documents.iter().enumerate();
        let (frequencies, sizes): (Vec<usize>, Vec<usize>) = documents
            .filter(|(_, (_, size))| *size > 0)
            .map(|(at, (_, size))| (counted.documents.get(&at).map_or(0, |n| *n), *size))
            .unzip();
        dispersion(&frequencies, &sizes)
    }

    /// Words by how much more or less frequent they are in one group than in another, the most typical of either first.
    ///
    /// The groups are numbers of [`WordCounts::groups`]; words that have no keyness, because they occur in neither, are left out.
    pub fn keyness(&self, of: usize, against: usize) -> Vec<(&str, Keyness)> {
        let (Some((_, size)), Some((_, size_against))) =
            (self.groups.get(of), self.groups.get(against))
        else {
            return Vec::new();
        };
        let mut all: Vec<(&str, Keyness)> = self
            .words
            .iter()
            .filter_map(|(word, counted)| {
                let (n, n_against) = (counted.groups[of], counted.groups[against]);
                let keyness = keyness(n, n_against, *size, *size_against).ok()?;
                Some((word.as_str(), keyness))
            })
            .collect();
        all.sort_by(|a, b| b.1.ll.total_cmp(&a.1.ll).then_with(|| a.0.cmp(b.0)));
        all
    }
}

/// The words of a document that count, folded, with the groups that they count in.
fn said(
    project: &Project,
    document: &Document,
    options: &WordOptions,
    groups: &Groups,
    load: &Loader<'_>,
    segmenter: &Segmenter,
) -> Vec<(Vec<String>, BTreeSet<usize>)> {
    let Some(content) = load(document) else {
        return Vec::new();
    };
    let people = People::of(project, document);
    if content.turns.is_empty() {
        let words = counted_words(content.text.as_str(), options, segmenter);
        return vec![(words, groups.of(project, document, people.only))];
    }
    content
        .turns
        .iter()
        .filter(|turn| is_heard(document, turn, options))
        .filter_map(|turn| {
            let speaker = turn.speaker.map(usize::from);
            let person = speaker.and_then(|at| people.persons.get(at).copied().flatten());
            let groups = groups.of(project, document, person.or(people.only));
            let said = content.text.slice(turn.said())?;
            Some((counted_words(said, options, segmenter), groups))
        })
        .collect()
}

/// Returns true if the words of a turn count.
fn is_heard(document: &Document, turn: &Turn, options: &WordOptions) -> bool {
    let speaker = turn
        .speaker
        .and_then(|at| document.speakers.get(usize::from(at)));
    match speaker {
        Some(speaker) => {
            (options.interviewers || speaker.role != SpeakerRole::Interviewer)
                && options.filter.admits_speaker(&speaker.label)
        }
        // Headings and notes between the turns are nobody's words; a document without speakers is its writer's.
        None => document.speakers.is_empty() && options.filter.speakers.is_empty(),
    }
}

/// The words of a text that are no stop words, folded.
fn counted_words(text: &str, options: &WordOptions, segmenter: &Segmenter) -> Vec<String> {
    // The segmenter gives positions in code points. They are in order, so one walk over the text finds all words.
    let mut chars = text.chars();
    let mut position = 0;
    let mut words = Vec::new();
    for range in segmenter.words(text) {
        let gap = range.start() - position;
        position = range.end();
        let word = chars.by_ref().skip(gap as usize);
        let word: String = word.take(range.len_chars() as usize).collect();
        // Word processors write it’s, other programs it's: both are one word.
        let word = fold(&word).replace('’', "'");
        if !options.stop_words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The groups that documents count in.
struct Groups {
    names: Vec<Localized>,
    /// The group of each family or phase, whichever the groups are.
    families: BTreeMap<CaseId, usize>,
    phases: BTreeMap<PhaseId, usize>,
    by: WordGrouping,
}

impl Groups {
    fn new(project: &Project, by: WordGrouping) -> Self {
        let mut groups = Self {
            names: Vec::new(),
            families: BTreeMap::new(),
            phases: BTreeMap::new(),
            by,
        };
        match by {
            WordGrouping::All => groups.names.push(Localized::plain(&*project.title)),
            WordGrouping::Family => {
                let here: BTreeSet<_> = project
                    .documents
                    .values()
                    .flat_map(|document| {
                        let speakers = document.speakers.iter().filter_map(|own| own.case);
                        document.cases.iter().copied().chain(speakers)
                    })
                    .map(|case| project.family_of(case))
                    .collect();
                for (_, case) in project
                    .cases_in_order()
                    .into_iter()
                    .filter(|(_, case)| here.contains(&case.id))
                {
                    groups.families.insert(case.id, groups.names.len());
                    groups.names.push(Localized::plain(&*case.name));
                }
            }
            WordGrouping::Phase => {
                for phase in project.phases_in_order() {
                    groups.phases.insert(phase.id, groups.names.len());
                    groups.names.push(phase.localized());
                }
            }
        }
        groups
    }

    /// The groups of words that are given to a case.
    fn of(&self, project: &Project, document: &Document, case: Option<CaseId>) -> BTreeSet<usize> {
        match self.by {
            WordGrouping::All => [0].into(),
            WordGrouping::Family => case
                .and_then(|case| self.families.get(&project.family_of(case)))
                .copied()
                .into_iter()
                .collect(),
            WordGrouping::Phase => document
                .phase
                .and_then(|phase| self.phases.get(&phase))
                .copied()
                .into_iter()
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        analysis::sample::{SampleProject, by_hand, range},
        model::{document::Content, text::DocumentText},
    };

    fn study() -> SampleProject {
        let mut study = by_hand();
        let mut say = |id: u128, text: &str, turns: &[(u32, u32, Option<u16>)]| {
            let turn = |&(start, end, speaker): &(u32, u32, Option<u16>)| Turn {
                range: range(start, end),
                body: start,
                speaker,
                at_millis: None,
            };
            let content = Content {
                text: DocumentText::new(text),
                turns: turns.iter().map(turn).collect(),
            };
            study
                .contents
                .insert(DocumentId::from_u128(id), Arc::new(content));
        };
        say(10, "I believe I can. Believe!", &[]);
        say(
            20,
            "How is it?I sing.",
            &[(0, 10, Some(0)), (10, 17, Some(1))],
        );
        say(30, "我没有自信心", &[(0, 6, Some(0))]);
        say(40, "", &[]);
        let group = study
            .project
            .documents
            .get_mut(&DocumentId::from_u128(20))
            .unwrap();
        Arc::make_mut(group).speakers[0].role = SpeakerRole::Interviewer;
        study
    }

    #[test]
    fn words_are_counted_by_group_and_document() {
        let study = study();
        let load = |document: &Document| study.contents.get(&document.id).cloned();
        let count = |options: &WordOptions| {
            words(&study.project, options, &load, &mut |_, _| true).unwrap()
        };
        let options = WordOptions {
            by: WordGrouping::Family,
            stop_words: BTreeSet::from(["我".to_owned()]),
            ..WordOptions::default()
        };
        let found = count(&options);
        assert_eq!(
            found.groups,
            [("F2 Lin 林家", 2), ("F10 Reed", 7)].map(|(name, n)| (Localized::plain(name), n))
        );
        assert_eq!(
            (
                found.words["believe"].total,
                found.words["believe"].groups.as_slice()
            ),
            (2, &[0, 2][..])
        );
        assert!(
            !found.words.contains_key("我") && !found.words.contains_key("how"),
            "left out, or the interviewer's"
        );
        assert_eq!(found.by_frequency()[0].0, "i");
        assert_eq!(found.dispersion("believe").unwrap().parts_with_word, 1);
        assert_eq!(
            found
                .keyness(1, 0)
                .iter()
                .find(|(word, _)| *word == "believe")
                .unwrap()
                .1
                .direction
                .code(),
            "over"
        );
        assert!(
            count(&WordOptions {
                interviewers: true,
                ..options
            })
            .words
            .contains_key("how")
        );
        assert_eq!(
            words(
                &study.project,
                &WordOptions::default(),
                &load,
                &mut |_, _| { false }
            ),
            None
        );
    }
}
