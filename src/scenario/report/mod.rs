//! What came of the cases.

pub mod human;
pub mod junit;
pub mod table;

use std::time::Duration;

use serde::Serialize;

use super::{
    compare::Difference,
    coverage::Coverage,
    suite::{Bad, Place, Suite},
};
use crate::check::answer::Answer;

/// What came of all cases.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The counts.
    pub summary: Summary,
    /// Every fault of the files that could not be read.
    pub bad: Vec<Bad>,
    /// The files that could, with their cases.
    pub files: Vec<FileReport>,
    /// Which rules and limbs the cases reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// The counts of a report.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Summary {
    /// How many cases there are in the files that could be read.
    pub cases: usize,
    /// How many came out as expected.
    pub passed: usize,
    /// How many came out otherwise.
    pub failed: usize,
    /// How many came to no decision.
    pub undecided: usize,
    /// How many were not run, since an earlier one was not as expected.
    pub not_run: usize,
    /// How many files have faults.
    pub bad_files: usize,
    /// How many files were not looked at, since their senders could not be read.
    pub files_held_back: usize,
    /// How long it took.
    pub seconds: f64,
}

/// What came of the cases of one file.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// The file.
    pub file: String,
    /// Its cases, in order.
    pub cases: Vec<CaseReport>,
}

/// What came of one case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseReport {
    /// What it shows.
    pub name: String,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Where it begins.
    #[serde(flatten)]
    pub place: Place,
    /// What came of it.
    #[serde(flatten)]
    pub came: Came,
    /// How long it took.
    pub seconds: f64,
    /// The answer, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// What came of a case.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Came {
    /// The answer is as expected.
    Passed,
    /// The answer is another.
    Failed {
        /// In what it differs.
        differences: Vec<Difference>,
    },
    /// There is no answer.
    Undecided {
        /// Where in the file the fault lies.
        fault: Bad,
    },
}

impl Came {
    /// Whether the answer is as expected.
    #[must_use]
    pub const fn is_passed(&self) -> bool {
        match self {
            Self::Passed => true,
            Self::Failed { .. } | Self::Undecided { .. } => false,
        }
    }
}

impl Report {
    /// The report on a suite.
    pub(super) fn new(files: Vec<FileReport>, suite: &Suite, took: Duration, coverage: Coverage) -> Self {
        let mut summary = Summary {
            cases: suite.count(),
            bad_files: suite.bad_files(),
            files_held_back: suite.held_back,
            seconds: took.as_secs_f64(),
            ..Summary::default()
        };
        for case in files.iter().flat_map(|file| &file.cases) {
            match case.came {
                Came::Passed => summary.passed += 1,
                Came::Failed { .. } => summary.failed += 1,
                Came::Undecided { .. } => summary.undecided += 1,
            }
        }
        summary.not_run = summary.cases - summary.passed - summary.failed - summary.undecided;
        Self { summary, bad: suite.bad.clone(), files, coverage: Some(coverage) }
    }

    /// The same without the answers to cases that came out as expected.
    #[must_use]
    pub fn without_expected_answers(mut self) -> Self {
        let cases = self.files.iter_mut().flat_map(|file| &mut file.cases);
        cases.filter(|case| case.came.is_passed()).for_each(|case| case.answer = None);
        self
    }
}

impl Summary {
    /// Whether every file could be read and every case came to a decision.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.bad_files == 0 && self.files_held_back == 0 && self.undecided == 0
    }

    /// Whether every case came out as expected.
    #[must_use]
    pub const fn is_passed(&self) -> bool {
        self.is_sound() && self.failed == 0
    }
}
