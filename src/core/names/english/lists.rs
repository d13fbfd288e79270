//! Words by which English names are recognised, and capitals that are none.

use std::sync::LazyLock;

/// Ordinary words in small letters, one in a line, sorted.
const WORDS: &str = include_str!("../../../../assets/names/english-words.txt");
/// Given names, one in a line, sorted.
const GIVEN: &str = include_str!("../../../../assets/names/given-names.txt");

static WORD_LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| WORDS.lines().collect());
static GIVEN_LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| GIVEN.lines().collect());

/// Returns true for an ordinary word, in small letters.
pub(super) fn is_word(word: &str) -> bool {
    WORD_LINES.binary_search(&word).is_ok() || SPOKEN.contains(&word)
}

/// Returns true for a given name, in small letters.
pub(super) fn is_given(word: &str) -> bool {
    GIVEN_LINES.binary_search(&word).is_ok() || MORE_GIVEN.contains(&word)
}

/// Short forms and names of other languages that the list of given names lacks.
#[rustfmt::skip]
const MORE_GIVEN: &[&str] = &[
    "ollie", "alfie", "archie", "finley", "callum", "kieran", "aoife", "niamh", "siobhan", "sinead", "rhys", "gareth", "nigel", "graham", "hamish", "fergus", "ewan",
    "euan", "isla", "freya", "poppy", "imogen", "gemma", "nicola", "fiona", "mohammed", "mohamed", "muhammad", "ahmed", "aisha", "fatima", "zainab", "priya", "anjali",
    "arjun", "ravi", "sanjay", "chidi", "ngozi", "amara", "kwame", "olu", "tunde", "femi", "wei", "ming", "xiao", "li", "hui", "jing", "mei", "yusuf", "omar", "ali",
    "hassan", "ibrahim", "khadija", "leila", "zara", "kofi", "ama", "tom", "tommo", "gaz", "baz", "shaz", "dev", "tam",
];

/// Words of talk that dictionaries lack, which open sentences with a capital.
#[rustfmt::skip]
const SPOKEN: &[&str] = &[
    "yeah", "yep", "yup", "nah", "nope", "aye", "oi", "erm", "er", "um", "umm", "uh", "hmm", "mm", "mmm", "mhm", "hm", "oh", "ooh", "aw", "aww", "ah", "ahh", "eh", "ha",
    "haha", "hiya", "hi", "ta", "cos", "coz", "cuz", "innit", "gonna", "wanna", "gotta", "dunno", "kinda", "sorta", "lemme", "gimme", "whatcha", "ok", "okay", "wow",
    "blah", "duh", "phew", "ouch", "yay", "yuck", "huh", "shh", "tut", "mam", "mum", "mummy", "mums", "dads", "nan", "gran", "nana", "nanna", "grandad", "granddad",
    "grandma", "grandpa", "telly", "loo", "knackered", "dinnertime", "teatime", "playtime", "bedtime", "goodnight", "alright", "arright", "ain't", "summat", "nowt",
    "owt", "wasn't", "didn't", "don't", "doesn't", "isn't", "aren't", "won't", "wouldn't", "can't", "couldn't", "shouldn't", "haven't", "hasn't", "hadn't", "weren't",
    "needn't", "mustn't", "it'd", "maths", "uni", "vid", "vids", "online", "offline", "app", "apps", "website", "websites", "wifi", "internet", "smartphone", "selfie",
    "selfies", "blog", "email", "emails", "laptop", "google", "covid", "lockdown", "mate", "mates", "fella", "bloke", "lad", "lads", "lass", "quid", "tenner", "fiver",
    "chippy", "footie", "footy", "bruv", "sis", "bro", "mhmm", "like", "pause", "laughs", "laughter", "inaudible", "crosstalk", "caregiver", "caregivers", "carer",
    "carers", "childminder", "headteacher", "deputy", "midwife", "counsellor", "counselor", "therapist", "interviewer", "interviewee", "respondent", "moderator",
    "facilitator", "participant", "speaker", "transcriber", "researcher", "baseline",
];

