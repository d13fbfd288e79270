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
    let mut ends = turns
        .iter()
        .filter(|turn| turn.speaker.is_some())
        .peekable();
    let mut last = ' ';
    for (at, c) in (1u32..).zip(text.chars()) {
        if !c.is_whitespace() {
            last = c;
        }
        while let Some(turn) = ends.next_if(|turn| turn.range.end() <= at) {
            let speaker = turn
                .speaker
                .and_then(|index| counts.get_mut(usize::from(index)));
            if let Some(own) = speaker {
                own.turns += 1;
                own.questions += usize::from(matches!(last, '?' | '？'));
            }
        }
    }
    counts
}
