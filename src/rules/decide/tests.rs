//! The decision on the smallest facts of each basis, and on one change to them.

use jiff::civil::date;
use rstest::rstest;

use super::{Basis, Facts, decide};
use crate::{
    facts::{AssertedBasis, Call, Consent, Extent, Line},
    rules::testing::{
        AFTER, BEFORE, about_claims, about_pensions, by_advertising, by_automated_call, by_charitable_soft_opt_in,
        by_consent, by_fax, by_live_call, by_permission, by_post, by_soft_opt_in, consent_to_calls, event, of_service,
        said, solicited, to_a_client, to_a_company, to_a_stranger, worded, words,
    },
    terms::{
        audience::Audience,
        channel::Channel,
        consent::ConsentSource,
        party::PolicyProfile,
        purpose::Purpose,
        refusal::OptOut,
        subscriber::SubscriberKind,
        wording::{FindingKind, Strength},
    },
};

#[rstest]
#[case(by_consent(), Basis::Consent)]
#[case(by_soft_opt_in(), Basis::SoftOptIn)]
#[case(by_charitable_soft_opt_in(), Basis::CharitableSoftOptIn)]
#[case(solicited(), Basis::Solicited)]
#[case(to_a_company(), Basis::CorporateSubscriber)]
#[case(of_service(), Basis::NotDirectMarketing)]
#[case(by_live_call(), Basis::NotRefused)]
#[case(by_permission(), Basis::CallPermission)]
#[case(by_automated_call(), Basis::Consent)]
#[case(about_claims(), Basis::Consent)]
#[case(about_pensions(), Basis::Consent)]
#[case(to_a_client(), Basis::ClientRelationship)]
#[case(Facts { channel: Channel::LiveCall, call: by_live_call().call, ..solicited() }, Basis::Solicited)]
#[case(Facts { channel: Channel::Push, profile: PolicyProfile::Literal, ..to_a_stranger() }, Basis::NotElectronicMail)]
#[case(by_fax(), Basis::Consent)]
#[case(to_the_company(by_fax()), Basis::CorporateSubscriber)]
#[case(Facts { channel: Channel::Fax, call: by_fax().call, ..solicited() }, Basis::Solicited)]
#[case(by_post(), Basis::LegitimateInterests)]
#[case(Facts { consent: by_consent().consent, ..by_post() }, Basis::Consent)]
#[case(Facts { request: solicited().request, answers_request: true, ..by_post() }, Basis::Solicited)]
#[case(to_the_company(by_post()), Basis::NoPersonalData)]
#[case(by_advertising(), Basis::LegitimateInterests)]
#[case(Facts { audience: Some(Audience::Unaddressed), ..by_advertising() }, Basis::NotDirectMarketing)]
fn each_basis_carries_an_allow(#[case] facts: Facts<'static>, #[case] basis: Basis) {
    let decision = decide(&facts, facts.consent.as_slice(), facts.collection.as_slice());
    assert_eq!(decision.basis.map(|(basis, ..)| basis), Some(basis));
    assert!(decision.allow && !decision.reasons.is_empty() && decision.reasons.iter().all(|reason| reason.met));
    assert!(!decision.obligations.is_empty());
}

