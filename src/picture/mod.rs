//! Pictures as values: charts and pages are built of shapes here, and painted by the window, as SVG, as PNG and as PDF alike.
//!
//! A picture knows no colours, only [`Paint`]s; the window's theme or [`ink`] says what they are.
//! Lengths are points (1/72 inch), places run from the upper left.

pub mod face;
pub mod ink;
mod path;
pub mod pdf;
pub mod png;
pub mod svg;

/// A drawing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// What it shows, in a sentence, for those who don't see it.
    pub says: String,
    /// What is drawn, from the back to the front.
    pub shapes: Vec<Shape>,
}

/// What something is painted with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Paint {
    /// The paper.
    Paper,
    /// A field set off from the paper.
    Panel,
    /// Text and axes.
    Ink,
    /// Second text.
    Faint,
    /// Hairlines.
    Line,
    /// What stands out.
    Accent,
    /// A code's hue, by number.
    Hue(u8),
    /// A tone between nothing (0) and the accent (1).
    Tone(f32),
    /// Text upon such a tone.
    OnTone(f32),
}

/// A line's look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// With what.
    pub paint: Paint,
    /// How wide.
    pub width: f32,
    /// Lengths of strokes and gaps, so that lines can be told apart in grey; 0 and 0 is unbroken.
    pub dash: (f32, f32),
}

impl Stroke {
    /// An unbroken line.
    pub const fn new(width: f32, paint: Paint) -> Self {
        Self {
            paint,
            width,
            dash: (0.0, 0.0),
        }
    }

    /// The same, broken.
    pub const fn dashed(self, stroke: f32, gap: f32) -> Self {
        Self {
            dash: (stroke, gap),
            ..self
        }
    }
}

/// Weight of letters.
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

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextAnchor {
    /// Its beginning.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Letters of one look.
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
    /// Regular letters.
    pub const fn new(size: f32, paint: Paint) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            paint,
        }
    }

    /// The same in another weight.
    pub const fn weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }
}

/// A place.
pub type Point = [f32; 2];

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle: left, top, width, height.
    Rect {
        /// Where.
        at: [f32; 4],
        /// Roundness of its corners.
        round: f32,
        /// Inside.
        fill: Option<Paint>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Point>,
        /// Its look.
        stroke: Stroke,
    },
    /// An area within points.
    Area {
        /// The points.
        points: Vec<Point>,
        /// Inside.
        fill: Paint,
        /// How much of what lies behind it shows, 0 to 1.
        clear: f32,
    },
    /// A disc.
    Disc {
        /// Its middle.
        at: Point,
        /// Radius.
        radius: f32,
        /// Inside.
        fill: Paint,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A line of text, its capitals' middle at the height of its place.
    Text {
        /// Where.
        at: Point,
        /// What.
        text: String,
        /// Its look.
        face: TextStyle,
        /// Which part of it stands there.
        anchor: TextAnchor,
        /// Turned by so many degrees, clockwise, about its place.
        turn: f32,
    },
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

    /// Adds a rectangle's outline.
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

    /// Adds an area.
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

    /// Adds a circle on paper.
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

    /// Adds a turned line of text.
    pub fn turned(&mut self, at: Point, text: impl Into<String>, face: TextStyle, turn: f32) {
        self.shapes.push(Shape::Text {
            at,
            text: text.into(),
            face,
            anchor: TextAnchor::Start,
            turn,
        });
    }

    /// Adds slanting hatches, which say that nothing is known.
    pub fn hatch(&mut self, [left, top, width, height]: [f32; 4]) {
        const GAP: f32 = 6.0;
        let stroke = Stroke::new(0.7, Paint::Line);
        let mut start = GAP - height;
        while start < width {
            // From the lower edge up to the right, cut at the sides.
            let (from, to) = (start.max(0.0), (start + height).min(width));
            if to > from {
                let y = |x: f32| top + height - (x - start);
                self.line([[left + from, y(from)], [left + to, y(to)]], stroke);
            }
            start += GAP;
        }
    }

    /// Puts another picture into this one, its upper left corner at a place, so many times as large.
    pub fn place(&mut self, other: &Self, [left, top]: Point, scale: f32) {
        let at = |[x, y]: Point| [left + x * scale, top + y * scale];
        let thick = |stroke: Stroke| Stroke {
            width: stroke.width * scale,
            dash: (stroke.dash.0 * scale, stroke.dash.1 * scale),
            ..stroke
        };
        self.shapes
            .extend(other.shapes.iter().cloned().map(|shape| match shape {
                Shape::Rect {
                    at: [x, y, width, height],
                    round,
                    fill,
                    stroke,
                } => {
                    let [x, y] = at([x, y]);
                    Shape::Rect {
                        at: [x, y, width * scale, height * scale],
                        round: round * scale,
                        fill,
                        stroke: stroke.map(thick),
                    }
                }
                Shape::Line { points, stroke } => Shape::Line {
                    points: points.into_iter().map(at).collect(),
                    stroke: thick(stroke),
                },
                Shape::Area {
                    points,
                    fill,
                    clear,
                } => Shape::Area {
                    points: points.into_iter().map(at).collect(),
                    fill,
                    clear,
                },
                Shape::Disc {
                    at: center,
                    radius,
                    fill,
                    stroke,
                } => Shape::Disc {
                    at: at(center),
                    radius: radius * scale,
                    fill,
                    stroke: stroke.map(thick),
                },
                Shape::Text {
                    at: place,
                    text,
                    face,
                    anchor,
                    turn,
                } => Shape::Text {
                    at: at(place),
                    text,
                    face: TextStyle {
                        size: face.size * scale,
                        ..face
                    },
                    anchor,
                    turn,
                },
            }));
    }
}
