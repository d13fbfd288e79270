//! Pseudonyms: what replaces names in reports and exports that others read.
//!
//! With a table of pseudonyms, its stand-ins are used. Without one, references replace the names that the project knows: those of
//! cases, those in an attribute called name, and labels of participants. Words of kinship and roles (妈妈, Dad) are replaced where they
//! label a speaker, never in running text, where they can mean anybody's. Other names in quotations stay, and the report says so.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    language::kinship::is_kinship_or_role,
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue, Values},
        case::CaseKind,
        document::SpeakerRole,
        ids::CaseId,
    },
    names::{NameKind, Substitute, Substituted, Substitutes, table::PseudonymTable},
};

/// The shortest name, in characters, that is replaced in a text. A single character, common in Chinese names, would be found in ordinary words.
const SHORTEST: usize = 2;

/// Names with what replaces them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pseudonyms {
    cases: BTreeMap<CaseId, String>,
    names: Substitutes,
    /// Whether somebody has made a table of them.
    from_table: bool,
}

impl Pseudonyms {
    /// Makes references for all cases: families by number, persons by family and role.
    pub fn new(project: &Project, language: UiLanguage) -> Self {
        let mut found = Self::default();
        let mut replaced: Vec<(String, String)> = Vec::new();
        let family_word = language.say(Text::new("Family ", "家庭"));
        let (mut families, mut taken) = (0, BTreeSet::new());
        for (depth, case) in project.cases_in_order() {
            let reference = if depth == 0 && case.kind != CaseKind::person() {
                families += 1;
                format!("{family_word}{families}")
            } else {
                let above = case
                    .parent
                    .and_then(|parent| found.cases.get(&parent))
                    .cloned();
                let role = role_of(project, &case.values, language)
                    .unwrap_or_else(|| language.say(Text::new("person", "成员")).to_owned());
                above.map_or_else(|| role.clone(), |above| format!("{above} {role}"))
            };
            let mut unique = reference.clone();
            let mut number = 1;
            while !taken.insert(unique.clone()) {
                number += 1;
                unique = format!("{reference} {number}");
            }
            found.cases.insert(case.id, unique.clone());
            let mut names: BTreeSet<String> = [case.name.clone()].into();
            // Texts call people by a part of their name. A part with a digit is a number, not a name.
            names.extend(
                case.name
                    .split([' ', '·', '　', '/'])
                    .filter(|part| !part.chars().any(|c| c.is_ascii_digit()))
                    .map(str::to_owned),
            );
            names.extend(name_of(project, &case.values));
            replaced.extend(
                names
                    .into_iter()
                    .filter(|name| name.chars().count() >= SHORTEST && !is_kinship_or_role(name))
                    .map(|name| (name, unique.clone())),
            );
        }
        for speaker in project
            .documents
            .values()
            .flat_map(|document| &document.speakers)
        {
            if let (Some(reference), true) = (
                speaker.case.and_then(|case| found.cases.get(&case)),
                speaker.role != SpeakerRole::Interviewer,
            ) && speaker.label.chars().count() >= SHORTEST
                && !is_kinship_or_role(&speaker.label)
            {
                replaced.push((speaker.label.clone(), reference.clone()));
            }
        }
        found.names = Substitutes::new(replaced.into_iter().map(|(name, reference)| Substitute {
            name,
            stand_in: format!("[{reference}]"),
            kind: NameKind::Person,
        }));
        found
    }

    /// What a table says; a case has its name with the names in it replaced.
    pub fn of_table(project: &Project, table: &PseudonymTable) -> Self {
        let names = table.substitutes();
        let cases = project.cases.iter();
        Self {
            cases: cases
                .map(|(id, case)| (*id, names.text(&case.name)))
                .collect(),
            names,
            from_table: true,
        }
    }

    /// Returns true if somebody has made a table of them.
    pub const fn from_table(&self) -> bool {
        self.from_table
    }

