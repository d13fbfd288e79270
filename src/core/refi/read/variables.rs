//! Variables as attributes, and their values.
//!
//! A variable doesn't say whether it belongs to cases or to documents; that shows in who has values of it.
//! If both have values, it becomes two attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    reader::ProjectReader,
    values::{self, with_line_feeds},
    xml::Element,
};
use crate::{
    import::{
        loss::{Losses, Lost},
        study::derived,
    },
    model::{
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue, Values},
        ids::{AttributeId, Id, PhaseId},
        phase::Phase,
        rank::Rank,
    },
    refi::{AT_PHASE, KIND_VARIABLE, PARENT_VARIABLE, PHASE_VARIABLE, guid_of},
};

/// Where the values of a variable are stored.
#[derive(Debug, Clone, Copy)]
struct VariableTarget {
    /// The index of the attribute.
    attribute: usize,
    /// The phase, if the variable is the attribute in one phase.
    phase: Option<PhaseId>,
}

/// The variables of a project.
#[derive(Debug, Default)]
pub(super) struct VariableTable {
    /// The attributes that they become.
    pub(super) attributes: Vec<Attribute>,
    by_guid: BTreeMap<(AttributeOf, u128), VariableTarget>,
    /// The rank of the last attribute.
    last_rank: Option<Rank>,
}

impl VariableTable {
    /// Reads the variables of a project, and the phases from the variable that names them.
    pub(super) fn read(reader: &mut ProjectReader<'_>) -> Self {
        let used = used_variables(reader.root);
        let of_phases = reader
            .root
            .listed("Variables", "Variable")
            .find(|variable| values::identity(*variable) == guid_of(PHASE_VARIABLE));
        if let Some(variable) = of_phases {
            read_phases(reader, variable);
        }
        let mut variables = Self::default();
        let mut seen = BTreeSet::new();
        for element in reader.root.listed("Variables", "Variable") {
            let guid = values::identity(element);
            if !seen.insert(guid) {
                let name = element.get_or_empty("name");
                reader.study.losses.note(Lost::SameIdentity, name);
                continue;
            }
            if is_own(guid) {
                continue;
            }
            let of_documents = used.contains(&(AttributeOf::Documents, guid));
            let of_cases = used.contains(&(AttributeOf::Cases, guid)) || !of_documents;
            let phases = &reader.study.phases;
            if of_cases {
                let id = Id::from_u128(guid);
                variables.add(element, id, phases, AttributeOf::Cases);
            }
            if of_documents {
                // The attribute of cases has taken the GUID.
                let id = if of_cases {
                    derived(&["refi", "variable of documents", &format!("{guid:032x}")])
                } else {
                    Id::from_u128(guid)
                };
                variables.add(element, id, phases, AttributeOf::Documents);
            }
        }
        variables
    }

    /// Adds a variable.
    ///
    /// Variables such as `esteem@baseline`, which this program writes for an attribute with phases, share one attribute.
    fn add(&mut self, variable: Element<'_>, id: AttributeId, phases: &[Phase], of: AttributeOf) {
        let kind = match variable.get_or_empty("typeOfVariable").trim() {
            "Boolean" => AttributeKind::YesNo,
            "Integer" | "Float" => AttributeKind::Number,
            "Date" | "DateTime" => AttributeKind::Date,
            _ => AttributeKind::Text,
        };
        let mut id = id;
        let mut name = variable.title();
        let mut phase = None;
        if let Some((attribute, phase_name)) = name.rsplit_once(AT_PHASE)
            && let Some(known) = phases.iter().find(|own| own.name == phase_name)
        {
            name = attribute;
            phase = Some(known.id);
            id = derived(&["refi", "attribute of phases", &format!("{of:?}"), name]);
        }
        let guid = values::identity(variable);
        let same = self.attributes.iter().position(|own| {
            own.per_phase && phase.is_some() && own.of == of && own.name == name && own.kind == kind
        });
        let attribute = same.unwrap_or(self.attributes.len());
        self.by_guid
            .insert((of, guid), VariableTarget { attribute, phase });
        if same.is_none() {
            let rank = Rank::between(self.last_rank.as_ref(), None);
            self.last_rank = Some(rank.clone());
            self.attributes.push(Attribute {
                definition: with_line_feeds(variable.description()),
                ..Attribute::new(id, name.to_owned(), of, kind, phase.is_some(), rank)
            });
        }
    }

