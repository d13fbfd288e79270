//! Fuzzes project files: any bytes, and a sound project in which some bytes are others.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::store::Access;
use tain_fuzz::projects;

fuzz_target!(|data: &[u8]| {
    let folder = projects::folder();
    let path = folder.path().join("p.tain");
    for bytes in [data.to_vec(), projects::patched(projects::sound(), data)] {
        std::fs::write(&path, bytes).expect("the folder for temporary files");
        for access in [Access::Read, Access::Write] {
            projects::open(&path, access);
        }
        projects::clear(&folder);
    }
});
