//! The record of one decision, as it stands in a segment.
//!
//! ```text
//! head | link: salt, keys | parent | sender | campaign | rules | body | chain
//! ```
//!
//! The chain of a record is the hash over the chain before it and over the record without its link; the head has a
//! hash of the link in its place. Thus the link can be overwritten with zeros, which nobody can undo, and every hash
//! still fits. The salt keeps a key that somebody knows from being tried against the hash that is left.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U16, U32, U64},
};

use super::{Book, Draft, Kept};
use crate::ledger::identity::RecipientKey;

/// What a record begins with.
pub(super) const MARKER: [u8; 4] = [0xd1, b'd', b'e', b'c'];

/// Bytes of a hash of the chain, which is what a record ends with.
pub(super) const CHAIN: usize = 32;

/// Bytes of a salt, and of a key.
pub(super) const SALT: usize = 16;
const KEY: usize = 16;
const RULE: usize = 2;

const ALLOW: u8 = 1;
const SENDER: u8 = 2;
const CAMPAIGN: u8 = 4;
const PARENT: u8 = 8;

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Head {
    marker: [u8; 4],
    flags: u8,
    keys: U16,
    sender: U16,
    campaign: U16,
    rules: U16,
    body: U32,
    /// Its place in the log.
    number: U64,
    /// When it was made, in microseconds since 1970.
    at: I64,
    id: [u8; 16],
    link_hash: [u8; 16],
}

impl Head {
    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Bytes of the link.
    fn link(&self) -> usize {
        SALT + KEY * usize::from(self.keys.get())
    }

    /// Bytes of the whole record; none, if its sizes contradict each other.
    fn size(&self) -> Option<usize> {
        let plausible = self.marker == MARKER
            && self.flags & !(ALLOW | SENDER | CAMPAIGN | PARENT) == 0
            && (self.has(SENDER) || self.sender.get() == 0)
            && (self.has(CAMPAIGN) || self.campaign.get() == 0);
        let parent = if self.has(PARENT) { size_of::<Uuid>() } else { 0 };
        let short = size_of::<Self>() + self.link() + parent + CHAIN;
        let texts = usize::from(self.sender.get()) + usize::from(self.campaign.get());
        let rules = RULE * usize::from(self.rules.get());
        let body = usize::try_from(self.body.get()).ok()?;
        let size = (short + texts + rules).checked_add(body)?;
        plausible.then_some(size)
    }
}

/// A record, where it lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored<'a> {
    head: &'a Head,
    link: &'a [u8],
    /// Everything between the link and the chain.
    rest: &'a [u8],
    parent: Option<Uuid>,
    pub(super) sender: Option<&'a str>,
    pub(super) campaign: Option<&'a str>,
    rules: &'a [U16],
    body: &'a [u8],
    /// The hash that it ends with.
    pub(super) chain: &'a [u8; CHAIN],
    /// Its bytes.
    pub(super) size: usize,
}

impl<'a> Stored<'a> {
    /// Reads the record that the bytes begin with. Whether its hashes fit is another question.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let size = size(bytes)?;
        let (head, after) = Head::ref_from_prefix(bytes.get(..size)?).ok()?;
        let (link, after) = after.split_at_checked(head.link())?;
        let (rest, chain) = after.split_last_chunk::<CHAIN>()?;
        let (parent, after) =
            if head.has(PARENT) { rest.split_at_checked(size_of::<Uuid>())? } else { rest.split_at(0) };
        let (sender, after) = after.split_at_checked(usize::from(head.sender.get()))?;
        let (campaign, after) = after.split_at_checked(usize::from(head.campaign.get()))?;
        let (rules, body) = <[U16]>::ref_from_prefix_with_elems(after, usize::from(head.rules.get())).ok()?;
        let text = |flag, bytes| if head.has(flag) { str::from_utf8(bytes).ok().map(Some) } else { Some(None) };
        let (sender, campaign) = (text(SENDER, sender)?, text(CAMPAIGN, campaign)?);
        let parent = if head.has(PARENT) { Some(Uuid::from_slice(parent).ok()?) } else { None };
        Some(Self { head, link, rest, parent, sender, campaign, rules, body, chain, size })
    }

    /// Its place in the log.
    pub(super) fn number(&self) -> u64 {
        self.head.number.get()
    }

    /// When it was made, in microseconds since 1970.
    pub(super) fn at(&self) -> i64 {
        self.head.at.get()
    }

    /// When it was made.
    pub(super) fn moment(&self) -> Timestamp {
        Timestamp::from_microsecond(self.at()).unwrap_or(Timestamp::MAX)
    }

    /// Its id.
    pub(super) const fn id(&self) -> &'a [u8; 16] {
        &self.head.id
    }

    /// Whether it allows.
    pub(super) fn allow(&self) -> bool {
        self.head.has(ALLOW)
    }

    /// The rules among its reasons, as places in the book.
    pub(super) fn rules(&self) -> impl Iterator<Item = u16> + 'a {
        self.rules.iter().map(|rule| rule.get())
    }

    /// The keys of its link; none once that is erased.
    pub(super) fn keys(&self) -> impl Iterator<Item = RecipientKey> + 'a {
        let keys = if self.unlinked() { &[] } else { self.link.get(SALT..).unwrap_or_default() };
        keys.as_chunks::<KEY>().0.iter().map(|key| RecipientKey(*key))
    }

    /// Whether its link was erased.
    pub(super) fn unlinked(&self) -> bool {
        self.link.iter().all(|byte| *byte == 0)
    }

    /// Whether its link is what it was when the decision was kept, or is erased.
    pub(super) fn link_is_sound(&self) -> bool {
        self.unlinked() || link_hash(self.link) == self.head.link_hash
    }

    /// Where its link lies within it.
    pub(super) fn link_range(&self) -> (usize, usize) {
        (size_of::<Head>(), self.link.len())
    }

    /// The hash that it should end with, given the one before it.
    pub(super) fn chain_after(&self, before: &[u8; CHAIN]) -> [u8; CHAIN] {
        chained(before, self.head, self.rest)
    }

    /// The decision, as it was kept.
    pub(super) fn kept(&self, book: &Arc<Book>) -> Kept {
        let decision = Draft {
            id: Uuid::from_bytes(self.head.id),
            at: self.moment(),
            sender: self.sender.map(Arc::from),
            campaign: self.campaign.map(Arc::from),
            parent: self.parent,
            allow: self.allow(),
            rules: self.rules().collect(),
            keys: self.keys().collect(),
            body: self.body.to_vec(),
        };
        let book = Arc::clone(book);
        Kept { decision, unlinked: self.unlinked(), number: self.number(), chain: *self.chain, book }
    }
}

