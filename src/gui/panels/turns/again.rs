//! Reading the speakers of documents again: how, and what it comes to, before anything is changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::{Align, Align2, Context, Grid, Id, Layout, ScrollArea, Ui, Window, vec2};

use crate::{
    app::{
        Session,
        action::Action,
        jobs::{JobKind, Jobs, Task},
        speakers_again::{SpeakersAgain, SpeakersAgainError, read_again},
    },
    gui::{
        context::Cx,
        panels::importing::{fault_text, pattern, pattern_ui},
        strings::{self, grouped},
        theme::{palette, small},
        widgets::{buttons, dialog},
    },
    import::{BelievedLabels, DocumentOptions, SpeakerOption, label_key},
    message::explain::Explain as _,
    model::{Project, ids::DocumentId, text::TextRange},
};

/// The most passages that are listed.
const MOST_PASSAGES: usize = 100;
/// The most characters of a passage that are shown.
const PASSAGE_CHARS: u32 = 60;

/// How speakers are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Auto,
    None,
    Pattern,
}

/// What the speakers are read by: a change of it reads them anew.
#[derive(Debug, Clone, PartialEq, Eq)]
struct How {
    way: Way,
    pattern: String,
    /// Labels that weren't believed and are speakers all the same.
    accepted: BTreeSet<String>,
    /// Labels that are none, by what they are known by.
    refused: BTreeMap<String, String>,
}

type Read = Result<Arc<Vec<SpeakersAgain>>, SpeakersAgainError>;

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct SpeakersAgainDialog {
    documents: Vec<DocumentId>,
    how: How,
    /// What is being read, and by what.
    task: Option<(How, u64, Task<Read>)>,
    /// What was read last, by what, and of which revision.
    read: Option<(How, u64, Read)>,
}

impl SpeakersAgainDialog {
    pub(in crate::gui) fn new(documents: Vec<DocumentId>) -> Self {
        Self {
            documents,
            how: How {
                way: Way::Auto,
                pattern: r"^(?<speaker>[^:：]{1,20})[:：]\s*".to_owned(),
                accepted: BTreeSet::new(),
                refused: BTreeMap::new(),
            },
            task: None,
            read: None,
        }
    }

    /// Starts reading in a job where what it is read by has changed.
    pub(in crate::gui) fn keep(&mut self, session: &Session, jobs: &mut Jobs) {
        let revision = session.revision();
        let Some(options) = self.options() else {
            return;
        };
        let is_read = |how: &How, of: u64| *how == self.how && of == revision;
        let reading = self.task.as_ref();
        if reading.is_some_and(|(how, of, _)| is_read(how, *of))
            || self
                .read
                .as_ref()
                .is_some_and(|(how, of, _)| is_read(how, *of))
        {
            return;
        }
        if let Some((.., task)) = &self.task {
            task.control().cancel();
        }
        let (project, texts) = (Arc::clone(session.project()), Arc::clone(session.texts()));
        let documents = self.documents.clone();
        let task = jobs.start(JobKind::Speakers, move |control| {
            read_again(&project, &texts, &documents, &options, control).map(Arc::new)
        });
        self.task = Some((self.how.clone(), revision, task));
    }

    /// Takes over what the job has read.
    pub(in crate::gui) fn poll(&mut self) {
        let Some((how, revision, task)) = self.task.take() else {
            return;
        };
        let mut task = Some(task);
        match Task::take_finished(&mut task) {
            Some(Ok(read)) => self.read = Some((how, revision, read)),
            // The window says that the job has failed.
            Some(Err(_failed)) => {}
            None => self.task = task.map(|task| (how, revision, task)),
        }
    }

