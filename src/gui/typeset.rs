//! What people say, set so that quotation marks and ellipses are those of the language around them.
//!
//! Chinese and English share these characters. Both are set in one text, mark by mark, whatever the language of the window.

use std::{ops::Range, sync::Arc};

use egui::{
    Color32, Context, FontFamily, FontId, FontSelection, Galley, TextBuffer, Ui,
    text::{LayoutJob, TextFormat},
};

use super::{
    line_ends,
    theme::{MEDIUM, SEMIBOLD},
};
use crate::language::marks::{chinese_marks, is_before_stop};

/// Names of the families with Latin marks in any window.
pub(super) const LATIN: &str = "latin";
pub(super) const LATIN_MEDIUM: &str = "latin medium";
pub(super) const LATIN_SEMIBOLD: &str = "latin semibold";
/// Names of the families of Chinese marks.
pub(super) const MARKS: &str = "chinese marks";
pub(super) const MARKS_MEDIUM: &str = "chinese marks medium";

/// A text in one style, broken at a width.
pub(super) fn job(
    ctx: &Context,
    text: &str,
    font: FontId,
    color: Color32,
    width: f32,
) -> LayoutJob {
    formatted(ctx, text, TextFormat::simple(font, color), width)
}

/// As [`job`], for a style with more to it.
pub(super) fn formatted(ctx: &Context, text: &str, format: TextFormat, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    append(ctx, &mut job, text, 0..text.len(), format);
    line_ends::mend(ctx, &mut job);
    job
}

/// Sets what is typed into a field, in the letters that fields have.
pub(super) fn in_field(ui: &Ui) -> impl FnMut(&Ui, &dyn TextBuffer, f32) -> Arc<Galley> + use<> {
    in_field_of(FontSelection::Default.resolve(ui.style()))
}

