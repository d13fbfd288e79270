//! The names of codes, facets, phases and attributes in Chinese: in every view with each of its choices, in reports and in exports.

use std::{collections::BTreeSet, process::Command, sync::Arc};

use tain::{
    app::{Session, jobs::JobControl, sample},
    message::language::UiLanguage,
    model::{
        Project, attribute::AttributeValue, document::Document, facet::FacetKind,
        localized::Language,
    },
    picture::{Picture, Shape},
    report::{compose::ReportOptions, document::Block},
    store::Access,
    table::Table,
    views::{
        AnalysisView, Source, VIEWS,
        control::{Control, ControlContext},
        settings::{QuestionSettings, ViewSettings},
    },
};

use crate::world::world;

const LANGUAGE: UiLanguage = UiLanguage::Chinese;

fn sample_study() -> (Session, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = sample::build(folder.path(), &|| world(5)).unwrap();
    let session = Session::open(&path, Access::Read, world(6)).unwrap();
    (session, folder)
}

/// The English names of what has a Chinese one, except those that a value in free words or a document has too.
struct EnglishNames {
    names: BTreeSet<String>,
    titles: Vec<String>,
}

impl EnglishNames {
    fn of(project: &Project) -> Self {
        let mut all = Vec::new();
        for code in project.codebook.codes.values() {
            all.push(code.name.clone());
            for facet in &code.facets {
                all.push(facet.name.clone());
                if let FacetKind::Category(values) = &facet.kind {
                    all.extend(values.clone());
                }
            }
        }
        all.extend(project.phases.values().map(|phase| phase.localized()));
        for attribute in project.attributes.values() {
            all.push(attribute.localized());
            let categories = attribute.kind.categories().iter();
            let values = categories.map(|name| AttributeValue::Category(name.clone()));
            all.extend(values.map(|value| attribute.localized_value(&value)));
        }
        let untranslated: Vec<&str> = all
            .iter()
            .filter(|name| !name.translations.contains_key(&Language::ZH))
            .map(|name| name.text.as_str())
            .collect();
        assert!(untranslated.is_empty(), "{untranslated:?}");
        let values: BTreeSet<String> = project
            .cases
            .values()
            .flat_map(|case| case.values.values())
            .filter(|value| matches!(value, AttributeValue::Text(_)))
            .map(|value| value.to_text())
            .collect();
        let mut titles: Vec<String> = project
            .documents
            .values()
            .map(|document| document.title.clone())
            .collect();
        titles.push(project.title.clone());
        // Names that people bear stay as they are, also where a line is broken within one: "Ada's aunt".
        let people: Vec<&str> = project
            .cases
            .values()
            .map(|case| case.name.as_str())
            .collect();
        Self {
            names: all
                .into_iter()
                .map(|name| name.text)
                .filter(|name| values.iter().all(|value| !value.contains(name)))
                .filter(|name| people.iter().all(|own| !own.contains(name)))
                .collect(),
            titles,
        }
    }

    /// Says which name stands in a text as a word.
    fn within(&self, text: &str) -> Option<&str> {
        let mut text = text.to_owned();
        for title in &self.titles {
            text = text.replace(title, "");
        }
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let stands = |name: &str| {
            let around: Vec<&str> = text.split(name).collect();
            around.windows(2).any(|sides| {
                !is_letter(sides[0].chars().next_back()) && !is_letter(sides[1].chars().next())
            })
        };
        self.names
            .iter()
            .map(String::as_str)
            .find(|name| stands(name))
    }

    fn check<'a>(&self, place: &str, texts: impl IntoIterator<Item = &'a str>) {
        for text in texts {
            if let Some(name) = self.within(text) {
                panic!("{place}: “{name}” in “{text}”");
            }
        }
    }
}

fn texts_of_table(table: &Table, with_rows: bool) -> Vec<&str> {
    let mut texts = vec![&*table.title, &*table.rule, &*table.corner];
    texts.extend(table.columns.iter().map(|head| head.text.as_str()));
    texts.extend(table.notes.iter().map(String::as_str));
    for row in table.rows.iter().chain(&table.foot) {
        if with_rows {
            texts.push(&row.head.text);
        }
        for cell in &row.cells {
            texts.extend([cell.text.as_str(), cell.why.as_str()]);
        }
    }
    texts
}

