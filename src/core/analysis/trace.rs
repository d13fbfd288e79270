//! Chains of links between codes, from need to outcome: each code with its evidence, and what lacks either.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Project,
    ids::{CodeId, LinkId},
    memo::Anchor,
};

/// The largest number of chains. Only a net in which everything is linked with everything has more, and following it would not end.
const MOST_CHAINS: usize = 500;

/// A step of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceStep {
    /// The code.
    pub code: CodeId,
    /// The link that leads to it; `None` at the beginning.
    pub by: Option<LinkId>,
}

/// What links between codes lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// Chains from a code that no link leads to, followed to their end.
    pub chains: Vec<Vec<TraceStep>>,
    /// The number of codings of each linked code, its subcodes included.
    pub evidence: BTreeMap<CodeId, usize>,
    /// Linked codes without a coding: concepts without evidence.
    pub without_evidence: Vec<CodeId>,
    /// Codes with codings but without a link: evidence without a concept.
    pub without_link: Vec<CodeId>,
}

/// Follows the links between codes.
pub fn trace(project: &Project) -> Trace {
    let mut next: BTreeMap<CodeId, Vec<(LinkId, CodeId)>> = BTreeMap::new();
    let mut reached = BTreeSet::new();
    let mut linked = BTreeSet::new();
    let mut links: Vec<_> = project.links.values().collect();
    links.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    for link in links {
        if let (Anchor::Code(from), Anchor::Code(to)) = (link.from, link.to) {
            next.entry(from).or_default().push((link.id, to));
            reached.insert(to);
            linked.extend([from, to]);
        }
    }
    let order: Vec<CodeId> = project
        .codebook
        .in_order()
        .into_iter()
        .map(|(_, code)| code.id)
        .collect();
    let mut chains = Vec::new();
    let beginnings = order
        .iter()
        .filter(|code| linked.contains(code) && !reached.contains(code));
    beginnings.for_each(|&code| walk(&next, &mut vec![TraceStep { code, by: None }], &mut chains));
    // A ring has no beginning: it is entered where the tree names it first.
    let seen: BTreeSet<CodeId> = chains.iter().flatten().map(|step| step.code).collect();
    let mut rings = Vec::new();
    for &code in order
        .iter()
        .filter(|code| linked.contains(code) && !seen.contains(code))
    {
        if rings
            .iter()
            .flatten()
            .all(|step: &TraceStep| step.code != code)
        {
            walk(&next, &mut vec![TraceStep { code, by: None }], &mut rings);
        }
    }
    chains.extend(rings);
    let mut used: BTreeMap<CodeId, usize> = BTreeMap::new();
    for coding in project
        .documents
        .values()
        .flat_map(|document| &document.codings)
    {
        *used.entry(coding.code).or_default() += 1;
    }
    let all = |code: CodeId| {
        project
            .codebook
            .with_descendants(code)
            .iter()
            .filter_map(|code| used.get(code))
            .sum::<usize>()
    };
    let evidence: BTreeMap<CodeId, usize> = linked.iter().map(|&code| (code, all(code))).collect();
    Trace {
        without_evidence: order
            .iter()
            .copied()
            .filter(|code| evidence.get(code) == Some(&0))
            .collect(),
        without_link: order
            .iter()
            .copied()
            .filter(|code| used.contains_key(code) && !is_linked(project, &linked, *code))
            .collect(),
        chains,
        evidence,
    }
}

/// Whether a link touches a code, or a theme that it belongs to.
fn is_linked(project: &Project, linked: &BTreeSet<CodeId>, code: CodeId) -> bool {
    linked.contains(&code)
        || project
            .codebook
            .ancestors(code)
            .any(|above| linked.contains(&above.id))
}

fn walk(
    next: &BTreeMap<CodeId, Vec<(LinkId, CodeId)>>,
    chain: &mut Vec<TraceStep>,
    chains: &mut Vec<Vec<TraceStep>>,
) {
    if chains.len() >= MOST_CHAINS {
        return;
    }
    let here = chain.last().map(|step| step.code);
    let ways = here
        .and_then(|code| next.get(&code))
        .map_or(&[][..], Vec::as_slice);
    let open: Vec<_> = ways
        .iter()
        .filter(|(_, to)| chain.iter().all(|step| step.code != *to))
        .collect();
    if open.is_empty() {
        chains.push(chain.clone());
    }
    for &&(link, to) in &open {
        chain.push(TraceStep {
            code: to,
            by: Some(link),
        });
        walk(next, chain, chains);
        chain.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::sample::by_hand, model::memo::Link};

    #[test]
    fn links_are_followed_and_what_lacks_evidence_is_named() {
        let mut study = by_hand();
        study.code(5, None, "Outcome", "成效");
        let mut link = |id: u128, from: u128, to: u128| {
            let code = |id| Anchor::Code(CodeId::from_u128(id));
            let link = Link {
                id: LinkId::from_u128(id),
                name: "is met by".to_owned(),
                from: code(from),
                to: code(to),
            };
            study.project.links.insert(link.id, link);
        };
        link(1, 4, 1);
        link(2, 1, 5);
        link(3, 5, 1);
        let found = trace(&study.project);
        let chains: Vec<Vec<u128>> = found
            .chains
            .iter()
            .map(|chain| chain.iter().map(|step| step.code.as_u128()).collect())
            .collect();
        assert_eq!(chains, [[4, 1, 5]]);
        assert_eq!(found.evidence[&CodeId::from_u128(1)], 5);
        assert_eq!(found.without_evidence, [CodeId::from_u128(5)]);
        assert!(
            found.without_link.is_empty(),
            "subcodes go with their theme"
        );
    }
}
