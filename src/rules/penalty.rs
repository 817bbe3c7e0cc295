//! What a breach may cost at most: the penalties that the regulator may impose, each with its days.
//!
//! They decide nothing. A breach is punished under the law of its own day (SI 2026/82 reg 11).

use jiff::civil::{Date, date};

use super::{
    Rule,
    citation::{Citation, Level, pecr, uk_gdpr},
    decide::Reason,
    in_force::{GDPR, InForce, PECR},
};

/// What the regulator may impose for one kind of breach, over some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Penalty {
    /// The kind of breach.
    pub breach: Breach,
    /// The most that may be imposed.
    pub maximum: &'static str,
    /// On what condition, and on whom else, where the law says so.
    pub condition: Option<&'static str>,
    /// Where it stands. The instrument is the one that is broken.
    pub citation: Citation,
    /// When it is the law.
    pub in_force: InForce,
}

/// A kind of breach that has a maximum of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// Of regulations 19 to 24 of PECR.
    Pecr,
    /// Of the principles of data protection, the conditions of consent, or a right of the person.
    DataProtection,
    /// Of another duty of whoever processes data: Article 8 is one (UK GDPR Art 83(4)(a)).
    DataProtectionLesser,
}

impl Breach {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Pecr, Self::DataProtection, Self::DataProtectionLesser];

    /// What is broken when a rule fails. Guidance and policy are not broken, but departed from.
    #[must_use]
    pub fn of(rule: &Rule) -> Option<Self> {
        if rule.level != Level::Statute {
            return None;
        }
        match rule.citation.instrument {
            "PECR 2003" => Some(Self::Pecr),
            "UK GDPR" if rule.id == "uk_gdpr.art8.child" => Some(Self::DataProtectionLesser),
            "UK GDPR" | "DPA 1998" => Some(Self::DataProtection),
            _ => None,
        }
    }
}

/// The Commissioner's power to impose monetary penalties (SI 2010/31; of our own knowledge).
const MONETARY_PENALTIES: Date = date(2010, 4, 6);
/// That power for PECR (SI 2011/1208 regs 11, 14).
const FOR_PECR: Date = date(2011, 5, 26);
/// No need of substantial damage or distress (SI 2015/355).
const LOWER_THRESHOLD: Date = date(2015, 4, 6);
/// Officers of a body too (SI 2018/1189).
const OFFICERS: Date = date(2018, 12, 17);
/// The first whole day of the UK GDPR after the transition; until then the sums stood in euros (SI 2019/419).
const IN_STERLING: Date = date(2021, 1, 1);
/// The higher maximum of the DPA 2018 (DUAA s.115, Sch 13; SI 2026/82 reg 2(y)).
const HIGHER_MAXIMUM: Date = date(2026, 2, 5);

const NOTICE_ONLY: &str = "an enforcement notice, and no monetary penalty";
const HALF_A_MILLION: &str = "£500,000";
const HIGHER: &str = "£17.5 million, or 4% of worldwide annual turnover if that is more";

const DPA_1998_S_40: &str = "https://www.legislation.gov.uk/ukpga/1998/29/section/40";
const DPA_1998_S_55A: &str = "https://www.legislation.gov.uk/ukpga/1998/29/section/55A";
const DPA_2018_S_157: &str = "https://www.legislation.gov.uk/ukpga/2018/12/section/157";
const PECR_SCH_1: &str = "https://www.legislation.gov.uk/uksi/2003/2426/schedule/1";

