//! From the ledger and the request to facts: one read for each contact detail and party.

use std::collections::HashSet;

use jiff::Timestamp;
use smallvec::SmallVec;

use super::{
    CheckError,
    consulted::{Consulted, Records},
    parties::Parties,
    request::{self, SendRequest},
};
use crate::{
    facts::{Facts, House, Recipient},
    ledger::{
        entry::{self, Entry, Unreadable},
        event::Event,
        history::{Question, Source, Standing},
        identity::{ContactDetails, DetailError, Identity, Normalised},
    },
    store::{StoreError, View},
    terms::{purpose::Purpose, recipient::DetailKind, subscriber::SubscriberKind},
};

/// The events given with a check, as entries, and where each was found.
#[derive(Debug, Default)]
pub(super) struct Given {
    entries: Vec<(Vec<u8>, Source)>,
}

impl Given {
    /// No event was given.
    pub(super) const fn none() -> Self {
        Self { entries: Vec::new() }
    }

    /// The entries that concern the party that answers for the message, or the other that transmits it.
    pub(super) fn of(&self, answerable: bool) -> impl Iterator<Item = &[u8]> {
        let concerning = move |(_, source): &&(Vec<u8>, Source)| source.answerable == answerable;
        self.entries.iter().filter(concerning).map(|(bytes, _)| bytes.as_slice())
    }
}

/// Reads the events given with the check. They take their sender and their contact details from it.
pub(super) fn given(
    request: &SendRequest,
    reached: &Reached,
    parties: &Parties,
    identity: &Identity,
) -> Result<Given, CheckError> {
    let mut all = Given::default();
    for (index, given) in request.given.iter().enumerate() {
        if given.happening.kind().is_left_by_an_erasure() {
            return Err(CheckError::GivenErasure { pointer: format!("/given/{index}/type") });
        }
        let sender = given.sender.as_deref();
        let for_instigator =
            sender.is_some() && sender == parties.instigator.as_ref().and_then(|party| party.id.as_deref());
        if sender.is_some() && !for_instigator && sender != parties.sender.id.as_deref() {
            return Err(CheckError::GivenForAnother { pointer: format!("/given/{index}/sender") });
        }
        let on_used = match &given.recipient {
            None => true,
            Some(details) => holds(details, reached, index)?,
        };
        let event = Event {
            id: given.id.clone().unwrap_or_else(|| format!("given-{}", index + 1)),
            occurred_at: given.occurred_at,
            sender: None,
            recipient: ContactDetails::default(),
            happening: given.happening.clone(),
        };
        let mut bytes = Vec::new();
        entry::append(&mut bytes, &event, 0, identity);
        let answerable = for_instigator || parties.instigator.is_none();
        all.entries
            .push((bytes, Source { used: on_used, answerable, caller: !for_instigator, company: false, given: true }));
    }
    Ok(all)
}

/// Whether the details hold the one that the message uses.
fn holds(details: &ContactDetails, reached: &Reached, index: usize) -> Result<bool, CheckError> {
    if details.is_empty() {
        return Err(CheckError::Detail { pointer: format!("/given/{index}/recipient"), error: DetailError::Empty });
    }
    let mut found = false;
    for (kind, detail) in details.iter() {
        let pointer = || format!("/given/{index}/recipient/{kind}");
        let detail = Normalised::new(kind, detail).map_err(|error| CheckError::Detail { pointer: pointer(), error })?;
        found |= reached.0.first() == Some(&detail);
    }
    Ok(found)
}

/// The person's contact details, normalised once, the one that the message uses first.
#[derive(Debug)]
pub(super) struct Reached(SmallVec<[Normalised; 1]>);

impl Reached {
    /// Reads them. A message inside an app or on a network may be addressed by any.
    pub(super) fn of(request: &SendRequest, recipient: &request::Recipient) -> Result<Self, CheckError> {
        let wanted = request.channel.reached_by();
        let mut details = SmallVec::<[Normalised; 1]>::new();
        for (kind, detail) in recipient.details() {
            let pointer = || format!("/recipient/{kind}");
            let detail = Normalised::new(kind, detail);
            details.push(detail.map_err(|error| CheckError::Detail { pointer: pointer(), error })?);
        }
        let own = details.iter().position(|detail| detail.kind == wanted);
        let any = (wanted == DetailKind::Account && !details.is_empty()).then_some(0);
        if request.is_unaddressed(recipient) && own.or(any).is_none() {
            return Ok(Self(SmallVec::new()));
        }
        let Some(used) = own.or(any) else {
            let pointer = match wanted {
                DetailKind::Email | DetailKind::Domain => "/recipient/email",
                DetailKind::Phone => "/recipient/phone",
                DetailKind::Postal => "/recipient/postal",
                DetailKind::Account | DetailKind::Register => "/recipient/account",
            };
            return Err(CheckError::NoDetailForChannel { channel: request.channel, pointer });
        };
        details.swap(0, used);
        Ok(Self(details))
    }

    /// All of them, the one that the message uses first.
    pub(super) fn details(&self) -> &[Normalised] {
        &self.0
    }
}

