//! Requests that are refused, and what people can do instead.

use crate::{
    message::{
        Argument, Message,
        explain::{Explain, Explanation},
        text::Text,
    },
    model::{codebook::CodeNotFound, conflict::SkipReason, document::TurnIndex},
};

/// A request that is refused; the project is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum Refusal {
    /// An import is still being saved.
    Storing,
    /// A name is missing.
    NameMissing,
    /// A name that contains what paths use.
    NameWithSlash(String),
    /// Something of this name exists.
    NameTaken(String),
    /// A code that doesn't exist, or a name that several codes have.
    Code(#[from] CodeNotFound),
    /// A document that doesn't exist.
    NoDocument(String),
    /// A case that doesn't exist.
    NoCase(String),
    /// A speaker who doesn't exist in the document.
    NoSpeaker(String),
    /// A turn that doesn't exist in the document.
    NoTurn(TurnIndex),
    /// A position that is in no turn.
    NoTurnAt(u32),
    /// The first turn, which none comes before.
    NoTurnBefore,
    /// A place where a turn shall begin and nothing is said before or after it.
    NothingSaid,
    /// A document whose turns have been changed since its speakers were read again.
    TurnsChanged(String),
    /// A document with more speakers than its turns can name.
    TooManySpeakers,
    /// A phase that doesn't exist.
    NoPhase(String),
    /// An attribute that doesn't exist.
    NoAttribute(String),
    /// A coder who doesn't exist.
    NoCoder(String),
    /// A backup that isn't there.
    NoBackup(String),
    /// The system gives no bytes that nobody can guess.
    NoRandom,
    /// The project isn't encrypted, so it has no key.
    NotEncrypted,
    /// Nothing that is named has words that could be erased.
    NothingToErase,
    /// An erasure: what it took is nowhere any more.
    Erased,
    /// Nobody is named as the coder who acts; these can be.
    WhoCodes(Vec<String>),
    /// A facet that the code doesn't have.
    NoFacet {
        /// Path of the code.
        code: String,
        /// What was given.
        facet: String,
    },
    /// A value that the field can't hold.
    BadValue {
        /// The facet or attribute.
        field: Argument,
        /// What was given.
        value: String,
        /// The values that it accepts.
        takes: Argument,
    },
    /// A value given for the wrong side of a per-phase attribute.
    PhaseWanted(Argument),
    /// A phase named for an attribute that has none.
    PhaseUnwanted(Argument),
    /// An attribute of coders that was to be given per phase.
    NoPhasesOfCoders(String),
    /// A range that is outside the document.
    OutOfText {
        /// Title of the document.
        document: String,
        /// The start that was given.
        start: u32,
        /// The end that was given.
        end: u32,
        /// Length of the text.
        chars: u32,
    },
    /// The same coder has coded the same passage with the same code.
    AlreadyCoded,
    /// A coding that doesn't exist.
    NoCoding,
    /// A saved query that doesn't exist.
    NoQuery,
    /// A scale that doesn't exist.
    NoScale(String),
    /// A set that doesn't exist.
    NoSet(String),
    /// An attached file that doesn't exist.
    NoAttachment(String),
    /// A member that can't be in a set, or doesn't exist.
    BadMember,
    /// A scale that can't be scored.
    BadScale,
    /// An item that isn't a number per phase.
    BadItem(Argument),
    /// A position to split at that is outside the coding.
    NoSplit,
    /// Codings that can't become one.
    NoJoin,
    /// Something that is still in use.
    InUse {
        /// What should have been removed.
        name: Argument,
        /// What uses it.
        by: Message,
    },
    /// A move of something below itself.
    Cycle(String),
    /// A merge of a code or case into itself or what is below it.
    MergeIntoItself(String),
    /// A change of an attribute's kind that would lose values.
    ValuesLost {
        /// The attribute.
        name: Argument,
        /// The new kind.
        kind: Text,
        /// How many values.
        count: usize,
        /// Some of them.
        values: Vec<String>,
    },
    /// An edit of the categories of an attribute that has none.
    NoCategories(Argument),
    /// A key that another code has.
    KeyTaken {
        /// The key.
        key: char,
        /// The code that has it.
        code: String,
    },
    /// No words to look for.
    WordsMissing,
    /// Words that would be replaced by themselves.
    SameWords,
    /// Words that are nowhere in the texts.
    NotInTexts(String),
    /// No text has a name that is replaced.
    NoNames,
    /// The table of pseudonyms has to be opened first.
    TableLocked,
    /// A label of which a replacement would leave nothing.
    LabelEmptied(String),
    /// Nothing changes.
    NothingToDo,
    /// Nothing to undo.
    NothingToUndo,
    /// Nothing to redo.
    NothingToRedo,
    /// A step that later work depends on.
    CannotTakeBack(SkipReason),
    /// A chosen step that later work depends on, and what that is.
    InTheWay(Message),
    /// A step that doesn't exist.
    NoEntry,
    /// The project is open for reading only.
    ReadOnly,
    /// The target of a memo or link, which doesn't exist.
    TargetGone,
    /// A link that doesn't exist.
    NoLink,
    /// A memo that doesn't exist.
    NoMemo(String),
    /// A row of a sheet that can't be imported.
    Row {
        /// The file.
        file: String,
        /// Its row, the header being 1.
        row: usize,
        /// Why.
        reason: Box<Self>,
    },
    /// A column whose values don't fit the attribute of this name.
    KindClash {
        /// The attribute.
        name: Argument,
        /// The kind of the attribute.
        has: Text,
        /// The kind of the column.
        given: Text,
    },
}

