//! The filters that all tables share, look-ups by name, and figures as JSON.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{failure::Failure, values};
use crate::{
    analysis::{
        attribution::Attribution,
        frequency::{Filter, Rows},
        merging::CoderCount,
    },
    app::{names, refusal::Refusal},
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        attribute::AttributeOf,
        document::Document,
        ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId},
        localized::Localized,
    },
    statistics::Figure,
    table::data::CellValue,
};

/// Whose codings are counted.
#[derive(Debug, Default, clap::Args)]
pub(super) struct CodersArg {
    /// Only codings by this coder, or how those of several count: merged, average or all
    ///
    /// merged: overlapping passages of one code count once. average: the mean over those who coded a document. all: each coding of
    /// each coder. By default merged, and average for rates.
    #[arg(long, value_delimiter = ',', value_name = "NAME|HOW")]
    coders: Vec<String>,
}

impl CodersArg {
    /// How several coders count, and those who do. A coder whose name is one of the words is the coder.
    pub(super) fn resolve(
        &self,
        project: &Project,
    ) -> Result<(Option<CoderCount>, Vec<CoderId>), Refusal> {
        let (mut counting, mut coders) = (None, Vec::new());
        for word in &self.coders {
            match values::counting(word) {
                Some(how) if names::coder(project, word).is_none() => counting = Some(how),
                _ => coders.push(Find(project).coder(word)?),
            }
        }
        Ok((counting, coders))
    }
}

/// The arguments that restrict what is counted.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Filters {
    /// Only documents of this phase
    #[arg(long)]
    phase: Vec<String>,
    #[command(flatten)]
    coders: CodersArg,
    /// Whose a coding is: of whom it is about, or of who says it
    #[arg(long, value_name = "WHOSE", value_parser = values::attribution(), default_value = "concerned")]
    attribution: Attribution,
    /// Only codings about this case (or cases below)
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
    /// The filter that the arguments name.
    pub(super) fn filter(&self, project: &Project) -> Result<Filter, Refusal> {
        let find = Find(project);
        let (counting, coders) = self.coders.resolve(project)?;
        let mut filter = Filter {
            phases: find.all(&self.phase, Find::phase)?,
            coders: coders.into_iter().collect(),
            counting,
            by: self.attribution,
            cases: find.all(&self.case, Find::case)?,
            documents: find.all(&self.document, Find::document)?,
            codes: find.all(&self.code, Find::code)?,
            speakers: self.speaker.iter().cloned().collect(),
            looked_at: false,
        };
        for name in &self.set {
            let set = project
                .set_by_name(name)
                .ok_or_else(|| Refusal::NoSet(name.clone()))?;
            filter.documents.extend(project.documents_of_set(set));
            filter.codes.extend(
                set.codes()
                    .flat_map(|code| project.codebook.with_descendants(code)),
            );
        }
        Ok(filter)
    }
}

/// Looks up what arguments name in a project.
#[derive(Debug, Clone, Copy)]
pub(super) struct Find<'a>(pub(super) &'a Project);

impl<'a> Find<'a> {
    /// Everything that a list of names means.
    pub(super) fn all<T, C: FromIterator<T>>(
        self,
        names: &[String],
        find: fn(Self, &str) -> Result<T, Refusal>,
    ) -> Result<C, Refusal> {
        names.iter().map(|name| find(self, name)).collect()
    }

    /// The code of a path, or of a name that only one code has.
    pub(super) fn code(self, name: &str) -> Result<CodeId, Refusal> {
        Ok(self.0.codebook.find(name)?)
    }

    /// The case of a name.
    pub(super) fn case(self, name: &str) -> Result<CaseId, Refusal> {
        names::case(self.0, name)
            .map(|case| case.id)
            .ok_or_else(|| Refusal::NoCase(name.to_owned()))
    }

    /// The coder of a name.
    pub(super) fn coder(self, name: &str) -> Result<CoderId, Refusal> {
        names::coder(self.0, name)
            .map(|coder| coder.id)
            .ok_or_else(|| Refusal::NoCoder(name.to_owned()))
    }

    /// The document of a title.
    pub(super) fn document(self, title: &str) -> Result<DocumentId, Refusal> {
        self.0
            .document_by_title(title)
            .map(|document| document.id)
            .ok_or_else(|| Refusal::NoDocument(title.to_owned()))
    }

    /// The phase of a name.
    pub(super) fn phase(self, name: &str) -> Result<PhaseId, Refusal> {
        names::phase(self.0, name)
            .map(|phase| phase.id)
            .ok_or_else(|| Refusal::NoPhase(name.to_owned()))
    }

