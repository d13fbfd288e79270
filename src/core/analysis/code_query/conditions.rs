//! Parsing of the conditions after WHERE: `phase=baseline`, `attr.age>=9`.

use std::collections::BTreeSet;

use super::{
    Condition,
    error::{CodeQueryError, QueryProblem},
    lex::{QueryToken, QueryTokenKind},
    parse::{CodeQueryParser, ParseResult, is_reserved},
};
use crate::{
    language::{
        fold::{fold, matching_names},
        values::ValueCondition,
    },
    message::text::Text,
    model::{Project, ids::CaseId},
};

/// Words for codings that are not attributed, in both languages.
const NOBODY: [&str; 3] = ["nobody", "无人", "未归属"];

impl CodeQueryParser<'_> {
    /// Parses a condition, with or without spaces around its operator.
    pub(super) fn condition(&mut self) -> ParseResult<Condition> {
        let at = self.here();
        let written = self.condition_text();
        parse_condition(&written, self.project).map_err(|problem| CodeQueryError { at, problem })
    }

    /// The text of a condition, whose words are joined as long as an operator is still missing or has just been read.
    fn condition_text(&mut self) -> String {
        let mut written = String::new();
        while let Some(QueryToken {
            kind: QueryTokenKind::Text { text, quoted },
            ..
        }) = self.peek()
        {
            let is_complete = !written.is_empty()
                && !written.ends_with(['=', '＝'])
                && !text.starts_with(['=', '＝']);
            if is_complete || (!*quoted && is_reserved(text)) {
                break;
            }
            written.push_str(text);
            self.next += 1;
        }
        written
    }
}

/// Parses a condition and resolves its value in the project.
fn parse_condition(written: &str, project: &Project) -> Result<Condition, QueryProblem> {
    let invalid = QueryProblem::Condition(written.to_owned());
    // `about:` is written with a colon too, as fields of a search are.
    let colon = ["about:", "about：", "所涉:", "所涉："];
    let split = match colon.iter().find_map(|field| written.strip_prefix(field)) {
        Some(value) => Some(("about", value)),
        None => written.split_once(['=', '＝']),
    };
    let Some((field, value)) = split else {
        return Err(invalid);
    };
    let (field, value) = (field.trim(), value.trim());
    if value.is_empty() {
        return Err(invalid);
    }
    // In `attr.age>=9` the sign before `=` belongs to the value.
    let (field, value) = match field.strip_suffix(['>', '<']) {
        Some(bare) if field.ends_with('>') => (bare.trim(), format!(">={value}")),
        Some(bare) => (bare.trim(), format!("<={value}")),
        None => (field, value.to_owned()),
    };
    let value = value.as_str();
    let said = format!("{field}=\"{value}\"");
    let attribute = field
        .strip_prefix("attr.")
        .or_else(|| field.strip_prefix("属性."));
    if let Some(name) = attribute {
        let attributes = project.attributes_of_passages();
        let names = attributes.flat_map(|own| own.names().map(|name| (own.id, name)));
        let attributes = found(
            Text::new("attribute", "属性"),
            name,
            matching_names(name, names),
        )?;
        return Ok(Condition::Attribute(
            attributes,
            ValueCondition::read(value),
            said,
        ));
    }
    match field {
        "phase" | "阶段" => {
            let phases = project.phases.values();
            let phases = phases.flat_map(|phase| phase.names().map(|name| (phase.id, name)));
            let phases = found(
                Text::new("phase", "阶段"),
                value,
                matching_names(value, phases),
            )?;
            Ok(Condition::Phases(phases, said))
        }
        "case" | "个案" => Ok(Condition::Cases(named_cases(project, value)?, said)),
        "about" | "所涉" => about(project, value, said),
        "document" | "文档" => {
            let documents = project.documents.values();
            let titles = documents.map(|document| (document.id, &document.title));
            let documents = found(
                Text::new("document", "文档"),
                value,
                matching_names(value, titles),
            )?;
            Ok(Condition::Documents(documents, said))
        }
        "coder" | "编码员" => {
            let coders = project.coders.values().map(|coder| (coder.id, &coder.name));
            let coders = found(
                Text::new("coder", "编码员"),
                value,
                matching_names(value, coders),
            )?;
            Ok(Condition::Coders(coders, said))
        }
        "speaker" | "说话人" => Ok(Condition::Speakers(fold(value))),
        _ => Err(invalid),
    }
}

/// Whom a coding is about: a case or one below it, or nobody.
fn about(project: &Project, value: &str, said: String) -> Result<Condition, QueryProblem> {
    if NOBODY.iter().any(|word| fold(value) == fold(word)) {
        return Ok(Condition::About(None, said));
    }
    Ok(Condition::About(Some(named_cases(project, value)?), said))
}

/// The cases of a name, and all cases below them.
fn named_cases(project: &Project, value: &str) -> Result<BTreeSet<CaseId>, QueryProblem> {
    let cases = project.cases.values().map(|case| (case.id, &case.name));
    let above = found(
        Text::new("case", "个案"),
        value,
        matching_names(value, cases),
    )?;
    Ok(cases_within(project, &above))
}

/// Refuses a name that names nothing.
fn found<T>(kind: Text, name: &str, ids: BTreeSet<T>) -> Result<BTreeSet<T>, QueryProblem> {
    if ids.is_empty() {
        return Err(QueryProblem::Unknown {
            kind,
            name: name.to_owned(),
        });
    }
    Ok(ids)
}

/// The cases and all cases below them.
fn cases_within(project: &Project, above: &BTreeSet<CaseId>) -> BTreeSet<CaseId> {
    let cases = project.cases.keys().copied();
    cases
        .filter(|case| above.iter().any(|top| project.case_is_within(*case, *top)))
        .collect()
}
