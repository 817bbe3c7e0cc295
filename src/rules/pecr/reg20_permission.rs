//! Regulation 20(5) and (6): a subscriber on the register who lets this caller send faxes.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_20, pecr},
        consent::taken_back,
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        pecr::reg20_consent::is_marketing_by_fax,
        valid_consent,
    },
};

const NOTIFIED: Limb = Limb {
    id: "20(5)",
    holds: "the subscriber has notified the caller that they do not, for the time being, object to such faxes on that line",
    fails: "what the subscriber told the caller is no valid, specific agreement to such faxes on that line",
};
const NOT_WITHDRAWN: Limb =
    Limb { id: "20(6)", holds: "the subscriber has not taken that back", fails: "the subscriber has taken that back" };

rule! {
    /// A subscriber whose number is in the register may notify a caller that they do not, for the time being, object
    /// to such faxes on that line; then that caller may send them. The notification may be withdrawn at any time.
    ///
    /// ## Allowed
    /// A shop on the register signed "fax me your offers" at a wholesaler's counter.
    ///
    /// ## Refused
    /// The shop only ever bought there; or it agreed to emails; or it wrote later that it wants no more faxes.
    ///
    /// ## Doubt
    /// The regulation does not say in what form the subscriber must notify the caller. The reading taken asks for as
    /// much as a consent to faxes from this caller must be: valid, specific and shown. It may be older than the entry in
    /// the register, for no order is prescribed. Only what the person gave in person lifts an objection.
    ///
    /// ## References
    /// PECR reg 20(5)-(6); ICO, fax marketing.
    pub(crate) static RULE = {
        id: "pecr.reg20.permission",
        effect: Effect::Exception { to: &["pecr.reg20.register", "house.newly-listed"] },
        level: Level::Statute,
        citation: pecr("reg. 20(5)-(6)", REG_20),
        in_force: InForce::from(PECR),
        statement: "A subscriber on the register may let one caller send faxes all the same.",
        limbs: [&NOTIFIED, &NOT_WITHDRAWN],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = facts.consent.filter(|_| is_marketing_by_fax(facts)) else { return Outcome::NotEngaged };
    let seen = Seen::event("consent_given", "not valid for this", consent.event);
    Limbs::default()
        .require(&NOTIFIED, valid_consent(facts).is_some(), seen)
        .require_none(&NOT_WITHDRAWN, taken_back(facts, &consent))
        .outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, BEFORE, Change, F, as_is, by_fax, limbs, said, with},
        terms::{channel::Channel, consent::ConsentManner},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::nothing_said(|f: F| f.consent = None, &["not engaged"])]
    #[case::to_emails(|f: F| f.the_consent().covers_channel = false, &["20(5)"])]
    #[case::to_another(|f: F| f.the_consent().names_sender = Some(false), &["20(5)"])]
    #[case::by_silence(|f: F| f.the_consent().manner = Some(ConsentManner::Silence), &["20(5)"])]
    #[case::taken_back(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["20(6)"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["20(6)"])]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["met"])]
    #[case::a_call(|f: F| f.channel = Channel::LiveCall, &["not engaged"])]
    fn this_caller_may(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_fax(), change))), expected);
    }
}
