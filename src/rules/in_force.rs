//! The days on which a version of a rule is the law.

use jiff::civil::Date;

/// From the first day, to the day before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: Date,
    /// The first day on which it is no longer the law; `None` while it is.
    pub until: Option<Date>,
}

impl InForce {
    /// From a day on.
    #[must_use]
    pub const fn from(from: Date) -> Self {
        Self { from, until: None }
    }

    /// From a day on, and from another day on no more.
    #[must_use]
    pub const fn between(from: Date, until: Date) -> Self {
        Self { from, until: Some(until) }
    }

    /// Whether the day is one of them.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The first day that the rulebook covers: PECR came into force. A question about an earlier day is refused.
pub const COVERED_FROM: Date = PECR;

/// PECR (SI 2003/2426 reg 1).
pub(crate) const PECR: Date = jiff::civil::date(2003, 12, 11);
/// The register of reg 26 opened to corporate subscribers (SI 2004/1039).
pub(crate) const CORPORATE_REGISTER: Date = jiff::civil::date(2004, 6, 25);
/// "Or communication" systems in reg 19 (SI 2011/1208 reg 8).
pub(crate) const COMMUNICATION_SYSTEMS: Date = jiff::civil::date(2011, 5, 26);
/// Reg 23(c) and (d) (SI 2011/1208 reg 9).
pub(crate) const ELECTRONIC_COMMERCE: Date = jiff::civil::date(2011, 5, 26);
/// The identity of the calling line: reg 21(A1), reg 19(2)(b) (SI 2016/524).
pub(crate) const CALLER_IDENTITY: Date = jiff::civil::date(2016, 5, 16);
/// The GDPR and the Data Protection Act 2018.
pub(crate) const GDPR: Date = jiff::civil::date(2018, 5, 25);
/// Calls about claims management: reg 21A (Financial Guidance and Claims Act 2018 s.35; SI 2018/987 reg 3).
pub(crate) const CLAIMS_CALLS: Date = jiff::civil::date(2018, 9, 8);
/// Calls about pensions: reg 21B (SI 2018/1396).
pub(crate) const PENSION_CALLS: Date = jiff::civil::date(2019, 1, 9);
/// PECR's own definition of direct marketing (DUAA s.110(2)(c); SI 2025/904 reg 2).
pub(crate) const OWN_DEFINITION: Date = jiff::civil::date(2025, 8, 20);
/// The charity soft opt-in (DUAA s.114; SI 2026/82 reg 2).
pub(crate) const CHARITY_SOFT_OPT_IN: Date = jiff::civil::date(2026, 2, 5);
/// Direct marketing as an example of a legitimate interest (DUAA s.70(4); SI 2026/82 reg 2).
pub(crate) const DIRECT_MARKETING_INTEREST: Date = jiff::civil::date(2026, 2, 5);
/// The right to complain to the controller (DUAA s.103, Sch 10; SI 2026/82 reg 3).
pub(crate) const RIGHT_TO_COMPLAIN: Date = jiff::civil::date(2026, 6, 19);
/// Attempted calls and undelivered messages (DUAA s.110(2)(a)-(b) and (3); SI 2026/82 reg 2).
pub(crate) const ATTEMPTS: Date = jiff::civil::date(2026, 2, 5);

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::InForce;

    #[rstest]
    #[case::the_day_before(24, false)]
    #[case::the_first_day(25, true)]
    #[case::the_last_day(29, true)]
    #[case::the_day_after(30, false)]
    fn from_the_first_day_to_the_day_before_the_end(#[case] day: i8, #[case] contained: bool) {
        assert_eq!(InForce::between(date(2018, 5, 25), date(2018, 5, 30)).contains(date(2018, 5, day)), contained);
    }

    #[test]
    fn without_an_end_for_ever() {
        assert!(InForce::from(date(2018, 5, 25)).contains(date(2118, 5, 25)));
    }
}
