//! Article 7(3): consent may be withdrawn at any time.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_7, Level, uk_gdpr},
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome},
        scope::direct_marketing::is_direct_marketing,
        standing,
    },
};

const WITHDRAWN: Limb = Limb {
    id: "7(3)",
    holds: "no withdrawal of consent to this stands",
    fails: "the person has withdrawn consent to this",
};

rule! {
    /// A person may withdraw consent at any time, and what rested on it must stop. A withdrawal for one channel or
    /// topic leaves the others as they were; a withdrawal without limits ends all.
    ///
    /// ## Allowed
    /// A person texted STOP, and is emailed under a consent to email.
    ///
    /// ## Refused
    /// The same person is texted again. A person who withdrew is mailed as an old customer under the soft opt-in.
    ///
    /// ## Doubt
    /// Whether a withdrawal also stops mail that needs no consent: the conservative answer, taken here, is that who
    /// withdraws does not want the mail.
    ///
    /// ## References
    /// UK GDPR Art 7(3); ICO, how should we obtain, record and manage consent.
    pub(crate) static RULE = {
        id: "uk_gdpr.art7.withdrawal",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Art 7(3)", ART_7),
        in_force: InForce::from(GDPR),
        statement: "A consent that was withdrawn is no consent.",
        limbs: [&WITHDRAWN],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_direct_marketing(facts) || !facts.recipient.is_data_subject() {
        return Outcome::NotEngaged;
    }
    Limbs::default().require_none(&WITHDRAWN, standing(facts, &facts.stops.withdrawal)).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, BEFORE, Change, DONE, F, as_is, by_consent, limbs, said, with},
        terms::{purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::withdrawn_before(|f: F| f.stops.withdrawal = said("consent_withdrawn", BEFORE), &["met"])]
    #[case::withdrawn_at_the_same_time(|f: F| f.stops.withdrawal = said("consent_withdrawn", DONE), &["7(3)"])]
    #[case::withdrawn_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["7(3)"])]
    #[case::no_valid_consent_since(|f: F| (f.stops.withdrawal, f.the_consent().manner) = (said("consent_withdrawn", BEFORE), None), &["7(3)"])]
    #[case::a_company_s_mailbox(|f: F| (f.recipient.subscriber, f.recipient.named_person) = (SubscriberKind::Corporate, Some(false)), &["not engaged"])]
    #[case::a_named_employee(|f: F| (f.recipient.subscriber, f.recipient.named_person) = (SubscriberKind::Corporate, Some(true)), &["met"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn withdrawn_consent_is_none(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }
}
