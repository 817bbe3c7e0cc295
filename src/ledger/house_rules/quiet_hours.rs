//! Hours in which nothing is sent.

use std::{fmt, str::FromStr};

use jiff::{
    Timestamp,
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::ToSchema;

use crate::{ledger::object::objects, spelling::nearest, terms::channel::Channel};

/// Hours in which nothing is sent, on the clocks of a time zone. The first minute is quiet, the last is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct QuietHours {
    /// When they begin.
    #[schema(value_type = String, pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", example = "20:00")]
    pub from: TimeOfDay,
    /// When they end: on the next day, where this is earlier than `from`. `24:00` is the end of the day.
    #[schema(value_type = String, pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", example = "08:00")]
    pub until: TimeOfDay,
    /// Whose clocks are meant, by the name in the IANA time zone database.
    #[serde(default = "london")]
    #[schema(default = "Europe/London", min_length = 1, max_length = 64, example = "Europe/London")]
    pub time_zone: String,
    /// The channels that are quiet; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// The days on which the hours begin; empty: every day. Hours from Friday 20:00 until 08:00 are of Friday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Weekday>,
}

objects!(both QuietHours);

fn london() -> String {
    "Europe/London".to_owned()
}

impl QuietHours {
    /// Whether the moment lies within them; `None` when nobody knows the time zone.
    #[must_use]
    pub fn contain(&self, moment: Timestamp) -> Option<bool> {
        let there = moment.to_zoned(zone(&self.time_zone)?);
        let minute = TimeOfDay::of(there.hour(), there.minute());
        let today = Weekday::of(there.weekday());
        let begins_on = |day: Weekday| self.days.is_empty() || self.days.contains(&day);
        Some(if self.from < self.until {
            self.from <= minute && minute < self.until && begins_on(today)
        } else {
            self.from <= minute && begins_on(today) || minute < self.until && begins_on(today.before())
        })
    }

    /// Whether anybody knows the time zone.
    pub(super) fn has_known_zone(&self) -> bool {
        zone(&self.time_zone).is_some()
    }
}

/// The zone of that name. The database is the one compiled in, so that a name that was taken once is known ever after,
/// on whatever machine.
fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// The zone that somebody may have meant: by its whole name, or by the city in it.
pub(super) fn nearest_zone(written: &str) -> Option<String> {
    let database = TimeZoneDatabase::bundled();
    // The names without a place in them are abbreviations, each as near to any other.
    let known: Vec<String> = database.available().map(|name| name.to_string()).filter(|n| n.contains('/')).collect();
    let by_name = nearest(written, known.iter().map(String::as_str)).map(str::to_owned);
    by_name.or_else(|| {
        let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
        let cities: Vec<String> = known.iter().map(|name| city(name)).collect();
        let meant = nearest(&city(written), cities.iter().map(String::as_str)).filter(|city| city.len() > 3)?;
        known.iter().find(|name| city(name) == meant).cloned()
    })
}

/// A time of day in minutes: `00:00` to `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The end of the day.
    pub const END: Self = Self(24 * 60);

    fn of(hour: i8, minute: i8) -> Self {
        Self(u16::from(hour.unsigned_abs()) * 60 + u16::from(minute.unsigned_abs()))
    }
}

/// A text that is no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no time of day: write it as `20:00`")]
pub struct NoTimeOfDay;

impl FromStr for TimeOfDay {
    type Err = NoTimeOfDay;

    fn from_str(text: &str) -> Result<Self, NoTimeOfDay> {
        let [h1, h2, b':', m1, m2] = text.as_bytes() else { return Err(NoTimeOfDay) };
        let digit = |b: &u8| if b.is_ascii_digit() { Ok(u16::from(b - b'0')) } else { Err(NoTimeOfDay) };
        let (hours, minutes) = (digit(h1)? * 10 + digit(h2)?, digit(m1)? * 10 + digit(m2)?);
        let time = Self(hours * 60 + minutes);
        if minutes < 60 && time <= Self::END { Ok(time) } else { Err(NoTimeOfDay) }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

vocabulary! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = 1 => "monday",
        /// Tuesday.
        Tuesday = 2 => "tuesday",
        /// Wednesday.
        Wednesday = 3 => "wednesday",
        /// Thursday.
        Thursday = 4 => "thursday",
        /// Friday.
        Friday = 5 => "friday",
        /// Saturday.
        Saturday = 6 => "saturday",
        /// Sunday.
        Sunday = 7 => "sunday",
    }
}

impl Weekday {
    const fn of(day: jiff::civil::Weekday) -> Self {
        use jiff::civil::Weekday as Day;
        match day {
            Day::Monday => Self::Monday,
            Day::Tuesday => Self::Tuesday,
            Day::Wednesday => Self::Wednesday,
            Day::Thursday => Self::Thursday,
            Day::Friday => Self::Friday,
            Day::Saturday => Self::Saturday,
            Day::Sunday => Self::Sunday,
        }
    }

