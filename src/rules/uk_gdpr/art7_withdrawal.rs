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
    holds: "the person has not withdrawn consent to this",
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
