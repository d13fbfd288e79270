//! Frequencies as a table: figures with totals, in how many rows each code is present, and the exact interval of that share.

use super::{Across, FrequencyFinding, LeftOut};
use crate::{
    analysis::{
        attribution::Attribution,
        frequency::{FrequencyOptions, Measure, Rows, table::OfN},
    },
    message::{
        language::UiLanguage,
        text::{LIST_COMMA, Text},
    },
    model::Project,
    statistics::contingency::ChiSquare,
    table::{Cell, Head, Row, Table},
    views::{
        cells::{frequency_cell, row_name},
        wording,
    },
};

/// Residuals beyond this are rare by chance: 5 % of a normal distribution.
const RESIDUAL_THAT_STANDS_OUT: f64 = 1.96;

pub(super) fn table(finding: &FrequencyFinding, project: &Project, language: UiLanguage) -> Table {
    let counted = &finding.table;
    let mut columns: Vec<Head> = counted
        .columns
        .iter()
        .map(|column| Head {
            text: wording::code(&finding.project, column.code, language),
            depth: column.depth,
            hue: Some(column.hue),
        })
        .collect();
    columns.push(Head::plain(language.say(Text::new("All", "合计"))));
    let mut table = Table {
        title: title(finding, project, language),
        rule: rule(finding, project, language),
        corner: wording::rows(finding.options.rows, project, language),
        columns,
        rows: (0..counted.rows.len())
            .map(|row| figures_of_row(finding, row, project, language))
            .collect(),
        foot: foot(finding, language),
        notes: notes(finding, project, language),
        heat: true,
    };
    // Totals are larger than any figure and would make all others pale.
    table.tint_columns(0..counted.columns.len());
    mark(finding, &mut table, language);
    table
}

fn figures_of_row(
    finding: &FrequencyFinding,
    row: usize,
    project: &Project,
    language: UiLanguage,
) -> Row {
    let counted = &finding.table;
    let figures = (0..counted.columns.len()).filter_map(|column| counted.cell(row, column));
    let mut cells: Vec<Cell> = figures
        .map(|figure| frequency_cell(figure.value, language))
        .collect();
    cells.push(frequency_cell(counted.row_totals[row], language));
    Row {
        head: Head::plain(row_name(
            &counted.rows[row],
            finding.options.rows,
            project,
            language,
        )),
        cells,
    }
}

fn title(finding: &FrequencyFinding, project: &Project, language: UiLanguage) -> String {
    let rows = wording::rows(finding.options.rows, project, language).to_lowercase();
    let columns = match &finding.across {
        Across::Codes if finding.options.rows == Rows::Family => {
            return language
                .say(Text::new("Themes across families", "各家庭的主题"))
                .to_owned();
        }
        Across::Codes => language.say(Text::new("Themes", "主题")).to_owned(),
        Across::Facet(name) => wording::facet(project, name, language),
        Across::Attribute(id) => wording::attribute(project, *id, language),
    };
    Text::new("{columns} by {rows}", "{columns}（按{rows}）")
        .with("columns", columns)
        .with("rows", rows)
        .say(language)
}

fn rule(finding: &FrequencyFinding, project: &Project, language: UiLanguage) -> String {
    let counted = &finding.table;
    let measure = wording::measure(finding.options.measure, language);
    let filter = wording::filter(project, &finding.options.filter, language);
    let subcodes = if finding.options.roll_up {
        language.say(Text::new(
            " Subcodes count with their theme, and a passage with several of them counts once.",
            "下级编码计入其主题；同一片段上的多个下级编码只计一次。",
        ))
    } else {
        ""
    };
    Text::new(
        "Counted: {measure} ({filter}).{subcodes}{whose} {coders}",
        "统计的是：{measure}（{filter}）。{subcodes}{whose}{coders}",
    )
    .with("whose", language.say(whose(&finding.options)))
    .with(
        "coders",
        wording::counting(project, counted.counting, &counted.coders, language),
    )
    .with("measure", measure)
    .with("filter", filter)
    .with("subcodes", subcodes)
    .say(language)
}