/// Bytes of the record that these begin with; none, if they begin with no head.
pub(super) fn size(bytes: &[u8]) -> Option<usize> {
    let (head, _) = Head::ref_from_prefix(bytes).ok()?;
    head.size()
}

/// The record at a place of a segment, if it is whole: its hash follows from the 32 bytes before it, which are the
/// hash of the record before or, at the start, the one that the segment's header ends with.
pub(super) fn whole(segment: &[u8], at: usize) -> Option<Stored<'_>> {
    let (before, after) = segment.split_at_checked(at)?;
    let stored = Stored::read(after)?;
    (stored.chain_after(before.last_chunk()?) == *stored.chain).then_some(stored)
}

/// Writes the record of a decision behind what there is, and gives the hash that it ends with. None: a part of it is
/// larger than any record.
pub(super) fn write(
    draft: &Draft,
    number: u64,
    salt: &[u8; SALT],
    before: &[u8; CHAIN],
    record: &mut Vec<u8>,
) -> Option<[u8; CHAIN]> {
    let start = record.len();
    let short = |text: &Option<Arc<str>>| text.as_ref().map_or(Ok(0), |text| u16::try_from(text.len()));
    let flag = |set, flag| if set { flag } else { 0 };
    let mut head = Head {
        marker: MARKER,
        flags: flag(draft.allow, ALLOW)
            | flag(draft.sender.is_some(), SENDER)
            | flag(draft.campaign.is_some(), CAMPAIGN)
            | flag(draft.parent.is_some(), PARENT),
        keys: u16::try_from(draft.keys.len()).ok()?.into(),
        sender: short(&draft.sender).ok()?.into(),
        campaign: short(&draft.campaign).ok()?.into(),
        rules: u16::try_from(draft.rules.len()).ok()?.into(),
        body: u32::try_from(draft.body.len()).ok()?.into(),
        number: number.into(),
        at: draft.at.as_microsecond().into(),
        id: draft.id.into_bytes(),
        link_hash: [0; 16],
    };
    record.extend_from_slice(head.as_bytes());
    record.extend_from_slice(salt);
    draft.keys.iter().for_each(|key| record.extend_from_slice(&key.0));
    let rest_at = record.len();
    record.extend_from_slice(draft.parent.as_ref().map_or(&[], |parent| parent.as_bytes().as_slice()));
    record.extend_from_slice(draft.sender.as_deref().unwrap_or_default().as_bytes());
    record.extend_from_slice(draft.campaign.as_deref().unwrap_or_default().as_bytes());
    draft.rules.iter().for_each(|rule| record.extend_from_slice(&rule.to_le_bytes()));
    record.extend_from_slice(&draft.body);
    let (head_and_link, rest) = record.get_mut(start..)?.split_at_mut_checked(rest_at - start)?;
    let (head_bytes, link) = head_and_link.split_at_mut_checked(size_of::<Head>())?;
    head.link_hash = link_hash(link);
    head_bytes.copy_from_slice(head.as_bytes());
    let chain = chained(before, &head, rest);
    record.extend_from_slice(&chain);
    Some(chain)
}

fn link_hash(link: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    blake3::Hasher::new().update(link).finalize_xof().fill(&mut short);
    short
}

fn chained(before: &[u8; CHAIN], head: &Head, rest: &[u8]) -> [u8; CHAIN] {
    *blake3::Hasher::new().update(before).update(head.as_bytes()).update(rest).finalize().as_bytes()
}
