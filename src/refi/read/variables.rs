//! Variables as attributes, and their values.
//!
//! A variable isn't said to be one of cases or of documents; that shows in who has values of it. Where both do, it becomes two attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reading, cases, lines, values, xml::Element};
use crate::{
    import::{loss::Losses, loss::Lost, study::derived},
    model::{
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue, Values},
        ids::{AttributeId, Id},
        rank::Rank,
    },
};

/// The variables of a project.
#[derive(Debug, Default)]
pub(super) struct Variables {
    /// As attributes.
    pub(super) attributes: Vec<Attribute>,
    /// Their places in that list by what has them and GUID.
    by_guid: BTreeMap<(AttributeOf, u128), usize>,
}

impl Variables {
    /// Reads the variables of a project.
    pub(super) fn read(reading: &mut Reading<'_>) -> Self {
        let root = reading.root;
        let mut used: BTreeSet<(AttributeOf, u128)> = BTreeSet::new();
        let targets = |element: Element<'_>| element.each("VariableValue").filter_map(variable_of).collect::<Vec<_>>();
        for case in root.listed("Cases", "Case") {
            let of = if cases::stands_for_a_document(case) { AttributeOf::Documents } else { AttributeOf::Cases };
            used.extend(targets(case).into_iter().map(|guid| (of, guid)));
        }
        for source in root.each("Sources").flat_map(Element::children) {
            used.extend(targets(source).into_iter().map(|guid| (AttributeOf::Documents, guid)));
        }
        let (mut variables, mut rank, mut seen) = (Self::default(), None, BTreeSet::new());
        for variable in root.listed("Variables", "Variable") {
            let guid = values::identity(variable);
            if !seen.insert(guid) {
                reading.study.losses.note(Lost::SameIdentity, variable.get("name").unwrap_or_default());
                continue;
            }
            let of_documents = used.contains(&(AttributeOf::Documents, guid));
            if used.contains(&(AttributeOf::Cases, guid)) || !of_documents {
                variables.add(variable, guid, AttributeOf::Cases, Id::from_u128(guid), &mut rank);
            }
            if of_documents {
                let alone = !variables.by_guid.contains_key(&(AttributeOf::Cases, guid));
                let id = if alone { Id::from_u128(guid) } else { derived(&["refi", "variable of documents", &format!("{guid:032x}")]) };
                variables.add(variable, guid, AttributeOf::Documents, id, &mut rank);
            }
        }
        variables
    }

    fn add(&mut self, variable: Element<'_>, guid: u128, of: AttributeOf, id: AttributeId, last: &mut Option<Rank>) {
        let kind = match variable.get("typeOfVariable").unwrap_or_default().trim() {
            "Boolean" => AttributeKind::YesNo,
            "Integer" | "Float" => AttributeKind::Number,
            "Date" | "DateTime" => AttributeKind::Date,
            _ => AttributeKind::Text,
        };
        let rank = Rank::between(last.as_ref(), None);
        *last = Some(rank.clone());
        self.by_guid.insert((of, guid), self.attributes.len());
        let name = variable.get("name").unwrap_or_default().trim().to_owned();
        let definition = lines(variable.description());
        self.attributes.push(Attribute { id, name, definition, of, kind, per_phase: false, rank });
    }

    /// The values that an element has; those that don't fit their variable are noted with the name of who has them.
    pub(super) fn values(&self, element: Element<'_>, of: AttributeOf, who: &str, losses: &mut Losses) -> Values {
        let mut found = Values::new();
        for given in element.each("VariableValue") {
            let attribute = variable_of(given).and_then(|guid| self.by_guid.get(&(of, guid))).and_then(|at| self.attributes.get(*at));
            let Some(text) = given.children().find(|child| child.name().ends_with("Value")).map(Element::words) else { continue };
            if text.trim().is_empty() {
                continue;
            }
            let place = |name: &str| format!("{who}, {name}: {}", text.trim().chars().take(40).collect::<String>());
            let Some(attribute) = attribute else {
                losses.note(Lost::Value, place("?"));
                continue;
            };
            match value(&attribute.kind, text) {
                Some((value, cut)) => {
                    if cut {
                        losses.note(Lost::TimeOfDay, place(&attribute.name));
                    }
                    found.entry((attribute.id, None)).or_insert(value);
                }
                None => losses.note(Lost::Value, place(&attribute.name)),
            }
        }
        found
    }
}

fn variable_of(value: Element<'_>) -> Option<u128> {
    value.child("VariableRef").and_then(values::target)
}

/// A value of a kind, and whether a time of day was cut off; `None` when it isn't one.
fn value(kind: &AttributeKind, text: &str) -> Option<(AttributeValue, bool)> {
    if let Some(absent) = AttributeValue::absent(text) {
        return Some((absent, false));
    }
    match kind {
        AttributeKind::Text | AttributeKind::Category(_) => Some((AttributeValue::Text(lines(text)), false)),
        AttributeKind::YesNo => values::truth(text).map(AttributeValue::YesNo).or_else(|| kind.parse(text)).map(|value| (value, false)),
        AttributeKind::Date => values::day(text).map(|(day, cut)| (AttributeValue::Date(day), cut)),
        AttributeKind::Number => kind.parse(text).map(|value| (value, false)),
    }
}
