//! The program in a real window, under an X server of its own: what egui's test harness can't show.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use crate::world::project;

/// The longest that a step may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// An X server; it ends with the test.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts a server; `None` where there is no Xvfb.
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    fn start() -> Option<Self> {
        let Ok(mut server) = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x900x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
        else {
            eprintln!("skipped: there is no Xvfb");
            return None;
        };
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let name = format!(":{}", number.trim());
        Some(Self { server, name })
    }

    /// A command that knows the display.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY");
        command
    }

    /// Starts Tain on a project, with settings of its own in `folder`.
    fn tain(&self, folder: &Path, path: &Path, options: &[&str]) -> Window {
        let mut command = self.command(env!("CARGO_BIN_EXE_tain"));
        command
            .arg(path)
            .args(options)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("TAIN_CONFIG_DIR", folder)
            .env("TAIN_CACHE_DIR", folder);
        Window(command.spawn().unwrap())
    }

    /// What a command prints.
    fn output(&self, program: &str, args: &[&str]) -> String {
        let output = self.command(program).args(args).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

/// A running window; it ends with the test.
struct Window(Child);

impl Drop for Window {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Asks again and again until there is an answer.
fn until<T>(what: &str, mut answer: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = answer() {
            return answer;
        }
        assert!(Instant::now() < end, "{what} takes too long");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn the_window_opens_and_is_no_blank() {
    let Some(display) = Display::start() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (path, picture) = (
        folder.path().join("p.tain"),
        folder.path().join("window.png"),
    );
    drop(project(&path, 7));
    let mut options = vec!["--language", "zh", "--theme", "light", "--page", "themes"];
    options.extend(["--screenshot", picture.to_str().unwrap()]);
    let mut window = display.tain(folder.path(), &path, &options);
    let status = until("the picture", || window.0.try_wait().unwrap());
    assert!(status.success());
    let image = image::open(&picture).unwrap().to_rgb8();
    assert_eq!(image.dimensions(), (1440, 900));
    let colors: std::collections::BTreeSet<[u8; 3]> = image.pixels().map(|pixel| pixel.0).collect();
    assert!(
        colors.len() > 50,
        "only {} colours: the window is blank",
        colors.len()
    );
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn passages_reach_other_programs_and_text_of_others_is_pasted() {
    let Some(display) = Display::start() else {
        return;
    };
    for tool in ["xdotool", "xclip"] {
        if display.command(tool).arg("-version").output().is_err() {
            eprintln!("skipped: there is no {tool}");
            return;
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.tain");
    drop(project(&path, 7));
    let _window = display.tain(
        folder.path(),
        &path,
        &["--language", "en", "--page", "read", "--theme", "light"],
    );
    let keys = |keys: &[&str]| display.output("xdotool", keys);
    let window = until("the window", || {
        let found = keys(&["search", "--onlyvisible", "--name", "Tain"]);
        found.lines().next_back().map(str::to_owned)
    });
    keys(&["windowfocus", &window]);
    let clipboard = |target: &str| {
        let args = ["-o", "-selection", "clipboard", "-t", target];
        display.output("xclip", &args)
    };
    // A window that still starts misses keys, so they are pressed until they are answered.
    let copied = until("a copied passage", || {
        keys(&["key", "ctrl+a"]);
        keys(&["key", "ctrl+c"]);
        sleep(Duration::from_millis(300));
        Some(clipboard("UTF8_STRING")).filter(|text| !text.is_empty())
    });
    assert!(
        copied.contains("Child: I keep my hand down 😀.") && copied.ends_with("(F01 child, ¶1–¶6)"),
        "{copied}"
    );
    let html = clipboard("text/html");
    assert!(
        html.contains("<p><b>Child:</b> I keep my hand down 😀."),
        "{html}"
    );
    let mut other = display
        .command("xclip")
        .args(["-i", "-selection", "clipboard"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let given = other.stdin.take().unwrap().write_all("外面的字".as_bytes());
    given.unwrap();
    other.wait().unwrap();
    until("the other program's text", || {
        Some(clipboard("UTF8_STRING")).filter(|text| text == "外面的字")
    });
    let pasted = until("a pasted text", || {
        // The filter of the finder takes it; copied again, with a letter of its own, it is Tain's.
        keys(&["key", "ctrl+k"]);
        keys(&["key", "ctrl+v"]);
        keys(&["key", "x"]);
        keys(&["key", "ctrl+a"]);
        keys(&["key", "ctrl+c"]);
        keys(&["key", "Escape"]);
        sleep(Duration::from_millis(300));
        Some(clipboard("UTF8_STRING")).filter(|text| text.ends_with('x'))
    });
    // One x for each time it was pressed before the answer was seen.
    assert_eq!(pasted.trim_end_matches('x'), "外面的字");
}
