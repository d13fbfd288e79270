//! The bundled fonts: Inter for Latin, Noto Sans CJK SC for Han, Noto Emoji in one colour, and Phosphor for icons.
//!
//! The Han font is the one for simplified Chinese, since fonts for Japanese draw some characters differently.
//! Quotation marks and ellipses are in both, and egui takes a character from the first font of a family that has it:
//! - Labels of a Chinese window have them in the width of a Han character, so their families are others than in English.
//! - What people say is in either language, in either window: [`typeset`](super::typeset) tells mark by mark.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use super::theme::{HACK, MEDIUM, SEMIBOLD, UBUNTU};
use super::typeset::{LATIN, LATIN_MEDIUM, LATIN_SEMIBOLD, MARKS, MARKS_MEDIUM};
use crate::{message::language::UiLanguage, picture::face};

/// Name and bytes of every bundled font.
const BUNDLED: [(&str, &[u8]); 9] = [
    ("inter", face::INTER),
    ("inter medium", face::INTER_MEDIUM),
    ("inter semibold", face::INTER_SEMIBOLD),
    ("han", face::HAN),
    ("han medium", face::HAN_MEDIUM),
    (
        "marks",
        include_bytes!("../../assets/fonts/NotoSansCJKsc-Marks.otf"),
    ),
    (
        "marks medium",
        include_bytes!("../../assets/fonts/NotoSansCJKsc-Medium-Marks.otf"),
    ),
    ("emoji", face::EMOJI),
    (
        "phosphor",
        include_bytes!("../../assets/fonts/Phosphor.ttf"),
    ),
];

/// How far the marks are moved down, as a share of the size.
///
/// egui centres each font in the row, so Han characters stand lower than Latin ones; the marks have the measures of Inter.
const MARKS_DOWN: f32 = 0.072;

/// The fonts of a weight of labels.
struct Weight {
    /// The family by which labels name it.
    labels: FontFamily,
    /// The same with Latin marks, whatever the language of the window.
    latin: &'static str,
    /// The marks of a Chinese window.
    marks: &'static str,
    fonts: &'static [&'static str],
}

const REGULAR: &[&str] = &["inter", "han", "phosphor", "emoji"];
const MEDIUM_FONTS: &[&str] = &["inter medium", "han medium", "han", "phosphor", "emoji"];
const SEMIBOLD_FONTS: &[&str] = &["inter semibold", "han medium", "han", "phosphor", "emoji"];

/// Installs the fonts for a window in a language, with egui's own as fallbacks.
pub(super) fn install(ctx: &egui::Context, language: UiLanguage) {
    ctx.set_fonts(definitions(language));
}

fn definitions(language: UiLanguage) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in BUNDLED {
        let mut data = FontData::from_static(bytes);
        if name.starts_with("marks") {
            data = data.tweak(FontTweak {
                y_offset_factor: MARKS_DOWN,
                ..FontTweak::default()
            });
        }
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let fallbacks = fonts
        .families
        .remove(&FontFamily::Proportional)
        .expect("egui defines its proportional family");
    let mut add = |family: FontFamily, names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned());
        let names = names.chain(fallbacks.iter().cloned()).collect();
        fonts.families.insert(family, names);
    };
    let named = |name: &'static str| FontFamily::Name(name.into());
    let weights = [
        Weight {
            labels: FontFamily::Proportional,
            latin: LATIN,
            marks: "marks",
            fonts: REGULAR,
        },
        Weight {
            labels: named(MEDIUM),
            latin: LATIN_MEDIUM,
            marks: "marks medium",
            fonts: MEDIUM_FONTS,
        },
        Weight {
            labels: named(SEMIBOLD),
            latin: LATIN_SEMIBOLD,
            marks: "marks medium",
            fonts: SEMIBOLD_FONTS,
        },
    ];
    for weight in weights {
        match language {
            UiLanguage::English => add(weight.labels, weight.fonts),
            UiLanguage::Chinese => add(weight.labels, &[&[weight.marks], weight.fonts].concat()),
        }
        add(named(weight.latin), weight.fonts);
    }
    add(named(MARKS), &["han"]);
    add(named(MARKS_MEDIUM), &["han medium", "han"]);
    for (name, font) in [(UBUNTU, "Ubuntu-Light"), (HACK, "Hack")] {
        add(named(name), &[font, "han", "phosphor", "emoji", "inter"]);
    }
    if let Some(monospace) = fonts.families.get_mut(&FontFamily::Monospace) {
        monospace.push("han".to_owned());
    }
    fonts
}
