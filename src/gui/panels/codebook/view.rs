//! The codebook as plain rows, and where things go that are moved in it.

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
    /// As they stand in the codebook.
    #[default]
    Own,
    /// By name.
    Name,
    /// The most used first.
    Use,
}

/// What is shown of the codebook, and how.
#[derive(Debug)]
pub(super) struct Look<'a> {
    /// Shows codes that fit, and those above them.
    pub(super) query: &'a str,
    /// Order of siblings.
    pub(super) sorting: Sorting,
    /// Codes whose subcodes are folded away.
    pub(super) folded: &'a BTreeSet<CodeId>,
    /// Language of the names.
    pub(super) language: Language,
    /// A code about to be named, below which code.
    pub(super) naming: Option<Option<CodeId>>,
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// A code.
    Code(CodeRow),
    /// The line to name a new code in.
    Naming {
        /// 0 at the top.
        depth: usize,
    },
}

/// A code's row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CodeRow {
    /// Which.
    pub(super) id: CodeId,
    /// The code above it.
    pub(super) parent: Option<CodeId>,
    /// 0 at the top.
    pub(super) depth: usize,
    /// In the window's language.
    pub(super) name: String,
    /// Colour.
    pub(super) hue: Hue,
    /// Its key.
    pub(super) key: Option<char>,
    /// Whether it has subcodes.
    pub(super) has_subcodes: bool,
    /// Whether these are folded away.
    pub(super) folded: bool,
    /// Whether it says what it means.
    pub(super) defined: bool,
    /// Whether it fits the filter itself, and isn't here only for a code below it.
    pub(super) fits: bool,
}

/// The rows of a codebook.
pub(super) fn rows(project: &Project, tally: &Tally, look: &Look<'_>) -> Vec<Row> {
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
        filter: Filter::new(project, look.query),
        rows: Vec::new(),
    };
    out.add(None, 0);
    out.rows
}

/// The codes that a query lets through.
struct Filter {
    fits: BTreeSet<CodeId>,
    shown: BTreeSet<CodeId>,
}

impl Filter {
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

/// Rows being gathered.
struct Rows<'a> {
    look: &'a Look<'a>,
    below: BTreeMap<Option<CodeId>, Vec<&'a Arc<Code>>>,
    filter: Option<Filter>,
    rows: Vec<Row>,
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
            let folded = has_subcodes
                && self.filter.is_none()
                && !names_below
                && self.look.folded.contains(&code.id);
            self.rows.push(Row::Code(CodeRow {
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
            self.rows.push(Row::Naming { depth });
        }
    }
}

/// The row of a code.
pub(super) fn index_of(rows: &[Row], id: CodeId) -> Option<usize> {
    rows.iter()
        .position(|row| matches!(row, Row::Code(code) if code.id == id))
}

/// The codes of the rows from one to another, both included.
pub(super) fn range_of(rows: &[Row], from: CodeId, to: CodeId) -> BTreeSet<CodeId> {
    let (Some(a), Some(b)) = (index_of(rows, from), index_of(rows, to)) else {
        return [to].into();
    };
    codes(rows.get(a.min(b)..=a.max(b)).unwrap_or_default())
        .map(|code| code.id)
        .collect()
}

/// The rows that are codes.
pub(super) fn codes(rows: &[Row]) -> impl Iterator<Item = &CodeRow> {
    rows.iter().filter_map(|row| {
        if let Row::Code(code) = row {
            Some(code)
        } else {
            None
        }
    })
}

/// A place that codes can be put at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellRef {
    /// Below which code.
    pub(super) parent: Option<CodeId>,
    /// Before which sibling; `None` is last.
    pub(super) before: Option<CodeId>,
}

/// Where on a row something is dropped.
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
    /// The zone at a height within a row, 0 at its top and 1 at its foot; rows that aren't in their own order have no places between them.
    pub(super) fn at(height: f32, sorting: Sorting) -> Self {
        match height {
            _ if sorting != Sorting::Own => Self::Onto,
            height if height < 0.28 => Self::Before,
            height if height > 0.72 => Self::After,
            _ => Self::Onto,
        }
    }
}

