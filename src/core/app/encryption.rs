//! Encrypting a project, giving it another passphrase, and taking the encryption away.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{
    AppError, Session, backups::backups_of, identity::Host, refusal::Refusal,
    surroundings::Surroundings,
};
use crate::{
    message::{language::UiLanguage, text::Text},
    seal::Passphrase,
    store::{Rebuild, Secret, Source, StoreError, wipe},
};

/// What became of the copies beside a project that was encrypted anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recrypted {
    /// How many backups were overwritten and removed.
    pub backups: usize,
    /// Copies that a repair or a restoration has left, which stay as they are.
    pub copies: Vec<PathBuf>,
}

/// What a project is to be encrypted with.
///
/// # Errors
/// [`Refusal::NoRandom`] when the system gives no bytes that nobody can guess.
pub fn secret(passphrase: Passphrase, host: &Host) -> Result<Secret, Refusal> {
    let random = (host.random)().ok_or(Refusal::NoRandom)?;
    Ok(Secret {
        passphrase,
        random: std::array::from_fn(|at| random[at]),
    })
}

/// Writes a project anew with another secret, or with none; the file of before is overwritten.
///
/// Returns what opens the new file, and what became of the copies. Backups of before are overwritten and removed, since they can be read as the file could, and a new one is made.
///
/// # Errors
/// When another window has the project open, the passphrase is wrong, or the disk is full; the project is as it was then.
pub fn recrypt(
    project: &Source,
    new: Option<&Secret>,
    surroundings: Surroundings<'_>,
    host: &Host,
) -> Result<(Source, Recrypted), AppError> {
    let mut rebuild = Rebuild::begin(project)?;
    let path = rebuild.path().to_owned();
    rebuild.encrypt(new)?;
    let backups = backups_of(&path);
    let source = rebuild.finish_wiping()?;
    source.read()?.backing_up().run((host.now_millis)())?;
    for backup in &backups {
        wipe(&backup.path).map_err(|source| StoreError::Io {
            path: backup.path.clone(),
            source,
        })?;
    }
    // An index and drafts of a project that is encrypted now would lie about in clear.
    surroundings.wipe(&path).map_err(|source| StoreError::Io {
        path: path.clone(),
        source,
    })?;
    surroundings.forget_title(&path);
    let done = Recrypted {
        backups: backups.len(),
        copies: copies(&path),
    };
    Ok((source, done))
}

/// Copies that a repair or a restoration has left beside a project.
pub(in crate::app) fn copies(path: &Path) -> Vec<PathBuf> {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem()) else {
        return Vec::new();
    };
    let stem = stem.to_string_lossy().into_owned();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let rest = name.strip_prefix(&stem).unwrap_or_default();
            // The last two are there if the program was ended while it overwrote them.
            rest.starts_with(".damaged-")
                || rest.starts_with(".before-restore-")
                || [".tain-old", ".tain-wal-old"].contains(&rest)
        })
        .map(|entry| entry.path())
        .collect();
    copies.sort();
    copies
}

/// A page to print with the key of an encrypted project, which opens it should the passphrase be lost.
///
/// # Errors
/// [`Refusal::NotEncrypted`].
pub fn recovery_sheet(
    session: &Session,
    language: UiLanguage,
) -> Result<Zeroizing<String>, Refusal> {
    let key = session.file().written_key().ok_or(Refusal::NotEncrypted)?;
    let file = session.path().file_name().unwrap_or_default();
    let file = escaped(&file.to_string_lossy());
    let say = |text: Text| language.say(text);
    Ok(Zeroizing::new(format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>body{{font:12pt/1.6 serif;max-width:40em;margin:4em auto}}code{{font:bold 16pt/2 monospace;overflow-wrap:anywhere}}</style>\n<h1>{title}</h1>\n<p>{file}</p>\n<p>{what}</p>\n<p><code>{key}</code></p>\n<p>{care}</p>\n</html>\n",
        lang = language.tag(),
        title = say(Text::new(
            "Recovery sheet of a Tain project",
            "Tain 项目恢复单"
        )),
        what = say(Text::new(
            "Type this key in place of the passphrase. Capitals and dashes make no difference, and the last letters tell whether it is typed right.",
            "请在需要密码短语处输入此密钥。大小写与连字符不限，末尾字母用于检查输入是否有误。"
        )),
        key = *key,
        care = say(Text::new(
            "Whoever has this sheet and the file can read the interviews: keep them apart, and lock the sheet away. With a new passphrase the key changes, and this sheet is void.",
            "任何同时拿到此单和项目文件的人都能读到访谈内容：请分开存放，并锁好此单。更换密码短语后密钥随之改变，此单即告作废。"
        )),
    )))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
