//! The page tree of a PDF, measured before the library walks it.
//!
//! Nodes of the tree name their children under `/Kids`. The library follows them while it opens the file, by recursion
//! and without a bound: a file of a few kilobytes whose forty nodes each name the next one twice has a million million
//! pages, and a chain of nodes can be deeper than any stack.
//!
//! So the file is searched for everything that may be a node, also in streams of objects and in older versions of an
//! object. Trees of form fields and of names have `/Kids` too, and are bounded with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
};

use flate2::bufread::ZlibDecoder;

/// Most levels of a tree; writers use four or five for thousands of pages.
const MOST_LEVELS: usize = 200;
/// Most leaves of a tree, so that a file of forms isn't refused; pages are counted more strictly later.
const MOST_LEAVES: u64 = 200_000;
/// Most bytes that streams of objects may decode to in all.
const MOST_BYTES: u64 = 256 << 20;

/// How often all bytes of the file may be looked at: lists in lists without an end would be read again and again.
const MOST_LOOKS: usize = 64;

/// An object's number in the file.
type ObjectNumber = u32;

/// Returns true if no tree of the file is deeper or wider than a program would write it, and none contains itself.
pub(super) fn is_bounded(file: &[u8]) -> bool {
    let mut tree = Tree {
        left: file.len().saturating_mul(MOST_LOOKS) + (1 << 20),
        ..Tree::default()
    };
    let mut left = MOST_BYTES;
    for (number, body) in objects(file) {
        let dictionary = before_stream(body);
        if !tree.add(number, dictionary) {
            return false;
        }
        if has_name(dictionary, b"ObjStm") {
            for (number, body) in stream_objects(body, dictionary, &mut left) {
                if !tree.add(number, &body) {
                    return false;
                }
            }
        }
    }
    tree.is_bounded()
}

/// The nodes of all trees, with the versions of each that are in the file.
#[derive(Default)]
struct Tree {
    kids: BTreeMap<ObjectNumber, Vec<Vec<ObjectNumber>>>,
    /// Objects that are lists, for nodes that refer to their children's list.
    lists: BTreeMap<ObjectNumber, Vec<Vec<ObjectNumber>>>,
    /// Bytes that may still be looked at.
    left: usize,
}

impl Tree {
    /// Adds an object if it is a node or a list; returns false if it hides that it is a node.
    fn add(&mut self, number: ObjectNumber, body: &[u8]) -> bool {
        let body = body.trim_ascii_start();
        if let Some(list) = body.strip_prefix(b"[") {
            let (list, _) = references(list);
            self.lists.entry(number).or_default().push(list);
        }
        let mut kids = Vec::new();
        for at in memchr::memchr_iter(b'/', body) {
            let name = &body[at + 1..];
            let length = name
                .iter()
                .position(|byte| !is_regular(*byte))
                .unwrap_or(name.len());
            let (name, after) = name.split_at(length);
            if name.contains(&b'#') && matches!(&*unescaped(name), b"Kids" | b"ObjStm") {
                return false;
            }
            if name != b"Kids" {
                continue;
            }
            let list = after.trim_ascii_start().strip_prefix(b"[");
            let (named, length) = references(list.unwrap_or(after));
            let most = if list.is_some() { named.len() } else { 1 };
            kids.extend(named.into_iter().take(most));
            let Some(left) = self.left.checked_sub(length) else {
                return false;
            };
            self.left = left;
        }
        if !kids.is_empty() {
            self.kids.entry(number).or_default().push(kids);
        }
        true
    }

    /// The children of each version of a node; a child that is a list stands for those in it.
    fn nodes(&self) -> BTreeMap<ObjectNumber, Vec<Vec<ObjectNumber>>> {
        let resolved = |kid: &ObjectNumber| match self.lists.get(kid) {
            Some(lists) if !self.kids.contains_key(kid) => lists.concat(),
            _ => vec![*kid],
        };
        let nodes = self.kids.iter().map(|(number, versions)| {
            let versions = versions.iter();
            let versions = versions.map(|kids| kids.iter().flat_map(resolved).collect());
            (*number, versions.collect())
        });
        nodes.collect()
    }

