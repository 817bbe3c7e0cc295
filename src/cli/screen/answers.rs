//! Answers as rows of CSV.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::http::problem::Problem;

/// An answer, as the lines of a batch have it.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(rename = "ref", borrow, default)]
    reference: Option<Text<'a>>,
    #[serde(borrow, default)]
    decision: Option<&'a str>,
    #[serde(borrow, default)]
    decision_id: Option<&'a str>,
    #[serde(borrow, default)]
    basis: Option<Basis<'a>>,
    #[serde(borrow, default)]
    reasons: Vec<Reason<'a>>,
    #[serde(borrow, default)]
    warnings: Vec<&'a str>,
    #[serde(borrow, default)]
    error: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Basis<'a> {
    kind: &'a str,
}

#[derive(Deserialize)]
struct Reason<'a> {
    rule: &'a str,
    limb: &'a str,
}

/// In place of an answer: why there is none, in words.
#[derive(Serialize)]
pub(super) struct Undecided<'a> {
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    error: String,
}

impl<'a> Undecided<'a> {
    pub(super) fn of(reference: Option<&'a str>, problem: &Problem) -> Self {
        let faults = problem.errors().iter().map(|fault| {
            let place = fault.pointer.as_deref().unwrap_or_default().trim_start_matches('/');
            let colon = if place.is_empty() { "" } else { ": " };
            format!("{place}{colon}{}{}", fault.message, fault.hint())
        });
        let faults: Vec<String> = faults.collect();
        Self { reference, error: if faults.is_empty() { problem.detail().to_owned() } else { faults.join("; ") } }
    }

    pub(super) fn write(&self, lines: &mut Vec<u8>) {
        // Into memory nothing fails to be written.
        let _ = serde_json::to_writer(&mut *lines, self);
        lines.push(b'\n');
    }
}

/// The rows of answers, each of which has the number of its row.
pub(super) fn rows(answers: &[u8], numbers: &[u64]) -> Vec<u8> {
    let mut rows = Vec::with_capacity(answers.len() / 2);
    for (line, number) in answers.split(|byte| *byte == b'\n').zip(numbers) {
        rows.extend_from_slice(number.to_string().as_bytes());
        if let Ok(answer) = serde_json::from_slice(line) {
            add(&answer, &mut rows);
        }
        rows.push(b'\n');
    }
    rows
}

fn add(answer: &Answer<'_>, rows: &mut Vec<u8>) {
    let text = |text: &Option<Text<'_>>, rows: &mut Vec<u8>| {
        rows.push(b',');
        field(text.as_ref().map(|text| &*text.0).unwrap_or_default(), rows);
    };
    text(&answer.reference, rows);
    for plain in [answer.decision, answer.decision_id, answer.basis.as_ref().map(|basis| basis.kind)] {
        rows.push(b',');
        rows.extend_from_slice(plain.unwrap_or_default().as_bytes());
    }
    rows.push(b',');
    for (index, Reason { rule, limb }) in answer.reasons.iter().enumerate() {
        if index > 0 {
            rows.push(b' ');
        }
        rows.extend_from_slice(rule.as_bytes());
        rows.push(b':');
        rows.extend_from_slice(limb.as_bytes());
    }
    rows.push(b',');
    rows.extend_from_slice(answer.warnings.join(" ").as_bytes());
    text(&answer.error, rows);
}

/// A field, in quotation marks where it needs them.
fn field(text: &str, rows: &mut Vec<u8>) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        return rows.extend_from_slice(text.as_bytes());
    }
    rows.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            rows.push(b'"');
        }
        rows.push(byte);
    }
    rows.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_row() {
        let answers = concat!(
            r#"{"ref":"4,\"2\"","decision":"deny","decision_id":"019a","parent":"x","reasons":[{"rule":"a","limb":"1","#,
            r#""outcome":"not_met"},{"rule":"b","limb":"2(a)","outcome":"met"}]}"#,
            "\n",
            r#"{"decision":"allow","decision_id":"019b","reasons":[],"basis":{"kind":"consent","rule":"a"},"warnings":["w","v"]}"#,
            "\n",
            r#"{"ref":"x","error":"no, not \"this\""}"#,
            "\n",
        );
        let rows = String::from_utf8(rows(answers.as_bytes(), &[2, 3, 7])).unwrap();
        let expected = "2,\"4,\"\"2\"\"\",deny,019a,,a:1 b:2(a),,\n3,,allow,019b,consent,,w v,\n7,x,,,,,,\"no, not \"\"this\"\"\"\n";
        assert_eq!(rows, expected);
    }
}
