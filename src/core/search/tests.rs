//! Search as a whole: the same hits from index and scan, fields, filters, and an index that keeps up with the texts.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use proptest::prelude::*;

use super::*;
use crate::model::{
    attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
    case::{Case, CaseKind},
    clock::Stamp,
    code::{Code, Hue},
    coder::Coder,
    coding::{Coding, Origin},
    document::{DocumentSource, Speaker, SpeakerRole, Turn},
    ids::{CodingId, DeviceId},
    localized::{Language, Localized},
    phase::Phase,
    rank::Rank,
    revision::{TextEdit, TextHistory},
    text::{ContentHash, DocumentText},
};

/// A project with its texts; documents are numbered from 0.
#[derive(Default)]
struct TestStudy {
    project: Project,
    base: BTreeMap<DocumentId, (String, Vec<Turn>)>,
}

fn chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap()
}

fn range(start: u32, end: u32) -> TextRange {
    TextRange::between(start, end)
}

impl TestStudy {
    /// Adds a document of lines `Speaker: what is said`; a line without colon has no speaker.
    fn document(&mut self, title: &str, text: &str) -> &mut Document {
        let (mut turns, mut labels, mut start): (Vec<Turn>, Vec<&str>, u32) =
            (Vec::new(), Vec::new(), 0);
        for line in text.split('\n') {
            let end = start + chars(line);
            let (speaker, body) = match line.split_once(": ") {
                Some((label, _)) => {
                    let number = labels
                        .iter()
                        .position(|known| *known == label)
                        .unwrap_or(labels.len());
                    if number == labels.len() {
                        labels.push(label);
                    }
                    (
                        Some(u16::try_from(number).unwrap()),
                        start + chars(label) + 2,
                    )
                }
                None => (None, start),
            };
            turns.push(Turn {
                range: range(start, end),
                body,
                speaker,
                at_millis: None,
            });
            start = end + 1;
        }
        let speaker = |label: &&str| Speaker {
            label: (*label).to_owned(),
            role: SpeakerRole::Participant,
            case: None,
        };
        let id = DocumentId::from_u128(self.base.len() as u128);
        let hash = ContentHash::of(text.as_bytes());
        let chars = chars(text);
        let n_turns = u32::try_from(turns.len()).unwrap();
        let source = DocumentSource {
            file: title.to_owned(),
            read_as: "text".to_owned(),
            original: hash,
            text: hash,
            chars,
            turns: hash,
            n_turns,
        };
        let document = Document {
            id,
            title: title.to_owned(),
            source,
            history: TextHistory::default(),
            words: 0,
            speakers: labels.iter().map(speaker).collect(),
            turn_edits: Vec::new(),
            revision: None,
            phase: None,
            cases: BTreeSet::new(),
            values: BTreeMap::new(),
            codings: Vec::new(),
        };
        self.base.insert(id, (text.to_owned(), turns));
        self.project.documents.insert(id, Arc::new(document));
        self.edit(id)
    }

    fn edit(&mut self, id: DocumentId) -> &mut Document {
        Arc::make_mut(self.project.documents.get_mut(&id).unwrap())
    }

    fn content(&self, document: &Document) -> Option<Arc<Content>> {
        let (text, turns) = self.base.get(&document.id)?;
        document
            .content(DocumentText::new(text.as_str()), turns.clone())
            .map(Arc::new)
    }

    fn search(
        &self,
        index: Option<&Index>,
        request: &Request,
    ) -> Result<SearchOutcome, QueryError> {
        let load = |document: &Document| self.content(document);
        search(
            &Corpus {
                project: &self.project,
                load: &load,
            },
            index,
            request,
        )
    }

    fn index(&self, index: &Index) -> index::Updated {
        let load = |document: &Document| self.content(document);
        index
            .update(
                &Corpus {
                    project: &self.project,
                    load: &load,
                },
                &mut |_| true,
            )
            .unwrap()
    }

    /// The words of all hits, by scan and index alike: `document title: words`.
    fn found(&self, mode: Mode, text: &str, filters: Filters) -> Vec<String> {
        let request = Request {
            text: text.to_owned(),
            mode,
            exact_forms: false,
            filters,
            limit: usize::MAX,
        };
        let index = Index::in_memory().unwrap();
        self.index(&index);
        assert!(index.fits(&self.project));
        let outcome = self.search(None, &request).unwrap();
        assert_eq!(
            self.search(Some(&index), &request).unwrap(),
            outcome,
            "{text}"
        );
        let shown = |hit: &Hit| {
            let document = &self.project.documents[&hit.document];
            format!(
                "{}: {}",
                document.title,
                self.content(document)
                    .unwrap()
                    .text
                    .slice(hit.range)
                    .unwrap()
            )
        };
        outcome.hits.iter().map(shown).collect()
    }

