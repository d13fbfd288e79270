//! Fuzzes the search index: files in which some bytes are others give no hit that the texts don't have.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain_fuzz::projects;

fuzz_target!(|data: &[u8]| projects::search_patched_index(data));
