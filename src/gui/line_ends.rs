//! Lines that don't end with an opening bracket or quotation mark, as Chinese is set.
//!
//! egui lets no line begin with a closing mark, but breaks after an opening one. Nothing can be added to a text, since places in it
//! are counted, so a line is ended earlier by a space before what is to begin the next: it doesn't fit, and isn't seen at a line's start.

use egui::{
    Context, Galley,
    text::{LayoutJob, LayoutSection},
};

/// Opening marks as wide as a Han character.
const OPENING: &str = "（［｛〔〈《「『【〖〘〚“‘";

/// Ends lines that an opening mark would end before the mark, or where they can be broken before it.
pub(super) fn mend(ctx: &Context, job: &mut LayoutJob) {
    if !job.wrap.max_width.is_finite() {
        return;
    }
    // Each pass mends the first such line, which stays mended; so there are no more passes than marks.
    let most = job.text.chars().filter(|c| OPENING.contains(*c)).count();
    for _ in 0..most {
        let galley = ctx.fonts_mut(|fonts| fonts.layout_job(job.clone()));
        let Some((end, width)) = line_that_ends_open(&galley) else {
            return;
        };
        let Some(start) = earlier_end(&job.text, end) else {
            return;
        };
        let room = (job.wrap.max_width - width).max(0.0);
        // The line is wide enough for what is moved, so this much more is too wide.
        split(job, start, room + width);
    }
}

/// The end, in bytes, and the width of the first line that ends with an opening mark though its paragraph goes on.
fn line_that_ends_open(galley: &Galley) -> Option<(usize, f32)> {
    let mut end = 0;
    for (index, row) in galley.rows.iter().enumerate() {
        end += row
            .glyphs
            .iter()
            .map(|glyph| glyph.chr.len_utf8())
            .sum::<usize>();
        let goes_on = index + 1 < galley.rows.len() && !row.ends_with_newline;
        if goes_on
            && let Some(last) = row.glyphs.last()
            && OPENING.contains(last.chr)
            && row.glyphs.len() > 1
        {
            return Some((end, row.size.x));
        }
        end += usize::from(row.ends_with_newline);
    }
    None
}

/// The last place before an end, in bytes, where egui can break a line and no opening mark would end it.
fn earlier_end(text: &str, end: usize) -> Option<usize> {
    let line = text.get(..end)?;
    let mut after = line.char_indices().next_back()?;
    for (at, c) in line.char_indices().rev().skip(1) {
        if c == '\n' {
            return None;
        }
        let (start, next) = after;
        // egui breaks a line after a space, and after a Han character or before one.
        let can_break = c == ' '
            || is_ideograph(c) && (is_ideograph(next) || OPENING.contains(next))
            || is_ideograph(next) && !c.is_ascii_punctuation() && !c.is_whitespace();
        if can_break && !OPENING.contains(c) {
            return Some(start);
        }
        after = (at, c);
    }
    None
}

/// The characters that egui takes for Chinese, and for nothing else.
const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Starts a section at a byte, with a space before it.
fn split(job: &mut LayoutJob, at: usize, space: f32) {
    let Some(index) = job
        .sections
        .iter()
        .position(|section| section.byte_range.start.0 <= at && at < section.byte_range.end.0)
    else {
        return;
    };
    let section = &mut job.sections[index];
    let rest = LayoutSection {
        leading_space: space,
        byte_range: at.into()..section.byte_range.end,
        format: section.format.clone(),
    };
    if section.byte_range.start.0 == at {
        section.leading_space += space;
        return;
    }
    section.byte_range.end = at.into();
    job.sections.insert(index + 1, rest);
}

#[cfg(test)]
mod tests {
    use crate::{
        gui::{fonts, theme, typeset},
        message::language::UiLanguage,
    };

    /// The lines of a text at a width of so many squares.
    fn lines(text: &str, squares: f32) -> Vec<String> {
        let ctx = egui::Context::default();
        fonts::install(&ctx, UiLanguage::Chinese);
        let mut lines = Vec::new();
        let shown = ctx.run_ui(egui::RawInput::default(), |ui| {
            let font = theme::regular(20.0);
            let width = squares * 20.0 + 1.0;
            let job = typeset::job(ui.ctx(), text, font, egui::Color32::BLACK, width);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            for row in &galley.rows {
                assert!(row.glyphs[0].pos.x.abs() < 0.1, "a line starts at the left");
            }
            lines = galley.rows.iter().map(|row| row.text()).collect();
        });
        drop(shown);
        lines
    }

    #[test]
    fn no_line_ends_with_an_opening_mark() {
        assert_eq!(
            lines("我说你莫讲了（停了一下）好", 7.0),
            ["我说你莫讲了", "（停了一下）好"]
        );
        assert_eq!(
            lines("现在想想，他那是……（摆手）不说这个。", 11.0),
            ["现在想想，他那", "是……（摆手）不说这", "个。"]
        );
        assert_eq!(
            lines("他们都说“我不敢”，老师也说“我不敢”，我敢", 5.0),
            ["他们都说", "“我不", "敢”，老师", "也说“我不", "敢”，我敢"]
        );
    }

    #[test]
    fn what_cannot_be_broken_earlier_is_left() {
        assert_eq!(lines("（（（我", 3.0), ["（（（", "我"]);
        assert_eq!(lines("我说\n（好）", 7.0), ["我说", "（好）"]);
    }
}
