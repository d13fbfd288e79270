//! The memos as rows: filtered, searched, newest first.

use crate::gui::strings;
use crate::{
    app::export::memos::{anchor_in_words, day_of},
    gui::strings::{Text, UiLanguage},
    language::fold::fold,
    model::{
        Project,
        ids::{CoderId, MemoId},
        memo::{Anchor, Memo, MemoKind},
    },
};

/// Characters of a snippet around what was found.
const BEFORE: usize = 24;
const AFTER: usize = 90;

/// The kinds of things that memos are about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum On {
    #[default]
    Anything,
    Project,
    Documents,
    Passages,
    Codes,
    Cases,
    Memos,
}

/// Which memos are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) words: String,
    pub(super) kind: Option<MemoKind>,
    pub(super) coder: Option<CoderId>,
    pub(super) on: On,
}

/// A memo in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MemoRow {
    pub(super) id: MemoId,
    pub(super) title: String,
    /// Its kind and day, and its subject where its title is another.
    pub(super) about: String,
    /// Its first words, or those around what was found.
    pub(super) snippet: String,
}

impl On {
    fn fits(self, anchor: Anchor) -> bool {
        match self {
            Self::Anything => true,
            Self::Project => anchor == Anchor::Project,
            Self::Documents => matches!(anchor, Anchor::Document(_)),
            Self::Passages => matches!(anchor, Anchor::Segment(..) | Anchor::Coding(..)),
            Self::Codes => matches!(anchor, Anchor::Code(_)),
            Self::Cases => matches!(anchor, Anchor::Case(_)),
            Self::Memos => matches!(anchor, Anchor::Memo(_)),
        }
    }
}

/// The name of a kind.
pub(super) const fn kind_name(kind: MemoKind) -> Text {
    match kind {
        MemoKind::Analytic => strings::ANALYTIC,
        MemoKind::Method => strings::METHOD,
        MemoKind::Reflexive => strings::REFLEXIVE,
    }
}

/// The name of a memo's subject.
pub(super) fn place(project: &Project, anchor: Anchor, language: UiLanguage) -> String {
    let title = |id| {
        project.documents.get(&id).map_or(
            "",
            |document: &std::sync::Arc<crate::model::document::Document>| document.title.as_str(),
        )
    };
    let tag = language.tag();
    match anchor {
        Anchor::Project => language.say(strings::THE_PROJECT).to_owned(),
        Anchor::Document(id) | Anchor::Segment(id, _) => title(id).to_owned(),
        Anchor::Case(id) => project
            .cases
            .get(&id)
            .map_or(String::new(), |case| case.name.clone()),
        Anchor::Code(id) => project.codebook.path_in(id, &tag),
        Anchor::Coding(id, coding) => {
            let code = project
                .documents
                .get(&id)
                .and_then(|document| document.coding(coding))
                .map(|coding| coding.code);
            let code = code
                .and_then(|code| project.codebook.get(code))
                .map_or("", |code| code.name.get(&tag));
            format!("{code} · {}", title(id))
        }
        Anchor::Cell(case, code) => {
            format!(
                "{} · {}",
                project
                    .cases
                    .get(&case)
                    .map_or("", |case| case.name.as_str()),
                project.codebook.path_in(code, &tag)
            )
        }
        Anchor::Memo(id) => project
            .memos
            .get(&id)
            .map_or(String::new(), |memo| title_of(project, memo, language)),
    }
}

/// A memo's title, or the name of its subject if it has none.
pub(in crate::gui::panels) fn title_of(
    project: &Project,
    memo: &Memo,
    language: UiLanguage,
) -> String {
    if !memo.title.is_empty() {
        return memo.title.clone();
    }
    // A memo on itself can't be, but a chain of memos without titles is named by its words.
    if matches!(memo.anchor, Anchor::Memo(_)) {
        anchor_in_words(project, memo.anchor, language)
    } else {
        place(project, memo.anchor, language)
    }
}

