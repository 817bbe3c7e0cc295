//! The answer in sentences, for a person at a terminal.

use std::{borrow::Cow, fmt::Write as _};

use super::answer::{Answer, Change, Detail, Provision, ReasonOutcome, Verdict};

/// Tells the answer in sentences.
#[must_use]
pub fn tell(answer: &Answer) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, answer);
    text
}

fn write(text: &mut String, answer: &Answer) -> std::fmt::Result {
    match (answer.decision, &answer.basis) {
        (Verdict::Allow, Some(basis)) => {
            writeln!(text, "ALLOW: this message may be sent. {}", basis.says)?;
            if let Some(event) = &basis.event {
                writeln!(text, "It rests on {} `{}` of {}.", event.kind, plain(&event.id), event.occurred_at)?;
            }
        }
        (Verdict::Allow, None) => writeln!(text, "ALLOW: this message may be sent.")?,
        (Verdict::Deny, _) => writeln!(text, "DENY: this message must not be sent.")?,
    }
    heading(text, "Because", answer.reasons.len())?;
    for reason in &answer.reasons {
        let mark = match reason.outcome {
            ReasonOutcome::Met => "+",
            ReasonOutcome::NotMet => "-",
            ReasonOutcome::Unknown => "?",
        };
        let cited = format!("{} {}", reason.citation.instrument, reason.citation.provision);
        writeln!(text, "  {mark} {}\n      {cited} [{}, {}]", reason.because, reason.rule, reason.level)?;
    }
    heading(text, "Nobody has told us", answer.needs.len())?;
    for need in &answer.needs {
        writeln!(text, "  ? {}", need.ask)?;
    }
    heading(text, "It would be allowed if", answer.would_allow_if.len())?;
    for (index, alternative) in answer.would_allow_if.iter().enumerate() {
        let changes: Vec<String> = alternative.changes.iter().map(sentence).collect();
        let or = if index == 0 { "  " } else { "or" };
        writeln!(text, "{or}  {}", changes.join(",\n    and "))?;
    }
    heading(text, "The sender must", answer.obligations.len())?;
    for duty in &answer.obligations {
        writeln!(text, "  * {} ({} {})", duty.says, duty.citation.instrument, duty.citation.provision)?;
    }
    heading(text, "Take care", answer.warnings.len())?;
    for warning in &answer.warnings {
        writeln!(text, "  ! {} [{}]", warning.says, warning.code)?;
    }
    if let Some(detail) = &answer.detail {
        everything(text, detail)?;
    }
    writeln!(
        text,
        "\nLaw of {}, rulebook {}, {} reading. Ledger {}. Decision {}.",
        answer.law.as_of, answer.law.rulebook, answer.law.policy, answer.revision, answer.decision_id
    )
}

/// What would have to be true, of which event, and the provisions that ask for it.
fn sentence(change: &Change) -> String {
    let mut cited: Vec<String> = Vec::new();
    for Provision { citation, .. } in &change.satisfies {
        let provision = format!("{} {}", citation.instrument, citation.provision);
        if !cited.contains(&provision) {
            cited.push(provision);
        }
    }
    let event =
        change.event.as_ref().map_or_else(String::new, |event| format!(", {} `{}`", event.kind, plain(&event.id)));
    format!("{}{event} ({})", change.says, cited.join("; "))
}

fn everything(text: &mut String, detail: &Detail) -> std::fmt::Result {
    heading(text, "Every rule in force", detail.rules.len())?;
    for rule in &detail.rules {
        writeln!(text, "  {:<40} {} {}", rule.rule, rule.outcome.replace('_', " "), rule.limbs.join(", "))?;
    }
    heading(text, "Every fact", detail.facts.len())?;
    detail.facts.iter().try_for_each(|fact| writeln!(text, "  {:<40} {} ({})", fact.fact, fact.value, fact.source))
}

/// A caller's text in a sentence: nothing in it may move a terminal's cursor or begin a line of its own.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, "\u{fffd}").into() } else { text.into() }
}

fn heading(text: &mut String, heading: &str, rows: usize) -> std::fmt::Result {
    if rows == 0 { Ok(()) } else { writeln!(text, "\n{heading}:") }
}
