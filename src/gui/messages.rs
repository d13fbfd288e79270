//! Errors and refusals in the window's language; English is what the errors say themselves.

use super::strings::UiLanguage;
use crate::{
    analysis::code_query::{CodeQueryError, Trouble},
    app::{
        AppError,
        export::{ExportError, all_endings},
        import::study::{AttachmentError, StudyError},
        import::{ReadFailure, SheetError},
        refusal::Refusal,
        search::AskError,
    },
    import::ImportError,
    model::{codebook::CodeNotFound, conflict::SkipReason},
    search::{QueryError, error::Problem},
    store::StoreError,
};

/// What a person is told about an error.
pub(super) trait Message: std::fmt::Display {
    /// The message in Chinese.
    fn chinese(&self) -> String;

    /// The message in the window's language.
    fn say(&self, language: UiLanguage) -> String {
        match language {
            UiLanguage::English => self.to_string(),
            UiLanguage::Chinese => self.chinese(),
        }
    }
}

impl Message for AppError {
    fn chinese(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.chinese(),
            Self::Store(error) => error.chinese(),
            Self::Inconsistent { action, reason } => {
                format!(
                    "“{}”未能完成（{}）；项目保持原样",
                    UiLanguage::Chinese.action(action),
                    skipped(*reason)
                )
            }
            Self::Cancelled => "已取消；项目保持原样".to_owned(),
        }
    }
}

impl Message for SheetError {
    fn chinese(&self) -> String {
        match self {
            Self::Import(error) => error.chinese(),
            Self::App(error) => error.chinese(),
        }
    }
}

impl Message for StudyError {
    fn chinese(&self) -> String {
        match self {
            Self::Unknown(file) => {
                format!(
                    "{file}：不是已知软件的项目；可读取 REFI-QDA（.qdpx）、Taguette、QualCoder、RQDA、brat、WebAnno 与带批注的 Word 文件"
                )
            }
            Self::Read(failure) => failure.chinese(),
            Self::Import(error) => error.chinese(),
        }
    }
}

impl Message for ExportError {
    fn chinese(&self) -> String {
        match self {
            Self::Ending(ending) => format!(
                "导出文件应以 {} 结尾，而不是“.{ending}”",
                alternatives(&all_endings())
            ),
            Self::NoCodes => "还没有编码，而 REFI-QDA 编码本至少要有一个；请先添加编码".to_owned(),
            Self::NotHeld { content, ending } => format!(
                "所选内容不能写成 .{ending}；请选择 {}",
                alternatives(&content.possible_endings())
            ),
            Self::Store(error) => error.chinese(),
            Self::Cancelled => "已取消".to_owned(),
            Self::Io(error) => format!("无法写入导出文件：{error}"),
            Self::Writer(error) => format!("无法写入导出文件：{error}"),
        }
    }
}

/// A list as Chinese writes it: `甲、乙或丙`.
fn alternatives(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} 或 {last}", first.join("、")),
    }
}

impl Message for AttachmentError {
    fn chinese(&self) -> String {
        match self {
            Self::App(error) => error.chinese(),
            Self::Io { file, source } => format!("{}：无法写入（{source}）", file.display()),
        }
    }
}

impl Message for ReadFailure {
    fn chinese(&self) -> String {
        match self {
            Self::Missing(path) => format!("{}：没有这个文件或文件夹", path.display()),
            Self::Io { file, source } => format!("{file}：无法读取（{source}）"),
            Self::Import { source, .. } => source.chinese(),
            Self::Broken(file) => {
                format!("{file}：读取时出错；文件可能已损坏，请在原程序中打开并另存")
            }
            Self::Full { file, megabytes } => format!(
                "{file}：一次导入的文件已超过 {megabytes} MB；请先导入其余文件，再导入此文件"
            ),
        }
    }
}

fn skipped(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Gone => "所指的内容已被删除",
        SkipReason::AlreadyThere => "内容已存在",
        SkipReason::Cycle => "会使其成为自己的上级",
        SkipReason::PassageGone => "片段已从文本中删除",
        SkipReason::TextClash => "另一位编码员修改了同一处文字",
        SkipReason::InUse => "要删除的内容上有他人尚未见到的工作",
        SkipReason::BadValue => "值不适合该字段",
    }
}

