//! `maysend replay`: the decisions of the log, decided again.

mod report;

use std::{
    process::ExitCode,
    sync::{Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::Instant,
};

use clap::Args;
use jiff::civil::Date;

use self::report::Report;
use super::{
    Failure,
    decisions::day_or_moment,
    output::{self, Format},
    place::Place,
    rules::day,
    test::Policy,
};
use crate::{
    check::{
        replay::{Change, Differences},
        request::AsOf,
    },
    decisions::{DecisionLog, Kept, LogError},
    http::decisions_body::{begin, end},
    store::Next,
};

/// So many decisions are handed to a thread at once.
const BATCH: usize = 512;

/// Decide the decisions of the log again, and tell what would differ.
///
/// Each decision is decided again on the facts that the log keeps of it, by the rules of this program: after an upgrade
/// this shows what the new rules change. With `--as-of` the law of another day applies, with `--profile` another reading.
/// The facts stay as they were: what happened since a decision, or was recorded since, is not among them.
///
/// Exit code 0 means that nothing differs, 1 that something does.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend replay --data-dir maysend-data
  maysend replay --as-of 2026-02-05 --sender acme
  maysend replay --profile literal --from 2026-11-01 --format json")]
pub(super) struct Replay {
    /// The day whose law applies [default: that of each decision]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// The reading, where lawyers differ [default: that of each decision]
    #[arg(long)]
    profile: Option<Policy>,
    /// Only decisions made on this day, in London, or at this moment, or later
    #[arg(long, value_name = "DAY|TIME", value_parser = day_or_moment)]
    from: Option<AsOf>,
    /// Only decisions made before the end of this day, in London, or before this moment
    #[arg(long, value_name = "DAY|TIME", value_parser = day_or_moment)]
    until: Option<AsOf>,
    /// Only decisions of this sender
    #[arg(long, value_name = "ID")]
    sender: Option<String>,
    /// Only decisions of this mailing
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
    /// How many decisions are named as examples of each difference
    #[arg(long, value_name = "N", default_value_t = 3)]
    limit_examples: usize,
    /// How to write it [default: text on a terminal, json into a pipe]
    #[arg(long)]
    format: Option<Format>,
    #[command(flatten)]
    place: Place,
}

impl Replay {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let as_of = self.as_of.map(|asked| day(Some(asked))).transpose()?;
        let change = Change { as_of, profile: self.profile.map(Into::into) };
        let log = DecisionLog::open_read_only(&self.place.config()?.store.data_dir)?;
        let began = Instant::now();
        let differences = self.replay(&log, change)?;
        let report = Report { change, differences, taken: began.elapsed() };
        match Format::or_by_terminal(self.format) {
            Format::Json => output::print_json(&report.as_json())?,
            Format::Text => output::print(&report.in_words())?,
        }
        Ok(ExitCode::from(u8::from(!report.differences.is_none())))
    }

    /// Reads the log on one thread, and decides on as many as the machine has cores.
    fn replay(&self, log: &DecisionLog, change: Change) -> Result<Differences, LogError> {
        let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (sender, receiver) = mpsc::sync_channel::<Vec<Kept>>(2 * threads);
        let receiver = Mutex::new(receiver);
        let decide = || {
            let mut found = Differences::default();
            while let Ok(batch) = lock(&receiver).recv() {
                batch.iter().for_each(|kept| found.take(kept, change, self.limit_examples));
            }
            found
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(decide)).collect();
            let read = self.read(log, &sender);
            // Whoever decides stops once nothing more can come.
            drop(sender);
            let mut all = Differences::default();
            for thread in threads {
                let found = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                all.merge(found, self.limit_examples);
            }
            read.map(|()| all)
        })
    }

    /// Hands on every decision that is asked for, in batches.
    fn read(&self, log: &DecisionLog, to: &mpsc::SyncSender<Vec<Kept>>) -> Result<(), LogError> {
        let mut batch = Vec::with_capacity(BATCH);
        log.each(self.from.map(begin), self.until.map(end), &mut |kept| {
            if self.wants(kept) {
                batch.push(kept.clone());
            }
            let full = batch.len() == BATCH;
            // Nobody takes a batch only if every thread has ended by a panic, which goes on above.
            match full && to.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
                true => Next::Stop,
                false => Next::Continue,
            }
        })?;
        // As above.
        let _ = to.send(batch);
        Ok(())
    }

    fn wants(&self, kept: &Kept) -> bool {
        let is = |asked: &Option<String>, held: Option<&str>| asked.is_none() || asked.as_deref() == held;
        is(&self.sender, kept.decision.sender.as_deref()) && is(&self.campaign, kept.decision.campaign.as_deref())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
