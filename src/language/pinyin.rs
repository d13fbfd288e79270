//! What a person types on a Latin keyboard to find a Chinese name: its pinyin, or the initials.

use std::collections::BTreeSet;

use pinyin::ToPinyinMulti as _;

/// Most ways to read one name that are kept.
const MOST_READINGS: usize = 16;

/// The pinyin of a name without tones (`zixin`) in its readings, the usual ones first, then their initials (`zx`).
///
/// ü is `v`, other characters stay, in lower case; empty for a name without Han characters.
pub fn readings(name: &str) -> Vec<String> {
    if !name.chars().any(|c| c.to_pinyin_multi().is_some()) {
        return Vec::new();
    }
    // Each reading with how unusual it is: the sum of its characters' places among their readings.
    let mut found: Vec<(usize, String, String)> = vec![(0, String::new(), String::new())];
    for c in name.chars() {
        let syllables = syllables(c);
        let longer = |(unusual, full, initials): &(usize, String, String)| {
            let (unusual, full, initials) = (*unusual, full.clone(), initials.clone());
            let with = move |(place, syllable): (usize, &String)| {
                let initial = if c.to_pinyin_multi().is_some() { syllable.get(..1).unwrap_or_default() } else { syllable };
                (unusual + place, format!("{full}{syllable}"), format!("{initials}{initial}"))
            };
            syllables.iter().enumerate().map(with).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(longer).collect();
        found.sort_by_key(|(unusual, ..)| *unusual);
        found.truncate(MOST_READINGS);
    }
    let (full, initials): (Vec<_>, Vec<_>) = found.into_iter().map(|(_, full, initials)| (full, initials)).unzip();
    let mut seen = BTreeSet::new();
    full.into_iter().chain(initials).filter(|reading| seen.insert(reading.clone())).collect()
}

/// The readings of a character, the usual one first; another script's character as it is.
fn syllables(c: char) -> Vec<String> {
    let Some(readings) = c.to_pinyin_multi() else { return vec![c.to_lowercase().collect()] };
    let mut syllables: Vec<String> = Vec::new();
    for reading in readings {
        let syllable = reading.plain().replace('ü', "v");
        if !syllables.contains(&syllable) {
            syllables.push(syllable);
        }
    }
    syllables
}

#[cfg(test)]
mod tests {
    use super::*;

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
                assert!(found.iter().any(|own| own == reading), "{name}: {reading} not in {found:?}");
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
