//! The days of the law: it counts them in London.

use std::sync::LazyLock;

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};

static LONDON: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC));

/// The zone in which the law counts its days. It is compiled in; without it a summer's day would end an hour late.
#[must_use]
pub fn london() -> TimeZone {
    LONDON.clone()
}

/// The day in London at that moment.
#[must_use]
pub fn day_in_london(moment: Timestamp) -> Date {
    LONDON.to_datetime(moment).date()
}

/// The last moment of a day in London; nothing for the last day that a calendar holds.
#[must_use]
pub fn end_in_london(day: Date) -> Option<Timestamp> {
    let midnight = day.tomorrow().ok()?.to_zoned(london()).ok()?;
    midnight.timestamp().checked_sub(1.microsecond()).ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::day_in_london;

    #[rstest]
    #[case::a_winter_evening("2026-02-04T23:59:59Z", "2026-02-04")]
    #[case::a_summer_night("2026-06-01T23:30:00Z", "2026-06-02")]
    fn an_evening_in_summer_is_the_next_day(#[case] moment: &str, #[case] day: &str) {
        assert_eq!(day_in_london(moment.parse().unwrap()).to_string(), day);
    }
}
