//! What a whole report says, and in which order.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    document::{Block, ReportDocument},
    pseudonyms::Pseudonyms,
};
use crate::table::{Arrangement, Cell, CellKind, Head, Row, Table};
use crate::views::{
    balance, change as changed,
    inquiry::{Across, Inquiry, answer, ends},
    wording,
};
use crate::{
    analysis::{
        change, cooccurrence,
        frequency::{Columns, Filter, FrequencyOptions, Loader, Measure, Rows},
        informants::strengths_and_problems,
        saturation,
        scales::{first_phase, scores},
    },
    message::language::UiLanguage,
    model::{
        Project,
        attribute::{AttributeOf, AttributeValue},
        case::CaseKind,
        code::Code,
        document::Document,
        ids::{CaseId, CoderId},
    },
};

/// Quotations of each code.
const QUOTES: usize = 2;
/// Longest quotation, in characters.
const LONGEST: usize = 280;

/// What the log tells of how the study was coded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Method {
    /// Entries of the log.
    pub entries: usize,
    /// First and last day of work, year-month-day.
    pub days: Option<(String, String)>,
    /// For each coder, on how many days, and the first and last of them.
    pub coders: Vec<(CoderId, usize, String, String)>,
    /// How often the codebook was changed after the first coding.
    pub codebook_changes: usize,
}

/// How a report is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In which language.
    pub language: UiLanguage,
    /// Whether names stay as they are; otherwise references stand for them.
    pub with_names: bool,
}

