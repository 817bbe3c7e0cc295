//! The house rules of those who send, measured against the message: what time it is there, how much was sent already.
//!
//! Both parties' rules are heeded, the one's that transmits and the one's that causes it, each on its own record. A
//! sender without house rules pays nothing for this.

use jiff::{Timestamp, ToSpan as _, civil::Date};

use super::{
    CheckError, When,
    gather::{self, Given, Reached},
    parties::{Known, Parties},
    request::SendRequest,
};
use crate::{
    clock,
    facts::{House, SendLimit},
    ledger::{
        entry::{self, Unreadable},
        house_rules::{ConsentAge, Frequency, HouseRules, speaks_of},
        identity::Identity,
        sends::{Counted, Sends},
    },
    store::{StoreError, View},
    terms::purpose::Purpose,
};

/// What the house rules are measured against.
#[derive(Clone, Copy)]
pub(super) struct Measure<'r, 'v> {
    pub(super) request: &'r SendRequest,
    pub(super) reached: &'r Reached,
    pub(super) parties: &'r Parties,
    pub(super) when: &'r When,
    pub(super) given: &'v Given,
    pub(super) view: &'v dyn View,
    pub(super) identity: &'r Identity,
}

/// What the house rules say of the message.
pub(super) fn house<'v>(measure: Measure<'_, 'v>) -> Result<House<'v>, CheckError> {
    let mut house = House::default();
    let Parties { sender, instigator, .. } = measure.parties;
    for party in [Some(sender), instigator.as_ref()].into_iter().flatten() {
        if let Some(rules) = &party.profile.house_rules {
            measure.take(&mut house, party, rules)?;
        }
    }
    Ok(house)
}

impl<'v> Measure<'_, 'v> {
    fn take(&self, house: &mut House<'v>, party: &Known, rules: &HouseRules) -> Result<(), CheckError> {
        let channel = self.request.channel;
        for hours in rules.quiet_hours.iter().filter(|hours| speaks_of(&hours.channels, channel)) {
            // Of a day in the past nobody knows at what time of it the message would have been sent.
            if self.when.is_timed {
                let unknown = || StoreError::Damaged("a sender's profile names a time zone that is unknown".to_owned());
                let quiet = hours.contain(self.when.at).ok_or_else(unknown)?;
                house.quiet = Some(quiet || house.quiet == Some(true));
            }
        }
        let ages = rules.longest_consent_age.iter().filter(|age| speaks_of(&age.channels, channel));
        house.consents_since = house.consents_since.max(ages.filter_map(|age| since(age, self.when.day)).max());
        for blocked in rules.blocked_topics.iter().filter(|blocked| speaks_of(&blocked.channels, channel)) {
            house.blocks_topics = true;
            let topic = self.request.topic.as_ref().map(|topic| self.identity.text(&topic.0));
            let held = |topic| blocked.topics.iter().any(|blocked| self.identity.text(&blocked.0) == topic);
            house.topic_blocked = topic.map(|topic| held(topic) || house.topic_blocked == Some(true));
        }
        self.limit(house, party, &rules.frequency)?;
        house.honours_registers_at_once |= rules.honour_registers_at_once;
        Ok(())
    }

    /// The limits that speak of the message, each with what it counts.
    fn limit(&self, house: &mut House<'v>, party: &Known, limits: &[Frequency]) -> Result<(), CheckError> {
        let topic = self.request.topic.as_ref().map(|topic| self.identity.text(&topic.0));
        let mut sends = None;
        for limit in limits.iter().filter(|limit| self.is_limited_by(limit)) {
            let topics: Vec<u64> = limit.topics.iter().map(|topic| self.identity.text(&topic.0)).collect();
            let covers = if topics.is_empty() { Some(true) } else { topic.map(|topic| topics.contains(&topic)) };
            if covers == Some(false) {
                continue;
            }
            if sends.is_none() {
                sends = Some(self.sends(party)?);
            }
            let counted = Counted {
                since: first_day(self.when.day, limit.in_days),
                channels: limit.channels.iter().copied().collect(),
                purposes: &limit.purposes,
                topics: &topics,
            };
            let (made, latest) = sends.iter().map(|sends| sends.counted(&counted)).next().unwrap_or_default();
            let limit = SendLimit { made, at_most: limit.at_most, in_days: limit.in_days, covers, latest };
            if house.limit.is_none_or(|held| room(&held) > room(&limit)) {
                house.limit = Some(limit);
            }
        }
        Ok(())
    }

    fn is_limited_by(&self, limit: &Frequency) -> bool {
        let purpose = self.request.purpose;
        let marketed: Purpose = gather::marketed(purpose, self.parties.ordinary());
        let purposes = &limit.purposes;
        speaks_of(&limit.channels, self.request.channel)
            && (purposes.is_empty() || purposes.contains(&purpose) || purposes.contains(&marketed))
    }

    /// The messages that the party has sent to the person, on record under any contact detail, or given with the check.
    fn sends(&self, party: &Known) -> Result<Sends<'v>, CheckError> {
        // A clock that runs ahead hides none of them.
        let until = (!self.when.live).then_some(self.when.at);
        let damaged = |Unreadable| StoreError::Damaged("a person's history".to_owned());
        let mut sends = Sends::default();
        let mut take = |history: &'v [u8], given: bool| {
            for entry in entry::entries(history).map_err(damaged)? {
                sends.take(&entry.map_err(damaged)?, given, until);
            }
            Ok::<(), StoreError>(())
        };
        for detail in self.reached.details().iter().filter(|_| party.id.is_some()) {
            take(self.view.history(&self.identity.recipient_key(party.id.as_deref(), detail))?, false)?;
        }
        let answers = std::ptr::eq(party, self.parties.answerable());
        self.given.of(answers).try_for_each(|history| take(history, true))?;
        Ok(sends)
    }
}

