//! The answer: allow or deny, with the rules it rests on.

mod enforcement;
pub(crate) mod quoted;
mod wording;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rules::decide;

pub use self::{
    enforcement::{Penalty, Precedent},
    wording::{NotRead, Quote, Wording, WordingFound, WordingSpan},
};

/// The decision on one send request, with everything it rests on. Only `200` with `allow` means *send*.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Answer {
    /// Whether the message may be sent.
    pub decision: Verdict,
    /// The id of this decision (UUIDv7).
    pub decision_id: Uuid,
    /// What an allow rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Of a deny, every reason that fails, the gravest first, then the rules that make the message marketing at all;
    /// of an allow, the rules it rests on. Never empty.
    #[schema(min_items = 1)]
    pub reasons: Vec<Reason>,
    /// Facts that nobody told us and that the answer turned on.
    pub needs: Vec<Need>,
    /// The smallest sets of changes that would turn a deny into an allow, found by running the rules again: at most
    /// eight, the smallest first, none that could spare a change. What the person has said against marketing is only
    /// ever lifted by the person's own later consent; where nothing at all would turn the answer, there is none.
    #[schema(max_items = 8)]
    pub would_allow_if: Vec<Alternative>,
    /// Of a deny, the most that the regulator may impose under each instrument whose rules fail, by the law of the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub penalties: Vec<Penalty>,
    /// What an allow obliges the sender to do.
    pub obligations: Vec<Obligation>,
    /// What does not turn the answer and should be known.
    pub warnings: Vec<Warning>,
    /// What was found in the words of the message, where any of it was given to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Wording>,
    /// The law that was applied.
    pub law: Law,
    /// The ledger revision that the answer takes account of.
    #[schema(example = "r1-2a")]
    pub revision: String,
    /// How old the ledger's copy was, in milliseconds; 0 where this process writes it.
    pub data_age_ms: u64,
    /// With `?detail=full`: every rule's outcome and the facts with their sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

/// Allow or deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The message may be sent.
    Allow,
    /// The message must not be sent.
    Deny,
}

/// What an allow rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Basis {
    /// The ground.
    #[schema(example = "soft_opt_in")]
    pub kind: &'static str,
    /// The same in words.
    pub says: &'static str,
    /// The rule that gives it.
    pub rule: &'static str,
    /// The event that proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventRef>,
}

/// One rule that the decision rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reason {
    /// The rule's id.
    #[schema(example = "uk_gdpr.art21.objection")]
    pub rule: &'static str,
    /// The limb of the provision.
    #[schema(example = "21(3)")]
    pub limb: &'static str,
    /// Whether it is met.
    pub outcome: ReasonOutcome,
    /// What kind of authority it has.
    #[schema(example = "statute")]
    pub level: &'static str,
    /// What decided it, in words.
    pub because: String,
    /// The facts that decided it.
    pub facts: Vec<FactSeen>,
    /// The words of the message that decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// Where it stands.
    pub citation: Citation,
    /// The first day on which this version of the rule is in force.
    #[schema(example = "2018-05-25", format = "date")]
    pub in_force_from: String,
    /// Of a deny, published enforcement on the same point: at most two rulings, the most recent that stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 2)]
    pub precedents: Vec<Precedent>,
    /// `conservative` where lawyers differ and the rule refuses on this reading alone: the literal one would only warn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "conservative")]
    pub reading: Option<&'static str>,
}

/// How a rule came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonOutcome {
    /// It is met.
    Met,
    /// It is not met.
    NotMet,
    /// Nobody told us a fact that it needs.
    Unknown,
}

impl ReasonOutcome {
    /// How the limb of a reason came out.
    #[must_use]
    pub const fn of(reason: &decide::Reason<'_>) -> Self {
        match (reason.met, reason.ask) {
            (true, _) => Self::Met,
            (false, None) => Self::NotMet,
            (false, Some(_)) => Self::Unknown,
        }
    }
}

/// Where a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Citation {
    /// The instrument.
    #[schema(example = "UK GDPR")]
    pub instrument: &'static str,
    /// The provision.
    #[schema(example = "Art 21(2)-(3)")]
    pub provision: &'static str,
    /// Where to read it. A path is one of this service's.
    #[schema(format = "uri-reference", example = "https://www.legislation.gov.uk/eur/2016/679/article/21")]
    pub url: &'static str,
}

/// A fact and who said so.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FactSeen {
    /// The fact's name: a field of the request, or of an event.
    #[schema(example = "message.opt_out")]
    pub fact: &'static str,
    /// What it is.
    pub value: &'static str,
    /// Who said so: `ledger`, `given`, `request`, `message` where nobody did and it was found in the message itself, or
    /// `profile` for a house rule of the sender's.
    pub source: &'static str,
    /// The event that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventRef>,
}

