//! Project files and their index: a sound one is made once, and damaged in many ways.

use std::{path::Path, sync::OnceLock};

use tain::{
    app::{
        Session, action::Action, identity::Host, import::PathPatterns, integrity::check, jobs::JobControl,
        search::index_cache::{build_index, open_index},
    },
    import::{DocumentOptions, SourceFile, read_document},
    search::Request,
    store::Access,
};
use tempfile::TempDir;

const TEXT: &str = "Ann: I kept my hand down.\n\nBen: And then?\n\nAnn: 我敢举手了。\n";

/// A folder for one try.
///
/// # Panics
/// When there is no folder for temporary files.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for temporary files")
}

/// Removes what opening a project leaves beside it.
pub fn clear(folder: &TempDir) {
    for file in std::fs::read_dir(folder.path()).into_iter().flatten().flatten() {
        std::fs::remove_file(file.path()).ok();
    }
}

fn host() -> Host {
    Host { now_millis: Box::new(|| 1_760_000_000_000), chance: 7, random: || Some([7; 64]), installation: "fuzz".to_owned() }
}

/// Makes a project with a text and a code.
///
/// # Panics
/// When it can't be made.
pub fn make(path: &Path) -> Session {
    let mut session = Session::create(path, "Fuzz 研究", "An", host()).expect("a new project");
    let file = SourceFile { path: "F01.txt".to_owned(), bytes: TEXT.as_bytes().to_vec() };
    let document = read_document(file, &DocumentOptions::default()).expect("a transcript");
    session.add_documents(vec![document], &PathPatterns::default()).expect("a document");
    session.run(Action::AddCase { name: "Reed".to_owned(), kind: tain::model::case::CaseKind::family(), parent: None }).expect("a case");
    session
}

/// The bytes of a sound project.
///
/// # Panics
/// When it can't be made.
pub fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = folder();
        let path = folder.path().join("p.tain");
        drop(make(&path));
        std::fs::read(path).expect("a project")
    })
}

/// Bytes in which some are others: three bytes of the data say where, a fourth says what.
pub fn patched(bytes: &[u8], data: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for patch in data.chunks_exact(4) {
        let place = u32::from_be_bytes([0, patch[0], patch[1], patch[2]]) as usize;
        if !bytes.is_empty() {
            let place = place % bytes.len();
            bytes[place] ^= patch[3];
        }
    }
    bytes
}

/// Opens a project, checks it and reads all its texts; whatever is wrong is said in one line.
///
/// # Panics
/// When a message is more than one line, or a text isn't as long as its document says.
pub fn open(path: &Path, access: Access) {
    let session = match Session::open(path, access, host()) {
        Ok(session) => session,
        Err(error) => return assert!(!error.to_string().contains('\n'), "{error}"),
    };
    if let Err(error) = check(&session) {
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    for document in session.project().documents.values() {
        match session.content(document) {
            Ok(content) => assert_eq!(content.text.len_chars(), document.len_chars()),
            Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
        }
    }
    let request = Request { text: "hand".to_owned(), limit: 9, ..Request::default() };
    session.search(None, &request).expect("the query makes sense");
}

/// Searches with an index in which some bytes are others.
///
/// # Panics
/// When the hits are others than without an index, or it isn't mended by building it again.
pub fn search_patched_index(data: &[u8]) {
    thread_local! {
        static STUDY: (TempDir, Session) = {
            let folder = folder();
            let session = make(&folder.path().join("p.tain"));
            (folder, session)
        };
    }
    STUDY.with(|(folder, session)| {
        let cache = folder.path().join("cache");
        let build = || build_index(Some(&cache), session.path(), session.project(), session.texts(), &JobControl::default());
        build().expect("an index");
        let index = std::fs::read_dir(cache.join("index")).expect("a folder").flatten().next().expect("an index");
        let mut files: Vec<_> = std::fs::read_dir(index.path()).expect("a folder").flatten().map(|file| file.path()).collect();
        files.sort();
        let Some((which, data)) = data.split_first() else { return };
        let file = &files[usize::from(*which) % files.len()];
        let bytes = std::fs::read(file).expect("a file");
        std::fs::write(file, patched(&bytes, data)).expect("a file");
        let request = Request { text: "hand OR 举手".to_owned(), limit: 9, ..Request::default() };
        let opened = open_index(Some(&cache), session.path());
        let truth = session.search(None, &request).expect("the query makes sense");
        assert_eq!(session.search(opened.as_ref(), &request).expect("the query makes sense"), truth);
        drop(opened);
        let mended = build().expect("it is built anew");
        assert_eq!(session.search(Some(&mended), &request).expect("the query makes sense"), truth);
    });
}
