//! Icons of the Phosphor font, sparingly used and always beside a name.

pub(super) const ARROW_LEFT: &str = "\u{E058}";
pub(super) const ARTICLE: &str = "\u{E0A8}";
pub(super) const CARET_DOWN: &str = "\u{E136}";
pub(super) const CARET_RIGHT: &str = "\u{E13A}";
pub(super) const FOLDER_OPEN: &str = "\u{E256}";
pub(super) const MERGE: &str = "\u{ED3E}";
pub(super) const MOON: &str = "\u{E330}";
pub(super) const NOTE: &str = "\u{E348}";
pub(super) const PENCIL: &str = "\u{E3B4}";
pub(super) const PLUS: &str = "\u{E3D4}";
pub(super) const QUESTION: &str = "\u{E3E8}";
pub(super) const SORT: &str = "\u{E444}";
pub(super) const SPLIT: &str = "\u{ED3C}";
pub(super) const SUN: &str = "\u{E472}";
pub(super) const TEXTBOX: &str = "\u{EB0A}";
pub(super) const TRASH: &str = "\u{E4A6}";
pub(super) const TREE: &str = "\u{EE48}";
pub(super) const UPLOAD: &str = "\u{E4C0}";
pub(super) const WARNING: &str = "\u{E4E0}";
pub(super) const CLOSE: &str = "\u{E4F6}";
pub(super) const CHECK: &str = "\u{E182}";
pub(super) const COLUMNS: &str = "\u{E546}";
pub(super) const FUNNEL: &str = "\u{E266}";
pub(super) const PALETTE: &str = "\u{E6C8}";
pub(super) const STAR: &str = "\u{E46A}";
pub(super) const USERS: &str = "\u{E4D6}";
