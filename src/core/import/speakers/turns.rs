//! Building turns: a line with a label or a stamp begins one, and the lines below belong to it.
//!
//! What nobody said, such as headings and sounds on lines of their own, is a turn without speaker; words below a sound
//! are still those of whoever spoke before it. Words after a label that isn't believed are nobody's, never those of the
//! speaker before.

use crate::{
    import::stamp,
    model::{
        document::{Speaker, SpeakerIndex, SpeakerRole, Turn},
        text::{TextRange, chars_of},
    },
};

/// The turns and speakers of a text.
#[derive(Debug, Default, PartialEq)]
pub(in crate::import) struct DetectedTurns {
    /// Turns in order.
    pub(in crate::import) turns: Vec<Turn>,
    /// Speakers in order of appearance.
    pub(in crate::import) speakers: Vec<Speaker>,
    /// Labels that were not believed.
    pub(in crate::import) doubts: Vec<DoubtfulLabel>,
}

/// A label that may name a speaker and isn't believed; the words after it are nobody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulLabel {
    /// The label.
    pub label: String,
    /// How often it comes.
    pub count: usize,
    /// The first line that has it.
    pub example: String,
}

/// What a line begins.
#[derive(Debug, Clone, Copy)]
pub(super) enum LineKind<'a> {
    /// The turn of a speaker: label, time, and where the words begin in bytes of the line.
    Labelled(&'a str, Option<u32>, usize),
    /// Words after a label that isn't believed.
    Doubtful(&'a str, Option<u32>, usize),
    /// Belongs to the label that comes next.
    Above,
    /// A time stamp, and where the words after it begin.
    Stamped(Option<u32>, usize),
    /// Nobody's words: the head of a record.
    Nobodys,
    /// Words, or none.
    Words,
}

/// The longest line in brackets that is a sound or a remark rather than what somebody says, in characters.
const REMARK_CHARS: usize = 80;
/// The longest example of a doubtful label, in characters.
const EXAMPLE_CHARS: usize = 120;

/// What a text's layout says of lines without a label.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextLayout {
    /// True if paragraphs are separated by blank lines; else every line is a paragraph.
    pub(super) has_blocks: bool,
    /// True if headings divide the text. Then it is a record, in which a paragraph without a label is nobody's.
    pub(super) has_parts: bool,
    /// True if labels have time stamps, so that a stamp without a label begins more words of the same speaker.
    pub(super) is_timed: bool,
}

/// Builds the turns of a text line by line.
pub(super) struct TurnBuilder {
    layout: TextLayout,
    found: DetectedTurns,
    open: Option<Turn>,
    /// Who speaks until another label comes.
    speaker: Option<SpeakerIndex>,
    /// True if the line before was blank.
    after_blank: bool,
    /// True if the open turn has a label or a stamp, so that lines without one belong to it.
    holds: bool,
    /// True if the open turn is a stamp and nothing else so far.
    is_stamp: bool,
    /// True if the open turn is a remark, after which the speaker goes on.
    is_remark: bool,
    /// Where the lines begin that belong to the next label.
    above: Option<u32>,
    /// When the next turn begins, if a stamp at the end of the text before says so.
    next_at: Option<u32>,
    /// Where the line begins, in code points.
    at: u32,
}

/// A line with its place in the text.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// The words without space around them.
    range: TextRange,
    start: u32,
}

impl TurnBuilder {
    pub(super) fn new(layout: TextLayout) -> Self {
        Self {
            layout,
            found: DetectedTurns::default(),
            open: None,
            speaker: None,
            after_blank: false,
            holds: false,
            is_stamp: false,
            is_remark: false,
            above: None,
            next_at: None,
            at: 0,
        }
    }

