//! Purges beside everything else that a store does.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::*;
use crate::{
    clock,
    ledger::{
        event::Event,
        identity::RecipientKey,
        record::{self, Record},
    },
    store::{
        Store as _,
        audit::audit,
        lmdb::{
            Lmdb, open, open_read_only,
            tests::{KEY, changed, config, objection},
        },
    },
};

/// What only the erased event says.
const TRACES: [&str; 3] = ["zebra-crossing-id", "May we write to you about zebras?", "recording-zebra-77"];

fn consent() -> Vec<u8> {
    let [id, wording, evidence] = TRACES;
    let event = serde_json::json!({
        "type": "consent_given", "id": id, "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
        "recipient": { "email": "zoe@example.com" }, "channels": ["email"], "wording": wording, "evidence": evidence,
    });
    let event: Event = serde_json::from_value(event).unwrap();
    record::of_event(&event, &KEY, clock::now()).unwrap()
}

/// Every file below a directory.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.unwrap().into_path());
    entries.filter(|path| path.is_file()).collect()
}

/// Which of the traces stand in a file below the directory.
fn traces(dir: &Path) -> Vec<&'static str> {
    let texts: Vec<Vec<u8>> = files(dir).iter().map(|path| fs::read(path).unwrap()).collect();
    let holds = |trace: &str| texts.iter().any(|text| text.windows(trace.len()).any(|it| it == trace.as_bytes()));
    TRACES.into_iter().filter(|trace| holds(trace)).collect()
}

fn append(store: &Lmdb, records: Vec<Vec<u8>>) -> Revision {
    store.append(records).blocking_recv().unwrap().unwrap().head
}

/// Changes the tables as an erasure would, and notes it; nobody is told.
fn erase(store: &Lmdb, erasure: u64, change: impl FnOnce(&Ledger, &mut heed::RwTxn<'_>)) {
    let turn = store.current.turn();
    let ledger = turn.ledger();
    let mut txn = ledger.env.write_txn().unwrap();
    change(&ledger, &mut txn);
    ledger.projection.meta.put(&mut txn, PURGE, &erasure.to_be_bytes()).unwrap();
    txn.commit().unwrap();
}

fn purged(store: &Lmdb) -> Result<Revision, StoreError> {
    store.purge().blocking_recv().unwrap().map(|purged| purged.erasure)
}

fn generation(store: &Lmdb) -> Generation {
    store.current.ledger().generation
}

#[test]
fn what_was_erased_is_in_no_file_afterwards() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path()), &KEY).unwrap();
    let others = |from: u32| (from..from + 200).map(|n| objection(&format!("other-{n}"))).collect::<Vec<_>>();
    append(&store, others(0));
    let erased = append(&store, vec![consent()]);
    append(&store, others(200));
    assert_eq!(traces(dir.path()), TRACES);
    assert_eq!(purged(&store).unwrap(), Revision(0), "there is nothing to do");

    erase(&store, 401, |ledger, txn| {
        let key = Record::read(&consent()).unwrap().keys[0];
        ledger.projection.histories.delete(txn, &key).unwrap();
        ledger.journal.records.put(txn, &erased.0.to_be_bytes(), b"erased").unwrap();
    });
    assert_eq!(traces(dir.path()), TRACES, "the engine leaves the bytes of what was deleted");
    assert!(store.purge_pending().unwrap());
    let before = store.view().unwrap();
    assert_eq!(purged(&store).unwrap(), Revision(401));
    assert!(!store.purge_pending().unwrap());
    assert_eq!(traces(dir.path()), Vec::<&str>::new());

    assert_eq!(before.head().unwrap(), Revision(401), "a view that is under way reads on");
    assert_eq!(before.record(Revision(7)).unwrap(), store.view().unwrap().record(Revision(7)).unwrap());
    drop(before);
    assert_eq!(append(&store, others(400)), Revision(601));
    let jo = RecipientKey(Record::read(&objection("1")).unwrap().keys[0]);
    let history = store.view().unwrap().history(&jo).unwrap().to_vec();
    drop(store);
    let store = open_read_only(&config(dir.path()), &KEY).unwrap();
    assert_eq!(store.view().unwrap().history(&jo).unwrap(), history);
    assert_eq!(generation(&store), Generation::FIRST.next());
}

