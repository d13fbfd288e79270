//! What is remembered per user, not per project.

use std::path::PathBuf;

/// The user's folder for settings.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("TAIN_CONFIG_DIR").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(directories::ProjectDirs::from("", "", "tain")?.config_dir().to_owned()))
}

/// The name of this installation: made once from `chance`, and kept.
pub fn installation(chance: u128) -> String {
    let fresh = format!("{chance:032x}");
    let Some(folder) = folder() else { return fresh };
    let path = folder.join("installation");
    if let Ok(known) = std::fs::read_to_string(&path)
        && known.trim().len() == fresh.len()
    {
        return known.trim().to_owned();
    }
    // Where nothing can be written, every start is an installation of its own, which costs a device id and nothing else.
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, &fresh)).ok();
    fresh
}
