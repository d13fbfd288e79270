//! Fuzzes the parts of a book.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::TranscriptFormat;
use tain_fuzz::{archive, transcript};

fuzz_target!(|data: &[u8]| {
    transcript(
        TranscriptFormat::Epub,
        "a.epub",
        &archive(
            &[
                "META-INF/container.xml",
                "OPS/book.opf",
                "OPS/one.xhtml",
                "OPS/two.xhtml",
            ],
            data,
        ),
    );
});
