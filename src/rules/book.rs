//! The rules in force on one day, each with the rules that belong to it, found once and kept.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{
    ALL, Effect, Rule,
    decide::{Basis, grounds},
};

/// A rule in force. The others are named by their places in the book.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) rule: &'static Rule,
    /// What is part of it.
    pub(super) conditions: Vec<usize>,
    /// What lifts it.
    pub(super) exceptions: Vec<usize>,
}

/// The rules in force on one day, in order of precedence.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) entries: Vec<Entry>,
    /// The rules that take a message outside direct marketing.
    pub(super) outside: Vec<usize>,
    /// The rules that refuse a message.
    pub(super) requirements: Vec<usize>,
    /// The rules that can carry an allow, the strongest ground first.
    pub(super) grounds: Vec<(usize, Basis)>,
}

/// One for each day on which a version of a rule begins or ends, and one for the time before; in their order.
static BOOKS: LazyLock<Vec<(Date, Book)>> = LazyLock::new(|| {
    let turns = ALL.iter().flat_map(|rule| [Some(rule.in_force.from), rule.in_force.until]).flatten();
    let mut days: Vec<Date> = turns.chain([Date::MIN]).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| (day, Book::of(day))).collect()
});

static EMPTY: Book = Book { entries: Vec::new(), outside: Vec::new(), requirements: Vec::new(), grounds: Vec::new() };

/// The book of a day.
pub(super) fn on(day: Date) -> &'static Book {
    let later = BOOKS.partition_point(|(from, _)| *from <= day);
    later.checked_sub(1).and_then(|place| BOOKS.get(place)).map_or(&EMPTY, |(_, book)| book)
}

impl Book {
    fn of(day: Date) -> Self {
        let rules: Vec<&'static Rule> = ALL.iter().copied().filter(|rule| rule.in_force.contains(day)).collect();
        let places = |wanted: &dyn Fn(&Rule) -> bool| -> Vec<usize> {
            rules.iter().enumerate().filter(|(_, rule)| wanted(rule)).map(|(place, _)| place).collect()
        };
        let entry = |rule: &&'static Rule| Entry {
            rule,
            conditions: places(&|other| other.effect == Effect::Condition { of: rule.id }),
            exceptions: places(&|other| other.effect == Effect::Exception { to: rule.id }),
        };
        let grounds = grounds().into_iter();
        Self {
            entries: rules.iter().map(entry).collect(),
            outside: places(&|rule| rule.effect == Effect::Outside),
            requirements: places(&|rule| rule.effect == Effect::Requirement),
            grounds: grounds
                .flat_map(|(ground, basis)| places(&|rule| rule.id == ground.id).into_iter().map(move |it| (it, basis)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The day before each turn, the day itself and the day after it.
    #[test]
    fn each_day_has_its_own_rules() {
        for (turn, _) in BOOKS.iter().filter(|(turn, _)| *turn > Date::MIN) {
            for day in [turn.yesterday().unwrap(), *turn, turn.tomorrow().unwrap()] {
                let rules: Vec<_> = on(day).entries.iter().map(|entry| std::ptr::from_ref(entry.rule)).collect();
                let in_force = ALL.iter().filter(|rule| rule.in_force.contains(day));
                assert_eq!(rules, in_force.map(|rule| std::ptr::from_ref(*rule)).collect::<Vec<_>>(), "{day}");
            }
        }
        assert!(on(Date::MIN).entries.is_empty());
    }

    #[test]
    fn every_condition_and_exception_has_its_place() {
        let book = on(jiff::civil::date(2026, 11, 21));
        let placed: usize = book.entries.iter().map(|entry| entry.conditions.len() + entry.exceptions.len()).sum();
        assert_eq!(placed, book.entries.iter().filter(|entry| entry.rule.effect.other().is_some()).count());
        let grounds: Vec<_> = book.grounds.iter().map(|(place, _)| book.entries[*place].rule.id).collect();
        assert_eq!(grounds, grounds_of_the_table());
    }

    fn grounds_of_the_table() -> Vec<&'static str> {
        grounds().iter().map(|(rule, _)| rule.id).collect()
    }
}
