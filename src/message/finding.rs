//! What some words of the message do.

use crate::terms::wording::{CueFamily, FindingKind, Strength};

/// Bytes of the readable text of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The place of the part in [`super::Reading::parts`].
    pub part: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A sentence, or what stands for one: a heading, a button, a line of a list.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// How much its words resemble marketing, above 0 where they do: the weights of its n-grams that are known, summed and
    /// divided by the root of their number, and the bias of the table.
    pub score: f32,
    /// It is in a language that is read.
    pub is_read: bool,
}

/// What some words of the message do.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// The family of wording.
    pub family: CueFamily,
    /// How much it weighs.
    pub strength: Strength,
    /// The words themselves.
    pub span: Span,
    /// The sentence that they stand in.
    pub sentence: Span,
    /// The sentence in one line, cut to 300 bytes: what an answer quotes.
    pub quote: String,
}
