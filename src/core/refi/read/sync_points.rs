//! Sync points: positions of a transcript with their times in the recording.

use std::collections::BTreeMap;

use super::{positions::CountedPositions, values, xml::Element};
use crate::model::document::Turn;

/// A sync point of a transcript.
#[derive(Clone, Copy)]
pub(super) struct SyncPoint {
    /// The position in the text, in code points.
    pub(super) position: u32,
    pub(super) millis: Option<u32>,
}

/// The sync points of a transcript by GUID.
pub(super) fn sync_points(
    holder: Element<'_>,
    positions: &CountedPositions<'_>,
) -> BTreeMap<u128, SyncPoint> {
    let points = holder.each("SyncPoint").filter_map(|point| {
        let position = values::number(point, "position")?;
        let millis = values::number(point, "timeStamp");
        let sync_point = SyncPoint {
            position: positions.resolve(position).at,
            millis: millis.and_then(|millis| u32::try_from(millis).ok()),
        };
        Some((values::identity(point), sync_point))
    });
    points.collect()
}

/// Gives turns that begin at a sync point its time.
pub(super) fn time_turns(turns: &mut [Turn], points: &BTreeMap<u128, SyncPoint>) {
    let times: BTreeMap<u32, u32> = points
        .values()
        .filter_map(|point| Some((point.position, point.millis?)))
        .collect();
    for turn in turns {
        // Some programs put the point before the speaker's label, others after it.
        let time = times
            .get(&turn.range.start())
            .or_else(|| times.get(&turn.body));
        turn.at_millis = time.copied().or(turn.at_millis);
    }
}
