//! What every store must do. One suite, run against each engine through the trait.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use maysend::{
    clock, config,
    ledger::{
        entry,
        event::Event,
        identity::{Identity, Normalised, RecipientKey},
        record::{self, Record},
        sender::Sender,
    },
    store::{Appended, Kept, Next, OpenError, Revision, Store, StoreError, View, audit::audit, key_file, lmdb},
    terms::recipient::DetailKind,
};
use rstest::rstest;
use serde_json::json;

use crate::ledger::audited;

/// How an engine is opened.
type Open = fn(&config::Store, &Identity) -> Result<Box<dyn Store>, OpenError>;

fn lmdb(config: &config::Store, identity: &Identity) -> Result<Box<dyn Store>, OpenError> {
    lmdb::open(config, identity).map(|store| Box::new(store) as Box<dyn Store>)
}

fn lmdb_read_only(config: &config::Store, identity: &Identity) -> Result<Box<dyn Store>, OpenError> {
    lmdb::open_read_only(config, identity).map(|store| Box::new(store) as Box<dyn Store>)
}

const KEY: Identity = Identity::new([7; 32]);

fn config(dir: &Path, map_size: u64) -> config::Store {
    config::Store { data_dir: dir.join("data"), map_size, key: None, key_file: None, allow_network_fs: true }
}

/// A store in a new directory, and the directory.
fn new(open: Open) -> (Box<dyn Store>, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path(), 1 << 26), &KEY).unwrap();
    (store, dir)
}

/// The record of Jo's objection, or of whoever's.
fn objection(id: &str, email: &str) -> Vec<u8> {
    about(id, email, json!([]))
}

fn about(id: &str, email: &str, topics: serde_json::Value) -> Vec<u8> {
    let event = json!({
        "type": "objection_raised", "id": id, "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
        "recipient": { "email": email }, "topics": topics,
    });
    let event: Event = serde_json::from_value(event).unwrap();
    record::of_event(&event, &KEY, clock::now()).unwrap()
}

fn profile(id: &str, legal_name: &str) -> Vec<u8> {
    let sender: Sender = serde_json::from_value(json!({ "legal_name": legal_name, "kind": "company" })).unwrap();
    record::of_sender(id, &sender, &KEY, clock::now()).unwrap()
}

fn key_of(email: &str) -> RecipientKey {
    KEY.recipient_key(Some("acme"), &Normalised::new(DetailKind::Email, &email.into()).unwrap())
}

fn append(store: &dyn Store, records: Vec<Vec<u8>>) -> Result<Appended, StoreError> {
    store.append(records).blocking_recv().unwrap()
}

fn kept(revision: u64, already: bool) -> Kept {
    Kept { revision: Revision(revision), already }
}

/// The ids and revisions of a person's history.
fn history(view: &dyn View, email: &str) -> Vec<(String, u64)> {
    let entries = entry::entries(view.history(&key_of(email)).unwrap()).unwrap();
    entries.map(|entry| entry.map(|entry| (entry.id.to_owned(), entry.revision())).unwrap()).collect()
}

fn tail(view: &dyn View, after: u64, most: usize) -> Vec<u64> {
    let mut found = Vec::new();
    view.tail(Revision(after), &mut |revision, bytes| {
        Record::read(bytes).unwrap();
        found.push(revision.0);
        if found.len() < most { Next::Continue } else { Next::Stop }
    })
    .unwrap();
    found
}

