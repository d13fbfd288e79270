//! Reads clock, chance and arguments, and hands over to the command line or the window.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use tain::{
    app::{identity::World, settings},
    cli::{self, Outcome},
};

fn main() -> ExitCode {
    match cli::run(std::env::args_os(), &world, has_display()) {
        Outcome::Exit(status) => ExitCode::from(status),
        Outcome::Window(project) => window(project),
    }
}

/// Clock, chance and the name of this installation.
fn world() -> World {
    let mut bytes = [0u8; 16];
    // Without chance from the system, the clock alone has to keep ids apart.
    if getrandom::fill(&mut bytes).is_err() {
        bytes = u128::from(now_millis()).to_be_bytes();
    }
    let chance = u128::from_be_bytes(bytes);
    World { now_millis: Box::new(now_millis), chance, installation: settings::installation(chance) }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn now_millis() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(0)
}

/// Whether a window can be shown.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(feature = "gui") && (cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY"))
}

#[expect(clippy::print_stderr, reason = "a program without window has nothing else to say it with")]
fn window(_project: Option<std::path::PathBuf>) -> ExitCode {
    eprintln!("this build has no window; see `tain --help` for the commands");
    ExitCode::from(2)
}
