//! The segment that is written.

use std::{
    fs::File,
    io,
    os::unix::fs::FileExt as _,
    sync::{Arc, Mutex},
};

use rustix::{
    fs::{FallocateFlags, fallocate},
    io::{Errno, retry_on_intr},
};

use super::{
    Draft,
    compose::Run,
    index::{self, Recent},
    sidecar,
};

/// The segment that is written.
#[derive(Debug)]
pub(super) struct Active {
    pub(super) segment: u32,
    pub(super) file: Arc<File>,
    pub(super) recent: Arc<Mutex<Recent>>,
    /// Where the next record goes.
    pub(super) end: u64,
    /// Bytes that the file has been given.
    pub(super) capacity: u64,
    /// Bytes that its index will take up.
    pub(super) index: u64,
    /// When it was begun, in microseconds since 1970.
    pub(super) made: i64,
    /// A write has failed: what it left behind has to be cut off first.
    pub(super) ragged: bool,
}

impl Active {
    /// A segment whose records end where its index says.
    pub(super) fn new(segment: u32, file: File, recent: Recent, capacity: u64, made: i64) -> Self {
        let (end, index) = (recent.summary.end, room(&recent));
        let recent = Arc::new(Mutex::new(recent));
        Self { segment, file: Arc::new(file), recent, end, capacity, index, made, ragged: false }
    }

    /// Whether it holds any record.
    pub(super) fn is_empty(&self) -> bool {
        index::lock(&self.recent).ids.is_empty()
    }

    /// Writes the records of these drafts at the end, all of them at once. Each is of a campaign, or of decisions.
    pub(super) fn append(&mut self, records: &[u8], of: &[Draft], runs: &[Run], are_decisions: bool) -> io::Result<()> {
        if let Err(error) = self.file.write_all_at(records, self.end) {
            self.ragged = true;
            return Err(error);
        }
        let mut at = usize::try_from(self.end).map_err(io::Error::other)?;
        let mut recent = index::lock(&self.recent);
        for run in runs {
            let drafts = of.get(run.drafts.clone()).unwrap_or_default();
            recent.add_drafts(at, run.size, if are_decisions { drafts.len() as u64 } else { 0 }, drafts);
            at += run.size;
        }
        self.index = room(&recent);
        self.end += records.len() as u64;
        Ok(())
    }

    /// Cuts off what follows the last record and makes sure of the room behind it.
    pub(super) fn mend(&mut self) -> io::Result<()> {
        self.file.set_len(self.end)?;
        reserve(&self.file, self.capacity)?;
        self.ragged = false;
        Ok(())
    }

    /// Takes no more records: brings what there is to disk and gives the rest of its room back.
    pub(super) fn finish(&self) -> io::Result<()> {
        self.file.set_len(self.end)?;
        self.file.sync_data()
    }
}

/// Bytes that an index takes up on disk.
fn room(recent: &Recent) -> u64 {
    let entries = (recent.ids.len() + recent.keys.len()) * size_of::<index::Entry>();
    (sidecar::LEAST + recent.sender_bytes + entries) as u64
}

/// Gives a file its room on the disk, so that a full disk shows now and not in the middle of a record.
pub(super) fn reserve(file: &File, size: u64) -> io::Result<()> {
    match retry_on_intr(|| fallocate(file, FallocateFlags::empty(), 0, size)) {
        // Not every file system can; there a full disk shows later.
        Err(Errno::NOTSUP | Errno::NOSYS) => file.set_len(size),
        outcome => Ok(outcome?),
    }
}
