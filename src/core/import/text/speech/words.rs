//! Words joined to utterances, for services that only list words.

use super::{
    super::flow::is_ideograph,
    spoken::{Spoken, Word},
};

/// The shortest utterance that ends with a sentence, in bytes; anything shorter may be an abbreviation.
const SHORTEST: usize = 20;

/// Joins words: an utterance ends with its sentence, or where somebody else speaks.
pub(super) fn join(words: Vec<Word>) -> Vec<Spoken> {
    let mut words = once(words);
    // Some services write the spaces, as words of their own or at the ends of words.
    let is_space = |word: &Word| word.spoken.text.trim().is_empty();
    let with_space = words
        .iter()
        .filter(|word| word.spoken.text.trim() != word.spoken.text);
    let spaced = words.iter().any(is_space) || with_space.count() * 2 > words.len();
    if !spaced {
        for word in &mut words {
            word.spoken.text = word.spoken.text.trim().to_owned();
        }
    }
    let mut utterances: Vec<Spoken> = Vec::new();
    for Word {
        spoken,
        is_attached,
    } in words
    {
        let is_space = spoken.text.trim().is_empty();
        let Some(last) = utterances.last_mut() else {
            if !is_space {
                utterances.push(spoken);
            }
            continue;
        };
        let same_speaker = is_attached || is_space || spoken.speaker == last.speaker;
        let ended = last.text.trim_end().len() >= SHORTEST
            && last
                .text
                .trim_end()
                .ends_with(['.', '?', '!', '。', '？', '！', '…']);
        if same_speaker && (!ended || is_attached || is_space) {
            let unspaced = is_unspaced(last.text.chars().next_back())
                || is_unspaced(spoken.text.chars().next());
            if !(spaced || is_attached || unspaced) {
                last.text.push(' ');
            }
            last.text.push_str(&spoken.text);
            last.end = spoken.end.or(last.end);
            last.start = last.start.or(spoken.start);
        } else {
            utterances.push(spoken);
        }
    }
    for own in &mut utterances {
        own.text = own.text.trim().to_owned();
    }
    utterances.retain(|own| !own.text.is_empty());
    utterances
}

/// Returns true for Chinese characters and their marks, beside which no space is written.
fn is_unspaced(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        is_ideograph(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    })
}

/// The words without those that are told twice: Google repeats all words, with their speakers, behind the words without.
fn once(mut words: Vec<Word>) -> Vec<Word> {
    let middle = words.len() / 2;
    let (first, second) = words.split_at(middle);
    let is_told_again = first.len() == second.len()
        && first.iter().zip(second).all(|(first, second)| {
            first.spoken.speaker.is_none()
                && (&first.spoken.text, first.spoken.start)
                    == (&second.spoken.text, second.spoken.start)
        });
    if is_told_again {
        words.drain(..middle);
    }
    words
}
