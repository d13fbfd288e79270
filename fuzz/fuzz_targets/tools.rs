//! SQLite files of Taguette, QualCoder and RQDA.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::tools::{read_qualcoder, read_rqda, read_taguette, tool_of_sqlite};
use tain_fuzz::study;

fuzz_target!(|data: &[u8]| {
    let _ = tool_of_sqlite(data);
    study(read_taguette("a.sqlite3", data));
    study(read_qualcoder("a.qda/data.qda", data, &|_| None));
    study(read_rqda("a.rqda", data));
});
