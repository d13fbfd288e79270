//! Whatever is done in whatever order: the model's rules hold, every step can be taken back exactly, and copies that meet agree.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use proptest::{prelude::*, sample::Index};
use tain::{
    app::{
        AppError, Session,
        action::{Action, TurnSpeaker},
        edit::{
            new_turns::{NewTurns, corrections_of},
            scale::Definition,
            set::SetDraft,
        },
    },
    log::{self, Entry, change::Holder, merge},
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        code::Hue,
        coding::Origin,
        document::{Content, Document, Speaker, SpeakerRole, Turn, TurnEdit},
        facet::{Facet, FacetKind, FacetValue},
        ids::{DocumentId, FacetId},
        invariants::violations,
        localized::{Language, Localized},
        memo::{Anchor, MemoKind},
        query::QueryKind,
        scale::{Item, Scale},
        text::TextRange,
    },
    store::Access,
};

use crate::world::{project, world};

/// A gesture before it is known what there is to act on.
#[derive(Debug, Clone)]
pub(crate) struct Gesture {
    kind: u8,
    picks: [Index; 3],
    range: (u32, u32),
    word: String,
}

pub(crate) fn gesture() -> impl Strategy<Value = Gesture> {
    let word = prop_oneof![
        Just("自信"),
        Just("a𠮷b"),
        Just("e\u{301}"),
        Just("😀"),
        Just("hope"),
        Just("")
    ]
    .prop_map(str::to_owned);
    (0u8..70, any::<[Index; 3]>(), (0u32..170, 1u32..40), word).prop_map(
        |(kind, picks, range, word)| Gesture {
            kind,
            picks,
            range,
            word,
        },
    )
}

fn pick<T: Copy>(all: &[T], index: &Index) -> Option<T> {
    (!all.is_empty()).then(|| all[index.index(all.len())])
}

