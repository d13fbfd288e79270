//! Layouts of transcripts as programs and people set them: who speaks, when, and which words are theirs.

use std::io::{Cursor, Write as _};

use tain::{
    import::{DocumentOptions, ImportedDocument, SourceFile, read_document},
    model::document::SpeakerRole,
};

/// A Word file of paragraphs; within one, `\n` is a line break and `\t` a tab.
pub(crate) fn word(paragraphs: &[&str]) -> Vec<u8> {
    let paragraph = |text: &&str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let inner = text
            .replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">")
            .replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
        format!("<w:p><w:r><w:drawing/><w:t xml:space=\"preserve\">{inner}</w:t></w:r></w:p>")
    };
    word_of(&paragraphs.iter().map(paragraph).collect::<String>())
}

/// A Word file of one table.
fn table(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &&[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(cell).collect::<String>()
        )
    };
    word_of(&format!(
        "<w:tbl>{}</w:tbl><w:p/>",
        rows.iter().map(row).collect::<String>()
    ))
}

fn word_of(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    write!(
        zip,
        "<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    )
    .unwrap();
    zip.finish().unwrap().into_inner()
}

fn read(path: &str, bytes: Vec<u8>) -> ImportedDocument {
    read_document(
        SourceFile {
            path: path.to_owned(),
            bytes,
        },
        &DocumentOptions::default(),
    )
    .unwrap()
}

/// Every turn as `speaker|seconds|what was said`.
fn outline(document: &ImportedDocument) -> Vec<String> {
    let turns = document.turns.iter().map(|turn| {
        let speaker = turn.speaker.map_or("", |index| {
            document.speakers[usize::from(index)].label.as_str()
        });
        let stamp = turn.at_millis.map_or(String::new(), |millis| {
            (f64::from(millis) / 1000.0).to_string()
        });
        format!(
            "{speaker}|{stamp}|{}",
            document
                .text
                .slice(turn.said())
                .unwrap()
                .trim()
                .replace('\n', "/")
        )
    });
    turns.collect()
}

/// Who speaks, `?` behind those who ask.
fn speakers(document: &ImportedDocument) -> Vec<String> {
    let asks = |role: SpeakerRole| {
        if role == SpeakerRole::Interviewer {
            "?"
        } else {
            ""
        }
    };
    document
        .speakers
        .iter()
        .map(|speaker| format!("{}{}", speaker.label, asks(speaker.role)))
        .collect()
}

#[test]
fn teams_sets_name_and_time_above_the_words() {
    let english = word(&[
        "Weekly visit-20240315_140512-Meeting Recording",
        "March 15, 2024, 2:05PM",
        "12m 40s",
        "Maya Lind started transcription",
        "Maya Lind   0:05\nHello, how was the week?",
        "Reed, Tom (Guest)   0:09\nFine 😀. We left at 10:05.",
        "Maya Lind   0:15\nAnd school?",
        "Reed, Tom (Guest)   1:02:03\nGood: she reads.",
        "Maya Lind stopped transcription",
    ]);
    let found = read("teams.docx", english);
    assert_eq!(speakers(&found), ["Maya Lind", "Reed, Tom (Guest)"]);
    let turns = outline(&found);
    let at = turns
        .iter()
        .position(|turn| turn.starts_with("Maya Lind|5|"))
        .unwrap();
    assert!(
        turns[..at].iter().all(|turn| turn.starts_with("||")),
        "{turns:?}"
    );
    assert_eq!(
        turns[at..],
        [
            "Maya Lind|5|Hello, how was the week?",
            "Reed, Tom (Guest)|9|Fine 😀. We left at 10:05.",
            "Maya Lind|15|And school?",
            "Reed, Tom (Guest)|3723|Good: she reads.",
            "||Maya Lind stopped transcription",
        ]
    );
    let chinese = word(&[
        "家访-20240315_140512-会议录制",
        "2024年3月15日 14:05",
        "12 分 40 秒",
        "林晓雨 已开始听录",
        "林晓雨   0:05\n最近怎么样？",
        "陈奶奶 (来宾)   0:09\n在𠮷祥面馆：很忙。",
        "林晓雨   0:15\n孩子呢？",
        "陈奶奶 (来宾)   0:20\n她笑了 😀。",
        "林晓雨 已停止听录",
    ]);
    let found = read("teams.docx", chinese);
    assert_eq!(speakers(&found), ["林晓雨", "陈奶奶 (来宾)"]);
    let turns = outline(&found);
    assert_eq!(
        turns[turns.len() - 4..],
        [
            "陈奶奶 (来宾)|9|在𠮷祥面馆：很忙。",
            "林晓雨|15|孩子呢？",
            "陈奶奶 (来宾)|20|她笑了 😀。",
            "||林晓雨 已停止听录"
        ]
    );
}

#[test]
fn teams_of_before_sets_times_names_and_words_on_lines_of_their_own() {
    let english = word(&[
        "0:0:0.0 --> 0:0:3.470\nMaya Lind\nHello.\nHow was the week?",
        "0:0:4.20 --> 0:0:9.80\nTom Reed\nFine 😀.",
        "0:1:0.500 --> 0:1:2.0\nMaya Lind\nOh.",
        "1:2:3.0 --> 1:2:4.0\nTom Reed\nYes: fine.",
    ]);
    let found = read("teams.docx", english);
    assert_eq!(
        outline(&found),
        [
            "Maya Lind|0|Hello./How was the week?",
            "Tom Reed|4.2|Fine 😀.",
            "Maya Lind|60.5|Oh.",
            "Tom Reed|3723|Yes: fine."
        ]
    );
    let chinese = word(&[
        "00:00:00.000 --> 00:00:03.470\n林晓雨\n最近怎么样？",
        "00:00:04.200 --> 00:00:09.800\n陈奶奶\n在𠮷祥面馆。",
        "00:01:00.500 --> 00:01:02.000\n林晓雨\n嗯。",
    ]);
    assert_eq!(
        outline(&read("teams.docx", chinese)),
        [
            "林晓雨|0|最近怎么样？",
            "陈奶奶|4.2|在𠮷祥面馆。",
            "林晓雨|60.5|嗯。"
        ]
    );
    // Subtitles whose words take two lines have no names.
    let cues = "00:00:00.000 --> 00:00:03.000\nand then we went\nto the shop\n\n00:00:03.000 --> 00:00:05.000\nwhere she works\nuntil late\n\n00:00:05.000 --> 00:00:07.000\non most days\nof the week\n";
    assert!(
        read("cues.txt", cues.as_bytes().to_vec())
            .speakers
            .is_empty()
    );
}

#[test]
fn trint_sets_the_time_behind_the_name() {
    let english = word(&[
        "Visit 3",
        "Maya Lind [00:00:02] How was it?",
        "Tom Reed [00:00:05 Fine 😀. I said: no.",
        "Maya Lind [00:00:09] And then?",
        "Tom Reed [00:01:11] Then (at 10:05) we left.",
    ]);
    let found = read("trint.docx", english);
    assert_eq!(
        outline(&found),
        [
            "||Visit 3",
            "Maya Lind|2|How was it?",
            "Tom Reed|5|Fine 😀. I said: no.",
            "Maya Lind|9|And then?",
            "Tom Reed|71|Then (at 10:05) we left."
        ]
    );
    let chinese = word(&[
        "林晓雨 [00:00:02] 最近怎么样？",
        "陈奶奶 [00:00:05] 在𠮷祥面馆。",
        "林晓雨 [00:00:09] 嗯。",
        "陈奶奶 [00:00:11] 好。",
    ]);
    assert_eq!(
        outline(&read("trint.docx", chinese))[..2],
        ["林晓雨|2|最近怎么样？", "陈奶奶|5|在𠮷祥面馆。"]
    );
    let tabs = word(&[
        "Maya Lind\t[00:00:02]\tHow was it?",
        "Tom Reed\t[00:00:05]\tFine.",
        "Maya Lind\t[00:00:09]\tOh.",
        "Tom Reed\t[00:00:10]\tYes.",
        "Maya Lind\t[00:00:12]\tSo.",
        "Tom Reed\t[00:00:14]\t𠮷",
    ]);
    assert_eq!(
        outline(&read("trint.docx", tabs))[..2],
        ["Maya Lind|2|How was it?", "Tom Reed|5|Fine."]
    );
    let rows = table(&[
        &["Speaker", "Timecode", "Text"],
        &["林晓雨", "00:00:02", "最近怎么样？"],
        &["陈奶奶", "00:00:05", "在𠮷祥面馆。"],
        &["林晓雨", "00:00:09", "嗯。"],
        &["陈奶奶", "00:00:10", "好。"],
        &["林晓雨", "00:00:12", "好 😀"],
        &["陈奶奶", "00:00:14", "对"],
    ]);
    assert_eq!(
        outline(&read("trint.docx", rows))[1..3],
        ["林晓雨|2|最近怎么样？", "陈奶奶|5|在𠮷祥面馆。"]
    );
}

#[test]
fn a_legend_says_who_the_initials_are_and_who_asks() {
    let of = |text: &str| speakers(&read("a.txt", text.as_bytes().to_vec()));
    let words = "I: Hello.\nM: Hi 😀.\nI: So?\nI2: One more question.\nM: Yes.\n";
    for head in [
        "I = interviewer\nI2 = second interviewer\nM = mother\n\n",
        "I = interviewer; I2 = second interviewer; M = mother\n\n",
        "Legend: I = interviewer, I2 = second interviewer, M = mother\n\n",
    ] {
        assert_eq!(of(&format!("{head}{words}")), ["I?", "M", "I2?"], "{head}");
    }
    // The letters alone would say the opposite.
    assert_eq!(
        of("F = researcher; I = informant\n\nF: Hello.\nI: Hi.\nF: So?\nI: Yes.\n"),
        ["F?", "I"]
    );
    assert_eq!(
        of("甲＝访谈者；乙＝受访者\n\n甲：最近怎么样？\n乙：在𠮷祥面馆。\n甲：嗯。\n"),
        ["甲?", "乙"]
    );
    assert_eq!(
        of("甲=第二访谈者，乙=外婆\n\n乙：你好。\n甲：好。\n"),
        ["乙", "甲?"]
    );
}

#[test]
fn spaces_behind_and_before_the_colon_are_nobodys_words() {
    let of = |text: &str| outline(&read("a.txt", text.as_bytes().to_vec()));
    let sheffield = "Penni:  Oh yeah.\nInt:  And then?\nPenni:  We  went\u{a0}home 😀.\nInt:  Hm.\nPenni:  Yes.\nInt:  So.\n";
    assert_eq!(
        of(sheffield)[..3],
        [
            "Penni||Oh yeah.",
            "Int||And then?",
            "Penni||We  went\u{a0}home 😀."
        ]
    );
    let chinese =
        "外婆：  在𠮷祥面馆。\n访谈者：  然后呢？\n外婆：\u{3000}回家。\n访谈者：  嗯。\n";
    assert_eq!(
        of(chinese),
        [
            "外婆||在𠮷祥面馆。",
            "访谈者||然后呢？",
            "外婆||回家。",
            "访谈者||嗯。"
        ]
    );
    let padded =
        "I   : Were you born here?\nGK  : Yes.\nI   : When?\nGK  : 1887.\nI   : Hm.\nGK  : Hm.\n";
    assert_eq!(of(padded)[..2], ["I||Were you born here?", "GK||Yes."]);
}

#[test]
fn transana_marks_times_by_a_sign_of_its_own() {
    let of = |text: &str| outline(&read("a.txt", text.as_bytes().to_vec()));
    let codes = "¤<0>Interviewer: How was it?\n¤<4500>Mum: Fine 😀.¤<9000>\n¤<9000>Interviewer: And ¤<10000>then?\n¤<12000>Mum: We left.\n";
    assert_eq!(
        of(codes),
        [
            "Interviewer|0|How was it?",
            "Mum|4.5|Fine 😀.¤<9000>",
            "Interviewer|9|And ¤<10000>then?",
            "Mum|12|We left."
        ]
    );
    let shown = "¤(0:00:01.5)访谈者：最近怎么样？\n¤(0:00:04.0) 小远：在𠮷祥面馆。\n¤(0:00:09.0)访谈者：嗯。\n¤(0:00:12.0)小远：好。\n";
    assert_eq!(
        of(shown),
        [
            "访谈者|1.5|最近怎么样？",
            "小远|4|在𠮷祥面馆。",
            "访谈者|9|嗯。",
            "小远|12|好。"
        ]
    );
    let bare = "¤Interviewer: How?\n¤Mum: Fine.\n¤Interviewer: So?\n¤Mum: Yes.\n";
    assert_eq!(of(bare)[..2], ["Interviewer||How?", "Mum||Fine."]);
    let ended = "Interviewer: How? ¤<1500>\n\nMum: Fine. ¤<4000>\n\nInterviewer: So? ¤<5000>\n\nMum: Yes.\n";
    assert_eq!(of(ended)[1], "Mum|1.5|Fine. ¤<4000>");
}

#[test]
fn a_transcript_of_chat_is_known_by_its_beginning() {
    let chat = "@UTF8\n@Begin\n@Participants:\tCHI Kofi Target_Child, INV Lena Investigator\n*INV:\twhat did you do ? \u{15}0_2100\u{15}\n*CHI:\twe [/] we was [: were] painting a\n\tbig house . \u{15}2100_6200\u{15}\n%com:\tpoints\n@End\n";
    for path in ["demo.cha", "demo.txt"] {
        for mark in ["", "\u{feff}"] {
            let document = read(path, format!("{mark}{chat}").into_bytes());
            assert_eq!(
                outline(&document),
                [
                    "INV|0|what did you do?",
                    "CHI|2.1|we we was painting a big house."
                ],
                "{path}"
            );
            assert_eq!(document.notes.len(), 3, "{:?}", document.notes);
        }
    }
    // What only begins like it is a text.
    let document = read(
        "notes.txt",
        b"@Begin\nInterviewer: Hi\nBo: Hm\nInterviewer: So\nBo: Yes\n".to_vec(),
    );
    assert_eq!(document.speakers.len(), 2);
}

#[test]
fn who_asks_in_chat_is_what_its_headers_say() {
    let of = |headers: &str, lines: &str| {
        let chat = format!("@UTF8\n@Begin\n{headers}{lines}@End\n");
        speakers(&read("demo.cha", chat.into_bytes()))
    };
    // The mother asks more than anybody, and the code of the one who asks says nothing.
    let home = "*MOT:\twhat is it ?\n*CHI:\ta dog .\n*MOT:\tand this ?\n*CHI:\tcat .\n*MOT:\tand that ?\n*LNA:\tthank you .\n";
    assert_eq!(
        of(
            "@Participants:\tCHI Kofi Target_Child, MOT Ama Mother,\n\tLNA Lena Investigator\n",
            home
        ),
        ["MOT", "CHI", "LNA?"]
    );
    let ids = "@ID:\teng|demo|CHI|7;02.|male|||Target_Child|||\n@ID:\teng|demo|MOT|||||Mother|||\n@ID:\teng|demo|LNA|||||Experimenter|||\n";
    assert_eq!(of(ids, home), ["MOT", "CHI", "LNA?"]);
    assert_eq!(
        of("@Participants:\tCHI Target_Child, MOT Mother\n", home),
        ["MOT", "CHI", "LNA"]
    );
    // Without headers it is guessed.
    assert_eq!(of("", home), ["MOT?", "CHI", "LNA"]);
    let class = "*T01:\t现在 开始 .\n*S01:\t好 吗 ?\n*S01:\t真的 吗 ?\n*S01:\t为什么 ?\n";
    assert_eq!(
        of("@Participants:\tT01 Teacher, S01 小远 Student\n", class),
        ["T01?", "S01"]
    );
}

#[test]
fn teams_copied_from_its_window_has_each_name_and_time_twice() {
    let of = |text: &str| {
        let document = read("teams.txt", text.as_bytes().to_vec());
        (outline(&document), speakers(&document))
    };
    let english = "Transcript. Use arrow keys to navigate between transcript entries.\n\n\nSearch\n\nAI-generated content may be incorrect\n\nMaya Lind started transcription\n\nMaya Lind\n0 minutes 3 seconds0:03\nMaya Lind 0 minutes 3 seconds\nHello.\nMaya Lind 0 minutes 9 seconds\nHow was the week?\nTR\n\nReed, Tom\n0 minutes 12 seconds0:12\nReed, Tom 0 minutes 12 seconds\nFine 😀. It took 5 minutes\nTR\nReed, Tom\n1 minute 2 seconds1:02\nReed, Tom 1 minute 2 seconds\nYes: fine.\n\nMaya Lind\n1 hour 2 minutes 3 seconds1:02:03\nMaya Lind 1 hour 2 minutes 3 seconds\nOK\n\nMaya Lind stopped transcription\n";
    let (turns, people) = of(english);
    assert_eq!(people, ["Maya Lind", "Reed, Tom"]);
    let at = turns
        .iter()
        .position(|turn| turn.starts_with("Maya Lind|3|"))
        .unwrap();
    assert!(
        turns[..at].iter().all(|turn| turn.starts_with("||")),
        "{turns:?}"
    );
    assert_eq!(
        turns[at..],
        [
            "Maya Lind|3|Hello.",
            "Maya Lind|9|How was the week?",
            "Reed, Tom|12|Fine 😀. It took 5 minutes",
            "Reed, Tom|62|Yes: fine.",
            "Maya Lind|3723|OK",
            "||Maya Lind stopped transcription",
        ]
    );
    // The initials and the first line of the name are no words of the speaker before, but part of the turn below.
    let document = read("teams.txt", english.as_bytes().to_vec());
    let heads: Vec<&str> = document
        .turns
        .iter()
        .map(|turn| document.text.slice(turn.range).unwrap())
        .collect();
    assert!(
        heads[at + 2].starts_with("TR\n\nReed, Tom\n0 minutes"),
        "{heads:?}"
    );
    let chinese = "林晓雨 已开始听录\n\n林晓雨\n0 分钟 3 秒0:03\n林晓雨 0 分钟 3 秒\n最近怎么样？\n\n陈奶奶 (来宾)\n0 分钟 9 秒0:09\n陈奶奶 (来宾) 0 分钟 9 秒\n在𠮷祥面馆：很忙。\n\n林晓雨\n1 小时 2 分钟 3 秒1:02:03\n林晓雨 1 小时 2 分钟 3 秒\n孩子呢？\n\n林晓雨 停止的脚本\n";
    assert_eq!(
        of(chinese).0,
        [
            "||林晓雨 已开始听录",
            "林晓雨|3|最近怎么样？",
            "陈奶奶 (来宾)|9|在𠮷祥面馆：很忙。",
            "林晓雨|3723|孩子呢？",
            "||林晓雨 停止的脚本"
        ]
    );
}

#[test]
fn teams_copied_in_parts_has_names_and_times_in_other_ways() {
    let of = |text: &str| outline(&read("teams.txt", text.as_bytes().to_vec()));
    let expected = [
        "Maya Lind|3|Hello.",
        "Tom Reed|9|Fine.",
        "Maya Lind|15|And school?",
        "Tom Reed|20|Good.",
    ];
    let blocks = |block: &dyn Fn(&str, &str, u32) -> String| {
        let said = [
            ("Maya Lind", "Hello.", 3),
            ("Tom Reed", "Fine.", 9),
            ("Maya Lind", "And school?", 15),
            ("Tom Reed", "Good.", 20),
        ];
        said.map(|(who, what, at)| block(who, what, at)).concat()
    };
    let initials = |who: &str| if who == "Tom Reed" { "TR" } else { "ML" };
    for (what, text) in [
        (
            "the spoken and the shown time on lines of their own",
            blocks(&|who, what, at| {
                format!(
                    "{who}\n0 minutes {at} seconds\n0:{at:02}\n{who} 0 minutes {at} seconds\n{what}\n"
                )
            }),
        ),
        (
            "spoken times only",
            blocks(&|who, what, at| format!("{who} 0 minutes {at} seconds\n{what}\n\n")),
        ),
        (
            "the name stuck to the time",
            blocks(&|who, what, at| format!("{who}0 minutes {at} seconds0:{at:02}\n{what}\n")),
        ),
        (
            "the time below the name",
            blocks(&|who, what, at| format!("{who}\n0:{at:02}\n{what}\n")),
        ),
        (
            "both times below the name, and initials",
            blocks(&|who, what, at| {
                format!(
                    "{}\n\n{who}\n0 minutes {at} seconds\n0:{at:02}\n{what}\n",
                    initials(who)
                )
            }),
        ),
        (
            "behind the name",
            blocks(&|who, what, at| format!("{who}   0:{at:02}\n{what}\n\n")),
        ),
    ] {
        assert_eq!(of(&text), expected, "{what}");
    }
}
