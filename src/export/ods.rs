//! A table as the one sheet of an OpenDocument workbook, with typed cells.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::grid::{Grid, Value};
use crate::picture::svg::escaped;

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>\n";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.3\"><office:automatic-styles><number:date-style style:name=\"day\"><number:year number:style=\"long\"/><number:text>-</number:text><number:month number:style=\"long\"/><number:text>-</number:text><number:day number:style=\"long\"/></number:date-style><style:style style:name=\"date\" style:family=\"table-cell\" style:data-style-name=\"day\"/><style:style style:name=\"head\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>";
const FOOT: &str = "</office:spreadsheet></office:body></office:document-content>\n";

/// Writes a table; words are never a formula.
///
/// # Errors
/// As the writer of packages.
pub fn ods(grid: &Grid) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    // The kind stands first and plain, so that it can be told from the first bytes.
    zip.start_file(
        "mimetype",
        options.compression_method(CompressionMethod::Stored),
    )?;
    zip.write_all(MIME.as_bytes())?;
    let options = options.compression_method(CompressionMethod::Deflated);
    zip.start_file("META-INF/manifest.xml", options)?;
    zip.write_all(MANIFEST.as_bytes())?;
    zip.start_file("content.xml", options)?;
    zip.write_all(content(grid).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn content(grid: &Grid) -> String {
    let mut out = String::from(HEAD);
    out.push_str(&format!(
        "<table:table table:name=\"{}\">",
        escaped(&grid.name)
    ));
    out.push_str(&format!(
        "<table:table-column table:number-columns-repeated=\"{}\"/>",
        grid.columns.len().max(1)
    ));
    out.push_str("<table:table-header-rows><table:table-row>");
    grid.columns
        .iter()
        .for_each(|name| out.push_str(&words(name, " table:style-name=\"head\"")));
    out.push_str("</table:table-row></table:table-header-rows>");
    for row in &grid.rows {
        out.push_str("<table:table-row>");
        row.iter().for_each(|value| out.push_str(&cell(value)));
        out.push_str("</table:table-row>");
    }
    out.push_str("</table:table>");
    out.push_str(FOOT);
    out
}

fn cell(value: &Value) -> String {
    let typed = |kind: &str, field: &str, raw: &str, style: &str| {
        let shown = escaped(&value.plain());
        format!(
            "<table:table-cell{style} office:value-type=\"{kind}\" office:{field}=\"{raw}\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    match value {
        Value::Empty => "<table:table-cell/>".to_owned(),
        Value::Text(text) => words(text, ""),
        Value::Number(number) => typed("float", "value", &number.to_string(), ""),
        Value::YesNo(answer) => typed("boolean", "boolean-value", &answer.to_string(), ""),
        Value::Day(day) => typed(
            "date",
            "date-value",
            &day.to_string(),
            " table:style-name=\"date\"",
        ),
        Value::Moment(_) => typed(
            "date",
            "date-value",
            value.plain().trim_end_matches('Z'),
            " table:style-name=\"date\"",
        ),
        Value::Clock(millis) => {
            let seconds = millis / 1000;
            typed(
                "time",
                "time-value",
                &format!(
                    "PT{}H{}M{}S",
                    seconds / 3600,
                    seconds / 60 % 60,
                    seconds % 60
                ),
                "",
            )
        }
    }
}

/// Words with every space, tab and line as they are.
fn words(text: &str, style: &str) -> String {
    let mut out = format!("<table:table-cell{style} office:value-type=\"string\">");
    for line in text.split('\n') {
        out.push_str("<text:p>");
        let mut spaces = 0;
        let mut first = true;
        for c in line.chars() {
            if c == ' ' {
                spaces += 1;
                continue;
            }
            push_spaces(&mut out, spaces, first);
            (spaces, first) = (0, false);
            if c == '\t' {
                out.push_str("<text:tab/>")
            } else {
                out.push_str(&escaped(&c.to_string()))
            }
        }
        push_spaces(&mut out, spaces, true);
        out.push_str("</text:p>");
    }
    out.push_str("</table:table-cell>");
    out
}

/// One space within a line is itself; others are counted, since readers drop them.
fn push_spaces(out: &mut String, spaces: usize, at_edge: bool) {
    match (spaces, at_edge) {
        (0, _) => {}
        (1, false) => out.push(' '),
        (n, _) => out.push_str(&format!("<text:s text:c=\"{n}\"></text:s>")),
    }
}