    /// Adds a line without its line feed.
    pub(super) fn add(&mut self, text: &str, kind: LineKind<'_>) {
        let start = self.at;
        let length = chars_of(text);
        self.at += length + 1;
        let trimmed = text.trim_end();
        if trimmed.is_empty() {
            self.after_blank = true;
            return;
        }
        // Space around the words is short or not there, so only it is counted.
        let space = |text: Option<&str>| text.map_or(0, chars_of);
        let before = space(text.get(..text.len() - text.trim_start().len()));
        let behind = space(text.get(trimmed.len()..));
        let line = Line {
            text,
            range: TextRange::between(start + before, start + length - behind),
            start,
        };
        match kind {
            LineKind::Labelled(label, time, body) => {
                let speaker = speaker_index(&mut self.found.speakers, label);
                self.speaker = speaker;
                self.open_labelled(line, body, speaker, time);
            }
            LineKind::Doubtful(label, time, body) => {
                note_doubt(&mut self.found.doubts, label, trimmed);
                self.speaker = None;
                self.open_labelled(line, body, None, time);
            }
            LineKind::Above => {
                self.above.get_or_insert(line.range.start());
            }
            LineKind::Stamped(time, body) => self.add_stamped(line, body, time),
            LineKind::Nobodys => self.add_nobodys(line),
            LineKind::Words => self.add_words(line),
        }
        self.next_at = stamp::closing(trimmed).or(self.next_at);
        self.after_blank = false;
    }

    /// Ends the text.
    pub(super) fn finish(mut self) -> DetectedTurns {
        self.close();
        self.found
    }

    /// Opens the turn of a line with a label; a stamp on the line above belongs to it.
    fn open_labelled(
        &mut self,
        line: Line<'_>,
        body: usize,
        speaker: Option<SpeakerIndex>,
        time: Option<u32>,
    ) {
        let mut range = line.range;
        let mut time = time;
        if time.is_none()
            && let Some(stamp) = self.stamp_alone()
        {
            range = TextRange::between(stamp.range.start(), range.end());
            time = stamp.at_millis;
            self.open = None;
        }
        if let Some(above) = self.above.take() {
            range = TextRange::between(above, range.end());
        }
        self.open(range, line.body(body), speaker, time);
        self.holds = true;
    }

    /// A stamp below a label is when that turn begins; one among its words, or where all labels have stamps, begins
    /// more words of the same speaker.
    fn add_stamped(&mut self, line: Line<'_>, body: usize, time: Option<u32>) {
        let body = line.body(body);
        // Teams' window has the time twice, as it is read aloud and as it is shown.
        let label = self.open.as_mut().filter(|turn| {
            turn.speaker.is_some()
                && turn.body == turn.range.end()
                && (turn.at_millis.is_none() || turn.at_millis == time)
        });
        if let Some(turn) = label {
            turn.at_millis = time;
            turn.body = body.min(line.range.end());
            turn.range = TextRange::between(turn.range.start(), line.range.end());
            return;
        }
        let goes_on = self.layout.is_timed || self.holds && !self.after_blank;
        let speaker = self.speaker.filter(|_| goes_on);
        self.open(line.range, body, speaker, time);
        self.holds = true;
        self.is_stamp = body >= line.range.end();
    }

    /// The open turn, if it consists of a stamp and nothing else so far.
    fn stamp_alone(&self) -> Option<&Turn> {
        self.open.as_ref().filter(|_| self.is_stamp)
    }

    /// Lines that are nobody's are one turn up to a blank line.
    fn add_nobodys(&mut self, line: Line<'_>) {
        let goes_on = !self.holds && !self.after_blank && self.speaker.is_none();
        match self.open.as_mut().filter(|_| goes_on) {
            Some(turn) => turn.range = TextRange::between(turn.range.start(), line.range.end()),
            None => self.open(line.range, line.range.start(), None, None),
        }
        self.speaker = None;
        self.holds = false;
    }

    fn add_words(&mut self, line: Line<'_>) {
        if is_heading(line.text) {
            self.open(line.range, line.range.start(), None, None);
            self.speaker = None;
            self.holds = false;
        } else if self.holds && self.speaker.is_some() && is_remark(line.text) && self.has_words() {
            self.open(line.range, line.range.start(), None, None);
            self.is_remark = true;
        } else if self.is_remark {
            self.go_on_after_remark(line);
        } else if self.begins_paragraph() {
            self.open(line.range, line.range.start(), None, None);
            self.speaker = None;
            self.holds = false;
        } else if let Some(turn) = &mut self.open {
            // A label on a line of its own: what was said begins below.
            if turn.body == turn.range.end() && self.holds {
                turn.body = line.range.start();
            }
            self.is_stamp = false;
            turn.range = TextRange::between(turn.range.start(), line.range.end());
        }
    }

