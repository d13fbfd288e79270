//! Fuzzes archives as such: their directories, sizes and compression.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::Format;
use tain_fuzz::transcript;

fuzz_target!(|data: &[u8]| {
    transcript(Format::Docx, "a.docx", data);
    transcript(Format::Epub, "a.epub", data);
});