const NO_ENTRY: Text = Text::new(
    "the project's history has no such step",
    "项目的历史中没有这一步",
);

impl Explain for Refusal {
    #[expect(clippy::too_many_lines, reason = "one arm for each refusal")]
    fn explain(&self) -> Explanation {
        match self {
            Self::NoRandom => Explanation::io(Text::new(
                "the system gives no random bytes, without which there is no safe key",
                "系统未能提供随机数，无法生成安全的密钥",
            )),
            Self::NotEncrypted => Explanation::refused(Text::new(
                "the project isn't encrypted",
                "项目没有加密",
            )),
            Self::NothingToErase => Explanation::refused(Text::new(
                "there is nothing to erase",
                "没有可删除的内容",
            )),
            Self::Erased => Explanation::refused(Text::new(
                "an erasure can't be taken back: the words are nowhere any more",
                "删除受访者资料后无法撤销：相关文字已不复存在",
            )),
            Self::Storing => Explanation::refused(Text::new(
                "an import is being saved",
                "正在保存导入的内容",
            ))
            .hint(Text::new(
                "wait until it is done, or cancel it",
                "请等它完成，或将其取消",
            )),
            Self::NameMissing => {
                Explanation::refused(Text::new("a name is needed", "请填写名称"))
            }
            Self::NameWithSlash(name) => Explanation::refused(
                Text::new(
                    "“{name}”: the name of a code can't contain “/”, which separates the names of a path",
                    "“{name}”：编码名称不能含有“/”，它用来分隔路径",
                )
                .with("name", name),
            ),
            Self::NameTaken(name) => Explanation::refused(
                Text::new("“{name}” already exists", "“{name}”已存在").with("name", name),
            )
            .hint(Text::new("choose another name", "请换一个名称")),
            Self::Code(error) => error.explain(),
            Self::NoDocument(_)
            | Self::NoCase(_)
            | Self::NoPhase(_)
            | Self::NoAttribute(_)
            | Self::NoCoder(_)
            | Self::NoBackup(_)
            | Self::NoMemo(_)
            | Self::NoScale(_)
            | Self::NoSet(_)
            | Self::NoAttachment(_)
            | Self::NoSpeaker(_)
            | Self::NoTurn(_)
            | Self::NoFacet { .. }
            | Self::NoQuery
            | Self::NoLink
            | Self::TargetGone
            | Self::NoCoding => Explanation::not_found(self.what_is_missing()),
            Self::WhoCodes(names) => Explanation::usage(
                Text::new(
                    "who codes? name one of: {names}",
                    "谁在编码？请选择：{names}",
                )
                .with("names", names.as_slice()),
            ),
            Self::BadValue {
                field,
                value,
                takes,
            } => Explanation::refused(
                Text::new(
                    "“{value}” doesn't fit “{field}”",
                    "“{value}”不适合“{field}”",
                )
                .with("value", value)
                .with("field", field.clone()),
            )
            .hint(Text::new("it accepts {takes}", "可填：{takes}").with("takes", takes.clone())),
            Self::PhaseWanted(name) => Explanation::refused(
                Text::new("“{name}” is given per phase", "“{name}”按阶段记录").with("name", name.clone()),
            )
            .hint(
                Text::new("write “{name}@phase”", "请写成“{name}@阶段”").with("name", name.clone()),
            ),
            Self::PhaseUnwanted(name) => Explanation::refused(
                Text::new("“{name}” isn't given per phase", "“{name}”不按阶段记录")
                    .with("name", name.clone()),
            ),
            Self::NoPhasesOfCoders(name) => Explanation::refused(
                Text::new(
                    "“{name}” can't be given per phase: coders have no phases",
                    "“{name}”不能按阶段记录：编码员不分阶段",
                )
                .with("name", name),
            ),
            Self::OutOfText {
                document,
                start,
                end,
                chars,
            } => Explanation::refused(
                Text::new(
                    "the range {start}..{end} is outside the document “{document}”, which has {chars} characters",
                    "{start}..{end} 超出文档“{document}”的范围（共 {chars} 个字符）",
                )
                .with("start", *start)
                .with("end", *end)
                .with("document", document)
                .count("chars", *chars),
            ),
            Self::NoTurnAt(position) => Explanation::refused(
                Text::new(
                    "there is no turn at position {position}",
                    "位置 {position} 处没有话轮",
                )
                .with("position", *position),
            ),
            Self::NoTurnBefore => Explanation::refused(Text::new(
                "this is the first turn; none comes before it",
                "这是第一个话轮，前面没有话轮",
            )),
            Self::NothingSaid => Explanation::refused(Text::new(
                "no turn can begin here: words have to be before it and after it",
                "不能从此处开始新话轮：前后都必须有文字",
            )),
            Self::TurnsChanged(title) => Explanation::refused(
                Text::new(
                    "the turns of “{title}” have been changed meanwhile; read its speakers again",
                    "“{title}”的话轮已有改动，请再次识别说话人",
                )
                .with("title", title),
            ),
            Self::TooManySpeakers => Explanation::refused(Text::new(
                "a document can't have more than 65,536 speakers",
                "一份文档的说话人不能超过 65,536 个",
            )),
            Self::AlreadyCoded => Explanation::refused(Text::new(
                "this passage is already coded with this code",
                "这个片段已有此编码",
            )),
            Self::NoSplit => Explanation::refused(Text::new(
                "a coding is split at the cursor",
                "编码片段在光标处拆分",
            ))
            .hint(Text::new(
                "put the cursor inside the coding",
                "请把光标放在要拆分的编码片段之内",
            )),
            Self::NoJoin => Explanation::refused(Text::new(
                "only codings of the same document, code and coder can be joined",
                "只能合并同一文档中同一编码、同一编码员的片段",
            ))
            .hint(Text::new("choose two or more", "请选择两个或以上")),
            Self::BadMember => Explanation::refused(Text::new(
                "a set can only contain codes, documents, cases and memos of the project",
                "集合只能包含项目中的编码、文档、个案和备忘",
            )),
            Self::BadScale => Explanation::refused(Text::new(
                "a scale needs items, a lowest answer below the highest, and a number of answers for a score between 1 and the number of items",
                "量表需要题目；最低分应小于最高分；计分所需的回答数在 1 与题数之间",
            )),
            Self::BadItem(name) => Explanation::refused(
                Text::new(
                    "“{name}” can't be an item: items are numbers that cases have per phase",
                    "“{name}”不能作题目：题目是个案按阶段填写的数字",
                )
                .with("name", name.clone()),
            ),
            Self::InUse { name, by } => Explanation::refused(
                Text::new("“{name}” is in use: {by}", "“{name}”正在使用：{by}")
                    .with("name", name.clone())
                    .with("by", by.clone()),
            )
            .hint(Text::new("remove that first", "请先移除这些")),
            Self::Cycle(name) => Explanation::refused(
                Text::new("“{name}” can't be put below itself", "“{name}”不能放到自己之下")
                    .with("name", name),
            ),
            Self::MergeIntoItself(name) => Explanation::refused(
                Text::new(
                    "“{name}” can't be merged with itself or with what is above it",
                    "不能把“{name}”自身或其上级合并到它里面",
                )
                .with("name", name),
            )
            .hint(Text::new("choose another one", "请选择另一个")),
            Self::ValuesLost {
                name,
                kind,
                count,
                values,
            } => Explanation::refused(
                Text::new(
                    "{count} {count|value|values} of “{name}” {count|is|are} lost as {kind}: {values}",
                    "“{name}”改为{kind}会丢失 {count} 个值：{values}",
                )
                .with("name", name.clone())
                .with("kind", *kind)
                .count("count", *count)
                .with("values", values.as_slice()),
            )
            .hint(Text::new(
                "correct them first, or say that they may be lost",
                "请先改正这些值，或允许丢失",
            )),
            Self::NoCategories(name) => Explanation::refused(
                Text::new("“{name}” has no categories", "“{name}”没有类别").with("name", name.clone()),
            ),
            Self::KeyTaken { key, code } => Explanation::refused(
                Text::new(
                    "the key {key} already belongs to “{code}”",
                    "快捷键 {key} 已属于“{code}”",
                )
                .with("key", *key)
                .with("code", code),
            ),
            Self::WordsMissing => Explanation::usage(Text::new(
                "which words are to be replaced?",
                "要替换哪些文字？",
            )),
            Self::SameWords => Explanation::refused(Text::new(
                "the new words are the old ones",
                "替换前后的文字相同",
            )),
            Self::NotInTexts(words) => Explanation::not_found(
                Text::new(
                    "“{words}” is nowhere in the texts",
                    "文本中没有找到“{words}”",
                )
                .with("words", words),
            ),
            Self::NoNames => Explanation::not_found(Text::new(
                "no text has a name that the table replaces",
                "文本中没有化名表要替换的姓名",
            )),
            Self::TableLocked => Explanation::refused(Text::new(
                "the table of pseudonyms is locked, and names are replaced by it",
                "化名表尚未打开，而替换姓名要用到它",
            ))
            .hint(Text::new(
                "open it with its passphrase first: Pseudonyms…",
                "请先在“化名…”中用密码短语打开",
            )),
            Self::LabelEmptied(label) => Explanation::refused(
                Text::new(
                    "nothing would be left of the speaker's label “{label}”",
                    "说话人标签“{label}”将变为空",
                )
                .with("label", label),
            )
            .hint(Text::new(
                "replace it by another name",
                "请替换为其他名称",
            )),
            Self::NothingToDo => {
                Explanation::refused(Text::new("nothing was changed", "没有任何改动"))
            }
            Self::NothingToUndo => {
                Explanation::refused(Text::new("there is nothing to undo", "没有可撤销的步骤"))
            }
            Self::NothingToRedo => {
                Explanation::refused(Text::new("there is nothing to redo", "没有可重做的步骤"))
            }
            Self::NoEntry => Explanation::not_found(NO_ENTRY),
            Self::InTheWay(reason) => Explanation::refused(
                Text::new(
                    "this step can't be taken back: {reason}",
                    "这一步无法收回：{reason}",
                )
                .with("reason", reason.clone()),
            ),
            Self::CannotTakeBack(reason) => Explanation::refused(
                Text::new(
                    "this step can't be undone any more: {reason}",
                    "这一步已无法撤销：{reason}",
                )
                .with("reason", reason.text()),
            ),
            Self::ReadOnly => Explanation::refused(Text::new(
                "the project is open for reading only",
                "项目以只读方式打开",
            ))
            .hint(Text::new(
                "close it in the other window first",
                "请先关闭另一个窗口",
            )),
            // Refused even if the row names something that doesn't exist: the command itself named an existing file.
            Self::Row { file, row, reason } => Explanation::refused(
                Text::new(
                    "{file}, row {row}: {reason}",
                    "{file} 第 {row} 行：{reason}",
                )
                .with("file", file)
                .with("row", *row)
                .with("reason", reason.explain()),
            ),
            Self::KindClash { name, has, given } => Explanation::refused(
                Text::new(
                    "“{name}” has the type {has} in the project but {given} in the sheet",
                    "“{name}”在项目中的类型是{has}，在表格中却是{given}",
                )
                .with("name", name.clone())
                .with("has", *has)
                .with("given", *given),
            ),
        }
    }
}