    /// How documents are read; `None` while the pattern is invalid.
    fn options(&self) -> Option<DocumentOptions> {
        let speakers = match self.how.way {
            Way::Auto => SpeakerOption::Auto,
            Way::None => SpeakerOption::None,
            Way::Pattern => SpeakerOption::Pattern(pattern(&self.how.pattern, "speaker").ok()?),
        };
        Some(DocumentOptions {
            speakers,
            believed: BelievedLabels {
                accepted: self.how.accepted.clone(),
                refused: self.how.refused.keys().cloned().collect(),
                ..BelievedLabels::default()
            },
            ..DocumentOptions::default()
        })
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.language.say(strings::SPEAKERS_AGAIN);
        let window = Window::new(title)
            .id(Id::unique("speakers again"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, 0.0]);
        let space = ctx.content_rect();
        let mut goes_on = true;
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(620.0_f32.min(space.width() - 48.0));
            ui.label(small(ui, self.scope(cx)));
            ui.add_space(6.0);
            self.ways_ui(ui, cx);
            ui.separator();
            let room = (space.height() - 300.0).clamp(120.0, 420.0);
            ScrollArea::vertical()
                .max_height(room)
                .min_scrolled_height(room.min(240.0))
                .auto_shrink([false, true])
                .show(ui, |ui| self.outcome_ui(ui, cx));
            ui.separator();
            goes_on = self.answer_ui(ui, cx);
        });
        let stays = stays && goes_on && !dialog::escaped(ctx);
        if !stays && let Some((.., task)) = &self.task {
            task.control().cancel();
        }
        stays
    }

    /// The documents that are read again.
    fn scope(&self, cx: &Cx<'_>) -> String {
        let documents = if let [one] = self.documents[..] {
            title(cx.project, one).to_owned()
        } else {
            strings::n_documents(cx.language, self.documents.len())
        };
        let stays = cx.language.say(strings::TEXT_AND_CODINGS_STAY);
        strings::labelled(cx.language, &documents, stays)
    }

    fn ways_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let language = cx.language;
        ui.horizontal_wrapped(|ui| {
            for (way, name) in [
                (Way::Auto, strings::FIND_AUTO),
                (Way::Pattern, strings::FIND_PATTERN),
                (Way::None, strings::FIND_NONE),
            ] {
                if buttons::radio(ui, self.how.way == way, language.say(name)).clicked() {
                    self.how.way = way;
                }
            }
        });
        if self.how.way == Way::Pattern {
            ui.add_space(4.0);
            let name = strings::SPEAKERS_PATTERN;
            pattern_ui(ui, &mut self.how.pattern, name, "speaker", language);
        }
    }

    /// What was read, if it is of now.
    fn found(&self, revision: u64) -> Option<&Read> {
        let (how, of, read) = self.read.as_ref()?;
        (*how == self.how && *of == revision).then_some(read)
    }

    /// What reading comes to.
    fn outcome_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let language = cx.language;
        if self.how.way == Way::Pattern
            && let Err(fault) = pattern(&self.how.pattern, "speaker")
        {
            ui.label(small(ui, fault_text(&fault, language)));
            return;
        }
        let all = match self.found(cx.revision) {
            None => {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.label(small(ui, language.say(strings::READING_FILES)));
                });
                return;
            }
            Some(Err(error)) => {
                let bad = palette(ui.visuals()).bad;
                ui.label(small(ui, error.explain().say(language)).color(bad));
                return;
            }
            Some(Ok(all)) => Arc::clone(all),
        };
        let changed = all.iter().filter(|own| own.turns.is_some()).count();
        let codings = all.iter().map(|own| own.codings).sum();
        let says = if changed == 0 {
            language.say(strings::NOTHING_CHANGES).to_owned()
        } else {
            strings::speakers_change(language, changed, all.len(), codings)
        };
        ui.label(says);
        ui.add_space(6.0);
        self.shares_ui(ui, cx, &all);
        self.doubts_ui(ui, cx, &all);
        self.refused_ui(ui, cx);
        passages_ui(ui, cx, &all);
    }

    /// The speakers with their turns and characters, now and then. One that is none can be refused.
    fn shares_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, all: &[SpeakersAgain]) {
        let language = cx.language;
        let heads = [
            strings::SPEAKER,
            strings::TURNS_NOW_THEN,
            strings::CHARS_NOW_THEN,
        ];
        Grid::new("speakers before and after")
            .num_columns(heads.len() + 1)
            .spacing([24.0, 3.0])
            .show(ui, |ui| {
                for head in heads {
                    ui.label(small(ui, language.say(head)));
                }
                ui.end_row();
                // Nobody comes last.
                let mut shares: Vec<_> = shares(all).into_iter().collect();
                shares.sort_by_key(|(label, _)| label.is_none());
                for (label, sum) in shares {
                    match label {
                        Some(label) if sum.turns.1 > 0 => self.speaker_ui(ui, label),
                        Some(label) => drop(ui.label(label)),
                        None => drop(ui.label(language.say(strings::NOBODY_SPEAKS))),
                    }
                    number_ui(ui, sum.turns.0 as u64, sum.turns.1 as u64);
                    number_ui(ui, sum.chars.0, sum.chars.1);
                    // The last column takes the rest of the row.
                    ui.label("");
                    ui.end_row();
                }
            });
    }

    /// A speaker who would speak.
    fn speaker_ui(&mut self, ui: &mut Ui, label: &str) {
        if self.how.way != Way::Auto {
            // A pattern means what it finds.
            ui.label(label);
            return;
        }
        let mut speaks = true;
        if buttons::check(ui, &mut speaks, label).clicked() {
            let key = label_key(label);
            self.how.accepted.remove(&key);
            self.how.refused.insert(key, label.to_owned());
        }
    }

    /// Labels that were refused, to be believed again.
    fn refused_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.how.refused.is_empty() {
            return;
        }
        ui.add_space(8.0);
        ui.label(small(ui, cx.language.say(strings::REFUSED_LABELS)));
        self.how.refused.retain(|_, label| {
            let mut speaks = false;
            !buttons::check(ui, &mut speaks, label.as_str()).clicked()
        });
    }

    /// Labels that weren't believed, to be accepted.
    fn doubts_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, all: &[SpeakersAgain]) {
        let language = cx.language;
        let mut doubts: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for doubt in all.iter().flat_map(|own| &own.doubts) {
            let (count, _) = doubts.entry(&doubt.label).or_insert((0, &doubt.example));
            *count += doubt.count;
        }
        if !doubts.is_empty() {
            ui.add_space(8.0);
            ui.label(small(ui, language.say(strings::DOUBTFUL_LABELS)));
        }
        for (label, (count, example)) in doubts {
            ui.horizontal(|ui| {
                let mut speaks = false;
                let name = format!("{label} · {count}");
                if buttons::check(ui, &mut speaks, name).clicked() {
                    self.how.accepted.insert(label_key(label));
                }
                line_ui(ui, example);
            });
        }
    }

    /// The buttons; returns false once the dialog is done.
    fn answer_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let language = cx.language;
        let turns: Vec<_> = match self.found(cx.revision) {
            Some(Ok(all)) => all.iter().filter_map(|own| own.turns.clone()).collect(),
            _ => Vec::new(),
        };
        let room = vec2(ui.available_width(), ui.spacing().interact_size.y);
        let layout = Layout::right_to_left(Align::Center);
        let row = ui.allocate_ui_with_layout(room, layout, |ui| {
            let replaces = ui.add_enabled_ui(!turns.is_empty(), |ui| {
                buttons::primary(ui, language.say(strings::REPLACE_TURNS)).clicked()
            });
            let cancels = ui.button(language.say(strings::CANCEL)).clicked();
            (replaces.inner, cancels)
        });
        let (replaces, cancels) = row.inner;
        if replaces {
            cx.edit(Action::ReadSpeakers(turns));
        }
        !replaces && !cancels
    }
}