    fn words(&self, text: &str) -> Vec<String> {
        self.found(Mode::Words, text, Filters::default())
    }
}

fn code(number: u128, parent: Option<u128>, name: &str, chinese: &str) -> Arc<Code> {
    let place = crate::model::code::CodePlace {
        parent: parent.map(CodeId::from_u128),
        rank: Rank::after([].into_iter()),
    };
    let name = Localized {
        text: name.to_owned(),
        translations: BTreeMap::from([(Language::ZH, chinese.to_owned())]),
    };
    Arc::new(Code::new(
        CodeId::from_u128(number),
        place,
        name,
        Hue::new(0),
    ))
}

fn coding(number: u128, range: TextRange, code: u128, coder: u128) -> Coding {
    let (code, coder) = (CodeId::from_u128(code), CoderId::from_u128(coder));
    Coding {
        id: CodingId::from_u128(number),
        range,
        code,
        coder,
        facets: BTreeMap::new(),
        origin: Origin::Hand,
        about: BTreeSet::new(),
    }
}

/// Two families, two phases, two coders.
fn study() -> TestStudy {
    let mut study = TestStudy::default();
    let phase = PhaseId::from_u128(1);
    let person = |number, name: &str, parent: Option<u128>| {
        let kind = if parent.is_some() {
            CaseKind::person()
        } else {
            CaseKind::family()
        };
        let parent = parent.map(CaseId::from_u128);
        Arc::new(Case {
            id: CaseId::from_u128(number),
            name: name.to_owned(),
            kind,
            parent,
            values: BTreeMap::new(),
        })
    };
    for case in [
        person(1, "F01", None),
        person(2, "F01 mother", Some(1)),
        person(3, "F010", None),
        person(4, "家庭2", None),
    ] {
        study.project.cases.insert(case.id, case);
    }
    let role = AttributeId::from_u128(7);
    let attribute = Attribute::new(
        role,
        "role".to_owned(),
        AttributeOf::Cases,
        AttributeKind::Text,
        false,
        Rank::after([].into_iter()),
    );
    study.project.attributes.insert(role, attribute);
    let mother = Arc::make_mut(study.project.cases.get_mut(&CaseId::from_u128(2)).unwrap());
    mother
        .values
        .insert((role, None), AttributeValue::Text("Parent".to_owned()));
    study.project.phases.insert(
        phase,
        Phase::new(phase, "baseline".to_owned(), Rank::after([].into_iter())),
    );
    for (number, name) in [(1, "Ana"), (2, "安")] {
        let coder = Coder::new(CoderId::from_u128(number), name.to_owned());
        study.project.coders.insert(coder.id, coder);
    }
    for code in [
        code(1, None, "Needs", "需要"),
        code(2, Some(1), "Belonging", "归属"),
        code(3, None, "School", "学校"),
    ] {
        study.project.codebook.codes.insert(code.id, code);
    }
    let first = study.document(
        "F10",
        "Mother: she is confident\nTeacher: confident at school\nMother: 她很自信",
    );
    first.cases.insert(CaseId::from_u128(3));
    first.phase = Some(phase);
    let second = study.document(
        "F2",
        "妈妈: 自信，confident😀自信\nInterviewer: Confidently?",
    );
    second.cases.insert(CaseId::from_u128(1));
    second.speakers[0].case = Some(CaseId::from_u128(2));
    // 自信 in the second document's first turn is 4..6 and 16..18.
    second.codings = vec![coding(1, range(3, 6), 2, 1), coding(2, range(16, 18), 3, 2)];
    study
}

