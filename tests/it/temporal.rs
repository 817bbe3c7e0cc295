//! The rules across time: no gap and no overlap.

use std::collections::BTreeSet;

use jiff::civil::Date;
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
