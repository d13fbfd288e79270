//! Words: what counts as one, and which ones carry only grammar.
//!
//! For counts and distances, a word is a Han character or a run of letters and digits of other scripts: this needs no
//! dictionary and gives the same number everywhere. Words as readers see them are found by [`super::segment`].

/// Returns true if a character is Han, Kana or Hangul, whose words have no spaces between them here.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF | 0x3040..=0x30FF | 0xAC00..=0xD7AF | 0x3005 | 0x3007)
}

/// The number of words in a text: every Han character, and every run of other letters, digits and inner apostrophes.
pub fn count_words(text: &str) -> u32 {
    // ASCII is counted byte by byte, without branches on the kind of character: whole corpora are counted on import.
    let mut words = 0u32;
    let mut inside = false;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x80 {
            let part = byte.is_ascii_alphanumeric() | ((byte == b'\'') & inside);
            words += u32::from(part & !inside);
            inside = part;
            at += 1;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                break;
            };
            let han = is_han(c);
            let part = !han && (c.is_alphanumeric() || (inside && (c == '’' || is_mark(c))));
            words += u32::from(han || (part && !inside));
            inside = part;
            at += c.len_utf8();
        }
    }
    words
}

/// The positions at which the words of a text begin, in code points and in order.
pub fn word_starts(text: &str) -> Vec<u32> {
    let (mut starts, mut inside) = (Vec::new(), false);
    for (at, c) in (0u32..).zip(text.chars()) {
        let han = is_han(c);
        let part =
            !han && (c.is_alphanumeric() || (inside && (c == '’' || c == '\'' || is_mark(c))));
        if han || (part && !inside) {
            starts.push(at);
        }
        inside = part;
    }
    starts
}

/// Function words of English and Chinese, folded: the most frequent words, which co-occur with everything.
pub const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been",
    "but", "by", "can", "could", "did", "didn't", "do", "does", "doesn't", "don't", "for", "from",
    "get", "got", "had", "has", "have", "he", "he's", "her", "him", "his", "how", "i", "i'd",
    "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "it's", "its", "just", "like",
    "me", "my", "no", "not", "now", "of", "off", "oh", "on", "one", "or", "our", "out", "she",
    "she's", "so", "some", "than", "that", "that's", "the", "their", "them", "then", "there",
    "they", "they're", "this", "to", "too", "up", "us", "was", "wasn't", "we", "well", "were",
    "what", "when", "where", "which", "who", "will", "with", "would", "yes", "you", "you're",
    "your", "一", "一个", "上", "不", "也", "了", "于", "些", "他", "他们", "以", "会", "但", "你",
    "你们", "到", "去", "又", "吗", "吧", "呢", "和", "啊", "在", "她", "她们", "嗯", "地", "多",
    "就", "很", "得", "想", "我", "我们", "把", "是", "有", "来", "没", "没有", "然后", "的", "着",
    "给", "能", "被", "要", "让", "说", "跟", "还", "这", "这个", "那", "那个", "都", "里", "什么",
    "怎么", "就是", "觉得",
];

/// Returns true if a folded word is a function word.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word.replace('’', "'").as_str())
}

/// Returns true if a character is a combining mark, which belongs to the letter before it.
pub fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages_are_counted() {
        for (text, expected) in [
            ("", 0),
            ("I don't know.", 3),
            ("我相信我能", 5),
            ("我想要iPad，真的", 6),
            ("don’t-stop 2024", 3),
            ("e\u{301}te\u{301} 😀 𠮷", 2),
        ] {
            assert_eq!(count_words(text), expected, "{text}");
            assert_eq!(word_starts(text).len(), expected as usize, "{text}");
        }
    }
}
