//! The command line: one file for each command, over the same session as the window.
//!
//! Messages and the tables printed for people are in the language of the reader; JSON keys, the heads of CSV files and exit statuses never
//! change, since scripts rely on them. `--help` is in English only.
mod about;
mod attachments;
mod attributes;
mod autocode;
mod backups;
mod case_edits;
mod cases;
mod check;
mod code;
mod codebook;
mod coders;
mod codings;
mod cooccurrence;
mod demo;
mod document_edits;
mod documents;
mod encrypt;
mod erase;
mod export;
mod failure;
mod filters;
mod heads;
mod history;
mod import;
mod index;
mod info;
mod manual;
mod memo;
mod new;
mod open;
mod output;
mod passphrase;
mod phase;
mod phases;
mod project;
mod pseudonyms;
mod query;
mod replace;
mod report;
mod retrieve;
mod saturation;
mod saved_queries;
mod scale;
mod search;
mod set_values;
mod sets;
mod speakers;
mod study;
mod suggest;
mod summary;
mod take_back;
mod terminal;
mod timings;
mod turns;
mod values;
mod words;

use std::{path::PathBuf, time::Duration};

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::app::identity::Host;
use crate::message::{Message, language::UiLanguage, text::Text};
use failure::Failure;

/// Makes the clock and the source of chance of a session; called once for each session.
pub type MakeHost<'a> = &'a dyn Fn() -> Host;

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
    /// Page to show: read, search, themes, cases, memos, history
    #[arg(long, hide = true)]
    pub page: Option<String>,
    /// The language of the window, from `--language`
    #[arg(skip)]
    pub language: Option<UiLanguage>,
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
    /// Coder who acts; by default the project's only one
    #[arg(long, global = true, env = "TAIN_CODER", value_name = "NAME")]
    coder: Option<String>,
    /// Seconds to wait while another window or command writes to the project
    #[arg(
        long,
        global = true,
        value_name = "SECONDS",
        default_value_t = 0,
        hide_default_value = true
    )]
    wait: u64,
    #[command(flatten)]
    secrets: Secrets,
    /// Messages as JSON lines
    #[arg(long, global = true)]
    json_errors: bool,
    /// Language of messages and tables, and of the file that report and export write; by default that of `TAIN_LANGUAGE` or the system
    #[arg(long, global = true, value_parser = values::language(), value_name = "LANGUAGE")]
    language: Option<UiLanguage>,
    /// One JSON line on stderr at the end: CPU and wall seconds, peak memory
    #[arg(long, global = true)]
    timings: bool,
}

/// Where the passphrase of an encrypted project comes from; never from the arguments, which others can see.
#[derive(Debug, clap::Args)]
struct Secrets {
    /// File whose first line is the passphrase of an encrypted project, or its written key; else `TAIN_PASSPHRASE`
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// The passphrase of the environment
    #[arg(skip)]
    passphrase: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::DemoArgs),
    New(new::NewArgs),
    Info(info::InfoArgs),
    Project(project::ProjectArgs),
    Coders(coders::CodersArgs),
    Phase(phase::PhaseArgs),
    Import(import::ImportArgs),
    Documents(documents::DocumentsArgs),
    Codebook(codebook::CodebookArgs),
    Cases(cases::CasesArgs),
    Attributes(attributes::AttributesArgs),
    Speakers(speakers::SpeakersArgs),
    Turns(turns::TurnsArgs),
    Replace(replace::ReplaceArgs),
    Codings(codings::CodingsArgs),
    Code(code::CodeArgs),
    Uncode(code::UncodeArgs),
    About(about::AboutArgs),
    Memo(memo::MemoArgs),
    Sets(sets::SetsArgs),
    Attachments(attachments::AttachmentsArgs),
    History(history::HistoryArgs),
    Undo(history::UndoArgs),
    Redo(history::RedoArgs),
    TakeBack(take_back::TakeBackArgs),
    BackTo(take_back::BackToArgs),
    Check(check::CheckArgs),
    Backups(backups::BackupsArgs),
    Encrypt(encrypt::EncryptArgs),
    Decrypt(encrypt::DecryptArgs),
    Erase(erase::EraseArgs),
    Search(search::SearchArgs),
    Query(saved_queries::QueryArgs),
    Autocode(autocode::AutocodeArgs),
    Retrieve(retrieve::RetrieveArgs),
    Suggest(suggest::SuggestArgs),
    Index(index::IndexArgs),
    Summary(summary::SummaryArgs),
    Cooccurrence(cooccurrence::CooccurrenceArgs),
    Phases(phases::PhasesArgs),
    Scale(scale::ScaleArgs),
    Saturation(saturation::SaturationArgs),
    Words(words::WordsArgs),
    Pseudonyms(pseudonyms::PseudonymsArgs),
    Report(report::ReportArgs),
    Export(export::ExportArgs),
    Completions(manual::CompletionsArgs),
    Man(manual::ManArgs),
}

