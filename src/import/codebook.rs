//! Codebooks as files: `.ron` with rules in several languages, `.csv` with `code,parent,colour,definition`; reading and writing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ImportError,
    table::{InputTable, guarded},
};
use crate::model::{
    code::{Hue, Indicator, PALETTE},
    codebook::PATH_SEPARATOR,
    facet::FacetKind,
    localized::{Language, Localized},
};

/// Version of the `.ron` form.
const FORMAT: u32 = 1;

/// A codebook as a `.ron` file has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CodebookFile {
    /// Version of the form.
    pub format: u32,
    /// Short name of the codebook.
    pub name: String,
    /// Language of the main texts.
    pub language: Language,
    /// Title.
    pub title: Localized,
    /// What it is for.
    pub description: Localized,
    /// Literature it rests on.
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
    /// Expressions that point to it.
    pub indicators: Vec<Indicator>,
    /// What it asks of its codings.
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
/// With the line at which it can't be read.
pub fn read_ron(file: &str, bytes: Vec<u8>) -> Result<CodebookFile, ImportError> {
    let text = super::encoding::decode(file, bytes, None)?.text;
    let wrong = |line: usize, reason: String| ImportError::Codebook {
        file: file.to_owned(),
        line,
        reason,
    };
    let book: CodebookFile = ron::from_str(&text)
        .map_err(|error| wrong(error.span.start.line, error.code.to_string()))?;
    if book.format > FORMAT {
        return Err(wrong(
            1,
            format!(
                "format {} is newer than this program, which reads up to {FORMAT}",
                book.format
            ),
        ));
    }
    check_names(&book.codes, &mut |reason| wrong(1, reason))?;
    Ok(book)
}

fn check_names(
    codes: &[CodeFile],
    wrong: &mut impl FnMut(String) -> ImportError,
) -> Result<(), ImportError> {
    for (index, code) in codes.iter().enumerate() {
        let name = code.name.text.trim();
        if name.is_empty() || name.contains(PATH_SEPARATOR) {
            return Err(wrong(format!(
                "`{name}` can't be the name of a code: it must have one, without `/`"
            )));
        }
        if codes[..index]
            .iter()
            .any(|other| other.name.text.trim() == name)
        {
            return Err(wrong(format!("the code `{name}` stands there twice")));
        }
        check_names(&code.codes, wrong)?;
    }
    Ok(())
}

/// A codebook as a `.ron` file that reads back the same.
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
    .unwrap_or_default();
    text.push('\n');
    text
}

/// Stands in the place of an example that isn't translated, so that each line of translations belongs to its example.
pub const UNTRANSLATED: &str = "–";

/// Reads a sheet of codes.
///
/// Its columns are `code` (a name or path), and optionally `parent` (a name or path), `colour`, `key`, `definition`,
/// `apply_when`, `not_when`, `examples` (one a line), `indicators` (one a line, `zh: words`), and translations such as `name_zh`.
///
/// # Errors
/// When a parent isn't there, or a code stands there twice.
pub fn read_csv(table: &InputTable) -> Result<CodebookFile, ImportError> {
    let code = table.needed("code")?;
    let (parent, key) = (table.column("parent"), table.column("key"));
    let colour = table.column("colour").or_else(|| table.column("color"));
    let indicators = table.column("indicators");
    let mut rows: Vec<(usize, String, CodeFile)> = Vec::new();
    table.for_each(|row| {
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| row.cells.get(column))
                .copied()
                .unwrap_or_default()
        };
        let full = cell(Some(code));
        let (above, name) = full
            .rsplit_once(PATH_SEPARATOR)
            .unwrap_or((cell(parent), full));
        if name.trim().is_empty() {
            return Err(table.row_error(row.number, "the code has no name"));
        }
        let hue = match cell(colour) {
            "" => None,
            text => Some(nearest_hue(text).ok_or_else(|| {
                table.row_error(row.number, format!("`{text}` is no colour; write #RRGGBB"))
            })?),
        };
        let mut key = cell(key).chars();
        let file = CodeFile {
            name: Localized {
                text: name.trim().to_owned(),
                ..texts(table, &row.cells, "name")
            },
            hue: hue.unwrap_or_else(|| Hue::new(u8::try_from(rows.len() % 16).unwrap_or(0))),
            definition: texts(table, &row.cells, "definition"),
            apply_when: texts(table, &row.cells, "apply_when"),
            not_when: texts(table, &row.cells, "not_when"),
            examples: examples(&texts(table, &row.cells, "examples")),
            indicators: cell(indicators).lines().filter_map(indicator).collect(),
            key: key.next().filter(|_| key.next().is_none()),
            ..CodeFile::default()
        };
        rows.push((row.number, above.trim().to_owned(), file));
        Ok(())
    })?;
    let codes = nest(table, rows)?;
    check_names(&codes, &mut |reason| table.row_error(1, reason))?;
    Ok(CodebookFile {
        format: FORMAT,
        name: super::title_of(&table.file),
        codes,
        ..CodebookFile::default()
    })
}

