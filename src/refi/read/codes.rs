//! Codes with what is below them; those that stand for cases are left out.

use super::{Reading, lines, values, xml::Element};
use crate::{
    import::{
        loss::Lost,
        study::{nearest_hue, rgb},
    },
    model::{
        code::{Code, Hue, PALETTE, Place},
        ids::{CaseId, CodeId, Id},
        localized::Localized,
        memo::Anchor,
        rank::Rank,
    },
};

/// Reads codes, those above before those below.
pub(super) fn read(reading: &mut Reading<'_>, codes: Vec<Element<'_>>) {
    let mut last = None;
    for (number, element) in codes.into_iter().enumerate() {
        let hue = Hue::new(u8::try_from(number % PALETTE.len()).unwrap_or(0));
        code(reading, element, None, hue, &mut last);
    }
}

fn code(
    reading: &mut Reading<'_>,
    element: Element<'_>,
    parent: Option<CodeId>,
    hue: Hue,
    last: &mut Option<Rank>,
) {
    let guid = values::identity(element);
    // NVivo writes each case as a code of the same GUID, too.
    if let Some(Anchor::Case(case)) = reading.things.get(&guid) {
        let case: CaseId = *case;
        reading.case_codes.insert(Id::from_u128(guid), case);
        for below in element.each("Code") {
            code(reading, below, parent, hue, last);
        }
        return;
    }
    let id: CodeId = reading.claim(guid, "code", |own, guid| {
        own.codes.contains(&Id::from_u128(guid))
    });
    reading.codes.insert(id);
    reading
        .things
        .entry(id.as_u128())
        .or_insert(Anchor::Code(id));
    let name = element.get("name").unwrap_or_default().trim();
    let hue = match element.some("color") {
        None => hue,
        Some(colour) => {
            if !rgb(colour).is_some_and(|colour| PALETTE.contains(&colour)) {
                reading.study.losses.note(Lost::Colour, name);
            }
            nearest_hue(colour).unwrap_or(hue)
        }
    };
    if element.get("isCodable").and_then(values::truth) == Some(false) {
        reading.study.losses.note(Lost::NotCodable, name);
    }
    let rank = Rank::between(last.as_ref(), None);
    *last = Some(rank.clone());
    let mut own = Code::new(id, Place { parent, rank }, Localized::plain(name), hue);
    own.definition = Localized::plain(lines(element.description()));
    reading.study.codes.push(own);
    reading.refer(element, Anchor::Code(id));
    let mut last_below = None;
    for below in element.each("Code") {
        code(reading, below, Some(id), hue, &mut last_below);
    }
}