#[test]
fn what_an_earlier_process_left_is_purged_at_opening() {
    let dir = tempfile::tempdir().unwrap();
    let note = |ledger: &Ledger, txn: &mut heed::RwTxn<'_>| {
        ledger.projection.meta.put(txn, PURGE, &2_u64.to_be_bytes()).unwrap();
    };
    let store = changed(dir.path(), note).unwrap();
    assert_eq!(purged(&store).unwrap(), Revision(2));
    assert_eq!(generation(&store), Generation::FIRST.next());
    let data_dir = config(dir.path()).data_dir;
    // A copy that a crash left half made.
    Generation::FIRST.make(&data_dir).unwrap();
    fs::write(Generation::FIRST.path(&data_dir).join("data.mdb"), "half").unwrap();
    drop(store);
    let store = open(&config(dir.path()), &KEY).unwrap();
    assert!(!Generation::FIRST.path(&data_dir).exists());
    assert_eq!((purged(&store).unwrap(), generation(&store)), (Revision(2), Generation::FIRST.next()));
    audit(&*store.view().unwrap()).unwrap();
}

#[test]
fn a_purge_that_fails_is_told_and_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path()), &KEY).unwrap();
    append(&store, vec![objection("1")]);
    // A file stands where the folder should be made.
    let place = Generation::FIRST.next().path(&config(dir.path()).data_dir);
    fs::write(&place, "").unwrap();
    erase(&store, 1, |_, _| {});
    let failed = purged(&store).unwrap_err();
    assert!(matches!(&failed, StoreError::Engine(why) if why.contains("ledger-2")), "{failed:?}");
    assert!(store.purge_pending().unwrap());
    assert_eq!(append(&store, vec![objection("2")]), Revision(2), "the ledger is of use meanwhile");
    fs::remove_file(place).unwrap();
    assert_eq!(purged(&store).unwrap(), Revision(1));
    store.close();
    assert_eq!(purged(&store).unwrap(), Revision(1));
}

#[test]
fn a_closed_store_purges_no_more_and_leaves_nobody_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path()), &KEY).unwrap();
    store.close();
    erase(&store, 1, |_, _| {});
    assert!(matches!(purged(&store), Err(StoreError::Stopped)));
    drop(store);
    assert_eq!(purged(&open(&config(dir.path()), &KEY).unwrap()).unwrap(), Revision(1));
}

/// How many files below the directory this process has open or in its memory.
fn handles(dir: &Path) -> usize {
    let dir = dir.canonicalize().unwrap();
    let open = fs::read_dir("/proc/self/fd").unwrap().filter_map(|fd| fs::read_link(fd.ok()?.path()).ok());
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mapped = maps.lines().filter(|line| line.contains(dir.to_str().unwrap())).count();
    open.filter(|target| target.starts_with(&dir)).count() + mapped
}

#[test]
fn writing_and_reading_go_on_during_purges_and_nothing_is_lost() {
    const PURGES: u64 = 25;
    const WRITERS: usize = 3;
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path()), &KEY).unwrap();
    append(&store, (0..500).map(|n| objection(&format!("first-{n}"))).collect());
    let (before, done) = (handles(dir.path()), AtomicBool::new(false));
    let acknowledged = thread::scope(|scope| {
        let (store, done) = (&store, &done);
        scope.spawn(move || {
            while !done.load(Ordering::Acquire) {
                let view = store.view().unwrap();
                let head = view.head().unwrap();
                assert_eq!(view.applied().unwrap(), head);
                assert!(view.record(head).unwrap().is_some());
            }
        });
        let write = |writer: usize| {
            move || {
                let mut ids: Vec<String> = Vec::new();
                while !done.load(Ordering::Acquire) {
                    // Several at once: the queue is never empty, and the purger must get its turn all the same.
                    let some: Vec<String> = (0..5).map(|n| format!("{writer}-{}-{n}", ids.len())).collect();
                    let answers: Vec<_> = some.iter().map(|id| store.append(vec![objection(id)])).collect();
                    answers.into_iter().for_each(|answer| drop(answer.blocking_recv().unwrap().unwrap()));
                    ids.extend(some);
                }
                ids
            }
        };
        let writers: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(write(writer))).collect();
        for erasure in 1..=PURGES {
            erase(store, erasure, |_, _| {});
            assert_eq!(purged(store).unwrap(), Revision(erasure));
        }
        done.store(true, Ordering::Release);
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(generation(&store).to_string(), format!("ledger-{}", PURGES + 1));
    let view = store.view().unwrap();
    assert_eq!(audit(&*view).unwrap().records, 500 + acknowledged.len() as u64);
    assert!(acknowledged.iter().all(|id| view.find(&KEY.event_key(Some("acme"), id)).unwrap().is_some()));
    drop(view);
    assert!(handles(dir.path()) <= before, "{} handles, {before} before", handles(dir.path()));
    assert_eq!(fs::read_dir(config(dir.path()).data_dir).unwrap().count(), 3, "CURRENT, the ledger and the lock");
}
