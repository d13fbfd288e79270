//! A sheet as a heat map, with its figures.

use super::{MARGIN, NAME, NOTE, name, paint, times, titled, widest};
use crate::{
    picture::{Paint, Picture, TextAnchor, TextStyle, face::Faces},
    table::{CellKind, Table},
};

const CELL: [f32; 2] = [46.0, 22.0];
/// Slant of the columns' names.
const SLANT: f32 = -45.0;
/// Widest name of a row or column.
const NAMES: f32 = 170.0;

/// Paints a sheet; names of columns lean.
pub fn picture(sheet: &Table) -> Picture {
    let faces = Faces::new();
    let labels = widest(
        sheet.rows.iter().map(|row| row.head.text.as_str()),
        NAME,
        NAMES,
        &faces,
    );
    let heads = widest(
        sheet.columns.iter().map(|head| head.text.as_str()),
        NAME,
        NAMES,
        &faces,
    );
    let lean = heads * 0.72 + 12.0;
    let left = MARGIN + labels + 10.0;
    let width = (left + times(sheet.columns.len()) * CELL[0] + lean + MARGIN).max(420.0);
    let (mut picture, top) = titled(&sheet.title, width, &faces);
    let top = top + lean + 6.0;
    for (column, head) in sheet.columns.iter().enumerate() {
        let x = left + times(column) * CELL[0];
        picture.turned(
            [x + CELL[0] / 2.0 - 2.0, top - 12.0],
            faces.cut(&head.text, NAME.size, NAME.weight, NAMES),
            NAME,
            SLANT,
        );
        picture.rect(
            [x + 1.0, top - 5.0, CELL[0] - 2.0, 3.0],
            1.5,
            paint(head.hue),
        );
    }
    for (row, line) in sheet.rows.iter().enumerate() {
        let y = top + times(row) * CELL[1];
        name(
            &mut picture,
            [MARGIN + labels, y + CELL[1] / 2.0],
            &line.head.text,
            labels,
            TextAnchor::End,
            &faces,
        );
        for (column, cell) in line.cells.iter().enumerate() {
            let at = [
                left + times(column) * CELL[0] + 1.0,
                y + 1.0,
                CELL[0] - 2.0,
                CELL[1] - 2.0,
            ];
            let middle = [at[0] + at[2] / 2.0, at[1] + at[3] / 2.0];
            match (cell.kind, cell.tone) {
                (CellKind::Absent, _) => {
                    picture.hatch(at);
                    picture.text(middle, &cell.text, NOTE, TextAnchor::Middle);
                }
                (CellKind::Figure, Some(tone)) => {
                    picture.rect(at, 2.0, Paint::Tone(tone * 0.85));
                    picture.text(
                        middle,
                        &cell.text,
                        TextStyle {
                            paint: Paint::OnTone(tone * 0.85),
                            ..NAME
                        },
                        TextAnchor::Middle,
                    );
                }
                _ => {
                    picture.rect(at, 2.0, Paint::Panel);
                    picture.text(middle, &cell.text, NOTE, TextAnchor::Middle);
                }
            }
        }
    }
    picture.height = top + times(sheet.rows.len()) * CELL[1] + MARGIN;
    picture
}
