//! The words of the program: one word for one thing, and the punctuation of each language.

use std::{fs, path::Path};

/// Words that were replaced, so that one thing doesn't get a second name again.
const RETIRED: [(&str, &str); 8] = [
    ("方面", "维度"),
    ("合计下级编码", "含下级编码"),
    ("子编码", "下级编码"),
    ("访谈文稿", "访谈文本"),
    ("访谈稿", "访谈文本"),
    ("整个过程", "各阶段变化"),
    ("不属于任何一行", "未归入任何个案"),
    ("os error", "what happened, and what to do"),
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path.display().to_string(), text));
        }
    }
}

/// The literal that a piece of source begins with, and what follows it.
fn literal(source: &str) -> Option<(String, &str)> {
    let mut chars = source.trim_start().strip_prefix('"')?.chars();
    let mut text = String::new();
    loop {
        match chars.next()? {
            '"' => return Some((text, chars.as_str())),
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                '\n' => chars = chars.as_str().trim_start().chars(),
                other => text.push(other),
            },
            c => text.push(c),
        }
    }
}

/// The English and the Chinese of each `Text` of a source; English that is named elsewhere is left out.
fn texts(source: &str) -> Vec<(String, String)> {
    let pieces = source.split("Text::new(").skip(1);
    pieces
        .filter_map(|piece| {
            let (english, rest) = literal(piece)
                .or_else(|| Some((String::new(), piece.trim_start_matches(|c| c != ','))))?;
            let (chinese, _) = literal(rest.trim_start().strip_prefix(',')?)?;
            Some((english, chinese))
        })
        .collect()
}

fn all_texts() -> Vec<(String, String, String)> {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let mut all = Vec::new();
    for (file, source) in files {
        let texts = texts(&source).into_iter();
        all.extend(texts.map(|(english, chinese)| (file.clone(), english, chinese)));
    }
    assert!(all.len() > 1_000, "only {} texts", all.len());
    all
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

#[test]
fn no_text_has_a_retired_word() {
    let mut wrong = Vec::new();
    for (file, english, chinese) in all_texts() {
        for (retired, instead) in RETIRED {
            if english.contains(retired) || chinese.contains(retired) {
                wrong.push(format!(
                    "{file}: {retired} → {instead}: {english} / {chinese}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn chinese_has_full_width_punctuation() {
    let mut wrong = Vec::new();
    for (file, _, chinese) in all_texts() {
        let chars: Vec<char> = chinese.chars().collect();
        if chars
            .windows(2)
            .any(|pair| is_han(pair[0]) && matches!(pair[1], ':' | ',' | ';' | '?' | '!' | '('))
        {
            wrong.push(format!("{file}: {chinese}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
