//! The bodies of `POST /messages/read`: the fields of a message as JSON, or the message itself.

use std::collections::BTreeMap;

use axum::{body::Bytes, http::HeaderMap};
use serde::Deserialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use super::{
    body,
    problem::{Fault, Kind, Problem},
    strict,
};
use crate::{
    check::raw_message::RawMessage,
    ledger::object::{self, objects},
    message::Content,
    strict::bounds::Bounded,
};

/// A message to read: at least one of its fields. It is read and not kept.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(super) struct MessageToRead {
    /// The subject line.
    #[serde(default)]
    #[schema(example = "Your order is on its way")]
    subject: Option<String>,
    /// The text.
    #[serde(default)]
    #[schema(example = "Your order left us today. Enjoy 20% off your next order.")]
    text: Option<String>,
    /// The text as HTML.
    #[serde(default)]
    html: Option<String>,
    /// The header fields, by name: `From`, `Reply-To`, `List-Unsubscribe` and others tell how the message can be answered
    /// and refused.
    #[serde(default, deserialize_with = "object::without_repeats")]
    headers: BTreeMap<String, String>,
    /// The whole message as it goes over the wire (RFC 5322), in base64. It is read besides the other fields.
    #[serde(default)]
    raw: Option<RawMessage>,
}

objects!(MessageToRead);

/// Its fields, for whoever gave none of them.
const FIELDS: [&str; 5] = ["subject", "text", "html", "headers", "raw"];

impl Bounded for MessageToRead {
    /// The limit of the body is the only one.
    fn is_within_bounds(&self) -> bool {
        true
    }
}

impl MessageToRead {
    /// The message, to be read.
    pub(super) fn content(&self) -> Content<'_> {
        Content {
            subject: self.subject.as_deref(),
            text: self.text.as_deref(),
            html: self.html.as_deref(),
            headers: Some(&self.headers).filter(|headers| !headers.is_empty()),
            raw: self.raw.as_ref().map(|raw| raw.0.as_slice()),
        }
    }

    fn is_blank(&self) -> bool {
        let texts = [&self.subject, &self.text, &self.html].into_iter().flatten().map(String::as_bytes);
        let raw = self.raw.iter().map(|raw| raw.0.as_slice());
        self.headers.is_empty() && texts.chain(raw).all(|bytes| bytes.trim_ascii().is_empty())
    }
}

/// A message, or a text of one, that is the body itself. Only its schema is needed.
#[derive(Debug)]
pub(super) enum WholeMessage {}

impl PartialSchema for WholeMessage {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The message or the text itself."))
            .pattern(Some(r"[^ \t\n\x0C\r]"))
            .into()
    }
}

impl ToSchema for WholeMessage {}

/// How a body holds its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As JSON.
    Fields,
    /// It is the message, with its header fields.
    Mail,
    /// It is the text.
    Text,
    /// It is the HTML.
    Html,
}

/// The types of body that are read.
const TYPES: [(&str, Form); 4] = [
    ("application/json", Form::Fields),
    ("message/rfc822", Form::Mail),
    ("text/plain", Form::Text),
    ("text/html", Form::Html),
];

/// The form that a request's content type names.
pub(super) fn form(headers: &HeaderMap) -> Result<Form, Problem> {
    let found = body::content_type(headers, &TYPES.map(|(name, _)| name))?;
    Ok(TYPES.iter().find(|(name, _)| *name == found).map_or(Form::Fields, |(_, form)| *form))
}

/// The message of a body.
pub(super) fn read(form: Form, bytes: Bytes) -> Result<MessageToRead, Problem> {
    let empty = MessageToRead::default();
    let message = match form {
        Form::Fields => strict::read(&bytes)?,
        Form::Mail => MessageToRead { raw: Some(RawMessage(bytes.into())), ..empty },
        Form::Text => MessageToRead { text: Some(unicode(bytes)?), ..empty },
        Form::Html => MessageToRead { html: Some(unicode(bytes)?), ..empty },
    };
    if message.is_blank() {
        let fault = Fault::at("", "too_few", "there is nothing to read: give at least one field with something in it");
        return Err(Problem::single(Kind::NothingToRead, fault.allowing(FIELDS)));
    }
    Ok(message)
}

fn unicode(bytes: Bytes) -> Result<String, Problem> {
    String::from_utf8(bytes.into()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!(
            "the text is not UTF-8 from byte {at} on: send it as UTF-8, or the whole message as `message/rfc822`, which \
             names its character set itself"
        );
        Problem::single(Kind::InvalidBody, Fault::at("", "not_utf8", message))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(form: Form, body: &'static [u8]) -> (Kind, Vec<(String, &'static str)>) {
        let problem = read(form, Bytes::from_static(body)).map(|_| ()).expect_err("a problem");
        let faults = problem.errors().iter().map(|f| (f.pointer.clone().unwrap_or_default(), f.code));
        (problem.kind(), faults.collect())
    }

    #[test]
    fn each_form_of_body_is_a_message() {
        let read = |form, body: &'static [u8]| read(form, Bytes::from_static(body)).unwrap();
        let fields =
            read(Form::Fields, br#"{"subject": "s", "text": "t", "html": "h", "headers": {"A": "b"}, "raw": "cg=="}"#);
        let content = fields.content();
        assert_eq!((content.subject, content.text, content.html), (Some("s"), Some("t"), Some("h")));
        assert_eq!((content.headers.map(BTreeMap::len), content.raw), (Some(1), Some(b"r".as_slice())));
        assert_eq!(read(Form::Text, b"t\xc3\xa9").content().text, Some("té"));
        assert_eq!(read(Form::Html, b"<p>").content().html, Some("<p>"));
        assert_eq!(read(Form::Mail, b"\xff").content().raw, Some(b"\xff".as_slice()));
    }

    #[rstest::rstest]
    #[case(b"{}")]
    #[case(br#"{"subject": null, "headers": {}}"#)]
    #[case(br#"{"subject": " ", "text": "\r\n", "html": "\t", "raw": ""}"#)]
    fn a_message_with_nothing_in_it_is_refused(#[case] body: &'static [u8]) {
        assert_eq!(refused(Form::Fields, body), (Kind::NothingToRead, vec![(String::new(), "too_few")]));
    }

    #[rstest::rstest]
    #[case(Form::Fields, br#"{"raw": "cg="}"#, "/raw", "format")]
    #[case(Form::Fields, br#"{"raw": 3}"#, "/raw", "wrong_type")]
    #[case(Form::Fields, br#"{"headers": {"A": "b", "A": "c"}}"#, "/headers/A", "duplicate_field")]
    #[case(Form::Fields, br#"{"headers": {"A": ["b"]}}"#, "/headers/A", "wrong_type")]
    #[case(Form::Fields, b"[]", "", "wrong_type")]
    #[case(Form::Text, b"caf\xe9", "", "not_utf8")]
    #[case(Form::Html, b"\xff", "", "not_utf8")]
    fn what_cannot_be_read_names_its_place(
        #[case] form: Form,
        #[case] body: &'static [u8],
        #[case] pointer: &str,
        #[case] code: &'static str,
    ) {
        assert_eq!(refused(form, body), (Kind::InvalidBody, vec![(pointer.to_owned(), code)]));
    }
}
