//! Figures, names and filters as they are written, in both languages.

use std::collections::BTreeSet;

use crate::{
    analysis::{
        attribution::Attribution,
        frequency::{Filter, Measure, Rows, table::Measured},
        merging::CoderCount,
        recast,
        scales::{Score, name_of},
    },
    language::words::is_han,
    message::{
        grouped,
        language::UiLanguage,
        text::{LIST_COMMA, SEMICOLON, Text},
    },
    model::{
        Project,
        ids::{AttributeId, CodeId, CoderId, DocumentId, PhaseId},
    },
    statistics::interval::Interval,
};

/// A number with as many decimals as are worth reading: none if it is whole, two below 10, else one.
pub fn number(value: f64) -> String {
    if (value - value.round()).abs() < 1e-9 {
        return signed(format!("{value:.0}"));
    }
    signed(if value.abs() < 10.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.1}")
    })
}

/// A number with a true minus sign, and without one before 0.
fn signed(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| matches!(c, '0' | '.')) => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

/// A number that shows whether it is a rise or a fall.
pub fn change(value: f64) -> String {
    let text = number(value);
    if value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// A share in percent.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if (percent - percent.round()).abs() < 1e-9 || percent >= 10.0 {
        format!("{percent:.0} %")
    } else {
        format!("{percent:.1} %")
    }
}

/// A probability with three decimals.
pub fn probability(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_owned()
    } else {
        format!("{p:.3}")
    }
}

/// A value of a table of frequencies.
pub fn value(value: Measured, language: UiLanguage) -> String {
    match value {
        Measured::NoDocument => "–".to_owned(),
        Measured::Count(count) => grouped(count),
        Measured::Share(share) => percent(share),
        Measured::Rate(figure) | Measured::Mean(figure) => format!("{figure:.1}"),
        Measured::Present(present) => {
            let text = if present {
                Text::new("yes", "有")
            } else {
                Text::new("no", "无")
            };
            language.say(text).to_owned()
        }
        Measured::Undefined(_) => "·".to_owned(),
    }
}

/// An interval.
pub fn interval(of: Interval, written: impl Fn(f64) -> String) -> String {
    format!("[{}, {}]", written(of.low), written(of.high))
}

/// "9 of 12".
pub fn of(with: usize, all: usize, language: UiLanguage) -> String {
    Text::new("{with} of {all}", "{with} / {all}")
        .with("with", with)
        .with("all", all)
        .say(language)
}

/// What a row stands for.
pub fn rows(rows: Rows, project: &Project, language: UiLanguage) -> String {
    let text = match rows {
        Rows::Case => Text::new("Case", "个案"),
        Rows::Family => Text::new("Family", "家庭"),
        Rows::Person => Text::new("Person", "个人"),
        Rows::Role => Text::new("Role", "角色"),
        Rows::Document => Text::new("Document", "文档"),
        Rows::Speaker => Text::new("Speaker", "说话人"),
        Rows::Phase => Text::new("Phase", "阶段"),
        Rows::Coder => Text::new("Coder", "编码员"),
        Rows::Attribute(id) => {
            return attribute(project, id, language);
        }
    };
    language.say(text).to_owned()
}

/// What a measure counts, within a sentence.
pub fn measure(measure: Measure, language: UiLanguage) -> &'static str {
    language.say(measure.facts().counted)
}

/// The name of an attribute.
pub fn attribute(project: &Project, id: AttributeId, language: UiLanguage) -> String {
    project
        .attributes
        .get(&id)
        .map_or_else(String::new, |attribute| {
            attribute.name_in(&language.tag()).to_owned()
        })
}

/// The name of a phase.
pub fn phase(project: &Project, id: PhaseId, language: UiLanguage) -> String {
    project.phases.get(&id).map_or_else(String::new, |phase| {
        phase.name_in(&language.tag()).to_owned()
    })
}

/// The name of a score; empty for one that was removed.
pub fn score(project: &Project, score: Score, language: UiLanguage) -> String {
    name_of(project, score).get(&language.tag()).to_owned()
}

/// The name of the facets that share one.
pub fn facet(project: &Project, name: &str, language: UiLanguage) -> String {
    let facets = recast::facets(&project.codebook, None);
    recast::facet_named(&facets, name).map_or_else(
        || name.to_owned(),
        |facet| facet.name.get(&language.tag()).to_owned(),
    )
}

/// The name of a coder.
pub fn coder(project: &Project, id: CoderId) -> String {
    project
        .coders
        .get(&id)
        .map_or_else(String::new, |coder| coder.name.clone())
}

/// The title of a document.
pub fn document(project: &Project, id: DocumentId) -> String {
    project
        .documents
        .get(&id)
        .map_or_else(String::new, |document| document.title.clone())
}

/// The name of a code.
pub fn code(project: &Project, id: CodeId, language: UiLanguage) -> String {
    project
        .codebook
        .get(id)
        .map(|code| code.name.get(&language.tag()).to_owned())
        .unwrap_or_default()
}

/// The names of what is still in the project.
fn names_of<'a, T>(ids: &'a BTreeSet<T>, name: impl Fn(&'a T) -> Option<&'a str>) -> Vec<String> {
    ids.iter().filter_map(name).map(str::to_owned).collect()
}

