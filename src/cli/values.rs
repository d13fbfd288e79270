//! The names under which options accept values of the core.
//!
//! Functions rather than clap's `ValueEnum`: the types belong to another package, which knows no command line.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::{
    analysis::{
        attribution::Attribution, cooccurrence::CooccurrenceUnit, frequency::Measure,
        merging::CoderCount, saturation::InterviewOrder, words::WordGrouping,
    },
    app::{export::ExportContent, import::plan::NameTaken, search::autocode::PassageUnit},
    message::language::UiLanguage,
    model::memo::MemoKind,
};

/// Accepts one of these names for the value beside it.
fn one_of<T>(names: Vec<(PossibleValue, T)>) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let accepted = PossibleValuesParser::new(names.iter().map(|(name, _)| name.clone()));
    accepted.map(move |given| {
        let named = names.iter().find(|(name, _)| name.get_name() == given);
        named.expect("only these names are accepted").1
    })
}

/// As `one_of`, for names that need no word of help.
fn plain<T>(names: impl IntoIterator<Item = (&'static str, T)>) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let names = names.into_iter();
    one_of(
        names
            .map(|(name, value)| (PossibleValue::new(name), value))
            .collect(),
    )
}

pub(super) fn language() -> impl TypedValueParser<Value = UiLanguage> {
    one_of(vec![
        (
            PossibleValue::new("en").help("English"),
            UiLanguage::English,
        ),
        (
            PossibleValue::new("zh").help("Simplified Chinese"),
            UiLanguage::Chinese,
        ),
    ])
}

pub(super) fn export_content() -> impl TypedValueParser<Value = ExportContent> {
    plain(ExportContent::ALL.map(|content| (content.name(), content)))
}

pub(super) fn measure() -> impl TypedValueParser<Value = Measure> {
    plain(Measure::ALL.map(|measure| (measure.facts().argument, measure)))
}

pub(super) fn cooccurrence_unit() -> impl TypedValueParser<Value = CooccurrenceUnit> {
    plain([
        ("overlap", CooccurrenceUnit::Overlap),
        ("turn", CooccurrenceUnit::Turn),
        ("document", CooccurrenceUnit::Document),
        ("case", CooccurrenceUnit::Case),
    ])
}

/// No groups, `WordGrouping::All`, is what leaving the option out means.
pub(super) fn word_grouping() -> impl TypedValueParser<Value = WordGrouping> {
    plain([
        ("case", WordGrouping::Family),
        ("phase", WordGrouping::Phase),
    ])
}

pub(super) fn interview_order() -> impl TypedValueParser<Value = InterviewOrder> {
    plain([
        ("date", InterviewOrder::Date),
        ("title", InterviewOrder::Title),
    ])
}

pub(super) fn passage_unit() -> impl TypedValueParser<Value = PassageUnit> {
    plain([
        ("hit", PassageUnit::Hit),
        ("sentence", PassageUnit::Sentence),
        ("turn", PassageUnit::Turn),
    ])
}

pub(super) fn name_taken() -> impl TypedValueParser<Value = NameTaken> {
    let retitle = PossibleValue::new("retitle").help("It gets its folder or a number as well");
    let leave_out = PossibleValue::new("leave-out").help("It is left out");
    one_of(vec![
        (retitle, NameTaken::Retitle),
        (leave_out, NameTaken::LeaveOut),
    ])
}

pub(super) fn memo_kind() -> impl TypedValueParser<Value = MemoKind> {
    plain([
        ("analytic", MemoKind::Analytic),
        ("method", MemoKind::Method),
        ("reflexive", MemoKind::Reflexive),
    ])
}

pub(super) fn attribution() -> impl TypedValueParser<Value = Attribution> {
    plain([Attribution::Concerned, Attribution::Informant].map(|whose| (whose.key(), whose)))
}

/// How several coders count, by the word for it.
pub(super) fn counting(word: &str) -> Option<CoderCount> {
    [CoderCount::Merged, CoderCount::Average, CoderCount::All]
        .into_iter()
        .find(|how| how.key() == word)
}
