//! Reading what was named, and writing to standard output: words for people, JSON for programs.

use std::{
    fs,
    io::{self, IsTerminal as _, Read as _, Write as _},
    path::Path,
};

use clap::ValueEnum;
use serde::Serialize;

use super::Failure;
use crate::http::problem::{Fault, Problem};

/// The width that texts are wrapped to.
const WIDTH: usize = 96;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Sentences.
    Text,
    /// JSON, as the service answers it.
    Json,
}

impl Format {
    /// What was asked for; else text on a terminal and JSON into a pipe.
    pub(super) fn or_by_terminal(asked: Option<Self>) -> Self {
        asked.unwrap_or_else(|| if io::stdout().is_terminal() { Self::Text } else { Self::Json })
    }
}

/// Writes a text. That the reader has gone away (`maysend rules | head`) is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What became of writing to standard output.
pub(super) fn written(written: io::Result<()>) -> Result<(), Failure> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(Failure::Write(error)) })
}

/// Writes a value as JSON, indented.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// A file that was named; `-` is standard input.
pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What was read, in words.
pub(super) fn named(file: &Path) -> String {
    if file.as_os_str() == "-" { "standard input".to_owned() } else { format!("`{}`", file.display()) }
}

/// A problem as the service would answer it, in lines: what happened, then each fault with its place and a hint.
pub(super) fn problem(problem: &Problem) -> String {
    // Of a problem with one fault, the detail is that fault.
    if let [one] = problem.errors() {
        return told(one);
    }
    let mut text = problem.detail().to_owned();
    for fault in problem.errors() {
        text.push_str("\n  ");
        text.push_str(&told(fault));
    }
    text
}

fn told(fault: &Fault) -> String {
    let place = match fault.pointer.as_deref() {
        Some("") | None => "the body",
        Some(pointer) => pointer,
    };
    format!("{place}: {}{}", fault.message, fault.hint())
}

/// A paragraph in lines of a readable width, each behind an indent.
pub(super) fn wrap(text: &str, indent: &str) -> String {
    let mut wrapped = String::new();
    let mut width = usize::MAX;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width.saturating_add(length + 1) > WIDTH {
            if !wrapped.is_empty() {
                wrapped.push('\n');
            }
            wrapped.push_str(indent);
            width = indent.chars().count();
        } else {
            wrapped.push(' ');
            width += 1;
        }
        wrapped.push_str(word);
        width += length;
    }
    wrapped.push('\n');
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_between_words() {
        let text = "word ".repeat(40);
        let wrapped = wrap(&text, "  ");
        assert!(wrapped.lines().all(|line| line.chars().count() <= WIDTH && line.starts_with("  word")));
        assert_eq!(wrapped.split_whitespace().count(), 40);
        assert_eq!(wrap("", "  "), "\n");
    }
}
