//! Whose records a check consults, and under which keys its decision is found again.

use super::{gather::Reached, parties::Parties};
use crate::{
    decisions::Keys,
    ledger::{
        history::Source,
        identity::{Identity, Normalised, RecipientKey},
    },
};

/// The person's histories with the parties to the message.
#[derive(Debug)]
pub(super) struct Records<'r> {
    pub(super) reached: &'r Reached,
    pub(super) identity: &'r Identity,
    /// One for each contact detail and each party that is registered.
    pub(super) consulted: Vec<Consulted<'r>>,
}

/// The history of one party with the person under one contact detail.
#[derive(Debug)]
pub(super) struct Consulted<'r> {
    pub(super) key: RecipientKey,
    pub(super) detail: &'r Normalised,
    pub(super) sender: &'r str,
    pub(super) source: Source,
}

impl<'r> Records<'r> {
    pub(super) fn of(reached: &'r Reached, parties: &'r Parties, identity: &'r Identity) -> Self {
        let mut consulted = Vec::with_capacity(1);
        for (index, detail) in reached.details().iter().enumerate() {
            for (sender, answerable) in parties.recorded() {
                let caller = Some(sender) == parties.sender.id.as_deref();
                let source = Source { used: index == 0, answerable, caller, company: false, given: false };
                let key = identity.recipient_key(Some(sender), detail);
                consulted.push(Consulted { key, detail, sender, source });
            }
        }
        Self { reached, identity, consulted }
    }

    /// The keys under which the decision is found again: those of the histories; where no party is registered, those of
    /// the contact details alone.
    pub(super) fn keys(&self) -> Keys {
        if self.consulted.is_empty() {
            return self.reached.details().iter().map(|it| self.identity.recipient_key(None, it)).collect();
        }
        self.consulted.iter().map(|it| it.key).collect()
    }
}
