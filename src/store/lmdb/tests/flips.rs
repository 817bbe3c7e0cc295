//! Every byte of the store counts: whichever is changed, the audit says so.

use super::{erased::with_an_erasure, *};

/// A key and its value.
type Row = (Vec<u8>, Vec<u8>);

fn rows(ledger: &Ledger, table: Table) -> Vec<Row> {
    let txn = ledger.env.read_txn().unwrap();
    let owned = |row: heed::Result<(&[u8], &[u8])>| row.map(|(key, value)| (key.to_vec(), value.to_vec()));
    table.iter(&txn).unwrap().map(owned).collect::<Result<_, _>>().unwrap()
}

/// Puts one row in the place of another.
fn replace(ledger: &Ledger, table: Table, (old, _): &Row, (key, value): &Row) {
    let mut txn = ledger.env.write_txn().unwrap();
    table.delete(&mut txn, old).unwrap();
    table.put(&mut txn, key, value).unwrap();
    txn.commit().unwrap();
}

/// What is verified of a store: at its opening what it was written with, by the audit all else.
fn is_sound(store: &Lmdb) -> bool {
    let ledger = store.current.ledger();
    let stamp = ledger.stamp(&KEY, Access::Read).unwrap();
    stamp == (FORMAT, KEY.fingerprint()) && ledger.check_meta().is_ok() && audit(&*store.view().unwrap()).is_ok()
}

#[test]
fn a_flipped_bit_in_any_byte_of_any_table_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = with_an_erasure(dir.path());
    assert!(is_sound(&store));
    let ledger = store.current.ledger();
    let mut flips = 0;
    for (name, table) in environment::TABLES.into_iter().zip(ledger.tables()) {
        for row in rows(&ledger, table) {
            for byte in 0..row.0.len() + row.1.len() {
                let mut flipped = row.clone();
                let (key, value) = &mut flipped;
                // Another bit of each byte, so that over the rows all of them have their turn.
                *key.iter_mut().chain(value).nth(byte).unwrap() ^= 1 << (flips % 8);
                // The flipped key may be that of another row, which comes back afterwards.
                let other = rows(&ledger, table).into_iter().find(|(key, _)| *key == flipped.0 && *key != row.0);
                replace(&ledger, table, &row, &flipped);
                assert!(!is_sound(&store), "byte {byte} of {flipped:?} in `{name}`");
                replace(&ledger, table, &flipped, &row);
                if let Some(other) = other {
                    replace(&ledger, table, &other, &other);
                }
                flips += 1;
            }
        }
    }
    assert!(flips > 1500 && is_sound(&store), "{flips} flips");
}
