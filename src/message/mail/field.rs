//! The header of a message or of one of its parts: its fields, and what of them is looked at.

use std::sync::LazyLock;

use mail_parser::{HeaderName, MessageParser};

/// A field is read up to here. Undoing the encoding of words may take the square of the length.
const FIELD: usize = 2048;

/// Fields that a message has and a text that merely has a colon in its first line has not.
const USUAL: [&str; 14] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "reply-to",
    "sender",
    "mime-version",
    "content-type",
    "list-unsubscribe",
    "delivered-to",
    "dkim-signature",
];

/// The first fields of their names.
#[derive(Debug, Default)]
pub(super) struct Header<'r> {
    fields: Vec<(&'r [u8], &'r [u8])>,
}

impl<'r> Header<'r> {
    /// Takes the header off: the fields, and where what follows it begins. A line that is none of a header ends it.
    pub(super) fn take(bytes: &'r [u8]) -> (Self, usize) {
        Self::take_until(bytes, |_| false)
    }

    /// The same, where another line may end it before its time.
    pub(super) fn take_until(bytes: &'r [u8], is_end: impl Fn(&[u8]) -> bool) -> (Self, usize) {
        let mut header = Self::default();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let len = field_length(rest);
            let field = rest.get(..len).unwrap_or_default();
            if field.trim_ascii().is_empty() {
                return (header, at + len);
            }
            if is_end(field) {
                break;
            }
            let Some(colon) = field.iter().position(|&byte| byte == b':') else { break };
            let name = field.get(..colon).unwrap_or_default().trim_ascii_end();
            let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
            if !is_name {
                break;
            }
            if is_looked_at(name) && !header.has(name) {
                header.fields.push((name, field.get(colon + 1..).unwrap_or_default().trim_ascii()));
            }
            at += len;
        }
        (header, at)
    }

    /// Whether this is the header of a message.
    pub(super) fn is_of_a_message(&self) -> bool {
        USUAL.iter().any(|name| self.has(name.as_bytes()))
    }

    fn has(&self, name: &[u8]) -> bool {
        self.get(name).is_some()
    }

    /// The value of a field as it was sent.
    pub(super) fn get(&self, name: &[u8]) -> Option<&'r [u8]> {
        self.fields.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|&(_, value)| value)
    }
}

/// Only these are kept, so that looking one up among them is quick whatever the header has.
fn is_looked_at(name: &[u8]) -> bool {
    const MORE: [&str; 4] = ["content-transfer-encoding", "content-disposition", "content-id", "list-unsubscribe-post"];
    USUAL.iter().chain(&MORE).any(|other| name.eq_ignore_ascii_case(other.as_bytes()))
}

/// How long a field is, with the lines that go on with it.
fn field_length(rest: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let line = rest.get(at..).unwrap_or_default();
        at += line.iter().position(|&byte| byte == b'\n').map_or(line.len(), |end| end + 1);
        let is_empty = line.first().is_none_or(|byte| matches!(byte, b'\r' | b'\n'));
        if is_empty || !matches!(rest.get(at), Some(b' ' | b'\t')) {
            return at;
        }
    }
}

/// What the fields of a message say of who sends it, and how to stop it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::message) struct Fields {
    /// The subject, its encoded words decoded.
    pub(in crate::message) subject: Option<String>,
    /// The subject is longer than is read.
    pub(in crate::message) is_cut: bool,
    /// The name in `From`.
    pub(in crate::message) from: Option<String>,
    /// The address in `From`.
    pub(in crate::message) from_address: Option<String>,
    /// The address in `Reply-To`.
    pub(in crate::message) reply_to: Option<String>,
    /// `List-Unsubscribe` as it was sent.
    pub(in crate::message) list_unsubscribe: Option<String>,
    /// `List-Unsubscribe-Post` as it was sent.
    pub(in crate::message) list_unsubscribe_post: Option<String>,
}

impl Fields {
    /// Of the fields, looked up by their names in lower case.
    pub(in crate::message) fn of<'v>(get: impl Fn(&str) -> Option<&'v [u8]>) -> Self {
        let as_sent = |name| get(name).map(|value| String::from_utf8_lossy(cut(value)).into_owned());
        let mut bytes = Vec::new();
        for name in ["subject", "from", "reply-to"] {
            let Some(value) = get(name) else { continue };
            bytes.extend(name.as_bytes());
            bytes.extend(b": ");
            // One field in one line, whatever breaks stand in it.
            bytes.extend(cut(value).iter().filter(|&&byte| byte == b'\t' || !byte.is_ascii_control()));
            bytes.push(b'\n');
        }
        let message = PARSER.parse_headers(&bytes).unwrap_or_default();
        // A message without any field has no part to ask for them.
        let parsed = message.parts.first().map(|part| part.headers.as_slice()).unwrap_or_default();
        let address = |name| {
            let value = parsed.iter().find(|header| header.name == name);
            value.and_then(|header| header.value.as_address()).and_then(mail_parser::Address::first)
        };
        let owned = |text: &std::borrow::Cow<'_, str>| {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let (from, reply_to) = (address(HeaderName::From), address(HeaderName::ReplyTo));
        let subject = parsed.iter().find(|header| header.name == HeaderName::Subject);
        Self {
            is_cut: get("subject").is_some_and(|value| value.len() > FIELD),
            subject: subject.and_then(|header| header.value.as_text()).map(str::to_owned),
            from: from.and_then(|from| from.name.as_ref()).and_then(owned),
            from_address: from.and_then(|from| from.address.as_ref()).and_then(owned),
            reply_to: reply_to.and_then(|reply_to| reply_to.address.as_ref()).and_then(owned),
            list_unsubscribe: as_sent("list-unsubscribe"),
            list_unsubscribe_post: as_sent("list-unsubscribe-post"),
        }
    }
}

/// A field that is longer than is read is cut.
fn cut(value: &[u8]) -> &[u8] {
    value.get(..FIELD).unwrap_or(value)
}

static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .header_text(HeaderName::Subject)
        .header_address(HeaderName::From)
        .header_address(HeaderName::ReplyTo)
});
