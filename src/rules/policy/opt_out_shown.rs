//! The way to refuse that is stated must be in the message.

use crate::{
    facts::{Extent, Facts, Message},
    rules::{
        Effect,
        citation::{Level, REG_23, pecr},
        decide::allows,
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Limbs, Outcome, Seen},
        pecr::reg2_electronic_mail::is_no_mail,
    },
    terms::{party::PolicyProfile, refusal::OptOut},
};

const SHOWN: Limb = Limb {
    id: "opt-out-shown",
    holds: "the message as it was given to read shows a way to refuse further ones",
    fails: "the caller states a way to refuse further messages, and the message as it was given to read shows none",
};

rule! {
    /// The address for a request to stop, and the simple means of refusing that the soft opt-in asks for, must be in the
    /// message itself. Where its whole body was given to read and no way to refuse is found in it, nor in its header, what
    /// the caller states of it is contradicted. That matters where the message could not be sent without it: to a company, or
    /// to somebody who asked for the message, an address to which one can answer is enough.
    ///
    /// ## Allowed
    /// A text that ends "Text STOP to 60777", declared with a reply.
    ///
    /// ## Refused
    /// A text declared with a reply that says nothing about how to stop.
    ///
    /// ## Doubt
    /// A sending system may add a footer, or a `List-Unsubscribe` field, to what it was given. The conservative reading goes
    /// by the message as it was given; the literal one takes the caller's word, and warns. A switch where the message is
    /// shown stands in no text and is not looked for.
    ///
    /// ## References
    /// PECR regs 22(3)(c) and 23(b).
    pub(crate) static RULE = {
        id: "policy.opt-out-shown",
        effect: Effect::Requirement,
        level: Level::Policy,
        differs: true,
        citation: pecr("reg. 23(b), reg. 22(3)(c)", REG_23),
        in_force: InForce::from(PECR),
        statement: "The way to refuse that is stated should be found in the message.",
        limbs: [&SHOWN],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !is_marketing_by_electronic_mail(facts) || is_no_mail(facts) || facts.content.extent != Extent::Whole {
        return Outcome::NotEngaged;
    }
    let Some(stated) = facts.message.opt_out.filter(|opt_out| stands_in_the_text(*opt_out)) else {
        return Outcome::NotEngaged;
    };
    let shown = facts.content.opt_out.is_some();
    if !shown && !is_relied_upon(facts) {
        return Outcome::NotEngaged;
    }
    Limbs::default().require(&SHOWN, shown, Seen::stated("message.opt_out", stated.as_str())).outcome(None)
}

/// Whether the message would be refused if the caller stated that there is none: otherwise nothing rests on it.
fn is_relied_upon(facts: &Facts<'_>) -> bool {
    let message = Message { opt_out: Some(OptOut::None), ..facts.message };
    !allows(&Facts { profile: PolicyProfile::Conservative, message, ..*facts })
}

const fn stands_in_the_text(opt_out: OptOut) -> bool {
    match opt_out {
        OptOut::Link | OptOut::Reply | OptOut::EmailAddress | OptOut::ShortCode | OptOut::Freephone => true,
        OptOut::PostalAddress | OptOut::Charged => true,
        OptOut::InApp | OptOut::None => false,
    }
}

/// Whether the whole message was read and shows no way to refuse, though one is stated.
pub(crate) fn is_contradicted(facts: &Facts<'_>) -> bool {
    evaluate(facts).is_failing()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::{Extent, Facts},
        rules::testing::{Change, F, as_is, by_consent, limbs, solicited, to_a_company, to_a_stranger, with},
        terms::{channel::Channel, party::PolicyProfile, purpose::Purpose, refusal::OptOut},
    };

    #[rstest]
    #[case::it_shows_none(as_is, &["opt-out-shown"])]
    #[case::it_shows_one(|f: F| f.content.opt_out = Some(OptOut::Link), &["met"])]
    #[case::it_shows_another(|f: F| f.content.opt_out = Some(OptOut::Reply), &["met"])]
    #[case::by_letter(|f: F| f.message.opt_out = Some(OptOut::PostalAddress), &["opt-out-shown"])]
    #[case::a_switch_beside_the_message(|f: F| f.message.opt_out = Some(OptOut::InApp), &["not engaged"])]
    #[case::none_is_stated(|f: F| f.message.opt_out = Some(OptOut::None), &["not engaged"])]
    #[case::nothing_is_stated(|f: F| f.message.opt_out = None, &["not engaged"])]
    #[case::part_was_read(|f: F| f.content.extent = Extent::Part, &["not engaged"])]
    #[case::nothing_was_read(|f: F| f.content.extent = Extent::Nothing, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    #[case::a_text(|f: F| f.channel = Channel::Sms, &["opt-out-shown"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn what_is_stated_must_be_there(#[case] change: Change, #[case] expected: &[&str]) {
        let facts = with(to_a_stranger(), |f| f.content.extent = Extent::Whole);
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }

    /// Where there is an address to which one can answer, a simple way besides is asked of mail that rests on consent.
    #[rstest]
    #[case::by_consent(by_consent(), &["opt-out-shown"], &["opt-out-shown"])]
    #[case::to_a_company(to_a_company(), &["opt-out-shown"], &["not engaged"])]
    #[case::asked_for(solicited(), &["opt-out-shown"], &["not engaged"])]
    fn what_nothing_rests_on_need_not_be_there(
        #[case] facts: Facts<'static>,
        #[case] alone: &[&str],
        #[case] beside_an_address: &[&str],
        #[values(PolicyProfile::Conservative, PolicyProfile::Literal)] profile: PolicyProfile,
    ) {
        let mut facts = Facts { profile, ..facts };
        facts.content.extent = Extent::Whole;
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), alone);
        facts.message.reply_address = Some(true);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), beside_an_address);
    }
}
