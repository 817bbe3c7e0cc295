//! Regulation 20(1)(b): a company that said no to faxes.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_20, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        pecr::reg20_consent::is_marketing_by_fax,
        standing,
    },
    terms::subscriber::SubscriberKind,
};

const NOT_NOTIFIED: Limb = Limb {
    id: "20(1)(b)",
    holds: "the corporate subscriber has not notified the caller that such faxes should not be sent on that line",
    fails: "the corporate subscriber has notified the caller that such faxes should not be sent on that line",
};

rule! {
    /// A company, an LLP, a Scottish partnership or another corporate subscriber may be faxed without consent, unless
    /// it has notified the caller that such communications should not be sent on that line.
    ///
    /// ## Allowed
    /// A stationer faxes an offer to a limited company that never asked it to stop and is on no register.
    ///
    /// ## Refused
    /// The company sent the last fax back with "no more of these".
    ///
    /// ## Doubt
    /// What the company said by another way, or of all marketing, is taken as said of this line too. It ends with a
    /// later consent of the company's own, or with its own request for what is sent.
    ///
    /// ## References
    /// PECR reg 20(1)(b), reg 2(1) "corporate subscriber"; ICO, fax marketing.
    pub(crate) static RULE = {
        id: "pecr.reg20.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 20(1)(b)", REG_20),
        in_force: InForce::from(PECR),
        statement: "A company may be faxed until it tells the caller to stop.",
        limbs: [&NOT_NOTIFIED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let corporate = match facts.recipient.subscriber {
        SubscriberKind::Corporate => true,
        SubscriberKind::Individual | SubscriberKind::Unknown => false,
    };
    if !corporate || !is_marketing_by_fax(facts) {
        return Outcome::NotEngaged;
    }
    // A request through the Fundraising Preference Service is a person's to a charity, and no word about a line.
    let said = [facts.stops.objection, facts.stops.withdrawal, facts.stops.refusal];
    let stop = said.iter().filter_map(|stop| standing(facts, stop)).max_by_key(|stop| stop.at);
    Limbs::default().require_none(&NOT_NOTIFIED, stop).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Facts,
        rules::testing::{AFTER, BEFORE, Change, F, as_is, by_fax, limbs, said, with},
        terms::{channel::Channel, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::a_person(|f: F| f.recipient.subscriber = SubscriberKind::Individual, &["not engaged"])]
    #[case::nobody_knows(|f: F| f.recipient.subscriber = SubscriberKind::Unknown, &["not engaged"])]
    #[case::said_stop(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["20(1)(b)"])]
    #[case::withdrew(|f: F| f.stops.withdrawal = said("consent_withdrawn", BEFORE), &["20(1)(b)"])]
    #[case::refused(|f: F| f.stops.refusal = said("details_refused", BEFORE), &["20(1)(b)"])]
    #[case::the_fundraising_service_is_another(|f: F| f.stops.fundraising_preference = said("register_listed", BEFORE), &["met"])]
    #[case::an_email(|f: F| f.channel = Channel::Email, &["not engaged"])]
    fn a_company_s_word(#[case] change: Change, #[case] expected: &[&str]) {
        let mut facts = Facts { consent: None, ..by_fax() };
        facts.recipient.subscriber = SubscriberKind::Corporate;
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }

    #[rstest]
    #[case::consented_since(BEFORE, "met")]
    #[case::consented_before(AFTER, "20(1)(b)")]
    fn its_own_later_consent_ends_it(#[case] objected: &str, #[case] limb: &str) {
        let mut facts = by_fax();
        facts.recipient.subscriber = SubscriberKind::Corporate;
        facts.stops.objection = said("objection_raised", objected);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
    }
}
