//! Who says what about whom, as a sheet: a line for each family and theme.

use super::wording;
use crate::table::CellRef;
use crate::table::{Cell, CellKind, Head, Row, Table};
use crate::{
    analysis::{
        frequency::table::Segment,
        informants::{Accord, Informants},
    },
    message::language::UiLanguage,
    model::Project,
};

/// The lines shown: families with the themes that anybody brings up.
fn lines(found: &Informants) -> Vec<(usize, usize)> {
    let of = |(family, lines): (usize, &crate::analysis::informants::InformantFamily)| {
        lines
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.accord != Accord::Silent)
            .map(|(entry, _)| (family, entry))
            .collect::<Vec<_>>()
    };
    found.families.iter().enumerate().flat_map(of).collect()
}

/// How the members stand to a theme, in words.
pub fn accord(accord: Accord, language: UiLanguage) -> &'static str {
    let (english, chinese) = match accord {
        Accord::Silent => ("nobody", "无人提到"),
        Accord::OneAsked => ("only one was asked", "只问过一人"),
        Accord::Partial => ("some do, some don't", "有人提到，有人没有"),
        Accord::All => ("all do", "都提到"),
        Accord::Contradiction => ("they contradict", "说法相反"),
    };
    language.pick(english, chinese)
}

/// The table; informants stand as first, second and further members, named in the cell.
pub fn sheet(found: &Informants, project: &Project, language: UiLanguage) -> Table {
    let most = found
        .families
        .iter()
        .map(|family| family.informants.len())
        .max()
        .unwrap_or(0);
    let mut columns = vec![Head::plain(language.pick("Theme", "主题"))];
    columns.extend((1..=most).map(|n| {
        Head::plain(match language {
            UiLanguage::English => format!("Informant {n}"),
            UiLanguage::Chinese => format!("讲述者 {n}"),
        })
    }));
    columns.push(Head::plain(language.pick("Together", "合起来")));
    let line = |(at, entry): (usize, usize)| {
        let family = found.families.get(at)?;
        let entry = family.entries.get(entry)?;
        let theme = found
            .columns
            .get(entry.column)
            .map(|column| wording::code(project, column.code, language))
            .unwrap_or_default();
        let mut cells = vec![Cell::words(theme)];
        for n in 0..most {
            cells.push(
                match (
                    family.informants.get(n),
                    entry.codings.get(n).copied().flatten(),
                ) {
                    (Some(informant), Some(n)) => Cell {
                        text: format!("{} {n}", informant.name),
                        kind: if n == 0 {
                            CellKind::Zero
                        } else {
                            CellKind::Figure
                        },
                        ..Cell::count(n)
                    },
                    (Some(informant), None) => Cell {
                        text: format!("{} –", informant.name),
                        ..Cell::absent(language.pick("not interviewed", "没有访谈"))
                    },
                    (None, _) => Cell::default(),
                },
            );
        }
        let stands_out = (entry.accord == Accord::Contradiction).then_some(false);
        cells.push(Cell {
            stands_out,
            ..Cell::words(accord(entry.accord, language))
        });
        Some(Row {
            head: Head::plain(&family.name),
            cells,
        })
    };
    let notes = if found.families.is_empty() {
        vec![
            language
                .pick(
                    "No family has two persons as members: link persons to families on the page of cases.",
                    "没有哪个家庭有两名成员：请在个案页把个人归入家庭。",
                )
                .to_owned(),
        ]
    } else {
        Vec::new()
    };
    Table {
        title: language.pick("Who says what about whom", "谁说了什么").to_owned(),
        rule: language.pick(
            "Counted: codings in each member's own turns, a line for each theme that anybody of the family brings up. They contradict where all judgements (facet judgement) of one are favourable and all of another unfavourable.",
            "统计的是：每名成员自己话轮中的编码片段；家中有人提到的主题各占一行。一人的评判（维度“评判”）全为肯定而另一人全为否定时，记为说法相反。",
        ).to_owned(),
        corner: language.pick("Family", "家庭").to_owned(),
        columns,
        rows: lines(found).into_iter().filter_map(line).collect(),
        foot: Vec::new(),
        notes,
        heat: false,
    }
}

/// The segments behind a place.
pub fn segments(found: &Informants, project: &Project, spot: CellRef) -> Vec<Segment> {
    let Some((family, entry)) = spot.row().and_then(|row| lines(found).get(row).copied()) else {
        return Vec::new();
    };
    let n = found
        .families
        .get(family)
        .map_or(0, |family| family.informants.len());
    let informant = spot
        .column()
        .and_then(|column| column.checked_sub(1))
        .filter(|at| *at < n);
    found.segments(project, family, entry, informant)
}
