//! The one thread that writes: what waits is committed as a group, in one transaction.
//!
//! One wait for the disk serves a whole group, and nobody is answered before it is over. Each job of a group is kept
//! whole or not at all, whatever becomes of the others.

use std::{
    collections::HashMap,
    io,
    sync::Arc,
    thread::{Builder, JoinHandle},
};

use heed::RwTxn;

use super::{
    Fault, Ledger,
    current::Current,
    purge::Desk,
    queue::{Job, Queue},
};
use crate::{
    ledger::record::{Matter, Record},
    store::{Appended, Kept, Known, Revision, StoreError},
};

/// Starts the thread. It ends when the queue is closed and empty.
pub(super) fn start(current: Arc<Current>, queue: Arc<Queue>, desk: Arc<Desk>) -> io::Result<JoinHandle<()>> {
    let turn = move |group| {
        let turn = current.turn();
        commit(&turn.ledger(), group);
        match turn.ledger().erasures() {
            Ok(erasures) if erasures.is_pending() => desk.tell(erasures.last),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "whether something is to be purged cannot be told"),
        }
    };
    Builder::new().name("store-writer".into()).spawn(move || serve(&queue, turn))
}

/// Hands groups on until the queue is closed and empty. If that panics, nobody is left waiting.
pub(super) fn serve(queue: &Queue, mut commit: impl FnMut(Vec<Job>)) {
    /// However the thread ends, jobs that still come are refused and those that wait are dropped, which answers them.
    struct LastOne<'q>(&'q Queue);
    impl Drop for LastOne<'_> {
        fn drop(&mut self) {
            self.0.close();
            while !self.0.take().is_empty() {}
        }
    }
    let last_one = LastOne(queue);
    loop {
        let group = last_one.0.take();
        if group.is_empty() {
            break;
        }
        commit(group);
    }
}

/// Keeps a group of jobs and answers them.
///
/// A fault spoils the transaction, for instance when the map is full. The halves of the group are then tried apart,
/// down to the single job that does not fit, so that it spoils nothing but itself.
fn commit(ledger: &Ledger, mut jobs: Vec<Job>) {
    match keep(ledger, &jobs) {
        Ok(outcomes) => jobs.into_iter().zip(outcomes).for_each(|(job, outcome)| job.answer(outcome)),
        Err(fault) if jobs.len() > 1 => {
            tracing::debug!(%fault, jobs = jobs.len(), "a commit of the store failed and is split");
            let rest = jobs.split_off(jobs.len() / 2);
            commit(ledger, jobs);
            commit(ledger, rest);
        }
        Err(fault) => {
            tracing::error!(%fault, "the store could not keep an append");
            if let Some(job) = jobs.pop() {
                job.answer(Err(ledger.told(fault)));
            }
        }
    }
}

/// Writes the jobs in one transaction and waits until it is on disk.
fn keep(ledger: &Ledger, jobs: &[Job]) -> Result<Vec<Result<Appended, StoreError>>, Fault> {
    let mut txn = ledger.env.write_txn()?;
    let mut outcomes = Vec::with_capacity(jobs.len());
    for job in jobs {
        outcomes.push(match plan(ledger, &txn, &job.records)? {
            Ok(steps) => Ok(write(ledger, &mut txn, &steps)?),
            Err(refusal) => Err(refusal),
        });
    }
    txn.commit()?;
    Ok(outcomes)
}

/// What to do with one record.
enum Step<'a> {
    /// It stands in the journal already, or earlier in its own append.
    Already(Revision),
    /// It is new.
    Append(&'a [u8], Record<'a>),
}

/// Decides on every record of a job before anything of the job is written.
fn plan<'a>(
    ledger: &Ledger,
    txn: &RwTxn<'_>,
    records: &'a [Vec<u8>],
) -> Result<Result<Vec<Step<'a>>, StoreError>, Fault> {
    let mut next = ledger.journal.head(txn)?;
    let mut earlier: HashMap<&[u8; 16], Known> = HashMap::new();
    let mut steps = Vec::with_capacity(records.len());
    for (index, bytes) in records.iter().enumerate() {
        let Ok(record) = Record::read(bytes) else {
            return Ok(Err(StoreError::Damaged(format!("record {index} of the append cannot be read"))));
        };
        let known = match earlier.get(record.id()) {
            Some(known) => Some(*known),
            None => ledger.projection.known(txn, record.id())?,
        };
        match known {
            Some(known) if known.is_same(&record) => steps.push(Step::Already(known.revision)),
            // A sender's profile replaces the one before it; an event is what it was.
            Some(_) if record.matter == Matter::Event => return Ok(Err(StoreError::Conflict { index })),
            Some(_) | None => {
                next = Revision(next.0 + 1);
                earlier.insert(record.id(), Known { revision: next, digest: *record.digest() });
                steps.push(Step::Append(bytes, record));
            }
        }
    }
    Ok(Ok(steps))
}

/// Appends the new records to the journal and applies them.
fn write(ledger: &Ledger, txn: &mut RwTxn<'_>, steps: &[Step<'_>]) -> Result<Appended, Fault> {
    let mut records = Vec::with_capacity(steps.len());
    for step in steps {
        records.push(match step {
            Step::Already(revision) => Kept { revision: *revision, already: true },
            Step::Append(bytes, record) => Kept { revision: ledger.keep(txn, bytes, record)?, already: false },
        });
    }
    Ok(Appended { records, head: ledger.journal.head(txn)? })
}
