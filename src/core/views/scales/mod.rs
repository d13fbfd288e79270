//! Scales: how many cases have a score, and how well the items hang together.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    cells::{figure_cell, heads, two_decimals},
    control::{Control, ControlContext, PHASE},
    finding::Finding,
    programme::NO_PHASES,
    settings::{QuestionSettings, ViewSettings, known_phase},
    view::{AnalysisView, Progress, Source, ViewEditor},
    wording,
};
use crate::{
    analysis::scales::{Reliability, first_phase, reliability},
    message::{
        language::UiLanguage,
        text::{SEMICOLON, Text},
    },
    model::{
        Project,
        ids::PhaseId,
        scale::{Item, Scale},
    },
    statistics::{mean_of, standard_deviation},
    table::{Cell, Head, Row, Table},
};

/// The view of scales.
#[derive(Debug)]
pub struct ScalesView;

/// The scales of a project in one phase.
#[derive(Debug, Clone, PartialEq)]
struct ScaleReliabilities {
    /// The phase in which they were answered.
    phase: PhaseId,
    /// Each scale, those that are part of another one after it.
    scales: Vec<Reliability>,
}

const NAME: Text = Text::new("Scales", "量表");
const COLUMNS: [Text; 7] = [
    Text::new("n", "n"),
    Text::new("mean", "均值"),
    Text::new("SD", "标准差"),
    Text::new("Cronbach's α", "Cronbach's α"),
    Text::new("95 % interval", "95 % 区间"),
    Text::new("item–rest r", "项目与其余的相关 r"),
    Text::new("α without it", "删除后的 α"),
];
const NO_SCALE: Text = Text::new(
    "No scale is defined yet. A scale is made of numbers that cases have per phase, such as the ten items of a questionnaire.",
    "还没有定义量表。量表由个案按阶段填写的数字组成，例如问卷的十个题目。",
);
const ABOUT_ALPHA: Text = Text::new(
    "α: k / (k − 1) · (1 − sum of item variances / variance of the total) (Cronbach 1951), over those with all answers; interval after Feldt (1965). With few respondents it says little: look at its interval.",
    "α：k / (k − 1) · (1 − 各题方差之和 / 总分方差)（Cronbach 1951），只计全部作答者；区间按 Feldt（1965）。人数少时意义有限：请看区间。",
);

impl AnalysisView for ScalesView {
    fn id(&self) -> &'static str {
        "scales"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let phase = answered_phase(context.project, &settings.question);
        vec![context.phase_list(PHASE, phase, |settings, phase| {
            settings.question.scales_phase = phase;
        })]
    }

    fn missing(&self, project: &Project, question: &QuestionSettings) -> Option<Text> {
        answered_phase(project, question)
            .is_none()
            .then_some(NO_PHASES)
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let phase = answered_phase(source.project, question)?;
        Some(scale_reliabilities(source.project, phase))
    }

    fn needs_codings(&self) -> bool {
        false
    }

    fn editor(&self) -> Option<ViewEditor> {
        Some(ViewEditor::Scales)
    }
}

/// The phase whose answers are shown: the chosen one, or the first with an answer.
fn answered_phase(project: &Project, question: &QuestionSettings) -> Option<PhaseId> {
    known_phase(project, question.scales_phase).or_else(|| first_phase(project))
}

/// The reliability of every scale in a phase.
pub fn scale_reliabilities(project: &Project, phase: PhaseId) -> Arc<dyn Finding> {
    Arc::new(ScaleReliabilities {
        phase,
        scales: project
            .scales_in_order()
            .into_iter()
            .map(|(_, scale)| reliability(project, scale, phase))
            .collect(),
    })
}

impl Finding for ScaleReliabilities {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let phase = wording::phase(project, self.phase, language);
        let depths: BTreeMap<_, _> = project
            .scales_in_order()
            .into_iter()
            .map(|(depth, scale)| (scale.id, depth))
            .collect();
        let mut rows = Vec::new();
        for found in &self.scales {
            if let Some((scale, &depth)) = project
                .scales
                .get(&found.scale)
                .zip(depths.get(&found.scale))
            {
                rows.push(scale_row(found, scale, depth, language));
                rows.extend(item_rows(found, scale, depth + 1, project, language));
            }
        }
        let note = if rows.is_empty() {
            NO_SCALE
        } else {
            ABOUT_ALPHA
        };
        Table {
            title: language.say(NAME).to_owned(),
            rule: Text::new("Scores and answers at {phase}; (R) marks items that count backwards (lowest + highest answer − answer).", "{phase}的分数和回答；(R) 为反向题（最低分 + 最高分 − 回答）。").with("phase", phase).say(language),
            corner: language
                .say(Text::new("Scale and items", "量表与题目"))
                .to_owned(),
            columns: heads(&COLUMNS, language),
            notes: vec![language.say(note).to_owned()],
            rows,
            ..Table::default()
        }
    }
}

