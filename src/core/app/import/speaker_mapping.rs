//! Speakers as persons: the case that a label stands for, by name, by pattern or by the family of the document.

use std::{cmp::Reverse, collections::BTreeMap};

use regex::Regex;

use crate::{
    import::ImportedDocument,
    language::{fold::fold, words::is_han},
    model::{
        Project,
        case::CaseKind,
        document::{SpeakerIndex, SpeakerRole, Turn},
        ids::CaseId,
        natural_key,
        text::TextRange,
    },
};

/// How the labels of speakers become persons.
///
/// Interviewers become no persons, except by a choice for their label.
#[derive(Debug, Clone, Default)]
pub enum SpeakerMapping {
    /// Speakers become no persons.
    #[default]
    Nobody,
    /// The case with the name of the label, or else a new person with this name.
    ByName,
    /// The person in the document's case whose name contains the label, or else a new person such as `F01 child`.
    ByFamily,
    /// The case that the pattern's group `case` finds in the label, or else a new person with this name.
    ByPattern(Regex),
}

/// The person that a speaker is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    /// A case of the project.
    Known(CaseId),
    /// A case to be added, unless one with the name has been added by then.
    New {
        /// The name of the case.
        name: String,
        /// The name of its parent.
        below: Option<String>,
    },
}

/// The person that the user chose for a label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PersonChoice {
    /// The one that the mapping finds.
    #[default]
    ByRule,
    /// None.
    Nobody,
    /// A case of the project.
    Case(CaseId),
    /// The case with this name, or else a new person.
    Named(String),
}

/// What the user chose for a label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelChoice {
    /// Whether it is no speaker; the text after it then belongs to the turn before.
    pub ignored: bool,
    /// The role, if it isn't the one that the import found.
    pub role: Option<SpeakerRole>,
    /// The person.
    pub person: PersonChoice,
}

/// The limit for levels of cases that are followed upwards.
///
/// Cases nest a few levels; two colleagues can have made a circle.
const MOST_LEVELS: usize = 16;

/// A person in a family.
#[derive(Debug)]
struct FamilyMember {
    name: String,
    id: CaseId,
}

/// The cases of a project by name, and the persons in each.
#[derive(Debug, Default)]
pub struct People {
    by_name: BTreeMap<String, CaseId>,
    members: BTreeMap<CaseId, Vec<FamilyMember>>,
}

impl People {
    /// Collects the cases of a project.
    pub fn of(project: &Project) -> Self {
        let mut people = Self::default();
        for case in project.cases.values() {
            people.by_name.entry(case.name.clone()).or_insert(case.id);
            let mut above = case.parent.filter(|_| case.kind == CaseKind::person());
            for _ in 0..MOST_LEVELS {
                let Some(parent) = above else { break };
                let member = FamilyMember {
                    name: case.name.clone(),
                    id: case.id,
                };
                people.members.entry(parent).or_default().push(member);
                above = project.cases.get(&parent).and_then(|case| case.parent);
            }
        }
        people
    }

    /// The person of a label in a document of a case.
    pub fn person(
        &self,
        mapping: &SpeakerMapping,
        label: &str,
        case: Option<&str>,
    ) -> Option<Person> {
        match mapping {
            SpeakerMapping::Nobody => None,
            SpeakerMapping::ByName => Some(self.named(label, case)),
            SpeakerMapping::ByFamily => case.map(|case| self.in_family(label, case)),
            SpeakerMapping::ByPattern(pattern) => {
                let name = pattern.captures(label)?.name("case")?.as_str().trim();
                (!name.is_empty()).then(|| self.named(name, case.filter(|case| *case != name)))
            }
        }
    }

    /// The case with a name, or a new person with it.
    pub fn named(&self, name: &str, below: Option<&str>) -> Person {
        match self.by_name.get(name) {
            Some(id) => Person::Known(*id),
            None => Person::New {
                name: name.to_owned(),
                below: below.map(str::to_owned),
            },
        }
    }

