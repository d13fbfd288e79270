//! The named things of a study: coders, phases, attributes, cases and codes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::StudyImporter;
use crate::{
    app::edit::codebook::code_with_key,
    import::loss::Lost,
    log::change::{Change, CodeEdit, Edit, Holder},
    model::{
        Project,
        attribute::{Attribute, AttributeOf, Values},
        case::Case,
        code::{Code, CodePlace},
        codebook::PATH_SEPARATOR,
        coder::Coder,
        facet::Facet,
        ids::CodeId,
        phase::Phase,
        rank::Rank,
    },
};

impl StudyImporter<'_, '_> {
    /// A coder is known by identity or name; values that it hasn't yet are added.
    pub(super) fn coder(&mut self, mut coder: Coder) {
        let values = self.mapped_values(std::mem::take(&mut coder.values));
        let base = Arc::clone(&self.base);
        let known = base.coders.get(&coder.id);
        let known = known.or_else(|| base.coder_by_name(&coder.name));
        let id = known.map_or(coder.id, |own| own.id);
        self.map.coders.insert(coder.id, id);
        if let Some(known) = known {
            self.counts.coders.known += 1;
            self.add_values(Holder::Coder(id), &known.values, values);
        } else {
            self.counts.coders.added += 1;
            coder.values = values;
            self.tx.record(Change::CoderAdded(coder));
        }
    }

    /// A phase is known by identity or name; new ones come after the others.
    pub(super) fn phases(&mut self, phases: Vec<Phase>) {
        for mut phase in phases {
            let known = self.base.phases.get(&phase.id);
            let known = known.or_else(|| self.base.phase_by_name(&phase.name));
            let id = known.map_or(phase.id, |own| own.id);
            self.map.phases.insert(phase.id, id);
            if known.is_none() {
                phase.rank = Rank::after(self.tx.project().phases.values().map(|own| &own.rank));
                self.tx.record(Change::PhaseAdded(phase));
            }
        }
    }

    /// An attribute is known by identity, or by name and kind; another one of that name gets a
    /// number.
    pub(super) fn attributes(&mut self, attributes: Vec<Attribute>) {
        let names = self.base.attributes.values();
        let mut taken: BTreeSet<(AttributeOf, String)> = names
            .map(|attribute| (attribute.of, attribute.name.clone()))
            .collect();
        for mut attribute in attributes {
            let foreign = attribute.id;
            if let Some(known) = known_attribute(&self.base, &attribute) {
                self.map.attributes.insert(foreign, known.id);
                self.counts.attributes.known += 1;
                continue;
            }
            if self.base.attributes.contains_key(&foreign) {
                attribute.id = self.tx.id();
            }
            attribute.name = self.free_name(&attribute.name, |name| {
                taken.contains(&(attribute.of, name.to_owned()))
            });
            taken.insert((attribute.of, attribute.name.clone()));
            let ranks = self.tx.project().attributes.values();
            attribute.rank = Rank::after(ranks.map(|own| &own.rank));
            self.map.attributes.insert(foreign, attribute.id);
            self.counts.attributes.added += 1;
            self.tx.record(Change::AttributeAdded(attribute));
        }
    }

    /// Values of the study's attributes in the project's.
    pub(super) fn mapped_values(&self, values: Values) -> Values {
        let mut mapped = Values::new();
        for ((attribute, phase), value) in values {
            let phase = phase.map(|phase| *self.map.phases.get(&phase).unwrap_or(&phase));
            if let Some(attribute) = self.map.attributes.get(&attribute) {
                mapped.insert((*attribute, phase), value);
            }
        }
        mapped
    }

    /// Sets the values that a thing of the project hasn't yet.
    pub(super) fn add_values(&mut self, holder: Holder, present: &Values, values: Values) {
        for ((attribute, phase), value) in values {
            if !present.contains_key(&(attribute, phase)) {
                self.tx.record(Change::ValueSet {
                    holder,
                    attribute,
                    phase,
                    value: Edit::new(None, Some(value)),
                });
            }
        }
    }

