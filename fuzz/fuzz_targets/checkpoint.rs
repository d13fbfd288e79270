//! Fuzzes checkpoints: bytes that are stored with the right hash, and aren't a fold of the log.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::store::{Access, Checkpoint, ProjectFile};
use tain_fuzz::projects;

fuzz_target!(|data: &[u8]| {
    let folder = projects::folder();
    let path = folder.path().join("p.tain");
    std::fs::write(&path, projects::sound()).expect("the folder for temporary files");
    let file = ProjectFile::open(&path, Access::Write).expect("it is sound");
    let sound = file.checkpoint().expect("it can be read");
    let bodies = [data.to_vec(), projects::patched(sound.as_ref().map_or(&[], |own| &own.body), data)];
    let seq = sound.map_or(1, |own| own.seq);
    drop(file);
    for body in bodies {
        let mut file = ProjectFile::open(&path, Access::Write).expect("it is sound");
        file.set_checkpoint(&Checkpoint { seq, body }).expect("it can be written");
        drop(file);
        projects::open(&path, Access::Read);
    }
});
