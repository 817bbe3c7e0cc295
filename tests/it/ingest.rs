//! What files become in the ledger, line by line: registers and suppression lists through the library.

use maysend::{
    clock,
    ingest::{
        BadLine, IngestError, Source, Summary,
        load::{self, Watcher},
        register::RegisterFile,
        suppression::SuppressionList,
        whole::{Whole, Why},
    },
    ledger::{
        entry,
        event::EventKind,
        identity::{Normalised, RecipientKey},
        record,
        sender::Sender,
    },
    store::{Store as _, audit::audit},
    terms::{recipient::DetailKind, register::Register},
};
use serde_json::{Value, json};

use crate::ledger::Ledger;

/// Nobody watches.
struct Nobody;

impl Watcher for Nobody {
    fn bad_line(&mut self, _: &BadLine) {}
    fn progress(&mut self, _: u64, _: &Summary) {}
}

fn now() -> jiff::Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn ledger(ledger: &Ledger) -> load::Ledger<'_> {
    load::Ledger { store: Some(&ledger.store), identity: &ledger.identity, now: now() }
}

fn try_load(to: &Ledger, source: &dyn Source, text: &str) -> Result<Summary, IngestError> {
    load::load(text.as_bytes(), source, None, ledger(to), &mut Nobody)
}

/// Loads a text and tells how many lines were recorded, how many there already, and how many bad.
fn load(to: &Ledger, source: &dyn Source, text: &str) -> (u64, u64, u64) {
    let summary = try_load(to, source, text).unwrap();
    assert_eq!(summary.lines, summary.recorded + summary.already + summary.bad);
    (summary.recorded, summary.already, summary.bad)
}

/// A file of the TPS of a day of November 2026.
fn tps(day: i8) -> RegisterFile {
    file(Register::Tps, None, false, day)
}

fn left_tps(day: i8) -> RegisterFile {
    file(Register::Tps, None, true, day)
}

fn file(register: Register, sender: Option<&str>, removed: bool, day: i8) -> RegisterFile {
    let day = jiff::civil::date(2026, 11, day);
    RegisterFile::new(register, sender.map(str::to_owned), removed, day, clock::london()).unwrap()
}

fn key(ledger: &Ledger, sender: Option<&str>, kind: DetailKind, text: &str) -> RecipientKey {
    ledger.identity.recipient_key(sender, &Normalised::new(kind, &text.into()).unwrap())
}

/// What stands under a key: the kind and the day of each event, and whether the day is that of a listing at the latest.
fn history(ledger: &Ledger, key: &RecipientKey) -> Vec<String> {
    let view = ledger.store.view().unwrap();
    let entries = entry::entries(view.history(key).unwrap()).unwrap().map(Result::unwrap);
    let told = entries.map(|entry| {
        let or_before =
            if entry.kind == EventKind::RegisterListed && entry.is_on_or_before() { " or before" } else { "" };
        format!("{} {}{or_before}", entry.kind, clock::day_in_london(entry.at()))
    });
    told.collect()
}

fn of_number(ledger: &Ledger, number: &str) -> Vec<String> {
    history(ledger, &key(ledger, None, DetailKind::Phone, number))
}

#[test]
fn a_number_is_written_down_when_its_state_changes() {
    let ledger = Ledger::new();
    let file = "07700900001\r\n\r\n07700 900002\r\n+447700900001\r\n";
    assert_eq!(load(&ledger, &tps(1), file), (2, 1, 0));
    assert_eq!(load(&ledger, &tps(1), file), (0, 3, 0));
    assert_eq!(load(&ledger, &tps(2), file), (0, 3, 0), "it stands as it stood the day before");
    assert_eq!(
        load(&ledger, &left_tps(3), "07700900001\n07700900009\n"),
        (1, 1, 0),
        "who was never listed cannot leave"
    );
    assert_eq!(load(&ledger, &left_tps(3), "07700900001\n07700900009\n"), (0, 2, 0));
    assert_eq!(load(&ledger, &tps(5), file), (1, 2, 0), "it came back");
    assert_eq!(load(&ledger, &tps(5), file), (0, 3, 0));
    let written =
        ["register_listed 2026-11-01 or before", "register_removed 2026-11-03", "register_listed 2026-11-05 or before"];
    assert_eq!(of_number(&ledger, "07700900001"), written);
    assert_eq!(of_number(&ledger, "07700900002"), written[..1]);
    audit(&*ledger.store.view().unwrap()).unwrap();
}

