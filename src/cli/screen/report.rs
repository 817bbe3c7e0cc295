//! What is told of a file that is gone through: how far it is, and the summary.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    time::Duration,
};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use serde_json::json;

use super::tally::Tally;
use crate::cli::{
    Failure,
    output::{self, Format},
};

/// A bar on standard error, if that is a terminal.
#[derive(Debug)]
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// Of a file of so many bytes, if that is known.
    pub(super) fn new(size: Option<u64>) -> Self {
        let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new);
        let template = if size.is_some() { "{bar:40} {percent:>3}%  {msg}, {eta} left" } else { "{spinner} {msg}" };
        // A template that could not be read would leave the usual one.
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar)
    }

    /// So many bytes of the file are done.
    pub(super) fn show(&self, bytes: u64, tally: &Tally) {
        let Tally { lines, allow, .. } = tally;
        self.0.set_message(format!("{} rows, {} allowed", HumanCount(*lines), HumanCount(*allow)));
        self.0.set_position(bytes);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// What became of a file.
#[derive(Debug)]
pub(super) struct Report<'a> {
    /// Sorted.
    pub(super) tally: &'a Tally,
    /// Rows that an earlier run had answered.
    pub(super) before: u64,
    /// Columns that were not used, from 1.
    pub(super) unused: Vec<usize>,
    pub(super) taken: Duration,
    pub(super) logged: bool,
}

impl Report<'_> {
    /// Writes it: to standard error, if the answers are on standard output.
    pub(super) fn print(&self, format: Format, aside: bool) -> Result<(), Failure> {
        let text = match format {
            Format::Json => serde_json::to_string_pretty(&self.as_json())? + "\n",
            Format::Text => self.in_words(),
        };
        if aside { io::stderr().write_all(text.as_bytes()).map_err(Failure::Write) } else { output::print(&text) }
    }

    fn rate(&self) -> u64 {
        let rows = self.tally.lines.saturating_sub(self.before);
        let micros = u64::try_from(self.taken.as_micros()).unwrap_or(u64::MAX).max(1);
        rows.saturating_mul(1_000_000).checked_div(micros).unwrap_or_default()
    }

    fn as_json(&self) -> serde_json::Value {
        json!({
            "totals": self.tally, "answered_before": self.before, "seconds": self.taken.as_secs_f64(),
            "rows_per_second": self.rate(), "logged": self.logged, "unused_columns": self.unused,
        })
    }

    fn in_words(&self) -> String {
        let Tally { lines, allow, deny, errors, not_logged, reasons, bases, obligations } = self.tally;
        let count = |n: &u64| HumanCount(*n).to_string();
        let s = |n: u64| if n == 1 { "" } else { "s" };
        let mut text = format!(
            "{} row{}: {} allowed, {} denied, {} error{}; {:.1} s, {} rows a second\n",
            count(lines),
            s(*lines),
            count(allow),
            count(deny),
            count(errors),
            s(*errors),
            self.taken.as_secs_f64(),
            count(&self.rate()),
        );
        if self.before > 0 {
            let _ = writeln!(text, "{} of them had been answered before.", count(&self.before));
        }
        let denied = reasons.iter().filter(|it| it.decision == "deny" && it.outcome != "met");
        let denied = denied.map(|it| (it.decisions, format!("{} {}", it.rule, it.limb)));
        table(&mut text, "Denied, since these were not met", denied);
        table(&mut text, "Allowed, on the ground of", bases.iter().map(|it| (it.decisions, it.kind.clone())));
        if !obligations.is_empty() {
            text.push_str("\nWhoever sends must:\n");
        }
        for duty in obligations {
            let _ = writeln!(
                text,
                "  * {} ({} {}; {})",
                duty.says,
                duty.citation.instrument,
                duty.citation.provision,
                duty.bases.join(", ")
            );
        }
        text.push_str(&self.notes(*not_logged));
        text
    }

    fn notes(&self, not_logged: u64) -> String {
        let mut text = String::new();
        if not_logged > 0 {
            let _ = write!(text, "\n{} decisions are not in the log: it is full and drops.\n", HumanCount(not_logged));
        }
        if !self.logged {
            text.push_str("\nNo decision was kept in the log (`--no-log`).\n");
        }
        if let [first, rest @ ..] = self.unused.as_slice() {
            let rest: String = rest.iter().map(|column| format!(", {column}")).collect();
            let _ = write!(text, "\nColumns of the file that were not used: {first}{rest}.\n");
        }
        text
    }
}

/// Rows of a count and a name each.
fn table(text: &mut String, title: &str, rows: impl Iterator<Item = (u64, String)>) {
    let rows: Vec<(String, String)> = rows.map(|(count, name)| (HumanCount(count).to_string(), name)).collect();
    let width = rows.iter().map(|(count, _)| count.len()).max().unwrap_or_default();
    if !rows.is_empty() {
        let _ = write!(text, "\n{title}:\n");
    }
    for (count, name) in rows {
        let _ = writeln!(text, "  {count:>width$}  {name}");
    }
}
