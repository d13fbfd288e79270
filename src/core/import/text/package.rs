//! Files that are zip archives of parts, such as Word's, with a bound on what they unpack to (a "zip bomb" is a few kilobytes).

use crate::message::Message;
use std::io::{Cursor, Read as _};

use quick_xml::{
    XmlVersion,
    events::{BytesRef, BytesStart},
};

use crate::import::{ImportError, encoding};

/// Most bytes that the parts of a document may unpack to: four times the largest text, for its markup.
const LIMIT_BYTES: u64 = 256 << 20;

/// An open archive.
pub(crate) struct ZipPackage<'a> {
    file: &'a str,
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// Most bytes that may be unpacked in all.
    limit: u64,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> ZipPackage<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it is no archive, or cut off.
    pub(crate) fn open(file: &'a str, bytes: &'a [u8]) -> Result<Self, ImportError> {
        Self::open_up_to(file, bytes, LIMIT_BYTES)
    }

    /// Opens an archive whose parts together may unpack to at most `limit` bytes.
    ///
    /// # Errors
    /// When it is no archive, or cut off.
    pub(crate) fn open_up_to(
        file: &'a str,
        bytes: &'a [u8],
        limit: u64,
    ) -> Result<Self, ImportError> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| damaged(file, error.to_string()))?;
        Ok(Self {
            file,
            archive,
            limit,
            left: limit,
        })
    }

    /// The names of all parts, without folders.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            // Some writers of Windows separate folders with backslashes.
            .filter(|name| !name.ends_with(['/', '\\']))
            .collect()
    }

    /// Returns true if there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a part.
    ///
    /// # Errors
    /// When it is missing or damaged, or unpacks to more than the limit leaves.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, ImportError> {
        let file = self.file;
        let part = self
            .archive
            .by_name(name)
            .map_err(|error| damaged(file, format!("{name}: {error}")))?;
        let mut bytes = Vec::new();
        // The size in the archive's directory can lie, so the bytes are counted; one more than is left shows that there are too many.
        let read = part
            .take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(file, format!("{name}: {error}")))? as u64;
        if read > self.left {
            return Err(ImportError::TooLarge {
                file: file.to_owned(),
                megabytes: megabytes(read),
                limit: megabytes(self.limit),
            });
        }
        self.left -= read;
        Ok(bytes)
    }

    /// A part that is XML, as text.
    ///
    /// # Errors
    /// As [`Self::bytes`], and when it isn't UTF-8.
    pub(crate) fn xml(&mut self, name: &str) -> Result<String, ImportError> {
        let bytes = self.bytes(name)?;
        let text = String::from_utf8(bytes)
            .map_err(|error| damaged(self.file, format!("{name}: {error}")))?;
        Ok(encoding::without_mark(text))
    }
}

fn megabytes(bytes: u64) -> usize {
    usize::try_from(bytes >> 20).expect("an archive in memory has fewer megabytes than memory")
}

/// The error for a file that can't be parsed.
pub(crate) fn damaged(file: &str, reason: impl Into<Message>) -> ImportError {
    ImportError::Damaged {
        file: file.to_owned(),
        reason: reason.into(),
    }
}

/// The value of an element's attribute, by its name with prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = element.try_get_attribute(name).ok()??;
    Some(value.normalized_value(VERSION).ok()?.into_owned())
}

/// The value of an element's attribute, by its name with prefix; empty if it is missing.
pub(super) fn attribute_or_empty(element: &BytesStart<'_>, name: &str) -> String {
    attribute(element, name).unwrap_or_default()
}

/// The value of an element's attribute, by its name without prefix: prefixes are the writer's choice.
pub(crate) fn local_attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let value = attributes
        // Without the check for duplicates the first attribute of a name counts.
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(value.normalized_value(VERSION).ok()?.into_owned())
}

/// The value of an element's attribute, by its name without prefix; empty if it is missing.
pub(super) fn local_attribute_or_empty(element: &BytesStart<'_>, name: &str) -> String {
    local_attribute(element, name).unwrap_or_default()
}

/// Attributes are read by the rules of XML 1.0, which every format here uses.
const VERSION: XmlVersion = XmlVersion::Implicit1_0;

/// The text of a character reference or entity; an unknown entity is empty.
///
/// Entities that a file declares itself are never expanded: nested ones can grow to any size.
pub(crate) fn entity(entity: &BytesRef<'_>) -> Result<String, quick_xml::Error> {
    Ok(match entity.resolve_char_ref()? {
        Some(c) => c.to_string(),
        None => quick_xml::escape::resolve_predefined_entity(entity)
            .map_or_else(String::new, str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_unpacks_to_too_much_is_refused_while_it_is_read() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("bomb.xml", zip::write::SimpleFileOptions::default())
            .unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..=(LIMIT_BYTES >> 20) {
            zip.write_all(&zeros).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20);
        let error = ZipPackage::open("bomb.docx", &bytes)
            .unwrap()
            .bytes("bomb.xml")
            .unwrap_err();
        assert!(matches!(error, ImportError::TooLarge { .. }), "{error}");
    }
}
