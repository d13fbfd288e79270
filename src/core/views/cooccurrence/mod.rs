//! Codes that come up together: a matrix of figures, and a network.

mod table;

use std::{cmp::Reverse, sync::Arc};

use super::{
    chart::{
        heat,
        network::{self, NetworkEdge, NetworkNode},
    },
    control::{Control, ControlContext},
    finding::Finding,
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::{
        cooccurrence::{CoOccurrence, CooccurrenceOptions, CooccurrenceUnit, cooccurrence},
        frequency::{Loader, table::Segment},
    },
    message::{language::UiLanguage, text::Text},
    model::Project,
    picture::Picture,
    table::{CellRef, Table},
};

/// The view of codes that come up together.
#[derive(Debug)]
pub struct CooccurrenceView;

/// Links of the network beyond this number make it illegible; the weakest are left out.
const MOST_LINKS: usize = 60;

const NAME: Text = Text::new("Co-occurrence", "编码共现");
const OVERLAP: Text = Text::new("Overlap", "重叠");
const SAME_TURN: Text = Text::new("Same turn", "同一话轮");
const SAME_DOCUMENT: Text = Text::new("Same document", "同一文档");
const SAME_CASE: Text = Text::new("Same case", "同一个案");
const BETWEEN_CODERS: Text = Text::new("Between coders too", "含不同编码员之间");
const BETWEEN_CODERS_HINT: Text = Text::new(
    "Count codings of different coders as pairs: where they disagree, these are the strongest",
    "不同编码员的编码片段也算配对：意见不一之处会显得联系最强",
);

impl AnalysisView for CooccurrenceView {
    fn id(&self) -> &'static str {
        "together"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let own = &settings.question.cooccurrence;
        let mut controls = vec![
            Control::segmented(
                &own.unit,
                [
                    (CooccurrenceUnit::Overlap, context.say(OVERLAP)),
                    (CooccurrenceUnit::Turn, context.say(SAME_TURN)),
                    (CooccurrenceUnit::Document, context.say(SAME_DOCUMENT)),
                    (CooccurrenceUnit::Case, context.say(SAME_CASE)),
                ],
                |settings, unit| settings.question.cooccurrence.unit = unit,
            ),
            context.level_choice(&settings.question),
        ];
        if context.project.coders.len() > 1 {
            controls.push(Control::Check {
                name: context.say(BETWEEN_CODERS),
                hint: Some(context.say(BETWEEN_CODERS_HINT)),
                on: own.between_coders,
                set: Box::new(|settings, on| settings.question.cooccurrence.between_coders = on),
            });
        }
        controls.extend(context.filters(&settings.question));
        controls
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let own = &question.cooccurrence;
        let by_overlap = own.unit == CooccurrenceUnit::Overlap;
        let options = CooccurrenceOptions {
            by: own.unit,
            themes: question.by_theme,
            between_coders: own.between_coders,
            characters: by_overlap,
            filter: question.filter(),
        };
        Some(Arc::new(cooccurrence(
            source.project,
            &options,
            source.load,
        )))
    }
}

/// The codes that are used, by number: the rows and columns of the table.
fn used_codes(found: &CoOccurrence) -> Vec<usize> {
    (0..found.codes.len())
        .filter(|&code| found.own(code) > 0)
        .collect()
}

impl Finding for CoOccurrence {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        table::table(self, project, language)
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(&self, project: &Project, language: UiLanguage, _row: Option<usize>) -> Vec<Picture> {
        vec![
            strongest_pairs(self, project, language),
            heat::picture(&table::table(self, project, language)),
        ]
    }

    fn segments(&self, project: &Project, load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        let used = used_codes(self);
        let row = at.row().and_then(|row| used.get(row));
        let column = at.column().and_then(|column| used.get(column));
        match (row, column) {
            (Some(&a), Some(&b)) if a != b => self.pair_segments(project, load, a, b),
            // On the diagonal, as at the head of a row or column, there is one code.
            (Some(&code), _) | (None, Some(&code)) => self.own_segments(project, load, code),
            (None, None) => Vec::new(),
        }
    }
}

fn strongest_pairs(found: &CoOccurrence, project: &Project, language: UiLanguage) -> Picture {
    let used = used_codes(found);
    let nodes: Vec<NetworkNode> = used
        .iter()
        .map(|&code| NetworkNode {
            name: wording::code(project, found.codes[code].code, language),
            hue: found.codes[code].hue,
            size: found.own(code),
        })
        .collect();
    let mut edges = Vec::new();
    for (x, &a) in used.iter().enumerate() {
        for (y, &b) in used.iter().enumerate().take(x) {
            let weight = found.both(a, b);
            if weight > 0 {
                edges.push(NetworkEdge {
                    from: x,
                    to: y,
                    weight,
                });
            }
        }
    }
    edges.sort_by_key(|edge| (Reverse(edge.weight), edge.from, edge.to));
    edges.truncate(MOST_LINKS);
    let title = language.say(Text::new(
        "Codes together: the strongest pairs",
        "编码共现：最强的配对",
    ));
    network::picture(title, &nodes, &edges)
}
