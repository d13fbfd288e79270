//! The change that takes another back; it needs nothing but that change.

use super::change::{
    AttributeEdit, CaseEdit, Change, CodeEdit, CodingEdit, DocumentEdit, MemoEdit, PhaseEdit,
    ProjectEdit,
};
use crate::model::text::TextRange;

/// The change that takes this one back, right after it.
pub fn inverse(change: Change) -> Change {
    use Change as C;
    match change {
        C::ProjectEdited(edit) => C::ProjectEdited(project(edit)),
        C::CoderAdded(coder) => C::CoderRemoved(coder),
        C::CoderRemoved(coder) => C::CoderAdded(coder),
        C::CoderRenamed { coder, name } => C::CoderRenamed {
            coder,
            name: name.inverse(),
        },
        C::PhaseAdded(phase) => C::PhaseRemoved(phase),
        C::PhaseRemoved(phase) => C::PhaseAdded(phase),
        C::PhaseEdited { phase, edit } => C::PhaseEdited {
            phase,
            edit: phase_edit(edit),
        },
        C::DocumentAdded(document) => C::DocumentRemoved(document),
        C::DocumentRemoved(document) => C::DocumentAdded(document),
        C::DocumentEdited { document, edit } => C::DocumentEdited {
            document,
            edit: document_edit(edit),
        },
        C::TextReplaced {
            document,
            range,
            words,
            count,
        } => {
            let new_chars = u32::try_from(words.to.chars().count()).unwrap_or(u32::MAX);
            let range = TextRange::between(range.start(), range.start().saturating_add(new_chars));
            C::TextReplaced {
                document,
                range,
                words: words.inverse(),
                count: count.inverse(),
            }
        }
        C::CodeAdded(code) => C::CodeRemoved(code),
        C::CodeRemoved(code) => C::CodeAdded(code),
        C::CodeEdited { code, edit } => C::CodeEdited {
            code,
            edit: code_edit(edit),
        },
        C::CodingAdded { document, coding } => C::CodingRemoved { document, coding },
        C::CodingRemoved { document, coding } => C::CodingAdded { document, coding },
        C::CodingEdited {
            document,
            coding,
            edit,
        } => C::CodingEdited {
            document,
            coding,
            edit: coding_edit(edit),
        },
        C::CaseAdded(case) => C::CaseRemoved(case),
        C::CaseRemoved(case) => C::CaseAdded(case),
        C::CaseEdited { case, edit } => C::CaseEdited {
            case,
            edit: case_edit(edit),
        },
        C::AttributeAdded(attribute) => C::AttributeRemoved(attribute),
        C::AttributeRemoved(attribute) => C::AttributeAdded(attribute),
        C::AttributeEdited { attribute, edit } => C::AttributeEdited {
            attribute,
            edit: attribute_edit(edit),
        },
        C::ValueSet {
            holder,
            attribute,
            phase,
            value,
        } => C::ValueSet {
            holder,
            attribute,
            phase,
            value: value.inverse(),
        },
        C::MemoAdded(memo) => C::MemoRemoved(memo),
        C::MemoRemoved(memo) => C::MemoAdded(memo),
        C::MemoEdited { memo, edit } => C::MemoEdited {
            memo,
            edit: memo_edit(edit),
        },
        C::LinkAdded(link) => C::LinkRemoved(link),
        C::LinkRemoved(link) => C::LinkAdded(link),
        C::QueryAdded(query) => C::QueryRemoved(query),
        C::QueryRemoved(query) => C::QueryAdded(query),
        C::ScaleAdded(scale) => C::ScaleRemoved(scale),
        C::ScaleRemoved(scale) => C::ScaleAdded(scale),
        C::SetAdded(set) => C::SetRemoved(set),
        C::SetRemoved(set) => C::SetAdded(set),
        C::SetEdited { set, edit } => C::SetEdited {
            set,
            edit: edit.inverse(),
        },
        C::AttachmentAdded(attachment) => C::AttachmentRemoved(attachment),
        C::AttachmentRemoved(attachment) => C::AttachmentAdded(attachment),
        C::ScaleEdited { scale, edit } => C::ScaleEdited {
            scale,
            edit: edit.inverse(),
        },
        C::QueryEdited { query, edit } => C::QueryEdited {
            query,
            edit: edit.inverse(),
        },
    }
}

