//! Speakers as persons: which case a label stands for, by name, by pattern, or by the document's family; which labels are no speakers at all.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::{
    import::ImportedDocument,
    language::fold::fold,
    model::{
        Project,
        case::CaseKind,
        document::{SpeakerIndex, SpeakerRole, Turn},
        ids::CaseId,
        natural_key,
        text::TextRange,
    },
};

/// How a speaker's label becomes a person; those who ask are nobody's case unless a choice says so.
#[derive(Debug, Clone, Default)]
pub enum Mapping {
    /// Speakers stay labels.
    #[default]
    Nobody,
    /// The case of the label's name, otherwise a new person of that name.
    ByName,
    /// The person below the document's case whose name has the label in it, otherwise a new person `F01 child` below it.
    ByFamily,
    /// The case that the pattern's group `case` finds in the label, otherwise a new person of that name.
    ByPattern(Regex),
}

/// A person that a speaker is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    /// A case of the project.
    Known(CaseId),
    /// A case that is still to be added, unless one of the name is there by then.
    New {
        /// Its name.
        name: String,
        /// The name of the case it belongs to.
        below: Option<String>,
    },
}

/// Who a label is, as a person has chosen it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Who {
    /// As the mapping says.
    #[default]
    ByRule,
    /// Nobody.
    Nobody,
    /// A case of the project.
    Case(CaseId),
    /// The case of this name, otherwise a new person.
    Named(String),
}

/// What was chosen for a label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelChoice {
    /// Whether it is no speaker; what stands behind it goes on with the turn before.
    pub ignored: bool,
    /// Asks or answers, where it isn't what import found.
    pub role: Option<SpeakerRole>,
    /// Which person it is.
    pub who: Who,
}

/// The cases of a project by name, and the persons below each.
#[derive(Debug, Default)]
pub struct People {
    by_name: BTreeMap<String, CaseId>,
    below: BTreeMap<CaseId, Vec<(String, CaseId)>>,
}

impl People {
    /// The cases of a project.
    pub fn of(project: &Project) -> Self {
        let mut people = Self::default();
        for case in project.cases.values() {
            people.by_name.entry(case.name.clone()).or_insert(case.id);
            let mut above = case.parent.filter(|_| case.kind == CaseKind::person());
            // Cases nest a few levels; the bound ends a circle that two colleagues made.
            for _ in 0..16 {
                let Some(parent) = above else { break };
                people
                    .below
                    .entry(parent)
                    .or_default()
                    .push((case.name.clone(), case.id));
                above = project.cases.get(&parent).and_then(|case| case.parent);
            }
        }
        people
    }

    /// The person that a label is in a document of a case.
    pub fn person(&self, mapping: &Mapping, label: &str, case: Option<&str>) -> Option<Person> {
        match mapping {
            Mapping::Nobody => None,
            Mapping::ByName => Some(self.named(label, case)),
            Mapping::ByFamily => case.map(|case| self.in_family(label, case)),
            Mapping::ByPattern(pattern) => {
                let name = pattern.captures(label)?.name("case")?.as_str().trim();
                (!name.is_empty()).then(|| self.named(name, case.filter(|case| *case != name)))
            }
        }
    }

    /// The case of a name, or a new person of that name.
    pub fn named(&self, name: &str, below: Option<&str>) -> Person {
        let new = || Person::New {
            name: name.to_owned(),
            below: below.map(str::to_owned),
        };
        self.by_name
            .get(name)
            .map_or_else(new, |id| Person::Known(*id))
    }

    /// The person of a family that the label means; the name that fits best, and of these the shortest.
    fn in_family(&self, label: &str, family: &str) -> Person {
        let own = format!("{family} {label}");
        let persons = self.by_name.get(family).and_then(|id| self.below.get(id));
        let fitting = persons
            .into_iter()
            .flatten()
            .filter_map(|(name, id)| Some((fit(name, label, &own)?, name, id)));
        let best =
            fitting.min_by_key(|(fit, name, _)| (*fit, name.chars().count(), natural_key(name)));
        best.map_or_else(
            || self.named(&own, Some(family)),
            |(.., id)| Person::Known(*id),
        )
    }
}

/// How well a person's name fits a label: 0 the same, 1 the label as a word, 2 Chinese characters inside; `None` not at all.
fn fit(name: &str, label: &str, own: &str) -> Option<u8> {
    let (name, label) = (fold(name), fold(label));
    if name == label || name == fold(own) {
        return Some(0);
    }
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (all, wanted) = (words(&name), words(&label));
    if !wanted.is_empty() && all.windows(wanted.len()).any(|some| some == wanted) {
        return Some(1);
    }
    let chinese = label.chars().count() > 1 && label.chars().all(crate::language::words::is_han);
    (chinese && name.contains(&label)).then_some(2)
}