/// Capitals that name nobody: days, months, feasts, peoples and languages, countries, things of the day.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "i", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays",
    "sundays", "january", "february", "march", "july", "september", "october", "november", "december", "christmas", "xmas", "easter", "eid", "ramadan", "diwali",
    "halloween", "hanukkah", "passover", "lent", "thanksgiving", "boxing", "bonfire", "valentine's", "ofsted", "god", "lord", "jesus", "christ", "allah", "bible",
    "quran", "koran", "jehovah", "english", "british", "britain", "england", "scotland", "scottish", "wales", "welsh", "ireland", "irish", "uk", "usa", "us", "america",
    "american", "americans", "europe", "european", "france", "french", "germany", "german", "germans", "spain", "spanish", "italy", "italian", "poland", "polish",
    "portugal", "portuguese", "romania", "romanian", "bulgaria", "greece", "greek", "turkey", "turkish", "russia", "russian", "ukraine", "ukrainian", "china", "chinese",
    "japan", "japanese", "korea", "korean", "india", "indian", "pakistan", "pakistani", "bangladesh", "bengali", "hindi", "urdu", "punjabi", "tamil", "nepal", "nepali",
    "vietnam", "vietnamese", "thai", "thailand", "africa", "african", "africans", "asia", "asian", "asians", "nigeria", "nigerian", "ghana", "ghanaian", "kenya",
    "kenyan", "somalia", "somali", "ethiopia", "eritrea", "sudan", "egypt", "morocco", "jamaica", "jamaican", "caribbean", "canada", "canadian", "australia",
    "australian", "zealand", "mexico", "mexican", "brazil", "brazilian", "syria", "syrian", "iraq", "iraqi", "iran", "iranian", "afghanistan", "afghan", "kurdish",
    "kurd", "arab", "arabic", "arabs", "israel", "israeli", "palestine", "palestinian", "yoruba", "igbo", "twi", "swahili", "latin", "mandarin", "cantonese", "taiwan",
    "taiwanese", "hong", "kong", "muslim", "muslims", "islam", "islamic", "christian", "christians", "christianity", "catholic", "catholics", "protestant", "methodist",
    "jewish", "jew", "jews", "hindu", "sikh", "buddhist", "buddhism", "labour", "tory", "tories", "conservative", "liberal", "democrat", "democrats", "republican",
    "brexit", "parliament", "congress", "senate", "whitehall", "westminster", "commons", "victorian", "edwardian", "tesco", "tesco's", "asda", "aldi", "lidl",
    "sainsbury's", "sainsburys", "morrisons", "greggs", "ikea", "argos", "primark", "amazon", "ebay", "mcdonald's", "mcdonalds", "kfc", "nando's", "nandos", "starbucks",
    "costa", "coke", "pepsi", "lego", "barbie", "nintendo", "playstation", "xbox", "fortnite", "minecraft", "roblox", "pokemon", "pokémon", "mario", "zelda", "fifa",
    "facebook", "instagram", "tiktok", "snapchat", "whatsapp", "wechat", "youtube", "twitter", "netflix", "spotify", "disney", "marvel", "zoom", "teams", "skype",
    "messenger", "google", "apple", "iphone", "ipad", "android", "windows", "microsoft", "word", "excel", "powerpoint", "wikipedia", "uber", "deliveroo", "hoover",
    "biro", "tupperware", "lucozade", "nutella", "weetabix", "calpol", "ribena", "bbc", "itv", "cbeebies", "peppa", "bluey", "spiderman", "batman", "superman", "elsa",
    "hogwarts", "olympics", "olympic", "premier", "internet", "tv", "dvd", "cd", "wi-fi", "wifi", "covid", "covid-19", "corona", "nhs", "gp", "gcse", "gcses", "sats",
    "sen", "senco", "send", "camhs", "adhd", "asd", "ocd", "ptsd", "pe", "re", "pshe", "dwp", "pip", "esa", "mp", "mps", "ceo", "hr", "id", "am", "pm", "ok", "mercury",
    "venus", "mars", "jupiter", "saturn", "neptune", "uranus", "pluto", "tupac", "shakespeare", "autism", "asperger's", "aspergers", "down's", "parkinson's",
    "alzheimer's", "makaton", "braille", "ritalin", "prozac", "valium", "atlantic", "pacific", "north", "south", "east", "west", "midlands", "euro", "euros", "dollar",
    "earth", "internet", "ps", "ps4", "ps5", "t-shirt", "qq", "ktv", "app", "ppt", "vip", "wechat", "dj", "diy", "ai",
];

