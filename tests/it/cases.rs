//! The golden cases, through the use case itself and a store of its own for each case.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use maysend::{
    check::{self, request::SendRequest},
    clock,
    ledger::{event::Event, record, sender::Sender},
    store::Store,
};
use serde_json::Value;

use crate::{
    case::{self, Case},
    ledger::Ledger,
    server::{Reply, Server},
};

/// How many cases are sent over sockets at a time.
const AT_A_TIME: usize = 8;

#[test]
fn every_golden_case_gets_its_answer() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in case::all() {
        for case in &file.cases {
            count += 1;
            let found = match answer(case) {
                Ok(answer) => case.disagreements(&answer),
                Err(problem) => vec![problem],
            };
            if !found.is_empty() {
                wrong.push(format!("{}: {}\n    {}", file.place, case.name, found.join("\n    ")));
            }
        }
    }
    crate::count("golden cases", count);
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// The same over a socket. Each case has a service of its own, since cases share their senders and people; several run
/// at a time, since most of the time is spent waiting for the disk.
#[test]
fn every_golden_case_gets_its_answer_over_a_socket() {
    let files = case::all();
    let cases: Vec<_> = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case))).collect();
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some((file, case)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = match over_a_socket(case) {
                        Ok(answer) => case.disagreements(&answer),
                        Err(problem) => vec![problem],
                    };
                    if !found.is_empty() {
                        let told = format!("{}: {}\n    {}", file.place, case.name, found.join("\n    "));
                        wrong.lock().expect("no panic").push(told);
                    }
                }
            });
        }
    });
    let (count, wrong) = (cases.len(), wrong.into_inner().expect("no panic"));
    crate::count("golden cases over a socket", count);
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn over_a_socket(case: &Case) -> Result<Value, String> {
    let server = Server::start();
    let expect = |reply: Reply, statuses: &[u16]| {
        if statuses.contains(&reply.status) { Ok(reply) } else { Err(format!("{}: {}", reply.status, reply.text())) }
    };
    for (id, profile) in case.senders() {
        expect(server.put(&format!("/senders/{id}"), &profile), &[201])?;
    }
    let events = case.events();
    if !events.is_empty() {
        expect(server.post("/events", &Value::from(events)), &[201])?;
    }
    expect(server.post("/check?detail=full", &case.body()), &[200]).map(|reply| reply.json())
}

/// Records what the case gives and asks what it asks.
pub(crate) fn answer(case: &Case) -> Result<Value, String> {
    let ledger = Ledger::new();
    let mut records = Vec::new();
    for (id, profile) in case.senders() {
        let profile: Sender = serde_json::from_value(profile).map_err(|error| format!("sender {id}: {error}"))?;
        records.push(record::of_sender(&id, &profile, &ledger.identity, clock::now()).map_err(|e| e.to_string())?);
    }
    for event in case.events() {
        let event: Event = serde_json::from_value(event).map_err(|error| format!("event: {error}"))?;
        records.push(record::of_event(&event, &ledger.identity, clock::now()).map_err(|e| e.to_string())?);
    }
    ledger.append(records);
    let request: SendRequest = serde_json::from_value(case.body()).map_err(|error| format!("body: {error}"))?;
    let view = ledger.store.view().map_err(|error| error.to_string())?;
    let context = check::Context { identity: &ledger.identity, now: clock::now(), full: true };
    let answer = check::check(&request, &*view, context).map_err(|error| format!("problem: {error}"))?;
    serde_json::to_value(answer).map_err(|error| error.to_string())
}
