//! Pictures as PNG, in as many dots to the inch as a journal wants.

use skrifa::outline::OutlinePen;
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint as Fill, Path, PathBuilder, Pixmap, StrokeDash,
    Transform,
};

use super::{
    Paint, Picture, Shape, Stroke, TextAnchor,
    face::{CAPITALS_MIDDLE, Faces},
    ink::rgb,
    path::{PathStep, disc, rounded, through},
};
use crate::message::{
    explain::{Explain, Explanation},
    text::Text,
};

/// Dots to the inch of pictures for print.
pub const PRINT: f32 = 300.0;
/// Most dots on a side.
const MOST_DOTS: f32 = 20_000.0;

/// Why a picture can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum PngError {
    /// It has no size, or a side of more than 20,000 dots.
    Size,
    /// The writer's own.
    Write(#[from] png::EncodingError),
}

impl Explain for PngError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Size => Explanation::io(Text::new(
                "the picture is empty or too large",
                "图片为空或过大",
            ))
            .hint(Text::new("make it smaller", "请缩小图片")),
            Self::Write(_) => Explanation::io(Text::new(
                "the picture could not be written",
                "无法写入图片",
            )),
        }
    }
}

/// Draws a picture on paper, in so many dots to the inch.
///
/// # Errors
/// It is empty or too large.
pub fn png(picture: &Picture, dots_per_inch: f32) -> Result<Vec<u8>, PngError> {
    let scale = dots_per_inch / 72.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 20,000"
    )]
    let side = |length: f32| (length * scale).ceil().clamp(0.0, MOST_DOTS + 1.0) as u32;
    let (width, height) = (side(picture.width), side(picture.height));
    if (width.max(height) as f32) > MOST_DOTS {
        return Err(PngError::Size);
    }
    let mut dots = Pixmap::new(width, height).ok_or(PngError::Size)?;
    dots.fill(color(Paint::Paper, 0.0));
    let faces = Faces::new();
    picture
        .shapes
        .iter()
        .for_each(|shape| draw(&mut dots, shape, scale, &faces));
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some ten thousand dots to the metre"
    )]
    let per_metre = (dots_per_inch / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    // The paper lets nothing through, so what is left of alpha says nothing.
    let rgb: Vec<u8> = dots
        .pixels()
        .iter()
        .flat_map(|dot| [dot.red(), dot.green(), dot.blue()])
        .collect();
    encoder.write_header()?.write_image_data(&rgb)?;
    Ok(out)
}

fn color(paint: Paint, clear: f32) -> Color {
    let [red, green, blue] = rgb(paint);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 255"
    )]
    let alpha = ((1.0 - clear.clamp(0.0, 1.0)) * 255.0).round() as u8;
    Color::from_rgba8(red, green, blue, alpha)
}

fn fill(paint: Paint, clear: f32) -> Fill<'static> {
    let mut fill = Fill::default();
    fill.set_color(color(paint, clear));
    fill.anti_alias = true;
    fill
}

