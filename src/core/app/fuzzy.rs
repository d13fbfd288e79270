//! Choosing by a few typed letters: fuzzy matching of names, translations, pinyin and paths.

use std::{cmp::Reverse, collections::BTreeSet};

use nucleo_matcher::{
    Config, Matcher, Utf32String,
    pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern},
};

use crate::{
    language::{fold::fold, pinyin::readings},
    model::{Project, code::Code, ids::CodeId},
};

/// The codes that match a query, best first; for a list that is filtered at each key press see [`PickList`].
pub fn pick_codes(
    project: &Project,
    query: &str,
    recent: &[CodeId],
    favourites: &BTreeSet<CodeId>,
) -> Vec<CodeId> {
    PickList::new(project).pick(query, recent, favourites)
}

/// Things with all that can be typed to find them.
#[derive(Debug, Clone)]
pub struct NameList<T> {
    items: Vec<(T, SearchKeys)>,
}

impl<T: Clone> NameList<T> {
    /// Prepares things by their names; the first name is the one that is shown, the others are in other languages.
    pub fn new<'a>(items: impl Iterator<Item = (T, impl IntoIterator<Item = &'a str>)>) -> Self {
        Self {
            items: items
                .map(|(item, names)| (item, SearchKeys::of_names(names)))
                .collect(),
        }
    }

    /// The things whose names or pinyin match a query, best first; all in their order for an empty query.
    pub fn pick(&self, query: &str) -> Vec<T> {
        let mut matches = self.matches(query);
        matches.sort_by_key(|(rank, _)| *rank);
        matches.into_iter().map(|(_, item)| item.clone()).collect()
    }

    fn matches(&self, query: &str) -> Vec<(MatchRank, &T)> {
        let Some(mut query) = FuzzyQuery::new(query) else {
            let all = self.items.iter();
            return all.map(|(item, _)| (MatchRank::BEST, item)).collect();
        };
        self.items
            .iter()
            .filter_map(|(item, keys)| Some((query.rank(keys)?, item)))
            .collect()
    }
}

/// The codes of a project with all that can be typed to find them; a changed codebook needs a new list.
#[derive(Debug, Clone)]
pub struct PickList {
    codes: NameList<CodeId>,
}

impl PickList {
    /// Prepares the codes of a project.
    pub fn new(project: &Project) -> Self {
        let items = project
            .codebook
            .in_order()
            .into_iter()
            .map(|(_, code)| (code.id, SearchKeys::of_code(project, code)));
        Self {
            codes: NameList {
                items: items.collect(),
            },
        }
    }

    /// The codes that match a query: names before translations and pinyin, then paths and indicators.
    ///
    /// An empty query gives all: favourites, recently used ones (latest first), and the others in the codebook's order.
    pub fn pick(
        &self,
        query: &str,
        recent: &[CodeId],
        favourites: &BTreeSet<CodeId>,
    ) -> Vec<CodeId> {
        let mut matches = self.codes.matches(query);
        matches.sort_by_cached_key(|(rank, id)| {
            let recency = recent.iter().position(|other| other == *id);
            let recency = recency.unwrap_or(recent.len());
            (*rank, !favourites.contains(id), recency)
        });
        matches.into_iter().map(|(_, id)| *id).collect()
    }
}

/// How well something matches; the smallest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct MatchRank {
    kind: MatchKind,
    /// The matcher's score, by which matches of the same kind are ordered.
    score: Reverse<u32>,
}

impl MatchRank {
    const BEST: Self = Self {
        kind: MatchKind::Exact,
        score: Reverse(0),
    };
}

/// The ways in which a query can match, best first.
///
/// Names go before translations and pinyin, but the start of a translation before scattered letters of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MatchKind {
    Exact,
    NameStart,
    NamePart,
    TranslationStart,
    NameLetters,
    TranslationLetters,
    Path,
    Indicator,
}