    /// The person of a family whose name fits a label best, the shortest of several; or a new person.
    fn in_family(&self, label: &str, family: &str) -> Person {
        let full_name = format!("{family} {label}");
        let members = self.by_name.get(family).and_then(|id| self.members.get(id));
        let best = members
            .into_iter()
            .flatten()
            .filter_map(|member| Some((name_fit(&member.name, label, &full_name)?, member)))
            .min_by_key(|(fit, member)| {
                // A shorter name says less that the label doesn't say.
                let length = member.name.chars().count();
                (Reverse(*fit), length, natural_key(&member.name))
            });
        match best {
            Some((_, member)) => Person::Known(member.id),
            None => self.named(&full_name, Some(family)),
        }
    }
}

/// How well the name of a person fits a label, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NameFit {
    /// The name contains the label, in Chinese characters.
    Contains,
    /// The name contains the label as whole words.
    Words,
    /// The name is the label, with or without the family.
    Same,
}

/// How well a name fits a label; `None` if it doesn't.
fn name_fit(name: &str, label: &str, full_name: &str) -> Option<NameFit> {
    let (name, label) = (fold(name), fold(label));
    if name == label || name == fold(full_name) {
        return Some(NameFit::Same);
    }
    let name_words = words(&name);
    let label_words = words(&label);
    if !label_words.is_empty()
        && name_words
            .windows(label_words.len())
            .any(|some| some == label_words)
    {
        return Some(NameFit::Words);
    }
    // Chinese has no spaces between words; a single character would fit too much.
    let is_chinese = label.chars().count() > 1 && label.chars().all(is_han);
    (is_chinese && name.contains(&label)).then_some(NameFit::Contains)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Removes labels that are no speakers from a document; the text after them joins the turn before.
pub(super) fn without_labels(document: &mut ImportedDocument, ignored: impl Fn(&str) -> bool) {
    let stays: Vec<bool> = document
        .speakers
        .iter()
        .map(|speaker| !ignored(&speaker.label))
        .collect();
    if stays.iter().all(|stays| *stays) {
        return;
    }
    // The new index of each speaker; `None` for those that are removed.
    let mut next: SpeakerIndex = 0;
    let mut indices: Vec<Option<SpeakerIndex>> = Vec::with_capacity(stays.len());
    for stays in &stays {
        indices.push(stays.then_some(next));
        next = next.saturating_add(SpeakerIndex::from(*stays));
    }
    let mut turns: Vec<Turn> = Vec::with_capacity(document.turns.len());
    for turn in std::mem::take(&mut document.turns) {
        let Some(speaker) = turn.speaker else {
            turns.push(turn);
            continue;
        };
        let index = indices.get(usize::from(speaker)).copied().flatten();
        match (index, turns.last_mut()) {
            (None, Some(last)) => {
                last.range = TextRange::between(last.range.start(), turn.range.end());
            }
            (None, None) => turns.push(Turn {
                body: turn.range.start(),
                speaker: None,
                at_millis: None,
                ..turn
            }),
            (speaker, _) => turns.push(Turn { speaker, ..turn }),
        }
    }
    document.turns = turns;
    let mut stays = stays.into_iter();
    document
        .speakers
        .retain(|_| stays.next().expect("one for each speaker"));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        import::{DocumentOptions, SourceFile},
        model::case::Case,
    };

    fn project(cases: &[(u128, &str, &str, Option<u128>)]) -> Project {
        let mut project = Project::default();
        for (id, name, kind, parent) in cases {
            let case = Case {
                id: CaseId::from_u128(*id),
                name: (*name).to_owned(),
                kind: CaseKind((*kind).to_owned()),
                parent: parent.map(CaseId::from_u128),
                values: BTreeMap::new(),
            };
            project.cases.insert(case.id, Arc::new(case));
        }
        project
    }

    fn new(name: &str, below: Option<&str>) -> Option<Person> {
        Some(Person::New {
            name: name.to_owned(),
            below: below.map(str::to_owned),
        })
    }

    fn known(id: u128) -> Option<Person> {
        Some(Person::Known(CaseId::from_u128(id)))
    }

    #[test]
    fn a_label_is_the_case_of_its_name() {
        let people = People::of(&project(&[
            (1, "林家", "family", None),
            (2, "小远", "person", Some(1)),
        ]));
        assert_eq!(
            people.person(&SpeakerMapping::ByName, "小远", Some("林家")),
            known(2)
        );
        assert_eq!(
            people.person(&SpeakerMapping::ByName, "奶奶", Some("林家")),
            new("奶奶", Some("林家"))
        );
        assert_eq!(
            people.person(&SpeakerMapping::ByName, "奶奶", None),
            new("奶奶", None)
        );
        assert_eq!(
            people.person(&SpeakerMapping::Nobody, "小远", Some("林家")),
            None
        );
    }

    #[test]
    fn a_label_is_the_person_of_the_documents_family() {
        let people = People::of(&project(&[
            (1, "F01", "family", None),
            (2, "F01 child", "person", Some(1)),
            (3, "F01 grandchild", "person", Some(1)),
            (4, "F02", "family", None),
            (5, "Child", "person", Some(4)),
            (6, "F02 奶奶（小远）", "person", Some(4)),
        ]));
        let of =
            |label: &str, case: &str| people.person(&SpeakerMapping::ByFamily, label, Some(case));
        assert_eq!(of("child", "F01"), known(2));
        assert_eq!(of("Ｃhild", "F01"), known(2), "width and case don't matter");
        assert_eq!(of("grandchild", "F01"), known(3));
        assert_eq!(
            of("child", "F02"),
            known(5),
            "the child of the other family"
        );
        assert_eq!(of("奶奶", "F02"), known(6));
        assert_eq!(
            of("a", "F01"),
            new("F01 a", Some("F01")),
            "a letter inside a name is nobody"
        );
        assert_eq!(of("child", "F09"), new("F09 child", Some("F09")));
        assert_eq!(
            people.person(&SpeakerMapping::ByFamily, "child", None),
            None
        );
    }

    #[test]
    fn a_label_is_the_case_that_a_pattern_finds_in_it() {
        let people = People::of(&project(&[(1, "F01", "family", None)]));
        let mapping = SpeakerMapping::ByPattern(Regex::new(r"(?<case>F\d+) .*").unwrap());
        assert_eq!(people.person(&mapping, "F01 妈妈", None), known(1));
        assert_eq!(
            people.person(&mapping, "F07 child", Some("F07")),
            new("F07", None)
        );
        assert_eq!(people.person(&mapping, "Teacher", Some("F01")), None);
    }

    #[test]
    fn what_an_ignored_label_says_goes_on_with_the_turn_before() {
        let text = "备注：录音从此开始\n\nI: How?\n\nChild: Well 𠮷.\n\n备注：停顿\n\nI: So?\n\nChild: Yes.\n\nI: Hm\n\nChild: 好\n";
        let mut document = crate::import::read_document(
            SourceFile {
                path: "a.txt".to_owned(),
                bytes: text.as_bytes().to_vec(),
            },
            &DocumentOptions {
                speakers: crate::import::SpeakerOption::Pattern(
                    Regex::new(r"(?<speaker>\w+)[:：]\s*").unwrap(),
                ),
                ..DocumentOptions::default()
            },
        )
        .unwrap();
        assert_eq!(document.turns.len(), 8);
        without_labels(&mut document, |label| label == "备注");
        let said: Vec<(&str, Option<&str>)> = document
            .turns
            .iter()
            .map(|turn| {
                (
                    document.text.slice(turn.said()).unwrap().trim(),
                    turn.speaker
                        .map(|at| document.speakers[usize::from(at)].label.as_str()),
                )
            })
            .collect();
        assert_eq!(
            said[..3],
            [
                ("备注：录音从此开始", None),
                ("How?", Some("I")),
                ("Well 𠮷.\n\n备注：停顿", Some("Child"))
            ]
        );
        assert_eq!((said.len(), document.speakers.len()), (7, 2));
    }
}
