//! Regulation 21(1)(a): a subscriber who has told the caller not to call.

use crate::{
    facts::Facts,
    rules::{
        Effect, call,
        citation::{Level, REG_21, pecr},
        in_force::{CLAIMS_CALLS, InForce, PECR, PENSION_CALLS},
        outcome::{Limb, Limbs, Outcome},
        standing,
    },
};

use super::reg21_permission::taken_back;

const NOTIFIED: Limb = Limb {
    id: "21(1)(a)",
    holds: "the subscriber has not notified the caller that such calls should not be made on this line",
    fails: "the subscriber has notified the caller that such calls should not be made",
};
const TAKEN_BACK: Limb = Limb {
    id: "21(5)(b)",
    holds: "the subscriber has not taken back a notification that they do not object to the caller's calls",
    fails: "the subscriber has taken back the notification that they do not object to the caller's calls",
};

rule! {
    /// Nobody may make an unsolicited call for direct marketing, or instigate one, where the called line is that of a
    /// subscriber who has previously notified the caller that such calls should not for the time being be made on that
    /// line (21(1)(a)), or who had notified the caller that he does not object to its calls and has withdrawn that
    /// (21(5)(b)). Every subscriber is protected: a company that asked not to be rung on its switchboard has the same
    /// right as a person. Paragraph (1) does not apply to a case within reg 21A or 21B: there, consent is asked for.
    ///
    /// ## Allowed
    /// A customer who said "do not ring me" in May ticked an empty box for calls in June.
    ///
    /// ## Refused
    /// A person who told last week's agent to stop is rung by this week's. A company's reception did, and is rung
    /// because the register does not list it. The person has since told the firm that its calls are no bother: that
    /// lifts the register and no objection.
    ///
    /// ## Doubt
    /// What is told to the caller by any means counts: an objection to all marketing or to calls, a refusal when the
    /// details were collected, a withdrawal of consent, a request through the Fundraising Preference Service; and for
    /// each of the person's lines, since it is seldom said of one alone. "For the time being": it ends with a later,
    /// valid consent that the person gives in person, and leaves alone a call that the person asked for since.
    ///
    /// ## References
    /// PECR reg 21(1)(a), (5)(b), (6) (Financial Guidance and Claims Act 2018 s.35; SI 2018/1396 reg 2(2)).
    pub(crate) static RULE = {
        id: "pecr.reg21.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(1)(a), (5)(b)", REG_21),
        in_force: InForce::from(PENSION_CALLS),
        statement: "A subscriber who has told the caller not to call may not be called.",
        limbs: [&NOTIFIED, &TAKEN_BACK],
        evaluate: evaluate,
    };
}

rule! {
    /// Nobody may make an unsolicited call for direct marketing, or instigate one, where the called line is that of a
    /// subscriber who has previously notified the caller that such calls should not for the time being be made on that
    /// line, or has withdrawn a notification that he does not object. Paragraph (1) does not apply to a case within reg
    /// 21A: calls about claims management needed consent. Calls about pensions were still calls like others.
    ///
    /// ## Allowed
    /// A pensioner who never said anything to a firm is rung about a pension review, and is on no register.
    ///
    /// ## Refused
    /// The same pensioner is rung again after saying "no more calls".
    ///
    /// ## References
    /// PECR reg 21(1)(a), (5)(b), (6) as inserted by the Financial Guidance and Claims Act 2018 s.35.
    pub(crate) static BEFORE_PENSIONS = {
        id: "pecr.reg21.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(1)(a), (5)(b)", REG_21),
        in_force: InForce::between(CLAIMS_CALLS, PENSION_CALLS),
        statement: "A subscriber who has told the caller not to call may not be called.",
        limbs: [&NOTIFIED, &TAKEN_BACK],
        evaluate: evaluate,
    };
}