#[test]
fn an_older_file_says_what_was_so_on_its_day() {
    let ledger = Ledger::new();
    assert_eq!(load(&ledger, &tps(1), "07700900001\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &left_tps(10), "07700900001\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &tps(9), "07700900001\n"), (0, 1, 0), "on the ninth it was listed, as is known");
    assert_eq!(load(&ledger, &tps(20), "07700900002\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &tps(15), "07700900002\n"), (1, 0, 0), "listed five days before it was known to be");
    assert_eq!(load(&ledger, &tps(15), "07700900002\n"), (0, 1, 0));
}

#[test]
fn a_register_may_say_since_when() {
    let ledger = Ledger::new();
    let text = "Number,Listed-At\n07700900001,2026-10-01\n07700900002,2026-11-03T09:00:00Z\n07700900003,\n";
    assert_eq!(load(&ledger, &tps(3), text), (3, 0, 0));
    assert_eq!(load(&ledger, &tps(3), text), (0, 3, 0));
    assert_eq!(of_number(&ledger, "07700900001"), ["register_listed 2026-10-01"]);
    assert_eq!(of_number(&ledger, "07700900002"), ["register_listed 2026-11-03"]);
    assert_eq!(of_number(&ledger, "07700900003"), ["register_listed 2026-11-03 or before"]);
    // Taken off since, and listed still, since long ago: that it is listed on the day of the file is what is certain.
    assert_eq!(load(&ledger, &left_tps(5), "phone,removed_at\n07700900001,2026-11-04\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &tps(8), text), (1, 2, 0));
    assert_eq!(load(&ledger, &tps(8), text), (0, 3, 0));
    let written = ["register_listed 2026-10-01", "register_removed 2026-11-04", "register_listed 2026-11-08 or before"];
    assert_eq!(of_number(&ledger, "07700900001"), written);
}

#[test]
fn bad_lines_are_told_by_their_numbers_and_hide_no_other() {
    let ledger = Ledger::new();
    let text = "phone,listed_at\n07700900001,2026-11-01\ncall me,\n,2026-11-01\n07700900002,2026-11-04\n07700900003,1/11/26\n\
        07700900004,1960-01-01\n07700900005\n\"07700900006,\n07700900007x12,\n07700900008,2026-11-03\n";
    let summary = try_load(&ledger, &tps(3), text).unwrap();
    let told: Vec<_> = summary.bad_lines.iter().map(|bad| format!("{} {}", bad.line, bad.fault)).collect();
    let date =
        "this must be a date such as `2026-03-01`, or a date and time with its zone such as `2026-03-01T09:30:00Z`";
    let expected = [
        "3 `phone`: this is no telephone number: write it as `+44...` or as a number of the United Kingdom".to_owned(),
        "4 there is no contact detail".to_owned(),
        "5 `listed_at`: this lies after 2026-11-03, the day of the register".to_owned(),
        format!("6 `listed_at`: {date}"),
        "7 `listed_at`: this lies before 1970".to_owned(),
        "8 this line has 1 columns, and the header has 2".to_owned(),
        "9 a quotation mark is not closed on this line".to_owned(),
        "10 `phone`: this is too long, or has characters that none has".to_owned(),
    ];
    assert_eq!(told, expected);
    assert_eq!((summary.lines, summary.recorded, summary.bad), (10, 2, 8));
    assert_eq!(of_number(&ledger, "07700900008"), ["register_listed 2026-11-03"]);
}

#[test]
fn of_many_bad_lines_the_first_are_told() {
    let text = format!("07700900001\n{}", "x\n".repeat(100));
    let summary = try_load(&Ledger::new(), &tps(1), &text).unwrap();
    assert_eq!((summary.bad, summary.bad_lines.len()), (100, load::TOLD));
}

#[test]
fn the_register_as_a_whole_is_found_under_its_own_key() {
    let ledger = Ledger::new();
    let key = ledger.identity.register_key(Register::Tps);
    let whole = |file: &RegisterFile, text: &str, shrunk: bool| {
        let summary = try_load(&ledger, file, text).unwrap();
        file.record_whole(&summary, shrunk, &ledger.store, self::ledger(&ledger)).unwrap()
    };
    let text: String = (0..20).map(|n| format!("077009000{n:02}\n")).collect();
    assert_eq!(whole(&tps(1), &text, false), Whole::Recorded { entries: 20 });
    assert_eq!(whole(&tps(1), &text, false), Whole::Recorded { entries: 20 });
    assert_eq!(history(&ledger, &key), ["register_imported 2026-11-01"]);
    assert_eq!(whole(&tps(2), &format!("{text}x\n"), false), Whole::Not(Why::BadLines(1)));
    assert_eq!(whole(&tps(2), "phone\n", false), Whole::Not(Why::Empty));
    let cut = text.lines().take(17).collect::<Vec<_>>().join("\n");
    assert_eq!(whole(&tps(2), &cut, false), Whole::Not(Why::Shrunk { before: 20, now: 17 }));
    assert_eq!(history(&ledger, &key).len(), 1);
    assert_eq!(whole(&tps(2), &cut, true), Whole::Recorded { entries: 17 });
    assert_eq!(history(&ledger, &key), ["register_imported 2026-11-01", "register_imported 2026-11-02"]);
    let older = file(Register::Tps, None, false, 1);
    let summary = try_load(&ledger, &older, "07700900001\n").unwrap();
    let refused = older.record_whole(&summary, false, &ledger.store, self::ledger(&ledger)).unwrap();
    assert_eq!(refused, Whole::Not(Why::Shrunk { before: 20, now: 1 }), "it is held against that of its own day");
    assert_eq!(history(&ledger, &ledger.identity.register_key(Register::Ctps)), [""; 0]);
    assert_eq!(left_tps(2).part_of(false), Some(Why::Removed));
    assert_eq!(tps(2).part_of(true), Some(Why::Partial));
    assert_eq!(file(Register::FundraisingPreference, Some("hope"), false, 2).part_of(false), Some(Why::NotPublic));
    audit(&*ledger.store.view().unwrap()).unwrap();
}

#[test]
fn each_register_has_its_own_scope_and_columns() {
    let ledger = Ledger::new();
    assert_eq!(load(&ledger, &file(Register::Ctps, None, false, 1), "07700900001\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &tps(1), "07700900001\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &file(Register::Ctps, None, true, 2), "07700900001\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &tps(3), "07700900001\n"), (0, 1, 0));
    let mps = file(Register::Mps, None, false, 1);
    assert_eq!(load(&ledger, &mps, "postal\n\"1, High St, Leeds\"\n1 high st leeds\n"), (1, 1, 0));
    assert_eq!(history(&ledger, &key(&ledger, None, DetailKind::Postal, "1 High St. Leeds")).len(), 1);
    let requests = file(Register::FundraisingPreference, Some("hope"), false, 1);
    let text = "email,phone\njo@example.com,07700900009\nal@example.com,\n,07700900009\n";
    assert_eq!(load(&ledger, &requests, text), (2, 1, 0));
    assert_eq!(history(&ledger, &key(&ledger, Some("hope"), DetailKind::Email, "jo@example.com")).len(), 1);
    assert_eq!(of_number(&ledger, "07700900009"), [""; 0]);
}

/// A list of those who objected to Acme.
fn list(as_of: &str) -> SuppressionList {
    SuppressionList { sender: "acme".to_owned(), as_of: as_of.parse().unwrap(), zone: clock::london() }
}

fn with_acme() -> Ledger {
    let ledger = Ledger::new();
    let profile: Sender = serde_json::from_value(json!({ "legal_name": "Acme Bikes Ltd", "kind": "company" })).unwrap();
    ledger.append(vec![record::of_sender("acme", &profile, &ledger.identity, now()).unwrap()]);
    ledger
}

fn of_jo(ledger: &Ledger) -> Vec<String> {
    history(ledger, &key(ledger, Some("acme"), DetailKind::Email, "jo@example.com"))
}

fn post(ledger: &Ledger, event: Value) {
    let event = serde_json::from_value(event).unwrap();
    ledger.append(vec![record::of_event(&event, &ledger.identity, now()).unwrap()]);
}

#[test]
fn a_list_without_days_is_taken_in_once_whenever() {
    let ledger = with_acme();
    let text = "Jo@Example.com\n07700900001\n\njo@example.com\n";
    assert_eq!(load(&ledger, &list("2026-01-10T12:00:00Z"), text), (2, 1, 0));
    assert_eq!(load(&ledger, &list("2026-01-10T12:00:01Z"), text), (0, 3, 0));
    assert_eq!(load(&ledger, &list("2026-02-10T12:00:00Z"), text), (0, 3, 0));
    assert_eq!(of_jo(&ledger), ["objection_raised 2026-01-10"]);
}

#[test]
fn whoever_consented_and_is_on_a_later_list_has_objected_again() {
    let ledger = with_acme();
    assert_eq!(load(&ledger, &list("2026-01-10T12:00:00Z"), "jo@example.com\n"), (1, 0, 0));
    post(
        &ledger,
        json!({ "type": "consent_given", "id": "form-1", "occurred_at": "2026-03-01T09:30:00Z", "sender": "acme",
            "recipient": { "email": "jo@example.com" }, "channels": ["email"] }),
    );
    assert_eq!(load(&ledger, &list("2026-01-20T00:00:00Z"), "jo@example.com\n"), (0, 1, 0), "an older list");
    assert_eq!(load(&ledger, &list("2026-04-01T00:00:00Z"), "jo@example.com\n"), (1, 0, 0));
    assert_eq!(load(&ledger, &list("2026-05-01T00:00:00Z"), "jo@example.com\n"), (0, 1, 0));
    let written = ["objection_raised 2026-01-10", "consent_given 2026-03-01", "objection_raised 2026-04-01"];
    assert_eq!(of_jo(&ledger), written);
}

#[test]
fn a_list_may_say_when_and_of_what_and_under_which_id() {
    let ledger = with_acme();
    let text = "email,phone,channels,topics,occurred_at,id\n\
        jo@example.com,07700900001,email; sms,news;offers,2026-01-05,u-1\n\
        jo@example.com,,,,2026-01-06T10:00:00Z,\n\
        jo@example.com,,,,,u-3\n\
        jo@example.com,,emial,,,\n\
        jo@example.com,,,for jo@example.com,,\n\
        jo@example.com,,,,2026-12-24,\n\
        al@example.com,,,,,u-3\n";
    for (at, recorded) in [("2026-02-01T00:00:00Z", 3), ("2026-03-01T00:00:00Z", 0)] {
        let summary = try_load(&ledger, &list(at), text).unwrap();
        let told: Vec<_> = summary.bad_lines.iter().map(|bad| format!("{} {}", bad.line, bad.fault)).collect();
        let expected = [
            "5 `channels`: one of these is no channel: did you mean `email`?",
            "6 `topics/0`: this text is kept, and it holds one of the event's own contact details: leave it out",
            "7 `occurred_at`: this lies more than 24 hours in the future: check the clock and the time zone",
            "8 `id`: another event is recorded under this id",
        ];
        assert_eq!(told, expected);
        assert_eq!((summary.recorded, summary.already), (recorded, 3 - recorded));
    }
    let written = ["objection_raised 2026-01-05", "objection_raised 2026-01-06", "objection_raised 2026-02-01"];
    assert_eq!(of_jo(&ledger), written);
    audit(&*ledger.store.view().unwrap()).unwrap();
}

#[test]
fn a_rehearsal_needs_no_store() {
    let none = Ledger::new();
    let ledger = load::Ledger { store: None, ..ledger(&none) };
    let summary = load::load("07700900001\nx\n".as_bytes(), &tps(1), None, ledger, &mut Nobody).unwrap();
    assert_eq!((summary.lines, summary.recorded, summary.bad), (2, 1, 1));
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let refused = |text: &str| try_load(&Ledger::new(), &tps(1), text).unwrap_err().to_string();
    assert_eq!(refused("\n\n"), "there is nothing in it");
    assert!(refused("PK\u{3}\u{4}").starts_with("its first line is neither"));
    assert!(refused("email\njo@example.com\n").starts_with("its first line is neither"));
}
