//! Losses: everything that an import or an export couldn't carry over, by kind and name.
//!
//! Nothing is dropped silently; people can read the whole list.

use std::collections::BTreeMap;

use crate::message::{Argument, Message, language::UiLanguage, text::Text};

/// A kind of thing that was lost, wholly or in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lost {
    /// A file that the project names but that is missing.
    MissingFile,
    /// A document whose text is missing or empty.
    NoText,
    /// A text that only consists of its highlighted passages.
    OnlyHighlights,
    /// A passage outside its text.
    OutsideText,
    /// A passage without words, or without positions.
    EmptyPassage,
    /// A passage of another version of the text than the imported one.
    OtherText,
    /// A passage without a code or memo.
    BarePassage,
    /// The title of a passage.
    PassageTitle,
    /// A coding of part of a picture.
    PictureCoding,
    /// A coding of an area of a page, under which no text was found.
    PageArea,
    /// An area of a page whose words occur in the text more than once: the first occurrence is used.
    AmbiguousArea,
    /// A coding of part of a recording.
    MediaCoding,
    /// A drawing of connections.
    Graph,
    /// A direction, colour or note of a link that a directed, named link can't have.
    LinkDetail,
    /// A link to something that wasn't imported.
    LinkEnd,
    /// A member of a set that wasn't imported.
    SetMember,
    /// A value that isn't of its variable's type.
    Value,
    /// The moment of a date with time.
    TimeOfDay,
    /// When and by whom a memo, document or case was created and changed.
    Dates,
    /// The exact colour: the nearest one of the palette replaces it.
    Colour,
    /// That a code only groups others: it can be applied now.
    NotCodable,
    /// Fonts, bold type and pictures of a formatted text.
    Formatting,
    /// A memo or annotation without words.
    EmptyMemo,
    /// A coding of a passage of a memo.
    MemoCoding,
    /// A coding whose code is missing.
    CodingWithoutCode,
    /// A coding that was deleted in the other program.
    Deleted,
    /// Codings on a document that has been corrected in the project since.
    Corrected,
    /// An identity that occurred twice: one of the two was replaced.
    SameIdentity,
    /// Values of the codes' facets.
    Facets,
    /// Names, rules and examples in other languages.
    Translations,
    /// Indicators and keys of codes.
    CodeDetail,
    /// Kinds of cases, and which belongs to which.
    CaseTree,
    /// Phases of documents, and values given per phase.
    Phases,
    /// Speakers, turns and time stamps.
    Turns,
    /// Saved queries.
    Queries,
    /// Scales.
    Scales,
    /// Attributes of coders with their values.
    CoderAttributes,
    /// That a question was not asked, or not answered.
    Absence,
    /// The origin of a coding.
    Origin,
    /// Whom codings are about, by the coder's word.
    About,
    /// Earlier wordings: only the present state is written.
    History,
    /// Comments, footnotes and endnotes of a text.
    Annotations,
    /// Names that were in use or had a slash: they were changed.
    Renamed,
    /// What a memo is for: its kind.
    MemoKind,
    /// Memos where the file has no place for any.
    Memo,
    /// The cell of the framework matrix that a memo fills: it becomes a note linked to the case and the code.
    Cell,
    /// The values that a category allows: those in use become text.
    Categories,
    /// Control characters that XML can't hold: U+FFFD replaces each.
    Characters,
    /// What the reader of a transcript left out or guessed.
    Reader,
    /// Something that has no counterpart in a project.
    Other,
}

