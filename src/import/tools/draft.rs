//! A study being written: identities from names, codes by path or by what stands above them, coders by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tool, moment, plain::NormalizedText};
use crate::{
    import::{
        ImportedDocument, document_of_text,
        loss::Lost,
        study::{Study, StudyDocument, derived, nearest_hue, rgb},
    },
    model::{
        attribute::Values,
        code::{Code, HUES, Hue, PALETTE, Place},
        coder::Coder,
        coding::{Brought, Coding, Origin},
        facet::FacetValue,
        ids::{CodeId, CoderId, DocumentId, FacetId, Id, SelectionId},
        localized::Localized,
        memo::{Anchor, Link, Memo, MemoKind},
        rank::Rank,
        text::TextRange,
    },
};

/// A study being written.
#[derive(Debug)]
pub(super) struct StudyBuilder {
    /// What there is so far.
    pub(super) study: Study,
    tool: Tool,
    /// What tells this project from others of the program.
    project: String,
    coders: BTreeMap<String, CoderId>,
    paths: BTreeMap<Vec<String>, CodeId>,
}

/// A code as a program keeps it: by a key, and the key of what stands above.
#[derive(Debug)]
pub(super) struct CodeNode {
    pub(super) key: String,
    pub(super) above: Option<String>,
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) colour: Option<String>,
}

/// A coding to be written.
#[derive(Debug)]
pub(super) struct NewCoding<'a> {
    /// What tells it from the others.
    pub(super) key: &'a [&'a str],
    pub(super) range: TextRange,
    pub(super) code: CodeId,
    pub(super) coder: CoderId,
    /// The passage it belongs to with others.
    pub(super) selection: Option<SelectionId>,
    /// When it was made, as written there.
    pub(super) made: &'a str,
    pub(super) facets: BTreeMap<FacetId, FacetValue>,
}

impl StudyBuilder {
    /// A study without anything in it.
    pub(super) fn new(file: &str, tool: Tool, project: &str) -> Self {
        let study = Study {
            file: file.to_owned(),
            program: tool.name().to_owned(),
            ..Study::default()
        };
        Self {
            study,
            tool,
            project: project.to_owned(),
            coders: BTreeMap::new(),
            paths: BTreeMap::new(),
        }
    }

    /// The identity of a thing of this project.
    pub(super) fn id<K>(&self, names: &[&str]) -> Id<K> {
        let all: Vec<&str> = [self.tool.name(), &self.project]
            .into_iter()
            .chain(names.iter().copied())
            .collect();
        derived(&all)
    }

    /// Notes what doesn't survive.
    pub(super) fn lost(&mut self, kind: Lost, place: impl Into<String>) {
        self.study.losses.note(kind, place);
    }

    /// The coder of a name; the program's own name stands for nobody's.
    pub(super) fn coder(&mut self, name: &str) -> CoderId {
        let name = if name.trim().is_empty() {
            self.tool.name()
        } else {
            name.trim()
        };
        if let Some(known) = self.coders.get(name) {
            return *known;
        }
        let id = self.id(&["coder", name]);
        self.coders.insert(name.to_owned(), id);
        self.study.coders.push(Coder {
            id,
            name: name.to_owned(),
        });
        id
    }

    /// The code at a path, made with all above it where it isn't there.
    pub(super) fn code_at(&mut self, path: &[String]) -> Option<CodeId> {
        let (name, above) = path.split_last()?;
        if let Some(known) = self.paths.get(path) {
            return Some(*known);
        }
        let parent = self.code_at(above);
        let names: Vec<&str> = std::iter::once("code")
            .chain(path.iter().map(String::as_str))
            .collect();
        let id = self.id(&names);
        self.code(id, parent, name, None);
        self.paths.insert(path.to_vec(), id);
        Some(id)
    }

