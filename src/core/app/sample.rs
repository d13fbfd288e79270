//! The sample study "I believe I can": fictional interviews that are part of the program, imported as any files are.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::{
    AppError, Session,
    edit::{
        attributes::translate_category,
        find_or_add::CreateCodes,
        translation::{translate_attribute, translate_phase},
    },
    identity::Host,
    import::{PathPatterns, SheetError},
};
use crate::{
    import::{
        DocumentOptions, ImportError, ImportedDocument, SourceFile,
        codebook::{CodeFile, read_ron},
        label_key, read_document,
    },
    model::{
        Project,
        attribute::AttributeOf,
        ids::AttributeId,
        localized::{Language, Localized},
    },
    store::StoreError,
};

static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../samples/i-believe-i-can");
static CODEBOOKS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../codebooks");

/// The title of the sample project.
pub const TITLE: &str = "我相信我能 I believe I can";

/// The codebooks, in the order in which they are imported.
const ORDER: [&str; 5] = [
    "looking-glass-self.ron",
    "influencing-factors.ron",
    "needs.ron",
    "strengths.ron",
    "group-work-process.ron",
];

const PHASES_IN_CHINESE: [(&str, &str); 9] = [
    ("baseline", "前测"),
    ("session 1", "第1次活动"),
    ("session 2", "第2次活动"),
    ("session 3", "第3次活动"),
    ("session 4", "第4次活动"),
    ("session 5", "第5次活动"),
    ("session 6", "第6次活动"),
    ("session 7", "第7次活动"),
    ("follow-up", "后测"),
];

const ATTRIBUTES_IN_CHINESE: [(&str, &str); 13] = [
    ("name", "姓名"),
    ("role", "角色"),
    ("sex", "性别"),
    ("age", "年龄"),
    ("household", "家庭结构"),
    ("income", "收入"),
    ("carer", "照顾者"),
    ("years_on_allowance", "领取低保年数"),
    ("self_esteem", "自尊"),
    ("teacher_rating", "教师评分"),
    ("takes_part", "参加小组"),
    ("language", "语言"),
    ("date", "日期"),
];

/// The categories of the sample's attributes with their Chinese names.
const CATEGORIES_IN_CHINESE: [(&str, &str, &str); 22] = [
    ("role", "child", "孩子"),
    ("role", "mother", "母亲"),
    ("role", "father", "父亲"),
    ("role", "grandmother", "祖母"),
    ("role", "aunt", "姑姑"),
    ("sex", "female", "女"),
    ("sex", "male", "男"),
    ("household", "single parent", "单亲"),
    ("household", "two parents", "父母双全"),
    ("household", "three generations", "三代同堂"),
    ("household", "grandparent and child", "隔代"),
    ("household", "relative and child", "亲属抚养"),
    ("income", "minimum allowance", "低保"),
    ("income", "low", "低收入"),
    ("income", "modest", "一般"),
    ("income", "pension", "养老金"),
    ("carer", "mother", "母亲"),
    ("carer", "father", "父亲"),
    ("carer", "grandmother", "祖母"),
    ("carer", "aunt", "姑姑"),
    ("language", "en", "英文"),
    ("language", "zh", "中文"),
];

/// The user's folder for projects that the program creates itself.
pub fn default_folder() -> Option<PathBuf> {
    Some(
        directories::ProjectDirs::from("", "", "tain")?
            .data_dir()
            .to_owned(),
    )
}

/// The starter codebooks, with their file names.
pub fn codebooks() -> Vec<(&'static str, &'static [u8])> {
    ORDER
        .iter()
        .filter_map(|name| Some((*name, CODEBOOKS.get_file(name)?.contents())))
        .collect()
}

/// A starter codebook as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Starter {
    /// Its name, by which it is imported.
    pub name: &'static str,
    /// Its file name.
    pub file: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
    /// Its title.
    pub title: Localized,
    /// Language of its main texts.
    pub language: Language,
    /// What it is for.
    pub description: Localized,
    /// Its codes in the order of their tree, each with its depth and definition.
    pub outline: Vec<StarterCode>,
}

/// A code of a starter codebook.
#[derive(Debug, Clone, PartialEq)]
pub struct StarterCode {
    /// How many codes are above it.
    pub depth: usize,
    /// Its name.
    pub name: Localized,
    /// What it means.
    pub definition: Localized,
}

/// The starter codebooks with their titles.
///
/// # Errors
/// One of them can't be read; the tests of the sample read them all.
pub fn starters() -> Result<Vec<Starter>, ImportError> {
    fn list(codes: &[CodeFile], depth: usize, outline: &mut Vec<StarterCode>) {
        for code in codes {
            outline.push(StarterCode {
                depth,
                name: code.name.clone(),
                definition: code.definition.clone(),
            });
            list(&code.codes, depth + 1, outline);
        }
    }
    let starters = codebooks().into_iter().map(|(file, bytes)| {
        let book = read_ron(file, bytes.to_vec())?;
        let mut outline = Vec::new();
        list(&book.codes, 0, &mut outline);
        Ok(Starter {
            name: file.trim_end_matches(".ron"),
            file,
            bytes,
            outline,
            title: book.title,
            description: book.description,
            language: book.language,
        })
    });
    starters.collect()
}

