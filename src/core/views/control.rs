//! Controls as values: what a view lets a person choose, which the window paints and tests can press.
//!
//! A control knows its present state and how to change the settings, and nothing of how it looks.

use std::{ops::RangeInclusive, sync::Arc};

use super::{
    finding::GroupPair,
    settings::{QuestionSettings, ViewSettings},
};
use crate::{
    analysis::{
        attribution::Attribution,
        frequency::{Measure, Rows},
        merging::CoderCount,
    },
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        code::Code,
        ids::{CodeId, PhaseId},
    },
};

/// What controls are made from.
#[derive(Debug, Clone, Copy)]
pub struct ControlContext<'a> {
    /// The project whose codes, phases, coders and cases can be chosen.
    pub project: &'a Project,
    /// Names of the groups of the finding that is shown.
    pub groups: &'a [String],
    /// The language of the names.
    pub language: UiLanguage,
}

/// A change of the settings.
pub type SettingsChange = Box<dyn Fn(&mut ViewSettings)>;

/// One thing that can be chosen.
pub struct ControlOption {
    /// Its name.
    pub text: String,
    /// Whether it is chosen now.
    pub chosen: bool,
    /// Chooses it.
    pub choose: SettingsChange,
}

/// Turns something on or off.
pub type SetSwitch = Box<dyn Fn(&mut ViewSettings, bool)>;

/// A control.
pub enum Control {
    /// One of several, in a list that opens.
    List {
        /// What is chosen, in a word.
        name: String,
        /// The choices.
        options: Vec<ControlOption>,
    },
    /// One of a few, side by side.
    Segmented(Vec<ControlOption>),
    /// Something that is on or off.
    Check {
        /// What is on or off.
        name: &'static str,
        /// What it does, where the name doesn't say it.
        hint: Option<&'static str>,
        /// Whether it is on.
        on: bool,
        /// Turns it on or off.
        set: SetSwitch,
    },
    /// A whole number.
    Number {
        /// What it is.
        name: &'static str,
        /// Its present value.
        value: usize,
        /// The values it can have.
        range: RangeInclusive<usize>,
        /// Sets it.
        set: fn(&mut ViewSettings, usize),
    },
    /// A share, shown in percent.
    Percent {
        /// What it is.
        name: &'static str,
        /// Its present value, from 0 to 1.
        share: f64,
        /// The percentages it can have.
        range: RangeInclusive<f64>,
        /// Sets it, from 0 to 1.
        set: fn(&mut ViewSettings, f64),
    },
    /// A sign between two other controls.
    Sign(&'static str),
    /// The list of words that are not counted, edited by the window.
    StopWords,
}

/// Options with a value each; `set` writes the chosen value to the settings.
fn options<T, S>(
    present: &T,
    values: impl IntoIterator<Item = (T, S)>,
    set: fn(&mut ViewSettings, T),
) -> Vec<ControlOption>
where
    T: Clone + PartialEq + 'static,
    S: Into<String>,
{
    values
        .into_iter()
        .map(|(value, text)| ControlOption {
            text: text.into(),
            chosen: value == *present,
            choose: Box::new(move |settings| set(settings, value.clone())),
        })
        .collect()
}

impl Control {
    /// A list of values; `present` is the one that is chosen now.
    pub(super) fn list<T, S>(
        name: impl Into<String>,
        present: &T,
        values: impl IntoIterator<Item = (T, S)>,
        set: fn(&mut ViewSettings, T),
    ) -> Self
    where
        T: Clone + PartialEq + 'static,
        S: Into<String>,
    {
        Self::List {
            name: name.into(),
            options: options(present, values, set),
        }
    }

