//! Places, schools and other organisations in Chinese texts.

use super::{
    super::LIKELY,
    Found, Letters, NameKind, TaggedText, WordKind,
    lists::{ORGANISATION_ENDS, PLACE_ENDS, SCHOOL_ENDS, SHARED_PLACES},
};
use crate::language::words::is_han;

/// The longest name of an organisation before its ending, in characters.
const LONGEST: usize = 8;

/// Adds the places and organisations of a text.
pub(super) fn find(
    letters: &Letters,
    text: &TaggedText,
    is_known: impl Fn(&str) -> bool,
    found: &mut Vec<Found>,
) {
    for word in &text.words {
        if !matches!(word.kind, WordKind::Place | WordKind::Organisation) {
            continue;
        }
        let name = letters.text(word.start, word.end);
        if !name.chars().all(is_han) || name.chars().count() < 2 {
            continue;
        }
        let (end, kind) = extended(letters, word.end, word.kind, &name);
        let bare = end == word.end && !ends_as_place(&name);
        if bare && (!is_known(&name) || name.ends_with(['午', '天', '夜', '处', '边'])) {
            continue;
        }
        let is_shared = SHARED_PLACES.contains(&name.as_str()) && end == word.end;
        if !is_shared {
            found.push(Found {
                start: word.start,
                end,
                kind,
                confidence: LIKELY,
            });
        }
    }
    numbered(letters, text, found);
}

/// Returns true if a name ends in what it names.
fn ends_as_place(name: &str) -> bool {
    [SCHOOL_ENDS, ORGANISATION_ENDS, PLACE_ENDS]
        .iter()
        .any(|ends| ends.iter().any(|end| name.ends_with(end) && name != *end))
}

/// Where a name ends that goes on with 小学 or 17号院, and what it then is.
fn extended(letters: &Letters, at: usize, kind: WordKind, name: &str) -> (usize, NameKind) {
    let own = if kind == WordKind::Place {
        NameKind::Place
    } else {
        NameKind::Organisation
    };
    for (ends, kind) in [
        (SCHOOL_ENDS, NameKind::School),
        (ORGANISATION_ENDS, NameKind::Organisation),
        (PLACE_ENDS, NameKind::Place),
    ] {
        if let Some(end) = longest(letters, at, ends) {
            return (house_number(letters, end), kind);
        }
        if ends.iter().any(|end| name.ends_with(end)) {
            return (house_number(letters, at), kind);
        }
    }
    (house_number(letters, at), own)
}

fn longest(letters: &Letters, at: usize, ends: &[&str]) -> Option<usize> {
    let here = ends.iter().filter(|end| letters.has(at, end));
    here.map(|end| at + end.chars().count()).max()
}

/// The end of 17号院3单元502 at a position; the position itself if there is no number.
fn house_number(letters: &Letters, at: usize) -> usize {
    let is_number = |c: char| c.is_ascii_digit() || "零一二三四五六七八九十百".contains(c);
    let mut end = at;
    let mut numbers = at;
    while is_number(letters.at(numbers)) {
        numbers += 1;
    }
    while numbers > end {
        let Some(unit) = [
            "号院", "号楼", "单元", "号", "弄", "栋", "幢", "楼", "室", "层", "巷", "街", "路",
        ]
        .iter()
        .find(|unit| letters.has(numbers, unit)) else {
            break;
        };
        end = numbers + unit.chars().count();
        numbers = end;
        while is_number(letters.at(numbers)) {
            numbers += 1;
        }
        if numbers > end
            && !["号", "弄", "栋", "幢", "楼", "室", "层", "单元"]
                .iter()
                .any(|unit| letters.has(numbers, unit))
        {
            return if numbers - end >= 3 { numbers } else { end };
        }
    }
    end
}

/// 实验二中, 市三院: a number in the place of a name.
fn numbered(letters: &Letters, text: &TaggedText, found: &mut Vec<Found>) {
    for at in 1..letters.len() {
        if !"一二三四五六七八九十".contains(letters.at(at)) {
            continue;
        }
        let (end, kind) = match letters.at(at + 1) {
            '中' | '小' | '职' => (at + 2, NameKind::School),
            '院' => (at + 2, NameKind::Organisation),
            _ => continue,
        };
        let whole = text.ends_word(end);
        let start = match letters.before(at) {
            '市' | '县' | '省' | '区' | '州' => at - 1,
            '验' if letters.has_before(at, "实验") => at - 2,
            _ => continue,
        };
        if whole && end - start <= LONGEST {
            found.push(Found {
                start,
                end,
                kind,
                confidence: LIKELY,
            });
        }
    }
}
