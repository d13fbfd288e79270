//! Codebooks as files: `.ron` with everything a code has, in several languages, and `.csv` sheets for spreadsheets; reading and writing.

use crate::message::{Message, text::Text};
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ImportError,
    colour::{colour_of, hue_in_turn, hue_of_text},
    table::{InputRow, InputTable, guarded},
};
use crate::model::{
    code::{Hue, Indicator},
    codebook::PATH_SEPARATOR,
    facet::FacetKind,
    localized::{Language, Localized},
};

/// Version of the `.ron` format.
const FORMAT: u32 = 1;

/// A codebook as stored in a `.ron` file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CodebookFile {
    /// Version of the format.
    pub format: u32,
    /// Short name of the codebook.
    pub name: String,
    /// Language of the texts outside `translations`.
    pub language: Language,
    /// Title.
    pub title: Localized,
    /// What it is for.
    pub description: Localized,
    /// The literature it is based on.
    pub sources: Vec<String>,
    /// The codes at the top.
    pub codes: Vec<CodeFile>,
}

/// A code with its subcodes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CodeFile {
    /// Name.
    pub name: Localized,
    /// Colour.
    pub hue: Hue,
    /// What it means.
    pub definition: Localized,
    /// When to apply it.
    pub apply_when: Localized,
    /// When not to.
    pub not_when: Localized,
    /// Typical passages.
    pub examples: Vec<Localized>,
    /// Expressions whose occurrence suggests the code.
    pub indicators: Vec<Indicator>,
    /// What a coder records about each of its codings.
    pub facets: Vec<FacetFile>,
    /// The key that applies it.
    pub key: Option<char>,
    /// Codes below it.
    pub codes: Vec<Self>,
}

/// A facet of a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetFile {
    /// Name.
    pub name: Localized,
    /// What values it takes.
    pub kind: FacetKind,
}

/// Reads a `.ron` codebook.
///
/// # Errors
/// When it can't be parsed, with the line.
pub fn read_ron(file: &str, bytes: Vec<u8>) -> Result<CodebookFile, ImportError> {
    let text = super::encoding::decode(file, bytes, None)?.text;
    let book: CodebookFile = ron::from_str(&text).map_err(|error| {
        codebook_error(file, error.span.start.line, error.code.to_string().into())
    })?;
    if book.format > FORMAT {
        let reason = Text::new(
            "format {found} is newer than this program, which reads up to {known}",
            "格式 {found} 比本程序新，本程序最高读取 {known}",
        )
        .with("found", book.format)
        .with("known", FORMAT);
        return Err(codebook_error(file, 1, reason));
    }
    check_names(&book.codes).map_err(|reason| codebook_error(file, 1, reason))?;
    Ok(book)
}

fn codebook_error(file: &str, line: usize, reason: Message) -> ImportError {
    ImportError::Codebook {
        file: file.to_owned(),
        line,
        reason,
    }
}

/// Returns an error message if a code has no name, a name with a slash, or the name of a sibling.
///
/// Codes are addressed by their path, so within one parent the name must be unique and free of the separator.
fn check_names(codes: &[CodeFile]) -> Result<(), Message> {
    for (index, code) in codes.iter().enumerate() {
        let name = code.name.text.trim();
        if name.is_empty() || name.contains(PATH_SEPARATOR) {
            return Err(Text::new(
                "“{name}” can't be the name of a code, which is neither empty nor contains “/”",
                "“{name}”不能作编码名称：名称不能为空，也不能含有“/”",
            )
            .with("name", name));
        }
        if codes[..index]
            .iter()
            .any(|other| other.name.text.trim() == name)
        {
            return Err(
                Text::new("the code “{name}” occurs twice", "编码“{name}”出现两次")
                    .with("name", name),
            );
        }
        check_names(&code.codes)?;
    }
    Ok(())
}