/// Returns true for a capital that names nobody.
pub(super) fn is_nobody(word: &str) -> bool {
    NOBODY.contains(&word)
}

/// Months that are given names, too.
#[rustfmt::skip]
pub(super) const MONTHS: &[&str] = &[
    "april", "may", "june", "august", "summer", "autumn", "winter", "spring",
];
/// Given names for what is also talked about: a sentence that says what hope is doesn't name anybody.
#[rustfmt::skip]
pub(super) const TALKED_OF: &[&str] = &[
    "hope", "faith", "joy", "grace", "love", "art", "dawn", "charity", "patience", "mercy", "destiny", "harmony", "liberty", "art", "christian", "song", "moon", "sun",
    "star", "spring", "summer", "winter", "autumn", "china", "son", "man", "lady", "king", "queen", "prince", "young", "many", "see", "so", "an", "in", "my", "else",
    "love", "numbers", "page", "chase", "chance",
];
/// Places that are surnames as well: Mark Hill.
#[rustfmt::skip]
pub(super) const PLACE_OR_SURNAME: &[&str] = &[
    "hill", "wood", "woods", "green", "park", "lake", "bridge", "lane", "heath", "rise", "street", "house", "close", "way", "court", "common", "bay", "river", "valley",
];
/// What stands before a month.
#[rustfmt::skip]
pub(super) const BEFORE_MONTH: &[&str] = &[
    "in", "of", "last", "next", "this", "since", "until", "till", "by", "every", "early", "late", "mid", "during", "was", "is", "to", "from", "before", "after", "each",
    "that", "st", "nd", "rd", "th", "end",
];

/// Titles before a name, in small letters.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "sir", "lady", "lord", "dame", "rev", "reverend", "father", "sister", "brother", "pastor",
    "imam", "rabbi", "nurse", "coach", "sergeant", "constable", "inspector", "officer", "captain", "judge", "justice", "councillor", "cllr", "senator", "president",
    "minister", "secretary", "chairman", "madam", "auntie", "aunty", "aunt", "uncle", "nana", "nanna", "nan", "nanny", "gran", "granny", "grandma", "grandpa", "grandad",
    "granddad", "cousin", "mama", "papa", "headmaster", "headmistress",
];
/// Titles that a point can follow, though the sentence goes on.
#[rustfmt::skip]
pub(super) const WITH_POINT: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "cllr", "st", "sgt",
];
/// What makes another thing of a title: Father Christmas, Mother Nature.
#[rustfmt::skip]
pub(super) const NO_NAMES_AFTER_TITLE: &[&str] = &[
    "christmas", "nature", "universe", "time", "teresa", "of", "and", "general", "office", "minister", "jesus", "god", "mary's",
];

/// Words for relatives and others before a name: my brother Will.
#[rustfmt::skip]
pub(super) const KIN: &[&str] = &[
    "brother", "sister", "son", "daughter", "cousin", "friend", "friends", "mate", "husband", "wife", "partner", "boyfriend", "girlfriend", "nephew", "niece", "grandson",
    "granddaughter", "uncle", "aunt", "auntie", "mum", "dad", "baby", "boy", "girl", "lad", "kid", "neighbour", "neighbor", "worker", "teacher", "twin", "twins", "dog",
    "stepdad", "stepmum", "godmother", "colleague", "children", "kids", "boys", "girls", "sons", "daughters", "brothers", "sisters",
];
/// Words that introduce a name.
pub(super) const INTRODUCES: &[&str] = &["called", "named", "name's", "nicknamed"];

/// Words after which a place stands.
#[rustfmt::skip]
pub(super) const BEFORE_PLACE: &[&str] = &[
    "in", "at", "to", "from", "near", "around", "outside", "through", "via", "of", "into", "towards", "across", "past", "down", "up", "leaving", "visit", "visiting",
];

