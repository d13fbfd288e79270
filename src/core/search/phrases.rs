//! Parsing of the words and phrases of a query, which are tokenized like the texts.

use crate::{language::pinyin::syllables, model::text::TextRange};

use super::{
    analyser::Tokens,
    error::{Problem, QueryError},
    lex::WordLexeme,
    parse::QueryParser,
    query::{Phrase, QueryNode, Slot, Term},
};

/// Most words and phrases in one query, including those of its concepts.
const MAX_PHRASES: usize = 4096;

impl QueryParser<'_> {
    /// Adds a phrase to the query.
    pub(super) fn phrase(
        &mut self,
        words: &WordLexeme,
        at: TextRange,
    ) -> Result<QueryNode, QueryError> {
        let slots = self.slots(words);
        let is_fuzzy_word = matches!(
            slots[..],
            [Slot { term, .. }] if matches!(self.query.terms[term], Term::Fuzzy(..))
        );
        let problem = if slots.is_empty() {
            Some(Problem::NoWord(words.text.clone()))
        } else if words.fuzzy > 0 && !is_fuzzy_word {
            Some(Problem::Slop)
        } else if self.query.phrases.len() >= MAX_PHRASES {
            Some(Problem::TooDeep)
        } else {
            None
        };
        if let Some(problem) = problem {
            return Err(QueryError { at, problem });
        }
        let slop = words.slop;
        self.query.phrases.push(Phrase { slots, slop });
        Ok(QueryNode::Phrase(self.query.phrases.len() - 1))
    }

    /// The words of a phrase, whose terms are added to the query.
    fn slots(&mut self, words: &WordLexeme) -> Vec<Slot> {
        let chars: Vec<char> = words.text.chars().collect();
        // The tokenizer would take a star for a stop, so it gets a space in its place.
        let plain: String = (0..chars.len())
            .map(|at| if is_star(&chars, at) { ' ' } else { chars[at] })
            .collect();
        let exact = words.exact || self.options.exact_forms;
        let (mut tokens, mut word) = (Tokens::new(&plain), String::new());
        let (mut slots, mut previous) = (Vec::new(), None);
        while let Some(token) = tokens.next(&mut word) {
            let step = previous.map_or(0, |previous| token.position - previous);
            previous = Some(token.position);
            let is_prefix = is_star(&chars, token.end as usize);
            let is_plain = !token.han && !exact && words.fuzzy == 0 && !is_prefix;
            if self.options.pinyin
                && is_plain
                && let Some(syllables) = syllables(&word)
            {
                for (number, syllable) in syllables.into_iter().enumerate() {
                    // Each syllable is a character: the first takes the place of the word, the others follow at once.
                    slots.push(Slot {
                        term: self.term(Term::Sound(syllable.to_owned())),
                        step: if number == 0 { step } else { 1 },
                    });
                }
                continue;
            }
            let term = if token.han {
                Term::Han(word.clone())
            } else if is_prefix {
                Term::Prefix(word.clone())
            } else if words.fuzzy > 0 {
                Term::Fuzzy(word.clone(), words.fuzzy)
            } else if exact {
                Term::Exact(word.clone())
            } else {
                Term::Stem(self.stemmer.stem(&word))
            };
            slots.push(Slot {
                term: self.term(term),
                step,
            });
        }
        slots
    }

    /// The number of a term, which is added if the query doesn't have it yet.
    fn term(&mut self, term: Term) -> usize {
        let terms = &mut self.query.terms;
        if let Some(number) = terms.iter().position(|other| *other == term) {
            return number;
        }
        terms.push(term);
        terms.len() - 1
    }
}

/// Returns true if there is a star right behind a letter, which makes its word a prefix.
fn is_star(chars: &[char], at: usize) -> bool {
    at > 0 && matches!(chars.get(at), Some('*' | '＊')) && chars[at - 1].is_alphanumeric()
}
