//! Fuzzes archives as such: their directories, sizes and compression.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::TranscriptFormat;
use tain_fuzz::transcript;

fuzz_target!(|data: &[u8]| {
    transcript(TranscriptFormat::Docx, "a.docx", data);
    transcript(TranscriptFormat::Epub, "a.epub", data);
});
