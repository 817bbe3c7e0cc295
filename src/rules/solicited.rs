//! What a person asked for: the test of it where a provision puts it in two limbs.

use super::{
    outcome::{Limb, Limbs, Outcome, Seen, word},
    pecr::reg22_unsolicited::answered,
};
use crate::facts::Facts;

/// How a provision comes out that makes way for what the person asked for: `asked` says that there is such a request,
/// for this and not answered yet, and `later` that the person has said nothing against it since.
pub(crate) fn evaluate<'a>(facts: &Facts<'a>, asked: &'static Limb, later: &'static Limb) -> Outcome<'a> {
    if !facts.answers_request {
        return Outcome::NotEngaged;
    }
    let Some(request) = &facts.request else {
        let nothing = Seen::stated("request_made", "unknown");
        let ask = "a `request_made` event of the `id` that `answers_request` names";
        return Limbs::default().told(asked, None, nothing, ask).outcome(None);
    };
    let stops = &facts.stops;
    let said = [stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal];
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