/// The rows that a filter leaves, newest first.
pub(super) fn rows(project: &Project, filter: &Filter, language: UiLanguage) -> Vec<MemoRow> {
    let wanted = fold(&filter.words);
    let fits = |memo: &&Memo| {
        filter.kind.is_none_or(|kind| memo.kind == kind)
            && filter.coder.is_none_or(|coder| memo.coder == coder)
            && filter.on.fits(memo.anchor)
    };
    let row = |memo: &Memo| {
        let title = title_of(project, memo, language);
        let snippet = snippet(&memo.body, &wanted);
        if !wanted.is_empty() && snippet.is_none() && !fold(&title).contains(&wanted) {
            return None;
        }
        let day = memo.id.made_millis().map(day_of);
        let about: Vec<String> = [
            Some(language.say(kind_name(memo.kind)).to_owned()),
            day,
            // A memo without a title is called by its place.
            (!memo.title.is_empty()).then(|| place(project, memo.anchor, language)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let first = || memo.body.chars().take(BEFORE + AFTER).collect();
        Some(MemoRow {
            id: memo.id,
            title,
            about: about.join(" · "),
            snippet: snippet.unwrap_or_else(first).replace('\n', " "),
        })
    };
    project
        .memos
        .values()
        .rev()
        .map(AsRef::as_ref)
        .filter(fits)
        .filter_map(row)
        .collect()
}

/// The words around what was found; `None` if it wasn't found there.
fn snippet(body: &str, wanted: &str) -> Option<String> {
    if wanted.is_empty() {
        return None;
    }
    let folded = fold(body);
    let at = folded.find(wanted)?;
    // Folding keeps characters one by one but for marks that compose: near enough for a snippet.
    let at = folded.get(..at).map_or(0, |before| before.chars().count());
    let from = at.saturating_sub(BEFORE);
    let words: String = body
        .trim()
        .chars()
        .skip(from)
        .take(BEFORE + AFTER)
        .collect();
    Some(if from > 0 {
        format!("…{words}")
    } else {
        words
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn project() -> Project {
        let mut project = Project::default();
        let memos = [
            (
                1,
                "First look",
                "孩子们都说到了自信。",
                MemoKind::Analytic,
                Anchor::Project,
            ),
            (
                2,
                "How we asked",
                "Ｔｗｏ interviewers, one room.",
                MemoKind::Method,
                Anchor::Project,
            ),
            (
                3,
                "",
                "Why did I feel sorry?",
                MemoKind::Reflexive,
                Anchor::Memo(MemoId::from_u128(1)),
            ),
        ];
        for (id, title, body, kind, anchor) in memos {
            let id = MemoId::from_u128(id);
            let memo = Memo {
                id,
                title: title.to_owned(),
                body: body.to_owned(),
                kind,
                anchor,
                coder: CoderId::from_u128(1),
            };
            project.memos.insert(id, Arc::new(memo));
        }
        project
    }

    fn titles(filter: &Filter) -> Vec<String> {
        rows(&project(), filter, UiLanguage::English)
            .into_iter()
            .map(|row| row.title)
            .collect()
    }

    #[test]
    fn memos_are_found_by_words_kind_and_place_whatever_their_width_and_case() {
        assert_eq!(
            titles(&Filter::default()),
            ["memo First look", "How we asked", "First look"]
        );
        let words = |words: &str| Filter {
            words: words.to_owned(),
            ..Filter::default()
        };
        assert_eq!(titles(&words("自信")), ["First look"]);
        assert_eq!(titles(&words("two INTER")), ["How we asked"]);
        assert_eq!(titles(&words("how we")), ["How we asked"]);
        assert_eq!(titles(&words("nothing of it")), Vec::<String>::new());
        assert_eq!(
            titles(&Filter {
                kind: Some(MemoKind::Reflexive),
                ..Filter::default()
            }),
            ["memo First look"]
        );
        assert_eq!(
            titles(&Filter {
                on: On::Project,
                ..Filter::default()
            }),
            ["How we asked", "First look"]
        );
    }

    #[test]
    fn a_snippet_shows_what_was_found() {
        let body = format!("{} needle {}", "before ".repeat(30), "after ".repeat(60));
        let words = snippet(&body, "needle").unwrap();
        assert!(
            words.contains("needle") && words.chars().count() < 130,
            "{words}"
        );
        assert_eq!(snippet("abc", "x"), None);
    }
}
