//! The colours of paints on paper: those of the light theme, which remain distinct in greyscale.

use super::Paint;
use crate::model::code::{HUES, PALETTE};

/// Red, green and blue of a paint.
pub fn rgb(paint: Paint) -> [u8; 3] {
    match paint {
        Paint::Paper => [0xFF, 0xFF, 0xFF],
        Paint::Panel => [0xF7, 0xF6, 0xF3],
        Paint::Ink => [0x23, 0x26, 0x2B],
        Paint::Faint => [0x66, 0x6B, 0x74],
        Paint::Line => [0xC9, 0xC6, 0xBF],
        Paint::Accent => [0x2B, 0x6A, 0x86],
        Paint::Hue(number) => PALETTE[usize::from(number % HUES)],
        Paint::OnHue(number) => {
            let ground = PALETTE[usize::from(number % HUES)];
            readable_on(ground)
        }
        Paint::Tone(share) => tone(share),
        Paint::OnTone(share) => readable_on(tone(share)),
    }
}

/// Dark text on light ground, white text on dark ground.
fn readable_on(ground: [u8; 3]) -> [u8; 3] {
    let [red, green, blue] = ground.map(u32::from);
    // The luma of ITU-R BT.601, times 1000: dark text above a middle grey, white text below.
    if red * 299 + green * 587 + blue * 114 > LUMA {
        [0x23, 0x26, 0x2B]
    } else {
        [0xFF, 0xFF, 0xFF]
    }
}

/// From this luma on, dark text has the greater contrast.
const LUMA: u32 = 112_000;

/// A tone between nearly white and the accent.
fn tone(share: f32) -> [u8; 3] {
    let share = share.clamp(0.0, 1.0);
    [
        mix(0xEF, 0x2B, share),
        mix(0xF2, 0x6A, share),
        mix(0xF2, 0x86, share),
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the result is between two bytes"
)]
fn mix(from: u8, to: u8, share: f32) -> u8 {
    let mixed = f32::from(from).mul_add(1.0 - share, f32::from(to) * share);
    mixed.round() as u8
}

/// A paint as a CSS colour.
pub fn hex(paint: Paint) -> String {
    let [red, green, blue] = rgb(paint);
    format!("#{red:02x}{green:02x}{blue:02x}")
}
