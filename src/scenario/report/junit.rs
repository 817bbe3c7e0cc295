//! The report for continuous integration: JUnit XML, one suite a file.

use std::{collections::BTreeMap, time::Duration};

use quick_junit::{NonSuccessKind, Report as Written, TestCase, TestCaseStatus, TestSuite};

use super::{
    Came, CaseReport, Report,
    human::{self, Palette},
};
use crate::scenario::suite::Bad;

/// The report as XML.
///
/// # Errors
/// If it cannot be written, which none of its texts allow.
pub fn write(report: &Report) -> Result<String, quick_junit::SerializeError> {
    let mut written = Written::new("maysend");
    written.set_time(seconds(report.summary.seconds));
    let mut by_file: BTreeMap<&str, Vec<&Bad>> = BTreeMap::new();
    for bad in &report.bad {
        by_file.entry(&bad.file).or_default().push(bad);
    }
    for (file, faults) in by_file {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        status.set_type("faults").set_message("this is no file of cases").set_description(told.join("\n"));
        let mut suite = TestSuite::new(file);
        suite.add_test_case(TestCase::new("the file", status));
        written.add_test_suite(suite);
    }
    for file in &report.files {
        let mut suite = TestSuite::new(&file.file);
        for case in &file.cases {
            suite.add_test_case(test_case(&file.file, case));
        }
        suite.set_time(seconds(file.cases.iter().map(|case| case.seconds).sum()));
        written.add_test_suite(suite);
    }
    written.to_string()
}

fn test_case(file: &str, case: &CaseReport) -> TestCase {
    let status = match &case.came {
        Came::Passed => TestCaseStatus::success(),
        Came::Failed { differences } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let fields: Vec<&str> = differences.iter().map(|it| it.field).collect();
            status.set_type("difference").set_message(format!("{} not as expected", fields.join(", ")));
            status.set_description(human::diff(differences, Palette::PLAIN, ""));
            status
        }
        Came::Undecided { fault } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type("undecided").set_message(fault.fault.message.as_str()).set_description(fault.to_string());
            status
        }
    };
    let mut written = TestCase::new(&case.name, status);
    written.set_classname(file).set_time(seconds(case.seconds));
    written.extra.insert("file".into(), file.into());
    written.extra.insert("line".into(), case.place.line.to_string().into());
    written
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}
