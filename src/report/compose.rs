//! The report of a project: what it says, and in which order.

use std::{collections::BTreeSet, sync::Arc};

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
        programme::first_and_last_phase,
        scales::{first_phase, scores},
        trace::trace,
    },
    message::language::UiLanguage,
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue},
        case::CaseKind,
        code::Code,
        document::Document,
        ids::{AttributeId, CaseId, CoderId, PhaseId},
        localized::Localized,
        memo::Anchor,
        phase::Phase,
        scale::Scale,
        text::TextRange,
    },
    picture::Picture,
    table::{Arrangement, Cell, CellKind, Head, Row, Table, grouped},
    views::{
        Source,
        balance::{BalanceQuestion, weigh},
        change::pairs_table,
        finding::Finding,
        framework::framework,
        frequency::{Across, count_frequencies},
        looking_glass::looking_glass,
        saturation::{SaturationSettings, judge_saturation},
        scales::scale_reliabilities,
        settings::PhasePair,
        wording,
    },
};

/// The number of quotations of each code.
const QUOTES: usize = 2;
/// The longest quotation, in characters.
const LONGEST: usize = 280;

/// How the study was coded, from the log of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Method {
    /// The number of entries of the log.
    pub entries: usize,
    /// First and last day of work, year-month-day.
    pub days: Option<(String, String)>,
    /// For each coder, on how many days, and the first and last of them.
    pub coders: Vec<(CoderId, usize, String, String)>,
    /// How often the codebook was changed after the first coding.
    pub codebook_changes: usize,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportOptions {
    /// The language it is written in.
    pub language: UiLanguage,
    /// Whether names stay as they are; otherwise references take their place.
    pub with_names: bool,
}