/// Takes labels out of a document that are no speakers: what stands behind them goes on with the turn before.
pub fn without_labels(document: &mut ImportedDocument, ignored: impl Fn(&str) -> bool) {
    let stays: Vec<bool> = document
        .speakers
        .iter()
        .map(|speaker| !ignored(&speaker.label))
        .collect();
    if stays.iter().all(|stays| *stays) {
        return;
    }
    let mut count = 0;
    let number = |stays: &bool| {
        let number = SpeakerIndex::try_from(count).ok().filter(|_| *stays);
        count += usize::from(*stays);
        number
    };
    let numbers: Vec<Option<SpeakerIndex>> = stays.iter().map(number).collect();
    let mut turns: Vec<Turn> = Vec::with_capacity(document.turns.len());
    for turn in std::mem::take(&mut document.turns) {
        let Some(speaker) = turn.speaker else {
            turns.push(turn);
            continue;
        };
        match (
            numbers.get(usize::from(speaker)).copied().flatten(),
            turns.last_mut(),
        ) {
            (None, Some(last)) => {
                last.range = TextRange::between(last.range.start(), turn.range.end())
            }
            (None, None) => turns.push(Turn {
                body: turn.range.start(),
                speaker: None,
                at_millis: None,
                ..turn
            }),
            (number, _) => turns.push(Turn {
                speaker: number,
                ..turn
            }),
        }
    }
    document.turns = turns;
    let mut stays = stays.into_iter();
    document.speakers.retain(|_| stays.next().unwrap_or(true));
}

/// A label over all documents of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSeen {
    /// The label.
    pub label: String,
    /// In how many documents.
    pub documents: usize,
    /// How many turns.
    pub turns: usize,
    /// What import takes it for.
    pub role: SpeakerRole,
    /// The beginning of something said under it.
    pub example: String,
    /// Why it may be no speaker, or a misspelt one.
    pub odd: Option<Odd>,
}

/// Why a label deserves a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Odd {
    /// It has one turn in all documents.
    Once,
    /// It stands in one document only, where others stand in several.
    OneDocument,
    /// It differs little from a more frequent one.
    Like(String),
}

/// Longest example, in characters.
const EXAMPLE_CHARS: usize = 120;

/// How many labels are compared with each other; beyond, the rarest aren't.
const COMPARED: usize = 1_500;

/// The labels of a batch, the most frequent first.
pub fn survey(documents: &[ImportedDocument]) -> Vec<LabelSeen> {
    let mut seen: BTreeMap<&str, LabelSeen> = BTreeMap::new();
    for document in documents {
        let counts = turns_by_speaker(document);
        for (at, speaker) in document.speakers.iter().enumerate() {
            let turns = counts.get(at).copied().unwrap_or(0);
            let one = seen.entry(&speaker.label).or_insert_with(|| LabelSeen {
                label: speaker.label.clone(),
                documents: 0,
                turns: 0,
                role: speaker.role,
                example: example(document, at),
                odd: None,
            });
            one.documents += 1;
            one.turns += turns;
        }
    }
    let mut labels: Vec<LabelSeen> = seen.into_values().collect();
    labels.sort_by_cached_key(|label| (std::cmp::Reverse(label.turns), natural_key(&label.label)));
    mark_odd(&mut labels, documents.len());
    labels
}

/// How many turns each speaker of a document has.
pub fn turns_by_speaker(document: &ImportedDocument) -> Vec<usize> {
    let mut counts = vec![0; document.speakers.len()];
    for speaker in document.turns.iter().filter_map(|turn| turn.speaker) {
        if let Some(count) = counts.get_mut(usize::from(speaker)) {
            *count += 1;
        }
    }
    counts
}

fn example(document: &ImportedDocument, speaker: usize) -> String {
    let of_speaker = document
        .turns
        .iter()
        .filter(|turn| turn.speaker.is_some_and(|own| usize::from(own) == speaker));
    let said = of_speaker
        .filter_map(|turn| document.text.slice(turn.said()))
        .map(str::trim)
        .find(|said| !said.is_empty());
    said.unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(EXAMPLE_CHARS)
        .collect()
}

fn mark_odd(labels: &mut [LabelSeen], documents: usize) {
    let all: usize = labels.iter().map(|label| label.turns).sum();
    let recurring: usize = labels
        .iter()
        .filter(|label| label.documents > 1)
        .map(|label| label.turns)
        .sum();
    // Where people stand under their own names, most labels belong to one document, and none of them is odd for it.
    let roles = documents > 2 && recurring * 2 >= all;
    let folded: Vec<String> = labels.iter().map(|label| fold(&label.label)).collect();
    let odd: Vec<Option<Odd>> = (0..labels.len())
        .map(|at| {
            let label = labels.get(at)?;
            let own = folded.get(at)?;
            let like = folded
                .iter()
                .take(at.min(COMPARED))
                .position(|other| at <= COMPARED && is_like(own, other));
            let like = like
                .and_then(|other| labels.get(other))
                .filter(|other| other.turns > label.turns);
            match like {
                Some(other) => Some(Odd::Like(other.label.clone())),
                None if label.turns <= 1 => Some(Odd::Once),
                None if roles && label.documents == 1 => Some(Odd::OneDocument),
                None => None,
            }
        })
        .collect();
    labels
        .iter_mut()
        .zip(odd)
        .for_each(|(label, odd)| label.odd = odd);
}

