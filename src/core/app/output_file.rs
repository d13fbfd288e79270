//! Writing a file for the user: whole or not at all, and never over a project.
//!
//! Every file but the project itself is written here, so that one place decides what may be replaced, and who may read it.

use std::{
    fs::{File, Permissions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    store::belongs_to_project,
};

/// Why a file can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum WriteError {
    /// The path is that of a project or of a file that belongs to one.
    Project(PathBuf),
    /// There is a file of this name, which may not be replaced.
    Exists(PathBuf),
    /// The file system refuses.
    Io {
        /// The path of the file.
        file: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
}

impl Explain for WriteError {
    fn explain(&self) -> Explanation {
        const ANOTHER_NAME: Text = Text::new("choose another name", "请换一个名称");
        match self {
            Self::Project(file) => Explanation::refused(
                Text::new(
                    "{file}: a project, which nothing else may replace",
                    "{file}：这是项目文件，不能被其他内容替换",
                )
                .with("file", file.as_path()),
            )
            .hint(ANOTHER_NAME),
            Self::Exists(file) => Explanation::io(
                Text::new("{file} exists", "{file} 已存在").with("file", file.as_path()),
            )
            .hint(ANOTHER_NAME),
            Self::Io { file, source } => Explanation::of_file(file.as_path(), source),
        }
    }
}

/// The path with one of these endings, the first of which is appended where it has none of them.
///
/// Another ending is taken for a part of the name, such as that of `study v1.2`.
///
/// # Panics
/// If there are no endings to choose from.
pub fn with_ending(path: &Path, endings: &[&str]) -> PathBuf {
    let given = path.extension();
    if endings
        .iter()
        .any(|ending| given.is_some_and(|given| given.eq_ignore_ascii_case(ending)))
    {
        return path.to_owned();
    }
    let mut named = path.as_os_str().to_owned();
    named.push(".");
    named.push(endings[0]);
    named.into()
}

/// Writes a file through a temporary one in the same folder, which then takes its place.
///
/// The temporary file has a name that nobody can guess and is readable by its owner alone; a file that was there before
/// hands its permissions on.
/// Both the file and its name are on the disk when this returns.
///
/// # Errors
/// The path is a project's, or the file system refuses; a file that was there before is unchanged then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let replaced = path.metadata().ok();
    let permissions = replaced.map(|replaced| replaced.permissions());
    write_with(path, bytes, permissions, |temporary| {
        temporary.persist(path)?;
        Ok(())
    })
}

/// Writes a file of the program's own, as [`write()`] does, but readable by its owner alone whatever was there before.
///
/// # Errors
/// As for [`write()`].
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_with(path, bytes, None, |temporary| {
        temporary.persist(path)?;
        Ok(())
    })
}

/// Returns an error for a path that no file is written to; for those who write last, after they have changed a project.
///
/// # Errors
/// The path is a project's.
pub fn check(path: &Path) -> Result<(), WriteError> {
    if belongs_to_project(path) || is_open_project(path) {
        return Err(WriteError::Project(path.to_owned()));
    }
    Ok(())
}

/// Either [`write()`] or [`write_new`]: what to do with a file that exists is for whoever asked the user.
pub type WriteFile = fn(&Path, &[u8]) -> Result<(), WriteError>;

/// Writes a file that doesn't exist yet, as [`write()`] does.
///
/// # Errors
/// The path is a project's, something is there already, or the file system refuses; nothing is left then.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_with(path, bytes, None, |temporary| {
        temporary.persist_noclobber(path)?;
        Ok(())
    })
}

/// Returns true if a file is a project that is open, whatever its name and its first bytes: an encrypted one has no mark.
fn is_open_project(path: &Path) -> bool {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name).exists()
    };
    // While it is open, files of these names are beside it, or beside the file that a symbolic link leads to.
    let linked = path.canonicalize().ok();
    ["-wal", "-shm", "-lock"]
        .iter()
        .any(|ending| beside(ending))
        || linked.is_some_and(|linked| linked != path && belongs_to_project(&linked))
}

/// Writes a temporary file beside `path`, and lets `put` give it its name once all of it is on the disk.
fn write_with(
    path: &Path,
    bytes: &[u8],
    permissions: Option<Permissions>,
    put: impl FnOnce(NamedTempFile) -> io::Result<()>,
) -> Result<(), WriteError> {
    check(path)?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let written = NamedTempFile::new_in(folder).and_then(|mut temporary| {
        temporary.write_all(bytes)?;
        if let Some(permissions) = permissions {
            temporary.as_file().set_permissions(permissions)?;
        }
        temporary.as_file().sync_all()?;
        put(temporary)
    });
    written.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists(path.to_owned()),
        _ => WriteError::Io {
            file: path.to_owned(),
            source,
        },
    })?;
    // Some systems can't open a folder; the file itself is safe by then.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().ok();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_ending_is_appended_and_never_replaced() {
        for (typed, named) in [
            ("/a/b", "/a/b.html"),
            ("/a/b.PDF", "/a/b.PDF"),
            ("My study v1.2", "My study v1.2.html"),
            ("/a.pdf/b", "/a.pdf/b.html"),
        ] {
            let path = with_ending(Path::new(typed), &["html", "pdf"]);
            assert_eq!(path, Path::new(named));
        }
    }

    #[test]
    fn what_is_new_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("memos.md");
        write_new(&path, b"one").unwrap();
        let error = write_new(&path, b"two").unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{} exists; choose another name", path.display())
        );
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_written_by_a_projects_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "p.tain",
            "P.TAIN",
            "p.tain-wal",
            "p.tain-shm",
            "p.tain-lock",
        ] {
            let path = folder.path().join(name);
            assert!(
                matches!(write(&path, b"x"), Err(WriteError::Project(_))),
                "{name}"
            );
            assert!(!path.exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        write(&path, b"one").unwrap();
        let mode = || path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(mode(), 0o640);
    }
}
