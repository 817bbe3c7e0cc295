//! The log on real files, with segments of a few records.

mod blocks;
mod campaigns;
mod damage;
mod full;
mod questions;
mod unlinking;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{room::Limits, *};
use crate::{
    clock,
    config::{self, Flush, OnFull},
    ledger::identity::RecipientKey,
    store::Next,
};

/// No test waits as long as this.
const PATIENCE: Duration = Duration::from_secs(60);

const KIB: u64 = 1024;

fn config() -> config::Decisions {
    config::Decisions { flush: Flush::EachSecond, on_full: OnFull::FailClosed, max_size: 1 << 20, max_age_days: 0 }
}

fn book() -> Book {
    let rule = |id: &str| BookRule { id: id.to_owned(), from: jiff::civil::date(2003, 12, 11), limbs: vec![] };
    Book { rulebook: "2026.11".to_owned(), rules: ["reg22", "reg23", "art21"].map(rule).into() }
}

/// Opens a log whose segments have this many bytes.
fn open(dir: &Path, segment: u64, config: config::Decisions) -> Arc<DecisionLog> {
    let limits = Limits { segment, ..Limits::of(&config) };
    DecisionLog::open_within(dir, config, limits, &book()).unwrap()
}

/// The key of a person.
fn key(person: u8) -> RecipientKey {
    RecipientKey(*blake3::hash(&[person]).as_bytes().first_chunk().unwrap())
}

/// The decision with a number, about one of seven people, and each third about another as well.
fn draft(n: u64) -> Draft {
    let person = (n % 7) as u8;
    let at = "2026-11-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(n as i64);
    Draft {
        id: Uuid::from_u128(u128::from(n) << 64 | 7),
        at,
        sender: (!n.is_multiple_of(5)).then(|| format!("sender-{}", n % 4).into()),
        campaign: n.is_multiple_of(2).then(|| "spring".into()),
        parent: n.is_multiple_of(3).then(|| Uuid::from_u128(99)),
        allow: n.is_multiple_of(2),
        rules: (0..n % 3).map(|rule| rule as u16).collect(),
        keys: [person, 100 + person].into_iter().take(if n.is_multiple_of(3) { 2 } else { 1 }).map(key).collect(),
        body: format!("what decision {n} rests on").into_bytes(),
    }
}

fn keep(log: &DecisionLog, draft: Draft) -> Result<Keeping, LogError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(log.keep(draft, PATIENCE))
}

fn keep_all(log: &DecisionLog, numbers: std::ops::Range<u64>) {
    for n in numbers {
        assert_eq!(keep(log, draft(n)).unwrap(), Keeping::Logged);
    }
}

fn all(log: &DecisionLog) -> Vec<Kept> {
    let mut found = Vec::new();
    log.each(None, None, &mut |kept| {
        found.push(kept.clone());
        Next::Continue
    })
    .unwrap();
    found
}

fn numbers(kept: &[Kept]) -> Vec<u64> {
    kept.iter().map(|kept| kept.number).collect()
}

fn verify(log: &DecisionLog) -> Result<Verified, LogFault> {
    log.verify(&mut |_| {})
}

/// The files of the log with an ending, in order.
fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir.join("decisions")).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries.filter(|path| path.extension().is_some_and(|it| it == ending)).collect();
    found.sort();
    found
}

/// Bytes of all files of the log.
fn bytes_of(dir: &Path) -> u64 {
    let files = fs::read_dir(dir.join("decisions")).unwrap();
    files.filter_map(|entry| entry.unwrap().metadata().ok()).map(|file| file.len()).sum()
}
