//! The codebook as plain rows, and the slots that codes can be moved to.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    analysis::tally::Tally,
    app::fuzzy::pick_codes,
    model::{
        Project,
        code::{Code, Hue},
        ids::CodeId,
        localized::Language,
        natural_key,
    },
};

/// How siblings are ordered on screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Sorting {
    /// In the codebook's own order.
    #[default]
    Own,
    /// By name.
    Name,
    /// The most used first.
    Use,
}

/// How the codebook is shown.
#[derive(Debug)]
pub(super) struct Look<'a> {
    /// Keeps codes that match, and those above them; empty keeps all.
    pub(super) query: &'a str,
    /// Order of siblings.
    pub(super) sorting: Sorting,
    /// The codes whose subcodes are folded away.
    pub(super) folded: &'a BTreeSet<CodeId>,
    /// Language of the names.
    pub(super) language: Language,
    /// The parent of a new code that is being named; the inner `None` is the top level.
    pub(super) naming: Option<Option<CodeId>>,
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TreeRow {
    /// A code.
    Code(CodeRow),
    /// The line in which a new code is named.
    Naming {
        /// 0 at the top.
        depth: usize,
    },
}

/// A code's row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CodeRow {
    /// The code.
    pub(super) id: CodeId,
    /// The code above it.
    pub(super) parent: Option<CodeId>,
    /// 0 at the top.
    pub(super) depth: usize,
    /// Its name in the window's language.
    pub(super) name: String,
    /// Its colour.
    pub(super) hue: Hue,
    /// Its key.
    pub(super) key: Option<char>,
    /// True if it has subcodes.
    pub(super) has_subcodes: bool,
    /// True if its subcodes are folded away.
    pub(super) folded: bool,
    /// True if it has a definition.
    pub(super) defined: bool,
    /// True if it matches the filter itself; otherwise it is shown only because a code below it does.
    pub(super) fits: bool,
}

/// The rows of a codebook.
pub(super) fn rows(project: &Project, tally: &Tally, look: &Look<'_>) -> Vec<TreeRow> {
    let mut below: BTreeMap<Option<CodeId>, Vec<&Arc<Code>>> = BTreeMap::new();
    for (_, code) in project.codebook.in_order() {
        below.entry(code.place.parent).or_default().push(code);
    }
    for siblings in below.values_mut() {
        match look.sorting {
            Sorting::Own => {}
            Sorting::Name => {
                siblings.sort_by_cached_key(|code| natural_key(code.name.get(&look.language)));
            }
            Sorting::Use => siblings.sort_by_key(|code| Reverse(tally.with_subcodes(code.id))),
        }
    }
    let mut out = Rows {
        look,
        below,
        filter: CodeFilter::new(project, look.query),
        rows: Vec::new(),
    };
    out.add(None, 0);
    out.rows
}

/// The codes that match a query, and those shown for them.
struct CodeFilter {
    fits: BTreeSet<CodeId>,
    /// The codes that match and all their ancestors.
    shown: BTreeSet<CodeId>,
}

impl CodeFilter {
    fn new(project: &Project, query: &str) -> Option<Self> {
        if query.trim().is_empty() {
            return None;
        }
        let fits: BTreeSet<CodeId> = pick_codes(project, query, &[], &BTreeSet::new())
            .into_iter()
            .collect();
        let above = fits
            .iter()
            .flat_map(|id| project.codebook.ancestors(*id))
            .map(|code| code.id);
        let shown = above.chain(fits.iter().copied()).collect();
        Some(Self { fits, shown })
    }
}

/// Collects the rows, depth first.
struct Rows<'a> {
    look: &'a Look<'a>,
    below: BTreeMap<Option<CodeId>, Vec<&'a Arc<Code>>>,
    filter: Option<CodeFilter>,
    rows: Vec<TreeRow>,
}

impl Rows<'_> {
    fn add(&mut self, parent: Option<CodeId>, depth: usize) {
        for code in self.below.remove(&parent).unwrap_or_default() {
            if self
                .filter
                .as_ref()
                .is_some_and(|filter| !filter.shown.contains(&code.id))
            {
                continue;
            }
            let has_subcodes = self.below.contains_key(&Some(code.id));
            let names_below = self.look.naming == Some(Some(code.id));
            // A filter or a new code below shows what folding would hide.
            let folded = has_subcodes
                && self.filter.is_none()
                && !names_below
                && self.look.folded.contains(&code.id);
            self.rows.push(TreeRow::Code(CodeRow {
                id: code.id,
                parent,
                depth,
                name: code.name.get(&self.look.language).to_owned(),
                hue: code.hue,
                key: code.key,
                has_subcodes,
                folded,
                defined: !code.definition.is_empty(),
                fits: self
                    .filter
                    .as_ref()
                    .is_none_or(|filter| filter.fits.contains(&code.id)),
            }));
            if !folded {
                self.add(Some(code.id), depth + 1);
            }
        }
        if self.look.naming == Some(parent) {
            self.rows.push(TreeRow::Naming { depth });
        }
    }
}

