//! The report for people: each case that is not as expected with its difference, then the counts.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Came, CaseReport, Report, Summary, table};
use crate::{
    check::sentences,
    scenario::compare::{Difference, Is},
};

/// How a report is told.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// Every case is told, each with its whole answer.
    pub verbose: bool,
    /// The table of coverage is told.
    pub coverage: bool,
    /// The options with which a case came out as it did, for whoever runs it again.
    pub options: &'a str,
    /// The colours.
    pub palette: Palette,
}

/// The colours of a report.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// Of what is as expected.
    pub good: Style,
    /// Of what is not.
    pub bad: Style,
    /// Of what may be passed over.
    pub dim: Style,
}

impl Palette {
    /// No colours.
    pub const PLAIN: Self = Self { good: Style::new(), bad: Style::new(), dim: Style::new() };
    /// For a terminal.
    pub const COLOURED: Self = Self {
        good: AnsiColor::Green.on_default().bold(),
        bad: AnsiColor::Red.on_default().bold(),
        dim: Style::new().dimmed(),
    };
}

/// A text in a style.
pub(super) fn in_style(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Tells a report.
#[must_use]
pub fn tell(report: &Report, telling: Telling<'_>) -> String {
    let Palette { good, bad, dim } = telling.palette;
    let mut text = String::new();
    for fault in &report.bad {
        let _ = writeln!(text, "{}  {fault}", in_style(bad, "BAD "));
    }
    if !report.bad.is_empty() {
        text.push('\n');
    }
    for file in &report.files {
        for case in &file.cases {
            let at = format!("{}:{}", file.file, case.place.line);
            let source = case.source.as_deref().map_or_else(String::new, |source| format!(" ({source})"));
            match &case.came {
                Came::Passed if !telling.verbose => continue,
                Came::Passed => {
                    let _ = writeln!(
                        text,
                        "{}  {}\n      {}",
                        in_style(good, "ok  "),
                        case.name,
                        in_style(dim, at + &source)
                    );
                }
                Came::Failed { differences } => {
                    let shown = in_style(dim, format!("{at}{source}"));
                    let _ = writeln!(text, "{}  {}\n      {shown}", in_style(bad, "FAIL"), case.name);
                    text.push_str(&diff(differences, telling.palette, "      "));
                    if !telling.verbose {
                        let _ = writeln!(text, "      more: maysend test {at}{} --verbose", telling.options);
                    }
                }
                Came::Undecided { fault } => {
                    let _ = writeln!(text, "{}  {}\n      {fault}", in_style(bad, "BAD "), case.name);
                }
            }
            if telling.verbose {
                text.push_str(&answer(case));
            }
            text.push('\n');
        }
    }
    if let Some(coverage) = report.coverage.as_ref().filter(|_| telling.coverage) {
        text.push_str(&table::tell(coverage, telling.palette));
        text.push('\n');
    }
    text.push_str(&counts(&report.summary, telling.palette));
    if let Some(coverage) = &report.coverage {
        text.push_str(&table::total(coverage, telling.palette));
    }
    text
}

fn answer(case: &CaseReport) -> String {
    let told = case.answer.as_ref().map(sentences::tell).unwrap_or_default();
    told.lines().map(|line| format!("      {line}").trim_end().to_owned() + "\n").collect()
}

/// Each difference under the name of its field: `-` was expected and did not come, `+` came and was not expected.
#[must_use]
pub fn diff(differences: &[Difference], palette: Palette, indent: &str) -> String {
    let mut text = String::new();
    for difference in differences {
        let _ = writeln!(text, "{indent}{}", difference.field);
        for line in &difference.lines {
            let (sign, style) = match line.is {
                Is::There => (' ', palette.dim),
                Is::Missing => ('-', palette.bad),
                Is::Unexpected => ('+', palette.good),
            };
            let _ = writeln!(text, "{indent}  {}", in_style(style, format!("{sign} {}", line.what)));
            if let Some(says) = &line.says {
                let _ = writeln!(text, "{indent}      {says}");
            }
        }
    }
    text
}

/// How many cases came out how.
fn counts(summary: &Summary, palette: Palette) -> String {
    let one_of = |count: usize, one: &str, several: &str| format!("{count} {}", if count == 1 { one } else { several });
    let mut parts = vec![format!("{} passed", summary.passed)];
    let others = [(summary.failed, "failed"), (summary.undecided, "without a decision"), (summary.not_run, "not run")];
    parts.extend(others.into_iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("{count} {how}")));
    if summary.bad_files > 0 {
        parts.push(one_of(summary.bad_files, "file with faults", "files with faults"));
    }
    if summary.files_held_back > 0 {
        parts.push(one_of(summary.files_held_back, "file not read", "files not read") + " for want of its senders");
    }
    let (style, word) = if summary.is_passed() { (palette.good, "ok  ") } else { (palette.bad, "FAIL") };
    let cases = one_of(summary.cases, "case", "cases");
    format!("{}  {cases}: {} ({:.2} s)\n", in_style(style, word), parts.join(", "), summary.seconds)
}
