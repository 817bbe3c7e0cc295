//! Article 8: a young child's consent needs a parent.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, uk_gdpr},
        consent::CONSENTS,
        consent_to_marketing,
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen, word},
    },
};

/// The age from which a child consents alone (UK GDPR Art 8(1) as it applies in the United Kingdom).
const OF_AGE: u8 = 13;

const PARENT: Limb = Limb {
    id: "8(1)",
    holds: "a holder of parental responsibility gave or authorised the consent of a child under 13",
    fails: "nobody with parental responsibility gave or authorised the consent of a child under 13",
};

rule! {
    /// A child under 13 cannot give consent to an online service alone: it must be given or authorised by the holder
    /// of parental responsibility. From 13 on a child consents like anybody else.
    ///
    /// ## Allowed
    /// A parent ticked the box for a child of eleven, and that is on record.
    ///
    /// ## Refused
    /// The child of eleven ticked it.
    ///
    /// ## Doubt
    /// What counts is the age when the consent was given, reckoned back by the whole years since. The article is about
    /// online services. The conservative reading, taken here, asks for a parent whatever the
    /// service was. An age that nobody knows engages nothing.
    ///
    /// ## References
    /// UK GDPR Art 8(1) (SI 2019/419 Sch 1 para 8); ICO, marketing to children.
    pub(crate) static RULE = {
        id: "uk_gdpr.art8.child",
        effect: Effect::Condition { of: CONSENTS },
        level: Level::Statute,
        citation: uk_gdpr("Art 8(1)", "https://www.legislation.gov.uk/eur/2016/679/article/8"),
        in_force: InForce::from(GDPR),
        statement: "The consent of a child under 13 needs a parent.",
        limbs: [&PARENT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(consent) = consent_to_marketing(facts) else { return Outcome::NotEngaged };
    // What counts is the age at which the consent was given: nobody grows into it.
    let years_since = consent.event.years_before(facts.at);
    let of_age = i64::from(OF_AGE) + years_since.max(0);
    if facts.recipient.age.is_none_or(|age| i64::from(age) >= of_age) {
        return Outcome::NotEngaged;
    }
    let parent = consent.parental_authorisation;
    let seen = Seen::event("consent_given.parental_authorisation", word(parent), consent.event);
    Limbs::default()
        .told(&PARENT, parent, seen, "`parental_authorisation` of the `consent_given` event")
        .outcome(Some(consent.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::rules::testing::{Change, F, as_is, by_consent, event, limbs, with};

    #[rstest]
    #[case::age_not_known(as_is, &["not engaged"])]
    #[case::fourteen(|f: F| f.recipient.age = Some(14), &["not engaged"])]
    #[case::thirteen(|f: F| f.recipient.age = Some(13), &["not engaged"])]
    #[case::a_child_then(|f: F| (f.recipient.age, f.the_consent().event) = (Some(17), event("consent_given", "2020-01-01T09:00:00Z")), &["8(1)"])]
    #[case::twelve(|f: F| f.recipient.age = Some(12), &["8(1)"])]
    #[case::twelve_without_a_parent(|f: F| (f.recipient.age, f.the_consent().parental_authorisation) = (Some(12), Some(false)), &["8(1)"])]
    #[case::twelve_with_a_parent(|f: F| (f.recipient.age, f.the_consent().parental_authorisation) = (Some(12), Some(true)), &["met"])]
    #[case::no_consent(|f: F| (f.recipient.age, f.consent) = (Some(12), None), &["not engaged"])]
    fn a_child_needs_a_parent(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
