//! A page of gold cases: queries in both languages, texts, and exactly what is found, by scan and by index alike.

use tain::{
    app::{Session, import::PathPatterns},
    search::{Corpus, Filters, Index, Request},
};

use crate::world::{transcript, world};

/// Query, text, and the words of each hit with their first code point.
type Case = (String, String, Vec<(String, u32)>);

fn cases() -> Vec<Case> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/search/gold.ron");
    ron::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn gold_cases_are_found_by_scan_and_by_index() {
    let folder = tempfile::tempdir().unwrap();
    let mut session =
        Session::create(&folder.path().join("p.tain"), "Gold", "An", world(3)).unwrap();
    let cases = cases();
    assert!(cases.len() > 100, "{}", cases.len());
    // Texts of one line are padded apart, or a text that stands twice would come in once.
    let documents = cases.iter().enumerate().map(|(number, (_, text, _))| {
        transcript(&format!("{number:03}.txt"), &format!("{text}\n\n{number}"))
    });
    session
        .add_documents(documents.collect(), &PathPatterns::default())
        .unwrap();
    let texts = std::sync::Arc::clone(session.texts());
    let load = |document: &tain::model::document::Document| texts.content(document).ok();
    let corpus = Corpus {
        project: session.project(),
        load: &load,
    };
    let index = Index::in_memory().unwrap();
    index.update(&corpus, &mut |_| true).unwrap();
    let mut wrong = Vec::new();
    for (number, (query, text, expected)) in cases.iter().enumerate() {
        let document = session
            .project()
            .document_by_title(&format!("{number:03}"))
            .unwrap();
        let content = session.content(document).unwrap();
        assert!(
            content.text.as_str().starts_with(text.as_str()),
            "{text}: {}",
            content.text.as_str()
        );
        let length = u32::try_from(text.chars().count()).unwrap();
        for (way, index) in [("scan", None), ("index", Some(&index))] {
            let filters = Filters {
                documents: [document.id].into(),
                ..Filters::default()
            };
            let request = Request {
                text: query.clone(),
                filters,
                limit: usize::MAX,
                ..Request::default()
            };
            let hits = session
                .search(index, &request)
                .unwrap_or_else(|error| panic!("{query}: {error}"))
                .hits;
            let hits = hits.iter().filter(|hit| hit.range.end() <= length);
            let found: Vec<(String, u32)> = hits
                .map(|hit| {
                    (
                        content.text.slice(hit.range).unwrap().to_owned(),
                        hit.range.start(),
                    )
                })
                .collect();
            let mut expected = expected.clone();
            expected.sort_by_key(|(words, at)| (*at, words.len()));
            if found != expected {
                wrong.push(format!(
                    "{query} in {text:?} by {way}: {found:?}, not {expected:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