    /// A case is known by identity, or by name and kind; values that it hasn't yet are added.
    pub(super) fn cases(&mut self, cases: Vec<Case>) {
        let base = Arc::clone(&self.base);
        let names = base.cases.values();
        let mut taken: BTreeSet<String> = names.map(|case| case.name.clone()).collect();
        for mut case in cases {
            let foreign = case.id;
            let values = self.mapped_values(std::mem::take(&mut case.values));
            let by_name = base.case_by_name(&case.name);
            let by_name = by_name.filter(|own| own.kind == case.kind);
            if let Some(known) = base.cases.get(&case.id).or(by_name) {
                self.map.cases.insert(foreign, known.id);
                self.counts.cases.known += 1;
                self.add_values(Holder::Case(known.id), &known.values, values);
                continue;
            }
            case.name = self.free_name(&case.name, |name| taken.contains(name));
            taken.insert(case.name.clone());
            let parent = case.parent;
            case.parent = parent.and_then(|parent| self.map.cases.get(&parent).copied());
            case.values = values;
            self.map.cases.insert(foreign, case.id);
            self.counts.cases.added += 1;
            self.tx.record(Change::CaseAdded(Box::new(case)));
        }
    }

    /// A code is known by identity or path; its rules stay as they are in the project.
    pub(super) fn codes(&mut self, codes: Vec<Code>) {
        let base = Arc::clone(&self.base);
        // The names below each code, with the code of the project that has it; `None` is a name that
        // the study has taken.
        let mut siblings: BTreeMap<Option<CodeId>, BTreeMap<String, Option<CodeId>>> =
            BTreeMap::new();
        for code in base.codebook.codes.values() {
            let names = siblings.entry(code.place.parent).or_default();
            names.insert(code.name.text.clone(), Some(code.id));
        }
        for mut code in codes {
            let foreign = code.id;
            let parent = code.place.parent;
            let parent = parent.and_then(|parent| self.map.codes.get(&parent).copied());
            let names = siblings.entry(parent).or_default();
            let by_name = names.get(code.name.text.trim()).copied().flatten();
            let by_id = base.codebook.get(foreign).map(|own| own.id);
            if let Some(known) = by_id.or(by_name) {
                self.map.codes.insert(foreign, known);
                self.counts.codes.known += 1;
                self.facets(known, code.facets);
                continue;
            }
            code.name.text = self.without_separator(code.name.text);
            code.name.text = self.free_name(&code.name.text, |name| names.contains_key(name));
            names.insert(code.name.text.clone(), None);
            let rank = self.tx.project().codebook.last_place(parent).rank;
            code.place = CodePlace { parent, rank };
            code.key = code.key.filter(|key| code_with_key(&base, *key).is_none());
            self.map.codes.insert(foreign, code.id);
            self.counts.codes.added += 1;
            self.tx.record(Change::CodeAdded(Box::new(code)));
        }
    }

    /// A code's name without the character that separates the names of a path.
    fn without_separator(&mut self, name: String) -> String {
        if !name.contains(PATH_SEPARATOR) {
            return name;
        }
        let renamed = name.replace(PATH_SEPARATOR, "／");
        self.losses
            .note(Lost::Renamed, format!("{name} → {renamed}"));
        renamed
    }

    /// Adds the facets that a known code hasn't; one of the same name and kind is the same.
    fn facets(&mut self, id: CodeId, facets: Vec<Facet>) {
        let Some(code) = self.tx.project().codebook.get(id) else {
            return;
        };
        let own = code.facets.clone();
        let mut all = own.clone();
        for facet in facets {
            let known = all.iter().find(|own| {
                own.id == facet.id || own.name.text == facet.name.text && own.kind == facet.kind
            });
            match known {
                Some(known) => drop(self.map.facets.insert(facet.id, known.id)),
                None => all.push(facet),
            }
        }
        let edit = Edit::if_different(&own, all).map(CodeEdit::Facets);
        let changes = edit.map(|edit| Change::CodeEdited { code: id, edit });
        self.tx.record_all(changes);
    }
}

/// The attribute of the project that an attribute of the study is.
fn known_attribute<'a>(base: &'a Project, attribute: &Attribute) -> Option<&'a Attribute> {
    let by_id = base.attributes.get(&attribute.id);
    let by_name = base.attribute_by_name(attribute.of, &attribute.name);
    [by_id, by_name].into_iter().flatten().find(|own| {
        own.of == attribute.of && own.kind == attribute.kind && own.per_phase == attribute.per_phase
    })
}
