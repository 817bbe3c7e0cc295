//! Advertising to people on an uploaded list.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, ico},
        consent::taken_back,
        in_force::{GDPR, InForce},
        outcome::{Limb, Limbs, Outcome, Seen},
        uk_gdpr::art6_consent::is_asked_for,
        valid_consent,
    },
    terms::{audience::Audience, channel::Channel},
};

const CONSENTED: Limb = Limb {
    id: "list-based",
    holds: "the person consented to be reached through a list that the sender uploads",
    fails: "the person is reached through a list that the sender uploads, and has not consented to that",
};

rule! {
    /// A sender uploads its customers' addresses to a network, which shows them its advertisements, or shows them to
    /// people who resemble them ("custom" and "lookalike audiences"). That is direct marketing, though no electronic mail.
    /// People seldom expect it: the regulator thinks that only their consent is likely to do.
    ///
    /// ## Allowed
    /// A customer ticked a box for "our advertisements on social networks, by matching your address there".
    ///
    /// ## Refused
    /// The sender uploads all its customers on the strength of its legitimate interests.
    ///
    /// ## Doubt
    /// The regulator said so in a draft of 2020 that never became a code. The statute leaves legitimate interests open:
    /// the literal reading warns instead of refusing. People who are chosen otherwise, by what is inferred of them, are
    /// left to the sender's assessment.
    ///
    /// ## References
    /// ICO, draft direct marketing code (2020), social media and list-based targeting.
    pub(crate) static RULE = {
        id: "ico.list-based-advertising",
        effect: Effect::Condition { of: &["uk_gdpr.art6.legitimate-interests"] },
        level: Level::IcoGuidance,
        differs: true,
        citation: ico(
            "Draft direct marketing code (2020): list-based tools on social media",
            "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/"
        ),
        in_force: InForce::from(GDPR),
        statement: "Advertising to people on an uploaded list needs their consent.",
        limbs: [&CONSENTED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let listed = facts.channel == Channel::OnlineAdvertising && facts.audience == Some(Audience::Listed);
    if !listed || !is_asked_for(facts) {
        return Outcome::NotEngaged;
    }
    let consent = valid_consent(facts).filter(|consent| taken_back(facts, consent).is_none());
    let proof = consent.map(|consent| consent.event);
    Limbs::default().require(&CONSENTED, consent.is_some(), Seen::stated("audience", "listed")).outcome(proof)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{AFTER, Change, F, as_is, by_advertising, by_consent, limbs, said, with},
        terms::{audience::Audience, channel::Channel},
    };

    #[rstest]
    #[case::to_a_person(as_is, &["not engaged"])]
    #[case::on_a_list(|f: F| f.audience = Some(Audience::Listed), &["list-based"])]
    #[case::on_a_list_by_consent(|f: F| consented(f), &["met"])]
    #[case::withdrawn(|f: F| withdrawn(f), &["list-based"])]
    #[case::profiled(|f: F| f.audience = Some(Audience::Profiled), &["not engaged"])]
    #[case::a_letter(|f: F| (f.channel, f.audience) = (Channel::Post, Some(Audience::Listed)), &["not engaged"])]
    fn an_uploaded_list(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_advertising(), change))), expected);
    }

    fn consented(facts: F<'_>) {
        (facts.audience, facts.consent) = (Some(Audience::Listed), by_consent().consent);
    }

    fn withdrawn(facts: F<'_>) {
        consented(facts);
        facts.stops.withdrawal = said("consent_withdrawn", AFTER);
    }
}
