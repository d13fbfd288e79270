//! Areas of a PDF's pages as passages of its text.
//!
//! Positions of areas say nothing of the text, so the words are looked for: those that the file repeats, or those under the area.
//! One program writes the same passage as text and as an area on each page; it is counted once.

use std::collections::BTreeSet;

use super::{
    passages::{Holder, Passages},
    values,
    xml::Element,
};
use crate::{
    import::{loss::Lost, text::words_under},
    model::text::TextRange,
};

/// What the same passage has in common however it is written: name, codes and date.
type Likeness<'e> = (&'e str, Vec<u128>, &'e str);

fn likeness(element: Element<'_>) -> Likeness<'_> {
    let mut codes: Vec<u128> = element
        .each("Coding")
        .filter_map(|coding| coding.child("CodeRef").and_then(values::target))
        .collect();
    codes.sort_unstable();
    (
        element.get("name").unwrap_or_default().trim(),
        codes,
        element.get("creationDateTime").unwrap_or_default(),
    )
}

/// Takes in what is coded by areas; `holder` is the text that stands for the pages.
pub(super) fn areas(own: &mut Passages<'_, '_>, holder: Element<'_>, areas: &[Element<'_>]) {
    let written: Vec<Element<'_>> = holder.each("PlainTextSelection").collect();
    let guids: BTreeSet<u128> = written
        .iter()
        .map(|selection| values::identity(*selection))
        .collect();
    let likes: BTreeSet<Likeness<'_>> = written
        .iter()
        .map(|selection| likeness(*selection))
        .filter(|like| !like.0.is_empty())
        .collect();
    let is_new = |area: &&Element<'_>| {
        !guids.contains(&values::identity(**area)) && !likes.contains(&likeness(**area))
    };
    let left: Vec<Element<'_>> = areas.iter().filter(is_new).copied().collect();
    if left.is_empty() {
        return;
    }
    let under = under(own, &left);
    let bare = Bare::new(own.imported.text.as_str());
    let mut taken: BTreeSet<(TextRange, Vec<u128>)> = BTreeSet::new();
    for (number, area) in left.into_iter().enumerate() {
        let content = area
            .child("Representation")
            .and_then(|own| own.child("PlainTextContent"))
            .map_or("", Element::words);
        let glyphs = under.get(number).map_or("", String::as_str);
        let quotes = [
            content,
            glyphs,
            area.get("name").unwrap_or_default(),
            area.description(),
        ];
        let Some((quote, range, often)) = quotes
            .into_iter()
            .find_map(|quote| bare.find(quote).map(|(range, often)| (quote, range, often)))
        else {
            lost(own, area, "");
            continue;
        };
        if often {
            let place = place(own, area);
            own.reading.study.losses.note(Lost::AmbiguousArea, place);
        }
        // A passage over several pages is one area a page, which have a cut name in common.
        if taken.insert((range, likeness(area).1)) {
            own.placed(
                Holder {
                    range,
                    selection: Some(values::identity(area)),
                    element: area,
                },
                quote,
            );
        }
    }
}

/// The words under areas, where the PDF is there and can be read.
fn under(own: &Passages<'_, '_>, areas: &[Element<'_>]) -> Vec<String> {
    // This program measures from the top, which can't be turned round without the page's height.
    if own
        .reading
        .study
        .program
        .to_lowercase()
        .contains("qualcoder")
    {
        return Vec::new();
    }
    let Some(bytes) = own
        .imported
        .original
        .as_ref()
        .filter(|bytes| bytes.starts_with(b"%PDF"))
    else {
        return Vec::new();
    };
    let number = |area: &Element<'_>, name| {
        area.some(name)
            .and_then(|text| text.parse::<f32>().ok())
            .unwrap_or(-1.0)
    };
    let area = |area: &Element<'_>| {
        let page = area
            .some("page")
            .and_then(|page| page.parse::<usize>().ok())
            .unwrap_or(usize::MAX);
        (
            page,
            ["firstX", "firstY", "secondX", "secondY"].map(|name| number(area, name)),
        )
    };
    words_under(bytes.clone(), areas.iter().map(area).collect()).unwrap_or_default()
}

fn place(own: &Passages<'_, '_>, area: Element<'_>) -> String {
    format!(
        "{}: {}",
        own.imported.title,
        area.some("name").unwrap_or("–")
    )
}

fn lost(own: &mut Passages<'_, '_>, area: Element<'_>, why: &str) {
    let place = format!("{}{why}", place(own, area));
    for _ in 0..area.each("Coding").count().max(1) {
        own.reading.study.losses.note(Lost::PageArea, place.clone());
    }
}

/// A text without its spaces and line ends, which differ between a page and its text.
struct Bare {
    text: String,
    /// Where each character begins: byte here, code point there.
    places: Vec<(usize, u32)>,
}

impl Bare {
    fn new(text: &str) -> Self {
        let mut own = Self {
            text: String::with_capacity(text.len()),
            places: Vec::new(),
        };
        for (at, c) in (0u32..).zip(text.chars()) {
            if !c.is_whitespace() {
                own.places.push((own.text.len(), at));
                own.text.push(c);
            }
        }
        own
    }

    /// Where words stand, and whether more than once.
    fn find(&self, words: &str) -> Option<(TextRange, bool)> {
        let words = words.trim().trim_end_matches('…');
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        if words.is_empty() {
            return None;
        }
        let finder = memchr::memmem::Finder::new(words.as_bytes());
        let mut hits = finder.find_iter(self.text.as_bytes());
        let first = hits.next()?;
        let at = |byte: usize| self.places.partition_point(|(own, _)| *own < byte);
        let start = self.places.get(at(first))?.1;
        let last = self.places.get(at(first + words.len()).checked_sub(1)?)?.1;
        Some((TextRange::new(start, last + 1)?, hits.next().is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_spaces() {
        let text = "Über 𠮷 food\nand drink. food";
        let bare = Bare::new(text);
        let (range, often) = bare.find("𠮷 foodand dr…").unwrap();
        let found: String = text.chars().skip(5).take(13).collect();
        assert_eq!((range, often), (TextRange::between(5, 18), false));
        assert_eq!(found, "𠮷 food\nand dr");
        assert!(bare.find("food").unwrap().1);
        assert_eq!(bare.find("absent"), None);
        assert_eq!(bare.find(" … "), None);
    }
}
