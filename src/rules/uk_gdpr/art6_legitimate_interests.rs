//! Article 6(1)(f): legitimate interests as the lawful basis.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_6, Level, dpa_1998, uk_gdpr},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        uk_gdpr::art6_consent::{SCHEDULE_2, decides, is_asked_for},
    },
    terms::lawful_basis::LawfulBasis,
};

const ASSERTED: Limb = Limb {
    id: "6(1)(f)",
    holds: "the sender asserts that its legitimate interests need the marketing",
    fails: "the sender asserts another basis than legitimate interests",
};
const ASSESSED: Limb = Limb {
    id: "6(1)(f)-assessment",
    holds: "an assessment that weighs those interests against the person's is on record",
    fails: "no assessment that weighs those interests against the person's is on record",
};
const PARAGRAPH_6: Limb = Limb { id: "Sch2(6)", ..ASSERTED };

rule! {
    /// Personal data may be used where it is necessary for the legitimate interests of the sender or another, unless
    /// the interests or rights of the person override them. Whoever relies on this must have weighed the two, and be
    /// able to show it. Where PECR asks for consent, legitimate interests do not take its place.
    ///
    /// ## Allowed
    /// A wine merchant posts its autumn list to a customer of last year: its assessment is on record, the customer knew
    /// of the use and has not objected.
    ///
    /// ## Refused
    /// The merchant never weighed anything. Or it says that the customer consented, which nobody did.
    ///
    /// ## Doubt
    /// Whether the balance comes out for the sender is a judgment of its own, and is taken as asserted with the
    /// reference of the assessment. A profile that holds an assessment asserts this basis wherever a request asserts none.
    ///
    /// ## References
    /// UK GDPR Art 6(1)(f), Art 5(2), recital 47; ICO, marketing and consent (small organisations).
    pub(crate) static RULE = {
        id: "uk_gdpr.art6.legitimate-interests",
        effect: Effect::Exception { to: &["uk_gdpr.art6.consent"] },
        level: Level::Statute,
        citation: uk_gdpr("Art 6(1)(f)", ART_6),
        in_force: InForce::from(GDPR),
        statement: "Legitimate interests that were weighed against the person's are a lawful basis.",
        limbs: [&ASSERTED, &ASSESSED],
        evaluate: evaluate,
    };
}

rule! {
    /// Personal data may be used where it is necessary for the legitimate interests of the sender, unless that is
    /// unwarranted by reason of prejudice to the rights and freedoms or legitimate interests of the person.
    ///
    /// ## Allowed
    /// A wine merchant posts its list to a customer who has not told it to stop.
    ///
    /// ## Refused
    /// The merchant asserts no condition, or a consent that nobody gave.
    ///
    /// ## Doubt
    /// The Act asked for no assessment on record: the assertion is taken for enough.
    ///
    /// ## References
    /// Data Protection Act 1998 Sch 2 para 6, in force until 25 May 2018.
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art6.legitimate-interests",
        effect: Effect::Exception { to: &["uk_gdpr.art6.consent"] },
        level: Level::Statute,
        citation: dpa_1998("Sch. 2 para. 6", SCHEDULE_2),
        in_force: InForce::between(PECR, GDPR),
        statement: "Legitimate interests, unless unwarranted by prejudice to the person, are a condition of Schedule 2.",
        limbs: [&PARAGRAPH_6],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !engaged(facts) {
        return Outcome::NotEngaged;
    }
    // Whoever asserts another basis is not asked for an assessment of this one.
    let assessed = facts.basis.assessed || facts.basis.kind == Some(LawfulBasis::Consent);
    let ask =
        "`assessment`: the reference of the assessment of the legitimate interests, or the one in the sender's profile";
    asserted(facts, &ASSERTED)
        .told(&ASSESSED, assessed.then_some(true), Seen::stated("assessment", "on record"), ask)
        .outcome(None)
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if engaged(facts) { asserted(facts, &PARAGRAPH_6).outcome(None) } else { Outcome::NotEngaged }
}

fn engaged(facts: &Facts<'_>) -> bool {
    let asserts = facts.basis.kind == Some(LawfulBasis::LegitimateInterests);
    is_asked_for(facts) && (decides(facts) || asserts)
}

fn asserted<'a>(facts: &Facts<'a>, limb: &'static Limb) -> Limbs<'a> {
    let kind = facts.basis.kind;
    Limbs::default().told(
        limb,
        kind.map(|kind| kind == LawfulBasis::LegitimateInterests),
        Seen::stated("lawful_basis", kind.map_or("unknown", LawfulBasis::as_str)),
        "`lawful_basis`: the basis on which the person's data are used (UK GDPR Art 6(1))",
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        facts::{AssertedBasis, Facts},
        rules::testing::{Change, F, as_is, by_advertising, by_post, by_soft_opt_in, limbs, with},
        terms::{
            audience::Audience,
            lawful_basis::LawfulBasis::{Consent, LegitimateInterests},
            purpose::Purpose,
            subscriber::SubscriberKind,
        },
    };

    #[rstest]
    #[case::smallest(as_is, &["met"], "met")]
    #[case::nothing_asserted(|f: F| f.basis.kind = None, &["6(1)(f)"], "Sch2(6)")]
    #[case::nothing_at_all(|f: F| f.basis = AssertedBasis::default(), &["6(1)(f)", "6(1)(f)-assessment"], "Sch2(6)")]
    #[case::another_asserted(|f: F| f.basis = AssertedBasis { kind: Some(Consent), assessed: false }, &["6(1)(f)"], "Sch2(6)")]
    #[case::not_assessed(|f: F| f.basis.assessed = false, &["6(1)(f)-assessment"], "met")]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"], "not engaged")]
    #[case::to_the_occupier(|f: F| f.audience = Some(Audience::Unaddressed), &["not engaged"], "not engaged")]
    #[case::a_company(|f: F| (f.recipient.subscriber, f.recipient.named_person) = (SubscriberKind::Corporate, Some(false)), &["not engaged"], "not engaged")]
    fn weighed_against_the_person_s(#[case] change: Change, #[case] now: &[&str], #[case] before_gdpr: &str) {
        for facts in [by_post(), by_advertising()] {
            let facts = with(facts, change);
            assert_eq!(limbs(&(RULE.evaluate)(&facts)), now);
            assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&facts)), [before_gdpr]);
        }
    }

    #[rstest]
    #[case::nothing_asserted(None, false, "not engaged")]
    #[case::consent_asserted(Some(Consent), false, "not engaged")]
    #[case::assessed(Some(LegitimateInterests), true, "met")]
    #[case::not_assessed(Some(LegitimateInterests), false, "6(1)(f)-assessment")]
    fn where_pecr_decides_only_what_is_asserted(
        #[case] kind: Option<crate::terms::lawful_basis::LawfulBasis>,
        #[case] assessed: bool,
        #[case] limb: &str,
    ) {
        let facts = Facts { basis: AssertedBasis { kind, assessed }, ..by_soft_opt_in() };
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
    }
}