impl Gesture {
    /// The request that this gesture is in a project; `None` when there is nothing to act on.
    #[expect(clippy::too_many_lines, reason = "one line for each kind of gesture")]
    fn action(&self, project: &Project) -> Option<Action> {
        let [a, b, c] = &self.picks;
        let documents: Vec<_> = project.documents.keys().copied().collect();
        let codes: Vec<_> = project.codebook.codes.keys().copied().collect();
        let cases: Vec<_> = project.cases.keys().copied().collect();
        let phases: Vec<_> = project.phases.keys().copied().collect();
        let attributes: Vec<_> = project.attributes.keys().copied().collect();
        let memos: Vec<_> = project.memos.keys().copied().collect();
        let codings: Vec<_> = project
            .documents
            .values()
            .flat_map(|d| d.codings.iter().map(|coding| (d.id, coding.id)))
            .collect();
        let range = TextRange::between(self.range.0, self.range.0 + self.range.1);
        let name = format!("{} {}", self.word, self.range.0);
        let several = |one| {
            [
                Some(one),
                pick(&codes, c).filter(|_| self.range.0.is_multiple_of(2)),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
        };
        Some(match self.kind {
            0..=3 => Action::ApplyCode {
                document: pick(&documents, a)?,
                range,
                code: pick(&codes, b)?,
                facets: BTreeMap::new(),
                about: Default::default(),
            },
            4 => Action::RemoveCodings(vec![pick(&codings, a)?]),
            5 => {
                let (document, coding) = pick(&codings, a)?;
                Action::SetCodingRange(document, coding, range)
            }
            6 => {
                let some = [pick(&codings, a)?, pick(&codings, c)?].to_vec();
                if self.range.1.is_multiple_of(2) {
                    Action::RecodeCodings(some, pick(&codes, b)?)
                } else {
                    Action::CopyCodings(some, pick(&codes, b)?)
                }
            }
            7 | 8 => Action::ReplaceText {
                document: pick(&documents, a)?,
                range,
                to: self.word.clone(),
            },
            9 => Action::AddCode {
                parent: pick(&codes, a).filter(|_| self.range.1.is_multiple_of(2)),
                name,
            },
            10 => Action::MoveCodes {
                codes: several(pick(&codes, a)?),
                parent: pick(&codes, b).filter(|_| !self.range.1.is_multiple_of(3)),
                before: pick(&codes, c),
            },
            11 => Action::RemoveCodes(several(pick(&codes, a)?)),
            12 => {
                let mut code =
                    Arc::unwrap_or_clone(Arc::clone(project.codebook.get(pick(&codes, a)?)?));
                code.definition = Localized::plain(name);
                code.facets.push(Facet {
                    id: FacetId::from_u128(u128::from(self.range.0)),
                    name: Localized::plain("strength"),
                    kind: FacetKind::Intensity,
                });
                Action::SetCode(Box::new(code))
            }
            13 => {
                let (document, coding) = pick(&codings, a)?;
                let code = project.documents.get(&document)?.coding(coding)?.code;
                let facet = project.codebook.get(code)?.facets.first()?.id;
                Action::SetFacet {
                    codings: vec![(document, coding), pick(&codings, b)?],
                    facet,
                    value: Some(FacetValue::Intensity(40))
                        .filter(|_| self.range.1.is_multiple_of(2)),
                }
            }
            14 => Action::AddCase {
                name,
                kind: CaseKind::person(),
                parent: pick(&cases, a),
            },
            15 => Action::SetCase {
                case: pick(&cases, a)?,
                name,
                kind: CaseKind::family(),
                parent: pick(&cases, b),
            },
            16 => Action::RemoveCases([pick(&cases, a)?, pick(&cases, b)?].to_vec()),
            17 => Action::SetDocumentsCase {
                documents: vec![pick(&documents, a)?],
                case: pick(&cases, b)?,
                belongs: !self.range.1.is_multiple_of(3),
            },
            18 => Action::AddPhase(name),
            19 => {
                let documents = vec![pick(&documents, a)?, pick(&documents, c)?];
                Action::SetDocumentsPhase(documents, pick(&phases, b))
            }
            20 => {
                let kind = if self.range.0.is_multiple_of(2) {
                    AttributeKind::Number
                } else {
                    AttributeKind::Text
                };
                Action::AddAttribute {
                    name,
                    of: AttributeOf::Cases,
                    kind,
                    per_phase: self.range.1.is_multiple_of(2),
                }
            }
            43 => Action::RemoveAttribute(pick(&attributes, a)?),
            44 => {
                let items: Vec<Item> = project
                    .attributes
                    .values()
                    .filter(|attribute| Scale::takes(attribute))
                    .take(1 + self.range.0 as usize % 3)
                    .map(|attribute| Item {
                        attribute: attribute.id,
                        reversed: self.range.1.is_multiple_of(2),
                    })
                    .collect();
                if items.is_empty() {
                    return Some(Action::AddAttribute {
                        name,
                        of: AttributeOf::Cases,
                        kind: AttributeKind::Number,
                        per_phase: true,
                    });
                }
                let scale = project
                    .scales
                    .keys()
                    .next()
                    .copied()
                    .filter(|_| self.range.1.is_multiple_of(3));
                let definition = Definition {
                    name,
                    items,
                    range: (1.0, 4.0),
                    fewest: (!self.range.0.is_multiple_of(3)).then_some(1),
                };
                Action::SetScale(scale, definition)
            }
            46 | 47 => {
                let picked = [
                    pick(&documents, a).map(Anchor::Document),
                    pick(&codes, b).map(Anchor::Code),
                    pick(&cases, c).map(Anchor::Case),
                    pick(&memos, a).map(Anchor::Memo),
                ];
                let members = picked
                    .into_iter()
                    .flatten()
                    .take(1 + self.range.0 as usize % 4)
                    .collect();
                let set = project
                    .sets
                    .keys()
                    .next()
                    .copied()
                    .filter(|_| self.kind == 46);
                Action::SetSet(
                    set,
                    SetDraft {
                        name,
                        description: self.word.clone(),
                        members,
                    },
                )
            }
            48 => Action::RemoveSet(*project.sets.keys().next()?),
            45 => Action::RemoveScale(*project.scales.keys().next()?),
            21 => {
                let attribute = pick(&attributes, a)?;
                let phase = if project.attributes.get(&attribute)?.per_phase {
                    Some(pick(&phases, c)?)
                } else {
                    None
                };
                Action::SetValue {
                    holder: Holder::Case(pick(&cases, b)?),
                    attribute,
                    phase,
                    text: self.word.clone(),
                }
            }
            22 => {
                let anchor = match self.range.1 % 5 {
                    0 => Anchor::Segment(pick(&documents, a)?, range),
                    1 => Anchor::Code(pick(&codes, a)?),
                    2 => pick(&memos, a).map(Anchor::Memo)?,
                    3 => Anchor::Cell(pick(&cases, a)?, pick(&codes, b)?),
                    _ => pick(&codings, a)
                        .map(|(document, coding)| Anchor::Coding(document, coding))?,
                };
                Action::AddMemo {
                    anchor,
                    kind: MemoKind::Analytic,
                    title: name,
                    body: String::new(),
                }
            }
            23 => Action::RemovePhase(pick(&phases, a)?),
            24 if self.range.1.is_multiple_of(2) => Action::AddCoder(name),
            24 => Action::RemoveCoder(*project.coders.keys().next_back()?),
            25 => Action::SetAttribute {
                attribute: pick(&attributes, a)?,
                name,
                definition: self.word.clone(),
            },
            26 if self.range.1.is_multiple_of(2) => {
                let coding = |at: &Index| {
                    pick(&codings, at).map(|(document, coding)| Anchor::Coding(document, coding))
                };
                Action::AddLink {
                    name,
                    from: coding(a)?,
                    to: coding(b)?,
                }
            }
            26 => Action::AddLink {
                name,
                from: Anchor::Code(pick(&codes, a)?),
                to: Anchor::Segment(pick(&documents, b)?, range),
            },
            35 => {
                let (document, coding) = pick(&codings, a)?;
                let at = project
                    .documents
                    .get(&document)?
                    .coding(coding)?
                    .range
                    .start()
                    + self.range.1;
                Action::SplitCoding(document, coding, at)
            }
            36 => {
                let (document, coding) = pick(&codings, a)?;
                let codings = &project.documents.get(&document)?.codings;
                let same = codings.iter().filter(|other| {
                    other.code
                        == codings
                            .iter()
                            .find(|own| own.id == coding)
                            .map_or(other.code, |own| own.code)
                });
                Action::JoinCodings(document, same.map(|other| other.id).collect())
            }
            37 => Action::ApplyCodes {
                passages: vec![(pick(&documents, a)?, range)],
                codes,
                about: Default::default(),
                origin: Origin::Hand,
            },
            27 => Action::SetTurn(
                pick(&documents, a)?,
                self.range.0 % 6,
                TurnEdit {
                    speaker: Some(Some(0)),
                    at_millis: None,
                },
            ),
            28 => Action::SetHues(
                several(pick(&codes, a)?),
                Hue::new((self.range.0 % 16) as u8),
            ),
            29 => Action::SortCodes {
                parent: pick(&codes, a).filter(|_| self.range.1.is_multiple_of(2)),
            },
            30 | 31 => Action::MergeCodes {
                codes: several(pick(&codes, a)?),
                into: pick(&codes, b)?,
            },
            32 => {
                let (document, coding) = pick(&codings, a)?;
                let code = project.documents.get(&document)?.coding(coding)?.code;
                Action::SplitCode {
                    code,
                    name,
                    codings: [Some((document, coding)), pick(&codings, c)]
                        .into_iter()
                        .flatten()
                        .collect(),
                }
            }
            38 => Action::CorrectTurn {
                document: pick(&documents, a)?,
                turn: self.range.0 % 6,
                text: format!("{} {}", self.word, self.range.1 % 3),
                speaker: match self.range.1 % 5 {
                    0 => TurnSpeaker::Nobody,
                    1 => TurnSpeaker::New(self.word.clone()),
                    other => TurnSpeaker::Known((other % 2) as u16),
                },
                at_millis: Some(self.range.0 * 1000).filter(|_| self.range.1.is_multiple_of(3)),
            },
            40 => Action::ApplyCodes {
                passages: vec![(pick(&documents, a)?, range), (pick(&documents, c)?, range)],
                codes: vec![pick(&codes, b)?],
                about: Default::default(),
                origin: Origin::Search(self.word.as_str().into()),
            },
            41 => Action::AddQuery {
                kind: QueryKind::Codes,
                name,
                text: self.word.clone(),
            },
            42 => {
                let queries: Vec<_> = project.queries.keys().copied().collect();
                let query = pick(&queries, a)?;
                if self.range.1.is_multiple_of(3) {
                    Action::RemoveQuery(query)
                } else {
                    Action::SetQuery {
                        query,
                        name,
                        text: "x".to_owned(),
                    }
                }
            }
            39 => {
                let labels: Vec<&str> = project
                    .documents
                    .values()
                    .flat_map(|document| &document.speakers)
                    .map(|speaker| speaker.label.as_str())
                    .collect();
                let to = if self.range.1.is_multiple_of(2) {
                    pick(&labels, b)?.to_owned()
                } else {
                    name
                };
                Action::RenameSpeakers {
                    from: pick(&labels, a)?.to_owned(),
                    to,
                }
            }
            49 | 50 => Action::MergeCases {
                cases: [pick(&cases, a)?, pick(&cases, b)?].to_vec(),
                into: pick(&cases, c)?,
            },
            51 => Action::SetSpeakerCase(pick(&documents, a)?, 1, pick(&cases, b)),
            52 => Action::TranslatePhase(pick(&phases, a)?, Language::ZH, self.word.clone()),
            53 if self.range.0.is_multiple_of(2) => {
                let attribute = pick(&attributes, a)?;
                let categories = project.attributes[&attribute].kind.categories();
                Action::TranslateCategory {
                    attribute,
                    category: categories.first()?.clone(),
                    language: Language::ZH,
                    name: self.word.clone(),
                }
            }
            53 => Action::TranslateAttribute(pick(&attributes, a)?, Language::EN, name),
            54 => Action::MoveAttribute(pick(&attributes, a)?, pick(&attributes, b)),
            55 | 56 => Action::SetAttributeKind {
                attribute: pick(&attributes, a)?,
                kind: match self.range.0 % 4 {
                    0 => AttributeKind::Text,
                    1 => AttributeKind::YesNo,
                    2 => AttributeKind::Number,
                    _ => AttributeKind::Category(vec![self.word.clone()]),
                },
                lose: self.range.1.is_multiple_of(2),
            },
            57 => Action::RenameCategory {
                attribute: pick(&attributes, a)?,
                from: self.word.clone(),
                to: name,
            },
            58 => Action::SetCategories {
                attribute: pick(&attributes, a)?,
                categories: vec![name, self.word.clone()],
            },
            59 => {
                let hue = Hue::new((self.range.0 % 16) as u8);
                let hue = Some(hue).filter(|_| !self.range.1.is_multiple_of(3));
                Action::SetCoderHue(*project.coders.keys().next()?, hue)
            }
            60 => Action::OrderDocuments(vec![pick(&documents, a)?, pick(&documents, b)?]),
            61 => Action::UsualOrder(vec![pick(&documents, a)?]),
            62 => Action::AddAttribute {
                name,
                of: AttributeOf::Coders,
                kind: AttributeKind::Text,
                per_phase: self.range.1.is_multiple_of(5),
            },
            63 => {
                let coders: Vec<_> = project.coders.keys().copied().collect();
                let of_coders = project.attributes_of(AttributeOf::Coders);
                let of_coders: Vec<_> = of_coders.iter().map(|own| own.id).collect();
                Action::SetValue {
                    holder: Holder::Coder(pick(&coders, b)?),
                    attribute: pick(&of_coders, a).or_else(|| pick(&attributes, a))?,
                    phase: None,
                    text: self.word.clone(),
                }
            }
            64 => Action::SplitTurn {
                document: pick(&documents, a)?,
                at: self.range.0,
                speaker: TurnSpeaker::New(name),
            },
            65 => Action::JoinTurn(pick(&documents, a)?, self.range.0 % 6),
            66 => Action::MarkLabel {
                document: pick(&documents, a)?,
                label: range,
                speaker: TurnSpeaker::New(self.word.clone()),
                alike: self.range.1.is_multiple_of(2),
            },
            67 => Action::SetTurnSpeaker {
                document: pick(&documents, a)?,
                turn: self.range.0 % 6,
                speaker: match self.range.1 % 3 {
                    0 => TurnSpeaker::Nobody,
                    1 => TurnSpeaker::New(name),
                    other => TurnSpeaker::Known((other % 2) as u16),
                },
                alike: self.range.1.is_multiple_of(2),
            },
            68 => Action::ReadSpeakers(vec![self.new_turns(project, pick(&documents, a)?)?]),
            _ => Action::ApplyNewCode {
                document: pick(&documents, a)?,
                range,
                parent: pick(&codes, b),
                about: Default::default(),
                name,
                definition: self.word.clone(),
            },
        })
    }
}

impl Gesture {
    /// Two turns, as if the speakers had been read again.
    fn new_turns(&self, project: &Project, id: DocumentId) -> Option<NewTurns> {
        let document = project.documents.get(&id)?;
        let (middle, end) = (self.range.0, document.len_chars());
        let turn = |start, end, speaker| Turn {
            range: TextRange::between(start, end),
            body: start,
            speaker: Some(speaker),
            at_millis: None,
        };
        let speaker = |label: &str| Speaker {
            label: label.to_owned(),
            role: SpeakerRole::Participant,
            case: None,
        };
        (middle < end).then(|| NewTurns {
            document: id,
            turns: vec![turn(0, middle, 0), turn(middle, end, 1)],
            speakers: vec![speaker(&self.word), speaker("Bo")],
            known: corrections_of(document),
            from: document.turn_state(),
        })
    }
}

/// Returns true if turns are in order, don't overlap, and name speakers of the document.
fn turns_are_sound(content: &Content, document: &Document) -> bool {
    let mut turns = content.turns.iter();
    let in_order = content
        .turns
        .is_sorted_by(|one, next| one.range.end() <= next.range.start());
    in_order
        && turns.all(|turn| {
            let speaker = turn
                .speaker
                .is_none_or(|own| usize::from(own) < document.speakers.len());
            let body = turn.range.start() <= turn.body && turn.body <= turn.range.end();
            speaker && body && turn.range.end() <= content.text.len_chars()
        })
}

/// Runs a gesture; refusals are answers, anything else is a fault.
pub(crate) fn run(session: &mut Session, gesture: &Gesture) -> bool {
    let Some(action) = gesture.action(session.project()) else {
        return false;
    };
    match session.run(action) {
        Ok(_) => true,
        Err(AppError::Refused(_)) => false,
        Err(error) => panic!("{gesture:?}: {error}"),
    }
}

/// A project without what an undo may leave behind: the memory of text edits themselves, and what the devices have seen.
pub(crate) fn comparable(session: &Session) -> (Project, Vec<String>) {
    let mut project = Project::clone(session.project());
    let texts = project
        .documents
        .values()
        .map(|document| session.content(document).unwrap().text.as_str().to_owned())
        .collect();
    for document in project.documents.values_mut() {
        Arc::make_mut(document).history = Default::default();
    }
    project.seen.clear();
    (project, texts)
}

fn entries(session: &Session) -> Vec<Entry> {
    let mut entries = Vec::new();
    session
        .file()
        .for_each_entry(0, |_, entry| entries.push(entry))
        .unwrap();
    entries
}

fn reopen(path: &Path, chance: u128) -> Session {
    let mut session = Session::open(path, Access::Write, world(chance)).unwrap();
    session.act_as_first();
    session
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 300, ..crate::world::cases(48) })]

    #[test]
    fn the_rules_hold_and_every_step_can_be_taken_back(gestures in proptest::collection::vec(gesture(), 1..28)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.tain");
        let mut session = project(&path, 7);
        let mut before = vec![comparable(&session)];
        for gesture in &gestures {
            if run(&mut session, gesture) {
                prop_assert_eq!(violations(session.project()), vec![]);
                for document in session.project().documents.values() {
                    let content = session.content(document).unwrap();
                    prop_assert_eq!(content.text.len_chars(), document.len_chars());
                    prop_assert!(turns_are_sound(&content, document), "{:?}", content.turns);
                    for coding in &document.codings {
                        prop_assert!(content.text.slice(coding.range).is_some_and(|words| !words.is_empty()));
                    }
                }
                before.push(comparable(&session));
            }
        }
        drop(session);
        let mut session = reopen(&path, 8);
        prop_assert_eq!(&comparable(&session), before.last().unwrap());
        let steps = before.len() - 1;
        for step in (0..steps).rev() {
            session.run(Action::Undo).unwrap();
            prop_assert_eq!(&comparable(&session), &before[step], "undo of step {}", step + 1);
        }
        drop(session);
        let mut session = reopen(&path, 9);
        for (step, expected) in before.iter().enumerate().skip(1) {
            session.run(Action::Redo).unwrap();
            prop_assert_eq!(&comparable(&session), expected, "redo of step {}", step);
        }
        prop_assert_eq!(&log::fold(&entries(&session)), &**session.project());
    }

    #[test]
    fn two_logs_united_in_any_order_make_the_same_project(
        shared in proptest::collection::vec(gesture(), 0..8),
        ours in proptest::collection::vec(gesture(), 1..14),
        theirs in proptest::collection::vec(gesture(), 1..14),
        turn in any::<Index>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (folder.path().join("here.tain"), folder.path().join("there.tain"));
        let mut session = project(&here, 7);
        for gesture in &shared {
            run(&mut session, gesture);
        }
        drop(session);
        std::fs::copy(&here, &there).unwrap();
        let (mut left, mut right) = (reopen(&here, 8), reopen(&there, 9));
        for gesture in &ours {
            run(&mut left, gesture);
        }
        for gesture in &theirs {
            run(&mut right, gesture);
        }
        let (left, right) = (entries(&left), entries(&right));
        let united = log::fold(&merge::union(&left, &right));
        prop_assert_eq!(violations(&united), vec![]);
        prop_assert_eq!(&log::fold(&merge::union(&right, &left)), &united);
        let mut shuffled = merge::union(&left, &right);
        let at = turn.index(shuffled.len());
        shuffled.rotate_left(at);
        shuffled.extend(left);
        prop_assert_eq!(&log::fold(&shuffled), &united);
    }

    #[test]
    fn a_coding_made_on_the_older_text_lands_on_the_same_words(
        edits in proptest::collection::vec(((0u32..150, 0u32..12), "[a-z自信😀]{0,5}"), 1..6),
        range in (0u32..150, 1u32..20),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (folder.path().join("here.tain"), folder.path().join("there.tain"));
        drop(project(&here, 7));
        std::fs::copy(&here, &there).unwrap();
        let (mut editor, mut coder) = (reopen(&here, 8), reopen(&there, 9));
        let document = coder.project().documents.values().next().unwrap().id;
        let code = *coder.project().codebook.codes.keys().next().unwrap();
        let range = TextRange::between(range.0, range.0 + range.1);
        let old = coder.content(&coder.project().documents[&document]).unwrap();
        prop_assume!(old.text.slice(range).is_some());
        let mut untouched: Vec<bool> = vec![true; old.text.len_chars() as usize];
        let mut positions: Vec<Option<usize>> = (0..untouched.len()).map(Some).collect();
        for ((start, length), to) in edits {
            let end = (start + length).min(u32::try_from(positions.len()).unwrap());
            if start > end { continue; }
            let done = editor.run(Action::ReplaceText { document, range: TextRange::between(start, end), to: to.clone() });
            if done.is_ok() {
                for gone in positions.splice(start as usize..end as usize, to.chars().map(|_| None)).flatten() {
                    untouched[gone] = false;
                }
            }
        }
        prop_assume!((range.start()..range.end()).all(|at| untouched[at as usize]));
        coder.run(Action::ApplyCode { document, range, code, facets: BTreeMap::new(), about: Default::default(), }).unwrap();
        let united = log::fold(&merge::union(&entries(&editor), &entries(&coder)));
        let coded = &united.documents[&document].codings[0];
        let expected = positions.iter().position(|at| *at == Some(range.start() as usize)).unwrap();
        prop_assert_eq!(coded.range.start() as usize, expected);
        let last = positions.iter().position(|at| *at == Some(range.end() as usize - 1)).unwrap();
        prop_assert_eq!(coded.range.end() as usize, last + 1);
    }
}

