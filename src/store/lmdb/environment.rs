//! The environment of one generation, and its tables.

use std::{io, path::Path};

use heed::{CommitOrAbort, Env, EnvFlags, EnvOpenOptions, RwTxn, WithoutTls, types::Bytes};

use super::{Access, Table};

/// More readers at once than requests in flight: each view takes one.
const READERS: u32 = 1024;

/// A multiple of every machine's page size: what the size of the map is rounded to.
const MAP_STEP: u64 = 64 * 1024;

/// Their names.
pub(super) const TABLES: [&str; 5] = ["meta", "journal", "histories", "ids", "senders"];

/// Opens the environment.
#[expect(unsafe_code, reason = "a memory map is only as sound as the file below it is left alone")]
pub(super) fn open(dir: &Path, map_size: u64, access: Access) -> heed::Result<Env<WithoutTls>> {
    let map_size = map_size.checked_next_multiple_of(MAP_STEP).and_then(|size| usize::try_from(size).ok());
    let map_size = map_size.ok_or_else(|| io::Error::other("`store.map_size` is larger than any memory"))?;
    let mut options = EnvOpenOptions::new().read_txn_without_tls();
    options.map_size(map_size).max_readers(READERS).max_dbs(5);
    let flags = if access == Access::Read { EnvFlags::READ_ONLY } else { EnvFlags::empty() };
    // SAFETY: the file must not be changed but through LMDB, and LMDB's locks must hold. The directory is the
    // owner's alone, `place` refuses file systems whose locks do not hold, one claimed process writes, and no flag
    // that turns off locking or syncing is set.
    unsafe { options.flags(flags).open(dir) }
}

pub(super) fn create_tables(env: &Env<WithoutTls>) -> heed::Result<Option<[Table; 5]>> {
    let txn: RwTxn<'_> = env.write_txn()?;
    let made = env.create_databases_and_commit(txn, |opener, txn| {
        let mut make = |name| opener.create_database::<Bytes, Bytes>(txn, Some(name));
        let [a, b, c, d, e] = TABLES;
        let tables = [make(a)?, make(b)?, make(c)?, make(d)?, make(e)?];
        Ok::<_, heed::Error>(CommitOrAbort::<_, ()>::Commit(tables))
    })?;
    Ok(made.commit())
}

/// The tables, or none if the environment lacks one.
pub(super) fn open_tables(env: &Env<WithoutTls>) -> heed::Result<Option<[Table; 5]>> {
    let opened = env.open_databases_and_commit(env.read_txn()?, |opener, txn| {
        let open = |name| opener.open_database::<Bytes, Bytes>(txn, Some(name));
        let [a, b, c, d, e] = TABLES;
        Ok::<_, heed::Error>(match (open(a)?, open(b)?, open(c)?, open(d)?, open(e)?) {
            (Some(a), Some(b), Some(c), Some(d), Some(e)) => CommitOrAbort::Commit([a, b, c, d, e]),
            _ => CommitOrAbort::Abort(()),
        })
    })?;
    Ok(opened.commit())
}
