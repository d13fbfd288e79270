//! Whom a passage could be about: those whom it names, those named nearby, those who took part, and then all others.

use std::collections::BTreeSet;

use super::attribution::People;
use crate::{
    language::fold::fold,
    model::{
        Project,
        document::{Content, Document},
        ids::CaseId,
        text::TextRange,
    },
};

/// How many characters before and after a passage are nearby.
const NEARBY: u32 = 300;
/// Names shorter than this occur in other words.
const SHORTEST_NAME: usize = 2;

/// All cases, the most likely first.
pub fn candidates(
    project: &Project,
    document: &Document,
    content: &Content,
    passage: TextRange,
) -> Vec<CaseId> {
    let ranked = ranked(project, document, content, passage);
    ranked.into_iter().map(|(_, case)| case).collect()
}

/// Those whom the passage names, who are named nearby, who took part or belong to a family that did; all where that
/// is nobody.
pub fn likely(
    project: &Project,
    document: &Document,
    content: &Content,
    passage: TextRange,
) -> Vec<CaseId> {
    let ranked = ranked(project, document, content, passage);
    let there = ranked.iter().filter(|(rank, _)| *rank < OTHERS).count();
    let count = if there > 0 { there } else { ranked.len() };
    let ranked = ranked.into_iter().take(count);
    ranked.map(|(_, case)| case).collect()
}

/// The rank of those who are neither named nor there.
const OTHERS: u8 = 4;

/// All cases with their rank, the most likely first.
fn ranked(
    project: &Project,
    document: &Document,
    content: &Content,
    passage: TextRange,
) -> Vec<(u8, CaseId)> {
    let chars = content.text.len_chars();
    let around = TextRange::between(
        passage.start().saturating_sub(NEARBY),
        passage.end().saturating_add(NEARBY).min(chars),
    );
    let text = |range| fold(content.text.slice(range).unwrap_or_default());
    let (within, nearby) = (text(passage), text(around));
    let people = People::of(project, document);
    let mut there: BTreeSet<CaseId> = people.persons.iter().copied().flatten().collect();
    there.extend(&document.cases);
    let mut ranked: Vec<(u8, usize, CaseId)> = project
        .cases_in_order()
        .into_iter()
        .enumerate()
        .map(|(place, (_, case))| {
            let name = fold(&case.name);
            let is_named =
                |text: &str| name.chars().count() >= SHORTEST_NAME && text.contains(name.as_str());
            let family_is_there = there.contains(&project.family_of(case.id));
            let rank = match () {
                () if is_named(&within) => 0,
                () if is_named(&nearby) => 1,
                () if there.contains(&case.id) => 2,
                () if family_is_there => 3,
                () => OTHERS,
            };
            (rank, place, case.id)
        })
        .collect();
    ranked.sort_unstable();
    ranked
        .into_iter()
        .map(|(rank, _, case)| (rank, case))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        analysis::sample::{by_hand, range},
        model::{ids::DocumentId, text::DocumentText},
    };

    #[test]
    fn those_named_in_the_passage_come_first_then_those_nearby_then_those_there() {
        let study = by_hand();
        let document = Arc::clone(&study.project.documents[&DocumentId::from_u128(20)]);
        let content = Content {
            text: DocumentText::new("Tom 先来。林妈妈看着，小远没有来。"),
            turns: Vec::new(),
        };
        let names = |start, end| -> Vec<&str> {
            candidates(&study.project, &document, &content, range(start, end))
                .iter()
                .map(|case| study.project.cases[case].name.as_str())
                .collect()
        };
        assert_eq!(names(7, 12)[..3], ["林妈妈", "小远", "Tom"]);
        assert_eq!(names(0, 3)[..3], ["Tom", "小远", "林妈妈"]);
        // Both families took part, and the third did not.
        assert_eq!(names(0, 3).last(), Some(&"F3 Wu 吴家"));
    }
}
