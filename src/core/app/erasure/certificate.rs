//! The certificate: what was erased, when and by whom, without a word of it.

use std::path::Path;

use jiff::Timestamp;

use super::writing::Erased;
use crate::message::{Message, language::UiLanguage, text::Text};

/// A page to keep or hand over that says what was erased; it names the participant by identity only.
pub fn certificate(erased: &Erased, path: &Path, language: UiLanguage) -> String {
    let title = language.say(Text::new("Certificate of erasure", "删除证明"));
    let rows: String = facts(erased, path)
        .into_iter()
        .map(|(head, value)| {
            format!(
                "<tr><th>{}</th><td>{}</td></tr>\n",
                escaped(language.say(head)),
                escaped(&value.say(language))
            )
        })
        .collect();
    let lists = [(DONE, done(erased)), (NOT_REACHED, not_reached(erased))];
    let lists: String = lists
        .into_iter()
        .map(|(head, lines)| list(language.say(head), &lines, language))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>body{{font:12pt/1.6 serif;max-width:44em;margin:4em auto}}th{{text-align:left;vertical-align:top;padding-right:1.5em;font-weight:normal;color:#555}}td{{overflow-wrap:anywhere}}.sign{{margin-top:4em;border-top:1px solid;width:20em}}</style>\n<h1>{title}</h1>\n<table>\n{rows}</table>\n{lists}<p class=\"sign\">{sign}</p>\n</html>\n",
        lang = language.tag(),
        sign = language.say(Text::new("Date and signature", "日期与签名")),
    )
}

const DONE: Text = Text::new("What was overwritten", "已覆写的内容");
const NOT_REACHED: Text = Text::new("What could not be reached", "无法触及的内容");

fn list(head: &str, lines: &[Message], language: UiLanguage) -> String {
    let lines: String = lines
        .iter()
        .map(|line| format!("<li>{}</li>\n", escaped(&line.say(language))))
        .collect();
    format!("<h2>{}</h2>\n<ul>\n{lines}</ul>\n", escaped(head))
}

fn facts(erased: &Erased, path: &Path) -> Vec<(Text, Message)> {
    let words = |words: String| Text::new("{words}", "{words}").with("words", words);
    let moment = i64::try_from(erased.at_millis)
        .ok()
        .and_then(|millis| Timestamp::from_millisecond(millis).ok());
    let when = moment.map(|moment| moment.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let ids = |ids: Vec<String>| words(ids.join(", "));
    let file = path.file_name().unwrap_or_default();
    vec![
        (Text::new("Project", "项目"), words(erased.title.clone())),
        (
            Text::new("File", "文件"),
            words(file.to_string_lossy().into_owned()),
        ),
        (
            Text::new("Participant, by identity", "受访者（标识）"),
            ids(erased
                .erasure
                .cases
                .iter()
                .map(ToString::to_string)
                .collect()),
        ),
        (
            Text::new("Documents, by identity", "文档（标识）"),
            ids(erased
                .erasure
                .documents
                .keys()
                .map(ToString::to_string)
                .collect()),
        ),
        (Text::new("Date", "日期"), words(when.unwrap_or_default())),
        (Text::new("Done by", "操作者"), words(erased.by.clone())),
        (
            Text::new("Recorded as entry", "日志记录"),
            words(erased.entry.to_string()),
        ),
    ]
}

fn done(erased: &Erased) -> Vec<Message> {
    let counts = &erased.erasure.counts;
    let whole = erased.preview.documents_of(true).count();
    let shared = erased.preview.documents_of(false).count();
    let mut lines: Vec<Message> = vec![
        Text::new(
            "{characters} characters in {turns} {turns|turn|turns}: {whole} {whole|document|documents} whole, and the participant's own turns in {shared} {shared|document|documents} with others",
            "{turns} 个话轮共 {characters} 个字符：{whole} 份文档全部删除，{shared} 份多人文档中删除该受访者的话轮",
        )
        .count("characters", usize::try_from(counts.characters).unwrap_or(usize::MAX))
        .count("turns", usize::try_from(counts.turns).unwrap_or(usize::MAX))
        .count("whole", whole)
        .count("shared", shared),
        Text::new(
            "the original files of these documents",
            "上述文档的原始文件",
        )
        .into(),
        Text::new(
            "{codings} {codings|coding|codings}, {memos} {memos|memo|memos} and {values} {values|value|values} of attributes",
            "{codings} 个编码片段、{memos} 条备忘、{values} 个属性值",
        )
        .count("codings", erased.preview.codings)
        .count("memos", erased.preview.memos)
        .count("values", erased.preview.values),
        Text::new(
            "the words in {entries} {entries|entry|entries} of the project's log, and the log's checkpoint",
            "项目日志中 {entries} 条记录里的文字，以及日志的检查点",
        )
        .count("entries", erased.preview.entries),
        Text::new(
            "the file as it was before, and {backups} {backups|backup|backups}",
            "此前的项目文件和 {backups} 个备份",
        )
        .count("backups", erased.backups),
    ];
    if !erased.wiped.is_empty() {
        lines.push(
            Text::new(
                "{copies} {copies|copy|copies} that a repair or a restoration had left",
                "修复或恢复时留下的 {copies} 个副本",
            )
            .count("copies", erased.wiped.len()),
        );
    }
    if erased.had_index {
        lines.push(Text::new("the search index", "检索索引").into());
    }
    if erased.had_drafts {
        lines.push(Text::new("drafts that were not saved", "未保存的草稿").into());
    }
    lines
}

fn not_reached(erased: &Erased) -> Vec<Message> {
    let mut lines: Vec<Message> = erased
        .left
        .iter()
        .map(|copy| {
            let name = copy.file_name().unwrap_or_default();
            Text::new(
                "{copy}, a copy of before that lies beside the project",
                "{copy}，位于项目旁的此前副本",
            )
            .with("copy", name.to_string_lossy().into_owned())
        })
        .collect();
    if !erased.preview.unlinked.is_empty() {
        lines.push(
            Text::new(
                "{documents} {documents|document|documents} of the participant and others in which no speaker is linked to the participant",
                "{documents} 份没有说话人与该受访者关联的多人文档",
            )
            .count("documents", erased.preview.unlinked.len()),
        );
    }
    if erased.preview.mentions > 0 {
        lines.push(
            Text::new(
                "{mentions} {mentions|document or memo|documents and memos} in which others use the name",
                "{mentions} 处他人提及该姓名的文档或备忘",
            )
            .count("mentions", erased.preview.mentions),
        );
    }
    if erased.preview.has_pseudonyms {
        lines.push(
            Text::new(
                "the table of pseudonyms, which only its own passphrase opens",
                "只有其自身密码短语才能打开的化名表",
            )
            .into(),
        );
    }
    if erased.preview.attachments_left > 0 {
        lines.push(
            Text::new(
                "{files} attached {files|file|files} of which nothing says whose they are",
                "{files} 个无法判断归属的附件",
            )
            .count("files", erased.preview.attachments_left),
        );
    }
    lines.push(
        Text::new(
            "copies on other computers, in mail or in the cloud; a copy of the project can erase the same when it is merged with this one",
            "其他电脑、邮件或云端的副本；项目副本与本项目合并时可作同样的删除",
        )
        .into(),
    );
    lines.push(
        Text::new(
            "files that were exported or printed before, recordings, and the files that were imported",
            "此前导出或打印的文件、录音以及导入前的原始文件",
        )
        .into(),
    );
    lines.push(
        Text::new(
            "what the disk itself keeps of overwritten blocks, as flash memory and some file systems do",
            "磁盘自身可能保留的旧数据块（闪存和某些文件系统会如此）",
        )
        .into(),
    );
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
