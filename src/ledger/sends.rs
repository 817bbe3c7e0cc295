//! The messages that a sender has sent to one person, for its own limits of frequency.
//!
//! A pure fold of `send_made` entries. An event that was recorded under two contact details of the person stands in two
//! histories and counts once.

use std::collections::BTreeMap;

use jiff::Timestamp;
use zerocopy::little_endian::U64;

use super::{entry::Entry, event::EventKind};
use crate::{
    facts::EventRef,
    terms::{channel::ChannelSet, purpose::Purpose},
};

/// What a limit counts.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'q> {
    /// From this moment on.
    pub since: Timestamp,
    /// Messages on these channels; empty: all.
    pub channels: ChannelSet,
    /// Messages of these purposes; empty: all marketing.
    pub purposes: &'q [Purpose],
    /// Messages about these topics, as numbers; empty: all.
    pub topics: &'q [u64],
}

/// The messages sent to one person by one sender, each once, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Sends<'a> {
    made: BTreeMap<&'a str, (Entry<'a>, bool)>,
}

impl<'a> Sends<'a> {
    /// Takes one entry in, if it is a message sent no later than `until`. The order of the calls does not matter, and what
    /// is on record goes before what the caller gives under the same id.
    pub fn take(&mut self, entry: &Entry<'a>, given: bool, until: Option<Timestamp>) {
        if entry.kind == EventKind::SendMade && until.is_none_or(|until| entry.at() <= until) {
            let held = self.made.entry(entry.id).or_insert((*entry, given));
            if held.1 && !given {
                *held = (*entry, given);
            }
        }
    }

    /// How many of them a limit counts, and the latest of those.
    #[must_use]
    pub fn counted(&self, by: &Counted<'_>) -> (u32, Option<EventRef<'a>>) {
        let mut count = 0;
        let mut latest: Option<EventRef<'a>> = None;
        for (entry, given) in self.made.values().filter(|(entry, _)| counts(entry, by)) {
            let event = EventRef {
                id: entry.id,
                kind: entry.kind.as_str(),
                at: entry.at(),
                given: *given,
                revision: entry.revision(),
            };
            count += 1;
            if latest.is_none_or(|held| (held.at, held.id) < (event.at, event.id)) {
                latest = Some(event);
            }
        }
        (count, latest)
    }
}