#[test]
fn hits_come_by_title_and_position() {
    let study = study();
    assert_eq!(study.words("自信"), ["F2: 自信", "F2: 自信", "F10: 自信"]);
    assert_eq!(
        study.words("confident"),
        [
            "F2: confident",
            "F2: Confidently",
            "F10: confident",
            "F10: confident"
        ]
    );
    assert_eq!(
        study.words("mother"),
        Vec::<String>::new(),
        "labels are not searched"
    );
    assert_eq!(
        study.found(Mode::Literal, "MOTHER: ", Filters::default()),
        ["F10: Mother: ", "F10: Mother: "]
    );
    assert_eq!(
        study.found(Mode::Literal, "信，c", Filters::default()),
        ["F2: 信，c"]
    );
    assert_eq!(
        study.found(Mode::Regex, "^[^:]+: 自.", Filters::default()),
        ["F2: 妈妈: 自信"]
    );
}

#[test]
fn fields_are_looked_up_in_the_project() {
    let study = study();
    for (query, expected) in [
        (
            "speaker:mother",
            &["F10: she is confident", "F10: 她很自信"][..],
        ),
        ("speaker:MOTH confident", &["F10: confident"]),
        ("说话人：妈妈 confident", &["F2: confident"]),
        ("case:F01 confident", &["F2: confident", "F2: Confidently"]),
        (
            "case:F0 confident",
            &[
                "F2: confident",
                "F2: Confidently",
                "F10: confident",
                "F10: confident",
            ],
        ),
        ("case:\"F01 mother\" confident", &["F2: confident"]),
        ("phase:base 自信", &["F10: 自信"]),
        ("-phase:baseline 自信", &["F2: 自信", "F2: 自信"]),
        ("document:f10 school", &["F10: school"]),
        ("code:Needs", &["F2: 自信，confident😀自信"]),
        (
            "code:needs/belonging OR school",
            &["F2: 自信，confident😀自信", "F10: school"],
        ),
        ("编码:需要/归属 confident", &["F2: confident"]),
        ("coder:安 自信", &["F2: 自信", "F2: 自信"]),
        ("自信 NOT coder:Ana", &["F10: 自信"]),
    ] {
        assert_eq!(study.words(query), expected, "{query}");
    }
    let said = study
        .search(
            None,
            &Request {
                text: "自信 code:Bleonging".to_owned(),
                ..Request::default()
            },
        )
        .unwrap_err()
        .to_string();
    assert_eq!(
        said,
        "at character 4 of the query: there is no code “Bleonging”; check the spelling, or write only the beginning"
    );
}

#[test]
fn filters_keep_what_lies_inside() {
    let study = study();
    let code = |number| BTreeSet::from([CodeId::from_u128(number)]);
    let all = Filters::default;
    for (filters, expected) in [
        (
            Filters {
                in_codes: code(1),
                ..all()
            },
            &["F2: 自信"][..],
        ),
        (
            Filters {
                in_codes: code(1),
                coders: BTreeSet::from([CoderId::from_u128(2)]),
                ..all()
            },
            &[],
        ),
        (
            Filters {
                not_in_codes: code(1),
                ..all()
            },
            &["F2: 自信", "F10: 自信"],
        ),
        (
            Filters {
                coders: BTreeSet::from([CoderId::from_u128(2)]),
                ..all()
            },
            &["F2: 自信"],
        ),
        (
            Filters {
                cases: BTreeSet::from([CaseId::from_u128(1)]),
                ..all()
            },
            &["F2: 自信", "F2: 自信"],
        ),
        (
            Filters {
                phases: BTreeSet::from([PhaseId::from_u128(1)]),
                ..all()
            },
            &["F10: 自信"],
        ),
        (
            Filters {
                documents: BTreeSet::from([DocumentId::from_u128(0)]),
                ..all()
            },
            &["F10: 自信"],
        ),
        (
            Filters {
                speakers: BTreeSet::from(["Mother".to_owned()]),
                ..all()
            },
            &["F10: 自信"],
        ),
        (
            Filters {
                attributes: vec![(AttributeId::from_u128(7), "parent".to_owned())],
                ..all()
            },
            &["F2: 自信", "F2: 自信"],
        ),
    ] {
        for mode in [Mode::Words, Mode::Literal, Mode::Regex] {
            assert_eq!(
                study.found(mode, "自信", filters.clone()),
                expected,
                "{mode:?} {filters:?}"
            );
        }
    }
}

#[test]
fn the_limit_cuts_hits_and_not_counts() {
    let study = study();
    let index = Index::in_memory().unwrap();
    study.index(&index);
    for limit in 0..5 {
        for mode in [Mode::Words, Mode::Literal] {
            let request = Request {
                text: "自信".to_owned(),
                mode,
                limit,
                ..Request::default()
            };
            let outcome = study.search(Some(&index), &request).unwrap();
            assert_eq!(
                (outcome.hits.len(), outcome.total, outcome.documents),
                (limit.min(3), 3, 2)
            );
        }
    }
}

