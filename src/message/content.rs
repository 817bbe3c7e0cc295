//! The message as the caller gives it.

use std::collections::BTreeMap;

/// A message to read: a subject with a text, HTML or both; or the whole of it as it goes over the wire.
#[derive(Clone, Copy, Debug, Default)]
pub struct Content<'a> {
    /// The subject line.
    pub subject: Option<&'a str>,
    /// The text.
    pub text: Option<&'a str>,
    /// The text as HTML.
    pub html: Option<&'a str>,
    /// The header fields, by name in any case.
    pub headers: Option<&'a BTreeMap<String, String>>,
    /// The message of RFC 5322 with its header and MIME parts. What stands in it is read besides the other fields.
    pub raw: Option<&'a [u8]>,
}

impl Content<'_> {
    /// Whether there is anything to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let headers = self.headers.is_none_or(BTreeMap::is_empty);
        self.subject.is_none() && self.text.is_none() && self.html.is_none() && headers && self.raw.is_none()
    }

    /// Whether there is a body to read, not only a subject or header fields.
    #[must_use]
    pub const fn has_body(&self) -> bool {
        self.text.is_some() || self.html.is_some() || self.raw.is_some()
    }
}
