//! What the person asked for, as several provisions leave it alone in the same words: each names its own limbs.

use super::{
    outcome::{Limb, Limbs, Outcome, Seen, word},
    pecr,
};
use crate::{
    facts::{Facts, Request, Stop},
    terms::channel::Channel,
};

/// The limbs of a provision that is about unsolicited communications only.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The person asked the sender for it.
    pub(crate) asked_for: &'static Limb,
    /// It is what was asked for.
    pub(crate) scope: &'static Limb,
    /// The request is still open.
    pub(crate) open: &'static Limb,
    /// It is later than any objection.
    pub(crate) later: &'static Limb,
}

/// How such a provision comes out for a message that is said to answer a request.
pub(crate) fn evaluate<'a>(facts: &Facts<'a>, parts: &Parts) -> Outcome<'a> {
    let Some(request) = &facts.request else {
        let nothing = Seen::stated("request_made", "unknown");
        return Limbs::default()
            .told(parts.asked_for, None, nothing, "a `request_made` event of the `id` that `answers_request` names")
            .outcome(None);
    };
    let said = said(facts);
    let since = said.iter().filter_map(|stop| stop.standing_after(Some(&request.event))).max_by_key(|stop| stop.at);
    let seen = since.map_or(Seen::event("request_made", "stands", request.event), |stop| {
        Seen::event(stop.kind, "later than the request", stop)
    });
    // Against an objection, what was asked for must be known: a request for anything would lift it for everything.
    let known = request.names_topic || said.iter().all(|stop| stop.latest.is_none());
    limbs(request, parts)
        .require(parts.later, since.is_none(), seen)
        .told(
            parts.scope,
            (known || since.is_some()).then_some(true),
            Seen::event("request_made.topics", "unknown", request.event),
            "`topics` of the `request_made` event and the message's `topic`: what the person who had objected asked for",
        )
        .outcome(Some(request.event))
}

/// The same of a provision that puts it in two limbs: `asked` says that there is such a request, for this and not
/// answered yet, and `later` that the person has said nothing against it since.
pub(crate) fn in_two_limbs<'a>(facts: &Facts<'a>, asked: &'static Limb, later: &'static Limb) -> Outcome<'a> {
    let Some(request) = facts.request.as_ref().filter(|_| facts.answers_request) else {
        let nothing = Seen::stated("request_made", "unknown");
        let ask = "a `request_made` event of the `id` that `answers_request` names";
        let missing = Limbs::default().told(asked, None, nothing, ask).outcome(None);
        return if facts.answers_request { missing } else { Outcome::NotEngaged };
    };
    let said = said(facts);
    // Against an objection, what was asked for must be known: a request for anything would lift it for everything.
    let known = request.names_topic || said.iter().all(|stop| stop.latest.is_none());
    let this = match (answered(facts), request.covers_topic) {
        (Some(_), _) => known.then_some(true),
        (None, None) => None,
        (None, Some(_)) => Some(false),
    };
    let since = said.iter().filter_map(|stop| stop.standing_after(Some(&request.event))).max_by_key(|stop| stop.at);
    Limbs::default()
        .told(
            asked,
            this,
            Seen::event("request_made", word(this), request.event),
            "`topics` of the `request_made` event and the message's `topic`: what the person asked for",
        )
        .require_none(later, since)
        .outcome(Some(request.event))
}

/// The request that this message answers, if it is one that makes the message solicited.
pub(crate) fn answered<'a, 'f>(facts: &'f Facts<'a>) -> Option<&'f Request<'a>> {
    let solicits = |request: &&Request<'a>| limbs(request, &pecr::reg22_unsolicited::PARTS).outcome(None).is_met();
    facts.request.as_ref().filter(solicits)
}

/// What the person can have said against this message.
fn said<'a>(facts: &Facts<'a>) -> [Stop<'a>; 5] {
    let stops = &facts.stops;
    // Whoever took back a permission to be called spoke of calls.
    let calls = if facts.channel == Channel::LiveCall { facts.line.permission_withdrawn } else { Stop::default() };
    [stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal, calls]
}

fn limbs<'a>(request: &Request<'a>, parts: &Parts) -> Limbs<'a> {
    let seen = |fact, value| Seen::event(fact, value, request.event);
    let topic = request.covers_topic;
    let own = request.for_this_detail && !request.before_reassignment;
    let asked = if request.to_sender {
        seen("request_made.recipient", word(Some(own)))
    } else {
        seen("request_made.sender", "another party")
    };
    Limbs::default()
        .require(parts.asked_for, own && request.to_sender, asked)
        .require(parts.scope, request.covers_channel, seen("request_made.channels", word(Some(request.covers_channel))))
        .told(
            parts.scope,
            topic,
            seen("request_made.topics", word(topic)),
            "`topic`: the request is limited to topics, so the message must say its own",
        )
        .require(parts.open, !request.fulfilled, seen("request_fulfilled", word(Some(request.fulfilled))))
}