/// Folds every history of the person with every party to the message, and what was given with the check.
pub(super) fn standing<'v>(
    records: &Records<'_>,
    question: &Question<'_>,
    given: &'v Given,
    view: &'v dyn View,
    mut companies: Option<&mut Companies>,
) -> Result<Standing<'v>, CheckError> {
    let Records { reached, identity, consulted } = records;
    let mut standing = Standing::default();
    for Consulted { key, detail, sender, source } in consulted {
        take(&mut standing, view.history(key)?, *source, question)?;
        let Some(host) = detail.host() else { continue };
        if companies.as_ref().is_some_and(|companies| companies.are_silent(sender, host)) {
            continue;
        }
        let history = match detail.domain() {
            Some(domain) => view.history(&identity.recipient_key(Some(sender), &domain))?,
            None => &[],
        };
        take(&mut standing, history, Source { company: true, ..*source }, question)?;
        if let Some(companies) = companies.as_mut().filter(|_| history.is_empty()) {
            companies.note_silence(sender, host);
        }
    }
    // What the public registers say of the line holds for every sender.
    if let Some(used) = reached.0.first().filter(|_| !question.channel.registers().is_empty()) {
        let source = Source { used: true, answerable: false, caller: false, company: false, given: false };
        take(&mut standing, view.history(&identity.recipient_key(None, used))?, source, question)?;
        for register in question.channel.registers() {
            take(&mut standing, view.history(&identity.register_key(*register))?, source, question)?;
        }
    }
    for (bytes, source) in &given.entries {
        take(&mut standing, bytes, *source, question)?;
    }
    standing.settle();
    Ok(standing)
}

/// The domains under which a sender has nothing on record in one view of the ledger, or of which none is asked for: many
/// people of a campaign have their mailbox at the same. It is not kept for longer: what is recorded next must be heeded.
#[derive(Debug, Default)]
pub(super) struct Companies(Vec<(String, HashSet<String>)>);

impl Companies {
    fn are_silent(&self, sender: &str, host: &str) -> bool {
        self.0.iter().find(|(known, _)| known == sender).is_some_and(|(_, silent)| silent.contains(host))
    }

    fn note_silence(&mut self, sender: &str, host: &str) {
        match self.0.iter_mut().find(|(known, _)| known == sender) {
            Some((_, silent)) => drop(silent.insert(host.to_owned())),
            None => self.0.push((sender.to_owned(), HashSet::from([host.to_owned()]))),
        }
    }
}

fn take<'v>(
    standing: &mut Standing<'v>,
    history: &'v [u8],
    source: Source,
    question: &Question<'_>,
) -> Result<(), StoreError> {
    let damaged = |Unreadable| StoreError::Damaged("a person's history".to_owned());
    for entry in entry::entries(history).map_err(damaged)? {
        let entry: Entry<'v> = entry.map_err(damaged)?;
        standing.take(&entry, source, question);
    }
    Ok(())
}

/// The purpose that a consent must cover: what is asked permission for, or slipped in, is what the sender ordinarily
/// sends.
pub(super) const fn marketed(purpose: Purpose, ordinary: Purpose) -> Purpose {
    match purpose {
        Purpose::Commercial | Purpose::Charity | Purpose::Political => purpose,
        Purpose::ConsentRequest | Purpose::Service | Purpose::Research => ordinary,
    }
}

/// Everything that the rules may look at; the consent and the collection are tried one by one later.
pub(super) fn about<'v>(
    message: &Facts<'v>,
    said: &request::Recipient,
    standing: &Standing<'v>,
    house: House<'v>,
) -> Facts<'v> {
    Facts {
        line: standing.line,
        recipient: recipient(said, message.at, standing),
        request: standing.request,
        stops: standing.stops,
        house,
        ..*message
    }
}

/// What the caller knows of the person and what the ledger knows, the more protective of the two.
pub(super) fn recipient(said: &request::Recipient, at: Timestamp, standing: &Standing<'_>) -> Recipient {
    use SubscriberKind::{Corporate, Individual, Unknown};
    let subscriber = match (said.subscriber.unwrap_or(Unknown), standing.subscriber.map(|(_, kind)| kind)) {
        (Individual, _) | (_, Some(Individual)) => Individual,
        (Corporate, _) | (_, Some(Corporate)) => Corporate,
        (Unknown, Some(Unknown) | None) => Unknown,
    };
    let named_person = match (said.named_person, standing.named_person.map(|(_, named)| named)) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (said, known) => said.or(known),
    };
    let age = standing.age.map(|(event, age)| {
        let years = at.duration_since(event.at).as_hours() / (24 * 366);
        age.saturating_add(u8::try_from(years.max(0)).unwrap_or(u8::MAX))
    });
    Recipient {
        subscriber,
        named_person,
        age: [said.age, age].into_iter().flatten().min(),
        abroad: said.country.as_deref().map(|country| !matches!(country, "GB" | "UK")),
        vulnerable: said.vulnerable,
    }
}