    /// The attribute of passages of a name: of cases, or else of documents.
    pub(super) fn attribute(self, name: &str) -> Result<AttributeId, Refusal> {
        self.attribute_of(AttributeOf::Cases, name)
            .or_else(|_| self.attribute_of(AttributeOf::Documents, name))
    }

    /// The attribute of cases, of documents or of coders of a name.
    pub(super) fn attribute_of(self, of: AttributeOf, name: &str) -> Result<AttributeId, Refusal> {
        names::attribute(self.0, of, name)
            .map(|attribute| attribute.id)
            .ok_or_else(|| Refusal::NoAttribute(name.to_owned()))
    }

    /// The name of a phase in a language: its own, or its Chinese translation where it has one.
    pub(super) fn phase_name(self, phase: PhaseId, language: UiLanguage) -> &'a str {
        let phase = self.0.phases.get(&phase);
        phase.map_or("", |phase| match language {
            UiLanguage::English => &phase.name,
            UiLanguage::Chinese => phase.name_in(&language.tag()),
        })
    }

    /// The name of an attribute in a language, as for phases.
    pub(super) fn attribute_name(self, attribute: AttributeId, language: UiLanguage) -> &'a str {
        let attribute = self.0.attributes.get(&attribute);
        attribute.map_or("", |attribute| match language {
            UiLanguage::English => &attribute.name,
            UiLanguage::Chinese => attribute.name_in(&language.tag()),
        })
    }

    /// The names of the cases that a document belongs to.
    pub(super) fn case_names(self, document: &Document) -> String {
        self.names_of_cases(&document.cases)
    }

    /// The names of cases, between semicolons.
    pub(super) fn names_of_cases(self, cases: &BTreeSet<CaseId>) -> String {
        let cases = cases.iter().filter_map(|id| self.0.cases.get(id));
        let names: Vec<&str> = cases.map(|case| case.name.as_str()).collect();
        names.join("; ")
    }

    /// The path of a code in a language: the codebook's own names, or their Chinese translations where it has some.
    pub(super) fn code_path(self, code: CodeId, language: UiLanguage) -> String {
        match language {
            UiLanguage::English => self.0.codebook.path(code),
            UiLanguage::Chinese => self.0.codebook.path_in(code, &language.tag()),
        }
    }
}

/// A name as lists write it in a language: the main one, or its Chinese translation where it has one.
pub(super) fn listed(name: &Localized, language: UiLanguage) -> &str {
    match language {
        UiLanguage::English => &name.text,
        UiLanguage::Chinese => name.get(&language.tag()),
    }
}

/// The two sides of an argument such as `NAME=VALUE`.
pub(super) fn pair_of<'a>(
    argument: &'a str,
    form: &'static str,
) -> Result<(&'a str, &'a str), Failure> {
    argument.split_once('=').ok_or_else(|| {
        Failure::usage(
            Text::new(
                "“{argument}” should have the form {form}",
                "“{argument}”应写成 {form}",
            )
            .with("argument", argument)
            .with("form", form),
        )
    })
}

/// The rows that a word names.
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
            Some(name) => Rows::Attribute(Find(project).attribute(name)?),
            None => {
                return Err(Failure::usage(
                    Text::new(
                        "there are no rows “{name}”; see tain summary --help",
                        "没有“{name}”这种行；见 tain summary --help",
                    )
                    .with("name", other),
                ));
            }
        },
    })
}

/// A JSON object of figures: an undefined one is null, and `why` has the reason under the same key.
#[derive(Debug, Default)]
pub(super) struct Figures {
    fields: Map<String, Value>,
    why: Map<String, Value>,
}

impl Figures {
    /// Adds a value that is always defined.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.fields.insert(key.to_owned(), value.into());
        self
    }

    /// Adds a figure, or null and the reason.
    pub(super) fn figure(&mut self, key: &str, figure: Figure) -> &mut Self {
        if let Err(reason) = figure {
            self.why.insert(key.to_owned(), json!(reason.to_string()));
        }
        self.set(key, figure.map_or(Value::Null, |figure| json!(figure)))
    }

    /// The finished object.
    pub(super) fn into_value(mut self) -> Value {
        if !self.why.is_empty() {
            self.fields
                .insert("why".to_owned(), Value::Object(self.why));
        }
        Value::Object(self.fields)
    }
}

/// A figure as the cell of a table; empty if it is undefined.
///
/// Six decimals are as many as anybody reads; the JSON shapes have the whole number.
pub(super) fn figure_cell(figure: Figure) -> CellValue {
    figure.map_or(CellValue::Empty, |figure| {
        CellValue::figure((figure * 1e6).round() / 1e6)
    })
}
