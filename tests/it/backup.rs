//! Backup and restore, export and import, as an operator runs them, while a service goes on.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use maysend::{
    config,
    ledger::{
        identity::{Identity, RecipientKey},
        record::Record,
    },
    store::{
        Next, Revision, Store as _, View,
        audit::{Audited, audit},
        key_file,
        lmdb::{self, Lmdb},
    },
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    cli::{Said, run},
    crash::{register, send},
    process::Service,
};

/// A directory for everything of one test.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// A command on the data directory of that name, with the key of the first one.
    fn run(&self, command: &[&str], data: &str) -> Said {
        let (data, key) = (self.text(data), self.text("data/key"));
        run(&[command, &["--data-dir", &data, "--key-file", &key]].concat(), "")
    }

    /// A service that has something on record, of a person who is forgotten among others.
    fn service(&self) -> Service {
        let service = Service::start(&self.path("data"), &[]);
        register(&service.url);
        (0..40).for_each(|n| object(&service.url, n));
        let erasure = r#"{"sender":"acme","recipient":{"email":"person3@example.com"}}"#;
        assert_eq!(send(ureq::post(format!("{}/recipients/erasure", service.url)), erasure), Some(200));
        service
    }

    fn open(&self, data: &str) -> (Lmdb, Identity) {
        let (data_dir, key_file) = (self.path(data), Some(self.path("data/key")));
        let config = config::Store { data_dir, map_size: 1 << 30, key: None, key_file, allow_network_fs: true };
        let identity = key_file::load(&config).unwrap();
        (lmdb::open_read_only(&config, &identity).unwrap(), identity)
    }

    fn audited(&self, data: &str) -> Audited {
        let (store, _) = self.open(data);
        audit(&*store.view().unwrap()).unwrap()
    }
}

/// One of ten people objects.
fn object(url: &str, n: usize) {
    let person = n % 10;
    let event = format!(
        r#"{{"type":"objection_raised","id":"o-{n}","occurred_at":"2026-10-01T09:00:00Z","sender":"acme","recipient":{{"email":"person{person}@example.com"}}}}"#
    );
    assert!(matches!(send(ureq::post(format!("{url}/events")), &event), Some(200 | 201)));
}

/// The keys of all histories.
fn keys(view: &dyn View) -> BTreeSet<[u8; 16]> {
    let mut keys = BTreeSet::new();
    view.tail(Revision(0), &mut |_, bytes| {
        keys.extend(Record::read(bytes).unwrap().keys);
        Next::Continue
    })
    .unwrap();
    keys
}

/// The copy answers for everybody as the original did when it was at the copy's revision.
fn is_copy_of_then(copy: &dyn View, original: &dyn View) {
    let head = copy.head().unwrap();
    assert_eq!(copy.chain(head).unwrap(), original.chain(head).unwrap());
    for revision in (1..=head.0).map(Revision) {
        assert_eq!(copy.record(revision).unwrap(), original.record(revision).unwrap());
    }
    assert_eq!(copy.sender("acme").unwrap(), original.sender("acme").unwrap());
    for key in keys(copy).into_iter().map(RecipientKey) {
        // Histories only grow: what came later stands behind.
        let (then, now) = (copy.history(&key).unwrap(), original.history(&key).unwrap());
        let later = maysend::ledger::entry::entries(now).unwrap().map(Result::unwrap);
        let known = maysend::ledger::entry::entries(then).unwrap().count();
        assert!(now.starts_with(then) && later.skip(known).all(|entry| entry.revision() > head.0));
    }
}

#[test]
fn a_ledger_under_writes_is_backed_up_and_answers_the_same_when_it_is_restored() {
    let place = Place::new();
    let service = place.service();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let writer =
            scope.spawn(|| (40..).take_while(|_| !done.load(Ordering::Acquire)).for_each(|n| object(&service.url, n)));
        for n in 0..5 {
            let said = place.run(&["backup", &place.text(&format!("backup{n}"))], "data");
            assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
            assert!(said.out.contains("without the key it is of no use"), "{}", said.out);
        }
        done.store(true, Ordering::Release);
        writer.join().unwrap();
    });
    service.stop();
    let (original, _) = place.open("data");
    let mut heads = Vec::new();
    for n in 0..5 {
        let (backup, restored) = (place.text(&format!("backup{n}")), format!("restored{n}"));
        assert!(!Path::new(&backup).join("key").exists());
        let said = place.run(&["restore", &backup], &restored);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
        let head = place.audited(&restored).head;
        assert!(said.out.contains(&format!("the ledger up to {head}")), "{}", said.out);
        let (copy, _) = place.open(&restored);
        assert!(!copy.purge_pending().unwrap(), "it was written anew");
        is_copy_of_then(&*copy.view().unwrap(), &*original.view().unwrap());
        heads.push(head);
    }
    assert!(heads.is_sorted() && heads.first() < heads.last(), "{heads:?}");

    // And a service goes on with it.
    let key = place.text("data/key");
    let service = Service::start(&place.path("restored4"), &["--key-file", &key]);
    object(&service.url, 7);
    object(&service.url, 1_000_000);
    service.stop();
    assert_eq!(place.audited("restored4").head.0, heads.last().unwrap().0 + 1);
}

