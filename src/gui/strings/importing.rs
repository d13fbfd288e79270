//! What the page that imports transcripts says.

use super::{Tongue, grouped};

/// Something the page of imports says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gui) enum Import {
    Title,
    Keys,
    Reading,
    /// While what was read is stored, before how many texts of how many.
    Storing,
    Looking,
    NothingFound,
    NothingFoundHint,
    Files,
    Name,
    ReadAs,
    Turns,
    Words,
    Speakers,
    Case,
    Phase,
    Finding,
    FindAuto,
    FindNone,
    FindPattern,
    PatternHint,
    Encoding,
    EncodingAuto,
    CaseOnPath,
    PhaseOnPath,
    NoPattern,
    OwnPattern,
    FirstFolder,
    SecondFolder,
    NameStart,
    FirstWord,
    UsualPhases,
    Persons,
    PersonsNobody,
    PersonsByName,
    PersonsByFamily,
    PersonsByPattern,
    PersonsNobodyHint,
    PersonsByNameHint,
    PersonsByFamilyHint,
    PersonsByPatternHint,
    NamesTaken,
    Retitle,
    LeaveOut,
    Asks,
    Answers,
    ChangeRole,
    IsSpeaker,
    NoSpeakers,
    Example,
    Person,
    Nobody,
    ByRule,
    FilterCases,
    SpeakersPattern,
    CasePattern,
    PhasePattern,
    PersonPattern,
    Once,
    OneDocument,
    Sample,
    SampleGoesOn,
    NothingToTake,
    BadPattern,
}

impl Import {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("Import transcripts", "导入访谈文本"),
            Self::Keys => ("Enter imports · Esc cancels", "Enter 导入 · Esc 取消"),
            Self::Reading => ("Reading files", "正在读取文件"),
            Self::Storing => ("Storing texts", "正在保存文本"),
            Self::Looking => ("Looking for files…", "正在查找文件…"),
            Self::NothingFound => ("Nothing here can be imported", "这里没有可导入的文件"),
            Self::NothingFoundHint => (
                "Transcripts are text, Word, OpenDocument, RTF, PDF, web pages, subtitles and sheets. Drop other files here.",
                "可导入文本、Word、OpenDocument、RTF、PDF、网页、字幕和表格。请将其他文件拖到这里。",
            ),
            Self::Files => ("Files", "文件"),
            Self::Name => ("Name", "名称"),
            Self::ReadAs => ("Read as", "读作"),
            Self::Turns => ("Turns", "话轮"),
            Self::Words => ("Words", "字词"),
            Self::Speakers => ("Speakers", "说话人"),
            Self::Case => ("Case", "个案"),
            Self::Phase => ("Phase", "阶段"),
            Self::Finding => ("How speakers are found", "识别说话人"),
            Self::FindAuto => ("By layout", "按版式"),
            Self::FindNone => ("Not at all", "不识别"),
            Self::FindPattern => ("By pattern", "按正则"),
            Self::PatternHint => (
                "A regular expression at the start of a line. Its group (?<speaker>…) is the label, (?<time>…) the time stamp; the rest of the line is what was said.",
                "匹配行首的正则表达式：(?<speaker>…) 为说话人，(?<time>…) 为时间，其余部分为所说的话。",
            ),
            Self::Encoding => ("Encoding", "字符编码"),
            Self::EncodingAuto => ("Found for each file", "逐个自动识别"),
            Self::CaseOnPath => ("Case, from the path", "从路径取个案"),
            Self::PhaseOnPath => ("Phase, from the path", "从路径取阶段"),
            Self::NoPattern => ("None", "不取"),
            Self::OwnPattern => ("Own pattern", "自定义正则"),
            Self::FirstFolder => ("First folder", "第一级文件夹"),
            Self::SecondFolder => ("Second folder", "第二级文件夹"),
            Self::NameStart => (
                "Letters and figures, such as F01",
                "名称开头的字母加数字，如 F01",
            ),
            Self::FirstWord => ("First word of the name", "名称的第一个词"),
            Self::UsualPhases => ("Baseline, follow-up, 前测…", "前测、后测、第1次、baseline…"),
            Self::Persons => ("Which person a speaker is", "说话人对应的个人"),
            Self::PersonsNobody => ("Labels stay labels", "只保留标签"),
            Self::PersonsByName => ("By name", "按姓名"),
            Self::PersonsByFamily => ("In the document’s case", "文档所属个案中的人"),
            Self::PersonsByPattern => ("By pattern", "按正则"),
            Self::PersonsNobodyHint => (
                "Speakers can be linked to persons later.",
                "以后也可以关联到个人。",
            ),
            Self::PersonsByNameHint => (
                "小远 is the case 小远; where there is none, a new person.",
                "“小远”即个案“小远”；没有则新建个人。",
            ),
            Self::PersonsByFamilyHint => (
                "“child” in a document of F01 is the person below F01 with “child” in the name; where there is none, a new person “F01 child”.",
                "F01 文档中的“孩子”即 F01 下名称含“孩子”的个人；没有则新建“F01 孩子”。",
            ),
            Self::PersonsByPatternHint => (
                "The group (?<case>…) finds the case’s name in the label.",
                "(?<case>…) 从标签中取出个案名称。",
            ),
            Self::NamesTaken => ("When a name is taken", "名称已被使用时"),
            Self::Retitle => ("Add the folder or a number", "加上文件夹名或编号"),
            Self::LeaveOut => ("Leave the file out", "不导入该文件"),
            Self::Asks => ("asks", "提问"),
            Self::Answers => ("answers", "回答"),
            Self::ChangeRole => (
                "Click to change who asks and who answers",
                "点击切换提问 / 回答",
            ),
            Self::IsSpeaker => ("is a speaker", "是说话人"),
            Self::NoSpeakers => (
                "No speakers were found: each paragraph is a turn. Try a pattern at the left.",
                "没有找到说话人：每个段落作为一个话轮。可在左侧试用正则。",
            ),
            Self::Example => ("Example", "例句"),
            Self::Person => ("Person", "个人"),
            Self::Nobody => ("Nobody", "不对应"),
            Self::ByRule => ("As set at the left", "按左侧规则"),
            Self::FilterCases => ("Filter cases", "筛选个案"),
            Self::SpeakersPattern => ("Pattern of speakers", "说话人正则"),
            Self::CasePattern => ("Pattern of cases", "个案正则"),
            Self::PhasePattern => ("Pattern of phases", "阶段正则"),
            Self::PersonPattern => ("Pattern of persons", "个人正则"),
            Self::Once => ("only once", "仅一次"),
            Self::OneDocument => ("one file only", "仅一个文件"),
            Self::Sample => ("How it will read", "导入效果"),
            Self::SampleGoesOn => ("The document goes on.", "后面还有内容。"),
            Self::NothingToTake => ("Nothing to import", "没有可导入的内容"),
            Self::BadPattern => ("No pattern", "正则有误"),
        }
    }
}

