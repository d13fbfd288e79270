//! Small programs that read the relational database: in R with DBI, in Python with pandas.

/// The language of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScriptLanguage {
    /// R with DBI and `RSQLite`.
    R,
    /// Python with pandas.
    Python,
}

impl ScriptLanguage {
    /// The usual file ending of its programs, without the dot.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::R => "R",
            Self::Python => "py",
        }
    }
}

/// A program that loads the database with this file name and makes a matrix of cases and codes.
pub(crate) fn script(language: ScriptLanguage, database: &str) -> String {
    match language {
        ScriptLanguage::R => r(database),
        ScriptLanguage::Python => python(database),
    }
}

fn r(database: &str) -> String {
    format!(
        "# Reads a project exported by Tain (tain export PROJECT -o {plain}).\n\
         # install.packages(c(\"DBI\", \"RSQLite\"))\n\
         library(DBI)\n\n\
         con <- dbConnect(RSQLite::SQLite(), {name})\n\
         codings <- dbGetQuery(con, \"SELECT * FROM v_codings\")\n\
         counts <- dbGetQuery(con, \"SELECT * FROM v_code_case\")\n\
         values <- dbGetQuery(con, \"SELECT * FROM v_case_values\")\n\
         dbDisconnect(con)\n\n\
         # Cases by codes: how many codings, and whether there is any.\n\
         matrix_counts <- xtabs(n_codings ~ case_name + code_path, counts)\n\
         matrix_present <- 1 * (matrix_counts > 0)\n\n\
         print(head(codings[, c(\"document\", \"family\", \"phase\", \"code_path\", \"quote\")]))\n\
         print(matrix_counts)\n",
        plain = comment(database),
        name = quoted(database)
    )
}

fn python(database: &str) -> String {
    format!(
        "# Reads a project exported by Tain (tain export PROJECT -o {plain}).\n\
         import sqlite3\n\n\
         import pandas as pd  # pip install pandas\n\n\
         con = sqlite3.connect({name})\n\
         codings = pd.read_sql(\"SELECT * FROM v_codings\", con)\n\
         counts = pd.read_sql(\"SELECT * FROM v_code_case\", con)\n\
         values = pd.read_sql(\"SELECT * FROM v_case_values\", con)\n\
         con.close()\n\n\
         # Cases by codes: how many codings, and whether there is any.\n\
         matrix_counts = counts.pivot_table(index=\"case_name\", columns=\"code_path\", values=\"n_codings\", aggfunc=\"sum\", sort=False)\n\
         matrix_present = (matrix_counts > 0).astype(int)\n\n\
         print(codings[[\"document\", \"family\", \"phase\", \"code_path\", \"quote\"]].head())\n\
         print(matrix_counts)\n",
        plain = comment(database),
        name = quoted(database)
    )
}

/// A file name for a comment; a line break in it would end the comment and run what follows.
fn comment(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A file name as a string literal of both languages.
fn quoted(name: &str) -> String {
    let mut out = String::from("\"");
    for c in name.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_cannot_leave_its_quotation_marks() {
        assert!(r("研究 \"x\"\n.sqlite").contains("SQLite(), \"研究 \\\"x\\\".sqlite\")"));
        assert!(python("a\\b.sqlite").contains("connect(\"a\\\\b.sqlite\")"));
        assert!(!r("x\nq()\n").contains("\nq()"));
    }
}
