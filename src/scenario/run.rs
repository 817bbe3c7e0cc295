//! A case with a ledger of its own: its answer, and whether it is the one expected.

use std::time::Instant;

use jiff::Timestamp;

use super::{
    compare::differences,
    coverage::Coverage,
    report::{Came, CaseReport, FileReport, Report},
    suite::{CaseFile, Scenario, Suite},
};
use crate::{
    check::{self, Asked, CheckError, Context, answer::Answer, request::SendRequest},
    decisions::Draft,
    ledger::{identity::Identity, record},
    store::{StoreError, View, memory::Memory},
    strict::fault::Fault,
};

/// Nothing is kept, so any key will do; a fixed one gives the same answer each time.
const IDENTITY: Identity = Identity::new([0; 32]);

/// The answer to a case, told in full.
///
/// # Errors
/// A [`Fault`] with its place in the file, when the case comes to no decision.
pub fn answer(scenario: &Scenario, now: Timestamp) -> Result<Answer, Box<Fault>> {
    on_record(scenario, now).map(|(answer, _)| answer)
}

/// The same, with what a decision log is to keep of it.
///
/// # Errors
/// As [`answer`].
pub fn on_record(scenario: &Scenario, now: Timestamp) -> Result<(Answer, Draft), Box<Fault>> {
    let asked = Asked { request_id: None, trace_id: None, began: Instant::now() };
    let undecided = |error: CheckError| {
        let message = format!("there is no decision: {error}");
        Box::new(Fault::at(format!("{}/when", scenario.pointer), "not_decided", message))
    };
    ask(scenario, now, |request, ledger, context| check::check_on_record(request, ledger, context, asked))?
        .map_err(undecided)
}

/// Hands on the request of a case, the ledger of its own, and the moment.
///
/// # Errors
/// A [`Fault`] with its place in the file, when there can be no such ledger.
pub fn ask<T>(
    scenario: &Scenario,
    now: Timestamp,
    ask: impl FnOnce(&SendRequest, &dyn View, Context<'_>) -> T,
) -> Result<T, Box<Fault>> {
    let fault = |inner: String, code, message: String| {
        Box::new(Fault::at(format!("{}{inner}", scenario.pointer), code, message))
    };
    let mut records = Vec::new();
    for (id, profile) in &scenario.senders {
        let record = record::of_sender(id, profile, &IDENTITY, now);
        records.push(record.map_err(|error| fault(format!("/senders/{id}"), "invalid", error.to_string()))?);
    }
    for (index, event) in scenario.events.iter().enumerate() {
        let record = record::of_event(event, &IDENTITY, now);
        records.push(record.map_err(|error| fault(format!("/given/{index}"), "invalid", error.to_string()))?);
    }
    let ledger = Memory::of(records).map_err(|error| match error {
        StoreError::Conflict { index } => {
            let index = index.saturating_sub(scenario.senders.len());
            fault(format!("/given/{index}"), "conflict", "another event of the case has this `id`".to_owned())
        }
        StoreError::Full(_)
        | StoreError::DiskFull
        | StoreError::Busy
        | StoreError::Stopped
        | StoreError::Damaged(_)
        | StoreError::Engine(_) => fault("/given".to_owned(), "invalid", error.to_string()),
    })?;
    Ok(ask(&scenario.request, &ledger, Context { identity: &IDENTITY, now, full: true }))
}

/// Runs every case. With `fail_fast`, up to the first that is not as expected.
#[must_use]
pub fn run(suite: &Suite, now: Timestamp, fail_fast: bool) -> Report {
    let begun = Instant::now();
    let mut coverage = Coverage::default();
    let mut files = Vec::new();
    let mut stop = fail_fast && !suite.bad.is_empty();
    for file in &suite.files {
        let mut cases = Vec::new();
        for scenario in &file.scenarios {
            if stop {
                break;
            }
            let case = one(file, scenario, now, &mut coverage);
            stop = fail_fast && !case.came.is_passed();
            cases.push(case);
        }
        files.push(FileReport { file: file.path.clone(), cases });
    }
    Report::new(files, suite, begun.elapsed(), coverage)
}

fn one(file: &CaseFile, scenario: &Scenario, now: Timestamp, coverage: &mut Coverage) -> CaseReport {
    let begun = Instant::now();
    let (came, answer) = match answer(scenario, now) {
        Ok(mut answer) => {
            coverage.take(&answer);
            let told = serde_json::to_value(&answer).unwrap_or_default();
            let differences = differences(&scenario.case.then, &told);
            // It is long, and the sentences of the answer tell what matters of it.
            answer.detail = None;
            let came = if differences.is_empty() { Came::Passed } else { Came::Failed { differences } };
            (came, Some(answer))
        }
        Err(fault) => (Came::Undecided { fault: file.bad(*fault) }, None),
    };
    let (name, source) = (scenario.case.name.clone(), scenario.case.source.clone());
    CaseReport { name, source, place: scenario.place, came, seconds: begun.elapsed().as_secs_f64(), answer }
}