    /// The values of an element; those that don't fit their variable are reported under the name of their owner, `who`.
    pub(super) fn values(
        &self,
        element: Element<'_>,
        of: AttributeOf,
        who: &str,
        losses: &mut Losses,
    ) -> Values {
        let mut found = Values::new();
        for given in element.each("VariableValue") {
            let variable = variable_of(given);
            if variable.is_some_and(is_own) {
                continue;
            }
            // `TextValue`, `IntegerValue` and so on; the type that counts is the variable's.
            let text = given
                .children()
                .find(|child| child.name().ends_with("Value"))
                .map_or("", Element::words);
            if text.trim().is_empty() {
                continue;
            }
            let short: String = text.trim().chars().take(40).collect();
            let target = variable.and_then(|guid| self.by_guid.get(&(of, guid)));
            let Some(VariableTarget { attribute, phase }) = target else {
                losses.note(Lost::Value, format!("{who}, ?: {short}"));
                continue;
            };
            let attribute = &self.attributes[*attribute];
            let place = format!("{who}, {}: {short}", attribute.name);
            let Some(parsed) = parse_value(&attribute.kind, text) else {
                losses.note(Lost::Value, place);
                continue;
            };
            if parsed.time_lost {
                losses.note(Lost::TimeOfDay, place);
            }
            found.entry((attribute.id, *phase)).or_insert(parsed.value);
        }
        found
    }
}

/// The variables that cases or documents have values of.
fn used_variables(root: Element<'_>) -> BTreeSet<(AttributeOf, u128)> {
    let mut used = BTreeSet::new();
    for case in root.listed("Cases", "Case") {
        let of = if is_values_of_document(case) {
            AttributeOf::Documents
        } else {
            AttributeOf::Cases
        };
        used.extend(
            case.each("VariableValue")
                .filter_map(variable_of)
                .map(|guid| (of, guid)),
        );
    }
    for source in root.each("Sources").flat_map(Element::children) {
        let values = source.each("VariableValue").filter_map(variable_of);
        used.extend(values.map(|guid| (AttributeOf::Documents, guid)));
    }
    used
}

/// Returns true if a case only carries the variables of one document, as some programs write them.
pub(super) fn is_values_of_document(case: Element<'_>) -> bool {
    case.some("name").is_none()
        && case.child("VariableValue").is_some()
        && case.child("SelectionRef").is_none()
        && case.each("SourceRef").count() == 1
}

/// Returns true if a variable is one of those by which this program writes what REFI-QDA has no element for.
fn is_own(guid: u128) -> bool {
    [PHASE_VARIABLE, KIND_VARIABLE, PARENT_VARIABLE]
        .iter()
        .any(|name| guid == guid_of(name))
}

/// The value of an element for one of those variables.
pub(super) fn own_value<'t>(element: Element<'t>, name: &str) -> Option<&'t str> {
    let given = element
        .each("VariableValue")
        .find(|given| variable_of(*given) == Some(guid_of(name)))?;
    let text = given.child("TextValue")?.words().trim();
    (!text.is_empty()).then_some(text)
}

/// Reads the phases that the variable of phases names, a line each.
fn read_phases(reader: &mut ProjectReader<'_>, variable: Element<'_>) {
    let mut rank = None;
    for name in variable.description().lines().map(str::trim) {
        if name.is_empty() || reader.study.phases.iter().any(|own| own.name == name) {
            continue;
        }
        let next = Rank::between(rank.as_ref(), None);
        reader.study.phases.push(Phase::new(
            derived(&["refi", "phase", name]),
            name.to_owned(),
            next.clone(),
        ));
        rank = Some(next);
    }
}

fn variable_of(value: Element<'_>) -> Option<u128> {
    value.child("VariableRef").and_then(values::target)
}

/// A value as it was parsed.
struct ParsedValue {
    value: AttributeValue,
    /// Whether a time of day was cut off, since attributes have only days.
    time_lost: bool,
}

/// Parses a value; `None` if it doesn't fit the kind of its attribute.
fn parse_value(kind: &AttributeKind, text: &str) -> Option<ParsedValue> {
    let mut time_lost = false;
    let value = if let Some(absent) = AttributeValue::absent(text) {
        absent
    } else {
        match kind {
            AttributeKind::Text | AttributeKind::Category(_) => {
                AttributeValue::Text(with_line_feeds(text))
            }
            AttributeKind::YesNo => match values::truth(text) {
                Some(answer) => AttributeValue::YesNo(answer),
                None => kind.parse(text)?,
            },
            AttributeKind::Date => {
                let date = values::day(text)?;
                time_lost = date.has_time;
                AttributeValue::Date(date.day)
            }
            AttributeKind::Number => kind.parse(text)?,
        }
    };
    Some(ParsedValue { value, time_lost })
}
