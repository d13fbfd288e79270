//! Settings: what is remembered for each user rather than in a project.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{output_file, private_folder};
use crate::model::{
    ids::{CodeId, CoderId, DocumentId},
    text::TextRange,
};

/// The number of recent projects that are remembered.
const MOST_RECENT: usize = 12;

/// The user's settings, stored as RON in the folder for settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether the window is in Chinese rather than English.
    pub chinese: bool,
    /// Whether the window is dark.
    pub dark: bool,
    /// The typography of transcripts.
    pub reading: Reading,
    /// The size of everything in the window.
    pub scale_percent: UiScale,
    /// The name of the coder of new projects; may be empty.
    pub coder: String,
    /// The folder of new projects; `None` is the usual one.
    pub projects: Option<PathBuf>,
    /// Keys that commands have in place of the usual ones, both as the window names them.
    pub keys: BTreeMap<String, Vec<String>>,
    /// After how many minutes without work an encrypted project is locked.
    pub lock_minutes: LockMinutes,
    /// The panels beside the text.
    pub panels: Panels,
    /// Whether nothing of the projects that were opened is remembered: neither their names nor where the work was.
    pub forgets_projects: bool,
    /// Recently opened projects, the latest first.
    pub recent: Vec<Recent>,
    /// Where the work was in each project.
    pub places: BTreeMap<PathBuf, WorkPlace>,
    /// The folder where the settings are stored; `None` if they aren't.
    #[serde(skip)]
    folder: Option<PathBuf>,
}

/// Minutes without work after which an encrypted project is locked; 0 is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LockMinutes(pub u16);

impl Default for LockMinutes {
    fn default() -> Self {
        Self(15)
    }
}

/// A recently opened project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// The path of the project.
    pub path: PathBuf,
    /// The title of the project; that of an encrypted one isn't kept.
    pub title: String,
}

impl Recent {
    /// What the project is called in lists.
    pub fn name(&self) -> String {
        if !self.title.is_empty() {
            return self.title.clone();
        }
        let stem = self.path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }
}

/// The typography of transcripts; see [`Self::bounded`] for the bounds of the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The typeface of Latin letters.
    pub face: Face,
    /// The font size in points, 13 to 24.
    pub size: f32,
    /// The line height in percent of the font size, 120 to 220.
    pub line_percent: u16,
    /// The largest width of the column in Latin characters, 40 to 120.
    pub column_chars: u16,
    /// The space between turns in points, 4 to 40.
    pub turn_space: u16,
    /// What a selection with the mouse extends to.
    pub snap: Snap,
}

/// The size of everything in the window, in percent of the usual size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct UiScale(u16);

impl UiScale {
    /// The usual size.
    pub const USUAL: Self = Self(100);

    /// The next larger or smaller size.
    #[must_use]
    pub fn stepped(self, larger: bool) -> Self {
        Self::from(if larger {
            self.0.saturating_add(10)
        } else {
            self.0.saturating_sub(10)
        })
    }

    /// The size as a factor.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Default for UiScale {
    fn default() -> Self {
        Self::USUAL
    }
}

impl From<u16> for UiScale {
    fn from(percent: u16) -> Self {
        Self(percent.clamp(70, 250))
    }
}

impl From<UiScale> for u16 {
    fn from(scale: UiScale) -> Self {
        scale.0
    }
}

/// The panels beside the text: whether they are shown, and how large they are in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    /// Whether documents and codebook are shown at the left.
    pub lists: bool,
    /// Whether the inspector is shown at the right.
    pub inspector: bool,
    /// The width of documents and codebook, 200 to 420.
    pub lists_width: f32,
    /// The height of the documents above the codebook in percent of both, 15 to 85.
    pub documents_percent: f32,
    /// The width of the inspector, 220 to 460.
    pub inspector_width: f32,
}

impl Default for Panels {
    fn default() -> Self {
        Self {
            lists: true,
            inspector: true,
            lists_width: 280.0,
            documents_percent: 42.0,
            inspector_width: 300.0,
        }
    }
}

impl Panels {
    /// The same with every number within its bounds; the settings file may have been edited by hand.
    #[must_use]
    pub fn bounded(self) -> Self {
        let within = |size: f32, usual: f32, least: f32, most: f32| {
            if size.is_finite() {
                size.clamp(least, most)
            } else {
                usual
            }
        };
        Self {
            lists_width: within(self.lists_width, 280.0, 200.0, 420.0),
            documents_percent: within(self.documents_percent, 42.0, 15.0, 85.0),
            inspector_width: within(self.inspector_width, 300.0, 220.0, 460.0),
            ..self
        }
    }
}

/// A page of an open project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Reading and coding.
    #[default]
    Read,
    /// Search, with a concordance.
    Search,
    /// Tables and charts of themes.
    Themes,
    /// Families and persons.
    Cases,
    /// Memos.
    Memos,
    /// Every step, in words.
    History,
}

