//! Pictures as SVG: text stays text, so that it can be searched, edited and read out.

use std::fmt::Write as _;

use super::{Picture, Shape, Stroke, TextAnchor, Weight, face::CAPITALS_MIDDLE, ink::hex};

/// Families that look as the picture was measured, the bundled ones first.
const FAMILIES: &str =
    "Inter, 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/// Writes a picture.
pub fn svg(picture: &Picture) -> String {
    let mut out = String::new();
    let (width, height) = (number(picture.width), number(picture.height));
    // Writing to a string can't fail.
    write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\" font-family=\"{FAMILIES}\">",
        escaped(&picture.says)
    )
    .ok();
    writeln!(out, "<title>{}</title>", escaped(&picture.says)).ok();
    picture
        .shapes
        .iter()
        .for_each(|shape| writeln!(out, "{}", element(shape)).unwrap_or_default());
    out.push_str("</svg>\n");
    out
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Rect {
            at: [x, y, width, height],
            round,
            fill,
            stroke,
        } => {
            let fill = fill.map_or_else(|| "none".to_owned(), hex);
            let place = format!(
                "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"",
                number(*x),
                number(*y),
                number(*width),
                number(*height),
                number(*round)
            );
            format!(
                "<rect {place} fill=\"{fill}\"{}/>",
                stroke.map_or_else(String::new, stroked)
            )
        }
        Shape::Line { points, stroke } => format!(
            "<polyline points=\"{}\" fill=\"none\"{}/>",
            path(points),
            stroked(*stroke)
        ),
        Shape::Area {
            points,
            fill,
            clear,
        } => {
            format!(
                "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"{}\"/>",
                path(points),
                hex(*fill),
                number(1.0 - clear)
            )
        }
        Shape::Disc {
            at: [x, y],
            radius,
            fill,
            stroke,
        } => {
            let place = format!(
                "cx=\"{}\" cy=\"{}\" r=\"{}\"",
                number(*x),
                number(*y),
                number(*radius)
            );
            format!(
                "<circle {place} fill=\"{}\"{}/>",
                hex(*fill),
                stroke.map_or_else(String::new, stroked)
            )
        }
        Shape::Text {
            at: [x, y],
            text,
            face,
            anchor,
            turn,
        } => {
            let anchor = match anchor {
                TextAnchor::Start => "start",
                TextAnchor::Middle => "middle",
                TextAnchor::End => "end",
            };
            let weight = match face.weight {
                Weight::Regular => 400,
                Weight::Medium => 500,
                Weight::Semibold => 600,
            };
            let turned = if turn.abs() > 0.0 {
                format!(
                    " transform=\"rotate({} {} {})\"",
                    number(*turn),
                    number(*x),
                    number(*y)
                )
            } else {
                String::new()
            };
            format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{weight}\" fill=\"{}\" text-anchor=\"{anchor}\"{turned}>{}</text>",
                number(*x),
                number(y + face.size * CAPITALS_MIDDLE),
                number(face.size),
                hex(face.paint),
                escaped(text)
            )
        }
    }
}

fn stroked(stroke: Stroke) -> String {
    let dash = if stroke.dash.0 > 0.0 {
        format!(
            " stroke-dasharray=\"{} {}\"",
            number(stroke.dash.0),
            number(stroke.dash.1)
        )
    } else {
        String::new()
    };
    format!(
        " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dash}",
        hex(stroke.paint),
        number(stroke.width)
    )
}

fn path(points: &[[f32; 2]]) -> String {
    points
        .iter()
        .map(|[x, y]| format!("{},{}", number(*x), number(*y)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// At most two decimals.
fn number(value: f32) -> String {
    let rounded = format!("{value:.2}");
    let short = rounded.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    }
}

/// Text as XML has it; what no XML may hold is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Paint, TextStyle};

    #[test]
    fn text_is_escaped_and_stays_text() {
        let mut picture = Picture::new(100.0, 50.0, "<A & B>");
        picture.text(
            [10.0, 20.0],
            "a<b \u{7} 自信 \"x\"",
            TextStyle::new(10.0, Paint::Ink),
            TextAnchor::End,
        );
        let written = svg(&picture);
        assert!(
            written.contains("aria-label=\"&lt;A &amp; B&gt;\""),
            "{written}"
        );
        assert!(
            written.contains("text-anchor=\"end\">a&lt;b  自信 &quot;x&quot;</text>"),
            "{written}"
        );
        assert_eq!(number(-0.001), "0");
    }
}
