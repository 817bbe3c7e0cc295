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
mod turned;
mod warnings;
mod ways;

use std::cell::OnceCell;

use self::tried::{on_its_reading, relaxed};
pub use self::{basis::Basis, turned::Provision};
pub(super) use self::{
    basis::{grounds, lawful_bases},
    turned::Turned,
    ways::{Way, obstacle, stands, ways},
};
use super::{
    Effect, Rule, applies,
    book::{self, Book, Entry},
    citation::Level,
    house,
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
    /// Of a deny, all that was tried in vain: those of `facts` first, then the others, one by one.
    pub tried: Vec<Facts<'a>>,
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

/// Every rule in force, run when its outcome is asked for.
struct Weighed<'f, 'a> {
    facts: &'f Facts<'a>,
    book: &'static Book,
    outcomes: Vec<OnceCell<Outcome<'a>>>,
}

impl<'f, 'a> Weighed<'f, 'a> {
    fn new(facts: &'f Facts<'a>) -> Self {
        let book = book::on(facts.as_of);
        Self { facts, book, outcomes: book.entries.iter().map(|_| OnceCell::new()).collect() }
    }

    /// The rules at these places, run.
    fn at(&self, places: &[usize]) -> impl Iterator<Item = (&'static Entry, &Outcome<'a>)> {
        let each = places.iter().filter_map(|place| self.book.entries.get(*place).zip(self.outcomes.get(*place)));
        each.map(|(entry, outcome)| (entry, outcome.get_or_init(|| (entry.rule.evaluate)(self.facts))))
    }

    /// The rules that are wanted, run.
    fn run(&self, wanted: impl Fn(&Rule) -> bool) -> impl Iterator<Item = (&'static Entry, &Outcome<'a>)> {
        let wanted = self.book.entries.iter().zip(&self.outcomes).filter(move |(entry, _)| wanted(entry.rule));
        wanted.map(|(entry, outcome)| (entry, outcome.get_or_init(|| (entry.rule.evaluate)(self.facts))))
    }

    /// The rule that takes the message outside direct marketing, if one does.
    fn outside(&self) -> Option<&'static Entry> {
        self.at(&self.book.outside).find(|(entry, outcome)| self.holds(entry, outcome)).map(|(entry, _)| entry)
    }

    /// Whether a rule is met together with its conditions.
    fn holds(&self, entry: &Entry, outcome: &Outcome<'_>) -> bool {
        let fails = |(part, outcome): (&Entry, &Outcome<'_>)| outcome.is_failing() && applies(part.rule, self.facts);
        outcome.is_met() && !self.at(&entry.conditions).any(fails)
    }

    /// Whether a requirement stands in the way.
    fn refuses(&self, entry: &Entry, outcome: &Outcome<'_>) -> bool {
        let engaged = !matches!(outcome, Outcome::NotEngaged);
        let lifted = || self.at(&entry.exceptions).any(|(entry, outcome)| self.holds(entry, outcome));
        engaged && applies(entry.rule, self.facts) && !self.holds(entry, outcome) && !lifted()
    }

    fn allows(&self) -> bool {
        self.basis().is_some() && (self.outside().is_some() || self.refusal().is_none())
    }

    fn decision(self, facts: Facts<'a>) -> Decision<'a> {
        let allow = self.allows();
        let basis = if allow { self.basis() } else { None };
        let reasons = if allow { self.grounds(basis.map(|(_, rule, _)| rule)) } else { self.failures() };
        let warnings = self.warnings(basis.map(|(_, rule, _)| rule.id));
        let obligations = basis.map_or_else(Vec::new, |(basis, _, _)| obligations(basis, &facts));
        let outcomes = self.run(|_| true).map(|(entry, outcome)| (entry.rule, outcome.clone())).collect();
        Decision { allow, basis, reasons, warnings, obligations, outcomes, facts, tried: Vec::new() }
    }

    fn basis(&self) -> Option<(Basis, &'static Rule, Option<EventRef<'a>>)> {
        let outside = self.outside().map(|entry| (Basis::NotDirectMarketing, entry.rule, None));
        outside.or_else(|| {
            let carries =
                |(place, basis): &(usize, Basis)| self.carries(*place).map(|(rule, proof)| (*basis, rule, proof));
            self.book.grounds.iter().find_map(carries)
        })
    }

    /// What an allow rests on: the rule that carries it first, then every provision of statute that could have refused
    /// the message and is met. Each is shown by its first limb; the rest is for whoever asks for every outcome.
    fn grounds(&self, basis: Option<&'static Rule>) -> Vec<Reason<'a>> {
        let carries = |rule: &Rule| basis.is_some_and(|basis| basis.id == rule.id);
        let stands = |rule: &Rule| rule.effect == Effect::Requirement && rule.level == Level::Statute && !carries(rule);
        let carrying = self.run(carries);
        let others = self.run(stands).filter(|(entry, outcome)| self.holds(entry, outcome));
        carrying.chain(others).filter_map(met).collect()
    }

    /// Every reason of a deny: what fails, with the conditions and exceptions that would have helped and fail too;
    /// then what makes the message marketing at all.
    fn failures(&self) -> Vec<Reason<'a>> {
        let refusing: Vec<&str> = self
            .at(&self.book.requirements)
            .filter(|(entry, outcome)| self.refuses(entry, outcome))
            .map(|(entry, _)| entry.rule.id)
            .collect();
        let concerned = |rule: &Rule, outcome: &Outcome<'_>| {
            let of_exception = |id: &str| {
                let lifts = |rule: &Rule| refusing.iter().any(|refusing| rule.effect.is_exception_to(refusing));
                self.book.entries.iter().any(|Entry { rule, .. }| rule.id == id && lifts(rule))
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
        for (Entry { rule, .. }, outcome) in
            self.run(|_| true).filter(|(entry, outcome)| concerned(entry.rule, outcome))
        {
            match outcome {
                Outcome::Failing(failures) => reasons.extend(failures.iter().map(|failure| failed(rule, failure))),
                // Met by itself and failing by a condition: the provision is cited all the same.
                Outcome::Met(proof) if rule.effect == Effect::Requirement => {
                    let event = proof.and_then(|proof| proof.event);
                    let seen = event.map(|event| Seen::event(event.kind, "not valid", event));
                    reasons.extend(rule.limbs.first().map(|limb| Reason { rule, limb, met: false, seen, ask: None }));
                }
                Outcome::Met(_) | Outcome::NotEngaged => {}
            }
        }
        reasons.extend(self.run(|rule| rule.effect == Effect::Scope).filter_map(met));
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
fn met<'a>((Entry { rule, .. }, outcome): (&'static Entry, &Outcome<'a>)) -> Option<Reason<'a>> {
    let Outcome::Met(seen) = outcome else { return None };
    rule.limbs.first().map(|limb| Reason { rule, limb, met: true, seen: *seen, ask: None })
}

#[cfg(test)]
mod tests;
