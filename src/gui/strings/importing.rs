//! What the page that imports transcripts says.

use super::{Text, UiLanguage};
use crate::message::Message;

pub(in crate::gui) const TITLE: Text = Text::new("Import transcripts", "导入访谈文本");
pub(in crate::gui) const KEYS: Text =
    Text::new("Enter imports · Esc cancels", "Enter 导入 · Esc 取消");
pub(in crate::gui) const IMPORT_READING: Text = Text::new("Reading files", "正在读取文件");
/// While what was read is stored, before how many texts of how many.
pub(in crate::gui) const STORING: Text = Text::new("Saving texts", "正在保存文本");
pub(in crate::gui) const LOOKING: Text = Text::new("Looking for files…", "正在查找文件……");
pub(in crate::gui) const IMPORT_NOTHING_FOUND: Text =
    Text::new("Nothing here can be imported", "这里没有可导入的文件");
pub(in crate::gui) const NOTHING_FOUND_HINT: Text = Text::new(
    "Transcripts are text, Word, OpenDocument, RTF, PDF, web pages, subtitles and sheets. Drop other files here.",
    "可导入文本、Word、OpenDocument、RTF、PDF、网页、字幕和表格。请将其他文件拖到这里。",
);
pub(in crate::gui) const FILES: Text = Text::new("Files", "文件");
pub(in crate::gui) const NAME: Text = Text::new("Name", "名称");
pub(in crate::gui) const READ_AS: Text = Text::new("Format", "格式");
pub(in crate::gui) const IMPORT_WORDS: Text = Text::new("Words", "词数");
pub(in crate::gui) const FINDING: Text = Text::new("How speakers are found", "识别说话人");
pub(in crate::gui) const FIND_AUTO: Text = Text::new("By layout", "按版式");
pub(in crate::gui) const FIND_NONE: Text = Text::new("Do not look for speakers", "不识别");
pub(in crate::gui) const FIND_PATTERN: Text = Text::new("By pattern", "按正则");
pub(in crate::gui) const PATTERN_HINT: Text = Text::new(
    "A regular expression at the start of a line. Its group (?<speaker>…) is the label, (?<time>…) the time stamp; the rest of the line is what was said.",
    "匹配行首的正则表达式：(?<speaker>…) 为说话人，(?<time>…) 为时间，其余部分为所说的话。",
);
pub(in crate::gui) const ENCODING: Text = Text::new("Encoding", "字符编码");
pub(in crate::gui) const ENCODING_AUTO: Text = Text::new("Detected for each file", "逐个自动识别");
pub(in crate::gui) const CASE_ON_PATH: Text = Text::new("Case from the path", "从路径取个案");
pub(in crate::gui) const PHASE_ON_PATH: Text = Text::new("Phase from the path", "从路径取阶段");
pub(in crate::gui) const NO_PATTERN: Text = Text::new("None", "不取");
pub(in crate::gui) const OWN_PATTERN: Text = Text::new("Own pattern", "自定义正则");
pub(in crate::gui) const FIRST_FOLDER: Text = Text::new("First folder", "第一级文件夹");
pub(in crate::gui) const SECOND_FOLDER: Text = Text::new("Second folder", "第二级文件夹");
pub(in crate::gui) const NAME_START: Text = Text::new(
    "Letters and digits, such as F01",
    "名称开头的字母加数字，如 F01",
);
pub(in crate::gui) const FIRST_WORD: Text = Text::new("First word of the name", "名称的第一个词");
pub(in crate::gui) const USUAL_PHASES: Text = Text::new(
    "Baseline, follow-up, 前测…",
    "前测、后测、第 1 次、baseline……",
);
pub(in crate::gui) const IMPORT_PERSONS: Text =
    Text::new("Persons behind the speakers", "说话人对应的个人");
pub(in crate::gui) const PERSONS_NOBODY: Text = Text::new("Keep labels only", "只保留标签");
pub(in crate::gui) const PERSONS_BY_NAME: Text = Text::new("By name", "按姓名");
pub(in crate::gui) const PERSONS_BY_FAMILY: Text =
    Text::new("In the document’s case", "文档所属个案中的人");
