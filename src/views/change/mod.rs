//! Before and after in figures: each theme and scale with its exact tests, and the pairs themselves.

use super::{chart::slope, frequency::row_name, wording};
use crate::table::CellRef;
use crate::table::{Cell, CellKind, Head, Row, Table};
use crate::{
    analysis::{
        change::{ChangeLine, Changes, Subject},
        frequency::{Filter, picked, table::Segment},
        scales::name_of,
    },
    message::language::UiLanguage,
    model::Project,
    picture::Picture,
    statistics::Undefined,
};

/// What a line is about, in words.
pub fn subject(project: &Project, subject: Subject, language: UiLanguage) -> Head {
    match subject {
        Subject::Code(_, id) => Head {
            text: wording::code(project, id, language),
            depth: project.codebook.ancestors(id).count(),
            hue: project.codebook.get(id).map(|code| code.hue),
        },
        Subject::Score(score) => Head::plain(name_of(project, score)),
    }
}

/// A line for each theme and scale.
pub fn sheet(found: &Changes, project: &Project, language: UiLanguage) -> Table {
    let phase = |id| {
        project
            .phases
            .get(&id)
            .map(|phase| phase.name.clone())
            .unwrap_or_default()
    };
    let (from, to) = (phase(found.question.from), phase(found.question.to));
    let pairs = wording::rows(found.question.rows, project, language);
    let columns: [(&str, &str); 10] = [
        ("pairs", "配对"),
        ("mean before", "前测均值"),
        ("mean after", "后测均值"),
        ("up / down / same", "升 / 降 / 平"),
        ("middle change", "中位变化"),
        ("95 % interval", "95 % 区间"),
        ("Wilcoxon p (exact)", "Wilcoxon p（精确）"),
        ("rank-biserial r", "秩二列相关 r"),
        ("sign test p", "符号检验 p"),
        ("McNemar p (lost, gained)", "McNemar p（失去，获得）"),
    ];
    let measure = wording::measure(found.question.measure, language);
    let filter = wording::filter(project, &found.question.filter, language);
    let line = |change: &ChangeLine| Row {
        head: subject(project, change.subject, language),
        cells: cells(change, language),
    };
    let mut notes: Vec<String> = uneven_coders(found, project, (&from, &to), language)
        .into_iter()
        .collect();
    let smallest = language.pick(
        "With n changed pairs no two-sided exact p can be below 2 / 2ⁿ: 5 pairs give 0.0625 at best. Many tests on few cases find something by chance: take p as a hint, and read the passages.",
        "有 n 个变化的配对时，双侧精确 p 不会小于 2 / 2ⁿ：5 对最小为 0.0625。少数个案做许多检验总会碰巧有所发现：p 只是提示，请回到原文。",
    );
    Table {
        title: format!("{from} → {to}"),
        rule: match language {
            UiLanguage::English => format!(
                "Compared: {measure}, and scores, at {from} and {to}, a pair for each ({}) that has both ({filter}). Subcodes count with their theme.",
                pairs.to_lowercase()
            ),
            UiLanguage::Chinese => {
                format!(
                    "比较的是：{from}与{to}的{measure}及量表分，两次都有的每个{pairs}为一对（{filter}）。下级编码计入其主题。"
                )
            }
        },
        corner: language.pick("Theme or scale", "主题或量表").to_owned(),
        columns: columns
            .iter()
            .map(|(english, chinese)| Head::plain(language.pick(*english, *chinese)))
            .collect(),
        rows: found.lines.iter().map(line).collect(),
        foot: Vec::new(),
        notes: {
            notes.push(smallest.to_owned());
            notes.push(language.pick(
                "Middle change: the median of all means of two changes (Hodges & Lehmann). r = (W₊ − W₋) / (W₊ + W₋). McNemar: who had the theme before only, and after only.",
                "中位变化：任意两个变化之均值的中位数（Hodges & Lehmann）。r = (W₊ − W₋) / (W₊ + W₋)。McNemar：只在前测、只在后测出现主题的人数。",
            ).to_owned());
            notes
        },
        heat: false,
    }
}

