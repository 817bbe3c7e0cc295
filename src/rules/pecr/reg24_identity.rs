//! Regulation 24: who is calling, and where that one can be reached.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_24, pecr},
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen, word},
        scope::direct_marketing::is_direct_marketing,
    },
    terms::channel::Channel,
};

const NAME: Limb =
    Limb { id: "24(2)(a)", holds: "the name of the caller is given", fails: "the name of the caller is not given" };
const CONTACT: Limb = Limb {
    id: "24(2)(b)",
    holds: "an address of the caller, or a telephone number on which he can be reached free of charge, is given where it is due",
    fails: "neither an address of the caller nor a telephone number on which he can be reached free of charge is given",
};

rule! {
    /// Whoever uses a public electronic communications service for direct marketing, or instigates that, must see that
    /// some particulars are provided with the communication. With a recorded call (reg 19) and a fax (reg 20): the name,
    /// and either an address or a telephone number on which he can be reached free of charge. With a live call (reg 21,
    /// and from 8 September 2018 reg 21A): the name, and the address or the number if the recipient asks.
    ///
    /// ## Allowed
    /// A recording that says "This is Acme Bikes Ltd of 1 High Street, Exampleton". An agent who says "I am calling from
    /// Acme Bikes" and gives the address to whoever asks.
    ///
    /// ## Refused
    /// A recording that gives no name, or a number at a charge. An agent who says "I am from the energy team", or will
    /// not say where the firm is.
    ///
    /// ## Doubt
    /// Of a recording and of a fax it is known beforehand what they say, so it must be told. Of a live call it is not:
    /// the rule fails when the caller says that the particulars are not given, and otherwise the duty stands among the
    /// obligations. A generic trading name is no name; whether it is one is for the caller to say. Calls within reg 21B
    /// are `policy.reg24-pensions`, because reg 24 does not mention them.
    ///
    /// ## References
    /// PECR reg 24, as amended by the Financial Guidance and Claims Act 2018 s.35.
    pub(crate) static RULE = {
        id: "pecr.reg24.identity",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 24(1)-(2)", REG_24),
        in_force: InForce::from(PECR),
        statement: "A caller must give its name, and an address or a freephone number.",
        limbs: [&NAME, &CONTACT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let in_the_message = match facts.channel {
        Channel::AutomatedCall | Channel::Fax => true,
        Channel::LiveCall if !call::is_about_pensions(facts) => false,
        Channel::LiveCall | Channel::Post | Channel::OnlineAdvertising => return Outcome::NotEngaged,
        Channel::Email | Channel::Sms | Channel::Mms | Channel::Voicemail => return Outcome::NotEngaged,
        Channel::InApp | Channel::SocialMessage | Channel::Push => return Outcome::NotEngaged,
    };
    if !is_direct_marketing(facts) {
        Outcome::NotEngaged
    } else if in_the_message {
        recorded(facts)
    } else {
        spoken(facts, [&NAME, &CONTACT])
    }
}

/// What a recording or a fax must contain.
fn recorded<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let (name, contact) = (facts.call.names_caller, facts.call.address_or_freephone);
    Limbs::default()
        .told(
            &NAME,
            name,
            Seen::stated("call.names_caller", word(name)),
            "`call.names_caller`: whether the recording or the fax gives the name",
        )
        .told(
            &CONTACT,
            contact,
            Seen::stated("call.address_or_freephone", word(contact)),
            "`call.address_or_freephone`: whether the recording or the fax gives an address or a freephone number",
        )
        .outcome(None)
}

/// What an agent must say: what is not told is an obligation.
pub(crate) fn spoken<'a>(facts: &Facts<'a>, [name, contact]: [&'static Limb; 2]) -> Outcome<'a> {
    let (names, gives) = (facts.call.names_caller, facts.call.address_or_freephone);
    if names.is_none() && gives != Some(false) {
        return Outcome::NotEngaged;
    }
    Limbs::default()
        .require(name, names != Some(false), Seen::stated("call.names_caller", word(names)))
        .require(contact, gives != Some(false), Seen::stated("call.address_or_freephone", word(gives)))
        .outcome(None)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        rules::testing::{Change, F, as_is, by_automated_call, by_live_call, limbs, with},
        terms::{channel::Channel, purpose::Matter, purpose::Purpose},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::no_name(|f: F| f.call.names_caller = Some(false), &["24(2)(a)"])]
    #[case::name_not_told(|f: F| f.call.names_caller = None, &["24(2)(a)"])]
    #[case::no_address(|f: F| f.call.address_or_freephone = Some(false), &["24(2)(b)"])]
    #[case::address_not_told(|f: F| f.call.address_or_freephone = None, &["24(2)(b)"])]
    #[case::neither_told(|f: F| (f.call.names_caller, f.call.address_or_freephone) = (None, None), &["24(2)(a)", "24(2)(b)"])]
    #[case::the_profile_s_address_is_not_in_the_message(|f: F| (f.caller.has_contact, f.call.address_or_freephone) = (true, None), &["24(2)(b)"])]
    #[case::a_fax(|f: F| f.channel = Channel::Fax, &["met"])]
    #[case::a_fax_without_a_name(|f: F| (f.channel, f.call.names_caller) = (Channel::Fax, None), &["24(2)(a)"])]
    #[case::an_email(|f: F| (f.channel, f.call.names_caller) = (Channel::Email, Some(false)), &["not engaged"])]
    #[case::a_letter(|f: F| (f.channel, f.call.names_caller) = (Channel::Post, Some(false)), &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn what_a_recording_must_say(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_automated_call(), change))), expected);
    }

    #[rstest]
    #[case::nothing_told(as_is, &["not engaged"])]
    #[case::a_name(|f: F| f.call.names_caller = Some(true), &["met"])]
    #[case::no_name(|f: F| f.call.names_caller = Some(false), &["24(2)(a)"])]
    #[case::an_address(|f: F| f.call.address_or_freephone = Some(true), &["not engaged"])]
    #[case::an_address_refused(|f: F| f.call.address_or_freephone = Some(false), &["24(2)(b)"])]
    #[case::neither(|f: F| (f.call.names_caller, f.call.address_or_freephone) = (Some(false), Some(false)), &["24(2)(a)", "24(2)(b)"])]
    #[case::about_claims(|f: F| (f.matter, f.call.names_caller) = (Some(Matter::ClaimsManagement), Some(false)), &["24(2)(a)"])]
    #[case::about_pensions(|f: F| (f.matter, f.call.names_caller) = (Some(Matter::Pensions), Some(false)), &["not engaged"])]
    #[case::a_service_message(|f: F| (f.purpose, f.call.names_caller) = (Purpose::Service, Some(false)), &["not engaged"])]
    fn what_an_agent_must_say(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_live_call(), change))), expected);
    }
}
