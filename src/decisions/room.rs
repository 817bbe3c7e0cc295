//! Room for decisions: segments are begun, and deleted once they have outlived their time.

use std::{os::unix::fs::FileExt as _, sync::Arc};

use jiff::Timestamp;

use super::{
    LogError,
    active::{Active, reserve},
    index::{Index, Recent},
    segment::{self, Segment},
    sidecar,
    writer::Writer,
};
use crate::{clock, config};

/// What a segment may take up, unless a single record takes more.
const SEGMENT: u64 = 16 << 20;

/// An eighth of the log, if that is less; but not less than this.
const LEAST_SEGMENT: u64 = 64 << 10;

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// What the log may take up and how long it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Bytes of all files.
    pub(super) size: u64,
    /// Bytes of a segment.
    pub(super) segment: u64,
    /// Microseconds after which a decision is deleted.
    pub(super) age: Option<i64>,
}

impl Limits {
    /// What the configuration says.
    pub(super) fn of(config: &config::Decisions) -> Self {
        let age = i64::from(config.max_age_days) * DAY;
        let segment = SEGMENT.min(config.max_size / 8).max(LEAST_SEGMENT);
        Self { size: config.max_size, segment, age: (age > 0).then_some(age) }
    }
}

impl Writer {
    /// Whether so many bytes fit into the segment that is written, and so many of its index into the log.
    pub(super) fn fits(&self, record: usize, entries: usize) -> bool {
        let within = |active: &Active| !active.ragged && active.end + record as u64 <= active.capacity;
        self.active.as_ref().is_some_and(within) && self.used() + entries as u64 <= self.limits.size
    }

    /// Makes room for so many bytes: by deleting what has outlived its time, or in another segment.
    pub(super) fn find_room(&mut self, record: usize, entries: usize, at: Timestamp) -> Result<(), LogError> {
        self.expire(at)?;
        if let Some(active) = self.active.as_mut().filter(|active| active.ragged) {
            active.mend().map_err(LogError::file("write", self.folder.log(active.segment)))?;
        }
        if self.fits(record, entries) { Ok(()) } else { self.begin(record, entries) }
    }

    /// Begins a segment that has room for a record.
    pub(super) fn begin(&mut self, record: usize, entries: usize) -> Result<(), LogError> {
        let (number, made) = (self.segments.last().map_or(1, |last| last.number + 1), clock::now().as_microsecond());
        let header = segment::header(number, self.head.decisions, made, &self.book, &self.head.hash);
        let header = header.ok_or_else(|| self.full())?;
        let recent = Recent::new(self.head.decisions, header.len());
        let capacity = self.limits.segment.max((header.len() + record) as u64);
        let index = (sidecar::LEAST + entries) as u64;
        if self.used_when_finished() + capacity + index > self.limits.size {
            return Err(self.full());
        }
        // A segment begins only once all before it is on disk: what a power cut takes away is always the end.
        self.finish()?;
        let file = self.folder.create(number)?;
        let room = reserve(&file, capacity).and_then(|()| file.write_all_at(&header, 0));
        if let Err(cause) = room {
            self.folder.delete(number)?;
            return Err(LogError::file("write", self.folder.log(number))(cause));
        }
        let active = Active::new(number, file, recent, capacity, made);
        self.segments.push(Segment { number, bytes: 0, sealed: false, recent: Some(Arc::clone(&active.recent)) });
        self.work.urgent = true;
        (self.work.written, self.work.begun) = (true, true);
        if let Some(before) = self.active.replace(active) {
            self.retire(&before);
        }
        Ok(())
    }

    /// Brings the segment that is written to disk, before another is begun.
    fn finish(&mut self) -> Result<(), LogError> {
        let Some(active) = &mut self.active else { return Ok(()) };
        let path = self.folder.log(active.segment);
        active.capacity = active.end;
        active.finish().map_err(|cause| {
            let error = LogError::file("sync", path)(cause);
            self.fail_for_good(&error);
            error
        })
    }

    /// Leaves a segment that is full to the flusher, which seals it.
    fn retire(&mut self, before: &Active) {
        self.work.unsealed.push(before.segment);
        self.resize(before.segment, before.end + before.index);
    }

    /// Takes note of what the files of a segment take up. None: it has been deleted.
    pub(super) fn resize(&mut self, segment: u32, bytes: u64) -> Option<&mut Segment> {
        let segment = self.segments.iter_mut().find(|known| known.number == segment)?;
        self.others = (self.others + bytes).saturating_sub(std::mem::replace(&mut segment.bytes, bytes));
        Some(segment)
    }

    /// Deletes the segments whose newest decision has outlived its time; the one that is written stays.
    pub(super) fn expire(&mut self, now: Timestamp) -> Result<(), LogError> {
        let Some(age) = self.limits.age else { return Ok(()) };
        let oldest_kept = now.as_microsecond().saturating_sub(age);
        while let [oldest, _, ..] = self.segments.as_slice() {
            let outlived = match Index::of(&self.folder, oldest)? {
                Some(index) => index.summary().times.1 < oldest_kept,
                // Nothing in it can be read: how old it is cannot be told, unless it is gone.
                None => !self.folder.log(oldest.number).exists(),
            };
            if !outlived {
                break;
            }
            tracing::info!(
                segment = oldest.number,
                "a segment of the decision log has outlived its time and is deleted"
            );
            self.folder.delete(oldest.number)?;
            let gone = self.segments.remove(0);
            self.others = self.others.saturating_sub(gone.bytes);
            self.work.unsealed.retain(|segment| *segment != gone.number);
        }
        Ok(())
    }

    /// Keeps to the time for which decisions are kept, also where few are made.
    ///
    /// A segment is deleted as a whole, so one that spans a sixty-fourth of that time makes way for another.
    pub(super) fn tend(&mut self, now: Timestamp) -> Result<(), LogError> {
        let Some(age) = self.limits.age.filter(|_| !self.work.closed) else { return Ok(()) };
        self.expire(now)?;
        let span = (age / 64).max(DAY);
        let spent = |active: &Active| now.as_microsecond() - active.made > span && !active.is_empty();
        if self.active.as_ref().is_some_and(spent) {
            self.begin(0, 0)?;
            self.expire(now)?;
        }
        Ok(())
    }

    /// Bytes in use.
    pub(super) fn used(&self) -> u64 {
        let active = self.active.as_ref().map_or(0, |active| active.capacity.max(active.end) + active.index);
        self.others + active
    }

    /// Bytes in use once the segment that is written has given back what it does not need.
    fn used_when_finished(&self) -> u64 {
        let spare = self.active.as_ref().map_or(0, |active| active.capacity.saturating_sub(active.end));
        self.used() - spare
    }
}
