//! What was found in the words of the message.

use serde::Serialize;
use utoipa::ToSchema;

use super::quoted::quoted;
use crate::{
    facts,
    message::{Finding, Part, Reading, Span, Unread, published::published},
    terms::wording::{CueFamily, FindingKind, Strength},
};

/// At most so many findings are listed: the strongest.
const LISTED: usize = 50;

/// What reading the message found. The text itself is neither kept nor logged.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Wording {
    /// The upshot in words. Where nothing was found that is all it says: no reading can show that a message is a service
    /// message.
    #[schema(example = "no marketing wording found")]
    pub says: &'static str,
    /// BLAKE3 of what was read, in hexadecimal: the same message has the same.
    pub digest: String,
    /// What was found, the strongest first: at most 50.
    #[schema(max_items = 50)]
    pub findings: Vec<WordingFound>,
    /// What was not read, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<NotRead>,
}

/// Some words and what they do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WordingFound {
    /// What they do.
    pub kind: FindingKind,
    /// The family of wording.
    pub family: CueFamily,
    /// How much it weighs: `strong` decides, `weak` and `review` warn.
    pub strength: Strength,
    /// The words, with `…` for anybody's email address or number.
    #[schema(example = "20% off your next order")]
    pub words: String,
    /// The sentence that they stand in.
    pub sentence: String,
    /// Where the words stand.
    pub span: WordingSpan,
    /// Why such wording counts.
    pub reason: &'static str,
    /// Who has said so in public.
    pub authority: &'static str,
    /// Where to read it.
    #[schema(format = "uri-reference")]
    pub url: &'static str,
}

/// The words of the message that something rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Quote {
    /// The words, with `…` for anybody's email address or number.
    #[schema(example = "20% off your next order")]
    pub words: String,
    /// The family of wording.
    pub family: CueFamily,
    /// Where the words stand.
    pub span: WordingSpan,
}

/// Bytes of the message, as it was given.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct WordingSpan {
    /// The field: `subject`, `text` or `html`.
    #[schema(example = "text")]
    pub field: &'static str,
    /// Of a raw message: the number of the part. The bytes are then those of the part after its transfer encoding and
    /// character set are undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Something that was not read.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct NotRead {
    /// Why, as a stable name.
    #[schema(example = "language")]
    pub reason: &'static str,
    /// The same in words.
    pub says: &'static str,
    /// Where it stands, if it stands in a readable text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<WordingSpan>,
}

impl Wording {
    /// What a reading found, as it is told.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let findings = reading.findings.iter().take(LISTED).map(|finding| WordingFound::of(reading, finding));
        Self {
            says: says(reading),
            digest: data_encoding::HEXLOWER.encode(&reading.digest),
            findings: findings.collect(),
            unread: reading.unread.iter().take(LISTED).map(|unread| NotRead::of(reading, unread)).collect(),
        }
    }
}

/// The upshot, never that it is a service message.
fn says(reading: &Reading) -> &'static str {
    let strongest = reading.findings.iter().map(|finding| finding.strength).min();
    match strongest {
        Some(Strength::Strong) => "marketing wording found",
        Some(Strength::Weak) => "wording found that stands in marketing and in service messages alike",
        Some(Strength::Review) => "no cue found, but the words resemble marketing: somebody should look",
        None if reading.sentences.iter().all(|sentence| !sentence.is_read) => "nothing could be read",
        None if !reading.unread.is_empty() => "no marketing wording found in what could be read",
        None => "no marketing wording found",
    }
}

impl WordingFound {
    fn of(reading: &Reading, finding: &Finding) -> Self {
        let published = published(finding.family);
        Self {
            kind: finding.kind,
            family: finding.family,
            strength: finding.strength,
            words: quoted(reading.words(finding.span)),
            sentence: quoted(&finding.quote),
            span: WordingSpan::of(reading, finding.span),
            reason: published.reason,
            authority: published.authority,
            url: published.url,
        }
    }
}

impl Quote {
    /// The words that a fact rests on.
    #[must_use]
    pub fn of(wording: &facts::Wording<'_>) -> Self {
        let facts::Place { part, of_raw, start, end, .. } = wording.place;
        let span = WordingSpan { field: part, part: of_raw, start, end };
        Self { words: quoted(wording.words), family: wording.family, span }
    }
}

impl WordingSpan {
    /// The bytes of the original.
    #[must_use]
    pub fn of(reading: &Reading, span: Span) -> Self {
        let part: Option<&Part> = reading.parts.get(span.part);
        let original = part.map_or(span.start..span.end, |part| part.original(span.start..span.end));
        Self {
            field: part.map_or("text", |part| part.name.as_str()),
            part: part.and_then(|part| part.of_raw),
            start: original.start,
            end: original.end,
        }
    }
}

impl NotRead {
    fn of(reading: &Reading, unread: &Unread) -> Self {
        let span = unread.span.map(|span| WordingSpan::of(reading, span));
        Self { reason: unread.reason.as_str(), says: unread.reason.says(), span }
    }
}
