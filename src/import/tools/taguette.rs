//! Taguette's projects: highlights by bytes of sanitised HTML, tags by dotted paths, and who did what in its list of commands.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    database::{Database, DatabaseRow},
    draft::{NewCoding, StudyBuilder, beginning},
    plain::{NormalizedText, same_words},
    taguette_text::{HtmlPage, text_of},
};
use crate::{
    import::{
        ImportError, document_of_text, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    model::{
        ids::{CodeId, CoderId},
        localized::Localized,
        memo::Anchor,
        set::Set,
        text::{DocumentText, TextRange},
    },
};

/// Reads a Taguette project, `.sqlite3`.
///
/// Of a file with several, all come in, none mixed with another: each has its codes below one of its name, and a set of its documents.
///
/// # Errors
/// When the file is damaged or no Taguette project.
pub fn read_taguette(file: &str, bytes: &[u8]) -> Result<Study, ImportError> {
    let database = Database::open(file, Tool::Taguette, bytes)?;
    let tags = database.needed("tags", &["id", "project_id", "path", "description"])?;
    let highlights = database.needed(
        "highlights",
        &["id", "document_id", "start_offset", "end_offset", "snippet"],
    )?;
    let documents = database.needed(
        "documents",
        &[
            "id",
            "name",
            "description",
            "filename",
            "created",
            "project_id",
            "contents",
        ],
    )?;
    let projects = database.rows("projects", &["id", "name", "description", "created"])?;
    let names = names(&projects);
    let named: Vec<String> = projects
        .iter()
        .filter_map(|project| names.get(&project.key("id")?).cloned())
        .collect();
    let whole: Vec<String> = projects
        .iter()
        .map(|project| format!("{} {}", project.text("name"), project.text("created")))
        .collect();
    let mut draft = StudyBuilder::new(file, Tool::Taguette, &whole.join("\n"));
    draft.study.title = named.join(" + ");
    draft.study.description = projects
        .iter()
        .filter_map(|project| project.words("description"))
        .collect::<Vec<_>>()
        .join("\n\n");
    draft.study.positions = Some(PositionReading::Bytes);

    let several = projects.len() > 1;
    let codes = codes(&mut draft, &tags, &|project| {
        names.get(project).filter(|_| several).cloned()
    });
    let deeds = HighlightHistory::read(&database)?;
    let links = links(&database)?;
    let mut of_document: BTreeMap<String, Vec<&DatabaseRow>> = BTreeMap::new();
    for highlight in &highlights {
        of_document
            .entry(highlight.key("document_id").unwrap_or_default())
            .or_default()
            .push(highlight);
    }
    let mut sets: BTreeMap<String, BTreeSet<Anchor>> = BTreeMap::new();
    for document in &documents {
        let key = document.key("id").unwrap_or_default();
        let own = of_document.remove(&key).unwrap_or_default();
        let project = document.key("project_id").unwrap_or_default();
        let otherwise = draft.coder(deeds.otherwise(&project));
        let coding = TaguetteReader {
            codes: &codes,
            deeds: &deeds,
            links: &links,
            otherwise,
        };
        let read = coding.document(&mut draft, file, document, &own)?;
        sets.entry(project)
            .or_default()
            .insert(Anchor::Document(read.id));
        draft.study.documents.push(read);
    }
    for highlight in of_document.into_values().flatten() {
        draft.lost(
            Lost::OutsideText,
            beginning(&text_of(&highlight.text("snippet"))),
        );
    }
    if several {
        for project in &projects {
            let key = project.key("id").unwrap_or_default();
            let (id, members) = (
                draft.id(&["set", &key]),
                sets.remove(&key).unwrap_or_default(),
            );
            let (name, description) = (
                names.get(&key).cloned().unwrap_or_default(),
                project.text("description"),
            );
            draft.study.sets.push(Set {
                id,
                name,
                description,
                members,
            });
        }
    }
    Ok(draft.study)
}

/// The names on a tag's path; a dot parts them.
pub(super) fn path_of(tag: &str) -> Vec<String> {
    const DEEPEST: usize = 32;
    let names: Vec<String> = tag
        .splitn(DEEPEST, '.')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        vec![tag.trim().to_owned()]
    } else {
        names
    }
}