    /// The reference of a case.
    pub fn of(&self, case: CaseId) -> &str {
        self.cases.get(&case).map_or("", String::as_str)
    }

    /// A text with all names replaced; one in Latin letters only as a whole word.
    pub fn text(&self, words: &str) -> String {
        self.names.text(words)
    }

    /// The places of names in a text with what replaces them; they don't overlap.
    pub fn found(&self, words: &str) -> Vec<Substituted> {
        self.names.found(words)
    }

    /// A copy of the project with references for names, in cases, speakers and titles.
    pub fn project(&self, project: &Project) -> Project {
        let mut copy = project.clone();
        for (id, case) in &mut copy.cases {
            Arc::make_mut(case).name = self.of(*id).to_owned();
        }
        for document in copy.documents.values_mut() {
            let document = Arc::make_mut(document);
            document.title = self.text(&document.title);
            for speaker in &mut document.speakers {
                let reference = speaker.case.and_then(|case| self.cases.get(&case));
                match reference {
                    Some(reference) if !self.from_table => speaker.label.clone_from(reference),
                    _ if self.from_table => speaker.label = self.text(&speaker.label),
                    _ => {}
                }
            }
        }
        copy
    }
}

fn role_of(project: &Project, values: &Values, language: UiLanguage) -> Option<String> {
    let (attribute, value) = value_of(project, values, &["role", "角色"])?;
    Some(attribute.say(value, language))
}

fn name_of(project: &Project, values: &Values) -> Option<String> {
    let (_, value) = value_of(project, values, &["name", "姓名", "名字"])?;
    Some(value.to_text())
}

/// The words that a case has for an attribute of one of these names.
fn value_of<'a>(
    project: &'a Project,
    values: &'a Values,
    called: &[&str],
) -> Option<(&'a Attribute, &'a AttributeValue)> {
    let attribute = project.attributes.values().find(|attribute| {
        attribute.of == AttributeOf::Cases
            && attribute
                .names()
                .any(|name| called.contains(&name.to_lowercase().as_str()))
    })?;
    let value = values.get(&(attribute.id, None))?;
    let is_words = matches!(value, AttributeValue::Text(_) | AttributeValue::Category(_));
    is_words.then_some((attribute, value))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{case::Case, ids::CaseId};

    fn project() -> Project {
        let mut project = Project::default();
        let mut add = |id: u128, parent: Option<u128>, kind: CaseKind, name: &str| {
            let case = Case {
                id: CaseId::from_u128(id),
                name: name.to_owned(),
                kind,
                parent: parent.map(CaseId::from_u128),
                values: BTreeMap::new(),
            };
            project.cases.insert(case.id, Arc::new(case));
        };
        add(1, None, CaseKind::family(), "F01 Lin 林家");
        add(2, Some(1), CaseKind::person(), "小远");
        add(3, Some(1), CaseKind::person(), "小远妈妈");
        add(4, None, CaseKind::family(), "F02 Reed");
        add(5, Some(4), CaseKind::person(), "Sam");
        project
    }

    #[test]
    fn names_become_references_and_longer_names_win() {
        let found = Pseudonyms::new(&project(), UiLanguage::English);
        assert_eq!(found.of(CaseId::from_u128(3)), "Family 1 person 2");
        assert_eq!(
            found.text("小远妈妈和小远"),
            "[Family 1 person 2]和[Family 1 person]"
        );
        assert_eq!(
            found.text("Sam, the same Sam's samovar and Samuel"),
            "[Family 2 person], the same [Family 2 person]'s samovar and Samuel"
        );
        assert_eq!(found.text("我们林家"), "我们[Family 1]");
        // Anybody's mother.
        assert_eq!(found.text("她妈妈编的，妈妈"), "她妈妈编的，妈妈");
        let copy = found.project(&project());
        assert_eq!(copy.cases[&CaseId::from_u128(4)].name, "Family 2");
    }
}
