//! Scales in figures: how many have a score, and how well the items hang together.

use super::wording;
use crate::table::{Cell, Head, Row, Table};
use crate::{
    analysis::scales::Reliability,
    message::language::UiLanguage,
    model::{Project, ids::PhaseId},
    statistics::{Figure, mean_of, scale::ItemStatistics, standard_deviation},
};

/// The scales of a project in one phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Scales {
    /// When.
    pub phase: PhaseId,
    /// Each scale, parts after their whole.
    pub lines: Vec<Reliability>,
}

/// The reliability of every scale in a phase.
pub fn scales(project: &Project, phase: PhaseId) -> Scales {
    let of = |(_, scale): (usize, &crate::model::scale::Scale)| {
        crate::analysis::scales::reliability(project, scale, phase)
    };
    Scales {
        phase,
        lines: project.scales_in_order().into_iter().map(of).collect(),
    }
}

impl Scales {
    /// A line for each scale, and one for each of its items.
    pub fn sheet(&self, project: &Project, language: UiLanguage) -> Table {
        let phase = project
            .phases
            .get(&self.phase)
            .map(|phase| phase.name.clone())
            .unwrap_or_default();
        let columns: [(&str, &str); 7] = [
            ("n", "n"),
            ("mean", "均值"),
            ("SD", "标准差"),
            ("Cronbach's α", "Cronbach's α"),
            ("95 % interval", "95 % 区间"),
            ("item–rest r", "项目与其余的相关 r"),
            ("α without it", "删除后的 α"),
        ];
        let depths: std::collections::BTreeMap<_, _> = project
            .scales_in_order()
            .into_iter()
            .map(|(depth, scale)| (scale.id, depth))
            .collect();
        let mut rows = Vec::new();
        for line in &self.lines {
            let depth = depths.get(&line.scale).copied().unwrap_or(0);
            rows.extend(lines(line, project, depth, language));
        }
        let none = language.pick(
            "No scale is defined yet. A scale is made of numbers that cases have per phase, such as the ten items of a questionnaire.",
            "还没有定义量表。量表由个案按阶段填写的数字组成，例如问卷的十个题目。",
        );
        let about = language.pick(
            "α: k / (k − 1) · (1 − sum of item variances / variance of the total) (Cronbach 1951), over those with all answers; interval after Feldt (1965). With few respondents it says little: look at its interval.",
            "α：k / (k − 1) · (1 − 各题方差之和 / 总分方差)（Cronbach 1951），只计全部作答者；区间按 Feldt（1965）。人数少时意义有限：请看区间。",
        );
        Table {
            title: language.pick("Scales", "量表").to_owned(),
            rule: match language {
                UiLanguage::English => {
                    format!(
                        "Scores and answers at {phase}; (R) marks items that count backwards (lowest + highest answer − answer)."
                    )
                }
                UiLanguage::Chinese => {
                    format!("{phase}的分数和回答；(R) 为反向题（最低分 + 最高分 − 回答）。")
                }
            },
            corner: language.pick("Scale and items", "量表与题目").to_owned(),
            columns: columns
                .iter()
                .map(|(english, chinese)| Head::plain(language.pick(*english, *chinese)))
                .collect(),
            notes: vec![if rows.is_empty() { none } else { about }.to_owned()],
            rows,
            ..Table::default()
        }
    }
}

fn lines(line: &Reliability, project: &Project, depth: usize, language: UiLanguage) -> Vec<Row> {
    let Some(scale) = project.scales.get(&line.scale) else {
        return Vec::new();
    };
    let scores: Vec<f64> = line
        .totals
        .iter()
        .filter_map(|(_, total)| total.ok())
        .collect();
    let mut n = Cell::count(scores.len());
    let left = line.totals.len() - scores.len();
    if left > 0 {
        n.why = match language {
            UiLanguage::English => format!(
                "{left} left out: too few answers, or one outside {} to {}",
                scale.min, scale.max
            ),
            UiLanguage::Chinese => format!(
                "未计入 {left} 人：回答过少，或有回答超出 {} 至 {}",
                scale.min, scale.max
            ),
        };
    }
    let alpha = &line.cronbach;
    let interval = alpha.feldt.map_or_else(
        |why| Cell::undefined(wording::reason(why, language)),
        |interval| Cell::words(wording::interval(interval, wording::number)),
    );
    let mut of_alpha = wording::figure(alpha.alpha, language);
    of_alpha.why.push_str(&match language {
        UiLanguage::English => {
            format!("{} with all answers, {} left out", alpha.n, alpha.n_dropped)
        }
        UiLanguage::Chinese => format!("全部作答 {} 人，未计入 {} 人", alpha.n, alpha.n_dropped),
    });
    let [middle, spread] = summary(&scores, language);
    let whole = Row {
        head: Head {
            text: scale.name.clone(),
            depth,
            hue: None,
        },
        cells: vec![
            n,
            middle,
            spread,
            of_alpha,
            interval,
            Cell::default(),
            Cell::default(),
        ],
    };
    let statistics = |at: usize| alpha.items.get(at).copied();
    let item = |(at, item): (usize, &crate::model::scale::Item)| {
        let name = project
            .attributes
            .get(&item.attribute)
            .map_or("", |attribute| attribute.name.as_str());
        let given = line.given.get(at).map_or(&[][..], Vec::as_slice);
        let [middle, spread] = summary(given, language);
        let of = |pick: fn(ItemStatistics) -> Figure| {
            statistics(at).map_or_else(Cell::default, |own| wording::figure(pick(own), language))
        };
        Row {
            head: Head {
                text: format!("{name}{}", if item.reversed { " (R)" } else { "" }),
                depth: depth + 1,
                hue: None,
            },
            cells: vec![
                Cell::count(given.len()),
                middle,
                spread,
                Cell::default(),
                Cell::default(),
                of(|own| own.corrected_item_total),
                of(|own| own.alpha_if_dropped),
            ],
        }
    };
    std::iter::once(whole)
        .chain(scale.items.iter().enumerate().map(item))
        .collect()
}

/// Mean and standard deviation (n - 1).
fn summary(values: &[f64], language: UiLanguage) -> [Cell; 2] {
    let written = |value: f64| Cell::number(value, format!("{value:.2}"));
    [mean_of(values), standard_deviation(values)].map(|own| {
        own.map_or_else(
            |why| Cell::undefined(wording::reason(why, language)),
            written,
        )
    })
}
