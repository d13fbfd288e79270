//! What doesn't survive an import or an export: every thing by kind and name, never dropped silently.

use std::collections::BTreeMap;

use crate::message::language::UiLanguage;

/// A kind of thing that didn't survive, or not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lost {
    /// A file that the project names and that isn't there.
    MissingFile,
    /// A document whose text isn't there, or is empty.
    NoText,
    /// A text of which only the highlighted passages are there.
    OnlyHighlights,
    /// A passage that lies outside its text.
    OutsideText,
    /// A passage without words, or without positions.
    EmptyPassage,
    /// A passage of a form of the text that isn't the one taken in.
    OtherText,
    /// A passage on which nothing stands.
    BarePassage,
    /// The title of a passage.
    PassageTitle,
    /// A coding of part of a picture.
    PictureCoding,
    /// A coding of an area of a page, under which no text was found.
    PageArea,
    /// An area of a page whose words stand in the text more than once: the first are taken.
    AmbiguousArea,
    /// A coding of a stretch of a recording.
    MediaCoding,
    /// A drawing of connections.
    Graph,
    /// A direction, colour or note of a link that a directed, named link can't have.
    LinkDetail,
    /// A link to something that wasn't taken in.
    LinkEnd,
    /// A member of a set that wasn't taken in.
    SetMember,
    /// A value that isn't of its variable's type.
    Value,
    /// The moment of a date with time.
    TimeOfDay,
    /// When a memo, document or case was made and changed, and by whom.
    Dates,
    /// The exact tone of a colour: the nearest of the palette stands for it.
    Colour,
    /// A code that only orders others: it can be applied now.
    NotCodable,
    /// Fonts, bold type and pictures of a formatted text.
    Formatting,
    /// A memo or annotation without words.
    EmptyMemo,
    /// A coding of a passage of a memo.
    MemoCoding,
    /// A coding whose code isn't there.
    CodingWithoutCode,
    /// A coding that was deleted in the other program.
    Deleted,
    /// Codings on a document that has been corrected in the project since.
    Corrected,
    /// An identity that stood there twice: one of the two got a new one.
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
    /// Kept queries.
    Queries,
    /// Scales.
    Scales,
    /// That a question was not asked, or not answered.
    Absence,
    /// How a coding came about.
    Origin,
    /// Earlier wordings: only the present state is written.
    History,
    /// Comments, footnotes and endnotes of a text.
    Annotations,
    /// Names that were taken or had a slash: they were changed.
    Renamed,
    /// What a memo is for: its kind.
    MemoKind,
    /// Memos where the file has no place for any.
    Memo,
    /// Which cell of the framework matrix a memo stands in: it is a note linked to the case and the code.
    Cell,
    /// The values that a category allows: those given are words now.
    Categories,
    /// Control characters that XML can't hold: U+FFFD stands for each.
    Characters,
    /// What the reader of a transcript left out or guessed.
    Reader,
    /// Something that no part of a project stands for.
    Other,
}

