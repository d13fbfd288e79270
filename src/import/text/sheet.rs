//! Sheets that are transcripts: a row for each thing said, with columns for its time, its speaker and its words.

use super::{Extracted, Utterance};
use crate::import::{ImportError, head, table::InputTable};

/// Names of columns, in the order of preference.
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

/// Reads the rows; words stand in a column that is called so.
pub(super) fn read(table: &InputTable) -> Result<Extracted, ImportError> {
    let column = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let (speaker, time) = (column(SPEAKER), column(TIME));
    let text = column(TEXT).filter(|_| speaker.is_some() || time.is_some());
    let Some(text) = text else {
        return Err(ImportError::NoTranscript {
            file: table.file.clone(),
            has: table.header.clone(),
        });
    };
    // Whisper's rows count milliseconds.
    let in_millis = table.column("start").is_some() && table.column("end").is_some();
    let mut segments: Vec<Utterance> = Vec::new();
    table.for_each(|row| {
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| row.cells.get(column))
                .copied()
                .unwrap_or_default()
        };
        let said = cell(Some(text));
        if said.is_empty() {
            return Ok(());
        }
        let stamp = cell(time);
        let whole = || stamp.parse::<u32>().ok().filter(|_| in_millis);
        let speaker = Some(cell(speaker).to_owned()).filter(|name| !name.is_empty());
        segments.push(Utterance {
            at_millis: head::parse_stamp(stamp).or_else(whole),
            speaker,
            text: said.to_owned(),
        });
        Ok(())
    })?;
    if segments.is_empty() {
        Err(ImportError::Empty(table.file.clone()))
    } else {
        Ok(Extracted::segments(segments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = (Option<u32>, Option<String>, String);

    fn rows(text: &str) -> Result<Vec<Said>, ImportError> {
        let super::super::Body::Segments(segments) =
            read(&InputTable::read("a.csv", text.as_bytes().to_vec())?)?.body
        else {
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