/// What can be typed to find a thing, folded.
#[derive(Debug, Clone, Default)]
struct SearchKeys {
    name: Utf32String,
    /// The names in other languages, and the pinyin of all names.
    translations: Vec<Utf32String>,
    paths: Vec<Utf32String>,
    indicators: Vec<Utf32String>,
}

impl SearchKeys {
    fn of_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = names.into_iter().map(fold);
        let name = names.next().unwrap_or_default();
        let others: Vec<String> = names.collect();
        let all = std::iter::once(&name).chain(&others);
        let pinyin: Vec<String> = all.flat_map(|name| readings(name)).collect();
        Self {
            name: name.into(),
            translations: others
                .into_iter()
                .chain(pinyin)
                .map(Utf32String::from)
                .collect(),
            ..Self::default()
        }
    }

    fn of_code(project: &Project, code: &Code) -> Self {
        let names = std::iter::once(&code.name.text).chain(code.name.translations.values());
        let languages = code.name.translations.keys();
        let paths: BTreeSet<String> = languages
            .map(|language| project.codebook.path_in(code.id, language))
            .chain([project.codebook.path(code.id)])
            .collect();
        Self {
            paths: paths.iter().map(|path| folded(path)).collect(),
            indicators: code
                .indicators
                .iter()
                .map(|indicator| folded(&indicator.expression))
                .collect(),
            ..Self::of_names(names.map(String::as_str))
        }
    }
}

fn folded(text: &str) -> Utf32String {
    Utf32String::from(fold(text))
}

/// A query that isn't empty.
struct FuzzyQuery {
    matcher: Matcher,
    whole: Utf32String,
    start: Pattern,
    /// The words without gaps; indicators are matched only so, because they are long and contain any few letters.
    parts: Pattern,
    /// The letters of each word in order, with gaps.
    letters: Pattern,
}

impl FuzzyQuery {
    fn new(query: &str) -> Option<Self> {
        let query = fold(query);
        if query.is_empty() {
            return None;
        }
        // Pattern::new cuts the query into words, whose order doesn't matter; a start is the whole query.
        let mut start = pattern(&query, AtomKind::Prefix);
        start.atoms = vec![Atom::new(
            &query,
            CaseMatching::Respect,
            Normalization::Smart,
            AtomKind::Prefix,
            false,
        )];
        Some(Self {
            matcher: Matcher::new(Config::DEFAULT),
            whole: Utf32String::from(query.as_str()),
            start,
            parts: pattern(&query, AtomKind::Substring),
            letters: pattern(&query, AtomKind::Fuzzy),
        })
    }

    /// The best way in which the query matches; `None` if it doesn't.
    fn rank(&mut self, keys: &SearchKeys) -> Option<MatchRank> {
        let Self {
            matcher,
            whole,
            start,
            parts,
            letters,
        } = self;
        let SearchKeys {
            name,
            translations,
            paths,
            indicators,
        } = keys;
        if name == whole {
            return Some(MatchRank::BEST);
        }
        let name = std::slice::from_ref(name);
        let ways: [(MatchKind, &Pattern, &[Utf32String]); 7] = [
            (MatchKind::NameStart, start, name),
            (MatchKind::NamePart, parts, name),
            (MatchKind::TranslationStart, start, translations),
            (MatchKind::NameLetters, letters, name),
            (MatchKind::TranslationLetters, letters, translations),
            (MatchKind::Path, letters, paths),
            (MatchKind::Indicator, parts, indicators),
        ];
        ways.into_iter().find_map(|(kind, pattern, texts)| {
            let scores = texts
                .iter()
                .filter_map(|text| pattern.score(text.slice(..), matcher));
            let score = Reverse(scores.max()?);
            Some(MatchRank { kind, score })
        })
    }
}

