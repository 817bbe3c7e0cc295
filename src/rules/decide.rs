//! One decision of all outcomes.
//!
//! | what came out | decision |
//! |---|---|
//! | a rule puts the message outside direct marketing | allow |
//! | a requirement fails, and no exception to it is met | deny |
//! | a requirement is met, but a condition of it fails, and no exception to it is met | deny |
//! | no rule carries an allow: the law for such a message is not written up | deny |
//! | anything else | allow |
//!
//! A fact that nobody told us fails the rule that needs it. Every reason is kept, in the order of precedence of
//! [`super::ALL`], and every decision names at least one rule.

mod basis;
mod tried;
mod warnings;

pub use self::basis::Basis;
use self::{
    basis::{grounds, lawful_bases},
    tried::{on_its_reading, relaxed},
};
use super::{
    Effect, Rule, applies,
    citation::Level,
    house, in_force,
    obligations::{Obligation, obligations},
    outcome::{Failure, Limb, Outcome, Seen},
    pecr, uk_gdpr,
};
use crate::{
    facts::{Collection, Consent, EventRef, Facts},
    terms::party::PolicyProfile,
};

/// The decision on one message.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// Whether the message may be sent.
    pub allow: bool,
    /// What an allow rests on, the rule that gives it and the event that proves it.
    pub basis: Option<(Basis, &'static Rule, Option<EventRef<'a>>)>,
    /// Every reason, in order of precedence. Never empty.
    pub reasons: Vec<Reason<'a>>,
    /// What does not turn the answer and should be known.
    pub warnings: Vec<Reason<'a>>,
    /// What an allow obliges the sender to do.
    pub obligations: Vec<&'static Obligation>,
    /// Every rule in force and how it came out, in order of precedence.
    pub outcomes: Vec<(&'static Rule, Outcome<'a>)>,
    /// The consent and the collection that were tried for this answer.
    pub facts: Facts<'a>,
}

impl<'a> Decision<'a> {
    /// The reasons that ask for a fact on which the answer turned. Where the person has said no, only the message itself
    /// is asked about: nothing told of the past would turn that. A fact that two rules ask for is asked for once.
    #[must_use]
    pub fn asks(&self) -> Vec<&Reason<'a>> {
        let no = [
            uk_gdpr::art21_objection::RULE.id,
            uk_gdpr::art21_earlier_refusal::RULE.id,
            uk_gdpr::art7_withdrawal::RULE.id,
            pecr::reg20_objection::RULE.id,
            pecr::reg21_objection::RULE.id,
        ];
        let said_no = self.reasons.iter().any(|reason| !reason.met && no.contains(&reason.rule.id));
        let fact = |reason: &Reason<'_>| reason.seen.map_or("", |seen| seen.fact);
        let mut asks: Vec<&Reason<'a>> = Vec::new();
        for reason in self.reasons.iter().filter(|reason| reason.ask.is_some()) {
            let of_this_message = ["message.", "call."].iter().any(|part| fact(reason).starts_with(part));
            let turns = !said_no || of_this_message;
            if turns && !asks.iter().any(|known| fact(known) == fact(reason)) {
                asks.push(reason);
            }
        }
        asks
    }
}

/// One limb of one rule, and how it came out.
#[derive(Clone, Copy, Debug)]
pub struct Reason<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// The limb.
    pub limb: &'static Limb,
    /// Whether the limb holds.
    pub met: bool,
    /// The fact that decided it.
    pub seen: Option<Seen<'a>>,
    /// What to send, when it fails because nobody told us the fact.
    pub ask: Option<&'static str>,
}

/// Decides. A person may have consented, or handed over the details, more than once: each is tried, an allow by any
/// of them is an allow, and a deny is explained by the nearest. A message that needs no consent is not refused for a bad
/// one, so none is tried too. The literal reading is taken only where the conservative one refuses: what is
/// beyond doubt carries an allow before what is not, and nothing that is allowed on the one is refused on the other.
#[must_use]
pub fn decide<'a>(facts: &Facts<'a>, consents: &[Consent<'a>], collections: &[Collection<'a>]) -> Decision<'a> {
    match facts.profile {
        PolicyProfile::Conservative => on_its_reading(facts, consents, collections),
        PolicyProfile::Literal => {
            let conservative = Facts { profile: PolicyProfile::Conservative, ..*facts };
            let beyond_doubt = on_its_reading(&conservative, consents, collections);
            if beyond_doubt.allow {
                let facts = Facts { profile: PolicyProfile::Literal, ..beyond_doubt.facts };
                return Decision { facts, ..beyond_doubt };
            }
            on_its_reading(facts, consents, collections)
        }
    }
}

