//! OpenDocument spreadsheets (`.ods`) with one sheet and typed cells.
//!
//! A spreadsheet is a ZIP archive, and three small files in it are enough, so no crate is needed to write it.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{
    picture::svg::escaped,
    table::data::{CellValue, DataTable},
};

/// The media type of a spreadsheet.
const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// The list of the files in the archive.
const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>\n";
/// The beginning of `content.xml`, with a style for the column heads and one for dates as year-month-day.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.3\"><office:automatic-styles><number:date-style style:name=\"day\"><number:year number:style=\"long\"/><number:text>-</number:text><number:month number:style=\"long\"/><number:text>-</number:text><number:day number:style=\"long\"/></number:date-style><style:style style:name=\"date\" style:family=\"table-cell\" style:data-style-name=\"day\"/><style:style style:name=\"head\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>";
/// The end of `content.xml`.
const FOOT: &str = "</office:spreadsheet></office:body></office:document-content>\n";

/// Writes a table as an OpenDocument spreadsheet; text is never a formula.
///
/// # Errors
/// The archive can't be written.
pub fn ods(table: &DataTable) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time, so that the same table gives the same bytes.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    // OpenDocument asks for the media type as the first entry, uncompressed, so that programs find it at a fixed offset.
    zip.start_file(
        "mimetype",
        options.compression_method(CompressionMethod::Stored),
    )?;
    zip.write_all(MIME.as_bytes())?;
    let options = options.compression_method(CompressionMethod::Deflated);
    zip.start_file("META-INF/manifest.xml", options)?;
    zip.write_all(MANIFEST.as_bytes())?;
    zip.start_file("content.xml", options)?;
    zip.write_all(content(table).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// The contents of `content.xml`.
fn content(table: &DataTable) -> String {
    let mut out = String::from(HEAD);
    out.push_str(&format!(
        "<table:table table:name=\"{}\">",
        escaped(&table.name)
    ));
    // The schema asks for a column even in a table without any.
    out.push_str(&format!(
        "<table:table-column table:number-columns-repeated=\"{}\"/>",
        table.columns.len().max(1)
    ));
    out.push_str("<table:table-header-rows><table:table-row>");
    for name in &table.columns {
        push_text(&mut out, name, " table:style-name=\"head\"");
    }
    out.push_str("</table:table-row></table:table-header-rows>");
    for row in &table.rows {
        out.push_str("<table:table-row>");
        for value in row {
            push_cell(&mut out, value);
        }
        out.push_str("</table:table-row>");
    }
    out.push_str("</table:table>");
    out.push_str(FOOT);
    out
}

/// Adds a cell with the type of its value.
fn push_cell(out: &mut String, value: &CellValue) {
    // The attributes of type and value, and the style of dates.
    let typed = match value {
        CellValue::Empty => return out.push_str("<table:table-cell/>"),
        CellValue::Text(text) => return push_text(out, text, ""),
        CellValue::Number(number) | CellValue::Figure(number) => {
            format!("office:value-type=\"float\" office:value=\"{number}\"")
        }
        CellValue::YesNo(answer) | CellValue::Flag(answer) => {
            format!("office:value-type=\"boolean\" office:boolean-value=\"{answer}\"")
        }
        CellValue::Day(_) | CellValue::Moment(_) => {
            // The schema's dates have no time zone.
            let date = value.plain();
            let date = date.trim_end_matches('Z');
            format!(
                "table:style-name=\"date\" office:value-type=\"date\" office:date-value=\"{date}\""
            )
        }
        CellValue::Clock(millis) => {
            let seconds = millis / 1000;
            let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            format!(
                "office:value-type=\"time\" office:time-value=\"PT{hours}H{minutes}M{seconds}S\""
            )
        }
    };
    let shown = escaped(&value.plain());
    out.push_str(&format!(
        "<table:table-cell {typed}><text:p>{shown}</text:p></table:table-cell>"
    ));
}

/// Adds a cell of text, with spaces, tabs and line ends kept; `style` is an attribute or empty.
fn push_text(out: &mut String, text: &str, style: &str) {
    out.push_str(&format!(
        "<table:table-cell{style} office:value-type=\"string\">"
    ));
    for line in text.split('\n') {
        out.push_str("<text:p>");
        let mut spaces = 0;
        let mut at_start = true;
        for c in line.chars() {
            if c == ' ' {
                spaces += 1;
                continue;
            }
            push_spaces(out, spaces, at_start);
            (spaces, at_start) = (0, false);
            if c == '\t' {
                out.push_str("<text:tab/>");
            } else {
                out.push_str(&escaped(c.encode_utf8(&mut [0; 4])));
            }
        }
        push_spaces(out, spaces, true);
        out.push_str("</text:p>");
    }
    out.push_str("</table:table-cell>");
}

/// Adds spaces: a single one inside a line as it is, others as an element with their number.
///
/// Readers collapse several spaces into one, and drop those at the edges of a paragraph.
fn push_spaces(out: &mut String, spaces: usize, at_edge: bool) {
    match (spaces, at_edge) {
        (0, _) => {}
        (1, false) => out.push(' '),
        (n, _) => out.push_str(&format!("<text:s text:c=\"{n}\"></text:s>")),
    }
}
