//! Folders of the user's own: settings and caches, which say what somebody works on, so that nobody else may read them.

use std::{io, path::Path};

/// Creates a folder, and those above it that are missing, for its owner alone.
///
/// Folders that exist are left as they are; see [`close`].
///
/// # Errors
/// The file system refuses.
pub(crate) fn create(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes a folder of the program's own, and the files directly in it, away from everybody but their owner.
///
/// Earlier versions, and libraries that write files by themselves, leave them readable.
pub(crate) fn close(folder: &Path) {
    restrict(folder, 0o700);
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if file.file_type().is_ok_and(|kind| kind.is_file()) {
            restrict(&file.path(), 0o600);
        }
    }
}

/// Sets the permissions of a file or a folder, where the system has such.
fn restrict(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What belongs to somebody else can't be changed, and isn't this user's secret.
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).ok();
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}