/// Writes a codebook as a `.ron` file from which [`read_ron`] reads the same codebook.
pub fn write_ron(book: &CodebookFile) -> String {
    let pretty = ron::ser::PrettyConfig::new()
        .indentor("    ")
        .struct_names(false);
    let mut text = ron::ser::to_string_pretty(
        &CodebookFile {
            format: FORMAT,
            ..book.clone()
        },
        pretty,
    )
    .expect("a codebook has only types that RON can write");
    text.push('\n');
    text
}

/// Placeholder for an example that isn't translated, which keeps every translation on the line of its example.
pub const UNTRANSLATED: &str = "–";

/// A row of a sheet of codes.
struct CodeSheetRow {
    row: usize,
    /// Name or path of the parent; empty for a top-level code.
    parent: String,
    code: CodeFile,
}

/// Reads a sheet of codes.
///
/// Its columns are `code` (a name or path), and optionally `parent` (a name or path), `colour`, `key`, `definition`,
/// `apply_when`, `not_when`, `examples` (one per line), `indicators` (one per line, `zh: words`), and translations such as `name_zh`.
///
/// # Errors
/// When a parent is missing, or a code appears twice.
pub fn read_csv(table: &InputTable) -> Result<CodebookFile, ImportError> {
    let code = table.needed("code")?;
    let (parent, key) = (table.column("parent"), table.column("key"));
    let colour = table.column("colour").or_else(|| table.column("color"));
    let indicators = table.column("indicators");
    let mut rows: Vec<CodeSheetRow> = Vec::new();
    table.for_each(|row| {
        let full = row.cell(code);
        let (above, name) = match full.rsplit_once(PATH_SEPARATOR) {
            Some((above, name)) => (above, name),
            None => (row.optional(parent), full),
        };
        if name.trim().is_empty() {
            return Err(table.row_error(
                row.number,
                Text::new("the code has no name", "编码没有名称"),
            ));
        }
        let hue = match row.filled(colour) {
            // Without a colour, codes take those of the palette in turn.
            None => hue_in_turn(rows.len()),
            Some(text) => hue_of_text(text).ok_or_else(|| {
                table.row_error(
                    row.number,
                    Text::new(
                        "“{text}” is not a colour; write #RRGGBB",
                        "“{text}”不是颜色；请写 #RRGGBB",
                    )
                    .with("text", text),
                )
            })?,
        };
        // A key is a single character; anything longer is ignored rather than refused, since the code is usable without.
        let mut key = row.optional(key).chars();
        let code = CodeFile {
            name: Localized {
                text: name.trim().to_owned(),
                ..texts(table, row, "name")
            },
            hue,
            definition: texts(table, row, "definition"),
            apply_when: texts(table, row, "apply_when"),
            not_when: texts(table, row, "not_when"),
            examples: examples(&texts(table, row, "examples")),
            indicators: row
                .optional(indicators)
                .lines()
                .filter_map(indicator)
                .collect(),
            key: key.next().filter(|_| key.next().is_none()),
            ..CodeFile::default()
        };
        rows.push(CodeSheetRow {
            row: row.number,
            parent: above.trim().to_owned(),
            code,
        });
        Ok(())
    })?;
    let codes = nest(table, rows)?;
    // The tree no longer knows its rows, so the error names the header.
    check_names(&codes).map_err(|reason| table.row_error(1, reason))?;
    Ok(CodebookFile {
        format: FORMAT,
        name: super::title_of(&table.file),
        codes,
        ..CodebookFile::default()
    })
}

/// The text of a column, with translations from the columns of the same name and a language tag.
fn texts(table: &InputTable, row: &InputRow<'_>, name: &str) -> Localized {
    Localized {
        text: row.optional(table.column(name)).to_owned(),
        translations: table
            .header
            .iter()
            .enumerate()
            .filter_map(|(column, head)| {
                let language = translation_language(head, name)?;
                Some((language, row.filled(Some(column))?.to_owned()))
            })
            .collect(),
    }
}

