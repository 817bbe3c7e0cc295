//! A basket left behind is arguable as negotiations.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen},
    },
    terms::collection::CollectionContext,
};

const BASKET: Limb = Limb {
    id: "abandoned-basket",
    holds: "the details were not collected in a basket that was left behind",
    fails: "the details come from a basket left behind: that these were negotiations for a sale is arguable, not settled",
};

rule! {
    /// A person who puts goods in a basket and types an address has shown an interest in buying. Whether that makes
    /// negotiations for a sale is arguable.
    ///
    /// ## Allowed
    /// A reminder to such a person, who was shown an opt-out beside the field, with this warning.
    ///
    /// ## Refused
    /// Nothing by this rule alone. Without an opt-out beside the field, or when the person only looked around, the
    /// soft opt-in itself fails.
    ///
    /// ## References
    /// PECR reg 22(3)(a).
    pub(crate) static RULE = {
        id: "policy.abandoned-basket",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: pecr("reg. 22(3)(a), an arguable case", REG_22),
        in_force: InForce::from(PECR),
        statement: "A basket left behind is an arguable case of the soft opt-in.",
        limbs: [&BASKET],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let Some(collection) = facts.collection.filter(|_| is_marketing_by_electronic_mail(facts)) else {
        return Outcome::NotEngaged;
    };
    let basket = collection.context == CollectionContext::AbandonedBasket;
    let seen = Seen::event("details_collected.context", collection.context.as_str(), collection.event);
    Limbs::default().require(&BASKET, !basket, seen).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_soft_opt_in, limbs, with},
        terms::collection::CollectionContext,
    };

    #[rstest]
    #[case::a_sale(as_is, &["met"])]
    #[case::a_basket(|f: F| f.the_collection().context = CollectionContext::AbandonedBasket, &["abandoned-basket"])]
    #[case::no_collection(|f: F| f.collection = None, &["not engaged"])]
    fn an_arguable_case(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_soft_opt_in(), change))), expected);
    }
}
