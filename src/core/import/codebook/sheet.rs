//! Codebooks as sheets: one row for each code, with its parent by name or path.

use std::collections::{BTreeMap, BTreeSet};

use super::{CodeFile, CodebookFile, FORMAT, check_names};
use crate::{
    import::{
        ImportError,
        colour::{colour_of, hue_in_turn, hue_of_text},
        table::{InputRow, InputTable, guarded},
        title_of,
    },
    message::text::Text,
    model::{
        code::Indicator,
        codebook::PATH_SEPARATOR,
        localized::{Language, Localized},
    },
};

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
        name: title_of(&table.file),
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

/// Most levels of codes; nobody's tree is deeper, and every step through a tree takes a level of the stack.
const MOST_LEVELS: usize = 100;

/// Puts codes below their parents, which may come later in the sheet.
fn nest(table: &InputTable, rows: Vec<CodeSheetRow>) -> Result<Vec<CodeFile>, ImportError> {
    let mut paths: Vec<Option<String>> = vec![None; rows.len()];
    let mut known = KnownPaths::default();
    let mut open: Vec<usize> = (0..rows.len()).collect();
    // Each pass resolves the rows whose parent was resolved before, until a pass resolves none:
    // what is left names a parent that doesn't exist, or hangs in a circle. A pass resolves a level at least.
    for _level in 0..=MOST_LEVELS {
        let before = open.len();
        open.retain(|&index| {
            let path = known.path_of(&rows[index]);
            if let Some(path) = &path {
                known.add(path, &rows[index].code.name.text);
            }
            paths[index] = path;
            paths[index].is_none()
        });
        if open.len() == before {
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
        let levels = path.matches(PATH_SEPARATOR).count() + 1;
        if levels > MOST_LEVELS {
            return Err(table.row_error(
                row,
                Text::new(
                    "“{name}” is on level {levels}, and codes have at most {most}",
                    "“{name}”位于第 {levels} 层，编码最多 {most} 层",
                )
                .with("name", &code.name.text)
                .with("levels", levels)
                .with("most", MOST_LEVELS),
            ));
        }
        let above = path
            .rsplit_once(PATH_SEPARATOR)
            .map_or("", |(above, _)| above)
            .to_owned();
        by_parent.entry(above).or_default().push((path, code));
    }
    Ok(below("", &mut by_parent))
}

/// The paths that are known so far.
#[derive(Default)]
struct KnownPaths {
    all: BTreeSet<String>,
    by_name: BTreeMap<String, Vec<String>>,
}

impl KnownPaths {
    fn add(&mut self, path: &str, name: &str) {
        self.all.insert(path.to_owned());
        let named = self.by_name.entry(name.to_owned()).or_default();
        named.push(path.to_owned());
    }

    /// The path of a code whose parent's path is known.
    ///
    /// A parent given by its name alone must be the only code of that name; one given by its path always counts.
    fn path_of(&self, row: &CodeSheetRow) -> Option<String> {
        let name = &row.code.name.text;
        if row.parent.is_empty() {
            return Some(name.clone());
        }
        let named = self.by_name.get(&row.parent).map_or(&[][..], Vec::as_slice);
        let parent = match named {
            [only] => only,
            _ => self.all.get(&row.parent)?,
        };
        Some(format!("{parent}{PATH_SEPARATOR}{name}"))
    }
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

    fn sheet(lines: impl Iterator<Item = String>) -> Result<CodebookFile, ImportError> {
        let rows: String = lines.collect();
        let text = format!("code,parent\n{rows}");
        read_csv(&InputTable::read("codes.csv", text.into_bytes())?)
    }

    #[test]
    fn parents_may_come_later_and_no_tree_is_deeper_than_it_may_be() {
        let chain = |levels: usize| (0..levels).map(|level| format!("C{level},C{}\n", level + 1));
        let top = |levels: usize| [format!("C{levels},\n")].into_iter();
        let book = sheet(chain(99).chain(top(99))).unwrap();
        assert_eq!((book.codes.len(), book.codes[0].codes.len()), (1, 1));
        let down = |levels: usize| {
            (0..levels)
                .rev()
                .map(|level| format!("C{level},C{}\n", level + 1))
        };
        for rows in [
            sheet(chain(100).chain(top(100))),
            sheet(top(100).chain(down(100))),
        ] {
            let error = rows.unwrap_err().to_string();
            assert!(
                error.contains("is on level 101") || error.contains("there is no code"),
                "{error}"
            );
        }
        // As long as nobody would write one: every row is looked up once, not compared with all others.
        let book = sheet((0..20_000).map(|code| format!("Code {code},\n"))).unwrap();
        assert_eq!(book.codes.len(), 20_000);
    }

    #[test]
    fn a_parent_is_the_only_code_of_its_name_or_the_one_of_its_path() {
        let rows = |text: &'static str| sheet(text.lines().map(|line| format!("{line}\n")));
        let book = rows("A,\nB,\nX,A\nX,B\nY,A/X\nZ,A").unwrap();
        assert_eq!(book.codes[0].codes[0].codes[0].name.text, "Y");
        assert_eq!(book.codes[0].codes[1].name.text, "Z");
        let error = rows("A,\nB,\nX,A\nX,B\nY,X").unwrap_err().to_string();
        assert!(
            error.ends_with("there is no code “X” to put “Y” below"),
            "{error}"
        );
    }
}
