//! The files of a project: its XML, whatever its name, and the sources beside it, however their paths are written.

use crate::message::{Message, text::Text};
use std::collections::BTreeMap;

use super::xml::XmlTree;
use crate::import::{ImportError, text::package::ZipPackage};

/// The limit for all files of a project together, unpacked.
const LIMIT_BYTES: u64 = 1 << 30;

/// The files of a project.
pub(super) struct Archive<'a> {
    package: Option<ZipPackage<'a>>,
    /// The names as they are written, by name in lower case with forward slashes.
    names: BTreeMap<String, String>,
}

/// Why a file of a project can't be read.
#[derive(Debug)]
pub(super) enum Absent {
    /// There is no such file.
    Missing,
    /// The file is too large or damaged.
    Unreadable(String),
}

impl<'a> Archive<'a> {
    /// Opens a `.qdpx`, or a `.qde` alone, and reads its XML.
    ///
    /// # Errors
    /// The file is damaged, or has no `.qde` at its root, or two.
    pub(super) fn open(file: &'a str, bytes: &'a [u8]) -> Result<(Self, XmlTree), ImportError> {
        if bytes.is_empty() {
            return Err(ImportError::Empty(file.to_owned()));
        }
        if !bytes.starts_with(b"PK") {
            let tree = XmlTree::read(file, &xml_text(file, bytes)?)?;
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
            // macOS adds files of its own to archives, some of them with the names of others.
            if !plain.starts_with("__macosx/") && !file_name(&plain).starts_with("._") {
                names.entry(plain).or_insert(name);
            }
        }
        let projects: Vec<(&String, &String)> = names
            .iter()
            .filter(|(plain, _)| plain.ends_with(".qde") && !plain.contains('/'))
            .collect();
        let written = match projects[..] {
            [(_, only)] => only,
            [] => {
                return Err(damaged(
                    file,
                    Text::new(
                        "there is no .qde file in it: it isn't a REFI-QDA project",
                        "其中没有 .qde 文件，不是 REFI-QDA 项目",
                    ),
                ));
            }
            [(first, _), (second, _), ..] => {
                return Err(damaged(
                    file,
                    Text::new(
                        "it has two projects, “{first}” and “{second}”; keep one",
                        "其中有两个项目“{first}”和“{second}”；请只保留一个",
                    )
                    .with("first", first)
                    .with("second", second),
                ));
            }
        };
        let bytes = package.bytes(written)?;
        let tree = XmlTree::read(file, &xml_text(file, &bytes)?)?;
        Ok((
            Self {
                package: Some(package),
                names,
            },
            tree,
        ))
    }

    /// The bytes of the file at a path such as `internal://x.txt`, `relative:///x.txt` or a bare name, in any case and with any slashes.
    pub(super) fn bytes(&mut self, path: &str) -> Result<Vec<u8>, Absent> {
        let name = self.name(path).ok_or(Absent::Missing)?.to_owned();
        let package = self.package.as_mut().ok_or(Absent::Missing)?;
        package
            .bytes(&name)
            .map_err(|error| Absent::Unreadable(error.to_string()))
    }

    fn name(&self, path: &str) -> Option<&String> {
        let path = plain(path);
        let path = match path.split_once(':') {
            Some(("internal" | "relative" | "absolute", path)) => path,
            // Without a scheme, as some programs write it; a colon can also be that of a drive.
            _ => &path,
        };
        let path = path.trim_start_matches('/');
        let last = file_name(path);
        // The standard puts files into `sources/`; some programs put them elsewhere, or write the path of their own disk.
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

/// The last part of a path, with slashes of either kind.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit_once(['/', '\\']).map_or(path, |(_, name)| name)
}

fn plain(name: &str) -> String {
    let name = name.trim().replace('\\', "/").to_lowercase();
    name.trim_start_matches("./")
        .trim_start_matches('/')
        .to_owned()
}

/// A name with escapes such as `%20` decoded; `None` if it has none.
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

/// XML as text, from UTF-8 or from UTF-16 with a byte-order mark.
///
/// # Errors
/// The bytes are neither.
pub(super) fn xml_text(file: &str, bytes: &[u8]) -> Result<String, ImportError> {
    match bytes {
        [0xff, 0xfe, text @ ..] => utf_16(file, text, u16::from_le_bytes),
        [0xfe, 0xff, text @ ..] => utf_16(file, text, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(damaged(
                file,
                Text::new(
                    "its XML is not UTF-8: {reason}",
                    "其 XML 不是 UTF-8：{reason}",
                )
                .with("reason", error.to_string()),
            )),
        },
    }
}

fn utf_16(file: &str, text: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ImportError> {
    let (pairs, _odd_byte) = text.as_chunks::<2>();
    let chars: Result<String, _> = char::decode_utf16(pairs.iter().copied().map(unit)).collect();
    chars.map_err(|_lone| {
        damaged(
            file,
            Text::new("its XML is not whole UTF-16", "其 XML 不是完整的 UTF-16"),
        )
    })
}

/// The error for a file that can't be understood.
pub(super) fn damaged(file: &str, reason: impl Into<Message>) -> ImportError {
    ImportError::Damaged {
        file: file.to_owned(),
        reason: reason.into(),
    }
}
