//! The service killed at any moment: what it acknowledged is there, once, and the ledger agrees with itself.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    io::{BufRead as _, BufReader},
    path::Path,
    process::Command,
    sync::mpsc,
    thread,
    time::Duration,
};

use maysend::{
    config,
    decisions::DecisionLog,
    ledger::record::Record,
    store::{Next, OpenError, Revision, Store as _, StoreError, audit::audit, key_file, lmdb},
};

use serde_json::Value;
use uuid::Uuid;

use crate::process::Service;

const KILLS: usize = 50;
/// Half of them record events; the others check, one of these a batch after the other.
const CLIENTS: usize = 6;
/// More than go into one record of the log, or into one answer.
const LINES: usize = 1_500;

/// What the service acknowledged.
pub(crate) enum Acknowledged {
    /// An event, by its id.
    Event(String),
    /// A decision, by its id.
    Decision(Uuid),
}

/// Sends JSON and tells the status and the answer; none if the service was gone before it had answered.
fn sent(request: ureq::RequestBuilder<ureq::typestate::WithBody>, body: &str) -> Option<(u16, String)> {
    let request = request.config().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build();
    let mut answer = request.content_type("application/json").send(body).ok()?;
    Some((answer.status().as_u16(), answer.body_mut().read_to_string().ok()?))
}

/// The same, and the status alone.
pub(crate) fn send(request: ureq::RequestBuilder<ureq::typestate::WithBody>, body: &str) -> Option<u16> {
    sent(request, body).map(|(status, _)| status)
}

pub(crate) fn register(url: &str) {
    let sender = r#"{"legal_name":"Acme Bikes Ltd","kind":"company"}"#;
    let status = send(ureq::put(format!("{url}/senders/acme")), sender);
    assert!(matches!(status, Some(200 | 201 | 204)), "{status:?}");
}

pub(crate) fn post(url: &str, id: &str) -> Option<u16> {
    // Few people and many events: their histories grow.
    let person = id.len() % 3;
    let event = format!(
        r#"{{"type":"objection_raised","id":"{id}","occurred_at":"2026-10-01T09:00:00Z","sender":"acme","recipient":{{"email":"jo{person}@example.com"}}}}"#
    );
    send(ureq::post(format!("{url}/events")), &event)
}

/// Checks one message after the other until the service is gone.
fn check_until_gone(url: &str, acknowledged: &mpsc::Sender<Acknowledged>) {
    for person in (0..3).cycle() {
        let request = format!(
            r#"{{"sender":"acme","channel":"email","purpose":"commercial","recipient":{{"email":"jo{person}@example.com"}}}}"#
        );
        let Some((status, answer)) = sent(ureq::post(format!("{url}/check")), &request) else { return };
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(status, 200, "{answer}");
        let id = answer["decision_id"].as_str().unwrap().parse().unwrap();
        acknowledged.send(Acknowledged::Decision(id)).unwrap();
    }
}

/// Checks one batch after the other until the service is gone. Every line that came whole was acknowledged.
fn check_batches_until_gone(url: &str, acknowledged: &mpsc::Sender<Acknowledged>) {
    let campaign = r#"{"campaign":{"sender":"acme","channel":"email","purpose":"commercial"}}"#;
    let people = (0..LINES).map(|n| format!("\n{{\"email\":\"jo{}@example.com\"}}", n % 3));
    let lines = campaign.to_owned() + &people.collect::<String>();
    loop {
        let request = ureq::post(format!("{url}/check/batch")).content_type("application/x-ndjson");
        let Ok(answer) = request.send(&lines) else { return };
        let mut answers = BufReader::new(answer.into_body().into_reader());
        let mut line = String::new();
        while answers.read_line(&mut line).is_ok_and(|read| read > 0) && line.ends_with('\n') {
            let told: Value = serde_json::from_str(&line).unwrap();
            if told.get("parent").is_some() {
                let id = told["decision_id"].as_str().unwrap().parse().unwrap();
                acknowledged.send(Acknowledged::Decision(id)).unwrap();
            }
            line.clear();
        }
    }
}

/// Posts events one after the other until the service is gone. First the one that the service before left open:
/// whether it was kept is unknown, and sending it again must be safe.
pub(crate) fn post_until_gone(
    url: &str,
    ids: impl Iterator<Item = String>,
    acknowledged: &mpsc::Sender<Acknowledged>,
) -> String {
    for id in ids {
        match post(url, &id) {
            Some(200 | 201) => acknowledged.send(Acknowledged::Event(id)).unwrap(),
            Some(status) => panic!("the event `{id}` was answered {status}"),
            None => return id,
        }
    }
    String::new()
}

