//! From the lines of a file to the store: batch by batch, several under way at once.
//!
//! While the store's writer waits for the disk, the next lines are read, normalised and hashed.

use std::{collections::VecDeque, io::BufRead};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{
    BadLine, Fault, IngestError, NotRead, Source, Summary,
    known::{Known, Marks, Reading},
    lines::Lines,
    table::{Layout, LayoutError, Table},
};
use crate::{
    ledger::identity::Identity,
    store::{Appended, Store, StoreError, View},
};

/// Lines of one batch. The store keeps a batch in one transaction. Its keys are hashes, so nearly every line changes two
/// pages of its own, which are in memory until they are on disk: more lines would take more memory and hardly less time.
const BATCH: usize = 5_000;

/// Batches that wait for the store while the next is read.
const UNDER_WAY: usize = 2;

/// Bad lines that are told one by one.
pub const TOLD: usize = 20;

/// Where the lines of a file go.
#[derive(Clone, Copy)]
pub struct Ledger<'a> {
    /// The store; none at a rehearsal, which keeps nothing.
    pub store: Option<&'a dyn Store>,
    /// The installation's key.
    pub identity: &'a Identity,
    /// The present moment.
    pub now: Timestamp,
}

impl std::fmt::Debug for Ledger<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("store", &self.store).field("now", &self.now).finish_non_exhaustive()
    }
}

/// Who watches a file being taken in.
pub trait Watcher {
    /// A line could not be kept. This is told of the first [`TOLD`] alone.
    fn bad_line(&mut self, bad: &BadLine);

    /// So many bytes of the file were read, and so many of its lines are settled.
    fn progress(&mut self, bytes: u64, so_far: &Summary);
}

/// Takes a file in.
///
/// # Errors
/// If the file cannot be read or is laid out as no such file is, or if the store fails. What was kept so far stays,
/// and the same file can be taken in again.
pub fn load(
    input: impl BufRead,
    source: &dyn Source,
    layout: Option<Layout>,
    ledger: Ledger<'_>,
    watcher: &mut dyn Watcher,
) -> Result<Summary, IngestError> {
    let mut lines = Lines::new(input);
    let mut loader = Loader::new(source, ledger, watcher)?;
    let Some(first) = lines.read()? else { return Err(LayoutError::Empty.into()) };
    let text = first.text.map_err(|error| LayoutError::FirstLine(error.to_string()))?;
    let mut table = Table::new(text, layout, source.columns(), source.plain())?;
    loader.summary.unused_columns = table.unused().collect();
    if !table.has_header() {
        loader.line(first.number, table.row(text))?;
    }
    let mut read = 0;
    while let Some(line) = lines.read()? {
        let row = line.text.map_err(|error| Fault(error.to_string())).and_then(|text| table.row(text));
        loader.line(line.number, row)?;
        read += 1;
        if read == BATCH {
            read = 0;
            loader.next_batch()?;
            loader.watcher.progress(lines.bytes(), &loader.summary);
        }
    }
    loader.finish()?;
    loader.watcher.progress(lines.bytes(), &loader.summary);
    Ok(loader.summary)
}

/// A batch that is on its way to the store.
struct Batch {
    marks: Marks,
    answer: oneshot::Receiver<Result<Appended, StoreError>>,
}

struct Loader<'a> {
    source: &'a dyn Source,
    ledger: Ledger<'a>,
    watcher: &'a mut dyn Watcher,
    /// The ledger when the present batch began.
    view: Option<Box<dyn View + 'a>>,
    /// The present batch, and what its lines are found by.
    records: Vec<Vec<u8>>,
    marks: Marks,
    under_way: VecDeque<Batch>,
    summary: Summary,
}

impl<'a> Loader<'a> {
    fn new(source: &'a dyn Source, ledger: Ledger<'a>, watcher: &'a mut dyn Watcher) -> Result<Self, StoreError> {
        let view = ledger.store.map(Store::view).transpose()?;
        let (records, marks, under_way, summary) = Default::default();
        Ok(Self { source, ledger, watcher, view, records, marks, under_way, summary })
    }

    fn line(&mut self, number: u64, row: Result<Option<super::row::Row<'_>>, Fault>) -> Result<(), StoreError> {
        let read = match row {
            Ok(None) => return Ok(()),
            Ok(Some(row)) => {
                let marks: Vec<&Marks> = self.under_way.iter().map(|batch| &batch.marks).chain([&self.marks]).collect();
                let Ledger { identity, now, .. } = self.ledger;
                let known = Known { identity, now, view: self.view.as_deref(), under_way: &marks };
                self.source.read(&row, &known)
            }
            Err(fault) => Err(fault.into()),
        };
        self.summary.lines += 1;
        match read {
            Ok(Reading::Known) => self.summary.already += 1,
            // A rehearsal does not look for lines that say the same: what it finds them by would grow with the file.
            Ok(Reading::New { .. }) if self.ledger.store.is_none() => self.summary.recorded += 1,
            Ok(Reading::New { record, marks }) => {
                self.records.push(record);
                self.marks.extend(marks);
            }
            Err(NotRead::Store(error)) => return Err(error),
            Err(NotRead::Bad(fault)) => {
                self.summary.bad += 1;
                if self.summary.bad_lines.len() < TOLD {
                    let bad = BadLine { line: number, fault };
                    self.watcher.bad_line(&bad);
                    self.summary.bad_lines.push(bad);
                }
            }
        }
        Ok(())
    }

    /// Sends the present batch on its way and begins the next.
    fn next_batch(&mut self) -> Result<(), StoreError> {
        let Some(store) = self.ledger.store else { return Ok(()) };
        if !self.records.is_empty() {
            let answer = store.append(std::mem::take(&mut self.records));
            self.under_way.push_back(Batch { marks: std::mem::take(&mut self.marks), answer });
        }
        self.wait(UNDER_WAY)?;
        // The view comes after the answers: what is no longer under way is in it.
        self.view = None;
        self.view = Some(store.view()?);
        Ok(())
    }

    /// Waits until no more batches than these are under way.
    fn wait(&mut self, most: usize) -> Result<(), StoreError> {
        while self.under_way.len() > most
            && let Some(batch) = self.under_way.pop_front()
        {
            let appended = batch.answer.blocking_recv().unwrap_or(Err(StoreError::Stopped))?;
            let already = appended.records.iter().filter(|kept| kept.already).count() as u64;
            self.summary.already += already;
            self.summary.recorded += appended.records.len() as u64 - already;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        self.next_batch()?;
        self.wait(0)
    }
}
