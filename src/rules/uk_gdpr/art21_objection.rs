//! Article 21(2)-(3): the right to object to direct marketing.

use crate::{
    facts::{Collection, EventRef, Facts},
    rules::{
        Effect,
        citation::{Citation, Level, uk_gdpr},
        in_force::{GDPR, InForce, PECR},
        outcome::{Limb, Limbs, Outcome},
        scope::direct_marketing::is_direct_marketing,
        standing,
    },
};

const OBJECTED: Limb = Limb {
    id: "21(3)",
    holds: "no objection of the person to direct marketing stands",
    fails: "the person has objected to direct marketing",
};
const FUNDRAISING: Limb = Limb {
    id: "21(3)-fundraising-preference",
    holds: "no request of the person to the sender through the Fundraising Preference Service stands",
    fails: "the person has asked the sender to stop through the Fundraising Preference Service, which is an objection",
};
const REFUSED: Limb = Limb {
    id: "21(3)-refusal",
    holds: "no refusal of the person to have the details used for marketing stands",
    fails: "the person has refused the use of the details for marketing, which is an objection",
};
const NOTICE: Limb = Limb {
    id: "11(1)",
    holds: "no word of the person to the sender to stop direct marketing stands",
    fails: "the person has told the sender to stop direct marketing",
};

rule! {
    /// A person may object at any time to the processing of their data for direct marketing, whatever its lawful
    /// basis. Then the data may no longer be processed for that purpose. The right is absolute, and every data subject
    /// has it: a customer, a sole trader, a named employee of a company. An objection to one channel or topic covers
    /// that channel or topic; an objection without limits covers all.
    ///
    /// ## Allowed
    /// A person objected in May and ticked an empty box for the newsletter in June: the later consent is the person's
    /// own, specific and affirmative.
    ///
    /// ## Refused
    /// A person consented in May and objected in June. A named employee of a company objected; that the company may be
    /// mailed without consent does not help. Objection and consent bear the same time: the tie goes to the person.
    ///
    /// ## Doubt
    /// A refusal when the details were collected, or later, is an objection in substance, and so is a request through
    /// the Fundraising Preference Service to the charity that it names. Whether a refusal stands after the sender has
    /// collected the details anew is `uk_gdpr.art21.earlier-refusal`. What was asked for a whole company is
    /// `ico.corporate-mailbox`. A message that answers the person's own later request may be sent.
    ///
    /// ## References
    /// UK GDPR Art 21(2)-(3); ICO, right to object; ICO, respect people's preferences.
    pub(crate) static RULE = {
        id: "uk_gdpr.art21.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: uk_gdpr("Art 21(2)-(3)", "https://www.legislation.gov.uk/eur/2016/679/article/21"),
        in_force: InForce::from(GDPR),
        statement: "Nobody who has objected to direct marketing may be sent any.",
        limbs: [&OBJECTED, &FUNDRAISING, &REFUSED],
        evaluate: evaluate,
    };
}

rule! {
    /// A person may at any time tell whoever holds their data, in writing, to stop processing it for direct marketing.
    ///
    /// ## Allowed
    /// A person who told the sender to stop in May subscribed anew in June.
    ///
    /// ## Refused
    /// A person subscribed in May and told the sender to stop in June.
    ///
    /// ## References
    /// Data Protection Act 1998 s.11, in force until 25 May 2018.
    pub(crate) static BEFORE_GDPR = {
        id: "uk_gdpr.art21.objection",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: Citation {
            instrument: "DPA 1998",
            provision: "s. 11",
            url: "https://www.legislation.gov.uk/ukpga/1998/29/section/11",
        },
        in_force: InForce::between(PECR, GDPR),
        statement: "Nobody who has told the sender to stop direct marketing may be sent any.",
        limbs: [&NOTICE],
        evaluate: evaluate_before_gdpr,
    };
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !engaged(facts) {
        return Outcome::NotEngaged;
    }
    let stops = &facts.stops;
    Limbs::default()
        .require_none(&OBJECTED, standing(facts, &stops.objection))
        .require_none(&FUNDRAISING, standing(facts, &stops.fundraising_preference))
        .require_none(&REFUSED, refusal(facts))
        .outcome(None)
}

fn evaluate_before_gdpr<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if !engaged(facts) {
        return Outcome::NotEngaged;
    }
    let stops = [facts.stops.objection, facts.stops.fundraising_preference];
    let told = stops.iter().filter_map(|stop| standing(facts, stop)).chain(refusal(facts)).max_by_key(|stop| stop.at);
    Limbs::default().require_none(&NOTICE, told).outcome(None)
}

/// Only a living person can object: nobody stands behind a company's shared mailbox.
fn engaged(facts: &Facts<'_>) -> bool {
    is_direct_marketing(facts) && facts.recipient.is_data_subject()
}

