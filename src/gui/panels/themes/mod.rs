//! Themes across families: every view of the codings as a table and as charts, whose every figure opens the passages behind it.
//!
//! What takes no longer than a frame is answered between two frames; the rest in a job, while the last answer stays.

mod export;
mod passages;
mod question;
mod scales;

use std::{cell::OnceCell, sync::Arc};

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use crate::{
    analysis::{frequency::table::Segment, ledger::Ledger},
    app::{
        Session,
        jobs::{JobControl, Jobs},
        search::smart_codes::Keeping,
    },
    gui::{
        request::{Brought, Request},
        strings::{Text, UiLanguage},
        theme::{self, palette, small},
        widgets::{
            aside::{Aside, AtRight},
            buttons, drawing,
            grid::Grid,
        },
    },
    model::{Project, document::Document},
    picture::Picture,
    table::{Arrangement, CellRef, RowOrder, Table},
    views::{
        finding::Finding,
        inquiry::{Inquiry, answer, answer_by},
        words,
    },
};
use passages::Draft;
use question::{Asking, Sight};

pub(in crate::gui) use export::ExportAs;

/// Most codings of a project whose figures are made between two frames.
const AT_ONCE: usize = 50_000;
/// The same for figures that the ledger counts.
const AT_ONCE_BY_LEDGER: usize = 500_000;

/// What the page remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct ThemesPanel {
    asking: Asking,
    charts: bool,
    /// The place that is opened beside the table, in the finding's own rows and columns.
    chosen: Option<CellRef>,
    shown: Option<Shown>,
    /// The codings in the form that tables are counted from; it follows the project while the page is open.
    ledger: Ledger,
    /// What is asked while a job answers it.
    asked: Option<Asked>,
    job: Option<JobControl>,
    dressed: Option<Dressed>,
    draft: Option<Draft>,
    scale: Option<scales::ScaleDraft>,
    opened: Option<Opened>,
}

/// The passages behind a place of a finding.
#[derive(Debug)]
struct Opened {
    finding: Arc<Finding>,
    spot: CellRef,
    segments: Arc<Vec<Segment>>,
}

/// A question at a moment.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    inquiry: Inquiry,
    smart: bool,
    revision: u64,
}

/// An answer with what it answers.
#[derive(Debug, Clone)]
struct Shown {
    asked: Asked,
    /// The project that was counted: with smart codes, a copy.
    project: Arc<Project>,
    finding: Arc<Finding>,
}

/// An answer that a job brings home; none when it was cancelled.
#[derive(Debug)]
pub(in crate::gui) struct Found(Option<Shown>);

/// An answer as it is shown.
#[derive(Debug)]
struct Dressed {
    finding: Arc<Finding>,
    language: UiLanguage,
    arrangement: Arrangement,
    key: Option<(usize, usize)>,
    line: Option<usize>,
    /// The whole sheet, in the finding's order.
    sheet: Table,
    /// For each row and column of the grid, its number in the sheet.
    rows: Vec<usize>,
    columns: Vec<usize>,
    grid: Grid,
    /// The charts, made when they are asked for.
    pictures: OnceCell<Vec<Picture>>,
}

impl Dressed {
    fn pictures(&self, project: &Project) -> &[Picture] {
        self.pictures
            .get_or_init(|| self.finding.pictures(project, self.language, self.line))
    }
}

impl ThemesPanel {
    /// Shows the view of a name, and its charts where it ends in `+charts`.
    pub(in crate::gui) fn start(&mut self, what: &str) {
        let (name, charts) = what
            .strip_suffix("+charts")
            .map_or((what, false), |name| (name, true));
        if let Some((sight, ..)) = Sight::ALL.into_iter().find(|(.., own)| *own == name) {
            self.asking.sight = sight;
        }
        self.charts = charts;
    }