/// A typeface for reading; Chinese is always Noto Sans CJK SC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Face {
    /// Inter.
    #[default]
    Inter,
    /// Ubuntu Light.
    Ubuntu,
    /// Hack, in which all letters have the same width.
    Hack,
}

/// What a selection with the mouse extends to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Snap {
    /// Nothing.
    #[default]
    Off,
    /// Whole words.
    Word,
    /// Whole sentences.
    Sentence,
    /// Whole turns.
    Turn,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            face: Face::Inter,
            size: 16.0,
            line_percent: 169,
            column_chars: 70,
            turn_space: 14,
            snap: Snap::Off,
        }
    }
}

impl Reading {
    /// The same with every number within its bounds; the settings file may have been edited by hand.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            face: self.face,
            size: if self.size.is_finite() {
                self.size.clamp(13.0, 24.0)
            } else {
                16.0
            },
            line_percent: self.line_percent.clamp(120, 220),
            column_chars: self.column_chars.clamp(40, 120),
            turn_space: self.turn_space.clamp(4, 40),
            snap: self.snap,
        }
    }
}

/// Where the work was in a project.
///
/// It contains ids and numbers only: no text of a project may leave its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkPlace {
    /// The page that was shown.
    pub view: View,
    /// The document that was open.
    pub document: Option<DocumentId>,
    /// The first position on screen, in code points.
    pub top: u32,
    /// What was selected.
    pub selection: Option<TextRange>,
    /// Who coded.
    pub coder: Option<CoderId>,
    /// Favourite codes.
    pub favourites: BTreeSet<CodeId>,
    /// Recently used codes, the latest first.
    pub recent: Vec<CodeId>,
}

impl Settings {
    /// Loads the settings from a folder; without any, the language is that of the system.
    pub fn load(folder: Option<PathBuf>) -> Self {
        let stored = folder
            .as_ref()
            .and_then(|folder| std::fs::read_to_string(folder.join("settings.ron")).ok());
        let mut settings: Self = stored
            .and_then(|text| ron::from_str(&text).ok())
            .unwrap_or_else(|| Self {
                chinese: system_is_chinese(),
                ..Self::default()
            });
        settings.recent.retain(|recent| recent.path.exists());
        settings.places.retain(|path, _| path.exists());
        settings.reading = settings.reading.bounded();
        settings.panels = settings.panels.bounded();
        settings.folder = folder;
        settings
    }

    /// Remembers that a project was opened, unless projects aren't remembered.
    pub fn opened(&mut self, path: &Path, title: &str) {
        if self.forgets_projects {
            return;
        }
        let path = resolved(path);
        self.recent.retain(|recent| recent.path != path);
        self.recent.insert(
            0,
            Recent {
                path,
                title: title.to_owned(),
            },
        );
        self.recent.truncate(MOST_RECENT);
        self.save();
    }

    /// Sets whether projects that are opened are remembered; what is remembered of them is removed with it.
    pub fn set_remembers_projects(&mut self, remembers: bool) {
        self.forgets_projects = !remembers;
        if self.forgets_projects {
            self.recent.clear();
            self.places.clear();
        }
        self.save();
    }

    /// Sets after how many minutes without work an encrypted project is locked.
    pub fn set_lock_minutes(&mut self, minutes: u16) {
        self.lock_minutes = LockMinutes(minutes);
        self.save();
    }

    /// Forgets the title of a project, which is encrypted now.
    pub fn forget_title(&mut self, path: &Path) {
        let path = resolved(path);
        for recent in self.recent.iter_mut().filter(|recent| recent.path == path) {
            recent.title.clear();
        }
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

    /// Sets the typography of transcripts.
    pub fn set_reading(&mut self, reading: Reading) {
        self.reading = reading.bounded();
        self.save();
    }

    /// Sets the size of everything in the window.
    pub fn set_scale(&mut self, scale: UiScale) {
        self.scale_percent = scale;
        self.save();
    }

    /// Sets the name of the coder of new projects.
    pub fn set_coder(&mut self, name: String) {
        self.coder = name;
        self.save();
    }

    /// Sets the folder of new projects; an empty path is the usual folder.
    pub fn set_projects(&mut self, folder: PathBuf) {
        self.projects = (!folder.as_os_str().is_empty()).then_some(folder);
        self.save();
    }

    /// Sets the keys that commands have in place of the usual ones.
    pub fn set_keys(&mut self, keys: BTreeMap<String, Vec<String>>) {
        self.keys = keys;
        self.save();
    }

    /// Remembers the panels beside the text.
    pub fn keep_panels(&mut self, panels: Panels) {
        if self.panels != panels {
            self.panels = panels;
            self.save();
        }
    }

    /// Where the work was in a project.
    pub fn place(&self, path: &Path) -> Option<&WorkPlace> {
        self.places.get(&resolved(path))
    }

    /// Remembers where the work is in a project.
    ///
    /// Nothing is stored where projects aren't remembered.
    pub fn keep_place(&mut self, path: &Path, place: WorkPlace) {
        if self.forgets_projects {
            return;
        }
        let path = resolved(path);
        if self.places.get(&path) != Some(&place) {
            self.places.insert(path, place);
            self.save();
        }
    }

    /// The folder where the settings are stored; `None` if they aren't.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    fn save(&self) {
        let Some(folder) = &self.folder else { return };
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new())
            .expect("every setting has a form in RON");
        // Settings that can't be stored are lost at the end, which is no reason to interrupt the work.
        if private_folder::create(folder).is_ok() {
            output_file::write_private(&folder.join("settings.ron"), text.as_bytes()).ok();
            close_own(folder);
        }
    }
}

