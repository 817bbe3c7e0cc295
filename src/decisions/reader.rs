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
    Belonging, Book, Kept, KeptCampaign, LogError,
    folder::Folder,
    index::{Index, Table},
    record::{self, Record},
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

/// Where a record is: the segment, and the place in it.
type Spot = (u32, u32);

impl Reader {
    pub(super) fn new(folder: Folder) -> Self {
        Self { folder, books: Mutex::default() }
    }

    /// The decision with that id.
    pub(super) fn get(&self, segments: &[Segment], id: &Uuid) -> Result<Option<Kept>, LogError> {
        let found = self.find(segments, id, false, |record, book| {
            let stored = record.items().find(|stored| stored.id() == id.as_bytes())?;
            Some(stored.kept(&record.texts(), book))
        })?;
        Ok(found.map(|(_, kept)| kept))
    }

    /// The campaign with that id, and how many decisions belong to it, for which so many records are looked at and no
    /// more.
    pub(super) fn campaign(
        &self,
        segments: &[Segment],
        id: &Uuid,
        most: u64,
    ) -> Result<Option<(KeptCampaign, Belonging)>, LogError> {
        let found = self.find(segments, id, true, |record, book| {
            let campaign = record.items().next()?.campaign();
            Some(KeptCampaign { campaign, number: record.number(), chain: *record.chain, book: Arc::clone(book) })
        })?;
        let Some(((segment, at), kept)) = found else { return Ok(None) };
        let after: Vec<&Segment> = segments.iter().filter(|it| it.number >= segment).collect();
        let belonging = self.belonging(&after, at, id, most)?;
        Ok(Some((kept, belonging)))
    }

    /// How many decisions of a campaign stand in these segments, from a place in the first on.
    fn belonging(&self, segments: &[&Segment], at: u32, id: &Uuid, most: u64) -> Result<Belonging, LogError> {
        let (mut found, mut left, mut from) = (Belonging::default(), most, Some(u64::from(at)));
        for segment in segments {
            let Some(end) = Index::of(&self.folder, segment)?.map(|index| index.summary().end) else { continue };
            let Some(opened) = self.open(segment.number)? else { continue };
            let mut at = from.take().unwrap_or(opened.first);
            while at < end {
                if left == 0 {
                    return Ok(Belonging { cut: true, ..found });
                }
                left -= 1;
                // What is damaged has no beginning that could be read: what follows in its segment is not counted.
                let bytes = opened.bytes(at, record::BEGINNING)?;
                let Some((size, decisions, parent)) = record::beginning(&bytes) else {
                    found.cut = true;
                    break;
                };
                found.decisions += if parent == Some(*id) { decisions } else { 0 };
                at += size as u64;
            }
        }
        Ok(found)
    }

    /// What is made of the record that has this id in it, and where that is.
    fn find<T>(
        &self,
        segments: &[Segment],
        id: &Uuid,
        is_campaign: bool,
        read: impl Fn(&Record<'_>, &Arc<Book>) -> Option<T>,
    ) -> Result<Option<(Spot, T)>, LogError> {
        for segment in segments.iter().rev() {
            let Some(index) = Index::of(&self.folder, segment)? else { continue };
            let failed = LogError::file("read", self.folder.index(segment.number));
            let places = index.find(Table::Ids, std::iter::once(id.into_bytes())).map_err(failed)?;
            let Some(opened) = (if places.is_empty() { None } else { self.open(segment.number)? }) else { continue };
            for place in places.iter().rev() {
                let meant = |record: &Record<'_>| record.is_campaign() == is_campaign;
                let found = opened.at(*place, |record| meant(record).then(|| read(record, &opened.book)))?;
                if let Some(found) = found.flatten().flatten() {
                    return Ok(Some(((segment.number, *place), found)));
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
                let Some(record) = whole(piece, segment.number) else { continue };
                let texts = record.texts();
                for kept in record.items().map(|stored| stored.kept(&texts, &book)) {
                    let meant = from.is_none_or(|from| kept.decision.at >= from)
                        && until.is_none_or(|until| kept.decision.at < until);
                    if meant && each(&kept) == Next::Stop {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// Opens a segment to read single records. None: it is gone.
    pub(super) fn open(&self, segment: u32) -> Result<Option<Opened<'_>>, LogError> {
        let Some(file) = self.folder.open_to_read(segment)? else { return Ok(None) };
        let mut opened = Opened { file, segment, book: Arc::default(), first: 0, folder: &self.folder };
        let mut bytes = opened.bytes(0, BEGINNING)?;
        if let Some(size) = Header::size(&bytes) {
            bytes = opened.bytes(0, size)?;
        }
        let header = self.header(&bytes, segment)?;
        opened.first = header.size as u64;
        opened.book = self.book(header.book)?;
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

/// The decisions of a piece. What is damaged is passed over: `verify` says what it is.
pub(super) fn whole(piece: Piece<'_>, segment: u32) -> Option<Record<'_>> {
    match piece {
        Piece::Record(_, record) => (!record.is_campaign()).then_some(record),
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
    /// Where its first record lies.
    first: u64,
    folder: &'r Folder,
}

impl Opened<'_> {
    /// Reads the record at a place. None: there is none, as where an index is damaged.
    pub(super) fn at<T>(&self, place: u32, read: impl FnOnce(&Record<'_>) -> T) -> Result<Option<T>, LogError> {
        let bytes = self.record(place)?;
        let record = Record::read(&bytes);
        if record.is_none() {
            tracing::warn!(segment = self.segment, at = place, "a damaged decision is passed over");
        }
        Ok(record.as_ref().map(read))
    }

    /// The bytes of the record at a place, and perhaps some that follow.
    pub(super) fn record(&self, place: u32) -> Result<Vec<u8>, LogError> {
        let bytes = self.bytes(place.into(), MOST_RECORDS)?;
        match record::size(&bytes).filter(|size| *size > bytes.len()) {
            Some(size) => self.bytes(place.into(), size),
            None => Ok(bytes),
        }
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
