//! The bar below: that all is saved, who codes, running jobs, and what undo would take back.

use egui::{Align, Layout, ProgressBar, Sense, Ui, Vec2};

use crate::{
    app::jobs::{Job, JobKind, Jobs},
    gui::{
        context::Cx,
        icons,
        key_names::keys,
        request::Request,
        strings::{self, UiLanguage},
        theme::{palette, small},
        widgets::buttons,
    },
    message::text::COLON,
    model::ids::DocumentId,
    store::Access,
};

/// Shows the bar; `document` is the open one, `next_undo` the action that undo would take back.
pub(in crate::gui) fn ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    jobs: &Jobs,
    document: Option<DocumentId>,
    next_undo: Option<&str>,
) {
    let colors = palette(ui.visuals());
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let is_written = cx.session.access() == Access::Write;
        let (text, color) = if is_written {
            (strings::SAVED, colors.good)
        } else {
            (strings::READ_ONLY, colors.bad)
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(7.0), Sense::hover());
            ui.painter().circle_filled(rect.center(), 3.5, color);
            ui.label(small(ui, cx.language.say(text)));
        });
        for job in jobs.running() {
            job_ui(ui, cx, job);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            // In a project that is only read, such as one as of then, Ctrl Z does nothing.
            if let Some(action) = next_undo.filter(|_| is_written) {
                ui.label(small(
                    ui,
                    format!(
                        "{} {}{}{}",
                        keys("Ctrl Z"),
                        cx.language.say(strings::UNDO).to_lowercase(),
                        cx.language.say(COLON),
                        crate::app::action_names::action_name(action, cx.language)
                    ),
                ));
            }
            if let Some(document) = document.filter(|id| cx.project.documents.contains_key(id)) {
                let percent = cx.tally.percent_coded(document);
                ui.label(small(ui, strings::share_coded(cx.language, percent)));
            }
        });
    });
}

/// Returns what a job is called; file dialogs aren't shown as jobs.
pub(in crate::gui) fn job_name(kind: JobKind, language: UiLanguage) -> Option<&'static str> {
    Some(language.say(match kind {
        JobKind::Browse => return None,
        JobKind::Import => strings::IMPORTING,
        JobKind::Index => strings::INDEXING,
        JobKind::Search | JobKind::Themes => strings::COUNTING,
        JobKind::Replace => strings::LOOKING_FOR_PLACES,
        JobKind::Names => strings::LOOKING_FOR_NAMES,
        JobKind::History => strings::HISTORY,
        JobKind::Store => strings::STORING,
        JobKind::Suggest => strings::LEARNING,
        JobKind::Speakers => strings::REREADING,
        JobKind::Report => strings::REPORT,
        JobKind::Export => strings::EXPORT,
        JobKind::Backup => strings::BACKUPS,
        JobKind::Repair => strings::REPAIR,
        JobKind::Erase => strings::ERASE_PARTICIPANT,
    }))
}

fn job_ui(ui: &mut Ui, cx: &mut Cx<'_>, job: &Job) {
    let Some(name) = job_name(job.kind, cx.language) else {
        return;
    };
    ui.horizontal(|ui| {
        let (done, total) = job.control.so_far();
        let is_short = matches!(
            job.kind,
            JobKind::Search
                | JobKind::History
                | JobKind::Suggest
                | JobKind::Themes
                | JobKind::Speakers
                | JobKind::Replace
                | JobKind::Names
                | JobKind::Backup
        );
        if total == 0 && is_short {
            // Most of these end before their first report; a bar would only flicker.
            return;
        }
        ui.label(small(ui, format!("{name} {done}/{total}")));
        #[expect(
            clippy::cast_precision_loss,
            reason = "a share on a bar 80 points wide"
        )]
        let share = if total == 0 {
            0.0
        } else {
            done as f32 / total as f32
        };
        ui.add(
            ProgressBar::new(share)
                .desired_width(80.0)
                .desired_height(4.0),
        );
        if buttons::quiet(ui, icons::CLOSE, cx.language.say(strings::CANCEL)).clicked() {
            cx.ask(Request::CancelJob(job.number));
        }
    });
}
