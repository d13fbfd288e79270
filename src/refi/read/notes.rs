//! Notes as memos, and links, which some programs use to say what a note stands on.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Reading,
    archive::{Absent, Archive, file_name},
    lines,
    passages::beginning,
    values,
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

/// A link of the file with what its ends are.
struct Relation<'t> {
    element: Element<'t>,
    ends: [Option<Anchor>; 2],
    /// Whether it says no more than what a memo stands on.
    spent: bool,
}

/// Reads notes and links, when everything else is known.
pub(super) fn read(
    reading: &mut Reading<'_>,
    archive: &mut Archive<'_>,
    notes: &BTreeMap<u128, Element<'_>>,
) {
    for guid in notes.keys() {
        reading
            .things
            .entry(*guid)
            .or_insert(Anchor::Memo(Id::from_u128(*guid)));
    }
    for (guid, note) in notes {
        reading.refer(*note, Anchor::Memo(Id::from_u128(*guid)));
    }
    let end = |link: Element<'_>, name| {
        values::reference(link, name)
            .and_then(|guid| reading.things.get(&guid))
            .copied()
    };
    let relation = |element| Relation {
        element,
        ends: ["originGUID", "targetGUID"].map(|name| end(element, name)),
        spent: false,
    };
    let mut relations: Vec<Relation<'_>> =
        reading.root.listed("Links", "Link").map(relation).collect();
    let mut of_notes: BTreeMap<MemoId, Vec<usize>> = BTreeMap::new();
    for (at, relation) in relations.iter().enumerate() {
        for end in relation.ends.iter().flatten() {
            if let Anchor::Memo(memo) = end {
                of_notes.entry(*memo).or_default().push(at);
            }
        }
    }
    // In the order of the file, not of their GUIDs.
    let mut seen = BTreeSet::new();
    for note in reading.root.listed("Notes", "Note") {
        if !seen.insert(values::identity(note)) {
            reading
                .study
                .losses
                .note(Lost::SameIdentity, note.get("name").unwrap_or_default());
            continue;
        }
        let id: MemoId = Id::from_u128(values::identity(note));
        let own = of_notes.get(&id).map_or(&[][..], Vec::as_slice);
        memo(reading, archive, note, id, own, &mut relations);
    }
    links(reading, relations);
}

