//! Where in a segment the decisions about a person stand, or the one with an id.
//!
//! As long as a segment is written its index is in memory ([`Recent`]); then it lies beside it ([`Sidecar`]) and is
//! searched there. It can always be made anew from the records.

use std::{
    collections::BTreeSet,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned, little_endian::U32};

use super::{Draft, LogError, folder::Folder, record::Record, segment::Segment, sidecar::Sidecar, walk::Scan};

/// One entry of a table: a key or an id, and where the record lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Entry {
    pub(super) name: [u8; 16],
    pub(super) at: U32,
}

/// Which table of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// By the ids of decisions and campaigns.
    Ids,
    /// By the keys of the people whom they are about.
    Keys,
}

/// What is known of a segment without reading its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    /// The number of its first decision.
    pub(super) first: u64,
    /// How many decisions it holds.
    pub(super) count: u64,
    /// The earliest and the latest moment of one, or of a campaign, in microseconds since 1970.
    pub(super) times: (i64, i64),
    /// Where its last record ends.
    pub(super) end: u64,
}

impl Summary {
    /// Whether it holds a decision of that time.
    pub(super) fn meets(&self, from: Option<Timestamp>, until: Option<Timestamp>) -> bool {
        let (earliest, latest) = self.times;
        from.is_none_or(|from| latest >= from.as_microsecond())
            && until.is_none_or(|until| earliest <= until.as_microsecond())
    }
}

/// An index in memory, its tables in the order of the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recent {
    pub(super) summary: Summary,
    pub(super) senders: BTreeSet<String>,
    /// Bytes of the senders' names on disk.
    pub(super) sender_bytes: usize,
    pub(super) ids: Vec<Entry>,
    pub(super) keys: Vec<Entry>,
}

impl Recent {
    /// The index of a segment without records, whose first would lie at this place.
    pub(super) const fn new(first: u64, at: usize) -> Self {
        let summary = Summary { first, count: 0, times: (i64::MAX, i64::MIN), end: at as u64 };
        Self { summary, senders: BTreeSet::new(), sender_bytes: 0, ids: Vec::new(), keys: Vec::new() }
    }

    /// Takes in the record at a place.
    pub(super) fn add(&mut self, at: usize, record: &Record<'_>) {
        let place = self.begin(at, record.size, record.count(), record.sender);
        for stored in record.items() {
            self.take(place, *stored.id(), stored.at());
        }
        self.keys.extend(links(place, record));
    }

    /// Takes in the record that was just made of these drafts.
    pub(super) fn add_drafts(&mut self, at: usize, size: usize, count: u64, drafts: &[Draft]) {
        let place = self.begin(at, size, count, drafts.first().and_then(|draft| draft.sender.as_deref()));
        for draft in drafts {
            self.take(place, draft.id.into_bytes(), draft.at.as_microsecond());
            self.keys.extend(draft.keys.iter().map(|key| Entry { name: key.0, at: place }));
        }
    }

    fn begin(&mut self, at: usize, size: usize, count: u64, sender: Option<&str>) -> U32 {
        self.summary.count += count;
        self.summary.end = (at + size) as u64;
        if let Some(sender) = sender.filter(|sender| !self.senders.contains(*sender)) {
            self.senders.insert(sender.to_owned());
            self.sender_bytes += size_of::<u16>() + sender.len();
        }
        place(at)
    }

    fn take(&mut self, at: U32, name: [u8; 16], made: i64) {
        let (earliest, latest) = &mut self.summary.times;
        (*earliest, *latest) = (made.min(*earliest), made.max(*latest));
        self.ids.push(Entry { name, at });
    }

    /// Puts what is left of the links of the records at these places, which are in order, in their place.
    pub(super) fn link_anew(&mut self, places: &[u32], left: &[Entry]) {
        self.keys.retain(|entry| places.binary_search(&entry.at.get()).is_err());
        self.keys.extend_from_slice(left);
    }

    /// Brings the tables into the order of a sidecar.
    pub(super) fn sort(&mut self) {
        sort(&mut self.ids);
        sort(&mut self.keys);
    }

    /// Where the records lie that have this name.
    fn find(&self, table: Table, name: &[u8; 16]) -> Vec<u32> {
        let entries = match table {
            Table::Ids => &self.ids,
            Table::Keys => &self.keys,
        };
        // Appending must stay cheap, so nothing is sorted: what one segment holds is looked through in 100 microseconds.
        entries.iter().filter(|entry| entry.name == *name).map(|entry| entry.at.get()).collect()
    }
}

/// So few entries are sorted as they lie.
const FEW: usize = 64;

