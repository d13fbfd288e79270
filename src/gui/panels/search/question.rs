//! The question of a search: the query, how to read it, the texts to search, and the view of the answer.

use egui::{Align2, ComboBox, Popup, RichText, Role, TextEdit, Ui, Vec2, WidgetInfo};

use super::{LIMIT, QueryMode, SearchPanel, coding::HitCoding};
use crate::{
    analysis::code_query::Extent,
    app::{
        Session,
        action::Action,
        search::{ProposalOptions, ResultView, SearchQuestion},
    },
    gui::{
        context::Cx,
        icons,
        strings::{self, Text, UiLanguage},
        theme::{self, palette, small},
        widgets::{aside::AtRight, buttons, name_field::name_field},
    },
    model::{natural_key, query::SavedQuery},
    search::{
        self, Filters, Mode,
        concordance::{GroupBy, SortBy},
    },
};

impl SearchPanel {
    /// Returns the question that the page asks; without a query there is none.
    pub(super) fn question(&self, session: &Session) -> Option<SearchQuestion> {
        let typed = self.query.trim();
        if typed.is_empty() {
            return None;
        }
        let not_in_codes = if self.not_coded {
            session.project().codebook.codes.keys().copied().collect()
        } else {
            Default::default()
        };
        let filters = Filters {
            phases: self.phase.into_iter().collect(),
            not_in_codes,
            ..Filters::default()
        };
        // Brackets keep the operators of each query to itself.
        let text = if self.mode == QueryMode::Words && !self.within.is_empty() {
            let outer: Vec<String> = self
                .within
                .iter()
                .map(|query| format!("({query})"))
                .collect();
            format!("{} ({typed})", outer.join(" "))
        } else {
            typed.to_owned()
        };
        let mode = match self.mode {
            QueryMode::Words | QueryMode::Codes => Mode::Words,
            QueryMode::Literal => Mode::Literal,
            QueryMode::Pattern => Mode::Regex,
        };
        let extent = if self.union {
            Extent::Union
        } else {
            Extent::Intersection
        };
        let of_codes = (self.mode == QueryMode::Codes).then_some(extent);
        let request = search::Request {
            text,
            mode,
            exact_forms: self.exact_forms,
            filters,
            limit: LIMIT,
        };
        let coding = self.coding.as_ref().map(|coding| ProposalOptions {
            unit: coding.unit,
            code: coding.code(),
            coder: session.coder(),
        });
        Some(SearchQuestion {
            request,
            of_codes,
            group: self.group,
            sort: self.sort,
            view: self.sight,
            window: self.window,
            coding,
        })
    }

