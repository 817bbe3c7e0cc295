//! The events of the ledger, as callers write them: past tense, immutable, each with its own `id`.
//!
//! An event on the wire is one flat object: the envelope (`id`, `occurred_at`, `sender`, `recipient`), the `type`,
//! and the fields of that type. What is kept is the fact, never a verdict: every check folds the history anew.

use std::fmt;

use jiff::Timestamp;
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::{Map, Value};

pub use super::happening::{EventKind, Happening, Text};
use super::{identity::ContactDetails, object};

/// One event about one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The caller's id: the same id again is the same event.
    pub id: String,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The profile id of the sender it concerns. Only an event of a public register concerns none.
    pub sender: Option<String>,
    /// The person, by one or more contact details; none for an event of a whole register.
    pub recipient: ContactDetails,
    /// What happened.
    pub happening: Happening,
}

/// An event as a check carries it in `given`: what the envelope leaves out is taken from the check.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenEvent {
    /// The caller's id, if it has one.
    pub id: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The sender it concerns, if another than the check's.
    pub sender: Option<String>,
    /// The contact details it concerns, if others than the check's.
    pub recipient: Option<ContactDetails>,
    /// What happened.
    pub happening: Happening,
}

/// The envelope, every part optional; who reads it says what must be there.
#[derive(Deserialize)]
struct Envelope {
    id: Option<String>,
    occurred_at: Timestamp,
    sender: Option<String>,
    recipient: Option<ContactDetails>,
    #[serde(rename = "type")]
    kind: EventKind,
}

/// The names of the envelope's fields.
pub(crate) const ENVELOPE: [&str; 5] = ["id", "occurred_at", "sender", "recipient", "type"];

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(Envelope, Happening), D::Error> {
    let Whole(whole) = Whole::deserialize(deserializer)?;
    let (envelope, fields): (Map<_, _>, Map<_, _>) =
        whole.into_iter().partition(|(name, _)| ENVELOPE.contains(&name.as_str()));
    if envelope.values().any(Value::is_null) {
        return Err(D::Error::custom("null in the envelope"));
    }
    let envelope: Envelope = serde_json::from_value(Value::Object(envelope)).map_err(D::Error::custom)?;
    let happening = Happening::read(envelope.kind, Value::Object(fields)).map_err(D::Error::custom)?;
    Ok((envelope, happening))
}

/// An object none of whose fields stands twice: which of two was meant is nothing to guess at.
struct Whole(Map<String, Value>);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Whole;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Whole, A::Error> {
                let mut whole = Map::new();
                while let Some(name) = fields.next_key::<String>()? {
                    // The only field that is an object, and no name in it stands twice either.
                    let value = match name.as_str() {
                        "recipient" => fields.next_value::<Inner>()?.0,
                        _ => fields.next_value()?,
                    };
                    if whole.insert(name, value).is_some() {
                        return Err(A::Error::custom("a field stands twice"));
                    }
                }
                Ok(Whole(whole))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

struct Inner(Value);

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = object::without_repeats::<D, Value>(deserializer)?;
        Ok(Self(Value::Object(fields.into_iter().collect())))
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (envelope, happening) = read(deserializer)?;
        let id = envelope.id.ok_or_else(|| D::Error::missing_field("id"))?;
        let whole = envelope.kind.is_of_a_whole_register();
        let recipient = match envelope.recipient {
            Some(_) if whole => return Err(D::Error::custom("a whole register is about no one person")),
            None if whole => ContactDetails::default(),
            None => return Err(D::Error::missing_field("recipient")),
            Some(recipient) => recipient,
        };
        if whole && envelope.sender.is_some() {
            return Err(D::Error::custom("a whole register concerns no one sender"));
        }
        Ok(Self { id, occurred_at: envelope.occurred_at, sender: envelope.sender, recipient, happening })
    }
}

impl<'de> Deserialize<'de> for GivenEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (Envelope { id, occurred_at, sender, recipient, kind }, happening) = read(deserializer)?;
        if kind.is_of_a_whole_register() {
            return Err(D::Error::custom("what a check gives is about one person"));
        }
        Ok(Self { id, occurred_at, sender, recipient, happening })
    }
}

impl Event {
    /// The event as one flat JSON object without its contact details: what the journal keeps.
    ///
    /// # Errors
    /// If the fields cannot be written as JSON, which none of their types allow.
    pub fn without_contact_details(&self) -> Result<Map<String, Value>, serde_json::Error> {
        let mut whole = Map::new();
        whole.insert("id".into(), Value::from(self.id.as_str()));
        whole.insert("type".into(), Value::from(self.happening.kind().as_str()));
        whole.insert("occurred_at".into(), Value::from(self.occurred_at.to_string()));
        if let Some(sender) = &self.sender {
            whole.insert("sender".into(), Value::from(sender.as_str()));
        }
        if let Value::Object(fields) = self.happening.fields()? {
            whole.extend(fields);
        }
        Ok(whole)
    }
}
