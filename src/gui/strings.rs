//! Everything the window says, in both languages at once.

use crate::model::localized::Language;

/// A language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// 简体中文.
    Chinese,
}

impl Tongue {
    /// The language tag that content in this language bears.
    pub(super) fn language(self) -> Language {
        match self {
            Self::English => Language::EN,
            Self::Chinese => Language::ZH,
        }
    }

    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// The words for something.
    pub(super) fn say(self, text: Text) -> &'static str {
        let (english, chinese) = text.both();
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

/// Something the window says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Slogan,
    OpenSample,
    NewProject,
    OpenProject,
    DropHint,
    Recent,
    NoRecent,
    StaysHere,
    Read,
    Search,
    Themes,
    Cases,
    Documents,
    Codebook,
    NoDocuments,
    NoCodes,
    ImportFiles,
    ImportCodebook,
    CodeName,
    AddCode,
    AddSubcode,
    EditCode,
    RemoveCode,
    Definition,
    ApplyWhen,
    NotWhen,
    Indicators,
    Colour,
    RenameCode,
    PageOfCode,
    MoveCode,
    SortSubcodes,
    SortTopCodes,
    MergeInto,
    Merge,
    SplitCode,
    SplitOff,
    SplitHint,
    NothingGoesAlong,
    FilterTree,
    SortAndCount,
    OwnOrder,
    ByName,
    ByUse,
    CountsWithSubcodes,
    CountsOwn,
    FoldAll,
    UnfoldAll,
    WithoutDefinition,
    NeverUsed,
    ChooseWhatStays,
    CodingsMove,
    FallTogether,
    SubcodesMove,
    MemosMove,
    LinksMove,
    NothingIsLost,
    Recode,
    RecodeTicked,
    SplitOffTicked,
    TickHint,
    Tick,
    NoPassages,
    BackToReading,
    Examples,
    AddExample,
    IndicatorsHint,
    Facets,
    AddFacet,
    RemoveFacet,
    FacetName,
    FacetKind,
    Category,
    Intensity,
    FreeWords,
    YesNo,
    Categories,
    CategoriesHint,
    KeyOfCode,
    SaveHint,
    Save,
    Cancel,
    Close,
    Remove,
    Undo,
    Saved,
    ReadOnly,
    Selection,
    CodingsHere,
    NoSelection,
    FilterCodes,
    RecodeTo,
    CopyTo,
    PaletteKeys,
    PickerKeys,
    Favourite,
    Below,
    AtTheTop,
    CreateAndApply,
    NewCodeKeys,
    FacetKeys,
    Yes,
    No,
    CloseDocument,
    SideBySide,
    ShowCodes,
    ShowCoders,
    ColorBy,
    Code,
    ShowAll,
    ApplyACode,
    InVivo,
    NewCodeHere,
    MoveToCode,
    CopyCoding,
    SplitCoding,
    JoinCodings,
    RemoveCoding,
    SelectPassage,
    FitToSelection,
    SelectSentence,
    SelectTurn,
    CopyQuotation,
    ChosenCodings,
    LetGo,
    NewCodeCalled,
    Apply,
    Not,
    NoDocumentOpen,
    Path,
    Open,
    Create,
    Title,
    Coder,
    WhoCodes,
    Memo,
    AddMemo,
    WriteHere,
    NoCase,
    Case,
    Parent,
    AddCase,
    CaseName,
    NoCases,
    ImportSheet,
    Theme,
    LanguageName,
    Switch,
    Importing,
    Indexing,
    Query,
    QueryHint,
    SearchHint,
    Words,
    Literal,
    Pattern,
    NoHits,
    AllPhases,
    AllCoders,
    NotYetCoded,
    Families,
    Persons,
    Phases,
    DocumentsRows,
    Speakers,
    Coders,
    Codings,
    DocumentsMeasure,
    Characters,
    Share,
    Present,
    Codes,
    RollUp,
    All,
    WithIt,
    ThemesTitle,
    NoCodings,
    WhatIsCounted,
    CountedRule,
    Portrait,
    NoDataFolder,
    JobFailed,
    NoneOfThem,
    Shortcuts,
    PhaseLabel,
}

