//! Questions to a whole project beside what the bare operation costs in the same run: `memmem` and the regex crate over the same bytes, tantivy's ids.
//!
//! `TAIN_BENCH_PROJECT=l.tain TAIN_BENCH_INDEX=folder cargo bench --bench search`; figures and how the index's folder is found in `benches/README.md`.
//! Without a project it measures a generated one with an index in memory, without the ids.
#![expect(clippy::unwrap_used, reason = "a failed set-up ends the run")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::{
    hint::black_box,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use tain::{
    analysis::code_query::{CodeQuery, Extent},
    app::{
        Session,
        identity::Host,
        import::PathPatterns,
        jobs::JobControl,
        search::{ResultView, SearchQuestion, SearchSource, answer},
    },
    import::{DocumentOptions, SourceFile, read_document},
    model::document::{Content, Document},
    search::{Corpus, Index, Mode, Request, context, search},
    store::Access,
};

/// Runs of each measure, of which the middle one counts.
const RUNS: usize = 7;

fn world() -> Host {
    Host {
        now_millis: Box::new(|| 1_750_000_000_000),
        chance: 1,
        random: || Some([7; 64]),
        installation: "bench".to_owned(),
    }
}

fn median(mut run: impl FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn print(what: &str, time: Duration, note: &str) {
    println!("{what:<58} {:>9.2} ms  {note}", time.as_secs_f64() * 1000.0);
}

/// A project of its own where none is named.
fn generated(folder: &Path) -> Session {
    let mut session = Session::create(&folder.join("bench.tain"), "Bench", "Ana", world()).unwrap();
    let file = |number: usize| {
        let line = |turn: usize| {
            format!(
                "Interviewer: Tell me more about school, {turn}?\n\nChild: The teacher thinks I don't know it. 老师说我有自信。{number}\n\n"
            )
        };
        let text: String = (0..200).map(line).collect();
        SourceFile {
            path: format!("F{number:04}.txt"),
            bytes: text.into_bytes(),
        }
    };
    let documents = (0..200)
        .map(|number| read_document(file(number), &DocumentOptions::default()).unwrap())
        .collect();
    session
        .add_documents(documents, &PathPatterns::default())
        .unwrap();
    session
}

/// What tantivy alone needs to name the turns of a word.
fn ids_alone(folder: &Path, word: &str) {
    let engine = tantivy::Index::open_in_dir(folder).unwrap();
    let text = engine.schema().get_field("text").unwrap();
    let searcher = engine.reader().unwrap().searcher();
    let term = tantivy::query::TermQuery::new(
        tantivy::Term::from_field_text(text, word),
        tantivy::schema::IndexRecordOption::Basic,
    );
    let mut count = 0;
    let time = median(|| {
        count = searcher
            .search(black_box(&term), &tantivy::collector::DocSetCollector)
            .unwrap()
            .len();
    });
    print(
        &format!("limit: tantivy's ids of `{word}`"),
        time,
        &format!("{count} turns"),
    );
}

fn main() {
    let named = std::env::var_os("TAIN_BENCH_PROJECT").map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let session = match &named {
        Some(path) => Session::open(path, Access::Read, world()).unwrap(),
        None => generated(folder.path()),
    };
    let project = Arc::clone(session.project());
    let texts = Arc::clone(session.texts());
    let load = |document: &Document| texts.content(document).ok();
    let corpus = Corpus {
        project: &project,
        load: &load,
    };
    let index_folder = std::env::var_os("TAIN_BENCH_INDEX").map(PathBuf::from);
    let index = match &index_folder {
        Some(folder) => Index::open(folder).unwrap(),
        None => {
            let index = Index::in_memory().unwrap();
            index.update(&corpus, &mut |_| true).unwrap();
            index
        }
    };
    let contents: Vec<Arc<Content>> = project
        .documents_in_order()
        .into_iter()
        .filter_map(|document| load(document))
        .collect();
    let bytes: usize = contents
        .iter()
        .map(|content| content.text.as_str().len())
        .sum();
    println!(
        "{} documents, {:.1} MB, {} codings, index fits: {}\n",
        contents.len(),
        bytes as f64 / 1e6,
        project.coding_count(),
        index.fits(&project)
    );

    limits(&contents, index_folder.as_deref());
    let measured = Measured {
        corpus,
        index: &index,
    };
    measured.queries();
    measured.everything();
    let asked = SearchSource {
        project: Arc::clone(&project),
        texts: Arc::clone(&texts),
        index: Some(Arc::new(index)),
    };
    answers(&asked);
    code_queries(&project, &load);
}

/// What the bare operations cost.
fn limits(contents: &[Arc<Content>], index: Option<&Path>) {
    let count = |finder: &dyn Fn(&str) -> usize| {
        contents
            .iter()
            .map(|content| finder(content.text.as_str()))
            .sum::<usize>()
    };
    for word in ["teacher", "自信"] {
        let finder = memchr::memmem::Finder::new(word);
        let mut found = 0;
        let time = median(|| found = count(&|text| finder.find_iter(text.as_bytes()).count()));
        print(
            &format!("limit: memmem of `{word}`, one core"),
            time,
            &format!("{found} places"),
        );
    }
    let pattern = regex::RegexBuilder::new("inter[a-z]*ion")
        .case_insensitive(true)
        .multi_line(true)
        .build()
        .unwrap();
    let mut found = 0;
    let time = median(|| found = count(&|text| pattern.find_iter(text).count()));
    print(
        "limit: the regex crate, inter[a-z]*ion, one core",
        time,
        &format!("{found} places"),
    );
    if let Some(folder) = index {
        ids_alone(folder, "teacher");
    }
    println!();
}

fn ask(text: &str, mode: Mode, limit: usize) -> Request {
    Request {
        text: text.to_owned(),
        mode,
        limit,
        ..Request::default()
    }
}

/// What is measured.
struct Measured<'a> {
    corpus: Corpus<'a>,
    index: &'a Index,
}