/// The language of a column such as `definition_zh`, if it is a translation of the column `name`.
fn translation_language(column: &str, name: &str) -> Option<Language> {
    let (own, language) = column.rsplit_once('_')?;
    let is_tag = (2..=8).contains(&language.len())
        && language
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
    (own.eq_ignore_ascii_case(name) && is_tag)
        .then(|| Language(language.to_ascii_lowercase().into()))
}

/// One example per line, each with the same line of every translation.
fn examples(of: &Localized) -> Vec<Localized> {
    of.text
        .lines()
        .enumerate()
        .map(|(number, text)| Localized {
            text: text.trim().to_owned(),
            translations: of
                .translations
                .iter()
                .filter_map(|(language, lines)| {
                    let text = lines.lines().nth(number)?.trim();
                    (!text.is_empty() && text != UNTRANSLATED)
                        .then(|| (language.clone(), text.to_owned()))
                })
                .collect(),
        })
        .filter(|example| !example.is_empty())
        .collect()
}

/// Reads an indicator, `zh: 想要` or `want`; without a tag its characters tell the language.
fn indicator(line: &str) -> Option<Indicator> {
    let (language, expression) = match line.split_once(": ") {
        Some((tag, expression)) if is_language_tag(tag.trim()) => {
            (Language(tag.trim().to_owned().into()), expression)
        }
        _ if line.chars().any(crate::language::words::is_han) => (Language::ZH, line),
        _ => (Language::EN, line),
    };
    let expression = expression.trim().to_owned();
    (!expression.is_empty()).then_some(Indicator {
        language,
        expression,
    })
}

