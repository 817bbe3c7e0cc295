//! What is suggested for one change to the smallest facts.

use rstest::rstest;

use super::{Facts, allows, alternatives, changed};
use crate::{
    facts::{Collection, Consent, SendLimit},
    rules::testing::{
        AFTER, BEFORE, Change, F, as_is, by_charitable_soft_opt_in, by_consent, by_soft_opt_in, said, to_a_stranger,
        with,
    },
    terms::{
        party::{PolicyProfile, SenderKind},
        purpose::Purpose,
        subscriber::SubscriberKind,
    },
};

/// The facts to be changed, each set of changes in its order.
fn ways(facts: &Facts<'_>) -> Vec<Vec<&'static str>> {
    alternatives(facts).iter().map(|way| way.iter().map(|change| change.fact).collect()).collect()
}

#[rstest]
#[case::separate_not_told(|f: F| f.the_consent().separate = None, "consent_given.separate")]
#[case::sender_concealed(|f: F| f.message.identifies_sender = Some(false), "message.identifies_sender")]
#[case::topic_not_stated(|f: F| f.the_consent().covers_topic = None, "topic")]
#[case::no_record(|f: F| f.the_consent().has_wording = false, "consent_given.evidence")]
fn the_one_thing_that_is_missing(#[case] change: Change, #[case] fact: &str) {
    assert_eq!(ways(&with(by_consent(), change)).first(), Some(&vec![fact]));
}

#[test]
fn a_stranger() {
    let collection = vec!["details_collected", "message.similar_to_collection"];
    let expected = [vec!["recipient.subscriber"], vec!["consent_given"], collection];
    assert_eq!(ways(&to_a_stranger()), expected);
}

/// The sender's own rules are kept by waiting, or by saying what the message is about; what is blocked stays so.
#[rstest]
#[case::at_night(|f: F| f.house.quiet = Some(true), &["as_of"])]
#[case::topic_not_stated(|f: F| f.house.blocks_topics = true, &["topic"])]
#[case::a_blocked_topic(|f: F| (f.house.blocks_topics, f.house.topic_blocked) = (true, Some(true)), &[])]
#[case::once_a_day(|f: F| f.house.limit = limit(1), &["send_made"])]
#[case::not_at_all(|f: F| f.house.limit = limit(0), &[])]
#[case::an_old_consent(|f: F| f.house.consents_since = AFTER.parse().ok(), &["consent_given"])]
fn a_house_rule(#[case] change: Change, #[case] way: &[&str]) {
    let mut facts = with(by_consent(), change);
    facts.recipient.subscriber = SubscriberKind::Individual;
    assert_eq!(ways(&facts).first().map_or(&[] as &[&str], Vec::as_slice), way);
}

fn limit(at_most: u16) -> Option<SendLimit<'static>> {
    Some(SendLimit { made: 1, at_most, in_days: 1, covers: Some(true), latest: None })
}

/// What is on record may be wrong for this message; it is never made right.
#[rstest]
#[case::ticked_already(|f: F| f.the_consent().conditional = Some(true))]
#[case::bundled(|f: F| f.the_consent().separate = Some(false))]
#[case::another_topic(|f: F| f.the_consent().covers_topic = Some(false))]
#[case::names_another(|f: F| f.the_consent().names_sender = Some(false))]
#[case::another_channel(|f: F| f.the_consent().covers_channel = false)]
fn a_known_fact_of_the_past_is_not_altered(#[case] change: Change) {
    let mut facts = with(by_consent(), change);
    facts.recipient.subscriber = SubscriberKind::Individual;
    let ways = ways(&facts);
    assert!(ways.iter().all(|way| *way == ["consent_given"] || way.contains(&"details_collected")), "{ways:?}");
}

#[rstest]
#[case::refused(|f: F| f.the_collection().refused = Some(true))]
#[case::no_opt_out(|f: F| f.the_collection().opt_out_offered = Some(false))]
#[case::by_another(|f: F| f.the_collection().by_sender = false)]
fn nor_is_a_collection(#[case] change: Change) {
    let mut facts = with(by_soft_opt_in(), change);
    facts.recipient.subscriber = SubscriberKind::Individual;
    assert_eq!(ways(&facts), [["consent_given"]]);
}

/// Whatever the person has said against marketing, and on whichever reading.
#[rstest]
fn only_the_person_s_own_consent_turns_an_objection(
    #[values(PolicyProfile::Conservative, PolicyProfile::Literal)] profile: PolicyProfile,
    #[values(None, Some(false), Some(true))] named_person: Option<bool>,
    #[values(to_a_stranger(), by_consent(), by_soft_opt_in(), by_charitable_soft_opt_in())] facts: Facts<'static>,
    #[values(
        |f: F| f.stops.objection = said("objection_raised", AFTER),
        |f: F| f.stops.withdrawal = said("consent_withdrawn", AFTER),
        |f: F| f.stops.refusal = said("details_refused", AFTER),
        |f: F| f.stops.fundraising_preference = said("register_listed", AFTER),
    )]
    stop: Change,
) {
    let mut facts = with(Facts { profile, ..facts }, stop);
    facts.recipient.named_person = named_person;
    assert!(!allows(&facts));
    assert_eq!(ways(&facts), [["consent_given"]]);
}

#[test]
fn or_a_message_that_markets_nothing() {
    let mut facts = Facts { purpose: Purpose::Service, ..by_consent() };
    facts.message.contains_promotion = Some(true);
    facts.stops.objection = said("objection_raised", AFTER);
    assert_eq!(ways(&facts), [["consent_given"], ["message.contains_promotion"]]);
}

#[rstest]
#[case::nothing_else(as_is)]
#[case::form(|f: F| (f.message.identifies_sender, f.message.opt_out) = (None, None))]
#[case::consent(|f: F| f.consent = by_consent().consent.map(|c| Consent { manner: None, separate: None, ..c }))]
#[case::collection(|f: F| f.collection = by_soft_opt_in().collection.map(|c| Collection { refused: None, ..c }))]
#[case::objected(|f: F| f.stops.objection = said("objection_raised", BEFORE))]
#[case::for_a_charity(|f: F| (f.purpose, f.sender_kind) = (Purpose::Charity, SenderKind::Charity))]
fn every_way_works_and_spares_nothing(#[case] change: Change) {
    let facts = with(to_a_stranger(), change);
    let ways = alternatives(&facts);
    assert!(!ways.is_empty());
    for way in ways {
        assert!(allows(&changed(&facts, &way)), "{way:?}");
        for spared in 0..way.len() {
            let rest: Vec<_> = way.iter().enumerate().filter(|(i, _)| *i != spared).map(|(_, c)| *c).collect();
            assert!(!allows(&changed(&facts, &rest)), "{way:?} can spare {spared}");
        }
    }
}
