//! What a person types on a Latin keyboard to find a Chinese name: its pinyin, or the initials.

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
    let mut found = vec![Reading::default()];
    for c in name.chars() {
        let sounds = sounds(c);
        let with_each = |reading| sounds.iter().enumerate().map(move |(place, sound)| (reading, place, sound));
        let mut longer: Vec<(&Reading, usize, &Sound)> = found.iter().flat_map(with_each).collect();
        longer.sort_by_key(|(reading, place, _)| reading.unusual + place);
        longer.truncate(MOST_READINGS);
        found = longer.into_iter().map(|(reading, place, sound)| reading.with(place, sound)).collect();
    }
    let (full, initials): (Vec<_>, Vec<_>) = found.into_iter().map(|reading| (reading.full, reading.initials)).unzip();
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
struct Reading {
    /// The sum of the characters' places among their readings.
    unusual: usize,
    full: String,
    initials: String,
}

impl Reading {
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
        return vec![Sound { full: lower.clone(), initial: lower }];
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
