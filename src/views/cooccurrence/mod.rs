//! Codes that come up together: a triangle of figures, and a network.

use super::{
    chart::{heat, network},
    wording,
};
use crate::table::CellRef;
use crate::table::{Cell, CellKind, Head, Row, Table};
use crate::{
    analysis::{
        cooccurrence::{CoOccurrence, CooccurrenceUnit},
        frequency::{Loader, table::Segment},
    },
    message::language::UiLanguage,
    model::Project,
    picture::Picture,
};

/// Most links of the network; weaker ones are left out.
const MOST_LINKS: usize = 60;

/// The table: pairs below the diagonal, each code's own number on it.
pub fn sheet(table: &CoOccurrence, project: &Project, language: UiLanguage) -> Table {
    let used = used(table);
    let head = |&code: &usize| {
        let column = &table.codes[code];
        Head {
            text: wording::code(project, column.code, language),
            depth: 0,
            hue: Some(column.hue),
        }
    };
    let strongest = used
        .iter()
        .flat_map(|&a| used.iter().map(move |&b| (a, b)))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| table.both(a, b))
        .max()
        .unwrap_or(0);
    let cell = |a: usize, b: usize| {
        if a == b {
            return Cell {
                kind: CellKind::Words,
                ..Cell::count(table.own(a))
            };
        }
        let n = table.both(a, b);
        let figure = |name: &str, figure: crate::statistics::Figure| {
            figure.map_or_else(
                |why| format!("{name}: {}", wording::reason(why, language)),
                |value| format!("{name} = {value:.3}"),
            )
        };
        let mut why = figure("c", table.c_coefficient(a, b));
        if table.options.by != CooccurrenceUnit::Overlap || table.options.characters {
            why = format!("{why}; {}", figure("Jaccard", table.jaccard(a, b)));
        }
        if table.is_out_of_range(a, b) {
            why.push_str(language.pick(
                "; more pairs than codings: c is no share here",
                "；配对多于编码片段：此处的 c 不是比例",
            ));
        }
        #[expect(clippy::cast_precision_loss, reason = "a tone")]
        let tone = if strongest == 0 {
            0.0
        } else {
            n as f32 / strongest as f32
        };
        Cell {
            why,
            tone: Some(tone),
            ..Cell::count(n)
        }
    };
    let rows = used
        .iter()
        .map(|a| Row {
            head: head(a),
            cells: used.iter().map(|&b| cell(*a, b)).collect(),
        })
        .collect();
    Table {
        title: language.pick("Codes together", "编码共现").to_owned(),
        rule: rule(table, project, language),
        corner: language.pick("Code", "编码").to_owned(),
        columns: used.iter().map(head).collect(),
        rows,
        foot: Vec::new(),
        notes: vec![
            language
                .pick(
                    "On the diagonal stands how often each code is used.",
                    "对角线上是每个编码自身的次数。",
                )
                .to_owned(),
        ],
        heat: true,
    }
}

/// The codes that are used, by number.
fn used(table: &CoOccurrence) -> Vec<usize> {
    (0..table.codes.len())
        .filter(|&code| table.own(code) > 0)
        .collect()
}

fn rule(table: &CoOccurrence, project: &Project, language: UiLanguage) -> String {
    let filter = wording::filter(project, &table.options.filter, language);
    let by = match (table.options.by, language) {
        (CooccurrenceUnit::Overlap, UiLanguage::English) => {
            "pairs of codings, one of each code, that share at least one character; touching is not sharing"
        }
        (CooccurrenceUnit::Overlap, UiLanguage::Chinese) => {
            "至少共有一个字的编码片段配对（两个编码各一个）；首尾相接不算"
        }
        (CooccurrenceUnit::Turn, UiLanguage::English) => "turns that have both codes",
        (CooccurrenceUnit::Turn, UiLanguage::Chinese) => "同时有两个编码的话轮",
        (CooccurrenceUnit::Document, UiLanguage::English) => "documents that have both codes",
        (CooccurrenceUnit::Document, UiLanguage::Chinese) => "同时有两个编码的文档",
        (CooccurrenceUnit::Case, UiLanguage::English) => "cases whose documents have both codes",
        (CooccurrenceUnit::Case, UiLanguage::Chinese) => "文档中同时有两个编码的个案",
    };
    let coders = match (
        table.options.by == CooccurrenceUnit::Overlap,
        table.options.within_coder,
        language,
    ) {
        (true, true, UiLanguage::English) => " Both codings are one coder's.",
        (true, true, UiLanguage::Chinese) => "两个编码片段出自同一编码员。",
        (true, false, UiLanguage::English) => " Codings of different coders are pairs too.",
        (true, false, UiLanguage::Chinese) => "不同编码员的编码片段也算配对。",
        _ => "",
    };
    let c = language.pick(
        "c = n12 / (n1 + n2 − n12); Jaccard is what both cover as a share of what either covers.",
        "c = n12 / (n1 + n2 − n12)；Jaccard 是两者共有部分占两者全部的比例。",
    );
    match language {
        UiLanguage::English => format!("Counted: {by} ({filter}).{coders} {c}"),
        UiLanguage::Chinese => format!("统计的是：{by}（{filter}）。{coders}{c}"),
    }
}

/// A heat map and a network of the strongest pairs.
pub fn pictures(table: &CoOccurrence, project: &Project, language: UiLanguage) -> Vec<Picture> {
    let used = used(table);
    let nodes: Vec<network::Node> = used
        .iter()
        .map(|&code| network::Node {
            name: wording::code(project, table.codes[code].code, language),
            hue: table.codes[code].hue,
            size: table.own(code),
        })
        .collect();
    let pairs = used.iter().enumerate().flat_map(|(x, &a)| {
        used.iter()
            .enumerate()
            .take(x)
            .map(move |(y, &b)| (x, y, table.both(a, b)))
    });
    let mut links: Vec<(usize, usize, usize)> = pairs.filter(|(_, _, n)| *n > 0).collect();
    links.sort_by_key(|&(a, b, n)| (std::cmp::Reverse(n), a, b));
    links.truncate(MOST_LINKS);
    let title = language.pick(
        "Codes together: the strongest pairs",
        "编码共现：最强的配对",
    );
    vec![
        network::picture(title, &nodes, &links),
        heat::picture(&sheet(table, project, language)),
    ]
}

/// The segments behind a pair, or a code.
pub fn segments(
    table: &CoOccurrence,
    project: &Project,
    load: &Loader<'_>,
    spot: CellRef,
) -> Vec<Segment> {
    let used = used(table);
    let of = |at: Option<usize>| at.and_then(|at| used.get(at).copied());
    match (of(spot.row()), of(spot.column())) {
        (Some(a), Some(b)) if a != b => table.segments(project, load, a, b),
        (Some(code), _) | (None, Some(code)) => super::coverage::segments_of_code(
            project,
            &table.options.filter,
            &table.codes[code],
            table.options.themes,
        ),
        (None, None) => Vec::new(),
    }
}
