//! From the ledger and the request to facts: one read for each contact detail and party.

use super::{
    CheckError, When,
    consulted::{Consulted, Records},
    parties::Parties,
    request::SendRequest,
};
use crate::{
    facts::{AssertedBasis, Call, Caller, Content, Facts, House, Message, Recipient},
    ledger::{
        entry::{self, Entry, Unreadable},
        event::Event,
        history::{Question, Source, Standing},
        identity::{ContactDetails, DetailError, Identity, Normalised},
        sender::Sender,
    },
    store::{StoreError, View},
    terms::{lawful_basis::LawfulBasis, purpose::Purpose, recipient::DetailKind, subscriber::SubscriberKind},
};

/// The events given with a check, as entries, and where each was found.
#[derive(Debug, Default)]
pub(super) struct Given {
    entries: Vec<(Vec<u8>, Source)>,
}

impl Given {
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
    parties: &Parties<'_>,
    identity: &Identity,
) -> Result<Given, CheckError> {
    let mut all = Given::default();
    for (index, given) in request.given.iter().enumerate() {
        if given.happening.kind().is_left_by_an_erasure() {
            return Err(CheckError::GivenErasure { pointer: format!("/given/{index}/type") });
        }
        let sender = given.sender.as_deref();
        let for_instigator = sender.is_some() && sender == parties.instigator.as_ref().and_then(|party| party.id);
        if sender.is_some() && !for_instigator && sender != parties.sender.id {
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
pub(super) struct Reached(Vec<Normalised>);

impl Reached {
    /// Reads them. A message inside an app or on a network may be addressed by any.
    pub(super) fn of(request: &SendRequest) -> Result<Self, CheckError> {
        let wanted = request.channel.reached_by();
        let mut details = Vec::new();
        for (kind, detail) in request.recipient.details() {
            let pointer = || format!("/recipient/{kind}");
            let detail = Normalised::new(kind, detail);
            details.push(detail.map_err(|error| CheckError::Detail { pointer: pointer(), error })?);
        }
        let own = details.iter().position(|detail| detail.kind == wanted);
        let any = (wanted == DetailKind::Account && !details.is_empty()).then_some(0);
        if request.is_unaddressed() && own.or(any).is_none() {
            return Ok(Self(Vec::new()));
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
    request: &'v SendRequest,
    records: &Records<'_>,
    parties: &Parties<'_>,
    when: &When,
    given: &'v Given,
    view: &'v dyn View,
) -> Result<Standing<'v>, CheckError> {
    let Records { reached, identity, consulted } = records;
    let numbers = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| identity.text(text)).collect::<Vec<_>>();
    let answerable = parties.answerable();
    let ordinary = parties.ordinary();
    let names = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| identity.name(text)).collect::<Vec<_>>();
    let sender_names = names(&mut answerable.profile.names(answerable.id));
    let caller_names = parties.instigator.is_some().then(|| {
        let sender = &parties.sender;
        names(&mut sender.profile.names(sender.id))
    });
    let promoted_names = names(&mut parties.promoted.iter().map(String::as_str));
    let similar = |product: &str| numbers(&mut answerable.profile.similar_to(product));
    let similar_products: Vec<Vec<u64>> = request.message.products.iter().map(|product| similar(&product.0)).collect();
    let question = Question {
        at: when.at,
        live: when.live,
        channel: request.channel_in_law(),
        purpose: marketed(request.purpose, ordinary),
        declared: request.purpose,
        ordinary,
        has_product_groups: !answerable.profile.similar_products.is_empty(),
        topic: request.topic.as_ref().map(|topic| identity.text(&topic.0)),
        sender_names: &sender_names,
        caller_names: caller_names.as_deref(),
        promoted_names: &promoted_names,
        similar_products: &similar_products,
        answers: request.answers_request.as_ref().map(|id| (id.0.as_str(), identity.text(&id.0))),
    };
    let mut standing = Standing::default();
    for Consulted { key, detail, sender, source } in consulted {
        take(&mut standing, view.history(key)?, *source, &question)?;
        if let Some(domain) = detail.domain() {
            let key = identity.recipient_key(Some(sender), &domain);
            take(&mut standing, view.history(&key)?, Source { company: true, ..*source }, &question)?;
        }
    }
    // What the public registers say of the line holds for every sender.
    if let Some(used) = reached.0.first().filter(|_| !request.channel_in_law().registers().is_empty()) {
        let source = Source { used: true, answerable: false, caller: false, company: false, given: false };
        take(&mut standing, view.history(&identity.recipient_key(None, used))?, source, &question)?;
        for register in request.channel_in_law().registers() {
            take(&mut standing, view.history(&identity.register_key(*register))?, source, &question)?;
        }
    }
    for (bytes, source) in &given.entries {
        take(&mut standing, bytes, *source, &question)?;
    }
    standing.settle();
    Ok(standing)
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

/// Everything that the rules may look at; the consent and the collection are tried one by one later. What the caller says
/// of the message stands over what was found in it.
pub(super) fn facts<'v>(
    request: &SendRequest,
    parties: &Parties<'_>,
    when: &When,
    standing: &Standing<'v>,
    house: House<'v>,
    content: Content<'v>,
) -> Facts<'v> {
    let said = &request.message;
    let shows = content.shows;
    let message = Message {
        contains_promotion: said.contains_promotion,
        names_products: !said.products.is_empty(),
        feeds_marketing: said.feeds_marketing,
        identifies_sender: said.identifies_sender.or(shows.identifies_sender.then_some(true)),
        reply_address: said
            .reply_address
            .as_ref()
            .map(super::request::ReplyAddress::exists)
            .or(shows.reply_address.then_some(true)),
        opt_out: said.opt_out.or(content.opt_out),
        clearly_commercial: said.clearly_commercial,
        websites_comply: said.websites_comply,
        similar: said.similar_to_collection,
        sole_charitable_purpose: said.sole_charitable_purpose,
        special_category: said.special_category,
        privacy_information: said.privacy_information,
        right_to_object_told: said.right_to_object_told,
    };
    let call = request.call.unwrap_or_default();
    let call = Call {
        presents_cli: call.presents_cli,
        names_caller: call.names_caller,
        address_or_freephone: call.address_or_freephone,
        offers_opt_out: call.offers_opt_out,
        client_would_expect: call.client_would_expect,
    };
    let answerable = parties.answerable();
    Facts {
        as_of: when.day,
        at: when.at,
        profile: answerable.profile.policy,
        sender_kind: answerable.profile.kind,
        promotes_another: !parties.promoted.is_empty(),
        channel: request.channel_in_law(),
        audience: request.audience,
        purpose: request.purpose,
        matter: request.matter,
        basis: basis(request, &answerable.profile),
        caller: caller(&parties.sender.profile),
        call,
        line: standing.line,
        reached: request.reached,
        message,
        content,
        recipient: recipient(request, when, standing),
        consent: None,
        collection: None,
        answers_request: request.answers_request.is_some(),
        request: standing.request,
        stops: standing.stops,
        house,
    }
}

/// The lawful basis as the request asserts it, or else the sender's profile.
fn basis(request: &SendRequest, profile: &Sender) -> AssertedBasis {
    let of_request = request.assessment.as_ref().map(|reference| reference.0.as_str());
    let references = [of_request, profile.legitimate_interests_assessment.as_deref()];
    // A reference of nothing but spaces leads to no assessment.
    let assessed = references.into_iter().flatten().any(|reference| !reference.trim().is_empty());
    let kind = request.lawful_basis.or(assessed.then_some(LawfulBasis::LegitimateInterests));
    AssertedBasis { kind, assessed }
}

/// Who makes the call: the one that transmits, whoever causes it to.
fn caller(profile: &Sender) -> Caller {
    let authorised = match (&profile.fca_authorisation, profile.pension_scheme_trustee) {
        (Some(_), _) | (None, Some(true)) => Some(true),
        (None, trustee) => trustee,
    };
    Caller { authorised, has_contact: profile.contact_address.is_some() || profile.freephone.is_some() }
}

/// What the caller knows of the person and what the ledger knows, the more protective of the two.
fn recipient(request: &SendRequest, when: &When, standing: &Standing<'_>) -> Recipient {
    use SubscriberKind::{Corporate, Individual, Unknown};
    let said = &request.recipient;
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
        let years = when.at.duration_since(event.at).as_hours() / (24 * 366);
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