#[test]
fn the_index_keeps_up_with_the_texts() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let mut study = study();
    let index = Index::create_in_dir(&folder, Path::new("/p.tain")).unwrap();
    assert!(!index.fits(&study.project));
    assert_eq!(study.index(&index).indexed, 2);
    assert_eq!(study.index(&index), index::Updated::default());
    drop(index);
    let index = Index::open(&folder).unwrap();
    assert!(index.fits(&study.project));

    let hits = |study: &TestStudy, text: &str| {
        let request = Request {
            text: text.to_owned(),
            limit: 9,
            ..Request::default()
        };
        let outcome = study.search(Some(&index), &request).unwrap();
        assert_eq!(study.search(None, &request).unwrap(), outcome);
        outcome.total
    };
    let document = study.edit(DocumentId::from_u128(1));
    let edit = TextEdit {
        device: DeviceId::from_u128(1),
        stamp: Stamp::from_u64(1),
        words: "抗逆力".to_owned(),
    };
    document
        .history
        .replace(document.source.chars, range(4, 6), edit)
        .unwrap();
    study.document("F3", "Child: 自信 brave");
    for _ in 0..2 {
        // First with the stale index, then with the one brought up.
        assert_eq!(
            (
                hits(&study, "抗逆力"),
                hits(&study, "自信"),
                hits(&study, "brave")
            ),
            (1, 3, 1)
        );
        study.index(&index);
        assert!(index.fits(&study.project));
    }
    study.project.documents.remove(&DocumentId::from_u128(0));
    assert_eq!(hits(&study, "自信"), 2);
    assert!(index.has_word("brave"));
    assert_eq!(study.index(&index).removed, 1);
    assert_eq!(hits(&study, "自信"), 2);
    let brave = *study.project.documents.keys().last().unwrap();
    study.project.documents.remove(&brave);
    study.index(&index);
    // Deleted words don't stay in segments, though nothing would find them there.
    assert!(!index.has_word("brave") && index.has_word("逆"));
    drop(index);
    assert!(Index::create_in_dir(&folder, Path::new("/p.tain")).is_ok());
    std::fs::create_dir(folder.join("photos")).unwrap();
    assert!(matches!(
        Index::create_in_dir(&folder, Path::new("/p.tain")),
        Err(index::IndexError::NotAnIndex(_))
    ));
}

#[test]
fn a_stopped_update_keeps_what_it_did() {
    let study = study();
    let index = Index::in_memory().unwrap();
    let load = |document: &Document| study.content(document);
    let corpus = Corpus {
        project: &study.project,
        load: &load,
    };
    let updated = index
        .update(&corpus, &mut |progress| progress.done < 1)
        .unwrap();
    assert_eq!((updated.indexed, updated.stopped), (1, true));
    let request = Request {
        text: "自信".to_owned(),
        limit: 9,
        ..Request::default()
    };
    assert_eq!(
        search(&corpus, Some(&index), &request),
        search(&corpus, None, &request)
    );
    assert_eq!(study.index(&index).indexed, 1);
}