impl Text {
    /// English and Chinese.
    #[expect(clippy::too_many_lines, reason = "one flat list of equal lines")]
    const fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Slogan => ("Code interviews, find the themes,\nsee every family.", "为访谈编码，找到主题，\n看见每一个家庭。"),
            Self::OpenSample => ("Open the sample project “I believe I can”", "打开示例项目“我相信我能”"),
            Self::NewProject => ("New project…", "新建项目…"),
            Self::OpenProject => ("Open project…", "打开项目…"),
            Self::DropHint => ("Drop a project here to open it", "把项目文件拖到这里，即可打开"),
            Self::Recent => ("Recent", "最近"),
            Self::NoRecent => ("Projects that you open will stand here.", "打开过的项目会列在这里。"),
            Self::StaysHere => ("Your material stays on this computer unless you send it.", "资料只保存在这台电脑上，除非你主动发送。"),
            Self::Read => ("Read", "阅读"),
            Self::Search => ("Search", "检索"),
            Self::Themes => ("Themes", "主题"),
            Self::Cases => ("Cases", "个案"),
            Self::Documents => ("Documents", "文档"),
            Self::Codebook => ("Codebook", "编码本"),
            Self::NoDocuments => {
                ("No transcripts yet. Import some, or drop them anywhere on this window.", "还没有访谈文本。请导入，或把文件拖到窗口里。")
            }
            Self::NoCodes => {
                ("No codes yet. Start with your own, or take in a starter codebook.", "还没有编码。可以自己新建，也可以导入起步编码本。")
            }
            Self::ImportFiles => ("Import transcripts…", "导入访谈文本…"),
            Self::ImportCodebook => ("Import codebook…", "导入编码本…"),
            Self::CodeName => ("Name of the code", "编码名称"),
            Self::AddCode => ("Add code", "添加编码"),
            Self::AddSubcode => ("Add subcode", "添加下级编码"),
            Self::EditCode => ("Edit code…", "编辑编码…"),
            Self::RemoveCode => ("Remove code…", "删除编码…"),
            Self::Definition => ("Definition", "定义"),
            Self::ApplyWhen => ("When to apply", "何时使用"),
            Self::NotWhen => ("When not to", "何时不用"),
            Self::Indicators => ("Indicators", "指示词"),
            Self::Colour => ("Colour", "颜色"),
            Self::RenameCode => ("Rename", "重命名"),
            Self::PageOfCode => ("Page with all passages", "编码页（全部片段）"),
            Self::MoveCode => ("Move code", "移动编码"),
            Self::SortSubcodes => ("Sort subcodes by name", "按名称排列下级编码"),
            Self::SortTopCodes => ("Sort top level by name", "按名称排列顶层编码"),
            Self::MergeInto => ("Merge into…", "合并到…"),
            Self::Merge => ("Merge", "合并"),
            Self::SplitCode => ("Split…", "拆分…"),
            Self::SplitOff => ("Split off", "拆分"),
            Self::SplitHint => {
                ("It gets the same parent and facets, and stands right after this code.", "新编码与原编码同级、维度相同，排在它之后。")
            }
            Self::NothingGoesAlong => ("Nothing is coded with it, and nothing lies below it.", "没有片段使用它，它也没有下级编码。"),
            Self::FilterTree => ("Filter the codebook", "筛选编码本"),
            Self::SortAndCount => ("Order and counts", "排序与计数"),
            Self::OwnOrder => ("Order of the codebook", "编码本顺序"),
            Self::ByName => ("By name", "按名称"),
            Self::ByUse => ("Most used first", "使用最多在前"),
            Self::CountsWithSubcodes => ("With subcodes", "含下级编码"),
            Self::CountsOwn => ("Without subcodes", "不含下级编码"),
            Self::FoldAll => ("Fold all", "全部折叠"),
            Self::UnfoldAll => ("Unfold all", "全部展开"),
            Self::WithoutDefinition => ("No definition yet", "还没有定义"),
            Self::NeverUsed => ("Never used", "尚未使用"),
            Self::ChooseWhatStays => ("Choose the code that stays.", "请选择要保留的编码。"),
            Self::CodingsMove => ("codings", "编码片段"),
            Self::FallTogether => ("of these fall together with the same coding", "其中与相同的编码片段合为一个"),
            Self::SubcodesMove => ("subcodes move along", "下级编码一并移动"),
            Self::MemosMove => ("memos", "备忘"),
            Self::LinksMove => ("links", "关联"),
            Self::NothingIsLost => {
                ("Rules and facets are kept too. One step; undo takes it back.", "规则与维度也会保留。这是一步操作，可以撤销。")
            }
            Self::Recode => ("Recode", "更换编码"),
            Self::RecodeTicked => ("Recode ticked…", "更换所选片段的编码…"),
            Self::SplitOffTicked => ("Split off ticked…", "拆分所选片段…"),
            Self::TickHint => ("Tick passages to recode or split them off", "勾选片段后可更换编码或拆分"),
            Self::Tick => ("Tick", "勾选"),
            Self::NoPassages => {
                ("No passages yet. Select text in Read and click this code.", "还没有片段。在“阅读”中选中文字，再点击此编码。")
            }
            Self::BackToReading => ("Back to the text", "返回文本"),
            Self::Examples => ("Examples", "例子"),
            Self::AddExample => ("Add example", "添加例子"),
            Self::IndicatorsHint => ("one a line, such as zh: 自信", "每行一个，如 zh: 自信"),
            Self::Facets => ("Facets", "维度"),
            Self::AddFacet => ("Add facet", "添加维度"),
            Self::RemoveFacet => ("Remove facet", "删除维度"),
            Self::FacetName => ("Name of the facet", "维度名称"),
            Self::FacetKind => ("Kind of the facet", "维度类型"),
            Self::Category => ("Category", "类别"),
            Self::Intensity => ("Intensity 0–100", "强度 0–100"),
            Self::FreeWords => ("Words", "文字"),
            Self::YesNo => ("Yes or no", "是或否"),
            Self::Categories => ("Categories", "类别取值"),
            Self::CategoriesHint => ("one a line, such as pride = 自豪", "每行一个，如 pride = 自豪"),
            Self::KeyOfCode => ("Key (1–9)", "快捷键（1–9）"),
            Self::SaveHint => ("Ctrl Enter saves", "Ctrl Enter 保存"),
            Self::Save => ("Save", "保存"),
            Self::Cancel => ("Cancel", "取消"),
            Self::Close => ("Close", "关闭"),
            Self::Remove => ("Remove", "删除"),
            Self::Undo => ("Undo", "撤销"),
            Self::Saved => ("Saved", "已保存"),
            Self::ReadOnly => ("Read only", "只读"),
            Self::Selection => ("Selection", "选中的片段"),
            Self::CodingsHere => ("Codings here", "此处的编码"),
            Self::NoSelection => ("Select a passage to code it, or click a coded one.", "选中一段文字即可编码，或点击已编码的片段。"),
            Self::FilterCodes => ("Filter codes", "筛选编码"),
            Self::RecodeTo => ("Another code for the codings", "改用哪个编码"),
            Self::CopyTo => ("Code the passages with … too", "同时编为哪个编码"),
            Self::PaletteKeys => {
                ("Tab several · Shift Enter keeps the selection · Ctrl B favourite", "Tab 多选 · Shift Enter 保留选区 · Ctrl B 收藏")
            }
            Self::PickerKeys => ("Enter chooses · Esc leaves", "Enter 选定 · Esc 取消"),
            Self::Favourite => ("Favourite", "收藏"),
            Self::Below => ("below", "上级"),
            Self::AtTheTop => ("at the top", "顶层"),
            Self::CreateAndApply => ("Create and apply", "新建并应用"),
            Self::NewCodeKeys => ("Ctrl Enter creates and applies · Parent/Name works too", "Ctrl Enter 新建并应用 · 也可写“上级/名称”"),
            Self::FacetKeys => {
                ("Key answers · Space skips · Backspace goes back · Enter applies", "按键作答 · 空格跳过 · 退格返回 · Enter 应用")
            }
            Self::Yes => ("yes", "是"),
            Self::No => ("no", "否"),
            Self::CloseDocument => ("Close this document", "关闭此文档"),
            Self::SideBySide => ("Two documents side by side", "并排查看两个文档"),
            Self::ShowCodes => ("Codes shown", "显示哪些编码"),
            Self::ShowCoders => ("Coders shown", "显示哪些编码员"),
            Self::ColorBy => ("What colours stand for", "颜色代表什么"),
            Self::Code => ("Code", "编码"),
            Self::ShowAll => ("Show all", "全部显示"),
            Self::ApplyACode => ("Apply a code…", "应用编码…"),
            Self::InVivo => ("Code with its own words", "以原话编码"),
            Self::NewCodeHere => ("New code here…", "在此新建编码…"),
            Self::MoveToCode => ("Move to another code…", "改为其他编码…"),
            Self::CopyCoding => ("Copy to another code…", "复制到其他编码…"),
            Self::SplitCoding => ("Split at the cursor", "在光标处拆分"),
            Self::JoinCodings => ("Join", "合并"),
            Self::RemoveCoding => ("Remove", "删除"),
            Self::SelectPassage => ("Select its passage", "选中该片段"),
            Self::FitToSelection => ("Fit to the selection", "改为所选范围"),
            Self::SelectSentence => ("Select the sentence", "选中句子"),
            Self::SelectTurn => ("Select the turn", "选中话轮"),
            Self::CopyQuotation => ("Copy with reference", "连同出处复制"),
            Self::ChosenCodings => ("Chosen codings", "选中的编码片段"),
            Self::LetGo => ("Let go", "取消选择"),
            Self::NewCodeCalled => ("New code", "新建编码"),
            Self::Apply => ("Apply", "用于"),
            Self::Not => ("Not", "不用于"),
            Self::NoDocumentOpen => ("Choose a document at the left to read and code it.", "请在左侧选择一份文档来阅读和编码。"),
            Self::Path => ("Path", "路径"),
            Self::Open => ("Open", "打开"),
            Self::Create => ("Create", "创建"),
            Self::Title => ("Title", "标题"),
            Self::Coder => ("Coder", "编码员"),
            Self::WhoCodes => ("Who codes?", "谁在编码？"),
            Self::Memo => ("Memo", "备忘"),
            Self::AddMemo => ("Add memo", "写备忘"),
            Self::WriteHere => ("Write here", "在此书写"),
            Self::NoCase => ("Without case", "未归个案"),
            Self::Case => ("Case", "个案"),
            Self::Parent => ("Belongs to", "属于"),
            Self::AddCase => ("Add case", "添加个案"),
            Self::CaseName => ("Name of the case", "个案名称"),
            Self::NoCases => {
                ("No families or persons yet. Import a sheet, or add the first.", "还没有家庭或个人。请导入表格，或添加第一个。")
            }
            Self::ImportSheet => ("Import sheet…", "导入表格…"),
            Self::Theme => ("Light or dark", "浅色 / 深色"),
            Self::LanguageName => ("中 / EN", "中 / EN"),
            Self::Switch => ("Switch language", "切换语言"),
            Self::Importing => ("Importing", "正在导入"),
            Self::Indexing => ("Indexing", "正在建立索引"),
            Self::Query => ("Search the texts", "检索文本"),
            Self::QueryHint => ("妈妈 OR \"my hand\" phase:baseline", "妈妈 OR \"my hand\" phase:baseline"),
            Self::SearchHint => (
                "Words, “phrases”, prefix*, AND OR NOT, speaker: case: phase: code: and /patterns/. Chinese is found character by character.",
                "可用词语、“短语”、前缀*、AND OR NOT、speaker: case: phase: code: 以及 /正则/。中文逐字检索，不会遗漏。",
            ),
            Self::Words => ("Words", "词语"),
            Self::Literal => ("Literal", "原文"),
            Self::Pattern => ("Pattern", "正则"),
            Self::NoHits => (
                "Nothing found. Try fewer words, a prefix such as confid*, or the other language.",
                "没有找到。可以少用几个词，用前缀（如 confid*），或换一种语言。",
            ),
            Self::AllPhases => ("All phases", "所有阶段"),
            Self::AllCoders => ("All coders", "所有编码员"),
            Self::NotYetCoded => ("Not yet coded", "尚未编码"),
            Self::Families => ("Families", "家庭"),
            Self::Persons => ("Persons", "个人"),
            Self::Phases => ("Phases", "阶段"),
            Self::DocumentsRows => ("Documents", "文档"),
            Self::Speakers => ("Speakers", "说话人"),
            Self::Coders => ("Coders", "编码员"),
            Self::Codings => ("Codings", "编码次数"),
            Self::DocumentsMeasure => ("Documents", "文档数"),
            Self::Characters => ("Characters", "字符数"),
            Self::Share => ("Share of text", "占文本比例"),
            Self::Present => ("Present", "是否出现"),
            Self::Codes => ("Codes", "编码"),
            Self::RollUp => ("Roll up subcodes", "合计下级编码"),
            Self::All => ("All", "合计"),
            Self::WithIt => ("With it", "出现于"),
            Self::ThemesTitle => ("Themes across families", "各家庭的主题"),
            Self::NoCodings => (
                "Nothing is coded yet. Code passages in Read, and they are counted here.",
                "还没有编码。在“阅读”中为片段编码后，这里会显示统计。",
            ),
            Self::WhatIsCounted => ("What is counted?", "统计的是什么？"),
            Self::NoDataFolder => (
                "There is no data folder for the sample project; use `tain demo --dir`.",
                "没有存放示例项目的数据文件夹；请用 tain demo --dir。",
            ),
            Self::JobFailed => ("the job failed; the project is as it was", "后台任务失败；项目保持原样"),
            Self::Portrait => ("Document portrait", "文档概览"),
            Self::CountedRule => (
                "Codings with this code (or its subcodes, where they are rolled up) in documents linked to the row; one coder’s codings of the very same passage count once for a theme. A group record counts for each family in it, but once in the totals.",
                "统计与该行关联的文档中使用此编码（合计时含下级编码）的编码片段；同一编码员对完全相同片段的编码，在同一主题下只计一次。小组记录计入其中每个家庭，但在总计中只计一次。",
            ),
            Self::NoneOfThem => ("None of these", "不属于以上"),
            Self::Shortcuts => {
                ("Enter code · 1–9 keys · Delete remove · Ctrl Z undo", "回车 编码 · 1–9 快捷键 · Delete 删除 · Ctrl Z 撤销")
            }
            Self::PhaseLabel => ("Phase", "阶段"),
        }
    }
}

