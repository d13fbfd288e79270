//! What is remembered per user, not per project.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Most projects remembered.
const MOST_RECENT: usize = 12;

/// The user's settings; kept as RON in the settings folder.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether the window speaks Chinese; otherwise English.
    pub chinese: bool,
    /// Whether it is dark.
    pub dark: bool,
    /// Projects opened lately, the last first.
    pub recent: Vec<Recent>,
    /// Where they are kept.
    #[serde(skip)]
    folder: Option<PathBuf>,
}

/// A project opened lately.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it is.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
}

impl Settings {
    /// The settings stored in a folder; at first those of the system's language.
    pub fn load(folder: Option<PathBuf>) -> Self {
        let stored = folder.as_ref().and_then(|folder| std::fs::read_to_string(folder.join("settings.ron")).ok());
        let mut settings: Self = stored.and_then(|text| ron::from_str(&text).ok()).unwrap_or_else(|| {
            let chinese =
                ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok()).is_some_and(|l| l.starts_with("zh"));
            Self { chinese, ..Self::default() }
        });
        settings.recent.retain(|recent| recent.path.exists());
        settings.folder = folder;
        settings
    }

    /// Remembers a project that was opened.
    pub fn opened(&mut self, path: &Path, title: &str) {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|recent| recent.path != path);
        self.recent.insert(0, Recent { path, title: title.to_owned() });
        self.recent.truncate(MOST_RECENT);
        self.save();
    }

    /// Sets the language.
    pub fn set_chinese(&mut self, chinese: bool) {
        self.chinese = chinese;
        self.save();
    }

    /// Sets light or dark.
    pub fn set_dark(&mut self, dark: bool) {
        self.dark = dark;
        self.save();
    }

    fn save(&self) {
        let Some(folder) = &self.folder else { return };
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new()).unwrap_or_default();
        // Settings that can't be kept are asked for again; nothing of a project is in them but title and path.
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(folder.join("settings.ron"), text)).ok();
    }
}

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