impl Lost {
    /// Its name in a language, as a plural.
    pub const fn name(self, language: UiLanguage) -> &'static str {
        language.say(self.text())
    }

    #[expect(clippy::too_many_lines, reason = "one text for each loss")]
    const fn text(self) -> Text {
        match self {
            Self::MissingFile => Text::new("missing files", "缺少的文件"),
            Self::NoText => Text::new("documents without a text", "没有文本的文档"),
            Self::OnlyHighlights => Text::new(
                "texts that only consist of the highlighted passages",
                "只有标注片段的文本",
            ),
            Self::EmptyPassage => Text::new(
                "passages without words or positions",
                "没有文字或位置的片段",
            ),
            Self::OtherText => Text::new(
                "passages of another version of the text",
                "属于文本另一版本的片段",
            ),
            Self::BarePassage => {
                Text::new("passages without a code or memo", "没有编码和备忘的片段")
            }
            Self::PassageTitle => Text::new("titles of passages", "片段的标题"),
            Self::AmbiguousArea => Text::new(
                "areas of pages whose words occur more than once (the first is used)",
                "文字多次出现的页面区域（取第一处）",
            ),
            Self::MemoCoding => Text::new("codings of memos", "备忘的编码"),
            Self::OutsideText => Text::new("passages outside their text", "超出文本范围的片段"),
            Self::PictureCoding => Text::new("codings of parts of pictures", "图片局部的编码"),
            Self::PageArea => Text::new(
                "codings of areas of pages without text",
                "页面区域的编码（其下没有文字）",
            ),
            Self::MediaCoding => Text::new("codings of parts of recordings", "录音录像片段的编码"),
            Self::Graph => Text::new("drawings of connections", "关系图"),
            Self::LinkDetail => Text::new(
                "directions, colours and notes of links",
                "关联的方向、颜色与备注",
            ),
            Self::LinkEnd => Text::new("links to what wasn't imported", "指向未导入内容的关联"),
            Self::SetMember => {
                Text::new("members of sets that weren't imported", "未导入的集合成员")
            }
            Self::Value => Text::new("values that don't fit their variable", "与变量类型不符的值"),
            Self::TimeOfDay => Text::new("times of day in dates", "日期中的时刻"),
            Self::Dates => Text::new(
                "dates and authors of memos, documents and cases",
                "备忘、文档与个案的日期和作者",
            ),
            Self::Colour => Text::new(
                "exact colours (replaced by the nearest)",
                "精确的颜色（以最接近的颜色代替）",
            ),
            Self::NotCodable => Text::new("that codes only group others", "编码仅用于分类的属性"),
            Self::Formatting => Text::new("formatting of texts", "文本格式"),
            Self::EmptyMemo => Text::new("memos without words", "空白备忘"),
            Self::CodingWithoutCode => {
                Text::new("codings without a code", "没有对应编码的编码片段")
            }
            Self::Deleted => Text::new(
                "codings that were deleted in the other program",
                "在原软件中已删除的编码片段",
            ),
            Self::Corrected => Text::new(
                "codings on documents that were corrected here since",
                "此处已更正的文档上的编码片段",
            ),
            Self::SameIdentity => Text::new(
                "identities that occurred twice (one was replaced)",
                "重复的标识（其一已换新）",
            ),
            Self::Facets => Text::new("values of facets", "维度的值"),
            Self::Translations => Text::new("translations", "其他语言的文字"),
            Self::CodeDetail => Text::new("indicators and keys of codes", "编码的指示词与快捷键"),
            Self::CaseTree => Text::new(
                "kinds and parents of cases (kept as variables)",
                "个案的类别与隶属（保留为变量）",
            ),
            Self::Phases => Text::new(
                "phases, and values per phase (kept as variables)",
                "阶段与各阶段的值（保留为变量）",
            ),
            Self::Turns => Text::new(
                "speakers, turns and time stamps (they remain in the text)",
                "说话人、话轮与时间（保留在文本中）",
            ),
            Self::Queries => Text::new("saved queries", "保存的查询"),
            Self::Scales => Text::new("scales", "量表"),
            Self::CoderAttributes => Text::new(
                "attributes of coders, with their values",
                "编码员的属性及其值",
            ),
            Self::Absence => Text::new(
                "whether a question wasn't asked or wasn't answered",
                "“未询问”与“缺失”的区别",
            ),
            Self::About => Text::new("whom codings are about", "编码片段所涉及的个案"),
            Self::Origin => Text::new("origins of codings", "编码片段的来历"),
            Self::History => Text::new("the history", "历史记录"),
            Self::Annotations => Text::new("comments and notes in the text", "文中的批注与脚注"),
            Self::Renamed => Text::new(
                "names that were changed (already in use, or with a slash)",
                "已更改的名称（重名或含斜杠）",
            ),
            Self::MemoKind => Text::new("kinds of memos", "备忘的类别"),
            Self::Memo => Text::new("memos", "备忘"),
            Self::Cell => Text::new(
                "cells of the framework matrix (notes linked to case and code)",
                "框架矩阵的单元格（写为与个案和编码关联的备忘）",
            ),
            Self::Categories => Text::new(
                "lists of allowed values (the values are kept)",
                "可选值列表（值本身保留）",
            ),
            Self::Characters => Text::new(
                "names and texts with control characters (replaced)",
                "含控制字符的名称与文字（已替换）",
            ),
            Self::Reader => Text::new("things left out or guessed", "略去或推测的内容"),
            Self::Other => Text::new("other things", "其他内容"),
        }
    }
}

