//! `tain import` of other programs' projects and of answers in sheets.

use serde_json::Value;

use super::{COMMENTED, ImportArgs};
use crate::{
    app::{
        export::report::default_language,
        import::{
            SheetError,
            study::{StudyOptions, is_study, read_commented, read_study},
        },
    },
    cli::{CommandResult, Context, DONE, SOME_REFUSED, failure::Failure, open, study},
    import::{survey::read_answers, table::InputTable},
    message::text::Text,
};

/// Imports other programs' projects; transcripts have to be imported by themselves.
pub(super) fn studies(args: &ImportArgs, context: &Context<'_>) -> CommandResult {
    let commented = args.read_as == COMMENTED;
    if let Some(other) = args
        .paths
        .iter()
        .find(|path| !commented && path.exists() && !is_study(path))
    {
        return Err(Failure::usage(
            Text::new(
                "{file} is a transcript; import it apart from other programs' projects",
                "{file} 是访谈文本；请与其他软件的项目分开导入",
            )
            .with("file", other.as_path()),
        ));
    }
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        study::writer(&args.project, context)?
    };
    let mut done = Vec::new();
    let mut refused = false;
    let options = StudyOptions {
        coder: context.coder.clone(),
        known: Vec::new(),
    };
    let read: Vec<_> = if commented {
        vec![read_commented(&args.paths, &options)]
    } else {
        let studies = args.paths.iter().map(|path| {
            let known = session.texts_for(path);
            read_study(
                path,
                &StudyOptions {
                    known,
                    ..options.clone()
                },
            )
        });
        studies.collect()
    };
    for study in read {
        match study {
            Ok(study) if args.dry_run => done.push(study::preview(study, context)),
            Ok(study) => done.push(study::import(&mut session, study, context)?),
            Err(error) => {
                context.say_error(error);
                refused = true;
            }
        }
    }
    let language = default_language(session.project());
    if !args.dry_run {
        open::close(session);
    }
    args.losses.write(
        args.output.replace,
        done.iter()
            .map(|seen| seen.losses.report(&seen.file, language)),
    )?;
    if args.output.is_given() {
        let seen = Value::Array(done.into_iter().map(|seen| seen.json).collect());
        args.output.object(&seen, context)?;
    }
    if refused { SOME_REFUSED } else { DONE }
}

/// Imports the answers in sheets as documents.
pub(super) fn answers(args: &ImportArgs, context: &Context<'_>) -> CommandResult {
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        context.write(&args.project)?
    };
    for path in &args.paths {
        let (file, bytes) = (open::shown(path), open::read_file(path)?);
        if args.dry_run {
            let table = InputTable::read(&file, bytes).map_err(SheetError::from)?;
            let read = read_answers(&table, args.key.as_deref(), &args.answers)
                .map_err(SheetError::from)?;
            context.say(
                Text::new(
                    "{file}: {answers} answers of {cases} cases, {empty} empty",
                    "{file}：{cases} 个个案的 {answers} 个回答，{empty} 个空白",
                )
                .with("file", &file)
                .with("answers", read.answers.len())
                .with("cases", read.cases.rows.len())
                .with("empty", read.empty),
            );
            continue;
        }
        let done = session.import_answers(&file, bytes, args.key.as_deref(), &args.answers)?;
        context.say(
            Text::new(
                "{file}: documents imported: {documents}, already there: {known}, empty answers: {empty}",
                "{file}：已导入文档 {documents} 份，已存在 {known} 份，空白回答 {empty} 个",
            )
            .with("file", &file)
            .with("documents", done.documents)
            .with("known", done.known)
            .with("empty", done.empty),
        );
    }
    if !args.dry_run {
        open::close(session);
    }
    DONE
}
