//! Fuzzes entries of the log, a line of JSON each: what is read is written and read again, the same, and can be folded.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::{
    log::{codec, fold},
    model::invariants::violations,
};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut entries = Vec::new();
    for line in text.lines().take(64) {
        match codec::decode(line) {
            Ok(entry) => {
                if let Ok(again) = codec::encode(&entry) {
                    assert_eq!(codec::decode(&again).expect("what is written can be read"), entry);
                }
                entries.push(entry);
            }
            Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
        }
    }
    let project = fold(&entries);
    assert_eq!(violations(&project), [], "a log that makes no sense breaks an invariant");
});
