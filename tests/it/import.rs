//! `maysend import`, as an operator runs it: the real program on a real data directory.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use maysend::{
    config,
    ledger::{
        entry,
        identity::{Identity, Normalised},
        record::Record,
    },
    store::{
        Next, Revision, Store as _,
        audit::audit,
        key_file,
        lmdb::{self, Lmdb},
    },
    terms::{recipient::DetailKind, register::Register},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    cli::{Said, run},
    process::Service,
};

const TPS: [&str; 4] = ["--register", "tps", "--as-of", "2026-11-20"];

/// A place for a data directory and files.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// Imports a text from a file.
    fn import(&self, flags: &[&str], text: &str) -> Said {
        let file = self.path("file");
        fs::write(&file, text).unwrap();
        run(&[&["import", "--data-dir", &self.path("data")], flags, &[file.as_str()]].concat(), "")
    }

    fn config(&self) -> config::Store {
        let data_dir = self.0.path().join("data");
        config::Store { data_dir, map_size: 1 << 30, key: None, key_file: None, allow_network_fs: true }
    }

    /// The ledger, read as another process reads it.
    fn ledger(&self) -> (Lmdb, Identity) {
        let identity = key_file::load(&self.config()).unwrap();
        (lmdb::open_read_only(&self.config(), &identity).unwrap(), identity)
    }

    /// The kinds of the events of a number, in the order of their arrival, and of the register as a whole.
    fn kinds(&self, number: &str) -> (Vec<&'static str>, usize) {
        let (store, identity) = self.ledger();
        let view = store.view().unwrap();
        audit(&*view).unwrap();
        let kinds = |key| {
            let entries = entry::entries(view.history(&key).unwrap()).unwrap();
            entries.map(|entry| entry.unwrap().kind.as_str()).collect::<Vec<_>>()
        };
        let number = Normalised::new(DetailKind::Phone, &number.into()).unwrap();
        (kinds(identity.recipient_key(None, &number)), kinds(identity.register_key(Register::Tps)).len())
    }
}

fn said(said: &Said) -> (Option<i32>, &str, &str) {
    (said.code, said.out.as_str(), said.err.as_str())
}

fn numbers(count: u32) -> String {
    (0..count).map(|n| format!("0770{n:07}\r\n")).collect()
}

const WHOLE: &str =
    "The register is recorded as a whole, with 3 entries: what is not in it was not listed on that day.\n";
const PART: &str = "The register is not recorded as a whole, so nothing shows who is not listed: ";

#[test]
fn a_register_is_imported_once() {
    let place = Place::new();
    let made = format!("maysend: there is no ledger in `{}` yet: a new one is made\n", place.path("data"));
    let plain = "\u{feff}07700900001\r\n\r\n07700 900002\r\n+447700900003\r\n";
    let first = place.import(&TPS, plain);
    let told = format!("3 lines: 3 recorded, 0 already there, 0 bad\n{WHOLE}");
    assert_eq!(said(&first), (Some(0), told.as_str(), made.as_str()));
    let told = format!("3 lines: 0 recorded, 3 already there, 0 bad\n{WHOLE}");
    assert_eq!(said(&place.import(&TPS, plain)), (Some(0), told.as_str(), ""));
    let csv = "Name,Phone,Listed_At\nJo,07700900001,2026-11-01\nAl,07700900002,\n,07700900003,\n";
    let told =
        format!("3 lines: 0 recorded, 3 already there, 0 bad\nColumns of the file that were not used: 1.\n{WHOLE}");
    assert_eq!(said(&place.import(&TPS, csv)), (Some(0), told.as_str(), ""));
    assert_eq!(place.kinds("07700900001"), (vec!["register_listed"], 1));
    let data = place.path("data");
    let piped =
        run(&[&["import", "--format", "json", "--data-dir", &data], &TPS[..], &["--partial", "-"]].concat(), plain);
    let told: Value = serde_json::from_str(&piped.out).unwrap();
    let expected = json!({"dry_run": false, "lines": 3, "recorded": 0, "already_there": 3, "bad": 0, "bad_lines": [],
        "unused_columns": [], "whole_register": {"recorded": false, "why": "the file is a part of the register"}});
    assert_eq!((piped.code, told), (Some(0), expected));
}

#[test]
fn who_left_and_came_back_is_listed_again() {
    let place = Place::new();
    let import = |day: &str, flags: &[&str], text: &str| {
        let said = place.import(&[&["--register", "tps", "--as-of", day], flags].concat(), text);
        assert_eq!(said.code, Some(0), "{said:?}");
        said.out
    };
    import("2026-11-01", &[], "07700900001\n");
    let out = import("2026-11-08", &["--removed"], "07700900001\n");
    assert_eq!(
        out,
        format!("1 line: 1 recorded, 0 already there, 0 bad\n{PART}the file has what was taken off the register.\n")
    );
    import("2026-11-15", &["--partial"], "07700900001\n");
    import("2026-11-15", &["--partial"], "07700900001\n");
    assert_eq!(place.kinds("07700900001"), (vec!["register_listed", "register_removed", "register_listed"], 1));
}

