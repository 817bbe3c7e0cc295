//! The readable texts of a message, one by one.

use super::{Content, Part, PartName, Unread, html};

/// The readable texts of a message, and what came to light on the way to them.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The readable texts.
    pub(super) parts: Vec<Part>,
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

/// Gathers the texts of a message.
pub(super) fn gather(content: &Content<'_>) -> Gathered {
    let mut gathered = Gathered::default();
    if let Some(subject) = content.subject {
        gathered.plain(PartName::Subject, None, subject.to_owned());
    }
    if let Some(text) = content.text {
        gathered.plain(PartName::Text, None, text.to_owned());
    }
    if let Some(html) = content.html {
        gathered.html(None, html);
    }
    gathered
}

impl Gathered {
    /// A text that is read as it stands.
    pub(super) fn plain(&mut self, name: PartName, of_raw: Option<u32>, text: String) {
        self.parts.push(Part { name, of_raw, text, pieces: Vec::new() });
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