#[rstest]
#[case::lmdb(lmdb)]
fn what_is_appended_is_read_back_in_its_order(#[case] open: Open) {
    let (store, _dir) = new(open);
    {
        let view = store.view().unwrap();
        assert_eq!((view.head().unwrap(), view.applied().unwrap()), (Revision(0), Revision(0)));
        assert_eq!((history(&*view, "jo@example.com"), view.record(Revision(1)).unwrap()), (Vec::new(), None));
        assert_eq!((view.sender("acme").unwrap(), view.sender("").unwrap()), (None, None));
    }
    let records = vec![objection("1", "jo@example.com"), objection("2", "al@example.com")];
    let first = append(&*store, records.clone()).unwrap();
    assert_eq!(first, Appended { records: vec![kept(1, false), kept(2, false)], head: Revision(2) });
    let second = append(&*store, vec![objection("3", "jo@example.com")]).unwrap();
    assert_eq!(second, Appended { records: vec![kept(3, false)], head: Revision(3) });

    let view = store.view().unwrap();
    assert_eq!(view.record(Revision(2)).unwrap(), Some(records[1].as_slice()));
    assert_eq!(history(&*view, "jo@example.com"), [("1".into(), 1), ("3".into(), 3)]);
    assert_eq!(history(&*view, "al@example.com"), [("2".into(), 2)]);
    assert_eq!((view.head().unwrap(), view.applied().unwrap()), (Revision(3), Revision(3)));
    assert_eq!(view.find(Record::read(&records[1]).unwrap().id()).unwrap(), Some(Revision(2)));
    assert_eq!(tail(&*view, 0, 9), [1, 2, 3]);
    assert_eq!(tail(&*view, 1, 1), [2]);
    assert_eq!((tail(&*view, 3, 9), tail(&*view, u64::MAX, 9)), (vec![], vec![]));
    assert_eq!(audited(&*view), (3, 2, 0));
}

#[rstest]
#[case::lmdb(lmdb)]
fn a_view_stays_at_its_moment(#[case] open: Open) {
    let (store, _dir) = new(open);
    let before = store.view().unwrap();
    append(&*store, vec![objection("1", "jo@example.com")]).unwrap();
    assert_eq!((before.head().unwrap(), history(&*before, "jo@example.com")), (Revision(0), vec![]));
    assert_eq!(store.view().unwrap().head().unwrap(), Revision(1));
}

#[rstest]
#[case::lmdb(lmdb)]
fn the_same_event_again_is_not_kept_again(#[case] open: Open) {
    let (store, _dir) = new(open);
    append(&*store, vec![objection("1", "jo@example.com")]).unwrap();
    assert_eq!(append(&*store, vec![]).unwrap(), Appended { records: vec![], head: Revision(1) });
    let again = append(&*store, vec![objection("2", "jo@example.com"), objection("1", "jo@example.com")]).unwrap();
    assert_eq!(again, Appended { records: vec![kept(2, false), kept(1, true)], head: Revision(2) });
    // Within one append too.
    let twice = append(&*store, vec![objection("3", "jo@example.com"), objection("3", "jo@example.com")]).unwrap();
    assert_eq!(twice, Appended { records: vec![kept(3, false), kept(3, true)], head: Revision(3) });
    let view = store.view().unwrap();
    assert_eq!(history(&*view, "jo@example.com"), [("1".into(), 1), ("2".into(), 2), ("3".into(), 3)]);
    audit(&*view).unwrap();
}

#[rstest]
#[case::lmdb(lmdb)]
fn another_event_under_a_known_id_is_refused_with_its_whole_append(#[case] open: Open) {
    let (store, _dir) = new(open);
    append(&*store, vec![objection("1", "jo@example.com")]).unwrap();
    for other in [objection("1", "al@example.com"), about("1", "jo@example.com", json!(["offers"]))] {
        let refused = append(&*store, vec![objection("2", "jo@example.com"), other]);
        assert!(matches!(refused, Err(StoreError::Conflict { index: 1 })), "{refused:?}");
    }
    let within = vec![objection("3", "jo@example.com"), objection("3", "al@example.com")];
    assert!(matches!(append(&*store, within), Err(StoreError::Conflict { index: 1 })));
    let view = store.view().unwrap();
    assert_eq!(history(&*view, "jo@example.com"), [("1".into(), 1)]);
    assert_eq!(audited(&*view), (1, 1, 0));
}

