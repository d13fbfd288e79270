//! One change in words: the thing it is about, the document it is in, and the value before and after.

use super::names::Names;
use crate::{
    log::change::{
        AttributeEdit, CaseEdit, Change, CodeEdit, CodingEdit, DocumentEdit, Edit, Holder,
        MemoEdit, PhaseEdit, ProjectEdit,
    },
    message::{language::UiLanguage, text::Text},
    model::{
        attribute::{AttributeKind, AttributeValue},
        erasure::Erasure,
        facet::FacetValue,
        ids::{AttributeId, CaseId, DocumentId, PhaseId},
        localized::Localized,
        memo::Memo,
        text::TextRange,
        turn::TurnState,
    },
};

/// A change in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ToldChange {
    /// What the change is about, as it was called then.
    pub thing: Option<Localized>,
    /// The document that it is in.
    pub document: Option<DocumentId>,
    /// The title of that document.
    pub title: String,
    /// The passage, in the text that the coder saw.
    pub range: Option<TextRange>,
    /// The value before, where there are words for it; empty if there was none.
    pub from: Option<Localized>,
    /// The value after.
    pub to: Option<Localized>,
}

/// Tells a change with the names that things have before it.
#[expect(clippy::too_many_lines, reason = "one arm for each change")]
pub(super) fn tell(change: &Change, names: &Names) -> ToldChange {
    match change {
        Change::ProjectEdited(edit) => of_project(edit),
        Change::CoderAdded(coder) | Change::CoderRemoved(coder) => plain(&coder.name),
        Change::CoderRenamed { coder, name } => {
            plain(&names.coder(*coder)).edited(words(&name.from), words(&name.to))
        }
        Change::CoderEdited { coder, .. } => plain(&names.coder(*coder)),
        Change::PhaseAdded(phase) | Change::PhaseRemoved(phase) => about(phase.localized()),
        Change::PhaseEdited { phase, edit } => {
            let told = about(names.phase(*phase));
            match edit {
                PhaseEdit::Name(name) => told.edited(words(&name.from), words(&name.to)),
                PhaseEdit::Translation { name, .. } => translated(told, name),
                PhaseEdit::Rank(_) => told,
            }
        }
        Change::DocumentAdded(document) | Change::DocumentRemoved(document) => {
            plain(&document.title)
        }
        Change::DocumentEdited { document, edit } => of_document(*document, edit, names),
        Change::TextReplaced {
            document,
            range,
            words: edit,
            ..
        } => within(*document, names)
            .at(*range)
            .edited(words(&edit.from), words(&edit.to)),
        Change::CodeAdded(code) | Change::CodeRemoved(code) => about(code.name.clone()),
        Change::CodeEdited { code, edit } => of_code(about(names.code(*code)), edit),
        Change::CodingAdded { document, coding } | Change::CodingRemoved { document, coding } => {
            let told = within(*document, names).at(coding.range);
            ToldChange {
                thing: Some(names.code(coding.code)),
                ..told
            }
        }
        Change::CodingEdited {
            document,
            coding,
            edit,
        } => {
            let told = ToldChange {
                thing: Some(names.code_of(*coding)),
                ..within(*document, names)
            };
            of_coding(told, edit, names)
        }
        Change::CaseAdded(case) | Change::CaseRemoved(case) => plain(&case.name),
        Change::CaseEdited { case, edit } => of_case(*case, edit, names),
        Change::AttributeAdded(attribute) | Change::AttributeRemoved(attribute) => {
            about(attribute.localized())
        }
        Change::AttributeEdited { attribute, edit } => {
            let told = about(names.attribute(*attribute));
            match edit {
                AttributeEdit::Name(edit) | AttributeEdit::Definition(edit) => {
                    told.edited(words(&edit.from), words(&edit.to))
                }
                AttributeEdit::Translation { name, .. } => translated(told, name),
                AttributeEdit::CategoryTranslation { category, name, .. } => {
                    let of = |name: &Option<String>| match name {
                        Some(name) => Localized::plain(format!("{category} = {name}")),
                        None => Localized::plain(category.clone()),
                    };
                    told.edited(Some(of(&name.from)), Some(of(&name.to)))
                }
                AttributeEdit::Kind(edit) => of_kind(told, *attribute, edit, names),
                AttributeEdit::Rank(_) => told,
            }
        }
        Change::ValueSet {
            holder,
            attribute,
            phase,
            value,
        } => of_value(*holder, *attribute, *phase, value, names),
        Change::MemoAdded(memo) | Change::MemoRemoved(memo) => of_memo(memo, names),
        Change::MemoEdited { memo, edit } => {
            let told = plain(&names.memo(*memo));
            match edit {
                MemoEdit::Title(edit) | MemoEdit::Body(edit) => {
                    told.edited(words(&edit.from), words(&edit.to))
                }
                MemoEdit::Kind(_) | MemoEdit::Anchor(_) => told,
            }
        }
        Change::LinkAdded(link) | Change::LinkRemoved(link) => plain(&link.name),
        Change::QueryAdded(query) | Change::QueryRemoved(query) => plain(&query.name),
        Change::QueryEdited { edit, .. } => {
            plain(&edit.from.name).edited(words(&edit.from.text), words(&edit.to.text))
        }
        Change::ScaleAdded(scale) | Change::ScaleRemoved(scale) => plain(&scale.name),
        Change::ScaleEdited { edit, .. } => plain(&edit.from.name),
        Change::SetAdded(set) | Change::SetRemoved(set) => plain(&set.name),
        Change::SetEdited { edit, .. } => plain(&edit.from.name),
        Change::AttachmentAdded(file) | Change::AttachmentRemoved(file) => plain(&file.name),
        Change::Erased(erasure) => of_erasure(erasure, names),
    }
}

