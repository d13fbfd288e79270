//! Vector pictures as plain values, which are drawn in the window and written as SVG, PNG and PDF.
//!
//! A chart is composed once as a list of shapes, so it looks the same everywhere and can be tested without drawing it.
//! A picture has no colours, only [`Paint`]s; the theme of the window or [`ink`] defines their colours.
//! Lengths are in points (1/72 inch), positions are relative to the upper left corner.

pub mod face;
pub mod ink;
mod path;
pub mod pdf;
pub mod png;
pub mod svg;

/// A picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// A sentence that describes the picture to those who don't see it.
    pub says: String,
    /// The shapes, from back to front.
    pub shapes: Vec<Shape>,
}

/// A colour by its role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Paint {
    /// The background.
    Paper,
    /// An area that is set off from the background.
    Panel,
    /// Text and axes.
    Ink,
    /// Secondary text.
    Faint,
    /// Hairlines.
    Line,
    /// Emphasis.
    Accent,
    /// The hue of a code, by number.
    Hue(u8),
    /// A tone between the background (0) and the accent (1).
    Tone(f32),
    /// Text on such a tone.
    OnTone(f32),
    /// Text on the colour of a code.
    OnHue(u8),
}

/// The style of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub paint: Paint,
    /// Width.
    pub width: f32,
    /// Lengths of dashes and gaps, which distinguish lines in greyscale prints; (0, 0) is solid.
    pub dash: (f32, f32),
}

impl Stroke {
    /// A solid line.
    pub const fn new(width: f32, paint: Paint) -> Self {
        Self {
            paint,
            width,
            dash: (0.0, 0.0),
        }
    }

    /// The same line, dashed.
    pub const fn dashed(self, stroke: f32, gap: f32) -> Self {
        Self {
            dash: (stroke, gap),
            ..self
        }
    }

    fn scaled(self, scale: f32) -> Self {
        Self {
            width: self.width * scale,
            dash: (self.dash.0 * scale, self.dash.1 * scale),
            ..self
        }
    }
}

/// Font weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// Regular.
    #[default]
    Regular,
    /// Medium.
    Medium,
    /// Semibold.
    Semibold,
}

/// The part of a text that is at its position.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextAnchor {
    /// Its start.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl TextAnchor {
    /// Where a text of some width starts, relative to its position.
    fn start(self, width: f32) -> f32 {
        match self {
            Self::Start => 0.0,
            Self::Middle => -width / 2.0,
            Self::End => -width,
        }
    }
}

/// Size, weight and colour of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Size.
    pub size: f32,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub paint: Paint,
}

impl TextStyle {
    /// Text of regular weight.
    pub const fn new(size: f32, paint: Paint) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            paint,
        }
    }

    /// The same style in another weight.
    pub const fn weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }
}

/// A position: x and y.
pub type Point = [f32; 2];

/// A shape of a picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Left, top, width and height.
        at: [f32; 4],
        /// Radius of the corners.
        round: f32,
        /// Colour of the inside.
        fill: Option<Paint>,
        /// Style of the outline.
        stroke: Option<Stroke>,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Point>,
        /// Style of the line.
        stroke: Stroke,
    },
    /// A polygon.
    Area {
        /// The corners.
        points: Vec<Point>,
        /// Colour of the inside.
        fill: Paint,
        /// Transparency, 0 to 1.
        clear: f32,
    },
    /// A disc.
    Disc {
        /// The centre.
        at: Point,
        /// Radius.
        radius: f32,
        /// Colour of the inside.
        fill: Paint,
        /// Style of the outline.
        stroke: Option<Stroke>,
    },
    /// A line of text, whose capitals are centred vertically at its position.
    Text {
        /// Position.
        at: Point,
        /// The text.
        text: String,
        /// Style of the text.
        face: TextStyle,
        /// The part of the text that is at the position.
        anchor: TextAnchor,
        /// Rotation about the position, in degrees, clockwise.
        turn: f32,
    },
}

