//! Copies of a project that are made by themselves, in a folder beside it.
//!
//! The folder of `study.tain` is `study.backups`, and a backup is called by the moment it was made. There are as many as
//! help and no more: the last ones, one a day for a week, one a week before that, within a bound on the space they take.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use rusqlite::{Connection, backup::Backup as Copying};

use super::{
    ProjectFile, StoreError, cipher::CipherKey, create_new, opening, place::Place, sync_folder,
};

/// How many of the newest backups are kept in any case.
const LAST: usize = 3;
/// For how many days the last backup of each day is kept, and for how many weeks that of each week.
const DAYS: usize = 7;
const WEEKS: usize = 8;
/// The most that backups may take: so many times the project, or so many bytes if that is more.
const TIMES: u64 = 4;
const AT_LEAST_BYTES: u64 = 200 << 20;
/// How often a backup is due for a project that changes.
const EVERY_MILLIS: u64 = 60 * 60 * 1000;
const DAY_MILLIS: u64 = 24 * EVERY_MILLIS;
/// Pages that are copied in one go; commits can come in between.
const PAGES: i32 = 512;

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made, in milliseconds since 1970 UTC.
    pub made_millis: u64,
    /// Its size.
    pub bytes: u64,
}

/// A moment as it stands in names of files, in UTC.
pub(super) fn date(millis: u64) -> String {
    let moment = Timestamp::from_millisecond(i64::try_from(millis).unwrap_or(i64::MAX))
        .unwrap_or(Timestamp::MAX);
    moment.strftime("%Y%m%dT%H%M%S").to_string()
}

fn millis(date: &str) -> Option<u64> {
    let moment = DateTime::strptime("%Y%m%dT%H%M%S", date).ok()?;
    let moment = moment.to_zoned(TimeZone::UTC).ok()?.timestamp();
    moment.as_millisecond().try_into().ok()
}

/// The folder of a project's backups.
fn folder(project: &Path) -> PathBuf {
    project.with_extension("backups")
}

/// The backups of a project, the newest first.
pub fn list(project: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(folder(project))
        .into_iter()
        .flatten()
        .flatten();
    let mut backups: Vec<Backup> = entries
        .filter_map(|entry| {
            let path = entry.path();
            let ending = path.extension()?;
            Some(Backup {
                made_millis: millis(path.file_stem()?.to_str()?).filter(|_| ending == "tain")?,
                bytes: entry.metadata().ok()?.len(),
                path,
            })
        })
        .collect();
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.made_millis));
    backups
}

pub(super) fn paths(project: &Path) -> Vec<PathBuf> {
    list(project)
        .into_iter()
        .map(|backup| backup.path)
        .collect()
}

/// Returns true if a project has changed since its newest backup, and that is older than an hour, or there is none.
pub fn is_due(project: &Path, now_millis: u64) -> bool {
    let Some(newest) = list(project).into_iter().next() else {
        return true;
    };
    let changed = project.metadata().and_then(|file| file.modified()).ok();
    let changed = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let is_newer = changed.is_none_or(|since| since.as_millis() > u128::from(newest.made_millis));
    is_newer && newest.made_millis.saturating_add(EVERY_MILLIS) <= now_millis
}

/// A project that a backup is to be made of; it can be handed to another thread.
#[derive(Debug, Clone)]
pub struct BackingUp {
    place: Place,
    bytes: u64,
}

impl BackingUp {
    /// Makes a backup, checks it, and removes those that aren't needed any more.
    ///
    /// The copy is made with SQLite's backup interface from a connection of its own, so that what is committed meanwhile
    /// is in it too, and nobody waits.
    ///
    /// # Errors
    /// When the folder can't be written to, or the copy isn't whole; the project itself isn't touched.
    pub fn run(&self, now_millis: u64) -> Result<Backup, StoreError> {
        let project = self.place.path();
        let folder = make_folder(project)?;
        let mut path = folder.join(format!("{}.tain", date(now_millis)));
        // The names have seconds: a second backup within one replaces nothing.
        let mut moment = now_millis;
        while path.exists() {
            moment = moment.saturating_add(1000);
            path = folder.join(format!("{}.tain", date(moment)));
        }
        let part = path.with_extension("part");
        let made =
            copy(&opening::for_reading(&self.place)?, &part, self.place.key()).and_then(|()| {
                fs::rename(&part, &path).map_err(|source| StoreError::Io {
                    path: path.clone(),
                    source,
                })
            });
        if let Err(error) = made {
            fs::remove_file(&part).ok();
            return Err(error);
        }
        sync_folder(&path);
        let bytes = path.metadata().map_or(0, |file| file.len());
        thin_out(project, self.bytes)?;
        Ok(Backup {
            path,
            made_millis: moment,
            bytes,
        })
    }
}

impl ProjectFile {
    /// What is needed to make a backup on any thread.
    pub fn backing_up(&self) -> BackingUp {
        BackingUp {
            place: self.place.clone(),
            bytes: self.file_bytes(),
        }
    }

