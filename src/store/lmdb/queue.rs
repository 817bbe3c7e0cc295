//! What waits for the writer.
//!
//! Callers never wait to hand something in: past the bound they are told that the store is busy. The bound is in
//! bytes, because one job may be a single event or a large import.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use crate::store::{Appended, StoreError};

/// Most bytes that wait. A job larger than this is taken when no other waits.
const WAITING_BYTES: usize = 16 * 1024 * 1024;

/// Past so many records a group takes no further job: they keep the commit short.
const GROUP_RECORDS: usize = 1024;

/// One append, and who waits for its answer.
#[derive(Debug)]
pub(super) struct Job {
    /// The records.
    pub(super) records: Vec<Vec<u8>>,
    answer: Option<oneshot::Sender<Result<Appended, StoreError>>>,
}

impl Job {
    /// An append, and where its answer will be.
    pub(super) fn new(records: Vec<Vec<u8>>) -> (Self, oneshot::Receiver<Result<Appended, StoreError>>) {
        let (answer, answered) = oneshot::channel();
        (Self { records, answer: Some(answer) }, answered)
    }

    /// Answers, whether or not anybody still listens.
    pub(super) fn answer(mut self, outcome: Result<Appended, StoreError>) {
        if let Some(answer) = self.answer.take() {
            let _ = answer.send(outcome);
        }
    }

    fn bytes(&self) -> usize {
        self.records.iter().map(|record| size_of::<Vec<u8>>() + record.len()).sum::<usize>() + size_of::<Self>()
    }
}

/// A job that is dropped unanswered, as when the writer panics, still tells its caller.
impl Drop for Job {
    fn drop(&mut self) {
        if let Some(answer) = self.answer.take() {
            let _ = answer.send(Err(StoreError::Stopped));
        }
    }
}

/// The jobs that wait, in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    bytes: usize,
    closed: bool,
}

impl Queue {
    /// Adds a job, or answers why not.
    pub(super) fn push(&self, job: Job) {
        let mut waiting = self.lock();
        let bytes = job.bytes();
        let refusal = if waiting.closed {
            StoreError::Stopped
        } else if !waiting.jobs.is_empty() && waiting.bytes + bytes > WAITING_BYTES {
            StoreError::Busy
        } else {
            waiting.bytes += bytes;
            waiting.jobs.push_back(job);
            self.changed.notify_one();
            return;
        };
        drop(waiting);
        job.answer(Err(refusal));
    }

    /// Waits for jobs and takes a group of them. Empty: the queue was closed, and nothing is left in it.
    pub(super) fn take(&self) -> Vec<Job> {
        let mut waiting = self.lock();
        while waiting.jobs.is_empty() && !waiting.closed {
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        let (mut group, mut records) = (Vec::new(), 0);
        while records < GROUP_RECORDS
            && let Some(job) = waiting.jobs.pop_front()
        {
            waiting.bytes -= job.bytes();
            records += job.records.len().max(1);
            group.push(job);
        }
        group
    }

    /// Takes no more jobs. Those that wait can still be taken.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_the_bound_the_store_is_busy_until_the_writer_takes_a_group() {
        let queue = Queue::default();
        let push = |bytes: usize| {
            let (job, answer) = Job::new(vec![vec![0; bytes]]);
            queue.push(job);
            answer
        };
        let mut first = push(2 * WAITING_BYTES);
        assert!(first.try_recv().is_err(), "alone, a job of any size waits");
        assert!(matches!(push(1).try_recv(), Ok(Err(StoreError::Busy))));
        let group = queue.take();
        assert!(push(1).try_recv().is_err(), "there is room again");
        drop(group);
        assert!(matches!(first.try_recv(), Ok(Err(StoreError::Stopped))));
    }

    #[test]
    fn a_group_ends_with_the_job_that_fills_it() {
        let queue = Queue::default();
        for _ in 0..3 {
            queue.push(Job::new(vec![Vec::new(); GROUP_RECORDS / 2 + 1]).0);
        }
        assert_eq!((queue.take().len(), queue.take().len()), (2, 1));
    }

    #[test]
    fn a_closed_queue_gives_out_what_waits_and_takes_no_more() {
        let queue = Queue::default();
        queue.push(Job::new(Vec::new()).0);
        queue.close();
        let (job, mut answer) = Job::new(Vec::new());
        queue.push(job);
        assert!(matches!(answer.try_recv(), Ok(Err(StoreError::Stopped))));
        assert_eq!((queue.take().len(), queue.take().len()), (1, 0));
    }
}