/// The text of a column, with the translations in the columns of the same name and a language.
fn texts(table: &InputTable, cells: &[&str], name: &str) -> Localized {
    let cell = |column: usize| cells.get(column).copied().unwrap_or_default().to_owned();
    let language = |column: &String| {
        let (own, language) = column.rsplit_once('_')?;
        let tag = (2..=8).contains(&language.len())
            && language
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-');
        (own.eq_ignore_ascii_case(name) && tag)
            .then(|| Language(language.to_ascii_lowercase().into()))
    };
    let translated = table
        .header
        .iter()
        .enumerate()
        .filter_map(|(column, head)| Some((language(head)?, cell(column))));
    Localized {
        text: table.column(name).map(cell).unwrap_or_default(),
        translations: translated.filter(|(_, text)| !text.is_empty()).collect(),
    }
}

/// One example a line, each with the same line of every translation.
fn examples(of: &Localized) -> Vec<Localized> {
    let line = |(number, text): (usize, &str)| {
        let same = |(language, lines): (&Language, &String)| {
            Some((
                language.clone(),
                lines.lines().nth(number)?.trim().to_owned(),
            ))
        };
        let translations = of
            .translations
            .iter()
            .filter_map(same)
            .filter(|(_, text)| !text.is_empty() && text != UNTRANSLATED);
        Localized {
            text: text.trim().to_owned(),
            translations: translations.collect(),
        }
    };
    of.text
        .lines()
        .enumerate()
        .map(line)
        .filter(|example| !example.is_empty())
        .collect()
}

