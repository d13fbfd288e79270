//! Where the work has been: back and forward over pages, documents and passages, as a browser does.

use super::View;
use crate::model::ids::{CodeId, DocumentId};

/// Most stations remembered.
const MOST: usize = 100;

/// A page of the project, the document open in it, and the position on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Station {
    pub(super) view: View,
    /// The code whose page stands in place of the text.
    pub(super) code: Option<CodeId>,
    pub(super) document: Option<DocumentId>,
    pub(super) position: u32,
}

/// The stations behind and ahead.
#[derive(Debug, Default)]
pub(super) struct Trail {
    behind: Vec<Station>,
    ahead: Vec<Station>,
}

impl Trail {
    /// Remembers a station that is left for another.
    pub(super) fn left(&mut self, station: Station) {
        self.ahead.clear();
        if self.behind.last() != Some(&station) {
            self.behind.push(station);
            let surplus = self.behind.len().saturating_sub(MOST);
            self.behind.drain(..surplus);
        }
    }

    /// The station before, `here` being where forward comes back to.
    pub(super) fn back(&mut self, here: Station) -> Option<Station> {
        let station = self.behind.pop()?;
        self.ahead.push(here);
        Some(station)
    }

    /// The station after, `here` being where back comes back to.
    pub(super) fn forward(&mut self, here: Station) -> Option<Station> {
        let station = self.ahead.pop()?;
        self.behind.push(here);
        Some(station)
    }

    /// Whether there is something behind, and something ahead.
    pub(super) fn reaches(&self) -> (bool, bool) {
        (!self.behind.is_empty(), !self.ahead.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_meet_and_a_new_way_forgets_what_was_ahead() {
        let station = |n: u128| Station {
            view: View::Read,
            code: None,
            document: Some(DocumentId::from_u128(n)),
            position: 0,
        };
        let mut trail = Trail::default();
        assert_eq!(trail.back(station(1)), None);
        trail.left(station(1));
        trail.left(station(2));
        assert_eq!(trail.back(station(3)), Some(station(2)));
        assert_eq!(trail.back(station(2)), Some(station(1)));
        assert_eq!(trail.forward(station(1)), Some(station(2)));
        trail.left(station(2));
        assert_eq!(
            (trail.forward(station(4)), trail.reaches()),
            (None, (true, false))
        );
    }
}
