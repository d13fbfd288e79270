//! The history as a file: a sheet, or a page for the appendix on ethics. Neither quotes a participant.

use std::fmt::Write as _;

use super::{
    HistoryStep,
    moment::{day, day_and_time, time},
};
use crate::{
    message::{language::UiLanguage, text::Text},
    picture::svg::escaped,
    table::data::DataTable,
};

const TITLE: Text = Text::new("History of {title}", "“{title}”的历史");
const SUMMARY: Text = Text::new(
    "{n} of {all} {all|step|steps}. The history is never edited; taking a step back is a step of its own.",
    "共 {all} 个步骤，列出 {n} 个。历史从不改写；收回一步也是一个步骤。",
);
const WHEN: Text = Text::new("When", "时间");
const WHO: Text = Text::new("Who", "人员");
const WHAT: Text = Text::new("What", "内容");
const WHERE: Text = Text::new("Where", "所在文档");
const TAKEN_BACK: Text = Text::new("taken back on {moment}", "已于{moment}收回");

const STYLE: &str = "\
:root{color-scheme:light}\
body{font:15px/1.6 Inter,'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;color:#23262b;background:#fff;max-width:920px;margin:48px auto;padding:0 24px}\
h1{font-size:26px;line-height:1.3;margin:0 0 4px}\
h2{font-size:13px;font-weight:500;color:#60656e;margin:32px 0 4px;padding-bottom:6px;border-bottom:1px solid #e2dfd8}\
p{color:#60656e;font-size:13px;margin:0 0 12px}\
table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}\
td,th{padding:3px 10px 3px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{font-weight:500;color:#60656e;font-size:12px}\
td:first-child{width:72px;white-space:nowrap}td:nth-child(2){width:110px}td:last-child{width:32%;color:#60656e}\
s{color:#60656e}\
@media print{@page{margin:18mm 14mm;@bottom-center{content:counter(page);font:9pt Inter,sans-serif;color:#666b74}}body{margin:0;padding:0;max-width:none;font-size:10.5pt}h2{break-after:avoid}tr{break-inside:avoid}}";

/// What stands beside a step: when it was taken back, or else where it was done.
fn beside(step: &HistoryStep, language: UiLanguage) -> String {
    let Some(stamp) = step.undone else {
        return step.place(language);
    };
    let moment = format!("{} {}", day(stamp, language), time(stamp));
    TAKEN_BACK.with("moment", moment).say(language)
}

/// Steps as a sheet, with one row each.
pub fn history_sheet(steps: &[&HistoryStep], language: UiLanguage) -> DataTable {
    let heads = [WHEN, WHO, WHAT, WHERE];
    let mut table = DataTable {
        columns: heads.map(|head| language.say(head).to_owned()).to_vec(),
        ..DataTable::default()
    };
    for step in steps {
        table.rows.push(vec![
            day_and_time(step.stamp).into(),
            step.by.as_str().into(),
            step.says(language).into(),
            beside(step, language).into(),
        ]);
    }
    table
}

/// Steps as a page that browsers show and print, with a table for each day.
///
/// `all` is how many steps the history has, of which these may be some.
pub fn history_page(
    steps: &[&HistoryStep],
    all: usize,
    title: &str,
    language: UiLanguage,
) -> String {
    let title = escaped(&TITLE.with("title", title).say(language));
    let summary = SUMMARY.count("n", steps.len()).count("all", all);
    let summary = escaped(&summary.say(language));
    let tag = language.html_tag();
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{summary}</p>\n",
    );
    let heads: String = [WHEN, WHO, WHAT, WHERE]
        .iter()
        .map(|head| format!("<th scope=\"col\">{}</th>", escaped(language.say(*head))))
        .collect();
    let days = steps.chunk_by(|one, other| day(one.stamp, language) == day(other.stamp, language));
    for steps in days {
        let date = steps.first().map(|step| day(step.stamp, language));
        let date = escaped(&date.unwrap_or_default());
        // Writing to a string can't fail, here and below.
        writeln!(
            out,
            "<h2>{date}</h2>\n<table><thead><tr>{heads}</tr></thead><tbody>"
        )
        .ok();
        for step in steps {
            row(&mut out, step, language);
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn row(out: &mut String, step: &HistoryStep, language: UiLanguage) {
    let what = escaped(&step.says(language));
    let what = match step.undone {
        Some(_) => format!("<s>{what}</s>"),
        None => what,
    };
    writeln!(
        out,
        "<tr><td>{}</td><td>{}</td><td>{what}</td><td>{}</td></tr>",
        time(step.stamp),
        escaped(&step.by),
        escaped(&beside(step, language))
    )
    .ok();
}