/// Every maximum at every time, those of one kind of breach in the order of their days.
pub static ALL: &[Penalty] = &[
    Penalty {
        breach: Breach::Pecr,
        maximum: NOTICE_ONLY,
        condition: None,
        citation: pecr("reg. 31, with DPA 1998 s. 40", "https://www.legislation.gov.uk/uksi/2003/2426/regulation/31"),
        in_force: InForce::between(PECR, FOR_PECR),
    },
    Penalty {
        breach: Breach::Pecr,
        maximum: HALF_A_MILLION,
        condition: Some("for a serious contravention, likely to cause substantial damage or distress"),
        citation: pecr("reg. 31, Sch. 1, with DPA 1998 s. 55A", PECR_SCH_1),
        in_force: InForce::between(FOR_PECR, LOWER_THRESHOLD),
    },
    Penalty {
        breach: Breach::Pecr,
        maximum: HALF_A_MILLION,
        condition: Some("for a serious contravention"),
        citation: pecr("reg. 31, Sch. 1 para. 8AA, with DPA 1998 s. 55A", PECR_SCH_1),
        in_force: InForce::between(LOWER_THRESHOLD, OFFICERS),
    },
    Penalty {
        breach: Breach::Pecr,
        maximum: HALF_A_MILLION,
        condition: Some("for a serious contravention, and the same from an officer who is to blame for it"),
        citation: pecr("reg. 31, Sch. 1 para. 8AA, with DPA 1998 s. 55A", PECR_SCH_1),
        in_force: InForce::between(OFFICERS, HIGHER_MAXIMUM),
    },
    Penalty {
        breach: Breach::Pecr,
        maximum: HIGHER,
        condition: None,
        citation: pecr("reg. 31, Sch. 1 para. 18, with DPA 2018 s. 157", DPA_2018_S_157),
        in_force: InForce::from(HIGHER_MAXIMUM),
    },
    Penalty {
        breach: Breach::DataProtection,
        maximum: NOTICE_ONLY,
        condition: None,
        citation: Citation { instrument: "DPA 1998", provision: "s. 40", url: DPA_1998_S_40 },
        in_force: InForce::between(PECR, MONETARY_PENALTIES),
    },
    Penalty {
        breach: Breach::DataProtection,
        maximum: HALF_A_MILLION,
        condition: Some("for a serious contravention, likely to cause substantial damage or distress"),
        citation: Citation { instrument: "DPA 1998", provision: "s. 55A", url: DPA_1998_S_55A },
        in_force: InForce::between(MONETARY_PENALTIES, GDPR),
    },
    Penalty {
        breach: Breach::DataProtection,
        maximum: "€20 million, or 4% of worldwide annual turnover if that is more",
        condition: None,
        citation: uk_gdpr("Art 83(5), with DPA 2018 s. 157", DPA_2018_S_157),
        in_force: InForce::between(GDPR, IN_STERLING),
    },
    Penalty {
        breach: Breach::DataProtection,
        maximum: HIGHER,
        condition: None,
        citation: uk_gdpr("Art 83(5), with DPA 2018 s. 157", DPA_2018_S_157),
        in_force: InForce::from(IN_STERLING),
    },
    Penalty {
        breach: Breach::DataProtectionLesser,
        maximum: "€10 million, or 2% of worldwide annual turnover if that is more",
        condition: None,
        citation: uk_gdpr("Art 83(4), with DPA 2018 s. 157", DPA_2018_S_157),
        in_force: InForce::between(GDPR, IN_STERLING),
    },
    Penalty {
        breach: Breach::DataProtectionLesser,
        maximum: "£8.7 million, or 2% of worldwide annual turnover if that is more",
        condition: None,
        citation: uk_gdpr("Art 83(4), with DPA 2018 s. 157", DPA_2018_S_157),
        in_force: InForce::from(IN_STERLING),
    },
];

/// The maxima that are the law on a day.
pub fn in_force(day: Date) -> impl Iterator<Item = &'static Penalty> {
    ALL.iter().filter(move |penalty| penalty.in_force.contains(day))
}

