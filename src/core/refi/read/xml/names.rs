//! The names of elements and attributes that are read, as static strings.
//!
//! A tree of millions of elements would be several times as large if each kept a name of its own.

/// The elements that contain text, sorted.
pub(super) const WORDS: &[&str] = &[
    "BooleanValue",
    "DateTimeValue",
    "DateValue",
    "Description",
    "FloatValue",
    "IntegerValue",
    "PlainTextContent",
    "TextValue",
];

/// The elements that contain others or nothing, sorted.
pub(super) const ELEMENTS: &[&str] = &[
    "AudioSelection",
    "AudioSource",
    "Case",
    "Cases",
    "Code",
    "CodeBook",
    "CodeRef",
    "Codes",
    "Coding",
    "Edge",
    "Graph",
    "Graphs",
    "Link",
    "Links",
    "MemberCode",
    "MemberNote",
    "MemberSource",
    "Note",
    "NoteRef",
    "Notes",
    "PDFSelection",
    "PDFSource",
    "PictureSelection",
    "PictureSource",
    "PlainTextSelection",
    "Project",
    "Representation",
    "SelectionRef",
    "Set",
    "Sets",
    "SourceRef",
    "Sources",
    "SyncPoint",
    "TextDescription",
    "TextSource",
    "Transcript",
    "TranscriptSelection",
    "User",
    "Users",
    "Variable",
    "VariableRef",
    "VariableValue",
    "Variables",
    "Vertex",
    "VideoSelection",
    "VideoSource",
];

/// The attributes that are read, sorted.
pub(super) const ATTRIBUTES: &[&str] = &[
    "begin",
    "color",
    "creatingUser",
    "creatingUserGUID",
    "creationDateTime",
    "currentPath",
    "direction",
    "end",
    "endPosition",
    "firstX",
    "firstY",
    "fromSyncPoint",
    "guid",
    "id",
    "isCodable",
    "name",
    "origin",
    "originGUID",
    "page",
    "path",
    "plainTextPath",
    "position",
    "richTextPath",
    "secondX",
    "secondY",
    "startPosition",
    "targetGUID",
    "timeStamp",
    "toSyncPoint",
    "typeOfVariable",
];

/// The index of an attribute's name among those that are read.
pub(super) fn number_of(name: &str) -> Option<u8> {
    ATTRIBUTES
        .binary_search(&name)
        .ok()
        .and_then(|at| u8::try_from(at).ok())
}

/// The name of an element as a static string, if REFI-QDA has it.
pub(super) fn known_name(local: &str) -> Option<&'static str> {
    find_name(ELEMENTS, local).or_else(|| find_name(WORDS, local))
}

fn find_name(list: &[&'static str], name: &str) -> Option<&'static str> {
    let at = list.binary_search(&name).ok()?;
    Some(list[at])
}
