//! Words by which Chinese names are recognised: surnames, titles, words of kinship, and what introduces a name.

/// Surnames of one character, the frequent ones and those of public life, in no order.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌常赖洪毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";
/// Surnames of several characters.
#[rustfmt::skip]
pub(super) const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方", "独孤", "长孙", "宇文", "端木",
    "轩辕", "南宫", "百里", "呼延", "澹台", "淳于", "太史", "申屠", "钟离", "闾丘", "张简", "范姜",
];
/// Surnames that are mostly other words, so that one alone before a title may be that word.
const AMBIGUOUS: &str = "向于从时常都成连应全和万年水双干来有明安单任何方平高国强海花门相初公那但由利居元信展阿区官师原满位盘伊管解计原时查游闻谈练支容敬修况印战智幸富路农文武";

/// Titles and forms of address that follow a name, longest first where one contains another.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "委员兼召集人", "执行秘书", "班主任", "副主席", "副主任", "副校长", "副院长", "副局长", "副处长", "副部长", "理事长",
    "董事长", "秘书长", "护理师", "护士长", "治疗师", "咨询师", "心理师", "社工师", "督导员", "村支书", "辅导员", "指导员",
    "检察官", "副教授", "总经理", "委员", "主席", "院长", "部长", "厅长", "次长", "处长", "里长", "县长", "市长", "省长", "镇长",
    "乡长", "区长", "村长", "组长", "队长", "班长", "科长", "局长", "署长", "司长", "园长", "校长", "所长", "站长", "馆长", "店长",
    "厂长", "立委", "议员", "总统", "总理", "主任", "教授", "博士", "律师", "法官", "警官", "警员", "老师", "导师", "教练", "师傅",
    "大夫", "医生", "医师", "护士", "护工", "书记", "会长", "干事", "社工", "督导", "秘书", "经理", "老板", "总监", "助理", "同学",
    "同志", "先生", "小姐", "太太", "夫人", "女士", "奶奶", "爷爷", "婆婆", "公公", "外婆", "外公", "阿姨", "叔叔", "伯伯", "伯母",
    "婶婶", "大爷", "大妈", "大娘", "大婶", "大伯", "大叔", "大哥", "大姐", "嫂子", "姐姐", "哥哥", "妹妹", "弟弟", "妈妈", "爸爸",
    "姑姑", "姑娘", "舅舅", "姥姥", "姥爷", "娘娘", "娭毑", "老太", "老师傅", "阿婆", "阿公", "阿嬷", "阿伯", "妈",
    "爸", "姐", "哥", "叔", "姨", "婶", "嫂", "伯", "婆", "爷", "奶", "姑", "董", "总", "导", "工", "局", "处", "队", "所",
];
/// Titles of one character that are parts of many words; they count only where the tagger sees a name.
#[rustfmt::skip]
pub(super) const SHORT_TITLES: &[&str] = &[
    "董", "总", "导", "工", "局", "处", "队", "所", "婆", "爷", "奶", "姑", "妈", "爸", "伯",
];
/// Words of kinship that follow a given name without being a part of it: 明明妈妈 is the mother of 明明.
#[rustfmt::skip]
pub(super) const RELATIVES: &[&str] = &[
    "妈妈", "爸爸", "妈", "爸", "奶奶", "爷爷", "外婆", "外公", "姥姥", "姥爷", "姐姐", "哥哥", "妹妹", "弟弟", "姑姑", "舅舅", "同学",
    "家长", "阿嬷", "阿公",
];

/// Words for relatives and acquaintances, after which a name can stand.
#[rustfmt::skip]
pub(super) const KIN: &[&str] = &[
    "外孙女", "外孙", "孙子", "孙女", "儿子", "女儿", "闺女", "弟弟", "妹妹", "哥哥", "姐姐", "表弟", "表妹", "表哥", "表姐", "堂弟",
    "堂妹", "堂哥", "堂姐", "侄子", "侄女", "外甥", "外甥女", "老公", "老婆", "丈夫", "妻子", "同桌", "同学", "朋友", "闺蜜", "室友",
    "邻居", "同事", "女婿", "儿媳", "老师", "社工", "志愿者", "护工", "班长", "大孙子", "小孙子", "老大", "老二", "老三", "小儿子",
    "大儿子", "小女儿", "大女儿",
];

