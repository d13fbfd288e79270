//! Main lines of CHAT as they are read aloud: what was said and heard, without the codes.
//!
//! The idea is that of the tier `%flo` of CLAN, but nothing that was said is left out: repetitions, false starts and filled pauses stay.

/// The words of a main line, and how many codes were left out.
pub(super) fn plain(line: &str) -> (String, usize) {
    let mut codes = 0;
    let mut text = String::new();
    for token in tokens(line) {
        let said = match token {
            Token::Code(code) => heard(code),
            Token::Word(word) => word_of(word),
        };
        match said {
            Said::Nothing => codes += 1,
            Said::Same(word) => push(&mut text, &word),
            Said::Changed(word) => {
                codes += 1;
                push(&mut text, &word);
            }
        }
    }
    (text, codes)
}

/// A part of a main line.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    /// What stands in square brackets.
    Code(&'a str),
    Word(&'a str),
}

/// What remains of a part.
enum Said {
    Nothing,
    /// It is as it was.
    Same(String),
    /// A code was taken off it.
    Changed(String),
}

fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let code = rest
            .strip_prefix('[')
            .and_then(|inner| inner.split_once(']'));
        if let Some((code, after)) = code {
            tokens.push(Token::Code(code));
            rest = after.trim_start();
            continue;
        }
        let end = rest
            .char_indices()
            .skip(1)
            .find_map(|(at, c)| (c.is_whitespace() || c == '[').then_some(at));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        tokens.push(Token::Word(word));
        rest = after.trim_start();
    }
    tokens
}

/// What was heard beside the words: `[=! laughs]`.
fn heard(code: &str) -> Said {
    match code.strip_prefix("=!") {
        Some(heard) if !heard.trim().is_empty() => Said::Changed(format!("[{}]", heard.trim())),
        _ => Said::Nothing,
    }
}

fn word_of(word: &str) -> Said {
    // Brackets around the words that a code is about.
    let inner = word.trim_start_matches('<').trim_end_matches('>');
    let said = spoken(inner);
    if said.is_empty() {
        Said::Nothing
    } else if said == word {
        Said::Same(said)
    } else {
        Said::Changed(said)
    }
}

/// A word without its marks.
fn spoken(word: &str) -> String {
    if let Some(mark) = terminator(word) {
        return mark.to_owned();
    }
    // `&=laughs` is an event, `&*INV:mhm` what somebody else says meanwhile; `&-um`, `&+fr`, `&~gaga` are spoken.
    if let Some(event) = word.strip_prefix("&=") {
        return format!("[{}]", event.replace([':', '_'], " "));
    }
    if let Some((speaker, said)) = word
        .strip_prefix("&*")
        .and_then(|rest| rest.split_once(':'))
    {
        return format!("[{speaker}: {}]", said.replace([':', '_'], " "));
    }
    let word = match word.strip_prefix('&') {
        Some(rest) if rest.starts_with(['{', '}']) => return String::new(),
        Some(rest) => rest.trim_start_matches(['-', '+', '~']),
        None => word,
    };
    // `0` alone is an action without words, `0is` a word that is missing.
    if word.starts_with('0') && !word.contains(|c: char| matches!(c, '1'..='9')) {
        return String::new();
    }
    if is_pause(word) {
        return word.to_owned();
    }
    // Form and language are marked behind `@`: `gumma@c`, `hola@s:spa`.
    let word = word.split('@').next().unwrap_or(word);
    let mut spoken = String::new();
    let letters: Vec<char> = word.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        match c {
            // Sounds that weren't pronounced, `(be)cause`.
            '(' | ')' if word.chars().any(char::is_alphabetic) => {}
            // A long sound, `no:`, and a pause between syllables.
            ':' if before.is_some_and(|own| own.is_alphabetic() || *own == ':')
                && after.is_none_or(|own| own.is_alphabetic() || *own == ':') => {}
            '^' | 'ˈ' | 'ˌ' | '↑' | '↓' | '⌈' | '⌉' | '⌊' | '⌋' | '≠' | '∆' | '∇' =>
                {}
            '‡' | '„' => spoken.push(','),
            // Compounds and names: `ice+cream`, `New_York`.
            '+' | '_' if before.is_some() && after.is_some() => spoken.push(' '),
            c => spoken.push(*c),
        }
    }
    spoken
}

/// The mark that a terminator or linker of CHAT stands for; empty if for none.
fn terminator(word: &str) -> Option<&'static str> {
    let sign = word.strip_prefix('+')?;
    Some(match sign {
        "..." => "…",
        "..?" => "…?",
        "/." | "//." => "–",
        "/?" | "//?" => "–?",
        "!?" => "!?",
        // A quotation follows, or precedes.
        "\"/." => ":",
        "\"." | "." => ".",
        "\"" | "^" | "<" | "," | "+" | "≈" | "≋" => "",
        _ => return None,
    })
}

/// Returns true for `(.)`, `(..)` and `(1.5)`.
fn is_pause(word: &str) -> bool {
    let inner = word
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    inner.is_some_and(|inner| {
        inner.contains('.') && inner.chars().all(|c| matches!(c, '.' | ':' | '0'..='9'))
    })
}

/// Adds a word after a space, or a mark without one.
fn push(text: &mut String, word: &str) {
    let is_mark = !word.is_empty()
        && word.chars().all(|c| {
            matches!(
                c,
                '.' | '?' | '!' | ',' | ';' | ':' | '…' | '。' | '？' | '！' | '，' | '、'
            )
        });
    if !(text.is_empty() || is_mark) {
        text.push(' ');
    }
    text.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_stays_and_codes_go() {
        for (line, said, codes) in [
            ("I [//] we went (.) home .", "I we went (.) home.", 1),
            ("<I want> [/] I want it [!] .", "I want I want it.", 4),
            (
                "he goed [: went] [* m:+ed] (be)cause .",
                "he goed because.",
                3,
            ),
            ("no::: that's a:nd xxx +...", "no that's and xxx…", 3),
            (
                "&-uh &+fr &~gaga frog &=points:wall !",
                "uh fr gaga frog [points wall]!",
                4,
            ),
            ("0is it gumma@c hola@s:spa ?", "it gumma hola?", 3),
            (
                "an ice+cream in New_York , at 10:05 .",
                "an ice cream in New York, at 10:05.",
                2,
            ),
            ("but then +/.", "but then –", 1),
            ("+, I fell ‡ see [= the scar] [+ exc] .", "I fell, see.", 4),
            (
                "well (1.5) 20 or 100 &*MOT:mhm yes .",
                "well (1.5) 20 or 100 [MOT: mhm] yes.",
                1,
            ),
            ("[- spa] sí .", "sí.", 1),
            ("[unclosed .", "[unclosed.", 0),
        ] {
            assert_eq!(plain(line), (said.to_owned(), codes), "{line}");
        }
    }
}