    /// Measures all nodes from the leaves up; what is never reached contains itself.
    fn is_bounded(&self) -> bool {
        let nodes = self.nodes();
        let mut above: BTreeMap<ObjectNumber, Vec<ObjectNumber>> = BTreeMap::new();
        let mut open: BTreeMap<ObjectNumber, usize> = BTreeMap::new();
        for (number, versions) in &nodes {
            let inner: BTreeSet<ObjectNumber> = versions
                .iter()
                .flatten()
                .copied()
                .filter(|kid| nodes.contains_key(kid))
                .collect();
            open.insert(*number, inner.len());
            for kid in inner {
                above.entry(kid).or_default().push(*number);
            }
        }
        let closed = open.iter().filter(|(_, left)| **left == 0);
        let mut ready: Vec<ObjectNumber> = closed.map(|(number, _)| *number).collect();
        let mut sizes: BTreeMap<ObjectNumber, Size> = BTreeMap::new();
        while let Some(number) = ready.pop() {
            let size = Size::of(&nodes[&number], &sizes);
            if size.levels > MOST_LEVELS || size.leaves > MOST_LEAVES {
                return false;
            }
            sizes.insert(number, size);
            for parent in above.get(&number).into_iter().flatten() {
                let left = open.get_mut(parent).expect("every node is counted");
                *left -= 1;
                if *left == 0 {
                    ready.push(*parent);
                }
            }
        }
        sizes.len() == nodes.len()
    }
}

/// The levels and leaves below a node.
#[derive(Clone, Copy)]
struct Size {
    levels: usize,
    leaves: u64,
}

impl Size {
    /// A page, or another object without children.
    const LEAF: Self = Self {
        levels: 0,
        leaves: 1,
    };

    /// The size of the largest version of a node.
    fn of(versions: &[Vec<ObjectNumber>], known: &BTreeMap<ObjectNumber, Self>) -> Self {
        let mut largest = Self::LEAF;
        for kids in versions {
            let mut leaves: u64 = 0;
            for kid in kids {
                let below = known.get(kid).unwrap_or(&Self::LEAF);
                largest.levels = largest.levels.max(below.levels + 1);
                leaves = leaves.saturating_add(below.leaves);
            }
            largest.leaves = largest.leaves.max(leaves);
        }
        largest
    }
}

/// The objects of a file, by number, with all that follows up to the next one.
fn objects(file: &[u8]) -> impl Iterator<Item = (ObjectNumber, &[u8])> {
    let mut starts = memchr::memmem::find_iter(file, b"obj")
        .filter_map(|at| Some((at, number_before(&file[..at])?)))
        .peekable();
    std::iter::from_fn(move || {
        let (at, number) = starts.next()?;
        let end = starts.peek().map_or(file.len(), |(next, _)| *next);
        Some((number, &file[at + b"obj".len()..end]))
    })
}

/// The number in `12 0 ` at the end of some bytes; `None` for `end`, as in `endobj`.
fn number_before(bytes: &[u8]) -> Option<ObjectNumber> {
    let generation = trailing_digits(bytes.trim_ascii_end());
    let rest = &bytes.trim_ascii_end()[..bytes.trim_ascii_end().len() - generation.len()];
    let number = trailing_digits(rest.trim_ascii_end());
    if generation.is_empty() || rest.trim_ascii_end().len() == rest.len() {
        return None;
    }
    integer(number)
}

fn trailing_digits(bytes: &[u8]) -> &[u8] {
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit());
    &bytes[bytes.len() - digits.count()..]
}

fn integer(digits: &[u8]) -> Option<ObjectNumber> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// An object without the data of its stream.
fn before_stream(body: &[u8]) -> &[u8] {
    memchr::memmem::find(body, b"stream").map_or(body, |at| &body[..at])
}

/// Returns true if a name occurs, whatever follows it.
fn has_name(body: &[u8], name: &[u8]) -> bool {
    memchr::memmem::find_iter(body, name).any(|at| body[..at].ends_with(b"/"))
}

/// The objects in a stream of objects; none where it can't be decoded, since the library then has none either.
fn stream_objects(body: &[u8], dictionary: &[u8], left: &mut u64) -> Vec<(ObjectNumber, Vec<u8>)> {
    let data = body[dictionary.len()..].strip_prefix(b"stream");
    let data = data.unwrap_or_default().trim_ascii_start();
    let mut decoded = Vec::new();
    if has_name(dictionary, b"FlateDecode") || has_name(dictionary, b"Fl") {
        // What is damaged further on may still have objects before.
        ZlibDecoder::new(data)
            .take(*left)
            .read_to_end(&mut decoded)
            .ok();
        *left -= decoded.len() as u64;
    } else {
        decoded.extend_from_slice(data);
    }
    let first = value_of(dictionary, b"First").unwrap_or(0) as usize;
    let Some((heads, bodies)) = decoded.split_at_checked(first) else {
        return Vec::new();
    };
    let numbers: Vec<ObjectNumber> = heads
        .split(u8::is_ascii_whitespace)
        .filter_map(integer)
        .collect();
    let mut starts: Vec<(usize, ObjectNumber)> = numbers
        .chunks_exact(2)
        .map(|pair| (pair[1] as usize, pair[0]))
        .collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(start, _)| *start);
    let ends: Vec<usize> = ends.chain([bodies.len()]).collect();
    let each = starts
        .iter()
        .zip(ends)
        .filter_map(|((start, number), end)| Some((*number, bodies.get(*start..end)?.to_vec())));
    each.collect()
}

