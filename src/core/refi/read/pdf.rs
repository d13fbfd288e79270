//! Areas of a PDF's pages, located in the text.
//!
//! The coordinates of an area say nothing about the text.
//! So its words are searched for: those that the file repeats, or those printed in the area.
//! Some programs write a passage both as text and as an area on each page; it counts once.

use std::collections::BTreeSet;

use super::{values, xml::Element};
use crate::{import::text::words_under, model::text::TextRange};

/// An area, with its passage if the words were found.
pub(super) struct LocatedArea<'t> {
    pub(super) area: Element<'t>,
    pub(super) passage: Option<AreaPassage>,
}

/// The passage of an area.
pub(super) struct AreaPassage {
    pub(super) range: TextRange,
    /// The words by which it was found.
    pub(super) quote: String,
    /// Whether the words occur more than once; the first occurrence is taken.
    pub(super) is_ambiguous: bool,
    /// Whether an area before it has the same passage and codes.
    pub(super) is_repeated: bool,
}

/// What a passage has in common with itself however it is written.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likeness<'e> {
    name: &'e str,
    codes: Vec<u128>,
    created: &'e str,
}

impl<'e> Likeness<'e> {
    fn of(element: Element<'e>) -> Self {
        Self {
            name: element.title(),
            codes: codes_of(element),
            created: element.get_or_empty("creationDateTime"),
        }
    }
}

fn codes_of(element: Element<'_>) -> Vec<u128> {
    let mut codes: Vec<u128> = element
        .each("Coding")
        .filter_map(|coding| coding.child("CodeRef").and_then(values::target))
        .collect();
    codes.sort_unstable();
    codes
}

/// Locates the areas that aren't passages of `holder`, the element with the text, already.
pub(super) fn locate<'t>(
    text: &str,
    original: Option<&[u8]>,
    program: &str,
    holder: Element<'t>,
    areas: &[Element<'t>],
) -> Vec<LocatedArea<'t>> {
    let left = areas_without_passage(holder, areas);
    if left.is_empty() {
        return Vec::new();
    }
    let printed = printed_words(original, program, &left);
    let text = SpacelessText::new(text);
    let mut seen: BTreeSet<(TextRange, Vec<u128>)> = BTreeSet::new();
    let mut located = Vec::with_capacity(left.len());
    for (number, area) in left.into_iter().enumerate() {
        let content = area
            .child("Representation")
            .and_then(|own| own.child("PlainTextContent"))
            .map_or("", Element::words);
        // The surest first: the text of the area itself, then what is printed there, then names, which may be cut.
        let quotes = [
            content,
            printed.get(number).map_or("", String::as_str),
            area.get_or_empty("name"),
            area.description(),
        ];
        let passage = quotes.into_iter().find_map(|quote| {
            let words = text.find(quote)?;
            Some(AreaPassage {
                range: words.range,
                quote: quote.to_owned(),
                is_ambiguous: words.is_ambiguous,
                // A passage over several pages has an area on each, all with the same shortened name.
                is_repeated: !seen.insert((words.range, codes_of(area))),
            })
        });
        located.push(LocatedArea { area, passage });
    }
    located
}

/// The areas for which the text has no selection with the same GUID or likeness.
fn areas_without_passage<'t>(holder: Element<'t>, areas: &[Element<'t>]) -> Vec<Element<'t>> {
    let mut guids = BTreeSet::new();
    let mut likes = BTreeSet::new();
    for selection in holder.each("PlainTextSelection") {
        guids.insert(values::identity(selection));
        let like = Likeness::of(selection);
        // Without a name, codes and date alone would make different passages the same.
        if !like.name.is_empty() {
            likes.insert(like);
        }
    }
    areas
        .iter()
        .filter(|area| {
            !guids.contains(&values::identity(**area)) && !likes.contains(&Likeness::of(**area))
        })
        .copied()
        .collect()
}

/// The words that are printed in each area; none if the PDF is missing or can't be read.
fn printed_words(original: Option<&[u8]>, program: &str, areas: &[Element<'_>]) -> Vec<String> {
    // QualCoder measures from the top of the page, which can't be converted without its height.
    if program.to_lowercase().contains("qualcoder") {
        return Vec::new();
    }
    let Some(pdf) = original.filter(|bytes| bytes.starts_with(b"%PDF")) else {
        return Vec::new();
    };
    let places = areas.iter().map(|area| {
        let page = area.some("page").and_then(|page| page.parse().ok());
        let corners = ["firstX", "firstY", "secondX", "secondY"].map(|name| {
            let number = area.some(name).and_then(|number| number.parse().ok());
            number.unwrap_or(-1.0)
        });
        // No page has this number, so an area without a page has no words.
        (page.unwrap_or(usize::MAX), corners)
    });
    // Without the printed words, names and descriptions are still searched for.
    words_under(pdf.to_vec(), places.collect()).unwrap_or_default()
}

/// A text without its white space, which differs between a page and its text.
struct SpacelessText {
    text: String,
    chars: Vec<CharPosition>,
}

/// Where a character begins.
struct CharPosition {
    /// The byte in the text without white space.
    byte: usize,
    /// The code point in the original text.
    position: u32,
}

/// Words that were found.
#[derive(Debug, PartialEq, Eq)]
struct FoundWords {
    range: TextRange,
    is_ambiguous: bool,
}

impl SpacelessText {
    fn new(text: &str) -> Self {
        let mut own = Self {
            text: String::with_capacity(text.len()),
            chars: Vec::new(),
        };
        for (position, c) in (0u32..).zip(text.chars()) {
            if !c.is_whitespace() {
                let byte = own.text.len();
                own.chars.push(CharPosition { byte, position });
                own.text.push(c);
            }
        }
        own
    }

    /// Finds words in the text; `…` at their end means that they were cut.
    fn find(&self, words: &str) -> Option<FoundWords> {
        let words = words.trim().trim_end_matches('…');
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        if words.is_empty() {
            return None;
        }
        let finder = memchr::memmem::Finder::new(words.as_bytes());
        let mut hits = finder.find_iter(self.text.as_bytes());
        let first = hits.next()?;
        let start = self.chars.get(self.index_of(first))?.position;
        let last = self.index_of(first + words.len()).checked_sub(1)?;
        let end = self.chars.get(last)?.position + 1;
        Some(FoundWords {
            range: TextRange::new(start, end)?,
            is_ambiguous: hits.next().is_some(),
        })
    }

    fn index_of(&self, byte: usize) -> usize {
        self.chars.partition_point(|own| own.byte < byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_spaces() {
        let text = "Über 𠮷 food\nand drink. food";
        let spaceless = SpacelessText::new(text);
        let found: String = text.chars().skip(5).take(13).collect();
        assert_eq!(
            spaceless.find("𠮷 foodand dr…"),
            Some(FoundWords {
                range: TextRange::between(5, 18),
                is_ambiguous: false
            })
        );
        assert_eq!(found, "𠮷 food\nand dr");
        assert!(spaceless.find("food").unwrap().is_ambiguous);
        assert_eq!(spaceless.find("absent"), None);
        assert_eq!(spaceless.find(" … "), None);
    }
}