fn is_language_tag(text: &str) -> bool {
    (2..=8).contains(&text.len()) && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

/// Puts codes below their parents, which may come later in the sheet.
fn nest(table: &InputTable, rows: Vec<CodeSheetRow>) -> Result<Vec<CodeFile>, ImportError> {
    let mut paths: Vec<Option<String>> = vec![None; rows.len()];
    // Each pass resolves the rows whose parent was resolved before, until a pass resolves none:
    // what is left names a parent that doesn't exist, or hangs in a circle.
    loop {
        let before = paths.iter().flatten().count();
        for (index, row) in rows.iter().enumerate() {
            if paths[index].is_none() {
                paths[index] = path_of_row(row, &paths);
            }
        }
        if paths.iter().flatten().count() == before {
            break;
        }
    }
    let mut by_parent: BTreeMap<String, Vec<(String, CodeFile)>> = BTreeMap::new();
    for (CodeSheetRow { row, parent, code }, path) in rows.into_iter().zip(paths) {
        let path = path.ok_or_else(|| {
            let name = &code.name.text;
            table.row_error(
                row,
                Text::new(
                    "there is no code “{parent}” to put “{name}” below",
                    "没有编码“{parent}”，“{name}”无处可放",
                )
                .with("parent", &parent)
                .with("name", name),
            )
        })?;
        let above = path
            .rsplit_once(PATH_SEPARATOR)
            .map_or("", |(above, _)| above)
            .to_owned();
        by_parent.entry(above).or_default().push((path, code));
    }
    Ok(below("", &mut by_parent))
}

/// The path of a code whose parent's path is known.
///
/// A parent given by its name alone must be the only code of that name; one given by its path always counts.
fn path_of_row(row: &CodeSheetRow, paths: &[Option<String>]) -> Option<String> {
    let name = &row.code.name.text;
    if row.parent.is_empty() {
        return Some(name.clone());
    }
    let named: Vec<&String> = paths
        .iter()
        .flatten()
        .filter(|path| {
            **path == row.parent || path.rsplit(PATH_SEPARATOR).next() == Some(row.parent.as_str())
        })
        .collect();
    let parent = match named[..] {
        [only] => only,
        _ => named.into_iter().find(|path| **path == row.parent)?,
    };
    Some(format!("{parent}{PATH_SEPARATOR}{name}"))
}

/// The codes below a path, each with the codes below it.
fn below(parent: &str, by_parent: &mut BTreeMap<String, Vec<(String, CodeFile)>>) -> Vec<CodeFile> {
    by_parent
        .remove(parent)
        .into_iter()
        .flatten()
        .map(|(path, code)| CodeFile {
            codes: below(&path, by_parent),
            ..code
        })
        .collect()
}

/// Writes a codebook as a sheet: code, parent's path, colour, definition.
pub fn write_csv(book: &CodebookFile) -> String {
    const IN_MEMORY: &str = "writing to memory can't fail";
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut stack: Vec<(String, &CodeFile)> = book
        .codes
        .iter()
        .rev()
        .map(|code| (String::new(), code))
        .collect();
    writer
        .write_record(["code", "parent", "colour", "definition"])
        .expect(IN_MEMORY);
    // Depth first, so that codes follow their parents as in the window.
    while let Some((parent, code)) = stack.pop() {
        let colour = colour_of(code.hue);
        writer
            .write_record(
                [&code.name.text, &parent, &colour, &code.definition.text]
                    .map(|text| guarded(text).into_owned()),
            )
            .expect(IN_MEMORY);
        let path = if parent.is_empty() {
            code.name.text.clone()
        } else {
            format!("{parent}{PATH_SEPARATOR}{}", code.name.text)
        };
        stack.extend(code.codes.iter().rev().map(|child| (path.clone(), child)));
    }
    let bytes = writer.into_inner().expect(IN_MEMORY);
    String::from_utf8(bytes).expect("every cell is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ron_codebook_comes_back_the_same() {
        let text = r#"(format: 1, name: "needs", language: "en", title: (text: "Needs", translations: {"zh": "需要"}), sources: ["A (1972)"],
            codes: [(name: (text: "Needs"), hue: 3, examples: [(text: "I want…", translations: {"zh": "我想要……"})],
                indicators: [(language: "zh", expression: "想要|需要")],
                facets: [(name: (text: "feeling"), kind: Category([(text: "joy")])), (name: (text: "how much"), kind: Intensity)],
                codes: [(name: (text: "Belonging", translations: {"zh": "归属"}), key: Some('1'))])])"#;
        let book = read_ron("needs.ron", text.as_bytes().to_vec()).unwrap();
        assert_eq!(book.codes[0].codes[0].name.get(&Language::ZH), "归属");
        assert_eq!(book.codes[0].facets[1].kind, FacetKind::Intensity);
        assert_eq!(
            read_ron("again.ron", write_ron(&book).into_bytes()).unwrap(),
            book
        );
    }

    #[test]
    fn mistakes_in_a_codebook_are_named_with_their_line() {
        let error = read_ron(
            "bad.ron",
            b"(\n  format: 1,\n  codes: [(nam: (text: \"A\"))],\n)".to_vec(),
        )
        .unwrap_err();
        assert!(error.to_string().starts_with("bad.ron, line 3:"), "{error}");
        let twice = read_ron(
            "bad.ron",
            b"(codes: [(name: (text: \"A\")), (name: (text: \"A\"))])".to_vec(),
        )
        .unwrap_err();
        assert!(twice.to_string().contains("occurs twice"), "{twice}");
    }

    #[test]
    fn a_sheet_nests_and_comes_back() {
        let read = |text: &str| {
            read_csv(&InputTable::read("codes.csv", text.as_bytes().to_vec()).unwrap())
        };
        let book = read("code,parent,colour,definition\nBelonging,Needs,#2E7D6B,\"To be, one of us\"\nNeeds,,#FF0000,All\n").unwrap();
        assert_eq!(book.codes[0].codes[0].definition.text, "To be, one of us");
        assert_eq!(read(&write_csv(&book)).unwrap().codes, book.codes);
        assert_eq!(
            read("code,parent\nA,B\n").unwrap_err().to_string(),
            "codes.csv, row 2: there is no code “B” to put “A” below"
        );
    }
}
