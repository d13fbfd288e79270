//! What can be asked of a project's codings, and who answers.

use std::{collections::BTreeSet, sync::Arc};

use super::{balance, coverage, finding::Finding, framework, frequency, looking_glass, scales};
use crate::{
    analysis::{
        change, cooccurrence,
        frequency::{Columns, Filter, FrequencyOptions, Loader, Measure, Rows},
        informants,
        ledger::Ledger,
        programme, saturation, trace, words,
    },
    model::{
        Project,
        ids::{AttributeId, PhaseId},
    },
    statistics::saturation::Rule,
};

/// Random orders of interviews behind a band.
const ORDERS: usize = 1_000;
/// The seed of the random orders.
const SEED: u64 = 1;

/// What stands in the place of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Across {
    /// The codes themselves.
    #[default]
    Codes,
    /// Values of the facet of this name.
    Facet(String),
    /// Values of an attribute.
    Attribute(AttributeId),
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub enum Inquiry {
    /// How often codes come up in rows of some kind.
    Frequency(FrequencyOptions, Across),
    /// Which codes come up cooccurrence.
    Cooccurrence(cooccurrence::CooccurrenceOptions),
    /// How a theme moves over the phases.
    Programme(programme::ProgrammeQuestion),
    /// What changed between two phases.
    Change(change::ChangeQuestion),
    /// How scales are answered in a phase, and how their items hang cooccurrence.
    Scales(PhaseId),
    /// Whose judgement children see, before and after.
    LookingGlass {
        /// Before.
        from: PhaseId,
        /// After.
        to: PhaseId,
        /// What counts; its phases say nothing.
        filter: Filter,
    },
    /// Who says what about whom.
    Informants(Columns, Filter),
    /// Strengths against problems.
    Balance(balance::BalanceQuestion),
    /// Cases by themes, with summaries.
    Framework(Filter),
    /// From need to outcome.
    Trace,
    /// When nothing new comes up.
    Saturation(saturation::InterviewOrder, Rule, Filter),
    /// Which words are said.
    Words(words::WordOptions),
    /// How much is coded.
    Coverage(Filter),
}

/// Answers a question; `progress` is asked now and then, and when it says no there is no answer.
pub fn answer(
    project: &Arc<Project>,
    inquiry: &Inquiry,
    load: &Loader<'_>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Finding> {
    answer_by(project, None, inquiry, load, progress)
}

/// The same, its frequencies counted from a ledger that follows the project.
pub fn answer_by(
    project: &Arc<Project>,
    ledger: Option<&Ledger>,
    inquiry: &Inquiry,
    load: &Loader<'_>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Finding> {
    Some(match inquiry {
        Inquiry::Frequency(options, across) => {
            Finding::Frequency(frequency::counted(project, ledger, options, across, load))
        }
        Inquiry::Cooccurrence(options) => {
            Finding::Cooccurrence(cooccurrence::cooccurrence(project, options, load))
        }
        Inquiry::Programme(question) => {
            Finding::Programme(programme::programme(project, question, load))
        }
        Inquiry::Change(question) => Finding::Change(change::changes(project, question, load)),
        Inquiry::Scales(phase) => Finding::Scales(scales::scales(project, *phase)),
        Inquiry::LookingGlass { from, to, filter } => Finding::LookingGlass(
            looking_glass::looking_glass(project, (*from, *to), filter, load),
        ),
        Inquiry::Informants(columns, filter) => {
            Finding::Informants(informants::informants(project, *columns, filter, load))
        }
        Inquiry::Balance(question) => Finding::Balance(balance::balance(project, question, load)),
        Inquiry::Framework(filter) => {
            Finding::Framework(framework::framework(project, filter, load))
        }
        Inquiry::Trace => Finding::Trace(trace::trace(project)),
        Inquiry::Saturation(order, rule, filter) => {
            let course = saturation::course(project, filter, *order, *rule);
            let band = course.band(ORDERS, SEED);
            Finding::Saturation(course, band)
        }
        Inquiry::Words(options) => Finding::Words(words::words(project, options, load, progress)?),
        Inquiry::Coverage(filter) => Finding::Coverage(coverage::coverage(project, filter)),
    })
}

impl Inquiry {
    /// Whether a ledger alone answers it, without reading codings or texts: numbers of codings in rows that documents belong to as a whole.
    pub fn is_counted_by_ledger(&self) -> bool {
        let Self::Frequency(options, Across::Codes) = self else {
            return false;
        };
        let whole = matches!(
            options.rows,
            Rows::Case | Rows::Family | Rows::Document | Rows::Phase | Rows::Attribute(_)
        );
        let counts = matches!(
            options.measure,
            Measure::Codings
                | Measure::Presence
                | Measure::Per1000
                | Measure::RowShare
                | Measure::ColumnShare
        );
        whole && counts && options.filter.speakers.is_empty()
    }
}

/// The phases that stand first and last in the order, where there are two.
pub fn ends(project: &Project) -> Option<(PhaseId, PhaseId)> {
    let phases = project.phases_in_order();
    let (first, last) = (phases.first()?.id, phases.last()?.id);
    (first != last).then_some((first, last))
}

/// How themes come up across families: the first question anybody asks.
pub fn themes_across_families() -> Inquiry {
    let options = FrequencyOptions {
        rows: Rows::Family,
        columns: Columns::Codes,
        measure: Measure::Codings,
        roll_up: true,
        filter: Filter::default(),
    };
    Inquiry::Frequency(options, Across::Codes)
}

/// Words of grammar in both languages, which say little.
pub fn usual_stop_words() -> BTreeSet<String> {
    crate::language::words::FUNCTION_WORDS
        .iter()
        .map(|word| (*word).to_owned())
        .collect()
}