/// What introduces a nickname or another particular name; any short word may follow.
#[rustfmt::skip]
pub(super) const NICKNAME_CUES: &[&str] = &[
    "小名儿叫", "小名叫", "小名是", "小名", "乳名叫", "乳名", "外号叫", "外号是", "外号", "绰号叫", "绰号是", "绰号", "昵称叫",
    "昵称是", "网名叫", "网名是", "网名", "花名叫", "花名", "大名叫", "大名是", "大名", "本名叫", "本名是", "本名", "真名叫",
    "真名是", "真名", "全名叫", "全名是", "全名", "单名一个", "单名", "原名叫", "原名", "名字叫", "名字是", "名叫", "艺名叫", "艺名",
];
/// What can be called by a name, before 叫.
#[rustfmt::skip]
pub(super) const CALLED: &[&str] = &[
    "我", "他", "她", "你", "的", "人", "家", "儿", "子", "女", "弟", "妹", "哥", "姐", "友", "桌", "学", "师", "孩", "娃", "伢", "者", "员",
    "狗", "生", "就", "也", "都", "是", "个", "位",
];

/// What follows a subject, so that an ordinary word before it may be somebody's name.
#[rustfmt::skip]
pub(super) const AFTER_SUBJECT: &[&str] = &[
    "是", "说", "讲", "问", "答", "笑", "哭", "喊", "叫", "也", "都", "就", "才", "还", "又", "把", "被", "给", "跟", "和", "同", "对", "比",
    "在", "去", "来", "从", "让", "他", "她", "那天", "那次", "那年", "这个", "那个", "这孩子", "那孩子", "上", "今年", "去年", "昨天",
    "今天", "明天", "最", "很", "不", "没", "要", "会", "能", "想", "有", "家", "妈", "爸", "奶奶", "爷爷", "外婆", "外公", "老师", "同学",
    "哥", "姐", "弟", "妹", "嘛", "呢", "啊", "呀", "吧", "、", "，", "：", "的妈", "的爸", "的作", "的书", "的手", "的家", "的奶", "的爷",
    "的老", "发烧", "生病", "住", "常", "总", "一", "已", "刚", "正",
];
/// What stands before a thing, and before no name.
#[rustfmt::skip]
pub(super) const BEFORE_THING: &[&str] = &[
    "块", "些", "多", "个", "颗", "堆", "粒", "片", "朵", "条", "只", "头", "把", "种", "点", "很", "太", "真", "更", "不", "挺", "好", "非常",
    "特别", "的", "地", "得", "大", "小", "有", "没有", "没", "无", "着", "满", "像", "是", "为",
];
/// What follows a thing and no name.
#[rustfmt::skip]
pub(super) const AFTER_THING: &[&str] = &[
    "一样", "一般", "似的", "里", "上面", "下面", "旁边", "头", "子", "们", "路", "堆", "了", "得", "着", "地", "极了", "起来", "不",
];

/// Words that look like nicknames of 小, 老, 阿, 大 and a surname, and are none.
#[rustfmt::skip]
pub(super) const NO_NICKNAMES: &[&str] = &[
    "小时", "小于", "小方", "小白", "小车", "小米", "小路", "小段", "小年", "小金", "小花", "小毛", "小康", "小冷", "小安", "小雨",
    "小雪", "小学", "小说", "小孩", "小心", "小区", "小组", "小费", "小麦", "小龙", "小马", "小牛", "小江", "小黄", "小石", "小平",
    "小计", "小海", "小官", "小单", "小节", "小满", "小寒", "小暑", "小门", "小游", "小楼", "小包", "小鹿", "小羊", "小国", "小史",
    "小丁", "小童", "小管", "小区", "小祖", "老师", "老板", "老家", "老路", "老年", "老宗", "老祖", "老师", "老干", "老区", "老相",
    "老门", "老房", "老成", "老式", "老是", "老太", "老人", "老爷", "老婆", "老公", "老楼", "老居", "老底", "老花", "老权", "老本",
    "老师", "大方", "大白", "大于", "大江", "大海", "大米", "大门", "大路", "大和", "大都", "大和", "大师", "大连", "大全", "大满",
    "大包", "大马", "大石", "大雷", "大同", "大国", "大官", "大使", "大寒", "大雪", "大花", "大区", "大牛", "大田", "大庞", "大盘",
    "大楼", "大段", "大管", "大单", "大哈", "大利", "大平", "大公", "大元", "大信", "大温", "大干", "大龙", "大黄", "大祖", "大陆",
    "大夏", "大唐", "大宋", "大明", "大元", "大汉", "大金", "大叶", "大文", "大武", "大车", "大伍", "大洋", "阿姨", "阿哥", "阿婆",
    "阿公", "阿妈", "阿爸", "阿爹", "阿伯", "阿嫂", "阿妹", "阿姐", "阿弟", "阿嬷", "阿爷", "阿娘", "阿叔", "阿婶", "阿舅", "阿姑",
    "阿们", "阿拉", "阿斗", "阿飞", "阿里", "阿门", "阿胶",
];