    /// Shows the query with its filters, and the choice of a view.
    pub(super) fn question_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.query_ui(ui, cx);
        self.chips_ui(ui, cx.language);
        ui.add_space(8.0);
        self.filters_ui(ui, cx);
        ui.add_space(6.0);
        self.sight_ui(ui, cx.language);
    }

    fn query_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let colors = palette(ui.visuals());
        ui.horizontal(|ui| {
            let tools = AtRight("tools of the query");
            let field = TextEdit::singleline(&mut self.query)
                .hint_text(cx.language.say(strings::QUERY_HINT))
                .font(theme::regular(15.0));
            let width = tools.room(ui) - 8.0;
            let response = ui.add(
                field
                    .desired_width(width)
                    .margin(egui::Margin::symmetric(14, 9)),
            );
            response.widget_info(|| {
                WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::QUERY))
            });
            if !self.focused {
                response.request_focus();
                self.focused = true;
            }
            // The counts are painted over the right end of the field, where they take no width from it.
            if let Some(answer) = self
                .found
                .as_ref()
                .and_then(|found| found.answer.as_ref().ok())
                && !self.query.trim().is_empty()
                && self.sight != ResultView::Elsewhere
            {
                let outcome = &answer.outcome;
                let of_codes = self
                    .found
                    .as_ref()
                    .is_some_and(|found| found.question.of_codes.is_some());
                let hits = if of_codes {
                    strings::n_segments(cx.language, outcome.total)
                } else {
                    strings::n_hits(cx.language, outcome.total)
                };
                let text = format!(
                    "{hits} · {}",
                    strings::n_documents(cx.language, outcome.documents)
                );
                let at = response.rect.right_center() - Vec2::new(14.0, 0.0);
                let count = ui
                    .painter()
                    .layout_no_wrap(text, theme::regular(12.0), colors.ink_2);
                let typed = ui.painter().layout_no_wrap(
                    self.query.clone(),
                    theme::regular(15.0),
                    colors.ink,
                );
                // The query itself comes first where there is no room for both.
                if typed.size().x + count.size().x + 44.0 <= response.rect.width() {
                    let at = Align2::RIGHT_CENTER.anchor_size(at, count.size());
                    ui.painter().galley(at.min, count, colors.ink_2);
                }
            }
            tools.show(ui, |ui| {
                self.kept_ui(ui, cx);
                if buttons::quiet(ui, icons::QUESTION, cx.language.say(strings::HOW_TO_ASK))
                    .clicked()
                {
                    self.help = !self.help;
                }
            });
        });
    }

    /// The menu of saved queries: runs one again, saves the present one, or removes one.
    fn kept_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let button = buttons::quiet(ui, icons::STAR, cx.language.say(strings::KEPT_QUERIES));
        Popup::menu(&button)
            .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_width(300.0);
                let mut kept: Vec<&SavedQuery> = cx.project.queries.values().collect();
                kept.sort_by_cached_key(|query| natural_key(&query.name));
                if kept.is_empty() {
                    ui.label(small(ui, cx.language.say(strings::NO_KEPT_QUERIES)));
                }
                for query in kept {
                    self.kept_row(ui, cx, query);
                }
                if self.query.trim().is_empty() {
                    return;
                }
                ui.separator();
                let typed = self.query.trim().to_owned();
                let name = self.naming.get_or_insert_with(|| typed.clone());
                let field = ui.add(TextEdit::singleline(name).desired_width(f32::INFINITY));
                field.widget_info(|| {
                    WidgetInfo::labeled(
                        Role::TextInput,
                        true,
                        cx.language.say(strings::NAME_OF_QUERY),
                    )
                });
                let entered =
                    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                if buttons::primary(ui, cx.language.say(strings::KEEP_QUERY)).clicked() || entered {
                    let kind = self.mode.kind();
                    cx.edit(Action::AddQuery {
                        kind,
                        name: name.clone(),
                        text: typed,
                    });
                    self.naming = None;
                    ui.close();
                }
            });
        if !Popup::is_any_open(ui.ctx()) {
            (self.naming, self.renaming) = (None, None);
        }
    }

    /// Runs a saved query again.
    pub(in crate::gui) fn ask_kept(&mut self, query: &SavedQuery) {
        self.query.clone_from(&query.text);
        self.mode = QueryMode::of_kind(query.kind);
    }

    /// Looks for these very words.
    pub(in crate::gui) fn ask_literal(&mut self, words: String) {
        self.query = words;
        self.mode = QueryMode::Literal;
        self.take_keyboard();
    }

    fn kept_row(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, query: &SavedQuery) {
        if self.renaming == Some(query.id) {
            let says = cx.language.say(strings::NAME_OF_QUERY);
            if let Some(name) = name_field(ui, query.id, says, &query.name, f32::INFINITY) {
                cx.edit(Action::SetQuery {
                    query: query.id,
                    name,
                    text: query.text.clone(),
                });
                self.renaming = None;
            }
            return;
        }
        ui.horizontal(|ui| {
            let tools = AtRight("tools of a kept query");
            let width = tools.room(ui);
            let name = egui::Button::new(RichText::new(&query.name))
                .frame_when_inactive(false)
                .truncate();
            if ui
                .add_sized([width, 24.0], name)
                .on_hover_text(&query.text)
                .clicked()
            {
                self.ask_kept(query);
                ui.close();
            }
            let named = |text| format!("{} {}", cx.language.say(text), query.name);
            let (rename, remove) = (named(strings::RENAME_CASE), named(strings::REMOVE));
            let (renames, removes) = tools.show(ui, |ui| {
                (
                    buttons::quiet(ui, icons::PENCIL, &rename).clicked(),
                    buttons::quiet(ui, icons::CLOSE, &remove).clicked(),
                )
            });
            if renames {
                self.renaming = Some(query.id);
            }
            if removes {
                cx.edit(Action::RemoveQuery(query.id));
            }
        });
    }

    /// The earlier queries whose passages are searched; a click removes one.
    fn chips_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        if self.within.is_empty() {
            return;
        }
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            ui.label(small(ui, language.say(strings::WITHIN)));
            let mut gone = None;
            for (index, query) in self.within.iter().enumerate() {
                let chip = egui::Button::new(format!("{query}  {}", icons::CLOSE)).truncate();
                let response = ui.add(chip);
                response.widget_info(|| {
                    WidgetInfo::labeled(
                        Role::Button,
                        true,
                        format!("{} {query}", language.say(strings::REMOVE)),
                    )
                });
                if response.clicked() {
                    gone = Some(index);
                }
            }
            if let Some(index) = gone {
                self.within.remove(index);
            }
        });
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            let modes = [
                (QueryMode::Words, strings::WORDS),
                (QueryMode::Literal, strings::LITERAL),
                (QueryMode::Pattern, strings::PATTERN),
                (QueryMode::Codes, strings::CODES),
            ];
            buttons::segmented(
                ui,
                &mut self.mode,
                &modes.map(|(mode, text)| (mode, cx.language.say(text))),
            );
            if self.mode == QueryMode::Codes {
                buttons::check(ui, &mut self.union, cx.language.say(strings::WHOLE_UNION));
                ui.label(small(ui, cx.language.say(strings::CODE_QUERY_HINT)));
                return;
            }
            let tag = cx.language.tag();
            let phase = self
                .phase
                .and_then(|id| cx.project.phases.get(&id))
                .map_or(cx.language.say(strings::ALL_PHASES), |phase| {
                    phase.name_in(&tag)
                });
            let combo = ComboBox::from_id_salt("phase of the hits")
                .selected_text(phase)
                .show_ui(ui, |ui| {
                    ui.selectable_value(
                        &mut self.phase,
                        None,
                        cx.language.say(strings::ALL_PHASES),
                    );
                    for phase in cx.project.phases_in_order() {
                        ui.selectable_value(&mut self.phase, Some(phase.id), phase.name_in(&tag));
                    }
                });
            combo.response.widget_info(|| {
                WidgetInfo::labeled(Role::ComboBox, true, cx.language.say(strings::PHASE_LABEL))
            });
            buttons::check(
                ui,
                &mut self.not_coded,
                cx.language.say(strings::NOT_YET_CODED),
            );
            if self.mode == QueryMode::Words {
                let mut forms = !self.exact_forms;
                if buttons::check(ui, &mut forms, cx.language.say(strings::ALL_FORMS)).changed() {
                    self.exact_forms = !forms;
                }
                if !self.query.trim().is_empty()
                    && buttons::word_in_row(ui, cx.language.say(strings::SEARCH_WITHIN)).clicked()
                {
                    self.within
                        .push(std::mem::take(&mut self.query).trim().to_owned());
                    self.take_keyboard();
                }
            }
        });
    }

    /// The views of the answer, and the options of the chosen one.
    fn sight_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        ui.horizontal_wrapped(|ui| {
            // Compared by variant, since the side of the tree has a control of its own.
            let mut kind = std::mem::discriminant(&self.sight);
            let before = self.sight == ResultView::Tree { before: true };
            let sights = [
                (ResultView::Hits, strings::HITS_SIGHT),
                (ResultView::Tree { before }, strings::TREE_SIGHT),
                (ResultView::Collocates, strings::COLLOCATES_SIGHT),
                (ResultView::Spread, strings::SPREAD_SIGHT),
                (ResultView::Elsewhere, strings::ELSEWHERE_SIGHT),
            ];
            // Only texts are coded: a query of codes has nothing to find elsewhere.
            let n_sights = if self.mode == QueryMode::Codes {
                sights.len() - 1
            } else {
                sights.len()
            };
            let options: Vec<_> = sights
                .iter()
                .take(n_sights)
                .map(|(sight, text)| (std::mem::discriminant(sight), language.say(*text)))
                .collect();
            if self.mode == QueryMode::Codes && self.sight == ResultView::Elsewhere {
                self.sight = ResultView::Hits;
            }
            if buttons::segmented(ui, &mut kind, &options) {
                let chosen = sights
                    .iter()
                    .find(|(sight, _)| std::mem::discriminant(sight) == kind);
                self.sight = chosen.expect("the options are among the views").0;
            }
            match self.sight {
                ResultView::Hits => self.hit_options_ui(ui, language),
                ResultView::Tree { before } => {
                    let mut side = before;
                    let sides = [
                        (false, language.say(strings::AFTER_HITS)),
                        (true, language.say(strings::BEFORE_HITS)),
                    ];
                    if buttons::segmented(ui, &mut side, &sides) {
                        self.sight = ResultView::Tree { before: side };
                    }
                }
                ResultView::Collocates => {
                    let name = language.say(strings::WINDOW_OF_WORDS);
                    ui.label(small(ui, name));
                    let number = ui.add(egui::DragValue::new(&mut self.window).range(1..=15));
                    number.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
                }
                ResultView::Spread | ResultView::Elsewhere => {}
            }
        });
    }

    /// How hits are grouped and sorted, and whether they are being coded.
    fn hit_options_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let groups = [
            (GroupBy::Family, strings::FAMILIES),
            (GroupBy::Speaker, strings::SPEAKERS),
            (GroupBy::Phase, strings::PHASES),
            (GroupBy::Document, strings::DOCUMENTS),
            (GroupBy::Nothing, strings::NO_GROUPS),
        ];
        choice_ui(ui, language, strings::GROUPED_BY, &mut self.group, &groups);
        let sorts = [
            (SortBy::Place, strings::SORT_PLACE),
            (SortBy::Left, strings::SORT_LEFT),
            (SortBy::Hit, strings::SORT_HIT),
            (SortBy::Right, strings::SORT_RIGHT),
        ];
        choice_ui(ui, language, strings::SORTED_BY, &mut self.sort, &sorts);
        let mut coding = self.coding.is_some();
        if ui
            .toggle_value(&mut coding, language.say(strings::CODE_HITS))
            .changed()
        {
            self.coding = coding.then(HitCoding::default);
        }
    }
}

/// A choice of one of several values, labelled with its name and what is chosen.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    language: UiLanguage,
    name: Text,
    value: &mut T,
    options: &[(T, Text)],
) {
    let name = language.say(name);
    let shown = options
        .iter()
        .find(|(option, _)| option == value)
        .map_or("", |(_, text)| language.say(*text));
    let combo = ComboBox::from_id_salt(name)
        .selected_text(format!("{name} {}", shown.to_lowercase()))
        .show_ui(ui, |ui| {
            for (option, text) in options {
                ui.selectable_value(value, *option, language.say(*text));
            }
        });
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
}
