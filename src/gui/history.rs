//! The history of visited locations: back and forward over pages, documents and passages, as in a browser.

use crate::{
    app::settings::View,
    model::ids::{CodeId, DocumentId},
};

/// The most locations remembered.
const MOST: usize = 100;

/// A page of the project, the document open in it, and the position on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Location {
    pub(super) view: View,
    /// The code whose page is shown in place of the text.
    pub(super) code: Option<CodeId>,
    pub(super) document: Option<DocumentId>,
    pub(super) position: u32,
}

/// The locations visited before this one, and those left by going back.
#[derive(Debug, Default)]
pub(super) struct History {
    behind: Vec<Location>,
    ahead: Vec<Location>,
}

impl History {
    /// Remembers a location that is left for a new one; what was ahead is forgotten.
    pub(super) fn leave(&mut self, location: Location) {
        self.ahead.clear();
        if self.behind.last() != Some(&location) {
            self.behind.push(location);
            let surplus = self.behind.len().saturating_sub(MOST);
            self.behind.drain(..surplus);
        }
    }

    /// Returns the location before; `here` is where going forward returns to.
    pub(super) fn back(&mut self, here: Location) -> Option<Location> {
        let location = self.behind.pop()?;
        self.ahead.push(here);
        Some(location)
    }

    /// Returns the location after; `here` is where going back returns to.
    pub(super) fn forward(&mut self, here: Location) -> Option<Location> {
        let location = self.ahead.pop()?;
        self.behind.push(here);
        Some(location)
    }

    /// Returns which ways one can go.
    pub(super) fn reach(&self) -> Reach {
        Reach {
            back: !self.behind.is_empty(),
            forward: !self.ahead.is_empty(),
        }
    }
}

/// Which ways of the history are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) back: bool,
    pub(super) forward: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_meet_and_a_new_way_forgets_what_was_ahead() {
        let location = |n: u128| Location {
            view: View::Read,
            code: None,
            document: Some(DocumentId::from_u128(n)),
            position: 0,
        };
        let mut history = History::default();
        assert_eq!(history.back(location(1)), None);
        history.leave(location(1));
        history.leave(location(2));
        assert_eq!(history.back(location(3)), Some(location(2)));
        assert_eq!(history.back(location(2)), Some(location(1)));
        assert_eq!(history.forward(location(1)), Some(location(2)));
        history.leave(location(2));
        assert_eq!(
            (history.forward(location(4)), history.reach()),
            (
                None,
                Reach {
                    back: true,
                    forward: false
                }
            )
        );
    }
}