/// Where codes go that are dropped on a row.
pub(super) fn spot(project: &Project, row: &CodeRow, zone: Zone) -> CellRef {
    match zone {
        Zone::Before => CellRef {
            parent: row.parent,
            before: Some(row.id),
        },
        Zone::Onto => CellRef {
            parent: Some(row.id),
            before: None,
        },
        Zone::After if row.has_subcodes && !row.folded => CellRef {
            parent: Some(row.id),
            before: project
                .codebook
                .children(Some(row.id))
                .first()
                .map(|code| code.id),
        },
        Zone::After => CellRef {
            parent: row.parent,
            before: sibling(project, row.id, 1),
        },
    }
}

/// A way to move a code by keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Before the sibling above.
    Up,
    /// After the sibling below.
    Down,
    /// Beside its parent, right after it.
    Out,
    /// Below the sibling above.
    In,
}

/// Where a code comes to by a step; `None` where there is no such place.
pub(super) fn stepped(project: &Project, id: CodeId, step: Step) -> Option<CellRef> {
    let parent = project.codebook.get(id)?.place.parent;
    match step {
        Step::Up => Some(CellRef {
            parent,
            before: Some(sibling(project, id, -1)?),
        }),
        Step::Down => {
            let next = sibling(project, id, 1)?;
            Some(CellRef {
                parent,
                before: sibling(project, next, 1),
            })
        }
        Step::Out => {
            let parent = project.codebook.get(parent?)?;
            Some(CellRef {
                parent: parent.place.parent,
                before: sibling(project, parent.id, 1),
            })
        }
        Step::In => Some(CellRef {
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

/// Whether codes may be put at a spot: none of them lies above it, and it isn't one of them.
pub(super) fn admits(project: &Project, codes: &[CodeId], spot: CellRef) -> bool {
    codes
        .iter()
        .all(|code| spot.before != Some(*code) && !project.codebook.would_cycle(*code, spot.parent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{code::Place, localized::Localized, rank::Rank};

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
            let place = Place {
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
        let line = |row: &Row| match row {
            Row::Code(code) => {
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
            Row::Naming { depth } => format!("{}?", "-".repeat(*depth)),
        };
        rows(&project(), &Tally::default(), &look)
            .iter()
            .map(line)
            .collect()
    }

    #[test]
    fn rows_fold_sort_and_filter_and_keep_what_lies_above() {
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
    fn a_new_code_is_named_where_it_will_stand() {
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
        let spot_at = |number, zone| {
            let row = codes(&rows).find(|row| row.id == id(number)).unwrap();
            let spot = spot(&project, row, zone);
            (
                spot.parent.map(|id| id.as_u128()),
                spot.before.map(|id| id.as_u128()),
            )
        };
        assert_eq!(spot_at(3, Zone::Before), (Some(1), Some(3)));
        assert_eq!(spot_at(3, Zone::Onto), (Some(3), None));
        assert_eq!(spot_at(3, Zone::After), (Some(3), Some(4)));
        assert_eq!(spot_at(2, Zone::After), (Some(1), Some(3)));
        assert_eq!(spot_at(5, Zone::After), (None, None));
        assert!(!admits(
            &project,
            &[id(1)],
            CellRef {
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
            stepped(&project, id(number), step).map(|spot| {
                (
                    spot.parent.map(|id| id.as_u128()),
                    spot.before.map(|id| id.as_u128()),
                )
            })
        };
        assert_eq!(step(3, Step::Up), Some((Some(1), Some(2))));
        assert_eq!(step(1, Step::Up), None);
        assert_eq!(step(2, Step::Down), Some((Some(1), None)));
        assert_eq!(step(4, Step::Out), Some((Some(1), None)));
        assert_eq!(step(2, Step::Out), Some((None, Some(5))));
        assert_eq!(step(3, Step::In), Some((Some(2), None)));
        assert_eq!(step(2, Step::In), None);
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
