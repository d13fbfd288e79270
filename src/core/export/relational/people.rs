//! The rows of phases, coders, cases, attributes and values, and of the table that describes the file.

use rusqlite::{Result, params};

use super::{FORMAT, writer::RowWriter};
use crate::{
    message::language::UiLanguage,
    model::attribute::{AttributeOf, Values},
};

impl RowWriter<'_> {
    pub(super) fn meta(&self) -> Result<()> {
        let format = FORMAT.to_string();
        let rows = [
            ("program", "Tain"),
            ("version", env!("CARGO_PKG_VERSION")),
            ("format", format.as_str()),
            ("title", self.project.title.as_str()),
            ("description", self.project.description.as_str()),
            ("language", &self.project.language.0),
            (
                "positions",
                "Unicode code points of documents.text, half-open, from 0; in SQL: substr(text, start_char + 1, end_char - start_char)",
            ),
        ];
        rows.iter().try_for_each(|(key, value)| {
            self.run("INSERT INTO meta VALUES (?, ?)", params![key, value])
        })
    }

    pub(super) fn phases(&self) -> Result<()> {
        for phase in self.project.phases_in_order() {
            // The number is also the position: phases are numbered in their order.
            self.run(
                "INSERT INTO phases VALUES (?1, ?2, ?3, ?1)",
                params![self.phases.get(&phase.id), phase.id.to_string(), phase.name],
            )?;
        }
        Ok(())
    }

    pub(super) fn coders(&self) -> Result<()> {
        for coder in self.project.coders.values() {
            self.run(
                "INSERT INTO coders VALUES (?, ?, ?)",
                params![self.coders.get(&coder.id), coder.id.to_string(), coder.name],
            )?;
        }
        Ok(())
    }

    pub(super) fn cases(&self) -> Result<()> {
        for (_, case) in self.project.cases_in_order() {
            self.run(
                "INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)",
                params![
                    self.cases.get(&case.id),
                    case.id.to_string(),
                    case.name,
                    case.kind.0,
                    case.parent.and_then(|id| self.cases.get(&id)),
                    self.cases.get(&self.project.family_of(case.id))
                ],
            )?;
        }
        Ok(())
    }

    pub(super) fn attributes(&self) -> Result<()> {
        for attribute in self.project.attributes_in_order() {
            let number = self.attributes.get(&attribute.id);
            let of = match attribute.of {
                AttributeOf::Cases => "cases",
                AttributeOf::Documents => "documents",
                AttributeOf::Coders => "coders",
            };
            // As for phases, the number is also the position.
            self.run(
                "INSERT INTO attributes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?1)",
                params![
                    number,
                    attribute.id.to_string(),
                    attribute.name,
                    attribute.definition,
                    of,
                    UiLanguage::English.say(attribute.kind.name()),
                    attribute.per_phase
                ],
            )?;
            for (position, value) in (1i64..).zip(attribute.kind.categories()) {
                self.run(
                    "INSERT INTO attribute_categories VALUES (?, ?, ?)",
                    params![number, position, value],
                )?;
            }
        }
        Ok(())
    }

    pub(super) fn case_values(&self) -> Result<()> {
        for (_, case) in self.project.cases_in_order() {
            self.values(
                "INSERT INTO case_values VALUES (?, ?, ?, ?, ?, ?)",
                self.cases.get(&case.id),
                &case.values,
            )?;
        }
        Ok(())
    }

    pub(super) fn coder_values(&self) -> Result<()> {
        for coder in self.project.coders.values() {
            // Coders have no phases, so ?3 is left out.
            self.values(
                "INSERT INTO coder_values VALUES (?1, ?2, ?4, ?5, ?6)",
                self.coders.get(&coder.id),
                &coder.values,
            )?;
        }
        Ok(())
    }

    /// Inserts the values of a case, a document or a coder, by attribute and phase.
    pub(super) fn values(&self, sql: &str, holder: Option<&i64>, values: &Values) -> Result<()> {
        let mut rows: Vec<_> = values
            .iter()
            .filter_map(|((attribute, phase), value)| {
                let phase = phase.and_then(|phase| self.phases.get(&phase));
                Some((self.attributes.get(attribute)?, phase, value))
            })
            .collect();
        // Values are kept by identity; rows come in the order of attributes and phases.
        rows.sort_by_key(|(attribute, phase, _)| (*attribute, *phase));
        for (attribute, phase, value) in rows {
            // *Not asked* and *missing* are states, so that no query takes them for values.
            let (state, text) = if value.is_absent() {
                (value.to_text(), None)
            } else {
                ("value".to_owned(), Some(value.to_text()))
            };
            let number = value.to_number();
            self.run(sql, params![holder, attribute, phase, state, text, number])?;
        }
        Ok(())
    }
}