/// A warning for rates over words of different languages.
pub const MIXED_LANGUAGES: Text = Text::new(
    "Some documents are in Chinese and others aren't: words of two languages aren't the same measure, so compare rates within one.",
    "有的文档是中文，有的不是：两种语言的词不是同一尺度，宜在同一语言内比较频率。",
);

/// The names of coders.
pub fn coders(project: &Project, coders: &BTreeSet<CoderId>, language: UiLanguage) -> String {
    let names = names_of(coders, |id| Some(project.coders.get(id)?.name.as_str()));
    names.join(language.say(LIST_COMMA))
}

/// A name between words of the program: in Chinese, letters that aren't Han have a space beside Han characters.
pub fn set_off(name: &str, language: UiLanguage) -> String {
    let space = |end: Option<char>| match end {
        Some(c) if language == UiLanguage::Chinese && c.is_alphanumeric() && !is_han(c) => " ",
        _ => "",
    };
    let (first, last) = (name.chars().next(), name.chars().next_back());
    format!("{}{name}{}", space(first), space(last))
}

/// Whose codings a figure takes, as a sentence.
pub fn counting(
    project: &Project,
    counting: CoderCount,
    coders: &BTreeSet<CoderId>,
    language: UiLanguage,
) -> String {
    let mut names = self::coders(project, coders, language);
    if names.is_empty() {
        return language
            .say(Text::new("Nothing is coded.", "没有编码片段。"))
            .to_owned();
    }
    let text = match (coders.len(), counting) {
        (0 | 1, _) => {
            names = set_off(&names, language);
            Text::new("Codings are by {names}.", "编码片段由{names}作出。")
        }
        (_, CoderCount::Merged) => Text::new(
            "Merged over coders ({names}): overlapping passages of one code count once.",
            "合并各编码员（{names}）：同一编码相互重叠的片段只计一次。",
        ),
        (_, CoderCount::Average) => Text::new(
            "Mean over those of the coders ({names}) who coded a document.",
            "取编码过该文档的各编码员（{names}）的平均数。",
        ),
        (_, CoderCount::All) => Text::new(
            "Every coder's codings are counted ({names}), so a passage that two coded counts twice.",
            "各编码员（{names}）的编码片段都计入，两人都编码的片段计两次。",
        ),
    };
    text.with("names", names).say(language)
}

/// What a filter lets through, such as "phases baseline; coders An".
pub fn filter(project: &Project, filter: &Filter, language: UiLanguage) -> String {
    let Filter {
        phases,
        coders,
        cases,
        documents,
        codes,
        speakers,
        looked_at,
        by,
        counting: _,
    } = filter;
    let kinds = [
        (
            Text::new("phases", "阶段"),
            names_of(phases, |id| {
                Some(project.phases.get(id)?.name_in(&language.tag()))
            }),
        ),
        (
            Text::new("coders", "编码员"),
            names_of(coders, |id| Some(project.coders.get(id)?.name.as_str())),
        ),
        (
            Text::new("cases", "个案"),
            names_of(cases, |id| Some(project.cases.get(id)?.name.as_str())),
        ),
        (
            Text::new("documents", "文档"),
            names_of(documents, |id| {
                Some(project.documents.get(id)?.title.as_str())
            }),
        ),
        (
            Text::new("codes", "编码"),
            codes
                .iter()
                .map(|id| code(project, *id, language))
                .collect(),
        ),
        (
            Text::new("speakers", "说话人"),
            names_of(speakers, |label| Some(label.as_str())),
        ),
    ];
    let mut parts: Vec<String> = kinds
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(kind, names)| {
            let names = names.join(language.say(LIST_COMMA));
            format!("{} {names}", language.say(kind))
        })
        .collect();
    if *by == Attribution::Informant {
        let informants = Text::new("given to those who say them", "归于讲述者");
        parts.push(language.say(informants).to_owned());
    }
    if *looked_at && !coders.is_empty() {
        parts.push(
            language
                .say(Text::new("documents they coded", "他们编码过的文档"))
                .to_owned(),
        );
    }
    if parts.is_empty() {
        language
            .say(Text::new(
                "all documents, all coders",
                "全部文档，全部编码员",
            ))
            .to_owned()
    } else {
        parts.join(language.say(SEMICOLON))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_people_read_them() {
        assert_eq!(
            ["7", "1,234", "12,345,678"],
            [grouped(7_u32), grouped(1234_u32), grouped(12_345_678_u32)]
        );
        assert_eq!(
            [number(3.0), number(-0.456), number(123.456), number(-0.001)],
            ["3", "−0.46", "123.5", "0.00"]
        );
        assert_eq!(
            [change(2.5), change(-1.0), change(0.0)],
            ["+2.50", "−1", "0"]
        );
        assert_eq!(
            [percent(0.75), percent(0.051), percent(0.333)],
            ["75 %", "5.1 %", "33 %"]
        );
        assert_eq!(
            [probability(0.0625), probability(0.0001)],
            ["0.062", "< 0.001"]
        );
    }
}