/// As [`in_field`], for a field in other letters.
pub(super) fn in_field_of(
    font: FontId,
) -> impl FnMut(&Ui, &dyn TextBuffer, f32) -> Arc<Galley> + use<> {
    move |ui, typed, width| {
        let visuals = ui.visuals();
        let ink = visuals.widgets.inactive.text_color();
        let mut format =
            TextFormat::simple(font.clone(), visuals.override_text_color.unwrap_or(ink));
        // As egui's own: all lines are of one height, whatever is in them, and a space at the end is shown.
        let height = ui.fonts_mut(|fonts| fonts.row_height(&font));
        format.line_height = Some(height + ui.spacing().extra_text_line_spacing);
        let mut job = LayoutJob {
            keep_trailing_whitespace: true,
            // A field of one line gets no width.
            break_on_newline: width.is_finite(),
            ..LayoutJob::default()
        };
        job.wrap.max_width = width;
        let typed = typed.as_str();
        append(ui.ctx(), &mut job, typed, 0..typed.len(), format);
        line_ends::mend(ui.ctx(), &mut job);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// Adds a part of a text in a style; what stands beside the part decides about its marks too.
pub(super) fn append(
    ctx: &Context,
    job: &mut LayoutJob,
    text: &str,
    part: Range<usize>,
    mut format: TextFormat,
) {
    let marks = chinese_marks(text);
    if !marks.is_empty() && format.line_height.is_none() {
        // Han fonts have taller rows, by which lines with marks would stand apart from the others.
        format.line_height = Some(ctx.fonts_mut(|fonts| fonts.row_height(&format.font_id)));
    }
    let chinese = TextFormat {
        font_id: FontId::new(format.font_id.size, marks_of(&format.font_id.family)),
        ..format.clone()
    };
    format.font_id.family = latin_of(format.font_id.family);
    let half = format.font_id.size / 2.0;
    let ends: Vec<usize> = marks.iter().map(|range| range.end).collect();
    let mut add = |range: Range<usize>, format: &TextFormat| {
        // A stop is set over the blank half of the mark before it.
        let is_close = ends.contains(&range.start) && is_before_stop(text, range.start);
        let space = if is_close { -half } else { 0.0 };
        if let Some(words) = text.get(range)
            && !words.is_empty()
        {
            job.append(words, space, format.clone());
        }
    };
    let mut from = part.start;
    for range in marks {
        let (start, end) = (range.start.max(from), range.end.min(part.end));
        if start < end {
            add(from..start, &format);
            add(start..end, &chinese);
            from = end;
        }
    }
    add(from..part.end, &format);
    if job.sections.is_empty() {
        // Without a section, an empty text has no height.
        job.append("", 0.0, format);
    }
}

/// A family of labels with Latin marks; typefaces for reading have no others.
fn latin_of(family: FontFamily) -> FontFamily {
    let latin = match &family {
        FontFamily::Proportional => LATIN,
        FontFamily::Name(name) if **name == *MEDIUM => LATIN_MEDIUM,
        FontFamily::Name(name) if **name == *SEMIBOLD => LATIN_SEMIBOLD,
        FontFamily::Name(_) | FontFamily::Monospace => return family,
    };
    FontFamily::Name(latin.into())
}

/// The Chinese marks that go with a family.
fn marks_of(family: &FontFamily) -> FontFamily {
    let marks = match family {
        FontFamily::Name(name) if **name == *MEDIUM || **name == *SEMIBOLD => MARKS_MEDIUM,
        FontFamily::Name(_) | FontFamily::Proportional | FontFamily::Monospace => MARKS,
    };
    FontFamily::Name(marks.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gui::{fonts, theme},
        message::language::UiLanguage,
    };

    const SIZE: f32 = 20.0;

    /// The width of a part of a text as it is set.
    fn width(language: UiLanguage, font: &FontId, text: &str, part: &str) -> f32 {
        let from = text.split(part).next().unwrap_or_default().chars().count();
        let ctx = egui::Context::default();
        fonts::install(&ctx, language);
        let mut width = 0.0;
        let shown = ctx.run_ui(egui::RawInput::default(), |ui| {
            let job = job(ui.ctx(), text, font.clone(), Color32::BLACK, f32::INFINITY);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let glyphs = &galley.rows[0].glyphs[from..from + part.chars().count()];
            width = glyphs.iter().map(|glyph| glyph.advance_width).sum();
        });
        drop(shown);
        width
    }

    #[test]
    fn no_gap_stands_between_a_quotation_and_the_stop_after_it() {
        let ctx = egui::Context::default();
        fonts::install(&ctx, UiLanguage::Chinese);
        let mut lefts = Vec::new();
        let shown = ctx.run_ui(egui::RawInput::default(), |ui| {
            lefts = ["“training”。", "“training”好"]
                .map(|text| {
                    let font = theme::regular(SIZE);
                    let job = job(ui.ctx(), text, font, Color32::BLACK, f32::INFINITY);
                    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
                    galley.rows[0].glyphs.last().unwrap().pos.x
                })
                .to_vec();
        });
        drop(shown);
        assert!((lefts[1] - lefts[0] - SIZE / 2.0).abs() < 0.6, "{lefts:?}");
    }

    #[test]
    fn marks_are_as_wide_as_han_characters_beside_them_and_narrow_in_english() {
        for language in [UiLanguage::English, UiLanguage::Chinese] {
            for font in [
                theme::regular(SIZE),
                theme::medium(SIZE),
                theme::semibold(SIZE),
            ] {
                let of = |text, part| width(language, &font, text, part) / SIZE;
                let close = |a: f32, b: f32| (a - b).abs() < 0.01;
                assert!(close(of("他说：“我敢了……”。", "“"), 1.0));
                assert!(close(of("他说：“我敢了……”。", "……”"), 3.0));
                assert!(close(of("——我不知道。", "——"), 2.0));
                assert!(of("“I can’t…”", "“") < 0.5);
                assert!(of("I can’t…", "’") < 0.3);
                assert!(of("我说 can’t。", "’") < 0.3);
            }
        }
    }
}
