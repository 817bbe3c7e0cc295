//! `maysend test`: the cases that a sender keeps beside its campaigns.

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{
    Failure,
    output::{self, written},
    rules::day,
};
use crate::{
    clock,
    scenario::{
        case::Defaults,
        report::{
            Report,
            human::{self, Palette, Telling},
            junit,
        },
        run, schema, suite,
    },
    terms::party::PolicyProfile,
};

/// Test cases: what is on record, what is asked, and what must come out.
///
/// Each case has a ledger of its own, in memory; no service is asked and nothing is kept. In a directory, every file
/// whose name ends in `.yaml` or `.yml` holds cases, but for `senders.yaml`: it has the senders that the cases of its
/// directory and of those below know. docs/scenarios.md tells the format.
///
/// Exit code 0 means that every case came out as expected, 1 that some did not, 2 that a file has faults, or that a case
/// came to no decision.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend test cases                                  every case of a directory
  maysend test cases/spring.yaml:12 --verbose         the case at line 12, with its whole answer
  maysend test cases --filter newsletter --fail-fast
  maysend test cases --as-of 2026-02-04               what the law of that day makes of them
  maysend test cases --junit report.xml               and a report for continuous integration
  maysend test --schema > cases.schema.json           for an editor")]
pub(super) struct Test {
    /// Files of cases and directories with them; `FILE:LINE` is the case at that line [default: the working directory]
    #[arg(value_name = "DIR|FILE[:LINE]")]
    paths: Vec<PathBuf>,
    /// Only cases whose name or file has this in it; between slashes, a regular expression. May be given more than once
    #[arg(long, value_name = "TEXT|/REGEX/")]
    filter: Vec<String>,
    /// The day for cases that name none [default: the day of the rulebook]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// The reading for senders that state none, where lawyers differ [default: conservative]
    #[arg(long, visible_alias = "profile")]
    policy: Option<Policy>,
    /// How to write the report
    #[arg(long, default_value = "human")]
    format: Format,
    /// Where to write a JUnit report as well
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Tell how often each rule was reached, and which rules and limbs were not
    #[arg(long)]
    coverage: bool,
    /// Stop at the first case that does not come out as expected
    #[arg(long)]
    fail_fast: bool,
    /// Tell every case, with its whole answer
    #[arg(long, short)]
    verbose: bool,
    /// Print the JSON Schema of the files instead
    #[arg(long, conflicts_with_all = ["paths", "filter", "as_of", "policy", "format", "junit", "coverage"])]
    schema: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Policy {
    /// The reading that risks no breach.
    Conservative,
    /// The words of the statute.
    Literal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Sentences, with the differences of what is not as expected.
    Human,
    /// JSON.
    Json,
    /// JUnit XML.
    Junit,
}

impl From<Policy> for PolicyProfile {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Conservative => Self::Conservative,
            Policy::Literal => Self::Literal,
        }
    }
}

impl Test {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        if self.schema {
            output::print_json(&schema::schema())?;
            return Ok(ExitCode::SUCCESS);
        }
        let report = self.report()?;
        if let Some(file) = &self.junit {
            fs::write(file, junit::write(&report)?).map_err(|error| Failure::WriteFile(file.clone(), error))?;
        }
        let summary = report.summary;
        self.write(report)?;
        Ok(ExitCode::from(match (summary.is_sound(), summary.is_passed()) {
            (false, _) => 2,
            (true, false) => 1,
            (true, true) => 0,
        }))
    }

    fn report(&self) -> Result<Report, Failure> {
        let now = clock::now();
        let as_of = self.as_of.map(|asked| day(Some(asked))).transpose()?;
        if as_of.is_some_and(|day| day > clock::day_in_london(now)) {
            return Err(Failure::DateInFuture);
        }
        let policy = self.policy.map(PolicyProfile::from);
        let defaults = Defaults { policy, ..Defaults::default() }.on(as_of);
        let here = [PathBuf::from(".")];
        let paths = if self.paths.is_empty() { &here[..] } else { &self.paths };
        let mut suite = suite::load(paths, &defaults, now)?;
        suite.choose(&self.filter)?;
        Ok(run::run(&suite, now, self.fail_fast))
    }

    /// The options that change an answer, as they were given.
    fn options(&self) -> String {
        let day = self.as_of.map(|day| format!(" --as-of {day}"));
        let name = |policy: Policy| policy.to_possible_value().map(|value| format!(" --policy {}", value.get_name()));
        [day, self.policy.and_then(name)].into_iter().flatten().collect()
    }

    fn write(&self, mut report: Report) -> Result<(), Failure> {
        match self.format {
            Format::Human => {
                let options = self.options();
                let (verbose, coverage, palette) = (self.verbose, self.coverage, Palette::COLOURED);
                let telling = Telling { verbose, coverage, options: &options, palette };
                // Colours are left out where they would not be seen, or are not wanted (`NO_COLOR`).
                let mut out = anstream::AutoStream::auto(io::stdout().lock());
                let text = human::tell(&report, telling);
                written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
            }
            Format::Json => {
                if !self.verbose {
                    report = report.without_expected_answers();
                }
                report.coverage = report.coverage.filter(|_| self.coverage);
                output::print_json(&report)
            }
            Format::Junit => output::print(&junit::write(&report)?),
        }
    }
}