#[test]
fn bad_lines_are_reported_and_the_rest_is_kept() {
    let place = Place::new();
    place.import(&TPS, "07700900001\n");
    let said = place.import(&TPS, "07700900001\nhidden-person\n07700900002\n");
    let told = "3 lines: 1 recorded, 1 already there, 1 bad (line 2)\n";
    assert_eq!((said.code, said.out), (Some(1), format!("{told}{PART}1 of its lines could not be kept.\n")));
    assert_eq!(
        said.err,
        "line 2: `phone`: this is no telephone number: write it as `+44...` or as a number of the United Kingdom\n"
    );
    assert_eq!(place.kinds("07700900002"), (vec!["register_listed"], 1));
    let many = place.import(&TPS, &format!("07700900001\n{}", "x\n".repeat(1_500)));
    assert!(many.out.starts_with("1,501 lines: 0 recorded, 1 already there, 1,500 bad (lines 2, 3, "), "{many:?}");
    assert!(many.out.contains(", 21 and 1,480 more)\n"), "{many:?}");
    assert_eq!(many.err.lines().count(), 20);
    let shrunk = [&TPS[..3], &["2026-11-21"]].concat();
    place.import(&shrunk, &numbers(20));
    let cut = place.import(&shrunk, &numbers(17));
    let why = "it had 20 entries when it was last taken in and has 17 now: a file cut off looks like this. \
        If it has indeed shrunk, say `--shrunk`.\n";
    assert_eq!((cut.code, cut.out.ends_with(why)), (Some(1), true), "{}", cut.out);
    assert_eq!(place.import(&[&shrunk[..], &["--shrunk"]].concat(), &numbers(17)).code, Some(0));
}

#[test]
fn what_cannot_be_imported_is_told_and_leaves_nothing() {
    let place = Place::new();
    let refused = |flags: &[&str], text: &str| {
        let said = place.import(flags, text);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
        said.err
    };
    assert!(refused(&["--register", "tps", "--as-of", "2999-01-01"], "").contains("2999-01-01 is yet to come"));
    assert!(refused(&[&TPS[..], &["--sender", "acme"]].concat(), "").contains("leave `--sender` out"));
    let requests = ["--register", "fundraising_preference", "--as-of", "2026-11-20"];
    assert!(refused(&requests, "").contains("say which with `--sender ID`"));
    assert!(refused(&["--suppression", "--sender", "acme"], "jo@example.com\n").contains("is not a data directory"));
    let none = run(&[&["import"], &TPS[..], &["nothing.txt"]].concat(), "");
    assert_eq!(said(&none), (Some(2), "", "maysend: cannot read `nothing.txt`: no such file or directory\n"));
    let rehearsed = place.import(&[&TPS[..], &["--dry-run"]].concat(), "07700900001\nx\n");
    assert_eq!(rehearsed.out, "2 lines: 1 good, 1 bad (line 2)\nNothing was recorded: this was a rehearsal.\n");
    assert_eq!(rehearsed.code, Some(1));
    assert!(!Path::new(&place.path("data")).exists());
    let file = format!("`{}`", place.path("file"));
    let layout = refused(&TPS, "Jo Doe,07700900001\n");
    assert!(
        layout.contains(&file) && layout.contains("its first line is neither a value alone nor a header"),
        "{layout}"
    );
    assert!(!layout.contains("Doe") && !layout.contains("900001"), "{layout}");
}

#[test]
fn a_ledger_that_a_service_uses_is_not_touched_and_shows_the_numbers_afterwards() {
    let place = Place::new();
    let data = place.0.path().join("data");
    let service = Service::start(&data, &[]);
    let profile = json!({"legal_name": "Acme Bikes Ltd", "kind": "company"}).to_string();
    ureq::put(format!("{}/senders/acme", service.url)).content_type("application/json").send(profile).unwrap();
    let served = place.import(&TPS, "07700900001\n");
    let told = format!(
        "maysend: another process writes to the data directory `{}`: stop the service for the import, or send it the \
         events (`POST /events`)\n",
        data.display()
    );
    assert_eq!(said(&served), (Some(2), "", told.as_str()));
    service.stop();
    assert_eq!(place.import(&TPS, "07700900001\n").code, Some(0));
    let list = "email,phone,topics\njo@example.com,07700900001,news\n";
    let objected = place.import(&["--sender", "acme", "--suppression"], list);
    assert_eq!(said(&objected), (Some(0), "1 line: 1 recorded, 0 already there, 0 bad\n", ""));
    let stranger = place.import(&["--sender", "acmee", "--suppression"], list);
    assert_eq!(stranger.err, "maysend: the ledger knows no sender `acmee`: did you mean `acme`?\n");

    let service = Service::start(&data, &[]);
    let ask = json!({"sender": "acme", "recipient": {"phone": "+44 7700 900001"}}).to_string();
    let request = ureq::post(format!("{}/recipients/history", service.url)).content_type("application/json");
    let history: Value = serde_json::from_reader(request.send(ask).unwrap().into_body().into_reader()).unwrap();
    let events = history["events"].as_array().unwrap();
    let kinds: Vec<_> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["register_listed", "objection_raised"]);
    assert_eq!((&events[0]["occurred_at"], &events[0]["on_or_before"]), (&json!("2026-11-20T00:00:00Z"), &json!(true)));
}

