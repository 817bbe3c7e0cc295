//! House rules: what a sender asks of itself beyond the law. They only ever tighten.
//!
//! They stand in the sender's profile and concern its direct marketing alone, on whatever channel. Which of them speak
//! of a message is measured in [`crate::check`]; what they then refuse is said in [`crate::rules`].

mod quiet_hours;
mod refusals;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    quiet_hours::{QuietHours, TimeOfDay, Weekday},
    refusals::Refusal,
};
use super::{
    accept::{LONGEST_TEXT, MOST_ITEMS, fits},
    event::Text,
    object::objects,
};
use crate::terms::{channel::Channel, purpose::Purpose};

/// Most entries of one kind of house rule.
const MOST_ENTRIES: usize = 50;
/// Most months of a consent's age.
const MOST_MONTHS: u16 = 240;
/// Most days of a consent's age.
const MOST_DAYS_OF_AGE: u16 = 7300;
/// Most messages of a limit.
const MOST_MESSAGES: u16 = 1000;
/// Most days of a limit.
pub(crate) const MOST_DAYS: u16 = 366;
/// Most bytes of a time zone's name.
const LONGEST_ZONE: usize = 64;

/// What the sender asks of itself beyond the law. House rules only tighten: none of them turns a deny into an allow. They
/// concern direct marketing alone, never service messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, remote = "Self")]
pub struct HouseRules {
    /// Hours in which nothing is sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub quiet_hours: Vec<QuietHours>,
    /// How old a consent may grow and still be relied on. Where several speak of a channel, the shortest counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub longest_consent_age: Vec<ConsentAge>,
    /// How many messages one person may be sent in so many days, counted from the `send_made` events on record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub frequency: Vec<Frequency>,
    /// Topics that are not sent. Where some are blocked on a channel, a message on it must say its `topic`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub blocked_topics: Vec<BlockedTopics>,
    /// Heed a telephone or fax register from the first day of a listing, not from the 28th (PECR reg 20(4), 21(3)).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub honour_registers_at_once: bool,
}

/// How old a consent may grow. Say either `months` or `days`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct ConsentAge {
    /// In months by the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 240, example = 24)]
    pub months: Option<u16>,
    /// In days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 7300)]
    pub days: Option<u16>,
    /// The channels of the message; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
}

/// At most so many messages to one person in so many days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Frequency {
    /// So many messages, the one that is asked about included. 0: none at all.
    #[schema(maximum = 1000, example = 2)]
    pub at_most: u16,
    /// In so many days of the calendar in London: the day of the check is the last of them.
    #[schema(minimum = 1, maximum = 366, example = 7)]
    pub in_days: u16,
    /// The channels that it limits and counts; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// The purposes that it limits and counts; empty: all marketing. A `send_made` event that does not say its purpose
    /// is counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Purpose>,
    /// The sender's own topics that it limits and counts; empty: all. A `send_made` event that does not say its topics is
    /// counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub topics: Vec<Text>,
}

/// Topics that are not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct BlockedTopics {
    /// The sender's own topics.
    #[schema(min_items = 1, max_items = 100)]
    pub topics: Vec<Text>,
    /// The channels on which they are not sent; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
}

objects!(both HouseRules, ConsentAge, Frequency, BlockedTopics);

/// Whether a rule that names these channels speaks of a message on this one.
#[must_use]
pub fn speaks_of(channels: &[Channel], channel: Channel) -> bool {
    channels.is_empty() || channels.contains(&channel)
}

impl HouseRules {
    /// Whether they keep to the limits that the specification gives them and their types do not see.
    #[must_use]
    pub fn is_within_bounds(&self) -> bool {
        let Self { quiet_hours, longest_consent_age, frequency, blocked_topics, .. } = self;
        let counts = [quiet_hours.len(), longest_consent_age.len(), frequency.len(), blocked_topics.len()];
        let within = |number: Option<u16>, most| number.is_none_or(|number| (1..=most).contains(&number));
        let texts =
            |topics: &[Text]| topics.len() <= MOST_ITEMS && topics.iter().all(|topic| fits(&topic.0, 1, LONGEST_TEXT));
        counts.iter().all(|count| *count <= MOST_ENTRIES)
            && quiet_hours.iter().all(|hours| fits(&hours.time_zone, 1, LONGEST_ZONE))
            && longest_consent_age.iter().all(|a| within(a.months, MOST_MONTHS) && within(a.days, MOST_DAYS_OF_AGE))
            && frequency.iter().all(|limit| limit.at_most <= MOST_MESSAGES && within(Some(limit.in_days), MOST_DAYS))
            && frequency.iter().all(|limit| texts(&limit.topics))
            && blocked_topics.iter().all(|blocked| !blocked.topics.is_empty() && texts(&blocked.topics))
    }
}
