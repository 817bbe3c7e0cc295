//! A decision of the log in sentences, for a person at a terminal.

use std::fmt::{Result, Write as _};

use super::{DecisionRecord, LoggedEvent, PersonLink};
use crate::check::{
    answer::{ReasonOutcome, Verdict},
    sentences::{heading, plain},
};

/// Tells the decision in sentences.
#[must_use]
pub fn tell(decision: &DecisionRecord) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, decision);
    text
}

fn write(text: &mut String, decision: &DecisionRecord) -> Result {
    let verdict = match decision.decision {
        Verdict::Allow => "ALLOW: this message was allowed.",
        Verdict::Deny => "DENY: this message was not to be sent.",
    };
    writeln!(text, "{verdict}")?;
    let sender = decision.sender.as_deref().unwrap_or("a sender that was not registered");
    writeln!(text, "By {} for {}, from {sender}.", decision.channel, decision.purpose)?;
    if let Some(campaign) = &decision.campaign {
        writeln!(text, "Campaign: {}.", plain(campaign))?;
    }
    if let Some(basis) = &decision.basis {
        let event = basis.event.as_ref().map_or_else(String::new, |event| format!(", proved by {}", named(event)));
        writeln!(text, "It rested on {}{event} [{}].", basis.kind.replace('_', " "), basis.rule)?;
    }
    heading(text, "Because", decision.reasons.len())?;
    for reason in &decision.reasons {
        let mark = match reason.outcome {
            ReasonOutcome::Met => "+",
            ReasonOutcome::NotMet => "-",
            ReasonOutcome::Unknown => "?",
        };
        let says = reason.statement.unwrap_or("This program does not have that version of the rule.");
        let cited = reason.citation.map_or_else(String::new, |it| format!("{} {}, ", it.instrument, it.provision));
        writeln!(text, "  {mark} {says}\n      {cited}limb {} [{}]", reason.limb, reason.rule)?;
    }
    heading(text, "The sender was to", decision.obligations.len())?;
    decision.obligations.iter().try_for_each(|duty| writeln!(text, "  * {}", duty.replace('_', " ")))?;
    heading(text, "Warnings", decision.warnings.len())?;
    decision.warnings.iter().try_for_each(|warning| writeln!(text, "  ! {warning}"))?;
    heading(text, "Every rule in force", decision.rules.len())?;
    for rule in &decision.rules {
        let came_out = format!("{} {}", rule.outcome.replace('_', " "), rule.limbs.join(", "));
        writeln!(text, "  {:<40} {}", rule.rule, came_out.trim_end())?;
    }
    heading(text, "Every fact", decision.facts.len())?;
    for fact in &decision.facts {
        writeln!(text, "  {:<40} {} ({})", fact.fact, fact.value, fact.source)?;
    }
    end(text, decision)
}

fn end(text: &mut String, decision: &DecisionRecord) -> Result {
    let DecisionRecord { law, revision, decision_id, at, proof, .. } = decision;
    match decision.person {
        PersonLink::Linked => {}
        PersonLink::Erased => writeln!(text, "\nThe link to the person was erased.")?,
        PersonLink::Nobody => writeln!(text, "\nThe message was directed to nobody in particular.")?,
    }
    writeln!(
        text,
        "\nLaw of {}, rulebook {}, {} reading. Ledger {revision}. Decision {decision_id} of {at}, number {} of the log.",
        law.as_of, law.rulebook, law.policy, proof.number
    )
}

fn named(event: &LoggedEvent) -> String {
    match &event.id {
        Some(id) => format!("{} `{}` of {}", event.kind, plain(id), event.occurred_at),
        None => format!("{} of {}", event.kind, event.occurred_at),
    }
}
