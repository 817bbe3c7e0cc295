//! Article 7(1): consent must be shown.

use crate::{
    facts::{Consent, Facts},
    rules::{
        Effect,
        citation::{ART_7, Level, REG_22, pecr, uk_gdpr},
        consent::CONSENTS,
        consent_to_marketing,
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
    },
    terms::consent::ConsentSource,
};

const RECORD: Limb = Limb {
    id: "7(1)",
    holds: "the words that the person agreed to, or where the proof is kept, are on record",
    fails: "nothing on record shows what the person agreed to",
};
const DILIGENCE: Limb = Limb {
    id: "7(1)-indirect",
    holds: "for a consent that came through somebody else, where the proof is kept is on record",
    fails: "nothing on record proves the consent that came through somebody else",
};
const SHOWN: Limb = Limb { id: "22(2)-shown", ..RECORD };
const SHOWN_BY_PROOF: Limb = Limb { id: "22(2)-shown-indirect", ..DILIGENCE };

rule! {
    /// Whoever relies on consent must be able to show that the person consented: who, when, how, and to what words. No
    /// record, no consent. A consent that came through somebody else needs the proof itself: a supplier's assurance or
    /// a contract is none.
    ///
    /// ## Allowed
    /// The form's words and the id of its submission are on record.
    ///
    /// ## Refused
    /// A database says "opted in" and nothing else. A list came with the seller's word that all had agreed. The
    /// evidence was deleted after the campaign.
    ///
    /// ## References
    /// UK GDPR Art 7(1), Art 5(2); ICO, how should we obtain, record and manage consent.
    pub(crate) static RULE = {
        id: "uk_gdpr.art7.demonstrable",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: uk_gdpr("Art 7(1)", ART_7),
        in_force: InForce::from(GDPR),
        statement: "Consent that cannot be shown is no consent.",
        limbs: [&RECORD, &DILIGENCE],
        evaluate: evaluate,
    };
}

rule! {
    /// No unsolicited mail may be sent unless the recipient has notified the sender of consent: it is for the sender to
    /// show that the recipient has. Art 7(1) later said so in words of its own.
    ///
    /// ## Allowed
    /// The form's words and the id of its submission are on record.
    ///
    /// ## Refused
    /// A campaign deleted the evidence after the vote. A list came with the seller's word that all had agreed.
    ///
    /// ## References
    /// PECR reg 22(2); ICO, penalty on Vote Leave (2019) for texts sent in 2016.
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art7.demonstrable",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: pecr("reg. 22(2)", REG_22),
        in_force: InForce::between(PECR, GDPR),
        statement: "Consent that cannot be shown is no consent.",
        limbs: [&SHOWN, &SHOWN_BY_PROOF],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    match consent_to_marketing(facts) {
        Some(consent) => shown(&consent, &RECORD, &DILIGENCE),
        None => Outcome::NotEngaged,
    }
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    match consent_to_marketing(facts) {
        Some(consent) => shown(&consent, &SHOWN, &SHOWN_BY_PROOF),
        None => Outcome::NotEngaged,
    }
}

fn shown<'a>(consent: &Consent<'a>, record: &'static Limb, diligence: &'static Limb) -> Outcome<'a> {
    let on_record = (consent.has_wording || consent.has_evidence).then_some(true);
    let indirect = match consent.source {
        ConsentSource::ThirdParty | ConsentSource::BoughtList => true,
        ConsentSource::Direct | ConsentSource::Referral => false,
    };
    let proof = (!indirect || consent.has_evidence).then_some(true);
    Limbs::default()
        .told(
            record,
            on_record,
            Seen::event("consent_given.wording", "on record", consent.event),
            "`wording` or `evidence` of the `consent_given` event",
        )
        .told(
            diligence,
            proof,
            Seen::event("consent_given.evidence", "on record", consent.event),
            "`evidence` of the `consent_given` event: where the proof is kept",
        )
        .outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::consent::ConsentSource,
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::a_reference_will_do(|f: F| (f.the_consent().has_wording, f.the_consent().has_evidence) = (false, true), &["met"])]
    #[case::nothing(|f: F| f.the_consent().has_wording = false, &["7(1)"])]
    #[case::through_another_without_proof(|f: F| f.the_consent().source = ConsentSource::ThirdParty, &["7(1)-indirect"])]
    #[case::bought_without_proof(|f: F| f.the_consent().source = ConsentSource::BoughtList, &["7(1)-indirect"])]
    #[case::through_another_with_proof(|f: F| (f.the_consent().source, f.the_consent().has_evidence) = (ConsentSource::ThirdParty, true), &["met"])]
    #[case::no_consent(|f: F| f.consent = None, &["not engaged"])]
    fn consent_is_on_record(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }

    #[test]
    fn it_was_for_the_sender_to_show_consent_before_the_gdpr_too() {
        let mut facts = by_consent();
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), ["met"]);
        facts.the_consent().has_wording = false;
        facts.the_consent().source = ConsentSource::BoughtList;
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), ["22(2)-shown", "22(2)-shown-indirect"]);
    }
}
