//! The choices for a batch: how its speakers, encodings, cases, phases and persons are found.
//!
//! Turned into the options of an import, or into the fault of the first pattern that is invalid.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::{
    app::{
        import::plan::{NameTaken, PathPatterns, PlanOptions},
        import::speaker_mapping::{LabelChoice, SpeakerMapping},
    },
    gui::{strings, strings::Text},
    import::{BelievedLabels, DocumentOptions, SpeakerOption, Tier, TierChoice, label_key},
};

/// How speakers are recognised in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum SpeakerDetection {
    #[default]
    Auto,
    None,
    Pattern,
}

/// How speakers are matched with persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Persons {
    #[default]
    Nobody,
    ByName,
    ByFamily,
    ByPattern,
}

/// A pattern that is matched with the path of a file, if it is switched on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PathChoice {
    pub(super) on: bool,
    pub(super) text: String,
}

/// A pattern that is offered: its name, and the regular expression.
pub(super) type Ready = (Text, &'static str);

/// Patterns that find a case.
pub(super) const CASES: &[Ready] = &[
    (
        strings::NAME_START,
        r"(?:^|[/\\])(?<case>\p{L}{1,8}-?\d+)[^/\\]*$",
    ),
    (
        strings::FIRST_WORD,
        r"(?:^|[/\\])(?<case>[^/\\ _.-]+)[^/\\]*$",
    ),
    (strings::FIRST_FOLDER, r"^(?<case>[^/\\]+)[/\\]"),
];

/// Patterns that find a phase.
pub(super) const PHASES: &[Ready] = &[
    (
        strings::USUAL_PHASES,
        r"(?i)(?<phase>baseline|session \d+|follow-up|前测|后测|第[\d一二三四五六七八九十]+次)",
    ),
    (strings::FIRST_FOLDER, r"^(?<phase>[^/\\]+)[/\\]"),
    (
        strings::SECOND_FOLDER,
        r"^[^/\\]+[/\\](?<phase>[^/\\]+)[/\\]",
    ),
];

/// Encodings that are offered for files whose encoding isn't guessed right.
pub(super) const ENCODINGS: &[&str] = &[
    "UTF-8",
    "GB18030",
    "GBK",
    "Big5",
    "UTF-16LE",
    "UTF-16BE",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
    "windows-1252",
    "windows-1250",
    "windows-1251",
];

/// All choices of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choices {
    pub(super) detection: SpeakerDetection,
    pub(super) speakers: String,
    pub(super) encoding: Option<&'static str>,
    pub(super) case: PathChoice,
    pub(super) phase: PathChoice,
    pub(super) persons: Persons,
    pub(super) person: String,
    pub(super) labels: BTreeMap<String, LabelChoice>,
    /// Labels that weren't believed and are speakers all the same.
    pub(super) accepted: BTreeSet<String>,
    /// Tiers that are words or aren't, other than guessed.
    pub(super) tiers: BTreeMap<String, bool>,
    pub(super) taken: NameTaken,
}

/// The reason why a pattern can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::gui::panels) enum PatternFault {
    /// It isn't a regular expression; the reason is in the words of the parser.
    Unreadable(String),
    /// It has no group of this name.
    NoGroup(&'static str),
}

/// Parses a pattern, which must have the named group.
pub(in crate::gui::panels) fn pattern(
    text: &str,
    group: &'static str,
) -> Result<Regex, PatternFault> {
    let regex = Regex::new(text).map_err(|error| PatternFault::Unreadable(reason(&error)))?;
    let named = regex.capture_names().flatten().any(|name| name == group);
    if named {
        Ok(regex)
    } else {
        Err(PatternFault::NoGroup(group))
    }
}

/// The reason of an error, in one line.
fn reason(error: &regex::Error) -> String {
    // The lines before the last repeat the pattern and mark the position in it, which needs a fixed-width font.
    let text = error.to_string();
    let last = text.lines().last().map_or("", str::trim);
    last.trim_start_matches("error: ").to_owned()
}

/// The choices that decide how files are read: detection, pattern of speakers, encoding, accepted labels, tiers.
///
/// With the other choices the files needn't be read again.
pub(super) type ReadKey = (
    SpeakerDetection,
    String,
    Option<&'static str>,
    BTreeSet<String>,
    BTreeMap<String, bool>,
);

impl PathChoice {
    /// The pattern, if it is switched on.
    fn pattern(&self, group: &'static str) -> Result<Option<Regex>, PatternFault> {
        self.on.then(|| pattern(&self.text, group)).transpose()
    }
}

impl Choices {
    /// The choices that a file is read by.
    pub(super) fn read_key(&self) -> ReadKey {
        let pattern = if self.detection == SpeakerDetection::Pattern {
            self.speakers.clone()
        } else {
            String::new()
        };
        (
            self.detection,
            pattern,
            self.encoding,
            self.accepted.clone(),
            self.tiers.clone(),
        )
    }

