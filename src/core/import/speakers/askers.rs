//! Who asks: by words such as `Interviewer`, `社工` or `老师`, or by the questions.

use std::collections::BTreeMap;

use super::{
    label::LabelParts,
    usual::{Usual, usual},
};
use crate::{
    language::fold::fold,
    model::document::{Speaker, SpeakerRole, Turn},
};

/// Turns that somebody must have before their questions count.
const TURNS: usize = 3;

/// How much a speaker asks.
#[derive(Debug, Clone, Copy, Default)]
struct Asking {
    turns: usize,
    questions: usize,
}

impl Asking {
    /// Returns true if so many percent of the turns end in a question.
    const fn asks(self, percent: usize) -> bool {
        self.questions * 100 >= self.turns * percent
    }
}

/// Finds out who asks, and gives all speakers their roles.
///
/// Where nobody has a word such as `Interviewer`, it is a teacher or social worker, and where there is none of these, the
/// one whose turns are questions while the others' hardly are. `text` is that of the turns.
pub(in crate::import) fn assign_roles(text: &str, turns: &[Turn], speakers: &mut [Speaker]) {
    if speakers.is_empty() {
        return;
    }
    let words: Vec<Option<Usual>> = speakers
        .iter()
        .map(|speaker| usual(&fold(LabelParts::of(&speaker.label).kept)))
        .collect();
    let asks =
        by_words(&words).unwrap_or_else(|| by_questions(&asking(text, turns, speakers.len())));
    set_roles(speakers, asks);
}

/// Gives all speakers the roles that their file declares, such as `Investigator`, by their labels; who has none answers.
///
/// Nothing is guessed from questions: a mother asks her child more than anybody, and is no interviewer. If no label is
/// declared, because a pattern found other ones, the roles stay.
pub(in crate::import) fn assign_declared_roles(
    declared: &BTreeMap<String, String>,
    speakers: &mut [Speaker],
) {
    if !speakers
        .iter()
        .any(|speaker| declared.contains_key(&speaker.label))
    {
        return;
    }
    let role = |speaker: &Speaker| usual(&fold(declared.get(&speaker.label)?));
    let words: Vec<Option<Usual>> = speakers.iter().map(role).collect();
    let asks = by_words(&words).unwrap_or_else(|| vec![false; speakers.len()]);
    set_roles(speakers, asks);
}

/// Those who ask by what is usual of their words: interviewers, else teachers and the like if somebody else is there.
fn by_words(words: &[Option<Usual>]) -> Option<Vec<bool>> {
    let has = |wanted: Usual| words.contains(&Some(wanted));
    let wanted = if has(Usual::Asker) {
        Usual::Asker
    } else if has(Usual::SometimesAsker)
        && words.iter().any(|own| *own != Some(Usual::SometimesAsker))
    {
        Usual::SometimesAsker
    } else {
        return None;
    };
    Some(words.iter().map(|own| *own == Some(wanted)).collect())
}

fn set_roles(speakers: &mut [Speaker], asks: Vec<bool>) {
    for (speaker, asks) in speakers.iter_mut().zip(asks) {
        speaker.role = if asks {
            SpeakerRole::Interviewer
        } else {
            SpeakerRole::Participant
        };
    }
}

/// The one who mostly asks while nobody else does.
fn by_questions(asking: &[Asking]) -> Vec<bool> {
    let asker = asking
        .iter()
        .position(|own| own.turns >= TURNS && own.asks(60));
    let others_answer = |asker: usize| {
        let mut others = asking
            .iter()
            .enumerate()
            .filter(|(at, own)| *at != asker && own.turns > 0);
        others.clone().next().is_some()
            && others.all(|(_, own)| !own.asks(30) || own.questions == 0)
    };
    let asker = asker.filter(|asker| others_answer(*asker));
    (0..asking.len()).map(|at| Some(at) == asker).collect()
}

/// Counts the turns of each speaker, and those that end in a question.
fn asking(text: &str, turns: &[Turn], n_speakers: usize) -> Vec<Asking> {
    let mut counts = vec![Asking::default(); n_speakers];
    // The byte and the code point up to which the text was looked at.
    let (mut byte, mut at) = (0, 0);
    for turn in turns {
        let end = turn.range.end().max(at);
        let own = turn
            .speaker
            .and_then(|index| counts.get_mut(usize::from(index)));
        let Some(own) = own else { continue };
        let Some(behind) = behind_chars(text, byte, end - at) else {
            break;
        };
        (byte, at) = (behind, end);
        let said = text.get(..byte).unwrap_or_default().trim_end();
        own.turns += 1;
        own.questions += usize::from(said.ends_with(['?', '？']));
    }
    counts
}

/// The byte behind so many characters from a byte on; `None` if there are fewer.
fn behind_chars(text: &str, from: usize, n_chars: u32) -> Option<usize> {
    /// Enough for the compiler to count them all at once.
    const AT_ONCE: usize = 32;
    let begins = |byte: &u8| !matches!(byte, 0x80..=0xBF);
    let mut left = usize::try_from(n_chars).ok()?;
    let mut bytes = text.as_bytes().get(from..)?;
    while left >= AT_ONCE
        && let Some((many, rest)) = bytes.split_at_checked(AT_ONCE)
    {
        left -= many.iter().filter(|byte| begins(byte)).count();
        bytes = rest;
    }
    // The character that comes next may have begun among those that were counted.
    while let Some((byte, rest)) = bytes.split_first()
        && (left > 0 || !begins(byte))
    {
        left -= usize::from(begins(byte));
        bytes = rest;
    }
    (left == 0).then_some(text.len() - bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_in_any_script() {
        let text = "问：how? 😀。".repeat(40);
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for (count, at) in ends.enumerate() {
            let n_chars = u32::try_from(count).unwrap();
            assert_eq!(behind_chars(&text, 0, n_chars), Some(at), "{count}");
            let rest = u32::try_from(text.chars().count() - count).unwrap();
            assert_eq!(behind_chars(&text, at, rest), Some(text.len()), "{count}");
            assert_eq!(behind_chars(&text, at, rest + 1), None, "{count}");
        }
    }
}
