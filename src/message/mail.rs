//! A message as it goes over the wire (RFC 5322, MIME).
//!
//! `mail-parser` decodes the fields and the character sets. The parts are taken apart here, for its own way of doing so
//! takes the square of the length of a message that is made for it, and a stack as deep as its nesting.

mod content_type;
mod decode;
mod field;
mod mime;

use std::collections::BTreeMap;

pub(super) use self::field::Fields;
use self::{field::Header, mime::Leaf};
use super::UnreadReason;

/// A message, taken apart.
#[derive(Debug, Default)]
pub(super) struct Mail {
    /// What its fields say.
    pub(super) fields: Fields,
    /// The texts that are shown.
    pub(super) texts: Vec<MailText>,
    /// How many pictures are shown besides the texts.
    pub(super) pictures: usize,
    /// What is not read.
    pub(super) unread: Vec<UnreadReason>,
}

/// A text of a message, in its own character set no longer.
#[derive(Debug)]
pub(super) struct MailText {
    /// The number of its part.
    pub(super) number: u32,
    /// It is HTML.
    pub(super) is_html: bool,
    /// The text.
    pub(super) text: String,
}

/// Takes a message apart.
pub(super) fn read(raw: &[u8]) -> Mail {
    let raw = after_envelope(raw);
    let (header, body) = Header::take(raw);
    let mut mail = Mail::default();
    if !header.is_of_a_message() {
        mail.unread.push(UnreadReason::Form);
        return mail;
    }
    mail.fields = Fields::of(|name| header.get(name.as_bytes()));
    let tree = mime::parts(&header, raw, body);
    if tree.is_broken {
        mail.unread.push(UnreadReason::Form);
    }
    if tree.is_encrypted {
        mail.unread.push(UnreadReason::Encrypted);
    }
    for leaf in &tree.leaves {
        mail.leaf(leaf);
    }
    mail
}

/// What the header fields say that were given by their names.
pub(super) fn fields(headers: &BTreeMap<String, String>) -> Fields {
    Fields::of(|name| {
        headers.iter().find(|(other, _)| other.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.as_bytes())
    })
}

/// Mailboxes keep the envelope in a line before the message.
fn after_envelope(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw).trim_ascii_start();
    match raw.strip_prefix(b"From ").and_then(|rest| rest.iter().position(|&byte| byte == b'\n')) {
        Some(end) => raw.get(end + "From ".len() + 1..).unwrap_or_default(),
        None => raw,
    }
}

impl Mail {
    fn leaf(&mut self, leaf: &Leaf<'_>) {
        let is_attached = leaf.disposition.value == "attachment";
        match leaf.kind.value.as_str() {
            // What signs the message says nothing of its own.
            "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {}
            "application/pkcs7-mime" | "application/x-pkcs7-mime" | "application/pgp-encrypted" => {
                self.unread.push(UnreadReason::Encrypted);
            }
            "text/plain" | "text" | "" if !is_attached => self.text(leaf, false),
            "text/html" | "application/xhtml+xml" | "text/x-amp-html" | "text/watch-html" if !is_attached => {
                self.text(leaf, true);
            }
            kind if kind.starts_with("image/") && !is_attached => {
                // One that is shown within HTML is found there.
                if !leaf.is_referred_to {
                    self.pictures += 1;
                }
            }
            _ => self.unread.push(UnreadReason::Attachment),
        }
    }

    fn text(&mut self, leaf: &Leaf<'_>, is_html: bool) {
        let bytes = decode::transfer(leaf.encoding, leaf.bytes);
        let (text, is_whole) = decode::characters(leaf.kind.parameter("charset"), &bytes);
        if !is_whole {
            self.unread.push(UnreadReason::CharacterSet);
        }
        self.texts.push(MailText { number: leaf.number, is_html, text });
    }
}

#[cfg(test)]
mod tests;
