//! Layers and cells of WebAnno's TSV: the header lines and the notation of values.

/// A layer of annotations, which has a group of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AnnotationLayer {
    pub(super) kind: AnnotationLayerKind,
    /// Its name without the package, such as `Need` for `webanno.custom.Need`.
    pub(super) name: String,
    /// The names of its columns; a layer without features has one column all the same.
    pub(super) features: Vec<String>,
}

/// What a layer annotates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnnotationLayerKind {
    /// Spans of text.
    Spans,
    /// Relations between two spans.
    Relations,
    /// Chains of spans, as in coreference.
    Chains,
}

impl AnnotationLayer {
    /// Reads a header line such as `#T_SP=webanno.custom.Need|kind|strength`.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (kind, rest) = [
            ("#T_SP=", AnnotationLayerKind::Spans),
            ("#T_RL=", AnnotationLayerKind::Relations),
            ("#T_CH=", AnnotationLayerKind::Chains),
        ]
        .into_iter()
        .find_map(|(head, kind)| Some((kind, line.strip_prefix(head)?)))?;
        let mut parts = rest.split('|');
        let name = parts.next()?;
        let name = match name.rsplit_once('.') {
            Some((_, name)) => name.to_owned(),
            None => name.to_owned(),
        };
        Some(Self {
            kind,
            name,
            features: parts
                .map(str::to_owned)
                .filter(|feature| !feature.is_empty())
                .collect(),
        })
    }

    /// The number of its columns.
    pub(super) fn columns(&self) -> usize {
        self.features.len().max(1)
    }
}

/// One of the values in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TokenValue {
    /// The value; `None` if the annotation has none in this column (`*`).
    pub(super) value: Option<String>,
    /// The number that distinguishes annotations that cover several tokens or the same token.
    pub(super) number: Option<u32>,
}

/// Parses a cell: values separated by `|`; none for `_`.
pub(super) fn cell(text: &str) -> Vec<TokenValue> {
    if matches!(text, "_" | "") {
        return Vec::new();
    }
    split(text, '|')
        .iter()
        .map(|part| cell_value(part))
        .collect()
}

/// Parses a value with its optional number, `value[3]`; a backslash makes the brackets part of the value.
fn cell_value(part: &str) -> TokenValue {
    let numbered = part
        .strip_suffix(']')
        .filter(|rest| !rest.ends_with('\\'))
        .and_then(|rest| rest.rsplit_once('['));
    let numbered = numbered
        .filter(|(value, _)| !value.ends_with('\\'))
        .and_then(|(value, number)| Some((value, number.parse().ok()?)));
    let (value, number) = numbered.map_or((part, None), |(value, number)| (value, Some(number)));
    TokenValue {
        value: (value != "*").then(|| unescape(value)),
        number,
    }
}

/// Splits a text at a character that has no backslash before it.
fn split(text: &str, mark: char) -> Vec<String> {
    let (mut parts, mut part, mut escaped) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        if c == mark && !escaped {
            parts.push(std::mem::take(&mut part));
            continue;
        }
        escaped = c == '\\' && !escaped;
        part.push(c);
    }
    parts.push(part);
    parts
}

/// Removes backslashes: `\t`, `\n` and `\r` become white space, and any other escaped character itself.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_taken_apart() {
        let of = |value: Option<&str>, number| TokenValue {
            value: value.map(str::to_owned),
            number,
        };
        assert_eq!(cell("_"), []);
        assert_eq!(
            cell("*[3]|a\\|b"),
            [of(None, Some(3)), of(Some("a|b"), None)]
        );
        assert_eq!(
            cell("\\_|x\\[1\\]"),
            [of(Some("_"), None), of(Some("x[1]"), None)]
        );
        assert_eq!(cell("支持[12]"), [of(Some("支持"), Some(12))]);
        let layer = AnnotationLayer::read("#T_SP=de.tu.NamedEntity|identifier|value").unwrap();
        assert_eq!((layer.name.as_str(), layer.columns()), ("NamedEntity", 2));
        assert_eq!(AnnotationLayer::read("#T_SP=a.B").unwrap().columns(), 1);
    }
}
