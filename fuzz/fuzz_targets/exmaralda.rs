//! Fuzzes EXMARaLDA's transcriptions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::TranscriptFormat;
use tain_fuzz::transcript;

fuzz_target!(|data: &[u8]| {
    transcript(TranscriptFormat::Exmaralda, "a.exb", data);
});
