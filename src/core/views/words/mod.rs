//! Words: which are the most frequent, how evenly they are spread, and which are typical of one group.

mod tables;

use std::sync::Arc;

use super::{
    chart::bars,
    control::{Control, ControlContext},
    finding::{Finding, GroupPair},
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
};
use crate::{
    analysis::words::{WordCounts, WordGrouping, WordOptions, words},
    message::{language::UiLanguage, text::Text},
    model::Project,
    picture::Picture,
    table::Table,
};

/// The view of words.
#[derive(Debug)]
pub struct WordsView;

/// Bars in a chart; more are not legible on a page.
const CHARTED: usize = 25;

const NAME: Text = Text::new("Words", "词频");
const ALL_TEXTS: Text = Text::new("All texts", "全部文本");
const FAMILIES: Text = Text::new("Families", "家庭");
const PHASES: Text = Text::new("Phases", "阶段");
const INTERVIEWERS: Text = Text::new("Include interviewers", "含访谈者");

impl AnalysisView for WordsView {
    fn id(&self) -> &'static str {
        "words"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let own = &settings.question.words;
        let mut controls = vec![Control::segmented(
            &own.grouping,
            [
                (WordGrouping::All, context.say(ALL_TEXTS)),
                (WordGrouping::Family, context.say(FAMILIES)),
                (WordGrouping::Phase, context.say(PHASES)),
            ],
            |settings, grouping| {
                settings.question.words.grouping = grouping;
                // The numbers of groups mean others now.
                settings.compared = None;
            },
        )];
        controls.extend(context.group_comparison(settings.compared));
        controls.push(Control::Check {
            name: context.say(INTERVIEWERS),
            hint: None,
            on: own.interviewers,
            set: Box::new(|settings, on| settings.question.words.interviewers = on),
        });
        controls.push(Control::StopWords);
        // Words are counted in texts, whoever coded them.
        controls.extend(context.phase_filter(&settings.question));
        controls.extend(context.family_filter(&settings.question));
        controls
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let own = &question.words;
        let options = WordOptions {
            by: own.grouping,
            stop_words: own.stop_words.clone(),
            interviewers: own.interviewers,
            filter: question.filter(),
        };
        let counts = words(source.project, &options, source.load, progress)?;
        Some(Arc::new(counts))
    }

    // All texts are read and cut into words.
    fn is_slow(&self, _question: &QuestionSettings) -> bool {
        true
    }

    fn needs_codings(&self) -> bool {
        false
    }
}

impl Finding for WordCounts {
    fn table(&self, _project: &Project, language: UiLanguage) -> Table {
        tables::frequency_table(self, language)
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
        let mut charts = vec![most_frequent(self, language)];
        // The last group with the first: of phases, after with before.
        if let [first, .., last] = self.groups.as_slice() {
            charts.push(most_typical(
                self,
                last.0.get(&language.tag()),
                first.0.get(&language.tag()),
                language,
            ));
        }
        charts
    }

    fn groups(&self, language: UiLanguage) -> Vec<String> {
        let names = self.groups.iter().map(|(name, _)| name);
        names
            .map(|name| name.get(&language.tag()).to_owned())
            .collect()
    }

    fn comparison(&self, groups: GroupPair, language: UiLanguage) -> Option<Table> {
        let name = |at: usize| Some(self.groups.get(at)?.0.get(&language.tag()));
        let (of, against) = (name(groups.of)?, name(groups.against)?);
        Some(tables::keyness_table(self, groups, of, against, language))
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of words")]
fn most_frequent(found: &WordCounts, language: UiLanguage) -> Picture {
    let bars: Vec<(String, f64)> = found
        .by_frequency()
        .into_iter()
        .take(CHARTED)
        .map(|(word, count)| (word.to_owned(), count.total as f64))
        .collect();
    bars::picture(
        language.say(Text::new("The most frequent words", "最常见的词")),
        &bars,
    )
}

fn most_typical(found: &WordCounts, last: &str, first: &str, language: UiLanguage) -> Picture {
    let bars: Vec<(String, f64)> = found
        .keyness(found.groups.len() - 1, 0)
        .into_iter()
        .take(CHARTED)
        .map(|(word, key)| (word.to_owned(), key.log_ratio))
        .collect();
    let title = Text::new(
        "Typical of {last} (right) and of {first} (left), log ratio",
        "{last}（右）与 {first}（左）的特征词，log ratio",
    )
    .with("last", last)
    .with("first", first)
    .say(language);
    bars::picture(&title, &bars)
}