    /// A few values side by side; `present` is the one that is chosen now.
    pub(super) fn segmented<T: Clone + PartialEq + 'static>(
        present: &T,
        values: impl IntoIterator<Item = (T, &'static str)>,
        set: fn(&mut ViewSettings, T),
    ) -> Self {
        Self::Segmented(options(present, values, set))
    }
}

impl ControlContext<'_> {
    /// A text in the language of the controls.
    pub(super) const fn say(&self, text: Text) -> &'static str {
        self.language.say(text)
    }

    /// A choice of a code, indented as in the codebook.
    pub(super) fn code_list(
        &self,
        name: Text,
        present: Option<CodeId>,
        set: fn(&mut ViewSettings, Option<CodeId>),
    ) -> Control {
        let codes = self.project.codebook.in_order();
        Control::list(
            self.say(name),
            &present,
            codes
                .into_iter()
                .map(|(depth, code)| (Some(code.id), self.indented(depth, code))),
            set,
        )
    }

    fn indented(&self, depth: usize, code: &Arc<Code>) -> String {
        format!(
            "{}{}",
            "    ".repeat(depth),
            code.name.get(&self.language.tag())
        )
    }

    /// A choice of a phase.
    pub(super) fn phase_list(
        &self,
        name: Text,
        present: Option<PhaseId>,
        set: fn(&mut ViewSettings, Option<PhaseId>),
    ) -> Control {
        let phases = self.project.phases_in_order();
        Control::list(
            self.say(name),
            &present,
            phases.into_iter().map(|phase| {
                (
                    Some(phase.id),
                    phase.name_in(&self.language.tag()).to_owned(),
                )
            }),
            set,
        )
    }

    /// The two phases that are compared, each with a list; none if the project has fewer than two.
    pub(super) fn compared_phases(&self, question: &QuestionSettings) -> Vec<Control> {
        let Some(phases) = question.compared_phases(self.project) else {
            return Vec::new();
        };
        vec![
            self.phase_list(BEFORE, Some(phases.before), |settings, phase| {
                settings.question.before = phase;
            }),
            Control::Sign("→"),
            self.phase_list(AFTER, Some(phases.after), |settings, phase| {
                settings.question.after = phase;
            }),
        ]
    }

    /// Persons or families as lines of a view over phases.
    pub(super) fn line_choice(&self, question: &QuestionSettings) -> Control {
        Control::segmented(
            &question.lines,
            [
                (Rows::Person, self.say(PERSONS)),
                (Rows::Family, self.say(FAMILIES)),
            ],
            |settings, rows| settings.question.lines = rows,
        )
    }

    /// What is measured over phases.
    pub(super) fn measure_over_phases(&self, question: &QuestionSettings) -> Control {
        // Shares of a row or column say nothing beside those of another phase.
        let measures = [
            Measure::Codings,
            Measure::Per1000Words,
            Measure::Per1000,
            Measure::Share,
            Measure::Presence,
        ];
        Control::list(
            self.say(MEASURE),
            &question.measure_over_phases,
            measures.map(|measure| (measure, self.say(measure.facts().name))),
            |settings, measure| settings.question.measure_over_phases = measure,
        )
    }

    /// Codes one by one, or each theme with the codes below it.
    pub(super) fn level_choice(&self, question: &QuestionSettings) -> Control {
        Control::segmented(
            &question.by_theme,
            [(false, self.say(CODES)), (true, self.say(THEMES))],
            |settings, by_theme| settings.question.by_theme = by_theme,
        )
    }

    /// Two groups of the finding to compare, where there are two or more.
    pub(super) fn group_comparison(&self, compared: Option<GroupPair>) -> Vec<Control> {
        let Some(last) = self.groups.len().checked_sub(1).filter(|last| *last > 0) else {
            return Vec::new();
        };
        let mut controls = vec![Control::Check {
            name: "A : B",
            hint: None,
            on: compared.is_some(),
            // The last group with the first: of phases, after with before.
            set: Box::new(move |settings, on| {
                settings.compared = on.then_some(GroupPair {
                    of: last,
                    against: 0,
                });
            }),
        }];
        if let Some(pair) = compared {
            controls.push(Control::list(
                "A",
                &pair.of,
                self.numbered_groups(),
                |settings, of| {
                    settings.compared = settings.compared.map(|pair| GroupPair { of, ..pair });
                },
            ));
            controls.push(Control::list(
                "B",
                &pair.against,
                self.numbered_groups(),
                |settings, against| {
                    settings.compared = settings.compared.map(|pair| GroupPair { against, ..pair });
                },
            ));
        }
        controls
    }

    fn numbered_groups(&self) -> impl Iterator<Item = (usize, String)> {
        self.groups.iter().cloned().enumerate()
    }

    /// Restricts a view to a phase.
    pub(super) fn phase_filter(&self, question: &QuestionSettings) -> Vec<Control> {
        if self.project.phases.is_empty() {
            return Vec::new();
        }
        let phases = self.project.phases_in_order();
        let named = phases.into_iter().map(|phase| {
            (
                Some(phase.id),
                phase.name_in(&self.language.tag()).to_owned(),
            )
        });
        vec![Control::list(
            self.say(PHASE),
            &question.phase,
            std::iter::once((None, self.say(ALL_PHASES).to_owned())).chain(named),
            |settings, phase| settings.question.phase = phase,
        )]
    }

    /// Whose codings a view takes, where there are several coders: those of all, and how they count, or of one.
    fn coder_filter(&self, question: &QuestionSettings) -> Vec<Control> {
        self.coder_choice(
            question,
            &[
                (None, ALL_CODERS),
                (Some(CoderCount::Merged), MERGED),
                (Some(CoderCount::Average), AVERAGED),
                (Some(CoderCount::All), EACH_COUNTS),
            ],
        )
    }

    fn coder_choice(
        &self,
        question: &QuestionSettings,
        all: &[(Option<CoderCount>, Text)],
    ) -> Vec<Control> {
        if self.project.coders.len() < 2 {
            return Vec::new();
        }
        let all = all
            .iter()
            .map(|(counting, name)| ((*counting, None), self.say(*name).to_owned()));
        let named = self
            .project
            .coders
            .values()
            .map(|coder| ((None, Some(coder.id)), coder.name.clone()));
        vec![Control::list(
            self.say(CODER),
            &(question.counting, question.coder),
            all.chain(named),
            |settings, (counting, coder)| {
                settings.question.counting = counting;
                settings.question.coder = coder;
            },
        )]
    }

    /// Whether codings are given to those whom they are about, or to who says them.
    pub(super) fn attribution_choice(&self, question: &QuestionSettings) -> Control {
        Control::list(
            self.say(GIVEN_TO),
            &question.by,
            [
                (Attribution::Concerned, self.say(CONCERNED)),
                (Attribution::Informant, self.say(INFORMANT)),
            ],
            |settings, by| settings.question.by = by,
        )
    }

    /// Restricts a view to one family, where there are several.
    pub(super) fn family_filter(&self, question: &QuestionSettings) -> Vec<Control> {
        let families = self.project.cases_below(None);
        if families.len() < 2 {
            return Vec::new();
        }
        let named = families
            .into_iter()
            .map(|case| (Some(case.id), case.name.clone()));
        vec![Control::list(
            self.say(FAMILY),
            &question.case,
            std::iter::once((None, self.say(ALL_FAMILIES).to_owned())).chain(named),
            |settings, case| settings.question.case = case,
        )]
    }

    /// All filters: by phase, coder and family.
    pub(super) fn filters(&self, question: &QuestionSettings) -> Vec<Control> {
        let mut controls = self.phase_filter(question);
        controls.extend(self.filters_within_phases(question));
        controls
    }

    /// The filters of a view that asks only whether something is coded: how several coders count makes no difference.
    pub(super) fn filters_of_presence(&self, question: &QuestionSettings) -> Vec<Control> {
        let whoever = QuestionSettings {
            counting: None,
            ..question.clone()
        };
        let mut controls = self.phase_filter(question);
        controls.extend(self.coder_choice(&whoever, &[(None, ALL_CODERS)]));
        controls.extend(self.family_filter(question));
        controls
    }

    /// The filters of a view that is itself over phases.
    pub(super) fn filters_within_phases(&self, question: &QuestionSettings) -> Vec<Control> {
        let mut controls = self.coder_filter(question);
        controls.extend(self.family_filter(question));
        controls
    }
}

