//! Article 7(1): consent must be shown.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_7, Level, uk_gdpr},
        in_force::{GDPR, InForce},
        is_marketing_by_electronic_mail,
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
        effect: Effect::Condition { of: "pecr.reg22.consent" },
        level: Level::Statute,
        citation: uk_gdpr("Art 7(1)", ART_7),
        in_force: InForce::from(GDPR),
        statement: "Consent that cannot be shown is no consent.",
        limbs: [&RECORD, &DILIGENCE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = facts.consent.filter(|_| is_marketing_by_electronic_mail(facts)) else {
        return Outcome::NotEngaged;
    };
    let on_record = (consent.has_wording || consent.has_evidence).then_some(true);
    let indirect = match consent.source {
        ConsentSource::ThirdParty | ConsentSource::BoughtList => true,
        ConsentSource::Direct | ConsentSource::Referral => false,
    };
    let proof = (!indirect || consent.has_evidence).then_some(true);
    Limbs::default()
        .told(
            &RECORD,
            on_record,
            Seen::event("consent_given.wording", "on record", consent.event),
            "`wording` or `evidence` of the `consent_given` event",
        )
        .told(
            &DILIGENCE,
            proof,
            Seen::event("consent_given.evidence", "on record", consent.event),
            "`evidence` of the `consent_given` event: where the proof is kept",
        )
        .outcome(Some(consent.event))
}
