//! Codebooks as files: `.ron` with everything a code has, in several languages, and `.csv` sheets for spreadsheets; reading and writing.

mod sheet;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use sheet::{UNTRANSLATED, read_csv, write_csv};

use super::ImportError;
use crate::{
    language::fold::fold,
    message::{Message, text::Text},
    model::{
        code::{Hue, Indicator},
        codebook::PATH_SEPARATOR,
        facet::FacetKind,
        localized::{Language, Localized},
    },
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
    let mut seen = BTreeSet::new();
    for code in codes {
        let name = code.name.text.trim();
        if name.is_empty() || name.contains(PATH_SEPARATOR) {
            return Err(Text::new(
                "“{name}” can't be the name of a code, which is neither empty nor contains “/”",
                "“{name}”不能作编码名称：名称不能为空，也不能含有“/”",
            )
            .with("name", name));
        }
        if !seen.insert(fold(name)) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::table::InputTable;

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