const BEFORE: Text = Text::new("Before", "前测");
const AFTER: Text = Text::new("After", "后测");
const PERSONS: Text = Text::new("Persons", "个人");
const FAMILIES: Text = Text::new("Families", "家庭");
pub(super) const MEASURE: Text = Text::new("Measure", "计量");
pub(super) const CODES: Text = Text::new("Codes", "编码");
pub(super) const THEMES: Text = Text::new("Themes", "主题");
pub(super) const PHASE: Text = Text::new("Phase", "阶段");
const ALL_PHASES: Text = Text::new("All phases", "所有阶段");
const CODER: Text = Text::new("Coder", "编码员");
const ALL_CODERS: Text = Text::new("All coders", "所有编码员");
const MERGED: Text = Text::new("All, merged", "所有，合并重叠");
const AVERAGED: Text = Text::new("All, averaged", "所有，取平均");
const EACH_COUNTS: Text = Text::new("All, each counts", "所有，逐一计入");
const GIVEN_TO: Text = Text::new("Given to", "归于");
const CONCERNED: Text = Text::new("Whom it is about", "所涉个案");
const INFORMANT: Text = Text::new("Who says it", "讲述者");
const FAMILY: Text = Text::new("Family", "家庭");
const ALL_FAMILIES: Text = Text::new("All families", "全部家庭");
