//! Saturation: the codes of each interview that none before it had, as a table and a curve.

use std::sync::Arc;

use super::{
    cells::heads,
    chart::curve::{self, Curve},
    control::{Control, ControlContext},
    finding::Finding,
    segments::segment,
    settings::{QuestionSettings, SaturationSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::{
        frequency::{Filter, Loader, table::Segment},
        saturation::{Band, Course, InterviewOrder, course},
    },
    message::{
        language::UiLanguage,
        text::{LIST_COMMA, Text},
    },
    model::Project,
    picture::Picture,
    statistics::saturation::Rule,
    table::{Cell, CellRef, Row, Table},
};

/// The view of saturation.
#[derive(Debug)]
pub struct SaturationView;

/// The course of new codes, with what other orders of the interviews would have given.
#[derive(Debug, Clone, PartialEq)]
struct SaturationFinding {
    course: Course,
    band: Band,
}

/// Random orders of interviews behind the band.
const ORDERS: usize = 1_000;
/// The seed of the random orders, so that the same codings give the same band.
const SEED: u64 = 1;

const NAME: Text = Text::new("Saturation", "饱和度");
const BY_DATE: Text = Text::new("By date", "按日期");
const BY_TITLE: Text = Text::new("By title", "按标题");
const BASE: Text = Text::new("Base", "基数");
const RUN: Text = Text::new("Run", "一轮");
const THRESHOLD: Text = Text::new("Threshold %", "阈值 %");
const COLUMNS: [Text; 5] = [
    Text::new("new codes", "新编码"),
    Text::new("codes so far", "累计编码"),
    Text::new("run from here: new", "从此起一轮：新编码"),
    Text::new("share of the base", "占基数比例"),
    Text::new("other orders (95 %)", "其他顺序（95 %）"),
];
const LIMITS: Text = Text::new(
    "This is saturation of codes: it depends on the order of coding and on how fine the codebook is; reflexive thematic analysis does without it (Braun & Clarke 2021).",
    "这里说的是编码的饱和：它取决于编码的先后和编码本的粗细；反思性主题分析并不采用（Braun & Clarke 2021）。",
);

impl AnalysisView for SaturationView {
    fn id(&self) -> &'static str {
        "saturation"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let own = &settings.question.saturation;
        let mut controls = vec![
            Control::segmented(
                &own.order,
                [
                    (InterviewOrder::Date, context.say(BY_DATE)),
                    (InterviewOrder::Title, context.say(BY_TITLE)),
                ],
                |settings, order| settings.question.saturation.order = order,
            ),
            Control::Number {
                name: context.say(BASE),
                value: own.rule.base,
                range: 1..=20,
                set: |settings, base| settings.question.saturation.rule.base = base,
            },
            Control::Number {
                name: context.say(RUN),
                value: own.rule.run,
                range: 1..=10,
                set: |settings, run| settings.question.saturation.rule.run = run,
            },
            Control::Percent {
                name: context.say(THRESHOLD),
                share: own.rule.threshold,
                range: 0.0..=50.0,
                set: |settings, share| settings.question.saturation.rule.threshold = share,
            },
        ];
        controls.extend(context.filters_of_presence(&settings.question));
        controls
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        Some(judge_saturation(
            source,
            &question.saturation,
            &question.filter(),
        ))
    }

    // A thousand orders take longer than a frame.
    fn is_slow(&self, _question: &QuestionSettings) -> bool {
        true
    }
}

/// Judges the saturation of a project's interviews.
pub fn judge_saturation(
    source: &Source<'_>,
    settings: &SaturationSettings,
    filter: &Filter,
) -> Arc<dyn Finding> {
    let (project, load) = (source.project, source.load);
    let course = course(project, filter, settings.order, settings.rule, load);
    Arc::new(SaturationFinding {
        band: course.band(ORDERS, SEED),
        course,
    })
}

/// The verdict in a sentence.
pub fn verdict(course: &Course, language: UiLanguage) -> String {
    let rule = course.rule;
    let threshold = wording::percent(rule.threshold);
    match course.judged.saturated_at {
        Ok(at) => Text::new(
            "Reached at {at}+{run}: after interview {at} a run of {run} adds at most {threshold} of the {codes} codes of the base ({base} interviews).",
            "在 {at}+{run} 达到：第 {at} 次访谈之后，连续 {run} 次访谈带来的新编码不超过基数（{base} 次访谈，{codes} 个编码）的 {threshold}。",
        )
        .with("at", at)
        .with("run", rule.run)
        .with("threshold", threshold)
        .with("codes", course.judged.base_codes)
        .with("base", rule.base)
        .say(language),
        Err(why) => Text::new("Not reached: {reason}", "未达到：{reason}")
            .with("reason", language.say(why.text()))
            .say(language),
    }
}

