//! What is asked of the codings: the controls of each view, and the inquiry they make.

use std::collections::BTreeSet;

use egui::{ComboBox, DragValue, Role, Ui, WidgetInfo};

use crate::{
    analysis::{
        change, cooccurrence,
        frequency::{Columns, Filter, FrequencyOptions, Measure, Rows},
        informants::strengths_and_problems,
        programme, recast, saturation, scales, words,
    },
    gui::{
        strings::{Text, UiLanguage},
        widgets::buttons,
    },
    model::{
        Project,
        ids::{AttributeId, CaseId, CodeId, CoderId, PhaseId},
        query::QueryKind,
    },
    statistics::saturation::Rule,
    table::{Arrangement, RowOrder},
    views::{
        balance,
        inquiry::{Across, Inquiry, ends, usual_stop_words},
        wording,
    },
};

/// A view of the codings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Sight {
    #[default]
    Frequencies,
    Programme,
    Change,
    Scales,
    Mirror,
    Together,
    Informants,
    Balance,
    Framework,
    Trace,
    Saturation,
    Words,
    Coverage,
}

impl Sight {
    /// All of them with their names, in the order of the list.
    pub(super) const ALL: [(Self, Text, &'static str); 13] = [
        (Self::Frequencies, Text::FREQUENCIES, "frequencies"),
        (Self::Programme, Text::PROGRAMME, "programme"),
        (Self::Change, Text::CHANGE, "change"),
        (Self::Scales, Text::SCALES, "scales"),
        (Self::Mirror, Text::MIRROR, "mirror"),
        (Self::Together, Text::TOGETHER, "together"),
        (Self::Informants, Text::INFORMANTS, "informants"),
        (Self::Balance, Text::BALANCE, "balance"),
        (Self::Framework, Text::FRAMEWORK, "framework"),
        (Self::Trace, Text::TRACE, "trace"),
        (Self::Saturation, Text::SATURATION, "saturation"),
        (Self::Words, Text::THEMES_WORDS, "words"),
        (Self::Coverage, Text::COVERAGE, "coverage"),
    ];
}

/// What stands in the columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Heads {
    #[default]
    Codes,
    Themes,
    Facet(String),
    Attribute(AttributeId),
}

/// The controls' state.
#[derive(Debug, Clone)]
pub(super) struct Asking {
    pub(super) sight: Sight,
    rows: Rows,
    heads: Heads,
    measure: Measure,
    roll_up: bool,
    /// Whether smart codes are counted in place of codes.
    pub(super) smart: bool,
    phase: Option<PhaseId>,
    coder: Option<CoderId>,
    case: Option<CaseId>,
    pub(super) arrangement: Arrangement,
    theme: Option<CodeId>,
    /// What a line, or a pair, is.
    lines: Rows,
    /// When scales were answered.
    answered_at: Option<PhaseId>,
    from: Option<PhaseId>,
    to: Option<PhaseId>,
    /// What is measured over phases.
    course: Measure,
    by: cooccurrence::CooccurrenceUnit,
    within_coder: bool,
    /// Whether codes are taken together by theme.
    themes: bool,
    strengths: Option<CodeId>,
    problems: Option<CodeId>,
    order: saturation::InterviewOrder,
    rule: Rule,
    words_by: words::WordGrouping,
    interviewers: bool,
    stop_words: BTreeSet<String>,
    /// The list of words left out while it is edited.
    stop_list: Option<String>,
    /// The groups whose words are compared.
    pub(super) key: Option<(usize, usize)>,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            sight: Sight::Frequencies,
            rows: Rows::Family,
            heads: Heads::Codes,
            measure: Measure::Codings,
            roll_up: true,
            smart: false,
            phase: None,
            coder: None,
            case: None,
            arrangement: Arrangement::default(),
            theme: None,
            lines: Rows::Person,
            answered_at: None,
            from: None,
            to: None,
            course: Measure::Per1000,
            by: cooccurrence::CooccurrenceUnit::Overlap,
            within_coder: false,
            themes: false,
            strengths: None,
            problems: None,
            order: saturation::InterviewOrder::Date,
            rule: Rule::default(),
            words_by: words::WordGrouping::All,
            interviewers: false,
            stop_words: usual_stop_words(),
            stop_list: None,
            key: None,
        }
    }
}

