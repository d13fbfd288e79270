//! Pictures as pages of a PDF, with embedded subsets of the fonts and selectable text.

use krilla::{
    Document,
    color::rgb::Color,
    geom::{Path, PathBuilder, Point, Transform},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, LineCap, LineJoin, Stroke as Outline, StrokeDash},
    surface::Surface,
    text::{Font, TextDirection},
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

/// Why a PDF can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum PdfError {
    /// The width or height of a page isn't positive.
    Size,
    /// The writer failed.
    Write,
}

impl Explain for PdfError {
    fn explain(&self) -> Explanation {
        Explanation::io(match self {
            Self::Size => Text::new("a page has no size", "有一页没有尺寸"),
            Self::Write => Text::new("the PDF could not be written", "无法写入 PDF"),
        })
    }
}

/// Writes a PDF; title and language are added to its metadata.
///
/// # Errors
/// A page has no size, or the PDF writer fails.
pub fn pdf(pages: &[Picture], title: &str, language: &str) -> Result<Vec<u8>, PdfError> {
    let faces = Faces::new();
    let fonts: Vec<Option<Font>> = faces
        .bytes()
        .map(|bytes| Font::new(bytes.to_vec().into(), 0))
        .collect();
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .language(language.to_owned()),
    );
    for picture in pages {
        let settings =
            PageSettings::from_wh(picture.width, picture.height).ok_or(PdfError::Size)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        picture
            .shapes
            .iter()
            .for_each(|shape| draw(&mut surface, shape, &faces, &fonts));
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|_kind| PdfError::Write)
}

fn color(paint: Paint) -> Color {
    let [red, green, blue] = rgb(paint);
    Color::new(red, green, blue)
}

fn fill(paint: Paint, clear: f32) -> Option<Fill> {
    let opacity = NormalizedF32::new(1.0 - clear.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE);
    Some(Fill {
        paint: color(paint).into(),
        opacity,
        rule: FillRule::NonZero,
    })
}

fn outline(stroke: Stroke) -> Outline {
    let dash = (stroke.dash.0 > 0.0).then(|| StrokeDash {
        array: vec![stroke.dash.0, stroke.dash.1],
        offset: 0.0,
    });
    Outline {
        paint: color(stroke.paint).into(),
        width: stroke.width,
        // Round ends and corners in all three formats, so that they look alike.
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        dash,
        ..Outline::default()
    }
}

fn paint(
    surface: &mut Surface<'_>,
    steps: &[PathStep],
    inside: Option<Fill>,
    around: Option<Stroke>,
) {
    if let Some(path) = path(steps).filter(|_| inside.is_some() || around.is_some()) {
        surface.set_fill(inside);
        surface.set_stroke(around.map(outline));
        surface.draw_path(&path);
    }
}

fn draw(surface: &mut Surface<'_>, shape: &Shape, faces: &Faces, fonts: &[Option<Font>]) {
    match shape {
        Shape::Rect {
            at,
            round,
            fill: inside,
            stroke,
        } => {
            paint(
                surface,
                &rounded(*at, *round),
                inside.and_then(|paint| fill(paint, 0.0)),
                *stroke,
            );
        }
        Shape::Line { points, stroke } => {
            paint(surface, &through(points, false), None, Some(*stroke));
        }
        Shape::Area {
            points,
            fill: inside,
            clear,
        } => paint(surface, &through(points, true), fill(*inside, *clear), None),
        Shape::Disc {
            at,
            radius,
            fill: inside,
            stroke,
        } => paint(surface, &disc(*at, *radius), fill(*inside, 0.0), *stroke),
        Shape::Text {
            at: [x, y],
            text,
            face,
            anchor,
            turn,
        } => {
            let start = anchor.start(faces.width(text, face.size, face.weight));
            surface.push_transform(&Transform::from_translate(*x, *y));
            surface.push_transform(&Transform::from_rotate(*turn));
            surface.set_fill(fill(face.paint, 0.0));
            surface.set_stroke(None);
            // Each run has a single font, as a PDF requires; krilla embeds only the glyphs that are used.
            for (offset, number, run) in faces.runs(text, face.size, face.weight) {
                if let Some(Some(font)) = fonts.get(number) {
                    let at = Point::from_xy(start + offset, face.size * CAPITALS_MIDDLE);
                    surface.draw_text(
                        at,
                        font.clone(),
                        face.size,
                        &run,
                        false,
                        TextDirection::LeftToRight,
                    );
                }
            }
            surface.pop();
            surface.pop();
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{TextAnchor, TextStyle};

    #[test]
    fn pages_become_a_pdf() {
        let mut page = Picture::new(200.0, 100.0, "");
        page.text(
            [10.0, 20.0],
            "I believe 我相信 😀",
            TextStyle::new(12.0, Paint::Ink),
            TextAnchor::Start,
        );
        page.disc([50.0, 50.0], 5.0, Paint::Accent);
        let written = pdf(&[page.clone(), page], "研究", "zh").unwrap();
        assert!(written.starts_with(b"%PDF-1."));
        assert!(
            written.len() < 200_000,
            "only used glyphs are embedded: {} bytes",
            written.len()
        );
        assert!(matches!(
            pdf(&[Picture::new(0.0, 0.0, "")], "", "en"),
            Err(PdfError::Size)
        ));
    }
}
