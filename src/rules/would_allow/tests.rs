//! What is suggested for one change to the smallest facts; and for any facts at all, in `properties`.

mod oracle;
mod properties;
mod wording;
mod worlds;

use rstest::rstest;

use super::{Alternatives, Changed, MOST_CHANGES, MOST_SETS, search::Search};
use crate::{
    facts::{Collection, Consent, Facts},
    rules::{
        decide::{Decision, allows, decide},
        testing::{
            AFTER, BEFORE, Change, F, about_pensions, as_is, by_charitable_soft_opt_in, by_consent, by_soft_opt_in,
            in_register, of_service, said, solicited, to_a_company, to_a_stranger, with,
        },
    },
    terms::{
        consent::{ConsentManner, ConsentSource},
        party::{PolicyProfile, SenderKind},
        purpose::Purpose,
        refusal::OptOut,
        subscriber::SubscriberKind,
    },
};

fn decided<'a>(facts: &Facts<'a>) -> Decision<'a> {
    decide(facts, facts.consent.as_slice(), facts.collection.as_slice())
}

/// The facts to be changed, each set of changes in its order.
fn ways(facts: &Facts<'_>) -> Vec<Vec<&'static str>> {
    Alternatives::to(&decided(facts)).sets.iter().map(|way| facts_of(way)).collect()
}

fn facts_of(way: &[Changed<'_>]) -> Vec<&'static str> {
    way.iter().map(|changed| changed.change.fact).collect()
}

#[rstest]
#[case::separate_not_told(|f: F| f.the_consent().separate = None, "consent_given.separate")]
#[case::sender_concealed(|f: F| f.message.identifies_sender = Some(false), "message.identifies_sender")]
#[case::topic_not_stated(|f: F| f.the_consent().covers_topic = None, "topic")]
#[case::no_record(|f: F| f.the_consent().has_wording = false, "consent_given.wording")]
#[case::no_opt_out(|f: F| f.message.opt_out = Some(OptOut::None), "message.opt_out")]
#[case::not_plain(|f: F| f.message.clearly_commercial = Some(false), "message.clearly_commercial")]
fn the_one_thing_that_is_missing(#[case] change: Change, #[case] fact: &str) {
    assert_eq!(ways(&with(by_consent(), change)).first(), Some(&vec![fact]));
}

#[test]
fn a_stranger() {
    let collection = vec!["details_collected", "message.similar_to_collection"];
    let expected = [vec!["recipient.subscriber"], vec!["consent_given"], collection];
    assert_eq!(ways(&to_a_stranger()), expected);
}

/// A message of which nobody says anything, to somebody of whom nobody knows anything.
#[test]
fn nothing_is_known() {
    let facts = with(to_a_stranger(), |f| (f.message.identifies_sender, f.message.opt_out) = (None, None));
    let form = ["message.identifies_sender", "message.opt_out"];
    let expected = [
        vec!["recipient.subscriber", form[0], form[1]],
        vec!["recipient.subscriber", form[0], "message.reply_address"],
        vec!["consent_given", form[0], form[1]],
        vec!["details_collected", "message.similar_to_collection", form[0], form[1]],
    ];
    assert_eq!(ways(&facts), expected);
}

/// What is on record may be wrong for this message; it is never made right.
#[rstest]
#[case::ticked_already(|f: F| f.the_consent().manner = Some(ConsentManner::PreTickedBox))]
#[case::a_price(|f: F| f.the_consent().conditional = Some(true))]
#[case::bundled(|f: F| f.the_consent().separate = Some(false))]
#[case::another_topic(|f: F| f.the_consent().covers_topic = Some(false))]
#[case::names_another(|f: F| f.the_consent().names_sender = Some(false))]
#[case::another_channel(|f: F| f.the_consent().covers_channel = false)]
#[case::for_a_friend(|f: F| f.the_consent().source = ConsentSource::Referral)]
fn a_known_fact_of_the_past_is_not_altered(#[case] change: Change) {
    let mut facts = with(by_consent(), change);
    facts.recipient.subscriber = SubscriberKind::Individual;
    let collection = vec!["details_collected", "message.similar_to_collection"];
    assert_eq!(ways(&facts), [vec!["consent_given"], collection]);
}

#[rstest]
#[case::refused(|f: F| f.the_collection().refused = Some(true))]
#[case::no_opt_out(|f: F| f.the_collection().opt_out_offered = Some(false))]
#[case::by_another(|f: F| f.the_collection().by_sender = false)]
#[case::a_prize_draw(|f: F| f.the_collection().context = crate::terms::collection::CollectionContext::PrizeDraw)]
fn nor_is_a_collection(#[case] change: Change) {
    let mut facts = with(by_soft_opt_in(), change);
    facts.recipient.subscriber = SubscriberKind::Individual;
    assert_eq!(ways(&facts), [["consent_given"]]);
}

/// Two facts that only together turn anything.
#[test]
fn facts_that_help_only_together() {
    let facts = with(by_soft_opt_in(), |f| {
        f.recipient.subscriber = SubscriberKind::Individual;
        (f.the_collection().opt_out_offered, f.the_collection().opt_out_free) = (None, None);
    });
    let offered = vec!["details_collected.opt_out_offered", "details_collected.opt_out_free"];
    assert_eq!(ways(&facts), [vec!["consent_given"], offered]);
}

/// What a new consent must have besides, and what may be changed instead.
#[rstest]
#[case::explicit(|f: F| f.message.special_category = Some(true), "message.special_category", "consent_given.explicit")]
#[case::for_another(|f: F| f.promotes_another = true, "promoted_party", "consent_given.named_senders")]
fn a_new_consent_is_as_much_as_the_message_asks(#[case] change: Change, #[case] instead: &str, #[case] more: &str) {
    let mut facts = with(to_a_stranger(), change);
    facts.recipient.subscriber = SubscriberKind::Individual;
    let ways = ways(&facts);
    assert_eq!(ways.get(..2), Some(&[vec!["consent_given", instead], vec!["consent_given", more]][..]), "{ways:?}");
}

#[test]
fn a_child_s_new_consent_needs_a_parent() {
    let ways = ways(&with(to_a_stranger(), |f| f.recipient.age = Some(11)));
    assert!(ways.contains(&vec!["consent_given", "consent_given.parental_authorisation"]), "{ways:?}");
}

/// Whatever the person has said against marketing, and on whichever reading.
#[rstest]
fn only_the_person_s_own_consent_turns_an_objection(
    #[values(PolicyProfile::Conservative, PolicyProfile::Literal)] profile: PolicyProfile,
    #[values(None, Some(false), Some(true))] named_person: Option<bool>,
    #[values(
        to_a_stranger(), by_consent(), by_soft_opt_in(), by_charitable_soft_opt_in(),
        with(by_consent(), |f| f.the_consent().separate = None),
        with(by_soft_opt_in(), |f| f.the_collection().refused = None),
        with(solicited(), |f| f.the_request().covers_topic = None),
        with(solicited(), |f| f.request = None),
    )]
    facts: Facts<'static>,
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

/// A complaint, and the word of a colleague for the whole company, stand in the way of the conservative reading alone.
#[rstest]
#[case(|f: F| f.stops.complaint = said("complaint_made", AFTER))]
#[case(|f: F| f.stops.company = said("objection_raised", AFTER))]
fn nor_does_anything_else_turn_a_complaint(
    #[case] stop: Change,
    #[values(to_a_stranger(), by_consent(), by_soft_opt_in(), to_a_company())] facts: Facts<'static>,
) {
    assert_eq!(ways(&with(facts, stop)), [["consent_given"]]);
}

/// A refusal that a later collection passes over on the literal reading is not passed over on a guess.
#[test]
fn a_refusal_is_not_passed_over_on_a_guess() {
    let mut facts = Facts { profile: PolicyProfile::Literal, ..by_soft_opt_in() };
    facts.stops.refusal = said("details_refused", BEFORE);
    assert!(allows(&facts));
    facts.the_collection().refused = None;
    assert_eq!(ways(&facts), [["consent_given"]]);
}

#[test]
fn or_a_message_that_markets_nothing() {
    let mut facts = Facts { purpose: Purpose::Service, ..by_consent() };
    facts.message.contains_promotion = Some(true);
    facts.stops.objection = said("objection_raised", AFTER);
    assert_eq!(ways(&facts), [["message.contains_promotion"], ["consent_given"]]);
    (facts.message.names_products, facts.promotes_another) = (true, true);
    let nothing = vec!["message.contains_promotion", "message.products", "promoted_party"];
    assert!(ways(&facts).contains(&nothing), "{:?}", ways(&facts));
}

/// A client relationship would only do harm where the number is on the register.
#[test]
fn no_relationship_is_supposed_that_the_register_keeps_off() {
    let facts = with(about_pensions(), |f| {
        f.line.ctps = in_register("2026-06-01T09:00:00Z");
        f.message.right_to_object_told = Some(false);
        (f.call.offers_opt_out, f.call.client_would_expect) = (Some(true), Some(true));
    });
    assert_eq!(ways(&facts), [["message.right_to_object_told"]]);
}

/// Nothing is suggested where nothing would do.
#[test]
fn the_vulnerable_are_left_alone() {
    assert!(ways(&with(by_consent(), |f| f.recipient.vulnerable = Some(true))).is_empty());
}

#[test]
fn an_allow_has_no_alternatives() {
    assert!([by_consent(), of_service()].iter().all(|facts| ways(facts).is_empty()));
}

/// Each fact of a recorded event says of which, and a second consent is told as well as the first.
#[test]
fn the_event_of_each_fact_is_told() {
    let incomplete = |id: &'static str| {
        let mut consent = by_consent().consent.unwrap();
        (consent.event.id, consent.separate) = (id, None);
        consent
    };
    let mut facts = to_a_stranger();
    facts.recipient.subscriber = SubscriberKind::Individual;
    let decision = decide(&facts, &[incomplete("one"), incomplete("two")], &[]);
    let ways = Alternatives::to(&decision).sets;
    let told: Vec<_> = ways.iter().map(|way| (facts_of(way), way[0].event.map(|event| event.id))).collect();
    let expected = [
        (vec!["consent_given.separate"], Some("one")),
        (vec!["consent_given.separate"], Some("two")),
        (vec!["consent_given"], None),
        (vec!["details_collected", "message.similar_to_collection"], None),
    ];
    assert_eq!(told, expected);
}

/// The provisions are those whose rules stop refusing, as they are cited on the day.
#[rstest]
#[case::form(|f: F| f.message.opt_out = Some(OptOut::None), &["pecr.reg23.valid-address 23(b)"])]
#[case::of_the_consent(|f: F| f.the_consent().separate = None, &["uk_gdpr.art7.distinguishable 7(2)"])]
#[case::of_the_law_then(
    |f: F| (f.as_of, f.the_consent().has_wording) = (jiff::civil::date(2017, 6, 1), false),
    &["uk_gdpr.art7.demonstrable 22(2)-shown"],
)]
#[case::consent(|f: F| f.consent = None, &["pecr.reg22.individual-subscriber 22(1)-corporate"])]
#[case::objection(
    |f: F| f.stops.objection = said("objection_raised", AFTER),
    &["uk_gdpr.art21.objection 21(3)", "pecr.reg22.consent 22(2)-for-the-time-being"],
)]
#[case::no_marketing(
    |f: F| {
        (f.purpose, f.message.contains_promotion) = (Purpose::Service, Some(true));
        f.the_consent().covers_channel = false;
    },
    &["scope.service-message service-message"],
)]
fn what_the_first_change_satisfies(#[case] change: Change, #[case] expected: &[&str]) {
    let ways = Alternatives::to(&decided(&with(by_consent(), change))).sets;
    let satisfies = ways[0][0].satisfies.iter().map(|(rule, limb)| format!("{} {}", rule.id, limb.id));
    assert_eq!(satisfies.collect::<Vec<_>>(), expected);
}

