//! Codes together as a matrix: each pair twice, and each code's own number on the diagonal.

use super::used_codes;
use crate::{
    analysis::{
        cooccurrence::{CoOccurrence, CooccurrenceUnit},
        merging::CoderCount,
    },
    message::{labelled, language::UiLanguage, text::Text},
    model::Project,
    statistics::Figure,
    table::{Cell, CellKind, Head, Row, Table},
    views::{cells::code_head, wording},
};

pub(super) fn table(found: &CoOccurrence, project: &Project, language: UiLanguage) -> Table {
    let used = used_codes(found);
    let heads: Vec<Head> = used
        .iter()
        .map(|&code| code_head(project, found.codes[code].code, language))
        .collect();
    let rows = heads.iter().zip(&used).map(|(head, &a)| Row {
        head: head.clone(),
        cells: used.iter().map(|&b| cell(found, a, b, language)).collect(),
    });
    let mut table = Table {
        title: language
            .say(Text::new("Codes together", "编码共现"))
            .to_owned(),
        rule: rule(found, project, language),
        corner: language.say(Text::new("Code", "编码")).to_owned(),
        rows: rows.collect(),
        columns: heads,
        notes: vec![
            language
                .say(Text::new(
                    "The diagonal shows how often each code is used.",
                    "对角线上是每个编码自身的次数。",
                ))
                .to_owned(),
        ],
        ..Table::default()
    };
    // The diagonal is of another kind than the pairs, and must not make them pale.
    table.tint();
    table
}

fn cell(found: &CoOccurrence, a: usize, b: usize, language: UiLanguage) -> Cell {
    if a == b {
        return Cell {
            kind: CellKind::Words,
            ..Cell::count(found.own(a))
        };
    }
    let mut why = coefficient("c", found.c_coefficient(a, b), language);
    if found.options.by != CooccurrenceUnit::Overlap || found.options.characters {
        let jaccard = coefficient("Jaccard", found.jaccard(a, b), language);
        why = format!("{why}; {jaccard}");
    }
    if found.is_out_of_range(a, b) {
        why.push_str(language.say(Text::new(
            "; more pairs than codings: c is no share here",
            "；配对多于编码片段：此处的 c 不是比例",
        )));
    }
    Cell {
        why,
        ..Cell::count(found.both(a, b))
    }
}

fn coefficient(name: &str, figure: Figure, language: UiLanguage) -> String {
    match figure {
        Ok(value) => format!("{name} = {value:.3}"),
        Err(why) => labelled(language, name, language.say(why.text())),
    }
}

fn rule(found: &CoOccurrence, project: &Project, language: UiLanguage) -> String {
    let filter = wording::filter(project, &found.options.filter, language);
    let by = match found.options.by {
        CooccurrenceUnit::Overlap => language.say(Text::new("pairs of codings, one of each code, that share at least one character; touching is not sharing", "至少共有一个字的编码片段配对（两个编码各一个）；首尾相接不算")),
        CooccurrenceUnit::Turn => language.say(Text::new("turns that have both codes", "同时有两个编码的话轮")),
        CooccurrenceUnit::Document => {
            language.say(Text::new("documents that have both codes", "同时有两个编码的文档"))
        }
        CooccurrenceUnit::Case => language.say(Text::new("cases whose documents have both codes", "文档中同时有两个编码的个案")),
    };
    let coders = match (found.options.between_coders, found.counting()) {
        (true, _) => Text::new(
            " Codings of different coders are pairs too.",
            "不同编码员的编码片段也算配对。",
        ),
        (false, CoderCount::All) => Text::new(
            " Both codings are one coder's, and each coder's pairs count.",
            "两个编码片段出自同一编码员，各编码员的配对都计入。",
        ),
        (false, _) => Text::new(
            " Both codings are one coder's, and a pair that several coders made counts once.",
            "两个编码片段出自同一编码员，几名编码员都有的配对只计一次。",
        ),
    };
    let coders = language.say(coders);
    let c = language.say(Text::new(
        "c\u{a0}=\u{a0}n12\u{a0}/\u{a0}(n1\u{a0}+\u{a0}n2\u{a0}−\u{a0}n12); Jaccard is what both cover as a share of what either covers.",
        "c\u{a0}=\u{a0}n12\u{a0}/\u{a0}(n1\u{a0}+\u{a0}n2\u{a0}−\u{a0}n12)；Jaccard 是两者共有部分占两者全部的比例。",
    ));
    Text::new(
        "Counted: {by} ({filter}).{coders} {c}",
        "统计的是：{by}（{filter}）。{coders}{c}",
    )
    .with("by", by)
    .with("filter", filter)
    .with("coders", coders)
    .with("c", c)
    .say(language)
}
