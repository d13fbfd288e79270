//! Fuzzes sheets of text, as transcripts, cases, documents and codings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain_fuzz::sheets;

fuzz_target!(|data: &[u8]| {
    sheets("a.csv", data);
});