    /// Returns true if the open turn has words behind its label.
    fn has_words(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|turn| turn.body < turn.range.end())
    }

    /// Words below a remark are those of who spoke before it.
    fn go_on_after_remark(&mut self, line: Line<'_>) {
        let is_nobodys = self.layout.has_parts && self.after_blank;
        let speaker = self.speaker.filter(|_| !is_nobodys);
        if is_remark(line.text) && !self.after_blank {
            if let Some(turn) = &mut self.open {
                turn.range = TextRange::between(turn.range.start(), line.range.end());
            }
            return;
        }
        self.open(line.range, line.range.start(), speaker, None);
        self.speaker = speaker;
        self.holds = speaker.is_some();
    }

    /// Returns true if a line without a label begins a paragraph of its own.
    fn begins_paragraph(&self) -> bool {
        match &self.open {
            None => true,
            Some(_) if self.holds => self.layout.has_parts && self.after_blank,
            Some(_) => self.after_blank || !self.layout.has_blocks,
        }
    }

    fn open(
        &mut self,
        range: TextRange,
        body: u32,
        speaker: Option<SpeakerIndex>,
        time: Option<u32>,
    ) {
        self.close();
        self.is_remark = false;
        self.is_stamp = false;
        // The closing stamp before is used up even if the line has a stamp of its own.
        let after_closing = self.next_at.take();
        self.open = Some(Turn {
            range,
            body: body.clamp(range.start(), range.end()),
            speaker,
            at_millis: time.or(after_closing),
        });
    }

    fn close(&mut self) {
        self.found.turns.extend(self.open.take());
    }
}

impl Line<'_> {
    /// Where the words begin in the text; `body` is in bytes of the line.
    fn body(self, body: usize) -> u32 {
        let trimmed = self.text.trim_end();
        let before = trimmed.get(..body.min(trimmed.len())).unwrap_or(trimmed);
        self.start + chars_of(before)
    }
}

/// Counts a label that isn't believed.
pub(super) fn note_doubt(doubts: &mut Vec<DoubtfulLabel>, label: &str, line: &str) {
    match doubts.iter_mut().find(|doubt| doubt.label == label) {
        Some(doubt) => doubt.count += 1,
        None => doubts.push(DoubtfulLabel {
            label: label.to_owned(),
            count: 1,
            example: line.trim_start().chars().take(EXAMPLE_CHARS).collect(),
        }),
    }
}

/// Returns true for a heading of Markdown, a quotation, or a notice of a meeting tool.
fn is_heading(line: &str) -> bool {
    let line = line.trim_start();
    let heading = line.trim_start_matches('#');
    heading.len() < line.len() && heading.starts_with(' ')
        || line.starts_with("> ")
        || is_notice(line)
}

/// Returns true for a line such as `Ann started transcription`, which Teams writes at both ends.
fn is_notice(line: &str) -> bool {
    const NOTICES: [&str; 9] = [
        "started transcription",
        "stopped transcription",
        "已开始听录",
        "已停止听录",
        "已开始转录",
        "已停止转录",
        // So Stream translates `stopped transcription`.
        "停止的脚本",
        "開始轉錄",
        "停止轉錄",
    ];
    // Longer lines are speech that ends in these words, and nearly all lines end in another letter.
    line.len() < 200 && {
        let line = line.trim_end();
        line.ends_with(['n', '录', '錄', '本'])
            && NOTICES.iter().any(|notice| line.ends_with(notice))
    }
}

/// Returns true for a line that is one pair of brackets: a sound, a pause, a remark of who transcribed.
fn is_remark(line: &str) -> bool {
    let line = line.trim();
    let mut chars = line.chars();
    let close = match chars.next() {
        Some('[') => ']',
        Some('(') => ')',
        Some('（') => '）',
        Some('【') => '】',
        Some('［') => '］',
        _ => return false,
    };
    let inside = chars.as_str().strip_suffix(close);
    inside
        .is_some_and(|inside| !inside.contains(close) && inside.chars().nth(REMARK_CHARS).is_none())
}

/// The index of the speaker of a label, who is added if new.
pub(in crate::import) fn speaker_index(
    speakers: &mut Vec<Speaker>,
    label: &str,
) -> Option<SpeakerIndex> {
    let known = speakers.iter().position(|speaker| speaker.label == label);
    let at = known.unwrap_or(speakers.len());
    if known.is_none() {
        speakers.push(Speaker {
            label: label.to_owned(),
            role: SpeakerRole::Participant,
            case: None,
        });
    }
    SpeakerIndex::try_from(at).ok()
}
