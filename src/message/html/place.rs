//! Where in the original the characters stand that the tokenizer gives.
//!
//! It gives characters, and where it stands after them; not whether they are what a reference stands for.

use std::ops::Range;

/// Where some characters of the text or of a value come from.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// They stand there as they are read.
    Literal(Range<usize>),
    /// They are what these bytes of the original stand for.
    StandsFor(Range<usize>),
}

impl Place {
    /// Where these characters come from: they begin where the last ended, or after it, and end where the tokenizer stands,
    /// or before.
    pub(super) fn find(html: &str, given: usize, position: usize, characters: &[u8]) -> Self {
        let html = html.as_bytes();
        let len = characters.len();
        let byte = |at: usize| html.get(at).copied();
        // The tokenizer makes one line feed of a carriage return, and leaves the line feed out that follows it.
        let is_left_out = byte(given) == Some(b'\n') && given.checked_sub(1).and_then(byte) == Some(b'\r');
        let given = given + usize::from(is_left_out);
        let end = position.min(html.len());
        let stands_for = Self::StandsFor(given.min(end)..end);
        // An ampersand that begins no reference is given as it is.
        if byte(given) == Some(b'&') && given.saturating_add(len) != position {
            return stands_for;
        }
        let literal = |start: usize| {
            let range = start..start.saturating_add(len);
            (range.end <= position && html.get(range.clone()) == Some(characters)).then_some(range)
        };
        let line_feed = || (byte(given) == Some(b'\r') && characters == b"\n").then_some(given..given + 1);
        let before = || literal(position.checked_sub(len)?).filter(|range| range.start >= given);
        literal(given).or_else(line_feed).or_else(before).map_or(stands_for, Self::Literal)
    }
}
