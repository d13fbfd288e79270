//! An answer: what it looks like, and the way back to the segments behind each of its figures.

use super::{
    balance::Balance, change, cooccurrence, coverage::Coverage, framework::Framework,
    frequency::Counted, informants, looking_glass::LookingGlass, programme, saturation,
    scales::Scales, trace, words,
};
use crate::table::{CellRef, Table};
use crate::{
    analysis::{
        change::Changes,
        cooccurrence::CoOccurrence,
        frequency::{Loader, table::Segment},
        informants::Informants,
        programme::Programme,
        saturation::{Band, Course},
        trace::Trace,
        words::WordCounts,
    },
    message::language::UiLanguage,
    model::Project,
    picture::Picture,
};

/// An answer to an [`Inquiry`](super::inquiry::Inquiry).
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// How often codes come up.
    Frequency(Counted),
    /// Which come up cooccurrence.
    Cooccurrence(CoOccurrence),
    /// How a theme moves.
    Programme(Programme),
    /// What changed.
    Change(Changes),
    /// How scales are answered.
    Scales(Scales),
    /// Whose judgement is seen.
    LookingGlass(LookingGlass),
    /// Who says what.
    Informants(Informants),
    /// Strengths and problems.
    Balance(Balance),
    /// Cases by themes.
    Framework(Framework),
    /// Needs to outcomes.
    Trace(Trace),
    /// When nothing new comes up.
    Saturation(Course, Band),
    /// Words.
    Words(WordCounts),
    /// How much is coded.
    Coverage(Coverage),
}

impl Finding {
    /// The finding as a table.
    pub fn sheet(&self, project: &Project, language: UiLanguage) -> Table {
        match self {
            Self::Frequency(counted) => counted.sheet(project, language),
            Self::Cooccurrence(table) => cooccurrence::sheet(table, project, language),
            Self::Programme(found) => programme::sheet(found, project, language),
            Self::Change(found) => change::sheet(found, project, language),
            Self::Scales(found) => found.sheet(project, language),
            Self::LookingGlass(found) => found.sheet(project, language),
            Self::Informants(found) => informants::sheet(found, project, language),
            Self::Balance(found) => found.sheet(project, language),
            Self::Framework(found) => found.sheet(project, language),
            Self::Trace(found) => trace::sheet(found, project, language),
            Self::Saturation(course, band) => saturation::sheet(course, band, project, language),
            Self::Words(found) => words::sheet(found, language),
            Self::Coverage(found) => found.sheet(project, language),
        }
    }

    /// Its charts, the most telling first; `line` is the row that was chosen, where a chart shows one.
    pub fn pictures(
        &self,
        project: &Project,
        language: UiLanguage,
        line: Option<usize>,
    ) -> Vec<Picture> {
        match self {
            Self::Frequency(counted) => counted.pictures(project, language),
            Self::Cooccurrence(table) => cooccurrence::pictures(table, project, language),
            Self::Programme(found) => vec![programme::picture(found, project, language)],
            Self::Change(found) => change::pictures(found, project, language, line),
            Self::LookingGlass(found) => vec![found.picture(project, language)],
            Self::Scales(_) | Self::Informants(_) | Self::Framework(_) | Self::Trace(_) => {
                Vec::new()
            }
            Self::Balance(found) => vec![found.picture(project, language)],
            Self::Saturation(course, band) => vec![saturation::picture(course, band, language)],
            Self::Words(found) => words::pictures(found, language),
            Self::Coverage(found) => vec![found.picture(project, language)],
        }
    }

    /// Whether there can be charts of it.
    pub fn has_charts(&self) -> bool {
        !matches!(
            self,
            Self::Scales(_) | Self::Informants(_) | Self::Framework(_) | Self::Trace(_)
        )
    }

    /// The segments behind a place of the sheet.
    pub fn segments(&self, project: &Project, load: &Loader<'_>, spot: CellRef) -> Vec<Segment> {
        match self {
            Self::Frequency(counted) => counted.segments(load, spot),
            Self::Cooccurrence(table) => cooccurrence::segments(table, project, load, spot),
            Self::Programme(found) => programme::segments(found, project, spot),
            Self::Change(found) => change::segments(found, project, spot),
            Self::LookingGlass(found) => found.segments(spot),
            Self::Informants(found) => informants::segments(found, project, spot),
            Self::Balance(found) => found.segments(project, spot),
            Self::Framework(found) => found.segments(project, spot),
            Self::Trace(found) => trace::segments(found, project, spot),
            Self::Saturation(course, _) => saturation::segments(course, project, spot),
            Self::Words(_) | Self::Scales(_) => Vec::new(),
            Self::Coverage(found) => found.segments(project, spot),
        }
    }
}

/// The figure of a place of a sheet in a sentence: what it is of, what is counted, and by which filter.
pub fn explained(sheet: &Table, spot: CellRef, items: usize, language: UiLanguage) -> String {
    let head = |heads: Option<&crate::table::Head>| {
        heads.map(|head| head.text.clone()).unwrap_or_default()
    };
    let row = spot
        .row()
        .map(|row| head(sheet.rows.get(row).map(|line| &line.head)));
    let column = spot.column().map(|column| head(sheet.columns.get(column)));
    let place = [row, column]
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let cell = spot
        .row()
        .zip(spot.column())
        .and_then(|(row, column)| sheet.rows.get(row)?.cells.get(column));
    let (figure, why) = cell.map_or(("", ""), |cell| (cell.text.as_str(), cell.why.as_str()));
    let colon = language.pick(": ", "：");
    let mut said = place;
    if !figure.is_empty() {
        said.push_str(&format!("{colon}{figure}"));
    }
    if !why.is_empty() {
        said.push_str(&format!(" ({why})"));
    }
    let listed = match language {
        UiLanguage::English => format!(
            "{items} {} behind it.",
            if items == 1 {
                "passage stands"
            } else {
                "passages stand"
            }
        ),
        UiLanguage::Chinese => format!("背后有 {items} 个片段。"),
    };
    format!("{said}{} {listed} {}", language.pick(".", "。"), sheet.rule)
}
