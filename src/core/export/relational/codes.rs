//! The rows of codes, their texts in other languages, examples, indicators and facets.

use rusqlite::{Result, params};

use super::writer::RowWriter;
use crate::{
    import::colour::colour_of,
    model::{
        code::Code,
        facet::{Facet, FacetKind},
        localized::Localized,
    },
};

impl RowWriter<'_> {
    pub(super) fn code(&self, code: &Code) -> Result<()> {
        let book = &self.project.codebook;
        let number = self.codes.get(&code.id);
        let depth =
            i64::try_from(book.ancestors(code.id).count()).expect("codes nest a few levels");
        // The number is also the position: codes are numbered in the order of the codebook.
        self.run(
            "INSERT INTO codes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?1, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                number,
                code.id.to_string(),
                code.name.text,
                book.path(code.id),
                code.place.parent.and_then(|id| self.codes.get(&id)),
                self.codes.get(&book.root_of(code.id)),
                depth,
                colour_of(code.hue),
                code.key.map(String::from),
                code.definition.text,
                code.apply_when.text,
                code.not_when.text
            ],
        )?;
        self.code_translations(number, "name", &code.name)?;
        self.code_translations(number, "definition", &code.definition)?;
        self.code_translations(number, "apply_when", &code.apply_when)?;
        self.code_translations(number, "not_when", &code.not_when)?;
        for (position, example) in (1i64..).zip(&code.examples) {
            self.code_example(number, position, example)?;
        }
        for (position, indicator) in (1i64..).zip(&code.indicators) {
            self.run(
                "INSERT INTO code_indicators VALUES (?, ?, ?, ?)",
                params![number, position, indicator.language.0, indicator.expression],
            )?;
        }
        for facet in &code.facets {
            self.facet(number, facet)?;
        }
        Ok(())
    }

    fn code_translations(&self, code: Option<&i64>, field: &str, text: &Localized) -> Result<()> {
        for (language, text) in &text.translations {
            self.run(
                "INSERT INTO code_translations VALUES (?, ?, ?, ?)",
                params![code, language.0, field, text],
            )?;
        }
        Ok(())
    }

    fn code_example(&self, code: Option<&i64>, position: i64, example: &Localized) -> Result<()> {
        let main = std::iter::once((&self.project.language, &example.text))
            .filter(|(_, text)| !text.is_empty());
        for (language, text) in main.chain(&example.translations) {
            self.run(
                "INSERT INTO code_examples VALUES (?, ?, ?, ?)",
                params![code, position, language.0, text],
            )?;
        }
        Ok(())
    }

    fn facet(&self, code: Option<&i64>, facet: &Facet) -> Result<()> {
        let number = self.facets.get(&facet.id);
        let mut categories: &[Localized] = &[];
        let kind = match &facet.kind {
            FacetKind::Category(values) => {
                categories = values;
                "category"
            }
            FacetKind::Intensity => "intensity",
            FacetKind::Text => "text",
            FacetKind::YesNo => "yes/no",
        };
        self.run(
            "INSERT INTO facets VALUES (?, ?, ?, ?, ?)",
            params![number, facet.id.to_string(), code, facet.name.text, kind],
        )?;
        for (position, value) in (1i64..).zip(categories) {
            self.run(
                "INSERT INTO facet_categories VALUES (?, ?, ?)",
                params![number, position, value.text],
            )?;
        }
        Ok(())
    }
}
