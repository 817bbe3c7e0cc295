//! The parts of a message, in one pass over its lines: no nesting is too deep, for the depth that is followed is bounded.

use super::{content_type::Typed, field::Header};

/// Multiparts within multiparts are followed to this depth; what lies deeper is not read.
const DEPTH: usize = 24;
/// No more parts than these are read.
const PARTS: u32 = 500;
/// A boundary has at most 70 characters (RFC 2046); some senders are not so strict.
const BOUNDARY: usize = 250;

/// A part that has no parts of its own.
#[derive(Debug)]
pub(super) struct Leaf<'r> {
    /// Its number among all parts; the message as a whole is part 0.
    pub(super) number: u32,
    /// What it is.
    pub(super) kind: Typed,
    /// How it is shown.
    pub(super) disposition: Typed,
    /// Its transfer encoding.
    pub(super) encoding: &'r [u8],
    /// It can be shown within another part by its name.
    pub(super) is_referred_to: bool,
    /// The bytes as they were sent.
    pub(super) bytes: &'r [u8],
}

/// The parts of a message.
#[derive(Debug, Default)]
pub(super) struct Tree<'r> {
    /// Those without parts of their own, in order.
    pub(super) leaves: Vec<Leaf<'r>>,
    /// Some of it is encrypted.
    pub(super) is_encrypted: bool,
    /// It has more parts, or deeper ones, than are followed, or is one of parts that are not there.
    pub(super) is_broken: bool,
}

/// A multipart whose end has not come.
#[derive(Debug)]
struct Open {
    boundary: Vec<u8>,
    is_digest: bool,
    is_encrypted: bool,
    is_related: bool,
}

/// Takes a message apart, the header of which was taken off already.
pub(super) fn parts<'r>(header: &Header<'r>, raw: &'r [u8], body: usize) -> Tree<'r> {
    let mut walk = Walk { raw, tree: Tree::default(), open: Vec::new(), leaf: None, number: 0 };
    walk.begin(header, body);
    let mut at = body;
    while at < raw.len() {
        let line = line(raw, at);
        let next = at + line.len();
        at = match walk.delimiter(line) {
            Some(delimiter) => walk.delimit(delimiter, at, next),
            None => next,
        };
        if walk.number > PARTS {
            walk.tree.is_broken = true;
            return walk.tree;
        }
    }
    walk.end(raw.len());
    walk.tree
}

/// A line with its end.
fn line(raw: &[u8], at: usize) -> &[u8] {
    let rest = raw.get(at..).unwrap_or_default();
    let end = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |end| end + 1);
    rest.get(..end).unwrap_or(rest)
}

/// A line that ends a part.
#[derive(Clone, Copy, Debug)]
struct Delimiter {
    /// Which of the open multiparts it belongs to.
    depth: usize,
    /// No further part of it follows.
    is_last: bool,
}

#[derive(Debug)]
struct Walk<'r> {
    raw: &'r [u8],
    tree: Tree<'r>,
    open: Vec<Open>,
    /// The leaf that is open, and where its bytes begin.
    leaf: Option<(Leaf<'r>, usize)>,
    number: u32,
}

impl<'r> Walk<'r> {
    fn delimiter(&self, line: &[u8]) -> Option<Delimiter> {
        let after = line.strip_prefix(b"--")?.trim_ascii_end();
        self.open.iter().enumerate().rev().find_map(|(depth, open)| {
            let rest = after.strip_prefix(open.boundary.as_slice())?;
            let is_last = rest == b"--";
            (rest.is_empty() || is_last).then_some(Delimiter { depth, is_last })
        })
    }

    /// A part ends at this line, and where the next begins its header does.
    fn delimit(&mut self, delimiter: Delimiter, at: usize, next: usize) -> usize {
        self.end(at);
        // The delimiter of an outer multipart ends the inner ones, whether they say so or not.
        if delimiter.is_last {
            self.open.truncate(delimiter.depth);
            return next;
        }
        self.open.truncate(delimiter.depth + 1);
        let (header, len) =
            Header::take_until(self.raw.get(next..).unwrap_or_default(), |line| self.delimiter(line).is_some());
        self.begin(&header, next + len);
        next + len
    }

    /// A part begins, the body of which does here.
    fn begin(&mut self, header: &Header<'r>, body: usize) {
        let number = self.number;
        self.number += 1;
        let parent = self.open.last();
        let usual: &[u8] = if parent.is_some_and(|open| open.is_digest) { b"message/rfc822" } else { b"text/plain" };
        let kind = Typed::of(header.get(b"content-type").unwrap_or(usual));
        let boundary = kind.parameter("boundary").filter(|boundary| (1..=BOUNDARY).contains(&boundary.len()));
        if kind.value.starts_with("multipart/") {
            if let Some(boundary) = boundary
                && self.open.len() < DEPTH
            {
                let is_encrypted = kind.value == "multipart/encrypted";
                self.tree.is_encrypted |= is_encrypted;
                self.open.push(Open {
                    boundary: boundary.as_bytes().to_vec(),
                    is_digest: kind.value == "multipart/digest",
                    is_encrypted: is_encrypted || parent.is_some_and(|open| open.is_encrypted),
                    is_related: kind.value == "multipart/related",
                });
            } else {
                self.tree.is_broken = true;
            }
            return;
        }
        if parent.is_some_and(|open| open.is_encrypted) {
            return;
        }
        let leaf = Leaf {
            number,
            kind,
            disposition: Typed::of(header.get(b"content-disposition").unwrap_or_default()),
            encoding: header.get(b"content-transfer-encoding").unwrap_or_default(),
            is_referred_to: header.get(b"content-id").is_some() || parent.is_some_and(|open| open.is_related),
            bytes: &[],
        };
        self.leaf = Some((leaf, body));
    }

    /// The leaf that is open ends before the line that begins here.
    fn end(&mut self, at: usize) {
        if let Some((mut leaf, start)) = self.leaf.take() {
            let bytes = self.raw.get(start..at).unwrap_or_default();
            // The end of the line before a delimiter is the delimiter's.
            leaf.bytes = if at < self.raw.len() {
                let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
                bytes.strip_suffix(b"\r").unwrap_or(bytes)
            } else {
                bytes
            };
            self.tree.leaves.push(leaf);
        }
    }
}
