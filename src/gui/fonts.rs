//! The bundled fonts: Inter for Latin, Noto Sans CJK SC for Han (never Japanese forms), Noto Emoji in one colour, Phosphor for icons.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use super::theme::{HACK, MEDIUM, SEMIBOLD, UBUNTU};
use crate::picture::face;

/// Name and bytes of every bundled font.
const BUNDLED: [(&str, &[u8]); 7] = [
    ("inter", face::INTER),
    ("inter medium", face::INTER_MEDIUM),
    ("inter semibold", face::INTER_SEMIBOLD),
    ("han", face::HAN),
    ("han medium", face::HAN_MEDIUM),
    ("emoji", face::EMOJI),
    (
        "phosphor",
        include_bytes!("../../assets/fonts/Phosphor.ttf"),
    ),
];

/// Installs the fonts; egui's own stay behind them.
pub(super) fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in BUNDLED {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let behind = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let family = |first: &[&str]| -> Vec<String> {
        first
            .iter()
            .map(|name| (*name).to_owned())
            .chain(behind.iter().cloned())
            .collect()
    };
    fonts.families.insert(
        FontFamily::Proportional,
        family(&["inter", "han", "phosphor", "emoji"]),
    );
    fonts.families.insert(
        FontFamily::Name(MEDIUM.into()),
        family(&["inter medium", "han medium", "han", "phosphor", "emoji"]),
    );
    fonts.families.insert(
        FontFamily::Name(SEMIBOLD.into()),
        family(&["inter semibold", "han medium", "han", "phosphor", "emoji"]),
    );
    fonts.families.insert(
        FontFamily::Name(UBUNTU.into()),
        family(&["Ubuntu-Light", "han", "phosphor", "emoji", "inter"]),
    );
    fonts.families.insert(
        FontFamily::Name(HACK.into()),
        family(&["Hack", "han", "phosphor", "emoji", "inter"]),
    );
    if let Some(monospace) = fonts.families.get_mut(&FontFamily::Monospace) {
        monospace.push("han".to_owned());
    }
    ctx.set_fonts(fonts);
}