impl Lost {
    /// What it is called.
    pub const fn name(self, language: UiLanguage) -> &'static str {
        let (english, chinese) = match self {
            Self::MissingFile => ("files that aren't there", "缺少的文件"),
            Self::NoText => ("documents without a text", "没有文本的文档"),
            Self::OnlyHighlights => (
                "texts of which only the highlighted passages are there",
                "只有标注片段的文本",
            ),
            Self::EmptyPassage => (
                "passages without words or positions",
                "没有文字或位置的片段",
            ),
            Self::OtherText => (
                "passages of another form of the text",
                "属于文本另一版本的片段",
            ),
            Self::BarePassage => ("passages without a code or memo", "没有编码和备忘的片段"),
            Self::PassageTitle => ("titles of passages", "片段的标题"),
            Self::AmbiguousArea => (
                "areas of pages whose words stand there more than once (the first are taken)",
                "文字多次出现的页面区域（取第一处）",
            ),
            Self::MemoCoding => ("codings of memos", "备忘的编码"),
            Self::OutsideText => ("passages outside their text", "超出文本范围的片段"),
            Self::PictureCoding => ("codings of parts of pictures", "图片局部的编码"),
            Self::PageArea => (
                "codings of areas of pages without text under them",
                "页面区域的编码（其下没有文字）",
            ),
            Self::MediaCoding => ("codings of stretches of recordings", "录音录像片段的编码"),
            Self::Graph => ("drawings of connections", "关系图"),
            Self::LinkDetail => (
                "directions, colours and notes of links",
                "关联的方向、颜色与备注",
            ),
            Self::LinkEnd => ("links to what wasn't taken in", "指向未导入内容的关联"),
            Self::SetMember => ("members of sets that weren't taken in", "未导入的集合成员"),
            Self::Value => ("values that don't fit their variable", "与变量类型不符的值"),
            Self::TimeOfDay => ("times of day in dates", "日期中的时刻"),
            Self::Dates => (
                "dates and authors of memos, documents and cases",
                "备忘、文档与个案的日期和作者",
            ),
            Self::Colour => (
                "exact tones of colours (the nearest stands for each)",
                "精确的颜色（以最接近的颜色代替）",
            ),
            Self::NotCodable => ("that codes only order others", "编码仅用于分类的属性"),
            Self::Formatting => ("formatting of texts", "文本格式"),
            Self::EmptyMemo => ("memos without words", "空白备忘"),
            Self::CodingWithoutCode => ("codings without a code", "没有对应编码的编码片段"),
            Self::Deleted => (
                "codings that were deleted there",
                "在原软件中已删除的编码片段",
            ),
            Self::Corrected => (
                "codings on documents corrected here since",
                "此处已更正的文档上的编码片段",
            ),
            Self::SameIdentity => (
                "identities that stood there twice (one got a new one)",
                "重复的标识（其一已换新）",
            ),
            Self::Facets => ("values of facets", "维度的值"),
            Self::Translations => ("words in other languages", "其他语言的文字"),
            Self::CodeDetail => ("indicators and keys of codes", "编码的指示词与快捷键"),
            Self::CaseTree => (
                "kinds of cases and what they belong to (kept as variables)",
                "个案的类别与隶属（保留为变量）",
            ),
            Self::Phases => (
                "phases, and values per phase (kept as variables)",
                "阶段与各阶段的值（保留为变量）",
            ),
            Self::Turns => (
                "speakers, turns and time stamps (they stand in the text)",
                "说话人、话轮与时间（保留在文本中）",
            ),
            Self::Queries => ("kept queries", "保存的查询"),
            Self::Scales => ("scales", "量表"),
            Self::Absence => (
                "whether a question wasn't asked or wasn't answered",
                "“未询问”与“缺失”的区别",
            ),
            Self::Origin => ("how codings came about", "编码片段的来历"),
            Self::History => ("the history", "历史记录"),
            Self::Annotations => ("comments and notes in the text", "文中的批注与脚注"),
            Self::Renamed => (
                "names that were changed (taken, or with a slash)",
                "已更改的名称（重名或含斜杠）",
            ),
            Self::MemoKind => ("kinds of memos", "备忘的类别"),
            Self::Memo => ("memos", "备忘"),
            Self::Cell => (
                "cells of the framework matrix (notes linked to case and code)",
                "框架矩阵的单元格（写为与个案和编码关联的备忘）",
            ),
            Self::Categories => (
                "lists of allowed values (the values stay)",
                "可选值列表（值本身保留）",
            ),
            Self::Characters => (
                "names and texts with control characters (replaced)",
                "含控制字符的名称与文字（已替换）",
            ),
            Self::Reader => ("things left out or guessed", "略去或推测的内容"),
            Self::Other => ("other things", "其他内容"),
        };
        match language {
            UiLanguage::English => english,
            UiLanguage::Chinese => chinese,
        }
    }
}

/// A name as a line has room for it.
fn shortened(name: &str) -> String {
    const ROOM: usize = 48;
    if name.chars().count() <= ROOM {
        name.to_owned()
    } else {
        name.chars().take(ROOM - 1).chain(['…']).collect()
    }
}

/// Everything that didn't survive, by kind, each with its name or place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<Lost, Vec<String>>);

impl Losses {
    /// Notes a thing by its name or place.
    pub fn note(&mut self, kind: Lost, place: impl Into<String>) {
        self.0.entry(kind).or_default().push(place.into());
    }

    /// Takes in what another list has.
    pub fn extend(&mut self, other: Self) {
        for (kind, places) in other.0 {
            self.0.entry(kind).or_default().extend(places);
        }
    }

    /// Whether all survived.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many things of a kind.
    pub fn count(&self, kind: Lost) -> usize {
        self.0.get(&kind).map_or(0, Vec::len)
    }

    /// The kinds with the names or places of their things.
    pub fn iter(&self) -> impl Iterator<Item = (Lost, &[String])> {
        self.0
            .iter()
            .map(|(kind, places)| (*kind, places.as_slice()))
    }

    /// Every thing by its name or place, in Markdown: a heading for the file, one for each kind, an item a thing.
    pub fn report(&self, file: &str, language: UiLanguage) -> String {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut report = format!("# {}\n", one_line(file));
        if self.is_empty() {
            report.push_str(match language {
                UiLanguage::English => "\nNothing was left out.\n",
                UiLanguage::Chinese => "\n没有遗漏。\n",
            });
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

    /// A line for each kind: how many, what, and the first few by name.
    pub fn lines(&self, language: UiLanguage) -> Vec<String> {
        const NAMED: usize = 3;
        let line = |(kind, places): (Lost, &[String])| {
            let mut named: Vec<&str> = places
                .iter()
                .map(String::as_str)
                .filter(|place| !place.is_empty())
                .collect();
            named.dedup();
            let mut named: Vec<String> = named.into_iter().map(shortened).collect();
            let more = named.len() > NAMED;
            named.truncate(NAMED);
            let (open, close, comma) = match language {
                UiLanguage::English => (" (", ")", ", "),
                UiLanguage::Chinese => ("（", "）", "、"),
            };
            let dots = if more {
                format!("{comma}…")
            } else {
                String::new()
            };
            let list = if named.is_empty() {
                String::new()
            } else {
                format!("{open}{}{dots}{close}", named.join(comma))
            };
            format!("{} {}{list}", places.len(), kind.name(language))
        };
        self.iter().map(line).collect()
    }
}