/// Markdown items end at a line break, and names come from foreign files.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name, cut to what fits on a line.
fn shortened(name: &str) -> String {
    const ROOM: usize = 48;
    if name.chars().count() <= ROOM {
        name.to_owned()
    } else {
        name.chars().take(ROOM - 1).chain(['…']).collect()
    }
}

/// Everything that was lost, by kind, each with its name or position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<Lost, Vec<String>>);

impl Losses {
    /// Adds a thing by its name or position.
    pub fn note(&mut self, kind: Lost, place: impl Into<String>) {
        self.0.entry(kind).or_default().push(place.into());
    }

    /// Adds everything of another list.
    pub fn extend(&mut self, other: Self) {
        for (kind, places) in other.0 {
            self.0.entry(kind).or_default().extend(places);
        }
    }

    /// Returns true if nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of things of a kind.
    pub fn count(&self, kind: Lost) -> usize {
        self.0.get(&kind).map_or(0, Vec::len)
    }

    /// The kinds with the names or positions of their things.
    pub fn iter(&self) -> impl Iterator<Item = (Lost, &[String])> {
        self.0
            .iter()
            .map(|(kind, places)| (*kind, places.as_slice()))
    }

    /// Everything by its name or position, in Markdown: a heading for the file, one for each kind, and an item for each thing.
    pub fn report(&self, file: &str, language: UiLanguage) -> String {
        let mut report = format!("# {}\n", one_line(file));
        if self.is_empty() {
            let nothing = language.say(Text::new("Nothing was left out.", "没有遗漏。"));
            report.push_str(&format!("\n{nothing}\n"));
        }
        for (kind, places) in self.iter() {
            report.push_str(&format!(
                "\n## {} {}\n\n",
                places.len(),
                kind.name(language)
            ));
            for place in places.iter().map(|place| one_line(place)) {
                report.push_str(&format!(
                    "- {}\n",
                    if place.is_empty() { "–" } else { &place }
                ));
            }
        }
        report
    }

    /// A line for each kind: how many there are, of what, and the first few by name.
    pub fn lines(&self, language: UiLanguage) -> Vec<String> {
        self.iter()
            .map(|(kind, places)| line(kind, places).say(language))
            .collect()
    }
}

fn line(kind: Lost, places: &[String]) -> Message {
    const NAMED: usize = 3;
    let count = Text::new("{count} {what}", "{count} {what}")
        .with("count", places.len())
        .with("what", kind.text());
    let mut names: Vec<&String> = places.iter().filter(|place| !place.is_empty()).collect();
    // Several losses in one document have the same name one after the other.
    names.dedup();
    if names.is_empty() {
        return count;
    }
    let mut named: Vec<Argument> = names
        .iter()
        .take(NAMED)
        .map(|name| shortened(name).into())
        .collect();
    if names.len() > NAMED {
        named.push("…".into());
    }
    Text::new("{count} ({names})", "{count}（{names}）")
        .with("count", count)
        .with("names", Argument::List(named))
}
