//! A company's shared mailbox, line or address that asked to be left alone.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_B2B, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        scope::direct_marketing::is_direct_marketing,
        standing,
    },
};

const ASKED_TO_STOP: Limb = Limb {
    id: "corporate-opt-out",
    holds: "the company has not asked the sender to stop",
    fails: "the company has asked the sender to stop",
};

const WHOLE_COMPANY: Limb = Limb {
    id: "whole-company",
    holds: "nobody at this domain has asked the sender to leave the whole company alone",
    fails: "somebody at this domain has asked the sender to leave the whole company alone",
};

rule! {
    /// A shared mailbox, a line or an office address of a company is no person's data, and nobody has a right to object
    /// for it. The regulator strongly recommends that a sender keep a list of companies that asked it to stop, and heed
    /// it, by whatever channel. Of a fax the statute itself says so (`pecr.reg20.objection`).
    ///
    /// ## Allowed
    /// info@ at a limited company that never asked the sender to stop; a letter to its purchasing department.
    ///
    /// ## Refused
    /// The same mailbox after it wrote "please take us off your list". A colleague of the employee who wrote "take our
    /// whole company off your list".
    ///
    /// ## Doubt
    /// This is advice and not law: the literal reading warns instead of refusing. Where a person stands behind the
    /// address, that person's own objection is a right: `uk_gdpr.art21.objection`. What was asked for a whole company is
    /// heeded for every address of its email domain, until the person behind one of them consents anew.
    ///
    /// ## References
    /// ICO, business-to-business marketing.
    pub(crate) static RULE = {
        id: "ico.corporate-mailbox",
        effect: Effect::Requirement,
        level: Level::IcoGuidance,
        differs: true,
        citation: ico("Business-to-business marketing: opt-outs of companies", ICO_B2B),
        in_force: InForce::from(PECR),
        statement: "A company that asked the sender to stop should be left alone.",
        limbs: [&ASKED_TO_STOP, &WHOLE_COMPANY],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let stops = &facts.stops;
    let shared = !facts.recipient.is_data_subject();
    if !is_direct_marketing(facts) || !shared && stops.company.latest.is_none() {
        return Outcome::NotEngaged;
    }
    let said = [stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal];
    let asked = said.iter().filter(|_| shared).filter_map(|stop| standing(facts, stop)).max_by_key(|stop| stop.at);
    // Whoever asked for the whole company asked for the own address too: that is said once.
    let for_all = standing(facts, &stops.company).filter(|stop| asked != Some(*stop));
    Limbs::default().require_none(&ASKED_TO_STOP, asked).require_none(&WHOLE_COMPANY, for_all).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{BEFORE, Change, F, as_is, limbs, said, to_a_company, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::perhaps_a_person_s(as_is, &["not engaged"])]
    #[case::smallest(|f: F| f.recipient.named_person = Some(false), &["met"])]
    #[case::asked_to_stop(|f: F| (f.recipient.named_person, f.stops.objection) = (Some(false), said("objection_raised", BEFORE)), &["corporate-opt-out"])]
    #[case::refused(|f: F| (f.recipient.named_person, f.stops.refusal) = (Some(false), said("details_refused", BEFORE)), &["corporate-opt-out"])]
    #[case::a_person_s(|f: F| f.recipient.named_person = Some(true), &["not engaged"])]
    #[case::a_colleague_asked_for_all(|f: F| f.stops.company = said("objection_raised", BEFORE), &["whole-company"])]
    #[case::a_service_message(|f: F| (f.recipient.named_person, f.purpose) = (Some(false), Purpose::Service), &["not engaged"])]
    fn a_shared_mailbox(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_company(), change))), expected);
    }
}
