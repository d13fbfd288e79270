//! Chains of links between codes, as from need to outcome, with the evidence of each code and what lacks a link or evidence.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Project,
    ids::{CodeId, LinkId},
    memo::Anchor,
};

/// The largest number of chains.
///
/// Only a net in which everything is linked with everything has more, and following it would take forever.
const MOST_CHAINS: usize = 500;

/// A step of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceStep {
    /// The code.
    pub code: CodeId,
    /// The link that leads to the code; `None` at the beginning.
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
    let links = CodeLinks::of(project);
    let order: Vec<CodeId> = project
        .codebook
        .in_order()
        .into_iter()
        .map(|(_, code)| code.id)
        .collect();
    let used = codings_by_code(project);
    let evidence: BTreeMap<CodeId, usize> = links
        .linked
        .iter()
        .map(|&code| (code, codings_with_subcodes(project, &used, code)))
        .collect();
    Trace {
        chains: links.chains(&order),
        without_evidence: order
            .iter()
            .copied()
            .filter(|code| evidence.get(code) == Some(&0))
            .collect(),
        without_link: order
            .iter()
            .copied()
            .filter(|code| used.contains_key(code) && !links.touch(project, *code))
            .collect(),
        evidence,
    }
}

fn codings_by_code(project: &Project) -> BTreeMap<CodeId, usize> {
    let mut used = BTreeMap::new();
    let documents = project.documents.values();
    for coding in documents.flat_map(|document| &document.codings) {
        *used.entry(coding.code).or_default() += 1;
    }
    used
}

fn codings_with_subcodes(project: &Project, used: &BTreeMap<CodeId, usize>, code: CodeId) -> usize {
    let codes = project.codebook.with_descendants(code);
    codes.iter().filter_map(|code| used.get(code)).sum()
}

/// The links between codes.
#[derive(Default)]
struct CodeLinks {
    /// The links that begin at each code, by name.
    next: BTreeMap<CodeId, Vec<(LinkId, CodeId)>>,
    /// The codes that a link leads to.
    reached: BTreeSet<CodeId>,
    /// The codes at either end of a link.
    linked: BTreeSet<CodeId>,
}

impl CodeLinks {
    fn of(project: &Project) -> Self {
        let mut found = Self::default();
        let mut links: Vec<_> = project.links.values().collect();
        links.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        for link in links {
            if let (Anchor::Code(from), Anchor::Code(to)) = (link.from, link.to) {
                found.next.entry(from).or_default().push((link.id, to));
                found.reached.insert(to);
                found.linked.extend([from, to]);
            }
        }
        found
    }

    /// All chains, in the order of the codes they begin with.
    fn chains(&self, order: &[CodeId]) -> Vec<Vec<TraceStep>> {
        let linked = order.iter().filter(|code| self.linked.contains(code));
        let mut chains = Vec::new();
        for &code in linked.clone().filter(|code| !self.reached.contains(code)) {
            self.walk(&mut vec![TraceStep { code, by: None }], &mut chains);
        }
        // A ring has no beginning, so no chain from a beginning is in it: it is entered where the tree names it first.
        let mut seen = codes_of(&chains);
        let mut rings = Vec::new();
        for &code in linked {
            if !seen.contains(&code) {
                self.walk(&mut vec![TraceStep { code, by: None }], &mut rings);
                seen.extend(codes_of(&rings));
            }
        }
        chains.extend(rings);
        chains
    }

    /// Follows a chain to all its ends, and never to a code that is in it already.
    fn walk(&self, chain: &mut Vec<TraceStep>, chains: &mut Vec<Vec<TraceStep>>) {
        if chains.len() >= MOST_CHAINS {
            return;
        }
        let last = chain.last().and_then(|step| self.next.get(&step.code));
        let mut is_end = true;
        for &(link, to) in last.into_iter().flatten() {
            if chain.iter().all(|step| step.code != to) {
                is_end = false;
                chain.push(TraceStep {
                    code: to,
                    by: Some(link),
                });
                self.walk(chain, chains);
                chain.pop();
            }
        }
        if is_end {
            chains.push(chain.clone());
        }
    }

    /// Returns true if a link touches a code, or a theme that it belongs to.
    fn touch(&self, project: &Project, code: CodeId) -> bool {
        let mut above = project.codebook.ancestors(code);
        self.linked.contains(&code) || above.any(|above| self.linked.contains(&above.id))
    }
}

fn codes_of(chains: &[Vec<TraceStep>]) -> BTreeSet<CodeId> {
    chains.iter().flatten().map(|step| step.code).collect()
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
