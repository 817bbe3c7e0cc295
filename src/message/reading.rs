//! Reading a message.

use super::{
    Content, Finding, Found, Part, Sentence, Span, digest::digest, found::find, gather::gather, language, weigh::weigh,
};

/// What reading a message gave.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// BLAKE3 of everything that was given to read, field by field.
    pub digest: [u8; 32],
    /// The readable texts.
    pub parts: Vec<Part>,
    /// Their sentences, part by part.
    pub sentences: Vec<Sentence>,
    /// What some words do: the strongest first, then by place.
    pub findings: Vec<Finding>,
    /// What the message shows of its form.
    pub found: Found,
    /// What could not be read: first what stands in no text, then by place.
    pub unread: Vec<Unread>,
}

/// Something in the message that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Why.
    pub reason: UnreadReason,
    /// Where it stands, if it stands in a readable text.
    pub span: Option<Span>,
}

/// Why something was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnreadReason {
    /// It is not in English.
    Language,
    /// It is a picture without words of its own.
    Picture,
    /// It is attached.
    Attachment,
    /// It is encrypted.
    Encrypted,
    /// Its bytes are not of the character set that it names, or not of one that is known.
    CharacterSet,
    /// The message is not in the form of RFC 5322.
    Form,
}

impl UnreadReason {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Picture => "picture",
            Self::Attachment => "attachment",
            Self::Encrypted => "encrypted",
            Self::CharacterSet => "character_set",
            Self::Form => "form",
        }
    }

    /// The same in words.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Language => "part of the text is not in English, the only language that is read",
            Self::Picture => "pictures are not read",
            Self::Attachment => "attachments are not read",
            Self::Encrypted => "an encrypted part is not read",
            Self::CharacterSet => "part of the message is not in the character set that it names",
            Self::Form => "the message is not in the form of RFC 5322",
        }
    }
}

impl Reading {
    /// The words of a span.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        self.parts.get(span.part).and_then(|part| part.text.get(span.start..span.end)).unwrap_or_default()
    }

    /// Whether these words were read: nothing in them is told as unread.
    #[must_use]
    pub fn reads(&self, span: Span) -> bool {
        let ends_before = |unread: &Unread| {
            // What stands in no text comes first.
            unread.span.is_none_or(|other| (other.part, other.end) <= (span.part, span.start))
        };
        let first = self.unread.partition_point(ends_before);
        let next = self.unread.get(first).and_then(|unread| unread.span);
        next.is_none_or(|other| other.part != span.part || other.start >= span.end)
    }

    /// Whether a word of the text tells of refusing further messages, by whatever means.
    #[must_use]
    pub fn speaks_of_refusing(&self) -> bool {
        let says = |text: &str| ["unsubscribe", "opt out", "opt-out", "optout"].iter().any(|word| text.contains(word));
        self.parts.iter().any(|part| says(&part.text.to_lowercase()))
    }

    /// Whether the readable text, the subject or `From` gives one of these names.
    #[must_use]
    pub fn names(&self, names: &[&str]) -> bool {
        let texts = self.parts.iter().map(|part| part.text.as_str()).chain(self.found.from.as_deref());
        let texts: Vec<String> = texts.map(str::to_lowercase).collect();
        names.iter().any(|name| {
            let name = name.trim().to_lowercase();
            !name.is_empty() && texts.iter().any(|text| text.contains(&name))
        })
    }
}

/// Reads a message. Every input has a reading: what cannot be read is told in [`Reading::unread`].
#[must_use]
pub fn read(content: &Content<'_>) -> Reading {
    let mut gathered = gather(content);
    let found = find(&mut gathered);
    for (part, text) in gathered.parts.iter().enumerate() {
        let unread = &mut gathered.unread;
        language::foreign(&text.text, |range| {
            let span = Span { part, start: range.start, end: range.end };
            unread.push(Unread { reason: UnreadReason::Language, span: Some(span) });
        });
    }
    let (parts, unread) = (gathered.parts, in_order(gathered.unread));
    let mut reading = Reading { digest: digest(content), parts, found, unread, ..Reading::default() };
    (reading.sentences, reading.findings) = weigh(&reading);
    reading
}

/// First what stands in no text, each reason once; then by place, and no byte told twice.
fn in_order(mut unread: Vec<Unread>) -> Vec<Unread> {
    unread.sort_by_key(|unread| (unread.span, unread.reason));
    unread.dedup();
    let mut done = Span { part: 0, start: 0, end: 0 };
    unread.retain_mut(|unread| {
        let Some(span) = &mut unread.span else { return true };
        if span.part == done.part {
            span.start = span.start.max(done.end);
        }
        done = Span { end: span.end.max(span.start), ..*span };
        span.start < span.end
    });
    unread
}

#[cfg(test)]
mod tests;