/// What the event does not say of the message is taken to be what the limit counts: a limit only ever tightens.
fn counts(entry: &Entry<'_>, by: &Counted<'_>) -> bool {
    let is = |purpose: Purpose| entry.purpose(purpose).unwrap_or(true);
    let marketing = |purpose: &Purpose| match purpose {
        Purpose::Commercial | Purpose::Charity | Purpose::Political | Purpose::ConsentRequest => is(*purpose),
        Purpose::Service | Purpose::Research => false,
    };
    let purposes = if by.purposes.is_empty() { Purpose::ALL } else { by.purposes };
    let topic = |held: &U64| by.topics.contains(&held.get());
    entry.at() >= by.since
        && (by.channels.is_empty() || entry.channels().0 & by.channels.0 != 0)
        && purposes.iter().any(marketing)
        && (by.topics.is_empty() || entry.topics.is_empty() || entry.topics.iter().any(topic))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        ledger::{
            entry::{append, entries},
            event::Event,
            identity::Identity,
        },
        terms::channel::Channel,
    };

    const KEY: Identity = Identity::new([7; 32]);

    fn entry(id: &str, at: &str, mut event: Value) -> Vec<u8> {
        for (name, value) in [("id", id), ("occurred_at", at)] {
            event[name] = json!(value);
        }
        if event["type"].is_null() {
            event["type"] = json!("send_made");
            let channel = event["channel"].take();
            event["channel"] = if channel.is_null() { json!("email") } else { channel };
        }
        event["recipient"] = json!({});
        let event: Event = serde_json::from_value(event).unwrap();
        let mut bytes = Vec::new();
        append(&mut bytes, &event, 1, &KEY);
        bytes
    }

    fn count(all: &[(Vec<u8>, bool)], by: &Counted<'_>) -> (u32, Option<String>) {
        let until = "2026-06-20T12:00:00Z".parse().ok();
        let tell = |sends: &Sends<'_>| {
            let (count, latest) = sends.counted(by);
            (count, latest.map(|event| format!("{}{}", event.id, if event.given { " given" } else { "" })))
        };
        let fold = |all: &mut dyn Iterator<Item = &(Vec<u8>, bool)>| {
            let mut sends = Sends::default();
            for (bytes, given) in all {
                entries(bytes).unwrap().for_each(|entry| sends.take(&entry.unwrap(), *given, until));
            }
            tell(&sends)
        };
        let found = fold(&mut all.iter());
        assert_eq!(fold(&mut all.iter().rev()), found, "the order of arrival does not matter");
        found
    }

    fn anything() -> Counted<'static> {
        let since = "2026-06-14T23:00:00Z".parse().unwrap();
        Counted { since, channels: ChannelSet::default(), purposes: &[], topics: &[] }
    }

    #[rstest]
    #[case::the_moment_before("2026-06-14T22:59:59Z", 0)]
    #[case::the_first_moment("2026-06-14T23:00:00Z", 1)]
    #[case::the_last_moment("2026-06-20T12:00:00Z", 1)]
    #[case::the_moment_after("2026-06-20T12:00:01Z", 0)]
    fn of_a_span(#[case] at: &str, #[case] counted: u32) {
        assert_eq!(count(&[(entry("s", at, json!({})), false)], &anything()).0, counted);
    }

    #[rstest]
    #[case::under_two_details(&["a", "a"], &[false, false], 1, "a")]
    #[case::two_messages(&["a", "b"], &[false, false], 2, "b")]
    #[case::recorded_and_given(&["a", "a"], &[true, false], 1, "a")]
    #[case::given_alone(&["a"], &[true], 1, "a given")]
    fn each_once(#[case] ids: &[&str], #[case] given: &[bool], #[case] counted: u32, #[case] latest: &str) {
        let all = ids.iter().map(|id| entry(id, "2026-06-18T12:00:00Z", json!({})));
        let all: Vec<_> = all.zip(given.iter().copied()).collect();
        assert_eq!(count(&all, &anything()), (counted, Some(latest.to_owned())));
    }

    #[rstest]
    #[case::unlimited(json!({}), &[], &[], &[], true)]
    #[case::its_channel(json!({"channel": "sms"}), &[Channel::Sms], &[], &[], true)]
    #[case::another_channel(json!({}), &[Channel::Sms], &[], &[], false)]
    #[case::its_purpose(json!({"purpose": "charity"}), &[], &[Purpose::Charity], &[], true)]
    #[case::another_purpose(json!({"purpose": "charity"}), &[], &[Purpose::Commercial], &[], false)]
    #[case::no_purpose(json!({}), &[], &[Purpose::Commercial], &[], true)]
    #[case::a_service_message(json!({"purpose": "service"}), &[], &[], &[], false)]
    #[case::its_topic(json!({"topics": ["News"]}), &[], &[], &["news"], true)]
    #[case::another_topic(json!({"topics": ["offers"]}), &[], &[], &["news"], false)]
    #[case::no_topic(json!({}), &[], &[], &["news"], true)]
    #[case::no_send(json!({"type": "request_made", "channels": ["email"]}), &[], &[], &[], false)]
    fn of_a_kind(
        #[case] event: Value,
        #[case] channels: &[Channel],
        #[case] purposes: &[Purpose],
        #[case] topics: &[&str],
        #[case] counted: bool,
    ) {
        let topics: Vec<u64> = topics.iter().map(|topic| KEY.text(topic)).collect();
        let channels = channels.iter().copied().collect();
        let by = Counted { channels, purposes, topics: &topics, ..anything() };
        let event = entry("s", "2026-06-18T12:00:00Z", event);
        assert_eq!(count(&[(event, false)], &by).0, u32::from(counted));
    }
}
