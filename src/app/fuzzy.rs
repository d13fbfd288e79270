//! Choosing by typing a few letters: fuzzy over names, translations, pinyin and paths.

use std::{cmp::Reverse, collections::BTreeSet};

use nucleo_matcher::{
    Config, Matcher, Utf32String,
    pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern},
};

use crate::{
    language::{fold::fold, pinyin::readings},
    model::{Project, code::Code, ids::CodeId},
};

/// The codes that a query fits, best first; for a list that is asked at each key press see [`PickList`].
pub fn pick_codes(
    project: &Project,
    query: &str,
    recent: &[CodeId],
    favourites: &BTreeSet<CodeId>,
) -> Vec<CodeId> {
    PickList::new(project).pick(query, recent, favourites)
}

/// The items whose names a query fits; for a list that is asked at each key press see [`NameList`].
pub fn pick_names<'a, T: Clone>(items: impl Iterator<Item = (T, &'a str)>, query: &str) -> Vec<T> {
    NameList::new(items.map(|(item, name)| (item, [name]))).pick(query)
}

/// Named things with all that can be typed to find one.
#[derive(Debug, Clone)]
pub struct NameList<T> {
    items: Vec<(T, Words)>,
}

impl<T: Clone> NameList<T> {
    /// Prepares things by their names: the one that is shown first, those in other languages after it.
    pub fn new<'a>(items: impl Iterator<Item = (T, impl IntoIterator<Item = &'a str>)>) -> Self {
        Self {
            items: items
                .map(|(item, names)| (item, Words::of_names(names)))
                .collect(),
        }
    }

    /// Those whose names a query fits (also by pinyin), best first; all in their order for an empty one.
    pub fn pick(&self, query: &str) -> Vec<T> {
        let mut found: Vec<_> = self.fits(query).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, item)| item.clone()).collect()
    }

    fn fits(&self, query: &str) -> impl Iterator<Item = (Rank, &T)> {
        let mut query = Query::new(query);
        let mut rank = move |words: &Words| {
            query
                .as_mut()
                .map_or(Some((Fit::Exact, Reverse(0))), |query| query.rank(words))
        };
        self.items
            .iter()
            .filter_map(move |(item, words)| Some((rank(words)?, item)))
    }
}

/// The codes of a project with all that can be typed to find one, to be made again when the codebook has changed.
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
            .map(|(_, code)| (code.id, Words::of_code(project, code)));
        Self {
            codes: NameList {
                items: items.collect(),
            },
        }
    }

    /// The codes that a query fits, by name before translation or pinyin, path and indicators.
    ///
    /// An empty query gives all: favourites, those used lately (latest first), the others in the codebook's order.
    pub fn pick(
        &self,
        query: &str,
        recent: &[CodeId],
        favourites: &BTreeSet<CodeId>,
    ) -> Vec<CodeId> {
        let recency = |id: &CodeId| {
            recent
                .iter()
                .position(|other| other == id)
                .unwrap_or(recent.len())
        };
        let mut found: Vec<(Rank, &CodeId)> = self.codes.fits(query).collect();
        found.sort_by_cached_key(|(rank, id)| (*rank, !favourites.contains(id), recency(id)));
        found.into_iter().map(|(_, id)| *id).collect()
    }
}

/// How well something fits, with the score among what fits in the same way; the best is the smallest.
type Rank = (Fit, Reverse<u32>);

/// How a query fits, best first: names before translations and pinyin, but neither by scattered letters before a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    NameStart,
    NamePart,
    TranslationStart,
    NameLetters,
    TranslationLetters,
    Path,
    Indicator,
}

/// What can be typed to find one thing, folded.
#[derive(Debug, Clone, Default)]
struct Words {
    name: Utf32String,
    /// Names in other languages, and the pinyin of all.
    translations: Vec<Utf32String>,
    paths: Vec<Utf32String>,
    indicators: Vec<Utf32String>,
}

impl Words {
    fn of_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<String> = names.into_iter().map(fold).collect();
        let read = names.iter().flat_map(|name| readings(name));
        let translations = names
            .iter()
            .skip(1)
            .cloned()
            .chain(read)
            .map(Utf32String::from)
            .collect();
        Self {
            name: names
                .first()
                .map(|name| Utf32String::from(name.as_str()))
                .unwrap_or_default(),
            translations,
            ..Self::default()
        }
    }

    fn of_code(project: &Project, code: &Code) -> Self {
        let mut translations: Vec<Utf32String> = code
            .name
            .translations
            .values()
            .map(|name| folded(name))
            .collect();
        translations.extend(
            code.name
                .all()
                .flat_map(|name| readings(&fold(name)))
                .map(Utf32String::from),
        );
        let languages = code
            .name
            .translations
            .keys()
            .map(|language| project.codebook.path_in(code.id, language));
        let paths: BTreeSet<String> = languages.chain([project.codebook.path(code.id)]).collect();
        Self {
            name: folded(&code.name.text),
            translations,
            paths: paths.iter().map(|path| folded(path)).collect(),
            indicators: code
                .indicators
                .iter()
                .map(|indicator| folded(&indicator.expression))
                .collect(),
        }
    }
}

fn folded(text: &str) -> Utf32String {
    Utf32String::from(fold(text))
}

/// A query that is not empty.
struct Query {
    matcher: Matcher,
    whole: Utf32String,
    start: Pattern,
    /// The words without gaps; also for indicators, which are long and would fit any few letters.
    parts: Pattern,
    /// The letters of each word in order, with gaps.
    letters: Pattern,
}

impl Query {
    fn new(query: &str) -> Option<Self> {
        let query = fold(query);
        let pattern =
            |kind| Pattern::new(&query, CaseMatching::Respect, Normalization::Smart, kind);
        let mut start = pattern(AtomKind::Prefix);
        start.atoms = vec![Atom::new(
            &query,
            CaseMatching::Respect,
            Normalization::Smart,
            AtomKind::Prefix,
            false,
        )];
        (!query.is_empty()).then(|| Self {
            matcher: Matcher::new(Config::DEFAULT),
            whole: Utf32String::from(query.as_str()),
            start,
            parts: pattern(AtomKind::Substring),
            letters: pattern(AtomKind::Fuzzy),
        })
    }

    /// The best way in which the query fits, with its score.
    fn rank(&mut self, words: &Words) -> Option<Rank> {
        let Self {
            matcher,
            whole,
            start,
            parts,
            letters,
        } = self;
        let Words {
            name,
            translations,
            paths,
            indicators,
        } = words;
        if name == whole {
            return Some((Fit::Exact, Reverse(0)));
        }
        let name = std::slice::from_ref(name);
        let ways: [(Fit, &Pattern, &[Utf32String]); 7] = [
            (Fit::NameStart, start, name),
            (Fit::NamePart, parts, name),
            (Fit::TranslationStart, start, translations),
            (Fit::NameLetters, letters, name),
            (Fit::TranslationLetters, letters, translations),
            (Fit::Path, letters, paths),
            (Fit::Indicator, parts, indicators),
        ];
        ways.into_iter().find_map(|(fit, pattern, among)| {
            let score = among
                .iter()
                .filter_map(|text| pattern.score(text.slice(..), matcher))
                .max()?;
            Some((fit, Reverse(score)))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{
        code::{Code, Hue, Indicator, Place},
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
            let place = Place {
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
        assert_eq!(
            pick_names(names.iter().copied().enumerate(), "chexiao"),
            pick("chexiao")
        );
    }
}