    /// Copies the project as it is now to a new file, from the connection that is open: its path may lead elsewhere by now.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is something at the path, or it can't be written; nothing is left then.
    pub fn save_copy(&self, path: &Path) -> Result<(), StoreError> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let saved = copy(&self.connection, path, self.place.key());
        if saved.is_err() {
            fs::remove_file(path).ok();
        }
        sync_folder(path);
        saved
    }
}

/// Copies a project to a new file, and checks the copy.
fn copy(source: &Connection, path: &Path, key: Option<&CipherKey>) -> Result<(), StoreError> {
    let io = |source| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    fs::remove_file(path).ok();
    drop(create_new(path).map_err(io)?);
    let mut copy = Connection::open(path)?;
    if let Some(key) = key {
        key.apply(&copy)?;
    }
    Copying::new(source, &mut copy)?.run_to_completion(PAGES, Duration::ZERO, None)?;
    // As one file, which can be read from a place that can't be written to.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    let sound: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(StoreError::Damaged(sound));
    }
    let entries = |connection: &Connection| -> rusqlite::Result<i64> {
        connection.query_row("SELECT count(*) FROM entries", [], |row| row.get(0))
    };
    if entries(&copy)? < entries(source)? {
        return Err(StoreError::Damaged("the copy lacks entries".to_owned()));
    }
    drop(copy);
    fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(io)
}

/// Creates the folder of a project's backups, which its owner alone can look into.
fn make_folder(project: &Path) -> Result<PathBuf, StoreError> {
    let folder = folder(project);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(&folder).map_err(|source| StoreError::Io {
        path: folder.clone(),
        source,
    })?;
    Ok(folder)
}

/// Removes the backups that aren't needed any more.
fn thin_out(project: &Path, project_bytes: u64) -> Result<(), StoreError> {
    let backups = list(project);
    let kept = worth_keeping(&backups, project_bytes);
    for (_, backup) in (0..)
        .zip(&backups)
        .filter(|(number, _)| !kept.contains(number))
    {
        fs::remove_file(&backup.path).map_err(|source| StoreError::Io {
            path: backup.path.clone(),
            source,
        })?;
    }
    Ok(())
}

/// The numbers of the backups to keep, of a list with the newest first.
fn worth_keeping(backups: &[Backup], project_bytes: u64) -> BTreeSet<usize> {
    let days = |backup: &Backup| backup.made_millis / DAY_MILLIS;
    let mut kept: BTreeSet<usize> = (0..backups.len().min(LAST)).collect();
    let mut newest_of = |period: &dyn Fn(&Backup) -> u64, most: usize| {
        let mut seen = BTreeSet::new();
        for (number, backup) in backups.iter().enumerate() {
            if seen.len() < most && seen.insert(period(backup)) {
                kept.insert(number);
            }
        }
    };
    newest_of(&days, DAYS);
    newest_of(&|backup| days(backup) / 7, WEEKS);
    let most = AT_LEAST_BYTES.max(project_bytes.saturating_mul(TIMES));
    let mut sum = 0_u64;
    kept.retain(|number| {
        sum = sum.saturating_add(backups[*number].bytes);
        // The newest one stays whatever it takes.
        *number == 0 || sum <= most
    });
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backups(hours_ago: &[u64], bytes: u64) -> Vec<Backup> {
        let now = 20_000 * DAY_MILLIS + DAY_MILLIS - 1;
        hours_ago
            .iter()
            .map(|hours| Backup {
                path: PathBuf::new(),
                made_millis: now - hours * 3_600_000,
                bytes,
            })
            .collect()
    }

    #[test]
    fn the_last_ones_one_a_day_and_one_a_week_are_kept() {
        let all: Vec<u64> = (0..24 * 90).collect();
        let backups = backups(&all, 1);
        let kept: Vec<u64> = worth_keeping(&backups, 1)
            .into_iter()
            .map(|number| all[number])
            .collect();
        assert!(
            kept.starts_with(&[0, 1, 2, 24, 48, 72, 96, 120, 144]),
            "{kept:?}"
        );
        assert!(kept.len() <= LAST + DAYS + WEEKS);
        assert!(*kept.last().unwrap() > 24 * 7 * 6);
    }

    #[test]
    fn they_take_no_more_room_than_they_may() {
        let backups = backups(&[0, 30, 60, 90, 120], 100 << 20);
        assert_eq!(worth_keeping(&backups, 1).len(), 2);
        assert_eq!(worth_keeping(&backups, 100 << 20).len(), 4);
        assert_eq!(worth_keeping(&backups[..1], 1).len(), 1);
    }

    #[test]
    fn a_moment_comes_back_from_its_name() {
        let moment = 1_795_000_000_000;
        assert_eq!(millis(&date(moment)), Some(moment));
        assert_eq!(millis("notes"), None);
    }
}
