//! Coded transcripts as one HTML page, with the text and its margin side by side, in light and dark.
//!
//! The page contains all it needs and loads nothing from elsewhere, so it can be read offline and tells nobody that it is read.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{CodedTranscript, LinePiece, MarginNote, file_title};
use crate::{
    message::language::UiLanguage,
    model::code::{Hue, PALETTE},
    picture::svg::escaped,
};

/// The most lines that are drawn under text that many codings cover.
const MOST_LINES: usize = 4;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#23262b;--soft:#666b74;--paper:#fff;--rule:#e2dfd8;--tint:16%}\
@media (prefers-color-scheme:dark){:root{--ink:#e6e4df;--soft:#a0a4ac;--paper:#1b1d21;--rule:#34373d;--tint:30%}}\
*{box-sizing:border-box}\
body{font:15px/2 Inter,'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;color:var(--ink);background:var(--paper);max-width:1080px;margin:48px auto;padding:0 24px}\
h1{font-size:26px;line-height:1.3;margin:0 0 4px}h2{font-size:19px;line-height:1.4;margin:56px 0 2px;padding-top:16px;border-top:1px solid var(--rule)}\
.sub{color:var(--soft);font-size:13px;line-height:1.5;margin:0 0 20px}nav{font-size:14px;line-height:1.8}nav a{color:inherit}\
.line{display:table;table-template-columns:minmax(0,1fr) 300px;column-gap:32px}\
.line p{margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere}.label{color:var(--soft)}\
mark{color:inherit;padding:2px 0;background-repeat:no-repeat;-webkit-box-decoration-break:clone;box-decoration-break:clone}\
sup{font-size:10px;line-height:1;color:var(--soft);margin-right:1px}\
aside div{font-size:12.5px;line-height:1.45;margin:6px 0 8px;padding-left:10px;border-left:3px solid var(--c);overflow-wrap:anywhere}\
aside b{font-weight:600}aside .more{color:var(--soft)}aside .memo{white-space:pre-wrap}\
@media (max-width:760px){.line{table-template-columns:minmax(0,1fr)}aside{margin-left:16px}}\
@media print{:root{--ink:#000;--soft:#555;--paper:#fff;--rule:#ccc;--tint:16%}@page{margin:18mm 14mm;@bottom-center{content:counter(page);font:9pt Inter,sans-serif;color:#666b74}}body{margin:0;padding:0;max-width:none;font-size:10.5pt;line-height:1.8;print-color-adjust:exact;-webkit-print-color-adjust:exact}\
h2{break-before:page;border:0}h2:first-of-type{break-before:auto}nav{display:none}.line{table-template-columns:minmax(0,1fr) 58mm;column-gap:7mm;break-inside:avoid}}";

/// Writes transcripts one below the other; several of them are preceded by a table of contents.
pub fn transcripts_html(
    transcripts: &[CodedTranscript],
    project: &str,
    language: UiLanguage,
) -> String {
    let mut out = String::new();
    let tag = language.html_tag();
    let title = file_title(transcripts, language);
    // Writing to a string can't fail, here and below.
    write!(
        out,
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<p class=\"sub\">{1}</p>\n",
        escaped(title),
        escaped(project)
    )
    .ok();
    if transcripts.len() > 1 {
        out.push_str("<nav><ol>");
        for (number, transcript) in transcripts.iter().enumerate() {
            write!(
                out,
                "<li><a href=\"#d{number}\">{}</a></li>",
                escaped(&transcript.title)
            )
            .ok();
        }
        out.push_str("</ol></nav>\n");
    }
    for (number, transcript) in transcripts.iter().enumerate() {
        writeln!(out, "<section id=\"d{number}\">").ok();
        if transcripts.len() > 1 {
            writeln!(out, "<h2>{}</h2>", escaped(&transcript.title)).ok();
        }
        writeln!(
            out,
            "<p class=\"sub\">{}</p>",
            escaped(&transcript.subtitle)
        )
        .ok();
        body(&mut out, transcript);
        out.push_str("</section>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn body(out: &mut String, transcript: &CodedTranscript) {
    // A coder is named only where there are several to tell apart.
    let coders: BTreeSet<&str> = transcript
        .notes
        .iter()
        .map(|note| note.coder.as_str())
        .collect();
    for line in &transcript.lines {
        out.push_str("<div class=\"line\"><p>");
        line.pieces
            .iter()
            .for_each(|part| piece(out, part, &transcript.notes));
        out.push_str("</p><aside>");
        for index in line.pieces.iter().flat_map(|piece| &piece.begins) {
            if let Some(found) = transcript.notes.get(*index) {
                note(out, *index, found, coders.len() > 1);
            }
        }
        out.push_str("</aside></div>\n");
    }
}

fn colour(hue: Hue) -> String {
    let [red, green, blue] = PALETTE[usize::from(hue.number())];
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn piece(out: &mut String, piece: &LinePiece, notes: &[MarginNote]) {
    let own: Vec<&MarginNote> = piece
        .notes
        .iter()
        .filter_map(|index| notes.get(*index))
        .collect();
    let words = escaped(&piece.words);
    let words = if piece.label {
        format!("<span class=\"label\">{words}</span>")
    } else {
        words
    };
    let Some(first) = own.first() else {
        out.push_str(&words);
        return;
    };
    let numbers: String = piece
        .begins
        .iter()
        .map(|index| format!("<sup>{}</sup>", index + 1))
        .collect();
    // A line for each coding, the first one lowest, over a tint of the first colour.
    let colours: Vec<String> = own
        .iter()
        .take(MOST_LINES)
        .map(|note| colour(note.hue))
        .collect();
    let images: Vec<String> = colours
        .iter()
        .map(|colour| format!("linear-gradient({colour},{colour})"))
        .collect();
    let places: Vec<String> = (0..colours.len())
        .map(|at| format!("0 calc(100% - {}px)", at * 4))
        .collect();
    let names: Vec<&str> = own.iter().map(|note| note.code.as_str()).collect();
    write!(
        out,
        "{numbers}<mark title=\"{}\" style=\"background-color:color-mix(in srgb,{} var(--tint),transparent);background-image:{};background-size:100% 2px;background-position:{}\">{words}</mark>",
        escaped(&names.join("\n")),
        colour(first.hue),
        images.join(","),
        places.join(","),
    )
    .ok();
}

fn note(out: &mut String, index: usize, note: &MarginNote, names_coder: bool) {
    write!(
        out,
        "<div style=\"--c:{}\"><sup>{}</sup><b>{}</b>",
        colour(note.hue),
        index + 1,
        escaped(&note.code)
    )
    .ok();
    let coder = Some(note.coder.as_str()).filter(|coder| names_coder && !coder.is_empty());
    let more: Vec<&str> = note
        .facets
        .iter()
        .map(String::as_str)
        .chain(coder)
        .collect();
    if !more.is_empty() {
        write!(
            out,
            "<br><span class=\"more\">{}</span>",
            escaped(&more.join(" · "))
        )
        .ok();
    }
    for memo in note.memos.iter().filter(|memo| !memo.trim().is_empty()) {
        write!(
            out,
            "<br><span class=\"memo\">{}</span>",
            escaped(memo.trim())
        )
        .ok();
    }
    out.push_str("</div>");
}