pub(in crate::gui) const PERSONS_NOBODY_HINT: Text = Text::new(
    "Speakers can be linked to persons later.",
    "以后也可以关联到个人。",
);
pub(in crate::gui) const PERSONS_BY_NAME_HINT: Text = Text::new(
    "小远 is the case 小远, or a new person if there is none.",
    "“小远”即个案“小远”；没有则新建个人。",
);
pub(in crate::gui) const PERSONS_BY_FAMILY_HINT: Text = Text::new(
    "“child” in a document of F01 is the person below F01 with “child” in the name, or a new person “F01 child” if there is none.",
    "F01 文档中的“孩子”即 F01 下名称含“孩子”的个人；没有则新建“F01 孩子”。",
);
pub(in crate::gui) const PERSONS_BY_PATTERN_HINT: Text = Text::new(
    "The group (?<case>…) finds the case’s name in the label.",
    "(?<case>…) 从标签中取出个案名称。",
);
pub(in crate::gui) const NAMES_TAKEN: Text = Text::new("When a name is taken", "名称已被使用时");
pub(in crate::gui) const RETITLE: Text =
    Text::new("Add the folder or a number", "加上文件夹名或编号");
pub(in crate::gui) const LEAVE_OUT: Text = Text::new("Do not import the file", "不导入该文件");
pub(in crate::gui) const ASKS: Text = Text::new("asks", "提问");
pub(in crate::gui) const ANSWERS: Text = Text::new("answers", "回答");
pub(in crate::gui) const CHANGE_ROLE: Text = Text::new(
    "Click to change who asks and who answers",
    "点击切换提问 / 回答",
);
pub(in crate::gui) const IS_SPEAKER: Text = Text::new("is a speaker", "是说话人");
pub(in crate::gui) const NO_SPEAKERS: Text = Text::new(
    "No speakers were found: each paragraph is a turn. Try a pattern on the left.",
    "没有找到说话人：每个段落作为一个话轮。可在左侧试用正则。",
);
pub(in crate::gui) const TIERS: Text = Text::new("Tiers with words", "话语所在的层");
pub(in crate::gui) const TIERS_HINT: Text = Text::new(
    "Tick the tiers that are what was said; the others are left out.",
    "请勾选记录话语的层，其余各层略去。",
);
pub(in crate::gui) const HAS_WORDS: Text = Text::new("has words", "是话语");
pub(in crate::gui) const EXAMPLE: Text = Text::new("Example", "例句");
pub(in crate::gui) const PERSON: Text = Text::new("Person", "个人");
pub(in crate::gui) const NOBODY: Text = Text::new("Nobody", "不对应");
pub(in crate::gui) const BY_RULE: Text =
    Text::new("According to the rule on the left", "按左侧规则");
pub(in crate::gui) const FILTER_CASES: Text = Text::new("Filter cases", "筛选个案");
pub(in crate::gui) const SPEAKERS_PATTERN: Text = Text::new("Pattern of speakers", "说话人正则");
pub(in crate::gui) const CASE_PATTERN: Text = Text::new("Pattern of cases", "个案正则");
pub(in crate::gui) const PHASE_PATTERN: Text = Text::new("Pattern of phases", "阶段正则");
pub(in crate::gui) const PERSON_PATTERN: Text = Text::new("Pattern of persons", "个人正则");
pub(in crate::gui) const ONCE: Text = Text::new("only once", "仅一次");
pub(in crate::gui) const DOUBTFUL_LABEL: Text = Text::new("not believed", "未认作说话人");
pub(in crate::gui) const ONE_DOCUMENT: Text = Text::new("one file only", "仅一个文件");
pub(in crate::gui) const SAMPLE: Text = Text::new("Preview", "导入效果");
pub(in crate::gui) const SAMPLE_GOES_ON: Text =
    Text::new("The document continues.", "后面还有内容。");
pub(in crate::gui) const READING_FILES: Text = Text::new("Reading…", "正在读取…");
pub(in crate::gui) const NOTHING_TO_TAKE: Text = Text::new("Nothing to import", "没有可导入的内容");
pub(in crate::gui) const BAD_PATTERN: Text = Text::new("Invalid pattern", "正则有误");

/// "Import 12 documents".
pub(in crate::gui) fn import_documents(language: UiLanguage, n: usize) -> String {
    Text::new("Import {n} {n|document|documents}", "导入 {n} 份文档")
        .count("n", n)
        .say(language)
}