/// Whose a coding is in the rows of the table.
const fn whose(options: &FrequencyOptions) -> Text {
    match (options.rows, options.filter.by) {
        (Rows::Case, Attribution::Concerned) => Text::new(
            " Each coding counts for whom it is about, and for the cases above them.",
            "编码片段计入其所涉及的个案及其上级个案。",
        ),
        (Rows::Family | Rows::Person | Rows::Attribute(_), Attribution::Concerned) => Text::new(
            " Each coding counts for whom it is about.",
            "编码片段计入其所涉及的个案。",
        ),
        (Rows::Case | Rows::Family | Rows::Person | Rows::Attribute(_), Attribution::Informant) => {
            Text::new(
                " Each coding counts for who says it.",
                "编码片段计入其讲述者。",
            )
        }
        (Rows::Role | Rows::Speaker, _) => Text::new(
            " A coding over the turns of several counts for each of them.",
            "跨几个人话轮的编码片段，对每个人都计入。",
        ),
        (Rows::Document | Rows::Phase | Rows::Coder, _) => Text::new("", ""),
    }
}

/// Totals, in how many rows each code is present, and the interval of that share.
fn foot(finding: &FrequencyFinding, language: UiLanguage) -> Vec<Row> {
    let counted = &finding.table;
    let mut totals: Vec<Cell> = counted
        .column_totals
        .iter()
        .map(|total| frequency_cell(*total, language))
        .collect();
    totals.push(frequency_cell(counted.total, language));
    let mut present: Vec<Cell> = counted
        .with_it
        .iter()
        .map(|of_n| presence_cell(*of_n, language))
        .collect();
    present.push(Cell::default());
    let mut intervals: Vec<Cell> = counted
        .with_it
        .iter()
        .map(|of_n| bounds_cell(*of_n))
        .collect();
    intervals.push(Cell::default());
    vec![
        Row::new(language.say(Text::new("All", "合计")), totals),
        Row::new(language.say(Text::new("Rows with it", "出现的行")), present),
        Row::new(
            language.say(Text::new("95 % interval", "95 % 区间")),
            intervals,
        ),
    ]
}

fn presence_cell(of_n: OfN, language: UiLanguage) -> Cell {
    let Some(interval) = of_n.interval() else {
        return Cell::absent(language.say(Text::new("no row has a document", "没有一行有文档")));
    };
    let why = Text::new(
        "{share}, 95 % CI {interval}",
        "{share}，95 % 区间 {interval}",
    )
    .with("share", wording::percent(of_n.with as f64 / of_n.of as f64))
    .with("interval", wording::interval(interval, wording::percent))
    .say(language);
    Cell {
        why,
        ..Cell::number(of_n.with as f64, wording::of(of_n.with, of_n.of, language))
    }
}

fn bounds_cell(of_n: OfN) -> Cell {
    match of_n.interval() {
        Some(found) => Cell {
            // The share that the interval is about.
            value: Some(of_n.with as f64 / of_n.of as f64),
            ..Cell::words(format!(
                "{:.0}–{:.0} %",
                found.low * 100.0,
                found.high * 100.0
            ))
        },
        None => Cell::absent(""),
    }
}

/// Marks the cells that are far from what their row and column lead one to expect.
fn mark(finding: &FrequencyFinding, table: &mut Table, language: UiLanguage) {
    let Ok(test) = finding.test() else { return };
    let tested = finding.tested();
    // The test drops rows and columns without a coding; the others keep their order.
    let rows = kept(&tested.rows, &test.dropped_rows);
    let columns = kept(&tested.columns, &test.dropped_columns);
    for (r, (row, residuals)) in rows.iter().zip(&test.adjusted_residuals).enumerate() {
        for (c, (column, residual)) in columns.iter().zip(residuals).enumerate() {
            let cell = &mut table.rows[*row].cells[*column];
            cell.why = Text::new(
                "expected {expected}, adjusted residual {residual}",
                "期望 {expected}，调整残差 {residual}",
            )
            .with("expected", format!("{:.1}", test.expected[r][c]))
            .with("residual", format!("{residual:.1}"))
            .say(language);
            cell.stands_out =
                (residual.abs() > RESIDUAL_THAT_STANDS_OUT).then_some(*residual > 0.0);
        }
    }
}

/// The items whose number is not among those dropped.
fn kept(items: &[usize], dropped: &[usize]) -> Vec<usize> {
    items
        .iter()
        .enumerate()
        .filter(|(number, _)| !dropped.contains(number))
        .map(|(_, item)| *item)
        .collect()
}

