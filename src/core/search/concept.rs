//! What `concept:` and `query:` stand for in a query: the indicators of a code, or a saved query.
//!
//! Indicators are written in an everyday notation: `自信`, `need* to`, `fit(s) in`, `believe in (him|her)self`.
//! Alternatives are expanded to all spellings, so that each is a phrase that is stemmed and found by the index.
//! An indicator that can't be expanded is a regular expression.

use std::collections::BTreeSet;

use crate::{
    language::fold::fold,
    model::{
        Project,
        code::Code,
        ids::CodeId,
        query::{QueryKind, SavedQuery},
    },
};

use super::{fields::codes_named, query::QueryField};

/// Most spellings of one indicator: alternatives multiply, and each spelling is a phrase of the query.
const MOST_SPELLINGS: usize = 256;
/// How deep the brackets of an indicator may be nested.
const MAX_DEPTH: usize = 8;

/// One of the alternatives that a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expansion {
    /// Any of these phrases.
    Phrases(Vec<String>),
    /// A regular expression.
    Pattern(String),
    /// Another query.
    Query(String),
}

/// What a name stands for in a project; `None` if it names nothing.
pub fn expansions(project: &Project, field: QueryField, name: &str) -> Option<Vec<Expansion>> {
    match field {
        QueryField::Concept => {
            let codes = codes_named(name, project);
            (!codes.is_empty()).then(|| indicators(project, &codes))
        }
        QueryField::Kept => kept(project, name).map(|query| vec![expansion(query)]),
        _ => None,
    }
}

/// The expansions of the indicators of codes and their descendants.
fn indicators(project: &Project, codes: &BTreeSet<CodeId>) -> Vec<Expansion> {
    let all: BTreeSet<CodeId> = codes
        .iter()
        .flat_map(|code| project.codebook.with_descendants(*code))
        .collect();
    let codes = all.iter().filter_map(|id| project.codebook.get(*id));
    codes
        .flat_map(|code: &std::sync::Arc<Code>| &code.indicators)
        .map(|indicator| indicator_expansion(&indicator.expression))
        .collect()
}

/// Expands an indicator.
pub fn indicator_expansion(expression: &str) -> Expansion {
    match spellings(expression) {
        Some(all) => Expansion::Phrases(all),
        None => Expansion::Pattern(expression.to_owned()),
    }
}

/// The saved query with a name; queries over codes aren't searches for words.
fn kept<'a>(project: &'a Project, name: &str) -> Option<&'a SavedQuery> {
    let name = fold(name);
    project
        .queries
        .values()
        .find(|query| query.kind != QueryKind::Codes && fold(&query.name) == name)
}

fn expansion(query: &SavedQuery) -> Expansion {
    match query.kind {
        QueryKind::Words | QueryKind::Codes => Expansion::Query(query.text.clone()),
        QueryKind::Literal => Expansion::Pattern(regex::escape(&query.text)),
        QueryKind::Pattern => Expansion::Pattern(query.text.clone()),
    }
}

/// All spellings of an expression of words, brackets, `|` and `?`; `None` if it has other operators or too many spellings.
fn spellings(expression: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = expression.chars().collect();
    let (found, end) = alternatives(&chars, 0, 0)?;
    (end == chars.len()).then(|| {
        found
            .into_iter()
            .map(|spelling| spelling.trim().to_owned())
            .filter(|spelling| !spelling.is_empty())
            .collect()
    })
}

/// The alternatives from `at` up to the closing bracket or the end, and the index of that.
fn alternatives(chars: &[char], mut at: usize, depth: usize) -> Option<(Vec<String>, usize)> {
    let mut all: Vec<String> = Vec::new();
    let mut present = vec![String::new()];
    loop {
        match chars.get(at) {
            None | Some(')' | '）') => {
                all.append(&mut present);
                return Some((all, at));
            }
            Some('|' | '｜') => {
                all.append(&mut present);
                present = vec![String::new()];
                at += 1;
            }
            Some('(' | '（') if depth < MAX_DEPTH => {
                let (inner, close) = alternatives(chars, at + 1, depth + 1)?;
                chars.get(close)?;
                at = close + 1;
                // A single alternative in brackets is optional, as in `fit(s)`.
                let optional = chars.get(at) == Some(&'?') || inner.len() == 1;
                at += usize::from(chars.get(at) == Some(&'?'));
                present = joined(&present, &inner, optional)?;
            }
            Some('[' | ']' | '{' | '}' | '\\' | '^' | '$' | '.' | '+' | '?') => return None,
            Some(c) => {
                at += 1;
                let optional = chars.get(at) == Some(&'?');
                at += usize::from(optional);
                present = joined(&present, &[c.to_string()], optional)?;
            }
        }
        if all.len() + present.len() > MOST_SPELLINGS {
            return None;
        }
    }
}

/// All combinations of starts and ends, and with `optional` also the starts alone; `None` if there are too many.
fn joined(starts: &[String], ends: &[String], optional: bool) -> Option<Vec<String>> {
    if starts.len() * (ends.len() + 1) > MOST_SPELLINGS {
        return None;
    }
    let with = starts
        .iter()
        .flat_map(|start| ends.iter().map(move |end| format!("{start}{end}")));
    let without = starts.iter().filter(|_| optional).cloned();
    Some(with.chain(without).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_are_spelled_out() {
        for (expression, expected) in [
            ("自信", &["自信"][..]),
            ("need* to", &["need* to"]),
            ("fit(s) in", &["fits in", "fit in"]),
            (
                "believe in (him|her)self",
                &["believe in himself", "believe in herself"],
            ),
            ("自信|有信心", &["自信", "有信心"]),
            ("一个人(坐|站)", &["一个人坐", "一个人站"]),
            (
                "(没人|没有人)(叫|等)",
                &["没人叫", "没人等", "没有人叫", "没有人等"],
            ),
            ("colou?r", &["colour", "color"]),
        ] {
            assert_eq!(
                indicator_expansion(expression),
                Expansion::Phrases(expected.iter().map(|&one| one.to_owned()).collect()),
                "{expression}"
            );
        }
        for expression in [
            r"\bproud\b",
            "[他她]说",
            "a.b",
            "(a",
            "a)",
            &"(a|b|c|d|e)".repeat(6),
        ] {
            assert_eq!(
                indicator_expansion(expression),
                Expansion::Pattern(expression.to_owned()),
                "{expression}"
            );
        }
    }
}