/// What the program does once the command line has run.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// End with this exit status.
    Exit(u8),
    /// Open the window, on this project if one is named.
    Window(Option<PathBuf>, WindowOptions),
}

/// What every command gets.
struct Context<'a> {
    coder: Option<String>,
    /// How long to wait while another process writes to the project.
    wait: Duration,
    secrets: Secrets,
    json_errors: bool,
    /// The language of messages and of tables for people.
    language: UiLanguage,
    host: MakeHost<'a>,
    /// Whether a window can be opened.
    display: bool,
}

impl Context<'_> {
    /// Tells the user something, in one line on stderr.
    fn say(&self, message: impl Into<Message>) {
        self.say_line(&message.into().say(self.language));
    }

    /// Tells the user that a file or an argument was refused, when the command goes on with the others.
    fn say_error(&self, error: impl Into<Failure>) {
        self.say_line(&error.into().say(self.language));
    }

    fn say_line(&self, message: &str) {
        if self.json_errors {
            terminal::say_json(&serde_json::json!({ "message": message }));
        } else {
            terminal::say(message);
        }
    }
}

/// Says a line on stderr, also if nobody reads it any more.
pub fn say(line: &str) {
    terminal::say(line);
}

/// How a command ends.
type CommandResult = Result<Outcome, Failure>;

/// All went well.
const DONE: CommandResult = Ok(Outcome::Exit(0));
/// Some input was refused and named on stderr; the rest was imported.
const SOME_REFUSED: CommandResult = Ok(Outcome::Exit(1));

/// The language that the environment asks for: `TAIN_LANGUAGE`, else the locale of messages.
pub fn language_of_environment(variable: impl Fn(&str) -> Option<String>) -> UiLanguage {
    let own = variable("TAIN_LANGUAGE").and_then(|tag| UiLanguage::from_locale(&tag));
    // As for every POSIX program, the first of these that isn't empty decides, also if it names a language that isn't spoken here.
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(&variable)
        .find(|locale| !locale.is_empty());
    own.or_else(|| UiLanguage::from_locale(&locale?))
        .unwrap_or_default()
}

/// Runs a command line.
///
/// `language` is the one that the environment asks for; `--language` overrides it.
pub fn run(
    arguments: impl IntoIterator<Item = std::ffi::OsString>,
    language: UiLanguage,
    host: MakeHost<'_>,
    display: bool,
) -> Outcome {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return answer(&error),
    };
    let Common {
        coder,
        wait,
        secrets,
        json_errors,
        language: chosen,
        timings,
    } = cli.common;
    let context = Context {
        coder,
        wait: Duration::from_secs(wait),
        secrets: Secrets {
            passphrase: std::env::var("TAIN_PASSPHRASE").ok(),
            ..secrets
        },
        json_errors,
        language: chosen.unwrap_or(language),
        host,
        display,
    };
    let Some(command) = cli.command else {
        if let Some(project) = cli.project.as_ref().filter(|project| !project.exists()) {
            context.say(
                Text::new(
                    "there is no command or project “{name}”; see tain --help",
                    "没有命令或项目“{name}”；见 tain --help",
                )
                .with("name", project.as_path()),
            );
            return Outcome::Exit(2);
        }
        let window = WindowOptions {
            language: chosen,
            ..cli.window
        };
        return Outcome::Window(cli.project, window);
    };
    let clock = timings::Clock::start();
    let step = name_of(&command);
    let outcome = dispatch(command, &context).unwrap_or_else(|failure| {
        let status = failure.status();
        context.say_error(failure);
        Outcome::Exit(status)
    });
    if timings {
        terminal::say_json(&clock.line(step));
    }
    outcome
}

