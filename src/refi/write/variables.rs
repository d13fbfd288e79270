//! Attributes and phases as variables: one for each attribute, or for each phase in which it has values.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    codes::description,
    guids::{Guids, Kind},
    xml::Xml,
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

/// Largest whole number up to which every whole number is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// All variables of a file.
#[derive(Debug, Default)]
pub(super) struct Variables<'a> {
    list: Vec<Variable<'a>>,
    by_key: BTreeMap<(AttributeId, Option<PhaseId>), (u128, &'static str)>,
    /// The variable that says in which phase a document is, and the phases' names.
    phase: Option<(u128, BTreeMap<PhaseId, &'a str>)>,
    /// The variables that say of what kind a case is and what it belongs to.
    tree: Option<[u128; 2]>,
}

#[derive(Debug)]
struct Variable<'a> {
    guid: u128,
    name: String,
    kind: &'static str,
    definition: Cow<'a, str>,
}

impl<'a> Variables<'a> {
    /// Those of a project.
    pub(super) fn new(project: &'a Project, guids: &mut Guids, losses: &mut Losses) -> Self {
        let mut variables = Self::default();
        let mut names = BTreeSet::new();
        let (used, fractional) = survey(project);
        for attribute in project.attributes_in_order() {
            let kind = kind(attribute, fractional.get(&attribute.id).copied());
            if matches!(&attribute.kind, AttributeKind::Category(values) if !values.is_empty()) {
                losses.note(Lost::Categories, attribute.name.clone());
            }
            let phases = project.phases_in_order();
            let mut forms: Vec<_> = phases
                .iter()
                .filter(|phase| used.contains(&(attribute.id, Some(phase.id))))
                .map(|phase| Some(*phase))
                .collect();
            if forms.is_empty() || used.contains(&(attribute.id, None)) {
                forms.insert(0, None);
            }
            for phase in forms {
                let (guid, name) = match phase {
                    None => (
                        guids.of(Kind::Variable, attribute.id),
                        attribute.name.clone(),
                    ),
                    Some(phase) => {
                        let id: Id<()> = derived(&[
                            "variable",
                            &attribute.id.to_string(),
                            &phase.id.to_string(),
                        ]);
                        (
                            guids.claim((Kind::Variable, 0, id.as_u128()), losses),
                            format!("{}{AT_PHASE}{}", attribute.name, phase.name),
                        )
                    }
                };
                variables
                    .by_key
                    .insert((attribute.id, phase.map(|phase| phase.id)), (guid, kind));
                variables.push(
                    Variable {
                        guid,
                        name,
                        kind,
                        definition: attribute.definition.as_str().into(),
                    },
                    &mut names,
                    losses,
                );
            }
        }
        let mut own =
            |name: &str, definition: String, variables: &mut Self, losses: &mut Losses| {
                let guid = guids.claim((Kind::Variable, 0, guid_of(name)), losses);
                let variable = Variable {
                    guid,
                    name: name.to_owned(),
                    kind: "Text",
                    definition: definition.into(),
                };
                variables.push(variable, &mut names, losses);
                guid
            };
        if !project.phases.is_empty() {
            let phases: Vec<&str> = project
                .phases_in_order()
                .iter()
                .map(|phase| phase.name.as_str())
                .collect();
            let guid = own(PHASE_VARIABLE, phases.join("\n"), &mut variables, losses);
            variables.phase = Some((
                guid,
                project
                    .phases
                    .values()
                    .map(|phase| (phase.id, phase.name.as_str()))
                    .collect(),
            ));
            phases
                .into_iter()
                .for_each(|phase| losses.note(Lost::Phases, phase));
        }
        if project
            .cases
            .values()
            .any(|case| case.kind.0 != KIND || case.parent.is_some())
        {
            variables.tree = Some(
                [KIND_VARIABLE, PARENT_VARIABLE]
                    .map(|name| own(name, String::new(), &mut variables, losses)),
            );
        }
        variables
    }