/// Whether the message may be sent, on the one consent and the one collection among the facts.
#[must_use]
pub fn allows(facts: &Facts<'_>) -> bool {
    Weighed::new(facts).allows()
}

/// Every rule in force with its outcome.
struct Weighed<'f, 'a> {
    facts: &'f Facts<'a>,
    outcomes: Vec<(&'static Rule, Outcome<'a>)>,
}

impl<'f, 'a> Weighed<'f, 'a> {
    fn new(facts: &'f Facts<'a>) -> Self {
        let outcomes = in_force(facts).map(|rule| (rule, (rule.evaluate)(facts))).collect();
        Self { facts, outcomes }
    }

    fn having(&self, effect: Effect) -> impl Iterator<Item = &(&'static Rule, Outcome<'a>)> {
        self.outcomes.iter().filter(move |(rule, _)| rule.effect == effect)
    }

    fn conditions_of(&self, id: &'static str) -> impl Iterator<Item = &(&'static Rule, Outcome<'a>)> {
        self.outcomes.iter().filter(move |(rule, _)| rule.effect.is_condition_of(id))
    }

    fn exceptions_to(&self, id: &'static str) -> impl Iterator<Item = &(&'static Rule, Outcome<'a>)> {
        self.outcomes.iter().filter(move |(rule, _)| rule.effect.is_exception_to(id))
    }

