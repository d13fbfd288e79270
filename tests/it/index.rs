//! The search index on disk: damage is noticed and mended, it goes with its project, and nobody else can read it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tain::{
    app::{
        Session,
        jobs::JobControl,
        search::index_cache::{build_index, open_index},
    },
    search::{Index, Request},
    store::Access,
};

use crate::world::{project, world};

/// A project with an index.
struct Indexed {
    folder: tempfile::TempDir,
    session: Session,
}

impl Indexed {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = project(&folder.path().join("p.tain"), 5);
        let new = Self { folder, session };
        new.build();
        new
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn build(&self) -> Index {
        build_index(
            Some(&self.cache()),
            self.session.path(),
            self.session.project(),
            self.session.texts(),
            &JobControl::default(),
        )
        .unwrap()
    }

    fn opened(&self) -> Option<Index> {
        open_index(Some(&self.cache()), self.session.path())
    }

    /// The folder of the index.
    fn index(&self) -> PathBuf {
        let folders = folders(&self.cache().join("index"));
        assert_eq!(folders.len(), 1);
        folders[0].clone()
    }

    fn total(&self, index: Option<&Index>, text: &str) -> usize {
        let request = Request {
            text: text.to_owned(),
            limit: 9,
            ..Request::default()
        };
        self.session.search(index, &request).unwrap().total
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.is_dir()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn a_damaged_index_is_not_searched_and_is_built_anew() {
    let study = Indexed::new();
    let queries = ["笑", "believe", "know", "奶奶 OR hand", "bel*"];
    let truth = queries.map(|query| study.total(None, query));
    assert!(truth.iter().all(|total| *total > 0), "{truth:?}");
    let mut flipped = 0;
    let ending = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.split_once('.')
            .map_or(name.clone(), |(_, ending)| ending.to_owned())
    };
    let endings: Vec<String> = files(&study.index())
        .iter()
        .map(|file| ending(file))
        .collect();
    for kind in endings {
        // Built anew, files of the same kind have other names.
        let file = files(&study.index())
            .into_iter()
            .find(|file| ending(file) == kind)
            .unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name == "lock" || name.ends_with(".lock") {
            continue;
        }
        let whole = fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&file, &bytes).unwrap();
            let index = study.opened();
            // Tantivy's own list of files to remove says nothing about what is found.
            assert!(
                index.is_none() || name.starts_with('.') || name == "seal.json",
                "{name} at {at}"
            );
            for (query, total) in queries.iter().zip(truth) {
                assert_eq!(study.total(index.as_ref(), query), total, "{name} at {at}");
            }
            flipped += 1;
        }
        fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        let index = study.build();
        assert!(index.fits(study.session.project()));
        for (query, total) in queries.iter().zip(truth) {
            assert_eq!(study.total(Some(&index), query), total, "{name} cut off");
        }
        assert!(study.opened().is_some(), "{name} isn't mended");
    }
    assert!(flipped > 200, "{flipped}");
}

#[test]
fn damage_while_the_index_is_open_gives_no_panic_and_the_next_build_mends_it() {
    let study = Indexed::new();
    let index = study.opened().unwrap();
    let truth = study.total(None, "believe");
    for file in files(&study.index()) {
        let length = fs::metadata(&file).unwrap().len();
        // In place, as a failing disk would: the index reads its files through the same pages.
        let file = fs::OpenOptions::new().write(true).open(&file).unwrap();
        let zeros = vec![0xff; usize::try_from(length).unwrap()];
        std::io::Write::write_all(&mut &file, &zeros).unwrap();
    }
    study.total(Some(&index), "believe");
    drop(index);
    let index = study.build();
    assert_eq!(study.total(Some(&index), "believe"), truth);
}

#[test]
fn the_index_of_a_project_that_is_gone_is_removed_with_the_next_build() {
    let mut study = Indexed::new();
    let all = study.cache().join("index");
    let old = study.index();
    let moved = study.folder.path().join("moved.tain");
    let first = study.session.path().to_owned();
    drop(std::mem::replace(
        &mut study.session,
        project(&study.folder.path().join("other.tain"), 6),
    ));
    fs::rename(&first, &moved).unwrap();
    // What an earlier version left, and what isn't an index at all.
    fs::create_dir(all.join("before")).unwrap();
    fs::write(all.join("before/meta.json"), "{}").unwrap();
    fs::create_dir(all.join("photos")).unwrap();
    fs::write(all.join("photos/a.jpg"), "x").unwrap();
    study.build();
    assert!(!old.exists());
    assert!(!all.join("before").exists());
    assert!(all.join("photos/a.jpg").exists());
    fs::remove_dir_all(all.join("photos")).unwrap();
    let other = study.index();
    // While a project is there, its index stays.
    let session = Session::open(&moved, Access::Read, world(7)).unwrap();
    study.session = session;
    study.build();
    assert!(other.exists());
    assert_eq!(folders(&all).len(), 2);
}

#[cfg(unix)]
#[test]
fn an_index_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let study = Indexed::new();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    for folder in [study.cache(), study.cache().join("index"), study.index()] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    for file in files(&study.index()) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}
