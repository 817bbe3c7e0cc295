//! Regulation 21(4)-(5): a listed subscriber who does not object to this caller.

use crate::{
    facts::{Consent, EventRef, Facts},
    rules::{
        Effect, call,
        citation::{Level, REG_21, pecr},
        consent, faults,
        in_force::{InForce, PECR},
        outcome::{Limb, Limbs, Outcome, Seen},
        standing, valid_consent,
    },
};

const NOTIFIED: Limb = Limb {
    id: "21(4)",
    holds: "the subscriber has notified this caller that they do not for the time being object to its calls on this line",
    fails: "the subscriber has not notified this caller that they do not object to its calls on this line",
};
const KEPT: Limb = Limb {
    id: "21(5)",
    holds: "the subscriber has not withdrawn that notification",
    fails: "the subscriber has withdrawn that notification",
};

rule! {
    /// Where a subscriber whose number is listed has notified a caller that he does not, for the time being, object to
    /// such calls being made on that line by that caller, they may be made by that caller on that line in spite of the
    /// listing. The subscriber is free to withdraw the notification at any time; then the caller may not call.
    ///
    /// ## Allowed
    /// A customer agreed last year to be rung by this shop, and has entered the number in the register since. A person
    /// on the register told the shop that its calls are no bother.
    ///
    /// ## Refused
    /// The person has been a customer for years and never complained. The agreement was given to another company of the
    /// group, or for another number. It was taken back in June.
    ///
    /// ## Doubt
    /// No order of events is prescribed, so an agreement outlives a later listing; the regulator says the same. It asks
    /// for a specific agreement: a `call_permission_given` event, or a consent to live calls that is valid in every
    /// respect and names the caller. A permission lifts the register and no objection (21(1)(a), UK GDPR Art 21).
    ///
    /// ## References
    /// PECR reg 21(4)-(5); ICO, how do we comply with the rules on live marketing calls.
    pub(crate) static RULE = {
        id: "pecr.reg21.permission",
        effect: Effect::Exception { to: &["pecr.reg21.register", "house.newly-listed"] },
        level: Level::Statute,
        citation: pecr("reg. 21(4)-(5)", REG_21),
        in_force: InForce::from(PECR),
        statement: "A subscriber may tell one caller that its calls are welcome in spite of the register.",
        limbs: [&NOTIFIED, &KEPT],
        evaluate: evaluate,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !call::is_ordinary(facts) {
        return Outcome::NotEngaged;
    }
    let notified = notified(facts);
    let limbs = match (notified, facts.consent.filter(|consent| consent.covers_channel)) {
        (Some(_), _) => Limbs::default(),
        (None, Some(consent)) => not_good_enough(facts, &consent),
        (None, None) => Limbs::default().told(
            &NOTIFIED,
            None,
            Seen::stated("call_permission_given", "unknown"),
            "a `call_permission_given` event for this sender and number, or a `consent_given` event to live calls",
        ),
    };
    limbs.require_none(&KEPT, taken_back(facts)).outcome(notified)
}

/// Why the consent is no notification. What nobody told us of it is asked for, unless it would be of no use.
fn not_good_enough<'a>(facts: &Facts<'a>, consent: &Consent<'a>) -> Limbs<'a> {
    let hopeless = faults(facts, consent).find(|fault| fault.ask.is_none()).map(|fault| fault.seen);
    let taken_back = consent::taken_back(facts, consent);
    let taken_back = taken_back.map(|stop| Seen::event(stop.kind, "stands against the consent", stop));
    if let Some(seen) = hopeless.or(taken_back) {
        return Limbs::default().require(&NOTIFIED, false, seen);
    }
    faults(facts, consent).fold(Limbs::default(), |limbs, fault| match fault.ask {
        Some(ask) => limbs.told(&NOTIFIED, None, fault.seen, ask),
        None => limbs,
    })
}

/// The notification: a permission, or a valid consent that stands.
fn notified<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    let stands = |consent: &&Consent<'a>| consent::taken_back(facts, consent).is_none();
    let agreed = valid_consent(facts).filter(stands).map(|consent| consent.event);
    facts.line.permission.or(agreed)
}

/// The notification, if nothing was taken back since.
pub(crate) fn given<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    notified(facts).filter(|_| taken_back(facts).is_none())
}

