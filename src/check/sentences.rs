//! The answer in sentences, for a person at a terminal.

use std::{borrow::Cow, fmt::Write as _};

use super::answer::{Answer, Change, Detail, Penalty, Precedent, Provision, ReasonOutcome, Verdict, Wording};
use crate::rules::precedents::in_pounds;

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
    let mut compared = Vec::new();
    for reason in &answer.reasons {
        let mark = match reason.outcome {
            ReasonOutcome::Met => "+",
            ReasonOutcome::NotMet => "-",
            ReasonOutcome::Unknown => "?",
        };
        let cited = format!("{} {}", reason.citation.instrument, reason.citation.provision);
        let reading = on_a_reading(reason.reading);
        writeln!(text, "  {mark} {}\n      {cited} [{}, {}{reading}]", reason.because, reason.rule, reason.level)?;
        // A ruling that bears on two reasons is told of once.
        let ruling = |it: &&Precedent| (it.organisation, it.date);
        if let Some(precedent) = reason.precedents.iter().find(|it| !compared.contains(&ruling(it))) {
            compared.push(ruling(&precedent));
            writeln!(text, "      compare {}", compare(precedent))?;
        }
    }
    if !answer.penalties.is_empty() {
        writeln!(text, "\nAt most the regulator may impose {}.", at_stake(&answer.penalties))?;
    }
    if let Some(wording) = &answer.wording {
        words(text, wording)?;
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
        writeln!(text, "  ! {} [{}{}]", warning.says, warning.code, on_a_reading(warning.reading))?;
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

/// What was found in the words of the message, each with who has said that it counts.
fn words(text: &mut String, wording: &Wording) -> std::fmt::Result {
    writeln!(text, "\nIn the message: {}.", wording.says)?;
    for found in &wording.findings {
        let words = plain(&found.words);
        writeln!(
            text,
            "  {} “{words}” [{}, {}]\n      {}",
            found.span.field, found.family, found.strength, found.authority
        )?;
    }
    Ok(())
}

/// A ruling in a clause.
fn compare(precedent: &Precedent) -> String {
    let date = precedent.date.unwrap_or("undated");
    let sanction = match (precedent.penalty_gbp, precedent.sanction) {
        (Some(sum), _) => in_pounds(sum),
        (None, sanction) => sanction.replace('_', " "),
    };
    let appeal = precedent.appeal.map_or_else(String::new, |appeal| format!("; {appeal}"));
    format!("{} ({date}, {sanction}{appeal}): {}", precedent.organisation, precedent.point)
}

/// Each maximum with the instruments under which it is at stake.
fn at_stake(penalties: &[Penalty]) -> String {
    let mut maxima: Vec<(&str, Vec<&str>)> = Vec::new();
    for penalty in penalties {
        match maxima.iter_mut().find(|(maximum, _)| *maximum == penalty.maximum) {
            Some((_, instruments)) => instruments.push(penalty.instrument),
            None => maxima.push((penalty.maximum, vec![penalty.instrument])),
        }
    }
    let told = maxima.iter().map(|(maximum, instruments)| format!("{maximum} ({})", instruments.join(", ")));
    told.collect::<Vec<_>>().join("; ")
}

/// On which reading alone the point is so, where lawyers differ on it.
fn on_a_reading(reading: Option<&str>) -> String {
    reading.map_or_else(String::new, |reading| format!(", on the {reading} reading"))
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
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, "\u{fffd}").into() } else { text.into() }
}

pub(super) fn heading(text: &mut String, heading: &str, rows: usize) -> std::fmt::Result {
    if rows == 0 { Ok(()) } else { writeln!(text, "\n{heading}:") }
}