/// Writes the report of a project; `progress` is asked between its parts, and when it says no there is none.
pub fn compose(
    project: &Arc<Project>,
    method: &Method,
    load: &Loader<'_>,
    wanted: Wanted,
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

    /// Answers a question, and shows its table and the charts wanted of it.
    fn inquiry(&mut self, inquiry: &Inquiry, table: bool, charts: impl Fn(usize) -> bool) {
        let Some(finding) = answer(self.project, inquiry, self.load, &mut |_, _| true) else {
            return;
        };
        if table {
            let sheet = finding.sheet(self.project, self.language);
            if !sheet.rows.is_empty() {
                self.blocks.push(Block::Table(sheet));
            }
        }
        let pictures = finding.pictures(self.project, self.language, None);
        self.blocks.extend(
            pictures
                .into_iter()
                .enumerate()
                .filter(|(number, _)| charts(*number))
                .map(|(_, picture)| Block::Chart(picture)),
        );
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
        let (project, language) = (self.project, self.language);
        if project.cases.is_empty() {
            return;
        }
        self.heading(1, "Cases", "个案");
        let named = |name: &str| matches!(name.to_lowercase().as_str(), "name" | "姓名" | "名字");
        let items: std::collections::BTreeSet<_> = project
            .scales
            .values()
            .flat_map(crate::model::scale::Scale::attributes)
            .collect();
        let attributes: Vec<_> = project
            .attributes_in_order()
            .into_iter()
            .filter(|attribute| {
                attribute.of == AttributeOf::Cases && !items.contains(&attribute.id)
            })
            .filter(|attribute| !(self.pseudonyms.is_some() && named(&attribute.name)))
            .collect();
        let mut columns = vec![(None, None, Head::plain(language.pick("CellKind", "类型")))];
        for attribute in &attributes {
            if attribute.per_phase {
                for phase in project.phases_in_order() {
                    let used = project
                        .cases
                        .values()
                        .any(|case| case.values.contains_key(&(attribute.id, Some(phase.id))));
                    columns.extend(used.then(|| {
                        (
                            Some(attribute.id),
                            Some(phase.id),
                            Head::plain(format!("{} · {}", attribute.name, phase.name)),
                        )
                    }));
                }
            } else {
                columns.push((Some(attribute.id), None, Head::plain(&attribute.name)));
            }
        }
        let line = |(depth, case): (usize, &Arc<crate::model::case::Case>)| {
            let value = |(attribute, phase, _): &(Option<_>, Option<_>, Head)| match attribute {
                None => Cell::words(kind_of_case(&case.kind, language)),
                Some(attribute) => case
                    .values
                    .get(&(*attribute, *phase))
                    .map_or_else(Cell::default, |value| {
                        Cell::words(value_in_words(value, language))
                    }),
            };
            Row {
                head: Head {
                    text: case.name.clone(),
                    depth,
                    hue: None,
                },
                cells: columns.iter().map(value).collect(),
            }
        };
        let rows = project.cases_in_order().into_iter().map(line).collect();
        let sheet = Table {
            title: language
                .pick("Cases and their attributes", "个案及其属性")
                .to_owned(),
            corner: language.pick("Case", "个案").to_owned(),
            rows,
            columns: columns.into_iter().map(|(.., head)| head).collect(),
            ..Table::default()
        };
        self.blocks.push(Block::Table(sheet));
    }

    fn themes(&mut self) {
        self.heading(1, "Themes across families", "各家庭的主题");
        let options = |columns: Columns| FrequencyOptions {
            rows: Rows::Family,
            columns,
            measure: Measure::Codings,
            roll_up: true,
            filter: Filter::default(),
        };
        self.inquiry(
            &Inquiry::Frequency(options(Columns::Themes), Across::Codes),
            true,
            |chart| chart != 1,
        );
        let Some(crate::views::finding::Finding::Frequency(counted)) = answer(
            self.project,
            &Inquiry::Frequency(options(Columns::Codes), Across::Codes),
            self.load,
            &mut |_, _| true,
        ) else {
            return;
        };
        let sheet = counted
            .sheet(self.project, self.language)
            .arranged(Arrangement {
                hides_empty: true,
                ..Arrangement::default()
            })
            .sheet;
        if sheet.columns.len() > 1 {
            self.blocks
                .push(Block::Table(presence(&sheet, self.language)));
        }
        self.blocks.extend(
            counted
                .pictures(self.project, self.language)
                .into_iter()
                .skip(1)
                .take(1)
                .map(Block::Chart),
        );
    }

    fn programme(&mut self) {
        let project = self.project;
        let Some((from, to)) = ends(project) else {
            return;
        };
        self.heading(1, "Before and after", "前后变化");
        let question = change::ChangeQuestion {
            from,
            to,
            rows: if project
                .cases
                .values()
                .any(|case| case.kind == CaseKind::person())
            {
                Rows::Person
            } else {
                Rows::Family
            },
            measure: Measure::Per1000,
            columns: Columns::Codes,
            scores: scores(project),
            filter: Filter::default(),
        };
        if let Some(finding) = answer(
            project,
            &Inquiry::Change(question),
            self.load,
            &mut |_, _| true,
        ) {
            let sheet = finding.sheet(project, self.language);
            self.blocks.push(Block::Table(sheet));
            self.blocks.extend(
                finding
                    .pictures(project, self.language, None)
                    .into_iter()
                    .map(Block::Chart),
            );
            if let crate::views::finding::Finding::Change(found) = &finding {
                let of_scores = found.of_scores();
                if !of_scores.lines.is_empty() {
                    let mut pairs = changed::pairs(&of_scores, project, self.language)
                        .arranged(Arrangement {
                            hides_empty: true,
                            ..Arrangement::default()
                        })
                        .sheet;
                    pairs.title = self
                        .language
                        .pick("Scores of each person", "每个人的分数")
                        .to_owned();
                    self.blocks.push(Block::Table(pairs));
                }
            }
        }
        if let (false, Some(phase)) = (project.scales.is_empty(), first_phase(project)) {
            self.inquiry(&Inquiry::Scales(phase), true, |_| false);
        }
        self.inquiry(
            &Inquiry::LookingGlass {
                from,
                to,
                filter: Filter::default(),
            },
            false,
            |_| true,
        );
    }

    fn relations(&mut self) {
        let project = self.project;
        self.heading(1, "How themes stand together", "主题之间的关系");
        if let (Some(strengths), Some(problems)) = strengths_and_problems(project) {
            let question = balance::BalanceQuestion {
                strengths,
                problems,
                rows: Rows::Family,
                filter: Filter::default(),
            };
            self.inquiry(&Inquiry::Balance(question), true, |_| true);
        }
        self.inquiry(
            &Inquiry::Cooccurrence(cooccurrence::CooccurrenceOptions {
                characters: true,
                ..cooccurrence::CooccurrenceOptions::default()
            }),
            false,
            |chart| chart == 0,
        );
        if !project.links.is_empty() {
            self.inquiry(&Inquiry::Trace, true, |_| false);
        }
        let summaries = project
            .memos
            .values()
            .any(|memo| matches!(memo.anchor, crate::model::memo::Anchor::Cell(..)));
        if summaries {
            self.inquiry(&Inquiry::Framework(Filter::default()), true, |_| false);
        }
        self.inquiry(
            &Inquiry::Saturation(
                saturation::InterviewOrder::Date,
                crate::statistics::saturation::Rule::default(),
                Filter::default(),
            ),
            false,
            |_| true,
        );
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

    fn quote(&self, document: &Document, range: crate::model::text::TextRange) -> Option<Block> {
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
            let mut say =
                |english: &str, chinese: &str, text: &crate::model::localized::Localized| {
                    let text = text.get(&tag);
                    if !text.trim().is_empty() {
                        let name = language.pick(english, chinese);
                        self.blocks.push(Block::Text(if name.is_empty() {
                            text.to_owned()
                        } else {
                            format!("{name}{text}")
                        }));
                    }
                };
            say("", "", &code.definition);
            say("When to apply: ", "何时使用：", &code.apply_when);
            say("When not to: ", "何时不用：", &code.not_when);
            if let Some(example) = code.examples.first() {
                say("Example: ", "例：", example);
            }
        }
    }
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
    let words = crate::table::grouped(usize::try_from(words).unwrap_or(usize::MAX));
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
