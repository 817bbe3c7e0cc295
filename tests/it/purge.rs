//! The service killed while it writes its ledger anew, after an erasure.

use std::{fs, path::Path, sync::mpsc, thread};

use maysend::store::{Store as _, audit::audit, key_file, lmdb};

use crate::{
    cli::run,
    crash::{post_until_gone, random, register, send, store_config, verify},
    process::Service,
};

const KILLS: usize = 20;

/// Has a person tell something, and forgets them again.
fn forget(url: &str, person: usize) {
    let recipient = format!(r#"{{"email":"parrot{person}@example.com"}}"#);
    let event = format!(
        r#"{{"type":"consent_given","id":"parrot-{person}","occurred_at":"2026-10-01T09:00:00Z","sender":"acme","recipient":{recipient},"channels":["email"],"wording":"Yes, send me parrot {person}"}}"#
    );
    assert_eq!(send(ureq::post(format!("{url}/events")), &event), Some(201));
    let erasure = format!(r#"{{"sender":"acme","recipient":{recipient}}}"#);
    assert_eq!(send(ureq::post(format!("{url}/recipients/erasure")), &erasure), Some(200));
}

fn is_pending(dir: &Path) -> bool {
    let config = store_config(dir);
    let store = lmdb::open_read_only(&config, &key_file::load(&config).unwrap()).unwrap();
    store.purge_pending().unwrap()
}

/// Whether any file below the directory holds the text.
fn holds(dir: &Path, text: &str) -> bool {
    let files = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.unwrap().into_path());
    let mut texts = files.filter(|path| path.is_file()).map(|path| fs::read(path).unwrap());
    texts.any(|bytes| bytes.windows(text.len()).any(|it| it == text.as_bytes()))
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
    for round in 0..KILLS {
        let service = Service::start(&dir, &[]);
        register(&service.url);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            let (url, before) = (service.url.clone(), left.take());
            let ids = before.into_iter().chain((0..).map(move |n| format!("purged-{round}-{n}")));
            let client = scope.spawn(move || post_until_gone(&url, ids, &sender));
            forget(&service.url, round);
            acknowledged.extend((0..random(20)).map(|_| receiver.recv().unwrap()));
            (0..random(400_000)).for_each(|_| std::hint::spin_loop());
            service.kill();
            left = Some(client.join().unwrap());
        });
        acknowledged.extend(receiver);
        verify(&dir, &acknowledged);
        cut += usize::from(is_pending(&dir));
    }
    crate::count("kills during purges", KILLS);
    crate::count("purges that a kill cut short", cut);
    assert!(!acknowledged.is_empty());

    let config = store_config(&dir);
    let store = lmdb::open(&config, &key_file::load(&config).unwrap()).unwrap();
    store.purge().blocking_recv().unwrap().unwrap();
    assert_eq!(audit(&*store.view().unwrap()).unwrap().erased, KILLS as u64);
    drop(store);
    verify(&dir, &acknowledged);
    assert!(!holds(&dir, "send me parrot") && !holds(&dir, "parrot-"));
    let is_ledger = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with("ledger-");
    let ledgers = fs::read_dir(&dir).unwrap().map(Result::unwrap).filter(is_ledger).count();
    assert_eq!(ledgers, 1, "no copy is left over");
}
