//! Small programs that read the relational database: for R with DBI, for Python with pandas.

/// A program that loads the database of this file name and makes a matrix of cases and codes.
pub fn r(database: &str) -> String {
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

/// The same for Python; without pandas it still has the rows.
pub fn python(database: &str) -> String {
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

/// A name in a comment: of one line, whatever it holds.
fn comment(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A name between quotation marks, as both languages read it.
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
