//! Pictures painted in the window, in its theme's colours.

use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape as Painted, Stroke as Line,
    StrokeKind, Ui, Vec2, WidgetInfo, emath::Rot2, epaint::TextShape,
};

use crate::{
    gui::{
        theme::{self, Palette, palette},
        typeset,
    },
    model::code::Hue,
    picture::{Paint, Picture, Shape, Stroke, TextAnchor, TextStyle, Weight},
};

/// Shows a picture in so many times its own size.
pub(crate) fn show(ui: &mut Ui, picture: &Picture, scale: f32) -> Response {
    let size = Vec2::new(picture.width, picture.height) * scale;
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &picture.says));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter_at(rect.expand(4.0));
        let colors = palette(ui.visuals());
        let canvas = PictureCanvas {
            painter,
            origin: rect.min,
            scale,
            colors,
        };
        for shape in &picture.shapes {
            canvas.paint(shape);
        }
    }
    response
}

fn color(paint: Paint, colors: &Palette) -> Color32 {
    match paint {
        Paint::Paper => colors.page,
        Paint::Panel => colors.track(),
        Paint::Ink => colors.ink,
        Paint::Faint => colors.ink_2,
        Paint::Line => colors.strong_line,
        Paint::Accent => colors.accent,
        Paint::Hue(number) => colors.code(Hue::new(number)),
        Paint::Tone(share) => colors.heat(share).0,
        Paint::OnTone(share) => colors.heat(share).1,
        Paint::OnHue(number) => colors.on(colors.code(Hue::new(number))),
    }
}

/// The part of the window that a picture is painted on.
struct PictureCanvas<'a> {
    painter: Painter,
    /// The upper left corner of the picture.
    origin: Pos2,
    /// Points of the window for one unit of the picture.
    scale: f32,
    colors: &'a Palette,
}

impl PictureCanvas<'_> {
    fn at(&self, [x, y]: [f32; 2]) -> Pos2 {
        self.origin + Vec2::new(x, y) * self.scale
    }

    fn line(&self, stroke: Stroke) -> Line {
        // A thinner line would fade away in a picture that is shown small.
        let width = (stroke.width * self.scale).max(0.5);
        Line::new(width, color(stroke.paint, self.colors))
    }

    fn points(&self, points: &[[f32; 2]]) -> Vec<Pos2> {
        points.iter().map(|point| self.at(*point)).collect()
    }

    fn paint(&self, shape: &Shape) {
        let Self {
            painter,
            scale,
            colors,
            ..
        } = self;
        match shape {
            Shape::Rect {
                at: [x, y, width, height],
                round,
                fill,
                stroke,
            } => {
                let size = Vec2::new(*width, *height) * *scale;
                let rect = Rect::from_min_size(self.at([*x, *y]), size);
                let round = round * scale;
                if let Some(fill) = fill {
                    painter.rect_filled(rect, round, color(*fill, colors));
                }
                if let Some(stroke) = stroke {
                    painter.rect_stroke(rect, round, self.line(*stroke), StrokeKind::Middle);
                }
            }
            Shape::Line { points, stroke } => {
                let (points, line) = (self.points(points), self.line(*stroke));
                let (dash, gap) = stroke.dash;
                if dash > 0.0 {
                    painter.extend(Painted::dashed_line(
                        &points,
                        line,
                        dash * scale,
                        gap * scale,
                    ));
                } else {
                    painter.add(Painted::line(points, line));
                }
            }
            Shape::Area {
                points,
                fill,
                clear,
            } => {
                let fill = color(*fill, colors).gamma_multiply(1.0 - clear);
                area(painter, &self.points(points), fill);
            }
            Shape::Disc {
                at,
                radius,
                fill,
                stroke,
            } => {
                let line = stroke.map_or(Line::NONE, |stroke| self.line(stroke));
                painter.circle(self.at(*at), radius * scale, color(*fill, colors), line);
            }
            Shape::Text {
                at,
                text,
                face,
                anchor,
                turn,
            } => self.text(*at, text, face, *anchor, *turn),
        }
    }

    /// Paints a line of text, turned by degrees around the place it is anchored at.
    fn text(&self, at: [f32; 2], text: &str, face: &TextStyle, anchor: TextAnchor, turn: f32) {
        let size = face.size * self.scale;
        let font = match face.weight {
            Weight::Regular => theme::regular(size),
            Weight::Medium => theme::medium(size),
            Weight::Semibold => theme::semibold(size),
        };
        let ink = color(face.paint, self.colors);
        let job = typeset::job(self.painter.ctx(), text, font, ink, f32::INFINITY);
        let galley = self.painter.layout_job(job);
        let back = match anchor {
            TextAnchor::Start => 0.0,
            TextAnchor::Middle => galley.size().x / 2.0,
            TextAnchor::End => galley.size().x,
        };
        // egui turns a text around its upper left corner, so the way from the anchor to it is turned too.
        let angle = turn.to_radians();
        let offset = Rot2::from_angle(angle) * Vec2::new(-back, -galley.size().y / 2.0);
        let shape = TextShape::new(self.at(at) + offset, galley, ink).with_angle(angle);
        self.painter.add(shape);
    }
}

/// Fills an area between an upper and a lower line in quads, since egui fills convex shapes only.
fn area(painter: &Painter, points: &[Pos2], fill: Color32) {
    let half = points.len() / 2;
    let (upper, lower) = points.split_at(half);
    let lower: Vec<Pos2> = lower.iter().rev().copied().collect();
    // One mesh, since single quads would show their seams.
    let mut mesh = egui::Mesh::default();
    for (top, bottom) in upper.windows(2).zip(lower.windows(2)) {
        let first = u32::try_from(mesh.vertices.len()).expect("a band has few points");
        for corner in top.iter().chain(bottom) {
            mesh.colored_vertex(*corner, fill);
        }
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 2, first + 3);
    }
    painter.add(mesh);
}
