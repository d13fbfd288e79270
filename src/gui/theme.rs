//! The only colours, sizes and weights: paper, ink and a silver-blue accent; strong colours belong to codes.

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, RichText, Shadow, Stroke, Style, TextStyle,
    Vec2, Visuals, style::WidgetVisuals,
};

use crate::{
    app::settings::Face,
    model::code::{Hue, PALETTE},
};

/// Colours of a theme; the two are equals.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Palette {
    /// Behind everything.
    pub(super) window: Color32,
    /// Side panels and bars.
    pub(super) panel: Color32,
    /// What is read.
    pub(super) page: Color32,
    /// Hairlines.
    pub(super) line: Color32,
    /// Outlines of controls.
    pub(super) strong_line: Color32,
    /// Outlines of boxes and circles to tick, which nothing else tells from the paper: at least 3 to 1 (WCAG 2.2, 1.4.11).
    pub(super) tick_line: Color32,
    /// Text.
    pub(super) ink: Color32,
    /// Second text: interviewers, counts, notes.
    pub(super) ink_2: Color32,
    /// Marks that needn't be read.
    pub(super) ink_3: Color32,
    /// What can be acted on.
    pub(super) accent: Color32,
    /// Behind chosen options.
    pub(super) accent_soft: Color32,
    /// Behind selected text and rows.
    pub(super) selection: Color32,
    /// Text on the accent.
    pub(super) on_accent: Color32,
    /// Behind hits.
    pub(super) hit: Color32,
    /// All is well.
    pub(super) good: Color32,
    /// Something is wrong.
    pub(super) bad: Color32,
    dark: bool,
}

const fn rgb(value: u32) -> Color32 {
    let [_, red, green, blue] = value.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

static LIGHT: Palette = Palette {
    window: rgb(0xEF_EEEA),
    panel: rgb(0xF7_F6F3),
    page: rgb(0xFF_FFFF),
    line: rgb(0xE2_DFD8),
    strong_line: rgb(0xCF_CBC2),
    tick_line: rgb(0x7E_838C),
    ink: rgb(0x23_262B),
    ink_2: rgb(0x60_656E),
    ink_3: rgb(0x9A_9FA8),
    accent: rgb(0x2B_6A86),
    accent_soft: rgb(0xDC_EAF0),
    selection: rgb(0xCF_E3EC),
    on_accent: rgb(0xFF_FFFF),
    hit: rgb(0xEE_E5CF),
    good: rgb(0x4C_9A6A),
    bad: rgb(0xB5_423A),
    dark: false,
};

static DARK: Palette = Palette {
    window: rgb(0x14_1619),
    panel: rgb(0x1A_1D21),
    page: rgb(0x1F_2227),
    line: rgb(0x2B_2F36),
    strong_line: rgb(0x3C_414A),
    tick_line: rgb(0x70_7680),
    ink: rgb(0xE7_E6E2),
    ink_2: rgb(0xA3_A8B1),
    ink_3: rgb(0x6E_747E),
    accent: rgb(0x7D_B8D3),
    accent_soft: rgb(0x22_343D),
    selection: rgb(0x2A_4552),
    on_accent: rgb(0x14_1619),
    hit: rgb(0x4A_4230),
    good: rgb(0x5F_C28A),
    bad: rgb(0xF0_8A80),
    dark: true,
};

/// A colour mixed of others.
pub(super) const fn mixed(red: u8, green: u8, blue: u8) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The palette of the visuals in force.
pub(super) fn palette(visuals: &Visuals) -> &'static Palette {
    if visuals.dark_mode { &DARK } else { &LIGHT }
}

/// Largest chroma tone of a hue on dark paper: the same hue, lighter.
fn dark_tone([red, green, blue]: [u8; 3]) -> Color32 {
    let lift = |channel: u8| channel + (255 - channel) / 5 * 2;
    Color32::from_rgb(lift(red), lift(green), lift(blue))
}

