//! `POST /check/batch` as a stream: whoever goes away, sends without end, never reads or sends one endless line.

use std::{
    collections::HashSet,
    fs,
    io::Write as _,
    net::TcpStream,
    time::{Duration, Instant},
};

use maysend::config::OnFull;
use serde_json::{Value, json};

use crate::{
    crash::{Acknowledged, register, verify},
    lines::Batch,
    process::Service,
    server::Server,
};

const MIB: u64 = 1 << 20;

fn campaign() -> Value {
    json!({"campaign": {"sender": "acme", "channel": "email", "purpose": "commercial"}})
}

fn person(number: usize) -> String {
    format!("{{\"ref\":\"{number}\",\"email\":\"p{number}@example.com\"}}\n")
}

/// Bytes of its own memory that a process has: what it has mapped from files is the kernel's to take away.
fn anonymous(service: &Service) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", service.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// A service of its own, and its memory once it has worked on some lines.
fn service() -> (tempfile::TempDir, Service, u64) {
    let above = tempfile::tempdir().unwrap();
    let service = Service::start(&above.path().join("data"), &[]);
    register(&service.url);
    let lines: String = (0..4000).map(person).collect();
    let answer = Batch::of(&service.url, &[campaign().to_string(), lines]);
    assert_eq!(answer.totals["deny"], 4000);
    let memory = anonymous(&service);
    (above, service, memory)
}

/// The service answers, and what it answered before is in its log.
fn is_well(above: &tempfile::TempDir, service: Service, decided: Vec<Acknowledged>) {
    let answer = Batch::of(&service.url, &[campaign().to_string(), person(1)]);
    assert_eq!(answer.totals["lines"], 1);
    let log = service.stop();
    assert!(!log.contains("panic") && !log.contains("ERROR"), "{log}");
    verify(&above.path().join("data"), &decided);
}

fn decision(line: &Value) -> Acknowledged {
    Acknowledged::Decision(line["decision_id"].as_str().expect("an id").parse().unwrap())
}

#[test]
fn a_line_of_fifty_megabytes_is_skipped() {
    let (above, service, before) = service();
    let mut batch = Batch::open(&service.url);
    batch.send(campaign());
    batch.next().expect("an opening");
    let mut most = before;
    for _ in 0..50 {
        batch.sender().send(&[b'x'; 1_000_000]).unwrap();
        most = most.max(anonymous(&service));
    }
    batch.send("");
    batch.send(person(1));
    let line = batch.next().expect("an error");
    assert_eq!((&line["line"], &line["error"]["type"]), (&json!(2), &json!("urn:maysend:problem:line-too-long")));
    let says = line["error"]["detail"].as_str().unwrap();
    for part in ["50000000", "1048576", "`http.batch_line_limit`"] {
        assert!(says.contains(part), "{says}");
    }
    let answer = batch.next().expect("an answer");
    assert_eq!((&answer["ref"], &answer["decision"]), (&json!("1"), &json!("deny")));
    batch.end();
    assert_eq!(batch.next().expect("totals")["totals"]["lines"], 2);
    assert!(most < before + 16 * MIB, "{before} bytes became {most}");
    is_well(&above, service, vec![decision(&answer)]);
}

#[test]
fn a_caller_who_goes_away_leaves_everything_well() {
    let (above, service, _) = service();
    let mut decided = Vec::new();
    for half in [false, true] {
        let mut batch = Batch::open(&service.url);
        batch.send(campaign());
        batch.next().expect("an opening");
        let lines: String = (0..3000).map(person).collect();
        batch.sender().send(lines.as_bytes()).unwrap();
        for _ in 0..500 {
            decided.push(decision(&batch.next().expect("an answer")));
        }
        // In the middle of a line, and of a piece of the body.
        TcpStream::write_all(&mut batch.connection(), b"ffff\r\n{\"ref\": \"").unwrap();
        if half {
            batch.half_close();
            // What was decided may still come, and then the end, early and without totals.
            while let Some(line) = batch.next() {
                assert!(line["totals"].is_null(), "{line}");
                if line["decision"].is_string() {
                    decided.push(decision(&line));
                }
            }
        }
    }
    is_well(&above, service, decided);
}

#[test]
fn a_reader_who_never_reads_costs_no_memory_and_is_given_up() {
    let (above, service, before) = service();
    let mut batch = Batch::open(&service.url);
    batch.send(campaign());
    // Nobody reads: sooner or later nothing more is taken.
    batch.connection().set_write_timeout(Some(Duration::from_secs(3))).unwrap();
    let mut sender = batch.sender();
    let lines: String = (0..1000).map(person).collect();
    let sent = (0..10_000).take_while(|_| sender.send(lines.as_bytes()).is_ok()).count();
    assert!(sent < 10_000, "everything was taken, and nobody read");
    let now = anonymous(&service);
    assert!(now < before + 32 * MIB, "{before} bytes became {now}");
    let decided: Vec<Acknowledged> =
        std::iter::from_fn(|| batch.next()).skip(1).take(1000).map(|it| decision(&it)).collect();
    assert_eq!(decided.len(), 1000);
    drop(batch);
    is_well(&above, service, decided);
}

