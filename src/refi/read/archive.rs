//! The files of a project: its XML, whatever it is called, and the sources beside it, however their paths are written.

use std::collections::BTreeMap;

use super::xml::Tree;
use crate::import::{ImportError, text::package::ZipPackage};

/// Most bytes that all files of a project together may unpack to.
const LIMIT_BYTES: u64 = 1 << 30;

/// A project's files.
pub(super) struct Archive<'a> {
    package: Option<ZipPackage<'a>>,
    /// Names as they are written, by name in small letters with forward slashes.
    names: BTreeMap<String, String>,
}

/// Why a file of a project isn't there.
#[derive(Debug)]
pub(super) enum Absent {
    /// No such file.
    Missing,
    /// It is too large, or damaged.
    Unreadable(String),
}

impl<'a> Archive<'a> {
    /// Opens a `.qdpx`, or a `.qde` that lies alone, and reads its XML.
    ///
    /// # Errors
    /// When it isn't whole, or has no `.qde` at its root, or two.
    pub(super) fn open(file: &'a str, bytes: &'a [u8]) -> Result<(Self, Tree), ImportError> {
        if bytes.is_empty() {
            return Err(ImportError::Empty(file.to_owned()));
        }
        if !bytes.starts_with(b"PK") {
            let tree = Tree::read(file, &xml_text(file, bytes)?)?;
            return Ok((
                Self {
                    package: None,
                    names: BTreeMap::new(),
                },
                tree,
            ));
        }
        let mut package = ZipPackage::open_up_to(file, bytes, LIMIT_BYTES)?;
        let mut names = BTreeMap::new();
        for name in package.names() {
            let plain = plain(&name);
            if !plain.starts_with("__macosx/")
                && !plain
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .starts_with("._")
            {
                names.entry(plain).or_insert(name);
            }
        }
        let qde = |name: &&String| name.ends_with(".qde") && !name.contains('/');
        let found: Vec<&String> = names.keys().filter(qde).collect();
        let name = match found[..] {
            [only] => only,
            [] => {
                return Err(damaged(
                    file,
                    "there is no .qde file in it: this is no REFI-QDA project",
                ));
            }
            [first, second, ..] => {
                return Err(damaged(
                    file,
                    format!("it has two projects, `{first}` and `{second}`; keep one"),
                ));
            }
        };
        let written = names.get(name).cloned().unwrap_or_default();
        let bytes = package.bytes(&written)?;
        let tree = Tree::read(file, &xml_text(file, &bytes)?)?;
        Ok((
            Self {
                package: Some(package),
                names,
            },
            tree,
        ))
    }

    /// The bytes of the file that a path names: `internal://x.txt`, `relative:///x.txt`, a bare name, in any case, with any slashes.
    pub(super) fn bytes(&mut self, path: &str) -> Result<Vec<u8>, Absent> {
        let name = self.name(path).ok_or(Absent::Missing)?.to_owned();
        let package = self.package.as_mut().ok_or(Absent::Missing)?;
        package
            .bytes(&name)
            .map_err(|error| Absent::Unreadable(error.to_string()))
    }

    fn name(&self, path: &str) -> Option<&String> {
        let path = plain(path);
        let path = ["internal:", "relative:", "absolute:"]
            .iter()
            .find_map(|scheme| path.strip_prefix(scheme))
            .unwrap_or(&path);
        let path = path.trim_start_matches('/');
        let last = file_name(path);
        let candidates = [
            format!("sources/{path}"),
            path.to_owned(),
            format!("sources/{last}"),
            last.to_owned(),
        ];
        let found = candidates
            .iter()
            .find_map(|candidate| self.names.get(candidate));
        found.or_else(|| {
            let decoded = percent_decoded(last)?;
            self.names.get(&format!("sources/{decoded}"))
        })
    }
}

/// The last part of a path, however its slashes stand.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn plain(name: &str) -> String {
    let name = name.trim().replace('\\', "/").to_lowercase();
    name.trim_start_matches("./")
        .trim_start_matches('/')
        .to_owned()
}

/// A name with `%20` and its like undone; `None` when it has none.
fn percent_decoded(name: &str) -> Option<String> {
    let mut parts = name.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    let mut any = false;
    for part in parts {
        let code = part
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())?;
        bytes.push(code);
        bytes.extend(part.get(2..)?.as_bytes());
        any = true;
    }
    any.then(|| String::from_utf8(bytes).ok()).flatten()
}

/// XML as text: UTF-8, or UTF-16 with its mark.
///
/// # Errors
/// When it is neither.
pub(super) fn xml_text(file: &str, bytes: &[u8]) -> Result<String, ImportError> {
    let units = |unit: fn([u8; 2]) -> u16| {
        let units = bytes
            .chunks_exact(2)
            .skip(1)
            .filter_map(|pair| <[u8; 2]>::try_from(pair).ok().map(unit));
        char::decode_utf16(units)
            .map(|c| c.map_err(|_lone| damaged(file, "its XML is not whole UTF-16")))
            .collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(damaged(file, format!("its XML is not UTF-8: {error}"))),
        },
    }
}

/// A file that can't be taken apart.
pub(super) fn damaged(file: &str, reason: impl Into<String>) -> ImportError {
    ImportError::Damaged {
        file: file.to_owned(),
        reason: reason.into(),
    }
}
