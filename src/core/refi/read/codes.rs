//! Codes as a tree; those that stand for cases are left out.

use super::{
    reader::ProjectReader,
    values::{self, with_line_feeds},
    xml::Element,
};
use crate::{
    import::{
        colour::{nearest_hue, rgb},
        loss::Lost,
    },
    model::{
        code::{Code, CodePlace, Hue, PALETTE},
        ids::{CodeId, Id},
        localized::Localized,
        memo::Anchor,
        rank::Rank,
    },
};

/// Reads codes, each before those below it.
pub(super) fn read(reader: &mut ProjectReader<'_>, codes: Vec<Element<'_>>) {
    let mut last_rank = None;
    // A theme without a colour gets the next one of the palette, so that neighbours differ.
    for (hue, element) in (0..PALETTE.len()).cycle().zip(codes) {
        let hue = Hue::new(u8::try_from(hue).expect("the palette is small"));
        code(reader, element, None, hue, &mut last_rank);
    }
}

/// Reads a code; `hue` is its colour if it has none, and `last_rank` the rank of the code before it.
fn code(
    reader: &mut ProjectReader<'_>,
    element: Element<'_>,
    parent: Option<CodeId>,
    hue: Hue,
    last_rank: &mut Option<Rank>,
) {
    let guid = values::identity(element);
    // NVivo writes each case also as a code with the same GUID.
    if let Some(Anchor::Case(case)) = reader.things.get(&guid) {
        reader.case_codes.insert(Id::from_u128(guid), *case);
        for below in element.each("Code") {
            code(reader, below, parent, hue, last_rank);
        }
        return;
    }
    let id: CodeId = reader.claim(guid, "code", |own, guid| {
        own.codes.contains(&Id::from_u128(guid))
    });
    reader.codes.insert(id);
    reader
        .things
        .entry(id.as_u128())
        .or_insert(Anchor::Code(id));
    let name = element.title();
    let hue = match element.some("color") {
        None => hue,
        Some(colour) => {
            if !rgb(colour).is_some_and(|colour| PALETTE.contains(&colour)) {
                reader.study.losses.note(Lost::Colour, name);
            }
            nearest_hue(colour).unwrap_or(hue)
        }
    };
    if element.get("isCodable").and_then(values::truth) == Some(false) {
        reader.study.losses.note(Lost::NotCodable, name);
    }
    let rank = Rank::between(last_rank.as_ref(), None);
    *last_rank = Some(rank.clone());
    let mut own = Code::new(id, CodePlace { parent, rank }, Localized::plain(name), hue);
    own.definition = Localized::plain(with_line_feeds(element.description()));
    reader.study.codes.push(own);
    reader.refer(element, Anchor::Code(id));
    let mut last_below = None;
    for below in element.each("Code") {
        code(reader, below, Some(id), hue, &mut last_below);
    }
}
