//! Codes, which projects and codebooks have in common, and codebooks alone (`.qdc`).

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    guids::{GuidKind, Guids},
    xml::{XmlWriter, origin},
};
use crate::{
    import::loss::{Losses, Lost},
    model::{
        Project,
        code::{Code, PALETTE},
        localized::{Language, Localized},
        memo::Anchor,
    },
};

/// The labels in the description of a code: when to apply it, when not to, examples.
const RULES_ENGLISH: [&str; 3] = ["Apply when: ", "Not when: ", "Examples:"];
/// The labels in a Chinese codebook.
const RULES_CHINESE: [&str; 3] = ["适用：", "不适用：", "例："];

/// The GUIDs of the memos on each thing.
pub(super) type NotesOn = BTreeMap<Anchor, Vec<u128>>;

/// Writes the codebook alone (`.qdc`) with the sets that contain codes, and returns what the file can't hold.
///
/// The schema requires a code, so the file of a project without any is invalid.
pub fn write_codebook(project: &Project) -> (Vec<u8>, Losses) {
    let mut losses = Losses::default();
    let guids = Guids::of_project(project, &mut losses);
    let mut xml = XmlWriter::new();
    xml.start("CodeBook")
        .attribute("xmlns", "urn:QDA-XML:codebook:1.0")
        .attribute("origin", &origin());
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
                .guid("guid", guids.of(GuidKind::Set, set.id))
                .attribute("name", &set.name);
            description(&mut xml, &set.description);
            for member in &set.members {
                match member {
                    Anchor::Code(code) => {
                        xml.start("MemberCode")
                            .guid("guid", guids.of(GuidKind::Code, *code));
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
    report_replaced(&mut losses, replaced);
    (text.into_bytes(), losses)
}

const fn is_code(anchor: Anchor) -> bool {
    matches!(anchor, Anchor::Code(_))
}

/// Reports the texts in which characters were replaced.
pub(super) fn report_replaced(losses: &mut Losses, replaced: Vec<String>) {
    for text in replaced {
        losses.note(Lost::Characters, text);
    }
}

/// Writes all codes as a tree.
pub(super) fn codes(
    xml: &mut XmlWriter,
    project: &Project,
    guids: &Guids,
    notes: &NotesOn,
    losses: &mut Losses,
) {
    xml.start("Codes");
    // Codes come in the order of the tree: a code closes those before it that are as deep or deeper.
    let mut open = 0;
    for (depth, code) in project.codebook.in_order() {
        for _ in depth..open {
            xml.end();
        }
        open = depth + 1;
        let [red, green, blue] = PALETTE[usize::from(code.hue.number())];
        xml.start("Code")
            .guid("guid", guids.of(GuidKind::Code, code.id))
            .attribute("name", words(&code.name));
        xml.attribute("isCodable", "true")
            .attribute("color", &format!("#{red:02X}{green:02X}{blue:02X}"));
        description(xml, &rules(code, &project.language));
        note_refs(xml, notes, Anchor::Code(code.id));
        report_losses(code, losses);
    }
    for _ in 0..open {
        xml.end();
    }
    xml.end();
}

/// Writes references to the memos on a thing.
pub(super) fn note_refs(xml: &mut XmlWriter, notes: &NotesOn, on: Anchor) {
    for note in notes.get(&on).into_iter().flatten() {
        xml.reference("NoteRef", *note);
    }
}

/// Writes a description, unless it is empty.
pub(super) fn description(xml: &mut XmlWriter, words: &str) {
    if !words.is_empty() {
        xml.words("Description", words);
    }
}

/// The text in the main language or, if that is missing, in another one.
fn words(localized: &Localized) -> &str {
    localized
        .all()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// The definition and the rules as paragraphs, without empty ones.
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
        // Writing to a string can't fail.
        write!(list, "\n- {example}").ok();
    }
    if !list.is_empty() {
        paragraphs.push(format!("{examples}{list}"));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

fn report_losses(code: &Code, losses: &mut Losses) {
    let name = words(&code.name);
    let texts = [
        &code.name,
        &code.definition,
        &code.apply_when,
        &code.not_when,
    ];
    let mut texts = texts.into_iter().chain(&code.examples);
    if texts.any(|text| text.all().filter(|words| !words.is_empty()).count() > 1) {
        losses.note(Lost::Translations, name);
    }
    if code.key.is_some() || !code.indicators.is_empty() {
        losses.note(Lost::CodeDetail, name);
    }
    if !code.facets.is_empty() {
        losses.note(Lost::Facets, name);
    }
}
