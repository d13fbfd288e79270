//! Names in Latin letters, place by place.

use super::{
    super::{LIKELY, SURE},
    EnglishNames, Found, Letters, NameKind, Shape, Token, is_general,
    lists::{
        self, BEFORE_MONTH, MONTHS, NO_NAMES_AFTER_TITLE, NOT_AFTER_NAME, ORGANISATION_ENDS,
        PLACE_ENDS, SCHOOL_ENDS, TITLES,
    },
};

impl EnglishNames {
    /// Adds the mentions of a text: neighbouring names are one mention.
    pub(super) fn find_names(&self, letters: &Letters, tokens: &[Token], found: &mut Vec<Found>) {
        let mut at = 0;
        while at < tokens.len() {
            let next = self
                .titled(letters, tokens, at, found)
                .or_else(|| place(letters, tokens, at, found))
                .or_else(|| self.named(tokens, at, found));
            at = next.unwrap_or(at + 1);
        }
    }

    /// Mr Reed, Auntie Bee, Dr A. Khan: the title and the name.
    fn titled(
        &self,
        letters: &Letters,
        tokens: &[Token],
        at: usize,
        found: &mut Vec<Found>,
    ) -> Option<usize> {
        let title = &tokens[at];
        let is_title = TITLES.contains(&title.low.as_str())
            && matches!(title.shape, Shape::Capital | Shape::Upper)
            && !title.possessive;
        let mut last = at + 1;
        let first = tokens
            .get(last)
            .filter(|next| is_title && next.follows && next.start <= title.end + 3)?;
        let is_name = first.is_capital()
            && !NO_NAMES_AFTER_TITLE.contains(&first.low.as_str())
            && !is_general(&first.low)
            || first.shape == Shape::Initial && first.low != "i"
            || first.shape == Shape::Upper
                && title.shape == Shape::Upper
                && !is_general(&first.low);
        // A sentence that ends in a title goes on with another one.
        let point =
            letters.at(title.end) == '.' && !lists::WITH_POINT.contains(&title.low.as_str());
        let ordinary_role = matches!(
            title.low.as_str(),
            "minister"
                | "president"
                | "secretary"
                | "chairman"
                | "officer"
                | "judge"
                | "sister"
                | "brother"
                | "cousin"
                | "nurse"
                | "coach"
                | "doctor"
                | "father"
                | "lord"
                | "lady"
        );
        let doubtful = ordinary_role
            && title.opens
            && lists::is_word(&first.low)
            && !self.decided.contains_key(&first.low);
        if !is_name
            || point
            || first.opens
            || doubtful
            || lists::is_nobody(&first.low) && !lists::is_given(&first.low)
        {
            return None;
        }
        while !tokens[last].possessive
            && tokens
                .get(last + 1)
                .is_some_and(|next| self.continues(tokens, last, next))
        {
            last += 1;
        }
        let end = with_point(letters, &tokens[last]);
        found.push(Found {
            start: title.start,
            end,
            kind: NameKind::TitleName,
            confidence: SURE,
        });
        Some(last + 1)
    }

    /// Returns true if a word goes on with the name before it.
    fn continues(&self, tokens: &[Token], before: usize, next: &Token) -> bool {
        let initial = tokens[before].shape == Shape::Initial;
        next.follows
            && !next.opens
            && (next.is_capital() && (initial || self.is_name(next)) && !is_general(&next.low))
    }

    fn is_name(&self, token: &Token) -> bool {
        self.decided
            .get(&token.low)
            .is_some_and(|own| own.kind.is_person())
    }

