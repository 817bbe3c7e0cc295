//! The rules across time: no gap and no overlap.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use maysend::rules::{ALL, in_force::COVERED_FROM};

/// Every day on which a version starts or ends, and the day before it, within the range that is covered.
fn boundaries() -> BTreeSet<Date> {
    let turns = ALL.iter().flat_map(|rule| [Some(rule.in_force.from), rule.in_force.until]).flatten();
    let days = turns.flat_map(|day| [day.yesterday().expect("a day before"), day]);
    days.filter(|day| *day >= COVERED_FROM).collect()
}

#[test]
fn from_its_first_day_a_rule_has_exactly_one_version() {
    let ids: BTreeSet<_> = ALL.iter().map(|rule| rule.id).collect();
    for id in ids {
        let first = ALL.iter().filter(|rule| rule.id == id).map(|rule| rule.in_force.from).min().expect("a version");
        for day in boundaries() {
            let versions = ALL.iter().filter(|rule| rule.id == id && rule.in_force.contains(day)).count();
            assert_eq!(versions, usize::from(day >= first), "{id} on {day}");
        }
    }
}

#[test]
fn no_rule_starts_before_the_covered_range() {
    assert!(ALL.iter().all(|rule| rule.in_force.from >= COVERED_FROM));
}

#[test]
fn every_version_has_at_least_one_day() {
    assert!(ALL.iter().all(|rule| rule.in_force.until.is_none_or(|until| until > rule.in_force.from)));
}

/// The days on which the law changed so that an answer changes: each has a version of a rule that starts or ends.
#[test]
fn every_day_of_the_timeline_that_changes_an_answer_is_a_boundary() {
    let turns: BTreeSet<_> =
        ALL.iter().flat_map(|rule| [Some(rule.in_force.from), rule.in_force.until]).flatten().collect();
    let days = [
        ("PECR", date(2003, 12, 11)),
        ("companies' numbers on the register", date(2004, 6, 25)),
        ("communication systems, and commercial communications", date(2011, 5, 26)),
        ("the caller's identity", date(2016, 5, 16)),
        ("the GDPR and its consent", date(2018, 5, 25)),
        ("claims management calls", date(2018, 9, 8)),
        ("pension calls", date(2019, 1, 9)),
        ("PECR's own definition of direct marketing", date(2025, 8, 20)),
        ("attempts, undelivered messages, the charitable soft opt-in", date(2026, 2, 5)),
        ("the right to complain to the controller", date(2026, 6, 19)),
    ];
    let missing: Vec<_> = days.iter().filter(|(_, day)| !turns.contains(day)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
