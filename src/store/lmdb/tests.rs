//! What can only be tried from within: a ledger that no run of this program would leave behind.

pub(super) mod erased;
mod flips;

use std::{path::Path, sync::Arc};

use super::{
    queue::{Job, Queue},
    *,
};
use crate::{
    clock,
    ledger::{entry, event::Event, identity::RecipientKey, record},
    store::{
        Store as _,
        audit::{AuditFault, audit},
    },
};

pub(super) const KEY: Identity = Identity::new([7; 32]);

pub(super) fn config(dir: &Path) -> config::Store {
    config::Store { data_dir: dir.join("data"), map_size: 1 << 24, key: None, key_file: None, allow_network_fs: true }
}

pub(super) fn objection(id: &str) -> Vec<u8> {
    let event = serde_json::json!({
        "type": "objection_raised", "id": id, "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
        "recipient": { "email": "jo@example.com" },
    });
    let event: Event = serde_json::from_value(event).unwrap();
    record::of_event(&event, &KEY, clock::now()).unwrap()
}

fn profile() -> Vec<u8> {
    let sender = serde_json::json!({ "legal_name": "Acme Ltd", "kind": "company" });
    record::of_sender("acme", &serde_json::from_value(sender).unwrap(), &KEY, clock::now()).unwrap()
}

/// A ledger of two objections and a profile, in which something is then changed.
pub(super) fn changed(dir: &Path, change: impl FnOnce(&Ledger, &mut RwTxn<'_>)) -> Result<Lmdb, OpenError> {
    let config = config(dir);
    let store = open(&config, &KEY)?;
    store.append(vec![objection("1"), objection("2"), profile()]).blocking_recv().unwrap().unwrap();
    store.close();
    let ledger = store.current.ledger();
    let mut txn = ledger.env.write_txn().unwrap();
    change(&ledger, &mut txn);
    txn.commit().unwrap();
    drop((store, ledger));
    open(&config, &KEY)
}

/// Appends to the journal alone.
fn append(ledger: &Ledger, txn: &mut RwTxn<'_>, bytes: &[u8]) {
    ledger.journal.append(txn, &record::Record::read(bytes).unwrap(), bytes).unwrap();
}

fn key_of_jo() -> [u8; 16] {
    record::Record::read(&objection("1")).unwrap().keys[0]
}

fn fault_after(change: impl FnOnce(&Ledger, &mut RwTxn<'_>)) -> AuditFault {
    let dir = tempfile::tempdir().unwrap();
    let store = changed(dir.path(), change).unwrap();
    audit(&*store.view().unwrap()).unwrap_err()
}

#[test]
fn a_journal_that_is_ahead_is_caught_up_with_at_opening() {
    let dir = tempfile::tempdir().unwrap();
    let store = changed(dir.path(), |ledger, txn| {
        for id in ["3", "4"] {
            append(ledger, txn, &objection(id));
        }
    })
    .unwrap();
    let view = store.view().unwrap();
    assert_eq!((view.head().unwrap(), view.applied().unwrap()), (Revision(5), Revision(5)));
    let history = view.history(&RecipientKey(key_of_jo())).unwrap();
    let revisions: Vec<_> = entry::entries(history).unwrap().map(|entry| entry.unwrap().revision()).collect();
    assert_eq!(revisions, [1, 2, 4, 5]);
    audit(&*view).unwrap();
}

#[test]
fn histories_that_are_ahead_of_their_journal_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let refused = changed(dir.path(), |ledger, txn| {
        ledger.projection.meta.put(txn, b"applied", &9_u64.to_be_bytes()).unwrap();
    });
    assert!(matches!(refused, Err(OpenError::Engine { .. })), "{refused:?}");
}

#[test]
fn another_format_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let refused = changed(dir.path(), |ledger, txn| {
        ledger.projection.meta.put(txn, b"format", &3_u32.to_be_bytes()).unwrap();
    });
    assert!(matches!(refused, Err(OpenError::UnknownFormat { found: 3, known: 2, .. })), "{refused:?}");
}

#[test]
fn the_audit_finds_damage_to_the_journal() {
    let gap = fault_after(|ledger, txn| {
        ledger.journal.records.delete(txn, &2_u64.to_be_bytes()).unwrap();
    });
    assert!(matches!(gap, AuditFault::Gap { expected: Revision(2), found: Revision(3) }), "{gap:?}");
    let flipped = fault_after(|ledger, txn| {
        let mut value = ledger.journal.records.get(txn, &2_u64.to_be_bytes()).unwrap().unwrap().to_vec();
        *value.last_mut().unwrap() ^= 1;
        ledger.journal.records.put(txn, &2_u64.to_be_bytes(), &value).unwrap();
    });
    assert!(matches!(flipped, AuditFault::Record(Revision(2))), "{flipped:?}");
    let twice = fault_after(|ledger, txn| {
        append(ledger, txn, &objection("1"));
    });
    assert!(matches!(twice, AuditFault::Id(Revision(1))), "{twice:?}");
}