fn memo(
    reading: &mut Reading<'_>,
    archive: &mut Archive<'_>,
    note: Element<'_>,
    id: MemoId,
    own: &[usize],
    relations: &mut [Relation<'_>],
) {
    let text = words(reading, archive, note);
    let description = lines(note.description());
    let parts: Vec<&str> = [description.as_str(), text.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    let body = parts.join("\n\n");
    let name = note.get("name").unwrap_or_default().trim();
    if body.is_empty() && name.is_empty() {
        reading.study.losses.note(Lost::EmptyMemo, id.to_string());
        return;
    }
    for coding in note
        .each("PlainTextSelection")
        .flat_map(|selection| selection.each("Coding"))
        .chain(note.each("Coding"))
    {
        let code = coding
            .child("CodeRef")
            .and_then(values::target)
            .map_or(String::new(), |code| Id::<()>::from_u128(code).to_string());
        reading
            .study
            .losses
            .note(Lost::MemoCoding, format!("{name} {code}").trim().to_owned());
    }
    let mut anchors = anchors_of(reading, id, own, relations);
    let first = if anchors.is_empty() {
        Anchor::Project
    } else {
        anchors.remove(0)
    };
    let titled = !name.is_empty() || matches!(first, Anchor::Coding(..));
    let title = if titled {
        name.to_owned()
    } else {
        beginning(&body)
    };
    let coder = reading
        .coders
        .writer(&[note.get("creatingUser"), note.get("modifyingUser")]);
    reading.study.memos.push(Memo {
        id,
        title,
        body,
        kind: MemoKind::Analytic,
        anchor: first,
        coder,
    });
    for anchor in anchors {
        let link: LinkId = derived(&["refi", "memo", &id.to_string(), &format!("{anchor:?}")]);
        reading.study.links.push(Link {
            id: link,
            name: "memo".to_owned(),
            from: Anchor::Memo(id),
            to: anchor,
        });
    }
}

/// What a memo stands on: what refers to it, what its own links say, and where nobody says anything, what it is linked with.
fn anchors_of(
    reading: &Reading<'_>,
    id: MemoId,
    own: &[usize],
    relations: &mut [Relation<'_>],
) -> Vec<Anchor> {
    let note = Anchor::Memo(id);
    let mut anchors: Vec<Anchor> = Vec::new();
    let passage = reading.annotated.get(&id.as_u128()).copied();
    for anchor in reading
        .referrers
        .get(&id.as_u128())
        .into_iter()
        .flatten()
        .copied()
    {
        let annotates = passage.filter(|passage| {
            anchor == passage.document().map_or(Anchor::Project, Anchor::Document)
        });
        let anchor = annotates.unwrap_or(anchor);
        if anchor != note && !anchors.contains(&anchor) {
            anchors.push(anchor);
        }
    }
    let mut cell = (None, None);
    let mut on = Vec::new();
    for at in own {
        let Some(relation) = relations.get_mut(*at) else {
            continue;
        };
        let [Some(from), Some(to)] = relation.ends else {
            continue;
        };
        if from == note && relation.element.get("name") == Some(MEMO_ON) {
            relation.spent = true;
            match to {
                Anchor::Case(case) => cell.0 = Some(case),
                Anchor::Code(code) => cell.1 = Some(code),
                _ => {}
            }
            on.push(to);
        }
    }
    if let (Some(case), Some(code)) = cell {
        on = vec![Anchor::Cell(case, code)];
    }
    anchors.extend(on);
    if anchors.is_empty() {
        let joins = |relation: &&mut Relation<'_>| match relation.ends {
            [Some(from), Some(to)] => [from, to].contains(&note) && from != to,
            _ => false,
        };
        let first = own
            .iter()
            .find(|at| relations.get_mut(**at).as_ref().is_some_and(joins));
        if let Some(relation) = first.and_then(|at| relations.get_mut(*at)) {
            let other = relation
                .ends
                .iter()
                .flatten()
                .find(|end| **end != note)
                .copied();
            relation.spent = !matches!(other, Some(Anchor::Memo(_)) | None);
            anchors.extend(other.filter(|_| relation.spent));
        }
    }
    anchors
}

/// The text of a note: inline, or in a file.
fn words(reading: &mut Reading<'_>, archive: &mut Archive<'_>, note: Element<'_>) -> String {
    if let Some(content) = note.child("PlainTextContent") {
        return lines(content.words());
    }
    let Some(path) = note
        .some("plainTextPath")
        .or_else(|| note.some("richTextPath"))
    else {
        return String::new();
    };
    let name = note.some("name").unwrap_or("memo");
    let read = match archive.bytes(path) {
        Ok(bytes) if note.some("plainTextPath").is_some() => {
            import::plain_text(file_name(path), bytes)
                .map(|(text, _)| text)
                .map_err(|error| error.to_string())
        }
        Ok(bytes) => {
            let file = import::SourceFile {
                path: file_name(path).to_owned(),
                bytes,
            };
            let read = import::read_document(file, &import::DocumentOptions::default());
            read.map(|document| document.text.as_str().to_owned())
                .map_err(|error| error.to_string())
        }
        Err(Absent::Missing) => Err(file_name(path).to_owned()),
        Err(Absent::Unreadable(why)) => Err(why),
    };
    match read {
        Ok(text) => lines(&text),
        Err(why) => {
            reading
                .study
                .losses
                .note(Lost::MissingFile, format!("{name} ({why})"));
            String::new()
        }
    }
}

/// Links that say more than what a memo stands on.
fn links(reading: &mut Reading<'_>, relations: Vec<Relation<'_>>) {
    let written: BTreeSet<MemoId> = reading.study.memos.iter().map(|memo| memo.id).collect();
    let mut ids = BTreeSet::new();
    for Relation {
        element,
        ends,
        spent,
    } in relations
    {
        let name = element.some("name").unwrap_or("link");
        for note in element.each("NoteRef") {
            let guid = values::target(note)
                .map_or(String::new(), |guid| Id::<()>::from_u128(guid).to_string());
            reading
                .study
                .losses
                .note(Lost::LinkDetail, format!("{name} → {guid}"));
        }
        let undirected = element
            .some("direction")
            .is_some_and(|direction| direction != "OneWay");
        if !spent && (undirected || element.some("color").is_some()) {
            reading.study.losses.note(Lost::LinkDetail, name);
        }
        let there = |end: Anchor| !matches!(end, Anchor::Memo(memo) if !written.contains(&memo));
        match ends {
            _ if spent => {}
            [Some(from), Some(to)] if there(from) && there(to) => {
                let id: LinkId = reading.claim(values::identity(element), "link", |_, guid| {
                    ids.contains(&guid)
                });
                ids.insert(id.as_u128());
                reading.study.links.push(Link {
                    id,
                    name: name.to_owned(),
                    from,
                    to,
                });
            }
            _ => reading.study.losses.note(Lost::LinkEnd, name),
        }
    }
}