impl SaturationFinding {
    fn rule(&self, language: UiLanguage) -> String {
        let Rule {
            base,
            run,
            threshold,
        } = self.course.rule;
        let threshold = wording::percent(threshold);
        let verdict = verdict(&self.course, language);
        Text::new("New codes in each interview, in order; base {base}, run {run}, threshold {threshold} (Guest, Namey & Chen 2020). {verdict}", "按顺序列出每次访谈的新编码；基数 {base}，一轮 {run}，阈值 {threshold}（Guest, Namey & Chen 2020）。{verdict}").with("base", base).with("run", run).with("threshold", threshold).with("verdict", verdict).say(language)
    }

    fn note_on_orders(&self, language: UiLanguage) -> String {
        let (reached, orders) = self.band.reached;
        let share = wording::percent(reached as f64 / orders.max(1) as f64);
        Text::new("In {orders} random orders of the interviews (seed {seed}) the rule was met in {share}.", "把访谈随机排列 {orders} 次（种子 {seed}），{share} 的排列达到这条规则。").count("orders", orders).with("seed", SEED).with("share", share).say(language)
    }

    /// An interview with its new codes, the codes so far, the run that begins with it, and the band of random orders.
    fn cells(&self, at: usize, project: &Project, language: UiLanguage) -> Vec<Cell> {
        let course = &self.course;
        let first: Vec<String> = course
            .first_seen(at)
            .into_iter()
            .map(|code| wording::code(project, code, language))
            .collect();
        // A run begins after the base, and needs interviews to the end.
        let run = course.judged.runs.iter().find(|run| run.from == at + 1);
        let [new_in_run, share] = match run {
            Some(run) => [
                Cell::count(run.new),
                Cell {
                    stands_out: run.at_or_below.then_some(true),
                    ..Cell::number(run.ratio, wording::percent(run.ratio))
                },
            ],
            None => [Cell::default(), Cell::default()],
        };
        vec![
            Cell {
                why: first.join(language.say(LIST_COMMA)),
                ..Cell::count(course.new[at])
            },
            Cell::count(course.seen[at]),
            new_in_run,
            share,
            Cell::words(format!("{} – {}", self.band.low[at], self.band.high[at])),
        ]
    }
}

impl Finding for SaturationFinding {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let documents = &self.course.documents;
        let rows = documents.iter().enumerate().map(|(at, id)| {
            let title = wording::document(project, *id);
            Row::new(
                format!("{}  {title}", at + 1),
                self.cells(at, project, language),
            )
        });
        Table {
            title: language.say(NAME).to_owned(),
            rule: self.rule(language),
            corner: language.say(Text::new("Interview", "访谈")).to_owned(),
            columns: heads(&COLUMNS, language),
            rows: rows.collect(),
            notes: vec![
                self.note_on_orders(language),
                language.say(LIMITS).to_owned(),
            ],
            ..Table::default()
        }
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(
        &self,
        _project: &Project,
        language: UiLanguage,
        _row: Option<usize>,
    ) -> Vec<Picture> {
        let title = format!(
            "{} · {}",
            language.say(Text::new(
                "Codes seen after each interview",
                "每次访谈后累计的编码"
            )),
            verdict(&self.course, language)
        );
        vec![curve::picture(
            &title,
            language.say(Text::new(
                "shaded: 95 % of random orders",
                "阴影：95 % 的随机顺序",
            )),
            &Curve {
                new: &self.course.new,
                seen: &self.course.seen,
                low: &self.band.low,
                high: &self.band.high,
                saturated: self.course.judged.saturated_at.ok(),
            },
        )]
    }

    /// The passages of an interview that bring its new codes.
    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        let document = at.row().and_then(|row| {
            let id = self.course.documents.get(row)?;
            Some((row, project.documents.get(id)?))
        });
        let Some((row, document)) = document else {
            return Vec::new();
        };
        let new = self.course.first_seen(row);
        document
            .codings
            .iter()
            .filter(|coding| new.contains(&coding.code))
            .map(|coding| segment(document.id, coding))
            .collect()
    }
}
