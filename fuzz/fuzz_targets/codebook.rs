//! Fuzzes codebooks as RON and as a sheet.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain_fuzz::codebooks;

fuzz_target!(|data: &[u8]| {
    codebooks(data);
});