fn pattern(query: &str, kind: AtomKind) -> Pattern {
    // The texts are folded already.
    Pattern::new(query, CaseMatching::Respect, Normalization::Smart, kind)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{
        code::{Code, CodePlace, Hue, Indicator},
        localized::{Language, Localized},
        rank,
    };

    fn project() -> Project {
        let mut project = Project::default();
        let mut add = |id: u128, parent: Option<u128>, name: &str, zh: &str, indicator: &str| {
            let name = Localized {
                text: name.to_owned(),
                translations: [(Language::ZH, zh.to_owned())].into(),
            };
            let rank =
                rank::Rank::after(project.codebook.codes.values().map(|code| &code.place.rank));
            let place = CodePlace {
                parent: parent.map(CodeId::from_u128),
                rank,
            };
            let mut code = Code::new(CodeId::from_u128(id), place, name, Hue::default());
            code.indicators.push(Indicator {
                language: Language::EN,
                expression: indicator.to_owned(),
            });
            project.codebook.codes.insert(code.id, Arc::new(code));
        };
        add(1, None, "Needs", "需要", "need* to");
        add(2, Some(1), "Belonging", "归属感", "fit(s) in|one of us");
        add(3, Some(1), "Being heard", "被倾听", "listened to");
        add(4, None, "Growth", "成长", "举手");
        add(5, Some(4), "自信", "", "");
        project
    }

    fn picked(query: &str, recent: &[u128], favourites: &[u128]) -> Vec<u128> {
        let ids = |ids: &[u128]| {
            ids.iter()
                .map(|id| CodeId::from_u128(*id))
                .collect::<Vec<_>>()
        };
        let found = pick_codes(
            &project(),
            query,
            &ids(recent),
            &ids(favourites).into_iter().collect(),
        );
        found.iter().map(CodeId::as_u128).collect()
    }

    #[test]
    fn a_few_letters_in_either_language_are_enough() {
        for (query, expected) in [
            ("blg", &[2][..]),
            ("be", &[2, 3]),
            ("倾听", &[3]),
            ("Ｂｅｉｎｇ HEARD", &[3]),
            ("gsg", &[2]),
            ("guishu", &[2]),
            ("zixin", &[5]),
            ("chengzhang", &[4]),
            ("cc", &[4]),
            ("needs/be", &[2, 3]),
            ("growth/自", &[5]),
            ("one of", &[2]),
            ("举手", &[4]),
            ("xyz", &[]),
            ("!", &[]),
        ] {
            let found = picked(query, &[], &[]);
            assert!(
                found.starts_with(expected) && found.is_empty() == expected.is_empty(),
                "{query}: {found:?}"
            );
        }
    }

    #[test]
    fn better_fits_go_before_what_is_used_more() {
        assert_eq!(picked("", &[5, 2], &[4]), [4, 5, 2, 1, 3]);
        assert_eq!(picked("be", &[3], &[])[..2], [3, 2]);
        assert_eq!(picked("be", &[3], &[2])[..2], [2, 3]);
        assert_eq!(picked("being heard", &[2], &[2])[0], 3);
        assert_eq!(picked("gr", &[5], &[5])[0], 4);
    }

    #[test]
    fn names_of_any_things_are_picked_with_their_pinyin() {
        let names = ["Open project", "撤销", "导出词频", "Undo"];
        let list = NameList::new(
            names
                .iter()
                .copied()
                .enumerate()
                .map(|(index, name)| (index, [name])),
        );
        let pick = |query: &str| list.pick(query);
        assert_eq!(pick(" "), [0, 1, 2, 3]);
        assert_eq!(pick("chexiao"), [1]);
        assert_eq!(pick("dccp"), [2]);
        assert_eq!(pick("undo"), [3]);
        assert_eq!(pick("op")[0], 0);
        assert_eq!(pick("zzz"), Vec::<usize>::new());
        let both = NameList::new([(1, ["Undo", "撤销"]), (2, ["重做", "Redo"])].into_iter());
        assert_eq!(
            [both.pick("撤"), both.pick("chexiao"), both.pick("redo")],
            [[1], [1], [2]]
        );
    }
}
