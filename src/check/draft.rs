//! What the decision log is given of a decision.

use super::{
    Asked, RestsOn,
    answer::Answer,
    dossier::{self, Dossier},
    request::{Party, SendRequest},
};
use crate::{
    decisions::{Draft, Rules},
    rules::decide::Decision,
};

/// What is to be kept of a decision that was just made.
pub(super) fn draft(
    request: &SendRequest,
    decision: &Decision<'_>,
    rests_on: &RestsOn<'_>,
    answer: &Answer,
    asked: Asked<'_>,
) -> Draft {
    let asked = Asked { request_id: asked.request_id.filter(|id| !shows_the_person(id, request)), ..asked };
    let dossier = Dossier::of(decision, rests_on, answer, &asked);
    // Of a deny the rules that fail, of an allow those that hold: what makes the message marketing refuses nothing.
    let turned = decision.reasons.iter().zip(&dossier.reasons).filter(|(reason, _)| reason.met == decision.allow);
    let mut rules: Rules = turned.map(|(_, reason)| reason.rule).collect();
    rules.dedup();
    Draft {
        id: answer.decision_id,
        at: rests_on.now,
        sender: match &request.sender {
            Party::Registered(id) => Some(id.0.as_str().into()),
            Party::Inline(_) => None,
        },
        campaign: request.campaign.as_ref().map(|campaign| campaign.0.as_str().into()),
        parent: None,
        allow: decision.allow,
        rules,
        keys: rests_on.records.keys(),
        body: dossier.write(),
    }
}

/// Whether the id of a request, which a caller may choose, holds a contact detail of the person: then it is not kept.
fn shows_the_person(id: &str, request: &SendRequest) -> bool {
    dossier::uuid(id).is_none() && request.recipient.contact_details().appear_in(id)
}
