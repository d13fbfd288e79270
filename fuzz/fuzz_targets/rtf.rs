//! Fuzzes rich text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::Format;
use tain_fuzz::transcript;

fuzz_target!(|data: &[u8]| {
    transcript(Format::Rtf, "a.rtf", data);
});
