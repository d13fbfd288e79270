//! Lookups by name that add what is missing, for imports.

use super::{cases, codebook, project, required_name, transaction::Transaction};
use crate::{
    app::{
        import::speaker_mapping::Person,
        names::{self, is_same_name},
        refusal::Refusal,
    },
    log::change::Change,
    message::{Message, text::Text},
    model::{
        case::CaseKind,
        codebook::{CodeNotFound, PATH_SEPARATOR},
        coder::Coder,
        ids::{CaseId, CodeId, CoderId, PhaseId},
    },
};

/// What an import adds because it is named there for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddedKind {
    /// A phase.
    Phase,
    /// A case.
    Case,
    /// A coder.
    Coder,
    /// A code.
    Code,
    /// An attribute, with its kind.
    Attribute,
}

impl AddedKind {
    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Phase => Text::new("phase", "阶段"),
            Self::Case => Text::new("case", "个案"),
            Self::Coder => Text::new("coder", "编码员"),
            Self::Code => Text::new("code", "编码"),
            Self::Attribute => Text::new("attribute", "属性"),
        }
    }
}

/// What was added because an import named it, by kind and name.
pub type AddedNames = Vec<(AddedKind, Message)>;

pub(super) fn phase(tx: &mut Transaction<'_>, named: &mut AddedNames, name: &str) -> PhaseId {
    if let Some(phase) = names::phase(tx.project(), name) {
        return phase.id;
    }
    named.push((AddedKind::Phase, name.to_owned().into()));
    project::append_phase(tx, name.to_owned())
}

pub(super) fn case(
    tx: &mut Transaction<'_>,
    named: &mut AddedNames,
    name: &str,
    kind: &CaseKind,
) -> CaseId {
    if let Some(case) = names::case(tx.project(), name) {
        return case.id;
    }
    named.push((AddedKind::Case, name.to_owned().into()));
    cases::append_case(tx, name.to_owned(), kind.clone(), None)
}

/// The person that a speaker is; `None` if its case has been removed meanwhile.
pub(super) fn person(
    tx: &mut Transaction<'_>,
    named: &mut AddedNames,
    person: Person,
) -> Option<CaseId> {
    let (name, below) = match person {
        Person::Known(id) => return tx.project().cases.contains_key(&id).then_some(id),
        Person::New { name, below } => (name, below),
    };
    if let Some(case) = names::case(tx.project(), &name) {
        return Some(case.id);
    }
    let parent = below.map(|below| case(tx, named, &below, &CaseKind::family()));
    named.push((AddedKind::Case, name.clone().into()));
    Some(cases::append_case(tx, name, CaseKind::person(), parent))
}

pub(super) fn coder(tx: &mut Transaction<'_>, named: &mut AddedNames, name: &str) -> CoderId {
    if let Some(coder) = names::coder(tx.project(), name) {
        return coder.id;
    }
    named.push((AddedKind::Coder, name.to_owned().into()));
    let coder = Coder::new(tx.id(), name.to_owned());
    let id = coder.id;
    tx.record(Change::CoderAdded(coder));
    id
}

/// Whether a sheet of codings may add codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateCodes {
    /// Unknown codes are refused.
    No,
    /// Unknown codes are added.
    Yes,
}

/// The code of a name or path, added if that is allowed.
///
/// # Errors
/// When there is none and none may be added, there are several of that name, or a name can't be used.
pub(super) fn code(
    tx: &mut Transaction<'_>,
    named: &mut AddedNames,
    name: &str,
    create: CreateCodes,
) -> Result<CodeId, Refusal> {
    match tx.project().codebook.find(name) {
        Ok(id) => Ok(id),
        Err(CodeNotFound::Unknown(_)) if create == CreateCodes::Yes => add_path(tx, named, name),
        Err(other) => Err(other.into()),
    }
}

/// Adds the codes of a path that are missing, and returns the last one.
fn add_path(
    tx: &mut Transaction<'_>,
    named: &mut AddedNames,
    path: &str,
) -> Result<CodeId, Refusal> {
    let mut parent = None;
    for name in path.split(PATH_SEPARATOR) {
        let name = required_name(name)?;
        let children = tx.project().codebook.children(parent);
        let mut exact = children.iter().filter(|code| code.name.text == name);
        let mut same = children
            .iter()
            .filter(|code| is_same_name(&code.name.text, &name));
        let known = exact.next().or_else(|| same.next());
        let id = match known.map(|code| code.id) {
            Some(id) => id,
            None => {
                let id = codebook::add_code(tx, parent, &name)?;
                named.push((AddedKind::Code, tx.project().codebook.path(id).into()));
                id
            }
        };
        parent = Some(id);
    }
    parent.ok_or(Refusal::NameMissing)
}
