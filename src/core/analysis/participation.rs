//! Who took part in which phase: the cases that its documents belong to, and the persons who speak in them.

use crate::model::{
    Project,
    document::{Document, SpeakerRole},
    ids::{CaseId, DocumentId, PhaseId},
};

/// Whether a case took part in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The phase has no document.
    NoDocument,
    /// None of its documents belongs to the case.
    Absent,
    /// A document belongs to the case.
    There,
    /// The case, or somebody below it, speaks in a document.
    Speaking,
}

/// Whether a case took part in a phase.
pub fn presence(project: &Project, case: CaseId, phase: PhaseId) -> Presence {
    let mut found = Presence::NoDocument;
    for document in of_phase(project, phase) {
        if speaks(project, document, case) {
            return Presence::Speaking;
        }
        if document.cases.contains(&case) {
            found = Presence::There;
        } else if found == Presence::NoDocument {
            found = Presence::Absent;
        }
    }
    found
}

/// The documents of a phase in which it is set that a case took part: the only one, or else those of the case's family.
pub fn settable(project: &Project, case: CaseId, phase: PhaseId) -> Vec<DocumentId> {
    let documents: Vec<&Document> = of_phase(project, phase).collect();
    if let [only] = documents[..] {
        return vec![only.id];
    }
    let family = project.family_of(case);
    let of_family = |document: &&&Document| {
        let mut cases = document.cases.iter();
        cases.any(|own| project.family_of(*own) == family)
    };
    documents
        .iter()
        .filter(of_family)
        .map(|own| own.id)
        .collect()
}

fn of_phase(project: &Project, phase: PhaseId) -> impl Iterator<Item = &Document> {
    let documents = project.documents.values().map(AsRef::as_ref);
    documents.filter(move |document| document.phase == Some(phase))
}

fn speaks(project: &Project, document: &Document, case: CaseId) -> bool {
    document.speakers.iter().any(|speaker| {
        let person = speaker
            .case
            .filter(|_| speaker.role == SpeakerRole::Participant);
        person.is_some_and(|person| project.case_is_within(person, case))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::by_hand;

    #[test]
    fn those_who_speak_and_those_who_were_there_are_told_apart() {
        let study = by_hand();
        let of = |case: u128, phase: u128| {
            let (case, phase) = (CaseId::from_u128(case), PhaseId::from_u128(phase));
            presence(&study.project, case, phase)
        };
        // The group session of Lin and Reed: Tom speaks, of the Lins nobody.
        assert_eq!(
            [1, 2, 3, 4, 6].map(|case| of(case, 2)),
            [
                Presence::Speaking,
                Presence::There,
                Presence::Absent,
                Presence::Absent,
                Presence::Speaking
            ]
        );
        assert_eq!(of(1, 9), Presence::NoDocument);
        let group = settable(&study.project, CaseId::from_u128(4), PhaseId::from_u128(2));
        assert_eq!(group, [DocumentId::from_u128(20)]);
    }
}
