//! Annotations as text: brat (text and annotation, parted by a zero byte), WebAnno, and Taguette's sheets and page of highlights.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tain::import::{
    SourceFile,
    tools::{
        read_brat, read_taguette_codebook, read_taguette_highlights, read_taguette_page,
        read_webanno,
    },
};
use tain_fuzz::study;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let mut file = |path: &str| SourceFile {
        path: path.to_owned(),
        bytes: parts.next().unwrap_or_default().to_vec(),
    };
    let files = [file("a.txt"), file("a.ann")];
    study(read_brat("folder", &files, "An"));
    study(read_webanno("a.tsv", data, "An"));
    study(read_taguette_codebook("a.csv", data.to_vec()));
    study(read_taguette_highlights(
        "a.csv",
        data.to_vec(),
        &[("a", "words of a text 自信")],
    ));
    study(read_taguette_page(
        "a.html",
        data.to_vec(),
        &[("a", "words of a text 自信")],
    ));
});
