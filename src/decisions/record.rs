//! A record, as it stands in a segment: decisions that were kept together, or a campaign.
//!
//! ```text
//! head | parent | sender | campaign | decisions | links | chain
//! decision: item | rules | body          link: salt, keys
//! ```
//!
//! The chain of a record is the hash over the chain before it and over everything in the record but the links; each
//! decision has a hash of its link in their place. Thus a link can be overwritten with zeros, which nobody can undo, and
//! every hash still fits. The salt keeps a key that somebody knows from being tried against the hash that is left.
//!
//! What a batch decides has one sender and one campaign, and hashing in one go costs a fifth of hashing piece by piece:
//! hence many decisions in one record.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;
use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U16, U32, U64},
};

use super::{Book, CampaignDraft, Draft, Kept};
use crate::ledger::identity::RecipientKey;

/// What a record begins with.
pub(super) const MARKER: [u8; 4] = [0xd1, b'd', b'e', b'c'];

/// Bytes of a hash of the chain, which is what a record ends with.
pub(super) const CHAIN: usize = 32;

/// Bytes of a salt, of a key, and of a rule.
pub(super) const SALT: usize = 16;
pub(super) const KEY: usize = 16;
pub(super) const RULE: usize = 2;

/// What stands in a record.
pub(super) const SENDER: u8 = 1;
pub(super) const CAMPAIGN: u8 = 2;
pub(super) const PARENT: u8 = 4;
/// It is about a campaign, and what looks like its one decision is none.
pub(super) const IS_CAMPAIGN: u8 = 8;

/// The decision allows.
pub(super) const ALLOW: u8 = 1;

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Head {
    pub(super) marker: [u8; 4],
    pub(super) flags: u8,
    /// How many decisions.
    pub(super) count: U16,
    /// Bytes of each part.
    pub(super) sender: U16,
    pub(super) campaign: U16,
    pub(super) decisions: U32,
    pub(super) links: U32,
    /// The place of its first decision in the log.
    pub(super) number: U64,
}

/// What a decision begins with.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Item {
    pub(super) flags: u8,
    pub(super) keys: U16,
    pub(super) rules: U16,
    pub(super) body: U32,
    /// When it was made, in microseconds since 1970.
    pub(super) at: I64,
    pub(super) id: [u8; 16],
    pub(super) link_hash: [u8; 16],
}

impl Head {
    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    fn parent(&self) -> usize {
        if self.has(PARENT) { size_of::<Uuid>() } else { 0 }
    }

    /// Bytes of the whole record; none, if its sizes contradict each other.
    fn size(&self) -> Option<usize> {
        let plausible = self.marker == MARKER
            && self.flags & !(SENDER | CAMPAIGN | PARENT | IS_CAMPAIGN) == 0
            && (self.has(SENDER) || self.sender.get() == 0)
            && (self.has(CAMPAIGN) || self.campaign.get() == 0)
            && (self.count.get() == 1 || self.count.get() > 1 && !self.has(IS_CAMPAIGN));
        let texts = usize::from(self.sender.get()) + usize::from(self.campaign.get());
        let short = size_of::<Self>() + self.parent() + texts + CHAIN;
        let (decisions, links) = (usize::try_from(self.decisions.get()), usize::try_from(self.links.get()));
        let size = short.checked_add(decisions.ok()?)?.checked_add(links.ok()?)?;
        plausible.then_some(size)
    }
}

/// A record, where it lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    head: &'a Head,
    /// Everything before the links.
    before_links: &'a [u8],
    pub(super) parent: Option<Uuid>,
    pub(super) sender: Option<&'a str>,
    pub(super) campaign: Option<&'a str>,
    decisions: &'a [u8],
    links: &'a [u8],
    /// The hash that it ends with.
    pub(super) chain: &'a [u8; CHAIN],
    /// Its bytes.
    pub(super) size: usize,
}

