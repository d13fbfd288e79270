//! Before and after as tables: the tests of each line, and the pairs that they are of.

use std::collections::BTreeSet;

use super::{phase_names, subject_head};
use crate::{
    analysis::{
        change::{ChangeLine, Changes},
        frequency::Rows,
    },
    message::{
        language::UiLanguage,
        text::{SEMICOLON, Text},
    },
    model::{Project, ids::CoderId},
    statistics::{Undefined, paired::McNemar},
    table::{Cell, CellKind, Head, Row, Table},
    views::{
        cells::{figure_cell, heads, row_name, undefined},
        wording,
    },
};

const COLUMNS: [Text; 10] = [
    Text::new("pairs", "配对"),
    Text::new("mean before", "前测均值"),
    Text::new("mean after", "后测均值"),
    Text::new("up / down / same", "升 / 降 / 平"),
    Text::new("middle change", "中位变化"),
    Text::new("95 % interval", "95 % 区间"),
    Text::new("Wilcoxon p (exact)", "Wilcoxon p（精确）"),
    Text::new("rank-biserial r", "秩二列相关 r"),
    Text::new("sign test p", "符号检验 p"),
    Text::new("McNemar p (lost, gained)", "McNemar p（失去，获得）"),
];
const SMALLEST_P: Text = Text::new(
    "With n changed pairs no two-sided exact p can be below 2 / 2ⁿ: 5 pairs give 0.0625 at best. Many tests on few cases find something by chance: take p as a hint, and read the passages.",
    "有 n 个变化的配对时，双侧精确 p 不会小于 2 / 2ⁿ：5 对最小为 0.0625。少数个案做许多检验总会碰巧有所发现：p 只是提示，请回到原文。",
);
const FIGURES_EXPLAINED: Text = Text::new(
    "Middle change: the median of all means of two changes (Hodges & Lehmann). r = (W₊ − W₋) / (W₊ + W₋). McNemar: who had the theme before only, and after only.",
    "中位变化：任意两个变化之均值的中位数（Hodges & Lehmann）。r = (W₊ − W₋) / (W₊ + W₋)。McNemar：只在前测、只在后测出现主题的人数。",
);

pub(super) fn table(found: &Changes, project: &Project, language: UiLanguage) -> Table {
    let [from, to] = phase_names(found, project, language);
    let pairs = wording::rows(found.question.rows, project, language);
    let measure = wording::measure(found.question.measure, language);
    let filter = wording::filter(project, &found.question.filter, language);
    let mut notes = Vec::from_iter(coder_warning(found, project, language));
    if found.mixes_languages() {
        notes.push(language.say(wording::MIXED_LANGUAGES).to_owned());
    }
    let coders = found.coders();
    let all = coders.before.union(&coders.after).copied().collect();
    let coders = wording::counting(project, found.counting(), &all, language);
    notes.extend([SMALLEST_P, FIGURES_EXPLAINED].map(|note| language.say(note).to_owned()));
    Table {
        title: format!("{from} → {to}"),
        rule: Text::new("Compared: {measure}, and scores, at {from} and {to}, a pair for each ({pairs}) that has both ({filter}). Subcodes count with their theme. {coders}", "比较的是：{from}与{to}的{measure}及量表分，两次都有的每个{pairs}为一对（{filter}）。下级编码计入其主题。{coders}").with("coders", coders).with("measure", measure).with("from", &from).with("to", &to).with("pairs", pairs.to_lowercase()).with("filter", filter).say(language),
        corner: language
            .say(Text::new("Theme or scale", "主题或量表"))
            .to_owned(),
        columns: heads(&COLUMNS, language),
        rows: found
            .lines
            .iter()
            .map(|line| Row {
                head: subject_head(project, line.subject, language),
                cells: cells(line, language),
            })
            .collect(),
        notes,
        ..Table::default()
    }
}

/// A warning where one side of a pair was coded by other people than the other: who coded which.
pub fn coder_warning(found: &Changes, project: &Project, language: UiLanguage) -> Option<String> {
    /// So many ways in which coders differ are told; more would hide them.
    const TOLD: usize = 3;
    let coders = found.coders();
    let differing = coders.differing();
    if differing == 0 {
        return None;
    }
    let phases = phase_names(found, project, language);
    let names = |coders: &BTreeSet<CoderId>| {
        let names = wording::coders(project, coders, language);
        wording::set_off(&names, language)
    };
    let [from, to] = phases.map(|phase| wording::set_off(&phase, language));
    let told = coders.different.iter().take(TOLD).map(|different| {
        let text = Text::new(
            "at {from} by {before}; at {to} by {after}",
            "{from}由{before}编码，{to}由{after}编码",
        );
        let said = text
            .with("from", from.trim_start())
            .with("to", to.trim_start())
            .with("before", names(&different.before))
            .with("after", names(&different.after));
        if coders.different.len() == 1 {
            return said.say(language);
        }
        Text::new("{said} ({n})", "{said}（{n} 对）")
            .with("said", said)
            .count("n", different.pairs)
            .say(language)
    });
    let mut told: Vec<String> = told.collect();
    let others: usize = coders
        .different
        .iter()
        .skip(TOLD)
        .map(|one| one.pairs)
        .sum();
    if others > 0 {
        let text = Text::new("otherwise ({n})", "其他情形（{n} 对）");
        told.push(text.count("n", others).say(language));
    }
    let text = Text::new(
        "{n} of {pairs} pairs were coded by other people before than after: {told}. A change can be a change of coders: choose one coder to compare like with like.",
        "{pairs} 对中有 {n} 对前后由不同的人编码：{told}。变化可能只是编码员不同：请只选一名编码员再比较。",
    );
    let text = text
        .count("n", differing)
        .count("pairs", coders.pairs)
        .with("told", told.join(language.say(SEMICOLON)));
    Some(text.say(language))
}