/// Names of projects by their keys; one that stands there already, or is empty, gets a number.
fn names(projects: &[DatabaseRow]) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for project in projects {
        let Some(key) = project.key("id") else {
            continue;
        };
        let name = project
            .words("name")
            .unwrap_or_else(|| Tool::Taguette.name().to_owned());
        let taken = |wanted: &str| names.values().any(|own| own == wanted);
        let free = (2..)
            .map(|number| format!("{name} ({number})"))
            .find(|wanted| !taken(wanted))
            .filter(|_| taken(&name));
        names.insert(key, free.unwrap_or(name));
    }
    names
}

/// Tags by their keys, each below the code of its project where there is one.
fn codes(
    draft: &mut StudyBuilder,
    tags: &[DatabaseRow],
    project_of: &dyn Fn(&str) -> Option<String>,
) -> BTreeMap<String, CodeId> {
    let mut codes = BTreeMap::new();
    let mut described: BTreeMap<CodeId, String> = BTreeMap::new();
    for tag in tags {
        let project = tag.key("project_id").and_then(|key| project_of(&key));
        let path: Vec<String> = project
            .into_iter()
            .chain(path_of(&tag.text("path")))
            .collect();
        let Some((code, key)) = draft.code_at(&path).zip(tag.key("id")) else {
            continue;
        };
        codes.insert(key, code);
        if let Some(description) = tag.words("description") {
            described.entry(code).or_insert(description);
        }
    }
    for code in &mut draft.study.codes {
        code.definition = Localized::plain(described.remove(&code.id).unwrap_or_default());
    }
    codes
}

/// The tags of each highlight.
fn links(database: &Database<'_>) -> Result<BTreeMap<String, Vec<String>>, ImportError> {
    let mut links: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in database.needed("highlight_tags", &["highlight_id", "tag_id"])? {
        if let Some((highlight, tag)) = row.key("highlight_id").zip(row.key("tag_id")) {
            links.entry(highlight).or_default().push(tag);
        }
    }
    Ok(links)
}

/// Who made which highlight, and when, as far as the commands say.
struct HighlightHistory {
    /// By highlight: who, when, and the tags given then, in order.
    of: BTreeMap<String, Vec<(String, String, BTreeSet<String>)>>,
    /// Who stands for highlights without a command: by project its administrator, and somebody.
    admins: BTreeMap<String, String>,
    somebody: String,
}

impl HighlightHistory {
    fn read(database: &Database<'_>) -> Result<Self, ImportError> {
        let mut of: BTreeMap<String, Vec<(String, String, BTreeSet<String>)>> = BTreeMap::new();
        for command in database.rows("commands", &["date", "user_login", "payload"])? {
            let Ok(payload) = serde_json::from_str::<serde_json::Value>(&command.text("payload"))
            else {
                continue;
            };
            if payload.get("type").and_then(|kind| kind.as_str()) != Some("highlight_add") {
                continue;
            }
            let Some(highlight) = payload.get("highlight_id") else {
                continue;
            };
            let tags = payload
                .get("tags")
                .and_then(|tags| tags.as_array())
                .into_iter()
                .flatten()
                .map(ToString::to_string)
                .collect();
            of.entry(highlight.to_string()).or_default().push((
                command.text("user_login"),
                command.text("date"),
                tags,
            ));
        }
        let mut admins: BTreeMap<String, String> = BTreeMap::new();
        for member in database.rows(
            "project_members",
            &["project_id", "user_login", "privileges"],
        )? {
            if let Some(login) = member
                .words("user_login")
                .filter(|_| member.text("privileges") == "ADMIN")
            {
                admins
                    .entry(member.key("project_id").unwrap_or_default())
                    .or_insert(login);
            }
        }
        let users = database.rows("users", &["login"])?;
        let somebody = admins
            .values()
            .next()
            .cloned()
            .or_else(|| users.first()?.words("login"))
            .unwrap_or_default();
        Ok(Self {
            of,
            admins,
            somebody,
        })
    }

    /// Who stands for a project's highlights without a command.
    fn otherwise(&self, project: &str) -> &str {
        self.admins.get(project).unwrap_or(&self.somebody)
    }