/// The ids and digests of a journal: what it says, without when it was told.
fn journal(place: &Place) -> Vec<([u8; 16], [u8; 16])> {
    let (store, _) = place.ledger();
    let view = store.view().unwrap();
    audit(&*view).unwrap();
    let mut records = Vec::new();
    view.tail(Revision(0), &mut |_, bytes| {
        let record = Record::read(bytes).unwrap();
        records.push((*record.id(), *record.digest()));
        Next::Continue
    })
    .unwrap();
    records
}

#[test]
fn killed_in_the_middle_and_run_again_the_ledger_is_the_same() {
    // So many that the first of them are recorded while the program still waits for the rest.
    let text = format!("{}07700000001\r\n07700000002,2026-11-01\r\n", numbers(105_000));
    let (whole, killed) = (Place::new(), Place::new());
    assert_eq!(whole.import(&TPS, &text).code, Some(1));
    fs::create_dir(killed.path("data")).unwrap();
    fs::copy(whole.path("data/key"), killed.path("data/key")).unwrap();

    let mut process = Command::new(env!("CARGO_BIN_EXE_maysend"))
        .args(["import", "--data-dir", &killed.path("data")])
        .args(TPS)
        .arg("-")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let most = text.split_at(text.len() - 10_000).0;
    process.stdin.as_mut().unwrap().write_all(most.as_bytes()).unwrap();
    while !lmdb::exists(&killed.config()) {
        std::hint::spin_loop();
    }
    let head = || {
        let identity = key_file::load(&killed.config()).unwrap();
        lmdb::open_read_only(&killed.config(), &identity).map_or(0, |store| store.view().unwrap().head().unwrap().0)
    };
    while head() == 0 {
        std::hint::spin_loop();
    }
    process.kill().unwrap();
    process.wait().unwrap();

    let before = head();
    assert!(before > 0 && before < 105_000, "{before}");
    let again = killed.import(&TPS, &text);
    assert!(again.out.contains(&format!("{} already there", thousands(before + 1))), "{before}: {}", again.out);
    assert_eq!(journal(&killed), journal(&whole));
}

fn thousands(n: u64) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
}

#[test]
fn no_number_is_found_anywhere_afterwards() {
    let place = Place::new();
    let service = Service::start(&place.0.path().join("data"), &[]);
    let profile = json!({"legal_name": "Acme Bikes Ltd", "kind": "company"}).to_string();
    ureq::put(format!("{}/senders/acme", service.url)).content_type("application/json").send(profile).unwrap();
    service.stop();
    let lines = "phone,email\n07700900987,\n07700900987x,zebedee@hidden.example\n,zebedee@hidden.example\n\
        ,zebedee@@hidden.example \u{1}\n\"07700900987,zebedee@hidden.example\n";
    let list = ["--sender", "acme", "--suppression"];
    let files = [
        place.import(&TPS, lines),
        place.import(&TPS, "07700900987\nzebedee@hidden.example\n7700900987 is mine\n"),
        place.import(&TPS, "zebedee@hidden.example 7700900987\n"),
        place.import(&TPS, "zebedee@hidden.example,phone,phone\n"),
        place.import(&[&TPS[..], &["--format", "json"]].concat(), lines),
        place.import(&list, lines),
        place.import(
            &list,
            "email,topics,id\nzebedee@hidden.example,for zebedee@hidden.example,\n,,zebedee@hidden.example\n",
        ),
    ];
    let texts = files.iter().flat_map(|said| [said.out.clone().into_bytes(), said.err.clone().into_bytes()]);
    let data = walkdir::WalkDir::new(place.path("data")).into_iter().map(|entry| entry.unwrap().into_path());
    let data: Vec<Vec<u8>> = data.filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect();
    assert!(data.len() > 4);
    for bytes in texts.chain(data) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for trace in ["7700900987", "zebedee", "hidden.example"] {
            assert!(!text.contains(trace), "{trace} in {}", text.chars().take(2_000).collect::<String>());
        }
    }
    assert_eq!(place.kinds("07700900987").0, ["register_listed"]);
}
