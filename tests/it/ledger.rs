//! A ledger of the real engine in a directory of its own.

use maysend::{
    config,
    ledger::identity::Identity,
    store::{
        Appended, Store, View,
        audit::audit,
        lmdb::{self, Lmdb},
    },
};
use tempfile::TempDir;

/// A ledger that goes away with the value.
pub(crate) struct Ledger {
    /// The store.
    pub(crate) store: Lmdb,
    /// Its key.
    pub(crate) identity: Identity,
    _directory: TempDir,
}

impl Ledger {
    /// An empty ledger.
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let identity = Identity::new([7; 32]);
        let config = store_config(&directory);
        let store = lmdb::open(&config, &identity).expect("a store");
        Self { store, identity, _directory: directory }
    }

    /// Appends records and waits until they are durable.
    pub(crate) fn append(&self, records: Vec<Vec<u8>>) -> Appended {
        self.store.append(records).blocking_recv().expect("an answer").expect("an append")
    }
}

/// How many records, histories and senders an audit went through.
pub(crate) fn audited(view: &dyn View) -> (u64, u64, u64) {
    let audited = audit(view).unwrap();
    assert_eq!(view.chain(audited.head).unwrap(), Some(audited.chain));
    (audited.records, audited.histories, audited.senders)
}

/// The configuration of a small store in a directory.
pub(crate) fn store_config(directory: &TempDir) -> config::Store {
    config::Store {
        data_dir: directory.path().join("data"),
        map_size: 64 << 20,
        key: None,
        key_file: None,
        allow_network_fs: true,
    }
}
