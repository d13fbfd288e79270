//! A picture of the window, for documentation and for looking at pages without a screen.

use std::path::PathBuf;

use egui::Context;

use crate::app::output_file;

/// Frames without a running job after which the window has settled: animations end, and heights are measured.
const SETTLED: u32 = 12;

/// A picture that is to be taken when the window has settled.
pub(super) struct Screenshot {
    path: PathBuf,
    frames: u32,
}

impl Screenshot {
    /// A picture to write to a file.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, frames: 0 }
    }

    /// Counts a frame; in the frame in which the window has settled, takes the picture and closes the window.
    pub(super) fn frame(&mut self, ctx: &Context, is_working: bool) {
        // Frames count only while no job runs, so that the results of jobs are in the picture.
        self.frames += u32::from(!is_working || self.frames == 0);
        // egui paints no frame without input, so each frame asks for the next.
        ctx.request_repaint();
        if self.frames == SETTLED {
            let (path, closer) = (self.path.clone(), ctx.clone());
            ctx.request_screenshot(move |image| {
                // Whoever asked for the picture sees that there is none.
                if let Ok(bytes) = png(&image) {
                    output_file::write(&path, &bytes).ok();
                }
                closer.send_viewport_cmd(egui::ViewportCommand::Close);
                closer.request_repaint();
            });
        }
    }
}

/// A picture as a PNG file, compressed as much as possible.
fn png(picture: &egui::ColorImage) -> image::ImageResult<Vec<u8>> {
    use image::{
        ImageEncoder as _,
        codecs::png::{CompressionType, FilterType, PngEncoder},
    };
    let [width, height] = picture.size.map(|side| u32::try_from(side).unwrap_or(0));
    let rgb: Vec<u8> = picture
        .pixels
        .iter()
        .flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()])
        .collect();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive)
        .write_image(&rgb, width, height, image::ExtendedColorType::Rgb8)?;
    Ok(bytes)
}
