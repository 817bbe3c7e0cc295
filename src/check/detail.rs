//! Every rule's outcome and every fact with its source, for whoever asks why.

use super::{
    answer::{Detail, FactTold, RuleOutcome},
    explain::{PROFILE, source},
    request::SendRequest,
    sentences::plain,
};
use crate::{
    facts::{EventRef, Facts},
    ledger::history::Standing,
    rules::{
        decide::Decision,
        outcome::{Outcome, word},
    },
};

/// Every rule's outcome and every fact.
pub(super) fn detail(decision: &Decision<'_>, request: &SendRequest, standing: &Standing<'_>) -> Detail {
    let rules = decision.outcomes.iter().map(|(rule, outcome)| {
        let (name, limbs) = match outcome {
            Outcome::NotEngaged => ("not_engaged", Vec::new()),
            Outcome::Met(_) => ("met", Vec::new()),
            Outcome::Failing(failures) if failures.iter().all(|failure| failure.ask.is_some()) => {
                ("unknown", failures.iter().map(|failure| failure.limb.id).collect())
            }
            Outcome::Failing(failures) => ("not_met", failures.iter().map(|failure| failure.limb.id).collect()),
        };
        RuleOutcome { rule: rule.id, outcome: name, limbs }
    });
    Detail { rules: rules.collect(), facts: facts(&decision.facts, request, standing) }
}

fn facts(facts: &Facts<'_>, request: &SendRequest, standing: &Standing<'_>) -> Vec<FactTold> {
    let message = &facts.message;
    let opt_out = message.opt_out.map_or("unknown", |opt_out| opt_out.as_str());
    let mut told = vec![
        stated("channel", facts.channel.as_str()),
        stated("purpose", facts.purpose.as_str()),
        stated("sender.kind", facts.sender_kind.as_str()),
        stated("promoted_party", if facts.promotes_another { "another" } else { "the sender's own" }),
        stated("message.opt_out", opt_out),
        stated("message.identifies_sender", word(message.identifies_sender)),
        stated("message.reply_address", word(message.reply_address)),
        stated("message.contains_promotion", word(message.contains_promotion)),
        stated("message.feeds_marketing", word(message.feeds_marketing)),
        stated("message.clearly_commercial", word(message.clearly_commercial)),
        stated("message.websites_comply", word(message.websites_comply)),
        stated("message.similar_to_collection", word(message.similar)),
        stated("message.sole_charitable_purpose", word(message.sole_charitable_purpose)),
        stated("message.special_category", word(message.special_category)),
        stated("recipient.vulnerable", word(facts.recipient.vulnerable)),
    ];
    let subscriber = standing.subscriber.filter(|(_, kind)| request.recipient.subscriber != Some(*kind));
    told.push(from("recipient.subscriber", facts.recipient.subscriber.as_str(), subscriber.map(|(event, _)| event)));
    let named = standing.named_person.filter(|_| request.recipient.named_person.is_none());
    told.push(from("recipient.named_person", word(facts.recipient.named_person), named.map(|(event, _)| event)));
    let aged = standing.age.filter(|_| request.recipient.age.is_none());
    let age = facts.recipient.age.map_or_else(|| "unknown".to_owned(), |age| age.to_string());
    told.push(from("recipient.age", &age, aged.map(|(event, _)| event)));
    let stops = &facts.stops;
    let events = [
        ("consent_given", facts.consent.map(|consent| consent.event)),
        ("details_collected", facts.collection.map(|collection| collection.event)),
        ("request_made", facts.request.map(|request| request.event)),
        ("objection_raised", stops.objection.latest),
        ("fundraising_preference", stops.fundraising_preference.latest),
        ("consent_withdrawn", stops.withdrawal.latest),
        ("details_refused", stops.refusal.latest),
        ("complaint_made", stops.complaint.latest),
        ("objection_raised.on_behalf_of", stops.company.latest),
    ];
    told.extend(events.into_iter().map(|(fact, event)| match event {
        Some(event) => from(fact, &format!("`{}` of {}", plain(event.id), event.at), Some(event)),
        None => FactTold { fact, value: "unknown".to_owned(), source: "nobody" },
    }));
    told.extend(house(facts));
    told
}

/// What the house rules say of the message; nothing, where none speaks of it.
fn house(facts: &Facts<'_>) -> Vec<FactTold> {
    let house = &facts.house;
    let mut told = Vec::new();
    if let Some(quiet) = house.quiet {
        told.push(from("house_rules.quiet_hours", if quiet { "within them" } else { "outside them" }, None));
    }
    if let Some(since) = house.consents_since {
        told.push(from("house_rules.longest_consent_age", &format!("consents since {since}"), None));
    }
    if let Some(limit) = house.limit {
        let value = format!("{} sent of {} in {} days", limit.made, limit.at_most, limit.in_days);
        told.push(from("house_rules.frequency", &value, None));
    }
    if house.blocks_topics {
        let value = match house.topic_blocked {
            Some(true) => "the topic is blocked",
            Some(false) => "the topic is not blocked",
            None => "unknown",
        };
        told.push(from("house_rules.blocked_topics", value, None));
    }
    if house.honours_registers_at_once {
        told.push(from("house_rules.honour_registers_at_once", "true", None));
    }
    told
}

fn stated(fact: &'static str, value: &str) -> FactTold {
    from(fact, value, None)
}

fn from(fact: &'static str, value: &str, event: Option<EventRef<'_>>) -> FactTold {
    let source = match event {
        Some(event) => source(&event),
        None if value == "unknown" => "nobody",
        None if fact.starts_with(PROFILE) => "profile",
        None => "request",
    };
    FactTold { fact, value: value.to_owned(), source }
}
