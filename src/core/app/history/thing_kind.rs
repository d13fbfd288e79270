//! The kinds of things that steps are about, to list the steps of one kind.

use crate::{
    log::change::{Change, Holder},
    message::text::Text,
};

/// A kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThingKind {
    /// Coded passages.
    Codings,
    /// Codes, their rules, facets and order.
    Codes,
    /// Documents, their texts, speakers and attributes.
    Documents,
    /// Cases and their values.
    Cases,
    /// Memos and links.
    Memos,
    /// Title, phases, coders, attributes, saved queries and sets.
    Project,
}

impl ThingKind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Codings,
        Self::Codes,
        Self::Documents,
        Self::Cases,
        Self::Memos,
        Self::Project,
    ];

    /// What a change is about.
    pub const fn of(change: &Change) -> Self {
        match change {
            Change::CodingAdded { .. }
            | Change::CodingEdited { .. }
            | Change::CodingRemoved { .. } => Self::Codings,
            Change::CodeAdded(_) | Change::CodeEdited { .. } | Change::CodeRemoved(_) => {
                Self::Codes
            }
            Change::DocumentAdded(_)
            | Change::DocumentEdited { .. }
            | Change::DocumentRemoved(_)
            | Change::TextReplaced { .. }
            | Change::ValueSet {
                holder: Holder::Document(_),
                ..
            } => Self::Documents,
            Change::CaseAdded(_)
            | Change::CaseEdited { .. }
            | Change::CaseRemoved(_)
            | Change::Erased(_)
            | Change::ValueSet {
                holder: Holder::Case(_),
                ..
            } => Self::Cases,
            Change::MemoAdded(_)
            | Change::MemoEdited { .. }
            | Change::MemoRemoved(_)
            | Change::LinkAdded(_)
            | Change::LinkRemoved(_) => Self::Memos,
            _ => Self::Project,
        }
    }

    /// Its name.
    pub const fn name(self) -> Text {
        match self {
            Self::Codings => Text::new("Codings", "编码片段"),
            Self::Codes => Text::new("Codes", "编码"),
            Self::Documents => Text::new("Documents", "文档"),
            Self::Cases => Text::new("Cases", "个案"),
            Self::Memos => Text::new("Memos", "备忘"),
            Self::Project => Text::new("Project", "项目"),
        }
    }
}
