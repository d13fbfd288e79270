//! REFI-QDA: a project's XML alone and in an archive with a text, and a codebook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::refi::read::{read_codebook, read_project};
use tain_fuzz::{archive, study};

fuzz_target!(|data: &[u8]| {
    study(read_project("a.qde", data));
    study(read_project(
        "a.qdpx",
        &archive(&["project.qde", "sources/A.txt"], data),
    ));
    study(read_codebook("a.qdc", data));
});
