//! From the lines of a file to the store: chunk by chunk in the order of their keys, and batch by batch.
//!
//! While the store's writer waits for the disk, the next lines are read, normalised and hashed.

use std::{collections::VecDeque, io::BufRead};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{
    BadLine, Fault, IngestError, NotRead, Source, Summary,
    known::{Known, Marks, Reading},
    lines::Lines,
    row::Row,
    table::{Layout, LayoutError, Table},
};
use crate::{
    ledger::identity::{Identity, RecipientKey},
    store::{Appended, Store, StoreError},
};

/// Lines that are read before they are held against the ledger and recorded, in the order of their keys. The keys are
/// hashes: in the order of the file nearly every line would change pages of the store of its own, and in that of the
/// keys many change the same ones.
const CHUNK: usize = 100_000;

/// Lines of one batch, which the store keeps in one transaction. The pages that it changes are in memory until they are
/// on disk.
const BATCH: usize = 5_000;

/// Batches that wait for the store while the next is made.
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
pub fn load<S: Source>(
    input: impl BufRead,
    source: &S,
    layout: Option<Layout>,
    ledger: Ledger<'_>,
    watcher: &mut dyn Watcher,
) -> Result<Summary, IngestError> {
    let mut lines = Lines::new(input);
    let Some(first) = lines.read()? else { return Err(LayoutError::Empty.into()) };
    let text = first.text.map_err(|error| LayoutError::FirstLine(error.to_string()))?;
    let mut table = Table::new(text, layout, source.columns(), source.plain())?;
    let summary = Summary { unused_columns: table.unused().collect(), ..Summary::default() };
    let (chunk, under_way) = Default::default();
    let mut loader = Loader { source, ledger, watcher, chunk, under_way, summary, bytes: 0 };
    if !table.has_header() {
        loader.line(first.number, table.row(text))?;
    }
    while let Some(line) = lines.read()? {
        let row = line.text.map_err(|error| Fault(error.to_string())).and_then(|text| table.row(text));
        loader.line(line.number, row)?;
        loader.bytes = lines.bytes();
    }
    loader.settle()?;
    loader.wait(0)?;
    loader.progress();
    let mut summary = loader.summary;
    summary.bad_lines.sort_by_key(|bad| bad.line);
    Ok(summary)
}

/// A line that was read.
struct Item<T> {
    number: u64,
    keys: Vec<RecipientKey>,
    said: T,
}

/// A batch that is on its way to the store.
struct Batch {
    marks: Marks,
    answer: oneshot::Receiver<Result<Appended, StoreError>>,
}

struct Loader<'a, S: Source> {
    source: &'a S,
    ledger: Ledger<'a>,
    watcher: &'a mut dyn Watcher,
    chunk: Vec<Item<S::Said>>,
    under_way: VecDeque<Batch>,
    summary: Summary,
    /// Bytes of the file that were read.
    bytes: u64,
}

impl<S: Source> Loader<'_, S> {
    fn line(&mut self, number: u64, row: Result<Option<Row<'_>>, Fault>) -> Result<(), StoreError> {
        let Ledger { identity, now, .. } = self.ledger;
        let Some(row) = row.transpose() else { return Ok(()) };
        self.summary.lines += 1;
        match row.and_then(|row| self.source.read(&row, identity, now)) {
            Ok((keys, said)) => self.chunk.push(Item { number, keys, said }),
            Err(fault) => self.bad(number, fault),
        }
        if self.chunk.len() == CHUNK { self.settle() } else { Ok(()) }
    }

    fn bad(&mut self, line: u64, fault: Fault) {
        self.summary.bad += 1;
        if self.summary.bad_lines.len() < TOLD {
            let bad = BadLine { line, fault };
            self.watcher.bad_line(&bad);
            self.summary.bad_lines.push(bad);
        }
    }

    fn progress(&mut self) {
        self.watcher.progress(self.bytes, &self.summary);
    }

    /// Holds the lines that were read against the ledger, and records what is new.
    fn settle(&mut self) -> Result<(), StoreError> {
        let mut chunk = std::mem::take(&mut self.chunk);
        if let Some(store) = self.ledger.store {
            // Of two lines that say the same the first one counts.
            let place = |item: &Item<S::Said>| (self.source.order(&item.keys, &item.said).copied(), item.number);
            chunk.sort_unstable_by_key(place);
            for items in chunk.chunks(BATCH) {
                self.batch(store, items)?;
                self.progress();
            }
        } else {
            // A rehearsal holds nothing against anything.
            self.summary.recorded += chunk.len() as u64;
            self.progress();
        }
        chunk.clear();
        self.chunk = chunk;
        Ok(())
    }

    fn batch(&mut self, store: &dyn Store, items: &[Item<S::Said>]) -> Result<(), StoreError> {
        self.wait(UNDER_WAY)?;
        // The view comes after the answers: what is no longer under way is in it.
        let view = store.view()?;
        let (mut records, mut marks, mut bad) = (Vec::with_capacity(items.len()), Marks::new(), Vec::new());
        let under_way: Vec<&Marks> = self.under_way.iter().map(|batch| &batch.marks).collect();
        let Ledger { identity, now, .. } = self.ledger;
        for item in items {
            let known = Known { identity, now, view: &*view, under_way: &under_way, batch: &marks };
            match self.source.judge(&item.keys, &item.said, &known) {
                Ok(Reading::Known) => self.summary.already += 1,
                Ok(Reading::New { record, marks: its }) => {
                    records.push(record);
                    marks.extend(its);
                }
                Err(NotRead::Bad(fault)) => bad.push((item.number, fault)),
                Err(NotRead::Store(error)) => return Err(error),
            }
        }
        bad.into_iter().for_each(|(number, fault)| self.bad(number, fault));
        if !records.is_empty() {
            self.under_way.push_back(Batch { marks, answer: store.append(records) });
        }
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
}
