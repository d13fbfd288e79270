//! What a passphrase opens: the key of an encrypted project, and small files that are sealed whole.
//!
//! A key is derived by Argon2id (RFC 9106) with 64 MiB of memory and three passes, which takes about a third of a second
//! and makes guessing as slow for whoever finds the file. Sealed files are XChaCha20-Poly1305: a wrong passphrase and a
//! changed byte are noticed alike. Keys and passphrases are wiped from memory when they are dropped.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce, aead::Aead as _};
use zeroize::Zeroizing;

use crate::message::{
    explain::{Explain, Explanation},
    text::Text,
};

/// Memory of Argon2id in KiB, and its passes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// The first bytes of a sealed file.
const MAGIC: &[u8; 8] = b"TAINSEAL";
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;

/// A passphrase; what is written of it in messages is nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes a passphrase over; line ends at its end, as a file has them, don't belong to it.
    ///
    /// # Errors
    /// [`SealError::Empty`] when nothing is left.
    pub fn new(mut text: String) -> Result<Self, SealError> {
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
        let passphrase = Self(Zeroizing::new(text));
        if passphrase.0.is_empty() {
            return Err(SealError::Empty);
        }
        Ok(passphrase)
    }

    /// The passphrase itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Random bytes that stand beside what is encrypted, so that one passphrase gives another key in every file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; SALT_BYTES]);

impl Salt {
    /// A salt by which a file is known as ours: its second half is made of the first.
    pub fn marked(random: [u8; 8]) -> Self {
        let mut salt = [0; SALT_BYTES];
        let (own, mark) = salt.split_at_mut(8);
        own.copy_from_slice(&random);
        mark.copy_from_slice(&mark_of(random));
        Self(salt)
    }

    /// The marked salt that these bytes are, or were before one bit of them changed.
    pub fn find(bytes: [u8; SALT_BYTES]) -> Option<Self> {
        let is_marked = |salt: &[u8; SALT_BYTES]| {
            let (own, mark) = salt.split_first_chunk::<8>()?;
            (*mark == mark_of(*own)).then_some(Self(*salt))
        };
        let flipped = (0..SALT_BYTES * 8).map(|bit| {
            let mut salt = bytes;
            salt[bit / 8] ^= 1 << (bit % 8);
            salt
        });
        std::iter::once(bytes)
            .chain(flipped)
            .find_map(|salt| is_marked(&salt))
    }
}

/// The second half of a marked salt.
fn mark_of(random: [u8; 8]) -> [u8; 8] {
    let hash = blake3::derive_key("Tain 2026-11-28 salt of an encrypted project", &random);
    std::array::from_fn(|at| hash[at])
}

/// A key of 256 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Zeroizing<[u8; KEY_BYTES]>);

impl Key {
    /// The key of a passphrase in a file with this salt.
    ///
    /// # Errors
    /// [`SealError::Memory`] when there is no memory for it.
    pub fn derive(passphrase: &Passphrase, salt: Salt) -> Result<Self, SealError> {
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(KEY_BYTES))
            .map_err(|_invalid| SealError::Memory)?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.reveal().as_bytes(), &salt.0, &mut *key)
            .map_err(|_no_memory| SealError::Memory)?;
        Ok(Self(key))
    }

    /// A key from its bytes.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes.
    pub fn reveal(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// The key as people write it down: groups of letters and digits, the last of which check the others.
    pub fn written(&self) -> Zeroizing<String> {
        let mut written = Zeroizing::new(String::from(WRITTEN_PREFIX));
        let checked = Zeroizing::new([&self.0[..], &self.checksum()].concat());
        let bits = checked.len() * 8;
        for (number, start) in (0..bits).step_by(5).enumerate() {
            if number % 5 == 0 {
                written.push('-');
            }
            let digit = (start..start + 5).fold(0, |digit, bit| {
                let byte = checked.get(bit / 8).copied().unwrap_or(0);
                digit << 1 | usize::from(byte >> (7 - bit % 8) & 1)
            });
            written.push(char::from(DIGITS[digit]));
        }
        written
    }

    /// The key that was written down so; letters that look like digits, spaces and capitals make no difference.
    pub fn read(written: &str) -> Option<Self> {
        let upper = Zeroizing::new(written.trim().to_uppercase());
        let digits = upper.strip_prefix(WRITTEN_PREFIX)?;
        let mut bytes = Zeroizing::new([0_u8; KEY_BYTES + 2]);
        let mut bit = 0;
        for c in digits.chars().filter(|c| !matches!(c, '-' | ' ')) {
            let c = match c {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = DIGITS.iter().position(|own| char::from(*own) == c)?;
            for place in (0..5).rev() {
                // What is left over of the last digit is padding.
                if let Some(byte) = bytes.get_mut(bit / 8) {
                    *byte |= u8::from(digit >> place & 1 == 1) << (7 - bit % 8);
                } else if digit >> place & 1 == 1 {
                    return None;
                }
                bit += 1;
            }
        }
        let (key, checksum) = bytes.split_first_chunk::<KEY_BYTES>()?;
        let key = Self::from_bytes(*key);
        (bit.div_ceil(8) == KEY_BYTES + 3 && *checksum == key.checksum()).then_some(key)
    }

    fn checksum(&self) -> [u8; 2] {
        let hash = blake3::derive_key("Tain 2026-11-28 checksum of a written key", &*self.0);
        [hash[0], hash[1]]
    }
}

/// How a key that is written down begins.
const WRITTEN_PREFIX: &str = "TAIN";
/// Crockford's base 32: no letter that looks like a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Why something can't be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum SealError {
    /// The passphrase is empty.
    Empty,
    /// The passphrase is another, or the sealed bytes have changed.
    Wrong,
    /// The bytes were not sealed here.
    NotSealed,
    /// There is no memory to derive the key.
    Memory,
}

