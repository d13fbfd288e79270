//! Who says what about whom: a line for each family and theme, with the codings in each member's own turns.

use std::sync::Arc;

use super::{
    control::{Control, ControlContext},
    finding::Finding,
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::{
        frequency::{Loader, table::Segment},
        informants::{Accord, FamilyTheme, InformantFamily, Informants, informants},
    },
    message::{language::UiLanguage, text::Text},
    model::Project,
    table::{Cell, CellKind, CellRef, Head, Row, Table},
};

/// The view of who says what.
#[derive(Debug)]
pub struct InformantsView;

const NAME: Text = Text::new("Who says what", "谁说了什么");
const RULE: Text = Text::new(
    "Counted: codings in each member's own turns, a line for each theme that anybody of the family brings up. They contradict where all judgements (facet judgement) of one are favourable and all of another unfavourable.",
    "统计的是：每名成员自己话轮中的编码片段；家中有人提到的主题各占一行。一人的评判（维度“评判”）全为肯定而另一人全为否定时，记为说法相反。",
);
const NO_FAMILY: Text = Text::new(
    "No family has two persons as members: link persons to families on the page of cases.",
    "没有哪个家庭有两名成员：请在个案页把个人归入家庭。",
);

impl AnalysisView for InformantsView {
    fn id(&self) -> &'static str {
        "informants"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        let mut controls = vec![context.level_choice(&settings.question)];
        controls.extend(context.filters(&settings.question));
        controls
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        Some(Arc::new(informants(
            source.project,
            question.columns(),
            &question.filter(),
            source.load,
        )))
    }
}

/// The rows of the table, by the numbers of the family and of its theme: the themes that anybody brings up.
fn rows(found: &Informants) -> Vec<(usize, usize)> {
    let mut rows = Vec::new();
    for (family, own) in found.families.iter().enumerate() {
        let themes = own.entries.iter().enumerate();
        rows.extend(
            themes
                .filter(|(_, theme)| theme.accord != Accord::Silent)
                .map(|(theme, _)| (family, theme)),
        );
    }
    rows
}

/// Whether the members agree on a theme, in words.
fn accord_in_words(accord: Accord, language: UiLanguage) -> &'static str {
    match accord {
        Accord::Silent => language.say(Text::new("nobody", "无人提到")),
        Accord::OneAsked => language.say(Text::new("only one was asked", "只问过一人")),
        Accord::Partial => language.say(Text::new("some do, some don't", "有人提到，有人没有")),
        Accord::All => language.say(Text::new("all do", "都提到")),
        Accord::Contradiction => language.say(Text::new("they contradict", "说法相反")),
    }
}

/// What one member says to a theme; empty beyond the members of the family.
fn member_cell(
    family: &InformantFamily,
    theme: &FamilyTheme,
    member: usize,
    language: UiLanguage,
) -> Cell {
    let (Some(informant), Some(codings)) =
        (family.informants.get(member), theme.codings.get(member))
    else {
        return Cell::default();
    };
    match codings {
        Some(n) => Cell {
            text: format!("{} {n}", informant.name),
            ..Cell::count(*n)
        },
        None => Cell {
            text: format!("{} –", informant.name),
            ..Cell::absent(language.say(Text::new("not interviewed", "没有访谈")))
        },
    }
}

impl Finding for Informants {
    /// Families differ in size, so the columns are the first, second and further informants, who are named in the cells.
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let sizes = self.families.iter().map(|family| family.informants.len());
        let most = sizes.max().unwrap_or(0);
        let mut columns = vec![Head::plain(language.say(Text::new("Theme", "主题")))];
        columns.extend((1..=most).map(|n| {
            Head::plain(
                Text::new("Informant {n}", "讲述者 {n}")
                    .with("n", n)
                    .say(language),
            )
        }));
        columns.push(Head::plain(language.say(Text::new("Together", "合起来"))));
        let rows = rows(self).into_iter().map(|(family, theme)| {
            let family = &self.families[family];
            let theme = &family.entries[theme];
            let code = self.columns[theme.column].code;
            let mut cells = vec![Cell::words(wording::code(project, code, language))];
            cells.extend((0..most).map(|member| member_cell(family, theme, member, language)));
            cells.push(Cell {
                stands_out: (theme.accord == Accord::Contradiction).then_some(false),
                kind: CellKind::Words,
                ..Cell::words(accord_in_words(theme.accord, language))
            });
            Row::new(&family.name, cells)
        });
        let note = self.families.is_empty().then_some(NO_FAMILY);
        Table {
            title: language
                .say(Text::new("Who says what about whom", "谁说了什么"))
                .to_owned(),
            rule: language.say(RULE).to_owned(),
            corner: language.say(Text::new("Family", "家庭")).to_owned(),
            rows: rows.collect(),
            columns,
            notes: note
                .into_iter()
                .map(|note| language.say(note).to_owned())
                .collect(),
            ..Table::default()
        }
    }

    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        let Some((family, theme)) = at.row().and_then(|row| rows(self).get(row).copied()) else {
            return Vec::new();
        };
        let members = self.families[family].informants.len();
        // The first column names the theme, and those after the members' are about all of them.
        let member = at
            .column()
            .and_then(|column| column.checked_sub(1))
            .filter(|member| *member < members);
        self.theme_segments(project, family, theme, member)
    }
}
