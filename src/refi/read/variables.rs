//! Variables as attributes, and their values.
//!
//! A variable isn't said to be one of cases or of documents; that shows in who has values of it. Where both do, it becomes two attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reading, cases, lines, values, xml::Element};
use crate::{
    import::{loss::Losses, loss::Lost, study::derived},
    model::{
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue, Values},
        ids::{AttributeId, Id, PhaseId},
        phase::Phase,
        rank::Rank,
    },
    refi::{AT_PHASE, KIND_VARIABLE, PARENT_VARIABLE, PHASE_VARIABLE, guid_of},
};

/// The variables of a project.
#[derive(Debug, Default)]
pub(super) struct Variables {
    /// As attributes.
    pub(super) attributes: Vec<Attribute>,
    /// Their places in that list by what has them and GUID, and the phase that the variable is of.
    by_guid: BTreeMap<(AttributeOf, u128), (usize, Option<PhaseId>)>,
}

impl Variables {
    /// Reads the variables of a project.
    pub(super) fn read(reading: &mut Reading<'_>) -> Self {
        let root = reading.root;
        let mut used: BTreeSet<(AttributeOf, u128)> = BTreeSet::new();
        let targets = |element: Element<'_>| {
            element
                .each("VariableValue")
                .filter_map(variable_of)
                .collect::<Vec<_>>()
        };
        for case in root.listed("Cases", "Case") {
            let of = if cases::stands_for_a_document(case) {
                AttributeOf::Documents
            } else {
                AttributeOf::Cases
            };
            used.extend(targets(case).into_iter().map(|guid| (of, guid)));
        }
        for source in root.each("Sources").flat_map(Element::children) {
            used.extend(
                targets(source)
                    .into_iter()
                    .map(|guid| (AttributeOf::Documents, guid)),
            );
        }
        let of_phases =
            |variable: &Element<'_>| values::identity(*variable) == guid_of(PHASE_VARIABLE);
        if let Some(variable) = root.listed("Variables", "Variable").find(of_phases) {
            phases(reading, variable);
        }
        let (mut variables, mut rank, mut seen) = (Self::default(), None, BTreeSet::new());
        for variable in root.listed("Variables", "Variable") {
            let guid = values::identity(variable);
            if !seen.insert(guid) {
                reading
                    .study
                    .losses
                    .note(Lost::SameIdentity, variable.get("name").unwrap_or_default());
                continue;
            }
            if is_own(guid) {
                continue;
            }
            let of_documents = used.contains(&(AttributeOf::Documents, guid));
            if used.contains(&(AttributeOf::Cases, guid)) || !of_documents {
                variables.add(
                    (variable, guid),
                    &reading.study.phases,
                    AttributeOf::Cases,
                    Id::from_u128(guid),
                    &mut rank,
                );
            }
            if of_documents {
                let alone = !variables.by_guid.contains_key(&(AttributeOf::Cases, guid));
                let id = if alone {
                    Id::from_u128(guid)
                } else {
                    derived(&["refi", "variable of documents", &format!("{guid:032x}")])
                };
                variables.add(
                    (variable, guid),
                    &reading.study.phases,
                    AttributeOf::Documents,
                    id,
                    &mut rank,
                );
            }
        }
        variables
    }

    /// Takes a variable in; those of one attribute in several phases, as this program writes them, are one.
    fn add(
        &mut self,
        (variable, guid): (Element<'_>, u128),
        phases: &[Phase],
        of: AttributeOf,
        mut id: AttributeId,
        last: &mut Option<Rank>,
    ) {
        let kind = match variable.get("typeOfVariable").unwrap_or_default().trim() {
            "Boolean" => AttributeKind::YesNo,
            "Integer" | "Float" => AttributeKind::Number,
            "Date" | "DateTime" => AttributeKind::Date,
            _ => AttributeKind::Text,
        };
        let whole = variable.get("name").unwrap_or_default().trim();
        let of_phase = whole.rsplit_once(AT_PHASE).and_then(|(name, phase)| {
            let phase = phases.iter().find(|own| own.name == phase)?;
            Some((name, phase.id))
        });
        let (name, phase) = of_phase.map_or((whole, None), |(name, phase)| (name, Some(phase)));
        if phase.is_some() {
            let same = |own: &Attribute| {
                own.per_phase && own.of == of && own.name == name && own.kind == kind
            };
            if let Some(at) = self.attributes.iter().position(same) {
                self.by_guid.insert((of, guid), (at, phase));
                return;
            }
            id = derived(&["refi", "attribute of phases", &format!("{of:?}"), name]);
        }
        let rank = Rank::between(last.as_ref(), None);
        *last = Some(rank.clone());
        self.by_guid
            .insert((of, guid), (self.attributes.len(), phase));
        let (name, definition) = (name.to_owned(), lines(variable.description()));
        self.attributes.push(Attribute {
            id,
            name,
            definition,
            of,
            kind,
            per_phase: phase.is_some(),
            rank,
        });
    }

    /// The values that an element has; those that don't fit their variable are noted with the name of who has them.
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
            let place = variable.and_then(|guid| self.by_guid.get(&(of, guid)));
            let attribute = place.and_then(|(at, phase)| Some((self.attributes.get(*at)?, *phase)));
            let Some(text) = given
                .children()
                .find(|child| child.name().ends_with("Value"))
                .map(Element::words)
            else {
                continue;
            };
            if text.trim().is_empty() {
                continue;
            }
            let place = |name: &str| {
                format!(
                    "{who}, {name}: {}",
                    text.trim().chars().take(40).collect::<String>()
                )
            };
            let Some((attribute, phase)) = attribute else {
                losses.note(Lost::Value, place("?"));
                continue;
            };
            match value(&attribute.kind, text) {
                Some((value, cut)) => {
                    if cut {
                        losses.note(Lost::TimeOfDay, place(&attribute.name));
                    }
                    found.entry((attribute.id, phase)).or_insert(value);
                }
                None => losses.note(Lost::Value, place(&attribute.name)),
            }
        }
        found
    }
}

/// Whether a variable says what REFI-QDA has no element for.
fn is_own(guid: u128) -> bool {
    [PHASE_VARIABLE, KIND_VARIABLE, PARENT_VARIABLE]
        .iter()
        .any(|name| guid == guid_of(name))
}

/// What an element says in one of those variables.
pub(super) fn own<'t>(element: Element<'t>, name: &str) -> Option<&'t str> {
    let given = element
        .each("VariableValue")
        .find(|given| variable_of(*given) == Some(guid_of(name)))?;
    given
        .child("TextValue")
        .map(|value| value.words().trim())
        .filter(|text| !text.is_empty())
}

/// The phases that the variable of phases names.
fn phases(reading: &mut Reading<'_>, variable: Element<'_>) {
    let mut rank = None;
    for name in variable
        .description()
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        if reading.study.phases.iter().all(|own| own.name != name) {
            let next = Rank::between(rank.as_ref(), None);
            reading.study.phases.push(Phase {
                id: derived(&["refi", "phase", name]),
                name: name.to_owned(),
                rank: next.clone(),
            });
            rank = Some(next);
        }
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
        AttributeKind::Text | AttributeKind::Category(_) => {
            Some((AttributeValue::Text(lines(text)), false))
        }
        AttributeKind::YesNo => values::truth(text)
            .map(AttributeValue::YesNo)
            .or_else(|| kind.parse(text))
            .map(|value| (value, false)),
        AttributeKind::Date => values::day(text).map(|(day, cut)| (AttributeValue::Date(day), cut)),
        AttributeKind::Number => kind.parse(text).map(|value| (value, false)),
    }
}
