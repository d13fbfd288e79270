//! From an action to the edit that carries it out: one arm for each.

use std::sync::Arc;

use super::{AppError, Done, Session};
use crate::{
    app::{
        action::Action,
        edit::{
            attributes, case_merge, cases, code_removal, codebook, codebook_merge, coding,
            correcting, document, lookup, memo, new_turns, project, pseudonymise, query, recode,
            replace, reshape, scale, set, text, transaction::Transaction, translation, turns,
        },
        texts::Texts,
    },
    model::{document::Content, ids::DocumentId},
};

impl Session {
    /// Carries out an action as one entry of the log.
    ///
    /// # Errors
    /// When it is refused or can't be stored; nothing has changed then.
    pub fn run(&mut self, action: Action) -> Result<Done, AppError> {
        match action {
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::TakeBack(entry) => self.take_back_step(entry),
            Action::BackTo(entry) => self.back_to(entry),
            action => {
                let texts = Arc::clone(&self.texts);
                let mut tx = self.transaction(action.name());
                perform(&mut tx, &texts, action)?;
                let prepared = tx.finish()?;
                self.commit(prepared)
            }
        }
    }
}

/// Carries out an action in a transaction.
#[expect(
    clippy::too_many_lines,
    reason = "one arm for each action, and each arm is one call"
)]
fn perform(tx: &mut Transaction<'_>, texts: &Texts, action: Action) -> Result<(), AppError> {
    match action {
        Action::SetTitle(title) => project::set_title(tx, &title)?,
        Action::SetDescription(text) => project::set_description(tx, text),
        Action::SetLanguage(language) => project::set_language(tx, language),
        Action::SetProject {
            title,
            description,
            language,
        } => project::set_project(tx, title.as_deref(), description, language)?,
        Action::AddCoder(name) => project::add_coder(tx, &name)?,
        Action::RenameCoder(coder, name) => project::rename_coder(tx, coder, &name)?,
        Action::RemoveCoder(coder) => project::remove_coder(tx, coder)?,
        Action::SetCoderHue(coder, hue) => project::set_coder_hue(tx, coder, hue)?,
        Action::TranslatePhase(phase, language, name) => {
            translation::translate_phase(tx, phase, language, &name)?;
        }
        Action::AddPhase(name) => project::add_phase(tx, &name)?,
        Action::RenamePhase(phase, name) => project::rename_phase(tx, phase, &name)?,
        Action::MovePhase(phase, before) => project::move_phase(tx, phase, before)?,
        Action::RemovePhase(phase) => project::remove_phase(tx, phase)?,
        Action::RemoveDocuments(documents) => document::remove_documents(tx, &documents)?,
        Action::RenameDocument(document, title) => document::set_title(tx, document, &title)?,
        Action::OrderDocuments(documents) => document::put_in_order(tx, &documents)?,
        Action::UsualOrder(documents) => document::put_in_usual_order(tx, &documents)?,
        Action::SetDocumentsPhase(documents, phase) => {
            document::set_phases(tx, &documents, phase)?;
        }
        Action::SetDocumentsCase {
            documents,
            case,
            belongs,
        } => document::set_cases(tx, &documents, case, belongs)?,
        Action::SetDocumentsCases { documents, cases } => {
            document::set_several_cases(tx, &documents, &cases)?;
        }
        Action::SetSpeakerCase(document, speaker, case) => {
            document::set_speaker_case(tx, document, speaker, case)?;
        }
        Action::RenameSpeaker(document, speaker, label) => {
            let content = content_of(tx, texts, document)?;
            correcting::rename_speaker(tx, document, &content, speaker, &label)?;
        }
        Action::LinkSpeakers { label, case } => document::link_speakers(tx, &label, case)?,
        Action::SetSpeakerRoles { label, role } => document::set_roles(tx, &label, role)?,
        Action::SetSpeakerRole(document, speaker, role) => {
            document::set_speaker_role(tx, document, speaker, role)?;
        }
        Action::SetTurn(document, turn, to) => document::set_turn(tx, document, turn, to)?,
        Action::ReplaceText {
            document,
            range,
            to,
        } => {
            let content = content_of(tx, texts, document)?;
            text::replace_text(tx, document, &content, range, to)?;
        }
        Action::ReplaceWords(what) => replace::replace_words(tx, texts, &what)?,
        Action::Pseudonymise(names) => pseudonymise::pseudonymise(tx, texts, &names)?,
        Action::CorrectTurn {
            document,
            turn,
            text,
            speaker,
            at_millis,
        } => {
            let content = content_of(tx, texts, document)?;
            correcting::correct_turn(tx, document, &content, turn, &text, speaker, at_millis)?;
        }
        Action::SetTurnSpeaker {
            document,
            turn,
            speaker,
            alike,
        } => {
            let content = content_of(tx, texts, document)?;
            turns::set_speaker(tx, document, &content, turn, speaker, alike)?;
        }
        Action::SplitTurn {
            document,
            at,
            speaker,
        } => {
            let content = content_of(tx, texts, document)?;
            turns::split_turn(tx, document, &content, at, speaker)?;
        }
        Action::JoinTurn(document, turn) => {
            let content = content_of(tx, texts, document)?;
            turns::join_turn(tx, document, &content, turn)?;
        }
        Action::MarkLabel {
            document,
            label,
            speaker,
            alike,
        } => {
            let content = content_of(tx, texts, document)?;
            turns::mark_label(tx, document, &content, label, speaker, alike)?;
        }
        Action::ReadSpeakers(all) => new_turns::put_turns(tx, all)?,
        Action::RenameSpeakers { from, to } => {
            correcting::rename_speakers(tx, &from, &to, |document| texts.content(document).ok())?;
        }
        Action::AddCode { parent, name } => drop(codebook::add_code(tx, parent, &name)?),
        Action::SetCode(code) => codebook::set_code(tx, *code)?,
        Action::MoveCodes {
            codes,
            parent,
            before,
        } => codebook::move_codes(tx, &codes, parent, before)?,
        Action::SetHues(codes, hue) => codebook::set_hues(tx, &codes, hue)?,
        Action::SortCodes { parent } => codebook::sort_codes(tx, parent)?,
        Action::MergeCodes { codes, into } => codebook_merge::merge_codes(tx, &codes, into)?,
        Action::SplitCode {
            code,
            name,
            codings,
        } => codebook_merge::split_code(tx, code, &name, &codings)?,
        Action::RemoveCodes(codes) => code_removal::remove_codes(tx, &codes)?,
        Action::ApplyCode {
            document,
            range,
            code,
            facets,
            about,
        } => {
            let details = coding::CodingDetails { facets, about };
            coding::apply_code(tx, document, range, code, details)?;
        }
        Action::ApplyCodes {
            passages,
            codes,
            about,
            origin,
        } => coding::apply_codes(tx, &passages, &codes, &about, &origin)?,
        Action::ApplyNewCode {
            document,
            range,
            parent,
            about,
            name,
            definition,
        } => {
            let passage = (document, range);
            coding::apply_new_code(tx, passage, about, parent, &name, &definition)?;
        }
        Action::RemoveCodings(codings) => coding::remove_codings(tx, &codings)?,
        Action::SetCodingRange(document, coding, range) => {
            coding::set_range(tx, document, coding, range)?;
        }
        Action::RecodeCodings(codings, code) => recode::recode(tx, &codings, code)?,
        Action::CopyCodings(codings, code) => reshape::copy(tx, &codings, code)?,
        Action::SplitCoding(document, coding, at) => reshape::split(tx, document, coding, at)?,
        Action::JoinCodings(document, codings) => reshape::join(tx, document, &codings)?,
        Action::SetFacet {
            codings,
            facet,
            value,
        } => coding::set_facet(tx, &codings, facet, value.as_ref())?,
        Action::SetAbout { codings, about } => coding::set_about(tx, &codings, &about)?,
        Action::AddCase { name, kind, parent } => cases::add_case(tx, &name, kind, parent)?,
        Action::SetCase {
            case,
            name,
            kind,
            parent,
        } => cases::set_case(tx, case, &name, kind, parent)?,
        Action::MergeCases { cases, into } => case_merge::merge_cases(tx, &cases, into)?,
        Action::RemoveCases(cases) => cases::remove_cases(tx, &cases)?,
        Action::AddAttribute {
            name,
            of,
            kind,
            per_phase,
        } => attributes::add_attribute(tx, &name, of, kind, per_phase)?,
        Action::SetAttribute {
            attribute,
            name,
            definition,
        } => attributes::set_attribute(tx, attribute, &name, definition)?,
        Action::TranslateAttribute(attribute, language, name) => {
            translation::translate_attribute(tx, attribute, language, &name)?;
        }
        Action::TranslateCategory {
            attribute,
            category,
            language,
            name,
        } => attributes::translate_category(tx, attribute, &category, language, &name)?,
        Action::MoveAttribute(attribute, before) => {
            attributes::move_attribute(tx, attribute, before)?;
        }
        Action::SetAttributeKind {
            attribute,
            kind,
            lose,
        } => attributes::set_kind(tx, attribute, &kind, lose)?,
        Action::RenameCategory {
            attribute,
            from,
            to,
        } => attributes::rename_category(tx, attribute, &from, &to)?,
        Action::SetCategories {
            attribute,
            categories,
        } => attributes::set_categories(tx, attribute, &categories)?,
        Action::RemoveAttribute(attribute) => attributes::remove_attribute(tx, attribute)?,
        Action::SetValues { holder, values } => attributes::set_values(tx, holder, &values)?,
        Action::SetValue {
            holder,
            attribute,
            phase,
            text,
        } => attributes::set_value(tx, holder, attribute, phase, &text)?,
        Action::AddMemo {
            anchor,
            kind,
            title,
            body,
        } => memo::add_memo(tx, anchor, kind, &title, body)?,
        Action::SetMemo {
            memo,
            kind,
            title,
            body,
        } => memo::set_memo(tx, memo, kind, title, body)?,
        Action::RemoveMemo(memo) => memo::remove_memo(tx, memo)?,
        Action::AddLink { name, from, to } => memo::add_link(tx, &name, from, to)?,
        Action::RemoveLink(link) => memo::remove_link(tx, link)?,
        Action::AddQuery { kind, name, text } => query::add_query(tx, kind, &name, &text)?,
        Action::SetQuery { query, name, text } => query::set_query(tx, query, &name, &text)?,
        Action::RemoveQuery(query) => query::remove_query(tx, query)?,
        Action::SetScale(None, definition) => scale::add_scale(tx, definition)?,
        Action::SetScale(Some(id), definition) => scale::set_scale(tx, id, definition)?,
        Action::RemoveScale(id) => scale::remove_scale(tx, id)?,
        Action::SetSet(None, draft) => set::add_set(tx, draft)?,
        Action::SetSet(Some(id), draft) => set::set_set(tx, id, draft)?,
        Action::RemoveSet(id) => set::remove_set(tx, id)?,
        Action::RemoveAttachment(id) => set::remove_attachment(tx, id)?,
        // `Session::run` handles them: they take back entries that are stored already.
        Action::Undo | Action::Redo | Action::TakeBack(_) | Action::BackTo(_) => {}
    }
    Ok(())
}

fn content_of(
    tx: &Transaction<'_>,
    texts: &Texts,
    id: DocumentId,
) -> Result<Arc<Content>, AppError> {
    Ok(texts.content(lookup::document(tx.project(), id)?)?)
}
