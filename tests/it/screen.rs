//! `maysend screen`: a file of recipients, as it is, broken, interrupted and changed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    crash::{post, register},
    lines::Batch,
    process::Service,
};

/// A data directory with `acme` in it, and the files of a campaign.
struct Place {
    above: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { above: tempfile::tempdir().unwrap() };
        let service = Service::start(&place.data(), &[]);
        register(&service.url);
        // Of the people of `post`, the first has objected.
        assert_eq!(post(&service.url, "abc"), Some(201));
        service.stop();
        place.write("campaign.json", &campaign().to_string());
        place
    }

    fn data(&self) -> PathBuf {
        self.above.path().join("data")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.above.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maysend"));
        command.current_dir(self.above.path()).stdin(Stdio::null());
        command.args(["screen", "--campaign", "campaign.json", "--data-dir"]).arg(self.data()).args(arguments);
        command
    }

    fn screen(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn rows(&self, name: &str) -> Vec<Vec<String>> {
        rows(&fs::read_to_string(self.path(name)).unwrap())
    }
}

fn campaign() -> Value {
    json!({"sender": "acme", "channel": "email", "purpose": "commercial", "campaign": "spring"})
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The rows of a CSV file without its header; fields in quotation marks have no line breaks here.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("row,ref,decision,decision_id,basis,reasons,warnings,error"));
    let split = |line: &str| {
        let mut fields = vec![String::new()];
        let mut quoted = false;
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(String::new()),
                other => fields.last_mut().unwrap().push(other),
            }
        }
        fields
    };
    lines.map(split).collect()
}

fn people(count: usize) -> String {
    let rows: String = (0..count).map(|person| format!("{person},jo{person}@example.com,individual\n")).collect();
    format!("ref,email,subscriber\n{rows}")
}

