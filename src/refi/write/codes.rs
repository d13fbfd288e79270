//! Codes as both kinds of files have them, and the codebook alone (`.qdc`).

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    guids::{Guids, Kind},
    xml::Xml,
};
use crate::{
    import::loss::{Losses, Lost},
    model::{
        Project,
        code::{Code, Hue, PALETTE},
        localized::{Language, Localized},
        memo::Anchor,
    },
};

/// What introduces the rules of a code in its description: applies when, doesn't apply when, examples.
const RULES_ENGLISH: [&str; 3] = ["Apply when: ", "Not when: ", "Examples:"];
/// The same in a Chinese codebook.
const RULES_CHINESE: [&str; 3] = ["适用：", "不适用：", "例："];

/// Memos by what they stand on, by GUID.
pub(super) type NotesOn = BTreeMap<Anchor, Vec<u128>>;

/// A codebook alone (`.qdc`), with the sets that have codes, and what of it didn't survive.
///
/// REFI-QDA knows no codebook without codes; of a project without any, the file has none either and isn't valid.
pub fn write_codebook(project: &Project) -> (Vec<u8>, Losses) {
    let mut losses = Losses::default();
    let guids = Guids::of_project(project, &mut losses);
    let mut xml = Xml::new();
    xml.start("CodeBook")
        .attribute("xmlns", "urn:QDA-XML:codebook:1.0")
        .attribute("origin", &super::origin());
    codes(&mut xml, project, &guids, &NotesOn::new(), &mut losses);
    let with_codes: Vec<_> = project
        .sets_in_order()
        .into_iter()
        .filter(|set| set.members.iter().any(|member| is_code(*member)))
        .collect();
    if !with_codes.is_empty() {
        xml.start("Sets");
        for set in with_codes {
            xml.start("Set")
                .guid("guid", guids.of(Kind::Set, set.id))
                .attribute("name", &set.name);
            description(&mut xml, &set.description);
            for member in &set.members {
                match member {
                    Anchor::Code(code) => {
                        xml.start("MemberCode")
                            .guid("guid", guids.of(Kind::Code, *code));
                        xml.end();
                    }
                    _ => losses.note(Lost::SetMember, set.name.clone()),
                }
            }
            xml.end();
        }
        xml.end();
    }
    xml.end();
    for memo in project.memos.values() {
        if is_code(memo.anchor) {
            losses.note(Lost::Memo, memo.title.clone());
        }
    }
    let (text, replaced) = xml.finish();
    note_replaced(&mut losses, replaced);
    (text.into_bytes(), losses)
}

const fn is_code(anchor: Anchor) -> bool {
    matches!(anchor, Anchor::Code(_))
}

/// Notes the texts in which characters were replaced.
pub(super) fn note_replaced(losses: &mut Losses, replaced: Vec<String>) {
    for text in replaced {
        losses.note(Lost::Characters, text);
    }
}

/// All codes as a tree.
pub(super) fn codes(
    xml: &mut Xml,
    project: &Project,
    guids: &Guids,
    notes: &NotesOn,
    losses: &mut Losses,
) {
    xml.start("Codes");
    let mut open = 0;
    for (depth, code) in project.codebook.in_order() {
        for _ in depth..open {
            xml.end();
        }
        open = depth + 1;
        let [red, green, blue] = colour(code.hue);
        xml.start("Code")
            .guid("guid", guids.of(Kind::Code, code.id))
            .attribute("name", words(&code.name));
        xml.attribute("isCodable", "true")
            .attribute("color", &format!("#{red:02X}{green:02X}{blue:02X}"));
        description(xml, &rules(code, &project.language));
        note_refs(xml, notes, Anchor::Code(code.id));
        note_losses(code, losses);
    }
    for _ in 0..open {
        xml.end();
    }
    xml.end();
}

/// References to the memos on a thing.
pub(super) fn note_refs(xml: &mut Xml, notes: &NotesOn, on: Anchor) {
    for note in notes.get(&on).into_iter().flatten() {
        xml.reference("NoteRef", *note);
    }
}

/// A description, where there is one.
pub(super) fn description(xml: &mut Xml, words: &str) {
    if !words.is_empty() {
        xml.words("Description", words);
    }
}

fn colour(hue: Hue) -> [u8; 3] {
    PALETTE
        .get(usize::from(hue.number()))
        .copied()
        .unwrap_or_default()
}

/// The main words, or, where those are missing, a translation's.
fn words(localized: &Localized) -> &str {
    localized
        .all()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// Definition and rules, each a paragraph; rules that aren't there are left out.
fn rules(code: &Code, language: &Language) -> String {
    let [apply, not, examples] = if language.0.starts_with("zh") {
        RULES_CHINESE
    } else {
        RULES_ENGLISH
    };
    let mut paragraphs = vec![words(&code.definition).to_owned()];
    for (label, rule) in [(apply, &code.apply_when), (not, &code.not_when)] {
        if !words(rule).is_empty() {
            paragraphs.push(format!("{label}{}", words(rule)));
        }
    }
    let mut list = String::new();
    for example in code
        .examples
        .iter()
        .map(words)
        .filter(|example| !example.is_empty())
    {
        write!(list, "\n- {example}").ok(); // Writing to a string can't fail.
    }
    if !list.is_empty() {
        paragraphs.push(format!("{examples}{list}"));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

fn note_losses(code: &Code, losses: &mut Losses) {
    let name = words(&code.name);
    let mut localized = [
        &code.name,
        &code.definition,
        &code.apply_when,
        &code.not_when,
    ]
    .into_iter()
    .chain(&code.examples);
    if localized.any(|localized| localized.all().filter(|text| !text.is_empty()).count() > 1) {
        losses.note(Lost::Translations, name);
    }
    if code.key.is_some() || !code.indicators.is_empty() {
        losses.note(Lost::CodeDetail, name);
    }
    if !code.facets.is_empty() {
        losses.note(Lost::Facets, name);
    }
}
