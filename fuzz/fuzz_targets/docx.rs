//! Fuzzes the parts of a Word file, each fuzzed as XML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::TranscriptFormat;
use tain_fuzz::{archive, transcript};

fuzz_target!(|data: &[u8]| {
    transcript(
        TranscriptFormat::Docx,
        "a.docx",
        &archive(
            &[
                "word/document.xml",
                "word/comments.xml",
                "word/footnotes.xml",
                "word/endnotes.xml",
            ],
            data,
        ),
    );
});
