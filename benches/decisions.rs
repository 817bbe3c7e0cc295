//! What the decision log costs: `cargo bench --bench decisions`.
//!
//! One run fills a log of a million decisions in a temporary directory and asks it. Each figure is the median of several
//! rounds, with the least and the greatest beside it; compare figures of one run only.

use std::{
    error::Error,
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use maysend::{
    check::{self, Asked, request::SendRequest},
    clock,
    config::{Decisions, Flush, OnFull},
    decisions::{DecisionLog, Draft, Query},
    ledger::identity::{Identity, RecipientKey},
    store::empty::Empty,
};
use serde_json::json;
use tokio::runtime::Runtime;

const DECISIONS: u64 = 1_000_000;
const PEOPLE: u64 = 100_000;
const ROUNDS: usize = 9;
const TOGETHER: u64 = 20_000;
const CHECKS: u32 = 20_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let directory = tempfile::tempdir()?;
    let data_dir = directory.path();
    let log = open(data_dir, Flush::EachSecond)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    beside_a_check(&runtime)?;
    let started = Instant::now();
    let mut next = 0;
    measure("append, each second: nanoseconds a decision", || append(&runtime, &log, &mut next, TOGETHER))?;
    measure("append in blocks of 1,000: nanoseconds a decision", || {
        append_blocks(&runtime, &log, &mut next, TOGETHER)
    })?;
    while next < DECISIONS {
        let many = (DECISIONS - next).min(TOGETHER);
        append(&runtime, &log, &mut next, many)?;
    }
    println!("{next} decisions in {:.1} s", started.elapsed().as_secs_f64());
    println!("{} bytes a decision, index included", bytes_of(data_dir)? / next);

    let now = clock::now();
    let person = |n: u64| Query { keys: vec![key(n * 7_919 % PEOPLE, 0)], limit: 50, ..Query::default() };
    let mut n = 0;
    let mut searched = |name: &str, query: &dyn Fn(u64) -> Query| {
        measure(&format!("search: {name}, milliseconds"), || {
            n += 1;
            let started = Instant::now();
            std::hint::black_box(log.search(&query(n))?);
            Ok(millis(started.elapsed()))
        })
    };
    searched("by person, all ten of a million", &person)?;
    searched("by person, nobody", &|n| Query { keys: vec![key(n, 9)], ..person(n) })?;
    searched("by sender, the newest 50", &|_| Query {
        sender: Some("sender-3".into()),
        limit: 50,
        ..Query::default()
    })?;
    let rule = check::book().rules.last().map(|rule| rule.id.clone());
    searched("by rule, in 200,000", &|_| Query { rule: rule.clone(), limit: 50, ..Query::default() })?;
    searched("by mailing, none in 200,000", &|_| Query { campaign: Some("x".into()), limit: 50, ..Query::default() })?;
    searched("by time, an hour long ago", &|_| Query {
        until: Some(at(now, 4_000)),
        from: Some(at(now, 0)),
        limit: 50,
        ..Query::default()
    })?;
    measure("decision by id, milliseconds", || {
        n += 1;
        let started = Instant::now();
        std::hint::black_box(log.get(&id(n * 7_919))?);
        Ok(millis(started.elapsed()))
    })?;
    let started = Instant::now();
    let verified = log.verify(&mut |_| {})?;
    let speed = bytes_of(data_dir)? as f64 / started.elapsed().as_secs_f64() / (1 << 20) as f64;
    println!("verify: {} decisions in {:.2} s, {speed:.0} MiB/s", verified.decisions, started.elapsed().as_secs_f64());
    let started = Instant::now();
    let unlinked = log.unlink(&[key(5, 0)])?;
    println!("unlink: {unlinked} decisions in {:.1} ms", millis(started.elapsed()));
    drop(log);
    measure("opening, milliseconds", || {
        let started = Instant::now();
        let log = open(data_dir, Flush::EachSecond)?;
        let taken = millis(started.elapsed());
        drop(log);
        Ok(taken)
    })?;
    let log = open(data_dir, Flush::EachAnswer)?;
    measure("append, each answer: nanoseconds a decision", || append(&runtime, &log, &mut next, 200))?;
    Ok(())
}

