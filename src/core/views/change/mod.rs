//! Before and after: each theme and scale in two phases with its exact tests, and the pairs themselves.

mod charts;
mod table;

use std::sync::Arc;

use super::{
    cells::code_head,
    control::{Control, ControlContext},
    finding::Finding,
    programme::NO_PHASES,
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
pub use table::{coder_warning, pairs_table};

use crate::{
    analysis::{
        change::{ChangeQuestion, ChangeSubject, Changes, changes},
        frequency::Measure,
        frequency::{Loader, table::Segment},
        scales::scores,
    },
    message::{language::UiLanguage, text::Text},
    model::Project,
    picture::Picture,
    table::{CellRef, Head, Table},
};

/// The view of what changed between two phases.
#[derive(Debug)]
pub struct ChangeView;

const NAME: Text = Text::new("Before and after", "前后变化");

impl AnalysisView for ChangeView {
    fn id(&self) -> &'static str {
        "change"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let question = &settings.question;
        let mut controls = context.compared_phases(question);
        controls.push(context.line_choice(question));
        controls.push(context.measure_over_phases(question));
        controls.push(context.level_choice(question));
        controls.extend(context.filters_within_phases(question));
        controls.push(context.attribution_choice(question));
        controls
    }

    fn missing(&self, project: &Project, question: &QuestionSettings) -> Option<Text> {
        question
            .compared_phases(project)
            .is_none()
            .then_some(NO_PHASES)
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
        let phases = question.compared_phases(source.project)?;
        let question = ChangeQuestion {
            from: phases.before,
            to: phases.after,
            rows: question.lines,
            measure: question.measure_over_phases,
            columns: question.columns(),
            scores: scores(source.project),
            filter: question.filter_over_phases(),
        };
        Some(Arc::new(changes(source.project, &question, source.load)))
    }
}

/// What a line is about: a code with its place in the tree, or a score.
fn subject_head(project: &Project, subject: ChangeSubject, language: UiLanguage) -> Head {
    match subject {
        ChangeSubject::Code(_, id) => Head {
            depth: project.codebook.ancestors(id).count(),
            ..code_head(project, id, language)
        },
        ChangeSubject::Score(score) => Head::plain(wording::score(project, score, language)),
    }
}

/// The names of the phases before and after.
fn phase_names(found: &Changes, project: &Project, language: UiLanguage) -> [String; 2] {
    [found.question.from, found.question.to].map(|id| wording::phase(project, id, language))
}

impl Finding for Changes {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        table::table(self, project, language)
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(&self, project: &Project, language: UiLanguage, row: Option<usize>) -> Vec<Picture> {
        charts::charts(self, project, language, row)
    }

    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        match at.row() {
            Some(row) => self.line_segments(project, row),
            None => Vec::new(),
        }
    }
}
