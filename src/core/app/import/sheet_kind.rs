//! What a sheet is about, by the names of its columns: a sheet that is given to the wrong import is told by them.

use crate::{
    import::{ImportError, table::InputTable},
    message::text::Text,
};

/// What the rows of a sheet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// Cases with their attributes.
    Cases,
    /// Documents with their cases, phases and attributes.
    Documents,
    /// Codings with their positions.
    Codings,
    /// Codes with their rules.
    Codes,
}

/// What only sheets of cases have beside a first column of any name.
const OF_CASES: &[&str] = &["parent", "kind"];
/// What only sheets of documents have beside the titles.
const OF_DOCUMENTS: &[&str] = &["case", "phase", "speakers"];

impl SheetKind {
    /// The kind that the columns of a sheet tell; `None` where they fit several kinds, or none.
    pub fn of(table: &InputTable) -> Option<Self> {
        let has = |name: &&str| table.column(name).is_some();
        let first_is = |name: &str| table.column(name) == Some(0);
        match (has(&"document"), has(&"code")) {
            (true, true) => (has(&"start") && has(&"end")).then_some(Self::Codings),
            // A case can have an attribute that is called so.
            (true, false) if first_is("case") => None,
            (true, false) => {
                (first_is("document") || OF_DOCUMENTS.iter().any(has)).then_some(Self::Documents)
            }
            (false, true) => first_is("code").then_some(Self::Codes),
            (false, false) => (first_is("case") || OF_CASES.iter().any(has)).then_some(Self::Cases),
        }
    }

    /// The kind that the columns of a file tell; `None` where they fit several kinds, or none.
    ///
    /// # Errors
    /// When the file is no table.
    pub fn of_file(file: &str, bytes: Vec<u8>) -> Result<Option<Self>, ImportError> {
        Ok(Self::of(&InputTable::read(file, bytes)?))
    }

    /// What the rows are, in words.
    pub const fn text(self) -> Text {
        match self {
            Self::Cases => Text::new("cases", "个案"),
            Self::Documents => Text::new("documents", "文档"),
            Self::Codings => Text::new("codings", "编码片段"),
            Self::Codes => Text::new("codes", "编码"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_told_by_its_columns_in_both_languages() {
        for (header, kind) in [
            ("case,parent,age", Some(SheetKind::Cases)),
            ("name,kind,age", Some(SheetKind::Cases)),
            ("个案,年龄", Some(SheetKind::Cases)),
            ("document,case,phase", Some(SheetKind::Documents)),
            ("document,place", Some(SheetKind::Documents)),
            ("文档,阶段", Some(SheetKind::Documents)),
            (
                "coder,document,start,end,code,memo",
                Some(SheetKind::Codings),
            ),
            ("文档,起点,终点,编码", Some(SheetKind::Codings)),
            ("code,parent,definition", Some(SheetKind::Codes)),
            ("编码,上级", Some(SheetKind::Codes)),
            ("case,document,age", None),
            ("ID,Q1,Q2", None),
            ("name,document", None),
        ] {
            let table = InputTable::read("s.csv", format!("{header}\n").into_bytes()).unwrap();
            assert_eq!(SheetKind::of(&table), kind, "{header}");
        }
    }
}
