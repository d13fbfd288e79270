//! Before and after as charts: the pairs of a theme, and those of each scale beside it.

use super::{phase_names, subject_head};
use crate::{
    analysis::{
        change::{ChangeLine, ChangeSubject, Changes},
        frequency::Rows,
    },
    message::language::UiLanguage,
    model::Project,
    picture::Picture,
    views::{
        cells::row_name,
        chart::slope::{self, Slope},
    },
};

/// `row` is the line that was chosen; without one, the theme that changed most is shown.
pub(super) fn charts(
    found: &Changes,
    project: &Project,
    language: UiLanguage,
    row: Option<usize>,
) -> Vec<Picture> {
    let chosen = row
        .and_then(|row| found.lines.get(row))
        .or_else(|| most_changed(found));
    // Scales are always shown: a chosen one is among them.
    let theme = chosen.into_iter().filter(|line| is_theme(line));
    let scales = found.lines.iter().filter(|line| !is_theme(line));
    theme
        .chain(scales)
        .map(|line| pairs(line, found, project, language))
        .collect()
}

const fn is_theme(line: &ChangeLine) -> bool {
    matches!(line.subject, ChangeSubject::Code(..))
}

/// The theme whose change is least likely by chance; those that can't be tested come last.
fn most_changed(found: &Changes) -> Option<&ChangeLine> {
    found
        .lines
        .iter()
        .filter(|line| is_theme(line))
        .min_by(|a, b| p_or_above_all(a).total_cmp(&p_or_above_all(b)))
}

fn p_or_above_all(line: &ChangeLine) -> f64 {
    match &line.wilcoxon {
        Ok(test) => test.p_two_sided,
        Err(_) => f64::INFINITY,
    }
}

fn pairs(line: &ChangeLine, found: &Changes, project: &Project, language: UiLanguage) -> Picture {
    let head = subject_head(project, line.subject, language);
    let [before, after] = phase_names(found, project, language);
    let slopes: Vec<Slope> = found
        .cases
        .iter()
        .zip(&line.pairs)
        .map(|(case, pair)| Slope {
            name: row_name(case, Rows::Case, project, language),
            before: pair.0,
            after: pair.1,
        })
        .collect();
    slope::picture(&head, [&before, &after], &slopes)
}
