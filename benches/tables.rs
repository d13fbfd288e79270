//! Tables over a whole corpus in an open project: each figure the middle of several runs, beside the bare operation in the same run.
//!
//! `TAIN_BENCH_PROJECT=l.tain cargo bench --bench tables`.
#![expect(clippy::unwrap_used, reason = "a failed set-up ends the run")]
#![expect(clippy::print_stdout, reason = "figures are printed")]

use std::{
    collections::BTreeMap,
    hint::black_box,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use tain::{
    analysis::{
        cooccurrence::{self, cooccurrence},
        frequency::{Columns, Filter, FrequencyOptions, Measure, Rows, figures, frequency},
        ledger::Ledger,
        saturation,
    },
    app::{Session, identity::Host},
    message::language::UiLanguage,
    model::{coding::Coding, document::Document},
    statistics::saturation::Rule,
    store::Access,
    views::{
        Source,
        finding::Finding as _,
        frequency::{Across, count_frequencies},
    },
};

const RUNS: usize = 7;

/// The middle of several runs, printed.
fn timed<T>(name: &str, mut work: impl FnMut() -> T) {
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        black_box(work());
        times.push(start.elapsed());
    }
    times.sort();
    println!("{name:<58} {:>9.2} ms", times[RUNS / 2].as_secs_f64() * 1e3);
}

#[expect(clippy::too_many_lines, reason = "one measurement after the other")]
fn main() {
    let Some(path) = std::env::var_os("TAIN_BENCH_PROJECT") else {
        println!("TAIN_BENCH_PROJECT names no project; see benches/README.md");
        return;
    };
    let world = Host {
        now_millis: Box::new(|| 1_750_000_000_000),
        chance: 1,
        random: || Some([7; 64]),
        installation: "bench".to_owned(),
    };
    let session = Session::open(Path::new(&path), Access::Read, world).unwrap();
    let project = Arc::clone(session.project());
    let load = |document: &Document| session.content(document).ok();
    println!(
        "{} documents, {} codings, {} codes",
        project.documents.len(),
        project.coding_count(),
        project.codebook.codes.len()
    );
    limits(&project);
    let table = |rows: Rows, measure: Measure, roll_up: bool| FrequencyOptions {
        rows,
        columns: Columns::Codes,
        measure,
        roll_up,
        filter: Filter::default(),
    };
    let mut ledger = Ledger::default();
    timed("the ledger, read anew", || {
        ledger = Ledger::default();
        ledger.follow(&project);
    });
    for (name, options) in [
        (
            "code x family, codings",
            table(Rows::Family, Measure::Codings, false),
        ),
        (
            "the same rolled up",
            table(Rows::Family, Measure::Codings, true),
        ),
        (
            "code x document",
            table(Rows::Document, Measure::Codings, false),
        ),
        (
            "code x family, families",
            table(Rows::Family, Measure::Cases, false),
        ),
        (
            "code x family, characters",
            table(Rows::Family, Measure::Characters, false),
        ),
        (
            "code x phase, share",
            table(Rows::Phase, Measure::Share, false),
        ),
    ] {
        timed(name, || frequency(&project, &options, &load));
        timed("   its figures by the ledger", || {
            figures(&project, &ledger, &options, &load)
        });
    }
    after_a_coding(
        &project,
        &mut ledger,
        &table(Rows::Family, Measure::Codings, true),
    );
    let together =
        |by: cooccurrence::CooccurrenceUnit, characters: bool| cooccurrence::CooccurrenceOptions {
            by,
            characters,
            ..cooccurrence::CooccurrenceOptions::default()
        };
    timed("co-occurrence, all pairs, overlap", || {
        cooccurrence(
            &project,
            &together(cooccurrence::CooccurrenceUnit::Overlap, false),
            &load,
        )
    });
    timed("the same with Jaccard by characters", || {
        cooccurrence(
            &project,
            &together(cooccurrence::CooccurrenceUnit::Overlap, true),
            &load,
        )
    });
    timed("co-occurrence by document", || {
        cooccurrence(
            &project,
            &together(cooccurrence::CooccurrenceUnit::Document, false),
            &load,
        )
    });
    timed("saturation, without the band", || {
        saturation::course(
            &project,
            &Filter::default(),
            saturation::InterviewOrder::Title,
            Rule::default(),
            &|_| None,
        )
    });
    let options = table(Rows::Family, Measure::Codings, true);
    timed("the page of themes: table, sheet and charts", || {
        let finding = count_frequencies(&Source::new(&project, &load), &options, &Across::Codes);
        (
            finding.table(&project, UiLanguage::English),
            finding.charts(&project, UiLanguage::English, None),
        )
    });
}

/// The table after each of several codings: the ledger follows one document, and all is counted again.
fn after_a_coding(project: &tain::model::Project, ledger: &mut Ledger, options: &FrequencyOptions) {
    let mut project = project.clone();
    let document = project
        .documents
        .keys()
        .nth(project.documents.len() / 2)
        .copied()
        .unwrap();
    timed("one coding less: ledger and figures", || {
        Arc::make_mut(project.documents.get_mut(&document).unwrap())
            .codings
            .pop();
        ledger.follow(&project);
        figures(&project, ledger, options, &|_| None)
    });
}

/// What reading all codings once costs, at least.
fn limits(project: &tain::model::Project) {
    timed("limit: adding up the starts of all codings", || {
        project
            .documents
            .values()
            .flat_map(|document| &document.codings)
            .map(|coding| u64::from(coding.range.start()))
            .sum::<u64>()
    });
    let codes: BTreeMap<_, u16> = project.codebook.codes.keys().copied().zip(0..).collect();
    let number = |coding: &Coding| codes.get(&coding.code).copied().unwrap_or(0);
    let columns: Vec<(u16, u16)> = (0u16..)
        .zip(project.documents.values())
        .flat_map(|(at, document)| document.codings.iter().map(move |coding| (at, coding)))
        .map(|(at, coding)| (at, number(coding)))
        .collect();
    let width = codes.len();
    timed("limit: code x document over columns in memory", || {
        let mut counts = vec![0u32; project.documents.len() * width];
        columns.iter().for_each(|&(document, code)| {
            counts[usize::from(document) * width + usize::from(code)] += 1;
        });
        counts
    });
}
