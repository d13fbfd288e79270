//! Taguette's page of highlights: quotes between rules, each followed by its document and tags. It has the same contents as the sheet.

use crate::message::text::Text;
use scraper::{ElementRef, Html, Node};

use super::{Tool, database::no_project, taguette_sheet::Quotes, taguette_text::text_of};
use crate::import::{ImportError, encoding, study::Study, text::html::too_deep};

/// Returns true if a page is one of Taguette's, by its title.
pub fn is_taguette_page(bytes: &[u8]) -> bool {
    let (beginning, _) = bytes.split_at(bytes.len().min(1024));
    memchr::memmem::find(beginning, b"<title>Taguette ").is_some()
}

/// Reads a page of highlights; `known` are titles and texts of documents of the project, as for a sheet of highlights.
///
/// # Errors
/// When it is no page of highlights.
pub fn read_taguette_page(
    file: &str,
    bytes: Vec<u8>,
    known: &[(&str, &str)],
) -> Result<Study, ImportError> {
    encoding::check_size(file, bytes.len())?;
    let page = encoding::decode(file, bytes, None)?.text;
    if too_deep(&page) {
        return Err(no_project(
            file,
            Tool::Taguette,
            Text::new("its elements are nested too deeply", "元素嵌套太深"),
        ));
    }
    let html = Html::parse_document(&page);
    let body = html
        .root_element()
        .child_elements()
        .find(|element| element.value().name() == "body");
    let mut quotes = Quotes::default();
    let mut quoted = String::new();
    let mut number = 0usize;
    for node in body.into_iter().flat_map(|body| body.children()) {
        let element = ElementRef::wrap(node);
        match (element, element.and_then(facts)) {
            (Some(_), Some((document, tags))) => {
                number += 1;
                let (id, words) = (number.to_string(), text_of(&std::mem::take(&mut quoted)));
                quotes.add(&document, &id, words.trim(), "");
                for tag in &tags {
                    quotes.add(&document, &id, words.trim(), tag);
                }
            }
            (Some(element), None)
                if matches!(element.value().name(), "hr" | "h1") && quoted.trim().is_empty() =>
            {
                quoted.clear();
            }
            (Some(element), None) => quoted.push_str(&element.html()),
            (None, _) => {
                if let Node::Text(text) = node.value() {
                    quoted.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
                }
            }
        }
    }
    if number == 0 {
        return Err(no_project(
            file,
            Tool::Taguette,
            Text::new(
                "it is a page without highlights; import its codebook as .qdc",
                "网页里没有高亮；其编码本请以 .qdc 导入",
            ),
        ));
    }
    Ok(quotes.study(file, known))
}

/// The document and tags that a paragraph names behind two bold words (`Document:` and `Tags:`, in any language), if a rule follows it.
///
/// Quotes may contain bold words as well, so all of the layout must fit.
fn facts(paragraph: ElementRef<'_>) -> Option<(String, Vec<String>)> {
    let next = paragraph.next_siblings().find_map(ElementRef::wrap);
    if paragraph.value().name() != "p" || next.is_some_and(|next| next.value().name() != "hr") {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for child in paragraph.children() {
        match child.value() {
            Node::Text(text) => match parts.last_mut() {
                Some(part) => part.push_str(text),
                None if text.trim().is_empty() => {}
                None => return None,
            },
            Node::Element(_) => {
                let bold =
                    ElementRef::wrap(child).filter(|element| element.value().name() == "strong")?;
                bold.text()
                    .collect::<String>()
                    .trim_end()
                    .ends_with([':', '：'])
                    .then(|| parts.push(String::new()))?;
            }
            _ => {}
        }
    }
    let [document, tags] = <[String; 2]>::try_from(parts).ok()?;
    // A tag may contain a comma; tags are separated by a comma and a line end.
    let tags = tags
        .split(",\n")
        .map(|tag| tag.trim().to_owned())
        .filter(|tag| !tag.is_empty())
        .collect();
    Some((document.trim().to_owned(), tags))
}
