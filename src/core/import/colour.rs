//! Colours of files as hues of the palette.
//!
//! A code has one of sixteen hues, so that codes stay distinguishable in both themes; a colour from elsewhere becomes the nearest.

use crate::model::code::{HUES, Hue, PALETTE};

/// Returns a hue as `#RRGGBB`.
pub fn colour_of(hue: Hue) -> String {
    let [red, green, blue] = PALETTE[usize::from(hue.number())];
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// Returns the palette's hue for the `index`-th code that has no colour of its own.
pub(super) fn hue_in_turn(index: usize) -> Hue {
    // The low byte is enough: the number of hues divides 256, and `Hue::new` takes the remainder.
    let [low, ..] = index.to_le_bytes();
    Hue::new(low)
}

/// Returns the palette's hue that is nearest to a colour, or `None` unless it is written `#RGB` or `#RRGGBB`.
///
/// Hue angles are compared first. Greys have none and count as red, so among equal angles the distance in RGB decides.
pub fn nearest_hue(colour: &str) -> Option<Hue> {
    let wanted = rgb(colour)?;
    (0..)
        .zip(PALETTE)
        .min_by_key(|(_, own)| {
            let squares = own
                .iter()
                .zip(wanted)
                .map(|(a, b)| (i32::from(*a) - i32::from(b)).pow(2));
            let angle = angle_between(hue_angle(*own), hue_angle(wanted));
            (angle, squares.sum::<i32>())
        })
        .map(|(number, _)| Hue::new(number))
}

/// The channels of a colour written `#RGB` or `#RRGGBB`.
pub fn rgb(colour: &str) -> Option<[u8; 3]> {
    rgb_of_digits(colour.trim().strip_prefix('#')?)
}

/// The channels of a colour written `RGB` or `RRGGBB`.
pub(super) fn rgb_of_digits(digits: &str) -> Option<[u8; 3]> {
    let digits: Vec<u8> = digits
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    match digits[..] {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r1, r0, g1, g0, b1, b0] => Some([r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0]),
        _ => None,
    }
}

/// The hue angle of a colour in degrees; 0 for greys.
fn hue_angle([red, green, blue]: [u8; 3]) -> i32 {
    let (r, g, b) = (i32::from(red), i32::from(green), i32::from(blue));
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let range = most - least;
    if range == 0 {
        return 0;
    }
    let sixth = if most == r {
        60 * (g - b) / range
    } else if most == g {
        120 + 60 * (b - r) / range
    } else {
        240 + 60 * (r - g) / range
    };
    sixth.rem_euclid(360)
}

fn angle_between(a: i32, b: i32) -> i32 {
    let apart = (a - b).rem_euclid(360);
    apart.min(360 - apart)
}

/// The hue of greys, which have no hue angle: the palette's umber is the least colourful.
const UMBER: Hue = Hue::new(7);

/// Returns the palette's hue that is nearest by hue angle to a colour written `#RRGGBB` or `#RGB`, with or without the `#`.
pub(super) fn hue_of_text(text: &str) -> Option<Hue> {
    let text = text.trim();
    let rgb = rgb_of_digits(text.trim_start_matches('#'))?;
    let Some(angle) = fine_hue_angle(rgb) else {
        return Some(UMBER);
    };
    // The palette's own colours must come back exactly, though two of them may share an angle.
    let exact = (0..HUES).find(|number| palette_colour(*number) == rgb);
    exact
        .or_else(|| (0..HUES).min_by(|a, b| angle_to(*a, angle).total_cmp(&angle_to(*b, angle))))
        .map(Hue::new)
}

fn palette_colour(number: u8) -> [u8; 3] {
    PALETTE[usize::from(number)]
}

/// The distance on the colour wheel between a hue of the palette and an angle, in degrees.
fn angle_to(number: u8, angle: f64) -> f64 {
    let difference = match fine_hue_angle(palette_colour(number)) {
        Some(own) => (own - angle).abs(),
        None => angle,
    };
    difference.min(360.0 - difference)
}

/// The hue angle of HSV in degrees, with fractions; `None` for greys.
fn fine_hue_angle([red, green, blue]: [u8; 3]) -> Option<f64> {
    let [red, green, blue] = [red, green, blue].map(f64::from);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let span = most - least;
    // Below a twentieth of the scale the angle is noise: #808081 isn't blue to anybody.
    if span < 12.0 {
        return None;
    }
    let sector = if most <= red {
        (green - blue) / span
    } else if most <= green {
        (blue - red) / span + 2.0
    } else {
        (red - green) / span + 4.0
    };
    Some((sector * 60.0).rem_euclid(360.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_sheets_find_their_hue() {
        for number in 0..16 {
            assert_eq!(
                hue_of_text(&colour_of(Hue::new(number))),
                Some(Hue::new(number))
            );
        }
        assert_eq!(hue_of_text("#f00").map(Hue::number), Some(9));
        assert_eq!(hue_of_text("#808080").map(Hue::number), Some(7));
        assert_eq!(hue_of_text("red"), None);
    }
    #[test]
    fn colours_find_the_nearest_hue() {
        for (number, [r, g, b]) in (0u8..).zip(PALETTE) {
            assert_eq!(
                nearest_hue(&format!("#{r:02x}{g:02X}{b:02x}")),
                Some(Hue::new(number))
            );
        }
        assert_eq!(nearest_hue("#f00"), nearest_hue("#FF0000"));
        assert_eq!(nearest_hue("red"), None);
    }
}
