//! Sheets that are transcripts: one row per utterance, with columns for time, speaker and text.

use super::{Extracted, Utterance};
use crate::import::{ImportError, stamp, table::InputTable};

// Names that transcription tools and archives give their columns, best first: a sheet may have several of them.
const TEXT: &[&str] = &[
    "transcript",
    "text",
    "utterance",
    "content",
    "speech",
    "内容",
    "文本",
    "正文",
    "话语",
    "逐字稿",
];
const SPEAKER: &[&str] = &[
    "speaker",
    "name",
    "participant",
    "who",
    "说话人",
    "發言者",
    "发言人",
    "姓名",
];
const TIME: &[&str] = &[
    "timecode",
    "start",
    "from",
    "time",
    "timestamp",
    "begin",
    "开始时间",
    "时间",
];

/// Reads the rows of a sheet as utterances.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let table = InputTable::read(file, bytes.to_vec())?;
    let (speaker, time) = (table.first_column(SPEAKER), table.first_column(TIME));
    // A column named `text` alone may as well be an answer in a sheet of cases.
    let text = table
        .first_column(TEXT)
        .filter(|_| speaker.is_some() || time.is_some());
    let Some(text) = text else {
        return Err(ImportError::NoTranscript {
            file: table.file,
            has: table.header,
        });
    };
    // Whisper's TSV has the columns `start`, `end`, `text` and counts whole milliseconds.
    let in_millis = table.column("start").is_some() && table.column("end").is_some();
    let mut segments: Vec<Utterance> = Vec::new();
    table.for_each(|row| {
        if let Some(said) = row.filled(Some(text)) {
            let stamp = row.optional(time);
            let at_millis = match stamp::parse(stamp) {
                None if in_millis => stamp.parse().ok(),
                at_millis => at_millis,
            };
            segments.push(Utterance {
                at_millis,
                speaker: row.filled(speaker).map(str::to_owned),
                text: said.to_owned(),
            });
        }
        Ok(())
    })?;
    if segments.is_empty() {
        Err(ImportError::Empty(table.file))
    } else {
        Ok(Extracted::segments(segments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = (Option<u32>, Option<String>, String);

    fn rows(text: &str) -> Result<Vec<Said>, ImportError> {
        let super::super::Body::Segments(segments) = read("a.csv", text.as_bytes())?.body else {
            panic!("segments")
        };
        Ok(segments
            .into_iter()
            .map(|own| (own.at_millis, own.speaker, own.text))
            .collect())
    }

    #[test]
    fn columns_are_known_by_their_names() {
        let named = rows("TIMECODE\tSPEAKER\tTRANSCRIPT\n00:00:05.000\tINT\tHeute\n").unwrap();
        assert_eq!(
            named,
            [(Some(5_000), Some("INT".to_owned()), "Heute".to_owned())]
        );
        assert_eq!(
            rows("start\tend\ttext\n43810\t47850\tHello\n").unwrap(),
            [(Some(43_810), None, "Hello".to_owned())]
        );
        assert_eq!(
            rows("segment,from,to,speaker,text\n1,0:00:05,0:00:09,妈妈,好\n").unwrap()[0].0,
            Some(5_000)
        );
        assert!(matches!(
            rows("Case,Age,freetext\nID4,24,words\n"),
            Err(ImportError::NoTranscript { .. })
        ));
    }
}