impl ToldChange {
    fn edited(self, from: Option<Localized>, to: Option<Localized>) -> Self {
        Self { from, to, ..self }
    }

    fn at(self, range: TextRange) -> Self {
        Self {
            range: Some(range),
            ..self
        }
    }
}

fn about(thing: Localized) -> ToldChange {
    ToldChange {
        thing: (!thing.text.is_empty()).then_some(thing),
        ..ToldChange::default()
    }
}

fn plain(name: &str) -> ToldChange {
    about(Localized::plain(name))
}

fn within(document: DocumentId, names: &Names) -> ToldChange {
    ToldChange {
        document: Some(document),
        title: names.document(document),
        ..ToldChange::default()
    }
}

fn words(text: &str) -> Option<Localized> {
    Some(Localized::plain(text))
}

fn translated(told: ToldChange, name: &Edit<Option<String>>) -> ToldChange {
    let words = |name: &Option<String>| words(name.as_deref().unwrap_or_default());
    told.edited(words(&name.from), words(&name.to))
}

fn of_project(edit: &ProjectEdit) -> ToldChange {
    let told = ToldChange::default();
    match edit {
        ProjectEdit::Title(edit) | ProjectEdit::Description(edit) => {
            told.edited(words(&edit.from), words(&edit.to))
        }
        ProjectEdit::Language(edit) => told.edited(words(&edit.from.0), words(&edit.to.0)),
    }
}

fn of_document(document: DocumentId, edit: &DocumentEdit, names: &Names) -> ToldChange {
    let told = within(document, names);
    let phase = |phase: Option<PhaseId>| phase.map(|id| names.phase(id)).unwrap_or_default();
    let case = |case: Option<CaseId>| case.map(|id| names.case(id)).unwrap_or_default();
    match edit {
        DocumentEdit::Title(edit) => told.edited(words(&edit.from), words(&edit.to)),
        DocumentEdit::Phase(edit) => told.edited(Some(phase(edit.from)), Some(phase(edit.to))),
        DocumentEdit::Case { case: id, belongs } => {
            let name = words(&names.case(*id));
            if belongs.to {
                told.edited(None, name)
            } else {
                told.edited(name, None)
            }
        }
        DocumentEdit::SpeakerLabel { label, .. } => {
            told.edited(words(&label.from), words(&label.to))
        }
        DocumentEdit::SpeakerCase { case: edit, .. } => {
            told.edited(words(&case(edit.from)), words(&case(edit.to)))
        }
        DocumentEdit::Speaker { label, .. } => told.edited(None, words(label)),
        DocumentEdit::Turns(edit) => {
            let speakers = |state: &TurnState| {
                let labels = state.speakers.iter();
                let labels = labels.map(|speaker| Localized::plain(&speaker.label));
                labels.reduce(|list, next| list.joined("; ", &next))
            };
            told.edited(speakers(&edit.from), speakers(&edit.to))
        }
        DocumentEdit::Rank(_) | DocumentEdit::SpeakerRole { .. } | DocumentEdit::Turn { .. } => {
            told
        }
    }
}

fn of_code(told: ToldChange, edit: &CodeEdit) -> ToldChange {
    match edit {
        CodeEdit::Name(edit)
        | CodeEdit::Definition(edit)
        | CodeEdit::ApplyWhen(edit)
        | CodeEdit::NotWhen(edit) => told.edited(Some(edit.from.clone()), Some(edit.to.clone())),
        CodeEdit::Key(edit) => {
            let key = |key: Option<char>| words(&key.map(String::from).unwrap_or_default());
            told.edited(key(edit.from), key(edit.to))
        }
        CodeEdit::Place(_)
        | CodeEdit::Hue(_)
        | CodeEdit::Examples(_)
        | CodeEdit::Indicators(_)
        | CodeEdit::Facets(_) => told,
    }
}

