//! How one rule comes out: not engaged, met, or failing at one or more limbs.

use crate::facts::{EventRef, Wording};

/// One condition of a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limb {
    /// Its place in the provision, such as `22(3)(a)`.
    pub id: &'static str,
    /// What it asks for, as a sentence.
    pub holds: &'static str,
    /// What is wrong when it fails, as a sentence.
    pub fails: &'static str,
}

/// How a rule comes out.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// The rule has nothing to say about this message.
    NotEngaged,
    /// Every limb holds; with the fact that proves it, where one does.
    Met(Option<Seen<'a>>),
    /// Some limbs fail: all of them, in the order of the provision.
    Failing(Vec<Failure<'a>>),
}

impl Outcome<'_> {
    /// Whether every limb holds.
    #[must_use]
    pub const fn is_met(&self) -> bool {
        matches!(self, Self::Met(_))
    }

    /// Whether some limb fails.
    #[must_use]
    pub const fn is_failing(&self) -> bool {
        matches!(self, Self::Failing(_))
    }
}

/// A limb that fails.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// The limb.
    pub limb: &'static Limb,
    /// The fact that it fails on.
    pub seen: Seen<'a>,
    /// What to send, when it fails because nobody told us the fact.
    pub ask: Option<&'static str>,
}

/// A fact that a limb looked at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The fact's name: a field of the request, or of an event.
    pub fact: &'static str,
    /// What it was.
    pub value: &'static str,
    /// The event that it stands in.
    pub event: Option<EventRef<'a>>,
    /// The words of the message that show it.
    pub wording: Option<&'a Wording<'a>>,
}

impl<'a> Seen<'a> {
    /// A fact of the request.
    #[must_use]
    pub const fn stated(fact: &'static str, value: &'static str) -> Self {
        Self { fact, value, event: None, wording: None }
    }

    /// A fact that the words of the message show.
    #[must_use]
    pub const fn found(wording: &'a Wording<'a>) -> Self {
        Self { fact: wording.place.fact, value: wording.family.as_str(), event: None, wording: Some(wording) }
    }

    /// A fact of an event.
    #[must_use]
    pub const fn event(fact: &'static str, value: &'static str, event: EventRef<'a>) -> Self {
        Self { fact, value, event: Some(event), wording: None }
    }
}

/// A yes-or-no fact as a word.
#[must_use]
pub const fn word(fact: Option<bool>) -> &'static str {
    match fact {
        Some(true) => "true",
        Some(false) => "false",
        None => "unknown",
    }
}

/// Collects the limbs of a provision that fail.
#[derive(Debug, Default)]
pub struct Limbs<'a> {
    failures: Vec<Failure<'a>>,
}

impl<'a> Limbs<'a> {
    /// The limb must hold.
    #[must_use]
    pub fn require(mut self, limb: &'static Limb, holds: bool, seen: Seen<'a>) -> Self {
        if !holds {
            self.failures.push(Failure { limb, seen, ask: None });
        }
        self
    }

    /// The limb must hold, and somebody must have told us whether it does.
    #[must_use]
    pub fn told(mut self, limb: &'static Limb, holds: Option<bool>, seen: Seen<'a>, ask: &'static str) -> Self {
        match holds {
            Some(true) => self,
            Some(false) => self.require(limb, false, seen),
            None => {
                self.failures.push(Failure { limb, seen: Seen { value: "unknown", ..seen }, ask: Some(ask) });
                self
            }
        }
    }

    /// Nothing of the kind may stand: something that the person said against marketing.
    #[must_use]
    pub fn require_none(self, limb: &'static Limb, stop: Option<EventRef<'a>>) -> Self {
        match stop {
            Some(stop) => self.require(limb, false, Seen::event(stop.kind, "stands", stop)),
            None => self,
        }
    }

    /// These limbs, and then those.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.failures.extend(more.failures);
        self
    }

    /// The outcome: met, unless a limb failed; with the event that proves it, where there is one.
    #[must_use]
    pub fn outcome(self, proof: Option<EventRef<'a>>) -> Outcome<'a> {
        self.shown_by(proof.map(|event| Seen::event(event.kind, "stands", event)))
    }

    /// The same, where the proof need not be an event.
    #[must_use]
    pub fn shown_by(self, proof: Option<Seen<'a>>) -> Outcome<'a> {
        if self.failures.is_empty() { Outcome::Met(proof) } else { Outcome::Failing(self.failures) }
    }
}