impl Asking {
    fn filter(&self) -> Filter {
        Filter {
            phases: self.phase.into_iter().collect(),
            coders: self.coder.into_iter().collect(),
            cases: self.case.into_iter().collect(),
            ..Filter::default()
        }
    }

    /// The phases compared: those chosen, or the first and the last.
    fn ends(&self, project: &Project) -> Option<(PhaseId, PhaseId)> {
        let known = |id: Option<PhaseId>| id.filter(|id| project.phases.contains_key(id));
        let usual = ends(project);
        Some((
            known(self.from).or(usual.map(|ends| ends.0))?,
            known(self.to).or(usual.map(|ends| ends.1))?,
        ))
    }

    fn theme(&self, project: &Project) -> Option<CodeId> {
        let known = self.theme.filter(|id| project.codebook.get(*id).is_some());
        known.or_else(|| project.codebook.children(None).first().map(|code| code.id))
    }

    fn sides(&self, project: &Project) -> (Option<CodeId>, Option<CodeId>) {
        let usual = strengths_and_problems(project);
        let known = |id: Option<CodeId>| id.filter(|id| project.codebook.get(*id).is_some());
        (
            known(self.strengths).or(usual.0),
            known(self.problems).or(usual.1),
        )
    }

    /// The question; or what is missing for one.
    pub(super) fn inquiry(&self, project: &Project) -> Result<Inquiry, Text> {
        let filter = self.filter();
        let columns = if self.themes {
            Columns::Themes
        } else {
            Columns::Codes
        };
        Ok(match self.sight {
            Sight::Frequencies => {
                let (columns, across) = match &self.heads {
                    Heads::Codes => (Columns::Codes, Across::Codes),
                    Heads::Themes => (Columns::Themes, Across::Codes),
                    Heads::Facet(name) => (Columns::Codes, Across::Facet(name.clone())),
                    Heads::Attribute(id) => (Columns::Codes, Across::Attribute(*id)),
                };
                let roll_up = self.roll_up && across == Across::Codes;
                Inquiry::Frequency(
                    FrequencyOptions {
                        rows: self.rows,
                        columns,
                        measure: self.measure,
                        roll_up,
                        filter,
                    },
                    across,
                )
            }
            Sight::Programme => {
                ends(project).ok_or(Text::NO_PHASES)?;
                let code = self.theme(project).ok_or(Text::NO_THEMES)?;
                Inquiry::Programme(programme::ProgrammeQuestion {
                    code,
                    rows: self.lines,
                    measure: self.course,
                    filter: Filter {
                        phases: BTreeSet::new(),
                        ..filter
                    },
                })
            }
            Sight::Change => {
                let (from, to) = self.ends(project).ok_or(Text::NO_PHASES)?;
                let filter = Filter {
                    phases: BTreeSet::new(),
                    ..filter
                };
                Inquiry::Change(change::ChangeQuestion {
                    from,
                    to,
                    rows: self.lines,
                    measure: self.course,
                    columns,
                    scores: scales::scores(project),
                    filter,
                })
            }
            Sight::Scales => {
                let known = self
                    .answered_at
                    .filter(|id| project.phases.contains_key(id));
                Inquiry::Scales(
                    known
                        .or_else(|| scales::first_phase(project))
                        .ok_or(Text::NO_PHASES)?,
                )
            }
            Sight::Mirror => {
                let (from, to) = self.ends(project).ok_or(Text::NO_PHASES)?;
                Inquiry::LookingGlass {
                    from,
                    to,
                    filter: Filter {
                        phases: BTreeSet::new(),
                        ..filter
                    },
                }
            }
            Sight::Together => {
                let overlap = self.by == cooccurrence::CooccurrenceUnit::Overlap;
                let within_coder = self.within_coder && overlap;
                Inquiry::Cooccurrence(cooccurrence::CooccurrenceOptions {
                    by: self.by,
                    themes: self.themes,
                    within_coder,
                    characters: overlap,
                    filter,
                })
            }
            Sight::Informants => Inquiry::Informants(columns, filter),
            Sight::Balance => match self.sides(project) {
                (Some(strengths), Some(problems)) => Inquiry::Balance(balance::BalanceQuestion {
                    strengths,
                    problems,
                    rows: Rows::Family,
                    filter,
                }),
                _ => return Err(Text::NO_THEMES),
            },
            Sight::Framework => Inquiry::Framework(filter),
            Sight::Trace => Inquiry::Trace,
            Sight::Saturation => Inquiry::Saturation(self.order, self.rule, filter),
            Sight::Words => {
                let options = words::WordOptions {
                    by: self.words_by,
                    stop_words: self.stop_words.clone(),
                    interviewers: self.interviewers,
                    filter,
                };
                Inquiry::Words(options)
            }
            Sight::Coverage => Inquiry::Coverage(filter),
        })
    }