/// An indicator with its language; without one it is told by its characters.
fn indicator(line: &str) -> Option<Indicator> {
    let tag = |language: &str| {
        (2..=8).contains(&language.len())
            && language.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    let (language, expression) = match line
        .split_once(": ")
        .filter(|(language, _)| tag(language.trim()))
    {
        Some((language, expression)) => (Language(language.trim().to_owned().into()), expression),
        None if line.chars().any(crate::language::words::is_han) => (Language::ZH, line),
        None => (Language::EN, line),
    };
    let expression = expression.trim().to_owned();
    (!expression.is_empty()).then_some(Indicator {
        language,
        expression,
    })
}

/// Puts codes below their parents, which may come later in the sheet.
fn nest(
    table: &InputTable,
    rows: Vec<(usize, String, CodeFile)>,
) -> Result<Vec<CodeFile>, ImportError> {
    let mut paths: Vec<Option<String>> = vec![None; rows.len()];
    let mut left = rows.len();
    loop {
        for (index, (_, above, code)) in rows.iter().enumerate() {
            if paths[index].is_some() {
                continue;
            }
            let fits = |path: &&String| {
                *path == above || path.rsplit(PATH_SEPARATOR).next() == Some(above.as_str())
            };
            let known: Vec<String> = paths.iter().flatten().filter(fits).cloned().collect();
            paths[index] = match (above.as_str(), &known[..]) {
                ("", _) => Some(code.name.text.clone()),
                (_, [only]) => Some(format!("{only}/{}", code.name.text)),
                (_, several) => several
                    .iter()
                    .find(|path| *path == above)
                    .map(|path| format!("{path}/{}", code.name.text)),
            };
        }
        let now = paths.iter().filter(|path| path.is_none()).count();
        if now == left || now == 0 {
            break;
        }
        left = now;
    }
    let mut by_parent: BTreeMap<String, Vec<(String, CodeFile)>> = BTreeMap::new();
    for ((row, above, code), path) in rows.into_iter().zip(paths) {
        let path = path.ok_or_else(|| {
            table.row_error(
                row,
                format!(
                    "there is no code `{above}` to put `{}` below",
                    code.name.text
                ),
            )
        })?;
        let parent = path
            .rsplit_once(PATH_SEPARATOR)
            .map_or("", |(parent, _)| parent)
            .to_owned();
        by_parent.entry(parent).or_default().push((path, code));
    }
    Ok(below("", &mut by_parent))
}

fn below(parent: &str, by_parent: &mut BTreeMap<String, Vec<(String, CodeFile)>>) -> Vec<CodeFile> {
    let children = by_parent.remove(parent).unwrap_or_default();
    children
        .into_iter()
        .map(|(path, code)| CodeFile {
            codes: below(&path, by_parent),
            ..code
        })
        .collect()
}

/// A codebook as a sheet: path, parent, colour, definition.
pub fn write_csv(book: &CodebookFile) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut stack: Vec<(String, &CodeFile)> = book
        .codes
        .iter()
        .rev()
        .map(|code| (String::new(), code))
        .collect();
    // Writing to memory can't fail.
    writer
        .write_record(["code", "parent", "colour", "definition"])
        .ok();
    while let Some((parent, code)) = stack.pop() {
        let colour = colour_of(code.hue);
        writer
            .write_record(
                [&code.name.text, &parent, &colour, &code.definition.text]
                    .map(|text| guarded(text).into_owned()),
            )
            .ok();
        let path = if parent.is_empty() {
            code.name.text.clone()
        } else {
            format!("{parent}/{}", code.name.text)
        };
        stack.extend(code.codes.iter().rev().map(|child| (path.clone(), child)));
    }
    writer
        .into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// A hue as `#RRGGBB`.
pub fn colour_of(hue: Hue) -> String {
    let [red, green, blue] = PALETTE[usize::from(hue.number())];
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// The palette's hue nearest to a colour written `#RRGGBB` or `#RGB`, by hue angle; greys go to umber.
pub fn nearest_hue(text: &str) -> Option<Hue> {
    let digits = text.trim().strip_prefix('#').unwrap_or_else(|| text.trim());
    let parts: Vec<u32> = digits
        .chars()
        .map(|c| c.to_digit(16))
        .collect::<Option<_>>()?;
    let channel = |high: u32, low: u32| u8::try_from(high * 16 + low).unwrap_or(u8::MAX);
    let rgb = match parts[..] {
        [r, g, b] => [channel(r, r), channel(g, g), channel(b, b)],
        [a, b, c, d, e, f] => [channel(a, b), channel(c, d), channel(e, f)],
        _ => return None,
    };
    let Some(angle) = hue_angle(rgb) else {
        return Some(Hue::new(7));
    };
    let distance = |number: u8| {
        let own = hue_angle(PALETTE[usize::from(number)]).unwrap_or(0.0);
        let difference = (own - angle).abs();
        difference.min(360.0 - difference)
    };
    let exact = (0..16u8).find(|number| PALETTE[usize::from(*number)] == rgb);
    exact
        .or_else(|| (0..16u8).min_by(|a, b| distance(*a).total_cmp(&distance(*b))))
        .map(Hue::new)
}

/// The hue angle of HSV in degrees; `None` for greys.
fn hue_angle([red, green, blue]: [u8; 3]) -> Option<f64> {
    let [red, green, blue] = [red, green, blue].map(f64::from);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let span = most - least;
    if span < 12.0 {
        return None;
    }
    let sector = if most <= red {
        (green - blue) / span
    } else if most <= green {
        (blue - red) / span + 2.0
    } else {
        (red - green) / span + 4.0
    };
    Some((sector * 60.0).rem_euclid(360.0))
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
        assert!(twice.to_string().contains("stands there twice"), "{twice}");
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
            "codes.csv, row 2: there is no code `B` to put `A` below"
        );
    }

    #[test]
    fn colours_find_their_hue() {
        for number in 0..16 {
            assert_eq!(
                nearest_hue(&colour_of(Hue::new(number))),
                Some(Hue::new(number))
            );
        }
        assert_eq!(nearest_hue("#f00").map(Hue::number), Some(9));
        assert_eq!(nearest_hue("#808080").map(Hue::number), Some(7));
        assert_eq!(nearest_hue("red"), None);
    }
}