/// Characters of foreign names written by their sound.
pub(super) const SOUNDS: &str = "阿埃艾爱安奥巴白拜班保鲍贝本比彼毕博伯勃布查达戴丹道德登迪蒂丁杜多顿厄恩尔法菲费芬佛弗夫福盖甘冈高戈哥格根古瓜哈海汉豪赫亨华怀霍基吉加贾杰金卡凯坎康柯科克肯孔库夸奎拉莱兰朗劳勒雷蕾黎里理利莉丽丝莲林琳留龙卢鲁露伦罗洛马玛麦迈曼梅门蒙米密敏明摩莫姆穆纳娜内妮尼涅宁纽农努诺欧帕潘庞佩彭皮平普齐奇恰乔琼让热仁日荣茹瑞萨塞赛桑森沙莎山尚舍圣施史舒斯丝苏索塔泰坦汤唐特提汀图托瓦万旺威韦维卫温文翁沃乌伍武西希席夏香肖谢辛雄休修徐雅亚扬耶叶伊依因英尤于约泽扎詹珍朱佐儿";

/// Countries, regions and others that many people share, and no place of anybody's.
#[rustfmt::skip]
pub(super) const SHARED_PLACES: &[&str] = &[
    "中国", "大陆", "台湾", "香港", "澳门", "美国", "英国", "法国", "德国", "日本", "韩国", "印度", "越南", "泰国", "菲律宾", "印尼",
    "马来西亚", "新加坡", "加拿大", "澳大利亚", "澳洲", "新西兰", "俄罗斯", "欧洲", "亚洲", "非洲", "美洲", "北京", "上海", "天津",
    "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东",
    "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏", "新疆", "国家", "全国", "国内", "国外",
    "世界", "地球", "城市", "农村", "乡下", "城里", "村里", "县里", "市里", "省里", "镇上", "家乡", "老家", "东部", "西部", "南方",
    "北方", "西方", "东方", "外国", "本地", "外地", "当地", "全球", "中华", "中华民国", "中华人民共和国", "东南亚", "外省", "南部",
    "北部", "中部", "社区", "小区", "学校", "医院",
];
/// What ends the name of a school.
#[rustfmt::skip]
pub(super) const SCHOOL_ENDS: &[&str] = &[
    "实验小学", "中心小学", "幼儿园", "高级中学", "职业学校", "特殊教育学校", "培训学校", "小学", "中学", "高中", "初中", "国小",
    "国中", "职中", "职高", "大学", "学院", "学校", "附小", "附中",
];
/// What ends the name of another organisation.
#[rustfmt::skip]
pub(super) const ORGANISATION_ENDS: &[&str] = &[
    "服务中心", "服务站", "社工站", "工作站", "居委会", "村委会", "派出所", "卫生院", "福利院", "养老院", "医院", "诊所", "公司",
    "集团", "中心", "协会", "基金会", "事务所", "工厂", "饭店", "餐馆", "超市", "银行", "法院", "教会", "寺",
];
/// What ends the name of a place.
#[rustfmt::skip]
pub(super) const PLACE_ENDS: &[&str] = &[
    "自治区", "开发区", "家属院", "街道", "小区", "新村", "社区", "公园", "广场", "花园", "大道", "大街", "胡同", "自治州", "村", "县",
    "市", "区", "镇", "乡", "街", "路", "巷", "弄", "里", "屯", "庄", "寨", "坪", "湾", "桥", "苑", "园", "山", "河", "江", "湖", "岛",
];

