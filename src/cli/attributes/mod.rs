//! `tain attributes`: the variables of cases, documents and coders.

mod kind;

use std::path::PathBuf;

use clap::ValueEnum;

use super::{
    CommandResult, Context, DONE, failure::Failure, filters::Find, open::ReadArgs,
    output::new_table, values,
};
use crate::{
    app::{action::Action, refusal::Refusal},
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf},
    },
};

/// List, add, rename, convert and remove attributes of cases, documents and coders
///
/// Example: tain attributes kind study.tain age number --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct AttributesArgs {
    #[command(subcommand)]
    command: AttributesCommand,
}

#[derive(Debug, clap::Subcommand)]
enum AttributesCommand {
    /// List the attributes in their order
    List(ReadArgs),
    /// Add an attribute after the others
    Add {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the attribute
        name: String,
        /// What has it
        #[arg(long, value_enum, default_value = "cases")]
        of: Of,
        /// What values it takes
        #[arg(long, value_enum, default_value = "text")]
        kind: Kind,
        /// The categories in their order, by commas
        #[arg(long, value_delimiter = ',', value_name = "CATEGORY,..")]
        categories: Vec<String>,
        /// There is a value for each phase; not for coders
        #[arg(long)]
        per_phase: bool,
    },
    /// Rename an attribute
    Rename {
        #[command(flatten)]
        which: Which,
        /// The new name
        to: String,
    },
    /// Say in words what an attribute means
    Define {
        #[command(flatten)]
        which: Which,
        /// The definition; an empty one clears it
        definition: String,
    },
    /// Change what values an attribute takes, and convert those that there are
    Kind(kind::KindArgs),
    /// Set the categories in their order; only unused ones can be left out
    Categories {
        #[command(flatten)]
        which: Which,
        /// The categories
        #[arg(required = true, value_name = "CATEGORY")]
        categories: Vec<String>,
    },
    /// Rename a category in all values; where there is one of the new name, the two are merged
    RenameCategory {
        #[command(flatten)]
        which: Which,
        /// The category
        from: String,
        /// Its new name
        to: String,
    },
    /// Set the name of an attribute, or of one of its categories, in a language
    Translate {
        #[command(flatten)]
        which: Which,
        /// Language of the translation
        #[arg(value_name = "LANGUAGE", value_parser = values::language())]
        into: UiLanguage,
        /// The name in this language; an empty one removes it
        translation: String,
        /// Name this category rather than the attribute
        #[arg(long)]
        category: Option<String>,
    },
    /// Move an attribute to the end, or before another
    Move {
        #[command(flatten)]
        which: Which,
        /// The attribute before which it is put
        #[arg(long, value_name = "ATTRIBUTE")]
        before: Option<String>,
    },
    /// Remove an attribute with all its values
    Remove(Which),
}

/// Which attribute is meant.
#[derive(Debug, clap::Args)]
struct Which {
    /// Path of the .tain file
    project: PathBuf,
    /// Name of the attribute
    name: String,
    /// What has it; by default cases, or else documents, or else coders
    #[arg(long, value_enum)]
    of: Option<Of>,
}

/// What has an attribute.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    Cases,
    Documents,
    Coders,
}

/// What values an attribute takes.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Any words
    Text,
    /// A number
    Number,
    /// A day, such as 2025-03-09
    Date,
    /// Yes or no
    YesNo,
    /// One of the categories
    Category,
}

impl Of {
    const fn of(self) -> AttributeOf {
        match self {
            Self::Cases => AttributeOf::Cases,
            Self::Documents => AttributeOf::Documents,
            Self::Coders => AttributeOf::Coders,
        }
    }
}

impl Kind {
    /// The kind with its categories, which only one of them has.
    fn kind(self, categories: Vec<String>) -> Result<AttributeKind, Failure> {
        let kind = match self {
            Self::Category => return Ok(AttributeKind::Category(categories)),
            Self::Text => AttributeKind::Text,
            Self::Number => AttributeKind::Number,
            Self::Date => AttributeKind::Date,
            Self::YesNo => AttributeKind::YesNo,
        };
        if categories.is_empty() {
            return Ok(kind);
        }
        Err(Failure::usage(Text::new(
            "--categories goes with the kind category",
            "--categories 只用于类型 category",
        )))
    }
}