fn title(project: &Project, id: DocumentId) -> &str {
    let document = project.documents.get(&id);
    document.map_or("", |document| document.title.as_str())
}

/// What a speaker says before and after, over all documents.
#[derive(Debug, Clone, Copy, Default)]
struct BeforeAfter {
    turns: (usize, usize),
    chars: (u64, u64),
}

/// What each label has over all documents; `None` is nobody.
fn shares(all: &[SpeakersAgain]) -> BTreeMap<Option<&str>, BeforeAfter> {
    let mut labels: BTreeMap<Option<&str>, BeforeAfter> = BTreeMap::new();
    for own in all {
        for share in &own.before {
            let sum = labels.entry(share.label.as_deref()).or_default();
            sum.turns.0 += share.turns;
            sum.chars.0 += share.chars;
        }
        for share in &own.after {
            let sum = labels.entry(share.label.as_deref()).or_default();
            sum.turns.1 += share.turns;
            sum.chars.1 += share.chars;
        }
    }
    labels
}

/// A number before and after.
fn number_ui(ui: &mut Ui, before: u64, after: u64) {
    let colors = palette(ui.visuals());
    let (text, ink) = if before == after {
        (grouped(after), colors.ink_2)
    } else {
        (
            format!("{} → {}", grouped(before), grouped(after)),
            colors.ink,
        )
    };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.label(egui::RichText::new(text).color(ink));
    });
}

/// The passages whose speaker would be another.
fn passages_ui(ui: &mut Ui, cx: &Cx<'_>, all: &[SpeakersAgain]) {
    let language = cx.language;
    let count: usize = all.iter().map(|own| own.passages.len()).sum();
    if count == 0 {
        return;
    }
    ui.add_space(8.0);
    ui.label(small(ui, strings::n_passages_change(language, count)));
    let mut shown = 0;
    for own in all {
        let Some(document) = cx.project.documents.get(&own.document) else {
            continue;
        };
        let Ok(content) = cx.session.content(document) else {
            continue;
        };
        for passage in own.passages.iter().take(MOST_PASSAGES - shown) {
            shown += 1;
            let nobody = language.say(strings::NOBODY_SPEAKS);
            let from = passage.from.as_deref().unwrap_or(nobody);
            let to = passage.to.as_deref().unwrap_or(nobody);
            let end = passage
                .range
                .end()
                .min(passage.range.start() + PASSAGE_CHARS);
            let range = TextRange::between(passage.range.start(), end);
            let words = content.text.slice(range).unwrap_or_default();
            ui.horizontal(|ui| {
                ui.label(format!("{from} → {to}"));
                if all.len() > 1 {
                    ui.label(small(ui, &document.title));
                }
                line_ui(ui, words);
            });
        }
    }
    if shown < count {
        ui.label(small(ui, strings::and_more(language, count - shown)));
    }
}

/// Words on one line, cut where the room ends.
fn line_ui(ui: &mut Ui, words: &str) {
    let line: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    ui.add(egui::Label::new(small(ui, line)).truncate());
}