impl Message for Refusal {
    fn chinese(&self) -> String {
        match self {
            Self::Storing => "正在保存导入的内容；请等它完成，或将其取消".to_owned(),
            Self::NameMissing => "请填写名称".to_owned(),
            Self::NameWithSlash(name) => format!("“{name}”：编码名称不能含有“/”，它用来分隔路径"),
            Self::NameTaken(name) => format!("“{name}”已存在，请换一个名称"),
            Self::Code(CodeNotFound::Unknown(name)) => format!("没有编码“{name}”"),
            Self::Code(CodeNotFound::Ambiguous { name, paths }) => {
                format!("“{name}”对应多个编码：{}；请写出完整路径", paths.join("、"))
            }
            Self::NoDocument(name) => format!("没有文档“{name}”"),
            Self::NoCase(name) => format!("没有个案“{name}”"),
            Self::NoPhase(name) => format!("没有阶段“{name}”"),
            Self::NoAttribute(name) => format!("没有属性“{name}”"),
            Self::NoCoder(name) => format!("没有编码员“{name}”"),
            Self::NoSet(name) => format!("没有集合“{name}”"),
            Self::NoAttachment(name) => format!("没有附件“{name}”"),
            Self::BadMember => "集合只能包含项目中的编码、文档、个案和备忘".to_owned(),
            Self::NoScale(name) => format!("没有量表“{name}”"),
            Self::BadScale => {
                "量表需要题目；最低分应小于最高分；计分所需的回答数在 1 与题数之间".to_owned()
            }
            Self::BadItem(name) => format!("“{name}”不能作题目：题目是个案按阶段填写的数字"),
            Self::NoQuery => "没有这个检索式，可能已被删除".to_owned(),
            Self::NoMemo(name) => format!("没有备忘“{name}”"),
            Self::WhoCodes(names) => format!("谁在编码？请选择：{}", names.join("、")),
            Self::NoFacet { code, facet } => format!("编码“{code}”没有维度“{facet}”"),
            Self::BadValue {
                field,
                value,
                takes,
            } => format!("“{value}”不适合{field}；可填：{takes}"),
            Self::PhaseWanted(name) => format!("“{name}”按阶段记录：请写成“{name}@阶段”"),
            Self::PhaseUnwanted(name) => format!("“{name}”不按阶段记录"),
            Self::OutOfText {
                document,
                start,
                end,
                chars,
            } => format!("{start}..{end}不在“{document}”的文本内（共 {chars} 个字符）"),
            Self::AlreadyCoded => "这个片段已有此编码".to_owned(),
            Self::NoSplit => "请把光标放在要拆分的编码片段之内".to_owned(),
            Self::NoJoin => {
                "只能合并同一文档中同一编码、同一编码员的片段；请选择两个或以上".to_owned()
            }
            Self::NoCoding => "没有这个编码片段".to_owned(),
            Self::InUse { name, by } => format!("“{name}”正在使用（{by}），请先移除这些"),
            Self::Cycle(name) => format!("“{name}”不能放到自己之下"),
            Self::MergeIntoItself(name) => {
                format!("不能把“{name}”自身或其上级合并到它里面，请选择另一个编码")
            }
            Self::KeyTaken { key, code } => format!("快捷键 {key} 已属于“{code}”"),
            Self::NothingToDo => "没有任何改动".to_owned(),
            Self::NothingToUndo => "没有可撤销的步骤".to_owned(),
            Self::NothingToRedo => "没有可重做的步骤".to_owned(),
            Self::CannotTakeBack(reason) => format!("这一步已无法撤销：{}", skipped(*reason)),
            Self::ReadOnly => "项目以只读方式打开；请先关闭另一个窗口".to_owned(),
            Self::Row { file, row, reason } => format!("{file} 第 {row} 行：{}", reason.chinese()),
            Self::KindClash { name, has, given } => {
                format!("“{name}”在项目中是 {has}，在表格中却是 {given}")
            }
        }
    }
}

