//! A segment: a header, then one record after the other, then, while it is written, zeros.
//!
//! The header ends with the hash of the chain before the segment, so that the 32 bytes before any record are the hash
//! that the record's own follows from.

use std::sync::{Arc, Mutex};

use zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    little_endian::{I64, U32, U64},
};

use super::{index::Recent, record::CHAIN};

/// The format of segments and their indexes that this program reads and writes.
pub(super) const FORMAT: u32 = 1;

const MAGIC: [u8; 8] = *b"maysendD";

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Head {
    magic: [u8; 8],
    format: U32,
    segment: U32,
    /// The number of its first decision.
    first: U64,
    /// When it was begun, in microseconds since 1970.
    made: I64,
    /// Bytes of the book.
    book: U32,
    checksum: [u8; 16],
}

/// The header of a segment, read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'a> {
    /// The number of its first decision.
    pub(super) first: u64,
    /// When it was begun, in microseconds since 1970.
    pub(super) made: i64,
    /// The book as JSON.
    pub(super) book: &'a [u8],
    /// The hash of the chain before it.
    pub(super) before: &'a [u8; CHAIN],
    /// Its own bytes: where the first record begins.
    pub(super) size: usize,
}

impl<'a> Header<'a> {
    /// Reads the header that the bytes of a segment begin with; none, if it is not whole or of another segment.
    pub(super) fn read(bytes: &'a [u8], segment: u32) -> Option<Self> {
        let (head, after) = Head::ref_from_prefix(bytes).ok()?;
        let (book, after) = after.split_at_checked(usize::try_from(head.book.get()).ok()?)?;
        let before = after.first_chunk()?;
        let known = head.magic == MAGIC && head.format.get() == FORMAT && head.segment.get() == segment;
        let sound = known && checksum(head, book, before) == head.checksum;
        let size = size_of::<Head>() + book.len() + CHAIN;
        sound.then_some(Self { first: head.first.get(), made: head.made.get(), book, before, size })
    }

    /// Bytes of a header, as far as its beginning tells: how much to read of a file.
    pub(super) fn size(beginning: &[u8]) -> Option<usize> {
        let (head, _) = Head::ref_from_prefix(beginning).ok()?;
        let book = usize::try_from(head.book.get()).ok()?;
        (head.magic == MAGIC).then(|| (size_of::<Head>() + CHAIN).checked_add(book)).flatten()
    }
}

/// Bytes that tell how long a header is.
pub(super) const BEGINNING: usize = size_of::<Head>();

/// The header of a new segment.
pub(super) fn header(segment: u32, first: u64, made: i64, book: &[u8], before: &[u8; CHAIN]) -> Option<Vec<u8>> {
    let mut head = Head {
        magic: MAGIC,
        format: FORMAT.into(),
        segment: segment.into(),
        first: first.into(),
        made: made.into(),
        book: u32::try_from(book.len()).ok()?.into(),
        checksum: [0; 16],
    };
    head.checksum = checksum(&head, book, before);
    Some([head.as_bytes(), book, before].concat())
}

fn checksum(head: &Head, book: &[u8], before: &[u8; CHAIN]) -> [u8; 16] {
    let blank = Head { checksum: [0; 16], ..*head };
    let mut short = [0; 16];
    blake3::Hasher::new().update(blank.as_bytes()).update(book).update(before).finalize_xof().fill(&mut short);
    short
}

/// A segment of the folder.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Its number, which names its files. The greatest is the one that is written.
    pub(super) number: u32,
    /// Bytes of its files.
    pub(super) bytes: u64,
    /// Whether its index is on disk.
    pub(super) sealed: bool,
    /// Its index, as long as that is in memory.
    pub(super) recent: Option<Arc<Mutex<Recent>>>,
}