    /// One or several names in a row.
    fn named(&self, tokens: &[Token], at: usize, found: &mut Vec<Found>) -> Option<usize> {
        let token = &tokens[at];
        if token.shape == Shape::Initial {
            return self.initials(tokens, at, found);
        }
        let upper = token.shape == Shape::Upper && token.low.chars().count() > 2;
        let known = self.decided.get(&token.low)?;
        if !(token.is_capital()
            || upper
                && known.kind.is_person()
                && (token.label || !known.ordinary && known.confidence == SURE))
        {
            return None;
        }
        if token.is_capital() && !token.label && known.ordinary && !is_name_here(tokens, at, self) {
            return None;
        }
        let mut last = at;
        while !tokens[last].possessive {
            let Some(next) = tokens
                .get(last + 1)
                .filter(|next| next.follows && !next.opens)
            else {
                break;
            };
            let joined = next.is_capital()
                && self.decided.get(&next.low).is_some_and(|other| {
                    other.kind == known.kind || known.kind.is_person() && other.kind.is_person()
                });
            if joined {
                last += 1;
                continue;
            }
            // Maria de Souza, Thomas A. Rook.
            let behind = tokens.get(last + 2).filter(|behind| {
                behind.follows && !behind.opens && behind.is_capital() && self.is_name(behind)
            });
            let particle = matches!(
                next.low.as_str(),
                "de" | "da" | "del" | "van" | "von" | "bin" | "al" | "el" | "la" | "di" | "ter"
            ) || next.shape == Shape::Initial;
            if particle && behind.is_some() {
                last += 2;
                continue;
            }
            break;
        }
        found.push(Found {
            start: token.start,
            end: tokens[last].end,
            kind: known.kind,
            confidence: known.confidence,
        });
        Some(last + 1)
    }

    /// J.T., or the initial in A. Khan.
    fn initials(&self, tokens: &[Token], at: usize, found: &mut Vec<Found>) -> Option<usize> {
        let token = &tokens[at];
        let several = token.low.contains('.');
        let next = tokens
            .get(at + 1)
            .filter(|next| next.follows && !next.opens && next.start <= token.end + 2);
        let with_name = next.filter(|next| next.is_capital() && self.is_name(next));
        let end = match with_name {
            Some(next) if token.low != "i" => next.end,
            _ if several
                && !matches!(
                    token.low.as_str(),
                    "u.k"
                        | "u.s"
                        | "i.e"
                        | "e.g"
                        | "a.m"
                        | "p.m"
                        | "p.s"
                        | "t.v"
                        | "d.j"
                        | "p.e"
                        | "i.d"
                        | "i.t"
                ) =>
            {
                token.end
            }
            _ => return None,
        };
        found.push(Found {
            start: token.start,
            end,
            kind: NameKind::Person,
            confidence: LIKELY,
        });
        Some(if with_name.is_some() { at + 2 } else { at + 1 })
    }
}

/// The end of a word, with the point of an initial.
fn with_point(letters: &Letters, token: &Token) -> usize {
    let point = token.low.contains('.') && letters.at(token.end) == '.';
    token.end + usize::from(point)
}

/// Larkfield Road, St Bride's Primary, The Boathouse: capitals up to a word that says what they name.
fn place(letters: &Letters, tokens: &[Token], at: usize, found: &mut Vec<Found>) -> Option<usize> {
    let first = &tokens[at];
    let saint = first.low == "st" || first.low == "saint";
    if !first.is_capital() || is_general(&first.low) && !saint {
        return None;
    }
    let the = first.low == "the" && !first.opens;
    let opens_ordinary = first.opens && lists::is_word(&first.low);
    let mut last = at;
    let mut kind = None;
    while let Some(next) = tokens
        .get(last + 1)
        .filter(|next| next.follows && !next.opens && next.is_capital())
    {
        last += 1;
        let low = next.low.as_str();
        kind = [
            (SCHOOL_ENDS, NameKind::School),
            (ORGANISATION_ENDS, NameKind::Organisation),
            (PLACE_ENDS, NameKind::Place),
        ]
        .into_iter()
        .find(|(ends, _)| ends.contains(&low))
        .map(|(_, kind)| kind)
        .or(kind);
        if last - at >= 4 {
            break;
        }
    }
    if last == at {
        return None;
    }
    let kind = kind.or((the || saint).then_some(NameKind::Organisation))?;
    // Mark Hill is somebody.
    let somebody = last == at + 1
        && lists::is_given(&first.low)
        && lists::PLACE_OR_SURNAME.contains(&tokens[last].low.as_str());
    if somebody {
        return None;
    }
    if !saint && (opens_ordinary || TITLES.contains(&first.low.as_str())) {
        return None;
    }
    let ordinary = tokens.get(at..=last)?.iter().all(is_plain_word);
    if ordinary && !the && kind != NameKind::Place {
        return None;
    }
    found.push(Found {
        start: address_start(letters, tokens, at),
        end: tokens[last].end,
        kind,
        confidence: if the { super::super::POSSIBLE } else { LIKELY },
    });
    Some(last + 1)
}