/// Two sound records that changed places, and one that was put in the place of another: each is whole in itself.
#[test]
fn the_audit_finds_records_that_stand_in_another_s_place() {
    let value = |ledger: &Ledger, txn: &RwTxn<'_>, revision: u64| {
        ledger.journal.records.get(txn, &revision.to_be_bytes()).unwrap().unwrap().to_vec()
    };
    let swapped = fault_after(|ledger, txn| {
        let [first, second] = [1, 2].map(|revision| value(ledger, txn, revision));
        ledger.journal.records.put(txn, &1_u64.to_be_bytes(), &second).unwrap();
        ledger.journal.records.put(txn, &2_u64.to_be_bytes(), &first).unwrap();
    });
    assert!(matches!(swapped, AuditFault::Chain(Revision(1))), "{swapped:?}");
    let replaced = fault_after(|ledger, txn| {
        // The very same event, told again: only its salt differs.
        let record = [&value(ledger, txn, 2)[..32], &objection("2")].concat();
        ledger.journal.records.put(txn, &2_u64.to_be_bytes(), &record).unwrap();
    });
    assert!(matches!(replaced, AuditFault::Chain(Revision(2))), "{replaced:?}");
}

#[test]
fn a_projection_that_says_to_be_behind_and_is_not_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let refused = changed(dir.path(), |ledger, txn| {
        ledger.projection.meta.put(txn, b"applied", &2_u64.to_be_bytes()).unwrap();
    });
    assert!(matches!(refused, Err(OpenError::Engine { .. })), "{refused:?}");
}

#[test]
fn the_audit_finds_damage_to_the_histories() {
    let key = key_of_jo();
    let shortened = fault_after(|ledger, txn| {
        let history = ledger.projection.history(txn, &key).unwrap().to_vec();
        ledger.projection.histories.put(txn, &key, &history[..history.len() - 1]).unwrap();
    });
    assert!(matches!(shortened, AuditFault::History(found) if found.0 == key), "{shortened:?}");
    let lengthened = fault_after(|ledger, txn| {
        let mut history = ledger.projection.history(txn, &key).unwrap().to_vec();
        history.push(0);
        ledger.projection.histories.put(txn, &key, &history).unwrap();
    });
    assert!(matches!(lengthened, AuditFault::History(found) if found.0 == key), "{lengthened:?}");
    let flipped = fault_after(|ledger, txn| {
        let mut history = ledger.projection.history(txn, &key).unwrap().to_vec();
        *history.last_mut().unwrap() ^= 1;
        ledger.projection.histories.put(txn, &key, &history).unwrap();
    });
    assert!(matches!(flipped, AuditFault::History(found) if found.0 == key), "{flipped:?}");
    let added = fault_after(|ledger, txn| ledger.projection.histories.put(txn, &[9; 16], &[1]).unwrap());
    assert!(matches!(added, AuditFault::Histories { expected: 1, found: 2 }), "{added:?}");
    let sender = fault_after(|ledger, txn| ledger.projection.senders.put(txn, b"acme", b"{}").unwrap());
    assert!(matches!(&sender, AuditFault::Sender(id) if id == "acme"), "{sender:?}");
}

#[test]
fn an_append_that_meets_a_damaged_history_fails_alone_and_keeps_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let key = key_of_jo();
    let damage = |ledger: &Ledger, txn: &mut RwTxn<'_>| ledger.projection.histories.put(txn, &key, &[9]).unwrap();
    let store = changed(dir.path(), damage).unwrap();
    let spoilt = store.append(vec![profile(), objection("3")]);
    let answers: Vec<_> = (0..9).map(|_| store.append(vec![profile()])).collect();
    assert!(matches!(spoilt.blocking_recv().unwrap(), Err(StoreError::Damaged(_))));
    answers.into_iter().for_each(|answer| assert_eq!(answer.blocking_recv().unwrap().unwrap().head, Revision(3)));
    assert_eq!(store.view().unwrap().head().unwrap(), Revision(3));
}

#[test]
fn a_panic_of_the_writer_leaves_nobody_waiting() {
    let queue = Arc::new(Queue::default());
    let (answers, jobs): (Vec<_>, Vec<_>) =
        (0..3).map(|_| Job::new(vec![Vec::new(); 4096])).map(|(j, a)| (a, j)).unzip();
    jobs.into_iter().for_each(|job| queue.push(job));
    let writing = Arc::clone(&queue);
    let writer = std::thread::spawn(move || writer::serve(&writing, |_group| panic!("as an engine might")));
    assert!(writer.join().is_err());
    let (late, answer) = Job::new(Vec::new());
    queue.push(late);
    for answer in answers.into_iter().chain([answer]) {
        assert!(matches!(answer.blocking_recv(), Ok(Err(StoreError::Stopped))));
    }
}