    /// The controls of the present view; `groups` are those whose words are counted.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        groups: &[String],
        language: UiLanguage,
    ) {
        ui.horizontal_wrapped(|ui| {
            match self.sight {
                Sight::Frequencies => self.frequencies_ui(ui, project, language),
                Sight::Programme => {
                    code_ui(
                        ui,
                        project,
                        language,
                        Text::THEMES_THEME,
                        self.theme(project),
                        &mut self.theme,
                    );
                    self.lines_ui(ui, language);
                    self.course_ui(ui, language);
                }
                Sight::Change => {
                    self.ends_ui(ui, project, language);
                    self.lines_ui(ui, language);
                    self.course_ui(ui, language);
                    self.level_ui(ui, language);
                }
                Sight::Mirror => self.ends_ui(ui, project, language),
                Sight::Together => self.together_ui(ui, language),
                Sight::Informants => self.level_ui(ui, language),
                Sight::Balance => {
                    let (strengths, problems) = self.sides(project);
                    code_ui(
                        ui,
                        project,
                        language,
                        Text::STRENGTHS,
                        strengths,
                        &mut self.strengths,
                    );
                    code_ui(
                        ui,
                        project,
                        language,
                        Text::PROBLEMS,
                        problems,
                        &mut self.problems,
                    );
                }
                Sight::Scales => {
                    let phases: Vec<(Option<PhaseId>, String)> = project
                        .phases_in_order()
                        .into_iter()
                        .map(|phase| (Some(phase.id), phase.name.clone()))
                        .collect();
                    let mut shown = self.answered_at.or_else(|| scales::first_phase(project));
                    pick(ui, language.say(Text::PHASE_LABEL), &mut shown, &phases);
                    self.answered_at = shown;
                }
                Sight::Framework | Sight::Trace | Sight::Coverage => {}
                Sight::Saturation => self.saturation_ui(ui, language),
                Sight::Words => self.words_ui(ui, groups, language),
            }
            if !matches!(self.sight, Sight::Trace | Sight::Scales) {
                self.filter_ui(ui, project, language);
            }
        });
    }

    fn frequencies_ui(&mut self, ui: &mut Ui, project: &Project, language: UiLanguage) {
        let mut rows = vec![
            Rows::Family,
            Rows::Case,
            Rows::Person,
            Rows::Role,
            Rows::Document,
            Rows::Speaker,
            Rows::Phase,
            Rows::Coder,
        ];
        rows.extend(
            project
                .attributes_in_order()
                .into_iter()
                .map(|attribute| Rows::Attribute(attribute.id)),
        );
        let rows: Vec<(Rows, String)> = rows
            .into_iter()
            .map(|rows| (rows, wording::rows(rows, project, language)))
            .collect();
        pick(ui, language.say(Text::ROWS), &mut self.rows, &rows);
        let mut heads = vec![
            (Heads::Codes, language.say(Text::CODES).to_owned()),
            (Heads::Themes, language.say(Text::THEMES).to_owned()),
        ];
        for facet in recast::facets(&project.codebook, None) {
            let name = format!(
                "{}: {}",
                language.say(Text::FACET),
                facet.name.get(&language.tag())
            );
            heads.push((Heads::Facet(facet.name.text), name));
        }
        for attribute in project.attributes_in_order() {
            heads.push((
                Heads::Attribute(attribute.id),
                language.labelled(language.say(Text::ATTRIBUTE), &attribute.name),
            ));
        }
        pick(ui, language.say(Text::COLUMNS), &mut self.heads, &heads);
        let measures = [
            Measure::Codings,
            Measure::Documents,
            Measure::Cases,
            Measure::Characters,
            Measure::Words,
            Measure::Share,
            Measure::Presence,
            Measure::Per1000,
            Measure::RowShare,
            Measure::ColumnShare,
        ];
        pick(
            ui,
            language.say(Text::MEASURE),
            &mut self.measure,
            &measures.map(|measure| (measure, short(measure, language).to_owned())),
        );
        buttons::check(ui, &mut self.roll_up, language.say(Text::ROLL_UP))
            .on_hover_text(language.say(Text::THEMES_ROLL_UP));
        if self.smart
            || project
                .queries
                .values()
                .any(|query| query.kind == QueryKind::Codes)
        {
            buttons::check(ui, &mut self.smart, language.say(Text::SMART_CODES));
        }
        buttons::check(
            ui,
            &mut self.arrangement.hides_empty,
            language.say(Text::HIDE_EMPTY),
        );
        let mut sorted = self.arrangement.columns_by_sum;
        if buttons::check(ui, &mut sorted, language.say(Text::BY_SUM)).changed() {
            self.arrangement.columns_by_sum = sorted;
            self.arrangement.rows = if sorted {
                RowOrder::Sum
            } else {
                RowOrder::Given
            };
        }
        let tops = [None, Some(5), Some(10), Some(25), Some(100)];
        let name = |most: Option<usize>| {
            most.map_or_else(
                || language.say(Text::ALL_ROWS).to_owned(),
                |most| format!("{} {most}", language.say(Text::TOP)),
            )
        };
        pick(
            ui,
            language.say(Text::HOW_MANY_ROWS),
            &mut self.arrangement.most,
            &tops.map(|most| (most, name(most))),
        );
    }

    fn together_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let by = [
            (
                cooccurrence::CooccurrenceUnit::Overlap,
                language.say(Text::OVERLAP),
            ),
            (
                cooccurrence::CooccurrenceUnit::Turn,
                language.say(Text::TURN),
            ),
            (
                cooccurrence::CooccurrenceUnit::Document,
                language.say(Text::THEMES_DOCUMENT),
            ),
            (
                cooccurrence::CooccurrenceUnit::Case,
                language.say(Text::SAME_CASE),
            ),
        ];
        buttons::segmented(ui, &mut self.by, &by);
        self.level_ui(ui, language);
        if self.by == cooccurrence::CooccurrenceUnit::Overlap {
            buttons::check(ui, &mut self.within_coder, language.say(Text::ONE_CODER));
        }
    }

    fn saturation_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let orders = [
            (
                saturation::InterviewOrder::Date,
                language.say(Text::BY_DATE),
            ),
            (
                saturation::InterviewOrder::Title,
                language.say(Text::BY_TITLE),
            ),
        ];
        buttons::segmented(ui, &mut self.order, &orders);
        let number =
            |ui: &mut Ui, name: Text, value: &mut usize, range: std::ops::RangeInclusive<usize>| {
                let label = ui.label(language.say(name));
                ui.add(DragValue::new(value).range(range))
                    .labelled_by(label.id);
            };
        number(ui, Text::BASE, &mut self.rule.base, 1..=20);
        number(ui, Text::RUN, &mut self.rule.run, 1..=10);
        let mut percent = self.rule.threshold * 100.0;
        let label = ui.label(language.say(Text::THRESHOLD));
        if ui
            .add(DragValue::new(&mut percent).range(0.0..=50.0).speed(0.5))
            .labelled_by(label.id)
            .changed()
        {
            self.rule.threshold = percent / 100.0;
        }
    }

    fn words_ui(&mut self, ui: &mut Ui, groups: &[String], language: UiLanguage) {
        let by = [
            (words::WordGrouping::All, language.say(Text::ALL_TEXTS)),
            (words::WordGrouping::Family, language.say(Text::FAMILIES)),
            (words::WordGrouping::Phase, language.say(Text::PHASES)),
        ];
        if buttons::segmented(ui, &mut self.words_by, &by) {
            self.key = None;
        }
        if groups.len() > 1 {
            let mut keyed = self.key.is_some();
            if buttons::check(ui, &mut keyed, "A : B").changed() {
                self.key = keyed.then(|| (groups.len() - 1, 0));
            }
            if let Some((of, against)) = &mut self.key {
                let names: Vec<(usize, String)> = groups.iter().cloned().enumerate().collect();
                pick(ui, "A", of, &names);
                pick(ui, "B", against, &names);
            }
        }
        buttons::check(ui, &mut self.interviewers, language.say(Text::INTERVIEWERS));
        let open = ui.button(format!(
            "{} · {}",
            language.say(Text::STOP_WORDS),
            self.stop_words.len()
        ));
        if open.clicked() {
            self.stop_list = match self.stop_list {
                Some(_) => None,
                None => Some(
                    self.stop_words
                        .iter()
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            };
        }
    }

    /// The list of words left out, while it is open; gives whether it was changed.
    pub(super) fn stop_words_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        if self.sight != Sight::Words {
            return;
        }
        let Some(list) = &mut self.stop_list else {
            return;
        };
        let label = ui.label(crate::gui::theme::small(
            ui,
            language.say(Text::STOP_WORDS_HINT),
        ));
        let edited = ui
            .add(
                egui::TextEdit::multiline(list)
                    .desired_rows(4)
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        if edited.lost_focus() {
            self.stop_words = list
                .split_whitespace()
                .map(crate::language::fold::fold)
                .collect();
        }
        if ui.button(language.say(Text::USUAL_STOP_WORDS)).clicked() {
            self.stop_words = usual_stop_words();
            *list = self
                .stop_words
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join(" ");
        }
    }

    fn lines_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let lines = [
            (Rows::Person, language.say(Text::PERSONS)),
            (Rows::Family, language.say(Text::FAMILIES)),
        ];
        buttons::segmented(ui, &mut self.lines, &lines);
    }

    fn course_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let measures = [
            Measure::Codings,
            Measure::Per1000,
            Measure::Share,
            Measure::Presence,
        ];
        pick(
            ui,
            language.say(Text::MEASURE),
            &mut self.course,
            &measures.map(|measure| (measure, short(measure, language).to_owned())),
        );
    }

    fn level_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let levels = [
            (false, language.say(Text::CODES)),
            (true, language.say(Text::THEMES)),
        ];
        buttons::segmented(ui, &mut self.themes, &levels);
    }

    fn ends_ui(&mut self, ui: &mut Ui, project: &Project, language: UiLanguage) {
        let Some((mut from, mut to)) = self.ends(project) else {
            return;
        };
        let phases: Vec<(PhaseId, String)> = project
            .phases_in_order()
            .into_iter()
            .map(|phase| (phase.id, phase.name.clone()))
            .collect();
        pick(ui, language.say(Text::FROM), &mut from, &phases);
        ui.label("→");
        pick(ui, language.say(Text::TO), &mut to, &phases);
        (self.from, self.to) = (Some(from), Some(to));
    }

    fn filter_ui(&mut self, ui: &mut Ui, project: &Project, language: UiLanguage) {
        let over_phases = matches!(self.sight, Sight::Programme | Sight::Change | Sight::Mirror);
        if !over_phases && !project.phases.is_empty() {
            let mut phases = vec![(None, language.say(Text::ALL_PHASES).to_owned())];
            phases.extend(
                project
                    .phases_in_order()
                    .into_iter()
                    .map(|phase| (Some(phase.id), phase.name.clone())),
            );
            pick(
                ui,
                language.say(Text::PHASE_LABEL),
                &mut self.phase,
                &phases,
            );
        }
        if project.coders.len() > 1 && self.sight != Sight::Words {
            let mut coders = vec![(None, language.say(Text::ALL_CODERS).to_owned())];
            coders.extend(
                project
                    .coders
                    .values()
                    .map(|coder| (Some(coder.id), coder.name.clone())),
            );
            pick(ui, language.say(Text::CODER), &mut self.coder, &coders);
        }
        let mut families = vec![(None, language.say(Text::ALL_CASES).to_owned())];
        families.extend(
            project
                .cases_below(None)
                .into_iter()
                .map(|case| (Some(case.id), case.name.clone())),
        );
        if families.len() > 2 {
            pick(
                ui,
                language.say(Text::THEMES_CASE),
                &mut self.case,
                &families,
            );
        }
    }
}

