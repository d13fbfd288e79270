//! The command line: each verb a file, over the same session as the window.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command line is for"
)]

mod asked;
mod attachments;
mod autocode;
mod cases;
mod check;
mod code;
mod codebook;
mod codings;
mod cooccurrence;
mod demo;
mod documents;
mod export;
mod failure;
mod filters;
mod history;
mod import;
mod index;
mod info;
mod manual;
mod memo;
mod new;
mod open;
mod output;
mod phases;
mod report;
mod retrieve;
mod saturation;
mod scale;
mod search;
mod sets;
mod study;
mod suggest;
mod summary;
mod timings;
mod words;

use std::path::PathBuf;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::app::identity::World;
use failure::Failure;

/// Makes what a session takes from the world; called once for each session.
pub type MakeWorld<'a> = &'a dyn Fn() -> World;

/// Code and analyse qualitative interviews.
///
/// Without a command, opens the window; with the path of a project, opens it on that project.
#[derive(Debug, Parser)]
#[command(
    name = "tain",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    /// Project to open in the window
    project: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    window: WindowOptions,
    #[command(flatten)]
    common: Common,
}

/// How the window opens; `scripts/screenshots` uses these.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub struct WindowOptions {
    /// Page to show: read, search, themes, cases, memos
    #[arg(long, hide = true)]
    pub page: Option<String>,
    /// Language of the window: en or zh
    #[arg(long, hide = true)]
    pub language: Option<String>,
    /// Theme: light or dark
    #[arg(long, hide = true)]
    pub theme: Option<String>,
    /// Query to show on the search page
    #[arg(long, hide = true)]
    pub query: Option<String>,
    /// What to show: `page:CODE`, `edit:CODE`, `remove:CODE`, `merge:CODE>INTO`, `finder`, `keys`, `typesetting`, `palette`, `coding`, `beside`, `import:PATH` or `placed-import:PATH`
    #[arg(long, hide = true)]
    pub show: Option<String>,
    /// Write a picture of the window to this file, and close
    #[arg(long, hide = true)]
    pub screenshot: Option<PathBuf>,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
struct Common {
    /// Who acts; by default the project's only coder
    #[arg(long, global = true, env = "TAIN_CODER", value_name = "NAME")]
    coder: Option<String>,
    /// Messages as JSON lines
    #[arg(long, global = true)]
    json_errors: bool,
    /// One JSON line on stderr at the end: CPU and wall seconds, peak memory
    #[arg(long, global = true)]
    timings: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Args),
    New(new::Args),
    Info(info::Args),
    Import(import::Args),
    Documents(documents::Args),
    Codebook(codebook::Args),
    Cases(cases::Args),
    Codings(codings::Args),
    Code(code::Code),
    Uncode(code::Uncode),
    Memo(memo::Args),
    Sets(sets::Args),
    Attachments(attachments::Args),
    History(history::Args),
    Undo(history::Undo),
    Redo(history::Redo),
    Check(check::Args),
    Search(search::Args),
    Autocode(autocode::Args),
    Retrieve(retrieve::Args),
    Suggest(suggest::Args),
    Index(index::Args),
    Summary(summary::Args),
    Cooccurrence(cooccurrence::Args),
    Phases(phases::Args),
    Scale(scale::Args),
    Saturation(saturation::Args),
    Words(words::Args),
    Report(report::Args),
    Export(export::Args),
    Completions(manual::Completions),
    Man(manual::Man),
}

/// What is left to do when the command line has had its say.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: end with this status.
    Exit(u8),
    /// Open the window, on this project if one is named.
    Window(Option<PathBuf>, WindowOptions),
}

/// What every verb gets.
struct Context<'a> {
    coder: Option<String>,
    json_errors: bool,
    world: MakeWorld<'a>,
    /// Whether a window can be opened.
    display: bool,
}

impl Context<'_> {
    /// One line to the user.
    fn say(&self, message: &str) {
        if self.json_errors {
            eprintln!("{}", serde_json::json!({ "message": message }));
        } else {
            eprintln!("{message}");
        }
    }
}

/// What a verb ends with.
type Ended = Result<Outcome, Failure>;

/// All went well.
const DONE: Ended = Ok(Outcome::Exit(0));
/// Some input was refused, and named; the rest is in.
const SOME_REFUSED: Ended = Ok(Outcome::Exit(1));

