//! Pictures as PNG, in the resolution that a journal requires.

use skrifa::outline::OutlinePen;
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint as Fill, Path, PathBuilder, Pixmap, StrokeDash,
    Transform,
};

use super::{
    Paint, Picture, Shape, Stroke,
    face::{CAPITALS_MIDDLE, Faces},
    ink::rgb,
    path::{PathStep, disc, rounded, through},
};
use crate::message::{
    explain::{Explain, Explanation},
    text::Text,
};

/// Resolution for print, in dots per inch.
pub const PRINT: f32 = 300.0;
/// Most dots per side, which bounds the memory of a picture.
const MOST_DOTS: f32 = 20_000.0;

/// Why a picture can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum PngError {
    /// The picture is empty, or a side has more than 20,000 dots.
    Size,
    /// The writer failed.
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

/// Renders a picture on a white background.
///
/// # Errors
/// The picture is empty or too large.
pub fn png(picture: &Picture, dots_per_inch: f32) -> Result<Vec<u8>, PngError> {
    let scale = dots_per_inch / 72.0;
    let (width, height) = (dots(picture.width * scale), dots(picture.height * scale));
    if (width.max(height) as f32) > MOST_DOTS {
        return Err(PngError::Size);
    }
    let mut pixmap = Pixmap::new(width, height).ok_or(PngError::Size)?;
    pixmap.fill(color(Paint::Paper, 0.0));
    let mut canvas = Canvas {
        pixmap,
        scale: Transform::from_scale(scale, scale),
        faces: Faces::new(),
    };
    for shape in &picture.shapes {
        canvas.draw(shape);
    }
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
    // The background is opaque, so the alpha channel can be dropped.
    let rgb: Vec<u8> = canvas
        .pixmap
        .pixels()
        .iter()
        .flat_map(|dot| [dot.red(), dot.green(), dot.blue()])
        .collect();
    encoder.write_header()?.write_image_data(&rgb)?;
    Ok(out)
}

/// A length in dots as a whole number, at most one more than is allowed.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is between 0 and 20,001"
)]
fn dots(length: f32) -> u32 {
    length.ceil().clamp(0.0, MOST_DOTS + 1.0) as u32
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

/// A picture being rendered.
struct Canvas {
    pixmap: Pixmap,
    /// From points to dots.
    scale: Transform,
    faces: Faces,
}

impl Canvas {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect {
                at,
                round,
                fill,
                stroke,
            } => self.outline(&rounded(*at, *round), *fill, 0.0, *stroke),
            Shape::Line { points, stroke } => {
                self.outline(&through(points, false), None, 0.0, Some(*stroke));
            }
            Shape::Area {
                points,
                fill,
                clear,
            } => self.outline(&through(points, true), Some(*fill), *clear, None),
            Shape::Disc {
                at,
                radius,
                fill,
                stroke,
            } => self.outline(&disc(*at, *radius), Some(*fill), 0.0, *stroke),
            Shape::Text {
                at: [x, y],
                text,
                face,
                anchor,
                turn,
            } => {
                let start = anchor.start(self.faces.width(text, face.size, face.weight));
                let place = self
                    .scale
                    .pre_translate(*x, *y)
                    .pre_rotate(*turn)
                    .pre_translate(start, face.size * CAPITALS_MIDDLE);
                let mut pen = Pen::default();
                self.faces.outlines(text, face.size, face.weight, &mut pen);
                // A text of spaces has no outlines.
                if let Some(path) = pen.path.finish() {
                    self.fill(&path, face.paint, 0.0, place);
                }
            }
        }
    }

    /// Draws the inside and the outline of a path.
    fn outline(
        &mut self,
        steps: &[PathStep],
        inside: Option<Paint>,
        clear: f32,
        stroke: Option<Stroke>,
    ) {
        let Some(path) = path(steps) else {
            return;
        };
        if let Some(paint) = inside {
            self.fill(&path, paint, clear, self.scale);
        }
        if let Some(stroke) = stroke {
            self.stroke(&path, stroke);
        }
    }

    fn fill(&mut self, path: &Path, paint: Paint, clear: f32, place: Transform) {
        let fill = fill(paint, clear);
        self.pixmap
            .fill_path(path, &fill, FillRule::Winding, place, None);
    }

    fn stroke(&mut self, path: &Path, stroke: Stroke) {
        let dash = if stroke.dash.0 > 0.0 {
            StrokeDash::new(vec![stroke.dash.0, stroke.dash.1], 0.0)
        } else {
            None
        };
        let line = tiny_skia::Stroke {
            width: stroke.width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            dash,
            ..tiny_skia::Stroke::default()
        };
        let fill = fill(stroke.paint, 0.0);
        self.pixmap
            .stroke_path(path, &fill, &line, self.scale, None);
    }
}

/// Builds a path; `None` if it has no points.
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

/// Collects the outlines of glyphs; their y axis points upwards, that of pictures downwards.
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
    use crate::picture::{TextAnchor, TextStyle};

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