/// The number after a name.
fn value_of(dictionary: &[u8], name: &[u8]) -> Option<ObjectNumber> {
    let mut places = memchr::memmem::find_iter(dictionary, name);
    places.find_map(|at| {
        let after = dictionary[at + name.len()..].trim_ascii_start();
        let length = after
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        integer(&after[..length])
    })
}

/// The objects that a list names, as `3 0 R 4 0 R`, up to its end, and its length.
fn references(list: &[u8]) -> (Vec<ObjectNumber>, usize) {
    let mut found = Vec::new();
    let mut numbers: [&[u8]; 2] = [&[]; 2];
    let mut at = 0;
    while at < list.len() {
        match list[at] {
            byte if byte.is_ascii_digit() => {
                let length = list[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_digit())
                    .count();
                numbers = [numbers[1], &list[at..at + length]];
                at += length;
            }
            b'%' => at += memchr::memchr2(b'\n', b'\r', &list[at..]).unwrap_or(list.len()),
            b']' | b'>' => break,
            b'R' => {
                found.extend(integer(numbers[0]));
                at += 1;
            }
            _ => at += 1,
        }
    }
    (found, at)
}

/// Returns true for the bytes of a name.
fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
}

/// A name whose characters may be written by their numbers, `#4B` for `K`.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((&byte, after)) = rest.split_first() {
        let number = after.get(..2).filter(|_| byte == b'#');
        let number = number.and_then(|digits| std::str::from_utf8(digits).ok());
        match number.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                rest = &after[2..];
            }
            None => {
                plain.push(byte);
                rest = after;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(objects: impl IntoIterator<Item = (usize, String)>) -> Vec<u8> {
        let objects = objects.into_iter();
        let objects: String = objects
            .map(|(number, body)| format!("{number} 0 obj\n{body}\nendobj\n"))
            .collect();
        format!("%PDF-1.4\n{objects}trailer<</Root 1 0 R>>").into_bytes()
    }

    fn node(kids: &str) -> String {
        format!("<</Type/Pages/Kids {kids}/Count 1>>")
    }

    /// Nodes that name the next one as often as given.
    fn chain(nodes: usize, each: usize) -> Vec<(usize, String)> {
        let node_of = |at: usize| {
            let kids = format!("{} 0 R ", at + 1).repeat(each);
            (at, node(&format!("[{kids}]")))
        };
        (2..nodes + 2).map(node_of).collect()
    }

    #[test]
    fn a_tree_without_end_is_refused_and_a_usual_one_is_not() {
        assert!(is_bounded(&file(chain(5, 1))));
        assert!(is_bounded(&file(chain(10, 3))));
        assert!(is_bounded(b""));
        assert!(!is_bounded(&file(chain(40, 2))), "pages without number");
        assert!(
            !is_bounded(&file(chain(30_000, 1))),
            "levels without number"
        );
        for kids in [
            "[2 0 R]",
            "[ 3 0 R 2  0\nR ]",
            "[%]\n2 0 R]",
            "4 0 R",
            "[3 0 R]",
        ] {
            let others = [(3, node("[2 0 R]")), (4, "[2 0 R]".to_owned())];
            let objects = [(2, node(kids))].into_iter().chain(others);
            assert!(!is_bounded(&file(objects)), "{kids}");
        }
        assert!(!is_bounded(&file([(2, "<</K#69ds[2 0 R]>>".to_owned())])));
        assert!(!is_bounded(&file([(2, "/Kids[".repeat(100_000))])));
        // An older version of a node counts as well: which one is read depends on the table.
        let versions = chain(40, 2).into_iter().chain([(2, node("[50 0 R]"))]);
        assert!(!is_bounded(&file(versions)));
    }

    #[test]
    fn nodes_in_streams_of_objects_count() {
        let (mut heads, mut bodies) = (String::new(), String::new());
        for (number, body) in chain(40, 2) {
            heads += &format!("{number} {} ", bodies.len());
            bodies += &body;
        }
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(heads.as_bytes()).unwrap();
        encoder.write_all(bodies.as_bytes()).unwrap();
        let data = encoder.finish().unwrap();
        let dictionary = format!(
            "99 0 obj\n<</Type/ObjStm/N 40/First {}/Filter/FlateDecode>>\nstream\n",
            heads.len()
        );
        let file = [dictionary.as_bytes(), &data, b"\nendstream\nendobj"].concat();
        assert!(!is_bounded(&file));
    }
}