/// Whether two folded labels are likely one, misspelt: the same but for spaces, one letter of four or more other, two of eight; figures count in full.
fn is_like(a: &str, b: &str) -> bool {
    let bare = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<Vec<char>>()
    };
    let (x, y) = (bare(a), bare(b));
    if x == y {
        return true;
    }
    let digits = |text: &[char]| {
        text.iter()
            .copied()
            .filter(|c| c.is_numeric())
            .collect::<String>()
    };
    let shorter = x.len().min(y.len());
    let allowed = match shorter {
        0..=2 => 0,
        3 if !x
            .iter()
            .chain(&y)
            .all(|c| crate::language::words::is_han(*c)) =>
        {
            0
        }
        3..=7 => 1,
        _ => 2,
    };
    allowed > 0
        && x.len().abs_diff(y.len()) <= allowed
        && digits(&x) == digits(&y)
        && strsim::generic_damerau_levenshtein(&x, &y) <= allowed
}

/// Labels that a choice names and no document has.
pub fn unknown_labels<'a>(
    chosen: impl IntoIterator<Item = &'a String>,
    seen: &[LabelSeen],
) -> Vec<&'a str> {
    let known: BTreeSet<&str> = seen.iter().map(|label| label.label.as_str()).collect();
    chosen
        .into_iter()
        .map(String::as_str)
        .filter(|label| !known.contains(label))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        import::{DocumentOptions, SourceFile, read_document},
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

    fn transcript(text: &str) -> ImportedDocument {
        read_document(
            SourceFile {
                path: "F01 child.txt".to_owned(),
                bytes: text.as_bytes().to_vec(),
            },
            &DocumentOptions::default(),
        )
        .unwrap()
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
            people.person(&Mapping::ByName, "小远", Some("林家")),
            known(2)
        );
        assert_eq!(
            people.person(&Mapping::ByName, "奶奶", Some("林家")),
            new("奶奶", Some("林家"))
        );
        assert_eq!(
            people.person(&Mapping::ByName, "奶奶", None),
            new("奶奶", None)
        );
        assert_eq!(people.person(&Mapping::Nobody, "小远", Some("林家")), None);
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
        let of = |label: &str, case: &str| people.person(&Mapping::ByFamily, label, Some(case));
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
        assert_eq!(people.person(&Mapping::ByFamily, "child", None), None);
    }

    #[test]
    fn a_label_is_the_case_that_a_pattern_finds_in_it() {
        let people = People::of(&project(&[(1, "F01", "family", None)]));
        let mapping = Mapping::ByPattern(Regex::new(r"(?<case>F\d+) .*").unwrap());
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

    #[test]
    fn odd_labels_are_marked() {
        let turns = |who: [&str; 2]| {
            format!(
                "{0}: Hm\n\n{1}: Yes\n\n{0}: So\n\n{1}: No\n\n{0}: And\n\n{1}: Well\n",
                who[0], who[1]
            )
        };
        let mut documents: Vec<_> = (0..4)
            .map(|n| transcript(&(turns(["Interviewer", "Child"]) + &format!("{n}\n"))))
            .collect();
        documents.push(transcript(&turns(["Interveiwer", "Neighbour"])));
        let labels = survey(&documents);
        let odd = |name: &str| {
            labels
                .iter()
                .find(|label| label.label == name)
                .and_then(|label| label.odd.clone())
        };
        assert_eq!(
            (
                labels[0].documents,
                labels[0].turns,
                labels[0].example.as_str()
            ),
            (4, 12, "Yes")
        );
        assert_eq!(
            odd("Interveiwer"),
            Some(Odd::Like("Interviewer".to_owned()))
        );
        assert_eq!(odd("Neighbour"), Some(Odd::OneDocument));
        assert_eq!((odd("Child"), odd("Interviewer")), (None, None));
        assert!(
            is_like("访谈者", "访淡者")
                && is_like("speaker1", "speaker 1")
                && is_like("grandmother", "grandmotter")
        );
        assert!(
            !is_like("speaker 1", "speaker 2")
                && !is_like("小明", "小红")
                && !is_like("mum", "mom")
                && !is_like("", "a")
        );
    }
}
