//! Pinyin: what a person types on a Latin keyboard to find Chinese text, in full (`zixin`) or by initials (`zx`).

use std::{collections::BTreeMap, sync::LazyLock};

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// Most readings of one name that are kept: the number grows with each character that has several.
const MOST_READINGS: usize = 16;

/// The readings of a name in pinyin without tones (`zixin`), the usual ones first, followed by their initials (`zx`).
///
/// ü is written `v`, and characters of other scripts are kept in lower case. Empty for a name without Han characters.
pub fn readings(name: &str) -> Vec<String> {
    if !name.chars().any(|c| c.to_pinyin_multi().is_some()) {
        return Vec::new();
    }
    let mut found = vec![NameReading::default()];
    for c in name.chars() {
        let sounds = sounds(c);
        let mut longer = Vec::new();
        for reading in &found {
            for (place, sound) in sounds.iter().enumerate() {
                longer.push(reading.with(place, sound));
            }
        }
        // The least unusual readings are kept; the sort is stable, so earlier ones win where they are equally unusual.
        longer.sort_by_key(|reading| reading.unusual);
        longer.truncate(MOST_READINGS);
        found = longer;
    }
    let (full, initials): (Vec<_>, Vec<_>) = found
        .into_iter()
        .map(|reading| (reading.full, reading.initials))
        .unzip();
    let mut all: Vec<String> = Vec::new();
    for reading in full.into_iter().chain(initials) {
        if !all.contains(&reading) {
            all.push(reading);
        }
    }
    all
}

/// One way to read the first characters of a name.
#[derive(Default)]
struct NameReading {
    /// How unusual the reading is: the sum of the ranks of its sounds among those of each character.
    unusual: usize,
    full: String,
    initials: String,
}

impl NameReading {
    fn with(&self, place: usize, sound: &Sound) -> Self {
        Self {
            unusual: self.unusual + place,
            full: [self.full.as_str(), &sound.full].concat(),
            initials: [self.initials.as_str(), &sound.initial].concat(),
        }
    }
}

/// One way to type a character.
struct Sound {
    full: String,
    initial: String,
}

/// The sounds of a character, the usual one first; a character of another script sounds as it is written.
fn sounds(c: char) -> Vec<Sound> {
    let Some(readings) = c.to_pinyin_multi() else {
        let lower: String = c.to_lowercase().collect();
        return vec![Sound {
            full: lower.clone(),
            initial: lower,
        }];
    };
    let mut sounds: Vec<Sound> = Vec::new();
    for reading in readings {
        let full = reading.plain().replace('ü', "v");
        if !sounds.iter().any(|other| other.full == full) {
            let initial = full.chars().take(1).collect();
            sounds.push(Sound { full, initial });
        }
    }
    sounds
}

/// The common characters of each syllable, in order of their code points.
static CHARACTERS: LazyLock<BTreeMap<String, Vec<char>>> = LazyLock::new(|| {
    let mut characters: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for c in '\u{4E00}'..='\u{9FFF}' {
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let of_it = characters
                .entry(reading.plain().replace('ü', "v"))
                .or_default();
            if of_it.last() != Some(&c) {
                of_it.push(c);
            }
        }
    }
    characters
});

/// The characters that can be read as a syllable without tone (`zi`, `nv`).
pub fn characters_of(syllable: &str) -> &'static [char] {
    CHARACTERS.get(syllable).map_or(&[], Vec::as_slice)
}

/// The usual reading of a character without its tone; `None` if it isn't Chinese.
pub fn first_reading(c: char) -> Option<&'static str> {
    c.to_pinyin().map(pinyin::Pinyin::plain)
}

/// Returns true if a character can be read as a syllable.
pub fn is_read(c: char, syllable: &str) -> bool {
    characters_of(syllable).binary_search(&c).is_ok()
}

/// Splits typed pinyin without tones (`zixin`, `xi'an`) into the fewest syllables; `None` if it isn't pinyin.
pub fn syllables(typed: &str) -> Option<Vec<&str>> {
    let parts = typed
        .split(['\'', '’'])
        .map(syllables_of_part)
        .collect::<Option<Vec<_>>>()?;
    Some(parts.concat()).filter(|syllables| !syllables.is_empty())
}

/// Returns true for syllables that count in typed pinyin.
fn is_syllable(syllable: &str) -> bool {
    // Syllables without a vowel are interjections such as `m` and `ng`; they would turn English words into pinyin.
    syllable.contains(['a', 'e', 'i', 'o', 'u', 'v']) && CHARACTERS.contains_key(syllable)
}

fn syllables_of_part(typed: &str) -> Option<Vec<&str>> {
    /// The longest syllables, such as `zhuang`, have six letters.
    const LONGEST: usize = 6;
    // Dynamic programming: for each end, the fewest syllables up to there, and where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; typed.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=typed.len() {
        for start in end.saturating_sub(LONGEST)..end {
            let known = typed.get(start..end).is_some_and(is_syllable);
            if let Some((count, _)) = best[start].filter(|_| known)
                && best[end].is_none_or(|(fewest, _)| count + 1 < fewest)
            {
                best[end] = Some((count + 1, start));
            }
        }
    }
    let (mut found, mut end) = (Vec::new(), typed.len());
    while end > 0 {
        let (_, start) = best[end]?;
        found.push(typed.get(start..end)?);
        end = start;
    }
    found.reverse();
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_pinyin_is_cut_into_syllables() {
        for (typed, expected) in [
            ("zixin", Some(&["zi", "xin"][..])),
            ("guishugan", Some(&["gui", "shu", "gan"])),
            ("xian", Some(&["xian"])),
            ("xi'an", Some(&["xi", "an"])),
            ("nver", Some(&["nv", "er"])),
            ("chengzhang", Some(&["cheng", "zhang"])),
            ("school", None),
            ("mum", None),
            ("", None),
            ("自信", None),
        ] {
            assert_eq!(syllables(typed).as_deref(), expected, "{typed}");
        }
        assert!(is_read('重', "chong") && is_read('重', "zhong") && !is_read('重', "zi"));
    }

    #[test]
    fn names_are_found_by_pinyin_and_initials() {
        for (name, expected) in [
            ("自信", &["zixin", "zx"][..]),
            ("成长", &["chengzhang", "chengchang", "cz", "cc"]),
            ("重新", &["zhongxin", "chongxin", "zx", "cx"]),
            ("女儿", &["nver", "ne"]),
            ("归属感", &["guishugan", "gsg"]),
            ("用iPad 学习", &["yongipad xuexi", "yipad xx"]),
        ] {
            let found = readings(name);
            for reading in expected {
                assert!(
                    found.iter().any(|own| own == reading),
                    "{name}: {reading} not in {found:?}"
                );
            }
            assert_eq!(found[0], expected[0], "{name}");
        }
        assert_eq!(readings("Belonging 1"), Vec::<String>::new());
        assert_eq!(readings(""), Vec::<String>::new());
    }

    #[test]
    fn readings_of_a_long_name_stay_few() {
        let found = readings("重长还没行乐觉重长还没行乐觉");
        assert!(found.len() <= 2 * MOST_READINGS, "{}", found.len());
    }
}