    /// Has the present question answered, where it is another one than the last.
    pub(in crate::gui) fn keep_answer(&mut self, session: &Session, jobs: &mut Jobs<Brought>) {
        let Ok(inquiry) = self.asking.inquiry(session.project()) else {
            (self.shown, self.asked) = (None, None);
            return;
        };
        let now = Asked {
            inquiry,
            smart: self.asking.smart,
            revision: session.revision(),
        };
        if self.shown.as_ref().is_some_and(|shown| shown.asked == now)
            || self.asked.as_ref() == Some(&now)
        {
            return;
        }
        if jobs.running().iter().any(|job| job.name == "themes") {
            // Nobody waits for the answer to the question before.
            self.asked = None;
            self.job.iter().for_each(JobControl::cancel);
            return;
        }
        let project = if now.smart {
            session.with_smart_codes(Keeping::SmartAlone)
        } else {
            Arc::clone(session.project())
        };
        let slow = matches!(now.inquiry, Inquiry::Words(_) | Inquiry::Saturation(..));
        let by_ledger = !now.smart && now.inquiry.is_counted_by_ledger();
        if !slow
            && project.coding_count()
                <= if by_ledger {
                    AT_ONCE_BY_LEDGER
                } else {
                    AT_ONCE
                }
        {
            let load = |document: &Document| session.content(document).ok();
            if by_ledger {
                self.ledger.follow(&project);
            }
            let finding = answer_by(
                &project,
                by_ledger.then_some(&self.ledger),
                &now.inquiry,
                &load,
                &mut |_, _| true,
            );
            self.take(Found(finding.map(|finding| Shown {
                asked: now,
                project,
                finding: Arc::new(finding),
            })));
            return;
        }
        let texts = Arc::clone(session.texts());
        self.asked = Some(now.clone());
        self.job = Some(jobs.start("themes", move |control| {
            let load = |document: &Document| texts.content(document).ok();
            let mut goes_on =
                |done: usize, total: usize| control.progress(done as u64, total as u64).is_ok();
            let finding = answer(&project, &now.inquiry, &load, &mut goes_on);
            Brought::Found(Box::new(Found(finding.map(|finding| Shown {
                asked: now,
                project,
                finding: Arc::new(finding),
            }))))
        }));
    }

    /// Takes an answer home.
    pub(in crate::gui) fn take(&mut self, found: Found) {
        let Some(shown) = found.0 else { return };
        let kind = |inquiry: &Inquiry| std::mem::discriminant(inquiry);
        let other = |before: &Shown| {
            let rows = |inquiry: &Inquiry| match inquiry {
                Inquiry::Frequency(options, across) => {
                    Some((options.rows, options.columns, across.clone()))
                }
                _ => None,
            };
            let (before, now) = (&before.asked, &shown.asked);
            kind(&before.inquiry) != kind(&now.inquiry)
                || rows(&before.inquiry) != rows(&now.inquiry)
                || before.smart != now.smart
        };
        if self.shown.as_ref().is_some_and(other) {
            self.chosen = None;
            self.asking.arrangement.rows = if self.asking.arrangement.columns_by_sum {
                RowOrder::Sum
            } else {
                RowOrder::Given
            };
        }
        self.asked = None;
        self.shown = Some(shown);
    }