impl Explain for SealError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Empty => {
                Explanation::refused(Text::new("the passphrase is empty", "密码短语为空"))
            }
            Self::Wrong => Explanation::project(Text::new(
                "the passphrase is wrong, or the file was changed",
                "密码短语不对，或文件已被改动",
            ))
            .hint(Text::new(
                "type it again; capitals and spaces count",
                "请重新输入；大小写与空格都算在内",
            )),
            Self::NotSealed => Explanation::project(Text::new(
                "this is not a sealed file of Tain",
                "这不是 Tain 的加密文件",
            )),
            Self::Memory => Explanation::io(Text::new(
                "there is no memory to derive the key from the passphrase (64 MiB)",
                "内存不足，无法由密码短语生成密钥（需要 64 MiB）",
            )),
        }
    }
}

/// Seals bytes with a passphrase; `random` are bytes that nobody can guess, new ones for each sealing.
///
/// # Errors
/// [`SealError::Memory`].
pub fn seal(
    passphrase: &Passphrase,
    plain: &[u8],
    random: &[u8; SALT_BYTES + NONCE_BYTES],
) -> Result<Vec<u8>, SealError> {
    let (salt, nonce) = random
        .split_first_chunk::<SALT_BYTES>()
        .ok_or(SealError::Memory)?;
    let key = Key::derive(passphrase, Salt(*salt))?;
    let mut sealed = [&MAGIC[..], random].concat();
    let nonce = XNonce::try_from(nonce).map_err(|_length| SealError::Memory)?;
    let cipher = XChaCha20Poly1305::new(key.reveal().into());
    sealed.extend(
        cipher
            .encrypt(&nonce, plain)
            .map_err(|_too_long| SealError::Memory)?,
    );
    Ok(sealed)
}

/// Opens what [`seal`] sealed.
///
/// # Errors
/// When the passphrase is another, or the bytes are not as they were.
pub fn open(passphrase: &Passphrase, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let rest = sealed.strip_prefix(MAGIC).ok_or(SealError::NotSealed)?;
    let (salt, rest) = rest
        .split_first_chunk::<SALT_BYTES>()
        .ok_or(SealError::NotSealed)?;
    let (nonce, encrypted) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(SealError::NotSealed)?;
    let key = Key::derive(passphrase, Salt(*salt))?;
    let cipher = XChaCha20Poly1305::new(key.reveal().into());
    let plain = cipher.decrypt(&XNonce::from(*nonce), encrypted);
    plain
        .map(Zeroizing::new)
        .map_err(|_mismatch| SealError::Wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_with_its_passphrase_alone() {
        let random = std::array::from_fn(|at| u8::try_from(at).unwrap());
        let sealed = seal(&passphrase("蓝色的小船 4"), "何奶奶".as_bytes(), &random).unwrap();
        let opened = open(&passphrase("蓝色的小船 4\n"), &sealed).unwrap();
        assert_eq!(*opened, "何奶奶".as_bytes());
        assert_eq!(
            open(&passphrase("蓝色的小船 5"), &sealed).unwrap_err(),
            SealError::Wrong
        );
        assert!(!sealed.windows(3).any(|bytes| bytes == "何".as_bytes()));
        for at in [8, 30, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(
                open(&passphrase("蓝色的小船 4"), &changed).unwrap_err(),
                SealError::Wrong
            );
        }
        assert_eq!(
            open(&passphrase("x"), b"something else").unwrap_err(),
            SealError::NotSealed
        );
    }

    #[test]
    fn a_key_depends_on_passphrase_and_salt() {
        let key = |text: &str, salt| Key::derive(&passphrase(text), Salt([salt; 16])).unwrap();
        assert_eq!(key("one", 1), key("one", 1));
        assert_ne!(key("one", 1), key("one", 2));
        assert_ne!(key("one", 1), key("two", 1));
    }

    #[test]
    fn a_marked_salt_is_found_even_with_one_wrong_bit() {
        let salt = Salt::marked([9, 8, 7, 6, 5, 4, 3, 2]);
        assert_eq!(Salt::find(salt.0), Some(salt));
        for bit in 0..128 {
            let mut wrong = salt.0;
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Salt::find(wrong), Some(salt), "bit {bit}");
        }
        assert_eq!(Salt::find(*b"SQLite format 3\0"), None);
    }

    #[test]
    fn a_key_that_is_written_down_is_read_again_and_slips_are_noticed() {
        let key = Key::from_bytes(std::array::from_fn(|at| {
            u8::try_from(at * 7 % 256).unwrap()
        }));
        let written = key.written();
        assert_eq!(Key::read(&written), Some(key.clone()));
        let sloppy = written.to_lowercase().replace('-', " ").replace('0', "o");
        assert_eq!(Key::read(&sloppy), Some(key));
        for at in 5..written.len() {
            let slip = written.char_indices().map(|(own, c)| match c {
                c if own != at || c == '-' => c,
                'A' => 'B',
                _ => 'A',
            });
            let slip: String = slip.collect();
            assert!(slip == **written || Key::read(&slip).is_none(), "{slip}");
        }
        assert_eq!(Key::read("blue boat 4"), None);
    }

    #[test]
    fn nothing_secret_is_printed() {
        let secret = passphrase("secret");
        assert_eq!(format!("{secret:?}"), "Passphrase");
        assert_eq!(
            format!("{:?}", Key::derive(&secret, Salt([0; 16])).unwrap()),
            "Key"
        );
        assert_eq!(Passphrase::new("\r\n".to_owned()), Err(SealError::Empty));
    }
}
