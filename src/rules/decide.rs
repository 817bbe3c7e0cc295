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

mod turned;
mod ways;

use std::cell::OnceCell;

pub use self::turned::Provision;
pub(super) use self::{
    turned::Turned,
    ways::{Way, obstacle, stands, ways},
};
use super::{
    ALL, Effect, Rule, applies,
    book::{self, Book, Entry},
    citation::Level,
    obligations::{Obligation, obligations},
    outcome::{Failure, Limb, Outcome, Seen},
    pecr, uk_gdpr,
};
use crate::facts::{Collection, Consent, EventRef, Facts};

/// What an allow rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The message is no direct marketing.
    NotDirectMarketing,
    /// The subscriber is corporate (PECR reg 22(1)).
    CorporateSubscriber,
    /// The message is no electronic mail on the literal reading.
    NotElectronicMail,
    /// The person asked for it.
    Solicited,
    /// The person consented.
    Consent,
    /// The soft opt-in.
    SoftOptIn,
    /// The charitable soft opt-in.
    CharitableSoftOptIn,
}

impl Basis {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotDirectMarketing => "not_direct_marketing",
            Self::CorporateSubscriber => "corporate_subscriber",
            Self::NotElectronicMail => "not_electronic_mail",
            Self::Solicited => "solicited",
            Self::Consent => "consent",
            Self::SoftOptIn => "soft_opt_in",
            Self::CharitableSoftOptIn => "charitable_soft_opt_in",
        }
    }
}

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
        let no = [uk_gdpr::art21_objection::RULE.id, uk_gdpr::art7_withdrawal::RULE.id];
        let said_no = self.reasons.iter().any(|reason| !reason.met && no.contains(&reason.rule.id));
        let fact = |reason: &Reason<'_>| reason.seen.map_or("", |seen| seen.fact);
        let mut asks: Vec<&Reason<'a>> = Vec::new();
        for reason in self.reasons.iter().filter(|reason| reason.ask.is_some()) {
            let turns = !said_no || fact(reason).starts_with("message.");
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
/// of them is an allow, and a deny is explained by the first of each. A message that needs no consent is not refused
/// for a bad one, so none is tried too.
#[must_use]
pub fn decide<'a>(facts: &Facts<'a>, consents: &[Consent<'a>], collections: &[Collection<'a>]) -> Decision<'a> {
    let first = Facts { consent: consents.first().copied(), collection: collections.first().copied(), ..*facts };
    let closest = Weighed::new(&first);
    if closest.allows() {
        return closest.decision(first);
    }
    let other_consents = consents.iter().skip(1).map(|consent| Facts { consent: Some(*consent), ..first });
    let other_collections = collections.iter().skip(1).map(|it| Facts { collection: Some(*it), ..first });
    let no_consent = first.consent.map(|_| Facts { consent: None, ..first });
    let mut tried = vec![first];
    for other in other_consents.chain(other_collections).chain(no_consent) {
        let weighed = Weighed::new(&other);
        if weighed.allows() {
            return weighed.decision(other);
        }
        tried.push(other);
    }
    Decision { tried, ..closest.decision(first) }
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
    fn outside(&self) -> Option<&'static Rule> {
        self.at(&self.book.outside).find(|(_, outcome)| outcome.is_met()).map(|(entry, _)| entry.rule)
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
        let warnings = self.warnings();
        let obligations = basis.map_or_else(Vec::new, |(basis, _, _)| obligations(basis, &facts));
        let outcomes = self.run(|_| true).map(|(entry, outcome)| (entry.rule, outcome.clone())).collect();
        Decision { allow, basis, reasons, warnings, obligations, outcomes, facts, tried: Vec::new() }
    }

    fn basis(&self) -> Option<(Basis, &'static Rule, Option<EventRef<'a>>)> {
        let outside = self.outside().map(|rule| (Basis::NotDirectMarketing, rule, None));
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
        let concerned = |rule: &Rule| {
            let of_exception = |id: &str| {
                self.book.entries.iter().any(|Entry { rule, .. }| {
                    rule.id == id && matches!(rule.effect, Effect::Exception { to } if refusing.contains(&to))
                })
            };
            match rule.effect {
                Effect::Requirement => refusing.contains(&rule.id),
                Effect::Condition { of } => (refusing.contains(&of) || of_exception(of)) && applies(rule, self.facts),
                Effect::Exception { to } => refusing.contains(&to),
                Effect::Outside | Effect::Scope | Effect::Advice => false,
            }
        };
        let mut reasons = Vec::new();
        for (Entry { rule, .. }, outcome) in self.run(concerned) {
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
        reasons.extend(self.run(|rule| rule.effect == Effect::Scope).filter_map(met));
        reasons
    }

    /// Advice that was not taken; points on which lawyers differ, where the reading taken lets them pass; and what
    /// would be met under law that came later.
    fn warnings(&self) -> Vec<Reason<'a>> {
        let passed = |rule: &Rule| rule.effect == Effect::Advice || !applies(rule, self.facts);
        let failing = self.run(passed).flat_map(|(entry, outcome)| match outcome {
            Outcome::Failing(failures) => failures.iter().map(|failure| failed(entry.rule, failure)).collect(),
            Outcome::NotEngaged | Outcome::Met(_) => Vec::new(),
        });
        let later = ALL.iter().copied().filter(|rule| {
            let exception = matches!(rule.effect, Effect::Exception { .. });
            let fails = |part: &&Rule| {
                part.effect == Effect::Condition { of: rule.id } && (part.evaluate)(self.facts).is_failing()
            };
            exception
                && rule.in_force.from > self.facts.as_of
                && (rule.evaluate)(self.facts).is_met()
                && !ALL.iter().any(fails)
        });
        let later = later
            .filter_map(|rule| rule.limbs.first().map(|limb| Reason { rule, limb, met: true, seen: None, ask: None }));
        failing.chain(later).collect()
    }
}

/// The rules that can carry an allow, the strongest ground first.
pub(super) fn grounds() -> [(&'static Rule, Basis); 6] {
    [
        (&pecr::reg22_individual_subscriber::RULE, Basis::CorporateSubscriber),
        (&pecr::reg2_electronic_mail::RULE, Basis::NotElectronicMail),
        (&pecr::reg22_unsolicited::RULE, Basis::Solicited),
        (&pecr::reg22_consent::RULE, Basis::Consent),
        (&pecr::reg22_soft_opt_in::RULE, Basis::SoftOptIn),
        (&pecr::reg22_charitable_soft_opt_in::RULE, Basis::CharitableSoftOptIn),
    ]
}

fn failed<'a>(rule: &'static Rule, failure: &Failure<'a>) -> Reason<'a> {
    Reason { rule, limb: failure.limb, met: false, seen: Some(failure.seen), ask: failure.ask }
}

/// A rule that is met, by its first limb.
fn met<'a>((Entry { rule, .. }, outcome): (&'static Entry, &Outcome<'a>)) -> Option<Reason<'a>> {
    let Outcome::Met(proof) = outcome else { return None };
    let seen = proof.map(|event| Seen::event(event.kind, "stands", event));
    rule.limbs.first().map(|limb| Reason { rule, limb, met: true, seen, ask: None })
}

#[cfg(test)]
mod tests;