/// The surname that a name begins with, by its length; zero if there is none.
pub(super) fn surname_len(name: &[char]) -> usize {
    let compound = COMPOUND_SURNAMES.iter().find(|surname| {
        surname.chars().count() <= name.len() && surname.chars().zip(name).all(|(a, b)| a == *b)
    });
    match (compound, name.first()) {
        (Some(surname), _) => surname.chars().count(),
        (None, Some(c)) if is_surname(*c) => 1,
        _ => 0,
    }
}

/// How many surnames are frequent: the first ones of the list.
const FREQUENT: usize = 190;
/// Surnames that are also measures, colours and other words in daily use, so that the tagger mistakes things for names.
const WORDY: &str = "张班毛黄白金银红莫石花马牛羊龙包车钱米冷高江海田水林叶云路方条盘桂麦";
/// Surnames that are prepositions, pronouns and the like, which stand before titles in their own right: 向老师 is "to the teacher".
const GRAMMATICAL: &str = "向于从时常都成连应全和来有对由但若明原任单双官那公师利平国解计位满盘";
/// What things end in, and given names don't.
const THING_ENDS: &str =
    "子头球图纸布饼面皮桌床票卡表片条脸嘴机学室车门店水油菜饭钱话事儿线书本包袋";
/// What follows 小 in a nickname though it is no surname.
const LOOKS: &str = "胖瘦黑壮虎豆宝贝猴鱼兔熊猫鹏刚强伟军杰";

/// Returns true for words that double a character and are hardly ever nicknames.
pub(super) fn is_adverb(name: &[char]) -> bool {
    const WORDS: &[&str] = &[
        "天天", "年年", "月月", "日日", "明明", "星星", "花花", "红红", "云云", "岁岁", "远远",
        "平平", "新新", "安安",
    ];
    let text: String = name.iter().collect();
    WORDS.contains(&text.as_str())
}

/// Returns true if a surname stands before titles as another word.
pub(super) fn is_grammatical(c: char) -> bool {
    GRAMMATICAL.contains(c)
}

/// Returns true if what follows a surname is the name of a thing.
pub(super) fn ends_as_thing(given: &[char]) -> bool {
    given.last().is_some_and(|c| THING_ENDS.contains(*c))
}

/// Returns true if a character says how somebody looks, as in 小胖.
pub(super) fn is_look(c: char) -> bool {
    LOOKS.contains(c)
}

/// Characters that given names are often made of.
#[rustfmt::skip]
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鹏辉玲飞琳雪浩宇轩欣怡佳慧婷倩颖莹萍建国志文斌波鑫凯俊峰亮成东海燕春兵健林子晨阳琪思雨涵梓豪博瑞嘉睿晓小云凤珍莲淑芬惠美雅君德福贵荣庆祥生义信仁忠胜利民新永泰安康宁乐悦然若诗语梦洁圆星月航远哲翔昊泽铭昌龙虎金银根水花菊香巧翠彩素芝蓉薇蕾蓓珊瑶瑾璐璇媛娇妍妮婉婕";
/// Names that stand for anybody.
#[rustfmt::skip]
pub(super) const ANYBODY: &[&str] = &[
    "张三", "李四", "王五", "赵六", "张三李四", "王二麻子", "雷锋", "毛泽东", "邓小平", "孔子", "鲁迅", "孟子",
];

/// Returns true if a surname is among the frequent ones.
pub(super) fn is_frequent(c: char) -> bool {
    SURNAMES.chars().take(FREQUENT).any(|own| own == c)
}

/// Returns true if a surname is also a word of daily use.
pub(super) fn is_wordy(c: char) -> bool {
    WORDY.contains(c) || is_ambiguous(c)
}

/// Returns true if a given name is made of characters that are often used for it.
pub(super) fn looks_given(name: &[char]) -> bool {
    !name.is_empty() && name.iter().all(|c| GIVEN.contains(*c))
}

/// Returns true if a character is a surname.
pub(super) fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// Returns true if a surname is mostly another word.
pub(super) fn is_ambiguous(c: char) -> bool {
    AMBIGUOUS.contains(c)
}

/// Returns true if all characters are ones that foreign names are written with.
pub(super) fn sounds_foreign(name: &[char]) -> bool {
    name.len() >= 2 && name.iter().all(|c| *c == '·' || SOUNDS.contains(*c))
}