/// What sending the message all the same may cost under each instrument whose rules fail. Of two maxima under one
/// instrument, the lesser is left out: it is contained in the other (UK GDPR Art 83(3)).
#[must_use]
pub fn at_stake(reasons: &[Reason<'_>], day: Date) -> Vec<&'static Penalty> {
    let broken = |breach| reasons.iter().any(|reason| !reason.met && Breach::of(reason.rule) == Some(breach));
    let contained = |breach| breach == Breach::DataProtectionLesser && broken(Breach::DataProtection);
    in_force(day).filter(|penalty| broken(penalty.breach) && !contained(penalty.breach)).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{
        facts::Facts,
        rules::{
            decide::decide,
            testing::{AFTER, BEFORE, by_consent, said, to_a_stranger},
        },
        terms::party::PolicyProfile,
    };

    fn maxima(facts: &Facts<'_>) -> Vec<(&'static str, &'static str)> {
        let decision = decide(facts, facts.consent.as_slice(), &[]);
        assert!(!decision.allow);
        let at_stake = at_stake(&decision.reasons, facts.as_of);
        at_stake.iter().map(|penalty| (penalty.citation.instrument, penalty.maximum)).collect()
    }

    /// On each day on which something begins or ends, and on the day before, each kind of breach has one maximum from
    /// its own first day on; PECR and data protection have one from the first day that the rulebook covers.
    #[test]
    fn no_gap_and_no_overlap() {
        let turns = ALL.iter().flat_map(|penalty| [Some(penalty.in_force.from), penalty.in_force.until]).flatten();
        let days: Vec<Date> = turns.flat_map(|day| [day.yesterday().unwrap(), day]).collect();
        for breach in Breach::ALL {
            let first = if breach == Breach::DataProtectionLesser { GDPR } else { PECR };
            for day in &days {
                let maxima = in_force(*day).filter(|penalty| penalty.breach == breach).count();
                assert_eq!(maxima, usize::from(*day >= first), "{breach:?} on {day}");
            }
        }
        assert!(ALL.iter().all(|penalty| penalty.in_force.until.is_none_or(|until| until > penalty.in_force.from)));
    }

    #[rstest]
    #[case::at_first(date(2003, 12, 11), NOTICE_ONLY, false)]
    #[case::before_the_power(date(2011, 5, 25), NOTICE_ONLY, false)]
    #[case::the_power(date(2011, 5, 26), HALF_A_MILLION, true)]
    #[case::before_officers(date(2018, 12, 16), HALF_A_MILLION, true)]
    #[case::the_last_day_of_the_old(date(2026, 2, 4), HALF_A_MILLION, true)]
    #[case::the_first_day_of_the_new(date(2026, 2, 5), HIGHER, false)]
    fn a_breach_of_pecr(#[case] as_of: Date, #[case] maximum: &str, #[case] conditional: bool) {
        assert_eq!(maxima(&Facts { as_of, ..to_a_stranger() }), [("PECR 2003", maximum)]);
        let penalty = in_force(as_of).find(|penalty| penalty.breach == Breach::Pecr).unwrap();
        assert_eq!(penalty.condition.is_some(), conditional);
    }

    #[rstest]
    #[case::before_any(date(2010, 4, 5), "DPA 1998", NOTICE_ONLY)]
    #[case::before_the_gdpr(date(2018, 5, 24), "DPA 1998", HALF_A_MILLION)]
    #[case::in_euros(date(2020, 12, 31), "UK GDPR", "€20 million, or 4% of worldwide annual turnover if that is more")]
    #[case::in_pounds(date(2021, 1, 1), "UK GDPR", HIGHER)]
    fn an_objection_disregarded(#[case] as_of: Date, #[case] instrument: &str, #[case] maximum: &str) {
        let mut facts = Facts { as_of, ..to_a_stranger() };
        facts.stops.objection = said("objection_raised", BEFORE);
        assert_eq!(maxima(&facts).last(), Some(&(instrument, maximum)));
        assert_eq!(maxima(&facts).len(), 2);
    }

    /// A breach of Article 8 has the lesser maximum, unless the greater one is at stake as well.
    #[test]
    fn the_lesser_maximum() {
        let mut facts = by_consent();
        facts.recipient.age = Some(12);
        let found = maxima(&facts);
        assert_eq!(
            found,
            [("PECR 2003", HIGHER), ("UK GDPR", "£8.7 million, or 2% of worldwide annual turnover if that is more")]
        );
        facts.stops.objection = said("objection_raised", AFTER);
        assert_eq!(maxima(&facts), [("PECR 2003", HIGHER), ("UK GDPR", HIGHER)]);
    }

    /// Policy is no law: nothing is at stake for going against it alone.
    #[test]
    fn policy_has_no_penalty() {
        let mut facts = Facts { profile: PolicyProfile::Conservative, ..by_consent() };
        facts.recipient.vulnerable = Some(true);
        assert!(maxima(&facts).is_empty());
    }
}
