//! Speed of what users wait for, on a generated project of 300 interviews; budgets stand beside each bench, figures in `benches/README.md`.
#![expect(clippy::unwrap_used, reason = "a failed set-up ends the run")]

use std::{collections::BTreeMap, hint::black_box, path::Path, sync::Arc};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use tain::{
    analysis::frequency::{Columns, FrequencyOptions, Measure, Rows, frequency},
    app::{
        Session, action::Action, edit::find_or_add::CreateCodes, identity::Host,
        import::PathPatterns,
    },
    import::{DocumentOptions, ImportedDocument, SourceFile, read_document},
    model::text::TextRange,
    search::{Corpus, Index, Request, search},
    store::Access,
};

const DOCUMENTS: usize = 300;
const CODINGS_EACH: usize = 100;

fn world() -> Host {
    Host {
        now_millis: Box::new(|| 1_750_000_000_000),
        chance: 1,
        random: || Some([7; 64]),
        installation: "bench".to_owned(),
    }
}

/// An interview of about 8,000 words, every third in Chinese.
fn transcript(number: usize) -> SourceFile {
    let (ask, answer, line, reply) = if number.is_multiple_of(3) {
        (
            "访谈者",
            "孩子",
            "你能多说一点学校的事情吗？",
            "我觉得老师不太看我，可是妈妈说我有自信，回家我念给奶奶听，她笑了。",
        )
    } else {
        (
            "Interviewer",
            "Child",
            "Can you tell me more about school?",
            "I keep my hand down because the teacher thinks I don't know it, but at home my mother says I believe in you.",
        )
    };
    let mut text = format!("F{:04} {number}\n\n", number / 9);
    for turn in 0..330 {
        text.push_str(&format!(
            "{ask} [00:{:02}:{:02}]: {line} {turn}\n\n{answer}: {reply} {number} {turn}\n\n",
            turn / 60,
            turn % 60
        ));
    }
    SourceFile {
        path: format!("F{:04} {number}.txt", number / 9),
        bytes: text.into_bytes(),
    }
}

fn documents() -> Vec<ImportedDocument> {
    (0..DOCUMENTS)
        .map(|number| read_document(transcript(number), &DocumentOptions::default()).unwrap())
        .collect()
}

fn project(path: &Path) -> Session {
    let mut session = Session::create(path, "Bench", "Ana", world()).unwrap();
    session
        .add_documents(documents(), &PathPatterns::default())
        .unwrap();
    let mut links = "document,case\n".to_owned();
    let mut codings = "coder,document,start,end,code\n".to_owned();
    for number in 0..DOCUMENTS {
        let title = format!("F{:04} {number}", number / 9);
        links.push_str(&format!("{title},F{:04}\n", number / 9));
        for coding in 0..CODINGS_EACH {
            let start = 60 + coding * 130;
            codings.push_str(&format!(
                "Ana,{title},{start},{},Theme {}/Code {}\n",
                start + 40 + coding % 90,
                coding % 8,
                coding % 56
            ));
        }
    }
    session
        .import_document_sheet("documents.csv", links.into_bytes())
        .unwrap();
    session
        .import_codings("codings.csv", codings.into_bytes(), CreateCodes::Yes)
        .unwrap();
    session.save_checkpoint().unwrap();
    session
}

fn benches(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.tain");
    let mut session = project(&path);
    let snapshot = Arc::clone(session.project());

    // Budget: 0.35 s CPU for 184 MB, so 2 ms a MB.
    let file = transcript(1);
    criterion.bench_function("read one transcript (70 kB)", |bench| {
        bench.iter_batched(
            || file.clone(),
            |file| read_document(file, &DocumentOptions::default()).unwrap(),
            BatchSize::SmallInput,
        );
    });

    // Budget: 50 ms at 300,000 codings, so 5 ms here.
    criterion.bench_function("open (30,000 codings)", |bench| {
        bench.iter(|| Session::open(&path, Access::Read, world()).unwrap());
    });

    // Budget: 0.3 ms and one fdatasync, the same at any size.
    let document = *snapshot.documents.keys().next().unwrap();
    let code = *snapshot.codebook.codes.keys().next().unwrap();
    let mut at = 0;
    criterion.bench_function("one coding, durable", |bench| {
        bench.iter(|| {
            at += 1;
            let range = TextRange::between(at % 20_000, at % 20_000 + 1 + at / 20_000);
            session
                .run(Action::ApplyCode {
                    document,
                    range,
                    code,
                    facets: BTreeMap::new(),
                    about: Default::default(),
                })
                .unwrap()
        });
    });

    // Budget: 1 ms at 300,000 codings.
    for (name, rows, roll_up) in [
        ("code x family", Rows::Family, false),
        ("code x family, rolled up", Rows::Family, true),
    ] {
        let options = FrequencyOptions {
            rows,
            columns: Columns::Codes,
            measure: Measure::Codings,
            roll_up,
            ..FrequencyOptions::default()
        };
        criterion.bench_function(&format!("{name} (30,000 codings)"), |bench| {
            bench.iter(|| frequency(&snapshot, black_box(&options), &|_| None));
        });
    }

    // Budget: 15 ms for a frequent word, 10 ms for a phrase at 30 M words.
    let texts = Arc::clone(session.texts());
    let load = |document: &tain::model::document::Document| texts.content(document).ok();
    let corpus = Corpus {
        project: &snapshot,
        load: &load,
    };
    let index = Index::in_memory().unwrap();
    index.update(&corpus, &mut |_| true).unwrap();
    for query in ["teacher", "自信", "\"keep my hand\"", "believ*"] {
        let request = Request {
            text: query.to_owned(),
            limit: 50,
            ..Request::default()
        };
        criterion.bench_function(&format!("search {query}"), |bench| {
            bench.iter(|| search(&corpus, Some(&index), black_box(&request)).unwrap());
        });
    }
}

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(20).measurement_time(std::time::Duration::from_secs(3)).warm_up_time(std::time::Duration::from_secs(1));
    targets = benches
}
criterion_main!(all);