impl Tongue {
    /// "8 of 12".
    pub(super) fn of(self, with: usize, of: usize) -> String {
        match self {
            Self::English => format!("{with} of {of}"),
            Self::Chinese => format!("{of} 个中 {with} 个"),
        }
    }

    /// "31 documents".
    pub(super) fn n_documents(self, n: usize) -> String {
        self.count(n, ["document", "documents"], "份文档")
    }

    /// "1,204 characters".
    pub(super) fn n_characters(self, n: usize) -> String {
        self.count(n, ["character", "characters"], "个字符")
    }

    /// "63 turns".
    pub(super) fn n_turns(self, n: usize) -> String {
        self.count(n, ["turn", "turns"], "个话轮")
    }

    /// "12 codings".
    pub(super) fn n_codings(self, n: usize) -> String {
        self.count(n, ["coding", "codings"], "处编码")
    }

    /// "9 segments".
    pub(super) fn n_segments(self, n: usize) -> String {
        self.count(n, ["segment", "segments"], "个片段")
    }

    /// "57 hits".
    pub(super) fn n_hits(self, n: usize) -> String {
        self.count(n, ["hit", "hits"], "处命中")
    }

    /// "31 rows".
    pub(super) fn n_rows(self, n: usize) -> String {
        self.count(n, ["row", "rows"], "行")
    }