#[test]
fn a_long_stream_takes_no_more_memory_than_a_short_one() {
    let (above, service, _) = service();
    let mut batch = Batch::open(&service.url);
    let mut sender = batch.sender();
    sender.send((campaign().to_string() + "\n").as_bytes()).unwrap();
    let (mut early, mut late) = (0, 0);
    let totals = std::thread::scope(|scope| {
        let sending = scope.spawn(move || {
            let (begun, mut sent) = (Instant::now(), 0);
            while begun.elapsed() < Duration::from_secs(5) {
                let lines: String = (sent..sent + 1000).map(person).collect();
                sender.send(lines.as_bytes()).unwrap();
                sent += 1000;
            }
            sender.end();
            sent
        });
        batch.next().expect("an opening");
        let mut read = 0;
        let totals = loop {
            let line = batch.next().expect("a line");
            if line["totals"].is_object() {
                break line["totals"].clone();
            }
            assert_eq!(line["ref"], read.to_string());
            read += 1;
            if read % 1000 == 0 {
                let now = anonymous(&service);
                (early, late) = if read <= 10_000 { (early.max(now), now) } else { (early, late.max(now)) };
            }
        };
        assert_eq!(sending.join().unwrap(), read);
        totals
    });
    crate::count("lines of one batch", usize::try_from(totals["lines"].as_u64().unwrap()).unwrap());
    assert_eq!(totals["lines"], totals["deny"]);
    // The log knows the decisions of the file that it writes, and that file ends.
    assert!(late < early + 32 * MIB, "{early} bytes became {late}");
    is_well(&above, service, Vec::new());
}

#[test]
fn a_batch_in_which_nothing_happens_is_ended() {
    let server = Server::with(|config| config.http.batch_idle_seconds = 1);
    assert_eq!(server.put("/senders/acme", &json!({"legal_name": "Acme Bikes Ltd", "kind": "company"})).status, 201);
    let mut silent = Batch::open(&server.url());
    silent.send(campaign());
    silent.send(person(1).trim());
    assert!(silent.next().is_some() && silent.next().is_some_and(|line| line["decision"] == "deny"));
    let last = silent.next().expect("an end");
    assert_eq!(last["error"]["type"], "urn:maysend:problem:too-slow", "{last}");
    assert!(last["line"].is_null() && last["error"]["detail"].as_str().unwrap().contains("http.batch_idle_seconds"));
    assert!(silent.next().is_none() && silent.has_ended());
    // The same where the answer is not taken.
    let mut stuck = Batch::open(&server.url());
    stuck.send(campaign());
    stuck.connection().set_write_timeout(Some(Duration::from_secs(4))).unwrap();
    let mut sender = stuck.sender();
    let lines: String = (0..1000).map(person).collect();
    let sent = (0..10_000).take_while(|_| sender.send(lines.as_bytes()).is_ok()).count();
    assert!(sent < 10_000, "everything was taken, and nobody read");
}

/// Decisions of a log that has room for some of them alone.
fn in_a_small_log(on_full: OnFull) -> (Server, Vec<Value>) {
    let server = Server::with(|config| (config.decisions.max_size, config.decisions.on_full) = (1 << 20, on_full));
    assert_eq!(server.put("/senders/acme", &json!({"legal_name": "Acme Bikes Ltd", "kind": "company"})).status, 201);
    let mut batch = Batch::open(&server.url());
    let mut sender = batch.sender();
    let lines: String = std::iter::once(campaign().to_string() + "\n").chain((0..6000).map(person)).collect();
    let answer = std::thread::scope(|scope| {
        scope.spawn(move || {
            // The answer may end before everything is sent.
            let _ = sender.send(lines.as_bytes());
            sender.end();
        });
        std::iter::from_fn(|| batch.next()).collect()
    });
    (server, answer)
}

#[test]
fn nothing_is_answered_that_a_full_log_does_not_keep() {
    let (server, answer) = in_a_small_log(OnFull::FailClosed);
    let decided = answer.iter().filter(|line| line["decision"].is_string()).count();
    let (last, lines) = answer.split_last().expect("lines");
    assert_eq!((&last["error"]["status"], &last["line"]), (&json!(507), &Value::Null), "{last}");
    let undecided: Vec<&Value> = lines.iter().filter(|line| line["error"].is_object()).collect();
    assert!(decided > 0 && !undecided.is_empty() && undecided.len() < 6000 - decided);
    assert!(undecided.iter().all(|line| line["error"]["type"] == "urn:maysend:problem:decision-log-full"));
    assert!(undecided.iter().all(|line| line["ref"].is_string() && line["line"].is_u64()));
    let logged = server.get("/status").json()["decisions"]["logged"].as_u64().unwrap();
    assert!(logged >= decided as u64, "{logged} of {decided}");
}

#[test]
fn what_a_full_log_drops_is_answered_and_says_so() {
    let (server, answer) = in_a_small_log(OnFull::Drop);
    let (last, lines) = answer.split_last().expect("lines");
    let dropped = |line: &&Value| line["warnings"].as_array().is_some_and(|all| all.contains(&json!("not_logged")));
    let (told, kept): (Vec<&Value>, Vec<&Value>) = lines.iter().skip(1).partition(dropped);
    assert_eq!(
        (last["totals"]["deny"].as_u64(), last["totals"]["not_logged"].as_u64()),
        (Some(6000), Some(told.len() as u64))
    );
    assert!(!told.is_empty() && !kept.is_empty());
    let status = |line: &Value| server.get(&format!("/decisions/{}", line["decision_id"].as_str().unwrap())).status;
    assert_eq!((status(told[0]), status(kept[0])), (404, 200));
    let ids: HashSet<&str> = lines.iter().filter_map(|line| line["decision_id"].as_str()).collect();
    assert_eq!(ids.len(), 6000);
}
