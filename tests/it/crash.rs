//! The service killed at any moment: what it acknowledged is there, once, and the ledger agrees with itself.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use maysend::{
    config,
    ledger::record::Record,
    store::{Next, OpenError, Revision, Store as _, StoreError, audit::audit, key_file, lmdb},
};

use crate::process::Service;

const KILLS: usize = 50;
const CLIENTS: usize = 6;

/// Sends JSON and tells the status; none if the service was gone before it answered.
fn send(request: ureq::RequestBuilder<ureq::typestate::WithBody>, body: &str) -> Option<u16> {
    let request = request.config().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build();
    let answer = request.content_type("application/json").send(body);
    answer.ok().map(|answer| answer.status().as_u16())
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

/// Posts events one after the other until the service is gone. First the one that the service before left open:
/// whether it was kept is unknown, and sending it again must be safe.
pub(crate) fn post_until_gone(
    url: &str,
    ids: impl Iterator<Item = String>,
    acknowledged: &mpsc::Sender<String>,
) -> String {
    for id in ids {
        match post(url, &id) {
            Some(200 | 201) => acknowledged.send(id).unwrap(),
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

/// Reads the whole ledger from here, as a second process.
pub(crate) fn verify(dir: &Path, acknowledged: &[String]) {
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
    for id in acknowledged {
        let found = times.get(&identity.event_key(Some("acme"), id)).copied();
        assert_eq!(found, Some(1), "the event `{id}` was acknowledged");
    }
}

#[test]
fn fifty_kills_lose_nothing_that_was_acknowledged() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    let mut acknowledged = Vec::new();
    let mut open: Vec<Option<String>> = vec![None; CLIENTS];
    for round in 0..KILLS {
        let service = Service::start(&dir, &[]);
        register(&service.url);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            let clients: Vec<_> = (0..)
                .zip(&mut open)
                .map(|(client, left): (usize, _)| {
                    let (url, sender) = (service.url.clone(), sender.clone());
                    let ids = left.take().into_iter().chain((0..).map(move |n| format!("{round}-{client}-{n}")));
                    scope.spawn(move || *left = Some(post_until_gone(&url, ids, &sender)))
                })
                .collect();
            drop(sender);
            // The moment of the kill: after so many answers, and anywhere in the work that the other clients wait for.
            acknowledged.extend((0..random(40)).map(|_| receiver.recv().unwrap()));
            (0..random(400_000)).for_each(|_| std::hint::spin_loop());
            service.kill();
            clients.into_iter().for_each(|client| client.join().unwrap());
        });
        acknowledged.extend(receiver);
        verify(&dir, &acknowledged);
    }
    crate::count("kills", KILLS);
    assert!(acknowledged.len() > KILLS, "only {} events were acknowledged", acknowledged.len());
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