    /// "3 codes".
    pub(super) fn n_codes(self, n: usize) -> String {
        self.count(n, ["code", "codes"], "个编码")
    }

    /// "2 subcodes".
    pub(super) fn n_subcodes(self, n: usize) -> String {
        self.count(n, ["subcode", "subcodes"], "个下级编码")
    }

    /// "2 memos".
    pub(super) fn n_memos(self, n: usize) -> String {
        self.count(n, ["memo", "memos"], "条备忘")
    }

    /// "1 link".
    pub(super) fn n_links(self, n: usize) -> String {
        self.count(n, ["link", "links"], "条关联")
    }

    /// "3 ticked".
    pub(super) fn n_ticked(self, n: usize) -> String {
        match self {
            Self::English => format!("{} ticked", grouped(n)),
            Self::Chinese => format!("已勾选 {} 个", grouped(n)),
        }
    }

    /// "in 12 documents".
    pub(super) fn in_documents(self, n: usize) -> String {
        match self {
            Self::English => format!("in {}", self.n_documents(n)),
            Self::Chinese => format!("分布于 {}", self.n_documents(n)),
        }
    }

    /// "31 codings in 12 documents".
    pub(super) fn codings_in(self, codings: usize, documents: usize) -> String {
        let between = if self == Self::English { " " } else { "，" };
        format!("{}{between}{}", self.n_codings(codings), self.in_documents(documents))
    }