#[test]
fn a_backup_takes_the_key_only_when_told_and_the_decisions_always() {
    let place = Place::new();
    place.service().stop();
    fs::create_dir_all(place.path("data/decisions")).unwrap();
    fs::write(place.path("data/decisions/zz-extra"), "a decision").unwrap();
    let said = place.run(&["backup", &place.text("backup"), "--with-key"], "data");
    assert!(said.code == Some(0) && said.out.contains("The key is in it"), "{said:?}");
    let manifest: Value = serde_json::from_slice(&fs::read(place.path("backup/backup.json")).unwrap()).unwrap();
    let files: Vec<_> =
        manifest["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    let expected = ["CURRENT", "decisions/zz-extra", "key", "ledger-1/data.mdb"];
    assert!(expected.iter().all(|file| files.contains(file)) && files.is_sorted(), "{files:?}");
    let data = place.text("restored");
    let said = run(&["restore", &place.text("backup"), "--data-dir", &data], "");
    assert!(said.code == Some(0) && said.out.contains("The key was in the backup"), "{said:?}");
    for file in ["key", "CURRENT", "ledger-1/data.mdb", "decisions/zz-extra"] {
        let (copy, original) = (place.path("restored").join(file), place.path("backup").join(file));
        assert_eq!(fs::read(&copy).unwrap(), fs::read(original).unwrap());
        assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o077, 0, "{file}");
    }
    assert_eq!(place.audited("restored"), place.audited("data"));
}

/// Each of these leaves nothing behind.
#[rstest::rstest]
#[case::flipped("ledger-1/data.mdb", "`ledger-1/data.mdb` is not what was backed up")]
#[case::gone("CURRENT", "cannot read `")]
#[case::no_manifest("backup.json", "is no backup that this program can read: it has no `backup.json`")]
#[case::another_key("", "the key is not the one that the ledger of the backup was written with")]
#[case::outside("/", "`../key` is no path within it")]
fn a_backup_that_is_not_whole_or_not_ours_is_refused(#[case] change: &str, #[case] says: &str) {
    let place = Place::new();
    place.service().stop();
    assert_eq!(place.run(&["backup", &place.text("backup")], "data").code, Some(0));
    let file = place.path("backup").join(change);
    match change {
        "" => fs::write(place.path("data/key"), "ab".repeat(32)).unwrap(),
        "/" => {
            let file = place.path("backup/backup.json");
            fs::write(&file, fs::read_to_string(&file).unwrap().replace("\"CURRENT\"", "\"../key\"")).unwrap();
        }
        "ledger-1/data.mdb" => {
            let mut bytes = fs::read(&file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes).unwrap();
        }
        _ => fs::remove_file(file).unwrap(),
    }
    let said = place.run(&["restore", &place.text("backup")], "restored");
    assert!(said.code == Some(2) && said.err.contains(says), "{said:?}");
    assert!(!place.path("restored").exists() && !place.path("restored.partial").exists());
}

#[test]
fn nothing_is_written_over() {
    let place = Place::new();
    place.service().stop();
    fs::create_dir(place.path("taken")).unwrap();
    fs::write(place.path("taken/file"), "").unwrap();
    for said in [
        place.run(&["backup", &place.text("taken")], "data"),
        place.run(&["export", &place.text("taken/file")], "data"),
        place.run(&["backup", &place.text("backup")], "data"),
        place.run(&["backup", &place.text("backup")], "data"),
        place.run(&["restore", &place.text("backup")], "taken"),
    ] {
        let expected = if said.out.is_empty() { Some(2) } else { Some(0) };
        assert_eq!(said.code, expected, "{said:?}");
        assert!(said.out.is_empty() != said.err.is_empty(), "{said:?}");
    }
    assert_eq!(fs::read(place.path("taken/file")).unwrap(), b"");
    assert_eq!(fs::read_dir(place.path("taken")).unwrap().count(), 1);
}

