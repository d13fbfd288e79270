//! Choosing a code by typing a few letters: fuzzy over names, translations and paths.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use crate::model::{Project, ids::CodeId};

/// The codes that a query fits, best first; those used lately go before others of the same fit.
pub fn pick_codes(project: &Project, query: &str, recent: &[CodeId]) -> Vec<CodeId> {
    let in_order = project.codebook.in_order();
    let recency = |id: CodeId| recent.iter().position(|other| *other == id).unwrap_or(recent.len());
    if query.trim().is_empty() {
        let mut codes: Vec<CodeId> = in_order.iter().map(|(_, code)| code.id).collect();
        codes.sort_by_key(|id| recency(*id));
        return codes;
    }
    let pattern = Pattern::parse(query.trim(), CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut score = |text: &str, buffer: &mut Vec<char>| pattern.score(Utf32Str::new(text, buffer), &mut matcher);
    let mut found: Vec<(u32, usize, usize, CodeId)> = Vec::new();
    for (place, (_, code)) in in_order.iter().enumerate() {
        let names = code.name.all().filter_map(|name| score(name, &mut buffer)).max().map(|points| points * 2);
        let path = project.codebook.path(code.id);
        let points = names.into_iter().chain(score(&path, &mut buffer)).max();
        found.extend(points.map(|points| (points, recency(code.id), place, code.id)));
    }
    found.sort_by_key(|(points, recency, place, _)| (std::cmp::Reverse(*points), *recency, *place));
    found.into_iter().map(|(.., id)| id).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{
        code::{Code, Hue, Place},
        localized::{Language, Localized},
        rank::Rank,
    };

    fn project() -> Project {
        let mut project = Project::default();
        let mut add = |id: u128, parent: Option<u128>, name: &str, zh: &str| {
            let name = Localized { text: name.to_owned(), translations: [(Language::ZH, zh.to_owned())].into() };
            let rank = Rank::after(project.codebook.codes.values().map(|code| &code.place.rank));
            let place = Place { parent: parent.map(CodeId::from_u128), rank };
            project.codebook.codes.insert(CodeId::from_u128(id), Arc::new(Code::new(CodeId::from_u128(id), place, name, Hue::default())));
        };
        add(1, None, "Needs", "需要");
        add(2, Some(1), "Belonging", "归属");
        add(3, Some(1), "Being heard", "被倾听");
        project
    }

    #[test]
    fn a_few_letters_in_either_language_are_enough() {
        let project = project();
        let ids = |query: &str, recent: &[u128]| {
            let recent: Vec<CodeId> = recent.iter().map(|id| CodeId::from_u128(*id)).collect();
            pick_codes(&project, query, &recent).iter().map(CodeId::as_u128).collect::<Vec<_>>()
        };
        assert_eq!(ids("blg", &[])[0], 2);
        assert_eq!(ids("倾听", &[]), [3]);
        assert_eq!(ids("be", &[3])[0], 3);
        assert_eq!(ids("", &[2]), [2, 1, 3]);
        assert_eq!(ids("xyz", &[]), Vec::<u128>::new());
    }
}
#[derive(Debug, Default)]
pub struct PickList(Option<std::sync::Arc<Project>>);
impl PickList {
    pub fn new(project: &Project) -> Self {
        Self(Some(std::sync::Arc::new(project.clone())))
    }
    pub fn pick(&self, query: &str, recent: &[CodeId], _f: &std::collections::BTreeSet<CodeId>) -> Vec<CodeId> {
        self.0.as_ref().map(|p| pick_codes(p, query, recent)).unwrap_or_default()
    }
}
