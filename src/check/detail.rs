//! Every rule's outcome and every fact with its source, for whoever asks why.

use super::{
    answer::{Detail, FactTold, RuleOutcome},
    dossier::Sources,
    explain::{MESSAGE, PROFILE, source},
    sentences::plain,
};
use crate::{
    facts::{Content, EventRef, Facts, Wording},
    rules::{
        decide::Decision,
        outcome::{Outcome, word},
    },
    terms::{channel::Channel, register::Register},
};

/// A fact as it is told.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) fact: &'static str,
    pub(super) value: String,
    pub(super) source: &'static str,
    /// The event that it stands in.
    pub(super) event: Option<EventRef<'a>>,
}

/// The caller's id of an event, where it is known.
pub(super) type Name<'n> = &'n dyn Fn(&EventRef<'_>) -> Option<String>;

/// Every rule's outcome and every fact.
pub(super) fn detail(decision: &Decision<'_>, sources: &Sources<'_>) -> Detail {
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
    let facts = facts(&decision.facts, sources, &|event| Some(event.id.to_owned())).into_iter();
    let facts = facts.map(|Told { fact, value, source, .. }| FactTold { fact, value, source });
    Detail { rules: rules.collect(), facts: facts.collect() }
}

/// Every fact with its source.
pub(super) fn facts<'a>(facts: &Facts<'a>, sources: &Sources<'a>, name: Name<'_>) -> Vec<Told<'a>> {
    let (message, content) = (&facts.message, &facts.content);
    let opt_out = message.opt_out.map_or("unknown", |opt_out| opt_out.as_str());
    let mut told = vec![
        stated("channel", facts.channel.as_str()),
        stated("purpose", facts.purpose.as_str()),
        stated("sender.kind", facts.sender_kind.as_str()),
        stated("audience", facts.audience.map_or("unknown", |audience| audience.as_str())),
        stated("lawful_basis", facts.basis.kind.map_or("unknown", |basis| basis.as_str())),
        stated("assessment", if facts.basis.assessed { "on record" } else { "unknown" }),
        stated("promoted_party", if facts.promotes_another { "another" } else { "the sender's own" }),
        shown("message.opt_out", opt_out, content.shows.opt_out),
        shown("message.identifies_sender", word(message.identifies_sender), content.shows.identifies_sender),
        shown("message.reply_address", word(message.reply_address), content.shows.reply_address),
        stated("message.contains_promotion", word(message.contains_promotion)),
        stated("message.feeds_marketing", word(message.feeds_marketing)),
        stated("message.clearly_commercial", word(message.clearly_commercial)),
        stated("message.websites_comply", word(message.websites_comply)),
        stated("message.similar_to_collection", word(message.similar)),
        stated("message.sole_charitable_purpose", word(message.sole_charitable_purpose)),
        stated("message.special_category", word(message.special_category)),
        stated("message.privacy_information", word(message.privacy_information)),
        stated("message.right_to_object_told", word(message.right_to_object_told)),
        stated("reached", word(facts.reached)),
        stated("recipient.vulnerable", word(facts.recipient.vulnerable)),
    ];
    told.extend(words(content));
    told.extend(of_a_call(facts));
    told.push(from("recipient.subscriber", facts.recipient.subscriber.as_str(), sources.subscriber));
    told.push(from("recipient.named_person", word(facts.recipient.named_person), sources.named_person));
    let age = facts.recipient.age.map_or_else(|| "unknown".to_owned(), |age| age.to_string());
    told.push(from("recipient.age", &age, sources.age));
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
        ("register_listed.mps", facts.line.mps.listed.map(|listed| listed.event)),
        ("register_screened.mps", facts.line.mps.absent),
    ];
    told.extend(events.into_iter().map(|(fact, event)| happened(fact, event, name)));
    told.extend(of_the_line(facts, name));
    told.extend(house(facts));
    told
}