/// Runs a command line.
pub fn run(
    arguments: impl IntoIterator<Item = std::ffi::OsString>,
    world: MakeWorld<'_>,
    display: bool,
) -> Outcome {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be said when the terminal itself has gone.
            error.print().ok();
            return Outcome::Exit(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let Common {
        coder,
        json_errors,
        timings,
    } = cli.common;
    let context = Context {
        coder,
        json_errors,
        world,
        display,
    };
    let Some(command) = cli.command else {
        if let Some(project) = cli.project.as_ref().filter(|project| !project.exists()) {
            context.say(&format!(
                "there is no command or project `{}`; see `tain --help`",
                project.display()
            ));
            return Outcome::Exit(2);
        }
        return Outcome::Window(cli.project, cli.window);
    };
    let clock = timings::Clock::start();
    let step = name_of(&command);
    let outcome = dispatch(command, &context).unwrap_or_else(|failure| {
        context.say(&failure.to_string());
        Outcome::Exit(failure.status())
    });
    if timings {
        eprintln!("{}", clock.line(step));
    }
    outcome
}

fn dispatch(command: Command, context: &Context<'_>) -> Ended {
    match command {
        Command::Demo(args) => demo::run(args, context),
        Command::New(args) => new::run(&args, context),
        Command::Info(args) => info::run(&args, context),
        Command::Import(args) => import::run(&args, context),
        Command::Documents(args) => documents::run(args, context),
        Command::Codebook(args) => codebook::run(args, context),
        Command::Cases(args) => cases::run(args, context),
        Command::Codings(args) => codings::run(args, context),
        Command::Code(args) => code::run(&args, context),
        Command::Uncode(args) => code::run_uncode(&args, context),
        Command::Memo(args) => memo::run(args, context),
        Command::Sets(args) => sets::run(args, context),
        Command::Attachments(args) => attachments::run(args, context),
        Command::History(args) => history::run(&args, context),
        Command::Undo(args) => history::run_undo(&args, context),
        Command::Redo(args) => history::run_redo(&args, context),
        Command::Check(args) => check::run(&args, context),
        Command::Search(args) => search::run(&args, context),
        Command::Autocode(args) => autocode::run(&args, context),
        Command::Retrieve(args) => retrieve::run(&args, context),
        Command::Suggest(args) => suggest::run(&args, context),
        Command::Index(args) => index::run(&args, context),
        Command::Summary(args) => summary::run(&args, context),
        Command::Cooccurrence(args) => cooccurrence::run(&args, context),
        Command::Phases(args) => phases::run(&args, context),
        Command::Scale(args) => scale::run(args, context),
        Command::Saturation(args) => saturation::run(&args, context),
        Command::Words(args) => words::run(&args, context),
        Command::Report(args) => report::run(&args, context),
        Command::Export(args) => export::run(&args, context),
        Command::Completions(args) => manual::completions(&args, &mut Cli::command()),
        Command::Man(_) => manual::man(Cli::command()),
    }
}

fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Demo(_) => "demo",
        Command::New(_) => "new",
        Command::Info(_) => "info",
        Command::Import(_) => "import",
        Command::Documents(_) => "documents",
        Command::Codebook(_) => "codebook",
        Command::Cases(_) => "cases",
        Command::Codings(_) => "codings",
        Command::Code(_) => "code",
        Command::Uncode(_) => "uncode",
        Command::Memo(_) => "memo",
        Command::Sets(_) => "sets",
        Command::Attachments(_) => "attachments",
        Command::History(_) => "history",
        Command::Undo(_) => "undo",
        Command::Redo(_) => "redo",
        Command::Check(_) => "check",
        Command::Search(_) => "search",
        Command::Autocode(_) => "autocode",
        Command::Retrieve(_) => "retrieve",
        Command::Suggest(_) => "suggest",
        Command::Index(_) => "index",
        Command::Summary(_) => "summary",
        Command::Cooccurrence(_) => "cooccurrence",
        Command::Phases(_) => "phases",
        Command::Scale(_) => "scale",
        Command::Saturation(_) => "saturation",
        Command::Words(_) => "words",
        Command::Report(_) => "report",
        Command::Export(_) => "export",
        Command::Completions(_) => "completions",
        Command::Man(_) => "man",
    }
}
