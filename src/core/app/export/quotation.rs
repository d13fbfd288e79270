//! Quotations: the words of a passage with a reference.

use crate::{
    message::{
        labelled,
        language::UiLanguage,
        text::{COLON, COMMA, Text},
    },
    model::{
        document::{Content, Document, Turn},
        text::TextRange,
    },
    picture::svg::escaped,
    table::data::clock,
};

const BRACKETED: Text = Text::new("({parts})", "（{parts}）");

/// The words of a passage and where they are, to be pasted elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    lines: Vec<QuotedLine>,
    /// Who says it, in which document, and when or in which turns; `None` if nothing of it is said by anyone.
    reference: Option<String>,
    /// The language of what stands around the words.
    language: UiLanguage,
}

/// What is said in one turn, with its label where several turns are quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct QuotedLine {
    label: Option<String>,
    words: String,
}

impl Quotation {
    /// Quotes a passage.
    ///
    /// For a passage in one turn, the reference names the speaker; for one over several turns, each line does.
    pub fn of(
        document: &Document,
        content: &Content,
        range: TextRange,
        language: UiLanguage,
    ) -> Self {
        let parts = quoted_turns(content, range);
        let title = &document.title;
        let line = |label: Option<&str>, words: &str| QuotedLine {
            label: label.map(str::to_owned),
            words: words.to_owned(),
        };
        let reference = |parts: &[&str]| {
            BRACKETED
                .with("parts", parts.join(language.say(COMMA)))
                .say(language)
        };
        match &parts[..] {
            [] => Self {
                lines: vec![line(None, content.text.slice(range).unwrap_or_default())],
                reference: None,
                language,
            },
            [only] => {
                let (speaker, place) = (label(document, only.turn), only.place());
                let parts = [speaker, Some(title), Some(&place)];
                Self {
                    lines: vec![line(None, only.words)],
                    reference: Some(reference(&Vec::from_iter(parts.into_iter().flatten()))),
                    language,
                }
            }
            [first, .., last] => Self {
                lines: parts
                    .iter()
                    .map(|part| line(label(document, part.turn), part.words))
                    .collect(),
                reference: Some(reference(&[
                    title,
                    &format!("{}–{}", first.place(), last.place()),
                ])),
                language,
            },
        }
    }

    /// The quotation as plain text.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| match &line.label {
            Some(label) => labelled(self.language, label, &line.words),
            None => line.words.clone(),
        });
        lines
            .chain(self.reference.clone())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The quotation as HTML, which word processors paste as an indented quotation.
    pub fn html(&self) -> String {
        let mut html = String::from("<blockquote>");
        for line in &self.lines {
            html.push_str("<p>");
            if let Some(label) = &line.label {
                let colon = self.language.say(COLON);
                let space = if colon.ends_with(' ') { " " } else { "" };
                let label = escaped(label);
                html.push_str(&format!("<b>{label}{}</b>{space}", colon.trim_end()));
            }
            html.push_str(&escaped(&line.words).replace('\n', "<br>"));
            html.push_str("</p>");
        }
        if let Some(reference) = &self.reference {
            html.push_str(&format!("<p>{}</p>", escaped(reference)));
        }
        html.push_str("</blockquote>");
        html
    }
}

/// The part of a passage in one turn.
struct QuotedTurn<'a> {
    index: usize,
    turn: &'a Turn,
    /// What is said, without labels and surrounding spaces.
    words: &'a str,
}

/// The turns in which something of a passage is said.
fn quoted_turns(content: &Content, range: TextRange) -> Vec<QuotedTurn<'_>> {
    let first = content
        .turns
        .partition_point(|turn| turn.range.end() <= range.start());
    let turns = content.turns.iter().enumerate().skip(first);
    turns
        .take_while(|(_, turn)| turn.range.start() < range.end())
        .filter_map(|(index, turn)| {
            let said = turn.said().intersection(range)?;
            let words = content.text.slice(said)?.trim();
            (!words.is_empty()).then_some(QuotedTurn { index, turn, words })
        })
        .collect()
}

/// The label of a turn's speaker, unless it is empty.
fn label<'a>(document: &'a Document, turn: &Turn) -> Option<&'a str> {
    let speaker = document.speakers.get(usize::from(turn.speaker?))?;
    (!speaker.label.is_empty()).then_some(&speaker.label)
}

impl QuotedTurn<'_> {
    /// The time of the turn or, if it has none, its number from 1.
    fn place(&self) -> String {
        match self.turn.at_millis {
            Some(millis) => clock(millis),
            None => format!("¶{}", self.index + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{Session, identity::Host, import::PathPatterns},
        import::{DocumentOptions, SourceFile, read_document},
    };

    #[test]
    fn a_quotation_names_speaker_document_and_place() {
        let folder = tempfile::tempdir().unwrap();
        let world = Host {
            now_millis: Box::new(|| 1_750_000_000_000),
            chance: 5,
            random: || Some([7; 64]),
            installation: "quotes".to_owned(),
        };
        let mut session = Session::create(&folder.path().join("q.tain"), "Q", "An", world).unwrap();
        let text = "访谈者：后来呢？\n\n小远：我回家念给奶奶听，她笑了。\n\n访谈者：嗯。\n\n小远：就这样。\n\n访谈者：好。\n\n小远：再见。\n";
        let file = SourceFile {
            path: "F02 孩子.txt".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        session
            .add_documents(
                vec![read_document(file, &DocumentOptions::default()).unwrap()],
                &PathPatterns::default(),
            )
            .unwrap();
        let document = session.project().documents.values().next().unwrap();
        let content = session.content(document).unwrap();
        let of = |words: &str| {
            let start = content
                .text
                .as_str()
                .find(words)
                .map(|byte| content.text.char_of(byte))
                .unwrap();
            TextRange::between(start, start + u32::try_from(words.chars().count()).unwrap())
        };
        let within = Quotation::of(document, &content, of("她笑了"), UiLanguage::English);
        assert_eq!(within.text(), "她笑了\n(小远, F02 孩子, ¶2)");
        assert_eq!(
            within.html(),
            "<blockquote><p>她笑了</p><p>(小远, F02 孩子, ¶2)</p></blockquote>"
        );
        let range = TextRange::between(of("后来").start(), of("我回家").end());
        let across = Quotation::of(document, &content, range, UiLanguage::Chinese);
        assert_eq!(
            across.text(),
            "访谈者：后来呢？\n小远：我回家\n（F02 孩子，¶1–¶2）"
        );
        assert_eq!(
            across.html(),
            "<blockquote><p><b>访谈者：</b>后来呢？</p><p><b>小远：</b>我回家</p><p>（F02 孩子，¶1–¶2）</p></blockquote>"
        );
    }
}
