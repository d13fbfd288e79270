//! A theme over the phases of the programme: a line for each case, and one for all documents.

use std::sync::Arc;

use super::{
    cells::{code_head, frequency_cell, row_name},
    chart::lines::{self, Series},
    control::{Control, ControlContext},
    finding::Finding,
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::{
        frequency::Measure,
        frequency::{
            Loader,
            table::{Measured, RowKey, Segment},
        },
        programme::{Programme, ProgrammeQuestion, first_and_last_phase, programme},
    },
    message::{
        labelled,
        language::UiLanguage,
        text::{SEMICOLON, Text},
    },
    model::Project,
    picture::Picture,
    table::{Cell, CellRef, Head, Row, Table},
};

/// The view of a theme over the programme.
#[derive(Debug)]
pub struct ProgrammeView;

const NAME: Text = Text::new("Over time", "各阶段变化");
const THEME: Text = Text::new("Theme", "主题");
const NO_THEMES: Text = Text::new(
    "Choose two themes from the codebook.",
    "请选择编码本中的两个主题。",
);
/// Advice where a view over phases has fewer than two of them.
pub(super) const NO_PHASES: Text = Text::new(
    "Two phases are needed: give documents phases on the page of cases, or import a sheet of documents.",
    "需要两个阶段：请在个案页给文档设阶段，或导入文档表。",
);

impl AnalysisView for ProgrammeView {
    fn id(&self) -> &'static str {
        "programme"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let question = &settings.question;
        let mut controls = vec![
            context.code_list(
                THEME,
                question.theme_or_first(context.project),
                |settings, code| settings.question.theme = code,
            ),
            context.line_choice(question),
            context.measure_over_phases(question),
        ];
        controls.extend(context.filters_within_phases(question));
        controls.push(context.attribution_choice(question));
        controls
    }

    fn missing(&self, project: &Project, question: &QuestionSettings) -> Option<Text> {
        if first_and_last_phase(project).is_none() {
            return Some(NO_PHASES);
        }
        question
            .theme_or_first(project)
            .is_none()
            .then_some(NO_THEMES)
    }

    // Words of Chinese are found with a dictionary, which takes longer than a frame.
    fn is_slow(&self, question: &QuestionSettings) -> bool {
        question.measure_over_phases == Measure::Per1000Words
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let question = ProgrammeQuestion {
            code: question.theme_or_first(source.project)?,
            rows: question.lines,
            measure: question.measure_over_phases,
            filter: question.filter_over_phases(),
        };
        Some(Arc::new(programme(source.project, &question, source.load)))
    }
}

fn title(finding: &Programme, project: &Project, language: UiLanguage) -> String {
    let name = wording::code(project, finding.question.code, language);
    Text::new("{name} over the programme", "{name}：各阶段变化")
        .with("name", name)
        .say(language)
}

fn cells(values: &[Measured], language: UiLanguage) -> Vec<Cell> {
    values
        .iter()
        .map(|value| frequency_cell(*value, language))
        .collect()
}

fn points(values: &[Measured]) -> Vec<Option<f64>> {
    values.iter().map(|value| value.number()).collect()
}

impl Programme {
    /// Whose codings the figures take, and whether those of the phases are by different people.
    fn whose_codings(&self, project: &Project, language: UiLanguage) -> String {
        let Some(counting) = self.counting() else {
            return String::new();
        };
        let all = self.coders().into_iter().flatten().copied().collect();
        wording::counting(project, counting, &all, language)
    }

    fn notes(&self, project: &Project, language: UiLanguage) -> Vec<String> {
        let mut notes = Vec::from_iter(self.other_coders(project, language));
        if self.mixes_languages() {
            notes.push(language.say(wording::MIXED_LANGUAGES).to_owned());
        }
        notes
    }

    /// A warning where phases were coded by different people.
    fn other_coders(&self, project: &Project, language: UiLanguage) -> Option<String> {
        let coded: Vec<_> = self
            .phases
            .iter()
            .zip(self.coders())
            .filter(|(_, coders)| !coders.is_empty())
            .collect();
        let (_, first) = coded.first()?;
        if coded.iter().all(|(_, coders)| coders == first) {
            return None;
        }
        let each: Vec<String> = coded
            .iter()
            .map(|(phase, coders)| {
                let phase = wording::phase(project, **phase, language);
                labelled(
                    language,
                    &phase,
                    &wording::coders(project, coders, language),
                )
            })
            .collect();
        let text = Text::new(
            "The phases were coded by different people, so a change can be a change of coders ({each}).",
            "各阶段由不同的人编码，变化可能只是编码员不同（{each}）。",
        );
        Some(
            text.with("each", each.join(language.say(SEMICOLON)))
                .say(language),
        )
    }
}

impl Finding for Programme {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let code = code_head(project, self.question.code, language);
        let measure = wording::measure(self.question.measure, language);
        let filter = wording::filter(project, &self.question.filter, language);
        let mut table = Table {
            title: title(self, project, language),
            rule: Text::new("Counted: {measure} with \"{code}\" or a code below it ({filter}). A dash says that there is no document, which is not 0. {coders}", "统计的是：{measure}，编码为“{code}”或其下级（{filter}）。横线表示没有文档，不是 0。{coders}").with("coders", self.whose_codings(project, language)).with("measure", measure).with("code", &code.text).with("filter", filter).say(language),
            corner: wording::rows(self.question.rows, project, language),
            columns: self
                .phases
                .iter()
                .map(|id| Head {
                    text: wording::phase(project, *id, language),
                    // The heads are of one rank, but the first rank is set in bold.
                    depth: 1,
                    hue: code.hue,
                })
                .collect(),
            rows: self
                .rows
                .iter()
                .zip(&self.values)
                .map(|(row, values)| {
                    Row::new(
                        row_name(row, self.question.rows, project, language),
                        cells(values, language),
                    )
                })
                .collect(),
            foot: vec![Row::new(
                language.say(Text::new("All", "合计")),
                cells(&self.all, language),
            )],
            notes: self.notes(project, language),
            ..Table::default()
        };
        table.tint();
        table
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(&self, project: &Project, language: UiLanguage, _row: Option<usize>) -> Vec<Picture> {
        let phases: Vec<String> = self
            .phases
            .iter()
            .map(|id| wording::phase(project, *id, language))
            .collect();
        let hue = code_head(project, self.question.code, language).hue;
        let mut series: Vec<Series> = self
            .rows
            .iter()
            .zip(&self.values)
            .map(|(row, values)| Series {
                name: row_name(row, self.question.rows, project, language),
                points: points(values),
                strong: false,
                hue,
            })
            .collect();
        series.push(Series {
            name: language.say(Text::new("All", "合计")).to_owned(),
            points: points(&self.all),
            strong: true,
            hue,
        });
        vec![lines::picture(
            &title(self, project, language),
            wording::measure(self.question.measure, language),
            &phases,
            &series,
        )]
    }

    fn is_unattributed(&self, at: CellRef) -> bool {
        let row = at.row().and_then(|row| self.rows.get(row));
        row.is_some_and(|row| row.key == RowKey::None)
    }

    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        match at {
            CellRef::Cell(row, phase) if row < self.rows.len() => {
                self.row_segments(project, row, phase)
            }
            CellRef::Cell(_, phase) | CellRef::Column(phase) => self.phase_segments(project, phase),
            CellRef::Row(row) => (0..self.phases.len())
                .flat_map(|phase| self.row_segments(project, row, phase))
                .collect(),
        }
    }
}