    /// Takes a variable in, under a number where another has its name.
    fn push(
        &mut self,
        mut variable: Variable<'a>,
        names: &mut BTreeSet<String>,
        losses: &mut Losses,
    ) {
        if names.contains(&variable.name) {
            let free = (2..)
                .map(|number: u32| format!("{} ({number})", variable.name))
                .find(|name| !names.contains(name))
                .unwrap_or_default();
            losses.note(Lost::Renamed, format!("{} → {free}", variable.name));
            variable.name = free;
        }
        names.insert(variable.name.clone());
        self.list.push(variable);
    }

    /// Their declarations.
    pub(super) fn declare(&self, xml: &mut Xml) {
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

    /// The values of a case or document.
    pub(super) fn values(&self, xml: &mut Xml, values: &Values, whose: &str, losses: &mut Losses) {
        for (key, value) in values {
            let Some((guid, kind)) = self.by_key.get(key) else {
                losses.note(Lost::Value, whose);
                continue;
            };
            match value {
                AttributeValue::NotAsked | AttributeValue::Missing => {
                    losses.note(Lost::Absence, whose)
                }
                AttributeValue::Text(text) | AttributeValue::Category(text) => {
                    put(xml, *guid, "TextValue", text)
                }
                AttributeValue::YesNo(yes) => put(
                    xml,
                    *guid,
                    "BooleanValue",
                    if *yes { "true" } else { "false" },
                ),
                AttributeValue::Date(day) => put(xml, *guid, "DateValue", &day.to_string()),
                AttributeValue::Number(number) if *kind == "Integer" => {
                    put(xml, *guid, "IntegerValue", &format!("{number:.0}"))
                }
                AttributeValue::Number(number) => {
                    put(xml, *guid, "FloatValue", &number.to_string())
                }
            }
        }
    }

    /// Of what kind a case is, and what it belongs to.
    pub(super) fn tree(&self, xml: &mut Xml, case: &Case, project: &Project, losses: &mut Losses) {
        let Some([kind, parent]) = self.tree else {
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

    /// The phase of a document.
    pub(super) fn phase(&self, xml: &mut Xml, phase: Option<PhaseId>) {
        if let Some((guid, names)) = &self.phase
            && let Some(name) = phase.and_then(|phase| names.get(&phase))
        {
            put(xml, *guid, "TextValue", name);
        }
    }
}

fn put(xml: &mut Xml, variable: u128, element: &'static str, value: &str) {
    xml.start("VariableValue");
    xml.reference("VariableRef", variable);
    xml.words(element, value);
    xml.end();
}

/// Which attributes have values, in which phases, and whether a number of theirs has a fraction.
#[expect(
    clippy::type_complexity,
    reason = "two maps that are taken apart at once"
)]
fn survey(
    project: &Project,
) -> (
    BTreeSet<(AttributeId, Option<PhaseId>)>,
    BTreeMap<AttributeId, bool>,
) {
    let mut used = BTreeSet::new();
    let mut fractional: BTreeMap<AttributeId, bool> = BTreeMap::new();
    let cases = project.cases.values().map(|case| &case.values);
    for (key, value) in cases
        .chain(project.documents.values().map(|document| &document.values))
        .flatten()
    {
        used.insert(*key);
        if let AttributeValue::Number(number) = value {
            *fractional.entry(key.0).or_default() |= number.fract() != 0.0 || number.abs() > EXACT;
        }
    }
    (used, fractional)
}

/// The type of an attribute's variable; numbers are integers where all of them are.
fn kind(attribute: &Attribute, fractional: Option<bool>) -> &'static str {
    match &attribute.kind {
        AttributeKind::Text | AttributeKind::Category(_) => "Text",
        AttributeKind::Number if fractional == Some(false) => "Integer",
        AttributeKind::Number => "Float",
        AttributeKind::Date => "Date",
        AttributeKind::YesNo => "Boolean",
    }
}
