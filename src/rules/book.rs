//! The rules in force on one day, each with the rules that belong to it, found once and kept.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{
    ALL, Effect, Rule,
    decide::{Basis, grounds, lawful_bases},
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
    /// Those of them that carry one only where PECR asks for nothing.
    pub(super) lawful_bases: Vec<usize>,
}

/// One for each day on which a version of a rule begins or ends, and one for the time before; in their order.
static BOOKS: LazyLock<Vec<(Date, Book)>> = LazyLock::new(|| {
    let turns = ALL.iter().flat_map(|rule| [Some(rule.in_force.from), rule.in_force.until]).flatten();
    let mut days: Vec<Date> = turns.chain([Date::MIN]).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| (day, Book::of(day))).collect()
});

static EMPTY: Book = Book {
    entries: Vec::new(),
    outside: Vec::new(),
    requirements: Vec::new(),
    grounds: Vec::new(),
    lawful_bases: Vec::new(),
};

/// The book of a day.
pub(super) fn on(day: Date) -> &'static Book {
    let later = BOOKS.partition_point(|(from, _)| *from <= day);
    later.checked_sub(1).and_then(|place| BOOKS.get(place)).map_or(&EMPTY, |(_, book)| book)
}

impl Book {
    /// The rules that are part of the rule of that id.
    pub(super) fn conditions_of(&self, id: &'static str) -> impl Iterator<Item = &'static Rule> {
        self.whole(id).flat_map(|entry| &entry.conditions).filter_map(|place| self.rule(*place))
    }

    /// The rules that lift the rule of that id.
    pub(super) fn exceptions_to(&self, id: &'static str) -> impl Iterator<Item = &'static Rule> {
        self.whole(id).flat_map(|entry| &entry.exceptions).filter_map(|place| self.rule(*place))
    }

    fn whole(&self, id: &'static str) -> impl Iterator<Item = &Entry> {
        self.entries.iter().find(|entry| entry.rule.id == id).into_iter()
    }

    fn rule(&self, place: usize) -> Option<&'static Rule> {
        self.entries.get(place).map(|entry| entry.rule)
    }

    fn of(day: Date) -> Self {
        let rules: Vec<&'static Rule> = ALL.iter().copied().filter(|rule| rule.in_force.contains(day)).collect();
        let places = |wanted: &dyn Fn(&Rule) -> bool| -> Vec<usize> {
            rules.iter().enumerate().filter(|(_, rule)| wanted(rule)).map(|(place, _)| place).collect()
        };
        let entry = |rule: &&'static Rule| Entry {
            rule,
            conditions: places(&|other| other.effect.is_condition_of(rule.id)),
            exceptions: places(&|other| other.effect.is_exception_to(rule.id)),
        };
        let grounds = grounds().into_iter().chain(lawful_bases());
        Self {
            entries: rules.iter().map(entry).collect(),
            outside: places(&|rule| rule.effect == Effect::Outside),
            requirements: places(&|rule| rule.effect == Effect::Requirement),
            lawful_bases: places(&|rule| lawful_bases().iter().any(|(ground, _)| ground.id == rule.id)),
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
        let known = |id: &&&str| book.entries.iter().any(|entry| entry.rule.id == **id);
        let named = book.entries.iter().flat_map(|entry| entry.rule.effect.others()).filter(known);
        assert_eq!(placed, named.count());
        let grounds: Vec<_> = book.grounds.iter().map(|(place, _)| book.entries[*place].rule.id).collect();
        assert_eq!(grounds, grounds_of_the_table());
    }

    fn grounds_of_the_table() -> Vec<&'static str> {
        grounds().iter().chain(&lawful_bases()).map(|(rule, _)| rule.id).collect()
    }
}