/// Says so where documents of the two phases were coded by different numbers of coders: what two have coded counts twice.
fn uneven_coders(
    found: &Changes,
    project: &Project,
    (from, to): (&str, &str),
    language: UiLanguage,
) -> Option<String> {
    let coders = |phase| {
        let filter = Filter {
            phases: [phase].into(),
            ..found.question.filter.clone()
        };
        let wanted = |coder| filter.coders.is_empty() || filter.coders.contains(&coder);
        let of = |document: &std::sync::Arc<crate::model::document::Document>| {
            let by: std::collections::BTreeSet<_> = document
                .codings
                .iter()
                .map(|coding| coding.coder)
                .filter(|coder| wanted(*coder))
                .collect();
            by.len()
        };
        let documents: Vec<usize> = picked(project, &filter)
            .into_iter()
            .map(of)
            .filter(|n| *n > 0)
            .collect();
        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers of documents and coders"
        )]
        (!documents.is_empty())
            .then(|| documents.iter().sum::<usize>() as f64 / documents.len() as f64)
    };
    let (before, after) = (coders(found.question.from)?, coders(found.question.to)?);
    ((before - after).abs() > 0.05).then(|| match language {
        UiLanguage::English => format!("Documents were coded by {before:.1} coders each at {from}, by {after:.1} at {to}, and what two have coded counts twice: choose one coder to compare like with like."),
        UiLanguage::Chinese => format!("{from}的文档平均由 {before:.1} 名编码员编码，{to}由 {after:.1} 名；两人都编的会计两次：请只选一名编码员再比较。"),
    })
}

fn cells(change: &ChangeLine, language: UiLanguage) -> Vec<Cell> {
    let mean = |mean: Option<f64>| {
        mean.map_or_else(
            || Cell::undefined(wording::reason(Undefined::NoCompletePairs, language)),
            |mean| Cell::number(mean, wording::number(mean)),
        )
    };
    let undefined = |why: Undefined| Cell::undefined(wording::reason(why, language));
    let mut pairs = Cell::count(change.n());
    if change.differences.dropped > 0 {
        pairs.why = match language {
            UiLanguage::English => format!(
                "{} left out: no document or no answer at one of the two",
                change.differences.dropped
            ),
            UiLanguage::Chinese => format!(
                "未计入 {} 个：其中一次没有文档或没有回答",
                change.differences.dropped
            ),
        };
    }
    let signs = change.signs;
    let turns = format!(
        "{} / {} / {}",
        signs.n_positive, signs.n_negative, signs.n_zero
    );
    let turns = Cell {
        kind: CellKind::Figure,
        ..Cell::words(turns)
    };
    let middle = change.middle.map_or_else(
        || undefined(Undefined::NoCompletePairs),
        |middle| Cell::number(middle.estimate, wording::change(middle.estimate)),
    );
    let interval = match change.middle.map(|middle| middle.interval) {
        Some(Ok(interval)) => Cell::words(wording::interval(interval, wording::change)),
        Some(Err(why)) => undefined(why),
        None => undefined(Undefined::NoCompletePairs),
    };
    let p = |p: f64| Cell::number(p, wording::probability(p));
    let wilcoxon = change
        .wilcoxon
        .as_ref()
        .map_or_else(|why| undefined(*why), |test| p(test.p_two_sided));
    let biserial = change.wilcoxon.as_ref().map_or_else(
        |why| undefined(*why),
        |test| Cell::number(test.rank_biserial, wording::change(test.rank_biserial)),
    );
    let sign = signs.p_two_sided.map_or_else(undefined, p);
    let mcnemar = match change.mcnemar {
        None => Cell::absent(language.pick("a score is neither there nor not", "分数没有有无之分")),
        Some(test) => match test.p_exact {
            Ok(value) => Cell::number(
                value,
                format!(
                    "{} ({}, {})",
                    wording::probability(value),
                    test.lost,
                    test.gained
                ),
            ),
            Err(why) => undefined(why),
        },
    };
    vec![
        pairs,
        mean(change.mean_before),
        mean(change.mean_after),
        turns,
        middle,
        interval,
        wilcoxon,
        biserial,
        sign,
        mcnemar,
    ]
}

