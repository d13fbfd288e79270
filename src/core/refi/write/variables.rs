//! Attributes and phases as variables: one for each attribute, or one for each phase in which it has values.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    codes::description,
    guids::{GuidKind, Guids},
    xml::XmlWriter,
};
use crate::{
    import::{
        loss::{Losses, Lost},
        study::derived,
    },
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeValue, Values},
        case::Case,
        ids::{AttributeId, Id, PhaseId},
    },
    refi::{AT_PHASE, KIND, KIND_VARIABLE, PARENT_VARIABLE, PHASE_VARIABLE, guid_of},
};

/// The largest number up to which an `f64` holds every integer, 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The declarations of all variables of a file.
#[derive(Debug, Default)]
pub(super) struct VariableDeclarations<'a> {
    list: Vec<Variable<'a>>,
    by_key: BTreeMap<ValueKey, ValueVariable>,
    /// The variable that names the phase of a document.
    phase: Option<PhaseVariable<'a>>,
    /// The variables for the kind and the parent of a case.
    tree: Option<TreeVariables>,
    /// The names of all variables.
    names: BTreeSet<String>,
}

/// What values are stored under.
type ValueKey = (AttributeId, Option<PhaseId>);

#[derive(Debug)]
struct Variable<'a> {
    guid: u128,
    name: String,
    kind: &'static str,
    definition: Cow<'a, str>,
}

/// The variable of an attribute's values.
#[derive(Debug, Clone, Copy)]
struct ValueVariable {
    guid: u128,
    kind: &'static str,
}

#[derive(Debug)]
struct PhaseVariable<'a> {
    guid: u128,
    names: BTreeMap<PhaseId, &'a str>,
}

#[derive(Debug, Clone, Copy)]
struct TreeVariables {
    kind: u128,
    parent: u128,
}

impl<'a> VariableDeclarations<'a> {
    /// Declares the variables of a project.
    pub(super) fn new(project: &'a Project, guids: &mut Guids, losses: &mut Losses) -> Self {
        let mut variables = Self::default();
        let values = ValueSurvey::of(project);
        for attribute in project.attributes_of_passages() {
            variables.declare_attribute(project, attribute, &values, guids, losses);
        }
        if !project.phases.is_empty() {
            // The description names all phases in order, including those without a document.
            let mut names: Vec<&str> = Vec::new();
            for phase in project.phases_in_order() {
                names.push(&phase.name);
                losses.note(Lost::Phases, phase.name.as_str());
            }
            let guid = variables.declare_own(PHASE_VARIABLE, names.join("\n"), guids, losses);
            let phases = project.phases.values();
            variables.phase = Some(PhaseVariable {
                guid,
                names: phases
                    .map(|phase| (phase.id, phase.name.as_str()))
                    .collect(),
            });
        }
        let has_tree = project
            .cases
            .values()
            .any(|case| case.kind.0 != KIND || case.parent.is_some());
        if has_tree {
            variables.tree = Some(TreeVariables {
                kind: variables.declare_own(KIND_VARIABLE, String::new(), guids, losses),
                parent: variables.declare_own(PARENT_VARIABLE, String::new(), guids, losses),
            });
        }
        variables
    }

    /// Declares the variables of an attribute: one without a phase, one for each phase with values, or both.
    fn declare_attribute(
        &mut self,
        project: &Project,
        attribute: &'a Attribute,
        values: &ValueSurvey,
        guids: &mut Guids,
        losses: &mut Losses,
    ) {
        let kind = kind(attribute, values.fractional.get(&attribute.id).copied());
        if matches!(&attribute.kind, AttributeKind::Category(values) if !values.is_empty()) {
            losses.note(Lost::Categories, attribute.name.clone());
        }
        if !(attribute.translations.is_empty() && attribute.category_translations.is_empty()) {
            losses.note(Lost::Translations, attribute.name.clone());
        }
        let phases: Vec<_> = project
            .phases_in_order()
            .into_iter()
            .filter(|phase| values.used.contains(&(attribute.id, Some(phase.id))))
            .collect();
        // An attribute without any values is declared all the same.
        if phases.is_empty() || values.used.contains(&(attribute.id, None)) {
            let guid = guids.of(GuidKind::Variable, attribute.id);
            self.by_key
                .insert((attribute.id, None), ValueVariable { guid, kind });
            self.push(
                guid,
                &attribute.name,
                kind,
                attribute.definition.as_str().into(),
                losses,
            );
        }
        for phase in phases {
            let id: Id<()> =
                derived(&["variable", &attribute.id.to_string(), &phase.id.to_string()]);
            let guid = guids.claim(GuidKind::Variable, id.as_u128(), losses);
            let name = format!("{}{AT_PHASE}{}", attribute.name, phase.name);
            self.by_key
                .insert((attribute.id, Some(phase.id)), ValueVariable { guid, kind });
            self.push(
                guid,
                &name,
                kind,
                attribute.definition.as_str().into(),
                losses,
            );
        }
    }