/// The position of a code's row.
pub(super) fn index_of(rows: &[TreeRow], id: CodeId) -> Option<usize> {
    rows.iter()
        .position(|row| matches!(row, TreeRow::Code(code) if code.id == id))
}

/// The codes of the rows from one to another, both included.
pub(super) fn range_of(rows: &[TreeRow], from: CodeId, to: CodeId) -> BTreeSet<CodeId> {
    let (Some(a), Some(b)) = (index_of(rows, from), index_of(rows, to)) else {
        return [to].into();
    };
    codes(rows.get(a.min(b)..=a.max(b)).unwrap_or_default())
        .map(|code| code.id)
        .collect()
}

/// The rows that are codes.
pub(super) fn codes(rows: &[TreeRow]) -> impl Iterator<Item = &CodeRow> {
    rows.iter().filter_map(|row| {
        if let TreeRow::Code(code) = row {
            Some(code)
        } else {
            None
        }
    })
}

/// A place in the tree that codes can be moved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TreeSlot {
    /// The new parent; `None` is the top level.
    pub(super) parent: Option<CodeId>,
    /// The sibling to come before; `None` is the last place.
    pub(super) before: Option<CodeId>,
}

/// The part of a row that something is dropped on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Near its upper edge.
    Before,
    /// On it.
    Onto,
    /// Near its lower edge.
    After,
}

impl Zone {
    /// The zone at a height within a row, 0 at its top and 1 at its bottom.
    ///
    /// Rows that are sorted have no slots between them, since the position would change nothing on screen.
    pub(super) fn at(height: f32, sorting: Sorting) -> Self {
        match height {
            _ if sorting != Sorting::Own => Self::Onto,
            height if height < 0.28 => Self::Before,
            height if height > 0.72 => Self::After,
            _ => Self::Onto,
        }
    }
}

/// The slot of codes that are dropped on a row.
pub(super) fn drop_slot(project: &Project, row: &CodeRow, zone: Zone) -> TreeSlot {
    match zone {
        Zone::Before => TreeSlot {
            parent: row.parent,
            before: Some(row.id),
        },
        Zone::Onto => TreeSlot {
            parent: Some(row.id),
            before: None,
        },
        Zone::After if row.has_subcodes && !row.folded => TreeSlot {
            parent: Some(row.id),
            before: project
                .codebook
                .children(Some(row.id))
                .first()
                .map(|code| code.id),
        },
        Zone::After => TreeSlot {
            parent: row.parent,
            before: sibling(project, row.id, 1),
        },
    }
}

/// A way to move a code by keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TreeStep {
    /// Before the sibling above.
    Up,
    /// After the sibling below.
    Down,
    /// Beside its parent, right after it.
    Out,
    /// Below the sibling above.
    In,
}

/// The slot that a step leads to; `None` if there is none.
pub(super) fn stepped(project: &Project, id: CodeId, step: TreeStep) -> Option<TreeSlot> {
    let parent = project.codebook.get(id)?.place.parent;
    match step {
        TreeStep::Up => Some(TreeSlot {
            parent,
            before: Some(sibling(project, id, -1)?),
        }),
        TreeStep::Down => {
            let next = sibling(project, id, 1)?;
            Some(TreeSlot {
                parent,
                before: sibling(project, next, 1),
            })
        }
        TreeStep::Out => {
            let parent = project.codebook.get(parent?)?;
            Some(TreeSlot {
                parent: parent.place.parent,
                before: sibling(project, parent.id, 1),
            })
        }
        TreeStep::In => Some(TreeSlot {
            parent: Some(sibling(project, id, -1)?),
            before: None,
        }),
    }
}

fn sibling(project: &Project, id: CodeId, offset: isize) -> Option<CodeId> {
    let siblings = project
        .codebook
        .children(project.codebook.get(id)?.place.parent);
    let at = siblings.iter().position(|code| code.id == id)?;
    siblings
        .get(at.checked_add_signed(offset)?)
        .map(|code| code.id)
}

