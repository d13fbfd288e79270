//! Opening a file with the program that the system has for it.

use std::{
    ffi::{OsStr, OsString},
    io,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// The longest time in which a system says that it can't open a file; whoever still runs by then shows it.
const LONGEST: Duration = Duration::from_secs(3);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The program that opens files, with the arguments before the file.
#[derive(Debug, Clone)]
pub(super) struct Viewer {
    program: OsString,
    arguments: &'static [&'static str],
}

impl Viewer {
    /// A program that takes a file as its only argument.
    pub(super) fn program(program: &Path) -> Self {
        Self {
            program: program.into(),
            arguments: &[],
        }
    }

    /// The system's own.
    pub(super) fn of_system() -> Self {
        let (program, arguments): (&OsStr, &[&str]) = if cfg!(target_os = "windows") {
            // Unlike `start`, it takes any character of a path as it is.
            (OsStr::new("rundll32"), &["url.dll,FileProtocolHandler"])
        } else if cfg!(target_os = "macos") {
            (OsStr::new("open"), &[])
        } else {
            (OsStr::new("xdg-open"), &[])
        };
        Self {
            program: program.to_owned(),
            arguments,
        }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// There is no such program, or it says that it can't open the file.
    pub(super) fn open(&self, file: &Path) -> io::Result<()> {
        let mut command = Command::new(&self.program);
        command.args(self.arguments).arg(file);
        command.stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = command.spawn()?;
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            match running.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(io::Error::other(status.to_string())),
                None => std::thread::sleep(BETWEEN_LOOKS),
            }
        }
        Ok(())
    }
}