#[rstest]
#[case::lmdb(lmdb)]
fn a_refused_append_spoils_none_of_those_around_it(#[case] open: Open) {
    let (store, _dir) = new(open);
    append(&*store, vec![objection("taken", "jo@example.com")]).unwrap();
    let answers: Vec<_> = (0..300)
        .map(|n| {
            let own = objection(&format!("{n}"), &format!("{}@example.com", n % 7));
            store.append(match n % 3 {
                0 => vec![own, objection("taken", "al@example.com")],
                1 => vec![own, b"no record".to_vec()],
                _ => vec![own, objection("shared", "jo@example.com")],
            })
        })
        .collect();
    let mut shared = None;
    for (n, answer) in answers.into_iter().enumerate() {
        match (n % 3, answer.blocking_recv().unwrap()) {
            (0, Err(StoreError::Conflict { index: 1 })) | (1, Err(StoreError::Damaged(_))) => {}
            (2, Ok(Appended { records, .. })) => {
                assert_eq!(records[1].already, shared.is_some());
                assert_eq!(*shared.get_or_insert(records[1].revision), records[1].revision);
            }
            (_, other) => panic!("append {n} was answered {other:?}"),
        }
    }
    let view = store.view().unwrap();
    assert_eq!(view.head().unwrap(), Revision(1 + 100 + 1));
    audit(&*view).unwrap();
}

#[rstest]
#[case::lmdb(lmdb)]
fn a_profile_replaces_the_one_before(#[case] open: Open) {
    let (store, _dir) = new(open);
    append(&*store, vec![profile("acme", "Acme Ltd"), profile("bolt", "Bolt Ltd")]).unwrap();
    let same = append(&*store, vec![profile("acme", "Acme Ltd")]).unwrap();
    assert_eq!(same, Appended { records: vec![kept(1, true)], head: Revision(2) });
    let changed = append(&*store, vec![profile("acme", "Acme Bikes Ltd"), profile("acme", "Acme Ltd")]).unwrap();
    assert_eq!(changed.records, [kept(3, false), kept(4, false)]);
    append(&*store, vec![profile("acme", "Acme Cars Ltd")]).unwrap();
    let view = store.view().unwrap();
    let acme: Sender = serde_json::from_slice(view.sender("acme").unwrap().unwrap()).unwrap();
    assert_eq!(acme.legal_name, "Acme Cars Ltd");
    assert_eq!(view.sender_ids().unwrap(), ["acme", "bolt"]);
    assert_eq!(audited(&*view), (5, 0, 2));
}

#[rstest]
#[case::lmdb(lmdb, lmdb_read_only)]
fn what_was_kept_is_there_after_opening_again(#[case] open: Open, #[case] read_only: Open) {
    let (store, dir) = new(open);
    append(&*store, vec![objection("1", "jo@example.com"), profile("acme", "Acme Ltd")]).unwrap();
    let config = config(dir.path(), 1 << 26);
    assert!(matches!(open(&config, &KEY), Err(OpenError::AnotherWriter { .. })));
    drop(store);

    let store = open(&config, &KEY).unwrap();
    assert_eq!(append(&*store, vec![objection("1", "jo@example.com")]).unwrap().records, [kept(1, true)]);
    assert_eq!(append(&*store, vec![objection("2", "jo@example.com")]).unwrap().records, [kept(3, false)]);
    drop(store);

    let store = read_only(&config, &KEY).unwrap();
    let view = store.view().unwrap();
    assert_eq!(history(&*view, "jo@example.com"), [("1".into(), 1), ("2".into(), 3)]);
    assert!(matches!(append(&*store, vec![objection("3", "jo@example.com")]), Err(StoreError::Stopped)));
    audit(&*view).unwrap();
}

#[rstest]
#[case::lmdb(lmdb, lmdb_read_only)]
fn another_key_or_no_ledger_is_refused(#[case] open: Open, #[case] read_only: Open) {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path(), 1 << 26);
    assert!(matches!(read_only(&config, &KEY), Err(OpenError::NoLedger { .. })));
    let identity = key_file::load_or_create(&config).unwrap();
    assert!(matches!(read_only(&config, &identity), Err(OpenError::NoLedger { .. })));
    drop(open(&config, &identity).unwrap());
    for open in [open, read_only] {
        let refused = open(&config, &KEY).map(|_| ()).unwrap_err();
        assert!(matches!(refused, OpenError::WrongKey { .. }), "{refused}");
        assert!(refused.to_string().contains("not the one that the data directory"));
    }
    std::fs::remove_file(key_file::path(&config)).unwrap();
    assert!(matches!(key_file::load_or_create(&config), Err(OpenError::LostKey { .. })));
    drop(open(&config, &identity).unwrap());
}