/// Sorts by name and place. The names are spread over their range, keys since they are hashes and ids since they begin
/// with the time: laid out in stacks by that, only a few at a time are left to compare.
fn sort(entries: &mut Vec<Entry>) {
    let name = |entry: &Entry| u128::from_be_bytes(entry.name);
    let front = |entry: &Entry| u64::try_from(name(entry) >> 64).unwrap_or(u64::MAX);
    if entries.len() < FEW {
        entries.sort_unstable_by_key(|entry| (name(entry), entry.at.get()));
        return;
    }
    let ends = |(least, most): (u64, u64), it| (least.min(it), most.max(it));
    let (least, most) = entries.iter().map(front).fold((u64::MAX, 0), ends);
    let stacks = (entries.len() / 8 + 1).next_power_of_two();
    let range = u64::BITS - most.saturating_sub(least).leading_zeros();
    let shift = range.saturating_sub(stacks.ilog2());
    let stack = |entry: &Entry| usize::try_from((front(entry) - least) >> shift).unwrap_or_default();
    // Where each stack begins, and from then on where its next entry goes.
    let mut places = vec![0; stacks + 1];
    for entry in entries.iter() {
        places.get_mut(stack(entry) + 1).into_iter().for_each(|place| *place += 1);
    }
    places.iter_mut().fold(0, |before, place| {
        *place += before;
        *place
    });
    let mut laid_out = vec![Entry { name: [0; 16], at: U32::ZERO }; entries.len()];
    for entry in entries.iter() {
        let Some(place) = places.get_mut(stack(entry)) else { continue };
        laid_out.get_mut(*place).into_iter().for_each(|to| *to = *entry);
        *place += 1;
    }
    // Now each stack ends where the next one began.
    let mut rest = laid_out.as_mut_slice();
    let mut begun = 0;
    for end in places {
        let size = (end - begun).min(rest.len());
        let (some, after) = std::mem::take(&mut rest).split_at_mut(size);
        some.sort_unstable_by_key(|entry| (name(entry), entry.at.get()));
        (rest, begun) = (after, end);
    }
    *entries = laid_out;
}

/// The links of the record at a place.
pub(super) fn links<'a>(at: U32, record: &Record<'a>) -> impl Iterator<Item = Entry> + 'a {
    let keys = record.items().flat_map(|stored| stored.keys());
    keys.map(move |key| Entry { name: key.0, at })
}

/// No segment is larger than 32 bits tell but one that a single record fills, and that begins early.
fn place(at: usize) -> U32 {
    U32::from(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Locks an index in memory.
pub(super) fn lock(recent: &Mutex<Recent>) -> MutexGuard<'_, Recent> {
    recent.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The index of a segment, wherever it is.
#[derive(Debug)]
pub(super) enum Index {
    /// In memory.
    Recent(Arc<Mutex<Recent>>),
    /// On disk.
    Sidecar(Sidecar),
}

impl Index {
    /// The index of a segment. None: the segment is gone, having outlived its time.
    pub(super) fn of(folder: &Folder, segment: &Segment) -> Result<Option<Self>, LogError> {
        if let Some(recent) = &segment.recent {
            return Ok(Some(Self::Recent(Arc::clone(recent))));
        }
        if let Some(sidecar) = Sidecar::open(folder, segment.number)? {
            return Ok(Some(Self::Sidecar(sidecar)));
        }
        let scan = folder.read(segment.number)?.and_then(|bytes| Scan::of(&bytes, segment.number));
        Ok(scan.map(|scan| Self::Recent(Arc::new(Mutex::new(scan.recent)))))
    }

    pub(super) fn summary(&self) -> Summary {
        match self {
            Self::Recent(recent) => lock(recent).summary,
            Self::Sidecar(sidecar) => sidecar.summary(),
        }
    }

    /// Whether a decision of this sender is in the segment.
    pub(super) fn has_sender(&self, sender: &str) -> bool {
        match self {
            Self::Recent(recent) => lock(recent).senders.contains(sender),
            Self::Sidecar(sidecar) => sidecar.has_sender(sender),
        }
    }

    /// Where the records lie that have any of these names, in their order.
    pub(super) fn find(&self, table: Table, names: impl Iterator<Item = [u8; 16]>) -> io::Result<Vec<u32>> {
        let mut places = Vec::new();
        for name in names {
            match self {
                Self::Recent(recent) => places.extend(lock(recent).find(table, &name)),
                Self::Sidecar(sidecar) => sidecar.find(table, &name, &mut places)?,
            }
        }
        places.sort_unstable();
        places.dedup();
        Ok(places)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the names are, as where they are all the same or as far apart as can be.
        #[test]
        fn tables_are_sorted(names in prop::collection::vec((any::<[u8; 2]>(), 0..4_usize, 0..9_u32), 0..300)) {
            let mut entries: Vec<Entry> = names.into_iter().map(|(bytes, from, at)| {
                let mut name = [7; 16];
                name.iter_mut().skip(from * 4).zip(bytes).for_each(|(to, byte)| *to = byte);
                Entry { name, at: at.into() }
            }).collect();
            let mut expected = entries.clone();
            expected.sort_by_key(|entry| (entry.name, entry.at.get()));
            sort(&mut entries);
            prop_assert_eq!(entries, expected);
        }
    }
}
