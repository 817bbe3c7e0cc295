//! The name of the sender that is stated must be in the message.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_23, pecr},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen},
    },
};

const NAMED: Limb = Limb {
    id: "sender-named",
    holds: "the message as it goes over the wire gives a name of the sender",
    fails: "the caller says that the message identifies the sender, and neither its words nor its From line give a name of the sender that is known",
};

rule! {
    /// A message may not conceal on whose behalf it is sent. Where the whole of it was given as it goes over the wire, and
    /// none of the sender's names is found in it, the profile may lack a name that the sender trades under, or the message
    /// the name: a person can tell which.
    ///
    /// ## Allowed
    /// A message from "Acme Cycles", a trading name in the profile of Acme Bikes Ltd.
    ///
    /// ## Refused
    /// Nothing by this rule alone.
    ///
    /// ## References
    /// PECR reg 23(a).
    pub(crate) static RULE = {
        id: "policy.sender-named",
        effect: Effect::Advice,
        level: Level::Policy,
        citation: pecr("reg. 23(a)", REG_23),
        in_force: InForce::from(PECR),
        statement: "A message that is said to identify its sender should give a name of it.",
        limbs: [&NAMED],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let stated = facts.message.identifies_sender == Some(true) && !facts.content.shows.identifies_sender;
    let Some(named) = facts.content.names_sender.filter(|_| stated && is_marketing_by_electronic_mail(facts)) else {
        return Outcome::NotEngaged;
    };
    Limbs::default().require(&NAMED, named, Seen::stated("message.identifies_sender", "true")).outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, limbs, to_a_stranger, with},
        terms::purpose::Purpose,
    };

    #[rstest]
    #[case::it_names_nobody(as_is, &["sender-named"])]
    #[case::it_names_the_sender(|f: F| f.content.names_sender = Some(true), &["met"])]
    #[case::not_the_whole_was_given(|f: F| f.content.names_sender = None, &["not engaged"])]
    #[case::nobody_says_that_it_does(|f: F| f.message.identifies_sender = None, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn a_name_of_the_sender(#[case] change: Change, #[case] expected: &[&str]) {
        let facts = with(to_a_stranger(), |f| f.content.names_sender = Some(false));
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }
}
