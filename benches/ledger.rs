//! What a check and a recorded event cost, without HTTP: `make bench-library`.
//!
//! One run fills a ledger in a temporary directory, then measures on it. Each figure is the median of several rounds,
//! with the least and the greatest beside it; compare figures of one run only.

use std::{
    error::Error,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use maysend::{
    check::{self, request::SendRequest},
    clock, config,
    ledger::{event::Event, identity::Identity, record, sender::Sender},
    store::{Store, lmdb},
};
use serde_json::{Value, json};

const PEOPLE: usize = 100_000;
const ROUNDS: usize = 7;
const CHECKS: usize = 20_000;
const EVENTS: usize = 2_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let directory = tempfile::tempdir()?;
    let config = config::Store {
        data_dir: directory.path().join("data"),
        map_size: 4 << 30,
        key: None,
        key_file: None,
        allow_network_fs: true,
    };
    let identity = Identity::new([1; 32]);
    let store = lmdb::open(&config, &identity)?;
    fill(&store, &identity)?;
    let used = store.usage()?.used;
    println!("{PEOPLE} people, {} MiB used", used >> 20);

    for (name, first) in [("allow by consent", 0), ("deny after an objection", 1), ("deny, nobody known", PEOPLE)] {
        measure(&format!("check: {name}, microseconds"), || check_many(&store, &identity, first))?;
    }
    for clients in [1, 64] {
        let next = AtomicUsize::new(PEOPLE * 2 * clients);
        measure(&format!("events: {clients} clients, durable events a second"), || {
            record_many(&store, &identity, clients, &next)
        })?;
    }
    store.close();
    Ok(())
}

/// Runs the rounds and prints the median, the least and the greatest.
fn measure(name: &str, mut round: impl FnMut() -> Outcome<f64>) -> Outcome<()> {
    let mut figures = (0..ROUNDS).map(|_| round()).collect::<Outcome<Vec<_>>>()?;
    figures.sort_by(f64::total_cmp);
    if let [least, .., greatest] = figures.as_slice() {
        let median = figures.get(ROUNDS / 2).copied().unwrap_or_default();
        println!("{name:<52} {median:>10.1}   ({least:.1} to {greatest:.1})");
    }
    Ok(())
}

/// Everybody consented; every second one objected since.
fn fill(store: &dyn Store, identity: &Identity) -> Outcome<()> {
    let acme: Sender = serde_json::from_value(json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" }))?;
    append(store, vec![record::of_sender("acme", &acme, identity, clock::now())?])?;
    for batch in (0..PEOPLE).collect::<Vec<_>>().chunks(5_000) {
        let mut records = Vec::new();
        for person in batch {
            records.push(recorded(consent(*person), identity)?);
            if person % 2 == 1 {
                records.push(recorded(objection(*person, "o"), identity)?);
            }
        }
        append(store, records)?;
    }
    Ok(())
}

fn append(store: &dyn Store, records: Vec<Vec<u8>>) -> Outcome<()> {
    store.append(records).blocking_recv()??;
    Ok(())
}

fn recorded(event: Value, identity: &Identity) -> Outcome<Vec<u8>> {
    let event: Event = serde_json::from_value(event)?;
    Ok(record::of_event(&event, identity, clock::now())?)
}

fn consent(person: usize) -> Value {
    json!({
        "type": "consent_given", "id": format!("c{person}"), "occurred_at": "2026-03-01T10:00:00Z", "sender": "acme",
        "recipient": { "email": format!("p{person}@example.com") }, "how": "unticked_box", "channels": ["email"],
        "wording": "Yes", "separate": true, "conditional": false,
    })
}

fn objection(person: usize, id: &str) -> Value {
    json!({
        "type": "objection_raised", "id": format!("{id}{person}"), "occurred_at": "2026-04-01T10:00:00Z",
        "sender": "acme", "recipient": { "email": format!("p{person}@example.com") },
    })
}

/// Microseconds a check, its body's parsing and its answer's writing included.
fn check_many(store: &dyn Store, identity: &Identity, first: usize) -> Outcome<f64> {
    let bodies: Vec<Vec<u8>> = (0..CHECKS)
        .map(|n| {
            let person = if first < PEOPLE { (n * 7_919 * 2 + first) % PEOPLE } else { first + n };
            serde_json::to_vec(&json!({
                "sender": "acme", "channel": "email", "purpose": "commercial",
                "recipient": { "email": format!("p{person}@example.com") },
                "message": { "opt_out": "link", "identifies_sender": true },
            }))
        })
        .collect::<Result<_, _>>()?;
    let started = Instant::now();
    for body in &bodies {
        let request: SendRequest = serde_json::from_slice(body)?;
        let view = store.view()?;
        let context = check::Context { identity, now: clock::now(), full: false };
        std::hint::black_box(serde_json::to_vec(&check::check(&request, &*view, context)?)?);
    }
    Ok(micros(started.elapsed()) / CHECKS as f64)
}

/// Events a second, each client waiting until its event is on disk before it sends the next.
fn record_many(store: &dyn Store, identity: &Identity, clients: usize, next: &AtomicUsize) -> Outcome<f64> {
    let started = Instant::now();
    thread::scope(|scope| {
        let work = || {
            for _ in 0..EVENTS / clients {
                let event = objection(next.fetch_add(1, Ordering::Relaxed), "n");
                let kept = recorded(event, identity).and_then(|record| append(store, vec![record]));
                assert!(kept.is_ok(), "an event was not kept");
            }
        };
        (0..clients).for_each(|_| drop(scope.spawn(work)));
    });
    let events = (EVENTS / clients * clients) as f64;
    Ok(events / micros(started.elapsed()) * 1e6)
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