/// The withdrawal of a permission, if nothing that the subscriber did later undid it: a new permission, a valid consent
/// of their own, or a request for this very topic.
pub(super) fn taken_back<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    let withdrawn = facts.line.permission_withdrawn;
    withdrawn.standing_after(facts.line.permission.as_ref())?;
    standing(facts, &withdrawn)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Outcome, RULE};
    use crate::{
        facts::Facts,
        rules::testing::{
            AFTER, BEFORE, Change, DONE, F, as_is, by_permission, consent_to_calls, event, given, limbs, said, with,
        },
        terms::{channel::Channel, consent::ConsentSource, purpose::Matter, purpose::Purpose},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::none(|f: F| f.line.permission = None, &["21(4)"])]
    #[case::taken_back_before(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", BEFORE), &["met"])]
    #[case::taken_back_at_once(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", DONE), &["21(5)"])]
    #[case::taken_back_since(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", AFTER), &["21(5)"])]
    #[case::taken_back_and_never_given(
        |f: F| (f.line.permission, f.line.permission_withdrawn) = (None, said("call_permission_withdrawn", AFTER)),
        &["21(4)", "21(5)"],
    )]
    #[case::on_the_caller_s_word(|f: F| f.line.permission = Some(given("call_permission_given", DONE)), &["met"])]
    #[case::about_claims(|f: F| f.matter = Some(Matter::ClaimsManagement), &["not engaged"])]
    #[case::about_pensions(|f: F| f.matter = Some(Matter::Pensions), &["not engaged"])]
    #[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    fn whose_calls_are_welcome(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_permission(), change))), expected);
    }

    /// A specific consent to live calls is as much, whenever the number was listed.
    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::to_another_caller(|f: F| f.the_consent().names_sender = Some(false), &["21(4)"])]
    #[case::for_another_line(|f: F| f.the_consent().for_this_detail = false, &["21(4)"])]
    #[case::to_emails(|f: F| f.the_consent().covers_channel = false, &["21(4)"])]
    #[case::bundled(|f: F| f.the_consent().separate = Some(false), &["21(4)"])]
    #[case::withdrawn(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["21(4)"])]
    #[case::a_permission_taken_back_before(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", BEFORE), &["met"])]
    #[case::a_permission_taken_back_since(|f: F| f.line.permission_withdrawn = said("call_permission_withdrawn", AFTER), &["21(5)"])]
    #[case::through_another(|f: F| (f.the_consent().source, f.the_consent().has_evidence) = (ConsentSource::ThirdParty, true), &["met"])]
    #[case::through_another_after_a_withdrawal(
        |f: F| {
            (f.the_consent().source, f.the_consent().has_evidence) = (ConsentSource::ThirdParty, true);
            f.line.permission_withdrawn = said("call_permission_withdrawn", BEFORE);
        },
        &["21(5)"],
    )]
    fn consent_to_live_calls(#[case] change: Change, #[case] expected: &[&str]) {
        let mut facts = Facts { consent: Some(consent_to_calls()), ..by_permission() };
        facts.line.permission = None;
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), expected);
    }

    #[rstest]
    #[case::nothing(as_is, &[])]
    #[case::no_consent(|f: F| f.consent = None, &["call_permission_given"])]
    #[case::to_emails(|f: F| f.the_consent().covers_channel = false, &["call_permission_given"])]
    #[case::what_nobody_told(|f: F| (f.the_consent().separate, f.the_consent().conditional) = (None, None), &["consent_given.separate", "consent_given.conditional"])]
    #[case::what_is_of_no_use(|f: F| (f.the_consent().separate, f.the_consent().conditional) = (None, Some(true)), &[])]
    #[case::and_was_withdrawn(|f: F| (f.the_consent().separate, f.stops.withdrawal) = (None, said("consent_withdrawn", AFTER)), &[])]
    fn what_is_asked_for(#[case] change: Change, #[case] asked: &[&str]) {
        let mut facts = Facts { consent: Some(consent_to_calls()), ..by_permission() };
        facts.line.permission = None;
        let outcome = (RULE.evaluate)(&with(facts, change));
        let Outcome::Failing(failures) = outcome else { return assert!(asked.is_empty()) };
        let facts = failures.iter().filter(|failure| failure.ask.is_some()).map(|failure| failure.seen.fact);
        assert_eq!(facts.collect::<Vec<_>>(), asked);
    }

    #[test]
    fn a_bad_consent_does_not_spoil_a_permission() {
        let mut facts = Facts { consent: Some(consent_to_calls()), ..by_permission() };
        facts.the_consent().separate = None;
        facts.line.permission = Some(event("call_permission_given", AFTER));
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["met"]);
    }
}