impl Tongue {
    /// The words of the page of imports.
    pub(in crate::gui) fn importing(self, text: Import) -> &'static str {
        let (english, chinese) = text.both();
        self.pick(english, chinese)
    }

    /// "Import 12 documents".
    pub(in crate::gui) fn import_documents(self, n: usize) -> String {
        match self {
            Self::English => format!("Import {}", self.n_documents(n)),
            Self::Chinese => format!("导入 {}", self.n_documents(n)),
        }
    }

    /// "12 files · 2 are in already · 1 can't be read".
    pub(in crate::gui) fn files_read(self, files: usize, left_out: usize, failed: usize) -> String {
        let mut parts = vec![match self {
            Self::English => format!(
                "{} {}",
                grouped(files),
                if files == 1 { "file" } else { "files" }
            ),
            Self::Chinese => format!("{} 个文件", grouped(files)),
        }];
        let mut part = |n: usize, english: &str, chinese: &str| {
            if n > 0 {
                parts.push(format!("{} {}", grouped(n), self.pick(english, chinese)));
            }
        };
        part(left_out, "left out", "个不导入");
        part(failed, "can’t be read", "个无法读取");
        parts.join(" · ")
    }

    /// "With 8 cases, 3 phases and 16 persons, 4 of them new".
    pub(in crate::gui) fn comes_along(self, cases: usize, phases: usize, persons: usize) -> String {
        let mut parts = Vec::new();
        let mut part = |n: usize, [one, many]: [&str; 2], chinese: &str| {
            if n > 0 {
                parts.push(match self {
                    Self::English => format!("{} {}", grouped(n), if n == 1 { one } else { many }),
                    Self::Chinese => format!("{} {chinese}", grouped(n)),
                });
            }
        };
        part(cases, ["new case", "new cases"], "个新个案");
        part(phases, ["new phase", "new phases"], "个新阶段");
        part(persons, ["new person", "new persons"], "个新个人");
        parts.join(" · ")
    }

    /// "8 persons, 3 new".
    pub(in crate::gui) fn persons_of_label(self, persons: usize, new: usize) -> String {
        match self {
            Self::English if new == persons => format!("{} new persons", grouped(new)),
            Self::Chinese if new == persons => format!("新建 {} 人", grouped(new)),
            Self::English if new == 0 => format!("{} persons", grouped(persons)),
            Self::English => format!("{} persons, {} new", grouped(persons), grouped(new)),
            Self::Chinese if new == 0 => format!("{} 人", grouped(persons)),
            Self::Chinese => format!("{} 人，新建 {}", grouped(persons), grouped(new)),
        }
    }

    /// "F01 child (new)".
    pub(in crate::gui) fn new_person(self, name: &str) -> String {
        match self {
            Self::English => format!("{name} (new)"),
            Self::Chinese => format!("{name}（新）"),
        }
    }

    /// "like Interviewer".
    pub(in crate::gui) fn like_label(self, other: &str) -> String {
        match self {
            Self::English => format!("like {other}"),
            Self::Chinese => format!("近似“{other}”"),
        }
    }

    /// "In already as F01 child".
    pub(in crate::gui) fn known_as(self, title: &str) -> String {
        match self {
            Self::English => format!("The same text is in as “{title}”"),
            Self::Chinese => format!("文本已导入，即“{title}”"),
        }
    }

    /// "Left out: another document is called F01 child".
    pub(in crate::gui) fn name_is_taken(self, title: &str) -> String {
        match self {
            Self::English => format!("Left out: another document is called “{title}”"),
            Self::Chinese => format!("不导入：已有名为“{title}”的文档"),
        }
    }

    /// A format, with its encoding, by which a file was read; most go by the ending of their files.
    pub(in crate::gui) fn read_as(self, format: &str) -> String {
        let (name, encoding) = format
            .split_once(',')
            .map_or((format, ""), |(name, encoding)| (name, encoding));
        match (self, name) {
            (Self::Chinese, "subtitles") => format!("字幕{}", encoding.replacen(' ', "，", 1)),
            (Self::Chinese, "sheet") => "表格".to_owned(),
            _ => format.to_owned(),
        }
    }

    /// "Needs a group (?<case>…)".
    pub(in crate::gui) fn group_wanted(self, group: &str) -> String {
        match self {
            Self::English => format!("It needs a group (?<{group}>…)"),
            Self::Chinese => format!("缺少分组 (?<{group}>…)"),
        }
    }
}
