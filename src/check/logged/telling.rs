//! From what the log keeps to what is told.

use super::{
    DecisionRecord, DecisionSummary, LoggedBasis, LoggedEvent, LoggedFact, LoggedLaw, LoggedProof, LoggedReason,
    LoggedRule, PersonLink,
};
use crate::{
    check::{
        answer::Verdict,
        detail::{self, Told},
        dossier::{Came, Dossier, Unreadable},
        explain::{cite, source},
    },
    decisions::{Book, BookRule, Kept},
    facts::EventRef,
    ledger::record::Record,
    rules,
    store::{Revision, View},
};

impl DecisionSummary {
    /// A decision in short.
    #[must_use]
    pub fn of(kept: &Kept) -> Self {
        let decision = &kept.decision;
        let dossier = Dossier::read(&decision.body).ok();
        let facts = dossier.as_ref().map(Dossier::facts);
        Self {
            decision_id: decision.id,
            at: decision.at,
            sender: decision.sender.as_deref().map(str::to_owned),
            campaign: decision.campaign.as_deref().map(str::to_owned),
            decision: verdict(kept),
            channel: facts.map(|facts| facts.channel),
            purpose: facts.map(|facts| facts.purpose),
            rules: decision.rules.iter().map(|place| id(&kept.book, *place)).collect(),
            person: person(kept),
        }
    }
}

impl DecisionRecord {
    /// A decision in full. `name` gives the caller's id of an event, where the ledger still has it.
    ///
    /// # Errors
    /// [`Unreadable`], if what it rested on cannot be read.
    pub fn of(kept: &Kept, name: &dyn Fn(&EventRef<'_>) -> Option<String>) -> Result<Self, Unreadable> {
        let (decision, book) = (&kept.decision, &kept.book);
        let dossier = Dossier::read(&decision.body)?;
        let facts = dossier.facts();
        let told = detail::facts(&facts, &dossier.sources, name);
        let fact = |Told { fact, value, source, event }: Told<'_>| LoggedFact {
            fact,
            value,
            source,
            event: event.map(|event| LoggedEvent::of(&event, name)),
        };
        let warned = dossier.warned.iter().map(|place| id(book, *place));
        Ok(Self {
            decision_id: decision.id,
            at: decision.at,
            sender: decision.sender.as_deref().map(str::to_owned),
            campaign: decision.campaign.as_deref().map(str::to_owned),
            parent: decision.parent,
            decision: verdict(kept),
            channel: facts.channel,
            purpose: facts.purpose,
            basis: dossier.grounds.as_ref().map(|grounds| LoggedBasis {
                kind: grounds.basis.as_str(),
                rule: id(book, grounds.rule),
                event: grounds.event.map(|event| LoggedEvent::of(&event, name)),
            }),
            reasons: dossier.reasons.iter().filter_map(|reason| LoggedReason::of(book, reason)).collect(),
            warnings: warned.chain(dossier.notes.iter().map(|note| (*note).to_owned())).collect(),
            rules: dossier.outcomes.iter().filter_map(|(place, came)| LoggedRule::of(book, place, &came)).collect(),
            facts: told.into_iter().map(fact).collect(),
            law: LoggedLaw { rulebook: book.rulebook.clone(), as_of: facts.as_of, policy: facts.profile.as_str() },
            revision: Revision(dossier.revision).to_string(),
            live: dossier.live,
            request_id: dossier.request_id.as_deref().map(str::to_owned),
            trace_id: dossier.trace_id(),
            duration_us: dossier.took_us,
            person: person(kept),
            proof: LoggedProof { number: kept.number, chain: data_encoding::HEXLOWER.encode(&kept.chain) },
            obligations: dossier.obligations,
        })
    }
}

impl LoggedReason {
    fn of(book: &Book, reason: &crate::check::dossier::Limbed) -> Option<Self> {
        let BookRule { id, from, limbs } = book.rules.get(usize::from(reason.rule))?;
        let same = rules::ALL.iter().find(|rule| rule.id == *id && rule.in_force.from == *from);
        Some(Self {
            rule: id.clone(),
            limb: limbs.get(usize::from(reason.limb)).cloned().unwrap_or_default(),
            outcome: reason.outcome,
            statement: same.map(|rule| rule.statement),
            citation: same.map(|rule| cite(rule.citation)),
            in_force_from: *from,
        })
    }
}

impl LoggedRule {
    fn of(book: &Book, place: u16, came: &Came) -> Option<Self> {
        let rule = book.rules.get(usize::from(place))?;
        let (outcome, failed) = match came {
            Came::NotEngaged => ("not_engaged", &[][..]),
            Came::Met => ("met", &[][..]),
            Came::Failing(limbs) if limbs.iter().all(|(_, unknown)| *unknown) => ("unknown", limbs.as_slice()),
            Came::Failing(limbs) => ("not_met", limbs.as_slice()),
        };
        let limbs = failed.iter().filter_map(|(limb, _)| rule.limbs.get(usize::from(*limb))).cloned();
        Some(Self { rule: rule.id.clone(), outcome, limbs: limbs.collect() })
    }
}

impl LoggedEvent {
    fn of(event: &EventRef<'_>, name: &dyn Fn(&EventRef<'_>) -> Option<String>) -> Self {
        Self {
            id: name(event),
            kind: event.kind,
            occurred_at: event.at,
            source: source(event),
            revision: (!event.given).then(|| Revision(event.revision).to_string()),
        }
    }
}

/// The caller's id of an event, as the ledger has it; none for one that was given with a check, and for one that is
/// erased.
#[must_use]
pub fn id_in_ledger(view: &dyn View, event: &EventRef<'_>) -> Option<String> {
    let bytes = view.record(Revision(event.revision)).ok().flatten().filter(|_| !event.given)?;
    let record = Record::read(bytes).ok()?;
    let event: serde_json::Value = serde_json::from_slice(record.body).ok()?;
    event.get("id")?.as_str().map(str::to_owned)
}

fn verdict(kept: &Kept) -> Verdict {
    if kept.decision.allow { Verdict::Allow } else { Verdict::Deny }
}

fn person(kept: &Kept) -> PersonLink {
    match (kept.unlinked, kept.decision.keys.is_empty()) {
        (true, _) => PersonLink::Erased,
        (false, true) => PersonLink::Nobody,
        (false, false) => PersonLink::Linked,
    }
}

fn id(book: &Book, place: u16) -> String {
    book.rules.get(usize::from(place)).map_or_else(|| format!("rule {place}"), |rule| rule.id.clone())
}