impl Palette {
    /// The ground of what is empty in charts.
    pub(super) const fn track(&self) -> Color32 {
        if self.dark { self.line } else { self.panel }
    }

    /// Ink on a colour: that of the two that has the greater contrast.
    pub(super) fn on(&self, ground: Color32) -> Color32 {
        let [dark, light] = [rgb(0x14_1619), Color32::WHITE];
        if contrast(dark, ground) > contrast(light, ground) {
            dark
        } else {
            light
        }
    }

    /// A code's colour.
    pub(super) fn code(&self, hue: Hue) -> Color32 {
        let tone = PALETTE[usize::from(hue.number())];
        if self.dark {
            dark_tone(tone)
        } else {
            Color32::from_rgb(tone[0], tone[1], tone[2])
        }
    }

    /// The highlight of `n` overlapping codings: their mean colour, stronger with each, never so strong that ink can't be read on it.
    pub(super) fn highlight(&self, mean: Color32, n: usize) -> Color32 {
        let (one, most) = if self.dark {
            (0.22_f32, 0.30)
        } else {
            (0.20, 0.44)
        };
        let through = (1.0 - one).powi(i32::try_from(n).unwrap_or(i32::MAX));
        mean.gamma_multiply((1.0 - through).min(most))
    }

    /// The highlight of the codings that are brought forward.
    pub(super) fn forward(&self, color: Color32) -> Color32 {
        color.gamma_multiply(if self.dark { 0.30 } else { 0.40 })
    }

    /// A cell of a heat map, `share` of the strongest from 0 to 1, and the text on it.
    pub(super) fn heat(&self, share: f32) -> (Color32, Color32) {
        let low = if self.dark { self.line } else { rgb(0xEC_EEEC) };
        let mix = low.lerp_to_gamma(self.accent, share.clamp(0.0, 1.0) * 0.78);
        // Between the two usual inks there are grounds on which neither can be read.
        let inks = [self.ink, self.on_accent, Color32::BLACK, Color32::WHITE];
        let text = inks
            .into_iter()
            .find(|ink| contrast(*ink, mix) >= LEAST_CONTRAST);
        let text = text.unwrap_or(self.ink);
        (mix, text)
    }
}

/// The least contrast of text that is to be read (WCAG 2.2, level AA).
const LEAST_CONTRAST: f64 = 4.5;

/// Relative luminance (WCAG 2.2).
fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2).
fn contrast(a: Color32, b: Color32) -> f64 {
    let (light, dark) = (
        luminance(a).max(luminance(b)),
        luminance(a).min(luminance(b)),
    );
    (light + 0.05) / (dark + 0.05)
}

/// Sizes that several panels share, in points.
pub(super) mod size {
    /// Height of a row of a list at the side of the window.
    pub(in crate::gui) const ROW: f32 = 26.0;
    /// Height of a row of a table or of a list to pick from.
    pub(in crate::gui) const TALL_ROW: f32 = 28.0;
    /// Radius of the corners of a row that is lit within a popup or a page.
    pub(in crate::gui) const ROW_CORNER: f32 = 6.0;
}

/// Names of the weights.
pub(super) const MEDIUM: &str = "medium";
pub(super) const SEMIBOLD: &str = "semibold";

/// Text of a size in the regular weight.
pub(super) fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Names of the other typefaces for reading.
pub(super) const UBUNTU: &str = "ubuntu";
pub(super) const HACK: &str = "hack";

/// Text of a size in a typeface for reading.
pub(super) fn reading(face: Face, size: f32) -> FontId {
    match face {
        Face::Inter => regular(size),
        Face::Ubuntu => FontId::new(size, FontFamily::Name(UBUNTU.into())),
        Face::Hack => FontId::new(size, FontFamily::Name(HACK.into())),
    }
}

/// Text of a size in the medium weight.
pub(super) fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(MEDIUM.into()))
}

