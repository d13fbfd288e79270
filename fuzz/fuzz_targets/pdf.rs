//! Fuzzes PDF.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::TranscriptFormat;
use tain_fuzz::transcript;

fuzz_target!(init: tain_fuzz::faults_are_errors(), |data: &[u8]| {
    transcript(TranscriptFormat::Pdf, "a.pdf", data);
});
