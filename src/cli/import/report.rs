//! What is told of an import: how far it is, each bad line, and the summary.

use std::{
    borrow::Cow,
    io::{self, Write as _},
};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use crate::ingest::{
    BadLine, Summary,
    load::Watcher,
    whole::{Whole, Why},
};

/// A bar on standard error, if that is a terminal, and the bad lines above it.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Of a file of so many bytes, if that is known.
    pub(super) fn new(size: Option<u64>) -> Self {
        let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new);
        let template = if size.is_some() { "{bar:40} {percent:>3}%  {msg}, {eta} left" } else { "{spinner} {msg}" };
        // A template that could not be read would leave the usual one.
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar }
    }
}

impl Progress {
    /// So many bytes of the file were read, and so many records of it are kept.
    pub(super) fn records(&self, bytes: u64, records: u64) {
        self.bar.set_message(format!("{} records", HumanCount(records)));
        self.bar.set_position(bytes);
    }
}

impl Watcher for Progress {
    fn bad_line(&mut self, bad: &BadLine) {
        // Nothing is left to be done if standard error is closed.
        self.bar.suspend(|| drop(writeln!(io::stderr(), "line {}: {}", bad.line, bad.fault)));
    }

    fn progress(&mut self, bytes: u64, so_far: &Summary) {
        self.bar.set_message(format!("{} lines, {} bad", HumanCount(so_far.lines), HumanCount(so_far.bad)));
        self.bar.set_position(bytes);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What became of a file.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) summary: Summary,
    /// Whether the register was recorded as a whole; none for a suppression list and for a rehearsal.
    pub(super) whole: Option<Whole>,
    pub(super) dry_run: bool,
}

impl Report {
    /// Whether everything in the file was kept, and the register as a whole if the file was meant to be one.
    pub(super) fn is_sound(&self) -> bool {
        let whole = match &self.whole {
            Some(Whole::Not(Why::Shrunk { .. } | Why::Empty | Why::BadLines(_))) => false,
            Some(Whole::Recorded { .. } | Whole::Not(Why::Removed | Why::Partial | Why::NotPublic)) | None => true,
        };
        whole && self.summary.bad == 0
    }

    /// The summary in words.
    pub(super) fn in_words(&self) -> String {
        let Summary { lines, recorded, already, bad, .. } = &self.summary;
        let count = |n: &u64| HumanCount(*n);
        let kept = if self.dry_run {
            format!("{} good", count(recorded))
        } else {
            format!("{} recorded, {} already there", count(recorded), count(already))
        };
        let s = if *lines == 1 { "" } else { "s" };
        let mut text = format!("{} line{s}: {kept}, {} bad{}\n", count(lines), count(bad), self.which());
        if let [first, rest @ ..] = self.summary.unused_columns.as_slice() {
            let rest: String = rest.iter().map(|column| format!(", {column}")).collect();
            text.push_str(&format!("Columns of the file that were not used: {first}{rest}.\n"));
        }
        if self.dry_run {
            text.push_str("Nothing was recorded: this was a rehearsal.\n");
        }
        text.push_str(&self.whole_in_words());
        text
    }

    /// The numbers of the bad lines.
    fn which(&self) -> String {
        let numbers: Vec<String> = self.summary.bad_lines.iter().map(|bad| bad.line.to_string()).collect();
        let more = self.summary.bad.saturating_sub(numbers.len() as u64);
        let more = if more > 0 { format!(" and {} more", HumanCount(more)) } else { String::new() };
        let s = if self.summary.bad == 1 { "" } else { "s" };
        if numbers.is_empty() { String::new() } else { format!(" (line{s} {}{more})", numbers.join(", ")) }
    }

    fn whole_in_words(&self) -> Cow<'static, str> {
        match &self.whole {
            Some(Whole::Recorded { entries }) => format!(
                "The register is recorded as a whole, with {} entries: what is not in it was not listed on that day.\n",
                HumanCount(*entries)
            )
            .into(),
            Some(Whole::Not(why)) => {
                let hint = match why {
                    Why::Shrunk { .. } => ". If it has indeed shrunk, say `--shrunk`",
                    Why::BadLines(_) | Why::Empty | Why::Removed | Why::Partial | Why::NotPublic => "",
                };
                let shows = "so nothing shows who is not listed";
                format!("The register is not recorded as a whole, {shows}: {why}{hint}.\n").into()
            }
            None => "".into(),
        }
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Bad {
            line: u64,
            message: String,
        }

        let Summary { lines, recorded, already, bad, bad_lines, unused_columns } = &self.summary;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("dry_run", &self.dry_run)?;
        map.serialize_entry("lines", lines)?;
        if self.dry_run {
            map.serialize_entry("good", recorded)?;
        } else {
            map.serialize_entry("recorded", recorded)?;
            map.serialize_entry("already_there", already)?;
        }
        map.serialize_entry("bad", bad)?;
        let told = bad_lines.iter().map(|bad| Bad { line: bad.line, message: bad.fault.to_string() });
        map.serialize_entry("bad_lines", &told.collect::<Vec<_>>())?;
        map.serialize_entry("unused_columns", unused_columns)?;
        match &self.whole {
            Some(Whole::Recorded { entries }) => {
                map.serialize_entry("whole_register", &serde_json::json!({ "recorded": true, "entries": entries }))?;
            }
            Some(Whole::Not(why)) => {
                let why = serde_json::json!({ "recorded": false, "why": why.to_string() });
                map.serialize_entry("whole_register", &why)?;
            }
            None => {}
        }
        map.end()
    }
}
