//! The bundled fonts: Inter for Latin, Noto Sans CJK SC for Han, Noto Emoji in one colour, and Phosphor for icons.
//!
//! The Han font is the one for simplified Chinese, since fonts for Japanese draw some characters differently.

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

/// Installs the fonts, with egui's own as fallbacks.
pub(super) fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in BUNDLED {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallbacks = fonts
        .families
        .remove(&FontFamily::Proportional)
        .expect("egui defines its proportional family");
    // egui takes each character from the first font of a family that has it, so Latin comes before Han.
    let families: [(FontFamily, &[&str]); 5] = [
        (
            FontFamily::Proportional,
            &["inter", "han", "phosphor", "emoji"],
        ),
        (
            FontFamily::Name(MEDIUM.into()),
            &["inter medium", "han medium", "han", "phosphor", "emoji"],
        ),
        (
            FontFamily::Name(SEMIBOLD.into()),
            &["inter semibold", "han medium", "han", "phosphor", "emoji"],
        ),
        (
            FontFamily::Name(UBUNTU.into()),
            &["Ubuntu-Light", "han", "phosphor", "emoji", "inter"],
        ),
        (
            FontFamily::Name(HACK.into()),
            &["Hack", "han", "phosphor", "emoji", "inter"],
        ),
    ];
    for (family, names) in families {
        let names = names.iter().map(|name| (*name).to_owned());
        let names = names.chain(fallbacks.iter().cloned()).collect();
        fonts.families.insert(family, names);
    }
    if let Some(monospace) = fonts.families.get_mut(&FontFamily::Monospace) {
        monospace.push("han".to_owned());
    }
    ctx.set_fonts(fonts);
}
