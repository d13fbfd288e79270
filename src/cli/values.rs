//! The names under which options accept values of the layers below.

use clap::{ValueEnum, builder::PossibleValue};

use crate::{
    analysis::{cooccurrence, frequency::Measure, saturation::InterviewOrder, words},
    app::{export::ExportContent, import::plan::NameTaken, search::autocode::PassageUnit},
    message::language::UiLanguage,
    model::memo::MemoKind,
};

impl ValueEnum for UiLanguage {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::English, Self::Chinese]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::English => PossibleValue::new("en").help("English"),
            Self::Chinese => PossibleValue::new("zh").help("Simplified Chinese"),
        })
    }
}

impl ValueEnum for ExportContent {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for Measure {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.facts().argument))
    }
}

impl ValueEnum for cooccurrence::CooccurrenceUnit {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Overlap, Self::Turn, Self::Document, Self::Case]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Overlap => "overlap",
            Self::Turn => "turn",
            Self::Document => "document",
            Self::Case => "case",
        }))
    }
}

impl ValueEnum for words::WordGrouping {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Family, Self::Phase]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            // No groups is what leaving the option out means.
            Self::All => None,
            Self::Family => Some(PossibleValue::new("case")),
            Self::Phase => Some(PossibleValue::new("phase")),
        }
    }
}

impl ValueEnum for InterviewOrder {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Date, Self::Title]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Date => "date",
            Self::Title => "title",
        }))
    }
}

impl ValueEnum for PassageUnit {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Hit, Self::Sentence, Self::Turn]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Hit => "hit",
            Self::Sentence => "sentence",
            Self::Turn => "turn",
        }))
    }
}

impl ValueEnum for NameTaken {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Retitle, Self::LeaveOut]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Retitle => {
                PossibleValue::new("retitle").help("It gets its folder or a number as well")
            }
            Self::LeaveOut => PossibleValue::new("leave-out").help("It is left out"),
        })
    }
}

impl ValueEnum for MemoKind {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Analytic, Self::Method, Self::Reflexive]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Analytic => "analytic",
            Self::Method => "method",
            Self::Reflexive => "reflexive",
        }))
    }
}