    /// "8 of 12 families".
    pub(super) fn of_families(self, with: usize, of: usize) -> String {
        match self {
            Self::English => format!("{with} of {}", self.n_families(of)),
            Self::Chinese => format!("{of} 个家庭中有 {with} 个"),
        }
    }

    /// "12 codings, 5 of them its own".
    pub(super) fn own_of_all(self, own: usize, all: usize) -> String {
        match self {
            _ if own == all => self.n_codings(all),
            Self::English => format!("{}, {} of them its own", self.n_codings(all), grouped(own)),
            Self::Chinese => format!("{}，其中本编码 {}", self.n_codings(all), grouped(own)),
        }
    }

    /// "Merge Belonging into…".
    pub(super) fn merge_title(self, codes: &str) -> String {
        match self {
            Self::English => format!("Merge {codes} into…"),
            Self::Chinese => format!("将“{codes}”合并到…"),
        }
    }

    /// "Belonging becomes Needs".
    pub(super) fn merge_sentence(self, goes: &str, stays: &str) -> String {
        match self {
            Self::English => format!("{goes} → {stays}: this comes together"),
            Self::Chinese => format!("{goes} → {stays}：将合并以下内容"),
        }
    }

    /// "Recode 3 codings".
    pub(super) fn recode_title(self, n: usize) -> String {
        match self {
            Self::English => format!("Another code for {}", self.n_codings(n)),
            Self::Chinese => format!("为 {} 更换编码", self.n_codings(n)),
        }
    }