/// Writes the report of a project; returns `None` if `progress`, which is called before each part, returns false.
pub fn compose(
    project: &Arc<Project>,
    method: &Method,
    load: &Loader<'_>,
    wanted: ReportOptions,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<ReportDocument> {
    let language = wanted.language;
    let pseudonyms = (!wanted.with_names).then(|| Pseudonyms::new(project, language));
    let shown = pseudonyms.as_ref().map_or_else(
        || Arc::clone(project),
        |pseudonyms| Arc::new(pseudonyms.project(project)),
    );
    let mut writer = Writer {
        project: &shown,
        load,
        language,
        pseudonyms: pseudonyms.as_ref(),
        blocks: Vec::new(),
    };
    let parts: [&dyn Fn(&mut Writer<'_>); 7] = [
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

struct Writer<'a> {
    project: &'a Arc<Project>,
    load: &'a Loader<'a>,
    language: UiLanguage,
    pseudonyms: Option<&'a Pseudonyms>,
    blocks: Vec<Block>,
}

impl Writer<'_> {
    fn heading(&mut self, level: u8, english: &str, chinese: &str) {
        self.blocks.push(Block::Heading(
            level,
            self.language.pick(english, chinese).to_owned(),
        ));
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
        self.heading(1, "Method", "方法");
        self.blocks.push(Block::Text(material(project, language)));
        self.blocks
            .push(Block::Text(coding(project, method, language)));
        if self.pseudonyms.is_some() {
            let note = language.pick(
                "References stand for the names of families and persons that the project knows. Other names and particulars in quotations are not replaced: read them before this report leaves your hands.",
                "项目已知的家庭和个人姓名均以代称代替。引文中的其他姓名和细节没有替换：报告交出之前请通读一遍。",
            );
            self.blocks.push(Block::Note(note.to_owned()));
        }
    }

    fn cases(&mut self) {
        if self.project.cases.is_empty() {
            return;
        }
        self.heading(1, "Cases", "个案");
        let table = cases_table(self.project, self.pseudonyms.is_some(), self.language);
        self.blocks.push(Block::Table(table));
    }

    fn themes(&mut self) {
        self.heading(1, "Themes across families", "各家庭的主题");
        let mut options = FrequencyOptions {
            rows: Rows::Family,
            columns: Columns::Themes,
            measure: Measure::Codings,
            roll_up: true,
            filter: Filter::default(),
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
            self.blocks
                .push(Block::Table(presence(&table, self.language)));
        }
        let presence = self.charts_of(&codes).into_iter().nth(1);
        self.charts(presence);
    }

    fn programme(&mut self) {
        let project = self.project;
        let Some((before, after)) = first_and_last_phase(project) else {
            return;
        };
        self.heading(1, "Before and after", "前后变化");
        self.change(before, after);
        if let (false, Some(phase)) = (project.scales.is_empty(), first_phase(project)) {
            self.table(&*scale_reliabilities(project, phase));
        }
        let phases = PhasePair { before, after };
        let judgements = looking_glass(phases, &Filter::default(), &self.source());
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
            measure: Measure::Per1000,
            columns: Columns::Codes,
            scores: scores(project),
            filter: Filter::default(),
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
            let title = self.language.pick("Scores of each person", "每个人的分数");
            title.clone_into(&mut pairs.title);
            self.blocks.push(Block::Table(pairs));
        }
    }

    fn relations(&mut self) {
        let project = self.project;
        self.heading(1, "How themes stand together", "主题之间的关系");
        if let (Some(strengths), Some(problems)) = strengths_and_problems(project) {
            let question = BalanceQuestion {
                strengths,
                problems,
                rows: Rows::Family,
                filter: Filter::default(),
            };
            let balance = weigh(&question, &self.source());
            self.table(&*balance);
            let charts = self.charts_of(&*balance);
            self.charts(charts);
        }
        let options = CooccurrenceOptions {
            characters: true,
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
            let matrix = framework(&Filter::default(), &self.source());
            self.table(&*matrix);
        }
        let saturation =
            judge_saturation(project, &SaturationSettings::default(), &Filter::default());
        let charts = self.charts_of(&*saturation);
        self.charts(charts);
    }

    /// Passages of each code, from different families where there are such, short ones whole.
    fn quotations(&mut self) {
        let project = self.project;
        self.heading(1, "Quotations", "引文");
        for (depth, code) in project.codebook.in_order() {
            let quotes = self.quotes_of(code);
            if quotes.is_empty() {
                continue;
            }
            self.blocks.push(Block::Heading(
                if depth == 0 { 2 } else { 3 },
                wording::code(project, code.id, self.language),
            ));
            self.blocks.extend(quotes);
        }
    }

    fn quotes_of(&self, code: &Code) -> Vec<Block> {
        let mut seen: BTreeSet<Option<CaseId>> = BTreeSet::new();
        let mut found = Vec::new();
        for document in self.project.documents_in_order() {
            for coding in document
                .codings
                .iter()
                .filter(|coding| coding.code == code.id)
            {
                let family = self.project.family_of_document(document);
                let chars = coding.range.len_chars() as usize;
                if found.len() >= QUOTES || !(8..=LONGEST).contains(&chars) || !seen.insert(family)
                {
                    continue;
                }
                found.extend(self.quote(document, coding.range));
            }
        }
        found
    }

    fn quote(&self, document: &Document, range: TextRange) -> Option<Block> {
        let content = (self.load)(document)?;
        let words = content
            .text
            .slice(range)?
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let words = self
            .pseudonyms
            .map_or_else(|| words.clone(), |pseudonyms| pseudonyms.text(&words));
        let speaker = content
            .turn_at(range.start())
            .and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)));
        let family = self
            .project
            .family_of_document(document)
            .and_then(|case| self.project.cases.get(&case))
            .map(|case| case.name.clone());
        let who = speaker.map(|speaker| speaker.label.clone()).or(family);
        let phase = document
            .phase
            .and_then(|phase| self.project.phases.get(&phase))
            .map(|phase| phase.name.clone());
        let place = format!("{}–{}", range.start(), range.end());
        let reference = [who, phase, Some(place)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(self.language.pick(", ", "，"));
        Some(Block::Quote { words, reference })
    }

    fn codebook(&mut self) {
        let (project, language) = (self.project, self.language);
        self.heading(1, "Codebook", "编码本");
        let tag = language.tag();
        for (depth, code) in project.codebook.in_order() {
            self.blocks.push(Block::Heading(
                if depth == 0 { 2 } else { 3 },
                code.name.get(&tag).to_owned(),
            ));
            self.rule_of_code("", "", &code.definition);
            self.rule_of_code("When to apply: ", "何时使用：", &code.apply_when);
            self.rule_of_code("When not to: ", "何时不用：", &code.not_when);
            if let Some(example) = code.examples.first() {
                self.rule_of_code("Example: ", "例：", example);
            }
        }
    }

    /// Adds a rule of a code after its name, unless it is empty.
    fn rule_of_code(&mut self, english: &str, chinese: &str, rule: &Localized) {
        let text = rule.get(&self.language.tag());
        if !text.trim().is_empty() {
            let name = self.language.pick(english, chinese);
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

/// A column of the table of cases: an attribute, in a phase if it is given per phase.
struct AttributeColumn {
    attribute: AttributeId,
    phase: Option<PhaseId>,
    head: Head,
}

/// All cases with their attributes; the items of scales are left out, as their scores are reported.
fn cases_table(project: &Project, is_pseudonymised: bool, language: UiLanguage) -> Table {
    let items: BTreeSet<AttributeId> = project
        .scales
        .values()
        .flat_map(Scale::attributes)
        .collect();
    let columns: Vec<AttributeColumn> = project
        .attributes_in_order()
        .into_iter()
        .filter(|attribute| attribute.of == AttributeOf::Cases && !items.contains(&attribute.id))
        .filter(|attribute| !(is_pseudonymised && holds_names(&attribute.name)))
        .flat_map(|attribute| attribute_columns(attribute, project))
        .collect();
    let rows = project.cases_in_order().into_iter().map(|(depth, case)| {
        let mut cells = vec![Cell::words(kind_of_case(&case.kind, language))];
        cells.extend(columns.iter().map(|column| {
            match case.values.get(&(column.attribute, column.phase)) {
                Some(value) => Cell::words(value_in_words(value, language)),
                None => Cell::default(),
            }
        }));
        Row {
            head: Head::at_depth(&case.name, depth),
            cells,
        }
    });
    let title = language.pick("Cases and their attributes", "个案及其属性");
    let mut table = Table {
        title: title.to_owned(),
        corner: language.pick("Case", "个案").to_owned(),
        rows: rows.collect(),
        columns: vec![Head::plain(language.pick("Kind", "类型"))],
        ..Table::default()
    };
    table
        .columns
        .extend(columns.into_iter().map(|column| column.head));
    table
}

/// Returns true if an attribute of this name holds the names that references stand for.
fn holds_names(attribute: &str) -> bool {
    matches!(attribute.to_lowercase().as_str(), "name" | "姓名" | "名字")
}

/// The columns of an attribute: one, or one for each phase in which a case has a value.
fn attribute_columns(attribute: &Attribute, project: &Project) -> Vec<AttributeColumn> {
    if !attribute.per_phase {
        return vec![AttributeColumn {
            attribute: attribute.id,
            phase: None,
            head: Head::plain(&attribute.name),
        }];
    }
    let is_used = |phase: &Phase| {
        let value = (attribute.id, Some(phase.id));
        project
            .cases
            .values()
            .any(|case| case.values.contains_key(&value))
    };
    let phases = project.phases_in_order().into_iter();
    phases
        .filter(|phase| is_used(phase))
        .map(|phase| AttributeColumn {
            attribute: attribute.id,
            phase: Some(phase.id),
            head: Head::plain(format!("{} · {}", attribute.name, phase.name)),
        })
        .collect()
}

/// What a case is; kinds that the program doesn't know stay as they were written.
fn kind_of_case(kind: &CaseKind, language: UiLanguage) -> String {
    match kind {
        kind if *kind == CaseKind::family() => language.pick("family", "家庭").to_owned(),
        kind if *kind == CaseKind::person() => language.pick("person", "个人").to_owned(),
        CaseKind(other) => other.clone(),
    }
}

/// A value of an attribute; yes, no and what is not known are said in the report's language.
fn value_in_words(value: &AttributeValue, language: UiLanguage) -> String {
    match value {
        AttributeValue::YesNo(yes) => if *yes {
            language.pick("yes", "是")
        } else {
            language.pick("no", "否")
        }
        .to_owned(),
        AttributeValue::NotAsked => language.pick("not asked", "未询问").to_owned(),
        AttributeValue::Missing => language.pick("missing", "缺失").to_owned(),
        other => other.to_text(),
    }
}

/// Codes down, their sums and presence across: the table of frequencies turned, so that it fits a page.
fn presence(sheet: &Table, language: UiLanguage) -> Table {
    let code = |(column, head): (usize, &Head)| {
        let of = |line: Option<&Row>| {
            line.and_then(|line| line.cells.get(column))
                .cloned()
                .unwrap_or_default()
        };
        let [total, with, interval] = [0, 1, 2].map(|line| of(sheet.foot.get(line)));
        // Beside a column of figures, an interval stands to the right like them.
        let kind = if interval.kind == CellKind::Words {
            CellKind::Figure
        } else {
            interval.kind
        };
        let share = with.why.split(',').next().unwrap_or_default().to_owned();
        Row {
            head: head.clone(),
            cells: vec![
                total,
                with,
                Cell {
                    kind: CellKind::Figure,
                    ..Cell::words(share)
                },
                Cell { kind, ..interval },
            ],
        }
    };
    let heads: [(&str, &str); 4] = [
        ("codings", "编码片段"),
        ("families with it", "出现的家庭"),
        ("share", "比例"),
        ("95 % interval", "95 % 区间"),
    ];
    Table {
        title: language
            .pick(
                "How often each code comes up, and in how many families",
                "各编码出现的次数和家庭数",
            )
            .to_owned(),
        corner: language.pick("Code", "编码").to_owned(),
        columns: heads
            .iter()
            .map(|(english, chinese)| Head::plain(language.pick(*english, *chinese)))
            .collect(),
        rows: sheet
            .columns
            .iter()
            .enumerate()
            .filter(|(_, head)| head.hue.is_some())
            .map(code)
            .collect(),
        rule: sheet.rule.clone(),
        notes: vec![
            language
                .pick(
                    "Intervals are exact (Clopper & Pearson).",
                    "区间为精确区间（Clopper & Pearson）。",
                )
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// What the study is made of, in a paragraph.
fn material(project: &Project, language: UiLanguage) -> String {
    let documents = project.documents.len();
    let words: u64 = project
        .documents
        .values()
        .map(|document| u64::from(document.words))
        .sum();
    let words = grouped(usize::try_from(words).unwrap_or(usize::MAX));
    let families = project.cases_below(None).len();
    let persons = project
        .cases
        .values()
        .filter(|case| case.kind == CaseKind::person())
        .count();
    let phase = |phase: &crate::model::phase::Phase| {
        let n = project
            .documents
            .values()
            .filter(|document| document.phase == Some(phase.id))
            .count();
        match language {
            UiLanguage::English => format!("{} ({n})", phase.name),
            UiLanguage::Chinese => format!("{}（{n} 份）", phase.name),
        }
    };
    let phases: Vec<String> = project.phases_in_order().into_iter().map(phase).collect();
    match language {
        UiLanguage::English => {
            let phases = if phases.is_empty() {
                String::new()
            } else {
                format!(" By phase: {}.", phases.join(", "))
            };
            format!(
                "The material is {documents} documents of {words} words (each Chinese character counts as one), from {families} families or other topmost cases with {persons} persons.{phases}"
            )
        }
        UiLanguage::Chinese => {
            let phases = if phases.is_empty() {
                String::new()
            } else {
                format!("按阶段：{}。", phases.join("、"))
            };
            format!(
                "材料为 {documents} 份文档，共 {words} 词（每个汉字算一个词），来自 {families} 个家庭或其他最上层个案，{persons} 名个人。{phases}"
            )
        }
    }
}

/// How the study was coded, in a paragraph: from the log.
fn coding(project: &Project, method: &Method, language: UiLanguage) -> String {
    let codings = project.coding_count();
    let codes = project.codebook.codes.len();
    let themes = project.codebook.children(None).len();
    let both = project.documents.values().filter(|document| {
        let coders: BTreeSet<CoderId> =
            document.codings.iter().map(|coding| coding.coder).collect();
        coders.len() > 1
    });
    let both = both.count();
    let of_coder = |(id, days, first, last): &(CoderId, usize, String, String)| {
        let name = project
            .coders
            .get(id)
            .map(|coder| coder.name.clone())
            .unwrap_or_default();
        let n = project
            .documents
            .values()
            .flat_map(|document| &document.codings)
            .filter(|coding| coding.coder == *id)
            .count();
        match language {
            UiLanguage::English if *days == 0 => format!("{name} ({n} codings)"),
            UiLanguage::Chinese if *days == 0 => format!("{name}（{n} 个编码片段）"),
            UiLanguage::English if *days == 1 => format!("{name} ({n} codings on {first})"),
            UiLanguage::Chinese if *days == 1 => format!("{name}（{n} 个编码片段；{first}）"),
            UiLanguage::English => {
                format!("{name} ({n} codings; {days} days of work, {first} to {last})")
            }
            UiLanguage::Chinese => {
                format!("{name}（{n} 个编码片段；{first} 至 {last} 共 {days} 天）")
            }
        }
    };
    let coders: Vec<String> = method.coders.iter().map(of_coder).collect();
    let n = method.coders.len();
    match language {
        UiLanguage::English => format!(
            "{n} coders worked on it: {}. They made {codings} codings with a codebook of {codes} codes in {themes} themes; {both} documents were coded by more than one coder. The project's log holds {} steps, {} of them changes of the codebook after coding had begun.",
            coders.join(", "),
            method.entries,
            method.codebook_changes
        ),
        UiLanguage::Chinese => format!(
            "编码员 {n} 名：{}。编码本有 {themes} 个主题、{codes} 个编码，共作出 {codings} 个编码片段；{both} 份文档由一名以上的编码员编码。项目日志有 {} 步，其中编码开始后修改编码本 {} 次。",
            coders.join("、"),
            method.entries,
            method.codebook_changes
        ),
    }
}