rule! {
    /// Nobody may make an unsolicited call for direct marketing, or instigate one, where the called line is that of a
    /// subscriber who has previously notified the caller that such calls should not for the time being be made on that
    /// line, or has withdrawn a notification that he does not object. Calls about claims and pensions were calls like
    /// others.
    ///
    /// ## Allowed
    /// A person who never said anything to a claims firm is rung about an accident, and is on no register.
    ///
    /// ## Refused
    /// The same person is rung again after saying "no more calls".
    ///
    /// ## References
    /// PECR reg 21(1)(a), (5)(b) as made.
    pub(crate) static BEFORE_CLAIMS = {
        id: "pecr.reg21.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(1)(a), (5)(b)", REG_21),
        in_force: InForce::between(PECR, CLAIMS_CALLS),
        statement: "A subscriber who has told the caller not to call may not be called.",
        limbs: [&NOTIFIED, &TAKEN_BACK],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !call::is_ordinary(facts) {
        return Outcome::NotEngaged;
    }
    let stops = &facts.stops;
    let said = [stops.objection, stops.fundraising_preference, stops.refusal, stops.withdrawal];
    let told = said.iter().filter_map(|stop| standing(facts, stop)).max_by_key(|stop| stop.at);
    Limbs::default().require_none(&NOTIFIED, told).require_none(&TAKEN_BACK, taken_back(facts)).outcome(None)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Facts,
        rules::testing::{
            AFTER, BEFORE, Change, DONE, F, as_is, by_live_call, by_permission, consent_to_calls, given, limbs, said,
            solicited, with,
        },
        terms::{channel::Channel, purpose::Matter, purpose::Purpose, subscriber::SubscriberKind},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::objected(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["21(1)(a)"])]
    #[case::refused(|f: F| f.stops.refusal = said("details_refused", BEFORE), &["21(1)(a)"])]
    #[case::withdrew(|f: F| f.stops.withdrawal = said("consent_withdrawn", BEFORE), &["21(1)(a)"])]
    #[case::asked_the_fundraising_service(|f: F| f.stops.fundraising_preference = said("register_listed", BEFORE), &["21(1)(a)"])]
    #[case::complained(|f: F| f.stops.complaint = said("complaint_made", BEFORE), &["met"])]
    #[case::took_a_permission_back(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", AFTER), &["21(5)(b)"])]
    #[case::a_company_s_shared_line(
        |f: F| (f.recipient.subscriber, f.recipient.named_person, f.stops.objection) = (SubscriberKind::Corporate, Some(false), said("objection_raised", BEFORE)),
        &["21(1)(a)"],
    )]
    #[case::about_claims(|f: F| (f.matter, f.stops.objection) = (Some(Matter::ClaimsManagement), said("objection_raised", BEFORE)), &["not engaged"])]
    #[case::about_pensions(|f: F| (f.matter, f.stops.objection) = (Some(Matter::Pensions), said("objection_raised", BEFORE)), &["not engaged"])]
    #[case::about_pensions_to_nobody_in_particular(
        |f: F| {
            (f.recipient.subscriber, f.recipient.named_person) = (SubscriberKind::Corporate, Some(false));
            (f.matter, f.stops.objection) = (Some(Matter::Pensions), said("objection_raised", BEFORE));
        },
        &["21(1)(a)"],
    )]
    #[case::about_claims_before_their_day(
        |f: F| (f.as_of, f.matter, f.stops.objection) = (date(2018, 9, 7), Some(Matter::ClaimsManagement), said("objection_raised", BEFORE)),
        &["21(1)(a)"],
    )]
    #[case::about_pensions_before_their_day(
        |f: F| (f.as_of, f.matter, f.stops.objection) = (date(2019, 1, 8), Some(Matter::Pensions), said("objection_raised", BEFORE)),
        &["21(1)(a)"],
    )]
    #[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn nobody_who_said_no(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_live_call(), change))), expected);
    }

    #[rstest]
    #[case::later(as_is, "met")]
    #[case::at_the_same_time(|f: F| f.stops.objection = said("objection_raised", DONE), "21(1)(a)")]
    #[case::earlier(|f: F| f.stops.objection = said("objection_raised", AFTER), "21(1)(a)")]
    #[case::no_good(|f: F| f.the_consent().separate = Some(false), "21(1)(a)")]
    #[case::to_emails(|f: F| f.the_consent().covers_channel = false, "21(1)(a)")]
    #[case::on_the_caller_s_word(|f: F| f.the_consent().event = given("consent_given", DONE), "21(1)(a)")]
    fn consent_of_their_own_since(#[case] change: Change, #[case] limb: &str) {
        let mut facts = Facts { consent: Some(consent_to_calls()), ..by_live_call() };
        facts.stops.objection = said("objection_raised", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), [limb]);
    }

    /// A permission lifts the register, and an earlier withdrawal of itself: no objection.
    #[rstest]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), "21(1)(a)")]
    #[case::took_it_back_before(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", BEFORE), "met")]
    #[case::took_it_back_at_once(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", DONE), "21(5)(b)")]
    fn a_permission(#[case] change: Change, #[case] limb: &str) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_permission(), change))), [limb]);
    }

    #[test]
    fn a_call_that_the_person_asked_for_since() {
        let mut facts = Facts { channel: Channel::LiveCall, ..solicited() };
        facts.stops.objection = said("objection_raised", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["met"]);
    }
}
