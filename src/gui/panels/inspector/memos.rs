//! The memos on what is selected, or on the document where nothing is.

use std::sync::Arc;

use egui::{Frame, Role, Stroke, Ui, WidgetInfo};

use crate::{
    gui::{
        context::Cx,
        icons,
        request::Request,
        strings::{self, Text},
        theme::{palette, small, strong},
        widgets::{buttons, outline},
    },
    model::{
        ids::DocumentId,
        memo::{Anchor, Memo},
        text::TextRange,
    },
};

/// The most characters shown of a memo; the page of memos has the rest.
const LONGEST: usize = 400;

/// The memos on passages that share text with this one.
pub(super) fn on_passage(ui: &mut Ui, cx: &mut Cx<'_>, document: DocumentId, passage: TextRange) {
    let is_here = |memo: &Memo| match memo.anchor {
        Anchor::Segment(id, range) => id == document && range.intersection(passage).is_some(),
        _ => false,
    };
    memos_ui(ui, cx, strings::MEMOS_HERE, is_here);
}

/// The memos on the document itself.
pub(super) fn on_document(ui: &mut Ui, cx: &mut Cx<'_>, document: DocumentId) {
    let is_on = |memo: &Memo| memo.anchor == Anchor::Document(document);
    memos_ui(ui, cx, strings::DOCUMENT_MEMOS, is_on);
}

fn memos_ui(ui: &mut Ui, cx: &mut Cx<'_>, title: Text, is_meant: impl Fn(&Memo) -> bool) {
    let project = Arc::clone(cx.project);
    let memos: Vec<&Arc<Memo>> = project
        .memos
        .values()
        .filter(|memo| is_meant(memo))
        .collect();
    if memos.is_empty() {
        return;
    }
    ui.add_space(16.0);
    outline::section(ui, cx.language.say(title));
    ui.add_space(4.0);
    for memo in memos {
        memo_ui(ui, cx, memo);
        ui.add_space(4.0);
    }
}

fn memo_ui(ui: &mut Ui, cx: &mut Cx<'_>, memo: &Memo) {
    let colors = palette(ui.visuals());
    let frame = Frame::new()
        .fill(colors.page)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(8)
        .inner_margin(12);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if !memo.title.is_empty() {
            ui.label(strong(&memo.title));
        }
        let mut body: String = memo.body.chars().take(LONGEST).collect();
        if body.len() < memo.body.len() {
            body.push('…');
        }
        ui.label(body);
        ui.horizontal(|ui| {
            let by = cx.project.coders.get(&memo.coder);
            ui.label(small(ui, by.map_or("", |coder| coder.name.as_str())));
            let name = cx.language.say(strings::EDIT_MEMO);
            let edit = buttons::quiet(ui, icons::PENCIL, name);
            edit.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, format!("{name} {}", memo.title))
            });
            if edit.clicked() {
                cx.ask(Request::EditMemo(memo.id));
            }
        });
    });
}
