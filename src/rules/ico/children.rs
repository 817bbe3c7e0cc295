//! Children deserve specific protection.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, ico},
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::is_direct_marketing,
    },
};

const ADULT: Limb = Limb {
    id: "child",
    holds: "the person is not known to be a child",
    fails: "the person is under 18: marketing to children needs a data protection impact assessment and specific protection",
};

rule! {
    /// Marketing to children is not forbidden as such. They deserve specific protection, the regulator expects a data
    /// protection impact assessment, and they have the same right to object.
    ///
    /// ## Allowed
    /// A reader of sixteen, who consented, gets the magazine's newsletter, with this warning.
    ///
    /// ## Refused
    /// Nothing by this rule alone: the consent of a child under 13 is `uk_gdpr.art8.child`.
    ///
    /// ## References
    /// ICO, what if we want to target children with marketing; UK GDPR recital 38.
    pub(crate) static RULE = {
        id: "ico.children",
        effect: Effect::Advice,
        level: Level::IcoGuidance,
        citation: ico(
            "Children and the UK GDPR: marketing",
            "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/childrens-information/children-and-the-uk-gdpr/what-if-we-want-to-target-children-with-marketing/"
        ),
        in_force: InForce::from(GDPR),
        statement: "Marketing to children needs specific protection.",
        limbs: [&ADULT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(age) = facts.recipient.age.filter(|_| is_direct_marketing(facts)) else { return Outcome::NotEngaged };
    let value = if age < 18 { "under 18" } else { "18 or over" };
    Limbs::default().require(&ADULT, age >= 18, Seen::stated("recipient.age", value)).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_consent, limbs, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::age_not_known(as_is, &["not engaged"])]
    #[case::eighteen(|f: F| f.recipient.age = Some(18), &["met"])]
    #[case::seventeen(|f: F| f.recipient.age = Some(17), &["child"])]
    #[case::a_service_message(|f: F| (f.purpose, f.recipient.age) = (Purpose::Service, Some(17)), &["not engaged"])]
    fn under_eighteen(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