fn texts_of_picture(picture: &Picture, with_labels: bool) -> Vec<&str> {
    let mut texts = vec![picture.says.as_str()];
    for shape in &picture.shapes {
        if let Shape::Text { text, .. } = shape
            && with_labels
        {
            texts.push(text);
        }
    }
    texts
}

fn context<'a>(project: &'a Project, groups: &'a [String]) -> ControlContext<'a> {
    ControlContext {
        project,
        groups,
        language: LANGUAGE,
    }
}

/// The question as it is at first, and with each choice of each list.
fn questions(view: &dyn AnalysisView, project: &Project) -> Vec<QuestionSettings> {
    let mut questions = vec![QuestionSettings::default()];
    for control in view.controls(&ViewSettings::default(), &context(project, &[])) {
        if let Control::List { options, .. } | Control::Segmented(options) = control {
            for option in options {
                let mut settings = ViewSettings::default();
                (option.choose)(&mut settings);
                if !questions.contains(&settings.question) {
                    questions.push(settings.question);
                }
            }
        }
    }
    questions
}

#[test]
fn every_view_says_names_in_chinese() {
    let (session, _folder) = sample_study();
    let project = Arc::clone(session.project());
    let english = EnglishNames::of(&project);
    let load = |document: &Document| session.content(document).ok();
    let source = Source::new(&project, &load);
    for view in VIEWS {
        // The words of a table of words are the participants'.
        let is_of_words = view.id() == "words";
        for question in questions(view, &project) {
            let finding = view.answer(&question, &source, &mut |_, _| true);
            let finding = finding.unwrap();
            let table = finding.table(&project, LANGUAGE);
            english.check(view.id(), texts_of_table(&table, !is_of_words));
            for picture in finding.charts(&project, LANGUAGE, None) {
                english.check(view.id(), texts_of_picture(&picture, !is_of_words));
            }
            let groups = finding.groups(LANGUAGE);
            let settings = ViewSettings {
                question,
                ..ViewSettings::default()
            };
            for control in view.controls(&settings, &context(&project, &groups)) {
                let (name, options) = match control {
                    Control::List { name, options } => (name, options),
                    Control::Segmented(options) => (String::new(), options),
                    _ => continue,
                };
                let options = options.iter().map(|option| option.text.as_str());
                english.check(view.id(), options.chain([name.as_str()]));
            }
        }
    }
}

#[test]
fn a_report_says_names_in_chinese() {
    let (session, _folder) = sample_study();
    let english = EnglishNames::of(session.project());
    let options = ReportOptions {
        language: LANGUAGE,
        with_names: true,
        ..ReportOptions::default()
    };
    let material = session.report_material().unwrap();
    let story = material.story(&options, &JobControl::default()).unwrap();
    for block in &story.blocks {
        let texts = match block {
            Block::Heading(_, text) | Block::Text(text) | Block::Note(text) => vec![text.as_str()],
            Block::Table(table) => texts_of_table(table, true),
            Block::Chart(picture) => texts_of_picture(picture, true),
            Block::Quote { reference, .. } => vec![reference.as_str()],
        };
        english.check("report", texts);
    }
}

#[test]
fn exports_for_people_say_names_in_the_language_asked_for_and_sheets_keep_the_main_ones() {
    let (session, folder) = sample_study();
    drop(session);
    let export = |what: &str, file: &str, language: &str| {
        let file = folder.path().join(file);
        let done = Command::new(env!("CARGO_BIN_EXE_tain"))
            .arg("export")
            .arg(folder.path().join("i-believe-i-can.tain"))
            .arg("-o")
            .arg(&file)
            .args(["--what", what, "--language", language])
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        std::fs::read_to_string(file).unwrap()
    };
    let margin = export("transcripts", "zh.html", "zh");
    assert!(margin.contains("评价者：同伴") && margin.contains(" · 前测 · "));
    let margin = export("transcripts", "en.html", "en");
    assert!(margin.contains("appraiser: peers") && margin.contains(" · baseline · "));
    assert!(export("quotations", "quotes.html", "zh").contains("，前测，"));
    for what in ["cases", "documents", "codings"] {
        let name = |language| format!("{what}-{language}.csv");
        assert_eq!(
            export(what, &name("zh"), "zh"),
            export(what, &name("en"), "en")
        );
    }
}
