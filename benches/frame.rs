//! One frame of the coding desk, without a window: scrolling, coding and the first display of transcripts of 10,000 to 1,000,000 characters.
#![expect(clippy::unwrap_used, reason = "a failed set-up ends the run")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::{collections::BTreeMap, path::Path, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Event, Modifiers, Pos2, RawInput, Rect, vec2};
use tain::{
    app::{
        Session, action::Action, edit::find_or_add::CreateCodes, identity::Host,
        import::PathPatterns,
    },
    gui::{Gui, Start, UiLanguage},
    import::{DocumentOptions, SourceFile, read_document},
    model::text::TextRange,
};

/// A coding for each 100 characters, by four coders in turn.
const CHARS_A_CODING: usize = 100;

fn world() -> Host {
    Host {
        now_millis: Box::new(|| 1_750_000_000_000),
        chance: 1,
        random: || Some([7; 64]),
        installation: "bench".to_owned(),
    }
}

/// An interview of so many characters, half in Chinese.
fn transcript(chars: usize) -> String {
    let mut text = String::new();
    let mut written = 0;
    for turn in 0.. {
        let line = if turn % 2 == 0 {
            format!(
                "Child: I keep my hand down because the teacher thinks I don't know it, number {turn}. At home she says I believe in you.\n\n"
            )
        } else {
            format!(
                "小远：他们觉得我家没钱，在𠮷祥面馆笑我，第{turn}次。我回家念给奶奶听，她笑得眼睛都没了，可是妈妈说我有自信。\n\n"
            )
        };
        written += line.chars().count();
        text.push_str(&line);
        if written >= chars {
            break;
        }
    }
    text
}

/// A project with one interview, coded densely by four coders.
fn project(path: &Path, chars: usize) {
    let mut session = Session::create(path, "Bench", "An", world()).unwrap();
    let file = SourceFile {
        path: "Long.txt".to_owned(),
        bytes: transcript(chars).into_bytes(),
    };
    session
        .add_documents(
            vec![read_document(file, &DocumentOptions::default()).unwrap()],
            &PathPatterns::default(),
        )
        .unwrap();
    for coder in ["Bo", "Chen", "Dana"] {
        session.run(Action::AddCoder(coder.to_owned())).unwrap();
    }
    let length = session
        .project()
        .documents
        .values()
        .next()
        .unwrap()
        .len_chars() as usize;
    let mut codings = "coder,document,start,end,code\n".to_owned();
    for index in 0..chars / CHARS_A_CODING {
        let start = index * CHARS_A_CODING % (length - 400);
        let (coder, end) = (
            ["An", "Bo", "Chen", "Dana"][index % 4],
            start + 40 + index * 37 % 300,
        );
        codings.push_str(&format!(
            "{coder},Long,{start},{end},Theme {}/Code {}\n",
            index % 8,
            index % 56
        ));
    }
    session
        .import_codings("codings.csv", codings.into_bytes(), CreateCodes::Yes)
        .unwrap();
    session.save_checkpoint().unwrap();
}

/// A window without a window.
struct Bench {
    ctx: Context,
    gui: Gui,
    seconds: f64,
}

impl Bench {
    fn open(path: &Path) -> Self {
        let ctx = Context::default();
        let home = path.parent().map(|folder| folder.join("home"));
        let start = Start {
            project: Some(path.to_owned()),
            language: Some(UiLanguage::English),
            dark: Some(false),
            home,
            ..Start::default()
        };
        let gui = Gui::new(&ctx, start, Box::new(world));
        Self {
            ctx,
            gui,
            seconds: 0.0,
        }
    }

    /// Runs a frame and makes its triangles; gives how many.
    fn frame(&mut self, events: Vec<Event>) -> usize {
        self.seconds += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0))),
            time: Some(self.seconds),
            events,
            ..RawInput::default()
        };
        let output = self.ctx.run_ui(input, |ui| self.gui.frame(ui));
        self.ctx
            .tessellate(output.shapes, output.pixels_per_point)
            .len()
    }

    fn wheel(points: f32) -> Event {
        Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
            source: egui::MouseWheelSource::Wheel,
        }
    }
}

