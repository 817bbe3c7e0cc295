//! The smallest call that the register lets pass, and one change to it.

use jiff::civil::date;
use rstest::rstest;

use super::{BEFORE_CORPORATE_REGISTER, RULE};
use crate::{
    facts::{Listed, Listing},
    rules::testing::{Change, F, as_is, by_live_call, event, given, in_register, limbs, with},
    terms::{channel::Channel, party::PolicyProfile, purpose::Matter, purpose::Purpose, subscriber::SubscriberKind},
};

/// Found in a list on that day.
fn found(at: &str) -> Listing<'static> {
    Listing { listed: Some(Listed { event: event("register_screened", at), since_known: false }), absent: None }
}

/// Looked up on that day and not found.
fn absent(at: &str) -> Listing<'static> {
    Listing { listed: None, absent: Some(event("register_screened", at)) }
}

const UNKNOWN: Listing<'static> = Listing { listed: None, absent: None };

#[rstest]
#[case::smallest(as_is, &["met"])]
#[case::never_looked_up(|f: F| (f.line.tps, f.line.ctps) = (UNKNOWN, UNKNOWN), &["21(1)(b)-tps-screened", "21(1)(b)-ctps-screened"])]
#[case::not_in_the_tps(|f: F| f.line.tps = UNKNOWN, &["21(1)(b)-tps-screened"])]
#[case::not_in_the_ctps(|f: F| f.line.ctps = UNKNOWN, &["21(1)(b)-ctps-screened"])]
#[case::a_company_not_in_the_ctps(|f: F| (f.recipient.subscriber, f.line.ctps) = (SubscriberKind::Corporate, UNKNOWN), &["21(1)(b)-ctps-screened"])]
#[case::a_company_not_in_the_tps(|f: F| (f.recipient.subscriber, f.line.tps) = (SubscriberKind::Corporate, UNKNOWN), &["21(1)(b)-tps-screened"])]
#[case::a_person_in_the_tps_only(|f: F| (f.recipient.subscriber, f.line.ctps) = (SubscriberKind::Individual, UNKNOWN), &["met"])]
#[case::a_person_not_in_the_tps(|f: F| (f.recipient.subscriber, f.line.tps) = (SubscriberKind::Individual, UNKNOWN), &["21(1)(b)-tps-screened"])]
#[case::looked_up_27_days_ago(|f: F| f.line.tps = absent("2026-10-25T12:00:00Z"), &["met"])]
#[case::looked_up_28_days_ago(|f: F| f.line.tps = absent("2026-10-24T12:00:00Z"), &["21(1)(b)-tps-screened"])]
#[case::the_ctps_28_days_ago(|f: F| f.line.ctps = absent("2026-10-24T12:00:00Z"), &["21(1)(b)-ctps-screened"])]
#[case::listed_27_days_ago(|f: F| f.line.tps = in_register("2026-10-25T12:00:00Z"), &["met"])]
#[case::listed_28_days_ago(|f: F| f.line.tps = in_register("2026-10-24T12:00:00Z"), &["21(1)(b)-tps"])]
#[case::listed_late_on_a_summer_evening(|f: F| f.line.tps = in_register("2026-10-24T23:30:00Z"), &["met"])]
#[case::in_the_ctps_27_days_ago(|f: F| f.line.ctps = in_register("2026-10-25T12:00:00Z"), &["met"])]
#[case::in_the_ctps_28_days_ago(|f: F| f.line.ctps = in_register("2026-10-24T12:00:00Z"), &["21(1)(b)-ctps"])]
#[case::a_person_in_the_ctps(|f: F| (f.recipient.subscriber, f.line.ctps) = (SubscriberKind::Individual, in_register("2026-01-01T12:00:00Z")), &["21(1)(b)-ctps"])]
#[case::found_today(|f: F| f.line.tps = found("2026-11-21T09:00:00Z"), &["21(1)(b)-tps"])]
#[case::found_today_and_not_last_week(|f: F| f.line.tps = Listing { absent: f.line.tps.absent, ..found("2026-11-21T09:00:00Z") }, &["21(1)(b)-tps"])]
#[case::literally_28_days_ago(|f: F| (f.profile, f.line.tps) = (PolicyProfile::Literal, in_register("2026-10-24T12:00:00Z")), &["21(1)(b)-tps"])]
#[case::on_the_caller_s_word(|f: F| f.line.tps.absent = Some(given("register_screened", "2026-11-20T12:00:00Z")), &["met"])]
#[case::about_claims(|f: F| (f.matter, f.line.tps) = (Some(Matter::ClaimsManagement), UNKNOWN), &["not engaged"])]
#[case::about_pensions(|f: F| (f.matter, f.line.tps) = (Some(Matter::Pensions), UNKNOWN), &["not engaged"])]
#[case::a_recorded_call(|f: F| f.channel = Channel::AutomatedCall, &["not engaged"])]
#[case::a_service_message(|f: F| f.purpose = Purpose::Service, &["not engaged"])]
fn those_who_want_no_calls(#[case] change: Change, #[case] expected: &[&str]) {
    assert_eq!(limbs(&(RULE.evaluate)(&with(by_live_call(), change))), expected);
}

/// Law section 8, invariant 9: from 27 days to 28 is the only boundary.
#[test]
fn one_boundary_in_days() {
    let days: Vec<bool> = (0..400)
        .map(|days| {
            let mut facts = by_live_call();
            let entered = facts.at - jiff::SignedDuration::from_hours(24 * days);
            facts.line.tps = in_register(&entered.to_string());
            (RULE.evaluate)(&facts).is_met()
        })
        .collect();
    assert!(days.iter().enumerate().all(|(days, met)| *met == (days < 28)));
}

#[rstest]
#[case::looked_up(as_is, &["met"])]
#[case::not_looked_up(|f: F| f.line.tps = UNKNOWN, &["21(1)(b)-tps-screened"])]
#[case::there_was_one_list(|f: F| f.line.ctps = UNKNOWN, &["met"])]
#[case::a_company_was_not_on_it(|f: F| (f.recipient.subscriber, f.line.tps) = (SubscriberKind::Corporate, UNKNOWN), &["met"])]
#[case::listed(|f: F| f.line.tps = in_register("2004-01-01T12:00:00Z"), &["21(1)(b)-tps"])]
fn before_companies_could_list_theirs(#[case] change: Change, #[case] expected: &[&str]) {
    let mut facts = by_live_call();
    facts.as_of = date(2004, 6, 24);
    facts.line.tps = absent("2004-06-10T12:00:00Z");
    assert_eq!(limbs(&(BEFORE_CORPORATE_REGISTER.evaluate)(&with(facts, change))), expected);
}

#[rstest]
#[case::listed_for_long(in_register("2026-10-24T12:00:00Z"), UNKNOWN, true, false)]
#[case::newly_listed(in_register("2026-10-25T12:00:00Z"), UNKNOWN, false, true)]
#[case::found(found("2026-11-20T12:00:00Z"), UNKNOWN, true, false)]
#[case::in_both_lists(in_register("2026-10-25T12:00:00Z"), in_register("2026-01-01T12:00:00Z"), true, true)]
#[case::in_neither(absent("2026-11-20T12:00:00Z"), UNKNOWN, false, false)]
fn old_and_new_listings(
    #[case] tps: Listing<'static>,
    #[case] ctps: Listing<'static>,
    #[case] long: bool,
    #[case] new: bool,
) {
    let mut facts = by_live_call();
    (facts.line.tps, facts.line.ctps) = (tps, ctps);
    assert_eq!((super::listed(&facts).is_some(), super::newly_listed(&facts).is_some()), (long, new));
}