    /// Declares one of the variables by which this program writes what REFI-QDA has no element for.
    fn declare_own(
        &mut self,
        name: &str,
        definition: String,
        guids: &mut Guids,
        losses: &mut Losses,
    ) -> u128 {
        let guid = guids.claim(GuidKind::Variable, guid_of(name), losses);
        self.push(guid, name, "Text", definition.into(), losses);
        guid
    }

    /// Adds a variable, with a number after its name if another variable has the name.
    fn push(
        &mut self,
        guid: u128,
        name: &str,
        kind: &'static str,
        definition: Cow<'a, str>,
        losses: &mut Losses,
    ) {
        let mut free = name.to_owned();
        let mut number = 1;
        while !self.names.insert(free.clone()) {
            number += 1;
            free = format!("{name} ({number})");
        }
        if free != name {
            losses.note(Lost::Renamed, format!("{name} → {free}"));
        }
        self.list.push(Variable {
            guid,
            name: free,
            kind,
            definition,
        });
    }

    /// Writes the declarations.
    pub(super) fn declare(&self, xml: &mut XmlWriter) {
        if self.list.is_empty() {
            return;
        }
        xml.start("Variables");
        for Variable {
            guid,
            name,
            kind,
            definition,
        } in &self.list
        {
            xml.start("Variable")
                .guid("guid", *guid)
                .attribute("name", name)
                .attribute("typeOfVariable", kind);
            description(xml, definition);
            xml.end();
        }
        xml.end();
    }

    /// Writes the values of a case or document.
    pub(super) fn values(
        &self,
        xml: &mut XmlWriter,
        values: &Values,
        whose: &str,
        losses: &mut Losses,
    ) {
        for (key, value) in values {
            let Some(ValueVariable { guid, kind }) = self.by_key.get(key) else {
                losses.note(Lost::Value, whose);
                continue;
            };
            match value {
                AttributeValue::NotAsked | AttributeValue::Missing => {
                    losses.note(Lost::Absence, whose);
                }
                AttributeValue::Text(text) | AttributeValue::Category(text) => {
                    put(xml, *guid, "TextValue", text);
                }
                AttributeValue::YesNo(yes) => put(
                    xml,
                    *guid,
                    "BooleanValue",
                    if *yes { "true" } else { "false" },
                ),
                AttributeValue::Date(day) => put(xml, *guid, "DateValue", &day.to_string()),
                AttributeValue::Number(number) if *kind == "Integer" => {
                    put(xml, *guid, "IntegerValue", &format!("{number:.0}"));
                }
                AttributeValue::Number(number) => {
                    put(xml, *guid, "FloatValue", &number.to_string());
                }
            }
        }
    }

    /// Writes the kind of a case and its parent.
    pub(super) fn tree(
        &self,
        xml: &mut XmlWriter,
        case: &Case,
        project: &Project,
        losses: &mut Losses,
    ) {
        let Some(TreeVariables { kind, parent }) = self.tree else {
            return;
        };
        if !case.kind.0.is_empty() {
            put(xml, kind, "TextValue", &case.kind.0);
        }
        if let Some(above) = case.parent.and_then(|parent| project.cases.get(&parent)) {
            put(xml, parent, "TextValue", &above.name);
        }
        losses.note(Lost::CaseTree, case.name.clone());
    }

    /// Writes the phase of a document.
    pub(super) fn phase(&self, xml: &mut XmlWriter, phase: Option<PhaseId>) {
        if let Some(PhaseVariable { guid, names }) = &self.phase
            && let Some(name) = phase.and_then(|phase| names.get(&phase))
        {
            put(xml, *guid, "TextValue", name);
        }
    }
}

fn put(xml: &mut XmlWriter, variable: u128, element: &'static str, value: &str) {
    xml.start("VariableValue");
    xml.reference("VariableRef", variable);
    xml.words(element, value);
    xml.end();
}

/// Which values a project has.
#[derive(Default)]
struct ValueSurvey {
    /// The attributes with values, and the phases of the values.
    used: BTreeSet<ValueKey>,
    /// For attributes with numbers, whether any of them isn't an exact integer.
    fractional: BTreeMap<AttributeId, bool>,
}

impl ValueSurvey {
    fn of(project: &Project) -> Self {
        let mut survey = Self::default();
        let of_cases = project.cases.values().map(|case| &case.values);
        let of_documents = project.documents.values().map(|document| &document.values);
        for (key, value) in of_cases.chain(of_documents).flatten() {
            survey.used.insert(*key);
            if let AttributeValue::Number(number) = value {
                *survey.fractional.entry(key.0).or_default() |=
                    number.fract() != 0.0 || number.abs() > EXACT;
            }
        }
        survey
    }
}

/// The type of an attribute's variable; numbers are integers if all of them are.
fn kind(attribute: &Attribute, fractional: Option<bool>) -> &'static str {
    match &attribute.kind {
        AttributeKind::Text | AttributeKind::Category(_) => "Text",
        AttributeKind::Number if fractional == Some(false) => "Integer",
        AttributeKind::Number => "Float",
        AttributeKind::Date => "Date",
        AttributeKind::YesNo => "Boolean",
    }
}
