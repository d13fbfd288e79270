//! Tiers of ELAN's files: which of them are words can be chosen, and is known when speakers are read again.

use tain::{
    app::{Session, import::PathPatterns, jobs::JobControl, speakers_again::read_again},
    import::{DocumentOptions, SourceFile, TierChoice, read_document},
};

use crate::{cli::Cli, world::project};

/// A talk with a tier of words, one of comments, and one of translations, each of two annotations.
pub(crate) fn talk() -> String {
    let slots: String = [100, 2000, 4000]
        .iter()
        .enumerate()
        .map(|(at, millis)| format!("<TIME_SLOT TIME_SLOT_ID=\"s{at}\" TIME_VALUE=\"{millis}\"/>"))
        .collect();
    let on_time = |id: &str, slot: usize, text: &str| {
        format!(
            "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"{id}\" TIME_SLOT_REF1=\"s{slot}\"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        )
    };
    let refers = |id: &str, text: &str| {
        format!(
            "<ANNOTATION><REF_ANNOTATION ANNOTATION_REF=\"{id}\"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        )
    };
    format!(
        "<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>\
        <TIER TIER_ID=\"外婆\">{}{}</TIER><TIER TIER_ID=\"notes\">{}</TIER>\
        <TIER TIER_ID=\"ft\" PARTICIPANT=\"Granny\" PARENT_REF=\"外婆\">{}{}</TIER></ANNOTATION_DOCUMENT>",
        on_time("a1", 0, "我走路去学校。"),
        on_time("a2", 2, "走了一个钟头。"),
        on_time("a3", 1, "door opens"),
        refers("a1", "I walked to school."),
        refers("a2", "It took an hour."),
    )
}

#[test]
fn the_command_line_takes_tiers_by_name() {
    let cli = Cli::with_project();
    cli.write("talk.eaf", talk().as_bytes());
    let tiers = |more: &[&str]| {
        let words = [
            &[
                "import",
                "p.tain",
                "talk.eaf",
                "--dry-run",
                "--format",
                "json",
            ],
            more,
        ];
        let read: serde_json::Value = serde_json::from_str(&cli.okay(&words.concat())).unwrap();
        let file = &read["files"][0];
        let tiers = file["tiers"].as_array().unwrap().iter();
        let taken = tiers.map(|tier| {
            format!(
                "{} {} {} {}",
                tier["name"].as_str().unwrap(),
                tier["annotations"],
                tier["taken"],
                tier["example"].as_str().unwrap(),
            )
        });
        (taken.collect::<Vec<_>>(), file["turns"].clone())
    };
    assert_eq!(
        tiers(&[]).0,
        [
            "外婆 2 true 我走路去学校。",
            "notes 1 true door opens",
            "ft 2 false I walked to school."
        ]
    );
    let (taken, turns) = tiers(&["--tiers", "ft,notes"]);
    assert_eq!(
        taken,
        [
            "外婆 2 false 我走路去学校。",
            "notes 1 true door opens",
            "ft 2 true I walked to school."
        ]
    );
    assert_eq!(turns, 3);
    let words = ["import", "p.tain", "talk.eaf", "--tiers", "外婆,gloss"];
    let output = cli.run(&words);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("no file has the tier “gloss”")
            && said.contains("the tier “notes”, which was not chosen, was left out"),
        "{said}"
    );
    assert!(output.status.success());
}

#[test]
fn speakers_are_read_again_by_the_tiers_that_were_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut session: Session = project(&folder.path().join("p.tain"), 7);
    let file = SourceFile {
        path: "talk.eaf".to_owned(),
        bytes: talk().into_bytes(),
    };
    let chosen = DocumentOptions {
        tiers: TierChoice::only(&["ft".to_owned()]),
        ..DocumentOptions::default()
    };
    let document = read_document(file, &chosen).unwrap();
    assert_eq!(
        document.text.as_str(),
        "Granny: I walked to school. It took an hour.\n"
    );
    session
        .add_documents(vec![document], &PathPatterns::default())
        .unwrap();
    let id = session.project().document_by_title("talk").unwrap().id;
    let again = read_again(
        session.project(),
        session.texts(),
        &[id],
        &DocumentOptions::default(),
        &JobControl::default(),
    )
    .unwrap();
    assert!(again[0].turns.is_none(), "{:?}", again[0]);
}
