//! Precedents: published enforcement, tied to the point of a rule on which it turned.
//!
//! They decide nothing. They are data beside the rules: one ruling, once, with the points that it made and the limbs
//! on which each bears, so that a deny names what was done about the same fault and not about another. A ruling comes
//! years after the conduct, so each is named whatever day is asked about. A ruling that was appealed says what
//! became of it.

mod automated_calls;
mod beyond_consent;
mod caller_identity;
mod form;
mod indirect_consent;
mod invalid_consent;
mod no_consent;
mod opted_out;
mod register;
mod sector_calls;
mod service_message;
mod soft_opt_in;

use std::{cmp::Reverse, collections::HashMap, fmt, sync::LazyLock};

use super::decide::Reason;
use crate::{
    facts::Facts,
    terms::wording::{CueFamily, FindingKind},
};

/// How many are named beside one reason.
pub const AT_MOST: usize = 2;

/// One published ruling.
#[derive(Clone, Copy, Debug)]
pub struct Ruling {
    /// Against whom.
    pub organisation: &'static str,
    /// When, if that was published.
    pub dated: Option<Dated>,
    /// What it imposed.
    pub sanction: Sanction,
    /// What became of it, if there was an appeal.
    pub appeal: Option<Appeal>,
    /// Where to read of it.
    pub source: &'static str,
    /// What it found wrong.
    pub points: &'static [Point],
}

/// The date of a ruling, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The year, month or day, as in ISO 8601: `2020`, `2022-09`, `2024-01-12`.
    pub on: &'static str,
    /// What bears this date.
    pub basis: DateBasis,
}

/// What the date of a ruling is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateBasis {
    /// The notice.
    Notice,
    /// The first report of it.
    Publication,
    /// The decision on an appeal.
    Appeal,
}

impl DateBasis {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Publication => "publication",
            Self::Appeal => "appeal",
        }
    }
}

/// What a ruling imposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sanction {
    /// A monetary penalty, in pounds where the sum is known.
    Penalty(Option<u32>),
    /// An order to stop.
    EnforcementNotice,
}

impl Sanction {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Penalty(_) => "monetary_penalty",
            Self::EnforcementNotice => "enforcement_notice",
        }
    }

    /// The sum in pounds, where there is one and it is known.
    #[must_use]
    pub const fn pounds(self) -> Option<u32> {
        match self {
            Self::Penalty(pounds) => pounds,
            Self::EnforcementNotice => None,
        }
    }
}

/// What became of a ruling on appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// The same in words.
    pub says: &'static str,
    /// Whether the ruling is known to stand as it was. One that may not is named last.
    pub stands: bool,
}

/// One thing that a ruling found wrong.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// What was wrong, as a sentence.
    pub says: &'static str,
    /// The rules on which it bears.
    pub places: &'static [Place],
}

/// Where a point bears on the rulebook.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The rule's id.
    pub rule: &'static str,
    /// Its limbs; none where the point bears on the whole rule.
    pub limbs: &'static [&'static str],
    /// Whether these facts raise the point, where the limb alone does not tell.
    when: fn(&Facts<'_>) -> bool,
}

impl Place {
    const fn when(self, when: fn(&Facts<'_>) -> bool) -> Self {
        Self { when, ..self }
    }

    fn covers(&self, limb: &str) -> bool {
        self.limbs.is_empty() || self.limbs.contains(&limb)
    }
}

/// A ruling on a rule: the ruling, its point, and where that bears on the rule.
#[derive(Clone, Copy, Debug)]
pub struct Precedent {
    /// The ruling.
    pub ruling: &'static Ruling,
    /// What was wrong.
    pub point: &'static Point,
    /// The limbs of the rule on which it bears; none where it bears on the whole rule.
    pub place: &'static Place,
}

impl fmt::Display for Precedent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ruling = self.ruling;
        write!(f, "{}, {}, ", ruling.organisation, ruling.dated.map_or("undated", |dated| dated.on))?;
        match ruling.sanction {
            Sanction::Penalty(Some(sum)) => f.write_str(&in_pounds(sum))?,
            Sanction::Penalty(None) => f.write_str("a penalty of unknown sum")?,
            Sanction::EnforcementNotice => f.write_str("enforcement notice")?,
        }
        if let Some(appeal) = ruling.appeal {
            write!(f, " ({})", appeal.says)?;
        }
        write!(f, ": {}", self.point.says)
    }
}

/// Every ruling.
pub fn all() -> impl Iterator<Item = &'static Ruling> {
    const ALL: &[&[Ruling]] = &[
        automated_calls::RULINGS,
        beyond_consent::RULINGS,
        caller_identity::RULINGS,
        form::RULINGS,
        indirect_consent::RULINGS,
        invalid_consent::RULINGS,
        no_consent::RULINGS,
        opted_out::RULINGS,
        register::RULINGS,
        sector_calls::RULINGS,
        service_message::RULINGS,
        soft_opt_in::RULINGS,
    ];
    ALL.iter().copied().flatten()
}

/// Every ruling on a rule, the most recent first and those without a date last.
#[must_use]
pub fn on(rule: &str) -> &'static [Precedent] {
    static BY_RULE: LazyLock<HashMap<&str, Vec<Precedent>>> = LazyLock::new(by_rule);
    BY_RULE.get(rule).map_or(&[], Vec::as_slice)
}

