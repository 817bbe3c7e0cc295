//! Who transmits the message, who answers for it, and whose goods or aims it promotes.

use super::{
    CheckError,
    request::{Party, SendRequest},
};
use crate::{
    ledger::sender::Sender,
    store::{StoreError, View},
    terms::{party::SenderKind, purpose::Purpose},
};

/// A party with its profile.
#[derive(Debug)]
pub(super) struct Known<'r> {
    /// Its id; `None` for an inline profile, of which nothing is on record.
    pub(super) id: Option<&'r str>,
    /// Its profile.
    pub(super) profile: Sender,
}

impl Known<'_> {
    fn is_named(&self, name: &str) -> bool {
        let same = |own: &str| own.trim().to_lowercase() == name.trim().to_lowercase();
        self.profile.names(self.id).any(same)
    }
}

/// The parties to one message.
#[derive(Debug)]
pub(super) struct Parties<'r> {
    /// Who transmits it.
    pub(super) sender: Known<'r>,
    /// Who causes it to be sent, where that is another.
    pub(super) instigator: Option<Known<'r>>,
    /// The names of the party promoted, where that is another than the one that answers; empty otherwise.
    pub(super) promoted: Vec<String>,
}

impl<'r> Parties<'r> {
    pub(super) fn of(request: &'r SendRequest, view: &dyn View) -> Result<Self, CheckError> {
        let sender = known(&request.sender, "/sender", view)?;
        let instigator = request.instigator.as_ref().map(|party| known(party, "/instigator", view)).transpose()?;
        // A sender that names itself as instigator is simply the sender.
        let instigator = instigator.filter(|it| it.id.is_none() || it.id != sender.id);
        let answerable = instigator.as_ref().unwrap_or(&sender);
        let promoted = match request.promoted_party.as_deref() {
            Some(name) if !answerable.is_named(name) => promoted(name, view)?,
            Some(_) | None => Vec::new(),
        };
        Ok(Self { sender, instigator, promoted })
    }

    /// The party that answers for the message: the instigator where there is one. Its consents and its collections
    /// are asked for; an objection to either party counts.
    pub(super) fn answerable(&self) -> &Known<'r> {
        self.instigator.as_ref().unwrap_or(&self.sender)
    }

    /// The parties whose records are consulted, each with whether it is the one that answers.
    pub(super) fn recorded(&self) -> impl Iterator<Item = (&'r str, bool)> + '_ {
        let host = self.instigator.as_ref().map(|_| &self.sender);
        let both = [(Some(self.answerable()), true), (host, false)];
        both.into_iter().filter_map(|(party, answers)| party.and_then(|party| party.id).map(|id| (id, answers)))
    }

    /// What a party of this kind ordinarily sends, its own cause first.
    pub(super) fn ordinary(&self) -> &'static [Purpose] {
        match self.answerable().profile.kind {
            SenderKind::Charity => &[Purpose::Charity, Purpose::Commercial],
            SenderKind::PoliticalParty => &[Purpose::Political, Purpose::Commercial],
            SenderKind::Company | SenderKind::SoleTrader | SenderKind::PublicBody => &[Purpose::Commercial],
        }
    }
}

fn known<'r>(party: &'r Party, pointer: &'static str, view: &dyn View) -> Result<Known<'r>, CheckError> {
    match party {
        Party::Registered(id) => match profile(&id.0, view)? {
            Some(profile) => Ok(Known { id: Some(&id.0), profile }),
            None => Err(CheckError::UnknownSender { pointer, did_you_mean: closest(&id.0, view)? }),
        },
        Party::Inline(profile) => match registered_as(profile, view)? {
            Some(id) => Err(CheckError::SenderIsRegistered { pointer, id }),
            None => Ok(Known { id: None, profile: Sender::clone(profile) }),
        },
    }
}

fn profile(id: &str, view: &dyn View) -> Result<Option<Sender>, StoreError> {
    let Some(json) = view.sender(id)? else { return Ok(None) };
    serde_json::from_slice(json).map(Some).map_err(|_| StoreError::Damaged(format!("the profile of sender `{id}`")))
}

/// A registered id that looks like the one that nobody registered.
fn closest(id: &str, view: &dyn View) -> Result<Option<String>, StoreError> {
    let likeness = |known: &String| strsim::jaro_winkler(known, id);
    let known = view.sender_ids()?.into_iter().filter(|known| likeness(known) > 0.8);
    Ok(known.max_by(|a, b| likeness(a).total_cmp(&likeness(b))))
}

/// The id under which the sender of an inline profile is registered: its objections would be overlooked.
fn registered_as(inline: &Sender, view: &dyn View) -> Result<Option<String>, StoreError> {
    for id in view.sender_ids()? {
        let Some(profile) = profile(&id, view)? else { continue };
        let known = Known { id: Some(&id), profile };
        if known.is_named(&inline.legal_name) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The names of a promoted party: all of its profile's, if the name is the id of one.
fn promoted(name: &str, view: &dyn View) -> Result<Vec<String>, StoreError> {
    let names = profile(name, view)?.map(|profile| profile.names(Some(name)).map(str::to_owned).collect());
    Ok(names.unwrap_or_else(|| vec![name.to_owned()]))
}
