//! Searching what isn't text of a document: memos, codes with their rules, cases with their values.

use crate::model::{Project, memo::Anchor, text::TextRange};

use super::{Mode, QueryError, Request, matcher::Matcher, parse, query::QueryNode, understand};

/// Which part of a thing was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Name or title.
    Name,
    /// A memo's text.
    Body,
    /// A code's definition.
    Definition,
    /// When to apply a code.
    ApplyWhen,
    /// When not to apply it.
    NotWhen,
    /// An example of a code.
    Example,
    /// An indicator of a code.
    Indicator,
    /// A value of the attribute with this name.
    Value(String),
}

/// A part of a memo, code or case in which something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The memo, code or case.
    pub of: Anchor,
    /// What it is called.
    pub name: String,
    /// Which part.
    pub part: Part,
    /// The part's words.
    pub text: String,
    /// The words found in it.
    pub hits: Vec<TextRange>,
}

/// A memo, code or case with its name and the words of each of its parts.
type SearchedItem = (Anchor, String, Vec<(Part, String)>);

/// Finds what a request asks for in memos, codes and cases; conditions on speakers, cases and the like hold nowhere there.
///
/// # Errors
/// When the query can't be understood.
pub fn search_elsewhere(
    project: &Project,
    request: &Request,
) -> Result<Vec<Elsewhere>, QueryError> {
    let whole = TextRange::between(
        0,
        u32::try_from(request.text.chars().count()).unwrap_or(u32::MAX),
    );
    let mut found = Vec::new();
    let mut collect = |hits: &mut dyn FnMut(&str) -> Vec<TextRange>| {
        for (of, name, parts) in things(project) {
            for (part, text) in parts {
                let hits = hits(&text);
                if !hits.is_empty() {
                    found.push(Elsewhere {
                        of,
                        name: name.clone(),
                        part,
                        text,
                        hits,
                    });
                }
            }
        }
    };
    match request.mode {
        Mode::Words => {
            let query = understand(project, request, false)?;
            let mut matcher = Matcher::new(&query);
            collect(&mut |text| matcher.hits(text, 0, &|_: &QueryNode| false));
        }
        Mode::Literal | Mode::Regex => {
            let source = if request.mode == Mode::Literal {
                regex::escape(&request.text)
            } else {
                request.text.clone()
            };
            let pattern = parse::pattern(&source, whole)?;
            collect(&mut |text| ranges(&pattern, text));
        }
    }
    Ok(found)
}

fn ranges(pattern: &regex::Regex, text: &str) -> Vec<TextRange> {
    let chars = |bytes: usize| {
        u32::try_from(text.get(..bytes).unwrap_or_default().chars().count()).unwrap_or(u32::MAX)
    };
    let found = pattern.find_iter(text).filter(|found| !found.is_empty());
    found
        .map(|found| TextRange::between(chars(found.start()), chars(found.end())))
        .collect()
}

fn things(project: &Project) -> Vec<SearchedItem> {
    let mut things: Vec<SearchedItem> = Vec::new();
    for memo in project.memos.values() {
        let parts = vec![
            (Part::Name, memo.title.clone()),
            (Part::Body, memo.body.clone()),
        ];
        things.push((Anchor::Memo(memo.id), memo.title.clone(), parts));
    }
    for (_, code) in project.codebook.in_order() {
        let mut parts: Vec<(Part, String)> = code
            .name
            .all()
            .map(|name| (Part::Name, name.to_owned()))
            .collect();
        let rules = [
            (Part::Definition, &code.definition),
            (Part::ApplyWhen, &code.apply_when),
            (Part::NotWhen, &code.not_when),
        ];
        parts.extend(rules.iter().flat_map(|(part, text)| {
            text.all()
                .map(|text| (part.clone(), text.to_owned()))
                .collect::<Vec<_>>()
        }));
        parts.extend(code.examples.iter().flat_map(|example| {
            example
                .all()
                .map(|text| (Part::Example, text.to_owned()))
                .collect::<Vec<_>>()
        }));
        parts.extend(
            code.indicators
                .iter()
                .map(|indicator| (Part::Indicator, indicator.expression.clone())),
        );
        things.push((Anchor::Code(code.id), project.codebook.path(code.id), parts));
    }
    for (_, case) in project.cases_in_order() {
        let named = |attribute| {
            project
                .attributes
                .get(&attribute)
                .map_or_else(String::new, |attribute| attribute.name.clone())
        };
        let values = case
            .values
            .iter()
            .map(|((attribute, _), value)| (Part::Value(named(*attribute)), value.to_text()));
        let parts = std::iter::once((Part::Name, case.name.clone()))
            .chain(values)
            .collect();
        things.push((Anchor::Case(case.id), case.name.clone(), parts));
    }
    things
}