/// A refusal that no new sale came after. Whether one before a new sale stands is `uk_gdpr.art21.earlier-refusal`.
fn refusal<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    let refusal = standing(facts, &facts.stops.refusal)?;
    match collected_anew(facts) {
        // Whatever the caller gives, a refusal on record is measured for itself.
        Some(Anew(collection)) => facts.stops.refusal.standing_after(Some(&collection)),
        None => Some(refusal),
    }
}

/// The event by which the sender collected the details anew.
pub(super) struct Anew<'a>(pub(super) EventRef<'a>);

/// The sender's own collection of these details, with an opt-out that was not taken.
pub(super) fn collected_anew<'a>(facts: &Facts<'a>) -> Option<Anew<'a>> {
    let own = |c: &Collection<'a>| c.by_sender && c.for_this_detail && !c.before_reassignment;
    let accepted = |c: &Collection<'a>| c.refused == Some(false) && c.opt_out_offered == Some(true);
    facts.collection.filter(|c| own(c) && accepted(c)).map(|collection| Anew(collection.event))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BEFORE_GDPR, RULE};
    use crate::{
        rules::testing::{
            AFTER, BEFORE, Change, DONE, F, as_is, by_consent, by_soft_opt_in, given, limbs, said, solicited,
            to_a_company, with,
        },
        terms::{channel::Channel, purpose::Purpose},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["met"])]
    #[case::objected_at_the_same_time(|f: F| f.stops.objection = said("objection_raised", DONE), &["21(3)"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["21(3)"])]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), &["21(3)-refusal"])]
    #[case::asked_the_fundraising_service_since(|f: F| f.stops.fundraising_preference = said("register_listed", AFTER), &["21(3)-fundraising-preference"])]
    #[case::no_valid_consent_since(|f: F| (f.stops.objection, f.the_consent().manner) = (said("objection_raised", BEFORE), None), &["21(3)"])]
    #[case::a_letter(|f: F| (f.channel, f.stops.objection) = (Channel::Post, said("objection_raised", AFTER)), &["21(3)"])]
    #[case::a_service_message(|f: F| (f.purpose, f.stops.objection) = (Purpose::Service, said("objection_raised", AFTER)), &["not engaged"])]
    fn nobody_who_objected(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }

    #[rstest]
    #[case::all_stops(|f: F| f.stops.objection = said("objection_raised", AFTER), "11(1)")]
    #[case::a_refusal(|f: F| f.stops.refusal = said("details_refused", AFTER), "11(1)")]
    #[case::none(as_is, "met")]
    fn before_the_gdpr(#[case] change: Change, #[case] limb: &str) {
        assert_eq!(limbs(&(BEFORE_GDPR.evaluate)(&with(by_consent(), change))), [limb]);
    }

    #[rstest]
    #[case::nobody_knows_whose_mailbox(as_is, "21(3)")]
    #[case::a_named_employee(|f: F| f.recipient.named_person = Some(true), "21(3)")]
    #[case::a_shared_mailbox(|f: F| f.recipient.named_person = Some(false), "not engaged")]
    fn a_company_is_no_data_subject_and_its_people_are(#[case] change: Change, #[case] limb: &str) {
        let mut facts = with(to_a_company(), change);
        facts.stops.objection = said("objection_raised", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
    }

    #[rstest]
    #[case::asked_since(as_is, "met")]
    #[case::something_else(|f: F| f.the_request().covers_topic = Some(false), "21(3)")]
    #[case::of_another(|f: F| f.the_request().to_sender = false, "21(3)")]
    #[case::on_the_caller_s_word(|f: F| f.the_request().event.given = true, "21(3)")]
    fn what_the_person_asked_for_later(#[case] change: Change, #[case] limb: &str) {
        let mut facts = with(solicited(), change);
        facts.stops.objection = said("objection_raised", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), [limb]);
    }

    /// The sender collected the details anew after a refusal.
    #[rstest]
    #[case::that_is_another_rule(as_is, "met")]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), "21(3)-refusal")]
    #[case::no_opt_out_offered(|f: F| f.the_collection().opt_out_offered = None, "21(3)-refusal")]
    #[case::by_another(|f: F| f.the_collection().by_sender = false, "21(3)-refusal")]
    #[case::of_another_address(|f: F| f.the_collection().for_this_detail = false, "21(3)-refusal")]
    #[case::on_the_caller_s_word(|f: F| f.the_collection().event.given = true, "21(3)-refusal")]
    fn a_refusal_before_a_new_sale(#[case] change: Change, #[case] limb: &str) {
        let mut facts = by_soft_opt_in();
        facts.stops.refusal = said("details_refused", BEFORE);
        assert_eq!(limbs(&(RULE.evaluate)(&with(facts, change))), [limb]);
    }

    #[test]
    fn a_refusal_that_is_given_does_not_hide_the_one_on_record() {
        let mut facts = by_soft_opt_in();
        facts.the_collection().event = given("details_collected", AFTER);
        facts.stops.refusal = said("details_refused", BEFORE);
        facts.stops.refusal.note(given("details_refused", DONE));
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["21(3)-refusal"]);
    }
}