impl Message for StoreError {
    fn chinese(&self) -> String {
        match self {
            Self::NotFound(path) => {
                format!("{} 处没有项目；请检查路径，或新建一个", path.display())
            }
            Self::Exists(path) => format!("{} 已存在；请换一个名称，或打开它", path.display()),
            Self::NotAProject(path) => {
                format!("{} 不是 Tain 项目；访谈文本请用导入", path.display())
            }
            Self::Newer { path, found, known } => {
                format!(
                    "{} 由更新版本的 Tain 写成（格式 {found}，本版本最高 {known}）；请更新 Tain",
                    path.display()
                )
            }
            Self::Locked(path) => format!("{} 已在另一个窗口中打开", path.display()),
            Self::ReadOnly => "项目以只读方式打开".to_owned(),
            Self::Full => "磁盘已满；最后一步没有保存，请腾出空间后重试".to_owned(),
            Self::Entry(error) => {
                format!("日志中有一条无法读取（{error}）；文件可能已损坏，或由更新的版本写成")
            }
            Self::Content(hash) => format!("内容 {hash} 缺失或已损坏；请从备份恢复文件"),
            Self::Damaged(reason) => {
                format!("文件已损坏（{reason}）；请从备份恢复，或运行 tain check --repair")
            }
            Self::Database(error) => format!("无法使用项目文件：{error}"),
            Self::Io { path, source } => format!("{}：{source}", path.display()),
        }
    }
}

impl Message for ImportError {
    fn chinese(&self) -> String {
        match self {
            Self::Empty(file) => format!("{file}：文件是空的"),
            Self::Binary(file) => format!("{file}：看起来是二进制文件，不是访谈文本"),
            Self::TooLarge {
                file,
                megabytes,
                limit,
            } => format!("{file}：{megabytes} MB 超过访谈文本的上限（{limit} MB），请拆分文件"),
            Self::UnknownFormat { file, ending } => {
                format!(
                    "{file}：无法读取“{ending}”文件，请另存为 .txt、.docx、.odt、.rtf、.pdf 或 .html"
                )
            }
            Self::UnknownEncoding(name) => {
                format!("没有编码方式“{name}”；可试 UTF-8、GB18030、Big5 等")
            }
            Self::WrongEncoding {
                file,
                line,
                encoding,
            } => {
                format!("{file} 第 {line} 行：不是 {encoding}；请换一种编码方式，或让程序自动识别")
            }
            Self::Damaged { file, reason } => {
                format!("{file}：文件已损坏或不完整（{reason}）；请用生成它的程序打开后重新保存")
            }
            Self::NoProjectOf {
                file,
                program,
                reason,
            } => {
                format!(
                    "{file}：不是 {program} 的项目（{reason}）；请选择 {program} 保存的项目文件"
                )
            }
            Self::Scanned(file) => {
                format!("{file}：页面是图片，没有文字（扫描件）；请先做文字识别再导入")
            }
            Self::NoTranscript { file, has } => {
                format!(
                    "{file}：没有说话人或文本列；现有：{}。可作为个案表导入，或用 --answers 指定回答所在的列",
                    has.join("、")
                )
            }
            Self::Row { file, row, reason } => format!("{file} 第 {row} 行：{reason}"),
            Self::NoColumn { file, column, has } => {
                format!("{file}：没有“{column}”列；现有：{}", has.join("、"))
            }
            Self::OldWord(file) => format!(
                "{file}：这是旧版 Word 的文件（.doc）；请用 Word 或 LibreOffice 打开，另存为 .docx 再导入"
            ),
            Self::Protected(file) => {
                format!("{file}：文件有密码保护；请另存为没有密码的文件再导入")
            }
            Self::Codebook { file, line, reason } => format!("{file} 第 {line} 行：{reason}"),
        }
    }
}

impl Message for AskError {
    fn chinese(&self) -> String {
        match self {
            Self::Texts(error) => error.chinese(),
            Self::Codes(error) => error.chinese(),
        }
    }
}

