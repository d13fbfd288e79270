//! What stands around a word with a capital, and what it says about the word.

use super::{
    super::Letters,
    Evidence, is_general, is_verb, lists,
    tokens::{Shape, Token},
};

/// Words before a person: with Reed, ask Reed.
#[rustfmt::skip]
const BEFORE_PERSON: &[&str] = &[
    "with", "and", "ask", "asked", "tell", "told", "see", "saw", "love", "loves", "than", "like", "miss", "missed", "says", "said", "for", "calls", "call",
    "mean", "dear", "hi", "hey", "hello", "thanks", "or",
];
/// Words behind a family: the Reeds are, the Reeds next door.
const AFTER_FAMILY: &[&str] = &[
    "are",
    "were",
    "have",
    "all",
    "and",
    "next",
    "in",
    "from",
    "upstairs",
    "downstairs",
];
/// Whose brother somebody is.
const OWNERS: &[&str] = &["my", "his", "her", "our", "their"];

/// A word with a capital among its neighbours.
pub(super) struct Surroundings<'a> {
    letters: &'a Letters,
    tokens: &'a [Token],
    at: usize,
    token: &'a Token,
    /// The word before, if only a space stands between.
    before: Option<&'a Token>,
    /// The word behind, if only a space stands between.
    after: Option<&'a Token>,
}

impl<'a> Surroundings<'a> {
    /// The surroundings of a word by its place.
    pub(super) fn of(letters: &'a Letters, tokens: &'a [Token], at: usize) -> Self {
        let token = &tokens[at];
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(at + 1);
        Self {
            letters,
            tokens,
            at,
            token,
            before: before.filter(|_| token.follows),
            after: after.filter(|next| next.follows),
        }
    }

    fn before_word(&self) -> &str {
        self.before.map_or("", |token| token.low.as_str())
    }

    fn after_word(&self) -> &str {
        self.after.map_or("", |token| token.low.as_str())
    }

    /// What all of it says.
    pub(super) fn evidence(&self) -> Evidence {
        let place_name = self.is_place_name();
        Evidence {
            strong: self.strong(place_name),
            person: self.person(),
            place: u32::from(
                place_name
                    || lists::BEFORE_PLACE.contains(&self.before_word()) && !self.token.possessive,
            ),
            acts: self.acts(),
            family: self.is_family() && !place_name,
            nickname: self.is_quoted() && self.is_introduced(),
            ..Evidence::default()
        }
    }

    /// Signs that leave little doubt.
    fn strong(&self, place_name: bool) -> u32 {
        let token = self.token;
        let introduced =
            self.is_introduced() || lists::KIN.contains(&self.before_word()) && !token.opens;
        let signs = [
            token.label,
            self.has_title(),
            introduced,
            self.follows_given() && !place_name && !token.opens,
            self.begins_full_name() && !place_name,
            token.possessive && lists::KIN.contains(&self.after_word()),
            self.is_whose() && lists::is_given(&token.low),
        ];
        signs.into_iter().map(u32::from).sum()
    }

    /// Signs of a person.
    fn person(&self) -> u32 {
        let token = self.token;
        let initial = |before: &Token| before.shape == Shape::Initial && before.low != "i";
        let with_people = BEFORE_PERSON.contains(&self.before_word()) && !token.opens;
        let does =
            is_verb(self.after_word()) || token.possessive || self.and_another() || with_people;
        let signs = [
            // J. Reed.
            self.before.is_some_and(initial),
            does,
            token.in_chinese && !token.opens,
        ];
        signs.into_iter().map(u32::from).sum()
    }

    /// How plainly it does something at the beginning of a sentence.
    fn acts(&self) -> u32 {
        let after = self.after_word();
        if !self.token.opens {
            return 0;
        }
        if lists::VERBS.contains(&after) || self.and_another() {
            // Will had, Rose said: a noun has an article in most such sentences.
            return 1 + u32::from(lists::PERSONAL.contains(&after));
        }
        u32::from(is_verb(after))
    }

    /// Mr Reed.
    fn has_title(&self) -> bool {
        let title = self.before.is_some_and(|before| {
            lists::TITLES.contains(&before.low.as_str())
                && before.shape != Shape::Small
                && !before.possessive
        });
        title && !lists::NO_NAMES_AFTER_TITLE.contains(&self.token.low.as_str())
    }

    /// Called Sam; my name is Sam.
    fn is_introduced(&self) -> bool {
        let is_name = || {
            let said = self
                .at
                .checked_sub(2)
                .map(|at| self.tokens[at].low.as_str());
            self.before_word() == "is" && said == Some("name")
        };
        let names = |before: &Token| before.low == "name" && before.possessive;
        lists::INTRODUCES.contains(&self.before_word())
            || is_name()
            || self.before.is_some_and(names)
    }

    /// Karen Reed, seen from Reed.
    fn follows_given(&self) -> bool {
        self.before.is_some_and(|before| {
            before.is_capital()
                && !is_general(&before.low)
                && lists::is_given(&before.low)
                && !before.possessive
                && !lists::is_nobody(&before.low)
        })
    }

    /// Karen Reed, seen from Karen.
    fn begins_full_name(&self) -> bool {
        let token = self.token;
        let surname = self.after.is_some_and(|next| {
            next.is_capital()
                && !next.opens
                && !ends_place(&next.low)
                && !is_general(&next.low)
                && !lists::is_nobody(&next.low)
        });
        surname && lists::is_given(&token.low) && !token.possessive && !lists::is_word(&token.low)
    }

    /// Grace is my cousin.
    fn is_whose(&self) -> bool {
        let low = |behind: usize| {
            self.tokens
                .get(self.at + behind)
                .map_or("", |next| &next.low)
        };
        matches!(self.after_word(), "is" | "was")
            && OWNERS.contains(&low(2))
            && lists::KIN.contains(&low(3))
    }

    /// Joy and Faith, seen from Joy.
    fn and_another(&self) -> bool {
        let another = self.tokens.get(self.at + 2);
        matches!(self.after_word(), "and" | "or")
            && another
                .is_some_and(|next| next.follows && next.is_capital() && lists::is_given(&next.low))
    }

    /// Larkfield Road, from either of its words; Mark Hill is somebody, though hills are places.
    fn is_place_name(&self) -> bool {
        let low = self.token.low.as_str();
        let surname = self.follows_given() && lists::PLACE_OR_SURNAME.contains(&low);
        let first = self
            .after
            .is_some_and(|next| next.is_capital() && ends_place(&next.low));
        let last = ends_place(low) && self.before.is_some_and(Token::is_capital);
        !surname && (first || last)
    }

    /// The Hills are.
    fn is_family(&self) -> bool {
        let after = self.after_word();
        self.before_word() == "the"
            && self.token.low.ends_with('s')
            && (self.after.is_none()
                || self.token.possessive
                || lists::VERBS.contains(&after)
                || AFTER_FAMILY.contains(&after))
    }

    fn is_quoted(&self) -> bool {
        let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '\'');
        is_quote(self.letters.before(self.token.start)) && is_quote(self.letters.at(self.token.end))
    }
}

fn ends_place(word: &str) -> bool {
    lists::PLACE_ENDS.contains(&word)
        || lists::SCHOOL_ENDS.contains(&word)
        || lists::ORGANISATION_ENDS.contains(&word)
}