fn benches(criterion: &mut Criterion) {
    if std::env::args().any(|argument| argument == "typing") {
        named_project(criterion);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for chars in [10_000, 100_000, 1_000_000] {
        let path = folder.path().join(format!("{chars}.tain"));
        project(&path, chars);
        // Budget: 16 ms, whatever the length.
        criterion.bench_function(&format!("first two frames, {chars} characters"), |bench| {
            bench.iter_with_setup(
                || Bench::open(&path),
                |mut bench| (bench.frame(vec![]), bench.frame(vec![])),
            );
        });
        let mut bench_window = Bench::open(&path);
        for _ in 0..400 {
            bench_window.frame(vec![Event::PointerMoved(Pos2::new(600.0, 400.0))]);
        }
        // Budget: 4 ms at the 99th percentile, whatever the length.
        criterion.bench_function(&format!("a frame at rest, {chars} characters"), |bench| {
            bench.iter(|| bench_window.frame(vec![]));
        });
        let mut down = 0u32;
        criterion.bench_function(
            &format!("a frame of scrolling, {chars} characters"),
            |bench| {
                bench.iter(|| {
                    down += 1;
                    bench_window.frame(vec![Bench::wheel(if (down / 40).is_multiple_of(2) {
                        -300.0
                    } else {
                        300.0
                    })])
                });
            },
        );
        drop(bench_window);
        gesture(criterion, &path, &format!("{chars} characters"));
    }
    named_project(criterion);
}

/// The same in a project of the user's, which is copied first: `TAIN_BENCH_PROJECT=l.tain cargo bench --bench frame -- named`.
fn named_project(criterion: &mut Criterion) {
    let Some(named) = std::env::var_os("TAIN_BENCH_PROJECT") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("named.tain");
    std::fs::copy(named, &path).unwrap();
    if std::env::args().any(|argument| argument == "typing") {
        typing(&path);
        return;
    }
    criterion.bench_function("first two frames, named project", |bench| {
        bench.iter_with_setup(
            || Bench::open(&path),
            |mut bench| (bench.frame(vec![]), bench.frame(vec![])),
        );
    });
    let mut window = Bench::open(&path);
    for _ in 0..40 {
        window.frame(vec![]);
    }
    criterion.bench_function("a frame at rest, named project", |bench| {
        bench.iter(|| window.frame(vec![]));
    });
    window.frame(vec![Event::PointerMoved(Pos2::new(600.0, 400.0))]);
    criterion.bench_function("a frame of scrolling, named project", |bench| {
        bench.iter(|| window.frame(vec![Bench::wheel(-300.0)]));
    });
    drop(window);
    gesture(criterion, &path, "named project");
}

/// A query typed letter by letter on the search page, six frames to a letter: the longest frame tells whether one is dropped.
///
/// `TAIN_BENCH_PROJECT=l.tain cargo bench --bench frame -- typing`.
fn typing(path: &Path) {
    let ctx = Context::default();
    let home = path.parent().map(|folder| folder.join("home"));
    let view = Some(tain::gui::View::Search);
    let start = Start {
        project: Some(path.to_owned()),
        view,
        language: Some(UiLanguage::English),
        dark: Some(false),
        home,
        ..Start::default()
    };
    let mut window = Bench {
        gui: Gui::new(&ctx, start, Box::new(world)),
        ctx,
        seconds: 0.0,
    };
    // The index is built first, so that its job doesn't share the cores.
    for _ in 0..1500 {
        window.gui.between_frames(&window.ctx);
        window.frame(vec![]);
        std::thread::sleep(Duration::from_millis(16));
    }
    let mut times = Vec::new();
    for query in ["teacher OR mother", " school", " shame*"] {
        for letter in query.chars() {
            for step in 0..6 {
                let events = if step == 0 {
                    vec![Event::Text(letter.to_string())]
                } else {
                    Vec::new()
                };
                let begun = std::time::Instant::now();
                window.gui.between_frames(&window.ctx);
                window.frame(events);
                times.push(begun.elapsed());
                std::thread::sleep(Duration::from_millis(16).saturating_sub(begun.elapsed()));
            }
        }
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!(
        "typing a query: {} frames, median {:.2} ms, 99 % below {:.2} ms, longest {:.2} ms",
        times.len(),
        at(50),
        at(99),
        at(100)
    );
}

/// A coding made, stored and shown.
fn gesture(criterion: &mut Criterion, path: &Path, what: &str) {
    let mut window = Bench::open(path);
    window.frame(vec![]);
    let session = window.gui.session().unwrap();
    let open = session.project().documents_in_order()[0];
    let (document, chars) = (open.id, open.len_chars());
    let code = *session.project().codebook.codes.keys().next().unwrap();
    let before = session.project().coding_count();
    let mut at = 0;
    // Budget: 16 ms and the disk's own sync.
    criterion.bench_function(
        &format!("apply a code, store it, repaint, {what}"),
        |bench| {
            bench.iter(|| {
                at += 1;
                let start = at * 7 % chars.saturating_sub(40).max(1);
                let range = TextRange::between(start, start + 10 + at * 7 / chars.max(1) % 20);
                window.gui.act(Action::ApplyCode {
                    document,
                    range,
                    code,
                    facets: BTreeMap::new(),
                    about: Default::default(),
                });
                window.frame(vec![])
            });
        },
    );
    assert!(
        at == 0 || window.gui.session().unwrap().project().coding_count() > before,
        "codes were applied"
    );
}

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
    targets = benches
}
criterion_main!(all);