impl Refusal {
    /// The sentence that says what doesn't exist.
    #[expect(clippy::too_many_lines, reason = "a flat list of texts")]
    fn what_is_missing(&self) -> Message {
        let (sentence, name) = match self {
            Self::NoDocument(name) => (
                Text::new("there is no document “{name}”", "没有文档“{name}”"),
                name,
            ),
            Self::NoCase(name) => (
                Text::new("there is no case “{name}”", "没有个案“{name}”"),
                name,
            ),
            Self::NoPhase(name) => (
                Text::new("there is no phase “{name}”", "没有阶段“{name}”"),
                name,
            ),
            Self::NoAttribute(name) => (
                Text::new("there is no attribute “{name}”", "没有属性“{name}”"),
                name,
            ),
            Self::NoCoder(name) => (
                Text::new("there is no coder “{name}”", "没有编码员“{name}”"),
                name,
            ),
            Self::NoBackup(name) => (
                Text::new("there is no backup “{name}”", "没有备份“{name}”"),
                name,
            ),
            Self::NoMemo(name) => (
                Text::new("there is no memo “{name}”", "没有备忘“{name}”"),
                name,
            ),
            Self::NoScale(name) => (
                Text::new("there is no scale “{name}”", "没有量表“{name}”"),
                name,
            ),
            Self::NoSet(name) => (
                Text::new("there is no set “{name}”", "没有集合“{name}”"),
                name,
            ),
            Self::NoAttachment(name) => (
                Text::new("there is no attached file “{name}”", "没有附件“{name}”"),
                name,
            ),
            Self::NoFacet { code, facet } => {
                return Text::new(
                    "the code “{code}” has no facet “{facet}”",
                    "编码“{code}”没有维度“{facet}”",
                )
                .with("code", code)
                .with("facet", facet);
            }
            Self::NoSpeaker(name) => (
                Text::new("there is no speaker “{name}”", "没有说话人“{name}”"),
                name,
            ),
            Self::NoTurn(turn) => {
                return Text::new("there is no turn {turn}", "没有第 {turn} 个话轮")
                    .with("turn", *turn);
            }
            Self::NoLink => {
                return Text::new(
                    "there is no such link; it may have been removed",
                    "没有这个链接，可能已被删除",
                )
                .into();
            }
            Self::TargetGone => {
                return Text::new(
                    "the target of the memo or link was removed",
                    "备忘或链接所指的对象已被删除",
                )
                .into();
            }
            Self::NoQuery => {
                return Text::new(
                    "there is no such query; it may have been removed",
                    "没有这个检索式，可能已被删除",
                )
                .into();
            }
            _ => return Text::new("there is no such coding", "没有这个编码片段").into(),
        };
        sentence.with("name", name)
    }
}
