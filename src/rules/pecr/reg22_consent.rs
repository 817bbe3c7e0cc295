//! Regulation 22(2): electronic mail needs consent.

use crate::{
    facts::Facts,
    rules::{
        Effect,
        citation::{Level, REG_22, pecr},
        consent::{self, Parts},
        in_force::{InForce, PECR},
        is_marketing_by_electronic_mail,
        outcome::{Limb, Outcome},
    },
};

const NOTIFIED: Limb = Limb {
    id: "22(2)",
    holds: "the recipient has notified the sender of consent",
    fails: "no valid consent of the recipient to this sender is on record",
};
const RECIPIENT: Limb = Limb {
    id: "22(2)-recipient",
    holds: "the consent is the present holder's, for this very address or number",
    fails: "the consent was not given for this address or number by the one who holds it now",
};
const SENDER: Limb = Limb {
    id: "22(2)-sender",
    holds: "the consent names the sender, and where another causes the sending, that one",
    fails: "the consent does not name the sender: \"partners\" or a kind of company is not enough",
};
const CHANNEL: Limb = Limb {
    id: "22(2)-channel",
    holds: "the consent is to such communications: this channel",
    fails: "the consent does not cover this channel",
};
const PURPOSE: Limb = Limb {
    id: "22(2)-purpose",
    holds: "the consent is to such communications: this purpose",
    fails: "the consent does not cover messages of this purpose",
};
const TOPIC: Limb = Limb {
    id: "22(2)-topic",
    holds: "the consent is to such communications: this topic",
    fails: "the consent is limited to other topics",
};
const PROMOTED: Limb = Limb {
    id: "22(2)-promoted-party",
    holds: "the consent is to such communications: the offers of the party whose goods or aims are promoted",
    fails: "the consent does not cover the offers of other parties",
};
const STANDING: Limb = Limb {
    id: "22(2)-for-the-time-being",
    holds: "the recipient consents for the time being: no objection, withdrawal or refusal stands against it",
    fails: "an objection, a withdrawal or a refusal of the recipient stands against the consent",
};

rule! {
    /// Nobody may send, or instigate the sending of, unsolicited marketing by electronic mail to an individual
    /// subscriber unless the recipient has notified the sender that he consents, for the time being, to such
    /// communications being sent by or at the instigation of the sender. Electronic mail is any message that can be
    /// stored until collected: email, SMS, picture messages, voicemail, messages in an app or on a social network.
    /// The soft opt-in (22(3)) and the charitable soft opt-in (22(3A)) are the only exceptions.
    ///
    /// ## Allowed
    /// A reader ticked an empty box for a shop's newsletter by email, and gets that newsletter.
    ///
    /// ## Refused
    /// The reader gets a text message instead; or mail from a "carefully selected partner"; or a political appeal; or
    /// the newsletter after unsubscribing from it.
    ///
    /// ## Doubt
    /// A direct consent that does not say whom it named is taken to name the sender that it was given to. An indirect
    /// one is not: it must be shown to name the sender (ICO, consent; the 2013 view that a precise category is enough
    /// no longer holds). Where one party instigates and another sends, the instigator must be named. Consent that
    /// does not state purposes covers what a sender of its kind ordinarily sends.
    ///
    /// ## References
    /// PECR reg 22(1)-(2), reg 2(1) "consent" (SI 2019/419 reg 8); *Leave.EU v IC* [2021] UKUT 26 (AAC).
    pub(crate) static RULE = {
        id: "pecr.reg22.consent",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 22(2)", REG_22),
        in_force: InForce::from(PECR),
        statement: "Unsolicited electronic mail for marketing needs the recipient's consent to the sender.",
        limbs: [&NOTIFIED, &RECIPIENT, &SENDER, &CHANNEL, &PURPOSE, &TOPIC, &PROMOTED, &STANDING],
        evaluate: evaluate,
    };
}