#[test]
fn a_concurrent_rename_is_a_conflict_that_is_kept_and_settled() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        folder.path().join("here.tain"),
        folder.path().join("there.tain"),
    );
    drop(project(&here, 7));
    std::fs::copy(&here, &there).unwrap();
    let (mut left, mut right) = (reopen(&here, 8), reopen(&there, 9));
    left.run(Action::SetTitle("Ours".to_owned())).unwrap();
    right.run(Action::SetTitle("Theirs".to_owned())).unwrap();
    let united = log::fold(&merge::union(&entries(&left), &entries(&right)));
    assert_eq!(united.title, "Theirs");
    let conflict = united.conflicts.values().next().unwrap();
    assert_eq!(
        (conflict.before.as_str(), conflict.now.as_str()),
        ("\"Ours\"", "\"Theirs\"")
    );
}

#[test]
fn moves_that_cross_never_make_a_cycle() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        folder.path().join("here.tain"),
        folder.path().join("there.tain"),
    );
    drop(project(&here, 7));
    std::fs::copy(&here, &there).unwrap();
    let (mut left, mut right) = (reopen(&here, 8), reopen(&there, 9));
    let code = |session: &Session, name: &str| session.project().codebook.find(name).unwrap();
    let (needs, strengths) = (code(&left, "Needs"), code(&left, "Strengths"));
    left.run(Action::MoveCodes {
        codes: vec![needs],
        parent: Some(strengths),
        before: None,
    })
    .unwrap();
    right
        .run(Action::MoveCodes {
            codes: vec![strengths],
            parent: Some(needs),
            before: None,
        })
        .unwrap();
    let united = log::fold(&merge::union(&entries(&left), &entries(&right)));
    assert_eq!(violations(&united), vec![]);
    assert_eq!(
        united.skipped.len(),
        1,
        "the later move is skipped and listed"
    );
}