/// The same, to a company and to nobody in it.
fn to_the_company(mut facts: Facts<'static>) -> Facts<'static> {
    (facts.recipient.subscriber, facts.recipient.named_person) = (SubscriberKind::Corporate, Some(false));
    facts
}

/// Legitimate interests, assessed as they may be, carry nothing where PECR decides.
#[rstest]
#[case(Channel::Email)]
#[case(Channel::LiveCall)]
#[case(Channel::AutomatedCall)]
#[case(Channel::Fax)]
fn a_lawful_basis_takes_no_consent_s_place(#[case] channel: Channel) {
    let decision = decide(&Facts { channel, ..by_post() }, &[], &[]);
    assert!(!decision.allow && decision.basis.is_none());
}

/// PECR never refuses a letter, whatever is said of it.
#[rstest]
#[case(Facts { channel: Channel::Post, ..to_a_stranger() })]
#[case(Facts { channel: Channel::Post, ..by_soft_opt_in() })]
#[case(Facts { purpose: Purpose::Political, basis: AssertedBasis::default(), ..by_post() })]
#[case(to_the_company(Facts { channel: Channel::Post, ..to_a_stranger() }))]
fn pecr_refuses_no_letter(#[case] mut facts: Facts<'static>) {
    facts.stops.objection = said("objection_raised", AFTER);
    facts.message.identifies_sender = Some(false);
    let decision = decide(&facts, &[], facts.collection.as_slice());
    assert!(!decision.allow && decision.reasons.iter().all(|reason| !reason.rule.id.starts_with("pecr.")));
}

#[test]
fn a_stranger_is_told_every_way_that_fails() {
    let decision = decide(&to_a_stranger(), &[], &[]);
    let failing = decision.reasons.iter().filter(|reason| !reason.met).map(|reason| reason.limb.id);
    assert!(!decision.allow && failing.eq(["22(2)", "22(3)(a)"]));
}

#[test]
fn what_no_rule_carries_is_refused() {
    let facts = Facts { channel: Channel::LiveCall, ..by_consent() };
    let decision = decide(&facts, facts.consent.as_slice(), &[]);
    assert!(!decision.allow && !decision.reasons.is_empty());
}

#[test]
fn a_condition_that_fails_fails_its_rule() {
    let mut facts = by_consent();
    facts.the_consent().separate = Some(false);
    let decision = decide(&facts, facts.consent.as_slice(), &[]);
    let failing = decision.reasons.iter().filter(|reason| !reason.met).map(|reason| reason.limb.id);
    assert!(!decision.allow && failing.eq(["22(2)", "7(2)", "22(3)(a)"]));
}

#[test]
fn each_consent_and_each_collection_is_tried() {
    let mut bad = by_consent().consent.unwrap();
    bad.separate = None;
    let consents = [bad, by_consent().consent.unwrap()];
    assert!(decide(&to_a_stranger(), &consents, &[]).allow);
    let mut draw = by_soft_opt_in().collection.unwrap();
    draw.by_sender = false;
    let collections = [draw, by_soft_opt_in().collection.unwrap()];
    assert!(decide(&to_a_stranger(), &consents[..1], &collections).allow);
}

/// The first consent is bad whoever reads it; against the second nothing stands but a doubtful point, or a house rule.
#[rstest]
#[case::on_the_conservative_reading(|consent: &mut Consent<'_>| consent.source = ConsentSource::ThirdParty, "six-months")]
#[case::by_a_house_rule(|_: &mut Consent<'_>| {}, "consent-age")]
fn a_deny_is_explained_by_the_nearest(#[case] change: fn(&mut Consent<'_>), #[case] limb: &str) {
    let mut facts = to_a_stranger();
    facts.house.consents_since = (limb == "consent-age").then(|| AFTER.parse().unwrap());
    let mut bad = by_consent().consent.unwrap();
    bad.separate = Some(false);
    let mut old = by_consent().consent.unwrap();
    (old.event, old.has_evidence) = (event("consent_given", "2026-01-01T12:00:00Z"), true);
    change(&mut old);
    let decision = decide(&facts, &[bad, old], &[]);
    let failing = decision.reasons.iter().filter(|reason| !reason.met).map(|reason| reason.limb.id);
    assert!(!decision.allow && failing.eq(["22(2)", limb, "22(3)(a)"]));
}

#[test]
fn a_bad_consent_does_not_spoil_what_was_asked_for() {
    let mut facts = solicited();
    (facts.message.opt_out, facts.message.reply_address) = (Some(OptOut::None), Some(true));
    assert!(decide(&facts, by_consent().consent.as_slice(), &[]).allow);
}

#[rstest]
#[case::before(BEFORE, true)]
#[case::since(AFTER, false)]
fn the_later_of_consent_and_objection_decides(#[case] objected: &str, #[case] allow: bool) {
    let mut facts = by_consent();
    facts.stops.objection = said("objection_raised", objected);
    assert_eq!(decide(&facts, facts.consent.as_slice(), &[]).allow, allow);
}

/// The charitable soft opt-in of 5 February 2026; the law that came later is told of in a warning.
#[rstest]
#[case::the_day_before(4, false)]
#[case::the_day(5, true)]
fn a_rule_has_its_first_day(#[case] day: i8, #[case] allow: bool) {
    let mut facts = Facts { as_of: date(2026, 2, day), ..by_charitable_soft_opt_in() };
    facts.the_collection().event = event("details_collected", "2026-02-05T00:00:00Z");
    let decision = decide(&facts, &[], facts.collection.as_slice());
    let later = decision.warnings.iter().any(|warning| warning.rule.id == "pecr.reg22.charitable-soft-opt-in");
    assert_eq!((decision.allow, later), (allow, !allow));
}

#[rstest]
#[case(PolicyProfile::Conservative, false)]
#[case(PolicyProfile::Literal, true)]
fn where_lawyers_differ_the_literal_reading_warns(#[case] profile: PolicyProfile, #[case] allow: bool) {
    let mut facts = Facts { profile, ..by_consent() };
    facts.stops.complaint = said("complaint_made", AFTER);
    let decision = decide(&facts, facts.consent.as_slice(), &[]);
    let warned = decision.warnings.iter().any(|warning| warning.rule.id == "policy.complaint");
    assert_eq!((decision.allow, warned), (allow, allow));
}

/// What the words of a message do, whatever is said of it: on the label alone the readings part.
#[rstest]
#[case::promote(FindingKind::Promotes, "promotional-wording", false, None)]
#[case::ask(FindingKind::AsksForPermission, "permission-wording", false, None)]
#[case::sell(FindingKind::SurveyThatSells, "survey-that-sells", false, None)]
#[case::claim(FindingKind::ClaimsToBeService, "self-declared", true, Some(false))]
fn the_words_of_a_service_message(
    #[case] kind: FindingKind,
    #[case] limb: &str,
    #[case] literally: bool,
    #[case] stated: Option<bool>,
) {
    let mut facts = of_service();
    facts.message.contains_promotion = None;
    worded(&mut facts, kind, Strength::Strong);
    let decision = decide(&facts, &[], &[]);
    let reason = decision.reasons.iter().find(|reason| reason.limb.id == limb).unwrap();
    assert!(!decision.allow && reason.seen.unwrap().wording == Some(words(kind, Strength::Strong)));
    let literal = decide(&Facts { profile: PolicyProfile::Literal, ..facts }, &[], &[]);
    let warned = literal.warnings.iter().any(|warning| warning.limb.id == limb);
    assert_eq!((literal.allow, warned), (literally, literally));
    facts.message.contains_promotion = Some(false);
    assert_eq!(decide(&facts, &[], &[]).allow, stated == Some(false));
}

#[rstest]
#[case(PolicyProfile::Conservative, false)]
#[case(PolicyProfile::Literal, true)]
fn a_way_to_refuse_that_is_not_there(#[case] profile: PolicyProfile, #[case] allow: bool) {
    let mut facts = Facts { profile, ..by_consent() };
    facts.content.extent = Extent::Whole;
    let decision = decide(&facts, facts.consent.as_slice(), &[]);
    let warned = decision.warnings.iter().any(|warning| warning.rule.id == "policy.opt-out-shown");
    assert_eq!((decision.allow, warned), (allow, allow));
}

/// Law section 8, invariant 6: nothing but consent to recorded calls carries one.
#[rstest]
#[case::on_no_register(by_live_call())]
#[case::a_permission_to_call(by_permission())]
#[case::a_sale(by_soft_opt_in())]
#[case::a_charity_s_supporter(by_charitable_soft_opt_in())]
#[case::asked_for(solicited())]
#[case::a_client(to_a_client())]
#[case::a_company(to_a_company())]
fn a_recorded_call_needs_consent_to_recorded_calls(
    #[case] ground: Facts<'static>,
    #[values(PolicyProfile::Conservative, PolicyProfile::Literal)] profile: PolicyProfile,
) {
    let facts = Facts { channel: Channel::AutomatedCall, call: by_automated_call().call, profile, ..ground };
    let to_live_calls = Consent { covers_channel: false, ..consent_to_calls() };
    for consents in [&[] as &[_], &[to_live_calls]] {
        assert!(!decide(&facts, consents, facts.collection.as_slice()).allow);
    }
    assert!(decide(&facts, &[consent_to_calls()], &[]).allow);
}

/// An objection is asked nothing of: neither a look at a register nor a permission would turn it.
#[test]
fn who_said_no_to_calls_is_asked_only_about_the_call() {
    let mut facts = Facts { line: Line::default(), call: Call::default(), ..by_live_call() };
    facts.recipient.subscriber = SubscriberKind::Corporate;
    facts.recipient.named_person = Some(false);
    let asked = |facts: &Facts<'_>| -> Vec<&str> {
        decide(facts, &[], &[]).asks().iter().filter_map(|reason| reason.seen).map(|seen| seen.fact).collect()
    };
    assert_eq!(
        asked(&facts),
        ["register_screened.tps", "register_screened.ctps", "call_permission_given", "call.presents_cli"]
    );
    facts.stops.objection = said("objection_raised", BEFORE);
    assert_eq!(asked(&facts), ["call.presents_cli"]);
}
