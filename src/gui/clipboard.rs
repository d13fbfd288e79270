//! The system's clipboard, for what has a form: egui copies plain text only.

use crate::app::export::quotation::Quotation;

/// The clipboard of the system's other programs.
pub(super) struct RichClipboard(arboard::Clipboard);

impl RichClipboard {
    /// Connects to the clipboard; `None` where there is none, as on a Wayland desktop that keeps it to the window in front.
    pub(super) fn open() -> Option<Self> {
        arboard::Clipboard::new().ok().map(Self)
    }

    /// Puts a quotation there as HTML and as plain text; returns false if the system refuses.
    pub(super) fn set(&mut self, quotation: &Quotation) -> bool {
        self.0
            .set_html(quotation.html(), Some(quotation.text()))
            .is_ok()
    }
}