    /// Returns the options for reading the files and for planning the import.
    ///
    /// # Errors
    /// The fault of the first pattern that is invalid.
    pub(super) fn options(&self) -> Result<(DocumentOptions, PlanOptions), PatternFault> {
        let speakers = match self.detection {
            SpeakerDetection::Auto => SpeakerOption::Auto,
            SpeakerDetection::None => SpeakerOption::None,
            SpeakerDetection::Pattern => {
                SpeakerOption::Pattern(pattern(&self.speakers, "speaker")?)
            }
        };
        let mapping = match self.persons {
            Persons::Nobody => SpeakerMapping::Nobody,
            Persons::ByName => SpeakerMapping::ByName,
            Persons::ByFamily => SpeakerMapping::ByFamily,
            Persons::ByPattern => SpeakerMapping::ByPattern(pattern(&self.person, "case")?),
        };
        let patterns = PathPatterns {
            case: self.case.pattern("case")?,
            phase: self.phase.pattern("phase")?,
        };
        let options = DocumentOptions {
            encoding: self.encoding.map(str::to_owned),
            format: None,
            speakers,
            believed: BelievedLabels {
                accepted: self.accepted.iter().map(|label| label_key(label)).collect(),
                ..BelievedLabels::default()
            },
            tiers: TierChoice {
                named: self.tiers.clone(),
                only: false,
            },
        };
        Ok((
            options,
            PlanOptions {
                patterns,
                mapping,
                labels: self.labels.clone(),
                taken: self.taken,
            },
        ))
    }

    /// Says whether a label is a speaker's. Accepting one that wasn't believed, and refusing it again, reads the files anew.
    pub(super) fn set_speaks(&mut self, label: &str, speaks: bool, is_doubtful: bool) {
        if is_doubtful && speaks {
            self.accepted.insert(label.to_owned());
        } else if speaks || !self.accepted.remove(label) {
            self.choose(label, |choice| choice.ignored = !speaks);
        }
    }

    /// Says whether a tier is words; the files are read anew.
    pub(super) fn set_tier(&mut self, tier: &Tier, taken: bool) {
        // What is guessed is no choice, so that equal choices compare as equal.
        if taken == tier.guessed {
            self.tiers.remove(&tier.name);
        } else {
            self.tiers.insert(tier.name.clone(), taken);
        }
    }

    /// Changes the choice for a label.
    pub(super) fn choose(&mut self, label: &str, change: impl FnOnce(&mut LabelChoice)) {
        let choice = self.labels.entry(label.to_owned()).or_default();
        change(choice);
        // A default choice is removed, so that equal choices compare as equal and no job is started for nothing.
        if *choice == LabelChoice::default() {
            self.labels.remove(label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(ready: &Ready, group: &'static str, path: &str) -> Option<String> {
        Some(
            pattern(ready.1, group)
                .unwrap()
                .captures(path)?
                .name(group)?
                .as_str()
                .to_owned(),
        )
    }

    #[test]
    fn the_patterns_that_are_offered_find_what_they_say() {
        let [start, word, folder] = CASES else {
            panic!("three patterns")
        };
        for (path, expected) in [
            ("F01 child.txt", Some("F01")),
            ("a/b/家庭12_前测.docx", Some("家庭12")),
            ("Session.txt", None),
            ("F7/notes.txt", None),
        ] {
            assert_eq!(found(start, "case", path).as_deref(), expected, "{path}");
        }
        assert_eq!(
            found(word, "case", "in/小远 前测.txt").as_deref(),
            Some("小远")
        );
        assert_eq!(
            found(folder, "case", "F07/baseline.txt").as_deref(),
            Some("F07")
        );
        assert_eq!(found(folder, "case", "baseline.txt"), None);
        let [usual, first, second] = PHASES else {
            panic!("three patterns")
        };
        for (path, expected) in [
            ("F01 child Follow-up.txt", Some("Follow-up")),
            ("F01 孩子 第3次.txt", Some("第3次")),
            ("Session 2 record.md", Some("Session 2")),
            ("x.txt", None),
        ] {
            assert_eq!(found(usual, "phase", path).as_deref(), expected, "{path}");
        }
        assert_eq!(
            found(first, "phase", "前测/F01.txt").as_deref(),
            Some("前测")
        );
        assert_eq!(
            found(second, "phase", "F01/后测/a.txt").as_deref(),
            Some("后测")
        );
    }

    #[test]
    fn a_pattern_that_is_wrong_says_why() {
        assert_eq!(
            pattern("(?<case>F", "case").unwrap_err(),
            PatternFault::Unreadable("unclosed group".to_owned())
        );
        assert_eq!(
            pattern("F", "case").unwrap_err(),
            PatternFault::NoGroup("case")
        );
    }
}
