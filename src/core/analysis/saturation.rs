//! Saturation: how many codes each interview adds that no earlier one had.
//!
//! The result depends on the order of the interviews, so the same count over many random orders gives a band around it.

use std::collections::BTreeSet;

use crate::{
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf, AttributeValue, Day},
        document::Document,
        ids::{CodeId, DocumentId},
        natural_key,
    },
    statistics::{
        chance::Chance,
        saturation::{Rule, Saturation, new_codes, saturation},
    },
};

use super::{
    Loader,
    admission::Admission,
    frequency::{Filter, picked},
};

/// In which order interviews count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InterviewOrder {
    /// By the first attribute of documents that holds dates; documents without a date come last, by title.
    #[default]
    Date,
    /// By title.
    Title,
}

/// Interviews in order, each with its codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The documents.
    pub documents: Vec<DocumentId>,
    /// The codes of each interview, in the order of the text.
    pub codes: Vec<Vec<CodeId>>,
    /// The number of codes of each interview that none before it had.
    pub new: Vec<usize>,
    /// The number of codes seen after each interview.
    pub seen: Vec<usize>,
    /// How saturation is judged.
    pub rule: Rule,
    /// The verdict by the rule.
    pub judged: Saturation,
}

/// Codes seen after each interview, over many orders.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The lower end: 2.5 % of the orders have fewer.
    pub low: Vec<usize>,
    /// The median of the orders.
    pub middle: Vec<usize>,
    /// The upper end: 2.5 % of the orders have more.
    pub high: Vec<usize>,
    /// In how many orders the rule was met, and of how many.
    pub reached: (usize, usize),
}

/// Puts interviews in order and judges their saturation; interviews without a coding take part.
pub fn course(
    project: &Project,
    filter: &Filter,
    order: InterviewOrder,
    rule: Rule,
    load: &Loader<'_>,
) -> Course {
    let admission = Admission::new(project, filter, load);
    let mut documents = picked(project, filter);
    documents.sort_by_cached_key(|document| {
        let date = match order {
            InterviewOrder::Date => date_of(project, document),
            InterviewOrder::Title => None,
        };
        (
            date.is_none(),
            date,
            natural_key(&document.title),
            document.id,
        )
    });
    let codes: Vec<Vec<CodeId>> = documents
        .iter()
        .map(|document| codes_in(document, &admission, filter))
        .collect();
    let new = new_codes(&codes);
    Course {
        documents: documents.iter().map(|document| document.id).collect(),
        seen: running_totals(&new),
        judged: saturation(&new, rule),
        codes,
        new,
        rule,
    }
}

/// The codes of an interview that count, each once, in the order of the text.
fn codes_in(document: &Document, admission: &Admission<'_>, filter: &Filter) -> Vec<CodeId> {
    let mut seen = BTreeSet::new();
    admission
        .admitted(document)
        .into_iter()
        .map(|at| document.codings[at].code)
        .filter(|code| filter.admits_code(*code))
        .filter(|code| seen.insert(*code))
        .collect()
}

impl Course {
    /// How far the curve depends on the order of the interviews, from a number of random orders.
    pub fn band(&self, orders: usize, seed: u64) -> Band {
        let mut chance = Chance::new(seed);
        let mut interviews = self.codes.clone();
        let mut after: Vec<Vec<usize>> = vec![Vec::with_capacity(orders); self.codes.len()];
        let mut reached = 0;
        for _ in 0..orders {
            chance.shuffle(&mut interviews);
            let new = new_codes(&interviews);
            reached += usize::from(saturation(&new, self.rule).saturated_at.is_ok());
            after
                .iter_mut()
                .zip(running_totals(&new))
                .for_each(|(seen, sum)| seen.push(sum));
        }
        after.iter_mut().for_each(|seen| seen.sort_unstable());
        Band {
            low: quantiles(&after, 25),
            middle: quantiles(&after, 500),
            high: quantiles(&after, 975),
            reached: (reached, orders),
        }
    }

    /// The codes that no interview before this one has.
    pub fn first_seen(&self, interview: usize) -> Vec<CodeId> {
        let before: BTreeSet<CodeId> = self
            .codes
            .iter()
            .take(interview)
            .flatten()
            .copied()
            .collect();
        self.codes.get(interview).map_or_else(Vec::new, |codes| {
            codes
                .iter()
                .copied()
                .filter(|code| !before.contains(code))
                .collect()
        })
    }
}

/// The value in each sorted list below which so many of a thousand values are; none of an empty list.
fn quantiles(sorted: &[Vec<usize>], per_mille: usize) -> Vec<usize> {
    sorted
        .iter()
        .filter_map(|values| values.get(values.len() * per_mille / 1000).copied())
        .collect()
}

fn running_totals(new: &[usize]) -> Vec<usize> {
    let mut sum = 0;
    new.iter()
        .map(|new| {
            sum += new;
            sum
        })
        .collect()
}

/// The date of a document, by the first attribute of documents that holds dates.
pub fn date_of(project: &Project, document: &Document) -> Option<Day> {
    let attributes = project.attributes_in_order().into_iter();
    let dates = attributes.filter(|attribute| {
        attribute.of == AttributeOf::Documents && attribute.kind == AttributeKind::Date
    });
    // Only values for all phases: a document is in one phase, so its date has no other.
    dates
        .filter_map(|attribute| document.values.get(&(attribute.id, None)))
        .find_map(|value| match value {
            AttributeValue::Date(day) => Some(*day),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::sample::by_hand, model::ids::AttributeId};

    #[test]
    fn interviews_come_by_date_and_say_what_is_new() {
        let mut study = by_hand();
        study.attribute(
            9,
            "date",
            AttributeOf::Documents,
            AttributeKind::Date,
            false,
        );
        for (document, day) in [(10, 1), (20, 2)] {
            let document = study
                .project
                .documents
                .get_mut(&DocumentId::from_u128(document))
                .unwrap();
            let day = AttributeValue::Date(Day {
                year: 2025,
                month: 3,
                day,
            });
            std::sync::Arc::make_mut(document)
                .values
                .insert((AttributeId::from_u128(9), None), day);
        }
        let rule = Rule {
            base: 1,
            run: 1,
            threshold: 0.0,
        };
        let found = course(
            &study.project,
            &Filter::default(),
            InterviewOrder::Date,
            rule,
            &|_| None,
        );
        assert_eq!(
            found
                .documents
                .iter()
                .map(|id| id.as_u128())
                .collect::<Vec<_>>(),
            [10, 20, 30, 40]
        );
        assert_eq!(
            (found.new.as_slice(), found.seen.as_slice()),
            (&[1, 2, 1, 0][..], &[1, 3, 4, 4][..])
        );
        assert_eq!(found.judged.saturated_at, Ok(3));
        assert_eq!(found.first_seen(2), [CodeId::from_u128(3)]);
        let band = found.band(200, 1);
        assert_eq!((band.low[3], band.high[3], band.reached.1), (4, 4, 200));
        assert!(band.low[0] <= band.middle[0] && band.middle[0] <= band.high[0]);
        assert_eq!(found.band(200, 1), band);
    }
}
