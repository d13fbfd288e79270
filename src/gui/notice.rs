//! What the window has to say: that something was done, which goes by itself, or that something went wrong, which stays until it is closed.

use std::path::PathBuf;

use super::{
    request::Request,
    strings::{self, UiLanguage},
};
use crate::message::explain::Explain;

/// Seconds for which a notice of something done is shown.
const SECONDS: f64 = 8.0;

/// A notice, said in whatever language the window has by then.
pub(super) struct Notice {
    text: Box<dyn Fn(UiLanguage) -> String + Send>,
    is_problem: bool,
    /// What can be done about it; a click closes the notice.
    offer: Option<Offer>,
    /// When it was first on screen, in the window's seconds.
    since: Option<f64>,
}

/// What a notice offers to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// Undo what was done, as long as nothing else was done since.
    Undo {
        /// The project's revision right after it.
        revision: u64,
    },
    /// Show the drafts that were kept.
    ShowDrafts,
    /// Save the project elsewhere.
    SaveCopy,
}

impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(UiLanguage::English))
    }
}

impl Notice {
    /// Something was done.
    pub(super) fn done(text: impl Fn(UiLanguage) -> String + Send + 'static) -> Self {
        Self {
            text: Box::new(text),
            is_problem: false,
            offer: None,
            since: None,
        }
    }

    /// Something needs attention, such as a file that was left out.
    pub(super) fn problem(text: impl Fn(UiLanguage) -> String + Send + 'static) -> Self {
        Self {
            is_problem: true,
            ..Self::done(text)
        }
    }

    /// Something went wrong.
    pub(super) fn error(error: impl Explain + Send + 'static) -> Self {
        Self::problem(move |language| error.say(language))
    }

    /// The same with an offer.
    pub(super) fn offering(self, offer: Offer) -> Self {
        Self {
            offer: Some(offer),
            ..self
        }
    }

    pub(super) fn say(&self, language: UiLanguage) -> String {
        (self.text)(language)
    }

    pub(super) fn is_problem(&self) -> bool {
        self.is_problem
    }

    /// What it offers at a revision of the project, and what that asks for.
    pub(super) fn offer(&self, revision: Option<u64>) -> Option<(Offer, Request)> {
        use super::command::Command;
        let offer = self.offer?;
        let request = match offer {
            Offer::Undo { revision: own } => {
                (revision == Some(own)).then_some(Request::Command(Command::Undo))?
            }
            Offer::ShowDrafts => Request::ShowDrafts,
            Offer::SaveCopy => Request::Command(Command::SaveCopy),
        };
        Some((offer, request))
    }
}

/// Says that a file was saved.
pub(super) fn saved(path: PathBuf) -> Notice {
    Notice::done(move |language| {
        let saved = language.say(strings::THEMES_SAVED);
        strings::labelled(language, saved, &path.display().to_string())
    })
}

/// The notices on screen, the latest last.
#[derive(Debug, Default)]
pub(super) struct Notices(Vec<Notice>);

impl Notices {
    pub(super) fn push(&mut self, notice: Notice) {
        self.0.push(notice);
    }

    pub(super) fn extend(&mut self, notices: impl IntoIterator<Item = Notice>) {
        self.0.extend(notices);
    }

    pub(super) fn all(&self) -> &[Notice] {
        &self.0
    }

    /// Removes all of them.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Removes one.
    pub(super) fn close(&mut self, number: usize) {
        if number < self.0.len() {
            self.0.remove(number);
        }
    }

    /// Removes what has been on screen for long enough; returns the seconds until there is more to remove.
    pub(super) fn expire(&mut self, now: f64, is_read: bool) -> Option<f64> {
        for notice in &mut self.0 {
            let since = notice.since.get_or_insert(now);
            if is_read {
                *since = now;
            }
        }
        let left = |notice: &Notice| SECONDS - (now - notice.since.unwrap_or(now));
        self.0
            .retain(|notice| notice.is_problem || left(notice) > 0.0);
        let passing = self.0.iter().filter(|notice| !notice.is_problem);
        passing.map(left).reduce(f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_goes_and_what_went_wrong_stays() {
        let mut notices = Notices::default();
        notices.push(Notice::done(|_| "saved".to_owned()));
        notices.push(Notice::problem(|_| "no file".to_owned()));
        assert_eq!(notices.expire(10.0, false), Some(SECONDS));
        assert_eq!(
            notices.expire(14.0, true),
            Some(SECONDS),
            "being read, it stays"
        );
        assert_eq!(notices.expire(23.0, false), None);
        let left: Vec<String> = notices
            .all()
            .iter()
            .map(|it| it.say(UiLanguage::English))
            .collect();
        assert_eq!(left, ["no file"]);
    }

    #[test]
    fn undo_is_offered_until_something_else_is_done() {
        let offer = Offer::Undo { revision: 7 };
        let notice = Notice::done(|_| String::new()).offering(offer);
        assert!(notice.offer(Some(7)).is_some());
        assert!(notice.offer(Some(8)).is_none() && notice.offer(None).is_none());
    }
}
