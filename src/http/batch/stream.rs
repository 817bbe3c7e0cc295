//! From chunks of lines to blocks of answers: several at once, and out in order.
//!
//! A task of its own drives it, and waits wherever something is full: with enough blocks under way nothing is read, and
//! a reader that is slow keeps the blocks under way. So the memory of a stream is bounded, however long it is.

use std::{
    collections::VecDeque,
    future::pending,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    task::{JoinError, JoinHandle},
    time::{sleep_until, timeout},
};

use super::{
    answers::{Out, Unsent},
    block::{Batch, Worked},
    input::Input,
    told,
};
use crate::{
    batch::{
        chunks::{Chunk, MOST_LINES},
        keeping,
        work::After,
    },
    check::campaign::Totals,
    http::problem::{Kind, Problem},
    telemetry,
};

/// One stream being answered.
#[derive(Debug)]
pub(super) struct Stream {
    batch: Arc<Batch>,
    input: Input,
    out: Out,
    /// The blocks that are worked on, in the order of their lines.
    under_way: UnderWay,
    /// How many blocks are worked on at once.
    cores: usize,
    totals: Totals,
    /// When the caller last did anything.
    seen: Instant,
    /// There was a second campaign.
    refusing: bool,
    /// Everything was read.
    ended: bool,
}

/// Why a stream ended before its end.
#[derive(Debug)]
enum Stopped {
    /// Nobody reads the answer.
    Gone,
    /// The caller is told.
    Because(Problem),
}

impl From<Unsent> for Stopped {
    fn from(unsent: Unsent) -> Self {
        match unsent {
            Unsent::Gone => Self::Gone,
            Unsent::Idle(idle) => Self::Because(told::silent(idle)),
        }
    }
}

impl Stream {
    pub(super) fn new(batch: Batch, input: Input, out: Out) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let (under_way, totals) = (UnderWay::default(), Totals::default());
        let (batch, seen) = (Arc::new(batch), Instant::now());
        Self { batch, input, out, under_way, cores, totals, seen, refusing: false, ended: false }
    }

    /// Answers every line, in a task of its own. The first line goes ahead of those that are still to be read, unless it
    /// was the campaign.
    pub(super) fn start(mut self, opening: Vec<u8>, first: Option<Chunk>) {
        let work = async move {
            let answered = self.answer(opening, first).await;
            self.end(answered).await;
        };
        // What it logs belongs to the request.
        match telemetry::Request::current() {
            Some(request) => drop(tokio::spawn(request.answer(work))),
            None => drop(tokio::spawn(work)),
        }
    }

    async fn answer(&mut self, opening: Vec<u8>, first: Option<Chunk>) -> Result<(), Stopped> {
        self.send(opening).await?;
        if let Some(first) = first {
            self.begin(first);
        }
        while !(self.ended && self.under_way.0.is_empty()) {
            let (busy, idle) = (self.under_way.0.len(), self.out.idle());
            let silent = self.seen.max(self.input.seen()) + idle;
            tokio::select! {
                biased;
                () = self.out.gone() => return Err(Stopped::Gone),
                worked = self.under_way.next() => self.finish(worked).await?,
                chunk = self.input.next(MOST_LINES, busy < self.cores), if !self.ended && busy < 2 * self.cores => {
                    match chunk {
                        Ok(Some(chunk)) => self.begin(chunk),
                        Ok(None) => self.ended = true,
                        Err(_) => return Err(Stopped::Because(told::cut_off())),
                    }
                }
                () = sleep_until(silent.into()), if busy == 0 => {
                    if self.input.seen() + idle <= silent {
                        return Err(Stopped::Because(told::silent(idle)));
                    }
                }
            }
        }
        self.totals.sort();
        self.send(told::totals(&self.totals)).await
    }

    /// Has a chunk worked on.
    fn begin(&mut self, chunk: Chunk) {
        let (batch, refusing, began) = (Arc::clone(&self.batch), self.refusing, Instant::now());
        // What it logs belongs to the request.
        let request = telemetry::Request::current();
        let work = move || match request {
            Some(request) => request.work(|| batch.work(chunk, began, refusing)),
            None => batch.work(chunk, began, refusing),
        };
        self.under_way.0.push_back(tokio::task::spawn_blocking(work));
    }

    /// Keeps what was decided, and then answers it.
    async fn finish(&mut self, worked: Result<Worked, JoinError>) -> Result<(), Stopped> {
        // A runtime that is being shut down does not begin what waits.
        let stopped = |_| Stopped::Because(Problem::new(Kind::Internal, "the service is being stopped"));
        let mut worked = worked.map_err(stopped)?;
        if self.refusing {
            // It was begun before the second campaign was found: what was decided of it is forgotten.
            worked = self.batch.refused(worked.chunk, &told::after_second_campaign());
        }
        let patience = Duration::from_secs(self.batch.app.config.http.timeout_seconds);
        let kept = keeping::keep(&self.batch.app.decisions, &mut worked.block, patience).await;
        self.refusing |= worked.after == After::SecondCampaign;
        let failed = kept.err().map(Problem::from);
        if let Some(problem) = &failed {
            worked = self.batch.refused(worked.chunk, problem);
        }
        self.totals.add(&worked.block.totals);
        self.send(worked.block.answers).await?;
        failed.map_or(Ok(()), |problem| Err(Stopped::Because(problem)))
    }

    async fn send(&mut self, lines: Vec<u8>) -> Result<(), Stopped> {
        self.out.send(lines).await?;
        self.seen = Instant::now();
        Ok(())
    }

    /// Says how it ended: to the caller, if that was too early, and in the log.
    async fn end(self, answered: Result<(), Stopped>) {
        let Self { batch, mut input, out, totals, .. } = self;
        let Totals { lines, allow, deny, errors, .. } = totals;
        macro_rules! told {
            ($($how:tt)+) => {
                tracing::info!(lines, allow, deny, errors, "{lines} lines were answered: {}", format_args!($($how)+))
            };
        }
        match answered {
            Ok(()) => told!("the batch is whole"),
            Err(Stopped::Gone) => told!("the caller has gone away"),
            Err(Stopped::Because(problem)) => {
                let why = problem.kind().slug();
                told!("the batch ended early ({why})");
                out.end(told::end(&problem, batch.instance()));
                drop(out);
                // A connection that is closed with something unread on it takes with it what its caller has not read.
                let patience = Duration::from_secs(batch.app.config.http.timeout_seconds);
                let _ = timeout(patience, input.drain()).await;
            }
        }
    }
}

/// Blocks that are worked on. Work that nobody waits for any more is not begun.
#[derive(Debug, Default)]
struct UnderWay(VecDeque<JoinHandle<Worked>>);

impl UnderWay {
    /// The block that is to be answered next; never, if there is none.
    async fn next(&mut self) -> Result<Worked, JoinError> {
        let Some(first) = self.0.front_mut() else { return pending().await };
        let worked = first.await;
        self.0.pop_front();
        worked
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}
