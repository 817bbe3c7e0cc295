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
            tests::{KEY, config, erased::notice, objection},
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

/// Erases one event, and tells where the notice stands.
fn erase(store: &Lmdb, revision: Revision) -> Revision {
    append(store, vec![notice([revision.0])])
}

/// Lets no purge succeed until the file that it gives is deleted: it stands where the folder should be made.
fn hindrance(dir: &Path) -> PathBuf {
    let place = Generation::FIRST.next().path(&config(dir).data_dir);
    fs::write(&place, "").unwrap();
    place
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

    let hindrance = hindrance(dir.path());
    assert_eq!(erase(&store, erased), Revision(402));
    let failed = purged(&store).unwrap_err();
    assert!(matches!(&failed, StoreError::Engine(why) if why.contains("ledger-2")), "{failed:?}");
    assert_eq!(traces(dir.path()), TRACES, "the engine leaves the bytes of what was deleted");
    assert!(store.purge_pending().unwrap());
    assert_eq!(append(&store, others(400)), Revision(602), "the ledger is of use meanwhile");

    fs::remove_file(hindrance).unwrap();
    let before = store.view().unwrap();
    assert_eq!(purged(&store).unwrap(), Revision(402));
    assert!(!store.purge_pending().unwrap());
    assert_eq!(traces(dir.path()), Vec::<&str>::new());

    assert_eq!(before.head().unwrap(), Revision(602), "a view that is under way reads on");
    assert_eq!(before.record(Revision(7)).unwrap(), store.view().unwrap().record(Revision(7)).unwrap());
    drop(before);
    assert_eq!(append(&store, others(600)), Revision(802));
    let jo = RecipientKey(Record::read(&objection("1")).unwrap().keys[0]);
    let history = store.view().unwrap().history(&jo).unwrap().to_vec();
    drop(store);
    let store = open_read_only(&config(dir.path()), &KEY).unwrap();
    assert_eq!(store.view().unwrap().history(&jo).unwrap(), history);
    assert_eq!(generation(&store), Generation::FIRST.next());
}

#[test]
fn a_closed_store_purges_no_more_and_the_next_one_makes_up_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path()), &KEY).unwrap();
    append(&store, vec![objection("1"), objection("2")]);
    let hindrance = hindrance(dir.path());
    erase(&store, Revision(1));
    store.close();
    assert!(matches!(purged(&store), Err(StoreError::Stopped)));
    drop(store);
    // A copy that a crash left half made.
    fs::remove_file(&hindrance).unwrap();
    Generation::FIRST.next().make(&config(dir.path()).data_dir).unwrap();
    fs::write(hindrance.join("data.mdb"), "half").unwrap();

    let store = open(&config(dir.path()), &KEY).unwrap();
    assert_eq!(purged(&store).unwrap(), Revision(3));
    assert_eq!(generation(&store), Generation::FIRST.next());
    assert!(!Generation::FIRST.path(&config(dir.path()).data_dir).exists());
    audit(&*store.view().unwrap()).unwrap();
    drop(store);
    let store = open(&config(dir.path()), &KEY).unwrap();
    assert_eq!((purged(&store).unwrap(), generation(&store)), (Revision(3), Generation::FIRST.next()));
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
        for revision in 1..=PURGES {
            let notice = erase(store, Revision(revision));
            assert!(purged(store).unwrap() >= notice);
        }
        done.store(true, Ordering::Release);
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(generation(&store).to_string(), format!("ledger-{}", PURGES + 1));
    let view = store.view().unwrap();
    let audited = audit(&*view).unwrap();
    assert_eq!((audited.records, audited.erased), (500 + PURGES + acknowledged.len() as u64, PURGES));
    assert!(acknowledged.iter().all(|id| view.find(&KEY.event_key(Some("acme"), id)).unwrap().is_some()));
    drop(view);
    assert!(handles(dir.path()) <= before, "{} handles, {before} before", handles(dir.path()));
    assert_eq!(fs::read_dir(config(dir.path()).data_dir).unwrap().count(), 3, "CURRENT, the ledger and the lock");
}
