//! What an erasure does to the store.

use super::*;
use crate::ledger::record::{
    Record,
    erasure::{Notice, Why},
};
use crate::store::View;

/// A notice that erases the records at these revisions.
pub(in crate::store::lmdb) fn notice(revisions: impl IntoIterator<Item = u64>) -> Vec<u8> {
    let notice = Notice::new(Why::Erasure, "UK GDPR Art 17(1)(c)", revisions);
    record::of_erasure(&notice, &KEY, clock::now()).unwrap()
}

fn consent(id: &str, wording: &str) -> Vec<u8> {
    let event = serde_json::json!({
        "type": "consent_given", "id": id, "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
        "recipient": { "email": "jo@example.com", "phone": "+447700900123" }, "channels": ["email"], "wording": wording,
    });
    let event: Event = serde_json::from_value(event).unwrap();
    record::of_event(&event, &KEY, clock::now()).unwrap()
}

/// A ledger of a profile and four events, of which the first two are erased.
pub(super) fn with_an_erasure(dir: &Path) -> Lmdb {
    let store = open(&config(dir), &KEY).unwrap();
    let records = vec![consent("1", "first"), objection("2"), profile(), objection("3"), consent("4", "second")];
    store.append(records).blocking_recv().unwrap().unwrap();
    let appended = store.append(vec![notice([1, 2])]).blocking_recv().unwrap().unwrap();
    assert_eq!(appended.head, Revision(6));
    // The ledger that was written anew is the one to look at from here on.
    store.purge().blocking_recv().unwrap().unwrap();
    store
}

fn revisions(view: &dyn View, key: &[u8; 16]) -> Vec<u64> {
    let history = view.history(&RecipientKey(*key)).unwrap();
    entry::entries(history).unwrap().map(|entry| entry.unwrap().revision()).collect()
}

#[test]
fn an_erasure_takes_the_payload_and_the_entries_and_leaves_the_chain() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path()), &KEY).unwrap();
    let only = consent("1", "first");
    store.append(vec![only.clone(), objection("2")]).blocking_recv().unwrap().unwrap();
    let chain = store.view().unwrap().chain(Revision(2)).unwrap();
    store.append(vec![notice([1])]).blocking_recv().unwrap().unwrap();

    let view = store.view().unwrap();
    let keys = Record::read(&only).unwrap().keys;
    let of_the_phone = keys.iter().find(|key| **key != key_of_jo()).unwrap();
    assert_eq!(revisions(&*view, &key_of_jo()), [2]);
    assert_eq!((view.history(&RecipientKey(*of_the_phone)).unwrap(), view.histories().unwrap()), (&[][..], 1));
    assert!(Record::read(view.record(Revision(1)).unwrap().unwrap()).unwrap().is_erased());
    assert_eq!((view.chain(Revision(2)).unwrap(), view.purge().unwrap()), (chain, Revision(3)));
    let audited = audit(&*view).unwrap();
    assert_eq!((audited.records, audited.erased, audited.histories), (3, 1, 1));
    assert_eq!((audited.head, Some(audited.chain)), (Revision(3), view.chain(Revision(3)).unwrap()));
}

#[test]
fn what_was_erased_does_not_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = with_an_erasure(dir.path());
    // The same event again, and whatever else comes under its id: nobody can tell the two apart any more.
    for again in [consent("1", "first"), consent("1", "other words")] {
        let kept = store.append(vec![again]).blocking_recv().unwrap().unwrap();
        assert!(kept.records[0].already && kept.records[0].revision == Revision(1), "{kept:?}");
    }
    assert_eq!(revisions(&*store.view().unwrap(), &key_of_jo()), [4, 5]);
}

#[test]
fn a_notice_may_name_what_is_erased_already() {
    let dir = tempfile::tempdir().unwrap();
    let store = with_an_erasure(dir.path());
    let kept = store.append(vec![notice([2, 5]), notice([1, 2, 5])]).blocking_recv().unwrap().unwrap();
    assert_eq!(kept.head, Revision(8));
    let view = store.view().unwrap();
    assert_eq!(revisions(&*view, &key_of_jo()), [4]);
    assert_eq!(audit(&*view).unwrap().erased, 3);
}

#[rstest::rstest]
#[case::a_profile([3])]
#[case::a_notice([6])]
#[case::itself([7])]
#[case::one_to_come([9])]
fn only_earlier_events_can_be_erased(#[case] revisions: [u64; 1]) {
    let dir = tempfile::tempdir().unwrap();
    let store = with_an_erasure(dir.path());
    let refused = store.append(vec![notice(revisions)]).blocking_recv().unwrap();
    assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
    assert_eq!(audit(&*store.view().unwrap()).unwrap().head, Revision(6));
}

#[test]
fn an_erased_journal_can_be_projected_anew() {
    let dir = tempfile::tempdir().unwrap();
    let store = with_an_erasure(dir.path());
    let ledger = store.current.ledger();
    let Projection { meta, histories, ids, senders } = ledger.projection;
    let mut txn = ledger.env.write_txn().unwrap();
    [histories, ids, senders].into_iter().for_each(|table| table.clear(&mut txn).unwrap());
    meta.delete(&mut txn, b"applied").unwrap();
    txn.commit().unwrap();
    drop((store, ledger));
    let store = open(&config(dir.path()), &KEY).unwrap();
    assert_eq!(audit(&*store.view().unwrap()).unwrap().erased, 2);
    assert_eq!(revisions(&*store.view().unwrap(), &key_of_jo()), [4, 5]);
}

#[test]
fn the_audit_finds_a_payload_that_nobody_erased() {
    let missing = fault_after(|ledger, txn| {
        let left = Record::read(ledger.journal.get(txn, Revision(2)).unwrap().unwrap()).unwrap().erased();
        ledger.journal.erase(txn, Revision(2), &left).unwrap();
        let id = *Record::read(&left).unwrap().id();
        ledger.projection.ids.put(txn, &id, &[&2_u64.to_be_bytes(), [0; 16].as_slice()].concat()).unwrap();
        let history = ledger.projection.history(txn, &key_of_jo()).unwrap();
        let history = entry::without(history, &[2].into()).unwrap();
        ledger.projection.histories.put(txn, &key_of_jo(), &history).unwrap();
    });
    assert!(matches!(missing, AuditFault::Erased(Revision(2))), "{missing:?}");
}

#[test]
fn the_audit_finds_a_payload_that_is_there_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&config(dir.path()), &KEY).unwrap();
    store.append(vec![objection("1"), objection("2")]).blocking_recv().unwrap().unwrap();
    let whole = store.view().unwrap().record(Revision(1)).unwrap().unwrap().to_vec();
    let history = store.view().unwrap().history(&RecipientKey(key_of_jo())).unwrap().to_vec();
    store.append(vec![notice([1])]).blocking_recv().unwrap().unwrap();
    store.purge().blocking_recv().unwrap().unwrap();
    let ledger = store.current.ledger();
    let mut txn = ledger.env.write_txn().unwrap();
    ledger.journal.erase(&mut txn, Revision(1), &whole).unwrap();
    ledger.projection.histories.put(&mut txn, &key_of_jo(), &history).unwrap();
    let record = Record::read(&whole).unwrap();
    let known = [&1_u64.to_be_bytes(), record.digest().as_slice()].concat();
    ledger.projection.ids.put(&mut txn, record.id(), &known).unwrap();
    txn.commit().unwrap();
    let fault = audit(&*store.view().unwrap()).unwrap_err();
    let expected = matches!(fault, AuditFault::NotErased { notice: Revision(3), revision: Revision(1) });
    assert!(expected, "{fault:?}");
}