/// Returns true if codes can be moved to a slot: it is neither below one of them nor right before one.
pub(super) fn admits(project: &Project, codes: &[CodeId], slot: TreeSlot) -> bool {
    codes
        .iter()
        .all(|code| slot.before != Some(*code) && !project.codebook.would_cycle(*code, slot.parent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{code::CodePlace, localized::Localized, rank::Rank};

    fn id(number: u128) -> CodeId {
        CodeId::from_u128(number)
    }

    /// Needs (2 Belonging, 3 Being heard (4 By peers)), 5 Agency.
    fn project() -> Project {
        let mut project = Project::default();
        for (number, parent, name, zh) in [
            (1, None, "Needs", "需要"),
            (2, Some(1), "Belonging", "归属"),
            (3, Some(1), "Being heard", "被倾听"),
            (4, Some(3), "By peers", "同伴"),
            (5, None, "Agency", ""),
        ] {
            let name = Localized {
                text: name.to_owned(),
                translations: [(Language::ZH, zh.to_owned())].into(),
            };
            let rank = Rank::after(project.codebook.codes.values().map(|code| &code.place.rank));
            let place = CodePlace {
                parent: parent.map(id),
                rank,
            };
            let mut code = Code::new(id(number), place, name, Hue::default());
            code.definition = Localized::plain(if number == 2 { "…" } else { "" });
            project.codebook.codes.insert(id(number), Arc::new(code));
        }
        project
    }

    fn outline(
        query: &str,
        sorting: Sorting,
        folded: &[u128],
        naming: Option<Option<u128>>,
    ) -> Vec<String> {
        let folded = folded.iter().copied().map(id).collect();
        let naming = naming.map(|parent| parent.map(id));
        let look = Look {
            query,
            sorting,
            folded: &folded,
            language: Language::EN,
            naming,
        };
        let line = |row: &TreeRow| match row {
            TreeRow::Code(code) => {
                let marks = [
                    (code.folded, " …"),
                    (!code.fits, " ~"),
                    (code.defined, " !"),
                ];
                let marks: String = marks
                    .into_iter()
                    .filter(|(on, _)| *on)
                    .map(|(_, mark)| mark)
                    .collect();
                format!("{}{}{marks}", "-".repeat(code.depth), code.name)
            }
            TreeRow::Naming { depth } => format!("{}?", "-".repeat(*depth)),
        };
        rows(&project(), &Tally::default(), &look)
            .iter()
            .map(line)
            .collect()
    }

    #[test]
    fn rows_fold_sort_and_filter_and_keep_their_ancestors() {
        assert_eq!(
            outline("", Sorting::Own, &[3], None),
            ["Needs", "-Belonging !", "-Being heard …", "Agency"]
        );
        assert_eq!(
            outline("", Sorting::Name, &[1], None),
            ["Agency", "Needs …"]
        );
        assert_eq!(
            outline("同伴", Sorting::Own, &[1, 3], None),
            ["Needs ~", "-Being heard ~", "--By peers"]
        );
    }

    #[test]
    fn a_new_code_is_named_where_it_will_be() {
        assert_eq!(
            outline("", Sorting::Own, &[1], Some(None)),
            ["Needs …", "Agency", "?"]
        );
        assert_eq!(
            outline("", Sorting::Own, &[1, 3], Some(Some(1))),
            ["Needs", "-Belonging !", "-Being heard …", "-?", "Agency"]
        );
        assert_eq!(
            outline("", Sorting::Own, &[], Some(Some(5)))[4..],
            ["Agency", "-?"]
        );
    }

    #[test]
    fn a_drop_goes_before_onto_or_after_a_row() {
        let project = project();
        let look = Look {
            query: "",
            sorting: Sorting::Own,
            folded: &BTreeSet::new(),
            language: Language::EN,
            naming: None,
        };
        let rows = rows(&project, &Tally::default(), &look);
        let slot_at = |number, zone| {
            let row = codes(&rows).find(|row| row.id == id(number)).unwrap();
            let slot = drop_slot(&project, row, zone);
            (
                slot.parent.map(|id| id.as_u128()),
                slot.before.map(|id| id.as_u128()),
            )
        };
        assert_eq!(slot_at(3, Zone::Before), (Some(1), Some(3)));
        assert_eq!(slot_at(3, Zone::Onto), (Some(3), None));
        assert_eq!(slot_at(3, Zone::After), (Some(3), Some(4)));
        assert_eq!(slot_at(2, Zone::After), (Some(1), Some(3)));
        assert_eq!(slot_at(5, Zone::After), (None, None));
        assert!(!admits(
            &project,
            &[id(1)],
            TreeSlot {
                parent: Some(id(4)),
                before: None
            }
        ));
        assert_eq!(Zone::at(0.1, Sorting::Own), Zone::Before);
        assert_eq!(Zone::at(0.1, Sorting::Name), Zone::Onto);
    }

    #[test]
    fn a_code_steps_up_down_in_and_out() {
        let project = project();
        let step = |number, step| {
            stepped(&project, id(number), step).map(|slot| {
                (
                    slot.parent.map(|id| id.as_u128()),
                    slot.before.map(|id| id.as_u128()),
                )
            })
        };
        assert_eq!(step(3, TreeStep::Up), Some((Some(1), Some(2))));
        assert_eq!(step(1, TreeStep::Up), None);
        assert_eq!(step(2, TreeStep::Down), Some((Some(1), None)));
        assert_eq!(step(4, TreeStep::Out), Some((Some(1), None)));
        assert_eq!(step(2, TreeStep::Out), Some((None, Some(5))));
        assert_eq!(step(3, TreeStep::In), Some((Some(2), None)));
        assert_eq!(step(2, TreeStep::In), None);
    }

    #[test]
    fn a_range_of_rows_goes_either_way() {
        let look = Look {
            query: "",
            sorting: Sorting::Own,
            folded: &BTreeSet::new(),
            language: Language::EN,
            naming: None,
        };
        let rows = rows(&project(), &Tally::default(), &look);
        assert_eq!(range_of(&rows, id(4), id(2)), [id(2), id(3), id(4)].into());
        assert_eq!(range_of(&rows, id(9), id(2)), [id(2)].into());
    }
}