    /// "Split 3 codings off Belonging".
    pub(super) fn split_title(self, n: usize, code: &str) -> String {
        match self {
            Self::English => format!("Split {} off {code}", self.n_codings(n)),
            Self::Chinese => format!("从“{code}”拆分 {}", self.n_codings(n)),
        }
    }

    /// "Remove Belonging?".
    pub(super) fn remove_title(self, codes: &str) -> String {
        match self {
            Self::English => format!("Remove {codes}?"),
            Self::Chinese => format!("删除“{codes}”？"),
        }
    }

    /// "Along go 2 subcodes, 31 codings in 12 documents and 1 memo."
    pub(super) fn goes_along(self, things: &[String]) -> String {
        match (self, things) {
            (Self::English, [others @ .., last]) if !others.is_empty() => format!("Along go {} and {last}.", others.join(", ")),
            (Self::English, _) => format!("Along go {}.", things.join(", ")),
            (Self::Chinese, _) => format!("将一并删除：{}。", things.join("、")),
        }
    }

    /// "8 families".
    pub(super) fn n_families(self, n: usize) -> String {
        self.count(n, ["family", "families"], "个家庭")
    }

    fn count(self, n: usize, english: [&str; 2], chinese: &str) -> String {
        match self {
            Self::English => format!("{} {}", grouped(n), english[usize::from(n != 1)]),
            Self::Chinese => format!("{} {chinese}", grouped(n)),
        }
    }