pub(crate) fn random(below: u64) -> u64 {
    RandomState::new().hash_one(()) % below
}

pub(crate) fn store_config(dir: &Path) -> config::Store {
    config::Store { data_dir: dir.to_owned(), map_size: 1 << 30, key: None, key_file: None, allow_network_fs: true }
}

/// Reads the whole ledger and the whole log from here, as a second process, and lets `maysend verify` do the same.
pub(crate) fn verify(dir: &Path, acknowledged: &[Acknowledged]) {
    let config = store_config(dir);
    let identity = key_file::load(&config).unwrap();
    let store = lmdb::open_read_only(&config, &identity).unwrap();
    let view = store.view().unwrap();
    audit(&*view).unwrap();
    let mut times: HashMap<[u8; 16], usize> = HashMap::new();
    view.tail(Revision(0), &mut |_, bytes| {
        *times.entry(*Record::read(bytes).unwrap().id()).or_default() += 1;
        Next::Continue
    })
    .unwrap();
    let mut decided: HashMap<Uuid, usize> = HashMap::new();
    let log = DecisionLog::open_read_only(dir).unwrap();
    log.verify(&mut |kept| *decided.entry(kept.decision.id).or_default() += 1).unwrap();
    for one in acknowledged {
        let (found, which) = match one {
            Acknowledged::Event(id) => (times.get(&identity.event_key(Some("acme"), id)), format!("the event `{id}`")),
            Acknowledged::Decision(id) => (decided.get(id), format!("the decision {id}")),
        };
        assert_eq!(found, Some(&1), "{which} was acknowledged");
    }
    let verify = Command::new(env!("CARGO_BIN_EXE_maysend")).args(["verify", "--data-dir"]).arg(dir).output().unwrap();
    let told = [verify.stdout, verify.stderr].concat();
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&told));
}

#[test]
fn fifty_kills_lose_nothing_that_was_acknowledged() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    let mut acknowledged = Vec::new();
    let mut open: Vec<Option<String>> = vec![None; CLIENTS];
    for round in 0..KILLS {
        let service = Service::start(&dir, &[]);
        // What the kill before left, once the service has cut off what was torn by it.
        verify(&dir, &acknowledged);
        register(&service.url);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            let clients: Vec<_> = (0..)
                .zip(&mut open)
                .map(|(client, left): (usize, _)| {
                    let (url, sender) = (service.url.clone(), sender.clone());
                    let ids = left.take().into_iter().chain((0..).map(move |n| format!("{round}-{client}-{n}")));
                    scope.spawn(move || match client % 2 {
                        0 => *left = Some(post_until_gone(&url, ids, &sender)),
                        _ if client == 1 => check_batches_until_gone(&url, &sender),
                        _ => check_until_gone(&url, &sender),
                    })
                })
                .collect();
            drop(sender);
            // The moment of the kill: after so many answers, and anywhere in the work that the other clients wait for.
            acknowledged.extend((0..random(400)).map(|_| receiver.recv().unwrap()));
            (0..random(400_000)).for_each(|_| std::hint::spin_loop());
            service.kill();
            clients.into_iter().for_each(|client| client.join().unwrap());
        });
        acknowledged.extend(receiver);
    }
    drop(Service::start(&dir, &[]));
    verify(&dir, &acknowledged);
    crate::count("kills", KILLS);
    let events = acknowledged.iter().filter(|one| matches!(one, Acknowledged::Event(_))).count();
    let decisions = acknowledged.len() - events;
    assert!(events > KILLS && decisions > KILLS, "only {events} events and {decisions} decisions were acknowledged");
}

#[test]
fn another_process_reads_while_the_service_writes() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    let service = Service::start(&dir, &[]);
    register(&service.url);
    assert_eq!(post(&service.url, "first"), Some(201));

    let config = store_config(&dir);
    let identity = key_file::load(&config).unwrap();
    let store = lmdb::open_read_only(&config, &identity).unwrap();
    let find = |id| store.view().unwrap().find(&identity.event_key(Some("acme"), id)).unwrap();
    let first = find("first").unwrap();
    assert_eq!(find("second"), None);
    assert_eq!(post(&service.url, "second"), Some(201));
    assert_eq!(find("second"), Some(Revision(first.0 + 1)));
    assert!(matches!(store.append(Vec::new()).blocking_recv(), Ok(Err(StoreError::Stopped))));
    assert!(matches!(lmdb::open(&config, &identity), Err(OpenError::AnotherWriter { .. })));
}
