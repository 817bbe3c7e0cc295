//! The fixed record of one event in a person's history, read in place.
//!
//! A history is a version byte and the entries one after another. An entry is a [`Head`] of fixed size, then the
//! numbers of its topics, organisations and products, then the event's `id`. All numbers are little-endian and need
//! no alignment, so that an entry is read where the database keeps it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U16, U64},
};

pub use super::entry_draft::append;
use super::event::EventKind;
use crate::terms::{
    channel::ChannelSet,
    collection::CollectionContext,
    consent::{ConsentManner, ConsentSource},
    objection::OnBehalfOf,
    purpose::Purpose,
    register::Register,
    subscriber::SubscriberKind,
};

/// The layout that this program writes: the first byte of a history.
pub const LAYOUT: u8 = 1;

/// The part of an entry that has the same size in all.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub struct Head {
    /// Microseconds since 1970.
    pub(super) at: I64,
    /// The journal's revision; 0 for an event given with a check.
    pub(super) revision: U64,
    pub(super) kind: u8,
    /// How, context, register, subscriber or age: the kind says which.
    pub(super) first: u8,
    /// Source, for whom, or whether a listing is older: the kind says which.
    pub(super) second: u8,
    /// The occasion of a consent.
    pub(super) third: u8,
    pub(super) channels: U16,
    pub(super) purposes: u8,
    pub(super) topics: u8,
    pub(super) names: u8,
    pub(super) products: u8,
    /// Which of the flags anybody stated.
    pub(super) stated: U16,
    /// Which of them are true.
    pub(super) truth: U16,
    pub(super) id: U16,
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

    /// Whether a listing began on an unknown day: on that of the event or before.
    #[must_use]
    pub const fn is_on_or_before(&self) -> bool {
        self.head.second == 1
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

/// The entry that a record of the journal carries.
///
/// # Errors
/// [`Unreadable`], if it is damaged, or none, as in a record that was erased.
pub fn of_record(entry: &[u8]) -> Result<Entry<'_>, Unreadable> {
    let (entry, []) = split(entry).ok_or(Unreadable)? else { return Err(Unreadable) };
    Ok(entry)
}

/// The history without the entries of these revisions; empty if none is left.
///
/// # Errors
/// [`Unreadable`], if the history is damaged or of another layout.
pub fn without(history: &[u8], gone: &BTreeSet<u64>) -> Result<Vec<u8>, Unreadable> {
    let mut rest = match history {
        [] => history,
        [LAYOUT, rest @ ..] => rest,
        [_, ..] => return Err(Unreadable),
    };
    let mut left = Vec::with_capacity(history.len());
    while !rest.is_empty() {
        let (entry, after) = split(rest).ok_or(Unreadable)?;
        if !gone.contains(&entry.revision()) {
            if left.is_empty() {
                left.push(LAYOUT);
            }
            left.extend(rest.iter().take(rest.len() - after.len()));
        }
        rest = after;
    }
    Ok(left)
}

/// Appends an entry, as a record of the journal carries it, to a history, with the record's revision in its place.
///
/// # Errors
/// [`Unreadable`], if either is damaged or of another layout. The history is then as it was.
pub fn append_recorded(history: &mut Vec<u8>, entry: &[u8], revision: u64) -> Result<(), Unreadable> {
    let Entry { head, .. } = of_record(entry)?;
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
