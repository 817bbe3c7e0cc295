//! Regulation 23(c) and (d): plainly commercial, and so the websites it leads to.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_23, pecr},
        in_force::{ELECTRONIC_COMMERCE, InForce},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen, word},
        pecr::reg2_electronic_mail::is_no_mail,
    },
};

const COMMERCIAL: Limb = Limb {
    id: "23(c)",
    holds: "the message can be seen to be commercial, and its offers and competitions are clear",
    fails: "the message cannot be seen to be commercial, or its offers or competitions are not clear",
};
const WEBSITES: Limb = Limb {
    id: "23(d)",
    holds: "the websites that it encourages people to visit are as clear",
    fails: "the message encourages people to visit websites that are not as clear",
};

rule! {
    /// Marketing by electronic mail must not contravene reg 7 of the Electronic Commerce Regulations 2002, nor lead to
    /// websites that do: it must be clearly identifiable as commercial and show on whose behalf it is made, and its
    /// promotional offers and competitions must be identifiable, with conditions that are easy to find and clear.
    /// Unsolicited commercial mail must be identifiable as such as soon as it is received (reg 8).
    ///
    /// ## Allowed
    /// An email with the subject "20% off at Acme Bikes until Sunday", its conditions one click away.
    ///
    /// ## Refused
    /// An offer dressed up as a delivery notice; a link to a page that hides who trades there.
    ///
    /// ## Doubt
    /// What a message looks like is seldom known to the sending system. The rule fails when the caller says that the
    /// message is not clear; when the caller says nothing, the duty stands among the obligations.
    ///
    /// ## References
    /// PECR reg 23(c) and (d) (SI 2011/1208 reg 9); Electronic Commerce (EC Directive) Regulations 2002 regs 7 and 8.
    pub(crate) static RULE = {
        id: "pecr.reg23.electronic-commerce",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 23(c)-(d)", REG_23),
        in_force: InForce::from(ELECTRONIC_COMMERCE),
        statement: "The message and the websites it leads to must be plainly commercial.",
        limbs: [&COMMERCIAL, &WEBSITES],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let (clear, websites) = (facts.message.clearly_commercial, facts.message.websites_comply);
    if !is_marketing_by_electronic_mail(facts) || is_no_mail(facts) || (clear, websites) == (None, None) {
        return Outcome::NotEngaged;
    }
    Limbs::default()
        .require(&COMMERCIAL, clear != Some(false), Seen::stated("message.clearly_commercial", word(clear)))
        .require(&WEBSITES, websites != Some(false), Seen::stated("message.websites_comply", word(websites)))
        .outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_stranger, with},
        terms::channel::Channel,
    };

    #[rstest]
    #[case::nobody_says(as_is, &["not engaged"])]
    #[case::plain(|f: F| f.message.clearly_commercial = Some(true), &["met"])]
    #[case::disguised(|f: F| f.message.clearly_commercial = Some(false), &["23(c)"])]
    #[case::leading_to_obscure_sites(|f: F| f.message.websites_comply = Some(false), &["23(d)"])]
    #[case::both(|f: F| (f.message.clearly_commercial, f.message.websites_comply) = (Some(false), Some(false)), &["23(c)", "23(d)"])]
    #[case::a_letter(|f: F| (f.channel, f.message.clearly_commercial) = (Channel::Post, Some(false)), &["not engaged"])]
    fn plainly_commercial(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(to_a_stranger(), change))), expected);
    }
}
