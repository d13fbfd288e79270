//! What stands in the way of taking back a step, in words.

use crate::{
    log::change::{Change, Holder},
    message::{Argument, Message, text::Text},
    model::{
        Project,
        attribute::Attribute,
        conflict::SkipReason,
        ids::{CodeId, DocumentId},
        localized::Localized,
        phase::Phase,
    },
};

pub(super) const TAKEN_BACK: Text = Text::new("it is taken back already", "这一步已经收回");
pub(super) const ERASED: Text =
    Text::new("what it erased is gone for good", "所删除的内容已无法恢复");
pub(super) const FOUNDING: Text = Text::new("the project begins with it", "项目由此开始");
pub(super) const PASSAGE_GONE: Text = Text::new(
    "its passage was deleted from the text later",
    "所指的片段后来已从文本中删除",
);
pub(super) const TEXT_CHANGED: Text = Text::new(
    "the same words were corrected again later",
    "同一处文字后来又更正过",
);
pub(super) const ACTING: Text =
    Text::new("{name} is the coder who acts now", "{name}是当前的编码员");
const REMOVED: Text = Text::new("{name} was removed later", "{name}后来已被删除");
const CHANGED: Text = Text::new("{name} was changed later", "{name}后来又改过");
const CODED: Text = Text::new(
    "{count} {count|coding was|codings were} made with {name} since",
    "此后用{name}编码了 {count} 个片段",
);
const CODED_IN: Text = Text::new(
    "{count} {count|coding was|codings were} made in {name} since",
    "此后在{name}中编码了 {count} 个片段",
);
const CORRECTED: Text = Text::new(
    "the text of {name} was corrected later",
    "{name}的文本后来更正过",
);
const SUBCODES: Text = Text::new(
    "{count} {count|code was|codes were} put below {name} since",
    "此后在{name}之下放入了 {count} 个编码",
);
const NAME_TAKEN: Text = Text::new("there is another {name} now", "现在另有一个{name}");
const CODED_AGAIN: Text = Text::new(
    "the passage was coded so again since",
    "此后该片段又有了同样的编码",
);

/// A thing that was removed later.
pub(super) fn removed_later(name: impl Into<Argument>) -> Message {
    REMOVED.with("name", name)
}

/// A thing that was changed later.
pub(super) fn thing_changed(name: impl Into<Argument>) -> Message {
    CHANGED.with("name", name)
}

/// Another thing has the name that would come back.
pub(super) fn name_taken(name: impl Into<Argument>) -> Message {
    NAME_TAKEN.with("name", name)
}

pub(super) fn coded_again() -> Message {
    CODED_AGAIN.into()
}

/// Codings were made in a document since.
pub(super) fn coded_in(title: &str, count: usize) -> Message {
    CODED_IN.with("name", quoted(title)).count("count", count)
}

pub(super) fn text_corrected(title: &str) -> Message {
    CORRECTED.with("name", quoted(title))
}

/// A field was set again after the step.
pub(super) fn changed_later(project: &Project, change: &Change) -> Message {
    thing_changed(subject(project, change))
}

/// The log refuses the inverse of a change.
pub(super) fn refused(project: &Project, change: &Change, reason: SkipReason) -> Message {
    const NEEDS: Text = Text::new(
        "something that it needs was removed later",
        "它所需要的内容后来已被删除",
    );
    const USED: Text = Text::new(
        "{name} is used by what came later",
        "后来的工作用到了{name}",
    );
    const THERE: Text = Text::new("{name} is there already", "{name}已经存在");
    const BELOW_ITSELF: Text = Text::new("{name} would be below itself", "{name}会成为自己的上级");
    const UNFIT: Text = Text::new(
        "a value doesn't fit {name} any more",
        "有的值已不适合{name}",
    );
    let name = || subject(project, change);
    match (reason, change) {
        (SkipReason::InUse, Change::CodeRemoved(code)) => code_in_use(project, code.id)
            .unwrap_or_else(|| USED.with("name", localized(&code.name))),
        (SkipReason::InUse, _) => USED.with("name", name()),
        (SkipReason::Gone, _) => NEEDS.into(),
        (SkipReason::AlreadyThere, _) => THERE.with("name", name()),
        (SkipReason::Cycle, _) => BELOW_ITSELF.with("name", name()),
        (SkipReason::PassageGone, _) => PASSAGE_GONE.into(),
        (SkipReason::TextClash, _) => TEXT_CHANGED.into(),
        (SkipReason::BadValue, _) => UNFIT.with("name", name()),
        (SkipReason::OtherTurns, _) => SkipReason::OtherTurns.text().into(),
    }
}

