//! What a table of pseudonyms would change in the texts, and what it would leave.

use crate::{
    app::{AppError, edit::pseudonymise::replacements, jobs::JobControl, texts::Texts},
    model::{Project, document::Content, ids::DocumentId, text::TextRange},
    names::{NameLike, Substitutes},
    search::{
        Hit,
        context::{KeywordInContext, context},
    },
};

/// Code points of context that a place is shown with on each side.
const CONTEXT: u32 = 24;

/// A place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePlace {
    /// The document.
    pub document: DocumentId,
    /// The words.
    pub range: TextRange,
    /// The words with the text around them.
    pub context: KeywordInContext,
    /// What would take their place; `None` if they stay.
    pub stand_in: Option<String>,
}

/// Every place that would be replaced, by document and position.
///
/// # Errors
/// When a text can't be read, or it is cancelled.
pub fn preview(
    project: &Project,
    texts: &Texts,
    substitutes: &Substitutes,
    control: &JobControl,
) -> Result<Vec<NamePlace>, AppError> {
    let mut places = Vec::new();
    each_text(project, texts, control, |document, content| {
        for replacement in replacements(content, substitutes) {
            places.push(NamePlace {
                document,
                range: replacement.range,
                context: around(content, document, replacement.range),
                stand_in: Some(replacement.to),
            });
        }
    })?;
    Ok(places)
}

/// What is left: words like names that nothing replaces.
///
/// # Errors
/// As for [`preview`].
pub fn left(
    project: &Project,
    texts: &Texts,
    substitutes: &Substitutes,
    control: &JobControl,
) -> Result<Vec<NamePlace>, AppError> {
    let mut name_like = NameLike::default();
    let mut places = Vec::new();
    each_text(project, texts, control, |document, content| {
        let replaced = replacements(content, substitutes);
        for range in name_like.in_text(content.text.as_str()) {
            let covered = replaced
                .iter()
                .any(|own| own.range.start() < range.end() && range.start() < own.range.end());
            if !covered {
                places.push(NamePlace {
                    document,
                    range,
                    context: around(content, document, range),
                    stand_in: None,
                });
            }
        }
    })?;
    Ok(places)
}

fn each_text(
    project: &Project,
    texts: &Texts,
    control: &JobControl,
    mut with: impl FnMut(DocumentId, &Content),
) -> Result<(), AppError> {
    let documents = project.documents_in_order();
    let total = documents.len() as u64;
    for (done, document) in (0..).zip(documents) {
        control
            .progress(done, total)
            .map_err(|_cancelled| AppError::Cancelled)?;
        let content = texts.content_once(document)?;
        with(document.id, &content);
    }
    Ok(())
}

/// A place with the text around it.
pub(super) fn around(
    content: &Content,
    document: DocumentId,
    range: TextRange,
) -> KeywordInContext {
    let hit = Hit {
        document,
        turn: content.turn_at(range.start()).map(|(turn, _)| turn),
        range,
    };
    context(content, &hit, CONTEXT)
}
