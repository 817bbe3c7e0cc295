//! The decision on the smallest facts of each basis, and on one change to them.

use jiff::civil::date;
use rstest::rstest;

use super::{Basis, Facts, decide};
use crate::{
    facts::Consent,
    rules::testing::{
        AFTER, BEFORE, by_charitable_soft_opt_in, by_consent, by_soft_opt_in, event, of_service, said, solicited,
        to_a_company, to_a_stranger,
    },
    terms::{channel::Channel, consent::ConsentSource, party::PolicyProfile, refusal::OptOut},
};

#[rstest]
#[case(by_consent(), Basis::Consent)]
#[case(by_soft_opt_in(), Basis::SoftOptIn)]
#[case(by_charitable_soft_opt_in(), Basis::CharitableSoftOptIn)]
#[case(solicited(), Basis::Solicited)]
#[case(to_a_company(), Basis::CorporateSubscriber)]
#[case(of_service(), Basis::NotDirectMarketing)]
#[case(Facts { channel: Channel::Push, profile: PolicyProfile::Literal, ..to_a_stranger() }, Basis::NotElectronicMail)]
fn each_basis_carries_an_allow(#[case] facts: Facts<'static>, #[case] basis: Basis) {
    let decision = decide(&facts, facts.consent.as_slice(), facts.collection.as_slice());
    assert_eq!(decision.basis.map(|(basis, ..)| basis), Some(basis));
    assert!(decision.allow && !decision.reasons.is_empty() && decision.reasons.iter().all(|reason| reason.met));
    assert!(!decision.obligations.is_empty());
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
