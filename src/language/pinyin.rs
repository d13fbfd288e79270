//! What a person types on a Latin keyboard to find a Chinese name: its pinyin, or the initials.

use std::{collections::BTreeMap, sync::LazyLock};

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// Most ways to read one name that are kept.
const MOST_READINGS: usize = 16;

/// The pinyin of a name without tones (`zixin`) in its readings, the usual ones first, then their initials (`zx`).
///
/// ü is `v`, other characters stay, in lower case; empty for a name without Han characters.
pub fn readings(name: &str) -> Vec<String> {
    if !name.chars().any(|c| c.to_pinyin_multi().is_some()) {
        return Vec::new();
    }
    let mut found = vec![NameReading::default()];
    for c in name.chars() {
        let sounds = sounds(c);
        let with_each = |reading| {
            sounds
                .iter()
                .enumerate()
                .map(move |(place, sound)| (reading, place, sound))
        };
        let mut longer: Vec<(&NameReading, usize, &Sound)> =
            found.iter().flat_map(with_each).collect();
        longer.sort_by_key(|(reading, place, _)| reading.unusual + place);
        longer.truncate(MOST_READINGS);
        found = longer
            .into_iter()
            .map(|(reading, place, sound)| reading.with(place, sound))
            .collect();
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
    /// The sum of the characters' places among their readings.
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

/// How a character is typed.
struct Sound {
    full: String,
    initial: String,
}

/// The sounds of a character, the usual one first; another script's character as it is.
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

/// The common characters of each syllable.
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

/// The usual reading of a character, without tone.
pub fn first_reading(c: char) -> Option<&'static str> {
    c.to_pinyin().map(pinyin::Pinyin::plain)
}

/// Whether a character can be read as a syllable.
pub fn is_read(c: char, syllable: &str) -> bool {
    characters_of(syllable).binary_search(&c).is_ok()
}

/// The syllables of what was typed without tones (`zixin`, `xi'an`), as few as there may be; `None` when it is no pinyin.
pub fn syllables(typed: &str) -> Option<Vec<&str>> {
    let parts = typed
        .split(['\'', '’'])
        .map(syllables_of_part)
        .collect::<Option<Vec<_>>>()?;
    Some(parts.concat()).filter(|syllables| !syllables.is_empty())
}

fn syllables_of_part(typed: &str) -> Option<Vec<&str>> {
    /// No syllable is longer.
    const LONGEST: usize = 6;
    // The fewest syllables to each end, with where the last one begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; typed.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=typed.len() {
        for start in end.saturating_sub(LONGEST)..end {
            // Interjections such as `m` and `ng` would make pinyin of English words.
            let is_syllable = |syllable: &str| {
                syllable.contains(['a', 'e', 'i', 'o', 'u', 'v'])
                    && CHARACTERS.contains_key(syllable)
            };
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