    /// The rule that takes the message outside direct marketing, if one does.
    fn outside(&self) -> Option<&'static Rule> {
        self.having(Effect::Outside).find(|(_, outcome)| outcome.is_met()).map(|(rule, _)| *rule)
    }

    /// Whether a rule is met together with its conditions.
    fn holds(&self, rule: &'static Rule, outcome: &Outcome<'_>) -> bool {
        let fails = |(condition, outcome): &(&'static Rule, Outcome<'_>)| {
            outcome.is_failing() && applies(condition, self.facts)
        };
        outcome.is_met() && !self.conditions_of(rule.id).any(fails)
    }

    /// Whether a requirement stands in the way.
    fn refuses(&self, rule: &'static Rule, outcome: &Outcome<'_>) -> bool {
        let engaged = !matches!(outcome, Outcome::NotEngaged);
        let lifted = || self.exceptions_to(rule.id).any(|(rule, outcome)| self.holds(rule, outcome));
        engaged && applies(rule, self.facts) && !self.holds(rule, outcome) && !lifted()
    }

    fn allows(&self) -> bool {
        let refuses = |(rule, outcome): &(&'static Rule, Outcome<'_>)| self.refuses(rule, outcome);
        self.basis().is_some() && (self.outside().is_some() || !self.having(Effect::Requirement).any(refuses))
    }

    fn decision(self, facts: Facts<'a>) -> Decision<'a> {
        let allow = self.allows();
        let basis = if allow { self.basis() } else { None };
        let reasons = if allow { self.grounds(basis.map(|(_, rule, _)| rule)) } else { self.failures() };
        let warnings = self.warnings(basis.map(|(_, rule, _)| rule.id));
        let obligations = basis.map_or_else(Vec::new, |(basis, _, _)| obligations(basis, &facts));
        Decision { allow, basis, reasons, warnings, obligations, outcomes: self.outcomes, facts }
    }

    fn basis(&self) -> Option<(Basis, &'static Rule, Option<EventRef<'a>>)> {
        let outside = self.outside().map(|rule| (Basis::NotDirectMarketing, rule, None));
        outside.or_else(|| {
            let carries = |(ground, basis): &(&'static Rule, Basis)| {
                let (rule, outcome) = self.outcomes.iter().find(|(rule, _)| rule.id == ground.id)?;
                let proof = if let Outcome::Met(proof) = outcome { *proof } else { None };
                self.holds(rule, outcome).then_some((*basis, *rule, proof))
            };
            // Where PECR decides, a lawful basis under the UK GDPR carries nothing.
            let lawful_basis = || lawful_bases().iter().find_map(carries);
            let by_pecr = grounds().iter().find_map(carries);
            by_pecr.or_else(|| uk_gdpr::art6_consent::decides(self.facts).then(lawful_basis).flatten())
        })
    }

    /// What an allow rests on: the rule that carries it first, then every provision of statute that could have refused
    /// the message and is met. Each is shown by its first limb; the rest is for whoever asks for every outcome.
    fn grounds(&self, basis: Option<&'static Rule>) -> Vec<Reason<'a>> {
        let carries = |rule: &Rule| basis.is_some_and(|basis| basis.id == rule.id);
        let stands = |rule: &Rule| rule.effect == Effect::Requirement && rule.level == Level::Statute && !carries(rule);
        let carrying = self.outcomes.iter().filter(|(rule, _)| carries(rule));
        let others = self.outcomes.iter().filter(|(rule, outcome)| stands(rule) && self.holds(rule, outcome));
        carrying.chain(others).filter_map(met).collect()
    }

    /// Every reason of a deny: what fails, with the conditions and exceptions that would have helped and fail too;
    /// then what makes the message marketing at all.
    fn failures(&self) -> Vec<Reason<'a>> {
        let refusing: Vec<&str> = self
            .having(Effect::Requirement)
            .filter(|(rule, outcome)| self.refuses(rule, outcome))
            .map(|(rule, _)| rule.id)
            .collect();
        let concerned = |rule: &Rule, outcome: &Outcome<'_>| {
            let of_exception = |id: &str| {
                let lifts = |rule: &Rule| refusing.iter().any(|refusing| rule.effect.is_exception_to(refusing));
                self.outcomes.iter().any(|(rule, _)| rule.id == id && lifts(rule))
            };
            match rule.effect {
                Effect::Requirement => refusing.contains(&rule.id),
                Effect::Condition { of } => {
                    let turns = || !of.iter().any(|of| self.is_exception(of)) && self.turns(rule, outcome);
                    let part = of.iter().any(|of| refusing.contains(of) || of_exception(of));
                    applies(rule, self.facts) && (part || turns())
                }
                Effect::Exception { to } => to.iter().any(|to| refusing.contains(to)) || self.turns(rule, outcome),
                Effect::Outside | Effect::Scope | Effect::Advice => false,
            }
        };
        let mut reasons = Vec::new();
        for (rule, outcome) in self.outcomes.iter().filter(|(rule, outcome)| concerned(rule, outcome)) {
            match outcome {
                Outcome::Failing(failures) => reasons.extend(failures.iter().map(|failure| failed(rule, failure))),
                // Met by itself and failing by a condition: the provision is cited all the same.
                Outcome::Met(proof) if rule.effect == Effect::Requirement => {
                    let seen = proof.map(|event| Seen::event(event.kind, "not valid", event));
                    reasons.extend(rule.limbs.first().map(|limb| Reason { rule, limb, met: false, seen, ask: None }));
                }
                Outcome::Met(_) | Outcome::NotEngaged => {}
            }
        }
        reasons.extend(self.having(Effect::Scope).filter_map(met));
        reasons
    }

    /// Whether a doubtful point, or a rule of the sender's own, that fails stands between the message and an allow: then it
    /// is told, whatever refuses for want of it.
    fn turns(&self, rule: &Rule, outcome: &Outcome<'_>) -> bool {
        let (doubtful, own) = (rule.differs, house::is_own(rule));
        let mut ways = [(doubtful, own), (true, true)].into_iter().filter_map(|way| relaxed(self.facts, way));
        outcome.is_failing() && (doubtful || own) && ways.any(|facts| allows(&facts))
    }
}

fn failed<'a>(rule: &'static Rule, failure: &Failure<'a>) -> Reason<'a> {
    Reason { rule, limb: failure.limb, met: false, seen: Some(failure.seen), ask: failure.ask }
}

/// A rule that is met, by its first limb.
fn met<'a>((rule, outcome): &(&'static Rule, Outcome<'a>)) -> Option<Reason<'a>> {
    let Outcome::Met(proof) = outcome else { return None };
    let seen = proof.map(|event| Seen::event(event.kind, "stands", event));
    rule.limbs.first().map(|limb| Reason { rule, limb, met: true, seen, ask: None })
}

#[cfg(test)]
mod tests;
