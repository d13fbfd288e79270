//! Frequencies as a sheet, a heat map, bars with intervals, and shares.

use std::sync::Arc;

use super::{
    chart::{dots, heat, shares},
    inquiry::Across,
    wording,
};
use crate::table::CellRef;
use crate::table::{Cell, CellKind, Head, Row, Table};
use crate::{
    analysis::{
        change::number,
        frequency::{
            FrequencyOptions, Loader, Measure, Rows, figures, frequency,
            table::{FrequencyTable, Measured, RowKey, Segment},
        },
        ledger::Ledger,
        recast,
    },
    message::language::UiLanguage,
    model::Project,
    picture::Picture,
    statistics::{
        Undefined,
        contingency::{ChiSquare, chi_square},
    },
};

/// A table of frequencies, with the project that was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// What was asked.
    pub options: FrequencyOptions,
    /// What stands where codes stand.
    pub across: Across,
    /// What was counted; a copy where facets or attributes stand for codes.
    pub project: Arc<Project>,
    /// The figures; what is behind them is found when it is asked for.
    pub table: FrequencyTable,
}

/// Counts, from the ledger where it follows the project.
pub(super) fn counted(
    project: &Arc<Project>,
    ledger: Option<&Ledger>,
    options: &FrequencyOptions,
    across: &Across,
    load: &Loader<'_>,
) -> Counted {
    let counted = match across {
        Across::Codes => Arc::clone(project),
        Across::Facet(name) => {
            let facets = recast::facets(&project.codebook, None);
            let found = recast::facet_named(&facets, name);
            Arc::new(recast::by_facets(
                project,
                &found.into_iter().collect::<Vec<_>>(),
            ))
        }
        Across::Attribute(id) => Arc::new(recast::by_attribute(project, *id)),
    };
    let table = match ledger {
        Some(ledger) => figures(&counted, ledger, options, load),
        None => frequency(&counted, options, load),
    };
    Counted {
        options: options.clone(),
        across: across.clone(),
        project: counted,
        table,
    }
}

/// The cell of a figure.
pub(super) fn cell(value: Measured, language: UiLanguage) -> Cell {
    match value {
        Measured::NoDocument => Cell::absent(language.pick("no document", "没有文档")),
        Measured::Undefined(why) => Cell::undefined(wording::reason(why, language)),
        known => {
            let n = number(known).unwrap_or(0.0);
            let kind = if n > 0.0 {
                CellKind::Figure
            } else {
                CellKind::Zero
            };
            Cell {
                kind,
                ..Cell::number(n, wording::value(known, language))
            }
        }
    }
}

/// The name of a row; what belongs nowhere is said so.
pub(super) fn row_name(
    row: &crate::analysis::frequency::table::FrequencyRow,
    language: UiLanguage,
) -> String {
    if row.key == RowKey::None {
        language.pick("none of them", "不属于任何一行").to_owned()
    } else {
        row.label.clone()
    }
}

impl Counted {
    /// The table as a sheet, with totals, in how many rows each column is present and the exact interval of that share.
    pub fn sheet(&self, project: &Project, language: UiLanguage) -> Table {
        let (table, tag) = (&self.table, language.tag());
        let name = |column: &crate::analysis::frequency::table::CodeColumn| {
            self.project
                .codebook
                .get(column.code)
                .map(|code| code.name.get(&tag).to_owned())
                .unwrap_or_default()
        };
        let all = language.pick("All", "合计");
        let mut columns: Vec<Head> = table
            .columns
            .iter()
            .map(|column| Head {
                text: name(column),
                depth: column.depth,
                hue: Some(column.hue),
            })
            .collect();
        columns.push(Head::plain(all));
        let line = |(at, row): (usize, &crate::analysis::frequency::table::FrequencyRow)| {
            let cells = (0..table.columns.len())
                .filter_map(|column| table.cell(at, column))
                .map(|found| cell(found.value, language));
            let total = table
                .row_totals
                .get(at)
                .map_or_else(Cell::default, |total| cell(*total, language));
            Row {
                head: Head::plain(row_name(row, language)),
                cells: cells.chain([total]).collect(),
            }
        };
        let rows: Vec<Row> = table.rows.iter().enumerate().map(line).collect();
        let mut sheet = Table {
            title: self.title(project, language),
            rule: self.rule(project, language),
            corner: wording::rows(self.options.rows, project, language),
            columns,
            rows,
            foot: self.foot(language),
            notes: self.notes(language),
            heat: true,
        };
        self.tint(&mut sheet);
        self.mark(&mut sheet, language);
        sheet
    }

