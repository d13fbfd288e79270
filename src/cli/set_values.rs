//! Setting values of a case, a document or a coder: ATTRIBUTE=VALUE, or ATTRIBUTE@PHASE=VALUE.

use std::path::Path;

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::{Find, pair_of},
    open,
};
use crate::{
    app::{
        action::{Action, NewValue},
        refusal::Refusal,
    },
    log::change::Holder,
    model::{
        Project,
        attribute::AttributeOf,
        ids::{AttributeId, PhaseId},
    },
};

/// Sets values of what `holder` finds; an empty one clears.
pub(super) fn run(
    project: &Path,
    values: &[String],
    of: AttributeOf,
    context: &Context<'_>,
    holder: impl FnOnce(Find<'_>) -> Result<Holder, Refusal>,
) -> CommandResult {
    let mut session = context.write(project)?;
    let holder = holder(Find(session.project()))?;
    let values = values.iter().map(|pair| {
        let (name, text) = pair_of(pair, "ATTRIBUTE=VALUE")?;
        let (attribute, phase) = attribute_and_phase(session.project(), of, name)?;
        Ok(NewValue {
            attribute,
            phase,
            text: text.to_owned(),
        })
    });
    let values = values.collect::<Result<_, Failure>>()?;
    session.run(Action::SetValues { holder, values })?;
    open::close(session);
    DONE
}

/// The attribute and phase of `name` or `name@phase`.
fn attribute_and_phase(
    project: &Project,
    of: AttributeOf,
    name: &str,
) -> Result<(AttributeId, Option<PhaseId>), Refusal> {
    let find = Find(project);
    let (name, phase) = name
        .split_once('@')
        .map_or((name, None), |(name, phase)| (name, Some(phase)));
    let attribute = find.attribute_of(of, name.trim())?;
    let phase = phase.map(|phase| find.phase(phase.trim()));
    Ok((attribute, phase.transpose()?))
}
