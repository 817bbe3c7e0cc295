//! The readable texts of a message, one by one.

use std::ops::Range;

use super::{
    Content, Part, PartName, Span, Unread, UnreadReason, html,
    mail::{self, Fields},
};

/// The readable texts of a message, and what came to light on the way to them.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The readable texts.
    pub(super) parts: Vec<Part>,
    /// What the header fields say: those given by name, then those of the raw message.
    pub(super) fields: Vec<Fields>,
    /// The links of HTML, part by part.
    pub(super) links: Vec<Link>,
    /// How many pictures have no words.
    pub(super) silent_pictures: usize,
    /// What could not be read.
    pub(super) unread: Vec<Unread>,
}

/// A link of HTML.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The place of its part.
    pub(super) part: usize,
    /// Where it leads.
    pub(super) href: String,
    /// The first byte of its words.
    pub(super) start: usize,
    /// The byte after the last.
    pub(super) end: usize,
}

/// Gathers the texts of a message: those of the fields in their order, then those of the raw message in theirs.
pub(super) fn gather(content: &Content<'_>) -> Gathered {
    let mut gathered = Gathered::default();
    if let Some(headers) = content.headers {
        gathered.fields.push(mail::fields(headers));
    }
    if let Some(subject) = content.subject {
        gathered.plain(PartName::Subject, None, subject.to_owned());
    } else if let Some(subject) = gathered.fields.first_mut().and_then(|fields| fields.subject.take()) {
        gathered.plain(PartName::Subject, None, subject);
    }
    if let Some(text) = content.text {
        gathered.plain(PartName::Text, None, text.to_owned());
    }
    if let Some(html) = content.html {
        gathered.html(None, html);
    }
    if let Some(raw) = content.raw {
        gathered.raw(raw);
    }
    gathered
}

impl Gathered {
    /// A text that is read as it stands.
    pub(super) fn plain(&mut self, name: PartName, of_raw: Option<u32>, text: String) {
        let part = self.parts.len();
        self.unread.extend(encrypted(&text).map(|range| {
            let span = Span { part, start: range.start, end: range.end };
            Unread { reason: UnreadReason::Encrypted, span: Some(span) }
        }));
        self.parts.push(Part { name, of_raw, text, pieces: Vec::new() });
    }

    /// A message as it goes over the wire.
    fn raw(&mut self, raw: &[u8]) {
        let mut mail = mail::read(raw);
        // The fields belong to the message as a whole, which is part 0.
        if let Some(subject) = mail.fields.subject.take() {
            self.plain(PartName::Subject, Some(0), subject);
        }
        for text in mail.texts {
            if text.is_html {
                self.html(Some(text.number), &text.text);
            } else {
                self.plain(PartName::Text, Some(text.number), text.text);
            }
        }
        if mail.fields.is_cut {
            mail.unread.push(UnreadReason::Form);
        }
        self.unread.extend(mail.unread.into_iter().map(|reason| Unread { reason, span: None }));
        self.silent_pictures += mail.pictures;
        self.fields.push(mail.fields);
    }

    /// HTML.
    pub(super) fn html(&mut self, of_raw: Option<u32>, html: &str) {
        let part = self.parts.len();
        let page = html::read(html);
        let links = page.links.into_iter().map(|link| Link { part, href: link.href, start: link.start, end: link.end });
        self.links.extend(links);
        self.silent_pictures += page.silent_pictures;
        self.parts.push(Part { name: PartName::Html, of_raw, text: page.text, pieces: page.pieces });
    }
}

/// The stretches of a text that are encrypted (RFC 9580, section 6).
fn encrypted(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    const BEGIN: &str = "-----BEGIN PGP MESSAGE-----";
    const END: &str = "-----END PGP MESSAGE-----";
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(BEGIN)?;
        let rest = text.get(start..)?;
        from = start + rest.find(END).map_or(rest.len(), |end| end + END.len());
        Some(start..from)
    })
}