/// Returns true for a word that could be written small as well.
fn is_plain_word(token: &Token) -> bool {
    lists::is_word(&token.low) && !lists::is_given(&token.low)
}

/// Where an address begins: Flat 4, 22 Canal Row.
fn address_start(letters: &Letters, tokens: &[Token], at: usize) -> usize {
    let is_number = |token: &Token| {
        token.low.chars().next().is_some_and(|c| c.is_ascii_digit())
            && token.low.chars().count() <= 5
    };
    let Some(number) = at
        .checked_sub(1)
        .map(|at| &tokens[at])
        .filter(|number| is_number(number) && number.end + 1 == tokens[at].start)
    else {
        return tokens[at].start;
    };
    let flat = at.checked_sub(3).map(|at| (&tokens[at], &tokens[at + 1]));
    match flat {
        Some((flat, own))
            if flat.low == "flat" && own.end + 2 == number.start && letters.at(own.end) == ',' =>
        {
            flat.start
        }
        _ => number.start,
    }
}

/// Decides for a name that is an ordinary word, too, by its neighbours.
fn is_name_here(tokens: &[Token], at: usize, names: &EnglishNames) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    let next = tokens.get(at + 1);
    let after = next
        .filter(|next| next.follows)
        .map_or("", |next| next.low.as_str());
    if MONTHS.contains(&token.low.as_str()) {
        let dated = before.is_some_and(|before| {
            token.follows
                && (BEFORE_MONTH.contains(&before.low.as_str())
                    || before
                        .low
                        .chars()
                        .next()
                        .is_some_and(|c| c.is_ascii_digit()))
        });
        let year = after.chars().next().is_some_and(|c| c.is_ascii_digit());
        if dated
            || year
            || token.opens && !token.possessive && !is_after_name(after) && !token.label
        {
            return false;
        }
    }
    if !token.opens {
        return true;
    }
    if token.possessive {
        return true;
    }
    if lists::TALKED_OF.contains(&token.low.as_str())
        && super::is_verb(after)
        && !lists::PERSONAL.contains(&after)
    {
        let said = tokens.get(at + 2).map_or("", |next| next.low.as_str());
        let of_somebody = matches!(after, "is" | "was" | "isn't" | "wasn't")
            && !lists::SAID_OF_THINGS.contains(&said);
        if !of_somebody {
            return false;
        }
    }
    // Will and me; but Will you, Hope so, Rose from next door.
    let next_is_name = next.is_some_and(|next| next.is_capital() && names.is_name(next));
    next_is_name
        || !NOT_AFTER_NAME.contains(&after)
            && (is_after_name(after) || next.is_none_or(|next| !next.follows))
}

/// Returns true for what can follow a name that opens a sentence.
fn is_after_name(word: &str) -> bool {
    super::is_verb(word)
        || matches!(
            word,
            "and"
                | "or"
                | "but"
                | "from"
                | "with"
                | "at"
                | "on"
                | "because"
                | "when"
                | "aren't"
                | "me"
                | "here"
        )
}
