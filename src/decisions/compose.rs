//! From drafts to the records that are written: first what they will take up, then, once there is room, their bytes.

use std::{ops::Range, sync::Arc};

use smallvec::SmallVec;
use zerocopy::IntoBytes as _;

use super::{
    Draft,
    index::Entry,
    record::{ALLOW, CAMPAIGN, CHAIN, Head, IS_CAMPAIGN, Item, KEY, MARKER, PARENT, RULE, SALT, SENDER, link_hash},
};

/// Decisions come into one record up to so many bytes. Of a damaged record all is lost, and to read one decision its
/// record is read; below this hashing costs more.
const RECORD: usize = 64 << 10;

/// What becomes one record.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Which drafts.
    pub(super) drafts: Range<usize>,
    decisions: usize,
    links: usize,
    /// Bytes of the record.
    pub(super) size: usize,
}

/// What drafts will take up.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) runs: Vec<Run>,
    /// Bytes of all records.
    pub(super) size: usize,
    /// Bytes of what the index will have of them.
    pub(super) entries: usize,
}

impl Plan {
    /// Makes the plan. None: a part of a draft is larger than any record has room for.
    pub(super) fn make(&mut self, drafts: &[Draft]) -> Option<()> {
        (self.size, self.entries) = (0, 0);
        self.runs.clear();
        let mut first: Option<&Draft> = None;
        for (at, draft) in drafts.iter().enumerate() {
            let (rules, keys) = (u16::try_from(draft.rules.len()).ok()?, u16::try_from(draft.keys.len()).ok()?);
            u32::try_from(draft.body.len()).ok().filter(|size| *size < u32::MAX / 2)?;
            let decision = size_of::<Item>() + RULE * usize::from(rules) + draft.body.len();
            let link = SALT + KEY * usize::from(keys);
            self.entries += (1 + usize::from(keys)) * size_of::<Entry>();
            self.size += decision + link;
            if let (Some(run), Some(first)) = (self.runs.last_mut(), first)
                && run.size + decision + link <= RECORD
                && in_common(first, draft)
            {
                run.drafts.end += 1;
                (run.decisions, run.links) = (run.decisions + decision, run.links + link);
                run.size += decision + link;
                continue;
            }
            let text = |text: &Option<Arc<str>>| text.as_ref().map_or(Some(0), |text| u16::try_from(text.len()).ok());
            let (sender, campaign) = (usize::from(text(&draft.sender)?), usize::from(text(&draft.campaign)?));
            let parent = draft.parent.map_or(0, |parent| parent.as_bytes().len());
            let around = size_of::<Head>() + parent + sender + campaign + CHAIN;
            self.size += around;
            self.entries += size_of::<u16>() + sender;
            let size = around + decision + link;
            self.runs.push(Run { drafts: at..at + 1, decisions: decision, links: link, size });
            first = Some(draft);
        }
        Some(())
    }
}

/// Whether both can stand in one record.
fn in_common(one: &Draft, other: &Draft) -> bool {
    let same = |one: &Option<Arc<str>>, other: &Option<Arc<str>>| match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
        (one, other) => one.is_none() && other.is_none(),
    };
    one.parent == other.parent && same(&one.sender, &other.sender) && same(&one.campaign, &other.campaign)
}

/// What a record says of all that is in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    /// The number of its first decision.
    pub(super) number: u64,
    /// It is about a campaign.
    pub(super) is_campaign: bool,
    /// The salts of its links, one after the other.
    pub(super) salts: &'p [u8],
}

/// Writes the record of these drafts behind what there is, which ends with the chain before it, and gives its own.
pub(super) fn write(drafts: &[Draft], run: &Run, place: Place<'_>, out: &mut Vec<u8>) -> Option<[u8; CHAIN]> {
    let first = drafts.first()?;
    let start = out.len();
    let (sender, campaign) = (first.sender.as_deref(), first.campaign.as_deref());
    let short = |text: Option<&str>| u16::try_from(text.unwrap_or_default().len()).ok();
    let flag = |set, flag| if set { flag } else { 0 };
    let head = Head {
        marker: MARKER,
        flags: flag(sender.is_some(), SENDER)
            | flag(campaign.is_some(), CAMPAIGN)
            | flag(first.parent.is_some(), PARENT)
            | flag(place.is_campaign, IS_CAMPAIGN),
        count: u16::try_from(drafts.len()).ok()?.into(),
        sender: short(sender)?.into(),
        campaign: short(campaign)?.into(),
        decisions: u32::try_from(run.decisions).ok()?.into(),
        links: u32::try_from(run.links).ok()?.into(),
        number: place.number.into(),
    };
    out.reserve(run.size);
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(first.parent.as_ref().map_or(&[], |parent| parent.as_bytes().as_slice()));
    out.extend_from_slice(sender.unwrap_or_default().as_bytes());
    out.extend_from_slice(campaign.unwrap_or_default().as_bytes());
    let mut links = SmallVec::<[u8; 256]>::with_capacity(run.links);
    for (draft, salt) in drafts.iter().zip(place.salts.as_chunks::<SALT>().0) {
        let link_at = links.len();
        links.extend_from_slice(salt);
        draft.keys.iter().for_each(|key| links.extend_from_slice(&key.0));
        let item = Item {
            flags: flag(draft.allow, ALLOW),
            keys: u16::try_from(draft.keys.len()).ok()?.into(),
            rules: u16::try_from(draft.rules.len()).ok()?.into(),
            body: u32::try_from(draft.body.len()).ok()?.into(),
            at: draft.at.as_microsecond().into(),
            id: draft.id.into_bytes(),
            link_hash: link_hash(links.get(link_at..)?),
        };
        out.extend_from_slice(item.as_bytes());
        draft.rules.iter().for_each(|rule| out.extend_from_slice(&rule.to_le_bytes()));
        out.extend_from_slice(&draft.body);
    }
    let chain = *blake3::hash(out.get(start.checked_sub(CHAIN)?..)?).as_bytes();
    out.extend_from_slice(&links);
    out.extend_from_slice(&chain);
    Some(chain)
}
