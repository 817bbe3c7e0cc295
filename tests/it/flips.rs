//! A bit that flips in the ledger's file: it is found, or it lay where nothing is.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use heed::{CommitOrAbort, EnvFlags, EnvOpenOptions, types::Bytes};
use maysend::{
    config,
    ledger::{
        event::Event,
        identity::Identity,
        record::{
            self,
            erasure::{Notice, Why},
        },
    },
    store::{Store as _, audit::audit, lmdb},
};
use serde_json::json;

const FLIPS: u64 = 150;
const KEY: Identity = Identity::new([7; 32]);

/// Says to a child which ledger it looks at.
const LEDGER: &str = "MAYSEND_TESTS_LEDGER";

fn config(data_dir: PathBuf) -> config::Store {
    config::Store { data_dir, map_size: 1 << 26, key: None, key_file: None, allow_network_fs: true }
}

fn file(dir: &Path) -> PathBuf {
    let current = fs::read_to_string(dir.join("CURRENT")).unwrap();
    dir.join(current.trim_end()).join("data.mdb")
}

/// A hash over every row of every table.
#[expect(unsafe_code, reason = "a memory map is only as sound as the file below it is left alone")]
fn rows(dir: &Path) -> u64 {
    let mut options = EnvOpenOptions::new();
    // SAFETY: no process writes to the ledger.
    let env =
        unsafe { options.map_size(1 << 26).max_dbs(5).flags(EnvFlags::READ_ONLY).open(file(dir).parent().unwrap()) };
    let (env, mut hasher) = (env.unwrap(), DefaultHasher::new());
    for name in ["meta", "journal", "histories", "ids", "senders"] {
        let table = env.open_databases_and_commit(env.read_txn().unwrap(), |opener, txn| {
            let table = opener.open_database::<Bytes, Bytes>(txn, Some(name))?;
            Ok::<_, heed::Error>(CommitOrAbort::<_, ()>::Commit(table))
        });
        let table = table.unwrap().commit().flatten().unwrap();
        for row in table.iter(&env.read_txn().unwrap()).unwrap() {
            row.unwrap().hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// What the child of a test does: it looks at a ledger and says what it found. A damaged page can end the process, so
/// the test itself must not do it. Without a ledger to look at there is nothing to do.
#[test]
#[expect(clippy::disallowed_methods, reason = "what a child looks at is said to it by the environment")]
fn a_child_looks_at_a_ledger() {
    let Some(dir) = std::env::var_os(LEDGER).map(PathBuf::from) else { return };
    let audited = {
        let store = lmdb::open_read_only(&config(dir.clone()), &KEY).unwrap();
        audit(&*store.view().unwrap()).unwrap()
    };
    fs::write(dir.join("found"), format!("{audited:?}")).unwrap();
    fs::write(dir.join("rows"), rows(&dir).to_string()).unwrap();
}

/// What a child finds: the audit's result and the hash of all rows; none: a fault, or the end of the child.
fn look(dir: &Path) -> Option<(String, String)> {
    let said = ["found", "rows"].map(|name| dir.join(name));
    said.iter().for_each(|file| drop(fs::remove_file(file)));
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "flips::a_child_looks_at_a_ledger"])
        .env(LEDGER, dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let [found, rows] = said.map(|file| fs::read_to_string(file).ok());
    // Once the audit has passed, the rows must be there to be read.
    child.unwrap().success().then(|| (found.unwrap(), rows.unwrap()))
}

fn ledger(dir: &Path) {
    let store = lmdb::open(&config(dir.to_owned()), &KEY).unwrap();
    let append = |record| drop(store.append(vec![record]).blocking_recv().unwrap().unwrap());
    let sender = serde_json::from_value(json!({ "legal_name": "Acme Ltd", "kind": "company" })).unwrap();
    append(record::of_sender("acme", &sender, &KEY, "2026-10-01T09:00:00Z".parse().unwrap()).unwrap());
    for n in 0..60 {
        let event = json!({
            "type": "consent_given", "id": format!("{n}"), "occurred_at": "2026-10-01T09:00:00Z", "sender": "acme",
            "recipient": { "email": format!("person{}@example.com", n % 7) }, "channels": ["email"],
            "wording": "w".repeat(10 * n),
        });
        let event: Event = serde_json::from_value(event).unwrap();
        append(record::of_event(&event, &KEY, "2026-10-01T09:00:00Z".parse().unwrap()).unwrap());
    }
    let notice = Notice::new(Why::Erasure, "UK GDPR Art 17(1)", [3, 4, 50]);
    append(record::of_erasure(&notice, &KEY, "2026-10-01T09:00:00Z".parse().unwrap()).unwrap());
    store.purge().blocking_recv().unwrap().unwrap();
}

#[test]
fn a_flipped_bit_of_the_file_is_found_or_lay_where_nothing_is() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    ledger(&dir);
    let whole = look(&dir).expect("a whole ledger is sound");
    let (file, bytes) = (file(&dir), fs::read(file(&dir)).unwrap());
    let (mut found, mut harmless) = (0, 0);
    // A small generator of our own numbers (SplitMix64), the same in every run.
    let mut state = 5_u64;
    for _ in 0..FLIPS {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let place = usize::try_from((mixed ^ (mixed >> 27)) % (bytes.len() as u64 * 8)).unwrap();
        let mut flipped = bytes.clone();
        flipped[place / 8] ^= 1 << (place % 8);
        fs::write(&file, &flipped).unwrap();
        match look(&dir) {
            None => found += 1,
            // The last bytes of a checkpoint are what tells a ledger from an earlier state of itself.
            Some((audited, _)) if audited != whole.0 => found += 1,
            Some((_, rows)) => {
                assert_eq!(rows, whole.1, "bit {place} changed a row, and nothing was found");
                harmless += 1;
            }
        }
    }
    crate::count("flipped bits of the file that were found", found);
    crate::count("flipped bits of the file that changed nothing", harmless);
    assert!(found > 0 && harmless > 0, "{found} found, {harmless} harmless");
}