    /// Who gave a highlight a tag, and when: the first command that has both, or the first of the highlight.
    fn of(&self, highlight: &str, tag: &str) -> Option<(&str, &str)> {
        let deeds = self.of.get(highlight)?;
        let deed = deeds
            .iter()
            .find(|(.., tags)| tags.contains(tag))
            .or_else(|| deeds.first())?;
        Some((&deed.0, &deed.1))
    }
}

struct TaguetteReader<'a> {
    codes: &'a BTreeMap<String, CodeId>,
    deeds: &'a HighlightHistory,
    links: &'a BTreeMap<String, Vec<String>>,
    otherwise: CoderId,
}

impl TaguetteReader<'_> {
    fn document(
        &self,
        draft: &mut StudyBuilder,
        file: &str,
        row: &DatabaseRow,
        highlights: &[&DatabaseRow],
    ) -> Result<StudyDocument, ImportError> {
        let place = |row: &DatabaseRow| {
            let offset = |column: &str| {
                row.number(column)
                    .and_then(|offset| u64::try_from(offset).ok())
                    .unwrap_or_default()
            };
            (offset("start_offset"), offset("end_offset"))
        };
        let passages: Vec<(u64, u64)> = highlights.iter().map(|row| place(row)).collect();
        let page = HtmlPage::read(&row.text("contents"), &passages);
        encoding::check_size(file, page.text.len())?;
        let (key, name) = (row.key("id").unwrap_or_default(), row.text("name"));
        let plain = NormalizedText::new(page.text.clone());
        let shown = row.words("filename").unwrap_or_else(|| name.clone());
        let text = plain.text.as_str().to_owned();
        let imported = document_of_text(
            name.trim().to_owned(),
            shown,
            Tool::Taguette.name().to_owned(),
            text,
            None,
        );
        let mut document = draft.holding(draft.id(&["document", &key, &name]), imported);
        draft.memo(
            Anchor::Document(document.id),
            self.otherwise,
            "description",
            &row.text("description"),
        );
        draft.lost(Lost::Dates, name.clone());
        for (highlight, (start, end)) in highlights.iter().zip(passages) {
            let snippet = text_of(&highlight.text("snippet"));
            let found = page.range(start, end);
            let fits =
                |range: &TextRange| snippet.is_empty() || same_words(plain.words(*range), &snippet);
            let range = found
                .filter(fits)
                .or_else(|| only_place(&plain.text, &snippet))
                .or(found);
            match range {
                Some(range) => self.highlight(draft, &mut document, highlight, range),
                None => draft.lost(
                    Lost::OutsideText,
                    format!("{name}: {}", beginning(&snippet)),
                ),
            }
        }
        Ok(document)
    }

    fn highlight(
        &self,
        draft: &mut StudyBuilder,
        document: &mut StudyDocument,
        row: &DatabaseRow,
        range: TextRange,
    ) {
        let key = row.key("id").unwrap_or_default();
        let tags = self.links.get(&key).map(Vec::as_slice).unwrap_or_default();
        if tags.is_empty() {
            let words = document.imported.text.slice(range).unwrap_or_default();
            draft.lost(
                Lost::CodingWithoutCode,
                format!("{}: {}", document.imported.title, beginning(words)),
            );
        }
        let selection = Some(draft.id(&["highlight", &key]));
        for tag in tags {
            let Some(code) = self.codes.get(tag).copied() else {
                draft.lost(Lost::CodingWithoutCode, document.imported.title.clone());
                continue;
            };
            let deed = self.deeds.of(&key, tag);
            let coder = deed.map_or(self.otherwise, |(login, _)| draft.coder(login));
            let made = deed.map_or("", |(_, date)| date);
            let mark = NewCoding {
                key: &[&key, tag],
                range,
                code,
                coder,
                selection,
                made,
                facets: BTreeMap::new(),
            };
            document.codings.push(draft.coding(mark));
        }
    }
}

/// The place of words that stand in a text exactly once.
fn only_place(text: &DocumentText, words: &str) -> Option<TextRange> {
    let words = words.trim();
    let mut places = text.as_str().match_indices(words);
    let (at, _) = places.next().filter(|_| !words.is_empty())?;
    places
        .next()
        .is_none()
        .then(|| text.range_of_bytes(at..at + words.len()))
}
