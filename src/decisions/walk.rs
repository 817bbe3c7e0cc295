//! Going through the bytes of a segment, past what is damaged.

use std::ops::Range;

use super::{
    index::Recent,
    record::{self, CHAIN, MARKER, Record},
    segment::Header,
};

/// What comes next in a segment.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// A record, and where it lies.
    Record(usize, Record<'a>),
    /// Bytes that are no record, although a whole one follows.
    Damage(Range<usize>),
}

/// How much is asked of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// That its hash fits.
    Hashes,
    /// That its sizes make sense.
    Sizes,
}

/// The pieces of a segment, in order. Where they end, no whole record follows.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    trust: Trust,
    /// Where the next piece begins: at the end, where the last record ended.
    pub(super) at: usize,
}

impl<'a> Walk<'a> {
    /// Goes through the bytes from where a record should begin.
    pub(super) const fn new(bytes: &'a [u8], at: usize, trust: Trust) -> Self {
        Self { bytes, trust, at }
    }

    fn record(&self, at: usize) -> Option<Record<'a>> {
        match self.trust {
            Trust::Hashes => record::whole(self.bytes, at),
            Trust::Sizes => Record::read(self.bytes.get(at..)?),
        }
    }

    /// Where the next record begins whose hash fits. Whatever lies before it, it can be told for a record.
    fn next_whole(&self) -> Option<usize> {
        let mut from = self.at;
        loop {
            let rest = self.bytes.get(from..)?;
            if is_zero(rest) {
                return None;
            }
            let found = from + rest.windows(MARKER.len()).position(|window| window == MARKER)?;
            if record::whole(self.bytes, found).is_some() {
                return Some(found);
            }
            from = found + 1;
        }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(record) = self.record(self.at) {
            let at = self.at;
            self.at += record.size;
            return Some(Piece::Record(at, record));
        }
        let damaged = self.at..self.next_whole()?;
        self.at = damaged.end;
        Some(Piece::Damage(damaged))
    }
}

/// Whether the bytes are what was never written.
pub(super) fn is_zero(bytes: &[u8]) -> bool {
    const ZEROS: [u8; 4096] = [0; 4096];
    bytes.chunks(ZEROS.len()).all(|chunk| ZEROS.starts_with(chunk))
}

/// What a segment holds, by its records whose hashes fit.
#[derive(Debug)]
pub(super) struct Scan {
    /// Its index.
    pub(super) recent: Recent,
    /// The number of the next decision.
    pub(super) next: u64,
    /// The hash that the chain ends with.
    pub(super) chain: [u8; CHAIN],
    /// Bytes that are damaged although whole records follow.
    pub(super) damaged: usize,
    /// Bytes after the last whole record that were written and are none.
    pub(super) torn: usize,
    /// When the segment was begun, in microseconds since 1970.
    pub(super) made: i64,
}

impl Scan {
    /// Goes through a segment. None: neither a header nor any record in it is whole.
    pub(super) fn of(bytes: &[u8], segment: u32) -> Option<Self> {
        let header = Header::read(bytes, segment);
        let mut walk = Walk::new(bytes, header.map_or(0, |header| header.size), Trust::Hashes);
        let (mut recent, mut last, mut damaged) =
            (Recent::new(header.map_or(0, |header| header.first), walk.at), None, 0);
        for piece in walk.by_ref() {
            match piece {
                Piece::Record(at, record) => {
                    if last.is_none() && header.is_none() {
                        recent = Recent::new(record.number(), at);
                    }
                    recent.add(at, &record);
                    last = Some(record);
                }
                Piece::Damage(range) => damaged += range.len(),
            }
        }
        let ends = match (last, header) {
            (Some(last), _) => (last.next(), *last.chain),
            (None, Some(header)) => (header.first, *header.before),
            (None, None) => return None,
        };
        let (next, chain) = ends;
        let rest = bytes.get(walk.at..).unwrap_or_default();
        let written = if is_zero(rest) { None } else { rest.iter().rposition(|byte| *byte != 0) };
        let torn = written.map_or(0, |last| last + 1);
        Some(Self { recent, next, chain, damaged, torn, made: header.map_or(0, |header| header.made) })
    }
}
