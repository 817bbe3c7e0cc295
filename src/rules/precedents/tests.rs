//! The rulings beside the reasons of a deny: on the same point, and no more than two.

use rstest::rstest;

use super::{AT_MOST, all, beside, in_pounds, on};
use crate::{
    facts::Facts,
    rules::{
        decide::decide,
        testing::{
            AFTER, Change, F, by_consent, by_soft_opt_in, of_service, said, slipped_in, solicited, to_a_stranger, with,
            worded,
        },
    },
    terms::{
        purpose::Purpose,
        refusal::OptOut,
        wording::{CueFamily, FindingKind, Strength},
    },
};

/// Whom the rulings were against that are named beside one limb of a deny.
fn named(facts: &Facts<'static>, limb: &str) -> Vec<&'static str> {
    let decision = decide(facts, facts.consent.as_slice(), facts.collection.as_slice());
    assert!(!decision.allow);
    let reason = decision.reasons.iter().find(|reason| reason.limb.id == limb).unwrap();
    beside(reason, &decision.facts).iter().map(|precedent| precedent.ruling.organisation).collect()
}

#[rstest]
#[case::consent_to_somebody_else(|f: F| f.the_consent().names_sender = Some(false), "22(2)-sender", &["Saga Services Limited", "Global One 2015 (charity)"])]
#[case::consent_to_email(|f: F| f.the_consent().covers_channel = false, "22(2)-channel", &["HelloFresh"])]
#[case::consent_to_something_else(|f: F| f.the_consent().covers_topic = Some(false), "22(2)-topic", &["Better for the Country Ltd (Leave.EU)", "Telegraph Media Group Ltd"])]
#[case::bundled(|f: F| f.the_consent().separate = Some(false), "7(2)", &["HelloFresh", "Join the Triboo Limited"])]
#[case::deleted(|f: F| f.the_consent().has_wording = false, "7(1)", &["Digital Growth Experts Limited", "Vote Leave Limited"])]
#[case::objected(|f: F| f.stops.objection = said("objection_raised", AFTER), "21(3)", &["HelloFresh", "Royal Mail Group Limited"])]
#[case::nobody_was_fined_for(|f: F| f.the_consent().for_this_detail = false, "22(2)-recipient", &[])]
fn a_consent_that_fails(#[case] change: Change, #[case] limb: &str, #[case] expected: &[&str]) {
    assert_eq!(named(&with(by_consent(), change), limb), expected);
}

/// That no consent is on record is one point; that the one on record is bad, another, named beside what is bad in it.
#[test]
fn no_consent_is_not_a_bad_consent() {
    assert_eq!(named(&to_a_stranger(), "22(2)"), ["Allay Claims Ltd", "H&L Business Consulting Ltd"]);
    assert!(named(&with(by_consent(), |f: F| f.the_consent().separate = Some(false)), "22(2)").is_empty());
}

#[rstest]
#[case::it_promotes(|f: F| f.message.contains_promotion = Some(true), &["Allay Claims Ltd", "Halfords Limited"])]
#[case::it_names_products(|f: F| f.message.names_products = true, &["Allay Claims Ltd", "Halfords Limited"])]
#[case::it_collects_for_marketing(|f: F| f.message.feeds_marketing = Some(true), &[])]
fn marketing_dressed_as_service(#[case] change: Change, #[case] expected: &[&str]) {
    assert_eq!(named(&with(of_service(), change), "contains-promotion"), expected);
}

/// The same on the family of the words that were found.
#[rstest]
#[case::an_offer(CueFamily::Offer, &["Halfords Limited", "American Express Services Europe Limited"])]
#[case::an_app(CueFamily::Feature, &["American Express Services Europe Limited", "EE Limited"])]
#[case::a_claim(CueFamily::LeadGeneration, &["Allay Claims Ltd", "H&L Business Consulting Ltd"])]
#[case::an_appeal(CueFamily::Appeal, &["Telegraph Media Group Ltd", "Scottish National Party"])]
#[case::a_prize_draw(CueFamily::Reward, &["Morrisons", "Flybe"])]
#[case::nobody_was_fined_for(CueFamily::Urgency, &[])]
fn words_of_the_same_family(#[case] family: CueFamily, #[case] expected: &[&str]) {
    let mut facts = of_service();
    slipped_in(&mut facts, family);
    assert_eq!(named(&facts, "promotional-wording"), expected);
}

#[rstest]
#[case::asking(FindingKind::AsksForPermission, "permission-wording", &["Virgin Media Limited", "Moneysupermarket.com Ltd"])]
#[case::a_label(FindingKind::ClaimsToBeService, "self-declared", &["Halfords Limited"])]
fn words_of_another_kind(#[case] kind: FindingKind, #[case] limb: &str, #[case] expected: &[&str]) {
    let mut facts = of_service();
    facts.message.contains_promotion = None;
    worded(&mut facts, kind, Strength::Strong);
    assert_eq!(named(&facts, limb), expected);
}

#[rstest]
#[case::a_party_s_aims(Purpose::Political, &["Scottish National Party"])]
#[case::goods(Purpose::Commercial, &[])]
fn what_is_marketing_at_all(#[case] purpose: Purpose, #[case] expected: &[&str]) {
    assert_eq!(named(&Facts { purpose, ..to_a_stranger() }, "122(5)"), expected);
}

#[test]
fn the_rest_of_the_form_and_of_the_grounds() {
    let mut no_opt_out = by_soft_opt_in();
    no_opt_out.message.opt_out = Some(OptOut::None);
    assert_eq!(named(&no_opt_out, "22(3)(c)-this-message"), ["Halfords Limited"]);
    assert_eq!(named(&no_opt_out, "23(b)"), ["Global One 2015 (charity)", "This Is The Big Deal Limited"]);
    let mut answered = solicited();
    answered.the_request().fulfilled = true;
    assert_eq!(named(&answered, "22(1)-unanswered"), ["We Buy Any Car Limited"]);
    let hosted = Facts { promotes_another: true, ..by_consent() };
    assert_eq!(
        named(&hosted, "22(2)-promoted-party"),
        ["Eldon Insurance Services Limited", "Telegraph Media Group Ltd"]
    );
}

#[test]
fn all_of_a_rule_are_listed_the_most_recent_first_and_those_without_a_date_last() {
    let listed: Vec<_> =
        on("pecr.reg23.valid-address").iter().map(|it| it.ruling.dated.map(|dated| dated.on)).collect();
    assert_eq!(listed, [Some("2025-10-29"), Some("2021-06-14"), None]);
    assert!(on("pecr.reg22.consent").len() > AT_MOST && on("nothing").is_empty());
}

/// Else a deny would name the same ruling twice for the same thing.
#[test]
fn a_ruling_bears_on_a_limb_by_one_point() {
    for ruling in all() {
        let places = || ruling.points.iter().flat_map(|point| point.places);
        for place in places() {
            let same = |other: &&super::Place| {
                let limbs = other.limbs.is_empty() || place.limbs.iter().any(|limb| other.covers(limb));
                other.rule == place.rule && limbs
            };
            assert_eq!(places().filter(same).count(), 1, "{}: {} {:?}", ruling.organisation, place.rule, place.limbs);
        }
    }
}

#[rstest]
#[case(500, "£500")]
#[case(10_500, "£10,500")]
#[case(1_350_000, "£1,350,000")]
fn a_sum_has_its_sign(#[case] sum: u32, #[case] text: &str) {
    assert_eq!(in_pounds(sum), text);
}
