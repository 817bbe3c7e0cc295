//! One promotional line makes a service message marketing.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{ICO_IDENTIFY, Level, ico},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        scope::{direct_marketing::is_said_to_promote, not_directed::is_to_nobody},
    },
};

const PROMOTES: Limb = Limb {
    id: "contains-promotion",
    holds: "a message that promotes anything is direct marketing, whatever it is declared as",
    fails: "the message promotes nothing",
};

rule! {
    /// A message with any promotional content is direct marketing, even where that is not its main purpose. So is a
    /// survey that promotes, or that collects details for later marketing. Calling it a service message does not help. This
    /// rule is about what the caller says of the message; what its words say is `ico.promotional-wording`.
    ///
    /// ## Allowed
    /// A delivery notice with the shop's logo and strapline: branding alone promotes nothing.
    ///
    /// ## Refused
    /// A delivery notice with "20% off your next order", to a person without a basis.
    ///
    /// ## References
    /// ICO, penalties on EE (2019), American Express (2021) and Halfords (2022).
    pub(crate) static RULE = {
        id: "ico.promotion-in-service-message",
        effect: Effect::Scope,
        level: Level::IcoGuidance,
        citation: ico("Identify direct marketing: service messages (EE 2019, American Express 2021, Halfords 2022)", ICO_IDENTIFY),
        in_force: InForce::from(PECR),
        statement: "One promotional line makes a service message or a survey direct marketing.",
        limbs: [&PROMOTES],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let disguised = !facts.purpose.is_marketing() && !is_to_nobody(facts);
    if !disguised || !is_said_to_promote(facts) {
        return Outcome::NotEngaged;
    }
    let message = &facts.message;
    let seen = if message.contains_promotion == Some(true) {
        Seen::stated("message.contains_promotion", "true")
    } else if message.names_products {
        Seen::stated("message.products", "named")
    } else if facts.promotes_another {
        Seen::stated("promoted_party", "another")
    } else {
        Seen::stated("message.feeds_marketing", "true")
    };
    Limbs::default().require(&PROMOTES, true, seen).shown_by(Some(seen))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, of_service, with, worded},
        terms::{
            purpose::Purpose,
            wording::{FindingKind, Strength},
        },
    };

    #[rstest]
    #[case::neutral(as_is, &["not engaged"])]
    #[case::it_promotes(|f: F| f.message.contains_promotion = Some(true), &["met"])]
    #[case::it_feeds_marketing(|f: F| f.message.feeds_marketing = Some(true), &["met"])]
    #[case::it_names_products(|f: F| f.message.names_products = true, &["met"])]
    #[case::it_names_a_party(|f: F| f.promotes_another = true, &["met"])]
    #[case::its_words_promote(|f: F| worded(f, FindingKind::Promotes, Strength::Strong), &["not engaged"])]
    #[case::declared_commercial(|f: F| (f.purpose, f.message.contains_promotion) = (Purpose::Commercial, Some(true)), &["not engaged"])]
    fn one_promotional_line(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(of_service(), change))), expected);
    }
}
