//! The fixed record of one event in a person's history, read in place.
//!
//! A history is a version byte and the entries one after another. An entry is a [`Head`] of fixed size, then the
//! numbers of its topics, organisations and products, then the event's `id`. All numbers are little-endian and need
//! no alignment, so that an entry is read where the database keeps it.

use jiff::Timestamp;
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U16, U64},
};

use super::{
    event::{Event, EventKind, Happening, Text},
    identity::Identity,
};
use crate::terms::{
    channel::{Channel, ChannelSet},
    collection::CollectionContext,
    consent::{ConsentManner, ConsentSource},
    objection::OnBehalfOf,
    purpose::Purpose,
    register::Register,
    subscriber::SubscriberKind,
};

/// The layout that this program writes: the first byte of a history.
pub const LAYOUT: u8 = 1;

/// Stands for "not stated" where a head has a place for a term.
const UNSTATED: u8 = u8::MAX;

/// The part of an entry that has the same size in all.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Head {
    /// Microseconds since 1970.
    at: I64,
    /// The journal's revision; 0 for an event given with a check.
    revision: U64,
    kind: u8,
    /// How, context, register, subscriber or age: the kind says which.
    first: u8,
    /// Source or for whom: the kind says which.
    second: u8,
    /// The occasion of a consent.
    third: u8,
    channels: U16,
    purposes: u8,
    topics: u8,
    names: u8,
    products: u8,
    /// Which of the flags anybody stated.
    stated: U16,
    /// Which of them are true.
    truth: U16,
    id: U16,
}

/// The yes-or-no facts of events, each one bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Consent asked for apart from other matters.
    Separate = 0,
    /// Consent that a service was made to depend on.
    Conditional = 1,
    /// The person was told of the right to withdraw.
    WithdrawalTold = 2,
    /// Explicit consent.
    Explicit = 3,
    /// Authorised by a parent.
    ParentalAuthorisation = 4,
    /// The wording covered others' offers.
    ThirdPartyOffers = 5,
    /// Stated: the event says whom the wording named.
    NamesSenders = 6,
    /// The wording is on record.
    Wording = 7,
    /// A reference to evidence is on record.
    Evidence = 8,
    /// A refusal was offered.
    OptOutOffered = 9,
    /// The refusal cost nothing.
    OptOutFree = 10,
    /// The person refused.
    Refused = 11,
    /// Another organisation collected the details.
    CollectedByAnother = 12,
    /// Found in a register.
    Found = 13,
    /// The contact detail belongs to a named person at work.
    NamedPerson = 14,
    /// A relationship set up to avoid the ban.
    AvoidsTheBan = 15,
}

/// One event of a person's history, where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    head: &'a Head,
    /// What kind of event it is.
    pub kind: EventKind,
    /// The topics it is limited to, as numbers; empty: none named.
    pub topics: &'a [U64],
    /// The organisations it names, as numbers.
    pub names: &'a [U64],
    /// The products it names, as numbers.
    pub products: &'a [U64],
    /// The event's `id`.
    pub id: &'a str,
}

/// A history that this program cannot read: written by another version, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a history in the store cannot be read")]
pub struct Unreadable;

impl Entry<'_> {
    /// When it happened.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.head.at.get()).unwrap_or(Timestamp::MAX)
    }

    /// The journal's revision; 0 for an event given with a check.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.head.revision.get()
    }

    /// The channels it names; empty: none.
    #[must_use]
    pub const fn channels(&self) -> ChannelSet {
        ChannelSet(self.head.channels.get())
    }

    /// Whether it names the purpose; `None` when it names none at all.
    #[must_use]
    pub const fn purpose(&self, purpose: Purpose) -> Option<bool> {
        if self.head.purposes == 0 { None } else { Some(self.head.purposes & (1 << purpose.code()) != 0) }
    }

    /// A yes-or-no fact, if anybody stated it.
    #[must_use]
    pub const fn flag(&self, flag: Flag) -> Option<bool> {
        let bit = 1 << flag as u16;
        if self.head.stated.get() & bit == 0 { None } else { Some(self.head.truth.get() & bit != 0) }
    }

    /// How consent was given.
    #[must_use]
    pub const fn manner(&self) -> Option<ConsentManner> {
        ConsentManner::from_code(self.head.first)
    }

    /// Through whom consent came.
    #[must_use]
    pub const fn source(&self) -> Option<ConsentSource> {
        ConsentSource::from_code(self.head.second)
    }

    /// The occasion of a consent.
    #[must_use]
    pub const fn occasion(&self) -> Option<CollectionContext> {
        CollectionContext::from_code(self.head.third)
    }

    /// The occasion of a collection.
    #[must_use]
    pub const fn context(&self) -> Option<CollectionContext> {
        CollectionContext::from_code(self.head.first)
    }

    /// The register.
    #[must_use]
    pub const fn register(&self) -> Option<Register> {
        Register::from_code(self.head.first)
    }

    /// The subscriber.
    #[must_use]
    pub const fn subscriber(&self) -> Option<SubscriberKind> {
        SubscriberKind::from_code(self.head.first)
    }

    /// The age.
    #[must_use]
    pub const fn age(&self) -> u8 {
        self.head.first
    }

    /// For whom an objection speaks.
    #[must_use]
    pub const fn on_behalf_of(&self) -> Option<OnBehalfOf> {
        OnBehalfOf::from_code(self.head.second)
    }
}

