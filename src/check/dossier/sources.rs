//! Where those facts come from that the caller may state and the ledger may know.

use serde::{Deserialize, Serialize};

use super::mirror::maybe;
use crate::{check::request::Recipient, facts::EventRef, ledger::history::Standing};

/// The events that some facts of the person stand in; none: the caller stated the fact, or nobody did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sources<'a> {
    /// Who is party to the line.
    #[serde(with = "maybe")]
    pub subscriber: Option<EventRef<'a>>,
    /// Whether the contact detail names a person.
    #[serde(with = "maybe")]
    pub named_person: Option<EventRef<'a>>,
    /// The person's age.
    #[serde(with = "maybe")]
    pub age: Option<EventRef<'a>>,
}

impl<'a> Sources<'a> {
    /// What of it the ledger alone knows.
    pub(in crate::check) fn of(said: &Recipient, standing: &Standing<'a>) -> Self {
        let subscriber = standing.subscriber.filter(|(_, kind)| said.subscriber != Some(*kind));
        let named_person = standing.named_person.filter(|_| said.named_person.is_none());
        let age = standing.age.filter(|_| said.age.is_none());
        Self {
            subscriber: subscriber.map(|(event, _)| event),
            named_person: named_person.map(|(event, _)| event),
            age: age.map(|(event, _)| event),
        }
    }
}