/// "12 files · 2 left out · 1 can't be read".
pub(in crate::gui) fn files_read(
    language: UiLanguage,
    files: usize,
    left_out: usize,
    failed: usize,
) -> String {
    let mut parts = vec![Text::new("{n} {n|file|files}", "{n} 个文件").count("n", files)];
    if left_out > 0 {
        parts.push(Text::new("{n} left out", "{n} 个不导入").count("n", left_out));
    }
    if failed > 0 {
        parts.push(Text::new("{n} can’t be read", "{n} 个无法读取").count("n", failed));
    }
    apart(language, &parts)
}

/// "8 new cases · 3 new phases · 4 new persons".
pub(in crate::gui) fn comes_along(
    language: UiLanguage,
    cases: usize,
    phases: usize,
    persons: usize,
) -> String {
    let parts: Vec<Message> = [
        (cases, Text::new("{n} new {n|case|cases}", "{n} 个新个案")),
        (
            phases,
            Text::new("{n} new {n|phase|phases}", "{n} 个新阶段"),
        ),
        (
            persons,
            Text::new("{n} new {n|person|persons}", "{n} 个新个人"),
        ),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, text)| text.count("n", n))
    .collect();
    apart(language, &parts)
}

fn apart(language: UiLanguage, parts: &[Message]) -> String {
    let said: Vec<String> = parts.iter().map(|part| part.say(language)).collect();
    said.join(" · ")
}

/// "8 persons, 3 new".
pub(in crate::gui) fn persons_of_label(language: UiLanguage, persons: usize, new: usize) -> String {
    if new == persons {
        return Text::new("{n} new {n|person|persons}", "新建 {n} 人")
            .count("n", new)
            .say(language);
    }
    if new == 0 {
        return Text::new("{n} {n|person|persons}", "{n} 人")
            .count("n", persons)
            .say(language);
    }
    Text::new(
        "{persons} persons, {new} new",
        "{persons} 人，其中新建 {new} 人",
    )
    .count("persons", persons)
    .count("new", new)
    .say(language)
}

/// "F01 child (new)".
pub(in crate::gui) fn new_person(language: UiLanguage, name: &str) -> String {
    Text::new("{name} (new)", "{name}（新）")
        .with("name", name)
        .say(language)
}

/// "12 annotations: Hello".
pub(in crate::gui) fn tier_example(language: UiLanguage, count: usize, example: &str) -> String {
    Text::new(
        "{count} {count|annotation|annotations}: {example}",
        "{count} 条：{example}",
    )
    .with("count", count)
    .with("example", example)
    .say(language)
}

/// "like Interviewer".
pub(in crate::gui) fn like_label(language: UiLanguage, other: &str) -> String {
    Text::new("like {other}", "近似“{other}”")
        .with("other", other)
        .say(language)
}

/// "The same text is already there as “F01 child”".
pub(in crate::gui) fn known_as(language: UiLanguage, title: &str) -> String {
    Text::new(
        "The same text is already there as “{title}”",
        "文本已导入，即“{title}”",
    )
    .with("title", title)
    .say(language)
}

/// "Left out: another document is called “F01 child”".
pub(in crate::gui) fn name_is_taken(language: UiLanguage, title: &str) -> String {
    Text::new(
        "Left out: another document is called “{title}”",
        "不导入：已有名为“{title}”的文档",
    )
    .with("title", title)
    .say(language)
}

/// The format, with its encoding, as which a file was read.
pub(in crate::gui) fn read_as(language: UiLanguage, format: &str) -> String {
    let (name, encoding) = format.split_once(',').unwrap_or((format, ""));
    match (language, name) {
        (UiLanguage::Chinese, "subtitles") => format!("字幕{}", encoding.replacen(' ', "，", 1)),
        (UiLanguage::Chinese, "sheet") => "表格".to_owned(),
        // The other formats are called by the ending of their files, which is the same in both languages.
        _ => format.to_owned(),
    }
}

/// "It needs a group (?<case>…)".
pub(in crate::gui) fn group_wanted(language: UiLanguage, group: &str) -> String {
    Text::new("It needs a group (?<{group}>…)", "缺少分组 (?<{group}>…)")
        .with("group", group)
        .say(language)
}
