//! Adapter of the analyser to tantivy's tokenizer interface.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::search::analyser::Tokens;

/// Tokenizes texts with [`Tokens`].
#[derive(Debug, Clone)]
pub(super) struct Analyser;

/// The tokens of one text.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    tokens: Tokens<'a>,
    token: Token,
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream {
            tokens: Tokens::new(text),
            token: Token::default(),
        }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(token) = self.tokens.next(&mut self.token.text) else {
            return false;
        };
        self.token.offset_from = token.start_bytes;
        self.token.offset_to = token.end_bytes;
        self.token.position = token.position as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
