//! The program: reads the clock, chance, arguments and environment, and starts the command line or the window.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use tain::{
    app::{identity::Host, settings},
    cli::{self, Outcome},
};

fn main() -> ExitCode {
    let language = cli::language_of_environment(|name| std::env::var(name).ok());
    match cli::run(std::env::args_os(), language, &world, has_display()) {
        Outcome::Exit(status) => ExitCode::from(status),
        Outcome::Window(project, options) => window(project, options),
    }
}

/// Clock, chance and the name of this installation.
fn world() -> Host {
    let mut bytes = [0u8; 16];
    // Without chance from the system, the clock alone has to keep ids apart.
    if getrandom::fill(&mut bytes).is_err() {
        bytes = u128::from(now_millis()).to_be_bytes();
    }
    let chance = u128::from_be_bytes(bytes);
    Host {
        now_millis: Box::new(now_millis),
        chance,
        random,
        installation: settings::installation(chance),
    }
}

/// Keys and salts can't do with less than the system's own chance.
fn random() -> Option<[u8; 64]> {
    let mut bytes = [0; 64];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
fn now_millis() -> u64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(0)
}

/// Whether a window can be shown.
fn has_display() -> bool {
    // Elsewhere than on Linux there always is a display.
    cfg!(feature = "gui")
        && (cfg!(not(target_os = "linux")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"))
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Opens the window and waits for it to close.
#[cfg(feature = "gui")]
fn window(project: Option<std::path::PathBuf>, options: cli::WindowOptions) -> ExitCode {
    use tain::gui::{Start, View, run};
    let view = options.page.and_then(|page| match page.as_str() {
        "read" => Some(View::Read),
        "search" => Some(View::Search),
        "themes" => Some(View::Themes),
        "cases" => Some(View::Cases),
        "memos" => Some(View::Memos),
        "history" => Some(View::History),
        _ => None,
    });
    let dark = options.theme.map(|theme| theme == "dark");
    match run(
        Start {
            project,
            view,
            language: options.language,
            dark,
            query: options.query,
            show: options.show,
            home: None,
            screenshot: options.screenshot,
            viewer: None,
        },
        world,
    ) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::say(&format!(
                "no window can be opened here ({error}); see `tain --help` for the commands"
            ));
            ExitCode::from(5)
        }
    }
}

/// Says that there is no window in this build.
#[cfg(not(feature = "gui"))]
fn window(_project: Option<std::path::PathBuf>, _options: cli::WindowOptions) -> ExitCode {
    cli::say("this build has no window; see `tain --help` for the commands");
    ExitCode::from(2)
}
