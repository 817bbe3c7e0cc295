//! The law. A stand-in until the rulebook is there.

use jiff::civil::{Date, date};

/// The version of the rulebook.
pub const RULEBOOK: &str = "2026-11-21";

/// One version of one rule.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub id: &'static str,
    /// The authority behind it.
    pub level: Level,
    /// What it does to the decision.
    pub effect: Effect,
    /// Where it stands.
    pub citation: Citation,
    /// When this version is the law.
    pub in_force: in_force::InForce,
    /// The rule in one sentence.
    pub statement: &'static str,
    /// Its conditions.
    pub limbs: &'static [&'static Limb],
    /// Lawyers differ on it.
    pub differs: bool,
    /// The law in full, in Markdown.
    pub docs: &'static str,
}

/// A condition of a rule.
#[derive(Debug)]
pub struct Limb {
    /// Its number.
    pub id: &'static str,
    /// What it says when it holds.
    pub holds: &'static str,
    /// What it says when it fails.
    pub fails: &'static str,
}

/// The authority behind a rule.
#[derive(Clone, Copy, Debug)]
pub struct Level;

impl Level {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        "statute"
    }
}

/// What a rule does to the decision.
#[derive(Clone, Copy, Debug)]
pub struct Effect;

impl Effect {
    /// The effect in words.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        "must be met"
    }
}

/// A place in the law.
#[derive(Clone, Copy, Debug)]
pub struct Citation {
    /// The instrument.
    pub instrument: &'static str,
    /// The provision.
    pub provision: &'static str,
    /// Where to read it.
    pub url: &'static str,
}

pub mod in_force {
    //! The days on which a version of a rule is the law.

    use super::{Date, date};

    /// The first day that the rulebook covers.
    pub const COVERED_FROM: Date = date(2003, 12, 11);

    /// From the first day, to the day before `until`.
    #[derive(Clone, Copy, Debug)]
    pub struct InForce {
        /// The first day.
        pub from: Date,
        /// The first day on which it is no longer the law.
        pub until: Option<Date>,
    }

    impl InForce {
        /// Whether the day is one of them.
        #[must_use]
        pub fn contains(&self, day: Date) -> bool {
            self.from <= day && self.until.is_none_or(|until| day < until)
        }
    }
}

/// Every version of every rule.
pub static ALL: &[&Rule] = &[&Rule {
    id: "pecr.reg22.consent",
    level: Level,
    effect: Effect,
    citation: Citation {
        instrument: "PECR 2003",
        provision: "reg. 22(2)",
        url: "https://www.legislation.gov.uk/uksi/2003/2426/regulation/22",
    },
    in_force: in_force::InForce { from: in_force::COVERED_FROM, until: None },
    statement: "Electronic mail to an individual subscriber needs prior consent.",
    limbs: &[&Limb { id: "22(2)", holds: "the person consented", fails: "nobody has recorded a consent" }],
    differs: false,
    docs: " Consent comes first.\n\n ## Allowed\n A person ticked a box.\n\n ## Refused\n Nobody asked.\n",
}];