impl<'a> Record<'a> {
    /// Reads the record that the bytes begin with. Whether its hashes fit is another question.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let size = size(bytes)?;
        let (body, chain) = bytes.get(..size)?.split_last_chunk::<CHAIN>()?;
        let (head, after) = Head::ref_from_prefix(body).ok()?;
        let (parent, after) = after.split_at_checked(head.parent())?;
        let (sender, after) = after.split_at_checked(usize::from(head.sender.get()))?;
        let (campaign, after) = after.split_at_checked(usize::from(head.campaign.get()))?;
        let (decisions, links) = after.split_at_checked(usize::try_from(head.decisions.get()).ok()?)?;
        let before_links = body.get(..body.len() - links.len())?;
        let text = |flag, bytes| if head.has(flag) { str::from_utf8(bytes).ok().map(Some) } else { Some(None) };
        let (sender, campaign) = (text(SENDER, sender)?, text(CAMPAIGN, campaign)?);
        let parent = if head.has(PARENT) { Some(Uuid::from_slice(parent).ok()?) } else { None };
        let record = Self { head, before_links, parent, sender, campaign, decisions, links, chain, size };
        let mut all = record.items();
        let count = all.by_ref().count();
        let is_whole = all.decisions.is_empty() && all.links.is_empty() && count == usize::from(head.count.get());
        is_whole.then_some(record)
    }

    /// Whether it is about a campaign, and holds no decision.
    pub(super) fn is_campaign(&self) -> bool {
        self.head.has(IS_CAMPAIGN)
    }

    /// The place in the log of its first decision, or of the one that comes after it.
    pub(super) fn number(&self) -> u64 {
        self.head.number.get()
    }

    /// How many decisions it holds.
    pub(super) fn count(&self) -> u64 {
        count(self.head)
    }

    /// The place in the log of the decision that comes after it.
    pub(super) fn next(&self) -> u64 {
        self.number().saturating_add(self.count())
    }

    /// Its decisions, in order; of a campaign what is kept of it.
    pub(super) fn items(&self) -> Items<'a> {
        let link_at = self.before_links.len();
        Items { record: *self, decisions: self.decisions, links: self.links, link_at, number: self.number() }
    }

    /// The hash that it should end with, given the one before it and that it lies in these bytes at this place.
    fn chain_in(&self, segment: &[u8], at: usize) -> Option<[u8; CHAIN]> {
        let hashed = segment.get(at.checked_sub(CHAIN)?..at + self.before_links.len())?;
        Some(*blake3::hash(hashed).as_bytes())
    }

    /// What its decisions have in common.
    pub(super) fn texts(&self) -> Texts {
        Texts { sender: self.sender.map(Arc::from), campaign: self.campaign.map(Arc::from) }
    }
}

/// What the decisions of a record have in common.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    sender: Option<Arc<str>>,
    campaign: Option<Arc<str>>,
}

/// The decisions of a record, in order.
#[derive(Clone, Debug)]
pub(super) struct Items<'a> {
    record: Record<'a>,
    decisions: &'a [u8],
    links: &'a [u8],
    link_at: usize,
    number: u64,
}

impl<'a> Iterator for Items<'a> {
    type Item = Stored<'a>;

    fn next(&mut self) -> Option<Stored<'a>> {
        let (item, after) = Item::ref_from_prefix(self.decisions).ok()?;
        let (rules, after) = <[U16]>::ref_from_prefix_with_elems(after, usize::from(item.rules.get())).ok()?;
        let (body, decisions) = after.split_at_checked(usize::try_from(item.body.get()).ok()?)?;
        let (link, links) = self.links.split_at_checked(SALT + KEY * usize::from(item.keys.get()))?;
        let stored =
            Stored { record: self.record, item, rules, body, link, link_at: self.link_at, number: self.number };
        (self.decisions, self.links) = (decisions, links);
        (self.link_at, self.number) = (self.link_at + link.len(), self.number.saturating_add(1));
        Some(stored)
    }
}

/// A decision in its record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored<'a> {
    pub(super) record: Record<'a>,
    item: &'a Item,
    rules: &'a [U16],
    body: &'a [u8],
    link: &'a [u8],
    /// Where its link begins, within the record.
    link_at: usize,
    /// Its place in the log.
    pub(super) number: u64,
}

