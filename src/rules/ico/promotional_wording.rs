//! The words of a service message promote.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::direct_marketing::marketing_words,
    },
    terms::wording::FindingKind,
};

const PROMOTES: Limb = Limb {
    id: "promotional-wording",
    holds: "the message's own words promote, and that makes it direct marketing, whatever it is declared as",
    fails: "the message's own words promote nothing",
};

rule! {
    /// Phrasing, tone and context decide whether a message is neutral, not what its sender calls it or says of it. Words
    /// of the kinds that the regulator has held to be promotional make a message direct marketing: an offer or a price
    /// drop, urging to buy more, to upgrade or to renew, inviting to explore products, promoting an app, offering to help
    /// with a claim or a debt, an appeal for money or votes.
    ///
    /// ## Allowed
    /// Outside the rule: "Your parcel comes on Tuesday between nine and noon."
    ///
    /// ## Refused
    /// Within the rule, and refused without a basis: the same, and "Take 20% off your next order", though the caller says
    /// that nothing in it promotes.
    ///
    /// ## Doubt
    /// Words that stand in marketing and in service messages alike decide nothing; the answer warns of them
    /// (`policy.doubtful-wording`).
    ///
    /// ## References
    /// ICO, penalties on Royal Mail (2018), EE (2019) and American Express (2021); ICO, identify direct marketing.
    pub(crate) static RULE = {
        id: "ico.promotional-wording",
        effect: Effect::Scope,
        level: Level::IcoGuidance,
        citation: ico("Identify direct marketing: phrasing, tone and context (Royal Mail 2018, EE 2019, American Express 2021)", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "A message whose own words promote is direct marketing, whatever it is declared as.",
        limbs: [&PROMOTES],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(words) = marketing_words(facts, FindingKind::Promotes) else { return Outcome::NotEngaged };
    let seen = Seen::found(words);
    Limbs::default().require(&PROMOTES, true, seen).shown_by(Some(seen))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::{
            outcome::Outcome,
            testing::{Change, F, as_is, limbs, of_service, with, worded},
        },
        terms::{
            audience::Audience,
            channel::Channel,
            purpose::Purpose,
            wording::{FindingKind, Strength},
        },
    };

    #[rstest]
    #[case::its_words_promote(as_is, &["met"])]
    #[case::of_a_survey(|f: F| f.purpose = Purpose::Research, &["met"])]
    #[case::nobody_says_that_it_does(|f: F| f.message.contains_promotion = None, &["met"])]
    #[case::in_a_letter(|f: F| f.channel = Channel::Post, &["met"])]
    #[case::to_nobody(|f: F| (f.channel, f.audience) = (Channel::Post, Some(Audience::Unaddressed)), &["not engaged"])]
    #[case::declared_commercial(|f: F| f.purpose = Purpose::Commercial, &["not engaged"])]
    #[case::its_words_may_promote(|f: F| worded(f, FindingKind::Promotes, Strength::Weak), &["not engaged"])]
    #[case::nothing_was_read(|f: F| f.content = Default::default(), &["not engaged"])]
    fn words_that_promote(#[case] change: Change, #[case] expected: &[&str]) {
        let facts = with(of_service(), |f| worded(f, FindingKind::Promotes, Strength::Strong));
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }

    #[test]
    fn the_words_are_told() {
        let facts = with(of_service(), |f| worded(f, FindingKind::Promotes, Strength::Strong));
        let Outcome::Met(Some(seen)) = (RULE.evaluate)(&facts) else { panic!("met") };
        assert_eq!((seen.fact, seen.value), ("message.text", "offer"));
        assert_eq!(seen.wording.map(|wording| wording.words), Some("20% off your next order"));
    }
}
