//! Regulation 20(1)(c) and (4): the register of those who want no faxes.

use crate::{
    facts::{EventRef, Facts},
    rules::{
        Effect,
        citation::{Level, REG_20, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        pecr::reg20_consent::is_marketing_by_fax,
        register::{is_recent, is_within_grace},
    },
};

const NOT_LISTED: Limb = Limb {
    id: "20(1)(c)",
    holds: "the number is not in the register of faxes, or has been for less than 28 days",
    fails: "the number is in the register of faxes (Fax Preference Service)",
};
const SCREENED: Limb = Limb {
    id: "20(1)(c)-screened",
    holds: "the register of faxes was consulted less than 28 days ago",
    fails: "nobody has looked the number up in the register of faxes in the last 28 days",
};

rule! {
    /// No unsolicited fax for direct marketing may be sent to a number that is in the register kept under reg 25, the
    /// Fax Preference Service, whoever the subscriber is. A number that has been in it for less than 28 days before
    /// the day of the fax does no harm yet.
    ///
    /// ## Allowed
    /// The number was looked up a week ago and was not there. It was entered 27 days ago.
    ///
    /// ## Refused
    /// It was entered 28 days ago. It was found there, and nobody knows since when. The last look at the register is
    /// 28 days old: it may have been entered the day after.
    ///
    /// ## Doubt
    /// A look into the register that is itself 28 days old or older is taken for no evidence: an entry since then could
    /// bind already. Days are counted by the calendar in London; a reading that leaves the day of the entry out gives
    /// one more, and is not relied on. The register is not the Fundraising Preference Service, which bears the same
    /// initials: that one is `uk_gdpr.art21.objection`.
    ///
    /// ## References
    /// PECR reg 20(1)(c), (4), reg 25; ICO, fax marketing.
    pub(crate) static RULE = {
        id: "pecr.reg20.register",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 20(1)(c) and (4)", REG_20),
        in_force: InForce::from(PECR),
        statement: "A number in the register of faxes may not be faxed.",
        limbs: [&NOT_LISTED, &SCREENED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_fax(facts) {
        return Outcome::NotEngaged;
    }
    let register = &facts.line.fax;
    if let Some(listed) = register.listed {
        let fresh = newly_listed(facts).is_some();
        let value = match (listed.since_known, fresh) {
            (true, true) => "listed less than 28 days ago",
            (true, false) => "listed 28 days ago or earlier",
            (false, _) => "found there, since when is not known",
        };
        let seen = Seen::event("register_listed.fax_register", value, listed.event);
        return Limbs::default().require(&NOT_LISTED, fresh, seen).outcome(fresh.then_some(listed.event));
    }
    let fact = "register_screened.fax_register";
    let ask = "a `register_screened` event of the `fax_register` for this number, less than 28 days old";
    let recent = register.absent.filter(|absent| is_recent(facts, absent));
    let seen = register.absent.map_or(Seen::stated(fact, "unknown"), |absent| Seen::event(fact, "28 days old", absent));
    Limbs::default().told(&SCREENED, recent.map(|_| true), seen, ask).outcome(recent)
}

/// The listing of the line, if it is less than 28 days old.
pub(crate) fn newly_listed<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    facts.line.fax.listed.filter(|listed| is_within_grace(facts, listed)).map(|listed| listed.event)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::{Listed, Listing},
        rules::testing::{Change, F, as_is, by_fax, event, limbs, with},
        terms::{channel::Channel, purpose::Purpose, subscriber::SubscriberKind},
    };

    fn listed(at: &str, since_known: bool) -> Listing<'static> {
        Listing { listed: Some(Listed { event: event("register_listed", at), since_known }), absent: None }
    }

    fn absent(at: &str) -> Listing<'static> {
        Listing { listed: None, absent: Some(event("register_screened", at)) }
    }

    /// The fax is sent on 21 November 2026: 24 October is 28 days before.
    #[rstest]
    #[case::looked_up(as_is, &["met"])]
    #[case::never_looked_up(|f: F| f.line.fax = Listing::default(), &["20(1)(c)-screened"])]
    #[case::looked_up_27_days_ago(|f: F| f.line.fax = absent("2026-10-25T00:30:00Z"), &["met"])]
    #[case::looked_up_28_days_ago(|f: F| f.line.fax = absent("2026-10-24T22:30:00Z"), &["20(1)(c)-screened"])]
    #[case::listed_yesterday(|f: F| f.line.fax = listed("2026-11-20T09:00:00Z", true), &["met"])]
    #[case::listed_27_days_ago(|f: F| f.line.fax = listed("2026-10-25T00:30:00Z", true), &["met"])]
    #[case::listed_28_days_ago(|f: F| f.line.fax = listed("2026-10-24T22:30:00Z", true), &["20(1)(c)"])]
    #[case::listed_long_ago(|f: F| f.line.fax = listed("2020-01-01T09:00:00Z", true), &["20(1)(c)"])]
    #[case::found_there(|f: F| f.line.fax = listed("2026-11-20T09:00:00Z", false), &["20(1)(c)"])]
    #[case::a_company(|f: F| f.recipient.subscriber = SubscriberKind::Corporate, &["met"])]
    #[case::the_telephone_register_is_another(|f: F| f.line.tps = listed("2020-01-01T09:00:00Z", true), &["met"])]
    #[case::a_service_message(|f: F| (f.purpose, f.line.fax) = (Purpose::Service, Listing::default()), &["not engaged"])]
    #[case::a_call(|f: F| f.channel = Channel::LiveCall, &["not engaged"])]
    fn the_register_of_faxes(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_fax(), change))), expected);
    }
}
