//! Quotations: the words of a passage with a reference.

use crate::{
    model::{
        document::{Content, Document, Turn},
        text::TextRange,
    },
    table::data::clock,
};

/// Quotes a passage with a reference: who says it, in which document, and when or in which turns.
///
/// For a passage in one turn, the reference names the speaker; for one over several turns, each line does.
pub fn quotation(document: &Document, content: &Content, range: TextRange) -> String {
    let parts = quoted_turns(content, range);
    let title = &document.title;
    match &parts[..] {
        [] => content.text.slice(range).unwrap_or_default().to_owned(),
        [only] => {
            let speaker = match label(document, only.turn) {
                Some(label) => format!("{label}, "),
                None => String::new(),
            };
            format!("{}\n({speaker}{title}, {})", only.words, only.place())
        }
        [first, .., last] => {
            let mut lines = Vec::with_capacity(parts.len());
            for part in &parts {
                lines.push(match label(document, part.turn) {
                    Some(label) => format!("{label}: {}", part.words),
                    None => part.words.to_owned(),
                });
            }
            let lines = lines.join("\n");
            format!("{lines}\n({title}, {}–{})", first.place(), last.place())
        }
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
        assert_eq!(
            quotation(document, &content, of("她笑了")),
            "她笑了\n(小远, F02 孩子, ¶2)"
        );
        let across = TextRange::between(of("后来").start(), of("我回家").end());
        assert_eq!(
            quotation(document, &content, across),
            "访谈者: 后来呢？\n小远: 我回家\n(F02 孩子, ¶1–¶2)"
        );
    }
}
