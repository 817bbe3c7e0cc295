//! Article 4(11): consent is a clear affirmative action.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, uk_gdpr},
        in_force::{GDPR, InForce},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen},
    },
};

const AFFIRMATIVE: Limb = Limb {
    id: "4(11)",
    holds: "the person gave consent by a statement or a clear affirmative action",
    fails: "the consent is no statement or clear affirmative action: silence, a pre-ticked box and accepted terms are none",
};

rule! {
    /// Consent is a freely given, specific, informed and unambiguous indication of the person's wishes, by a statement
    /// or a clear affirmative action. Silence, a box that is ticked already and inactivity are none. What counts is
    /// what the person did or said, judged objectively, not their state of mind.
    ///
    /// ## Allowed
    /// The person ticked an empty box, pressed a button that said what it was for, wrote or said yes.
    ///
    /// ## Refused
    /// The box was ticked already. "By ordering you agree." The person did not take an opt-out.
    ///
    /// ## References
    /// UK GDPR Art 4(11), recital 32; PECR reg 2(1) "consent"; *RTM v Bonne Terre* [2026] EWCA Civ 488.
    pub(crate) static RULE = {
        id: "uk_gdpr.art4.affirmative",
        effect: Effect::Condition { of: "pecr.reg22.consent" },
        level: Level::Statute,
        citation: uk_gdpr("Art 4(11)", "https://www.legislation.gov.uk/eur/2016/679/article/4"),
        in_force: InForce::from(GDPR),
        statement: "Consent is a statement or a clear affirmative action.",
        limbs: [&AFFIRMATIVE],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = facts.consent.filter(|_| is_marketing_by_electronic_mail(facts)) else {
        return Outcome::NotEngaged;
    };
    let how = consent.manner.map_or("unknown", |manner| manner.as_str());
    Limbs::default()
        .told(
            &AFFIRMATIVE,
            consent.manner.map(|manner| manner.is_affirmative()),
            Seen::event("consent_given.how", how, consent.event),
            "`how` of the `consent_given` event: how the person gave consent",
        )
        .outcome(Some(consent.event))
}
