//! Article 4(11): consent is a clear affirmative action.

use crate::{
    facts::{Consent, Facts},
    rules::{
        Effect,
        citation::{Citation, Level, uk_gdpr},
        consent::CONSENTS,
        consent_to_marketing,
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen, word},
    },
};

const AFFIRMATIVE: Limb = Limb {
    id: "4(11)",
    holds: "the person gave consent by a statement or a clear affirmative action",
    fails: "the consent is no statement or clear affirmative action: silence, a pre-ticked box and accepted terms are none",
};
const INDICATION: Limb = Limb {
    id: "2(h)",
    holds: "the person signified agreement by a statement or an action",
    fails: "the person signified nothing: silence, a pre-ticked box and accepted terms are no indication of wishes",
};
const FREELY_GIVEN: Limb = Limb {
    id: "2(h)-freely-given",
    holds: "the consent was freely given: no service is said to have depended on it",
    fails: "a service was made to depend on the consent, so it was not freely given",
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
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: uk_gdpr("Art 4(11)", "https://www.legislation.gov.uk/eur/2016/679/article/4"),
        in_force: InForce::from(GDPR),
        statement: "Consent is a statement or a clear affirmative action.",
        limbs: [&AFFIRMATIVE],
        evaluate: evaluate,
    };
}

rule! {
    /// Consent was any freely given, specific and informed indication by which the person signified agreement. PECR took
    /// the word from Directive 2002/58/EC, and that from Directive 95/46/EC.
    ///
    /// ## Allowed
    /// The person ticked an empty box, pressed a button that said what it was for, wrote or said yes.
    ///
    /// ## Refused
    /// The person did not take an opt-out: who has not objected has not consented. Nobody could register without
    /// agreeing to marketing.
    ///
    /// ## Doubt
    /// The regulator's guidance of 2013 let an opt-out box count where some other action clearly meant consent. The Court
    /// of Justice later held that a box ticked already was no consent under the directive of 1995 either; that reading
    /// is taken here.
    ///
    /// ## References
    /// Directive 95/46/EC Art 2(h); Directive 2002/58/EC Art 2(f); *Planet49* (C-673/17, 2019).
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art4.affirmative",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: Citation {
            instrument: "Directive 95/46/EC",
            provision: "Art 2(h)",
            url: "https://www.legislation.gov.uk/eudr/1995/46/article/2",
        },
        in_force: InForce::between(PECR, GDPR),
        statement: "Consent is an indication by which the person freely signifies agreement.",
        limbs: [&INDICATION, &FREELY_GIVEN],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    by_action(&AFFIRMATIVE, &consent).outcome(Some(consent.event))
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    let seen = Seen::event("consent_given.conditional", word(consent.conditional), consent.event);
    by_action(&INDICATION, &consent)
        .require(&FREELY_GIVEN, consent.conditional != Some(true), seen)
        .outcome(Some(consent.event))
}

fn by_action<'a>(limb: &'static Limb, consent: &Consent<'a>) -> Limbs<'a> {
    let how = consent.manner.map_or("unknown", |manner| manner.as_str());
    Limbs::default().told(
        limb,
        consent.manner.map(|manner| manner.is_affirmative()),
        Seen::event("consent_given.how", how, consent.event),
        "`how` of the `consent_given` event: how the person gave consent",
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::consent::ConsentManner::{OptOutNotTaken, Oral, PreTickedBox, Silence, TermsAccepted},
    };

    #[rstest]
    #[case::smallest(as_is, "met", "met")]
    #[case::said(|f: F| f.the_consent().manner = Some(Oral), "met", "met")]
    #[case::ticked_already(|f: F| f.the_consent().manner = Some(PreTickedBox), "4(11)", "2(h)")]
    #[case::silence(|f: F| f.the_consent().manner = Some(Silence), "4(11)", "2(h)")]
    #[case::terms(|f: F| f.the_consent().manner = Some(TermsAccepted), "4(11)", "2(h)")]
    #[case::opt_out_not_taken(|f: F| f.the_consent().manner = Some(OptOutNotTaken), "4(11)", "2(h)")]
    #[case::not_told(|f: F| f.the_consent().manner = None, "4(11)", "2(h)")]
    #[case::price_of_a_service(|f: F| f.the_consent().conditional = Some(true), "met", "2(h)-freely-given")]
    #[case::not_told_of_a_price(|f: F| f.the_consent().conditional = None, "met", "met")]
    #[case::no_consent(|f: F| f.consent = None, "not engaged", "not engaged")]
    fn consent_is_an_action(#[case] change: Change, #[case] now: &str, #[case] before_gdpr: &str) {
        let facts = with(by_consent(), change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [now]);
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), [before_gdpr]);
    }
}
