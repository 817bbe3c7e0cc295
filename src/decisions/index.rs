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
