//! Writing a ledger anew: entry by entry, so that the copy holds what stands in the tables and no byte besides.

use heed::{PutFlags, RoTxn};

use super::{Fault, Ledger, journal};
use crate::store::Revision;

/// Bytes that are copied in one transaction: it waits for the disk once, and holds them in memory until then.
const BYTES_AT_ONCE: usize = 64 << 20;

/// Records that are caught up with in one transaction.
const RECORDS_AT_ONCE: u64 = 10_000;

/// Copies every table, as it stood at one moment, into a new ledger, for as long as `go_on` says so.
pub(super) fn copy(from: &Ledger, moment: &RoTxn<'_>, to: &Ledger, go_on: &dyn Fn() -> bool) -> Result<(), Fault> {
    for (source, target) in from.tables().into_iter().zip(to.tables()) {
        let mut entries = source.iter(moment)?;
        let mut is_done = false;
        while !is_done {
            if !go_on() {
                return Err(Fault::Stopped);
            }
            let (mut txn, mut bytes) = (to.env.write_txn()?, 0);
            while bytes < BYTES_AT_ONCE && !is_done {
                match entries.next().transpose()? {
                    Some((key, value)) => {
                        target.put_with_flags(&mut txn, PutFlags::APPEND, key, value)?;
                        bytes += key.len() + value.len();
                    }
                    None => is_done = true,
                }
            }
            txn.commit()?;
        }
    }
    Ok(())
}

/// Appends to the copy what its original has taken in since, up to a bound, and tells how many records.
pub(super) fn catch_up(from: &Ledger, to: &Ledger) -> Result<u64, Fault> {
    let moment = from.env.read_txn()?;
    let mut txn = to.env.write_txn()?;
    let (copied, head) = (to.journal.head(&txn)?, from.journal.head(&moment)?);
    let until = head.0.min(copied.0.saturating_add(RECORDS_AT_ONCE));
    for revision in (copied.0..until).map(|before| Revision(before + 1)) {
        let record = from.journal.get(&moment, revision)?;
        let record = record.ok_or_else(|| Fault::Damaged(format!("its journal lacks {revision}")))?;
        to.keep(&mut txn, record, &journal::read(record)?)?;
    }
    txn.commit()?;
    Ok(until - copied.0)
}

/// Makes sure that a copy which has caught up is one: its journal ends alike, and its tables have as many entries.
pub(super) fn compare(from: &Ledger, to: &Ledger) -> Result<(), Fault> {
    let (original, copy) = (from.env.read_txn()?, to.env.read_txn()?);
    let differs = |what: &str| Fault::Damaged(format!("{what} of the ledger differ from those of its copy"));
    if from.journal.records.last(&original)? != to.journal.records.last(&copy)? {
        return Err(differs("the last records"));
    }
    // The table of what the ledger was written with says of each when it was purged.
    for (source, target) in from.tables().into_iter().zip(to.tables()).skip(1) {
        if source.len(&original)? != target.len(&copy)? {
            return Err(differs("the tables"));
        }
    }
    Ok(())
}
