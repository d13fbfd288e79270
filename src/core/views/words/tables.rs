//! Words as tables: the most frequent ones, and those typical of one group.

use crate::{
    analysis::words::{WINDOW, WordCount, WordCounts},
    message::{language::UiLanguage, text::Text},
    statistics::words::{Diversity, Keyness},
    table::{Cell, CellKind, Head, Row, Table},
    views::{
        cells::{figure_cell, two_decimals, undefined},
        finding::GroupPair,
        wording,
    },
};

/// Words listed; those further down are rare.
const MOST: usize = 300;

const RULE: Text = Text::new(
    "Counted: words that interviewers don't say, folded; Chinese is cut by dictionary and the project's own terms. DP (Gries 2008): 0 is as even as the texts are long, towards 1 the word crowds in a few.",
    "统计的是：访谈者以外的人说的词（不分大小写和全半角）；中文按词典和项目自己的术语切分。DP（Gries 2008）：0 表示与各文档长度一样均匀，越接近 1 越集中在少数文档。",
);
const MATTR: Text = Text::new(
    "MATTR: different words over words, averaged over all stretches of 100 words (Covington & McFall 2010).",
    "MATTR：每 100 个词中不同词所占比例的平均值（Covington & McFall 2010）。",
);
const KEYNESS_RULE: Text = Text::new(
    "Typical words by log-likelihood: LL over the word's two cells (Rayson & Garside 2000), G² over all four (Dunning 1993); log ratio 1 is twice as frequent (Hardie 2014). Words of one document are not independent of one another: read p as a rank.",
    "按对数似然排列的特征词：LL 用该词的两个格（Rayson & Garside 2000），G² 用全部四格（Dunning 1993）；log ratio 为 1 表示频率高一倍（Hardie 2014）。同一文档的词并不相互独立：p 只作排序参考。",
);

/// The most frequent words, in each group, with how evenly they are spread.
pub(super) fn frequency_table(found: &WordCounts, language: UiLanguage) -> Table {
    let mut columns = vec![Head::plain(language.say(Text::new("all", "合计")))];
    columns.extend(
        of_groups(found, &found.groups).map(|(name, _)| Head::plain(name.get(&language.tag()))),
    );
    columns.push(Head::plain(language.say(Text::new("documents", "文档"))));
    columns.push(Head::plain("DP"));
    let rows = found.by_frequency().into_iter().take(MOST);
    Table {
        title: language.say(Text::new("Words", "词频")).to_owned(),
        rule: language.say(RULE).to_owned(),
        corner: language.say(Text::new("Word", "词")).to_owned(),
        rows: rows
            .map(|(word, count)| Row::new(word, cells_of_word(found, word, count, language)))
            .collect(),
        foot: foot(found, columns.len(), language),
        columns,
        notes: vec![language.say(MATTR).to_owned()],
        ..Table::default()
    }
}

/// What there is for each group; nothing where all texts are one group, which the first column has already.
fn of_groups<'a, T>(found: &WordCounts, values: &'a [T]) -> std::slice::Iter<'a, T> {
    if found.groups.len() > 1 {
        values.iter()
    } else {
        [].iter()
    }
}

fn cells_of_word(
    found: &WordCounts,
    word: &str,
    count: &WordCount,
    language: UiLanguage,
) -> Vec<Cell> {
    let dispersion = found.dispersion(word).map(|spread| spread.dp);
    let mut cells = vec![Cell::count(count.total)];
    cells.extend(of_groups(found, &count.groups).map(|n| Cell::count(*n)));
    cells.push(Cell::count(count.documents.len()));
    cells.push(figure_cell(dispersion, two_decimals, language));
    cells
}

fn foot(found: &WordCounts, columns: usize, language: UiLanguage) -> Vec<Row> {
    let all = found.documents.iter().map(|(_, n)| n).sum();
    let mut total = vec![Cell::count(all)];
    total.extend(of_groups(found, &found.groups).map(|(_, n)| Cell::count(*n)));
    total.push(Cell::count(found.documents.len()));
    // With several groups, variety is theirs and the column of all words has none.
    let mut variety = match found.diversity.as_slice() {
        [one] => vec![variety_cell(one, language)],
        several => std::iter::once(Cell::default())
            .chain(several.iter().map(|own| variety_cell(own, language)))
            .collect(),
    };
    total.resize(columns, Cell::default());
    variety.resize(columns, Cell::default());
    vec![
        Row::new(language.say(Text::new("All words", "全部词")), total),
        Row::new(format!("MATTR ({WINDOW})"), variety),
    ]
}

fn variety_cell(diversity: &Diversity, language: UiLanguage) -> Cell {
    match diversity.mattr {
        // A share among counts: shown as words, so that nothing adds it up.
        Ok(mattr) => Cell {
            kind: CellKind::Words,
            ..Cell::number(mattr, two_decimals(mattr))
        },
        Err(why) => undefined(why, language),
    }
}

/// Words typical of one group in comparison with another, the most typical of either first.
pub(super) fn keyness_table(
    found: &WordCounts,
    groups: GroupPair,
    of: &str,
    against: &str,
    language: UiLanguage,
) -> Table {
    let rows = found.keyness(groups.of, groups.against);
    Table {
        title: format!("{of} : {against}"),
        rule: language.say(KEYNESS_RULE).to_owned(),
        corner: language.say(Text::new("Word", "词")).to_owned(),
        columns: [of, against, "LL", "G²", "p", "log ratio"]
            .map(Head::plain)
            .to_vec(),
        rows: rows
            .into_iter()
            .take(MOST)
            .map(|(word, key)| Row::new(word, keyness_cells(&found.words[word], groups, key)))
            .collect(),
        ..Table::default()
    }
}

fn keyness_cells(count: &WordCount, groups: GroupPair, key: Keyness) -> Vec<Cell> {
    vec![
        Cell::count(count.groups[groups.of]),
        Cell::count(count.groups[groups.against]),
        Cell::number(key.ll, format!("{:.1}", key.ll)),
        Cell::number(key.g2, format!("{:.1}", key.g2)),
        Cell::number(key.p, wording::probability(key.p)),
        Cell::number(key.log_ratio, wording::change(key.log_ratio)),
    ]
}
