//! Article 9: special category data needs explicit consent.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, uk_gdpr},
        consent::taken_back,
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen, word},
        scope::direct_marketing::is_direct_marketing,
        valid_consent,
    },
};

const EXPLICIT: Limb = Limb {
    id: "9(2)(a)",
    holds: "the person gave explicit consent to the use of special category data",
    fails: "the person gave no explicit consent to the use of special category data",
};

rule! {
    /// Marketing that uses or infers data about health, religion, politics, sexual life, ethnic origin or union
    /// membership needs a condition of Article 9 beside a lawful basis: in practice the person's explicit consent.
    ///
    /// ## Allowed
    /// A person with diabetes gave a pharmacy explicit consent to offers for diabetics by email.
    ///
    /// ## Refused
    /// A catalogue infers arthritis from a jar opener and offers patches, on the soft opt-in.
    ///
    /// ## Doubt
    /// Whether a message uses or infers such data is the caller's own judgment; when the caller says nothing, the rule
    /// is not engaged. Other conditions of Article 9(2), such as (d) for members of a political or religious body, are
    /// not modelled: the conservative reading asks for explicit consent.
    ///
    /// ## References
    /// UK GDPR Art 9(1), 9(2)(a); the regulator's penalty of October 2022 for health conditions inferred from purchases.
    pub(crate) static RULE = {
        id: "uk_gdpr.art9.special-category",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Art 9(2)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/9"),
        in_force: InForce::from(GDPR),
        statement: "Marketing that uses or infers special category data needs explicit consent.",
        limbs: [&EXPLICIT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let used = facts.message.special_category == Some(true);
    if !used || !is_direct_marketing(facts) || !facts.recipient.is_data_subject() {
        return Outcome::NotEngaged;
    }
    // What the person asks for later makes a message solicited; it does not give the explicit consent back.
    let Some(consent) = valid_consent(facts).filter(|consent| taken_back(facts, consent).is_none()) else {
        let seen = Seen::stated("message.special_category", "true");
        return Limbs::default().require(&EXPLICIT, false, seen).outcome(None);
    };
    let seen = Seen::event("consent_given.explicit", word(consent.explicit), consent.event);
    Limbs::default()
        .told(&EXPLICIT, consent.explicit, seen, "`explicit` of the `consent_given` event")
        .outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Facts,
        rules::testing::{AFTER, BEFORE, Change, F, as_is, by_consent, limbs, said, solicited, with},
        terms::subscriber::SubscriberKind,
    };

    #[rstest]
    #[case::nobody_says(as_is, &["not engaged"])]
    #[case::not_used(|f: F| f.message.special_category = Some(false), &["not engaged"])]
    #[case::not_told_whether_explicit(|f: F| f.message.special_category = Some(true), &["9(2)(a)"])]
    #[case::not_explicit(|f: F| sensitive(f, Some(false)), &["9(2)(a)"])]
    #[case::explicit(|f: F| sensitive(f, Some(true)), &["met"])]
    fn explicit_consent(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }

    fn sensitive(facts: F<'_>, explicit: Option<bool>) {
        facts.message.special_category = Some(true);
        facts.the_consent().explicit = explicit;
    }

    #[rstest]
    #[case::smallest(as_is, "met")]
    #[case::bad_consent(|f: F| f.the_consent().separate = None, "9(2)(a)")]
    #[case::another_channel(|f: F| f.the_consent().covers_channel = false, "9(2)(a)")]
    #[case::no_consent(|f: F| f.consent = None, "9(2)(a)")]
    #[case::withdrawn(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), "9(2)(a)")]
    #[case::a_company(|f: F| f.recipient.subscriber = SubscriberKind::Corporate, "met")]
    fn nothing_but_a_valid_consent_is_explicit(#[case] change: Change, #[case] limb: &str) {
        let mut facts = by_consent();
        sensitive(&mut facts, Some(true));
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), [limb]);
    }

    #[test]
    fn asking_for_a_brochure_does_not_give_a_withdrawn_consent_back() {
        let mut facts = Facts { request: solicited().request, ..by_consent() };
        sensitive(&mut facts, Some(true));
        facts.the_consent().event.at = BEFORE.parse().unwrap();
        facts.stops.withdrawal = said("consent_withdrawn", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["9(2)(a)"]);
    }
}