fn by_rule() -> HashMap<&'static str, Vec<Precedent>> {
    let mut by_rule: HashMap<&str, Vec<Precedent>> = HashMap::new();
    for ruling in all() {
        for point in ruling.points {
            for place in point.places {
                by_rule.entry(place.rule).or_default().push(Precedent { ruling, point, place });
            }
        }
    }
    for precedents in by_rule.values_mut() {
        precedents.sort_by_key(|precedent| Reverse(precedent.ruling.dated.map(|dated| dated.on)));
    }
    by_rule
}

/// The rulings to name beside a reason of a deny: on the same limb before those on the rule as a whole, of each those
/// that stand before those in doubt, and then the most recent first.
#[must_use]
pub fn beside(reason: &Reason<'_>, facts: &Facts<'_>) -> Vec<Precedent> {
    let same_point = |found: &&Precedent| found.place.covers(reason.limb.id) && (found.place.when)(facts);
    let mut found: Vec<Precedent> = on(reason.rule.id).iter().filter(same_point).copied().collect();
    let in_doubt = |found: &Precedent| found.ruling.appeal.is_some_and(|appeal| !appeal.stands);
    // Those that are alike in this stay in their order.
    found.sort_by_key(|found| (found.place.limbs.is_empty(), in_doubt(found)));
    found.truncate(AT_MOST);
    found
}

/// A sum with its sign: £1,500,000.
#[must_use]
pub fn in_pounds(sum: u32) -> String {
    let digits = sum.to_string();
    let mut text = String::from("£");
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

const fn noticed(on: &'static str) -> Option<Dated> {
    Some(Dated { on, basis: DateBasis::Notice })
}

const fn reported(on: &'static str) -> Option<Dated> {
    Some(Dated { on, basis: DateBasis::Publication })
}

const fn decided(on: &'static str) -> Option<Dated> {
    Some(Dated { on, basis: DateBasis::Appeal })
}

const fn fined(pounds: u32) -> Sanction {
    Sanction::Penalty(Some(pounds))
}

/// The appeal was dismissed.
const fn upheld(says: &'static str) -> Option<Appeal> {
    Some(Appeal { says, stands: true })
}

/// The ruling was changed on appeal, or may have been.
const fn in_doubt(says: &'static str) -> Option<Appeal> {
    Some(Appeal { says, stands: false })
}

const fn point(says: &'static str, places: &'static [Place]) -> Point {
    Point { says, places }
}

/// The point bears on these limbs of a rule.
const fn at(rule: &'static str, limbs: &'static [&'static str]) -> Place {
    Place { rule, limbs, when: always }
}

/// The point bears on a rule as a whole.
const fn whole(rule: &'static str) -> Place {
    Place { rule, limbs: &[], when: always }
}

const fn always(_: &Facts<'_>) -> bool {
    true
}

/// The words of a message that is declared as none promote, and these facts raise the point.
const fn wording(when: fn(&Facts<'_>) -> bool) -> Place {
    at("ico.promotional-wording", &["promotional-wording"]).when(when)
}

/// Whether the words that promote are of one of these families.
fn promotes_by(facts: &Facts<'_>, families: &[CueFamily]) -> bool {
    facts.content.strong(FindingKind::Promotes).is_some_and(|words| families.contains(&words.family))
}

/// The words offer help with claims or debts to whoever answers.
const SEEKS_LEADS: Place = wording(|facts| promotes_by(facts, &[CueFamily::LeadGeneration]));

/// The words appeal for money, votes or support.
const APPEALS: Place = wording(|facts| promotes_by(facts, &[CueFamily::Appeal]));

/// Nobody had consented at all. That a consent was bad is another point.
const NO_CONSENT: Place = at("pecr.reg22.consent", &["22(2)"]).when(no_consent_on_record);

const fn no_consent_on_record(facts: &Facts<'_>) -> bool {
    facts.consent.is_none()
}

/// The people had said no. The rulings found breaches of PECR reg 22; the same conduct disregards the objection.
const SAID_NO: &[Place] = &[
    at("uk_gdpr.art21.objection", &["21(3)", "11(1)"]),
    at("pecr.reg22.consent", &["22(2)-for-the-time-being"]),
    at("pecr.reg22.soft-opt-in", &["22(3)(c)-refused"]),
];

/// The same, of people who had consented before.
const TOOK_IT_BACK: &[Place] = &[
    at("uk_gdpr.art21.objection", &["21(3)", "11(1)"]),
    at("uk_gdpr.art7.withdrawal", &["7(3)"]),
    at("pecr.reg22.consent", &["22(2)-for-the-time-being"]),
    at("pecr.reg22.soft-opt-in", &["22(3)(c)-refused"]),
];

/// The consent was given to somebody else.
const NOT_NAMED: Place = at("pecr.reg22.consent", &["22(2)-sender"]);

/// What somebody else said of a consent was not checked.
const NOT_PROVED: Place = at("uk_gdpr.art7.demonstrable", &["7(1)-indirect", "22(2)-shown-indirect"]);

/// Numbers on the register were called.
const ON_REGISTER: &[Place] = &[whole("pecr.reg21.register")];

/// People who had asked for no more calls were called.
const ASKED_FOR_NO_CALLS: &[Place] = &[whole("pecr.reg21.objection")];

/// Who called could not be seen.
const WHO_CALLED: &[Place] = &[whole("pecr.reg24.identity")];

#[cfg(test)]
mod tests;