    /// Tones of the cells, totals left out.
    fn tint(&self, sheet: &mut Table) {
        let totals: Vec<Option<Cell>> = sheet.rows.iter_mut().map(|row| row.cells.pop()).collect();
        sheet.tint();
        sheet
            .rows
            .iter_mut()
            .zip(totals)
            .for_each(|(row, total)| row.cells.extend(total));
    }

    fn title(&self, project: &Project, language: UiLanguage) -> String {
        let rows = wording::rows(self.options.rows, project, language).to_lowercase();
        let columns = match &self.across {
            Across::Codes => language.pick("Themes", "主题").to_owned(),
            Across::Facet(name) => name.clone(),
            Across::Attribute(id) => project
                .attributes
                .get(id)
                .map(|attribute| attribute.name.clone())
                .unwrap_or_default(),
        };
        match language {
            _ if self.options.rows == Rows::Family && self.across == Across::Codes => language
                .pick("Themes across families", "各家庭的主题")
                .to_owned(),
            UiLanguage::English => format!("{columns} by {rows}"),
            UiLanguage::Chinese => format!("{columns}（按{rows}）"),
        }
    }

    fn rule(&self, project: &Project, language: UiLanguage) -> String {
        let (measure, filter) = (
            wording::measure(self.options.measure, language),
            wording::filter(project, &self.options.filter, language),
        );
        let subcodes = match (self.options.roll_up, language) {
            (true, UiLanguage::English) => {
                " Subcodes count with their theme, and a passage that one coder gave several of them counts once."
            }
            (true, UiLanguage::Chinese) => {
                "下级编码计入其主题；同一编码员在同一片段上的多个下级编码只计一次。"
            }
            (false, _) => "",
        };
        match language {
            UiLanguage::English => format!(
                "Counted: {measure} ({filter}).{subcodes} A document of several cases counts for each of them."
            ),
            UiLanguage::Chinese => format!(
                "统计的是：{measure}（{filter}）。{subcodes}属于几个个案的文档，对每个个案都计入。"
            ),
        }
    }

    /// Totals, presence and its interval.
    fn foot(&self, language: UiLanguage) -> Vec<Row> {
        let table = &self.table;
        let totals = table
            .column_totals
            .iter()
            .chain([&table.total])
            .map(|total| cell(*total, language));
        let with = table.with_it.iter().map(|of_n| match of_n.interval() {
            Some(interval) => {
                let share = of_n.with as f64 / of_n.of as f64;
                let why = format!(
                    "{}, 95 % {} {}",
                    wording::percent(share),
                    language.pick("CI", "区间"),
                    wording::interval(interval, wording::percent)
                );
                Cell {
                    why,
                    ..Cell::number(of_n.with as f64, wording::of(of_n.with, of_n.of, language))
                }
            }
            None => Cell::absent(language.pick("no row has a document", "没有一行有文档")),
        });
        let bounds = table.with_it.iter().map(|of_n| {
            of_n.interval().map_or_else(
                || Cell::absent(""),
                |found| {
                    Cell::words(format!(
                        "{:.0}–{:.0} %",
                        found.low * 100.0,
                        found.high * 100.0
                    ))
                },
            )
        });
        let line = |name: &str, cells: Vec<Cell>| Row {
            head: Head::plain(name),
            cells,
        };
        vec![
            line(language.pick("All", "合计"), totals.collect()),
            line(
                language.pick("Rows with it", "出现的行"),
                with.chain([Cell::default()]).collect(),
            ),
            line(
                language.pick("95 % interval", "95 % 区间"),
                bounds.chain([Cell::default()]).collect(),
            ),
        ]
    }

