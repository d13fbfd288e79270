//! A study under construction: ids derived from names, codes by path or by their parent, coders by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tool, moment, normalized::NormalizedText};
use crate::{
    import::{
        ImportedDocument,
        colour::{hue_in_turn, nearest_hue, rgb},
        document_of_text,
        loss::Lost,
        study::{Study, StudyDocument, derived},
    },
    model::{
        attribute::{Attribute, AttributeKind, AttributeOf, Values},
        case::{Case, CaseKind},
        code::{Code, CodePlace, PALETTE},
        coder::Coder,
        coding::{Coding, ImportedOrigin, Origin},
        facet::FacetValue,
        ids::{CodeId, CoderId, DocumentId, FacetId, Id, SelectionId},
        localized::Localized,
        memo::{Anchor, Link, Memo, MemoKind},
        rank::Rank,
        text::TextRange,
    },
};

/// A study under construction.
#[derive(Debug)]
pub(super) struct StudyBuilder {
    /// The study so far.
    pub(super) study: Study,
    tool: Tool,
    /// What distinguishes this project from others of the program; part of every derived id.
    project: String,
    coders: BTreeMap<String, CoderId>,
    paths: BTreeMap<Vec<String>, CodeId>,
}

/// A code as a program stores it: under a key, with the key of its parent.
#[derive(Debug)]
pub(super) struct CodeNode {
    pub(super) key: String,
    pub(super) above: Option<String>,
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) colour: Option<String>,
}

/// A coding to be added.
#[derive(Debug)]
pub(super) struct NewCoding<'a> {
    /// What distinguishes it from other codings of the project; its id is derived from it.
    pub(super) key: &'a [&'a str],
    pub(super) range: TextRange,
    pub(super) code: CodeId,
    pub(super) coder: CoderId,
    /// The selection that it shares with other codings, if the program has selections with several codes.
    pub(super) selection: Option<SelectionId>,
    /// When it was made, as the program writes it; may be empty.
    pub(super) made: &'a str,
    pub(super) facets: BTreeMap<FacetId, FacetValue>,
}

impl StudyBuilder {
    /// Begins an empty study.
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

    /// Returns the id derived from names within this project.
    pub(super) fn id<K>(&self, names: &[&str]) -> Id<K> {
        let all: Vec<&str> = [self.tool.name(), &self.project]
            .into_iter()
            .chain(names.iter().copied())
            .collect();
        derived(&all)
    }

    /// Records something that the import leaves out.
    pub(super) fn lost(&mut self, kind: Lost, place: impl Into<String>) {
        self.study.losses.note(kind, place);
    }

    /// Returns the coder of a name, adding it if it is new; an empty name stands for the program itself.
    pub(super) fn coder(&mut self, name: &str) -> CoderId {
        let name = match name.trim() {
            "" => self.tool.name(),
            name => name,
        };
        if let Some(known) = self.coders.get(name) {
            return *known;
        }
        let id = self.id(&["coder", name]);
        self.coders.insert(name.to_owned(), id);
        self.study.coders.push(Coder::new(id, name.to_owned()));
        id
    }

    /// Returns the top-level code of a name, adding it if it is new.
    pub(super) fn code_named(&mut self, name: &str) -> CodeId {
        self.code_below(None, &[], name)
    }

    /// Returns the code at a path, adding it and its missing ancestors; `None` if the path is empty.
    pub(super) fn code_at(&mut self, path: &[String]) -> Option<CodeId> {
        let (name, above) = path.split_last()?;
        if let Some(known) = self.paths.get(path) {
            return Some(*known);
        }
        let parent = self.code_at(above);
        Some(self.code_below(parent, above, name))
    }

    fn code_below(&mut self, parent: Option<CodeId>, above: &[String], name: &str) -> CodeId {
        let path: Vec<String> = above
            .iter()
            .cloned()
            .chain(std::iter::once(name.to_owned()))
            .collect();
        if let Some(known) = self.paths.get(&path) {
            return *known;
        }
        let names: Vec<&str> = std::iter::once("code")
            .chain(path.iter().map(String::as_str))
            .collect();
        let id = self.id(&names);
        self.push_code(id, parent, name, None);
        self.paths.insert(path, id);
        id
    }

    /// Adds codes, parents before children, and returns their ids by key.
    ///
    /// A code whose parent is missing becomes a top-level code; so does one of each circle of parents.
    pub(super) fn codes(&mut self, nodes: Vec<CodeNode>) -> BTreeMap<String, CodeId> {
        let mut ids: BTreeMap<String, CodeId> = BTreeMap::new();
        let keys: BTreeSet<String> = nodes.iter().map(|node| node.key.clone()).collect();
        let mut below: BTreeMap<Option<String>, Vec<CodeNode>> = BTreeMap::new();
        for node in nodes {
            let above = node.above.clone().filter(|above| keys.contains(above));
            below.entry(above).or_default().push(node);
        }
        // A stack, so siblings go on it in reverse order.
        let mut waiting: Vec<(Option<CodeId>, CodeNode)> = Vec::new();
        push_children(&mut waiting, None, below.remove(&None));
        loop {
            let Some((parent, node)) = waiting.pop() else {
                // Whatever is left can't be reached from the top: break a circle by lifting one of its codes.
                let Some((above, mut circle)) = below.pop_first() else {
                    break;
                };
                waiting.extend(circle.pop().map(|node| (None, node)));
                if !circle.is_empty() {
                    below.insert(above, circle);
                }
                continue;
            };
            // Two rows of one key: the first counts.
            if ids.contains_key(&node.key) {
                continue;
            }
            let id = self.id(&["code", &node.key, &node.name]);
            self.push_code(id, parent, &node.name, node.colour.as_deref());
            if let Some(code) = self.study.codes.last_mut() {
                code.definition = Localized::plain(node.definition.trim());
            }
            let children = below.remove(&Some(node.key.clone()));
            push_children(&mut waiting, Some(id), children);
            ids.insert(node.key, id);
        }
        ids
    }