/// How much room a limit leaves: the least of all is one that is reached beyond doubt.
fn room(limit: &SendLimit<'_>) -> (bool, bool, i64) {
    let doubtful = limit.covers.is_none();
    (!limit.is_reached(), doubtful, i64::from(limit.at_most) - i64::from(limit.made))
}

/// The first moment, in London, of the days that end with this one.
fn first_day(day: Date, days: u16) -> Timestamp {
    begins(day.checked_sub((i64::from(days) - 1).days()).unwrap_or(Date::MIN))
}

/// The first moment at which a consent can have been given that is young enough on the day: so many months, or days,
/// after the day on which it was given are not over yet.
fn since(age: &ConsentAge, day: Date) -> Option<Timestamp> {
    let by_days = age.days.and_then(|days| day.checked_sub(i64::from(days).days()).ok());
    let by_months = age.months.and_then(|months| {
        let months = i64::from(months).months();
        let first = day.checked_sub(months).ok()?;
        // A month before 30 March is the last of February, of which a month later is too early.
        if first.checked_add(months).is_ok_and(|end| end < day) { first.tomorrow().ok() } else { Some(first) }
    });
    by_days.max(by_months).map(begins)
}

/// When a day begins in London.
fn begins(day: Date) -> Timestamp {
    day.to_zoned(clock::london()).map_or(Timestamp::MIN, |start| start.timestamp())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::one_day("2026-11-21", 1, "2026-11-21T00:00:00Z")]
    #[case::a_week("2026-11-21", 7, "2026-11-15T00:00:00Z")]
    #[case::in_summer("2026-07-01", 7, "2026-06-24T23:00:00Z")]
    #[case::over_the_change_of_the_clocks("2026-10-27", 7, "2026-10-20T23:00:00Z")]
    fn the_days_that_end_with_this_one(#[case] day: &str, #[case] days: u16, #[case] first: &str) {
        assert_eq!(first_day(day.parse().unwrap(), days).to_string(), first);
    }

    #[rstest]
    #[case::months(Some(24), None, "2026-11-21", "2024-11-21T00:00:00Z")]
    #[case::a_short_month(Some(1), None, "2026-03-30", "2026-03-01T00:00:00Z")]
    #[case::its_last_day(Some(1), None, "2026-03-28", "2026-02-28T00:00:00Z")]
    #[case::days(None, Some(90), "2026-11-21", "2026-08-22T23:00:00Z")]
    fn how_long_ago(#[case] months: Option<u16>, #[case] days: Option<u16>, #[case] day: &str, #[case] first: &str) {
        let age = ConsentAge { months, days, channels: Vec::new() };
        assert_eq!(since(&age, day.parse().unwrap()).map(|at| at.to_string()).as_deref(), Some(first));
    }

    #[test]
    fn a_limit_that_is_reached_beyond_doubt_goes_first() {
        let limit = |made, covers| SendLimit { made, at_most: 2, in_days: 7, covers, latest: None };
        let mut all = [limit(0, None), limit(1, Some(true)), limit(3, None), limit(2, Some(true))];
        all.sort_by_key(room);
        assert_eq!(all.map(|limit| limit.made), [2, 3, 1, 0]);
    }
}
