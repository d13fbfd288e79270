//! Files that are zip archives of parts, such as Word's: opened with a bound on what they unpack to.

use std::io::{Cursor, Read as _};

use crate::import::ImportError;

/// Most bytes that the parts of a document may unpack to.
const LIMIT_BYTES: u64 = 256 << 20;

/// An archive that is open.
pub(crate) struct ZipPackage<'a> {
    file: &'a str,
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// Most bytes that may be unpacked.
    limit: u64,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> ZipPackage<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it is cut off, or no archive.
    pub(crate) fn open(file: &'a str, bytes: &'a [u8]) -> Result<Self, ImportError> {
        Self::open_up_to(file, bytes, LIMIT_BYTES)
    }

    /// Opens an archive whose parts together may unpack to a number of bytes.
    ///
    /// # Errors
    /// When it is cut off, or no archive.
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

    /// Names of the parts, folders left out, as they are written.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = self
            .archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()));
        names.filter(|name| !name.ends_with(['/', '\\'])).collect()
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a part.
    ///
    /// # Errors
    /// When it isn't there, is damaged, or unpacks to more than all parts together may.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, ImportError> {
        let file = self.file;
        let part = self
            .archive
            .by_name(name)
            .map_err(|error| damaged(file, format!("{name}: {error}")))?;
        let mut bytes = Vec::new();
        let read = part
            .take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(file, format!("{name}: {error}")))? as u64;
        if read > self.left {
            let megabytes = |bytes: u64| usize::try_from(bytes >> 20).unwrap_or(usize::MAX);
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
        Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text))
    }
}

/// A file that can't be taken apart.
pub(crate) fn damaged(file: &str, reason: impl Into<String>) -> ImportError {
    ImportError::Damaged {
        file: file.to_owned(),
        reason: reason.into(),
    }
}

/// The value of an element's attribute.
pub(crate) fn attribute(element: &quick_xml::events::BytesStart<'_>, name: &str) -> Option<String> {
    let value = element.try_get_attribute(name).ok()??;
    Some(
        value
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}

/// The value of an element's attribute, whatever prefix its name has.
pub(crate) fn local_attribute(
    element: &quick_xml::events::BytesStart<'_>,
    name: &str,
) -> Option<String> {
    let mut attributes = element.attributes();
    let mut named = attributes
        .with_checks(false)
        .flatten()
        .filter(|attribute| attribute.key.local_name().as_ref() == name);
    Some(
        named
            .next()?
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}

/// The text of an entity in XML; unknown ones stand for nothing.
pub(crate) fn entity(entity: &quick_xml::events::BytesRef<'_>) -> Result<String, quick_xml::Error> {
    Ok(match entity.resolve_char_ref()? {
        Some(c) => c.to_string(),
        None => quick_xml::escape::resolve_predefined_entity(entity)
            .unwrap_or_default()
            .to_owned(),
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