/// What the name of a street or a place ends in.
#[rustfmt::skip]
pub(super) const PLACE_ENDS: &[&str] = &[
    "road", "street", "row", "lane", "avenue", "close", "drive", "crescent", "terrace", "court", "gardens", "square", "way", "place", "hill", "green", "estate", "park",
    "bridge", "wood", "woods", "lake", "river", "bay", "beach", "valley", "town", "city", "village", "county", "house", "tower", "towers", "flats", "heights", "grove",
    "mews", "wick", "common", "heath", "station", "island", "quay", "wharf", "walk", "rise",
];
/// What the name of a school ends in.
#[rustfmt::skip]
pub(super) const SCHOOL_ENDS: &[&str] = &[
    "school", "primary", "secondary", "academy", "college", "high", "infants", "juniors", "junior", "nursery", "university", "grammar", "comprehensive", "kindergarten",
    "preschool",
];
/// What the name of another organisation ends in.
#[rustfmt::skip]
pub(super) const ORGANISATION_ENDS: &[&str] = &[
    "hospital", "surgery", "clinic", "centre", "center", "church", "mosque", "temple", "club", "trust", "foundation", "council", "hospice", "library", "ltd", "limited",
    "charity", "project", "association", "chapel", "pharmacy", "hotel", "cafe", "café", "bakery", "boathouse",
];

/// What follows a word that opens a sentence where it is no name: Will you, Hope so, May I, Mark my words.
#[rustfmt::skip]
pub(super) const NOT_AFTER_NAME: &[&str] = &[
    "i", "you", "he", "she", "it", "we", "they", "me", "him", "us", "them", "my", "your", "his", "her", "its", "our", "their", "the", "a", "an", "this", "that", "these",
    "those", "to", "for", "be", "so", "not", "before", "up", "down", "out", "off", "over", "of", "there", "all", "any", "some", "every", "no", "anyone", "someone",
    "everyone", "people", "somebody", "anybody", "nobody", "everything", "something", "as", "like", "more", "than", "by", "in", "about", "what", "how", "if", "things",
    "lots", "much", "too", "again", "then", "now",
];

/// What only somebody does.
#[rustfmt::skip]
pub(super) const PERSONAL: &[&str] = &["says", "said", "told", "asked", "tells", "asks", "shouted", "cried", "laughed", "laughs", "came", "comes", "went", "goes", "sat", "wrote", "thinks", "thought", "knows", "knew", "likes", "lives", "lived", "works", "worked", "got", "had", "has", "did", "does", "wants", "wanted", "walked", "walks", "rang", "brought", "left", "picked", "smiled", "drove", "slept", "ate", "who"];
/// What follows "is" where something is talked about: Hope is what keeps you going.
#[rustfmt::skip]
pub(super) const SAID_OF_THINGS: &[&str] = &[
    "what", "the", "a", "an", "that", "all", "not", "how", "something", "why", "when", "important", "everything", "nothing", "hard", "good",
];

/// Verbs in the past and others that people do, in forms that don't end in -s or -ed.
#[rustfmt::skip]
pub(super) const VERBS: &[&str] = &[
    "is", "was", "has", "had", "does", "did", "do", "will", "would", "can", "could", "may", "might", "should", "must", "said", "says", "told", "went", "goes", "came",
    "comes", "got", "gets", "put", "puts", "made", "makes", "took", "takes", "gave", "gives", "thought", "thinks", "knew", "knows", "saw", "sees", "found", "left",
    "brought", "kept", "ran", "sat", "stood", "wrote", "read", "spoke", "felt", "heard", "held", "let", "lost", "met", "paid", "sent", "sold", "slept", "taught", "wore",
    "won", "began", "broke", "built", "bought", "caught", "chose", "drew", "drank", "drove", "ate", "fell", "fought", "forgot", "grew", "hid", "hit", "hurt", "rang",
    "rose", "sang", "shut", "stuck", "swam", "threw", "understood", "woke", "never", "always", "just", "still", "also", "only", "really", "isn't", "wasn't", "doesn't",
    "didn't", "won't", "wouldn't", "can't", "couldn't", "hasn't", "hadn't", "who", "whose", "used", "cried", "laughed",
];