    pub(in crate::gui) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) {
        let colors = palette(ui.visuals());
        let side = Frame::new().fill(colors.panel).inner_margin(Margin {
            left: 10,
            right: 10,
            top: 18,
            bottom: 10,
        });
        Panel::left("views of themes")
            .resizable(false)
            .exact_size(176.0)
            .frame(side)
            .show(ui, |ui| self.sights_ui(ui, language));
        let aside = Aside::right("segments", 372.0);
        self.dress(language);
        let chosen = self.chosen.filter(|_| self.shown.is_some());
        let mut room = if chosen.is_some() {
            aside.page(ui)
        } else {
            ui.new_child(egui::UiBuilder::new())
        };
        let page = Frame::new().fill(colors.page).inner_margin(Margin {
            left: 28,
            right: 16,
            top: 18,
            bottom: 8,
        });
        CentralPanel::default().frame(page).show(&mut room, |ui| {
            self.page_ui(ui, session, language, requests)
        });
        if let Some(chosen) = chosen {
            let side = Frame::new()
                .fill(colors.panel)
                .inner_margin(Margin::same(18));
            let dress = |panel: Panel| panel.size_range(260.0..=520.0).frame(side);
            aside.show(ui, dress, |ui| {
                self.passages_ui(ui, session, chosen, language, requests)
            });
        }
    }

    fn sights_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (sight, name, _) in Sight::ALL {
            let on = self.asking.sight == sight;
            let text = egui::RichText::new(language.say(name)).font(if on {
                theme::medium(13.0)
            } else {
                theme::regular(13.0)
            });
            let button =
                egui::Button::selectable(on, text).min_size(egui::vec2(ui.available_width(), 28.0));
            if ui.add(button).clicked() && !on {
                self.asking.sight = sight;
                self.chosen = None;
                self.draft = None;
            }
        }
    }

    /// Makes the sheet, the grid and the charts of the answer, where it, the language or the arrangement is another one.
    fn dress(&mut self, language: UiLanguage) {
        let Some(shown) = &self.shown else {
            self.dressed = None;
            return;
        };
        let (arrangement, key) = (self.asking.arrangement, self.asking.key);
        let line = self.chosen.and_then(CellRef::row);
        let fits = |dressed: &Dressed| {
            Arc::ptr_eq(&dressed.finding, &shown.finding)
                && (
                    dressed.language,
                    dressed.arrangement,
                    dressed.key,
                    dressed.line,
                ) == (language, arrangement, key, line)
        };
        if self.dressed.as_ref().is_some_and(fits) {
            return;
        }
        let sheet = match (&*shown.finding, key) {
            (Finding::Words(found), Some((of, against))) => {
                words::keyness(found, of, against, language)
            }
            (finding, _) => finding.sheet(&shown.project, language),
        };
        let arranged = sheet.arranged(arrangement);
        self.dressed = Some(Dressed {
            finding: Arc::clone(&shown.finding),
            language,
            arrangement,
            key,
            line,
            sheet,
            rows: arranged.rows,
            columns: arranged.columns,
            grid: Grid::new(arranged.sheet),
            pictures: OnceCell::new(),
        });
    }

    fn page_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) {
        let title = self
            .dressed
            .as_ref()
            .map_or_else(String::new, |dressed| dressed.sheet.title.clone());
        ui.horizontal(|ui| {
            ui.label(theme::title(if title.is_empty() {
                language.say(Text::THEMES_TITLE).to_owned()
            } else {
                title
            }));
            AtRight("views").show(ui, |ui| self.views_ui(ui, language, requests));
        });
        ui.add_space(6.0);
        let groups: Vec<String> = match self.shown.as_ref().map(|shown| &*shown.finding) {
            Some(Finding::Words(found)) => {
                found.groups.iter().map(|group| group.0.clone()).collect()
            }
            _ => Vec::new(),
        };
        self.asking.ui(ui, session.project(), &groups, language);
        if self.asking.sight == Sight::Scales {
            scales::list_ui(ui, &mut self.scale, session.project(), language, requests);
            scales::dialog_ui(
                ui.ctx(),
                &mut self.scale,
                session.project(),
                language,
                requests,
            );
        }
        self.asking.stop_words_ui(ui, language);
        if self.asking.sight == Sight::Trace {
            passages::link_ui(ui, session.project(), language, requests);
        }
        ui.add_space(6.0);
        if let Err(missing) = self.asking.inquiry(session.project()) {
            buttons::empty(ui, language.say(missing));
            return;
        }
        if session.project().coding_count() == 0
            && !matches!(self.asking.sight, Sight::Words | Sight::Scales)
        {
            buttons::empty(ui, language.say(Text::NO_CODINGS));
            return;
        }
        let Some(dressed) = self.dressed.take() else {
            buttons::empty(ui, language.say(Text::WORKING));
            return;
        };
        let notes = Frame::new().inner_margin(Margin {
            left: 0,
            right: 8,
            top: 6,
            bottom: 2,
        });
        Panel::bottom("notes of themes")
            .resizable(false)
            .frame(notes)
            .show_separator_line(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                // The first note of an empty sheet says why, in its place.
                let said = usize::from(dressed.sheet.rows.is_empty());
                let notes = std::iter::once(&dressed.sheet.rule)
                    .chain(dressed.sheet.notes.iter().skip(said));
                notes.filter(|note| !note.is_empty()).for_each(|note| {
                    ui.label(small(ui, note));
                });
            });
        if let (true, Some(why)) = (dressed.sheet.rows.is_empty(), dressed.sheet.notes.first()) {
            buttons::empty(ui, why);
        } else {
            let project = self.shown.as_ref().map(|shown| Arc::clone(&shown.project));
            match project
                .filter(|_| self.charts)
                .map(|project| dressed.pictures(&project))
            {
                Some(pictures @ [_, ..]) => {
                    ScrollArea::vertical()
                        .auto_shrink([false, false])
                        .show(ui, |ui| pictures_ui(ui, pictures));
                }
                _ => self.grid_ui(ui, &dressed),
            }
        }
        self.dressed = Some(dressed);
    }

    /// Table or charts, and what can be written to a file.
    fn views_ui(&mut self, ui: &mut Ui, language: UiLanguage, requests: &mut Vec<Request>) {
        let Some((dressed, shown)) = self.dressed.as_ref().zip(self.shown.as_ref()) else {
            return;
        };
        if dressed.finding.has_charts() {
            buttons::segmented(
                ui,
                &mut self.charts,
                &[
                    (false, language.say(Text::TABLE)),
                    (true, language.say(Text::CHARTS)),
                ],
            );
        }
        ui.menu_button(language.say(Text::EXPORT), |ui| {
            export::menu_ui(
                ui,
                dressed.pictures(&shown.project).len(),
                language,
                requests,
            )
        });
    }

    fn grid_ui(&mut self, ui: &mut Ui, dressed: &Dressed) {
        let shown = |spot: CellRef| {
            let row = |row: usize| dressed.rows.iter().position(|own| *own == row);
            let column = |column: usize| dressed.columns.iter().position(|own| *own == column);
            Some(match spot {
                CellRef::Cell(r, c) => CellRef::Cell(row(r)?, column(c)?),
                CellRef::Row(r) => CellRef::Row(row(r)?),
                CellRef::Column(c) => CellRef::Column(column(c)?),
            })
        };
        let Some(clicked) = dressed.grid.ui(ui, self.chosen.and_then(shown)) else {
            return;
        };
        let row = |row: usize| dressed.rows.get(row).copied().unwrap_or(row);
        let column = |column: usize| dressed.columns.get(column).copied().unwrap_or(column);
        if let (CellRef::Column(at), false) = (clicked, dressed.sheet.heat) {
            // A plain table is sorted by its heads.
            let at = column(at);
            let rows = &mut self.asking.arrangement.rows;
            *rows = match *rows {
                RowOrder::Down(now) if now == at => RowOrder::Up(at),
                RowOrder::Up(now) if now == at => RowOrder::Given,
                _ => RowOrder::Down(at),
            };
            return;
        }
        self.chosen = Some(match clicked {
            CellRef::Cell(r, c) => CellRef::Cell(row(r), column(c)),
            CellRef::Row(r) => CellRef::Row(row(r)),
            CellRef::Column(c) => CellRef::Column(column(c)),
        });
        self.draft = None;
    }
}

/// Charts, two beside each other where there is room.
fn pictures_ui(ui: &mut Ui, pictures: &[Picture]) {
    let room = ui.available_width();
    ui.with_layout(
        egui::Layout::left_to_right(egui::Align::TOP).with_main_wrap(true),
        |ui| {
            ui.spacing_mut().item_spacing = egui::vec2(18.0, 18.0);
            for picture in pictures {
                let width = picture.width.min(room - 8.0);
                ui.allocate_ui(
                    egui::vec2(width, picture.height * width / picture.width.max(1.0)),
                    |ui| drawing::show(ui, picture, 1.25),
                );
            }
        },
    );
}
