//! What the decision log is given of a decision.

use uuid::Uuid;

use super::{
    Asked, RestsOn,
    answer::Answer,
    consulted::Records,
    dossier::{self, Dossier},
    request::SendRequest,
};
use crate::{
    decisions::{Draft, Rules},
    rules::decide::Decision,
};

/// What is to be kept of a decision that was just made.
pub(super) fn draft(
    request: &SendRequest,
    records: &Records<'_>,
    decision: &Decision<'_>,
    rests_on: &RestsOn<'_, '_>,
    answer: &Answer,
    asked: &Asked<'_>,
) -> Draft {
    let dossier = Dossier::of(decision, rests_on, answer, asked);
    let rules = rules(decision, &dossier);
    of(request, records, answer.decision_id, rests_on, decision.allow, rules, dossier.write())
}

/// The same, by its parts.
pub(super) fn of(
    request: &SendRequest,
    records: &Records<'_>,
    id: Uuid,
    rests_on: &RestsOn<'_, '_>,
    allow: bool,
    rules: Rules,
    body: Vec<u8>,
) -> Draft {
    Draft {
        id,
        at: rests_on.now,
        sender: rests_on.parties.sender.id.clone(),
        campaign: request.campaign.as_ref().map(|campaign| campaign.0.as_str().into()),
        parent: None,
        allow,
        rules,
        keys: records.keys(),
        body,
    }
}

/// Of a deny the rules that fail, of an allow those that hold: what makes the message marketing refuses nothing.
pub(super) fn rules(decision: &Decision<'_>, dossier: &Dossier<'_>) -> Rules {
    let turned = decision.reasons.iter().zip(&dossier.reasons).filter(|(reason, _)| reason.met == decision.allow);
    let mut rules: Rules = turned.map(|(_, reason)| reason.rule).collect();
    rules.dedup();
    rules
}

/// The request, but for its id where that shows the person: callers may choose it, and what holds one of the person's
/// contact details is not kept.
pub(super) fn without_the_person<'a>(asked: Asked<'a>, request: &SendRequest) -> Asked<'a> {
    let shows = |id: &&str| dossier::uuid(id).is_none() && request.recipient.appears_in(id);
    Asked { request_id: asked.request_id.filter(|id| !shows(id)), ..asked }
}
