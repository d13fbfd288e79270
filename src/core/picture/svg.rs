//! Pictures as SVG, whose text remains text, so that it can be searched, edited and read aloud.

use std::fmt::Write as _;

use super::{
    Picture, Point, Shape, Stroke, TextAnchor, TextStyle, Weight, face::CAPITALS_MIDDLE, ink::hex,
};

/// Font families in order of preference: the bundled ones, by which text is measured, then similar ones of each system.
const FAMILIES: &str =
    "Inter, 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/// Writes a picture as SVG.
pub fn svg(picture: &Picture) -> String {
    let mut out = String::new();
    let (width, height) = (number(picture.width), number(picture.height));
    // Writing to a string never fails, so the results are dropped.
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
            let (x, y, round) = (number(*x), number(*y), number(*round));
            let (width, height) = (number(*width), number(*height));
            let stroke = stroke.map_or_else(String::new, stroked);
            format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" fill=\"{fill}\"{stroke}/>"
            )
        }
        Shape::Line { points, stroke } => {
            let (points, stroke) = (path(points), stroked(*stroke));
            format!("<polyline points=\"{points}\" fill=\"none\"{stroke}/>")
        }
        Shape::Area {
            points,
            fill,
            clear,
        } => {
            let (points, fill, opacity) = (path(points), hex(*fill), number(1.0 - clear));
            format!("<polygon points=\"{points}\" fill=\"{fill}\" fill-opacity=\"{opacity}\"/>")
        }
        Shape::Disc {
            at: [x, y],
            radius,
            fill,
            stroke,
        } => {
            let (x, y, radius, fill) = (number(*x), number(*y), number(*radius), hex(*fill));
            let stroke = stroke.map_or_else(String::new, stroked);
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"{stroke}/>")
        }
        Shape::Text {
            at,
            text,
            face,
            anchor,
            turn,
        } => text_element(*at, text, *face, *anchor, *turn),
    }
}

fn text_element(
    [x, y]: Point,
    text: &str,
    style: TextStyle,
    anchor: TextAnchor,
    turn: f32,
) -> String {
    let anchor = match anchor {
        TextAnchor::Start => "start",
        TextAnchor::Middle => "middle",
        TextAnchor::End => "end",
    };
    let weight = match style.weight {
        Weight::Regular => 400,
        Weight::Medium => 500,
        Weight::Semibold => 600,
    };
    // SVG places text by its baseline, while a picture places it by the middle of its capitals.
    let baseline = number(y + style.size * CAPITALS_MIDDLE);
    let (x, y) = (number(x), number(y));
    let rotation = if turn.abs() > 0.0 {
        format!(" transform=\"rotate({} {x} {y})\"", number(turn))
    } else {
        String::new()
    };
    let (size, fill, text) = (number(style.size), hex(style.paint), escaped(text));
    format!(
        "<text x=\"{x}\" y=\"{baseline}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{fill}\" text-anchor=\"{anchor}\"{rotation}>{text}</text>"
    )
}

/// The attributes of a stroke.
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

/// A number with at most two decimals, which are more than a printer shows and keep files small.
fn number(value: f32) -> String {
    let rounded = format!("{value:.2}");
    let short = rounded.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    }
}

/// Escapes text for XML; characters that XML forbids are dropped.
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