impl Message for CodeQueryError {
    fn chinese(&self) -> String {
        let said = match &self.trouble {
            Trouble::Empty => "检索式是空的，请写编码名称".to_owned(),
            Trouble::NoCode => {
                "这里缺少编码；运算符两边都要有编码，与运算符同名时请加引号".to_owned()
            }
            Trouble::Open(c) => format!("“{c}”没有闭合，请补上另一半"),
            Trouble::Stray(word) => format!(
                "看不懂“{word}”；编码之间请用 且、或、非、重叠、包含于、包含、附近/3轮、先于、后于、同 话轮"
            ),
            Trouble::UnknownCode { name, alike } if alike.is_empty() => format!("没有编码“{name}”"),
            Trouble::UnknownCode { name, alike } => {
                format!("没有编码“{name}”；相近的有 {}", alike.join("、"))
            }
            Trouble::UnknownFacet(name) => format!("此编码没有方面“{name}”，见编码本"),
            Trouble::UnknownValue(value) => format!("此方面没有值“{value}”"),
            Trouble::Unknown { name, .. } => format!("项目中没有“{name}”，请检查写法"),
            Trouble::Distance(text) => format!("“{text}”不是距离，请写 附近/3轮 或 附近/20词"),
            Trouble::Same => "“同”后面要有 话轮、说话人、文档 或 个案".to_owned(),
            Trouble::Condition(text) => {
                format!("“{text}”不是条件，请写 阶段= 个案= 文档= 说话人= 编码员= 或 属性.名称=")
            }
            Trouble::Circular(name) => format!("智能编码“{name}”包含了它自己，请去掉"),
            Trouble::TooDeep => "嵌套太深，请减少括号".to_owned(),
        };
        format!("检索式第 {} 个字符：{said}", self.at.start() + 1)
    }
}

impl Message for QueryError {
    fn chinese(&self) -> String {
        let (problem, hint) = match &self.problem {
            Problem::Empty => (
                "检索式是空的".to_owned(),
                "请输入词语、“短语”或字段，如 speaker:妈妈",
            ),
            Problem::NoWord(term) => (format!("“{term}”里没有词"), "要查标点请用原文检索"),
            Problem::OpenQuote => ("引号没有闭合".to_owned(), "请补上后引号"),
            Problem::OpenBracket => ("括号没有闭合".to_owned(), "请补上“)”"),
            Problem::StrayBracket => ("多了一个右括号".to_owned(), "请删去，或在前面补上“(”"),
            Problem::TooDeep => ("嵌套太深".to_owned(), "请减少括号"),
            Problem::Dangling(operator) => (
                format!("{operator} 缺少词语"),
                "AND 和 OR 两边、NOT 后面都要有词；小写时它们是普通词",
            ),
            Problem::Slop => (
                "“~”前面要有引号短语，后面要有数字；或用在字母单词后".to_owned(),
                "如 \"前 后\"~3 表示中间最多三个词，confident~1 表示差一个字母",
            ),
            Problem::Near => (
                "NEAR 缺少距离".to_owned(),
                "如 NEAR/3（词）、NEAR/2turns（话轮）、NEAR/turn、NEAR/document",
            ),
            Problem::NearWords => (
                "按词数的 NEAR 两边只能是词或短语".to_owned(),
                "其他情形请用 NEAR/turn、NEAR/2turns 或 NEAR/document",
            ),
            Problem::NoForm => (
                "“=”后面要有词或引号短语".to_owned(),
                "如 =confident 只找这个词形",
            ),
            Problem::NoIndicators(name) => {
                (format!("编码“{name}”没有指示词"), "请在编码本中填写指示词")
            }
            Problem::Circular(name) => (
                format!("检索式“{name}”包含了它自己"),
                "请从它所用的检索式中去掉",
            ),
            Problem::NoValue(field) => (
                format!("{field:?} 后面没有值"),
                "请在冒号后写上名称，有空格时加引号",
            ),
            Problem::OpenPattern => ("正则没有闭合".to_owned(), "请补上“/”"),
            Problem::Pattern(reason) => (
                format!("不是正则表达式：{reason}"),
                "按字面查找的符号前请加反斜杠",
            ),
            Problem::Unknown { value, .. } => (
                format!("项目中没有“{value}”"),
                "请检查写法，或只写开头几个字",
            ),
        };
        format!(
            "检索式第 {} 个字符处：{problem}；{hint}",
            self.at.start() + 1
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_speaks_the_windows_language() {
        let refusal = Refusal::Row {
            file: "a.csv".to_owned(),
            row: 3,
            reason: Box::new(Refusal::NoDocument("F01".to_owned())),
        };
        assert_eq!(
            refusal.say(UiLanguage::English),
            "a.csv, row 3: there is no document `F01`"
        );
        assert_eq!(
            refusal.say(UiLanguage::Chinese),
            "a.csv 第 3 行：没有文档“F01”"
        );
    }
}
