//! The chosen row: what stands in its place, what was decided, and its passages; or what is left.

use egui::{ComboBox, Key, Stroke, TextEdit, TextFormat, Ui, text::LayoutJob};

use super::{OpenTable, state_text};
use crate::{
    app::pseudonyms::places::NamePlace,
    gui::{
        context::Cx,
        strings,
        theme::{self, palette, small},
        typeset,
        widgets::buttons,
    },
    model::ids::DocumentId,
    names::table::RowState,
};

/// Most passages that are listed.
const LISTED: usize = 60;

/// The chosen row.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, open: &mut OpenTable) {
    let language = cx.language;
    let Some(at) = open.chosen() else {
        return;
    };
    let names: Vec<(String, String)> = open.table.rows[at]
        .names
        .iter()
        .map(|name| (name.text.clone(), name.stand_in.clone()))
        .collect();
    for (name, stand_in) in &names {
        ui.label(format!("{name} → {stand_in}"));
    }
    ui.add_space(6.0);
    let label = ui.label(small(ui, language.say(strings::STAND_IN)));
    let field = TextEdit::singleline(&mut open.typed).desired_width(f32::INFINITY);
    let field = ui.add(field).labelled_by(label.id);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let typed = open.typed.trim().to_owned();
    if (entered || field.lost_focus())
        && !typed.is_empty()
        && typed != open.table.rows[at].stand_in()
    {
        open.table.rows[at].set_stand_in(&typed);
        open.table.rows[at].state = RowState::Accepted;
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        for state in RowState::ALL {
            let row = &mut open.table.rows[at];
            if buttons::radio(ui, row.state == state, language.say(state_text(state))).clicked() {
                row.state = state;
            }
        }
    });
    merge_ui(ui, cx, open, at);
    ui.separator();
    let passages: Vec<&NamePlace> = names
        .iter()
        .filter_map(|(name, _)| open.passages.get(name))
        .flatten()
        .collect();
    places_ui(ui, cx, &passages);
}

/// Makes the row one with another: two names of one person.
fn merge_ui(ui: &mut Ui, cx: &Cx<'_>, open: &mut OpenTable, at: usize) {
    let own = open.table.rows[at].kind;
    if !own.is_person() {
        return;
    }
    let mut into = None;
    ui.horizontal(|ui| {
        let name = cx.language.say(strings::SAME_PERSON_AS);
        let label = ui.label(small(ui, name));
        let shown = ComboBox::from_id_salt("same person")
            .selected_text("…")
            .show_ui(ui, |ui| {
                for (other, row) in open.table.rows.iter().enumerate() {
                    if other != at
                        && row.kind.is_person()
                        && ui.selectable_label(false, row.text()).clicked()
                    {
                        into = Some(other);
                    }
                }
            });
        shown.response.labelled_by(label.id);
    });
    if let Some(into) = into {
        let kept = open.table.rows[into].text().to_owned();
        if open.table.merge(into, at) {
            let row = open.table.row_of(&kept).unwrap_or(0);
            open.choose(row);
        }
    }
}

/// What looks like a name and isn't replaced.
pub(super) fn left_ui(ui: &mut Ui, cx: &Cx<'_>, left: Option<&[NamePlace]>) {
    let language = cx.language;
    match left {
        None => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(small(ui, language.say(strings::LOOKING_FOR_NAMES)));
            });
        }
        Some([]) => drop(ui.label(language.say(strings::NOTHING_LEFT))),
        Some(left) => {
            ui.label(small(ui, language.say(strings::LEFT_HINT)));
            let places: Vec<&NamePlace> = left.iter().collect();
            places_ui(ui, cx, &places);
        }
    }
}

fn places_ui(ui: &mut Ui, cx: &Cx<'_>, places: &[&NamePlace]) {
    let mut last: Option<DocumentId> = None;
    for place in places.iter().take(LISTED) {
        if last.replace(place.document) != Some(place.document) {
            let document = cx.project.documents.get(&place.document);
            let title = document.map_or("", |document| document.title.as_str());
            ui.label(small(ui, title));
        }
        ui.label(place_job(ui, place));
    }
    let more = places.len().saturating_sub(LISTED);
    if more > 0 {
        ui.label(small(ui, format!("+ {}", strings::grouped(more))));
    }
}

/// The words around a place, those that go, and those that come.
fn place_job(ui: &Ui, place: &NamePlace) -> LayoutJob {
    let colors = palette(ui.visuals());
    let font = theme::regular(13.0);
    let plain = TextFormat::simple(font.clone(), colors.ink_2);
    let comes = TextFormat {
        background: colors.hit,
        ..TextFormat::simple(font, colors.ink)
    };
    let goes = TextFormat {
        strikethrough: Stroke::new(1.0, colors.ink_2),
        ..plain.clone()
    };
    let around = &place.context;
    let hit = if place.stand_in.is_some() {
        &goes
    } else {
        &comes
    };
    let parts = [
        ("…", &plain),
        (around.left.as_str(), &plain),
        (around.hit.as_str(), hit),
        (place.stand_in.as_deref().unwrap_or(""), &comes),
        (around.right.as_str(), &plain),
        ("…", &plain),
    ];
    let shown: String = parts.iter().map(|(words, _)| *words).collect();
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let mut from = 0;
    for (words, format) in parts {
        let end = from + words.len();
        typeset::append(ui.ctx(), &mut job, &shown, from..end, format.clone());
        from = end;
    }
    job
}
