//! Writing a file whole or not at all.

use std::{io, path::Path};

/// Writes a file through a temporary one beside it, which then takes its place.
///
/// # Errors
/// Those of the file system; a file that was there before is unchanged then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy())
        .unwrap_or_default();
    let temporary = path.with_extension(format!("{ending}.part"));
    let written =
        std::fs::write(&temporary, bytes).and_then(|()| std::fs::rename(&temporary, path));
    written.inspect_err(|_error| {
        // The first error is what the user needs to know; a temporary file that can't be removed adds nothing.
        std::fs::remove_file(&temporary).ok();
    })
}
