//! The legend at the beginning of a text: `I = interviewer; Y = informant`.

use std::collections::BTreeMap;

use super::usual::{Usual, usual};
use crate::{language::fold::fold, model::document::SpeakerRole};

/// Where a legend is, in lines; the head of the record may come before it.
pub(super) const FIRST_LINES: usize = 40;
/// The longest short label in characters.
const SHORT: usize = 4;

/// The roles that a legend gives to short labels; those that it explains by a person's name have none.
pub(super) fn roles(lines: &[&str]) -> BTreeMap<String, Option<SpeakerRole>> {
    lines
        .iter()
        .filter(|line| line.len() < 200 && line.contains(['=', '＝']))
        .flat_map(|line| line.split([';', ',', '；', '，']))
        .filter_map(|pair| pair.split_once(['=', '＝']))
        .filter_map(|(short, long)| {
            // Before the first label may be a name for the legend itself, `Speakers: I = interviewer`.
            let short = match short.rsplit_once([':', '：']) {
                Some((_, short)) => short.trim(),
                None => short.trim(),
            };
            let is_short = (1..=SHORT).contains(&short.chars().count());
            let long = fold(long);
            (is_short && !long.is_empty()).then(|| (short.to_owned(), role(&long)))
        })
        .collect()
}

/// The role that a legend's words stand for; `None` if they are a name.
fn role(long: &str) -> Option<SpeakerRole> {
    match usual(long)? {
        Usual::Asker => Some(SpeakerRole::Interviewer),
        Usual::SometimesAsker | Usual::Person => Some(SpeakerRole::Participant),
        Usual::Note => None,
    }
}
