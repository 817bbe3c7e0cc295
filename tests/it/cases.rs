//! The golden cases: run as `maysend test` runs them, then each over a socket with a service of its own.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use maysend::{
    clock,
    scenario::{
        case::{Case, Defaults},
        compare::differences,
        coverage::Coverage,
        report::{
            Came, Report,
            human::{self, Palette},
        },
        run,
        suite::{self, Suite},
    },
};
use serde_json::Value;

use crate::{
    batch,
    server::{Reply, Server},
};

/// How many cases are sent over sockets at a time.
const AT_A_TIME: usize = 8;

/// The directory of the golden cases.
fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The senders that every golden case knows: one of each kind.
pub(crate) fn usual_senders() -> BTreeMap<String, Value> {
    suite::senders(&directory()).expect("a file of senders")
}

/// Every golden case, read without a fault.
pub(crate) fn all() -> Suite {
    let suite = suite::load(&[directory()], &Defaults::default(), clock::now()).expect("files of cases");
    let faults: Vec<String> = suite.bad.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty() && suite.held_back == 0, "{}", faults.join("\n"));
    suite
}

fn report() -> Report {
    run::run(&all(), clock::now(), false)
}

#[test]
fn every_golden_case_gets_its_answer() {
    let report = report();
    crate::count("golden cases", report.summary.cases);
    assert_passed(&report);
    let answers = report.files.iter().flat_map(|file| &file.cases).filter_map(|case| case.answer.as_ref());
    assert!(answers.into_iter().all(|answer| !answer.reasons.is_empty()));
}

/// A case names its day, or has that of the rulebook: when it is run is no matter.
#[test]
fn golden_cases_do_not_grow_old() {
    assert_passed(&run::run(&all(), clock::now() + jiff::SignedDuration::from_hours(24 * 400), false));
}

fn assert_passed(report: &Report) {
    let telling = human::Telling { verbose: false, coverage: false, options: "", palette: Palette::PLAIN };
    assert!(report.summary.is_passed(), "{}", human::tell(report, telling));
}

#[test]
fn every_rule_and_every_limb_is_reached_by_an_allow_and_by_a_deny() {
    let coverage: Coverage = report().coverage.expect("a coverage");
    let gaps: Vec<String> = coverage.gaps().iter().map(|gap| format!("  {gap}")).collect();
    let total = coverage.total();
    crate::count("rules reached", total.rules_reached);
    crate::count("limbs reached", total.limbs_reached);
    assert!(
        gaps.is_empty(),
        "the golden cases do not reach everything; write a case for each of these into tests/cases/INSTRUMENT/RULE.yaml \
         (`maysend test tests/cases --coverage` shows the table):\n{}",
        gaps.join("\n"),
    );
}

/// The same over a socket. Each case has a service of its own, since cases share their senders and people; several run
/// at a time, since most of the time is spent waiting for the disk.
#[test]
fn every_golden_case_gets_its_answer_over_a_socket() {
    let suite = all();
    let cases: Vec<_> =
        suite.files.iter().flat_map(|file| file.scenarios.iter().map(move |it| (&file.path, &it.case))).collect();
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some((path, case)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = match over_a_socket(case) {
                        Ok(answer) => human::diff(&differences(&case.then, &answer), Palette::PLAIN, "    "),
                        Err(problem) => problem,
                    };
                    if !found.is_empty() {
                        wrong.lock().expect("no panic").push(format!("{path}: {}\n{found}", case.name));
                    }
                }
            });
        }
    });
    let (count, wrong) = (cases.len(), wrong.into_inner().expect("no panic"));
    crate::count("golden cases over a socket", count);
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn over_a_socket(case: &Case) -> Result<Value, String> {
    let server = Server::start();
    let expect = |reply: Reply, statuses: &[u16]| {
        if statuses.contains(&reply.status) { Ok(reply) } else { Err(format!("{}: {}", reply.status, reply.text())) }
    };
    let defaults = Defaults::default();
    for (id, profile) in case.profiles(&defaults) {
        expect(server.put(&format!("/senders/{id}"), &profile), &[201])?;
    }
    let events = case.events();
    if !events.is_empty() {
        expect(server.post("/events", &Value::from(events)), &[201])?;
    }
    let body = case.body(&defaults);
    let answer = expect(server.post("/check?detail=full", &body), &[200])?.json();
    batch::answers_the_same(&server, &body, &answer)?;
    Ok(answer)
}

/// What the command answers is what the service answers, in every word but the ids and the moment of the answer.
#[test]
fn a_ledger_in_memory_answers_as_one_on_disk() {
    let suite = all();
    let report = run::run(&suite, clock::now(), false);
    let told = report.files.iter().flat_map(|file| &file.cases);
    let cases = suite.files.iter().flat_map(|file| &file.scenarios);
    // Some from all over the list; the comparison of every case's decision is another test.
    for (case, told) in cases.zip(told).step_by(25) {
        assert!(matches!(told.came, Came::Passed), "{}", told.name);
        let mut over = over_a_socket(&case.case).expect("an answer");
        let mut here = serde_json::to_value(&told.answer).expect("JSON");
        for answer in [&mut over, &mut here] {
            let answer = answer.as_object_mut().expect("an object");
            answer.retain(|field, _| !["decision_id", "detail"].contains(&field.as_str()));
        }
        assert_eq!(here, over, "{}", told.name);
    }
}
