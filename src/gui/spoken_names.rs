//! Names of things as screen readers get them: words without icons.
//!
//! An icon is a glyph for private use, which is read as nothing, or as a character that nobody knows.

use egui::{Context, FullOutput, Plugin};

/// Takes the icons out of all names and descriptions of a frame.
#[derive(Debug)]
pub(super) struct SpokenNames;

impl Plugin for SpokenNames {
    fn debug_name(&self) -> &'static str {
        "spoken names"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let Some(update) = &mut output.platform_output.accesskit_update else {
            return;
        };
        for (_, node) in &mut update.nodes {
            if let Some(words) = node.label().and_then(without_icons) {
                node.set_label(words);
            }
            if let Some(words) = node.description().and_then(without_icons) {
                node.set_description(words);
            }
            // Labels hold their words as a value.
            if node.role() == egui::Role::Label
                && let Some(words) = node.value().and_then(without_icons)
            {
                node.set_value(words);
            }
        }
    }
}

/// The text without its icons, and without the spaces between them and the words; `None` if it has no icons.
fn without_icons(text: &str) -> Option<String> {
    let is_icon = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    text.contains(is_icon).then(|| {
        let words = text.split(is_icon).map(str::trim);
        let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
        words.join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_is_left_beside_the_icon() {
        assert_eq!(
            without_icons("\u{e3f2}  New set").as_deref(),
            Some("New set")
        );
        assert_eq!(
            without_icons("Peers ×2 \u{e3f2}").as_deref(),
            Some("Peers ×2")
        );
        assert_eq!(without_icons("\u{e3f2}").as_deref(), Some(""));
        assert_eq!(without_icons("Peers"), None);
    }
}