    /// "12 codings by An".
    pub(super) fn codings_by(self, n: usize, coder: &str) -> String {
        match self {
            Self::English => format!("{} by {coder}", self.n_codings(n)),
            Self::Chinese => format!("{coder} {n} 处编码"),
        }
    }

    /// "36 % of text coded".
    pub(super) fn share_coded(self, percent: u32) -> String {
        match self {
            Self::English => format!("{percent} % of text coded"),
            Self::Chinese => format!("已编码 {percent} % 的文本"),
        }
    }

    /// The stable name of an action, as people say it.
    pub(super) fn action(self, name: &str) -> String {
        if self == Self::English {
            return name.to_owned();
        }
        let chinese = ACTIONS.iter().find(|(english, _)| *english == name).map(|(_, chinese)| *chinese);
        chinese.unwrap_or(name).to_owned()
    }
}

/// Names of actions in Chinese.
const ACTIONS: &[(&str, &str)] = &[
    ("found project", "新建项目"),
    ("set title", "修改标题"),
    ("add coder", "添加编码员"),
    ("add phase", "添加阶段"),
    ("import documents", "导入文档"),
    ("import document sheet", "导入文档表"),
    ("import cases", "导入个案表"),
    ("import codebook", "导入编码本"),
    ("import codings", "导入编码"),
    ("remove documents", "删除文档"),
    ("rename document", "重命名文档"),
    ("set phase of document", "设置文档阶段"),
    ("link document to case", "关联文档与个案"),
    ("link speaker to person", "关联说话人"),
    ("correct text", "更正文本"),
    ("add code", "添加编码"),
    ("edit code", "编辑编码"),
    ("move code", "移动编码"),
    ("remove code", "删除编码"),
    ("recolour code", "更改编码颜色"),
    ("sort codes", "排序编码"),
    ("merge codes", "合并编码"),
    ("split code", "拆分编码"),
    ("apply code", "应用编码"),
    ("apply codes", "应用多个编码"),
    ("copy coding", "复制编码片段"),
    ("split coding", "拆分编码片段"),
    ("join codings", "合并编码片段"),
    ("apply new code", "应用新编码"),
    ("remove coding", "删除编码片段"),
    ("move coding", "调整编码片段"),
    ("change code of coding", "更换编码"),
    ("set facet", "设置维度"),
    ("add case", "添加个案"),
    ("edit case", "编辑个案"),
    ("remove case", "删除个案"),
    ("add attribute", "添加属性"),
    ("set value", "设置属性值"),
    ("write memo", "写备忘"),
    ("edit memo", "编辑备忘"),
    ("remove memo", "删除备忘"),
    ("move phase", "移动阶段"),
    ("rename phase", "重命名阶段"),
    ("remove phase", "删除阶段"),
    ("rename coder", "重命名编码员"),
    ("remove coder", "删除编码员"),
    ("edit attribute", "编辑属性"),
    ("remove attribute", "删除属性"),
    ("add link", "添加关联"),
    ("remove link", "删除关联"),
    ("rename speaker", "重命名说话人"),
    ("set role of speaker", "设置说话人角色"),
    ("correct turn", "更正话轮"),
    ("set description", "修改说明"),
    ("set language", "设置语言"),
];

/// A number with its thousands set off.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_agree() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(Tongue::English.n_turns(1), "1 turn");
        assert_eq!(Tongue::English.n_codings(1204), "1,204 codings");
        assert_eq!(Tongue::Chinese.of(9, 12), "12 个中 9 个");
    }
}
