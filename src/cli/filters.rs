//! The filters that all tables share, and how figures are written for scripts.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::failure::Failure;
use crate::{
    analysis::frequency::{Filter, Rows},
    app::refusal::Refusal,
    model::{
        Project,
        attribute::AttributeOf,
        ids::{AttributeId, PhaseId},
        set::Set,
    },
    statistics::Figure,
};

/// What counts.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Filters {
    /// Only documents of this phase
    #[arg(long)]
    phase: Vec<String>,
    /// Only codings by this coder
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    coders: Vec<String>,
    /// Only documents of this case (or cases below)
    #[arg(long)]
    case: Vec<String>,
    /// Only this document
    #[arg(long)]
    document: Vec<String>,
    /// Only these codes
    #[arg(long, value_delimiter = ',')]
    code: Vec<String>,
    /// Only documents, documents of cases, and codes in this set
    #[arg(long)]
    set: Vec<String>,
    /// Only what this speaker says
    #[arg(long)]
    speaker: Vec<String>,
}

impl Filters {
    /// The filter that they name.
    pub(super) fn filter(&self, project: &Project) -> Result<Filter, Failure> {
        let coder = |name: &String| {
            project
                .coder_by_name(name)
                .map(|coder| coder.id)
                .ok_or_else(|| Refusal::NoCoder(name.clone()))
        };
        let case = |name: &String| {
            project
                .case_by_name(name)
                .map(|case| case.id)
                .ok_or_else(|| Refusal::NoCase(name.clone()))
        };
        let document = |name: &String| {
            project
                .document_by_title(name)
                .map(|found| found.id)
                .ok_or_else(|| Refusal::NoDocument(name.clone()))
        };
        let sets: Vec<&Set> = self
            .set
            .iter()
            .map(|name| {
                project
                    .set_by_name(name)
                    .ok_or_else(|| Refusal::NoSet(name.clone()))
            })
            .collect::<Result<_, _>>()?;
        let mut filter = Filter {
            phases: self
                .phase
                .iter()
                .map(|name| phase(project, name))
                .collect::<Result<_, _>>()?,
            coders: self.coders.iter().map(coder).collect::<Result<_, _>>()?,
            cases: self.case.iter().map(case).collect::<Result<_, _>>()?,
            documents: self
                .document
                .iter()
                .map(document)
                .collect::<Result<_, _>>()?,
            codes: self
                .code
                .iter()
                .map(|name| project.codebook.find(name).map_err(Refusal::from))
                .collect::<Result<BTreeSet<_>, _>>()?,
            speakers: self.speaker.iter().cloned().collect(),
            looked_at: false,
        };
        for set in sets {
            filter.documents.extend(project.documents_of_set(set));
            filter.codes.extend(
                set.codes()
                    .flat_map(|code| project.codebook.with_descendants(code)),
            );
        }
        Ok(filter)
    }
}

/// The phase of a name.
pub(super) fn phase(project: &Project, name: &str) -> Result<PhaseId, Refusal> {
    project
        .phase_by_name(name)
        .map(|phase| phase.id)
        .ok_or_else(|| Refusal::NoPhase(name.to_owned()))
}

/// The attribute of a name, of cases or else of documents.
pub(super) fn attribute(project: &Project, name: &str) -> Result<AttributeId, Refusal> {
    let found = project
        .attribute_by_name(AttributeOf::Cases, name)
        .or_else(|| project.attribute_by_name(AttributeOf::Documents, name));
    found
        .map(|attribute| attribute.id)
        .ok_or_else(|| Refusal::NoAttribute(name.to_owned()))
}

/// The kind of rows that a word names.
pub(super) fn rows(project: &Project, word: &str) -> Result<Rows, Failure> {
    Ok(match word {
        "case" => Rows::Case,
        "family" => Rows::Family,
        "person" => Rows::Person,
        "role" => Rows::Role,
        "document" => Rows::Document,
        "speaker" => Rows::Speaker,
        "coder" => Rows::Coder,
        "phase" => Rows::Phase,
        other => match other.strip_prefix("attr:") {
            Some(name) => Rows::Attribute(attribute(project, name)?),
            None => {
                return Err(Failure::Usage(format!(
                    "there are no rows `{other}`; see `tain summary --help`"
                )));
            }
        },
    })
}

/// An object of figures: one that doesn't exist is null, and `why` says the reason by its key.
#[derive(Debug, Default)]
pub(super) struct Figures {
    fields: Map<String, Value>,
    why: Map<String, Value>,
}

impl Figures {
    /// Adds what is known.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.fields.insert(key.to_owned(), value.into());
        self
    }

    /// Adds a figure.
    pub(super) fn figure(&mut self, key: &str, figure: Figure) -> &mut Self {
        if let Err(reason) = figure {
            self.why.insert(key.to_owned(), json!(reason.to_string()));
        }
        self.set(key, figure.map_or(Value::Null, |figure| json!(figure)))
    }

    /// The object.
    pub(super) fn into_value(mut self) -> Value {
        if !self.why.is_empty() {
            self.fields
                .insert("why".to_owned(), Value::Object(self.why));
        }
        Value::Object(self.fields)
    }
}

/// A figure in a table of text: nothing where there is none.
pub(super) fn cell(figure: Figure) -> Value {
    figure.map_or(Value::Null, |figure| json!((figure * 1e6).round() / 1e6))
}
