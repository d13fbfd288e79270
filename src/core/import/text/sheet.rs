//! Sheets that are transcripts: one row per utterance, with columns for time, speaker and text.

use super::{
    Extracted, Utterance,
    clock::{self, RawTime, Timed},
};
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
    "start_time",
    "begin_time",
    "start (s)",
    "start_ms",
    "begin_ms",
    "start (ms)",
    "开始时间",
    "时间",
];
const END: &[&str] = &[
    "end",
    "to",
    "end_time",
    "end (s)",
    "end_ms",
    "end (ms)",
    "结束时间",
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
    let end = table.first_column(END);
    let mut rows: Vec<(Timed, Utterance)> = Vec::new();
    table.for_each(|row| {
        if let Some(said) = row.filled(Some(text)) {
            let at = |column: Option<usize>| {
                let name = column.and_then(|column| table.header.get(column));
                raw_time(name.map_or("", String::as_str), row.optional(column))
            };
            let timed = Timed {
                start: at(time),
                end: at(end),
                characters: said.chars().count(),
            };
            let utterance = Utterance {
                at_millis: None,
                speaker: row.filled(speaker).map(str::to_owned),
                text: said.to_owned(),
            };
            rows.push((timed, utterance));
        }
        Ok(())
    })?;
    let timed: Vec<Timed> = rows.iter().map(|(timed, _)| *timed).collect();
    let unit = clock::unit(&timed).or_else(|| {
        // Whisper's TSV has the columns `start`, `end`, `text` and counts whole milliseconds.
        (table.column("start").is_some() && table.column("end").is_some()).then_some(1.0)
    });
    let segments: Vec<Utterance> = rows
        .into_iter()
        .map(|(timed, utterance)| Utterance {
            at_millis: timed.start.and_then(|start| match (start, unit) {
                // A number alone may as well be that of the row.
                (RawTime::Bare(_), None) => None,
                (start, unit) => start.millis(unit.unwrap_or(1.0)),
            }),
            ..utterance
        })
        .collect();
    if segments.is_empty() {
        Err(ImportError::Empty(table.file))
    } else {
        Ok(Extracted::segments(segments))
    }
}

/// Reads a time: a stamp, or a number with a point or comma; the unit may be in the column's name.
fn raw_time(column: &str, text: &str) -> Option<RawTime> {
    if let Some(millis) = stamp::parse(text) {
        return Some(RawTime::Millis(f64::from(millis)));
    }
    let number: f64 = text.trim().replacen(',', ".", 1).parse().ok()?;
    let in_millis = column.ends_with("ms") || column.ends_with("ms)");
    number.is_finite().then_some(if in_millis {
        RawTime::Millis(number)
    } else {
        RawTime::Bare(number)
    })
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
        let seconds = rows("start,end,speaker,text\n0.25,2.3,SPEAKER_00,How are you?\n65.2,68.3,SPEAKER_01,Tired.\n3605,3606,SPEAKER_00,Thank you.\n").unwrap();
        let times: Vec<_> = seconds.iter().map(|(at, ..)| at.unwrap()).collect();
        assert_eq!(times, [250, 65_200, 3_605_000]);
        assert_eq!(
            rows("start;end;text\n0,25;2,3;How are you?\n").unwrap()[0].0,
            Some(250)
        );
        assert!(matches!(
            rows("Case,Age,freetext\nID4,24,words\n"),
            Err(ImportError::NoTranscript { .. })
        ));
    }
}