/// The pairs of the chosen line (or of the first), and of each scale beside it.
pub fn pictures(
    found: &Changes,
    project: &Project,
    language: UiLanguage,
    line: Option<usize>,
) -> Vec<Picture> {
    let phase = |id| {
        project
            .phases
            .get(&id)
            .map(|phase| phase.name.clone())
            .unwrap_or_default()
    };
    let ends = (phase(found.question.from), phase(found.question.to));
    let names: Vec<String> = found
        .cases
        .iter()
        .map(|row| row_name(row, language))
        .collect();
    let of = |change: &ChangeLine| {
        let head = subject(project, change.subject, language);
        let pairs: Vec<(String, Option<f64>, Option<f64>)> = names
            .iter()
            .cloned()
            .zip(&change.pairs)
            .map(|(name, pair)| (name, pair.0, pair.1))
            .collect();
        slope::picture(&head.text, (&ends.0, &ends.1), head.hue, &pairs)
    };
    let strongest = || {
        let size = |change: &&ChangeLine| {
            change
                .wilcoxon
                .as_ref()
                .map_or(2.0, |test| test.p_two_sided)
        };
        found
            .lines
            .iter()
            .filter(|change| matches!(change.subject, Subject::Code(..)))
            .min_by(|a, b| size(a).total_cmp(&size(b)))
    };
    let chosen = line
        .and_then(|line| found.lines.get(line))
        .or_else(strongest);
    let scales = found
        .lines
        .iter()
        .filter(|change| matches!(change.subject, Subject::Score(_)));
    chosen
        .into_iter()
        .filter(|change| matches!(change.subject, Subject::Code(..)))
        .chain(scales)
        .map(of)
        .collect()
}

/// The segments behind a line.
pub fn segments(found: &Changes, project: &Project, spot: CellRef) -> Vec<Segment> {
    spot.row()
        .map_or_else(Vec::new, |row| found.line_segments(project, row))
}

/// The pairs of every line: a row for each case.
pub fn pairs(found: &Changes, project: &Project, language: UiLanguage) -> Table {
    let phase = |id| {
        project
            .phases
            .get(&id)
            .map(|phase| phase.name.clone())
            .unwrap_or_default()
    };
    let mut columns = Vec::new();
    for line in &found.lines {
        let head = subject(project, line.subject, language);
        columns.extend([found.question.from, found.question.to].map(|id| Head {
            text: format!("{} · {}", head.text, phase(id)),
            ..head.clone()
        }));
    }
    let value = |value: Option<f64>| {
        value.map_or_else(
            || Cell::absent(language.pick("no document or no answer", "没有文档或没有回答")),
            |value| Cell::number(value, wording::number(value)),
        )
    };
    let row = |(at, case): (usize, &crate::analysis::frequency::table::FrequencyRow)| {
        let pair = |line: &ChangeLine| {
            line.pairs
                .get(at)
                .map_or([None, None], |pair| [pair.0, pair.1])
        };
        Row {
            head: Head::plain(row_name(case, language)),
            cells: found.lines.iter().flat_map(pair).map(value).collect(),
        }
    };
    Table {
        title: language.pick("Pairs", "配对").to_owned(),
        corner: wording::rows(found.question.rows, project, language),
        columns,
        rows: found.cases.iter().enumerate().map(row).collect(),
        ..Table::default()
    }
}
