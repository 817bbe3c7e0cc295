//! How long ago an event may lie: every term that any rule measures an event by.
//!
//! The list is closed, and no rule asks for the age of an event in another way. So two people whose events came in the
//! same order, on the same side of every term, are the same to every rule.

use jiff::{Timestamp, ToSpan as _, civil::Date};

use super::EventRef;
use crate::terms::london::london;

/// A term, counted in days of London up to the day of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Less than 28 days: an entry in a register does not bind yet, and a look into one still tells what it holds (PECR
    /// regs 20(4) and 21(3)). The 28th day is one too many, on either reading.
    RegisterPeriod,
    /// Six months (ICO, consent that others collected).
    SixMonths,
    /// Two years.
    TwoYears,
    /// Since 5 February 2026, when the charitable soft opt-in became the law (ICO, 28 April 2026).
    CharitableSoftOptIn,
}

impl Term {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::RegisterPeriod, Self::SixMonths, Self::TwoYears, Self::CharitableSoftOptIn];

    /// The first moment of an event that is within the term on the day of the message.
    #[must_use]
    pub fn since(self, day: Date) -> Timestamp {
        let mut first = match self {
            Self::RegisterPeriod => day.checked_sub(27.days()),
            Self::SixMonths => day.checked_sub(6.months()),
            Self::TwoYears => day.checked_sub(24.months()),
            Self::CharitableSoftOptIn => Ok(CHARITABLE_SOFT_OPT_IN),
        }
        .unwrap_or(Date::MIN);
        // A month before 30 March is the last of February, and a month after that is too early.
        while !self.reaches(first, day) && first < day {
            first = first.tomorrow().unwrap_or(Date::MAX);
        }
        first.to_zoned(london()).map_or(Timestamp::MIN, |start| start.timestamp())
    }

    /// Whether the term of an event of that day lasts until the day of the message.
    fn reaches(self, event: Date, day: Date) -> bool {
        let months = match self {
            Self::SixMonths => 6,
            Self::TwoYears => 24,
            Self::RegisterPeriod | Self::CharitableSoftOptIn => return true,
        };
        event.checked_add(months.months()).is_ok_and(|end| day <= end)
    }
}

const CHARITABLE_SOFT_OPT_IN: Date = jiff::civil::date(2026, 2, 5);

impl EventRef<'_> {
    /// Whether the event is within the term on the day of the message.
    #[must_use]
    pub fn is_within(&self, term: Term, day: Date) -> bool {
        self.at >= term.since(day)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::terms::london::{day_in_london, end_in_london};

    /// The same by the calendar, from the event forwards.
    fn by_the_calendar(term: Term, event: Date, day: Date) -> bool {
        match term {
            Term::RegisterPeriod => event.until(day).unwrap().get_days() < 28,
            Term::SixMonths => day <= event.checked_add(6.months()).unwrap(),
            Term::TwoYears => day <= event.checked_add(24.months()).unwrap(),
            Term::CharitableSoftOptIn => event >= jiff::civil::date(2026, 2, 5),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_term_is_counted_by_the_calendar(days in 0_i64..9_000, ago in prop::sample::select(&[0_i64, 27, 28, 181, 182, 183, 184, 730, 731]), off in -2_i64..3) {
            let day = jiff::civil::date(2010, 1, 1).checked_add(days.days()).unwrap();
            let event = day.checked_sub((ago + off).days()).unwrap();
            for term in Term::ALL {
                let first = event.to_zoned(london()).unwrap().timestamp();
                let last = end_in_london(event).unwrap();
                for at in [first, last] {
                    prop_assert_eq!(day_in_london(at), event);
                    prop_assert_eq!(at >= term.since(day), by_the_calendar(term, event, day), "{:?} {} {}", term, event, day);
                }
            }
        }
    }
}
