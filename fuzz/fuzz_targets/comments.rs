//! Word files in whose comments codes stand.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::tools::{WordFile, read_word_comments};
use tain_fuzz::{archive, study};

fuzz_target!(|data: &[u8]| {
    let bytes = archive(&["word/document.xml", "word/comments.xml"], data);
    study(read_word_comments(&[WordFile {
        file: "a.docx",
        bytes: &bytes,
        coder: None,
    }]));
});
