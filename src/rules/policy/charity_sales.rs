//! An appeal that also sells something.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        in_force::{CHARITY_SOFT_OPT_IN, InForce},
        outcome::{Limb, Limbs, Outcome, Seen},
        pecr::reg22_charitable_soft_opt_in::engaged,
    },
};

const SELLS_NOTHING: Limb = Limb {
    id: "22(3A)(a)-sales",
    holds: "the charity's message promotes no products",
    fails: "the charity's message promotes products: that its sole purpose is a charitable one is arguable, not settled",
};

rule! {
    /// The charitable soft opt-in is for messages whose sole purpose is to further the charity's purposes. A message that
    /// also advertises things for sale has a second purpose, though the profit go to the charity.
    ///
    /// ## Allowed
    /// A supporter gets an appeal for money.
    ///
    /// ## Refused
    /// The appeal shows Christmas cards with their prices. The cards need consent, or the supporter's own purchases of
    /// such things (reg 22(3)).
    ///
    /// ## Doubt
    /// Whether selling to raise money furthers the charity's purposes and nothing else. The literal reading goes by what
    /// the sender declares (`message.sole_charitable_purpose`) and warns; the conservative one refuses as soon as the
    /// message names products.
    ///
    /// ## References
    /// PECR reg 22(3A)(a).
    pub(crate) static RULE = {
        id: "policy.charity-sales",
        effect: Effect::Condition { of: &["pecr.reg22.charitable-soft-opt-in"] },
        level: Level::Policy,
        differs: true,
        citation: pecr("reg. 22(3A)(a), sole purpose", REG_22),
        in_force: InForce::from(CHARITY_SOFT_OPT_IN),
        statement: "A charity's appeal under the charitable soft opt-in should sell nothing.",
        limbs: [&SELLS_NOTHING],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !engaged(facts) || facts.collection.is_none() {
        return Outcome::NotEngaged;
    }
    let sells = facts.message.names_products;
    let seen = Seen::stated("message.products", if sells { "named" } else { "none named" });
    Limbs::default().require(&SELLS_NOTHING, !sells, seen).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_charitable_soft_opt_in, limbs, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::an_appeal(as_is, &["met"])]
    #[case::with_christmas_cards(|f: F| f.message.names_products = true, &["22(3A)(a)-sales"])]
    #[case::the_shop_s_own_mail(|f: F| f.purpose = Purpose::Commercial, &["not engaged"])]
    #[case::no_supporter(|f: F| f.collection = None, &["not engaged"])]
    fn an_appeal_that_sells(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_charitable_soft_opt_in(), change))), expected);
    }
}