    const fn before(self) -> Self {
        match self {
            Self::Monday => Self::Sunday,
            Self::Tuesday => Self::Monday,
            Self::Wednesday => Self::Tuesday,
            Self::Thursday => Self::Wednesday,
            Self::Friday => Self::Thursday,
            Self::Saturday => Self::Friday,
            Self::Sunday => Self::Saturday,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn hours(from: &str, until: &str, days: &[&str]) -> QuietHours {
        serde_json::from_value(json!({ "from": from, "until": until, "days": days })).unwrap()
    }

    /// 20 November 2026 is a Friday, and the clocks in London show UTC.
    #[rstest]
    #[case::the_minute_before("20:00", "08:00", &[], "2026-11-20T19:59:59Z", false)]
    #[case::the_first_minute("20:00", "08:00", &[], "2026-11-20T20:00:00Z", true)]
    #[case::the_last_minute("20:00", "08:00", &[], "2026-11-20T07:59:59Z", true)]
    #[case::the_minute_after("20:00", "08:00", &[], "2026-11-20T08:00:00Z", false)]
    #[case::within_one_day("12:00", "14:00", &[], "2026-11-20T13:00:00Z", true)]
    #[case::before_them("12:00", "14:00", &[], "2026-11-20T11:59:59Z", false)]
    #[case::after_them("12:00", "14:00", &[], "2026-11-20T14:00:00Z", false)]
    #[case::to_the_end_of_the_day("00:00", "24:00", &["friday"], "2026-11-20T23:59:59Z", true)]
    #[case::and_no_longer("00:00", "24:00", &["friday"], "2026-11-21T00:00:00Z", false)]
    #[case::until_midnight("20:00", "00:00", &["friday"], "2026-11-20T23:59:59Z", true)]
    #[case::not_past_midnight("20:00", "00:00", &["friday"], "2026-11-21T00:00:00Z", false)]
    #[case::of_the_day_on_which_they_begin("20:00", "08:00", &["friday"], "2026-11-21T07:00:00Z", true)]
    #[case::not_of_the_day_on_which_they_end("20:00", "08:00", &["friday"], "2026-11-20T07:00:00Z", false)]
    #[case::another_evening("20:00", "08:00", &["friday"], "2026-11-19T21:00:00Z", false)]
    #[case::from_sunday_into_monday("20:00", "08:00", &["sunday"], "2026-11-23T07:00:00Z", true)]
    #[case::on_summer_time("20:00", "08:00", &[], "2026-07-01T19:00:00Z", true)]
    fn which_moments_are_quiet(
        #[case] from: &str,
        #[case] until: &str,
        #[case] days: &[&str],
        #[case] moment: &str,
        #[case] quiet: bool,
    ) {
        assert_eq!(hours(from, until, days).contain(moment.parse().unwrap()), Some(quiet));
    }

    #[rstest]
    #[case("America/New_York", Some(false))]
    #[case("Asia/Tokyo", Some(true))]
    #[case("Europe/Atlantis", None)]
    fn on_whose_clocks(#[case] time_zone: &str, #[case] quiet: Option<bool>) {
        let hours = QuietHours { time_zone: time_zone.to_owned(), ..hours("20:00", "08:00", &[]) };
        assert_eq!(hours.contain("2026-11-20T20:00:00Z".parse().unwrap()), quiet);
    }

    /// What the pattern of the schema takes, and nothing else.
    #[rstest]
    #[case("00:00", true)]
    #[case("23:59", true)]
    #[case("24:00", true)]
    #[case("24:01", false)]
    #[case("12:60", false)]
    #[case("8:00", false)]
    #[case("08:00:00", false)]
    #[case("+8:00", false)]
    #[case("٠٨:٠٠", false)]
    fn a_time_of_day(#[case] text: &str, #[case] is_one: bool) {
        let read = text.parse::<TimeOfDay>();
        assert_eq!(read.map(|time| time.to_string()).ok(), is_one.then(|| text.to_owned()));
        let pattern = regex_lite::Regex::new("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$").unwrap();
        assert_eq!(pattern.is_match(text), is_one);
    }

    #[rstest]
    #[case("Europe/Londno", Some("Europe/London"))]
    #[case("London", Some("Europe/London"))]
    #[case("europe/dublin ", Some("Europe/Dublin"))]
    #[case("New York", Some("America/New_York"))]
    #[case("BST", None)]
    #[case("nowhere at all", None)]
    fn which_zone_was_meant(#[case] written: &str, #[case] meant: Option<&str>) {
        assert_eq!(nearest_zone(written).as_deref(), meant);
    }
}