fn draw(dots: &mut Pixmap, shape: &Shape, scale: f32, faces: &Faces) {
    let dpi = Transform::from_scale(scale, scale);
    let mut inside = |path: &Path, paint: Paint, clear: f32| {
        dots.fill_path(path, &fill(paint, clear), FillRule::Winding, dpi, None)
    };
    match shape {
        Shape::Rect {
            at,
            round,
            fill,
            stroke: outline,
        } => {
            let Some(path) = path(&rounded(*at, *round)) else {
                return;
            };
            if let Some(paint) = fill {
                inside(&path, *paint, 0.0);
            }
            if let Some(outline) = outline {
                stroke(dots, &path, *outline, dpi);
            }
        }
        Shape::Line {
            points,
            stroke: look,
        } => {
            if let Some(path) = path(&through(points, false)) {
                stroke(dots, &path, *look, dpi);
            }
        }
        Shape::Area {
            points,
            fill,
            clear,
        } => {
            if let Some(path) = path(&through(points, true)) {
                inside(&path, *fill, *clear);
            }
        }
        Shape::Disc {
            at,
            radius,
            fill,
            stroke: outline,
        } => {
            let Some(path) = path(&disc(*at, *radius)) else {
                return;
            };
            inside(&path, *fill, 0.0);
            if let Some(outline) = outline {
                stroke(dots, &path, *outline, dpi);
            }
        }
        Shape::Text {
            at: [x, y],
            text,
            face,
            anchor,
            turn,
        } => {
            let width = faces.width(text, face.size, face.weight);
            let start = match anchor {
                TextAnchor::Start => 0.0,
                TextAnchor::Middle => -width / 2.0,
                TextAnchor::End => -width,
            };
            let place = dpi
                .pre_translate(*x, *y)
                .pre_rotate(*turn)
                .pre_translate(start, face.size * CAPITALS_MIDDLE);
            let mut pen = Pen::default();
            faces.outlines(text, face.size, face.weight, &mut pen);
            if let Some(path) = pen.path.finish() {
                dots.fill_path(
                    &path,
                    &fill(face.paint, 0.0),
                    FillRule::Winding,
                    place,
                    None,
                );
            }
        }
    }
}

fn stroke(dots: &mut Pixmap, path: &Path, look: Stroke, at: Transform) {
    let dash = if look.dash.0 > 0.0 {
        StrokeDash::new(vec![look.dash.0, look.dash.1], 0.0)
    } else {
        None
    };
    let line = tiny_skia::Stroke {
        width: look.width,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        dash,
        ..tiny_skia::Stroke::default()
    };
    dots.stroke_path(path, &fill(look.paint, 0.0), &line, at, None);
}

/// The outline that steps draw; `None` when it has no points.
fn path(steps: &[PathStep]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            PathStep::Move([x, y]) => path.move_to(x, y),
            PathStep::Line([x, y]) => path.line_to(x, y),
            PathStep::Curve(a, b, [x, y]) => path.cubic_to(a[0], a[1], b[0], b[1], x, y),
            PathStep::Close => path.close(),
        }
    }
    path.finish()
}

/// Takes the outlines of glyphs, whose heights run upwards.
#[derive(Default)]
struct Pen {
    path: PathBuilder,
    x: f32,
}

impl super::face::GlyphPen for Pen {
    fn go_to(&mut self, x: f32) {
        self.x = x;
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + cx, -cy, self.x + x, -y);
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        self.path
            .cubic_to(self.x + cx, -cy, self.x + dx, -dy, self.x + x, -y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::TextStyle;

    #[test]
    fn a_picture_has_its_size_in_dots_and_ink_where_it_was_drawn() {
        let mut picture = Picture::new(72.0, 36.0, "");
        picture.rect([0.0, 0.0, 36.0, 36.0], 0.0, Paint::Ink);
        picture.text(
            [40.0, 18.0],
            "自",
            TextStyle::new(20.0, Paint::Ink),
            TextAnchor::Start,
        );
        let bytes = png(&picture, 100.0).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
            .read_info()
            .unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        assert_eq!((info.width, info.height), (100, 50));
        assert_eq!(reader.info().pixel_dims.map(|dims| dims.xppu), Some(3937));
        let dark = |x: usize, y: usize| dots[(y * 100 + x) * 3] < 0x80;
        assert!(dark(10, 10) && !dark(52, 2));
        let glyph = (55..84)
            .flat_map(|x| (8..42).map(move |y| (x, y)))
            .filter(|&(x, y)| dark(x, y))
            .count();
        assert!(glyph > 50, "the character left {glyph} dots");
        assert!(matches!(
            png(&Picture::new(0.0, 5.0, ""), 300.0),
            Err(PngError::Size)
        ));
        assert!(matches!(
            png(&Picture::new(1e9, 5.0, ""), 300.0),
            Err(PngError::Size)
        ));
    }
}
