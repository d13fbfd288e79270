//! The report of a project: what it says, and in which order.
//!
//! It is written from the same findings as the views of the window, so a figure is the same in both.

use std::sync::Arc;

mod cases;
mod method;
mod presence;
mod quotations;

pub use method::{CoderDays, Method};

use super::{
    document::{Block, ReportDocument},
    pseudonyms::Pseudonyms,
};
use crate::{
    analysis::{
        change::{ChangeQuestion, changes},
        cooccurrence::{CooccurrenceOptions, cooccurrence},
        frequency::{Columns, Filter, FrequencyOptions, Loader, Measure, Rows},
        informants::strengths_and_problems,
        merging::CoderCount,
        programme::first_and_last_phase,
        scales::{first_phase, scores},
        trace::trace,
    },
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        case::CaseKind,
        ids::{CoderId, PhaseId},
        localized::Localized,
        memo::Anchor,
    },
    names::table::PseudonymTable,
    picture::Picture,
    table::{Arrangement, Table},
    views::{
        Source,
        balance::{BalanceQuestion, weigh},
        change::pairs_table,
        finding::Finding,
        framework::framework,
        frequency::{Across, count_frequencies},
        looking_glass::looking_glass,
        saturation::judge_saturation,
        scales::scale_reliabilities,
        settings::{PhasePair, SaturationSettings},
    },
};

/// How a report is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportOptions {
    /// The language it is written in.
    pub language: UiLanguage,
    /// Whether names stay as they are; otherwise references take their place.
    pub with_names: bool,
    /// The table of pseudonyms that is used without names; if there is none, references stand for the names that the project knows.
    pub table: Option<Arc<PseudonymTable>>,
    /// How codings of several coders count; `None` is as each measure usually has it.
    pub counting: Option<CoderCount>,
    /// Only this coder's codings.
    pub coder: Option<CoderId>,
}

impl ReportOptions {
    /// What counts in all tables and charts.
    fn filter(&self) -> Filter {
        Filter {
            coders: self.coder.into_iter().collect(),
            counting: self.counting,
            ..Filter::default()
        }
    }
}

