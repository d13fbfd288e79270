//! Words as sheets and bars.

use super::{chart::bars, wording};
use crate::table::{Cell, CellKind, Head, Row, Table};
use crate::{
    analysis::words::{WINDOW, WordCounts},
    message::language::UiLanguage,
    picture::Picture,
};

/// Most words listed.
const MOST: usize = 300;
/// Most words of a chart.
const CHARTED: usize = 25;

/// The most frequent words, in each group, with how evenly they are spread.
pub fn sheet(found: &WordCounts, language: UiLanguage) -> Table {
    let several = found.groups.len() > 1;
    let mut columns = vec![Head::plain(language.pick("all", "合计"))];
    columns.extend(
        found
            .groups
            .iter()
            .filter(|_| several)
            .map(|(name, _)| Head::plain(name)),
    );
    columns.push(Head::plain(language.pick("documents", "文档")));
    columns.push(Head::plain("DP"));
    let line = |(word, counted): (&str, &crate::analysis::words::WordCount)| {
        let mut cells = vec![Cell::count(counted.total)];
        cells.extend(
            counted
                .groups
                .iter()
                .filter(|_| several)
                .map(|n| Cell::count(*n)),
        );
        cells.push(Cell::count(counted.documents.len()));
        cells.push(match found.dispersion(word) {
            Ok(spread) => Cell::number(spread.dp, format!("{:.2}", spread.dp)),
            Err(why) => Cell::undefined(wording::reason(why, language)),
        });
        Row {
            head: Head::plain(word),
            cells,
        }
    };
    let mut total = vec![Cell::count(found.documents.iter().map(|(_, n)| n).sum())];
    total.extend(
        found
            .groups
            .iter()
            .filter(|_| several)
            .map(|(_, n)| Cell::count(*n)),
    );
    total.extend([Cell::count(found.documents.len()), Cell::default()]);
    let mut variety = vec![Cell::default()];
    let of = |diversity: &crate::statistics::words::Diversity| match diversity.mattr {
        Ok(mattr) => Cell {
            kind: CellKind::Words,
            ..Cell::number(mattr, format!("{mattr:.2}"))
        },
        Err(why) => Cell::undefined(wording::reason(why, language)),
    };
    variety.extend(found.diversity.iter().filter(|_| several).map(of));
    if !several {
        variety = found.diversity.iter().map(of).collect();
    }
    variety.resize(total.len(), Cell::default());
    Table {
        title: language.pick("WordCounts", "词").to_owned(),
        rule: language.pick(
            "Counted: words that interviewers don't say, folded; Chinese is cut by dictionary and the project's own terms. DP (Gries 2008): 0 is as even as the texts are long, towards 1 the word crowds in a few.",
            "统计的是：访谈者以外的人说的词（不分大小写和全半角）；中文按词典和项目自己的术语切分。DP（Gries 2008）：0 表示与各文档长度一样均匀，越接近 1 越集中在少数文档。",
        ).to_owned(),
        corner: language.pick("Word", "词").to_owned(),
        columns,
        rows: found.by_frequency().into_iter().take(MOST).map(line).collect(),
        foot: vec![
            Row { head: Head::plain(language.pick("All words", "全部词")), cells: total },
            Row { head: Head::plain(format!("MATTR ({WINDOW})")), cells: variety },
        ],
        notes: vec![language.pick(
            "MATTR: different words over words, averaged over all stretches of 100 words (Covington & McFall 2010).",
            "MATTR：每 100 个词中不同词所占比例的平均值（Covington & McFall 2010）。",
        ).to_owned()],
        heat: false,
    }
}

/// Words typical of one group against another.
pub fn keyness(found: &WordCounts, of: usize, against: usize, language: UiLanguage) -> Table {
    let name = |group: usize| {
        found
            .groups
            .get(group)
            .map(|group| group.0.clone())
            .unwrap_or_default()
    };
    let heads: [(String, String); 6] = [
        (name(of), name(of)),
        (name(against), name(against)),
        ("LL".into(), "LL".into()),
        ("G²".into(), "G²".into()),
        ("p".into(), "p".into()),
        ("log ratio".into(), "log ratio".into()),
    ];
    let n = |word: &str, group: usize| {
        found
            .words
            .get(word)
            .and_then(|counted| counted.groups.get(group))
            .copied()
            .unwrap_or(0)
    };
    let line = |(word, key): (&str, crate::statistics::words::Keyness)| Row {
        head: Head::plain(word),
        cells: vec![
            Cell::count(n(word, of)),
            Cell::count(n(word, against)),
            Cell::number(key.ll, format!("{:.1}", key.ll)),
            Cell::number(key.g2, format!("{:.1}", key.g2)),
            Cell::number(key.p, wording::probability(key.p)),
            Cell::number(key.log_ratio, wording::change(key.log_ratio)),
        ],
    };
    Table {
        title: format!("{} : {}", name(of), name(against)),
        rule: language.pick(
            "Typical words by log-likelihood: LL over the word's two cells (Rayson & Garside 2000), G² over all four (Dunning 1993); log ratio 1 is twice as frequent (Hardie 2014). WordCounts of one document are not independent of one another: read p as a rank.",
            "按对数似然排列的特征词：LL 用该词的两个格（Rayson & Garside 2000），G² 用全部四格（Dunning 1993）；log ratio 为 1 表示频率高一倍（Hardie 2014）。同一文档的词并不相互独立：p 只作排序参考。",
        ).to_owned(),
        corner: language.pick("Word", "词").to_owned(),
        columns: heads.into_iter().map(|(english, chinese)| Head::plain(match language {
            UiLanguage::English => english,
            UiLanguage::Chinese => chinese,
        })).collect(),
        rows: found.keyness(of, against).into_iter().take(MOST).map(line).collect(),
        ..Table::default()
    }
}

/// Bars of the most frequent words; with two groups, of the most typical ones of either.
pub fn pictures(found: &WordCounts, language: UiLanguage) -> Vec<Picture> {
    let frequent: Vec<(String, f64)> = found
        .by_frequency()
        .into_iter()
        .take(CHARTED)
        .map(|(word, counted)| (word.to_owned(), counted.total as f64))
        .collect();
    let mut pictures = vec![bars::picture(
        language.pick("The most frequent words", "最常见的词"),
        &frequent,
    )];
    if found.groups.len() >= 2 {
        let (first, last) = (0, found.groups.len() - 1);
        let key = found
            .keyness(last, first)
            .into_iter()
            .take(CHARTED)
            .map(|(word, key)| (word.to_owned(), key.log_ratio))
            .collect::<Vec<_>>();
        let title = match language {
            UiLanguage::English => format!(
                "Typical of {} (right) and of {} (left), log ratio",
                found.groups[last].0, found.groups[first].0
            ),
            UiLanguage::Chinese => format!(
                "{}（右）与 {}（左）的特征词，log ratio",
                found.groups[last].0, found.groups[first].0
            ),
        };
        pictures.push(bars::picture(&title, &key));
    }
    pictures
}