/// What nobody told us is asked for where it could turn the answer, and not where the same consent is known to be bad
/// for another reason.
#[rstest]
#[case::incomplete(|f: F| f.the_consent().manner = None, &["consent_given.how", "details_collected"])]
#[case::bad_besides(|f: F| (f.the_consent().manner, f.the_consent().covers_channel) = (None, false), &["details_collected"])]
#[case::of_the_message_besides(
    |f: F| {
        (f.the_consent().separate, f.the_consent().conditional, f.message.opt_out) = (Some(false), None, None);
        f.recipient.subscriber = SubscriberKind::Individual;
    },
    &["details_collected", "message.opt_out"],
)]
#[case::vulnerable(|f: F| (f.message.opt_out, f.recipient.vulnerable) = (None, Some(true)), &[])]
fn what_could_not_turn_the_answer_is_not_asked_for(#[case] change: Change, #[case] expected: &[&str]) {
    let decision = decided(&with(by_consent(), change));
    let asks = Alternatives::to(&decision).asks(&decision);
    assert_eq!(asks.iter().map(|ask| ask.seen.unwrap().fact).collect::<Vec<_>>(), expected);
}

/// A search that is cut short tells nothing that is not so, and says that there may be more.
#[test]
fn a_search_that_is_cut_short() {
    let mut facts = by_consent();
    (facts.message.opt_out, facts.the_consent().separate, facts.promotes_another) = (None, None, true);
    let decision = decided(&facts);
    let whole = Alternatives::to(&decision).sets;
    let all: Vec<_> = whole.iter().map(|way| facts_of(way)).collect();
    assert!(all.len() > 2, "{all:?}");
    for steps in 0..200 {
        let mut search = Search::of(&decision, steps);
        let complete = search.run(MOST_SETS, MOST_CHANGES);
        let found: Vec<_> = search.told(MOST_SETS).iter().map(|way| facts_of(way)).collect();
        assert!(all.starts_with(&found), "{found:?}");
        assert_eq!(complete, found.len() == all.len() && search.steps_left().is_some(), "{steps}");
    }
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
    let world = worlds::World::of(&facts);
    let ways = Alternatives::to(&decided(&facts)).sets;
    assert!(!ways.is_empty());
    for way in ways {
        let all = oracle::as_possible(&way);
        assert!(world.turned_by(&all), "{way:?}");
        for spared in 0..all.len() {
            let mut rest = all.clone();
            rest.remove(spared);
            assert!(!world.turned_by(&rest), "{way:?} can spare {spared}");
        }
    }
}