/// Writes the report of a project; returns `None` if `progress`, which is called before each part, returns false.
pub fn compose(
    project: &Arc<Project>,
    method: &Method,
    load: &Loader<'_>,
    options: &ReportOptions,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<ReportDocument> {
    let language = options.language;
    let pseudonyms = (!options.with_names).then(|| match &options.table {
        Some(table) => Pseudonyms::of_table(project, table),
        None => Pseudonyms::new(project, language),
    });
    let shown = pseudonyms.as_ref().map_or_else(
        || Arc::clone(project),
        |pseudonyms| Arc::new(pseudonyms.project(project)),
    );
    let mut writer = ReportWriter {
        project: &shown,
        load,
        language,
        pseudonyms: pseudonyms.as_ref(),
        filter: options.filter(),
        blocks: Vec::new(),
    };
    let parts: [&dyn Fn(&mut ReportWriter<'_>); 7] = [
        &|writer| writer.beginning(method),
        &|writer| writer.cases(),
        &|writer| writer.themes(),
        &|writer| writer.programme(),
        &|writer| writer.relations(),
        &|writer| writer.quotations(),
        &|writer| writer.codebook(),
    ];
    for (number, part) in parts.iter().enumerate() {
        if !progress(number, parts.len()) {
            return None;
        }
        part(&mut writer);
    }
    let blocks = writer.blocks;
    let days = match &method.days {
        Some((first, last)) if first != last => format!("{first} – {last}"),
        Some((day, _)) => day.clone(),
        None => String::new(),
    };
    Some(ReportDocument {
        title: project.title.clone(),
        subtitle: days,
        language,
        blocks,
    })
}

struct ReportWriter<'a> {
    project: &'a Arc<Project>,
    load: &'a Loader<'a>,
    language: UiLanguage,
    pseudonyms: Option<&'a Pseudonyms>,
    /// What counts in all tables and charts.
    filter: Filter,
    blocks: Vec<Block>,
}

impl ReportWriter<'_> {
    fn heading(&mut self, level: u8, text: Text) {
        let text = self.language.say(text).to_owned();
        self.blocks.push(Block::Heading(level, text));
    }

    fn source(&self) -> Source<'_> {
        Source::new(self.project, self.load)
    }

    /// Adds the table of a finding, unless it is empty.
    fn table(&mut self, finding: &dyn Finding) {
        let table = finding.table(self.project, self.language);
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// All charts of a finding.
    fn charts_of(&self, finding: &dyn Finding) -> Vec<Picture> {
        finding.charts(self.project, self.language, None)
    }

    /// Adds charts.
    fn charts(&mut self, charts: impl IntoIterator<Item = Picture>) {
        self.blocks.extend(charts.into_iter().map(Block::Chart));
    }

    fn beginning(&mut self, method: &Method) {
        let (project, language) = (self.project, self.language);
        if !project.description.trim().is_empty() {
            self.blocks.push(Block::Text(project.description.clone()));
        }
        self.heading(1, Text::new("Method", "方法"));
        self.blocks
            .push(Block::Text(method::material(project, language)));
        self.blocks
            .push(Block::Text(method.in_words(project, language)));
        if self.pseudonyms.is_some_and(Pseudonyms::from_table) {
            let note = language.say(Text::new("Names of people and places are replaced by those of a table of pseudonyms. What the table doesn't have is not replaced: read the quotations before this report leaves your hands.", "人名与地名已按化名表替换。化名表中没有的内容没有替换：报告交出之前请通读引文。"));
            self.blocks.push(Block::Note(note.to_owned()));
        } else if self.pseudonyms.is_some() {
            let note = language.say(Text::new("References stand for the names of families and persons that the project knows. Other names and particulars in quotations are not replaced: read them before this report leaves your hands.", "项目已知的家庭和个人姓名均以代称代替。引文中的其他姓名和细节没有替换：报告交出之前请通读一遍。"));
            self.blocks.push(Block::Note(note.to_owned()));
        }
    }

    fn cases(&mut self) {
        if self.project.cases.is_empty() {
            return;
        }
        self.heading(1, Text::new("Cases", "个案"));
        let table = cases::cases_table(self.project, self.pseudonyms.is_some(), self.language);
        self.blocks.push(Block::Table(table));
    }

    fn themes(&mut self) {
        self.heading(1, Text::new("Themes across families", "各家庭的主题"));
        let mut options = FrequencyOptions {
            rows: Rows::Family,
            columns: Columns::Themes,
            measure: Measure::Codings,
            roll_up: true,
            filter: self.filter.clone(),
        };
        let themes = count_frequencies(&self.source(), &options, &Across::Codes);
        self.table(&themes);
        let charts = self.charts_of(&themes);
        // The chart of presence, the second, comes with all codes below; of themes alone it says little.
        self.charts(
            charts
                .into_iter()
                .enumerate()
                .filter(|(number, _)| *number != 1)
                .map(|(_, chart)| chart),
        );
        options.columns = Columns::Codes;
        let codes = count_frequencies(&self.source(), &options, &Across::Codes);
        let table = without_empty(&codes.table(self.project, self.language));
        if table.columns.len() > 1 {
            self.blocks.push(Block::Table(presence::presence_table(
                &table,
                self.language,
            )));
        }
        let presence = self.charts_of(&codes).into_iter().nth(1);
        self.charts(presence);
    }

    fn programme(&mut self) {
        let project = self.project;
        let Some((before, after)) = first_and_last_phase(project) else {
            return;
        };
        self.heading(1, Text::new("Before and after", "前后变化"));
        self.change(before, after);
        if let (false, Some(phase)) = (project.scales.is_empty(), first_phase(project)) {
            self.table(&*scale_reliabilities(project, phase));
        }
        let phases = PhasePair { before, after };
        let judgements = looking_glass(phases, &self.filter, &self.source());
        let charts = self.charts_of(&*judgements);
        self.charts(charts);
    }

    fn change(&mut self, from: PhaseId, to: PhaseId) {
        let project = self.project;
        let has_persons = project
            .cases
            .values()
            .any(|case| case.kind == CaseKind::person());
        let question = ChangeQuestion {
            from,
            to,
            rows: if has_persons {
                Rows::Person
            } else {
                Rows::Family
            },
            measure: Measure::Per1000Words,
            columns: Columns::Codes,
            scores: scores(project),
            filter: self.filter.clone(),
        };
        let found = changes(project, &question, self.load);
        // Shown even if it is empty: its notes say what can be compared.
        self.blocks
            .push(Block::Table(found.table(project, self.language)));
        let charts = self.charts_of(&found);
        self.charts(charts);
        let of_scores = found.of_scores();
        if !of_scores.lines.is_empty() {
            let mut pairs = without_empty(&pairs_table(&of_scores, project, self.language));
            let title = self
                .language
                .say(Text::new("Scores of each person", "每个人的分数"));
            title.clone_into(&mut pairs.title);
            self.blocks.push(Block::Table(pairs));
        }
    }

    fn relations(&mut self) {
        let project = self.project;
        self.heading(
            1,
            Text::new("How themes relate to each other", "主题之间的关系"),
        );
        if let (Some(strengths), Some(problems)) = strengths_and_problems(project) {
            let question = BalanceQuestion {
                strengths,
                problems,
                rows: Rows::Family,
                filter: self.filter.clone(),
            };
            let balance = weigh(&question, &self.source());
            self.table(&*balance);
            let charts = self.charts_of(&*balance);
            self.charts(charts);
        }
        let options = CooccurrenceOptions {
            characters: true,
            filter: self.filter.clone(),
            ..CooccurrenceOptions::default()
        };
        let pairs = cooccurrence(project, &options, self.load);
        // Only the network: the matrix of all codes is too wide for a page.
        let network = self.charts_of(&pairs).into_iter().next();
        self.charts(network);
        if !project.links.is_empty() {
            self.table(&trace(project));
        }
        let has_summaries = project
            .memos
            .values()
            .any(|memo| matches!(memo.anchor, Anchor::Cell(..)));
        if has_summaries {
            let matrix = framework(&self.filter, &self.source());
            self.table(&*matrix);
        }
        let saturation =
            judge_saturation(&self.source(), &SaturationSettings::default(), &self.filter);
        let charts = self.charts_of(&*saturation);
        self.charts(charts);
    }

    fn codebook(&mut self) {
        let (project, language) = (self.project, self.language);
        self.heading(1, Text::new("Codebook", "编码本"));
        let tag = language.tag();
        for (depth, code) in project.codebook.in_order() {
            self.blocks.push(Block::Heading(
                if depth == 0 { 2 } else { 3 },
                code.name.get(&tag).to_owned(),
            ));
            self.rule_of_code(Text::new("", ""), &code.definition);
            self.rule_of_code(Text::new("When to apply: ", "何时使用："), &code.apply_when);
            self.rule_of_code(Text::new("When not to: ", "何时不用："), &code.not_when);
            if let Some(example) = code.examples.first() {
                self.rule_of_code(Text::new("Example: ", "例："), example);
            }
        }
    }

    /// Adds a rule of a code after its name, unless it is empty.
    fn rule_of_code(&mut self, name: Text, rule: &Localized) {
        let text = rule.get(&self.language.tag());
        if !text.trim().is_empty() {
            let name = self.language.say(name);
            self.blocks.push(Block::Text(format!("{name}{text}")));
        }
    }
}

/// A table without the rows and columns that have no figure.
fn without_empty(table: &Table) -> Table {
    let arrangement = Arrangement {
        hides_empty: true,
        ..Arrangement::default()
    };
    table.arranged(arrangement).table
}
