//! Names that people tell apart, and the things that have them.
//!
//! Names that differ only in case, width or normalisation are one name: `War`, `war` and `Ｗａｒ`. Older projects can
//! have several such names, so a lookup prefers the one that is written exactly so.

use crate::{
    language::fold::fold,
    log::change::Holder,
    model::{
        Project,
        attribute::{Attribute, AttributeOf},
        case::Case,
        code::Code,
        coder::Coder,
        ids::CodeId,
        phase::Phase,
    },
};

/// Returns true if people would take two names for the same.
pub fn is_same_name(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        // Saves folding where a sheet of many rows is compared with many names.
        return a.trim().eq_ignore_ascii_case(b.trim());
    }
    fold(a) == fold(b)
}

/// The code of a name below another, or at the top.
pub fn code_below<'a>(
    project: &'a Project,
    parent: Option<CodeId>,
    name: &str,
) -> Option<&'a Code> {
    let children = project.codebook.children(parent);
    let exact = children.iter().find(|code| code.name.text == name);
    exact
        .or_else(|| {
            children
                .iter()
                .find(|code| is_same_name(&code.name.text, name))
        })
        .map(|code| AsRef::as_ref(*code))
}

/// The case of a name.
pub fn case<'a>(project: &'a Project, name: &str) -> Option<&'a Case> {
    let exact = project.case_by_name(name);
    let mut cases = project.cases.values();
    exact
        .or_else(|| cases.find(|case| is_same_name(&case.name, name)))
        .map(AsRef::as_ref)
}

/// The phase of a name, in any language.
pub fn phase<'a>(project: &'a Project, name: &str) -> Option<&'a Phase> {
    let exact = project.phase_by_name(name);
    let mut phases = project.phases.values();
    exact.or_else(|| phases.find(|phase| phase.names().any(|own| is_same_name(own, name))))
}

/// The coder of a name.
pub fn coder<'a>(project: &'a Project, name: &str) -> Option<&'a Coder> {
    let exact = project.coder_by_name(name);
    let mut coders = project.coders.values();
    exact.or_else(|| coders.find(|coder| is_same_name(&coder.name, name)))
}

/// The attribute of cases, of documents or of coders of a name in any language.
pub fn attribute<'a>(project: &'a Project, of: AttributeOf, name: &str) -> Option<&'a Attribute> {
    let exact = project.attribute_by_name(of, name);
    let mut attributes = project.attributes.values().filter(|own| own.of == of);
    exact.or_else(|| attributes.find(|own| own.names().any(|own| is_same_name(own, name))))
}

/// The name of what has values.
pub fn holder(project: &Project, holder: Holder) -> Option<&str> {
    match holder {
        Holder::Case(id) => project.cases.get(&id).map(|case| case.name.as_str()),
        Holder::Document(id) => {
            let document = project.documents.get(&id);
            document.map(|document| document.title.as_str())
        }
        Holder::Coder(id) => project.coders.get(&id).map(|coder| coder.name.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_only_in_writing_are_the_same() {
        assert!(is_same_name("War", "war"));
        assert!(is_same_name("Ｗａｒ ", "war"));
        assert!(is_same_name("cafe\u{301}", "CAFÉ"));
        assert!(!is_same_name("War", "Wars"));
        assert!(!is_same_name("自信", "自信心"));
    }
}
