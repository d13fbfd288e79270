//! Reading a file that the user names: never more of it than its reader would take.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

/// Most bytes of a sheet, a codebook or a list of words; the largest text of a sheet with its markup.
const MOST_BYTES: u64 = 256 << 20;

/// Reads a sheet, a codebook or a list of words.
///
/// # Errors
/// It can't be read, or is larger than any of these is.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_up_to(path, MOST_BYTES)
}

/// Reads a file of at most `most` bytes.
///
/// # Errors
/// It can't be read, or is larger.
pub(crate) fn read_up_to(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
    if file.metadata()?.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // A pipe or a device tells no size, and a file may grow meanwhile.
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(read_up_to(&path, 5).unwrap(), b"12345");
        let error = read_up_to(&path, 4).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        // Much more than memory holds, and nothing of it is on the disk.
        File::create(&path).unwrap().set_len(1 << 42).unwrap();
        assert_eq!(read(&path).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_without_an_end_is_left_after_as_much_as_a_file_may_have() {
        let error = read_up_to(Path::new("/dev/zero"), 1 << 20).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
