//! The codebook: the tree of codes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::message::{
    explain::{Explain, Explanation},
    text::Text,
};

use super::{
    code::{Code, CodePlace},
    ids::CodeId,
    localized::Language,
    rank::Rank,
};

/// Between the names of a path: `Needs/Belonging`.
pub const PATH_SEPARATOR: char = '/';

/// All codes of a project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Codebook {
    /// The codes by identity.
    pub codes: BTreeMap<CodeId, Arc<Code>>,
}

/// Why a name doesn't lead to one code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum CodeNotFound {
    /// No code of this name or path.
    Unknown(String),
    /// Several codes of this name; the paths tell them apart.
    Ambiguous {
        /// The name or path that was given.
        name: String,
        /// The paths of those it fits.
        paths: Vec<String>,
    },
}

impl Explain for CodeNotFound {
    fn explain(&self) -> Explanation {
        match self {
            Self::Unknown(name) => Explanation::not_found(
                Text::new("there is no code “{name}”", "没有编码“{name}”").with("name", name),
            ),
            Self::Ambiguous { name, paths } => Explanation::usage(
                Text::new(
                    "“{name}” fits several codes: {paths}",
                    "“{name}”对应多个编码：{paths}",
                )
                .with("name", name)
                .with("paths", paths.as_slice()),
            )
            .hint(Text::new("give the whole path", "请写出完整路径")),
        }
    }
}

impl Codebook {
    /// The code of this id.
    pub fn get(&self, id: CodeId) -> Option<&Arc<Code>> {
        self.codes.get(&id)
    }

    /// The codes directly below a code (`None`: at the top), in order.
    pub fn children(&self, parent: Option<CodeId>) -> Vec<&Arc<Code>> {
        let mut children: Vec<_> = self
            .codes
            .values()
            .filter(|code| code.place.parent == parent)
            .collect();
        children.sort_by(|a, b| (&a.place.rank, a.id).cmp(&(&b.place.rank, b.id)));
        children
    }

    /// All codes in the order of the tree, each with its depth (0 at the top).
    pub fn in_order(&self) -> Vec<(usize, &Arc<Code>)> {
        let mut by_parent: BTreeMap<Option<CodeId>, Vec<&Arc<Code>>> = BTreeMap::new();
        for code in self.codes.values() {
            by_parent.entry(code.place.parent).or_default().push(code);
        }
        for siblings in by_parent.values_mut() {
            // The last first, since the stack below takes them from the end.
            siblings.sort_by(|a, b| (&b.place.rank, b.id).cmp(&(&a.place.rank, a.id)));
        }
        let mut out = Vec::with_capacity(self.codes.len());
        let mut stack: Vec<_> = by_parent
            .remove(&None)
            .unwrap_or_default()
            .into_iter()
            .map(|code| (0, code))
            .collect();
        while let Some((depth, code)) = stack.pop() {
            out.push((depth, code));
            stack.extend(
                by_parent
                    .remove(&Some(code.id))
                    .unwrap_or_default()
                    .into_iter()
                    .map(|child| (depth + 1, child)),
            );
        }
        out
    }

    /// The codes above a code, nearest first.
    pub fn ancestors(&self, id: CodeId) -> impl Iterator<Item = &Arc<Code>> {
        let mut next = self.get(id).and_then(|code| code.place.parent);
        // No path is longer than the number of codes; a bound, so that a damaged file can't loop.
        let mut left = self.codes.len();
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let code = self.get(next?)?;
            next = code.place.parent;
            Some(code)
        })
    }

    /// The topmost code above a code, or the code itself.
    pub fn root_of(&self, id: CodeId) -> CodeId {
        self.ancestors(id).last().map_or(id, |code| code.id)
    }

    /// A code and all below it.
    pub fn with_descendants(&self, id: CodeId) -> BTreeSet<CodeId> {
        self.codes
            .keys()
            .copied()
            .filter(|&other| other == id || self.ancestors(other).any(|above| above.id == id))
            .collect()
    }

    /// The main names from the top down, joined by [`PATH_SEPARATOR`].
    pub fn path(&self, id: CodeId) -> String {
        self.path_in(id, &Language(std::borrow::Cow::Borrowed("")))
    }

    /// The names in a language from the top down, joined by [`PATH_SEPARATOR`].
    pub fn path_in(&self, id: CodeId, language: &Language) -> String {
        let Some(code) = self.get(id) else {
            return String::new();
        };
        let mut names: Vec<&str> = std::iter::once(code)
            .chain(self.ancestors(id))
            .map(|code| code.name.get(language))
            .collect();
        names.reverse();
        names.join("/")
    }

    /// The code of a path, or of a name that only one code has (in any language).
    ///
    /// # Errors
    /// When none fits, or several do.
    pub fn find(&self, name: &str) -> Result<CodeId, CodeNotFound> {
        let name = name.trim();
        let by_path: Vec<CodeId> = self
            .codes
            .keys()
            .copied()
            .filter(|&id| self.has_path(id, name))
            .collect();
        if let [id] = by_path[..] {
            return Ok(id);
        }
        let mut found: Vec<CodeId> = self
            .codes
            .values()
            .filter(|code| code.name.all().any(|own| own == name))
            .map(|code| code.id)
            .collect();
        found.extend(by_path);
        found.sort_unstable();
        found.dedup();
        match found[..] {
            [] => Err(CodeNotFound::Unknown(name.to_owned())),
            [id] => Ok(id),
            _ => Err(CodeNotFound::Ambiguous {
                name: name.to_owned(),
                paths: found.iter().map(|&id| self.path(id)).collect(),
            }),
        }
    }

    fn has_path(&self, id: CodeId, path: &str) -> bool {
        let Some(code) = self.get(id) else {
            return false;
        };
        let last = path.rsplit(PATH_SEPARATOR).next().unwrap_or_default();
        if !path.contains(PATH_SEPARATOR) && code.place.parent.is_some() {
            return false;
        }
        // Comparing the last name first saves building the paths of all other codes.
        code.name.all().any(|own| own.ends_with(last))
            && (self.path(id) == path
                || self
                    .translated_paths(id)
                    .any(|translated| translated == path))
    }

    fn translated_paths(&self, id: CodeId) -> impl Iterator<Item = String> {
        let languages = self
            .get(id)
            .map(|code| code.name.translations.keys())
            .into_iter()
            .flatten();
        languages.map(move |language| self.path_in(id, language))
    }

    /// Returns true if putting `code` below `parent` would make it its own ancestor.
    pub fn would_cycle(&self, code: CodeId, parent: Option<CodeId>) -> bool {
        parent.is_some_and(|parent| {
            parent == code || self.ancestors(parent).any(|above| above.id == code)
        })
    }

    /// The place after the last code below `parent`.
    pub fn last_place(&self, parent: Option<CodeId>) -> CodePlace {
        let siblings = self
            .codes
            .values()
            .filter(|code| code.place.parent == parent);
        CodePlace {
            parent,
            rank: Rank::after(siblings.map(|code| &code.place.rank)),
        }
    }
}