/// An event that decided something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EventRef {
    /// The caller's id of the event.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    #[schema(example = "objection_raised")]
    pub kind: &'static str,
    /// When it happened.
    #[schema(format = "date-time")]
    pub occurred_at: String,
    /// `ledger` when it is on record, `given` when it is the caller's word for this check.
    pub source: &'static str,
}

/// A fact that nobody told us.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Need {
    /// The fact's name: a field of the request, or of an event.
    pub fact: &'static str,
    /// What to send.
    pub ask: &'static str,
    /// The rule that needs it.
    pub rule: &'static str,
    /// The limb that needs it.
    pub limb: &'static str,
}

/// A set of changes that together would turn the answer, and none of which it can spare.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Alternative {
    /// The changes.
    #[schema(min_items = 1)]
    pub changes: Vec<Change>,
}

/// One change to the facts: of one field, or by one new event.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Change {
    /// The fact's name: a field of the request, or of an event; or the type of an event that is not on record.
    #[schema(example = "consent_given.evidence")]
    pub fact: &'static str,
    /// What would have to be true.
    pub says: &'static str,
    /// The recorded event that the fact stands in, or that the fact of the request is measured against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventRef>,
    /// What stands in the way without this change, and with it is satisfied.
    #[schema(min_items = 1)]
    pub satisfies: Vec<Provision>,
}

/// A limb of a rule.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Provision {
    /// The rule's id.
    #[schema(example = "uk_gdpr.art7.demonstrable")]
    pub rule: &'static str,
    /// The limb of the provision.
    #[schema(example = "7(1)")]
    pub limb: &'static str,
    /// Where it stands.
    pub citation: Citation,
}

/// Something an allow obliges the sender to do.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Obligation {
    /// A stable name.
    #[schema(example = "identify_sender")]
    pub code: &'static str,
    /// What to do.
    pub says: &'static str,
    /// The provision.
    pub citation: Citation,
}

/// Something that does not turn the answer and should be known.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Warning {
    /// The rule's id, or a stable name.
    pub code: &'static str,
    /// What it is.
    pub says: String,
    /// The words of the message that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// The provision, where a rule stands behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// `literal` where lawyers differ and this reading lets the point pass: the conservative one would refuse.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "literal")]
    pub reading: Option<&'static str>,
}

impl Warning {
    /// The decision log was full, and was told to drop what does not fit.
    #[must_use]
    pub fn not_logged() -> Self {
        let says = "the decision log is full: this decision was not kept, and cannot be shown afterwards".to_owned();
        Self::plain("not_logged", says)
    }

    /// This machine's clock shows less than it did when the newest record of the ledger was taken in.
    #[must_use]
    pub fn clock_behind(recorded_at: Timestamp, now: Timestamp) -> Self {
        let says = format!(
            "the ledger holds a record of {recorded_at}, and this machine's clock shows {now}: it was set back, or ran ahead \
             then; what the person has said against marketing counts whatever its time"
        );
        Self::plain("clock_behind", says)
    }

    pub(super) const fn plain(code: &'static str, says: String) -> Self {
        Self { code, says, quote: None, citation: None, reading: None }
    }
}

/// The law that was applied.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Law {
    /// The version of the rulebook: the day whose law it states.
    #[schema(example = "2026-11-21")]
    pub rulebook: &'static str,
    /// The day whose law was applied, in London.
    #[schema(value_type = String, format = "date")]
    pub as_of: jiff::civil::Date,
    /// The reading taken where lawyers differ.
    #[schema(example = "conservative")]
    pub policy: &'static str,
}

/// Every rule's outcome and the facts with their sources.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Detail {
    /// Every rule in force, in order of precedence.
    pub rules: Vec<RuleOutcome>,
    /// The facts.
    pub facts: Vec<FactTold>,
}

/// How one rule came out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RuleOutcome {
    /// The rule's id.
    pub rule: &'static str,
    /// `not_engaged`, `met`, `not_met` or `unknown`.
    pub outcome: &'static str,
    /// The limbs that are not met or not known.
    pub limbs: Vec<&'static str>,
}

/// One fact with its source.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FactTold {
    /// The fact's name.
    pub fact: &'static str,
    /// What it is; `unknown` when nobody told us.
    pub value: String,
    /// Who said so: `ledger`, `given`, `request`, `message`, `profile` or `nobody`.
    pub source: &'static str,
}
