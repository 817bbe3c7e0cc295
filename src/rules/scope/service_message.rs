//! A service message is no direct marketing.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Outcome},
    },
    terms::purpose::Purpose,
};

use super::direct_marketing::promotes;

const NEUTRAL: Limb = Limb {
    id: "service-message",
    holds: "the message is declared a service message, and neither the caller nor any words of it that were read say that it promotes",
    fails: "the message promotes something",
};

rule! {
    /// A neutral message that a current contract or a past purchase needs is not direct marketing: an interruption, a
    /// safety notice, a change of terms, a question that the law obliges the sender to ask. Phrasing, tone and context
    /// decide. A logo or a strapline does not make it marketing; a single promotional line does.
    ///
    /// ## Allowed
    /// A network tells a customer who opted out of marketing that the line will be down on Tuesday. A regulated firm
    /// sends savers the neutral words that its regulator asked for.
    ///
    /// ## Refused
    /// The network adds that the customer could upgrade: that is marketing, whatever it is declared as.
    ///
    /// ## Doubt
    /// No reading can show that a message is neutral: where nothing is found in its words, or nothing of it was given to
    /// read, that it promotes nothing is the caller's word, and the answer warns where nobody gave it.
    ///
    /// ## References
    /// ICO, identify direct marketing; ICO, direct marketing and regulatory communications (28 March 2023).
    pub(crate) static RULE = {
        id: "scope.service-message",
        effect: Effect::Outside,
        level: Level::IcoGuidance,
        citation: ico("Identify direct marketing: service messages (DPA 2018 s. 122(5))", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "A neutral service message that promotes nothing is not direct marketing.",
        limbs: [&NEUTRAL],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if facts.purpose == Purpose::Service && !promotes(facts) { Outcome::Met(None) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, Change, F, as_is, limbs, of_service, said, with, worded},
        terms::{
            channel::Channel,
            purpose::Purpose,
            wording::{FindingKind, Strength},
        },
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::nobody_says_whether_it_promotes(|f: F| f.message.contains_promotion = None, &["met"])]
    #[case::it_promotes(|f: F| f.message.contains_promotion = Some(true), &["not engaged"])]
    #[case::its_words_promote(|f: F| worded(f, FindingKind::Promotes, Strength::Strong), &["not engaged"])]
    #[case::its_words_may_promote(|f: F| worded(f, FindingKind::Promotes, Strength::Weak), &["met"])]
    #[case::its_answers_feed_marketing(|f: F| f.message.feeds_marketing = Some(true), &["not engaged"])]
    #[case::declared_commercial(|f: F| f.purpose = Purpose::Commercial, &["not engaged"])]
    #[case::declared_a_request_for_consent(|f: F| f.purpose = Purpose::ConsentRequest, &["not engaged"])]
    #[case::to_one_who_objected(|f: F| f.stops.objection = said("objection_raised", AFTER), &["met"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["met"])]
    fn a_message_that_promotes_nothing(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(of_service(), change))), expected);
    }
}