/// The entries of a history, in the order of their arrival.
///
/// # Errors
/// [`Unreadable`], if the history is of another layout or damaged.
pub fn entries(history: &[u8]) -> Result<impl Iterator<Item = Result<Entry<'_>, Unreadable>>, Unreadable> {
    let rest = match history {
        [] => history,
        [LAYOUT, rest @ ..] => rest,
        [_, ..] => return Err(Unreadable),
    };
    Ok(Entries { rest })
}

struct Entries<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let entry = split(self.rest);
        self.rest = entry.as_ref().map_or(&[], |(_, rest)| rest);
        Some(entry.map(|(entry, _)| entry).ok_or(Unreadable))
    }
}

fn split(bytes: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let (head, rest) = Head::ref_from_prefix(bytes).ok()?;
    let (topics, rest) = <[U64]>::ref_from_prefix_with_elems(rest, head.topics.into()).ok()?;
    let (names, rest) = <[U64]>::ref_from_prefix_with_elems(rest, head.names.into()).ok()?;
    let (products, rest) = <[U64]>::ref_from_prefix_with_elems(rest, head.products.into()).ok()?;
    let (id, rest) = rest.split_at_checked(head.id.get().into())?;
    let kind = EventKind::from_code(head.kind)?;
    Some((Entry { head, kind, topics, names, products, id: std::str::from_utf8(id).ok()? }, rest))
}

/// Appends the entry of an event to a history. An empty history gets its version first.
pub fn append(history: &mut Vec<u8>, event: &Event, revision: u64, identity: &Identity) {
    if history.is_empty() {
        history.push(LAYOUT);
    }
    let mut draft = Draft::of(event, identity);
    let id = event.id.as_bytes();
    draft.head.revision = revision.into();
    draft.head.id = u16::try_from(id.len()).unwrap_or(u16::MAX).into();
    for list in [&mut draft.topics, &mut draft.names, &mut draft.products] {
        list.truncate(usize::from(u8::MAX));
    }
    let count = |list: &[U64]| u8::try_from(list.len()).unwrap_or(u8::MAX);
    (draft.head.topics, draft.head.names, draft.head.products) =
        (count(&draft.topics), count(&draft.names), count(&draft.products));
    history.extend_from_slice(draft.head.as_bytes());
    history.extend_from_slice(draft.topics.as_bytes());
    history.extend_from_slice(draft.names.as_bytes());
    history.extend_from_slice(draft.products.as_bytes());
    history.extend(id.iter().take(usize::from(u16::MAX)));
}

/// Appends an entry, as a record of the journal carries it, to a history, with the record's revision in its place.
///
/// # Errors
/// [`Unreadable`], if either is damaged or of another layout. The history is then as it was.
pub fn append_recorded(history: &mut Vec<u8>, entry: &[u8], revision: u64) -> Result<(), Unreadable> {
    let (Entry { head, .. }, []) = split(entry).ok_or(Unreadable)? else { return Err(Unreadable) };
    match history.first() {
        None => history.push(LAYOUT),
        Some(&LAYOUT) => {}
        Some(_) => return Err(Unreadable),
    }
    let head = Head { revision: revision.into(), ..*head };
    history.extend_from_slice(head.as_bytes());
    history.extend(entry.iter().skip(size_of::<Head>()));
    Ok(())
}

/// An entry being written.
struct Draft {
    head: Head,
    topics: Vec<U64>,
    names: Vec<U64>,
    products: Vec<U64>,
}