impl Measured<'_> {
    fn queries(&self) {
        for (name, text) in [
            ("frequent word", "teacher"),
            ("rare word", "kaleidoscope"),
            ("phrase", "\"my teacher\""),
            ("Chinese phrase", "自信"),
            ("prefix", "confid*"),
            ("near in words", "teacher NEAR/5 mother"),
            ("near in turns", "teacher NEAR/1turns shame*"),
            ("one letter wrong", "techer~1"),
            ("pinyin", "zixin"),
            ("speaker and word", "speaker:Mother teacher"),
        ] {
            let request = ask(text, Mode::Words, 50);
            let mut said = String::new();
            let time = median(|| {
                said = match search(&self.corpus, Some(self.index), black_box(&request)) {
                    Ok(outcome) => format!(
                        "50 of {} hits in {} documents",
                        outcome.total, outcome.documents
                    ),
                    Err(error) => error.to_string(),
                }
            });
            print(&format!("{name}: {text}"), time, &said);
        }
    }

    fn everything(&self) {
        let request = ask("teacher", Mode::Words, usize::MAX);
        let (mut contexts, mut found) = (0, 0);
        let time = median(|| {
            let outcome = search(&self.corpus, Some(self.index), &request).unwrap();
            contexts = 0;
            for of_document in outcome.hits.chunk_by(|a, b| a.document == b.document) {
                let content = of_document.first().and_then(|hit| {
                    (self.corpus.load)(&self.corpus.project.documents[&hit.document])
                });
                contexts += content.map_or(0, |content| {
                    of_document
                        .iter()
                        .map(|hit| usize::from(!context(&content, hit, 40).hit.is_empty()))
                        .sum()
                });
            }
        });
        print(
            "all contexts of a word: teacher",
            time,
            &format!("{contexts} contexts"),
        );
        let request = ask("inter[a-z]*ion", Mode::Regex, 50);
        let time = median(|| found = search(&self.corpus, None, &request).unwrap().total);
        print(
            "pattern over everything: inter[a-z]*ion",
            time,
            &format!("{found} hits"),
        );
        println!();
    }
}

/// The search page's answers, as its job makes them.
fn answers(asked: &SearchSource) {
    for (name, sight) in [
        ("concordance", ResultView::Hits),
        ("collocates", ResultView::Collocates),
        ("word tree", ResultView::Tree { before: false }),
        ("spread", ResultView::Spread),
    ] {
        let question = SearchQuestion {
            request: ask("teacher", Mode::Words, 200_000),
            view: sight,
            window: 5,
            ..SearchQuestion::default()
        };
        let time = median(|| {
            black_box(answer(asked, &question, &JobControl::default()).unwrap());
        });
        print(
            &format!("the page's answer in its job: {name} of `teacher`"),
            time,
            "",
        );
    }
}

fn code_queries(project: &tain::model::Project, load: &dyn Fn(&Document) -> Option<Arc<Content>>) {
    let mut codes: Vec<String> = project
        .codebook
        .codes
        .values()
        .map(|code| project.codebook.path(code.id))
        .collect();
    codes.sort_by_key(|path| std::cmp::Reverse(path.len()));
    if let [one, other, ..] = codes.as_slice() {
        println!();
        for query in [
            format!("\"{one}\" AND \"{other}\""),
            format!("\"{one}\" NOT \"{other}\""),
            format!("\"{one}\" NEAR/1turns \"{other}\""),
            format!("\"{one}\" NEAR/20words \"{other}\""),
            format!("\"{one}\" BEFORE \"{other}\""),
        ] {
            let understood = CodeQuery::parse(&query, project).unwrap();
            let mut passages = 0;
            let time = median(|| {
                passages = understood
                    .passages(project, load, Extent::Intersection)
                    .len();
            });
            print(&query, time, &format!("{passages} passages"));
        }
    }
}