fn notes(finding: &FrequencyFinding, project: &Project, language: UiLanguage) -> Vec<String> {
    let mut notes = Vec::new();
    let several: u64 = finding.left_out_of_test().several;
    // A case's rows include those above it, which its own rule says.
    if several > 0 && finding.options.rows != Rows::Case {
        notes.push(
            Text::new(
                "{several} codings are about several rows: they count in each of them, and once in “All”.",
                "{several} 个编码片段涉及几行：在各行都计入，在“合计”中只计一次。",
            )
            .with("several", several.to_string())
            .say(language),
        );
    }
    if finding.table.mixes_languages {
        notes.push(language.say(wording::MIXED_LANGUAGES).to_owned());
    }
    let unread = finding.table.unread.len();
    if unread > 0 {
        notes.push(
            Text::new(
                "The turns of {unread} documents could not be read; their codings are nobody's.",
                "{unread} 份文档的话轮无法读取，其中的编码不属于任何人。",
            )
            .with("unread", unread)
            .say(language),
        );
    }
    if let Ok(test) = finding.test() {
        notes.extend(notes_of_test(&test, finding.left_out_of_test(), language));
        notes.extend(note_of_empty(finding, project, language));
        if finding.options.measure == Measure::Codings {
            let note = language.say(Text::new("Codings of one case are not independent of one another: a talkative case counts many times. Counting cases is the safer test.", "同一个案的编码片段并不相互独立：话多的个案会被多次计入。按个案计数的检验更稳妥。"));
            notes.push(note.to_owned());
        }
    }
    notes
}

/// Names the rows and columns that the test leaves out as empty.
fn note_of_empty(
    finding: &FrequencyFinding,
    project: &Project,
    language: UiLanguage,
) -> Option<String> {
    let counted = &finding.table;
    let (rows, columns) = finding.empty_in_test();
    let rows = rows
        .into_iter()
        .map(|row| row_name(&counted.rows[row], finding.options.rows, project, language));
    let columns = columns
        .into_iter()
        .map(|column| wording::code(&finding.project, counted.columns[column].code, language));
    let names: Vec<String> = rows.chain(columns).collect();
    (!names.is_empty()).then(|| {
        Text::new(
            "The test leaves out rows and columns with nothing in them: {names}.",
            "检验不计没有内容的行和列：{names}。",
        )
        .with("names", names.join(language.say(LIST_COMMA)))
        .say(language)
    })
}

/// Codings that a test leaves out, in words.
fn left_out(left: LeftOut, language: UiLanguage) -> Option<String> {
    const NOBODY: Text = Text::new("{n} in no named row", "{n} 个未归入任何个案");
    const SEVERAL: Text = Text::new("{n} in several rows", "{n} 个归入几行");
    let parts: Vec<String> = [(NOBODY, left.unattributed), (SEVERAL, left.several)]
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(text, n)| text.with("n", n.to_string()).say(language))
        .collect();
    let text = Text::new(
        "Each coding counts once in the test; left out of it: {parts}.",
        "检验中每个编码片段只计一次；未计入：{parts}。",
    );
    (!parts.is_empty()).then(|| text.with("parts", parts.as_slice()).say(language))
}

fn notes_of_test(test: &ChiSquare, left: LeftOut, language: UiLanguage) -> Vec<String> {
    let p = wording::probability(test.p);
    let v = wording::number(test.cramers_v);
    let mut notes = vec![
        Text::new(
            "χ² = {chi2}, df = {df}, p = {p}, Cramér's V = {v} (rows by columns, n = {n}).",
            "χ² = {chi2}，df = {df}，p = {p}，Cramér’s V = {v}（行×列，n = {n}）。",
        )
        .with("chi2", format!("{:.2}", test.chi2))
        .with("df", test.df.to_string())
        .with("p", p)
        .with("v", v)
        .with("n", test.n.to_string())
        .say(language),
    ];
    notes.extend(left_out(left, language));
    let n = test.cells_expected_below_5;
    if n > 0 {
        notes.push(Text::new("{n} cells expect less than 5: χ² is only rough here; Fisher’s exact test is exact.", "{n} 个单元格的期望值小于 5：这里的 χ² 只是粗略值；Fisher 精确检验是精确的。").with("n", n).say(language));
    }
    notes
}
