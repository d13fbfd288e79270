//! What a person has chosen on the page of themes: the question of every view, and how its table is arranged.
//!
//! Views share what they have in common, so that a coder or a theme that was chosen in one stays chosen in the next.

use super::finding::GroupPair;
use std::collections::BTreeSet;

use crate::{
    analysis::{
        attribution::Attribution,
        cooccurrence::CooccurrenceUnit,
        frequency::{Columns, Filter, Measure, Rows},
        merging::CoderCount,
        programme::first_and_last_phase,
        saturation::InterviewOrder,
        words::{WordGrouping, default_stop_words},
    },
    model::{
        Project,
        ids::{AttributeId, CaseId, CodeId, CoderId, PhaseId},
    },
    statistics::saturation::Rule,
    table::Arrangement,
};

/// Everything that the controls of the page set.
#[derive(Debug, Clone, Default)]
pub struct ViewSettings {
    /// What is asked; an answer is kept for as long as this stays the same.
    pub question: QuestionSettings,
    /// How the table is sorted and cut, which needs no new answer.
    pub arrangement: Arrangement,
    /// The groups that are compared, where a finding has groups.
    pub compared: Option<GroupPair>,
}

/// What is asked, in all views.
///
/// `None` stands for the usual choice, or for no restriction; what was chosen and then removed from the project counts as `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionSettings {
    /// Only documents of this phase.
    pub phase: Option<PhaseId>,
    /// Only codings by this coder.
    pub coder: Option<CoderId>,
    /// How codings of several coders count; `None` is as the measure usually has it.
    pub counting: Option<CoderCount>,
    /// By which people codings are given to families, persons and their attributes.
    pub by: Attribution,
    /// Only documents of this case, or of cases below it.
    pub case: Option<CaseId>,
    /// Whether smart codes are counted in place of codes.
    pub smart: bool,
    /// The theme that is followed over the phases.
    pub theme: Option<CodeId>,
    /// What a line over phases stands for: a person or a family.
    pub lines: Rows,
    /// The earlier of the phases compared.
    pub before: Option<PhaseId>,
    /// The later of the phases compared.
    pub after: Option<PhaseId>,
    /// What is measured over phases.
    pub measure_over_phases: Measure,
    /// Whether each theme is counted with all codes below it, in place of the codes.
    pub by_theme: bool,
    /// The phase whose answers to scales are shown.
    pub scales_phase: Option<PhaseId>,
    /// Options of frequencies alone.
    pub frequency: FrequencySettings,
    /// Options of co-occurrence alone.
    pub cooccurrence: CooccurrenceSettings,
    /// Options of strengths and problems alone.
    pub balance: BalanceSettings,
    /// Options of saturation alone.
    pub saturation: SaturationSettings,
    /// Options of words alone.
    pub words: WordSettings,
}

impl Default for QuestionSettings {
    fn default() -> Self {
        Self {
            phase: None,
            coder: None,
            counting: None,
            by: Attribution::default(),
            case: None,
            smart: false,
            theme: None,
            lines: Rows::Person,
            before: None,
            after: None,
            // Interviews grow longer over a programme, so a rate compares them better than a count.
            measure_over_phases: Measure::Per1000Words,
            by_theme: false,
            scales_phase: None,
            frequency: FrequencySettings::default(),
            cooccurrence: CooccurrenceSettings::default(),
            balance: BalanceSettings::default(),
            saturation: SaturationSettings::default(),
            words: WordSettings::default(),
        }
    }
}

/// What the columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrequencyHeads {
    /// Codes or themes.
    Codebook(Columns),
    /// Values of the facet of this name.
    Facet(String),
    /// Values of an attribute.
    Attribute(AttributeId),
}

/// Options of frequencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrequencySettings {
    /// What the rows are.
    pub rows: Rows,
    /// What the columns are.
    pub heads: FrequencyHeads,
    /// What a figure says.
    pub measure: Measure,
    /// Whether a code's figure includes its subcodes'.
    pub roll_up: bool,
}

impl Default for FrequencySettings {
    fn default() -> Self {
        Self {
            rows: Rows::Family,
            heads: FrequencyHeads::Codebook(Columns::Codes),
            measure: Measure::Codings,
            roll_up: true,
        }
    }
}

/// Options of co-occurrence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CooccurrenceSettings {
    /// Where two codes must both be.
    pub unit: CooccurrenceUnit,
    /// Whether codings of different coders are pairs too.
    pub between_coders: bool,
}

/// Options of strengths and problems; `None` stands for a theme that is recognised by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BalanceSettings {
    /// The theme of strengths.
    pub strengths: Option<CodeId>,
    /// The theme of problems.
    pub problems: Option<CodeId>,
}

/// Options of saturation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SaturationSettings {
    /// In which order interviews count.
    pub order: InterviewOrder,
    /// How saturation is judged.
    pub rule: Rule,
}

/// Options of words.
#[derive(Debug, Clone, PartialEq)]
pub struct WordSettings {
    /// The groups in which words are counted.
    pub grouping: WordGrouping,
    /// Whether what interviewers say is counted too.
    pub interviewers: bool,
    /// Words that are not counted, folded.
    pub stop_words: BTreeSet<String>,
}

impl Default for WordSettings {
    fn default() -> Self {
        Self {
            grouping: WordGrouping::All,
            interviewers: false,
            stop_words: default_stop_words(),
        }
    }
}

/// Two phases that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhasePair {
    /// The earlier phase.
    pub before: PhaseId,
    /// The later phase.
    pub after: PhaseId,
}

impl QuestionSettings {
    /// What counts: the chosen phase, coder and case.
    pub fn filter(&self) -> Filter {
        Filter {
            phases: self.phase.into_iter().collect(),
            ..self.filter_over_phases()
        }
    }

    /// What counts in a view that is itself over phases: the chosen coder and case.
    pub fn filter_over_phases(&self) -> Filter {
        Filter {
            coders: self.coder.into_iter().collect(),
            counting: self.counting,
            by: self.by,
            cases: self.case.into_iter().collect(),
            ..Filter::default()
        }
    }

    /// The phases compared: those chosen, or the first and the last; `None` if there are fewer than two.
    pub fn compared_phases(&self, project: &Project) -> Option<PhasePair> {
        let (first, last) = first_and_last_phase(project).unzip();
        Some(PhasePair {
            before: known_phase(project, self.before).or(first)?,
            after: known_phase(project, self.after).or(last)?,
        })
    }

    /// The theme that is followed: the chosen one, or the first of the codebook.
    pub fn theme_or_first(&self, project: &Project) -> Option<CodeId> {
        known_code(project, self.theme).or_else(|| {
            let themes = project.codebook.children(None);
            themes.first().map(|code| code.id)
        })
    }

    /// The columns of a view that is by code or by theme.
    pub const fn columns(&self) -> Columns {
        if self.by_theme {
            Columns::Themes
        } else {
            Columns::Codes
        }
    }

    /// Returns true if answers to both questions have the same rows and columns, so that a place chosen in one means the same in the other.
    pub fn has_same_layout(&self, other: &Self) -> bool {
        self.smart == other.smart
            && self.frequency.rows == other.frequency.rows
            && self.frequency.heads == other.frequency.heads
    }
}

/// The phase, if the project still has it.
pub(super) fn known_phase(project: &Project, phase: Option<PhaseId>) -> Option<PhaseId> {
    phase.filter(|id| project.phases.contains_key(id))
}

/// The code, if the project still has it.
pub(super) fn known_code(project: &Project, code: Option<CodeId>) -> Option<CodeId> {
    code.filter(|id| project.codebook.get(*id).is_some())
}
