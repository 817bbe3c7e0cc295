//! The decision in words.

use jiff::Timestamp;

use super::{
    answer::{
        Alternative, Answer, Basis, Change, Citation, EventRef, FactSeen, Law, Need, Obligation, Provision, Reason,
        ReasonOutcome, Verdict, Warning,
    },
    parties::Parties,
    request::SendRequest,
    sentences,
};
use crate::{
    clock, facts,
    rules::{
        self, citation, decide,
        outcome::Seen,
        would_allow::{Alternatives, Changed},
    },
    store::Revision,
};

/// The answer to a request.
pub(super) fn answer(
    decision: &decide::Decision<'_>,
    request: &SendRequest,
    parties: &Parties<'_>,
    revision: Revision,
    now: Timestamp,
) -> Answer {
    let basis = decision.basis.map(|(basis, rule, event)| Basis {
        kind: basis.as_str(),
        says: rule.statement,
        rule: rule.id,
        event: event.map(event_ref),
    });
    let alternatives = (!decision.allow).then(|| Alternatives::to(decision));
    let asks = alternatives.iter().flat_map(|alternatives| alternatives.asks(decision));
    Answer {
        decision: if decision.allow { Verdict::Allow } else { Verdict::Deny },
        decision_id: clock::new_id(now),
        basis,
        reasons: decision.reasons.iter().map(reason).collect(),
        needs: asks.filter_map(need).collect(),
        would_allow_if: alternatives.iter().flat_map(|found| &found.sets).map(|set| alternative(set)).collect(),
        obligations: decision.obligations.iter().map(|duty| obligation(duty)).collect(),
        warnings: warnings(decision, request, parties),
        law: Law { rulebook: rules::RULEBOOK, as_of: decision.facts.as_of, policy: decision.facts.profile.as_str() },
        revision: revision.to_string(),
        data_age_ms: 0,
        detail: None,
    }
}

fn reason(reason: &decide::Reason<'_>) -> Reason {
    let outcome = match (reason.met, reason.ask) {
        (true, _) => ReasonOutcome::Met,
        (false, None) => ReasonOutcome::NotMet,
        (false, Some(_)) => ReasonOutcome::Unknown,
    };
    Reason {
        rule: reason.rule.id,
        limb: reason.limb.id,
        outcome,
        level: reason.rule.level.as_str(),
        because: because(reason),
        facts: reason.seen.iter().map(fact_seen).collect(),
        citation: cite(reason.rule.citation),
        in_force_from: reason.rule.in_force.from.to_string(),
    }
}

fn because(reason: &decide::Reason<'_>) -> String {
    let said = match (reason.met, reason.ask) {
        (true, _) => reason.limb.holds.to_owned(),
        (false, None) => reason.limb.fails.to_owned(),
        (false, Some(_)) => format!("nobody has told us that {}", reason.limb.holds),
    };
    match reason.seen.and_then(|seen| seen.event) {
        Some(event) => format!("{said} ({} `{}` of {})", event.kind, sentences::plain(event.id), event.at),
        None => said,
    }
}

fn need(reason: &decide::Reason<'_>) -> Option<Need> {
    let fact = reason.seen.map_or("", |seen| seen.fact);
    reason.ask.map(|ask| Need { fact, ask, rule: reason.rule.id, limb: reason.limb.id })
}

fn fact_seen(seen: &Seen<'_>) -> FactSeen {
    let source = seen.event.as_ref().map_or("request", source);
    FactSeen { fact: seen.fact, value: seen.value, source, event: seen.event.map(event_ref) }
}

pub(super) fn event_ref(event: facts::EventRef<'_>) -> EventRef {
    EventRef { id: event.id.to_owned(), kind: event.kind, occurred_at: event.at.to_string(), source: source(&event) }
}

pub(super) const fn source(event: &facts::EventRef<'_>) -> &'static str {
    if event.given { "given" } else { "ledger" }
}

pub(super) const fn cite(citation: citation::Citation) -> Citation {
    let citation::Citation { instrument, provision, url } = citation;
    Citation { instrument, provision, url }
}

fn alternative(changes: &[Changed<'_>]) -> Alternative {
    let provision =
        |(rule, limb): &decide::Provision| Provision { rule: rule.id, limb: limb.id, citation: cite(rule.citation) };
    let change = |changed: &Changed<'_>| Change {
        fact: changed.change.fact,
        says: changed.change.says,
        event: changed.event.map(event_ref),
        satisfies: changed.satisfies.iter().map(provision).collect(),
    };
    Alternative { changes: changes.iter().map(change).collect() }
}

fn obligation(duty: &rules::obligations::Obligation) -> Obligation {
    Obligation { code: duty.code, says: duty.says, citation: cite(duty.citation) }
}

fn warnings(decision: &decide::Decision<'_>, request: &SendRequest, parties: &Parties<'_>) -> Vec<Warning> {
    let of_rules = decision.warnings.iter().map(|warning| {
        let says = if warning.met {
            format!("this would be met under the law in force from {}", warning.rule.in_force.from)
        } else {
            because(warning)
        };
        Warning { code: warning.rule.id, says, citation: Some(cite(warning.rule.citation)) }
    });
    let plain = |code, says: &str| Warning { code, says: says.to_owned(), citation: None };
    let message = &request.message;
    let has_text = message.subject.is_some() || message.text.is_some() || message.html.is_some();
    let unread = (has_text || !message.headers.is_empty())
        .then(|| plain("message_not_read", "the text was not read: what the message says is taken as declared"));
    let nothing_recorded =
        parties.recorded().next().is_none().then(|| {
            plain("no_ledger", "no party is registered: nothing on record was consulted, only what was given")
        });
    let rests_on_given = decision.basis.and_then(|(_, _, event)| event).filter(|event| event.given).map(|_| {
        plain(
            "callers_word",
            "the answer rests on an event given with this check: the caller's own word, not the ledger",
        )
    });
    of_rules.chain(unread).chain(nothing_recorded).chain(rests_on_given).collect()
}