fn of_coding(told: ToldChange, edit: &CodingEdit, names: &Names) -> ToldChange {
    match edit {
        CodingEdit::Range(edit) => {
            let range = |range: TextRange| words(&format!("{}–{}", range.start(), range.end()));
            told.edited(range(edit.from), range(edit.to))
        }
        CodingEdit::Code(edit) => {
            told.edited(Some(names.code(edit.from)), Some(names.code(edit.to)))
        }
        CodingEdit::Facet { value, .. } => {
            let text = |value: &Option<FacetValue>| {
                words(&value.as_ref().map(FacetValue::to_text).unwrap_or_default())
            };
            told.edited(text(&value.from), text(&value.to))
        }
        CodingEdit::About { case, is_about } => {
            let name = words(&names.case(*case));
            if is_about.to {
                told.edited(None, name)
            } else {
                told.edited(name, None)
            }
        }
    }
}

fn of_case(case: CaseId, edit: &CaseEdit, names: &Names) -> ToldChange {
    let told = plain(&names.case(case));
    let parent = |case: Option<CaseId>| words(&case.map(|id| names.case(id)).unwrap_or_default());
    match edit {
        CaseEdit::Name(edit) => told.edited(words(&edit.from), words(&edit.to)),
        CaseEdit::Kind(edit) => told.edited(Some(edit.from.localized()), Some(edit.to.localized())),
        CaseEdit::Parent(edit) => told.edited(parent(edit.from), parent(edit.to)),
    }
}

/// The kind before and after; where both have categories, the categories.
fn of_kind(
    told: ToldChange,
    attribute: AttributeId,
    edit: &Edit<AttributeKind>,
    names: &Names,
) -> ToldChange {
    let categories = |kind: &AttributeKind| {
        let all = kind.categories().iter().map(|category| {
            let value = AttributeValue::Category(category.clone());
            names.value(attribute, &value)
        });
        all.reduce(|list, next| list.joined("; ", &next))
    };
    let is_of_categories = |kind: &AttributeKind| matches!(kind, AttributeKind::Category(_));
    if is_of_categories(&edit.from) && is_of_categories(&edit.to) {
        return told.edited(categories(&edit.from), categories(&edit.to));
    }
    let kind = |kind: &AttributeKind| {
        let name = localized(kind.name());
        match categories(kind) {
            Some(categories) => name.joined(": ", &categories),
            None => name,
        }
    };
    told.edited(Some(kind(&edit.from)), Some(kind(&edit.to)))
}

fn localized(text: Text) -> Localized {
    let chinese = UiLanguage::Chinese;
    Localized {
        text: UiLanguage::English.say(text).to_owned(),
        translations: [(chinese.tag(), chinese.say(text).to_owned())].into(),
    }
}

fn of_value(
    holder: Holder,
    attribute: AttributeId,
    phase: Option<PhaseId>,
    value: &Edit<Option<AttributeValue>>,
    names: &Names,
) -> ToldChange {
    let told = match holder {
        Holder::Case(case) => plain(&names.case(case)),
        Holder::Document(document) => within(document, names),
        Holder::Coder(coder) => plain(&names.coder(coder)),
    };
    // What the value is of is said with the value, as the thing is whoever has it.
    let text = |value: &Option<AttributeValue>| {
        let Some(value) = value else {
            return Localized::default();
        };
        let what = match phase {
            Some(phase) => names
                .attribute(attribute)
                .joined(" · ", &names.phase(phase)),
            None => names.attribute(attribute),
        };
        what.joined(" = ", &names.value(attribute, value))
    };
    told.edited(Some(text(&value.from)), Some(text(&value.to)))
}

/// Whose words they were, by what stands in for the names, and how many.
fn of_erasure(erasure: &Erasure, names: &Names) -> ToldChange {
    let cases = erasure.cases.iter().map(|case| names.case(*case));
    let documents = erasure.documents.keys();
    let documents = documents.map(|document| names.document(*document));
    let all: Vec<String> = if erasure.cases.is_empty() {
        documents.collect()
    } else {
        cases.collect()
    };
    const CHARACTERS: Text = Text::new("{count} characters", "{count} 个字符");
    let count = CHARACTERS.count("count", erasure.counts.characters);
    let chinese = UiLanguage::Chinese;
    let characters = Localized {
        text: count.say(UiLanguage::English),
        translations: [(chinese.tag(), count.say(chinese))].into(),
    };
    plain(&all.join("; ")).edited(Some(characters), Some(Localized::default()))
}

fn of_memo(memo: &Memo, names: &Names) -> ToldChange {
    let told = plain(&memo.title);
    match memo.anchor.document() {
        Some(document) => ToldChange {
            thing: told.thing,
            ..within(document, names)
        },
        None => told,
    }
}