/// Prints help, a version, or what is wrong with the arguments.
fn answer(error: &clap::Error) -> Outcome {
    let is_error = error.use_stderr();
    let plain = error.render().to_string();
    if is_error && matches!(terminal::visible(&plain), std::borrow::Cow::Owned(_)) {
        // It quotes an argument that steers the terminal, so it is said without colours.
        terminal::say(plain.trim_end());
    } else {
        // There is nobody to tell if the terminal itself is gone.
        error.print().ok();
    }
    Outcome::Exit(if is_error { 2 } else { 0 })
}

fn dispatch(command: Command, context: &Context<'_>) -> CommandResult {
    match command {
        Command::Demo(args) => demo::run(args, context),
        Command::New(args) => new::run(&args, context),
        Command::Info(args) => info::run(&args, context),
        Command::Project(args) => project::run(args, context),
        Command::Coders(args) => coders::run(args, context),
        Command::Phase(args) => phase::run(args, context),
        Command::Import(args) => import::run(&args, context),
        Command::Documents(args) => documents::run(args, context),
        Command::Codebook(args) => codebook::run(args, context),
        Command::Cases(args) => cases::run(args, context),
        Command::Attributes(args) => attributes::run(args, context),
        Command::Speakers(args) => speakers::run(args, context),
        Command::Turns(args) => turns::run(&args, context),
        Command::Replace(args) => replace::run(args, context),
        Command::Codings(args) => codings::run(args, context),
        Command::Code(args) => code::run(&args, context),
        Command::Uncode(args) => code::run_uncode(&args, context),
        Command::About(args) => about::run(&args, context),
        Command::Memo(args) => memo::run(args, context),
        Command::Sets(args) => sets::run(args, context),
        Command::Attachments(args) => attachments::run(args, context),
        Command::History(args) => history::run(&args, context),
        Command::Undo(args) => history::run_undo(&args, context),
        Command::Redo(args) => history::run_redo(&args, context),
        Command::TakeBack(args) => take_back::run(&args, context),
        Command::BackTo(args) => take_back::run_back_to(&args, context),
        Command::Check(args) => check::run(&args, context),
        Command::Backups(args) => backups::run(&args, context),
        Command::Encrypt(args) => encrypt::run(&args, context),
        Command::Decrypt(args) => encrypt::run_decrypt(&args, context),
        Command::Erase(args) => erase::run(&args, context),
        Command::Search(args) => search::run(&args, context),
        Command::Query(args) => saved_queries::run(args, context),
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
        Command::Pseudonyms(args) => pseudonyms::run(args, context),
        Command::Report(args) => report::run(&args, context),
        Command::Export(args) => export::run(&args, context),
        Command::Completions(args) => manual::completions(&args, &mut Cli::command()),
        Command::Man(args) => manual::man(&args, Cli::command()),
    }
}

fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Demo(_) => "demo",
        Command::New(_) => "new",
        Command::Info(_) => "info",
        Command::Project(_) => "project",
        Command::Coders(_) => "coders",
        Command::Phase(_) => "phase",
        Command::Import(_) => "import",
        Command::Documents(_) => "documents",
        Command::Codebook(_) => "codebook",
        Command::Cases(_) => "cases",
        Command::Attributes(_) => "attributes",
        Command::Speakers(_) => "speakers",
        Command::Turns(_) => "turns",
        Command::Replace(_) => "replace",
        Command::Codings(_) => "codings",
        Command::Code(_) => "code",
        Command::Uncode(_) => "uncode",
        Command::About(_) => "about",
        Command::Memo(_) => "memo",
        Command::Sets(_) => "sets",
        Command::Attachments(_) => "attachments",
        Command::History(_) => "history",
        Command::Undo(_) => "undo",
        Command::Redo(_) => "redo",
        Command::TakeBack(_) => "take-back",
        Command::BackTo(_) => "back-to",
        Command::Check(_) => "check",
        Command::Backups(_) => "backups",
        Command::Encrypt(_) => "encrypt",
        Command::Decrypt(_) => "decrypt",
        Command::Erase(_) => "erase",
        Command::Search(_) => "search",
        Command::Query(_) => "query",
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
        Command::Pseudonyms(_) => "pseudonyms",
        Command::Report(_) => "report",
        Command::Export(_) => "export",
        Command::Completions(_) => "completions",
        Command::Man(_) => "man",
    }
}