impl Draft {
    fn of(event: &Event, identity: &Identity) -> Self {
        let head = Head {
            at: event.occurred_at.as_microsecond().into(),
            kind: event.happening.kind().code(),
            first: UNSTATED,
            second: UNSTATED,
            third: UNSTATED,
            ..zerocopy::FromZeros::new_zeroed()
        };
        let numbers = |texts: &[Text]| texts.iter().map(|text| identity.text(&text.0).into()).collect::<Vec<_>>();
        let mut draft = Self { head, topics: Vec::new(), names: Vec::new(), products: Vec::new() };
        match &event.happening {
            Happening::ConsentGiven(consent) => {
                draft.head.first = consent.how.map_or(UNSTATED, ConsentManner::code);
                draft.head.second = consent.source.code();
                draft.head.third = consent.context.map_or(UNSTATED, CollectionContext::code);
                draft.head.purposes = consent.purposes.iter().fold(0, |bits, p| bits | (1 << p.code()));
                draft.channels(&consent.channels);
                draft.topics = numbers(&consent.topics);
                draft.names = numbers(consent.named_senders.as_deref().unwrap_or_default());
                draft.flag(Flag::NamesSenders, consent.named_senders.as_ref().map(|_| true));
                draft.flag(Flag::ThirdPartyOffers, consent.third_party_offers);
                draft.flag(Flag::Separate, consent.separate);
                draft.flag(Flag::Conditional, consent.conditional);
                draft.flag(Flag::WithdrawalTold, consent.withdrawal_told);
                draft.flag(Flag::Explicit, consent.explicit);
                draft.flag(Flag::ParentalAuthorisation, consent.parental_authorisation);
                draft.flag(Flag::Wording, consent.wording.as_ref().map(|_| true));
                draft.flag(Flag::Evidence, consent.evidence.as_ref().map(|_| true));
            }
            Happening::ConsentWithdrawn(stop) => draft.scope(&stop.channels, numbers(&stop.topics)),
            Happening::ObjectionRaised(stop) => {
                draft.head.second = stop.on_behalf_of.code();
                draft.scope(&stop.channels, numbers(&stop.topics));
            }
            Happening::DetailsCollected(collection) => {
                draft.head.first = collection.context.code();
                draft.products = numbers(&collection.products);
                draft.names = numbers(collection.collected_by.as_slice());
                draft.flag(Flag::CollectedByAnother, collection.collected_by.as_ref().map(|_| true));
                draft.flag(Flag::OptOutOffered, collection.opt_out_offered);
                draft.flag(Flag::OptOutFree, collection.opt_out_free);
                draft.flag(Flag::Refused, collection.refused);
            }
            Happening::DetailsRefused(stop) => draft.scope(&stop.channels, numbers(&stop.topics)),
            Happening::RegisterListed(listing) => draft.head.first = listing.register.code(),
            Happening::RegisterRemoved(listing) => draft.head.first = listing.register.code(),
            Happening::RegisterScreened(screening) => {
                draft.head.first = screening.register.code();
                draft.flag(Flag::Found, Some(screening.found));
            }
            Happening::RequestMade(request) => draft.scope(&request.channels, numbers(&request.topics)),
            Happening::RequestFulfilled(answer) => draft.names = vec![identity.text(&answer.request.0).into()],
            Happening::SubscriberIdentified(found) => {
                draft.head.first = found.subscriber.code();
                draft.flag(Flag::NamedPerson, found.named_person);
            }
            Happening::ClientRelationshipStarted(relationship) => {
                draft.flag(Flag::AvoidsTheBan, relationship.set_up_to_avoid_the_ban);
            }
            Happening::AgeStated(stated) => draft.head.first = stated.age,
            Happening::ComplaintMade(complaint) => draft.scope(&complaint.channels, numbers(&complaint.topics)),
            Happening::CallPermissionGiven(_)
            | Happening::CallPermissionWithdrawn(_)
            | Happening::ClientRelationshipEnded(_)
            | Happening::ContactReassigned(_) => {}
        }
        draft
    }

    fn channels(&mut self, channels: &[Channel]) {
        self.head.channels = channels.iter().copied().collect::<ChannelSet>().0.into();
    }

    fn scope(&mut self, channels: &[Channel], topics: Vec<U64>) {
        self.channels(channels);
        self.topics = topics;
    }

    fn flag(&mut self, flag: Flag, value: Option<bool>) {
        let bit = 1_u16 << flag as u16;
        if let Some(value) = value {
            self.head.stated = (self.head.stated.get() | bit).into();
            self.head.truth = (self.head.truth.get() | if value { bit } else { 0 }).into();
        }
    }
}