/// Text of a size in the semi-bold weight.
pub(super) fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

/// A title.
pub(super) fn title(text: impl Into<String>) -> RichText {
    RichText::new(text).font(semibold(18.0))
}

/// Text that matters.
pub(super) fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).font(semibold(13.0))
}

/// A second text: small, in the second ink.
pub(super) fn small(ui: &egui::Ui, text: impl Into<String>) -> RichText {
    RichText::new(text)
        .font(regular(12.0))
        .color(palette(ui.visuals()).ink_2)
}

/// The label above a section.
pub(super) fn section(ui: &egui::Ui, text: impl Into<String>) -> RichText {
    RichText::new(text.into().to_uppercase())
        .font(medium(11.0))
        .extra_letter_spacing(0.4)
        .color(palette(ui.visuals()).ink_2)
}

/// Sets type, space and colours for both themes.
pub(super) fn install(ctx: &egui::Context) {
    for theme in [egui::Theme::Light, egui::Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            apply(
                style,
                if theme == egui::Theme::Dark {
                    &DARK
                } else {
                    &LIGHT
                },
            );
        });
    }
}

fn apply(style: &mut Style, palette: &Palette) {
    style.text_styles = [
        (TextStyle::Small, regular(12.0)),
        (TextStyle::Body, regular(13.0)),
        (TextStyle::Button, regular(13.0)),
        (TextStyle::Heading, semibold(18.0)),
        (
            TextStyle::Monospace,
            FontId::new(13.0, FontFamily::Monospace),
        ),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(8.0, 4.0);
    spacing.button_padding = Vec2::new(10.0, 4.0);
    spacing.icon_spacing = 6.0;
    spacing.interact_size = Vec2::new(28.0, 26.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    // A handle that tells how long a list is and where one is in it stands out from any ground.
    spacing.scroll = egui::style::ScrollStyle {
        foreground_color: true,
        dormant_handle_opacity: 0.5,
        active_handle_opacity: 0.6,
        interact_handle_opacity: 0.75,
        ..egui::style::ScrollStyle::thin()
    };
    style.animation_time = 0.06;
    style.interaction.selectable_labels = false;
    style.visuals = visuals(palette);
}

fn visuals(palette: &Palette) -> Visuals {
    let mut visuals = if palette.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    visuals.window_fill = palette.panel;
    visuals.panel_fill = palette.panel;
    visuals.extreme_bg_color = palette.page;
    visuals.text_edit_bg_color = Some(palette.page);
    visuals.faint_bg_color = palette.window;
    visuals.hyperlink_color = palette.accent;
    visuals.weak_text_color = Some(palette.ink_2);
    visuals.error_fg_color = palette.bad;
    visuals.warn_fg_color = palette.bad;
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_stroke = Stroke::new(1.0, palette.strong_line);
    let shadow = Shadow {
        offset: [0, 8],
        blur: 28,
        spread: 0,
        color: Color32::from_black_alpha(if palette.dark { 140 } else { 41 }),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.selection.bg_fill = palette.selection;
    visuals.selection.stroke = Stroke::new(1.5, palette.accent);
    let widget = |fill: Color32, line: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CornerRadius::same(6),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = widget(palette.panel, palette.line, palette.ink);
    visuals.widgets.inactive = widget(palette.page, palette.strong_line, palette.ink);
    // The rail of a slider; what is to be ticked has the colour of the page again.
    visuals.widgets.inactive.bg_fill = palette.tick_line;
    visuals.widgets.hovered = widget(palette.accent_soft, palette.tick_line, palette.ink);
    visuals.widgets.active = widget(palette.selection, palette.accent, palette.ink);
    visuals.widgets.open = widget(palette.accent_soft, palette.strong_line, palette.ink);
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(top: Color32, paper: Color32) -> Color32 {
        paper.blend(top)
    }

    #[test]
    fn figures_of_heat_maps_can_be_read_on_every_ground() {
        for palette in [&LIGHT, &DARK] {
            for step in 0..=100u8 {
                let (ground, ink) = palette.heat(f32::from(step) / 100.0);
                assert!(contrast(ink, ground) >= LEAST_CONTRAST, "{step} %");
            }
        }
    }

    #[test]
    fn second_ink_can_be_read_on_any_paper() {
        for palette in [&LIGHT, &DARK] {
            for paper in [
                palette.page,
                palette.panel,
                palette.window,
                palette.accent_soft,
            ] {
                let found = contrast(palette.ink_2, paper);
                assert!(found >= LEAST_CONTRAST, "{found}");
            }
        }
    }

    #[test]
    fn what_can_be_ticked_stands_out_from_any_paper() {
        for palette in [&LIGHT, &DARK] {
            for paper in [palette.page, palette.panel, palette.window] {
                assert!(
                    contrast(palette.tick_line, paper) >= 3.0,
                    "{}",
                    contrast(palette.tick_line, paper)
                );
            }
        }
    }

    #[test]
    fn ink_can_be_read_on_any_pile_of_codings_even_when_it_is_selected() {
        for palette in [&LIGHT, &DARK] {
            for (a, b) in (0..crate::model::code::HUES)
                .flat_map(|a| (0..crate::model::code::HUES).map(move |b| (a, b)))
            {
                let mean = palette
                    .code(Hue::new(a))
                    .lerp_to_gamma(palette.code(Hue::new(b)), 0.5);
                for paper in [palette.page, palette.selection] {
                    for n in [1, 2, 3, 8, 4_000] {
                        let marked = over(palette.highlight(mean, n), paper);
                        assert!(
                            contrast(palette.ink, marked) >= 4.5,
                            "{n} of hues {a} and {b}: {}",
                            contrast(palette.ink, marked)
                        );
                    }
                    let marked = over(palette.forward(palette.code(Hue::new(a))), paper);
                    assert!(
                        contrast(palette.ink, marked) >= 4.5,
                        "hue {a} brought forward: {}",
                        contrast(palette.ink, marked)
                    );
                }
                let one = over(
                    palette.highlight(palette.code(Hue::new(a)), 1),
                    palette.page,
                );
                assert!(
                    contrast(one, palette.page) >= 1.1,
                    "hue {a} can be seen: {}",
                    contrast(one, palette.page)
                );
            }
        }
    }

    #[test]
    fn what_must_be_read_has_contrast_enough() {
        for palette in [&LIGHT, &DARK] {
            for paper in [palette.page, palette.panel] {
                assert!(contrast(palette.ink, paper) >= 7.0, "ink on {paper:?}");
                assert!(
                    contrast(palette.ink_2, paper) >= 4.5,
                    "second ink on {paper:?}"
                );
                assert!(
                    contrast(palette.accent, paper) >= 4.5,
                    "accent on {paper:?}"
                );
            }
            assert!(contrast(palette.on_accent, palette.accent) >= 4.5);
            assert!(
                contrast(palette.ink_2, palette.window) >= 4.5,
                "second ink on the window"
            );
            assert!(
                contrast(palette.ink, palette.selection) >= 7.0
                    && contrast(palette.ink, palette.hit) >= 7.0
            );
            assert!(
                contrast(palette.accent, palette.accent_soft) >= 4.5,
                "accent on what is chosen"
            );
            for hue in 0..crate::model::code::HUES {
                assert!(
                    contrast(palette.code(Hue::new(hue)), palette.page) >= 3.0,
                    "hue {hue}"
                );
            }
            for step in 0u8..=10 {
                let (cell, text) = palette.heat(f32::from(step) / 10.0);
                assert!(
                    contrast(cell, text) >= 3.0,
                    "heat {step}: {}",
                    contrast(cell, text)
                );
            }
        }
    }
}
