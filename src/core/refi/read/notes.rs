//! Notes as memos, and links, with which some programs say what a note is about.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    archive::{Absent, Archive, file_name},
    reader::ProjectReader,
    values::{self, title_from, with_line_feeds},
    xml::Element,
};
use crate::{
    import::{self, loss::Lost, study::derived},
    model::{
        ids::{Id, LinkId, MemoId},
        memo::{Anchor, Link, Memo, MemoKind},
    },
    refi::MEMO_ON,
};

/// A link of the file.
struct FileLink<'t> {
    element: Element<'t>,
    from: Option<Anchor>,
    to: Option<Anchor>,
    /// Whether it only says what a memo is about, which the memo itself says now.
    is_spent: bool,
}

impl FileLink<'_> {
    /// The other end of a link from or to a thing; `None` if it doesn't join it with another.
    fn other_end(&self, thing: Anchor) -> Option<Anchor> {
        match (self.from?, self.to?) {
            (from, to) if from == to => None,
            (from, to) if from == thing => Some(to),
            (from, to) if to == thing => Some(from),
            _ => None,
        }
    }
}

/// Reads notes and links, once everything else is known.
pub(super) fn read(
    reader: &mut ProjectReader<'_>,
    archive: &mut Archive<'_>,
    notes: &BTreeMap<u128, Element<'_>>,
) {
    // Notes can refer to each other, so all are known before the first is read.
    for guid in notes.keys() {
        let memo = Anchor::Memo(Id::from_u128(*guid));
        reader.things.entry(*guid).or_insert(memo);
    }
    for (guid, note) in notes {
        reader.refer(*note, Anchor::Memo(Id::from_u128(*guid)));
    }
    let mut links = links_of_file(reader);
    let mut links_of_memos: BTreeMap<MemoId, Vec<usize>> = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        for end in [link.from, link.to].into_iter().flatten() {
            if let Anchor::Memo(memo) = end {
                links_of_memos.entry(memo).or_default().push(index);
            }
        }
    }
    // In the order of the file, which `notes`, sorted by GUID, has lost.
    let mut seen = BTreeSet::new();
    for note in reader.root.listed("Notes", "Note") {
        let guid = values::identity(note);
        if !seen.insert(guid) {
            let name = note.get_or_empty("name");
            reader.study.losses.note(Lost::SameIdentity, name);
            continue;
        }
        let id: MemoId = Id::from_u128(guid);
        let own = links_of_memos.remove(&id).unwrap_or_default();
        memo(reader, archive, note, id, &own, &mut links);
    }
    add_links(reader, links);
}

fn links_of_file<'t>(reader: &ProjectReader<'t>) -> Vec<FileLink<'t>> {
    let links = reader.root.listed("Links", "Link");
    links
        .map(|element| {
            let [from, to] = ["originGUID", "targetGUID"].map(|end| {
                let guid = values::reference(element, end)?;
                reader.things.get(&guid).copied()
            });
            FileLink {
                element,
                from,
                to,
                is_spent: false,
            }
        })
        .collect()
}