    /// Codes by key, those above before those below; one whose parent isn't there, or lies below it, stands at the top.
    pub(super) fn codes(&mut self, nodes: Vec<CodeNode>) -> BTreeMap<String, CodeId> {
        let mut ids: BTreeMap<String, CodeId> = BTreeMap::new();
        let keys: BTreeSet<String> = nodes.iter().map(|node| node.key.clone()).collect();
        let mut below: BTreeMap<Option<String>, Vec<CodeNode>> = BTreeMap::new();
        for node in nodes {
            let above = node.above.clone().filter(|above| keys.contains(above));
            below.entry(above).or_default().push(node);
        }
        let mut waiting: Vec<(Option<CodeId>, CodeNode)> = below
            .remove(&None)
            .unwrap_or_default()
            .into_iter()
            .map(|node| (None, node))
            .rev()
            .collect();
        loop {
            let Some((parent, node)) = waiting.pop() else {
                // What is left hangs in a circle: its first stands at the top.
                let Some((above, mut circle)) = below.pop_first() else {
                    break;
                };
                waiting.extend(circle.pop().map(|node| (None, node)));
                if !circle.is_empty() {
                    below.insert(above, circle);
                }
                continue;
            };
            if ids.contains_key(&node.key) {
                continue;
            }
            let id = self.id(&["code", &node.key, &node.name]);
            self.code(id, parent, &node.name, node.colour.as_deref());
            if let Some(code) = self.study.codes.last_mut() {
                code.definition = Localized::plain(node.definition.trim());
            }
            waiting.extend(
                below
                    .remove(&Some(node.key.clone()))
                    .unwrap_or_default()
                    .into_iter()
                    .map(|node| (Some(id), node))
                    .rev(),
            );
            ids.insert(node.key, id);
        }
        ids
    }

    fn code(&mut self, id: CodeId, parent: Option<CodeId>, name: &str, colour: Option<&str>) {
        let next =
            Hue::new(u8::try_from(self.study.codes.len() % usize::from(HUES)).unwrap_or_default());
        let hue = colour.and_then(nearest_hue);
        let own = colour.and_then(rgb);
        if own.is_some_and(|own| !PALETTE.contains(&own)) {
            self.lost(Lost::Colour, name);
        }
        let place = Place {
            parent,
            rank: Rank::between(None, None),
        };
        self.study.codes.push(Code::new(
            id,
            place,
            Localized::plain(name.trim()),
            hue.unwrap_or(next),
        ));
    }

    /// A coding.
    pub(super) fn coding(&self, mark: NewCoding<'_>) -> Coding {
        let NewCoding {
            key,
            range,
            code,
            coder,
            selection,
            made,
            facets,
        } = mark;
        let origin = Origin::Import(Box::new(Brought {
            selection,
            made_millis: moment::millis(made),
        }));
        let names: Vec<&str> = std::iter::once("coding")
            .chain(key.iter().copied())
            .collect();
        Coding {
            id: self.id(&names),
            range,
            code,
            coder,
            facets,
            origin,
        }
    }

    /// A memo; none where it has no words, and with its first words as title where it has none.
    pub(super) fn memo(&mut self, anchor: Anchor, coder: CoderId, title: &str, body: &str) {
        let (mut title, body) = (title.trim().to_owned(), body.trim().to_owned());
        if body.is_empty() {
            return;
        }
        if title.is_empty() && !matches!(anchor, Anchor::Coding(..)) {
            title = beginning(&body);
        }
        let id = self.id(&["memo", &format!("{anchor:?}"), &title, &body]);
        self.study.memos.push(Memo {
            id,
            title,
            body,
            kind: MemoKind::default(),
            anchor,
            coder,
        });
    }

    /// A link.
    pub(super) fn link(&mut self, name: &str, from: Anchor, to: Anchor) {
        let id = self.id(&["link", name, &format!("{from:?} {to:?}")]);
        self.study.links.push(Link {
            id,
            name: name.to_owned(),
            from,
            to,
        });
    }

    /// A document of a text, without codings.
    pub(super) fn document(
        &self,
        key: &str,
        name: &str,
        plain: &NormalizedText,
        original: Option<Vec<u8>>,
    ) -> StudyDocument {
        let text = plain.text.as_str().to_owned();
        let original = original.filter(|bytes| bytes != text.as_bytes());
        let imported = document_of_text(
            title_of(name),
            name.to_owned(),
            self.tool.name().to_owned(),
            text,
            original,
        );
        self.holding(self.id(&["document", key, name]), imported)
    }

    /// A document without codings.
    pub(super) fn holding(&self, id: DocumentId, imported: ImportedDocument) -> StudyDocument {
        StudyDocument {
            id,
            imported,
            phase: None,
            cases: BTreeSet::new(),
            values: Values::new(),
            codings: Vec::new(),
        }
    }
}

/// A document's name without the ending of a file, where it has one.
pub(super) fn title_of(name: &str) -> String {
    let ending = crate::import::ending_of(name);
    let known = crate::import::text::endings()
        .chain(["rtf", "doc", "ann"])
        .any(|own| own == ending);
    if known {
        crate::import::title_of(name)
    } else {
        name.trim().to_owned()
    }
}

/// The beginning of a passage, for lists of what is lost.
pub(super) fn beginning(text: &str) -> String {
    const CHARS: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(CHARS).collect();
    if line.chars().nth(CHARS).is_some() {
        short.push('…');
    }
    short
}