impl Shape {
    /// The shape in another picture, scaled and then moved by `left` and `top`.
    fn placed(&self, left: f32, top: f32, scale: f32) -> Self {
        match self {
            Self::Rect {
                at: [x, y, width, height],
                round,
                fill,
                stroke,
            } => Self::Rect {
                at: [
                    left + x * scale,
                    top + y * scale,
                    width * scale,
                    height * scale,
                ],
                round: round * scale,
                fill: *fill,
                stroke: stroke.map(|stroke| stroke.scaled(scale)),
            },
            Self::Line { points, stroke } => Self::Line {
                points: placed(points, left, top, scale),
                stroke: stroke.scaled(scale),
            },
            Self::Area {
                points,
                fill,
                clear,
            } => Self::Area {
                points: placed(points, left, top, scale),
                fill: *fill,
                clear: *clear,
            },
            Self::Disc {
                at: [x, y],
                radius,
                fill,
                stroke,
            } => Self::Disc {
                at: [left + x * scale, top + y * scale],
                radius: radius * scale,
                fill: *fill,
                stroke: stroke.map(|stroke| stroke.scaled(scale)),
            },
            Self::Text {
                at: [x, y],
                text,
                face,
                anchor,
                turn,
            } => Self::Text {
                at: [left + x * scale, top + y * scale],
                text: text.clone(),
                face: TextStyle {
                    size: face.size * scale,
                    ..*face
                },
                anchor: *anchor,
                turn: *turn,
            },
        }
    }
}

fn placed(points: &[Point], left: f32, top: f32, scale: f32) -> Vec<Point> {
    let points = points.iter();
    points
        .map(|[x, y]| [left + x * scale, top + y * scale])
        .collect()
}

impl Picture {
    /// An empty picture.
    pub fn new(width: f32, height: f32, says: impl Into<String>) -> Self {
        Self {
            width,
            height,
            says: says.into(),
            shapes: Vec::new(),
        }
    }

    /// Adds a filled rectangle.
    pub fn rect(&mut self, at: [f32; 4], round: f32, fill: Paint) {
        self.shapes.push(Shape::Rect {
            at,
            round,
            fill: Some(fill),
            stroke: None,
        });
    }

    /// Adds the outline of a rectangle.
    pub fn frame(&mut self, at: [f32; 4], round: f32, stroke: Stroke) {
        self.shapes.push(Shape::Rect {
            at,
            round,
            fill: None,
            stroke: Some(stroke),
        });
    }

    /// Adds a line through points.
    pub fn line(&mut self, points: impl Into<Vec<Point>>, stroke: Stroke) {
        self.shapes.push(Shape::Line {
            points: points.into(),
            stroke,
        });
    }

    /// Adds a polygon.
    pub fn area(&mut self, points: impl Into<Vec<Point>>, fill: Paint, clear: f32) {
        self.shapes.push(Shape::Area {
            points: points.into(),
            fill,
            clear,
        });
    }

    /// Adds a disc.
    pub fn disc(&mut self, at: Point, radius: f32, fill: Paint) {
        self.shapes.push(Shape::Disc {
            at,
            radius,
            fill,
            stroke: None,
        });
    }

    /// Adds a circle that is filled with the background.
    pub fn circle(&mut self, at: Point, radius: f32, stroke: Stroke) {
        self.shapes.push(Shape::Disc {
            at,
            radius,
            fill: Paint::Paper,
            stroke: Some(stroke),
        });
    }

    /// Adds a line of text.
    pub fn text(
        &mut self,
        at: Point,
        text: impl Into<String>,
        face: TextStyle,
        anchor: TextAnchor,
    ) {
        self.shapes.push(Shape::Text {
            at,
            text: text.into(),
            face,
            anchor,
            turn: 0.0,
        });
    }

    /// Adds a rotated line of text.
    pub fn turned(&mut self, at: Point, text: impl Into<String>, face: TextStyle, turn: f32) {
        self.shapes.push(Shape::Text {
            at,
            text: text.into(),
            face,
            anchor: TextAnchor::Start,
            turn,
        });
    }

    /// Adds diagonal hatching, which marks missing data.
    pub fn hatch(&mut self, [left, top, width, height]: [f32; 4]) {
        const GAP: f32 = 6.0;
        let stroke = Stroke::new(0.7, Paint::Line);
        let mut start = GAP - height;
        while start < width {
            // Each line rises to the right from the lower edge, and is clipped at the sides.
            let (from, to) = (start.max(0.0), (start + height).min(width));
            if to > from {
                let lower = top + height - (from - start);
                let upper = top + height - (to - start);
                self.line([[left + from, lower], [left + to, upper]], stroke);
            }
            start += GAP;
        }
    }

    /// Adds the shapes of another picture, scaled, with its upper left corner at a point.
    pub fn place(&mut self, other: &Self, [left, top]: Point, scale: f32) {
        let shapes = other.shapes.iter();
        self.shapes
            .extend(shapes.map(|shape| shape.placed(left, top, scale)));
    }
}
