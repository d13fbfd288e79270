//! What a search asks, as arguments that several commands share.

use std::path::Path;

use super::failure::Failure;
use crate::{
    app::{
        Session,
        refusal::Refusal,
        search::index_cache::{cache_folder, open_index},
    },
    model::attribute::AttributeOf,
    search::{Filters, Mode, Outcome, Request},
};

/// A query with its filters.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// Words, "phrases", "a b"~3, prefix*, confident~1, =form, NEAR/3, AND OR NOT (), speaker: case: attr.NAME: phase: code: coder: date: document: concept: query:, /pattern/
    pub(super) query: String,
    /// Words in the very form in which they are written
    #[arg(long)]
    no_stemming: bool,
    /// The query is a regular expression over the whole text
    #[arg(long, conflicts_with = "literal")]
    regex: bool,
    /// The query is looked for as it stands
    #[arg(long)]
    literal: bool,
    /// Only passages with one of these codes (or subcodes)
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    in_codes: Vec<String>,
    /// Only passages without these codes
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    not_in_codes: Vec<String>,
    /// Only documents of this case (or cases below)
    #[arg(long)]
    case: Vec<String>,
    /// Only cases or documents with this value
    #[arg(long, value_name = "ATTR=VALUE")]
    attr: Vec<String>,
    /// Only documents of this phase
    #[arg(long)]
    phase: Vec<String>,
    /// Only what this speaker says
    #[arg(long)]
    speaker: Vec<String>,
}

impl Asked {
    /// Finds what is asked for.
    pub(super) fn search(
        &self,
        session: &Session,
        project: &Path,
        limit: usize,
    ) -> Result<Outcome, Failure> {
        let mode = match (self.regex, self.literal) {
            (true, _) => Mode::Regex,
            (_, true) => Mode::Literal,
            _ => Mode::Words,
        };
        let filters = filters(self, session)?;
        let request = Request {
            text: self.query.clone(),
            mode,
            exact_forms: self.no_stemming,
            filters,
            limit,
        };
        let index = if mode == Mode::Words {
            open_index(cache_folder().as_deref(), project)
        } else {
            None
        };
        session
            .search(index.as_ref(), &request)
            .map_err(|error| Failure::Usage(error.to_string()))
    }
}

fn filters(args: &Asked, session: &Session) -> Result<Filters, Failure> {
    let project = session.project();
    let codes = |names: &[String]| {
        names
            .iter()
            .map(|name| project.codebook.find(name).map_err(Refusal::from))
            .collect::<Result<_, _>>()
    };
    let case = |name: &String| {
        project
            .case_by_name(name)
            .map(|case| case.id)
            .ok_or_else(|| Refusal::NoCase(name.clone()))
    };
    let phase = |name: &String| {
        project
            .phase_by_name(name)
            .map(|phase| phase.id)
            .ok_or_else(|| Refusal::NoPhase(name.clone()))
    };
    let attribute = |pair: &String| {
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| Failure::Usage(format!("`{pair}` should be ATTR=VALUE")))?;
        let of = |of| project.attribute_by_name(of, name);
        let found = of(AttributeOf::Cases).or_else(|| of(AttributeOf::Documents));
        let found = found.ok_or_else(|| Refusal::NoAttribute(name.to_owned()))?;
        Ok::<_, Failure>((found.id, value.to_owned()))
    };
    Ok(Filters {
        in_codes: codes(&args.in_codes)?,
        not_in_codes: codes(&args.not_in_codes)?,
        cases: args.case.iter().map(case).collect::<Result<_, _>>()?,
        attributes: args.attr.iter().map(attribute).collect::<Result<_, _>>()?,
        phases: args.phase.iter().map(phase).collect::<Result<_, _>>()?,
        speakers: args.speaker.iter().cloned().collect(),
        ..Filters::default()
    })
}