fn project(edit: ProjectEdit) -> ProjectEdit {
    match edit {
        ProjectEdit::Title(edit) => ProjectEdit::Title(edit.inverse()),
        ProjectEdit::Description(edit) => ProjectEdit::Description(edit.inverse()),
        ProjectEdit::Language(edit) => ProjectEdit::Language(edit.inverse()),
    }
}

fn phase_edit(edit: PhaseEdit) -> PhaseEdit {
    match edit {
        PhaseEdit::Name(edit) => PhaseEdit::Name(edit.inverse()),
        PhaseEdit::Rank(edit) => PhaseEdit::Rank(edit.inverse()),
    }
}

fn document_edit(edit: DocumentEdit) -> DocumentEdit {
    use DocumentEdit as D;
    match edit {
        D::Title(edit) => D::Title(edit.inverse()),
        D::Phase(edit) => D::Phase(edit.inverse()),
        D::Case { case, belongs } => D::Case {
            case,
            belongs: belongs.inverse(),
        },
        D::Speaker {
            speaker,
            label,
            present,
        } => D::Speaker {
            speaker,
            label,
            present: present.inverse(),
        },
        D::SpeakerLabel { speaker, label } => D::SpeakerLabel {
            speaker,
            label: label.inverse(),
        },
        D::SpeakerRole { speaker, role } => D::SpeakerRole {
            speaker,
            role: role.inverse(),
        },
        D::SpeakerCase { speaker, case } => D::SpeakerCase {
            speaker,
            case: case.inverse(),
        },
        D::Turn { turn, edit } => D::Turn {
            turn,
            edit: edit.inverse(),
        },
    }
}

fn code_edit(edit: CodeEdit) -> CodeEdit {
    use CodeEdit as E;
    match edit {
        E::Place(edit) => E::Place(edit.inverse()),
        E::Name(edit) => E::Name(edit.inverse()),
        E::Hue(edit) => E::Hue(edit.inverse()),
        E::Definition(edit) => E::Definition(edit.inverse()),
        E::ApplyWhen(edit) => E::ApplyWhen(edit.inverse()),
        E::NotWhen(edit) => E::NotWhen(edit.inverse()),
        E::Examples(edit) => E::Examples(edit.inverse()),
        E::Indicators(edit) => E::Indicators(edit.inverse()),
        E::Facets(edit) => E::Facets(edit.inverse()),
        E::Key(edit) => E::Key(edit.inverse()),
    }
}

fn coding_edit(edit: CodingEdit) -> CodingEdit {
    match edit {
        CodingEdit::Range(edit) => CodingEdit::Range(edit.inverse()),
        CodingEdit::Code(edit) => CodingEdit::Code(edit.inverse()),
        CodingEdit::Facet { facet, value } => CodingEdit::Facet {
            facet,
            value: value.inverse(),
        },
    }
}

fn case_edit(edit: CaseEdit) -> CaseEdit {
    match edit {
        CaseEdit::Name(edit) => CaseEdit::Name(edit.inverse()),
        CaseEdit::Kind(edit) => CaseEdit::Kind(edit.inverse()),
        CaseEdit::Parent(edit) => CaseEdit::Parent(edit.inverse()),
    }
}

fn attribute_edit(edit: AttributeEdit) -> AttributeEdit {
    match edit {
        AttributeEdit::Name(edit) => AttributeEdit::Name(edit.inverse()),
        AttributeEdit::Definition(edit) => AttributeEdit::Definition(edit.inverse()),
        AttributeEdit::Rank(edit) => AttributeEdit::Rank(edit.inverse()),
        AttributeEdit::Kind(edit) => AttributeEdit::Kind(edit.inverse()),
    }
}

fn memo_edit(edit: MemoEdit) -> MemoEdit {
    match edit {
        MemoEdit::Title(edit) => MemoEdit::Title(edit.inverse()),
        MemoEdit::Body(edit) => MemoEdit::Body(edit.inverse()),
        MemoEdit::Kind(edit) => MemoEdit::Kind(edit.inverse()),
        MemoEdit::Anchor(edit) => MemoEdit::Anchor(edit.inverse()),
    }
}