/// Reads a note; `own` are the indices of its links.
fn memo(
    reader: &mut ProjectReader<'_>,
    archive: &mut Archive<'_>,
    note: Element<'_>,
    id: MemoId,
    own: &[usize],
    links: &mut [FileLink<'_>],
) {
    let text = text_of(reader, archive, note);
    let description = with_line_feeds(note.description());
    let parts: Vec<&str> = [description.as_str(), text.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    let body = parts.join("\n\n");
    let name = note.title();
    if body.is_empty() && name.is_empty() {
        reader.study.losses.note(Lost::EmptyMemo, id.to_string());
        return;
    }
    report_codings(reader, note, name);
    let mut anchors = anchors_of(reader, id, own, links).into_iter();
    let first = anchors.next().unwrap_or(Anchor::Project);
    // In lists a memo needs a title; one on a coding is shown below the coding itself.
    let title = if name.is_empty() && !matches!(first, Anchor::Coding(..)) {
        title_from(&body)
    } else {
        name.to_owned()
    };
    let coder = reader
        .coders
        .writer(&[note.get("creatingUser"), note.get("modifyingUser")]);
    reader.study.memos.push(Memo {
        id,
        title,
        body,
        kind: MemoKind::Analytic,
        anchor: first,
        coder,
    });
    // A memo has one anchor here; links keep the others.
    for anchor in anchors {
        let link: LinkId = derived(&["refi", "memo", &id.to_string(), &format!("{anchor:?}")]);
        reader.study.links.push(Link {
            id: link,
            name: "memo".to_owned(),
            from: Anchor::Memo(id),
            to: anchor,
        });
    }
}

/// Reports the codings of a note's own text, since memos can't be coded.
fn report_codings(reader: &mut ProjectReader<'_>, note: Element<'_>, name: &str) {
    let of_passages = note
        .each("PlainTextSelection")
        .flat_map(|selection| selection.each("Coding"));
    for coding in of_passages.chain(note.each("Coding")) {
        let code = coding
            .child("CodeRef")
            .and_then(values::target)
            .map_or_else(String::new, guid_text);
        let place = format!("{name} {code}").trim().to_owned();
        reader.study.losses.note(Lost::MemoCoding, place);
    }
}

fn guid_text(guid: u128) -> String {
    Id::<()>::from_u128(guid).to_string()
}

/// What a memo is about: what refers to it and what its own links say; if there is neither, the first thing it is linked with.
fn anchors_of(
    reader: &ProjectReader<'_>,
    id: MemoId,
    own: &[usize],
    links: &mut [FileLink<'_>],
) -> Vec<Anchor> {
    let note = Anchor::Memo(id);
    let mut anchors = anchors_by_reference(reader, id);
    anchors.extend(anchors_by_own_links(note, own, links));
    if anchors.is_empty() {
        for index in own {
            let link = &mut links[*index];
            let Some(other) = link.other_end(note) else {
                continue;
            };
            // A link between two notes says nothing of what either is about.
            if !matches!(other, Anchor::Memo(_)) {
                link.is_spent = true;
                anchors.push(other);
            }
            break;
        }
    }
    anchors
}

/// The things with a `NoteRef` to a memo.
fn anchors_by_reference(reader: &ProjectReader<'_>, id: MemoId) -> Vec<Anchor> {
    let guid = id.as_u128();
    let mut anchors = Vec::new();
    for anchor in reader.referrers.get(&guid).into_iter().flatten().copied() {
        // An annotation is referred to by its document, but contains the passage it is about.
        let anchor = match reader.annotated.get(&guid) {
            Some(passage) if passage.document().map(Anchor::Document) == Some(anchor) => *passage,
            _ => anchor,
        };
        if anchor != Anchor::Memo(id) && !anchors.contains(&anchor) {
            anchors.push(anchor);
        }
    }
    anchors
}

/// The things that links called [`MEMO_ON`] point to; a case and a code together are a cell of the framework matrix.
fn anchors_by_own_links(note: Anchor, own: &[usize], links: &mut [FileLink<'_>]) -> Vec<Anchor> {
    let mut case = None;
    let mut code = None;
    let mut anchors = Vec::new();
    for index in own {
        let link = &mut links[*index];
        let (Some(from), Some(to)) = (link.from, link.to) else {
            continue;
        };
        if from != note || link.element.get("name") != Some(MEMO_ON) {
            continue;
        }
        link.is_spent = true;
        match to {
            Anchor::Case(id) => case = Some(id),
            Anchor::Code(id) => code = Some(id),
            _ => {}
        }
        anchors.push(to);
    }
    match (case, code) {
        (Some(case), Some(code)) => vec![Anchor::Cell(case, code)],
        _ => anchors,
    }
}

/// The text of a note, which is in the XML or in a file; a missing file is reported.
fn text_of(reader: &mut ProjectReader<'_>, archive: &mut Archive<'_>, note: Element<'_>) -> String {
    if let Some(content) = note.child("PlainTextContent") {
        return with_line_feeds(content.words());
    }
    let read = if let Some(path) = note.some("plainTextPath") {
        plain_text(archive, path)
    } else if let Some(path) = note.some("richTextPath") {
        rich_text(archive, path)
    } else {
        return String::new();
    };
    match read {
        Ok(text) => with_line_feeds(&text),
        Err(why) => {
            let name = note.some("name").unwrap_or("memo");
            let place = format!("{name} ({why})");
            reader.study.losses.note(Lost::MissingFile, place);
            String::new()
        }
    }
}

fn plain_text(archive: &mut Archive<'_>, path: &str) -> Result<String, String> {
    let bytes = archive
        .bytes(path)
        .map_err(|absent| reason(&absent, path))?;
    import::plain_text(file_name(path), bytes)
        .map(|(text, _encoding)| text)
        .map_err(|error| error.to_string())
}

fn rich_text(archive: &mut Archive<'_>, path: &str) -> Result<String, String> {
    let bytes = archive
        .bytes(path)
        .map_err(|absent| reason(&absent, path))?;
    let file = import::SourceFile {
        path: file_name(path).to_owned(),
        bytes,
    };
    import::read_document(file, &import::DocumentOptions::default())
        .map(|document| document.text.as_str().to_owned())
        .map_err(|error| error.to_string())
}

/// Why a file doesn't exist; of a missing one, its name.
fn reason(absent: &Absent, path: &str) -> String {
    match absent {
        Absent::Missing => file_name(path).to_owned(),
        Absent::Unreadable(why) => why.clone(),
    }
}

/// Adds the links that say more than what a memo is about.
fn add_links(reader: &mut ProjectReader<'_>, links: Vec<FileLink<'_>>) {
    let memos: BTreeSet<MemoId> = reader.study.memos.iter().map(|memo| memo.id).collect();
    let mut ids = BTreeSet::new();
    for link in links {
        let element = link.element;
        let name = element.some("name").unwrap_or("link");
        for note in element.each("NoteRef") {
            let guid = values::target(note).map_or_else(String::new, guid_text);
            let place = format!("{name} → {guid}");
            reader.study.losses.note(Lost::LinkDetail, place);
        }
        if link.is_spent {
            continue;
        }
        let is_undirected = element
            .some("direction")
            .is_some_and(|direction| direction != "OneWay");
        if is_undirected || element.some("color").is_some() {
            reader.study.losses.note(Lost::LinkDetail, name);
        }
        match (link.from, link.to) {
            (Some(from), Some(to)) if exists(from, &memos) && exists(to, &memos) => {
                let guid = values::identity(element);
                let id: LinkId = reader.claim(guid, "link", |_, guid| ids.contains(&guid));
                ids.insert(id.as_u128());
                reader.study.links.push(Link {
                    id,
                    name: name.to_owned(),
                    from,
                    to,
                });
            }
            _ => reader.study.losses.note(Lost::LinkEnd, name),
        }
    }
}

/// Returns false for the memo of an empty note, which was left out.
fn exists(end: Anchor, memos: &BTreeSet<MemoId>) -> bool {
    match end {
        Anchor::Memo(memo) => memos.contains(&memo),
        _ => true,
    }
}
