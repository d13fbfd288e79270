//! Fuzzes CHAT's transcripts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::TranscriptFormat;
use tain_fuzz::transcript;

fuzz_target!(|data: &[u8]| {
    transcript(TranscriptFormat::Chat, "a.cha", data);
});
