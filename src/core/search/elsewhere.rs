//! Searching outside the documents: memos, codes with their rules, and cases with their values.

use crate::model::{Project, code::Code, localized::Localized, memo::Anchor, text::TextRange};

use super::{QueryError, Request, matcher::Matcher, parse_request, query::Query};

/// The part of a memo, code or case that has hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The name or title.
    Name,
    /// The text of a memo.
    Body,
    /// The definition of a code.
    Definition,
    /// The rule when to apply a code.
    ApplyWhen,
    /// The rule when not to apply a code.
    NotWhen,
    /// An example of a code.
    Example,
    /// An indicator of a code.
    Indicator,
    /// A value of the attribute with this name.
    Value(Localized),
}

/// A part of a memo, code or case with hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The memo, code or case.
    pub of: Anchor,
    /// Its name.
    pub name: String,
    /// The part that has hits.
    pub part: Part,
    /// The text of the part.
    pub text: String,
    /// The hits in that text.
    pub hits: Vec<TextRange>,
}

/// Finds the hits of a request in memos, codes and cases.
///
/// Fields such as `speaker:` never hold there, because these texts have no context in a document.
///
/// # Errors
/// The query is invalid.
pub fn search_elsewhere(
    project: &Project,
    request: &Request,
) -> Result<Vec<Elsewhere>, QueryError> {
    // A pattern is a query of a single leaf, so that one matcher serves for all modes.
    let query = match request.pattern()? {
        Some(pattern) => Query::of_pattern(pattern),
        None => parse_request(project, request, false)?,
    };
    let mut matcher = Matcher::new(&query);
    let mut found = searched_parts(project);
    for part in &mut found {
        part.hits = matcher.hits(&part.text, 0, &|_| false);
    }
    found.retain(|part| !part.hits.is_empty());
    Ok(found)
}

/// All texts that are searched, without hits yet.
fn searched_parts(project: &Project) -> Vec<Elsewhere> {
    let mut parts = Vec::new();
    for memo in project.memos.values() {
        let texts = [
            (Part::Name, memo.title.clone()),
            (Part::Body, memo.body.clone()),
        ];
        add_parts(&mut parts, Anchor::Memo(memo.id), &memo.title, texts);
    }
    for (_, code) in project.codebook.in_order() {
        let path = project.codebook.path(code.id);
        add_parts(
            &mut parts,
            Anchor::Code(code.id),
            &path,
            texts_of_code(code),
        );
    }
    for (_, case) in project.cases_in_order() {
        let mut texts = vec![(Part::Name, case.name.clone())];
        for ((attribute, _), value) in &case.values {
            let Some(attribute) = project.attributes.get(attribute) else {
                continue;
            };
            for text in attribute.localized_value(value).all() {
                texts.push((Part::Value(attribute.localized()), text.to_owned()));
            }
        }
        add_parts(&mut parts, Anchor::Case(case.id), &case.name, texts);
    }
    parts
}

fn add_parts(
    parts: &mut Vec<Elsewhere>,
    of: Anchor,
    name: &str,
    texts: impl IntoIterator<Item = (Part, String)>,
) {
    parts.extend(texts.into_iter().map(|(part, text)| Elsewhere {
        of,
        name: name.to_owned(),
        part,
        text,
        hits: Vec::new(),
    }));
}

/// The texts of a code in all languages.
fn texts_of_code(code: &Code) -> Vec<(Part, String)> {
    let rules = [
        (Part::Name, &code.name),
        (Part::Definition, &code.definition),
        (Part::ApplyWhen, &code.apply_when),
        (Part::NotWhen, &code.not_when),
    ];
    let examples = code.examples.iter().map(|example| (Part::Example, example));
    let mut texts = Vec::new();
    for (part, text) in rules.into_iter().chain(examples) {
        texts.extend(text.all().map(|text| (part.clone(), text.to_owned())));
    }
    for indicator in &code.indicators {
        texts.push((Part::Indicator, indicator.expression.clone()));
    }
    texts
}
