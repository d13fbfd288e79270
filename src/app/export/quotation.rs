//! A passage as it is quoted elsewhere: its words with speakers, document and time.

use crate::model::{
    document::{Content, Document, Turn},
    text::TextRange,
};

/// The words of a passage with their reference: who says them, in which document, when or in which turns.
///
/// A passage of one turn is a line of words and a line of reference; over several turns each line bears its speaker.
pub fn quotation(document: &Document, content: &Content, range: TextRange) -> String {
    let first = content
        .turns
        .partition_point(|turn| turn.range.end() <= range.start());
    let turns = content
        .turns
        .iter()
        .enumerate()
        .skip(first)
        .take_while(|(_, turn)| turn.range.start() < range.end());
    let parts: Vec<(usize, &Turn, &str)> = turns
        .filter_map(|(index, turn)| {
            Some((
                index,
                turn,
                content.text.slice(turn.said().intersection(range)?)?.trim(),
            ))
        })
        .filter(|(.., words)| !words.is_empty())
        .collect();
    let label = |turn: &Turn| {
        let speaker = turn
            .speaker
            .and_then(|index| document.speakers.get(usize::from(index)));
        speaker
            .map(|speaker| speaker.label.as_str())
            .filter(|label| !label.is_empty())
    };
    match &parts[..] {
        [] => content.text.slice(range).unwrap_or_default().to_owned(),
        [(index, turn, words)] => {
            let speaker = label(turn)
                .map(|label| format!("{label}, "))
                .unwrap_or_default();
            format!(
                "{words}\n({speaker}{}, {})",
                document.title,
                place(*index, turn)
            )
        }
        [first, .., last] => {
            let line = |(_, turn, words): &(usize, &Turn, &str)| {
                label(turn).map_or_else(|| (*words).to_owned(), |label| format!("{label}: {words}"))
            };
            let lines: Vec<String> = parts.iter().map(line).collect();
            format!(
                "{}\n({}, {}–{})",
                lines.join("\n"),
                document.title,
                place(first.0, first.1),
                place(last.0, last.1)
            )
        }
    }
}

/// A turn's time where it has one, else its number from 1.
fn place(index: usize, turn: &Turn) -> String {
    turn.at_millis.map_or_else(
        || format!("¶{}", index + 1),
        |millis| {
            let seconds = millis / 1000;
            format!(
                "{:02}:{:02}:{:02}",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60
            )
        },
    )
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
