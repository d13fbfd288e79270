//! Lookups by identity, each with its refusal if the thing doesn't exist.

use crate::{
    app::refusal::Refusal,
    model::{
        Project,
        attachment::Attachment,
        attribute::Attribute,
        case::Case,
        code::Code,
        codebook::CodeNotFound,
        coder::Coder,
        coding::Coding,
        document::{Document, Speaker, SpeakerIndex},
        ids::{
            AttachmentId, AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, LinkId,
            MemoId, PhaseId, QueryId, ScaleId, SetId,
        },
        memo::{Link, Memo},
        phase::Phase,
        query::SavedQuery,
        scale::Scale,
        set::Set,
    },
};

pub(crate) fn coder(project: &Project, id: CoderId) -> Result<&Coder, Refusal> {
    let coder = project.coders.get(&id);
    coder.ok_or_else(|| Refusal::NoCoder(id.to_string()))
}

pub(crate) fn phase(project: &Project, id: PhaseId) -> Result<&Phase, Refusal> {
    let phase = project.phases.get(&id);
    phase.ok_or_else(|| Refusal::NoPhase(id.to_string()))
}

pub(crate) fn document(project: &Project, id: DocumentId) -> Result<&Document, Refusal> {
    let document = project.documents.get(&id).map(AsRef::as_ref);
    document.ok_or_else(|| Refusal::NoDocument(id.to_string()))
}

pub(crate) fn speaker(document: &Document, index: SpeakerIndex) -> Result<&Speaker, Refusal> {
    let speaker = document.speakers.get(usize::from(index));
    speaker.ok_or_else(|| Refusal::NoSpeaker(index.to_string()))
}

pub(crate) fn code(project: &Project, id: CodeId) -> Result<&Code, Refusal> {
    let code = project.codebook.get(id).map(AsRef::as_ref);
    code.ok_or_else(|| Refusal::Code(CodeNotFound::Unknown(id.to_string())))
}

/// Checks that the code below which something is to be is there; `None` is the top of the tree.
pub(crate) fn parent_code(project: &Project, parent: Option<CodeId>) -> Result<(), Refusal> {
    parent.map_or(Ok(()), |id| code(project, id).map(drop))
}

pub(crate) fn coding(
    project: &Project,
    document_id: DocumentId,
    id: CodingId,
) -> Result<&Coding, Refusal> {
    let coding = document(project, document_id)?.coding(id);
    coding.ok_or(Refusal::NoCoding)
}

pub(crate) fn case(project: &Project, id: CaseId) -> Result<&Case, Refusal> {
    let case = project.cases.get(&id).map(AsRef::as_ref);
    case.ok_or_else(|| Refusal::NoCase(id.to_string()))
}

pub(crate) fn attribute(project: &Project, id: AttributeId) -> Result<&Attribute, Refusal> {
    let attribute = project.attributes.get(&id);
    attribute.ok_or_else(|| Refusal::NoAttribute(id.to_string()))
}

pub(crate) fn memo(project: &Project, id: MemoId) -> Result<&Memo, Refusal> {
    let memo = project.memos.get(&id).map(AsRef::as_ref);
    memo.ok_or_else(|| Refusal::NoMemo(id.to_string()))
}

pub(crate) fn link(project: &Project, id: LinkId) -> Result<&Link, Refusal> {
    project.links.get(&id).ok_or(Refusal::NoLink)
}

pub(crate) fn query(project: &Project, id: QueryId) -> Result<&SavedQuery, Refusal> {
    project.queries.get(&id).ok_or(Refusal::NoQuery)
}

pub(crate) fn scale(project: &Project, id: ScaleId) -> Result<&Scale, Refusal> {
    let scale = project.scales.get(&id);
    scale.ok_or_else(|| Refusal::NoScale(id.to_string()))
}

pub(crate) fn set(project: &Project, id: SetId) -> Result<&Set, Refusal> {
    let set = project.sets.get(&id);
    set.ok_or_else(|| Refusal::NoSet(id.to_string()))
}

pub(crate) fn attachment(project: &Project, id: AttachmentId) -> Result<&Attachment, Refusal> {
    let attachment = project.attachments.get(&id);
    attachment.ok_or_else(|| Refusal::NoAttachment(id.to_string()))
}