fn cells(line: &ChangeLine, language: UiLanguage) -> Vec<Cell> {
    let interval = match line.middle.map(|middle| middle.interval) {
        Some(Ok(interval)) => Cell::words(wording::interval(interval, wording::change)),
        Some(Err(why)) => undefined(why, language),
        None => undefined(Undefined::NoCompletePairs, language),
    };
    let middle = line
        .middle
        .map(|middle| middle.estimate)
        .ok_or(Undefined::NoCompletePairs);
    let wilcoxon = line.wilcoxon.as_ref().map_err(|why| *why);
    vec![
        pairs_cell(line, language),
        mean_cell(line.mean_before, language),
        mean_cell(line.mean_after, language),
        signs_cell(line),
        figure_cell(middle, wording::change, language),
        interval,
        figure_cell(
            wilcoxon.map(|test| test.p_two_sided),
            wording::probability,
            language,
        ),
        figure_cell(
            wilcoxon.map(|test| test.rank_biserial),
            wording::change,
            language,
        ),
        figure_cell(line.signs.p_two_sided, wording::probability, language),
        mcnemar_cell(line.mcnemar, language),
    ]
}

fn pairs_cell(line: &ChangeLine, language: UiLanguage) -> Cell {
    let mut cell = Cell::count(line.n());
    let dropped = line.differences.dropped;
    if dropped > 0 {
        cell.why = Text::new(
            "{dropped} left out: no document or no answer at one of the two",
            "未计入 {dropped} 个：其中一次没有文档或没有回答",
        )
        .with("dropped", dropped)
        .say(language);
    }
    cell
}

fn mean_cell(mean: Option<f64>, language: UiLanguage) -> Cell {
    figure_cell(
        mean.ok_or(Undefined::NoCompletePairs),
        wording::number,
        language,
    )
}

/// How many went up, down, and stayed the same: three figures in one cell, which is aligned as figures are.
fn signs_cell(line: &ChangeLine) -> Cell {
    let signs = line.signs;
    let text = format!(
        "{} / {} / {}",
        signs.n_positive, signs.n_negative, signs.n_zero
    );
    Cell {
        kind: CellKind::Figure,
        ..Cell::words(text)
    }
}

fn mcnemar_cell(mcnemar: Option<McNemar>, language: UiLanguage) -> Cell {
    let Some(test) = mcnemar else {
        return Cell::absent(language.say(Text::new(
            "a score is neither there nor not",
            "分数没有有无之分",
        )));
    };
    match test.p_exact {
        Ok(p) => Cell::number(
            p,
            format!(
                "{} ({}, {})",
                wording::probability(p),
                test.lost,
                test.gained
            ),
        ),
        Err(why) => undefined(why, language),
    }
}

/// The pairs of every line: a row for each case, and two columns for each line.
pub fn pairs_table(found: &Changes, project: &Project, language: UiLanguage) -> Table {
    let phases = phase_names(found, project, language);
    let mut columns = Vec::new();
    for line in &found.lines {
        let head = subject_head(project, line.subject, language);
        columns.extend(phases.iter().map(|phase| Head {
            text: format!("{} · {phase}", head.text),
            ..head.clone()
        }));
    }
    let rows = found.cases.iter().enumerate().map(|(at, case)| {
        let values = found
            .lines
            .iter()
            .map(|line| line.pairs[at])
            .flat_map(|(before, after)| [before, after]);
        Row::new(
            row_name(case, Rows::Case, project, language),
            values.map(|value| value_cell(value, language)).collect(),
        )
    });
    Table {
        title: language.say(Text::new("Pairs", "配对")).to_owned(),
        corner: wording::rows(found.question.rows, project, language),
        rows: rows.collect(),
        columns,
        ..Table::default()
    }
}

fn value_cell(value: Option<f64>, language: UiLanguage) -> Cell {
    match value {
        Some(value) => Cell::number(value, wording::number(value)),
        None => {
            Cell::absent(language.say(Text::new("no document or no answer", "没有文档或没有回答")))
        }
    }
}
