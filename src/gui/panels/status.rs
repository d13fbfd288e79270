//! The bar below: that all is saved, who codes, running jobs, and what undo would take back.

use egui::{Align, Layout, ProgressBar, Sense, Ui, Vec2};

use crate::{
    app::jobs::Jobs,
    gui::{
        icons,
        request::{Brought, Request},
        strings::{Text, UiLanguage},
        theme::{palette, small},
        widgets::buttons,
    },
    store::Access,
};

/// What the bar shows of a project.
pub(in crate::gui) struct Shown<'a> {
    /// Whether it can be written.
    pub(in crate::gui) access: Access,
    /// How much of the open document is coded.
    pub(in crate::gui) percent: Option<u32>,
    /// The action that undo would take back.
    pub(in crate::gui) next_undo: Option<&'a str>,
}

pub(in crate::gui) fn ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    language: UiLanguage,
    jobs: &Jobs<Brought>,
    requests: &mut Vec<Request>,
) {
    let colors = palette(ui.visuals());
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let (text, color) = if shown.access == Access::Write {
            (Text::SAVED, colors.good)
        } else {
            (Text::READ_ONLY, colors.bad)
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(7.0), Sense::hover());
            ui.painter().circle_filled(rect.center(), 3.5, color);
            ui.label(small(ui, language.say(text)));
        });
        for job in jobs.running() {
            job_ui(ui, job, language, requests);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            if let Some(action) = shown.next_undo {
                ui.label(small(
                    ui,
                    format!(
                        "Ctrl Z {}{}{}",
                        language.say(Text::UNDO).to_lowercase(),
                        language.pick(": ", "："),
                        crate::app::action_names::action_name(action, language)
                    ),
                ));
            }
            if let Some(percent) = shown.percent {
                ui.label(small(ui, language.share_coded(percent)));
            }
        });
    });
}

/// What a job is called, where people are told of it.
pub(in crate::gui) fn name_of(job: &str, language: UiLanguage) -> Option<&'static str> {
    Some(match job {
        "import" => language.say(Text::IMPORTING),
        "index" => language.say(Text::INDEXING),
        "search" | "themes" => language.say(Text::COUNTING),
        "store" => language.say(Text::STORING),
        "suggest" => language.say(Text::LEARNING),
        "report" => language.say(Text::REPORT),
        "export" => language.say(Text::EXPORT),
        _ => return None,
    })
}

fn job_ui(
    ui: &mut Ui,
    job: &crate::app::jobs::Job,
    language: UiLanguage,
    requests: &mut Vec<Request>,
) {
    let Some(name) = name_of(job.name, language) else {
        return;
    };
    ui.horizontal(|ui| {
        let (done, total) = job.control.so_far();
        if total == 0 && matches!(job.name, "search" | "suggest" | "themes") {
            // Most are answered before they could be shown.
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
        if buttons::quiet(ui, icons::CLOSE, language.say(Text::CANCEL)).clicked() {
            requests.push(Request::Cancel(job.number));
        }
    });
}
