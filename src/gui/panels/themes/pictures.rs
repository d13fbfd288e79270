//! The charts of a view, beside and below each other as the page has room for them.

use egui::Ui;

use crate::{gui::widgets::drawing, picture::Picture};

/// The most that charts are enlarged to fill the page, several and one alone: their letters must not outgrow those of the page much.
const LARGEST: f32 = 1.25;
const LARGEST_ALONE: f32 = 2.25;
/// The most that a chart is made smaller, with letters that can still be read.
const SMALLEST: f32 = 0.8;

/// Charts, as many beside each other as there is room for, as wide as the page if they can be read so.
pub(super) fn pictures_ui(ui: &mut Ui, pictures: &[Picture], space: egui::Vec2) {
    let room = space.x.max(1.0);
    const GAP: f32 = 18.0;
    let widest = pictures
        .iter()
        .map(|picture| picture.width)
        .fold(1.0, f32::max);
    let fitting = ((room + GAP) / (widest * SMALLEST + GAP)).floor();
    #[expect(clippy::cast_precision_loss, reason = "a few charts")]
    let beside = fitting.clamp(1.0, pictures.len().max(1) as f32);
    let each = (room - GAP * (beside - 1.0)) / beside;
    ui.spacing_mut().item_spacing = egui::vec2(GAP, GAP);
    // A chart by itself fills the page, as long as all of it is seen.
    let most = match pictures {
        [one] => (space.y / one.height.max(1.0)).clamp(LARGEST, LARGEST_ALONE),
        _ => LARGEST,
    };
    let scale = |picture: &Picture| (each / picture.width.max(1.0)).clamp(SMALLEST, most);
    let mut rest = pictures;
    // In rows of our own: a chart wider than the page would make room beside it for those below.
    while !rest.is_empty() {
        let mut right = -GAP;
        let fits = |picture: &&Picture| {
            right += GAP + picture.width * scale(picture);
            right <= room + 1.0
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (row, below) = rest.split_at(count.min(rest.len()));
        ui.horizontal_top(|ui| {
            for picture in row {
                drawing::show(ui, picture, scale(picture));
            }
        });
        rest = below;
    }
}