/// The lines of an export.
fn lines(place: &Place, file: &str) -> Vec<String> {
    fs::read_to_string(place.path(file)).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn an_exported_ledger_comes_out_the_same_on_another_machine() {
    let place = Place::new();
    let service = place.service();
    let said = place.run(&["export", &place.text("ledger.ndjson")], "data");
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    service.stop();
    let said = place.run(&["import", "--ledger", "--format", "json", &place.text("ledger.ndjson")], "other");
    let original = place.audited("data");
    let told: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told, json!({ "records": original.records, "revision": original.head.to_string() }));
    assert!(original.erased > 0);
    assert_eq!(place.audited("other"), original);
    let (copy, store) = (place.open("other").0, place.open("data").0);
    is_copy_of_then(&*copy.view().unwrap(), &*store.view().unwrap());

    let again = place.run(&["export"], "other").out;
    let again: Vec<_> = again.lines().map(str::to_owned).collect();
    let first = lines(&place, "ledger.ndjson");
    assert_eq!(again[1..], first[1..], "but for when it was made");
    assert!(!first.concat().contains("example.com"));
    let mode = fs::metadata(place.path("ledger.ndjson")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}

/// Another hash beside the last record.
fn another_chain(lines: &mut [String]) {
    let at = lines.len() - 2;
    let (before, chain) = lines[at].split_once("\"chain\":\"").unwrap();
    let digit = if chain.starts_with('0') { '1' } else { '0' };
    lines[at] = format!("{before}\"chain\":\"{digit}{}", chain.split_at(1).1);
}

#[rstest::rstest]
#[case::cut_off(|lines: &mut Vec<String>| drop(lines.pop()), "it was cut off")]
#[case::cut_within(|lines: &mut Vec<String>| lines[5].truncate(40), "line 6: it is no line")]
#[case::one_missing(|lines: &mut Vec<String>| drop(lines.remove(5)), "line 6 has the record at r1-6 where that at r1-5")]
#[case::goes_on(|lines: &mut Vec<String>| lines.push("{}".into()), "without saying so")]
#[case::altered(|lines: &mut Vec<String>| lines[6] = lines[6].replace("acme", "bolt"), "line 7: its `body` is not")]
#[case::another_chain(
    |lines: &mut Vec<String>| another_chain(lines),
    "the record at r1-2b is not the one that was exported: the chain breaks there"
)]
#[case::no_header(|lines: &mut Vec<String>| drop(lines.remove(0)), "its first line is not that of an exported ledger")]
#[case::newer(|lines: &mut Vec<String>| lines[0] = lines[0].replace("\"version\":1", "\"version\":9"), "have version 9")]
#[case::other_key(
    |lines: &mut Vec<String>| lines[0] = lines[0].replace("\"key_fingerprint\":\"", "\"key_fingerprint\":\"0"),
    "hashed with another key"
)]
fn an_exported_ledger_that_is_not_whole_is_refused(#[case] change: fn(&mut Vec<String>), #[case] says: &str) {
    let place = Place::new();
    place.service().stop();
    assert_eq!(place.run(&["export", &place.text("ledger.ndjson")], "data").code, Some(0));
    let mut lines = lines(&place, "ledger.ndjson");
    change(&mut lines);
    fs::write(place.path("ledger.ndjson"), lines.join("\n") + "\n").unwrap();
    let said = place.run(&["import", "--ledger", &place.text("ledger.ndjson")], "other");
    assert!(said.code == Some(2) && said.err.contains(says), "{said:?}");
}

#[test]
fn only_an_empty_ledger_takes_in_another() {
    let place = Place::new();
    place.service().stop();
    assert_eq!(place.run(&["export", &place.text("ledger.ndjson")], "data").code, Some(0));
    let said = place.run(&["import", "--ledger", &place.text("ledger.ndjson")], "data");
    assert!(said.code == Some(2) && said.err.contains("only an empty one takes in another"), "{said:?}");
    let data = place.text("nowhere");
    let said = run(&["import", "--ledger", "--data-dir", &data, &place.text("ledger.ndjson")], "");
    assert!(said.code == Some(2) && said.err.contains("the key file"), "{said:?}");
    assert!(!place.path("nowhere").exists());
}
