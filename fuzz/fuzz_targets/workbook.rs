//! Fuzzes spreadsheets.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain_fuzz::sheets;

fuzz_target!(init: tain_fuzz::faults_are_errors(), |data: &[u8]| {
    sheets("a.xlsx", data);
    sheets("a.xls", data);
});
