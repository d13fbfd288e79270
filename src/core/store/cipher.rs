//! Encrypted files: SQLCipher with a key of our own making.
//!
//! SQLCipher encrypts each page by AES-256 and signs it by HMAC-SHA-512. It would derive its key itself, at each opening of
//! each connection; we derive it once, by Argon2id, and hand it over with the salt that SQLCipher keeps in the first bytes.

use std::{fs::File, io::Read as _, path::Path};

use rusqlite::Connection;
use zeroize::Zeroizing;

use super::StoreError;
use crate::seal::{Key, Passphrase, Salt};

/// The size of an encrypted page: a large one costs less time and room.
const PAGE: u32 = 65_536;

/// The key of an encrypted file, and the salt in its first bytes.
#[derive(Debug, Clone)]
pub(super) struct CipherKey {
    key: Key,
    salt: Salt,
}

impl CipherKey {
    /// The key of a passphrase, or the one that it is if it was written down.
    pub(super) fn new(passphrase: &Passphrase, salt: Salt) -> Result<Self, StoreError> {
        let key = match Key::read(passphrase.reveal()) {
            Some(key) => key,
            None => Key::derive(passphrase, salt)?,
        };
        Ok(Self { key, salt })
    }

    /// The key itself, to be written down.
    pub(super) fn key(&self) -> &Key {
        &self.key
    }

    /// Makes a connection that has just been opened read and write with this key.
    pub(super) fn apply(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut hex = Zeroizing::new(String::from("x'"));
        for byte in self.key.reveal().iter().chain(&self.salt.0) {
            for digit in [byte >> 4, byte & 15] {
                hex.extend(char::from_digit(u32::from(digit), 16));
            }
        }
        hex.push('\'');
        // Otherwise the library writes to the program's error output.
        connection.pragma_update(None, "cipher_log_level", "NONE")?;
        connection.pragma_update(None, "key", hex.as_str())?;
        connection.pragma_update(None, "cipher_page_size", PAGE)
    }
}

/// What a project is to be encrypted with: a passphrase, and bytes that nobody can guess.
#[derive(Debug, Clone)]
pub struct Secret {
    /// The passphrase.
    pub passphrase: Passphrase,
    /// New bytes for each project.
    pub random: [u8; 8],
}

impl Secret {
    pub(super) fn key(&self) -> Result<CipherKey, StoreError> {
        let salt = Salt::marked(self.random);
        Ok(CipherKey {
            key: Key::derive(&self.passphrase, salt)?,
            salt,
        })
    }
}

/// The salt of an encrypted project; `None` for every other file.
pub(super) fn salt_of(path: &Path) -> Option<Salt> {
    let mut head = [0; 16];
    File::open(path).ok()?.read_exact(&mut head).ok()?;
    Salt::find(head)
}