#[rstest]
#[case::lmdb(lmdb)]
fn a_full_store_says_so_and_can_still_be_read(#[case] open: Open) {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path(), 1 << 20);
    let store = open(&config, &KEY).unwrap();
    let many = |name: &str, n: usize| -> Vec<_> {
        (0..n).map(|n| objection(&format!("{name}-{n}"), &format!("{name}{n}@example.com"))).collect()
    };
    append(&*store, many("first", 100)).unwrap();
    // The one that does not fit is refused; those that were handed in with it are kept.
    let before = store.append(many("before", 10));
    let large = store.append(many("large", 5000));
    let after = store.append(many("after", 10));
    assert_eq!(before.blocking_recv().unwrap().unwrap().head, Revision(110));
    assert_eq!(after.blocking_recv().unwrap().unwrap().head, Revision(120));
    let refused = large.blocking_recv().unwrap();
    assert!(matches!(&refused, Err(StoreError::Full(usage)) if usage.size == 1 << 20), "{refused:?}");

    let full = (0..1000).find_map(|n| append(&*store, many(&format!("more{n}"), 20)).err()).unwrap();
    let StoreError::Full(usage) = full else { panic!("{full}") };
    assert!(usage.used > usage.size / 2 && usage.used <= usage.size, "{usage:?}");
    let view = store.view().unwrap();
    assert_eq!(history(&*view, "first7@example.com"), [("first-7".into(), 8)]);
    assert_eq!(history(&*view, "large7@example.com"), []);
    let head = view.head().unwrap();
    audit(&*view).unwrap();
    drop(view);
    drop(store);

    // A larger size helps.
    let store = open(&config::Store { map_size: 1 << 23, ..config }, &KEY).unwrap();
    assert_eq!(append(&*store, many("large", 5000)).unwrap().head, Revision(head.0 + 5000));
    let usage = store.usage().unwrap();
    assert!(usage.size == 1 << 23 && usage.used > 1 << 20, "{usage:?}");
}

#[rstest]
#[case::lmdb(lmdb)]
fn closing_keeps_what_was_appended_and_takes_no_more(#[case] open: Open) {
    let (store, _dir) = new(open);
    let answers: Vec<_> = (0..200).map(|n| store.append(vec![objection(&n.to_string(), "jo@example.com")])).collect();
    // Nobody listens for this one, and it is kept all the same.
    drop(store.append(vec![objection("unheard", "jo@example.com")]));
    store.close();
    assert!(matches!(append(&*store, vec![objection("late", "jo@example.com")]), Err(StoreError::Stopped)));
    store.close();
    for (n, mut answer) in answers.into_iter().enumerate() {
        assert_eq!(answer.try_recv().unwrap().unwrap().records, [kept(n as u64 + 1, false)]);
    }
    let view = store.view().unwrap();
    assert_eq!(history(&*view, "jo@example.com").last(), Some(&("unheard".into(), 201)));
}

#[rstest]
#[case::lmdb(lmdb)]
fn readers_see_whole_appends_only(#[case] open: Open) {
    const EACH: u64 = 10;
    let (store, _dir) = new(open);
    let (store, done) = (&*store, AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut last = Revision(0);
                while !done.load(Ordering::Acquire) {
                    let view = store.view().unwrap();
                    let head = view.head().unwrap();
                    assert_eq!((head.0 % EACH, view.applied().unwrap()), (0, head));
                    assert!(head >= last);
                    last = head;
                    let jo = history(&*view, "jo@example.com");
                    assert_eq!(jo.last().map_or(0, |(_, revision)| *revision), head.0);
                    assert_eq!(tail(&*view, 0, usize::MAX).len() as u64, head.0);
                }
            });
        }
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                scope.spawn(move || {
                    for n in 0..25 {
                        let records = (0..EACH).map(|i| objection(&format!("{writer}-{n}-{i}"), "jo@example.com"));
                        append(store, records.collect()).unwrap();
                    }
                })
            })
            .collect();
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        done.store(true, Ordering::Release);
    });
    let view = store.view().unwrap();
    assert_eq!(audit(&*view).unwrap().records, 4 * 25 * EACH);
}
