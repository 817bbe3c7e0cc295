//! Reading the log, whoever writes it.

use std::{
    collections::HashMap,
    fs::File,
    io,
    os::unix::fs::FileExt as _,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    Book, Kept, LogError,
    folder::Folder,
    index::{Index, Table},
    record::{self, Stored},
    segment::{BEGINNING, Header, Segment},
    walk::{Piece, Trust, Walk},
};
use crate::store::Next;

/// Most records are not larger than this; of others the rest is read afterwards.
const MOST_RECORDS: usize = 1024;

/// The folder, and the books that were read in it.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) folder: Folder,
    /// By their hash: many segments have the same.
    books: Mutex<HashMap<[u8; 32], Arc<Book>>>,
}

impl Reader {
    pub(super) fn new(folder: Folder) -> Self {
        Self { folder, books: Mutex::default() }
    }

    /// The decision with that id.
    pub(super) fn get(&self, segments: &[Segment], id: &Uuid) -> Result<Option<Kept>, LogError> {
        for segment in segments.iter().rev() {
            let Some(index) = Index::of(&self.folder, segment)? else { continue };
            let failed = LogError::file("read", self.folder.index(segment.number));
            let places = index.find(Table::Ids, std::iter::once(id.into_bytes())).map_err(failed)?;
            let Some(opened) = (if places.is_empty() { None } else { self.open(segment.number)? }) else { continue };
            for place in places.iter().rev() {
                let found =
                    opened.at(*place, |stored| (stored.id() == id.as_bytes()).then(|| stored.kept(&opened.book)))?;
                if let Some(kept) = found.flatten() {
                    return Ok(Some(kept));
                }
            }
        }
        Ok(None)
    }

    /// Goes through the decisions of a time, the oldest first, until told to stop.
    pub(super) fn each(
        &self,
        segments: &[Segment],
        (from, until): (Option<Timestamp>, Option<Timestamp>),
        each: &mut dyn FnMut(&Kept) -> Next,
    ) -> Result<(), LogError> {
        for segment in segments {
            let Some(index) = Index::of(&self.folder, segment)? else { continue };
            let summary = index.summary();
            if summary.count == 0 || !summary.meets(from, until) {
                continue;
            }
            let Some(mut bytes) = self.folder.read(segment.number)? else { continue };
            bytes.truncate(usize::try_from(summary.end).unwrap_or(usize::MAX));
            let header = self.header(&bytes, segment.number)?;
            let book = self.book(header.book)?;
            for piece in Walk::new(&bytes, header.size, Trust::Hashes) {
                let Some(stored) = whole(piece, segment.number) else { continue };
                let kept = stored.kept(&book);
                let meant = from.is_none_or(|from| kept.decision.at >= from)
                    && until.is_none_or(|until| kept.decision.at < until);
                if meant && each(&kept) == Next::Stop {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Opens a segment to read single records. None: it is gone.
    pub(super) fn open(&self, segment: u32) -> Result<Option<Opened<'_>>, LogError> {
        let Some(file) = self.folder.open_to_read(segment)? else { return Ok(None) };
        let mut opened = Opened { file, segment, book: Arc::default(), folder: &self.folder };
        let mut bytes = opened.bytes(0, BEGINNING)?;
        if let Some(size) = Header::size(&bytes) {
            bytes = opened.bytes(0, size)?;
        }
        opened.book = self.book(self.header(&bytes, segment)?.book)?;
        Ok(Some(opened))
    }

    /// The header that the bytes of a segment begin with.
    pub(super) fn header<'b>(&self, bytes: &'b [u8], segment: u32) -> Result<Header<'b>, LogError> {
        let told =
            || LogError::Damaged(format!("the header of `{}` cannot be read", self.folder.log(segment).display()));
        Header::read(bytes, segment).ok_or_else(told)
    }

    /// The book that a header has as JSON.
    pub(super) fn book(&self, json: &[u8]) -> Result<Arc<Book>, LogError> {
        let hash = *blake3::hash(json).as_bytes();
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(book) = books.get(&hash) {
            return Ok(Arc::clone(book));
        }
        let book: Book = serde_json::from_slice(json).map_err(|error| LogError::Damaged(error.to_string()))?;
        let book = Arc::new(book);
        books.insert(hash, Arc::clone(&book));
        Ok(book)
    }
}

/// The record of a piece. What is damaged is passed over: `verify` says what it is.
pub(super) fn whole(piece: Piece<'_>, segment: u32) -> Option<Stored<'_>> {
    match piece {
        Piece::Record(_, stored) => Some(stored),
        Piece::Damage(range) => {
            tracing::warn!(segment, from = range.start, bytes = range.len(), "damaged decisions are passed over");
            None
        }
    }
}

/// A segment, open for reading.
#[derive(Debug)]
pub(super) struct Opened<'r> {
    file: File,
    segment: u32,
    pub(super) book: Arc<Book>,
    folder: &'r Folder,
}

impl Opened<'_> {
    /// Reads the record at a place. None: there is none, as where an index is damaged.
    pub(super) fn at<T>(&self, place: u32, read: impl FnOnce(&Stored<'_>) -> T) -> Result<Option<T>, LogError> {
        let mut bytes = self.bytes(place.into(), MOST_RECORDS)?;
        if let Some(size) = record::size(&bytes).filter(|size| *size > bytes.len()) {
            bytes = self.bytes(place.into(), size)?;
        }
        let stored = Stored::read(&bytes);
        if stored.is_none() {
            tracing::warn!(segment = self.segment, at = place, "a damaged decision is passed over");
        }
        Ok(stored.as_ref().map(read))
    }

    /// Bytes of the file; fewer than asked for where it ends before.
    fn bytes(&self, at: u64, most: usize) -> Result<Vec<u8>, LogError> {
        let failed = || LogError::file("read", self.folder.log(self.segment));
        let left = self.file.metadata().map_err(|error| failed()(error))?.len().saturating_sub(at);
        let mut bytes = vec![0; usize::try_from(left).unwrap_or(most).min(most)];
        match self.file.read_exact_at(&mut bytes, at) {
            // It was cut off meanwhile.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Vec::new()),
            outcome => outcome.map(|()| bytes).map_err(failed()),
        }
    }
}
