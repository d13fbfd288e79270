//! Parsing of facet tests: `judgement=unfavourable`, `strength>=50`.

use std::collections::BTreeSet;

use super::{FacetTest, Test, error::QueryProblem, lex::is_quote};
use crate::{
    language::fold::fold,
    model::{
        Project,
        facet::{Facet, FacetKind, FacetValue},
        ids::CodeId,
    },
};

const OPERATORS: [&str; 8] = ["!=", "≠", ">=", "≥", "<=", "≤", "=", "＝"];

/// Parses a test of a facet that one of the codes has.
pub(super) fn facet_test(
    text: &str,
    codes: &BTreeSet<CodeId>,
    project: &Project,
) -> Result<FacetTest, QueryProblem> {
    // The first operator counts, and of two that begin together the longer one: `>=` contains `=`.
    let (operator, at) = OPERATORS
        .iter()
        .filter_map(|operator| text.find(operator).map(|at| (*operator, at)))
        .min_by_key(|(operator, at)| (*at, std::cmp::Reverse(operator.len())))
        .ok_or_else(|| QueryProblem::UnknownFacet(text.to_owned()))?;
    let (name, rest) = text.split_at(at);
    let name = name.trim();
    let value = rest
        .split_at(operator.len())
        .1
        .trim()
        .trim_matches(is_quote);
    let facets: Vec<&Facet> = codes
        .iter()
        .filter_map(|code| project.codebook.get(*code))
        .flat_map(|code| &code.facets)
        .filter(|facet| facet.name.all().any(|own| fold(own) == fold(name)))
        .collect();
    if facets.is_empty() {
        return Err(QueryProblem::UnknownFacet(name.to_owned()));
    }
    let test = match operator {
        "!=" | "≠" => Test::IsNot(facet_values(&facets, value)?),
        ">=" | "≥" => Test::AtLeast(intensity(value)?),
        "<=" | "≤" => Test::AtMost(intensity(value)?),
        _ => Test::Is(facet_values(&facets, value)?),
    };
    Ok(FacetTest {
        text: format!("{name}{operator}{value}"),
        facets: facets.iter().map(|facet| facet.id).collect(),
        test,
    })
}

fn intensity(value: &str) -> Result<u8, QueryProblem> {
    match value.parse() {
        Ok(number @ 0..=100) => Ok(number),
        _ => Err(QueryProblem::UnknownValue(value.to_owned())),
    }
}

/// The values that a text names in any of the facets.
fn facet_values(facets: &[&Facet], text: &str) -> Result<BTreeSet<FacetValue>, QueryProblem> {
    let values: BTreeSet<FacetValue> = facets
        .iter()
        .filter_map(|facet| facet_value(&facet.kind, text))
        .collect();
    if values.is_empty() {
        Err(QueryProblem::UnknownValue(text.to_owned()))
    } else {
        Ok(values)
    }
}

fn facet_value(kind: &FacetKind, text: &str) -> Option<FacetValue> {
    let FacetKind::Category(categories) = kind else {
        return kind.parse(text);
    };
    // A category can be named in any language; codings keep its name in the main one.
    let category = categories
        .iter()
        .find(|category| category.all().any(|own| fold(own) == fold(text)))?;
    Some(FacetValue::Category(category.text.clone()))
}
