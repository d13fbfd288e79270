//! Words that labels are told by: who asks, who answers, what is a note, a sound or the beginning of a sentence.
//!
//! Folded, in both languages, with Traditional characters and a few words of other languages that our users' archives
//! have. What is in none of the lists is judged by its shape.

/// Those who ask, whatever else they are.
#[rustfmt::skip]
pub(super) const ASKERS: &[&str] = &[
    "interviewer", "int", "iv", "i", "researcher", "moderator", "mod", "facilitator", "fac", "q", "question",
    "host", "chair", "investigator", "experimenter", "enquêtrice", "enquêteur", "entrevistador", "entrevistadora", "interviewerin",
    "интервьюер", "면담자", "访谈者", "访谈员", "访谈人", "采访者", "采访人", "采访员", "记者", "问",
    "主持人", "主持", "研究者", "研究员", "研究人员", "提问者", "提问人", "调查员", "调查者", "督导员",
    "实验者", "主试", "笔者", "访问者", "访问员", "访员", "带领者", "协作者", "引导者", "聞き手", "訪談者", "訪談員", "訪談人",
    "採訪者", "採訪人", "採訪員", "記者", "問", "訪問者", "訪員", "帶領者", "協作者", "引導者", "研究員",
    "實驗者", "主試", "筆者",
];

/// Those who ask unless somebody else is there to ask.
#[rustfmt::skip]
pub(super) const SOMETIMES_ASKERS: &[&str] = &[
    "social worker", "sw", "worker", "teacher", "coach", "trainer", "therapist", "counsellor", "counselor",
    "leader", "clinician", "examiner", "tester", "tutor", "t", "社工", "社工员", "社会工作者", "老师", "老師", "教师", "教師", "辅导员", "輔導員",
    "咨询师", "諮商師", "组长",
];

/// Those who answer, and people in a family, a school and a neighbourhood.
#[rustfmt::skip]
pub(super) const ANSWERERS: &[&str] = &[
    "a", "r", "p", "b", "answer", "respondent", "resp", "participant", "interviewee", "informant", "narrator",
    "subject", "patient", "client", "student", "pupil", "speaker", "spk", "voice", "guest", "member",
    "resident", "neighbour", "neighbor", "visitor", "child", "boy", "girl", "kid", "baby", "son", "daughter",
    "brother", "sister", "sibling", "cousin", "mother", "father", "mum", "mom", "mummy", "mommy", "dad",
    "daddy", "parent", "carer", "caregiver", "guardian", "gran", "granny", "grandma", "grandpa", "grandad",
    "granddad", "grandmother", "grandfather", "grandparent", "aunt", "auntie", "uncle", "wife", "husband",
    "partner", "friend", "nurse", "doctor", "dr", "principal", "head teacher", "volunteer", "observer",
    "translator", "interpreter", "unknown", "unidentified", "all", "several", "everyone", "group", "others",
    "man", "woman", "male", "female", "мать", "mère", "père", "mutter", "vater", "kind", "madre", "padre",
    "어머니", "答", "受访者", "受访人", "被访者", "被访人", "访谈对象", "说话人", "发言人", "讲话人", "讲者",
    "参与者", "组员", "成员", "学员", "学生", "同学", "案主", "服务对象", "来访者", "居民", "邻居", "保安",
    "志愿者", "义工", "观察员", "记录员", "翻译", "众人", "大家", "全体", "齐声", "未知", "妈妈", "妈",
    "母亲", "爸爸", "爸", "父亲", "家长", "监护人", "照顾者", "奶奶", "爷爷", "外婆", "外公", "姥姥", "姥爷",
    "祖母", "祖父", "阿婆", "阿公", "姑姑", "姑妈", "姨妈", "阿姨", "叔叔", "伯伯", "舅舅", "舅妈", "婶婶",
    "哥哥", "弟弟", "姐姐", "妹妹", "孩子", "小孩", "儿子", "女儿", "孙子", "孙女", "外孙", "女生", "男生",
    "女士", "先生", "小姐", "师傅", "主任", "书记", "校长", "班主任", "医生", "护士", "工作人员", "大妈",
    "大爷", "大姐", "大哥", "孃孃", "嬢嬢", "婆婆", "朋友", "丈夫", "妻子", "受訪者", "受訪人", "被訪者",
    "被訪人", "說話人", "發言人", "講者", "參與者", "組員", "成員", "學員", "學生", "同學", "來訪者", "鄰居",
    "志工", "義工", "媽媽", "媽", "母親", "父親", "家長", "照顧者", "爺爺", "姑媽", "姨媽", "嬸嬸", "孫子",
    "孫女", "兒子", "女兒", "師傅", "醫生", "護士", "主席", "委員",
];