/// The name of a measure, short enough for a control.
fn short(measure: Measure, language: UiLanguage) -> &'static str {
    let (english, chinese) = match measure {
        Measure::Codings => ("Codings", "编码片段"),
        Measure::Documents => ("Documents", "文档数"),
        Measure::Cases => ("Families", "家庭数"),
        Measure::Characters => ("Characters", "字数"),
        Measure::Words => ("Words", "词数"),
        Measure::Share => ("Share of text", "占文本比例"),
        Measure::Presence => ("Present", "是否出现"),
        Measure::Per1000 => ("Per 1,000 characters", "每千字"),
        Measure::RowShare => ("% of row", "行百分比"),
        Measure::ColumnShare => ("% of column", "列百分比"),
    };
    language.pick(english, chinese)
}

/// A choice of named things.
fn pick<T: Clone + PartialEq>(ui: &mut Ui, name: &str, chosen: &mut T, options: &[(T, String)]) {
    let shown = options
        .iter()
        .find(|(value, _)| value == chosen)
        .map_or("", |(_, text)| text.as_str());
    let combo = ComboBox::from_id_salt(name)
        .selected_text(shown)
        .height(420.0)
        .show_ui(ui, |ui| {
            for (value, text) in options {
                ui.selectable_value(chosen, value.clone(), text);
            }
        });
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {shown}")));
    combo.response.on_hover_text(name);
}

/// A choice of a code.
fn code_ui(
    ui: &mut Ui,
    project: &Project,
    language: UiLanguage,
    name: Text,
    now: Option<CodeId>,
    chosen: &mut Option<CodeId>,
) {
    let tag = language.tag();
    let option = |(depth, code): (usize, &std::sync::Arc<crate::model::code::Code>)| {
        (
            Some(code.id),
            format!("{}{}", "    ".repeat(depth), code.name.get(&tag)),
        )
    };
    let options: Vec<(Option<CodeId>, String)> = project
        .codebook
        .in_order()
        .into_iter()
        .map(option)
        .collect();
    let mut picked = now;
    pick(ui, language.say(name), &mut picked, &options);
    if picked != now {
        *chosen = picked;
    }
}
