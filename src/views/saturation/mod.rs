//! Saturation as a sheet and a curve.

use super::{chart::curve, wording};
use crate::table::CellRef;
use crate::table::{Cell, Head, Row, Table};
use crate::{
    analysis::{
        frequency::table::Segment,
        saturation::{Band, Course},
    },
    message::language::UiLanguage,
    model::Project,
    picture::Picture,
};

/// The verdict in a sentence.
pub fn verdict(course: &Course, language: UiLanguage) -> String {
    let rule = course.rule;
    let threshold = wording::percent(rule.threshold);
    match course.judged.saturated_at {
        Ok(at) => match language {
            UiLanguage::English => format!(
                "Reached at {at}+{}: after interview {at} a run of {} brings at most {threshold} of the {} codes of the base ({} interviews).",
                rule.run, rule.run, course.judged.base_codes, rule.base
            ),
            UiLanguage::Chinese => format!(
                "在 {at}+{} 达到：第 {at} 次访谈之后，连续 {} 次访谈带来的新编码不超过基数（{} 次访谈，{} 个编码）的 {threshold}。",
                rule.run, rule.run, rule.base, course.judged.base_codes
            ),
        },
        Err(why) => format!(
            "{}{}",
            language.pick("Not reached: ", "未达到："),
            wording::reason(why, language)
        ),
    }
}

/// A line for each interview: new codes, codes seen so far, the run that begins with it, and the band of random orders.
pub fn sheet(course: &Course, band: &Band, project: &Project, language: UiLanguage) -> Table {
    let heads: [(&str, &str); 5] = [
        ("new codes", "新编码"),
        ("codes so far", "累计编码"),
        ("run from here: new", "从此起一轮：新编码"),
        ("share of the base", "占基数比例"),
        ("other orders (95 %)", "其他顺序（95 %）"),
    ];
    let line = |(at, id): (usize, &crate::model::ids::DocumentId)| {
        let run = course.judged.runs.iter().find(|run| run.from == at + 1);
        let title = project
            .documents
            .get(id)
            .map(|document| document.title.clone())
            .unwrap_or_default();
        let first: Vec<String> = course
            .first_seen(at)
            .into_iter()
            .map(|code| wording::code(project, code, language))
            .collect();
        let ratio = run.map_or_else(Cell::default, |run| Cell {
            stands_out: run.at_or_below.then_some(true),
            ..Cell::number(run.ratio, wording::percent(run.ratio))
        });
        let range = band
            .low
            .get(at)
            .zip(band.high.get(at))
            .map_or_else(Cell::default, |(low, high)| {
                Cell::words(format!("{low} – {high}"))
            });
        let cells = vec![
            Cell {
                why: first.join(language.pick(", ", "、")),
                ..Cell::count(course.new[at])
            },
            Cell::count(course.seen[at]),
            run.map_or_else(Cell::default, |run| Cell::count(run.new)),
            ratio,
            range,
        ];
        Row {
            head: Head::plain(format!("{}  {title}", at + 1)),
            cells,
        }
    };
    let (reached, orders) = band.reached;
    let note = match language {
        UiLanguage::English => format!(
            "In {orders} random orders of the interviews (seed 1) the rule was met in {}.",
            wording::percent(reached as f64 / orders.max(1) as f64)
        ),
        UiLanguage::Chinese => format!(
            "把访谈随机排列 {orders} 次（种子 1），{} 的排列达到这条规则。",
            wording::percent(reached as f64 / orders.max(1) as f64)
        ),
    };
    Table {
        title: language.pick("Saturation", "饱和度").to_owned(),
        rule: match language {
            UiLanguage::English => format!("New codes in each interview, in order; base {}, run {}, threshold {} (Guest, Namey & Chen 2020). {}", course.rule.base, course.rule.run, wording::percent(course.rule.threshold), verdict(course, language)),
            UiLanguage::Chinese => format!("按顺序列出每次访谈的新编码；基数 {}，一轮 {}，阈值 {}（Guest, Namey & Chen 2020）。{}", course.rule.base, course.rule.run, wording::percent(course.rule.threshold), verdict(course, language)),
        },
        corner: language.pick("Interview", "访谈").to_owned(),
        columns: heads.iter().map(|(english, chinese)| Head::plain(language.pick(*english, *chinese))).collect(),
        rows: course.documents.iter().enumerate().map(line).collect(),
        foot: Vec::new(),
        notes: vec![
            note,
            language.pick(
                "This is saturation of codes: it depends on the order of coding and on how fine the codebook is; reflexive thematic analysis does without it (Braun & Clarke 2021).",
                "这里说的是编码的饱和：它取决于编码的先后和编码本的粗细；反思性主题分析并不采用（Braun & Clarke 2021）。",
            ).to_owned(),
        ],
        heat: false,
    }
}

/// The curve of codes seen, with the band of other orders.
pub fn picture(course: &Course, band: &Band, language: UiLanguage) -> Picture {
    let title = format!(
        "{} · {}",
        language.pick("Codes seen after each interview", "每次访谈后累计的编码"),
        verdict(course, language)
    );
    let saturated = course.judged.saturated_at.ok();
    let says = language.pick("shaded: 95 % of random orders", "阴影：95 % 的随机顺序");
    curve::picture(
        &title,
        says,
        &course.new,
        &course.seen,
        (&band.low, &band.high),
        saturated,
    )
}

/// The passages of an interview that bring its new codes.
pub fn segments(course: &Course, project: &Project, spot: CellRef) -> Vec<Segment> {
    let Some(at) = spot.row() else {
        return Vec::new();
    };
    let first = course.first_seen(at);
    let document = course
        .documents
        .get(at)
        .and_then(|id| project.documents.get(id));
    let Some(document) = document else {
        return Vec::new();
    };
    let new = document
        .codings
        .iter()
        .filter(|coding| first.contains(&coding.code));
    new.map(|coding| Segment {
        document: document.id,
        coding: coding.id,
        range: coding.range,
    })
    .collect()
}