impl Which {
    /// The attribute.
    fn find<'a>(&self, project: &'a Project) -> Result<&'a Attribute, Refusal> {
        let find = Find(project);
        let id = match self.of {
            Some(of) => find.attribute_of(of.of(), &self.name)?,
            None => find
                .attribute(&self.name)
                .or_else(|_| find.attribute_of(AttributeOf::Coders, &self.name))?,
        };
        let attribute = project.attributes.get(&id);
        attribute.ok_or_else(|| Refusal::NoAttribute(self.name.clone()))
    }
}

pub(super) fn run(args: AttributesArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        AttributesCommand::List(reading) => list(&reading, context),
        AttributesCommand::Kind(args) => kind::run(args, context),
        AttributesCommand::Add {
            project,
            name,
            of,
            kind,
            categories,
            per_phase,
        } => {
            let kind = kind.kind(categories)?;
            context.edit(&project, |_| {
                Ok(Action::AddAttribute {
                    name,
                    of: of.of(),
                    kind,
                    per_phase,
                })
            })
        }
        AttributesCommand::Rename { which, to } => {
            edit(&which, context, |attribute| Action::SetAttribute {
                attribute: attribute.id,
                name: to,
                definition: attribute.definition.clone(),
            })
        }
        AttributesCommand::Define { which, definition } => {
            edit(&which, context, |attribute| Action::SetAttribute {
                attribute: attribute.id,
                name: attribute.name.clone(),
                definition,
            })
        }
        AttributesCommand::Categories { which, categories } => {
            edit(&which, context, |attribute| Action::SetCategories {
                attribute: attribute.id,
                categories,
            })
        }
        AttributesCommand::RenameCategory { which, from, to } => {
            edit(&which, context, |attribute| Action::RenameCategory {
                attribute: attribute.id,
                from,
                to,
            })
        }
        AttributesCommand::Translate {
            which,
            into,
            translation,
            category,
        } => edit(&which, context, |attribute| match category {
            Some(category) => Action::TranslateCategory {
                attribute: attribute.id,
                category,
                language: into.tag(),
                name: translation,
            },
            None => Action::TranslateAttribute(attribute.id, into.tag(), translation),
        }),
        AttributesCommand::Move { which, before } => context.edit(&which.project, |project| {
            let attribute = which.find(project)?;
            let before = before.map(|name| Find(project).attribute_of(attribute.of, &name));
            Ok(Action::MoveAttribute(attribute.id, before.transpose()?))
        }),
        AttributesCommand::Remove(which) => edit(&which, context, |attribute| {
            Action::RemoveAttribute(attribute.id)
        }),
    }
}

/// Carries out an action on an attribute.
fn edit(
    which: &Which,
    context: &Context<'_>,
    action: impl FnOnce(&Attribute) -> Action,
) -> CommandResult {
    context.edit(&which.project, |project| Ok(action(which.find(project)?)))
}

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let language = reading.output.language(context);
    let heads = [
        "attribute",
        "translations",
        "of",
        "kind",
        "categories",
        "per_phase",
        "values",
        "definition",
    ];
    let mut table = new_table(&heads, language);
    for attribute in project.attributes_in_order() {
        let translations: Vec<&str> = attribute.names().skip(1).collect();
        let of = match attribute.of {
            AttributeOf::Cases => Text::new("cases", "个案"),
            AttributeOf::Documents => Text::new("documents", "文档"),
            AttributeOf::Coders => Text::new("coders", "编码员"),
        };
        let per_phase = if attribute.per_phase {
            Text::new("yes", "是")
        } else {
            Text::new("no", "否")
        };
        table.rows.push(vec![
            Find(project).attribute_name(attribute.id, language).into(),
            translations.join("; ").into(),
            language.say(of).into(),
            language.say(attribute.kind.name()).into(),
            attribute.categories_in(language).join("; ").into(),
            language.say(per_phase).into(),
            count_values(project, attribute).into(),
            attribute.definition.as_str().into(),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}

fn count_values(project: &Project, attribute: &Attribute) -> usize {
    project
        .all_values()
        .flat_map(|values| values.keys())
        .filter(|(id, _)| *id == attribute.id)
        .count()
}