/// A scale as a whole: its scores and its reliability.
fn scale_row(found: &Reliability, scale: &Scale, depth: usize, language: UiLanguage) -> Row {
    let scores = found.scores();
    let n = Cell {
        why: about_scores(found, scale, language),
        ..Cell::count(scores.len())
    };
    let cronbach = &found.cronbach;
    let mut alpha = figure_cell(cronbach.alpha, wording::number, language);
    alpha.why.push_str(
        &Text::new(
            "{n} with all answers, {left_out} left out",
            "全部作答 {n} 人，未计入 {left_out} 人",
        )
        .with("n", cronbach.n)
        .with("left_out", cronbach.n_dropped)
        .say(language),
    );
    let interval = match cronbach.feldt {
        Ok(interval) => Cell::words(wording::interval(interval, wording::number)),
        Err(why) => super::cells::undefined(why, language),
    };
    let [mean, deviation] = mean_and_deviation(&scores, language);
    let cells = vec![
        n,
        mean,
        deviation,
        alpha,
        interval,
        Cell::default(),
        Cell::default(),
    ];
    Row {
        head: Head::at_depth(&scale.name, depth),
        cells,
    }
}

/// How many scores stand for missing answers, and how many cases have none; empty if all answered all items.
fn about_scores(found: &Reliability, scale: &Scale, language: UiLanguage) -> String {
    let left_out = found.totals.len() - found.scores().len();
    let prorated = found.prorated();
    let parts = [
        (prorated > 0).then(|| {
            Text::new(
                "{prorated} with missing answers, which count as the mean of those given",
                "{prorated} 人有题目未答，未答的题按其已答题目的均值计",
            )
            .with("prorated", prorated)
        }),
        (left_out > 0).then(|| {
            Text::new(
                "{left_out} left out: too few answers, or one outside {min} to {max}",
                "未计入 {left_out} 人：回答过少，或有回答超出 {min} 至 {max}",
            )
            .with("left_out", left_out)
            .with("min", scale.min.to_string())
            .with("max", scale.max.to_string())
        }),
    ];
    let parts = parts.into_iter().flatten().map(|part| part.say(language));
    parts.collect::<Vec<_>>().join(language.say(SEMICOLON))
}

fn item_rows(
    found: &Reliability,
    scale: &Scale,
    depth: usize,
    project: &Project,
    language: UiLanguage,
) -> Vec<Row> {
    scale
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| Row {
            head: Head::at_depth(item_name(item, project, language), depth),
            cells: item_cells(found, at, language),
        })
        .collect()
}

fn item_name(item: &Item, project: &Project, language: UiLanguage) -> String {
    let reversed = if item.reversed { " (R)" } else { "" };
    format!(
        "{}{reversed}",
        wording::attribute(project, item.attribute, language)
    )
}

fn item_cells(found: &Reliability, item: usize, language: UiLanguage) -> Vec<Cell> {
    let answers = &found.given[item];
    let [mean, deviation] = mean_and_deviation(answers, language);
    // Without two respondents there are no statistics of items.
    let [correlation, alpha] = match found.cronbach.items.get(item) {
        Some(item) => [item.corrected_item_total, item.alpha_if_dropped]
            .map(|figure| figure_cell(figure, wording::number, language)),
        None => [Cell::default(), Cell::default()],
    };
    vec![
        Cell::count(answers.len()),
        mean,
        deviation,
        Cell::default(),
        Cell::default(),
        correlation,
        alpha,
    ]
}

/// The mean and the standard deviation (n − 1).
fn mean_and_deviation(values: &[f64], language: UiLanguage) -> [Cell; 2] {
    [mean_of(values), standard_deviation(values)]
        .map(|figure| figure_cell(figure, two_decimals, language))
}