/// What a check takes without the log and with it, a round of the one after a round of the other.
fn beside_a_check(runtime: &Runtime) -> Outcome<()> {
    let directory = tempfile::tempdir()?;
    let log = open(directory.path(), Flush::EachSecond)?;
    let request: SendRequest = serde_json::from_value(json!({
        "sender": { "legal_name": "Acme Bikes Ltd", "kind": "company" }, "channel": "email", "purpose": "commercial",
        "recipient": { "email": "jo@example.com" }, "campaign": "spring",
        "message": { "identifies_sender": true, "opt_out": "link", "reply_address": true },
        "given": [{ "type": "consent_given", "occurred_at": "2026-03-01T09:30:00Z", "channels": ["email"],
            "how": "unticked_box", "separate": true, "conditional": false, "withdrawal_told": true, "wording": "yes" }],
    }))?;
    let identity = Identity::new([1; 32]);
    let context = check::Context { identity: &identity, now: clock::now(), full: false };
    let request_id = "01a201be-6968-7763-a88b-40900834e8eb";
    let mut figures = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (kept, figures) in figures.iter_mut().enumerate() {
            let started = Instant::now();
            for _ in 0..CHECKS {
                let asked = Asked { request_id: Some(request_id), trace_id: None, began: started };
                if kept == 0 {
                    std::hint::black_box(check::check(&request, &Empty, context)?);
                } else {
                    let (answer, draft) = check::check_on_record(&request, &Empty, context, asked)?;
                    runtime.block_on(log.keep(draft, Duration::from_secs(60)))?;
                    std::hint::black_box(answer);
                }
            }
            figures.push(started.elapsed().as_secs_f64() * 1e6 / f64::from(CHECKS));
        }
    }
    for (name, figures) in ["a check, microseconds", "a check that is kept, microseconds"].iter().zip(&mut figures) {
        figures.sort_by(f64::total_cmp);
        println!("{name:<52} {:>10.2}", figures.get(ROUNDS / 2).copied().unwrap_or_default());
    }
    Ok(())
}

fn open(data_dir: &Path, flush: Flush) -> Outcome<Arc<DecisionLog>> {
    let config = Decisions { flush, on_full: OnFull::FailClosed, max_size: 64 << 30, max_age_days: 2192 };
    Ok(DecisionLog::open(data_dir, config, check::book())?)
}

/// Runs the rounds and prints the median, the least and the greatest.
fn measure(name: &str, mut round: impl FnMut() -> Outcome<f64>) -> Outcome<()> {
    let mut figures = (0..ROUNDS).map(|_| round()).collect::<Outcome<Vec<_>>>()?;
    figures.sort_by(f64::total_cmp);
    if let [least, .., greatest] = figures.as_slice() {
        let median = figures.get(ROUNDS / 2).copied().unwrap_or_default();
        println!("{name:<52} {median:>10.2}   ({least:.2} to {greatest:.2})");
    }
    Ok(())
}

fn key(person: u64, other: u8) -> RecipientKey {
    let mut key = [other; 16];
    let hash = person.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes();
    key.iter_mut().zip(hash).for_each(|(byte, hash)| *byte = hash);
    RecipientKey(key)
}

fn id(n: u64) -> uuid::Uuid {
    uuid::Uuid::from_u128(u128::from(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64 | u128::from(n))
}

/// A decision a second, for some eleven days.
fn at(now: Timestamp, n: u64) -> Timestamp {
    let seconds = i64::try_from(n).unwrap_or_default() - i64::try_from(DECISIONS).unwrap_or_default();
    now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now)
}

fn draft(now: Timestamp, n: u64) -> Draft {
    let person = n % PEOPLE;
    Draft {
        id: id(n),
        at: at(now, n),
        sender: Some(format!("sender-{}", n % 20).into()),
        campaign: n.is_multiple_of(2).then(|| "spring".into()),
        parent: None,
        allow: n.is_multiple_of(3),
        rules: (0..8).collect(),
        keys: [key(person, 0), key(person, 1)].into(),
        body: (0..200).map(|at| (n >> (at % 8)) as u8).collect(),
    }
}

/// Nanoseconds a decision, its making not counted.
fn append(runtime: &tokio::runtime::Runtime, log: &DecisionLog, next: &mut u64, many: u64) -> Outcome<f64> {
    let now = clock::now();
    let drafts: Vec<Draft> = (*next..*next + many).map(|n| draft(now, n)).collect();
    *next += many;
    let started = Instant::now();
    runtime.block_on(async {
        for draft in drafts {
            log.keep(draft, Duration::ZERO).await?;
        }
        Ok::<_, Box<dyn Error>>(())
    })?;
    Ok(started.elapsed().as_nanos() as f64 / many as f64)
}

/// The same for decisions that are kept a thousand at a time, as the lines of a batch are.
fn append_blocks(runtime: &Runtime, log: &DecisionLog, next: &mut u64, many: u64) -> Outcome<f64> {
    let now = clock::now();
    let drafts: Vec<Draft> = (*next..*next + many)
        .map(|n| Draft { sender: Some("sender-3".into()), campaign: None, parent: Some(id(7)), ..draft(now, n) })
        .collect();
    *next += many;
    let started = Instant::now();
    runtime.block_on(async {
        for block in drafts.chunks(1_000) {
            log.keep_all(block, Duration::ZERO).await?;
        }
        Ok::<_, Box<dyn Error>>(())
    })?;
    Ok(started.elapsed().as_nanos() as f64 / many as f64)
}

/// Bytes of the log's files.
fn bytes_of(data_dir: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(data_dir.join("decisions"))? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