/// A path by which a project is known, whatever way led to it.
pub(super) fn resolved(path: &Path) -> PathBuf {
    path.canonicalize()
        .unwrap_or_else(|_missing| path.to_owned())
}

/// Returns true if the locale of the system is Chinese.
fn system_is_chinese() -> bool {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .is_some_and(|locale| locale.starts_with("zh"))
}

/// Takes the usual folder for settings away from everybody but its owner; one that the user names may hold other files.
fn close_own(folder: &Path) {
    if usual_folder().is_some_and(|usual| usual == folder) {
        private_folder::close(folder);
    }
}

fn usual_folder() -> Option<PathBuf> {
    let own = directories::ProjectDirs::from("", "", "tain")?;
    Some(own.config_dir().to_owned())
}

/// The user's folder for settings; `TAIN_CONFIG_DIR` replaces it.
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("TAIN_CONFIG_DIR")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from);
    named.or_else(usual_folder)
}

/// The user's folder for projects: `Tain` among their documents.
pub fn projects_folder() -> Option<PathBuf> {
    let user = directories::UserDirs::new()?;
    let documents = user
        .document_dir()
        .map_or_else(|| user.home_dir().join("Documents"), Path::to_owned);
    Some(documents.join("Tain"))
}

/// The name of this installation, which is made from `chance` once and then stored.
pub fn installation(chance: u128) -> String {
    let fresh = format!("{chance:032x}");
    let Some(folder) = folder() else { return fresh };
    let path = folder.join("installation");
    if let Ok(known) = std::fs::read_to_string(&path)
        && known.trim().len() == fresh.len()
    {
        return known.trim().to_owned();
    }
    // If it can't be stored, every start is an installation of its own, which only adds a device to the log.
    if private_folder::create(&folder).is_ok() {
        output_file::write_private(&path, fresh.as_bytes()).ok();
    }
    fresh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_that_are_not_remembered_leave_no_trace_in_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("Okafor.tain");
        std::fs::write(&project, "").unwrap();
        let config = folder.path().join("config");
        let mut settings = Settings::load(Some(config.clone()));
        let stored = || std::fs::read_to_string(config.join("settings.ron")).unwrap();
        settings.opened(&project, "The Okafors");
        settings.keep_place(&project, WorkPlace::default());
        assert!(stored().contains("The Okafors"));
        settings.set_remembers_projects(false);
        settings.opened(&project, "The Okafors");
        settings.keep_place(&project, WorkPlace::default());
        assert!(settings.recent.is_empty());
        assert!(!stored().contains("Okafor"), "{}", stored());
        let mut settings = Settings::load(Some(config.clone()));
        assert!(settings.forgets_projects);
        settings.set_remembers_projects(true);
        settings.opened(&project, "The Okafors");
        assert_eq!(settings.recent.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn settings_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("a/config");
        Settings::load(Some(config.clone())).set_dark(true);
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let file = config.join("settings.ron");
        assert_eq!(
            [&config, config.parent().unwrap(), &file].map(mode),
            [0o700, 0o700, 0o600]
        );
        // As an earlier version left it.
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        Settings::load(Some(config)).set_dark(false);
        assert_eq!(mode(&file), 0o600);
    }

    #[test]
    fn settings_come_back_and_numbers_out_of_bounds_are_mended() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p.tain");
        std::fs::write(&project, "").unwrap();
        let mut settings = Settings::load(Some(folder.path().to_owned()));
        settings.set_reading(Reading {
            size: 99.0,
            line_percent: 3,
            snap: Snap::Word,
            ..Reading::default()
        });
        let place = WorkPlace {
            view: View::Search,
            document: Some(DocumentId::from_u128(7)),
            top: 120,
            selection: Some(TextRange::between(3, 9)),
            ..WorkPlace::default()
        };
        settings.keep_place(&project, place.clone());
        settings.set_scale(UiScale::from(20));
        let settings = Settings::load(Some(folder.path().to_owned()));
        assert_eq!(
            settings.reading,
            Reading {
                size: 24.0,
                line_percent: 120,
                snap: Snap::Word,
                ..Reading::default()
            }
        );
        assert_eq!(settings.place(&project), Some(&place));
        assert_eq!(settings.scale_percent, UiScale::from(70));
        std::fs::remove_file(&project).unwrap();
        assert_eq!(
            Settings::load(Some(folder.path().to_owned())).place(&project),
            None
        );
    }
}
