//! The service killed while it writes its ledger anew.

use std::{fs, path::Path, sync::mpsc, thread};

use heed::{EnvOpenOptions, types::Bytes};
use maysend::store::{Store as _, key_file, lmdb};

use crate::{
    cli::run,
    crash::{post_until_gone, random, register, store_config, verify},
    process::Service,
};

const KILLS: u64 = 20;

/// Notes an erasure in the ledger of a service that does not run: the next one purges at once.
#[expect(unsafe_code, reason = "a memory map is only as sound as the file below it is left alone")]
fn note_erasure(dir: &Path, erasure: u64) {
    let current = fs::read_to_string(dir.join("CURRENT")).unwrap();
    // SAFETY: no process has the ledger open.
    let env = unsafe { EnvOpenOptions::new().map_size(1 << 30).max_dbs(5).open(dir.join(current.trim_end())) }.unwrap();
    let meta = env.open_databases_and_commit(env.read_txn().unwrap(), |opener, txn| {
        let meta = opener.open_database::<Bytes, Bytes>(txn, Some("meta"))?;
        Ok::<_, heed::Error>(heed::CommitOrAbort::<_, ()>::Commit(meta))
    });
    let meta = meta.unwrap().commit().flatten().unwrap();
    let mut txn = env.write_txn().unwrap();
    meta.put(&mut txn, b"purge", &erasure.to_be_bytes()).unwrap();
    txn.commit().unwrap();
}

fn is_pending(dir: &Path) -> bool {
    let config = store_config(dir);
    let store = lmdb::open_read_only(&config, &key_file::load(&config).unwrap()).unwrap();
    store.purge_pending().unwrap()
}

#[test]
fn kills_in_the_middle_of_purges_lose_nothing_that_was_acknowledged() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("data");
    // So many that the copy takes a while.
    let numbers: String = (0..20_000).map(|n| format!("0770{n:07}\n")).collect();
    let data = dir.to_str().unwrap();
    let said = run(&["import", "--data-dir", data, "--register", "tps", "--as-of", "2026-11-20", "-"], &numbers);
    assert_eq!(said.code, Some(0), "{said:?}");
    let (mut acknowledged, mut left, mut cut) = (Vec::new(), None::<String>, 0);
    for round in 1..=KILLS {
        note_erasure(&dir, round);
        let service = Service::start(&dir, &[]);
        register(&service.url);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            let (url, before) = (service.url.clone(), left.take());
            let ids = before.into_iter().chain((0..).map(move |n| format!("purged-{round}-{n}")));
            let client = scope.spawn(move || post_until_gone(&url, ids, &sender));
            acknowledged.extend((0..random(60)).map(|_| receiver.recv().unwrap()));
            (0..random(400_000)).for_each(|_| std::hint::spin_loop());
            service.kill();
            left = Some(client.join().unwrap());
        });
        acknowledged.extend(receiver);
        verify(&dir, &acknowledged);
        cut += usize::from(is_pending(&dir));
    }
    crate::count("kills during purges", KILLS as usize);
    crate::count("purges that a kill cut short", cut);
    assert!(!acknowledged.is_empty());

    let service = Service::start(&dir, &[]);
    register(&service.url);
    service.stop();
    let config = store_config(&dir);
    let store = lmdb::open(&config, &key_file::load(&config).unwrap()).unwrap();
    store.purge().blocking_recv().unwrap().unwrap();
    drop(store);
    verify(&dir, &acknowledged);
    let ledgers = fs::read_dir(&dir)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("ledger-"))
        .count();
    assert_eq!(ledgers, 1, "no copy is left over");
}