    fn push_code(&mut self, id: CodeId, parent: Option<CodeId>, name: &str, colour: Option<&str>) {
        let hue = match colour.and_then(nearest_hue) {
            Some(hue) => hue,
            None => hue_in_turn(self.study.codes.len()),
        };
        if colour
            .and_then(rgb)
            .is_some_and(|own| !PALETTE.contains(&own))
        {
            self.lost(Lost::Colour, name);
        }
        let place = CodePlace {
            parent,
            // Ranks are given when the study enters a project; the order of the list counts until then.
            rank: Rank::between(None, None),
        };
        self.study
            .codes
            .push(Code::new(id, place, Localized::plain(name.trim()), hue));
    }

    /// Returns a coding; the caller adds it to its document.
    pub(super) fn coding(&self, new: NewCoding<'_>) -> Coding {
        let names: Vec<&str> = std::iter::once("coding")
            .chain(new.key.iter().copied())
            .collect();
        Coding {
            id: self.id(&names),
            range: new.range,
            code: new.code,
            coder: new.coder,
            facets: new.facets,
            origin: Origin::Import(Box::new(ImportedOrigin {
                selection: new.selection,
                made_millis: moment::millis(new.made),
            })),
            about: std::collections::BTreeSet::new(),
        }
    }

    /// Adds a memo, unless it is empty. Without a title it gets its first words, except on a coding, whose memo needs none.
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

    /// Adds a link.
    pub(super) fn link(&mut self, name: &str, from: Anchor, to: Anchor) {
        let id = self.id(&["link", name, &format!("{from:?} {to:?}")]);
        self.study.links.push(Link {
            id,
            name: name.to_owned(),
            from,
            to,
        });
    }

    /// Returns a case without values; the caller adds it to the study.
    pub(super) fn case(&self, key: i64, name: String) -> Case {
        Case {
            id: self.id(&["case", &key.to_string(), &name]),
            name,
            kind: CaseKind("case".to_owned()),
            parent: None,
            values: BTreeMap::new(),
        }
    }

    /// Returns an attribute of QualCoder or RQDA, whose types are `numeric` and `character`; the caller adds it to the study.
    pub(super) fn attribute(
        &self,
        of: AttributeOf,
        name: &str,
        class: &str,
        definition: String,
    ) -> Attribute {
        let id = self.id(&["attribute", &format!("{of:?}"), name]);
        let kind = match class {
            "numeric" => AttributeKind::Number,
            _ => AttributeKind::Text,
        };
        let rank = Rank::between(None, None);
        Attribute {
            definition,
            ..Attribute::new(id, name.to_owned(), of, kind, false, rank)
        }
    }

    /// Returns a document of a text, without codings.
    pub(super) fn document(
        &self,
        key: &str,
        name: &str,
        normalized: &NormalizedText,
        original: Option<Vec<u8>>,
    ) -> StudyDocument {
        let text = normalized.text.as_str().to_owned();
        let original = original.filter(|bytes| bytes != text.as_bytes());
        let imported = document_of_text(
            title_of(name),
            name.to_owned(),
            self.tool.name().to_owned(),
            text,
            original,
        );
        self.document_with_id(self.id(&["document", key, name]), imported)
    }

    /// Returns a document without codings.
    pub(super) fn document_with_id(
        &self,
        id: DocumentId,
        imported: ImportedDocument,
    ) -> StudyDocument {
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

fn push_children(
    waiting: &mut Vec<(Option<CodeId>, CodeNode)>,
    parent: Option<CodeId>,
    children: Option<Vec<CodeNode>>,
) {
    let children = children.into_iter().flatten().rev();
    waiting.extend(children.map(|node| (parent, node)));
}

/// A document's name without the ending of a file, if it has one.
///
/// Only endings of known formats are cut off: in `Interview 3. May` the dot begins none.
pub(super) fn title_of(name: &str) -> String {
    let ending = crate::import::ending_of(name);
    // `ann` is brat's.
    let is_file = crate::import::text::endings()
        .chain(["ann"])
        .any(|own| own == ending);
    if is_file {
        crate::import::title_of(name)
    } else {
        name.trim().to_owned()
    }
}

/// The beginning of a passage, for lists of losses and titles of memos.
pub(super) fn beginning(text: &str) -> String {
    const CHARS: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(CHARS).collect();
    if line.chars().nth(CHARS).is_some() {
        short.push('…');
    }
    short
}