/// Heads of records and notes, which have the layout of a label and name no speaker.
#[rustfmt::skip]
pub(super) const NOTES: &[&str] = &[
    "legend", "key", "abbreviations", "图例", "缩写", "interview", "family", "phase", "note", "notes", "nb",
    "date", "place", "present", "title", "time", "times", "duration", "length", "location", "venue",
    "setting", "topic", "subject matter", "participants", "attendees", "attendance", "apologies", "agenda",
    "recording", "recorded", "file", "project", "id", "code", "codes", "language", "age", "sex", "gender",
    "transcript", "transcription", "transcribed by", "transcribed", "transcriber", "interview transcript",
    "interview date", "interview number", "interview no", "interviewed by", "date of interview",
    "place of interview", "date of birth", "summary", "keywords", "summary keywords", "speakers",
    "background", "abstract", "source", "sources", "version", "page", "part", "session", "section", "track",
    "tape", "chapter", "appendix", "table", "figure", "break", "conclusion", "introduction", "observation",
    "observations", "field notes", "memo", "comment", "comments", "remark", "example", "for example",
    "result", "results", "reason", "question 1", "instructions", "warning", "edited", "url", "link", "tel",
    "phone", "email", "e-mail", "http", "https", "total", "address", "name", "注", "注释", "备注", "说明",
    "日期", "时间", "地点", "时长", "录音时长", "访谈时长", "主题", "题目", "标题", "访谈日期", "访谈时间",
    "访谈地点", "访谈方式", "访谈主题", "访谈记录", "访谈编号", "编号", "编码", "录音", "录音编号",
    "录音文件", "转录", "转录人", "转写", "转写人", "整理人", "记录人", "记录", "出席", "列席", "缺席",
    "出席人员", "列席人员", "缺席人员", "参加人员", "参会人员", "与会人员", "讨论事项", "决议", "议程",
    "会议时间", "会议地点", "会议主题", "背景", "摘要", "关键词", "附件", "附录", "来源", "性别", "年龄",
    "职业", "家庭情况", "基本情况", "基本信息", "受访者信息", "受访者编号", "姓名", "目的", "活动目标",
    "活动时间", "活动地点", "观察", "小结", "总结", "结果", "原因", "问题", "例子", "注意", "优点", "缺点",
    "内容", "備註", "說明", "時間", "地點", "時長", "錄音時長", "訪談日期", "訪談時間", "訪談地點", "主題",
    "題目", "標題", "記錄", "紀錄", "出席人員", "列席人員", "缺席人員", "參加人員", "討論事項", "決議",
    "議程", "會議時間", "會議地點", "編號", "錄音", "轉錄", "記錄人", "紀錄人", "單位", "备考", "電話",
    "地址", "网址", "網址", "關鍵詞", "附錄", "性別", "年齡",
];

/// Sounds, pauses and ways of speaking, which stand in brackets and are nobody.
#[rustfmt::skip]
pub(super) const CUES: &[&str] = &[
    "pause", "pauses", "paused", "silence", "silent", "laugh", "laughs", "laughing", "laughter", "chuckle",
    "chuckles", "chuckling", "giggles", "giggling", "smile", "smiles", "smiling", "cry", "cries", "crying",
    "sob", "sobs", "sobbing", "tears", "sigh", "sighs", "sighing", "cough", "coughs", "coughing", "sniffs",
    "yawns", "nod", "nods", "nodding", "shrugs", "shrug", "whisper", "whispers", "whispering", "quietly",
    "softly", "loudly", "slowly", "angrily", "quiet", "inaudible", "unclear", "unintelligible", "indistinct",
    "crosstalk", "cross-talk", "overlap", "overlapping", "interruption", "interrupts", "interrupting",
    "noise", "noises", "background noise", "music", "applause", "phone", "telephone", "bell", "rings",
    "ringing", "door", "knock", "knocks", "recording", "tape", "break", "ends", "begins", "starts", "stops",
    "sound", "sounds", "singing", "sings", "reads", "reading", "thinking", "hesitates", "hesitating",
    "emphasis", "sic", "points", "pointing", "gestures", "off", "aside", "translated", "dialect", "turns",
    "looks", "looking", "停顿", "暂停", "沉默", "静默", "安静", "笑", "大笑", "苦笑", "微笑", "哭", "哭泣",
    "流泪", "哽咽", "叹气", "叹息", "咳嗽", "点头", "摇头", "低头", "小声", "大声", "低声", "轻声", "激动",
    "犹豫", "思考", "想了想", "听不清", "不清楚", "听不清楚", "无法辨认", "模糊", "插话", "打断", "重叠",
    "同时", "噪音", "杂音", "音乐", "掌声", "鼓掌", "电话", "手机", "铃声", "铃响", "敲门", "开门", "录音",
    "中断", "结束", "开始", "背景", "方言", "指着", "看着", "转向", "对孩子", "对妈妈", "停頓", "暫停",
    "沈默", "靜默", "嘆氣", "點頭", "搖頭", "聽不清", "電話", "鈴聲", "錄音", "開門", "雜音",
];

