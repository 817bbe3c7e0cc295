//! The index of a sealed segment, in a file beside it.
//!
//! ```text
//! head | senders | ids, sorted | keys, sorted
//! ```

use std::{collections::BTreeSet, fs::File, io, os::unix::fs::FileExt as _};

use zerocopy::{
    FromBytes, FromZeros as _, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U16, U32, U64},
};

use super::{
    LogError,
    folder::Folder,
    index::{Entry, Recent, Summary, Table},
    segment::FORMAT,
};

const MAGIC: [u8; 8] = *b"maysendX";

/// So many entries are read at once where several have one name.
const TOGETHER: usize = 64;

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Head {
    magic: [u8; 8],
    format: U32,
    segment: U32,
    first: U64,
    count: U64,
    earliest: I64,
    latest: I64,
    end: U64,
    /// Bytes of the senders' names.
    senders: U32,
    /// Entries of each table.
    ids: U32,
    keys: U32,
    /// The hash of the tables.
    tables: [u8; 16],
    /// The hash of the head and the senders.
    checksum: [u8; 16],
}

/// Bytes of a sidecar without senders and entries.
pub(super) const LEAST: usize = size_of::<Head>();

/// The sidecar of a segment, open.
#[derive(Debug)]
pub(super) struct Sidecar {
    file: File,
    head: Head,
    senders: Vec<u8>,
}

/// What becomes the sidecar of a segment.
pub(super) fn encode(mut recent: Recent, segment: u32) -> Vec<u8> {
    recent.sort();
    let (ids, keys) = (&recent.ids, &recent.keys);
    let mut senders = Vec::with_capacity(recent.sender_bytes);
    for sender in &recent.senders {
        senders.extend_from_slice(&u16::try_from(sender.len()).unwrap_or(u16::MAX).to_le_bytes());
        senders.extend_from_slice(sender.as_bytes());
    }
    let size = |entries: usize| U32::from(u32::try_from(entries).unwrap_or(u32::MAX));
    let Summary { first, count, times: (earliest, latest), end } = recent.summary;
    let mut head = Head {
        magic: MAGIC,
        format: FORMAT.into(),
        segment: segment.into(),
        first: first.into(),
        count: count.into(),
        earliest: earliest.into(),
        latest: latest.into(),
        end: end.into(),
        senders: size(senders.len()),
        ids: size(ids.len()),
        keys: size(keys.len()),
        tables: short_hash(&[ids.as_bytes(), keys.as_bytes()]),
        checksum: [0; 16],
    };
    head.checksum = checksum(&head, &senders);
    [head.as_bytes(), &senders, ids.as_bytes(), keys.as_bytes()].concat()
}

fn checksum(head: &Head, senders: &[u8]) -> [u8; 16] {
    let blank = Head { checksum: [0; 16], ..*head };
    short_hash(&[blank.as_bytes(), senders])
}

fn short_hash(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let mut short = [0; 16];
    hasher.finalize_xof().fill(&mut short);
    short
}

fn names(senders: &[u8]) -> impl Iterator<Item = &str> {
    let mut rest = senders;
    std::iter::from_fn(move || {
        let (size, after) = U16::ref_from_prefix(rest).ok()?;
        let (name, after) = after.split_at_checked(usize::from(size.get()))?;
        rest = after;
        str::from_utf8(name).ok()
    })
}

impl Sidecar {
    /// Opens the sidecar of a segment. None: there is none, or it is damaged, and has to be made anew.
    pub(super) fn open(folder: &Folder, segment: u32) -> Result<Option<Self>, LogError> {
        let path = folder.index(segment);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(LogError::file("open", path)(error)),
        };
        match Self::read(file, segment) {
            Ok(sidecar) => Ok(sidecar),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(LogError::file("read", path)(error)),
        }
    }

    fn read(file: File, segment: u32) -> io::Result<Option<Self>> {
        let mut head = Head::new_zeroed();
        file.read_exact_at(head.as_mut_bytes(), 0)?;
        let entries = (u64::from(head.ids.get()) + u64::from(head.keys.get())) * size_of::<Entry>() as u64;
        let size = size_of::<Head>() as u64 + u64::from(head.senders.get()) + entries;
        if head.magic != MAGIC || head.segment.get() != segment || file.metadata()?.len() != size {
            return Ok(None);
        }
        let mut senders = vec![0; head.senders.get() as usize];
        file.read_exact_at(&mut senders, size_of::<Head>() as u64)?;
        let sound = head.format.get() == FORMAT && checksum(&head, &senders) == head.checksum;
        Ok(sound.then_some(Self { file, head, senders }))
    }

    pub(super) fn summary(&self) -> Summary {
        let Head { first, count, earliest, latest, end, .. } = self.head;
        Summary { first: first.get(), count: count.get(), times: (earliest.get(), latest.get()), end: end.get() }
    }

    pub(super) fn has_sender(&self, sender: &str) -> bool {
        names(&self.senders).any(|name| name == sender)
    }

    /// Adds where the records lie that have this name.
    pub(super) fn find(&self, table: Table, name: &[u8; 16], places: &mut Vec<u32>) -> io::Result<()> {
        let (start, entries) = self.table(table);
        let (mut low, mut high) = (0, entries);
        while low < high {
            let middle = low.midpoint(high);
            let mut entry = [Entry::new_zeroed()];
            self.file.read_exact_at(entry.as_mut_bytes(), start + middle * size_of::<Entry>() as u64)?;
            if entry.iter().any(|entry| entry.name < *name) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while low < entries {
            let mut some = [Entry::new_zeroed(); TOGETHER];
            let left = usize::try_from(entries - low).unwrap_or(TOGETHER).min(TOGETHER);
            let some = some.get_mut(..left).unwrap_or_default();
            self.file.read_exact_at(some.as_mut_bytes(), start + low * size_of::<Entry>() as u64)?;
            places.extend(some.iter().take_while(|entry| entry.name == *name).map(|entry| entry.at.get()));
            if some.last().is_none_or(|last| last.name != *name) {
                break;
            }
            low += left as u64;
        }
        Ok(())
    }

    /// Where a table begins, and how many entries it has.
    fn table(&self, table: Table) -> (u64, u64) {
        let ids_at = (size_of::<Head>() + self.senders.len()) as u64;
        let (ids, keys) = (u64::from(self.head.ids.get()), u64::from(self.head.keys.get()));
        match table {
            Table::Ids => (ids_at, ids),
            Table::Keys => (ids_at + ids * size_of::<Entry>() as u64, keys),
        }
    }

    /// The whole index. None: it is damaged.
    pub(super) fn load(&self) -> io::Result<Option<Recent>> {
        let read = |table| {
            let (start, entries) = self.table(table);
            let mut read = vec![Entry::new_zeroed(); usize::try_from(entries).unwrap_or_default()];
            self.file.read_exact_at(read.as_mut_bytes(), start).map(|()| read)
        };
        let (ids, keys) = (read(Table::Ids)?, read(Table::Keys)?);
        if short_hash(&[ids.as_bytes(), keys.as_bytes()]) != self.head.tables {
            return Ok(None);
        }
        let senders: BTreeSet<String> = names(&self.senders).map(str::to_owned).collect();
        let sender_bytes = self.senders.len();
        Ok(Some(Recent { summary: self.summary(), senders, sender_bytes, ids, keys }))
    }
}