#[test]
fn a_text_that_is_missing_is_reported() {
    let study = study();
    let load = |document: &Document| {
        if document.title == "F2" {
            None
        } else {
            study.content(document)
        }
    };
    let corpus = Corpus {
        project: &study.project,
        load: &load,
    };
    let request = Request {
        text: "自信".to_owned(),
        limit: 9,
        ..Request::default()
    };
    let outcome = search(&corpus, None, &request).unwrap();
    assert_eq!(
        (outcome.total, outcome.unreadable),
        (1, vec![DocumentId::from_u128(1)])
    );
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "自", "信", "自信", "我", "歸", "归", "，", "。", " ", " ", "\n", "\nA: ", "\n妈: ", "a",
        "b", "believe ", "believes", "don’t ", "😀", "𠮷", "-", "e\u{301}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "归",
        "歸",
        "=believe",
        "belive~1",
        "zixin",
        "自 NEAR/2 信",
        "(自信 OR a) NEAR/3 (b OR believe)",
        "a NEAR b NEAR/1 我",
        "自",
        "信",
        "自信",
        "我",
        "a",
        "b",
        "believed",
        "bel*",
        "don't",
        "\"自 信\"~2",
        "\"a b\"",
        "\"a. b\"",
        "\"信。自\"",
        "\"a a\"~1",
        "\"自 a*\"",
        "é",
        "𠮷",
        "/信./",
        "/a b/",
        "speaker:A",
        "document:D1",
        "a-b",
        "自a",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(({a}) NEAR/1turns ({b}))")),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| format!("(({a}) NEAR/document ({b}))")),
            inner.prop_map(|a| format!("NOT ({a})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn index_and_scan_find_the_same(texts in prop::collection::vec(any_text(), 1..6), queries in prop::collection::vec(any_query(), 8), limit in 0usize..6) {
        let mut study = TestStudy::default();
        study.document("D0", "A: 自");
        for (number, text) in texts.iter().enumerate() {
            study.document(&format!("D{}", number + 1), text);
        }
        let index = Index::in_memory().unwrap();
        study.index(&index);
        for text in queries {
            for limit in [limit, usize::MAX] {
                let request = Request { text: text.clone(), limit, ..Request::default() };
                let scanned = study.search(None, &request).unwrap();
                prop_assert_eq!(&study.search(Some(&index), &request).unwrap(), &scanned, "{}", text);
                prop_assert_eq!(scanned.hits.len(), scanned.total.min(limit));
                for hit in &scanned.hits {
                    let content = study.content(&study.project.documents[&hit.document]).unwrap();
                    let turn = &content.turns[hit.turn.unwrap()];
                    prop_assert!(turn.said().contains(hit.range) && !hit.range.is_empty());
                }
            }
        }
    }

    /// Every pair of places is looked at; of those near each other, the ones remain within which no other lies.
    #[test]
    fn near_is_what_every_pair_says(places in prop::collection::vec((0u32..40, 0u32..3, any::<bool>()), 0..16), words in 0u32..6) {
        let of = |wanted: bool| {
            let mut spans: Vec<(u32, u32)> =
                places.iter().filter(|(.., one)| *one == wanted).map(|(start, length, _)| (*start, start + length)).collect();
            spans.sort_unstable();
            spans.dedup();
            spans
        };
        let (one, other) = (of(true), of(false));
        let mut pairs = Vec::new();
        for a in &one {
            for b in &other {
                let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
                if second.0 > first.1 && second.0 - first.1 - 1 <= words {
                    pairs.push((first.0, second.1));
                }
            }
        }
        let within = |inner: &(u32, u32), outer: &(u32, u32)| inner != outer && outer.0 <= inner.0 && inner.1 <= outer.1;
        let mut expected: Vec<(u32, u32)> =
            pairs.iter().copied().filter(|pair| !pairs.iter().any(|inner| within(inner, pair))).collect();
        expected.sort_unstable();
        expected.dedup();
        let mut found = Vec::new();
        super::matcher::near_spans(&one, &other, words, &mut found);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_hit_is_a_word_the_analyser_cut(text in any_text(), word in prop::sample::select(vec!["自", "信", "believe", "a", "don't", "é"])) {
        let mut study = TestStudy::default();
        let id = study.document("D", &text).id;
        let outcome = study.search(None, &Request { text: word.to_owned(), limit: usize::MAX, ..Request::default() }).unwrap();
        let content = study.content(&study.project.documents[&id]).unwrap();
        let (mut stemmer, mut term, mut expected) = (analyser::Stemmer::default(), String::new(), Vec::new());
        let wanted = stemmer.stem(word);
        for turn in &content.turns {
            let mut tokens = analyser::Tokens::new(content.text.slice(turn.said()).unwrap());
            while let Some(token) = tokens.next(&mut term) {
                if stemmer.stem(&term) == wanted {
                    expected.push(range(turn.body + token.start, turn.body + token.end));
                }
            }
        }
        prop_assert_eq!(outcome.hits.iter().map(|hit| hit.range).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn any_query_is_answered_or_refused(text in "\\PC{0,20}") {
        let study = study();
        for mode in [Mode::Words, Mode::Literal, Mode::Regex] {
            let request = Request { text: text.clone(), mode, limit: 3, ..Request::default() };
            if let Err(error) = study.search(None, &request) {
                prop_assert!(error.at.end() as usize <= text.chars().count());
            }
        }
    }
}