/// What was found in the words of the message.
fn words<'a>(content: &Content<'_>) -> Vec<Told<'a>> {
    let found = content.strongest.into_iter().flatten().chain(content.review);
    let told = found.map(|wording| {
        let Wording { kind, family, strength, .. } = wording;
        shown(wording.place.fact, &format!("{kind}: {family}, {strength}"), true)
    });
    told.collect()
}

/// What the call or the fax presents.
fn of_a_call<'a>(facts: &Facts<'_>) -> Vec<Told<'a>> {
    if !is_by_telephone(facts) {
        return Vec::new();
    }
    let call = &facts.call;
    vec![
        stated("matter", facts.matter.map_or("unknown", |matter| matter.as_str())),
        stated("sender.fca_authorisation", word(facts.caller.authorised)),
        stated("call.presents_cli", word(call.presents_cli)),
        stated("call.names_caller", word(call.names_caller)),
        stated("call.address_or_freephone", word(call.address_or_freephone)),
        stated("call.offers_opt_out", word(call.offers_opt_out)),
        stated("call.client_would_expect", word(call.client_would_expect)),
    ]
}

/// What is known of the line: what the registers that matter say of it, and what its subscriber has told the caller.
fn of_the_line<'a>(facts: &Facts<'a>, name: Name<'_>) -> Vec<Told<'a>> {
    let line = &facts.line;
    let mut told = Vec::new();
    for register in facts.channel.registers() {
        let (listing, [listed, screened]) = match register {
            Register::Tps => (&line.tps, ["register_listed.tps", "register_screened.tps"]),
            Register::Ctps => (&line.ctps, ["register_listed.ctps", "register_screened.ctps"]),
            Register::FaxRegister => (&line.fax, ["register_listed.fax_register", "register_screened.fax_register"]),
            Register::Mps => (&line.mps, ["register_listed.mps", "register_screened.mps"]),
            // A request through it is told among the objections.
            Register::FundraisingPreference => continue,
        };
        told.push(happened(listed, listing.listed.map(|listed| listed.event), name));
        told.push(happened(screened, listing.absent, name));
    }
    if is_by_telephone(facts) {
        let relationship = line.relationship.as_ref();
        told.push(happened("call_permission_given", line.permission, name));
        told.push(happened("call_permission_withdrawn", line.permission_withdrawn.latest, name));
        told.push(happened("client_relationship_started", relationship.map(|it| it.event), name));
        told.push(happened("client_relationship_ended", relationship.and_then(|it| it.ended), name));
    }
    told
}

fn is_by_telephone(facts: &Facts<'_>) -> bool {
    matches!(facts.channel, Channel::LiveCall | Channel::AutomatedCall | Channel::Fax)
}

fn happened<'a>(fact: &'static str, event: Option<EventRef<'a>>, name: Name<'_>) -> Told<'a> {
    let value = event.map(|event| match name(&event) {
        Some(id) => format!("`{}` of {}", plain(&id), event.at),
        None => format!("{} of {}", event.kind, event.at),
    });
    from(fact, value.as_deref().unwrap_or("unknown"), event)
}

/// What the house rules say of the message; nothing, where none speaks of it.
fn house<'a>(facts: &Facts<'_>) -> Vec<Told<'a>> {
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

/// A fact of the message that may have been found in it.
fn shown<'a>(fact: &'static str, value: &str, in_message: bool) -> Told<'a> {
    let stated = stated(fact, value);
    if in_message { Told { source: MESSAGE, ..stated } } else { stated }
}

fn stated<'a>(fact: &'static str, value: &str) -> Told<'a> {
    from(fact, value, None)
}

fn from<'a>(fact: &'static str, value: &str, event: Option<EventRef<'a>>) -> Told<'a> {
    let source = match event {
        Some(event) => source(&event),
        None if value == "unknown" => "nobody",
        None if fact.starts_with(PROFILE) => "profile",
        None => "request",
    };
    Told { fact, value: value.to_owned(), source, event }
}
