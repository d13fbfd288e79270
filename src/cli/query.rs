//! The arguments of a search, which several commands share.

use std::path::Path;

use super::{
    failure::Failure,
    filters::{Find, pair_of},
};
use crate::{
    app::{
        Session,
        search::index_cache::{cache_folder, open_index},
    },
    model::{Project, ids::AttributeId},
    search::{Filters, Mode, Request, SearchOutcome},
};

/// A query with its filters.
#[derive(Debug, clap::Args)]
pub(super) struct QueryArgs {
    /// Words, "phrases", "a b"~3, prefix*, confident~1, =form, NEAR/3, AND OR NOT (), speaker: case: attr.NAME: phase: code: coder: date: document: concept: query:, /pattern/
    #[arg(value_name = "QUERY")]
    pub(super) text: String,
    /// Match words only as they are written
    #[arg(long)]
    no_stemming: bool,
    /// The query is a regular expression over the whole text
    #[arg(long, conflicts_with = "literal")]
    regex: bool,
    /// The query is searched for literally
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

impl QueryArgs {
    /// Runs the search.
    pub(super) fn search(
        &self,
        session: &Session,
        project: &Path,
        limit: usize,
    ) -> Result<SearchOutcome, Failure> {
        let mode = match (self.regex, self.literal) {
            (true, _) => Mode::Regex,
            (_, true) => Mode::Literal,
            _ => Mode::Words,
        };
        let filters = filters(self, session)?;
        let request = Request {
            text: self.text.clone(),
            mode,
            exact_forms: self.no_stemming,
            filters,
            limit,
        };
        // What an index of an encrypted project holds would lie about in clear.
        let index = if mode == Mode::Words && !session.is_encrypted() {
            open_index(cache_folder().as_deref(), project)
        } else {
            None
        };
        Ok(session.search(index.as_ref(), &request)?)
    }
}

fn filters(args: &QueryArgs, session: &Session) -> Result<Filters, Failure> {
    let project = session.project();
    let find = Find(project);
    Ok(Filters {
        in_codes: find.all(&args.in_codes, Find::code)?,
        not_in_codes: find.all(&args.not_in_codes, Find::code)?,
        cases: find.all(&args.case, Find::case)?,
        attributes: args
            .attr
            .iter()
            .map(|pair| attribute_value(project, pair))
            .collect::<Result<_, _>>()?,
        phases: find.all(&args.phase, Find::phase)?,
        speakers: args.speaker.iter().cloned().collect(),
        ..Filters::default()
    })
}

/// The attribute and the value of `ATTR=VALUE`.
fn attribute_value(project: &Project, pair: &str) -> Result<(AttributeId, String), Failure> {
    let (name, value) = pair_of(pair, "ATTR=VALUE")?;
    Ok((Find(project).attribute(name)?, value.to_owned()))
}
