//! The head of a line of a transcript: a label, a time stamp, or both, in whatever way people and programs set them off.
//!
//! A head is only a candidate. A line can be read in two ways, by a strong mark (a colon) and by a weak one (a dash, a
//! gap); [`evidence`](super::evidence) decides over the whole text which readings are its layout. Positions are in
//! bytes of the line.

mod before;
mod label;
mod marks;

use before::HeadReader;

/// How a label is set off before its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum SetOff {
    /// Not at all: `Label: words`.
    Plain,
    /// `**Label:** words`.
    Bold,
    /// `[Label] words`, `【Label】words`.
    Square,
    /// `(Label) words`, `（Label）words`.
    Round,
    /// `<Label> words`.
    Angle,
    /// `## Label` with the words below.
    Heading,
    /// `>> Label: words`, as live captions have it.
    Chevrons,
}

/// What separates a label from its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Mark {
    /// A colon of either width.
    Colon,
    /// A tab.
    Tab,
    /// A stamp: `Label [00:01] words`, `Label 00:01`.
    Stamp,
    /// The bracket that closes the label, or the end of a heading.
    Close,
    /// A dash: `Label — words`.
    Dash,
    /// A full stop: `INT. words`.
    Stop,
    /// Wide space: `Label　words`.
    Gap,
    /// The end of the line; the words are below.
    LineEnd,
}

/// How the head of a line is laid out. Labels of one layout belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) struct Layout {
    /// How the label is set off.
    pub(in crate::import) set_off: SetOff,
    /// What follows it.
    pub(in crate::import) mark: Mark,
    /// True if there is a time stamp.
    pub(in crate::import) timed: bool,
    /// True if a number precedes it: `3. Label: words`.
    pub(in crate::import) numbered: bool,
    /// True if no words follow on the line.
    pub(in crate::import) alone: bool,
}

/// A label as one line has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct HeadLabel<'a> {
    /// The words, brackets behind them included: `Mother (laughs)`.
    pub(in crate::import) text: &'a str,
    /// How it is laid out.
    pub(in crate::import) layout: Layout,
}

/// The head of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct LineHead<'a> {
    /// The label; `None` if the line only has a stamp.
    pub(in crate::import) label: Option<HeadLabel<'a>>,
    /// Milliseconds from the recording's start.
    pub(in crate::import) at_millis: Option<u32>,
    /// Where the words begin.
    pub(in crate::import) body: usize,
}

/// The readings of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) struct Readings<'a> {
    /// By a colon, a bracket, a stamp or a tab.
    pub(in crate::import) strong: Option<LineHead<'a>>,
    /// By a dash, a full stop, wide space or the end of the line.
    pub(in crate::import) weak: Option<LineHead<'a>>,
}

/// Reads the head of a line in the ways that are possible.
pub(in crate::import) fn read(line: &str) -> Readings<'_> {
    let mut reader = HeadReader::new(line);
    reader.skip_prefixes();
    let readings = reader.label();
    if readings.strong.is_some() || reader.at_millis.is_none() {
        return readings;
    }
    Readings {
        strong: Some(reader.stamp_alone()),
        ..readings
    }
}

fn skip_spaces(line: &str, at: usize) -> usize {
    // Nearly always letters of ASCII or Chinese characters follow, or single spaces.
    let mut next = at;
    while let Some(byte) = line.as_bytes().get(next) {
        match byte {
            b' ' | b'\t' => next += 1,
            b'!'..=b'~' | 0xE4..=0xF4 => return next,
            _ => break,
        }
    }
    line.get(next..)
        .map_or(line.len(), |rest| line.len() - rest.trim_start().len())
}

/// Returns a line as a label, if it reads as one: a name above the words.
pub(super) fn whole_line(line: &str) -> Option<&str> {
    let label = read(line).weak?.label?;
    (label.layout.mark == Mark::LineEnd).then_some(label.text)
}