    /// The table of counts that can be tested: rows that stand for something and have documents; with the rows' numbers.
    fn counts(&self) -> (Vec<usize>, Vec<Vec<u64>>) {
        let table = &self.table;
        let named = table
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.key != RowKey::None && row.documents > 0);
        let count = |value: Measured| match value {
            Measured::Count(count) => count,
            Measured::Present(present) => u64::from(present),
            _ => 0,
        };
        let rows: Vec<usize> = named.map(|(at, _)| at).collect();
        let topmost = |column: &usize| table.columns[*column].topmost || !self.options.roll_up;
        let cells = |row: &usize| {
            (0..table.columns.len())
                .filter(topmost)
                .filter_map(|column| table.cell(*row, column))
                .map(|cell| count(cell.value))
                .collect()
        };
        let counts = rows.iter().map(cells).collect();
        (rows, counts)
    }

    /// Whether rows and columns go together, where figures are counts.
    ///
    /// # Errors
    /// There is nothing to compare.
    pub fn test(&self) -> Result<ChiSquare, Undefined> {
        match self.options.measure {
            Measure::Codings | Measure::Documents | Measure::Cases => chi_square(&self.counts().1),
            _ => Err(Undefined::NoData),
        }
    }

    /// The counts that [`Self::test`] is of.
    pub fn tested(&self) -> Vec<Vec<u64>> {
        self.counts().1
    }

    /// Marks the cells that stand out from what their row and column have them expect.
    fn mark(&self, sheet: &mut Table, language: UiLanguage) {
        let Ok(test) = self.test() else { return };
        let (rows, counts) = self.counts();
        let columns: Vec<usize> = (0..self.table.columns.len())
            .filter(|&column| self.table.columns[column].topmost || !self.options.roll_up)
            .collect();
        let kept = |dropped: &[usize], n: usize| {
            (0..n)
                .filter(|at| !dropped.contains(at))
                .collect::<Vec<_>>()
        };
        let (kept_rows, kept_columns) = (
            kept(&test.dropped_rows, counts.len()),
            kept(&test.dropped_columns, columns.len()),
        );
        for (r, residuals) in test.adjusted_residuals.iter().enumerate() {
            for (c, &residual) in residuals.iter().enumerate() {
                let place = kept_rows
                    .get(r)
                    .and_then(|at| rows.get(*at))
                    .zip(kept_columns.get(c).and_then(|at| columns.get(*at)));
                let cell = place
                    .and_then(|(row, column)| sheet.rows.get_mut(*row)?.cells.get_mut(*column));
                if let Some(cell) = cell {
                    let expected = test.expected[r][c];
                    cell.why = format!(
                        "{} {expected:.1}, {} {residual:.1}",
                        language.pick("expected", "期望"),
                        language.pick("adjusted residual", "调整残差")
                    );
                    cell.stands_out = (residual.abs() > 1.96).then_some(residual > 0.0);
                }
            }
        }
    }

    /// What must be said beside the table.
    fn notes(&self, language: UiLanguage) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.table.unread.is_empty() {
            let n = self.table.unread.len();
            notes.push(match language {
                UiLanguage::English => format!(
                    "The turns of {n} documents could not be read; their codings are nobody's."
                ),
                UiLanguage::Chinese => {
                    format!("{n} 份文档的话轮无法读取，其中的编码不属于任何人。")
                }
            });
        }
        let Ok(test) = self.test() else { return notes };
        let p = wording::probability(test.p);
        let v = wording::number(test.cramers_v);
        notes.push(match language {
            UiLanguage::English => {
                format!(
                    "χ² = {:.2}, df = {}, p = {p}, Cramér's V = {v} (rows by columns, n = {}).",
                    test.chi2, test.df, test.n
                )
            }
            UiLanguage::Chinese => format!(
                "χ² = {:.2}，df = {}，p = {p}，Cramér’s V = {v}（行×列，n = {}）。",
                test.chi2, test.df, test.n
            ),
        });
        if test.cells_expected_below_5 > 0 {
            let n = test.cells_expected_below_5;
            notes.push(match language {
                UiLanguage::English => format!("{n} cells expect less than 5: χ² is only rough here; `tain summary --test fisher` is exact."),
                UiLanguage::Chinese => format!("{n} 个单元格的期望值小于 5：这里的 χ² 只是粗略值；`tain summary --test fisher` 是精确的。"),
            });
        }
        if self.options.measure == Measure::Codings {
            let note = language.pick(
                "Codings of one case are not independent of one another: a talkative case counts many times. Counting cases is the safer test.",
                "同一个案的编码片段并不相互独立：话多的个案会被多次计入。按个案计数的检验更稳妥。",
            );
            notes.push(note.to_owned());
        }
        notes
    }

    /// A heat map, presence with intervals, and each row's shares.
    pub fn pictures(&self, project: &Project, language: UiLanguage) -> Vec<Picture> {
        let mut sheet = self.sheet(project, language);
        let title = sheet.title.clone();
        sheet.columns.pop();
        sheet.rows.iter_mut().for_each(|row| {
            row.cells.pop();
        });
        let present: Vec<dots::Dot> = self
            .table
            .columns
            .iter()
            .zip(&sheet.columns)
            .zip(&self.table.with_it)
            .filter(|((column, _), of_n)| {
                of_n.of > 0
                    && (column.depth > 0 || column.topmost && !self.options.roll_up)
                    && of_n.with > 0
            })
            .map(|((_, head), of_n)| dots::Dot {
                name: head.text.clone(),
                hue: head.hue,
                share: of_n.with as f64 / of_n.of as f64,
                interval: of_n.interval(),
                said: wording::of(of_n.with, of_n.of, language),
            })
            .collect();
        let mut pictures = vec![heat::picture(&sheet)];
        if !present.is_empty() {
            let rows = sheet.corner.to_lowercase();
            let title = match language {
                UiLanguage::English => format!(
                    "Share of rows in which each comes up (by {rows}), with exact 95 % intervals"
                ),
                UiLanguage::Chinese => format!("各项出现的比例（按{rows}），附精确的 95 % 区间"),
            };
            pictures.push(dots::picture(&title, &present));
        }
        let parts: Vec<usize> = (0..self.table.columns.len())
            .filter(|&column| self.table.columns[column].topmost)
            .collect();
        let rows = sheet.rows.iter().map(|row| {
            let values = parts
                .iter()
                .map(|&column| {
                    row.cells
                        .get(column)
                        .and_then(|cell| cell.value)
                        .unwrap_or(0.0)
                })
                .collect();
            (row.head.text.clone(), values)
        });
        let names: Vec<Head> = parts
            .iter()
            .filter_map(|&column| sheet.columns.get(column).cloned())
            .collect();
        if matches!(self.options.measure, Measure::Codings) && names.len() > 1 && names.len() <= 12
        {
            let title = format!(
                "{title}{}",
                language.pick(": shares of each row", "：各行的构成")
            );
            pictures.push(shares::picture(&title, &names, &rows.collect::<Vec<_>>()));
        }
        pictures
    }

    /// The segments behind a place; the last column is the row's total.
    pub fn segments(&self, load: &Loader<'_>, spot: CellRef) -> Vec<Segment> {
        let project = &self.project;
        // Figures alone keep no way back: the same question is counted once more, with it.
        let again = self
            .table
            .behind
            .is_empty()
            .then(|| frequency(project, &self.options, load));
        let table = again.as_ref().unwrap_or(&self.table);
        match spot {
            CellRef::Cell(row, column) if column < table.columns.len() => {
                table.segments(project, row, column)
            }
            CellRef::Cell(row, _) | CellRef::Row(row) => table.row_segments(project, row),
            CellRef::Column(column) if column < table.columns.len() => {
                table.column_segments(project, column)
            }
            CellRef::Column(_) => (0..table.rows.len())
                .flat_map(|row| table.row_segments(project, row))
                .collect(),
        }
    }
}