/// Builds the sample project in a folder, unless it is there; returns its path and whether it was built.
///
/// # Errors
/// The folder can't be written.
pub fn build(folder: &Path, host: &dyn Fn() -> Host) -> Result<(PathBuf, bool), SheetError> {
    let path = folder.join("i-believe-i-can.tain");
    if path.exists() {
        return Ok((path, false));
    }
    std::fs::create_dir_all(folder).map_err(|source| io_error(folder, source))?;
    // Under another name until it is complete: an interrupted build is no sample.
    let unfinished = folder.join("i-believe-i-can.part.tain");
    remove_all(&unfinished);
    let built = fill_new(&unfinished, host()).and_then(|()| {
        std::fs::rename(&unfinished, &path).map_err(|source| io_error(folder, source))?;
        Ok(())
    });
    // Also the lock of a sample that now has its own name.
    remove_all(&unfinished);
    built?;
    Ok((path, true))
}

/// Builds the sample in a new file and closes it.
fn fill_new(path: &Path, host: Host) -> Result<(), SheetError> {
    fill(&mut Session::create(path, TITLE, "An", host)?)?;
    // On a full disk, closing can't fold the write-ahead log into the file, which is half a project without it.
    let mut log = path.to_owned().into_os_string();
    log.push("-wal");
    if Path::new(&log).exists() {
        return Err(AppError::from(StoreError::Full).into());
    }
    Ok(())
}

fn io_error(folder: &Path, source: std::io::Error) -> AppError {
    AppError::from(StoreError::Io {
        path: folder.to_owned(),
        source,
    })
}

/// Removes a project with the files beside it, if there are any.
fn remove_all(path: &Path) {
    for ending in ["", "-wal", "-shm", "-lock"] {
        let mut name = path.to_owned().into_os_string();
        name.push(ending);
        // A file that is missing needn't be removed; one that can't be makes creating the project fail.
        std::fs::remove_file(name).ok();
    }
}

fn fill(session: &mut Session) -> Result<(), SheetError> {
    for (name, bytes) in codebooks() {
        session.import_codebook(name, bytes.to_vec())?;
    }
    import_documents(session)?;
    // The table of documents comes first, because it has the phases in the order of the programme.
    if let Some(sheet) = bytes("documents.csv") {
        session.import_document_sheet("documents.csv", sheet)?;
    }
    if let Some(cases) = bytes("cases.csv") {
        session.import_cases("cases.csv", cases, None, None, None)?;
    }
    translate(session)?;
    if let Some(codings) = bytes("codings.csv") {
        session.import_codings("codings.csv", codings, CreateCodes::No)?;
    }
    session.save_checkpoint().map_err(AppError::from)?;
    Ok(())
}

/// Gives phases, attributes and categories their Chinese names; those of codes and facets are in the codebooks.
fn translate(session: &mut Session) -> Result<(), AppError> {
    let mut tx = session.transaction("translate phase");
    for (name, chinese) in PHASES_IN_CHINESE {
        let phase = tx.project().phase_by_name(name).map(|phase| phase.id);
        if let Some(phase) = phase {
            translate_phase(&mut tx, phase, Language::ZH, chinese)?;
        }
    }
    let phases = tx.finish()?;
    session.commit(phases)?;
    let mut tx = session.transaction("translate attribute");
    for (name, chinese) in ATTRIBUTES_IN_CHINESE {
        for attribute in named(tx.project(), name) {
            translate_attribute(&mut tx, attribute, Language::ZH, chinese)?;
        }
    }
    let attributes = tx.finish()?;
    session.commit(attributes)?;
    let mut tx = session.transaction("translate category");
    for (attribute, category, chinese) in CATEGORIES_IN_CHINESE {
        for attribute in named(tx.project(), attribute) {
            translate_category(&mut tx, attribute, category, Language::ZH, chinese)?;
        }
    }
    let categories = tx.finish()?;
    session.commit(categories)?;
    Ok(())
}

/// The attributes of a name, of cases or of documents.
fn named(project: &Project, name: &str) -> Vec<AttributeId> {
    let of_either = [AttributeOf::Cases, AttributeOf::Documents];
    let found = of_either.map(|of| project.attribute_by_name(of, name));
    found.into_iter().flatten().map(|own| own.id).collect()
}

fn bytes(name: &str) -> Option<Vec<u8>> {
    Some(SAMPLE.get_file(name)?.contents().to_vec())
}

fn import_documents(session: &mut Session) -> Result<(), SheetError> {
    let transcripts = SAMPLE
        .get_dir("transcripts")
        .into_iter()
        .flat_map(Dir::files);
    let files: Vec<SourceFile> = transcripts
        .map(|file| {
            let name = file.path().file_name();
            let name = name.expect("an embedded file has a name");
            SourceFile {
                path: name.to_string_lossy().into_owned(),
                bytes: file.contents().to_vec(),
            }
        })
        .collect();
    let read = |options: &DocumentOptions| -> Result<Vec<ImportedDocument>, ImportError> {
        let documents = files.iter().cloned();
        documents.map(|file| read_document(file, options)).collect()
    };
    // Whoever speaks in one transcript is believed to speak in another, be it once.
    let first = read(&DocumentOptions::default())?;
    let speakers = first.iter().flat_map(|document| &document.speakers);
    let mut options = DocumentOptions::default();
    options.believed.usual = speakers.map(|speaker| label_key(&speaker.label)).collect();
    let mut documents = read(&options)?;
    documents.sort_by(|a, b| a.file.cmp(&b.file));
    session.add_documents(documents, &PathPatterns::default())?;
    Ok(())
}