#[test]
fn every_row_is_answered_as_a_batch_answers_it() {
    let place = Place::new();
    place.write("people.csv", &people(2500));
    let done = place.screen(&["--output", "out.csv", "people.csv"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let summary = text(&done.stdout);
    for part in [
        "2,500 rows: 0 allowed, 2,500 denied, 0 errors",
        "uk_gdpr.art21.objection 21(3)",
        "2,500  pecr.reg22.consent 22(2)",
    ] {
        assert!(summary.contains(part), "{summary}");
    }
    let rows = place.rows("out.csv");
    assert!(!place.path("out.csv.progress").exists());
    // The service answers the same, and has the decisions.
    let service = Service::start(&place.data(), &[]);
    let lines = (0..2500).map(|person| json!({"ref": person.to_string(), "email": format!("jo{person}@example.com"), "subscriber": "individual"}));
    let lines: Vec<Value> = std::iter::once(json!({"campaign": campaign()})).chain(lines).collect();
    let batch = Batch::of(&service.url, &lines);
    assert_eq!(rows.len(), batch.lines.len());
    for ((number, row), line) in (2..).zip(&rows).zip(&batch.lines) {
        let reasons = line["reasons"].as_array().unwrap().iter();
        let reasons = reasons.map(|it| format!("{}:{}", it["rule"].as_str().unwrap(), it["limb"].as_str().unwrap()));
        let expected = [&number.to_string(), line["ref"].as_str().unwrap(), line["decision"].as_str().unwrap()];
        assert_eq!(row[..3], expected);
        assert_eq!(row[5], reasons.collect::<Vec<_>>().join(" "));
    }
    let id = &rows[1][3];
    let kept =
        ureq::get(format!("{}/decisions/{id}", service.url)).call().unwrap().body_mut().read_to_string().unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!((&kept["decision"], &kept["campaign"]), (&json!("deny"), &json!("spring")));
    assert!(kept["parent"].is_string(), "{kept}");
}

#[test]
fn rows_that_are_wrong_have_an_error_in_their_place() {
    let place = Place::new();
    place.write(
        "people.csv",
        "\u{feff}id,Email Address,age,vulnerable,phone,notes\n\
         1,jo1@example.com,30,yes,,\n\
         \n\
         2,jo@,,,,\n\
         3,jo3@example.com,old,,,\n\
         4,jo4@example.com\n\
         5,,,,07700 900123,\n\
         \"6, or\n so\",jo6@example.com,,no,,\n\
         7,jo7@example.com,,perhaps,,\n\
         8,jo8@example.com,,,,\"open\n\
         9,jo9@example.com,,,,\n",
    );
    let done = place.screen(&["people.csv", "--format", "json"]);
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    let out = text(&done.stdout);
    assert!(!out.contains("jo@") && !out.contains("900123"), "{out}");
    let rows = rows(&out.replace("6, or\n so", "6, or so"));
    let told: Vec<_> = rows.iter().map(|row| (&*row[0], &*row[1], &*row[2], &*row[7])).collect();
    let expected = [
        ("2", "1", "deny", ""),
        ("4", "2", "", "email: this is no email address: it needs a mailbox, an `@` and a domain"),
        ("5", "3", "", "age: this must be a whole number"),
        ("6", "", "", "this line has 2 columns, and the header has 6"),
        ("7", "5", "", "email: channel `email` reaches a person by a contact detail that the request does not give"),
        ("8", "6, or so", "deny", ""),
        ("9", "7", "", "vulnerable: this must be `true` or `false`"),
        ("10", "", "", "a quotation mark is not closed on this line"),
        ("11", "9", "deny", ""),
    ];
    assert_eq!(told, expected);
    let summary: Value = serde_json::from_slice(&done.stderr).unwrap();
    assert_eq!((&summary["totals"]["errors"], &summary["unused_columns"]), (&json!(6), &json!([6])), "{summary}");
}

#[test]
fn lines_of_json_are_read_as_a_batch_reads_them() {
    let place = Place::new();
    let lines = [
        r#"{"ref": "1", "email": "jo1@example.com"}"#,
        "",
        r#"{"ref": "2", "emial": "jo2@example.com"}"#,
        r#"{"ref": "3", "recipient": {"phone": "07700 900123"}, "channel": "sms"}"#,
        "not JSON",
    ];
    place.write("people.ndjson", &lines.join("\n"));
    let done = place.screen(&["people.ndjson", "--no-log"]);
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    let rows = rows(&text(&done.stdout));
    let told: Vec<_> = rows.iter().map(|row| (&*row[0], &*row[1], &*row[2])).collect();
    assert_eq!(told, [("1", "1", "deny"), ("3", "2", ""), ("4", "3", "deny"), ("5", "", "")]);
    assert!(rows[1][7].contains("did you mean `email`?"), "{rows:?}");
    assert!(text(&done.stderr).contains("No decision was kept"), "{}", text(&done.stderr));
}

/// How many whole rows a file has by now.
fn answered(path: &Path) -> usize {
    fs::read(path).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count().saturating_sub(1)
}

#[test]
fn what_was_interrupted_goes_on_and_no_row_is_there_twice() {
    const PEOPLE: usize = 30_000;
    let place = Place::new();
    place.write("people.csv", &people(PEOPLE));
    let arguments = ["--output", "out.csv", "people.csv"];
    let mut kills = 0;
    let mut before = Vec::new();
    while answered(&place.path("out.csv")) < PEOPLE {
        let mut process = place.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let (from, begun) = (answered(&place.path("out.csv")), Instant::now());
        while answered(&place.path("out.csv")) < (from + 4000).min(PEOPLE) {
            assert!(begun.elapsed() < Duration::from_secs(60), "no row was answered");
        }
        process.kill().unwrap();
        process.wait().unwrap();
        kills += 1;
        // Whole rows that stand there stay as they are.
        let now = fs::read(place.path("out.csv")).unwrap();
        assert!(now.starts_with(&before));
        let whole = now.iter().rposition(|byte| *byte == b'\n').unwrap_or_default();
        before = now[..=whole].to_vec();
    }
    let done = place.screen(&arguments);
    assert!(kills > 3 && matches!(done.status.code(), Some(0 | 2)), "{kills}: {}", text(&done.stderr));
    assert!(fs::read(place.path("out.csv")).unwrap().starts_with(&before));
    let rows = place.rows("out.csv");
    assert!(rows.iter().map(|row| row[1].clone()).eq((0..PEOPLE).map(|person| person.to_string())));
    assert!(rows.iter().all(|row| row[2] == "deny"));
    let mut ids: Vec<&String> = rows.iter().map(|row| &row[3]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), PEOPLE);
}

#[test]
fn only_the_same_is_gone_on_with() {
    let place = Place::new();
    place.write("people.csv", &people(30_000));
    let arguments = ["--output", "out.csv", "people.csv"];
    let interrupted = || {
        let _ = fs::remove_file(place.path("out.csv"));
        let _ = fs::remove_file(place.path("out.csv.progress"));
        let mut process = place.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while answered(&place.path("out.csv")) < 1000 {
            assert!(process.try_wait().unwrap().is_none(), "it ended");
        }
        process.kill().unwrap();
        process.wait().unwrap();
    };
    let refused = |arguments: &[&str], says: &str| {
        let done = place.screen(arguments);
        let told = text(&done.stderr);
        assert!(done.status.code() == Some(2) && told.contains(says) && told.contains("--restart"), "{told}");
    };
    interrupted();
    place.write("people.csv", &people(30_001));
    refused(&arguments, "was begun with other recipients");
    place.write("people.csv", &people(30_000));
    place.write("campaign.json", &json!({"sender": "acme", "channel": "sms", "purpose": "commercial"}).to_string());
    refused(&arguments, "was begun with another campaign");
    // Another layout is the same campaign.
    place.write("campaign.json", &serde_json::to_string_pretty(&campaign()).unwrap());
    refused(&["--no-log", "--output", "out.csv", "people.csv"], "the decision log used otherwise");
    fs::write(place.path("out.csv"), "").unwrap();
    refused(&arguments, "more rows than it has now");
    fs::write(place.path("out.csv.progress"), "x").unwrap();
    refused(&arguments, "cannot be read");
    fs::remove_file(place.path("out.csv.progress")).unwrap();
    refused(&arguments, "is there already");
    let done = place.screen(&["--restart", "--output", "out.csv", "people.csv"]);
    assert_eq!((done.status.code(), place.rows("out.csv").len()), (Some(0), 30_000), "{}", text(&done.stderr));
}

#[test]
fn what_cannot_be_screened_says_why() {
    let place = Place::new();
    let refused = |arguments: &[&str], says: &str| {
        let done = place.screen(arguments);
        let told = text(&done.stderr);
        assert!(done.status.code() == Some(2) && told.contains(says), "{says}: {told}");
        assert!(!place.path("out.csv").exists());
    };
    place.write("people.csv", &people(3));
    refused(&["nobody.csv"], "cannot read `nobody.csv`");
    place.write("empty.csv", "");
    refused(&["empty.csv"], "there is nothing in it");
    place.write("other.csv", "ref,name\n1,Jo\n");
    refused(&["other.csv"], "its header has no column `email` or `phone`");
    place.write("typo.csv", "ref,emial,phone\n1,jo@example.com,\n");
    refused(&["typo.csv"], "did you mean `email`?");
    let with = |campaign: Value| place.write("campaign.json", &campaign.to_string());
    with(json!({"sender": "acme", "chanel": "email", "purpose": "commercial"}));
    refused(&["people.csv"], "/chanel: `chanel` is no field here (did you mean `channel`?)");
    with(json!({"sender": "acme", "channel": "email", "purpose": "commercial", "at_least": "r1-ffff"}));
    refused(&["people.csv"], "before the one that `at_least` asks for");
    with(campaign());
    let service = Service::start(&place.data(), &[]);
    refused(&["people.csv"], "(`POST /check/batch`), or say `--no-log`");
    let beside = place.screen(&["people.csv", "--no-log"]);
    assert_eq!(beside.status.code(), Some(0), "{}", text(&beside.stderr));
    drop(service);
    fs::remove_dir_all(place.data()).unwrap();
    refused(&["people.csv"], "does not exist");
}