pub(crate) const PARTS: Parts = Parts {
    notified: &NOTIFIED,
    recipient: &RECIPIENT,
    sender: &SENDER,
    channel: &CHANNEL,
    purpose: &PURPOSE,
    topic: &TOPIC,
    promoted: &PROMOTED,
    standing: &STANDING,
};

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    if is_marketing_by_electronic_mail(facts) { consent::evaluate(facts, &PARTS) } else { Outcome::NotEngaged }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::RULE;
    use crate::{
        facts::Facts,
        rules::testing::{AFTER, BEFORE, Change, DONE, F, as_is, by_consent, given, limbs, said, slipped_in, with},
        terms::{channel::Channel, consent::ConsentSource, party::SenderKind, purpose::Purpose, wording::CueFamily},
    };

    #[rstest]
    #[case::smallest(as_is, &["met"])]
    #[case::none(|f: F| f.consent = None, &["22(2)"])]
    #[case::for_another_address(|f: F| f.the_consent().for_this_detail = false, &["22(2)-recipient"])]
    #[case::by_an_earlier_holder(|f: F| f.the_consent().before_reassignment = true, &["22(2)-recipient"])]
    #[case::given_by_a_friend(|f: F| f.the_consent().source = ConsentSource::Referral, &["22(2)-recipient"])]
    #[case::names_another(|f: F| f.the_consent().names_sender = Some(false), &["22(2)-sender"])]
    #[case::names_nobody_we_know_of(|f: F| f.the_consent().names_sender = None, &["22(2)-sender"])]
    #[case::another_channel(|f: F| f.the_consent().covers_channel = false, &["22(2)-channel"])]
    #[case::another_purpose(|f: F| f.the_consent().covers_purpose = false, &["22(2)-purpose"])]
    #[case::an_appeal_in_a_shop_s_notice(|f: F| slipped_in(f, CueFamily::Appeal), &["22(2)-purpose"])]
    #[case::an_appeal_to_those_who_agreed_to_appeals(
        |f: F| {
            slipped_in(f, CueFamily::Appeal);
            f.the_consent().names_aims = true;
        },
        &["met"],
    )]
    #[case::a_charity_s_appeal(
        |f: F| {
            slipped_in(f, CueFamily::Appeal);
            f.sender_kind = SenderKind::Charity;
        },
        &["met"],
    )]
    #[case::an_offer_in_a_shop_s_notice(|f: F| slipped_in(f, CueFamily::Offer), &["met"])]
    #[case::another_topic(|f: F| f.the_consent().covers_topic = Some(false), &["22(2)-topic"])]
    #[case::topic_not_stated(|f: F| f.the_consent().covers_topic = None, &["22(2)-topic"])]
    #[case::another_s_goods(|f: F| f.promotes_another = true, &["22(2)-promoted-party"])]
    #[case::objected_before(|f: F| f.stops.objection = said("objection_raised", BEFORE), &["met"])]
    #[case::objected_at_the_same_time(|f: F| f.stops.objection = said("objection_raised", DONE), &["22(2)-for-the-time-being"])]
    #[case::objected_since(|f: F| f.stops.objection = said("objection_raised", AFTER), &["22(2)-for-the-time-being"])]
    #[case::withdrew_since(|f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER), &["22(2)-for-the-time-being"])]
    #[case::refused_since(|f: F| f.stops.refusal = said("details_refused", AFTER), &["22(2)-for-the-time-being"])]
    #[case::asked_the_fundraising_service_since(|f: F| f.stops.fundraising_preference = said("register_listed", AFTER), &["22(2)-for-the-time-being"])]
    #[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
    #[case::a_letter(|f: F| f.channel = Channel::Post, &["not engaged"])]
    fn consent_to_such_communications(#[case] change: Change, #[case] expected: &[&str]) {
        assert_eq!(limbs(&(RULE.evaluate)(&with(by_consent(), change))), expected);
    }

    #[rstest]
    #[case::it_names_the_other(|f: F| f.the_consent().names_promoted = true)]
    #[case::it_covers_others_offers(|f: F| f.the_consent().third_party_offers = Some(true))]
    fn another_s_goods_are_covered(#[case] change: Change) {
        let facts = with(Facts { promotes_another: true, ..by_consent() }, change);
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["met"]);
    }

    #[test]
    fn a_caller_s_word_does_not_undo_a_recorded_objection() {
        let mut facts = with(by_consent(), |f: F| f.the_consent().event = given("consent_given", AFTER));
        facts.stops.objection = said("objection_raised", BEFORE);
        facts.stops.objection.note(given("objection_raised", DONE));
        assert_eq!(limbs(&(RULE.evaluate)(&facts)), ["22(2)-for-the-time-being"]);
    }
}
