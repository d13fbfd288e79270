//! Fuzzes the contents of an OpenDocument text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::TranscriptFormat;
use tain_fuzz::{archive, transcript};

fuzz_target!(|data: &[u8]| {
    transcript(TranscriptFormat::Odt, "a.odt", &archive(&["content.xml"], data));
});
