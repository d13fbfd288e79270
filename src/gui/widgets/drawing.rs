//! Pictures painted in the window, in its theme's colours.

use egui::{
    Color32, Galley, Painter, Pos2, Rect, Response, Role, Sense, Shape as Painted, Stroke as Line,
    Ui, Vec2, WidgetInfo, epaint,
};

use crate::{
    gui::theme::{self, Palette, palette},
    model::code::Hue,
    picture::{Paint, Picture, Shape, Stroke, TextAnchor, Weight},
};

/// Shows a picture as large as there is room, at most in its own size times `most`.
pub(crate) fn show(ui: &mut Ui, picture: &Picture, most: f32) -> Response {
    let scale = (ui.available_width() / picture.width.max(1.0)).min(most);
    let size = Vec2::new(picture.width, picture.height) * scale;
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &picture.says));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter_at(rect.expand(4.0));
        let colors = palette(ui.visuals());
        picture
            .shapes
            .iter()
            .for_each(|shape| paint(&painter, shape, rect, scale, colors));
    }
    response
}

fn color(paint: Paint, colors: &Palette) -> Color32 {
    match paint {
        Paint::Paper => colors.page,
        Paint::Panel => colors.panel,
        Paint::Ink => colors.ink,
        Paint::Faint => colors.ink_2,
        Paint::Line => colors.strong_line,
        Paint::Accent => colors.accent,
        Paint::Hue(number) => colors.code(Hue::new(number)),
        Paint::Tone(share) => colors.heat(share).0,
        Paint::OnTone(share) => colors.heat(share).1,
    }
}

fn paint(painter: &Painter, shape: &Shape, rect: Rect, scale: f32, colors: &Palette) {
    let at = |[x, y]: [f32; 2]| rect.min + Vec2::new(x, y) * scale;
    let line =
        |stroke: Stroke| Line::new((stroke.width * scale).max(0.5), color(stroke.paint, colors));
    match shape {
        Shape::Rect {
            at: [x, y, width, height],
            round,
            fill,
            stroke,
        } => {
            let place = Rect::from_min_size(at([*x, *y]), Vec2::new(*width, *height) * scale);
            if let Some(fill) = fill {
                painter.rect_filled(place, round * scale, color(*fill, colors));
            }
            if let Some(stroke) = stroke {
                painter.rect_stroke(
                    place,
                    round * scale,
                    line(*stroke),
                    egui::StrokeKind::Middle,
                );
            }
        }
        Shape::Line { points, stroke } => {
            let points: Vec<Pos2> = points.iter().map(|point| at(*point)).collect();
            if stroke.dash.0 > 0.0 {
                painter.extend(Painted::dashed_line(
                    &points,
                    line(*stroke),
                    stroke.dash.0 * scale,
                    stroke.dash.1 * scale,
                ));
            } else {
                painter.add(Painted::line(points, line(*stroke)));
            }
        }
        Shape::Area {
            points,
            fill,
            clear,
        } => {
            let points: Vec<Pos2> = points.iter().map(|point| at(*point)).collect();
            area(
                painter,
                &points,
                color(*fill, colors).gamma_multiply(1.0 - clear),
            );
        }
        Shape::Disc {
            at: middle,
            radius,
            fill,
            stroke,
        } => {
            painter.circle(
                at(*middle),
                radius * scale,
                color(*fill, colors),
                stroke.map_or(Line::NONE, line),
            );
        }
        Shape::Text {
            at: place,
            text,
            face,
            anchor,
            turn,
        } => {
            let font = match face.weight {
                Weight::Regular => theme::regular(face.size * scale),
                Weight::Medium => theme::medium(face.size * scale),
                Weight::Semibold => theme::semibold(face.size * scale),
            };
            let ink = color(face.paint, colors);
            let galley: std::sync::Arc<Galley> = painter.layout_no_wrap(text.clone(), font, ink);
            let back = match anchor {
                TextAnchor::Start => 0.0,
                TextAnchor::Middle => galley.size().x / 2.0,
                TextAnchor::End => galley.size().x,
            };
            let angle = turn.to_radians();
            let offset =
                egui::emath::Rot2::from_angle(angle) * Vec2::new(-back, -galley.size().y / 2.0);
            painter.add(epaint::TextShape::new(at(*place) + offset, galley, ink).with_angle(angle));
        }
    }
}

/// An area between an upper and a lower line, as bands are: as quads, since it needn't be convex.
fn area(painter: &Painter, points: &[Pos2], fill: Color32) {
    let half = points.len() / 2;
    let (upper, lower) = points.split_at(half);
    let lower: Vec<Pos2> = lower.iter().rev().copied().collect();
    // One mesh, since single quads would show their seams.
    let mut mesh = egui::Mesh::default();
    for (top, bottom) in upper.windows(2).zip(lower.windows(2)) {
        let first = u32::try_from(mesh.vertices.len()).unwrap_or(0);
        top.iter()
            .chain(bottom)
            .for_each(|corner| mesh.colored_vertex(*corner, fill));
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 2, first + 3);
    }
    painter.add(mesh);
}
