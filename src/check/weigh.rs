//! One check from its request to its decision.

use std::{cell::OnceCell, sync::Arc};

use super::{
    Asked, CheckError, Context, RestsOn, When,
    answer::Answer,
    consulted::Records,
    detail,
    dossier::{self, Sources},
    draft, explain, gather, house,
    kind::{Filling, Key, Kind, Measure, Person},
    memory::{Kinds, Memory, Profiles},
    posed::Posed,
    request::SendRequest,
    told::{Told, Written},
};
use crate::{
    clock,
    decisions::Draft,
    facts::{EventRef, Facts},
    rules::decide::{self, Decision},
    store::{Revision, View},
};

/// A request with everything that decides it.
pub(super) struct Weighed<'w, 'a> {
    request: &'w SendRequest,
    records: &'w Records<'w>,
    facts: Facts<'a>,
    rests_on: RestsOn<'w, 'a>,
    decision: OnceCell<Decision<'a>>,
}

/// Gathers what decides the request, and hands it on.
pub(super) fn decided<T>(
    request: &SendRequest,
    view: &dyn View,
    context: Context<'_>,
    profiles: Option<&Profiles>,
    tell: impl FnOnce(&Weighed<'_, '_>) -> T,
) -> Result<T, CheckError> {
    let when = When::of(request.as_of, context.now)?;
    let revision = view.applied()?;
    reaches(request, revision)?;
    if request.campaign.as_ref().is_some_and(|campaign| request.recipient.appears_in(&campaign.0)) {
        return Err(CheckError::DetailInText { pointer: "/campaign" });
    }
    let reached = gather::Reached::of(request, &request.recipient)?;
    let posed = Posed::of(request, view, context.identity, profiles)?;
    let records = Records::of(&reached, &posed.parties, context.identity);
    let words = posed.words();
    let message = posed.facts(request, &when, posed.content(request, &words));
    let given = gather::given(request, &reached, &posed.parties, context.identity)?;
    let question = posed.question(request, &when);
    let standing = gather::standing(&records, &question, &given, view, None)?;
    let measure = house::Measure {
        request,
        reached: &reached,
        parties: &posed.parties,
        when: &when,
        given: &given,
        view,
        identity: context.identity,
    };
    let facts = gather::about(&message, &request.recipient, &standing, house::house(measure)?);
    let rests_on = RestsOn {
        now: context.now,
        live: when.live,
        sources: Sources::of(&request.recipient, &standing),
        standing: &standing,
        parties: &posed.parties,
        reading: posed.reading.as_ref(),
        revision,
    };
    Ok(tell(&Weighed { request, records: &records, facts, rests_on, decision: OnceCell::new() }))
}

/// Whether the ledger has come as far as the request asks.
pub(super) fn reaches(request: &SendRequest, revision: Revision) -> Result<(), CheckError> {
    let Some(token) = &request.at_least else { return Ok(()) };
    let asked: Revision = token.parse().map_err(|_| CheckError::NotARevision)?;
    if asked > revision { Err(CheckError::Stale { applied: revision }) } else { Ok(()) }
}

impl<'a> Weighed<'_, 'a> {
    /// The decision.
    pub(super) fn decision(&self) -> &Decision<'a> {
        let standing = self.rests_on.standing;
        self.decision.get_or_init(|| decide::decide(&self.facts, &standing.consents, &standing.collections))
    }

    /// The answer.
    pub(super) fn answer(&self, full: bool) -> Answer {
        let decision = self.decision();
        let mut answer = explain::answer(decision, &self.rests_on, self.rests_on.now);
        if full {
            answer.detail = Some(detail::detail(decision, &self.rests_on.sources));
        }
        answer
    }

    /// The answer, and what the decision log is to keep.
    pub(super) fn answer_on_record(&self, full: bool, asked: Asked<'_>) -> (Answer, Draft) {
        let answer = self.answer(full);
        let asked = draft::without_the_person(asked, self.request);
        let draft = draft::draft(self.request, self.records, self.decision(), &self.rests_on, &answer, &asked);
        (answer, draft)
    }

    /// The same in writing, remembered for others of the kind.
    pub(super) fn written(&self, full: bool, asked: Asked<'_>, memory: &Memory) -> (Told, Draft) {
        let mut events = Vec::new();
        let tell = |answer: Answer| (serde_json::to_string(&answer).unwrap_or_default(), ());
        match if full { None } else { self.kind(&memory.kinds, &mut events, tell) } {
            Some(kind) => {
                let mut json = Vec::with_capacity(kind.size() + 256);
                let (draft, warnings_at) = self.of_kind(&kind, &events, asked, &mut json);
                (Told::Written(Written { allow: kind.allow, json, warnings_at }), draft)
            }
            None => {
                let (answer, draft) = self.answer_on_record(full, asked);
                (Told::Whole(Box::new(answer)), draft)
            }
        }
    }

    /// The kind of the person; none, where the message itself was read, or the caller gave events of its own.
    pub(super) fn kind<T>(
        &self,
        kinds: &Kinds<T>,
        events: &mut Vec<EventRef<'a>>,
        tell: impl FnOnce(Answer) -> (String, T),
    ) -> Option<Arc<Kind<T>>> {
        let RestsOn { sources, standing, parties, reading, live, .. } = &self.rests_on;
        if reading.is_some() || !self.request.given.is_empty() {
            return None;
        }
        let mut bytes = Vec::with_capacity(256);
        bytes.extend([*live, parties.recorded().next().is_some()].map(u8::from));
        let mut key = Key { bytes: &mut bytes, events };
        key.message(&self.facts);
        let measure = Measure::of(&self.facts);
        let person = Person { recipient: self.facts.recipient, standing, house: &self.facts.house, sources };
        if !key.person(&person, &measure) {
            return None;
        }
        kinds.get_or(&bytes, || Kind::of(&self.facts, &self.rests_on, events, tell))
    }

    /// Writes the answer to a person of the kind. What the decision log is to keep, and where further warnings go.
    pub(super) fn of_kind<T>(
        &self,
        kind: &Kind<T>,
        events: &[EventRef<'a>],
        asked: Asked<'_>,
        json: &mut Vec<u8>,
    ) -> (Draft, usize) {
        let RestsOn { now, revision, .. } = self.rests_on;
        let decision_id = clock::new_id(now);
        let filling = Filling { events, decision_id, revision: revision.0, now: self.facts.at };
        let warnings_at = kind.answer(&filling, json).unwrap_or_default();
        let asked = draft::without_the_person(asked, self.request);
        let body = kind.dossier(&filling, &dossier::end(&asked, asked.took_us()));
        let rules = kind.rules.clone();
        let draft = draft::of(self.request, self.records, decision_id, &self.rests_on, kind.allow, rules, body);
        (draft, warnings_at)
    }
}
