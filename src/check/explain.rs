//! The decision in words.

use jiff::Timestamp;

use super::{
    RestsOn,
    answer::{
        Alternative, Answer, Basis, Change, Citation, EventRef, FactSeen, Law, Need, Obligation, Penalty, Precedent,
        Provision, Quote, Reason, ReasonOutcome, Verdict, Warning, Wording,
    },
    sentences,
};
use crate::{
    clock,
    facts::{self, Facts},
    message::published::published,
    rules::{
        self, citation, decide,
        outcome::Seen,
        penalty, precedents,
        would_allow::{Alternatives, Changed},
    },
};

/// How the names of those facts begin that stand in a sender's profile.
pub(super) const PROFILE: &str = "house_rules.";

/// The source of what nobody stated and the message itself shows.
pub(super) const MESSAGE: &str = "message";

/// The answer to a request.
pub(super) fn answer(decision: &decide::Decision<'_>, rests_on: &RestsOn<'_, '_>, now: Timestamp) -> Answer {
    let basis = decision.basis.map(|(basis, rule, event)| Basis {
        kind: basis.as_str(),
        says: rule.statement,
        rule: rule.id,
        event: event.map(event_ref),
    });
    let of_a_deny = !decision.allow;
    let alternatives = of_a_deny.then(|| Alternatives::to(decision));
    let asks = alternatives.iter().flat_map(|alternatives| alternatives.asks(decision));
    let penalties = if of_a_deny { penalty::at_stake(&decision.reasons, decision.facts.as_of) } else { Vec::new() };
    let reasons = decision.reasons.iter().map(|it| {
        let precedents = if of_a_deny { precedents::beside(it, &decision.facts) } else { Vec::new() };
        Reason { precedents: precedents.into_iter().map(Precedent::from).collect(), ..reason(it, &decision.facts) }
    });
    Answer {
        decision: if decision.allow { Verdict::Allow } else { Verdict::Deny },
        decision_id: clock::new_id(now),
        basis,
        reasons: reasons.collect(),
        needs: asks.filter_map(need).collect(),
        would_allow_if: alternatives.iter().flat_map(|found| &found.sets).map(|set| alternative(set)).collect(),
        penalties: penalties.into_iter().map(Penalty::from).collect(),
        obligations: decision.obligations.iter().map(|duty| obligation(duty)).collect(),
        warnings: warnings(decision, rests_on),
        wording: rests_on.reading.map(Wording::of),
        law: Law { rulebook: rules::RULEBOOK, as_of: decision.facts.as_of, policy: decision.facts.profile.as_str() },
        revision: rests_on.revision.to_string(),
        data_age_ms: 0,
        detail: None,
    }
}

fn reason(reason: &decide::Reason<'_>, facts: &Facts<'_>) -> Reason {
    Reason {
        rule: reason.rule.id,
        limb: reason.limb.id,
        outcome: ReasonOutcome::of(reason),
        level: reason.rule.level.as_str(),
        because: because(reason),
        facts: reason.seen.iter().map(|seen| fact_seen(seen, facts)).collect(),
        quote: quote(reason),
        citation: cite(reason.rule.citation),
        in_force_from: reason.rule.in_force.from.to_string(),
        precedents: Vec::new(),
        reading: (!reason.met && reason.rule.differs).then(|| facts.profile.as_str()),
    }
}

fn because(reason: &decide::Reason<'_>) -> String {
    let said = match (reason.met, reason.ask) {
        (true, _) => reason.limb.holds.to_owned(),
        (false, None) => reason.limb.fails.to_owned(),
        (false, Some(_)) => format!("nobody has told us that {}", reason.limb.holds),
    };
    if let Some(Quote { words, family, .. }) = quote(reason) {
        return format!("{said}: “{words}” ({})", published(family).authority);
    }
    match reason.seen.and_then(|seen| seen.event) {
        Some(event) => format!("{said} ({} `{}` of {})", event.kind, sentences::plain(event.id), event.at),
        None => said,
    }
}

/// The words of the message that a reason rests on.
fn quote(reason: &decide::Reason<'_>) -> Option<Quote> {
    reason.seen.and_then(|seen| seen.wording).map(Quote::of)
}

fn need(reason: &decide::Reason<'_>) -> Option<Need> {
    let fact = reason.seen.map_or("", |seen| seen.fact);
    reason.ask.map(|ask| Need { fact, ask, rule: reason.rule.id, limb: reason.limb.id })
}

fn fact_seen(seen: &Seen<'_>, facts: &Facts<'_>) -> FactSeen {
    let shows = facts.content.shows;
    let in_message = match seen.fact {
        "message.opt_out" => shows.opt_out,
        "message.identifies_sender" => shows.identifies_sender,
        "message.reply_address" => shows.reply_address,
        fact => seen.wording.is_some_and(|wording| wording.place.fact == fact),
    };
    let stated = match seen.fact {
        _ if in_message => MESSAGE,
        fact if fact.starts_with(PROFILE) => "profile",
        _ => "request",
    };
    let source = seen.event.as_ref().map_or(stated, source);
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

fn warnings(decision: &decide::Decision<'_>, rests_on: &RestsOn<'_, '_>) -> Vec<Warning> {
    let of_rules = decision.warnings.iter().map(|warning| {
        let later = warning.rule.in_force.from > decision.facts.as_of;
        let says = if later {
            format!("this would be met under the law in force from {}", warning.rule.in_force.from)
        } else {
            because(warning)
        };
        let reading = (warning.rule.differs && !later).then(|| decision.facts.profile.as_str());
        Warning {
            code: warning.rule.id,
            says,
            quote: quote(warning),
            citation: Some(cite(warning.rule.citation)),
            reading,
        }
    });
    let plain = |code, says: &str| Warning { code, says: says.to_owned(), quote: None, citation: None, reading: None };
    let mut unread: Vec<_> = rests_on.reading.iter().flat_map(|it| &it.unread).map(|unread| unread.reason).collect();
    unread.sort_unstable();
    unread.dedup();
    let unread = unread.into_iter().map(|reason| plain("message_not_read", reason.says()));
    let nothing_recorded =
        rests_on.parties.recorded().next().is_none().then(|| {
            plain("no_ledger", "no party is registered: nothing on record was consulted, only what was given")
        });
    let ahead = rests_on.standing.ahead.map(|event| {
        let says = format!(
            "an event lies in the future and does not count before its time ({} `{}` of {}): check the clock that wrote \
             it, and this one",
            event.kind,
            sentences::plain(event.id),
            event.at
        );
        plain("event_in_future", &says)
    });
    let rests_on_given = decision.basis.and_then(|(_, _, event)| event).filter(|event| event.given).map(|_| {
        plain(
            "callers_word",
            "the answer rests on an event given with this check: the caller's own word, not the ledger",
        )
    });
    of_rules.chain(unread).chain(nothing_recorded).chain(ahead).chain(rests_on_given).collect()
}