/// Words that begin sentences rather than names.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "i", "you", "he", "she", "it", "we", "they", "my", "your", "his", "her", "our", "their", "this", "that",
    "these", "those", "there", "here", "what", "when", "where", "why", "how", "who", "which", "if", "because",
    "so", "but", "and", "or", "then", "now", "well", "yes", "no", "ok", "okay", "not", "like", "at", "in",
    "on", "of", "for", "from", "to", "with", "by", "as", "the", "a", "an", "first", "second", "third",
    "firstly", "secondly", "finally", "also", "again", "always", "never", "sometimes", "maybe", "perhaps",
    "actually", "basically", "anyway", "once", "after", "before", "while", "one", "two", "three", "only",
    "just", "even", "still", "today", "yesterday", "tomorrow", "people", "everything", "nothing", "something",
    "somebody", "someone", "nobody", "let", "see", "look", "say", "think", "thank", "thanks", "please",
    "sorry", "oh", "um", "uh", "hm", "mm", "more", "most", "another", "each", "every", "some", "any",
    "all right", "do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "can", "could",
    "will", "would", "should", "may", "might", "must",
];

/// Chinese words that begin sentences rather than names.
#[rustfmt::skip]
pub(super) const CHINESE_OPENERS: &[&str] = &[
    "我", "你", "他", "她", "它", "咱", "这", "那", "在", "是", "有", "没", "不", "就", "都", "也", "还",
    "又", "很", "最", "比如", "例如", "譬如", "首先", "其次", "然后", "最后", "第一", "第二", "第三", "一是",
    "二是", "三是", "总之", "因为", "所以", "但是", "不过", "如果", "而且", "或者", "以及", "其实", "可能",
    "应该", "觉得", "感觉", "反正", "结果是", "原因是", "问题是", "意思", "等于", "包括", "从", "对", "对于",
    "关于", "根据", "按照", "为了", "把", "被", "给", "让", "叫", "跟", "和", "与", "当", "這", "沒", "還",
    "因為", "雖然", "虽然", "而", "每", "一个", "一种", "两个", "几个", "很多", "有些", "有的", "今天",
    "昨天", "明天", "以前", "以后", "现在", "后来", "当时", "平时", "有时",
];

/// Words in lower case within names.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "de", "da", "di", "do", "dos", "del", "della", "van", "von", "der", "den", "la", "le", "el", "al", "bin",
    "ibn", "of", "the", "and", "und", "et", "y", "e", "i", "for", "to", "from", "du",
];

/// Words that end the beginning of a sentence, as in `She said: …`, rather than a name.
#[rustfmt::skip]
pub(super) const SPEECH_VERBS: &[&str] = &[
    "said", "says", "say", "asked", "asks", "ask", "told", "tells", "replied", "thought", "thinks", "think",
    "answered", "shouted", "wrote", "writes", "was", "is", "are", "were", "like", "know", "means", "mean",
    "that", "this", "example", "following", "see", "school", "home",
];

/// Characters that end the beginning of a sentence, as in `老师说：…`, rather than a name.
#[rustfmt::skip]
pub(super) const VERB_ENDS: &[char] = &[
    '说', '說', '道', '讲', '講', '想', '喊', '骂', '罵', '问', '問', '是', '了', '着', '著', '过', '過',
    '的', '到', '看', '写', '寫', '如', '下', '里', '裡', '中', '时', '時', '候',
];

/// Characters that stand in sentences and hardly in names.
#[rustfmt::skip]
pub(super) const IN_SENTENCES: &[char] = &[
    '我', '你', '他', '她', '它', '们', '這', '这', '那', '是', '不', '没', '沒', '就', '都', '也', '很',
    '说', '說', '了', '着', '吗', '呢', '吧', '啊', '被', '把', '让', '给', '会', '要', '能', '到', '去',
    '来',
];
