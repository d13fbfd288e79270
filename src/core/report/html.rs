//! A report as one HTML file, with styles and charts inside it: a browser fetches nothing from elsewhere.

use std::fmt::Write as _;

use super::{
    columns::is_words,
    document::{Block, ReportDocument, numbered},
};
use crate::picture::svg::{escaped, svg};
use crate::table::{Cell, CellKind, Row, Table};

const STYLE: &str = "\
:root{color-scheme:light}\
body{font:15px/1.65 Inter,'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;color:#23262b;background:#fff;max-width:860px;margin:48px auto;padding:0 24px}\
h1{font-size:28px;line-height:1.25;margin:0 0 4px}h2{font-size:20px;margin:44px 0 12px}h3{font-size:16px;margin:28px 0 6px}h4{font-size:14px;margin:18px 0 4px}\
p{margin:0 0 12px}.note,figcaption,.rule{color:#666b74;font-size:13px}.rule{margin:8px 0 0}.scroll{overflow-x:auto;margin:18px 0}\
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;border-top:2px solid #23262b;border-bottom:2px solid #23262b}\
caption{text-align:left;font-weight:600;padding:0 0 8px;font-size:14px}thead th{border-bottom:1px solid #23262b;vertical-align:bottom;font-weight:500}\
th,td{padding:4px 10px;text-align:right;white-space:nowrap}th:first-child{text-align:left;position:sticky;left:0;background:#fff}td.w{white-space:normal;min-width:90px}.l{text-align:left}\
tbody th{font-weight:400}tfoot tr:first-child>*{border-top:1px solid #c9c6bf}.a{color:#9a9fa8}.d1{padding-left:24px}.d2{padding-left:40px}.d3{padding-left:56px}\
figure{margin:24px 0}figure svg{max-width:100%;height:auto}blockquote{margin:10px 0;padding:2px 0 2px 16px;border-left:3px solid #c9c6bf}blockquote footer{color:#666b74;font-size:13px}\
@media print{@page{margin:18mm 14mm;@bottom-center{content:counter(page);font:9pt Inter,sans-serif;color:#666b74}}body{margin:0;padding:0;max-width:none;font-size:10.5pt}h2,h3,h4{break-after:avoid}.scroll{overflow:visible}th,td{white-space:normal}th:first-child{position:static}figure,tr,blockquote{break-inside:avoid}}";

/// Writes a report.
pub fn html(report: &ReportDocument) -> String {
    let mut out = String::new();
    let language = report.language.html_tag();
    // Writing to a string can't fail.
    write!(
        out,
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        title = escaped(&report.title)
    )
    .ok();
    if !report.subtitle.is_empty() {
        writeln!(out, "<p class=\"note\">{}</p>", escaped(&report.subtitle)).ok();
    }
    for (label, block) in numbered(report) {
        let label = label.unwrap_or_default();
        match block {
            Block::Heading(level, text) => writeln!(
                out,
                "<h{n}>{}</h{n}>",
                escaped(text),
                n = (level + 1).min(6)
            ),
            Block::Text(text) => writeln!(out, "<p>{}</p>", escaped(text)),
            Block::Note(text) => writeln!(out, "<p class=\"note\">{}</p>", escaped(text)),
            Block::Table(sheet) => writeln!(out, "{}", table(sheet, &label)),
            Block::Chart(picture) => writeln!(
                out,
                "<figure>{}<figcaption>{}</figcaption></figure>",
                svg(picture),
                escaped(&label)
            ),
            Block::Quote { words, reference } => {
                writeln!(
                    out,
                    "<blockquote>{}<footer>{}</footer></blockquote>",
                    escaped(words),
                    escaped(reference)
                )
            }
        }
        .ok();
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// A table with three lines: above, below the heads, and at the end.
fn table(sheet: &Table, label: &str) -> String {
    let mut out = format!(
        "<div class=\"scroll\"><table><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
        escaped(label),
        escaped(&sheet.corner)
    );
    let left: Vec<bool> = (0..sheet.columns.len())
        .map(|column| is_words(sheet, column))
        .collect();
    for (head, left) in sheet.columns.iter().zip(&left) {
        let class = if *left { " class=\"l\"" } else { "" };
        out.push_str(&format!(
            "<th scope=\"col\"{class}>{}</th>",
            escaped(&head.text)
        ));
    }
    out.push_str("</tr></thead><tbody>");
    sheet
        .rows
        .iter()
        .for_each(|line| out.push_str(&row(line, &left)));
    out.push_str("</tbody>");
    if !sheet.foot.is_empty() {
        out.push_str("<tfoot>");
        sheet
            .foot
            .iter()
            .for_each(|line| out.push_str(&row(line, &left)));
        out.push_str("</tfoot>");
    }
    out.push_str("</table>");
    for note in std::iter::once(&sheet.rule)
        .chain(&sheet.notes)
        .filter(|note| !note.is_empty())
    {
        out.push_str(&format!("<p class=\"rule\">{}</p>", escaped(note)));
    }
    out.push_str("</div>");
    out
}

fn row(line: &Row, left: &[bool]) -> String {
    let class = if line.head.depth > 0 {
        format!(" class=\"d{}\"", line.head.depth.min(3))
    } else {
        String::new()
    };
    format!(
        "<tr><th scope=\"row\"{class}>{}</th>{}</tr>",
        escaped(&line.head.text),
        line.cells
            .iter()
            .zip(left)
            .map(|(cell, left)| table_cell(cell, *left))
            .collect::<String>()
    )
}

fn table_cell(cell: &Cell, is_left: bool) -> String {
    let class = match (cell.kind, is_left) {
        (CellKind::Words, true) => " class=\"w l\"",
        (CellKind::Absent | CellKind::Undefined, true) => " class=\"a l\"",
        (CellKind::Absent | CellKind::Undefined, false) => " class=\"a\"",
        (CellKind::Figure | CellKind::Zero, true) => " class=\"l\"",
        (CellKind::Words | CellKind::Figure | CellKind::Zero, false) => "",
    };
    let title = if cell.why.is_empty() {
        String::new()
    } else {
        format!(" title=\"{}\"", escaped(&cell.why))
    };
    format!(
        "<td{class}{title}>{}</td>",
        escaped(&cell.text).replace('\n', "<br>")
    )
}
