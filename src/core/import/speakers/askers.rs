//! Who asks: by words such as `Interviewer`, `社工` or `老师`, or by the questions.

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
    let has = |wanted: Usual| words.contains(&Some(wanted));
    let by_word = |wanted: Usual| words.iter().map(move |own| *own == Some(wanted)).collect();
    let asks: Vec<bool> = if has(Usual::Asker) {
        by_word(Usual::Asker)
    } else if has(Usual::SometimesAsker)
        && words.iter().any(|own| *own != Some(Usual::SometimesAsker))
    {
        by_word(Usual::SometimesAsker)
    } else {
        by_questions(&asking(text, turns, speakers.len()))
    };
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
