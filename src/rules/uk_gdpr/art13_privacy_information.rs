//! Articles 13 and 14: the privacy information.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ART_13, Level, uk_gdpr},
        in_force::{GDPR, InForce, RIGHT_TO_COMPLAIN},
        outcome::{Limb, Limbs, Outcome, Seen, word},
        uk_gdpr::art6_consent::is_asked_for,
    },
    terms::channel::Channel,
};

const INFORMED: Limb = Limb {
    id: "13-14",
    holds: "the person has had the privacy information with the right to complain to the sender, or gets it with the message",
    fails: "the person has not had the privacy information with the right to complain to the sender, and does not get it with the message",
};
const INFORMED_BEFORE: Limb = Limb {
    holds: "the person has had the privacy information, or gets it with the message",
    fails: "the person has not had the privacy information, and does not get it with the message",
    ..INFORMED
};

rule! {
    /// Whoever uses a person's data tells them: who, what for, on what basis, with what rights. When the data come from
    /// the person, at once; when they come from elsewhere, within a month, and at the latest with the first message.
    /// Since 19 June 2026 that includes the right to complain to the sender itself.
    ///
    /// ## Allowed
    /// A charity writes to a donor who was told with the first gift that it would. A letter to a name from a bought
    /// list has the information on its back.
    ///
    /// ## Refused
    /// The same letter without it.
    ///
    /// ## Doubt
    /// PECR asks nothing of a letter, so that openness is half of what makes one lawful: by post somebody must state that
    /// the person knows. By other channels nothing stated is no refusal, but a duty that comes with the answer; a
    /// statement that the person was not told refuses by every channel.
    ///
    /// ## References
    /// UK GDPR Arts 13(1)-(2), 14(1)-(3); Data (Use and Access) Act 2025 s.103, Sch 10 (SI 2026/82 reg 3).
    pub(crate) static RULE = {
        id: "uk_gdpr.art13.privacy-information",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Arts 13 and 14", ART_13),
        in_force: InForce::from(RIGHT_TO_COMPLAIN),
        statement: "People must be told how their data are used, and that they may complain.",
        limbs: [&INFORMED],
        evaluate: evaluate,
    };
}

rule! {
    /// Whoever uses a person's data tells them: who, what for, on what basis, with what rights. When the data come from
    /// the person, at once; when they come from elsewhere, within a month, and at the latest with the first message.
    ///
    /// ## Allowed
    /// A charity writes to a donor who was told with the first gift that it would.
    ///
    /// ## Refused
    /// A letter to a name from a bought list, without a word on where the name comes from.
    ///
    /// ## Doubt
    /// By post somebody must state that the person knows; by other channels only a statement that they do not refuses.
    ///
    /// ## References
    /// UK GDPR Arts 13(1)-(2), 14(1)-(3).
    pub(crate) static BEFORE_COMPLAINTS = {
        id: "uk_gdpr.art13.privacy-information",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Arts 13 and 14", ART_13),
        in_force: InForce::between(GDPR, RIGHT_TO_COMPLAIN),
        statement: "People must be told how their data are used.",
        limbs: [&INFORMED_BEFORE],
        evaluate: evaluate_before_complaints,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    told(facts, &INFORMED)
}

fn evaluate_before_complaints<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    told(facts, &INFORMED_BEFORE)
}

fn told<'a>(facts: &Facts<'a>, limb: &'static Limb) -> Outcome<'a> {
    let informed = facts.message.privacy_information;
    let must_be_stated = facts.channel == Channel::Post;
    if !is_asked_for(facts) || informed.is_none() && !must_be_stated {
        return Outcome::NotEngaged;
    }
    let seen = Seen::stated("message.privacy_information", word(informed));
    let ask = "`message.privacy_information`: whether the person has had the privacy information, or gets it with the message";
    Limbs::default().told(limb, informed, seen, ask).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_COMPLAINTS, RULE};
    use crate::{
        facts::Facts,
        rules::testing::{Change, F, as_is, by_advertising, by_consent, by_post, limbs, with},
        terms::{audience::Audience, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, "met")]
    #[case::not_told(|f: F| f.message.privacy_information = Some(false), "13-14")]
    #[case::nobody_says(|f: F| f.message.privacy_information = None, "13-14")]
    #[case::a_service_message(|f: F| (f.purpose, f.message.privacy_information) = (Purpose::Service, None), "not engaged")]
    #[case::to_the_occupier(|f: F| (f.audience, f.message.privacy_information) = (Some(Audience::Unaddressed), None), "not engaged")]
    #[case::a_company(|f: F| (f.recipient.subscriber, f.recipient.named_person) = (SubscriberKind::Corporate, Some(false)), "not engaged")]
    fn by_post_it_must_be_stated(#[case] change: Change, #[case] limb: &str) {
        let facts = with(by_post(), change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
        assert_eq!(limbs(&(BEFORE_COMPLAINTS.evaluate)(&facts)), [limb]);
    }

    #[rstest]
    #[case::nobody_says(None, "not engaged")]
    #[case::told(Some(true), "met")]
    #[case::not_told(Some(false), "13-14")]
    fn elsewhere_only_what_is_stated_counts(#[case] informed: Option<bool>, #[case] limb: &str) {
        for mut facts in [by_consent(), by_advertising()] {
            facts.message.privacy_information = informed;
            let facts: Facts<'_> = facts;
            assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
        }
    }
}