impl<'a> Stored<'a> {
    /// When it was made, in microseconds since 1970.
    pub(super) fn at(&self) -> i64 {
        self.item.at.get()
    }

    /// When it was made.
    pub(super) fn moment(&self) -> Timestamp {
        Timestamp::from_microsecond(self.at()).unwrap_or(Timestamp::MAX)
    }

    /// Its id.
    pub(super) const fn id(&self) -> &'a [u8; 16] {
        &self.item.id
    }

    /// Whether it allows.
    pub(super) fn allow(&self) -> bool {
        self.item.flags & ALLOW != 0
    }

    /// The rules among its reasons, as places in the book.
    pub(super) fn rules(&self) -> impl Iterator<Item = u16> + use<'a> {
        self.rules.iter().map(|rule| rule.get())
    }

    /// The keys of its link; none once that is erased.
    pub(super) fn keys(&self) -> impl Iterator<Item = RecipientKey> + use<'a> {
        let keys = if self.unlinked() { &[] } else { self.link.get(SALT..).unwrap_or_default() };
        keys.as_chunks::<KEY>().0.iter().map(|key| RecipientKey(*key))
    }

    /// Whether its link was erased.
    pub(super) fn unlinked(&self) -> bool {
        self.link.iter().all(|byte| *byte == 0)
    }

    /// Whether its link is what it was when the decision was kept, or is erased.
    pub(super) fn link_is_sound(&self) -> bool {
        self.unlinked() || link_hash(self.link) == self.item.link_hash
    }

    /// Where its link lies within the record.
    pub(super) fn link_range(&self) -> (usize, usize) {
        (self.link_at, self.link.len())
    }

    /// The decision, as it was kept.
    pub(super) fn kept(&self, texts: &Texts, book: &Arc<Book>) -> Kept {
        let decision = Draft {
            id: Uuid::from_bytes(self.item.id),
            at: self.moment(),
            sender: texts.sender.clone(),
            campaign: texts.campaign.clone(),
            parent: self.record.parent,
            allow: self.allow(),
            rules: self.rules().collect(),
            keys: self.keys().collect(),
            body: self.body.to_vec(),
        };
        let (chain, book) = (*self.record.chain, Arc::clone(book));
        Kept { decision, unlinked: self.unlinked(), number: self.number, chain, book }
    }

    /// The campaign, as it was kept.
    pub(super) fn campaign(&self) -> CampaignDraft {
        let Texts { sender, campaign } = self.record.texts();
        let (id, at, body) = (Uuid::from_bytes(self.item.id), self.moment(), self.body.to_vec());
        CampaignDraft { id, at, sender, campaign, body }
    }
}

fn count(head: &Head) -> u64 {
    if head.has(IS_CAMPAIGN) { 0 } else { head.count.get().into() }
}

/// Bytes of the record that these begin with; none, if they begin with no head.
pub(super) fn size(bytes: &[u8]) -> Option<usize> {
    let (head, _) = Head::ref_from_prefix(bytes).ok()?;
    head.size()
}

/// Bytes that tell how large a record is, and what campaign its decisions belong to.
pub(super) const BEGINNING: usize = size_of::<Head>() + size_of::<Uuid>();

/// Of the record that these bytes begin with its size, how many decisions it holds, and of which campaign.
pub(super) fn beginning(bytes: &[u8]) -> Option<(usize, u64, Option<Uuid>)> {
    let (head, after) = Head::ref_from_prefix(bytes).ok()?;
    let parent = after.get(..head.parent()).filter(|parent| !parent.is_empty());
    Some((head.size()?, count(head), parent.and_then(|parent| Uuid::from_slice(parent).ok())))
}

/// The record at a place of a segment, if it is whole: its hash follows from the 32 bytes before it, which are the
/// hash of the record before or, at the start, the one that the segment's header ends with.
pub(super) fn whole(segment: &[u8], at: usize) -> Option<Record<'_>> {
    let record = Record::read(segment.get(at..)?)?;
    (record.chain_in(segment, at)? == *record.chain).then_some(record)
}

/// What is left of a link once it is erased.
pub(super) fn link_hash(link: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    let hash = blake3::hash(link);
    short.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    short
}