fn code_in_use(project: &Project, id: CodeId) -> Option<Message> {
    let name = localized(&project.codebook.get(id)?.name);
    let documents = project.documents.values();
    let codings = documents.flat_map(|document| &document.codings);
    let coded = codings.filter(|coding| coding.code == id).count();
    if coded > 0 {
        return Some(CODED.with("name", name).count("count", coded));
    }
    let below = project.codebook.children(Some(id)).len();
    (below > 0).then(|| SUBCODES.with("name", name).count("count", below))
}

/// A name between quotation marks.
pub(super) fn quoted(name: &str) -> Argument {
    Text::new("“{name}”", "“{name}”").with("name", name).into()
}

/// A name that can have translations, between quotation marks.
pub(super) fn localized(name: &Localized) -> Argument {
    Text::new("“{name}”", "“{name}”").with("name", name).into()
}

/// What a change is about, by its name in the project or in the change itself.
pub(super) fn subject(project: &Project, change: &Change) -> Argument {
    use Change as C;
    let document = |id: &DocumentId| {
        let document = project.documents.get(id);
        quoted(document.map_or("", |document| &document.title))
    };
    let code = |id: &CodeId| {
        let code = project.codebook.get(*id);
        code.map_or_else(|| quoted(""), |code| localized(&code.name))
    };
    let case = |id| quoted(project.cases.get(id).map_or("", |case| &case.name));
    let coder = |id| quoted(project.coders.get(id).map_or("", |coder| &coder.name));
    let attribute = |id, then: Option<&Attribute>| {
        let own = project.attributes.get(id).or(then);
        localized(&own.map(Attribute::localized).unwrap_or_default())
    };
    let phase = |id, then: Option<&Phase>| {
        let own = project.phases.get(id).or(then);
        localized(&own.map(Phase::localized).unwrap_or_default())
    };
    let memo = |id| quoted(project.memos.get(id).map_or("", |memo| &memo.title));
    const THE_PROJECT: Text = Text::new("the project", "项目");
    const A_CODING: Text = Text::new("the coding", "该编码片段");
    const A_LINK: Text = Text::new("the link", "该关联");
    match change {
        C::ProjectEdited(_) => THE_PROJECT.into(),
        C::CoderAdded(coder) | C::CoderRemoved(coder) => quoted(&coder.name),
        C::CoderRenamed { coder: id, .. } | C::CoderEdited { coder: id, .. } => coder(id),
        C::PhaseAdded(own) | C::PhaseRemoved(own) => phase(&own.id, Some(own)),
        C::PhaseEdited { phase: id, .. } => phase(id, None),
        C::DocumentAdded(added) | C::DocumentRemoved(added) => quoted(&added.title),
        C::DocumentEdited { document: id, .. } | C::TextReplaced { document: id, .. } => {
            document(id)
        }
        C::CodeAdded(code) | C::CodeRemoved(code) => localized(&code.name),
        C::CodeEdited { code: id, .. } => code(id),
        C::CodingAdded { .. } | C::CodingEdited { .. } | C::CodingRemoved { .. } => A_CODING.into(),
        C::CaseAdded(case) | C::CaseRemoved(case) => quoted(&case.name),
        C::CaseEdited { case: id, .. } => case(id),
        C::AttributeAdded(own) | C::AttributeRemoved(own) => attribute(&own.id, Some(own)),
        C::AttributeEdited { attribute: id, .. } | C::ValueSet { attribute: id, .. } => {
            if let C::ValueSet { holder, .. } = change {
                const OF: Text = Text::new("{attribute} of {holder}", "{holder}的{attribute}");
                let holder = match holder {
                    Holder::Case(id) => case(id),
                    Holder::Document(id) => document(id),
                    Holder::Coder(id) => coder(id),
                };
                OF.with("attribute", attribute(id, None))
                    .with("holder", holder)
                    .into()
            } else {
                attribute(id, None)
            }
        }
        C::MemoAdded(memo) | C::MemoRemoved(memo) => quoted(&memo.title),
        C::MemoEdited { memo: id, .. } => memo(id),
        C::LinkAdded(_) | C::LinkRemoved(_) => A_LINK.into(),
        C::QueryAdded(query) | C::QueryRemoved(query) => quoted(&query.name),
        C::QueryEdited { edit, .. } => quoted(&edit.to.name),
        C::ScaleAdded(scale) | C::ScaleRemoved(scale) => quoted(&scale.name),
        C::ScaleEdited { edit, .. } => quoted(&edit.to.name),
        C::SetAdded(set) | C::SetRemoved(set) => quoted(&set.name),
        C::SetEdited { edit, .. } => quoted(&edit.to.name),
        C::AttachmentAdded(file) | C::AttachmentRemoved(file) => quoted(&file.name),
        C::Erased(_) => THE_PROJECT.into(),
    }
}
