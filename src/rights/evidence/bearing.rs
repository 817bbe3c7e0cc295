//! What an event means for marketing.

use serde_json::Value;

use crate::{
    ledger::{event::EventKind, identity::plain_name},
    rights::timeline::TimelineEvent,
    terms::channel::Channel,
};

/// What an event means for marketing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearing {
    /// The person consented.
    Consent,
    /// The person has said something against marketing.
    Against,
    /// A public register lists the contact detail, or does not.
    Register,
    /// The contact detail went to somebody else.
    NewHolder,
    /// Neither for nor against.
    Neither,
}

impl Bearing {
    /// Of one event.
    pub(super) fn of(event: &TimelineEvent) -> Self {
        match event.kind {
            EventKind::ConsentGiven => Self::Consent,
            EventKind::ConsentWithdrawn
            | EventKind::ObjectionRaised
            | EventKind::DetailsRefused
            | EventKind::CallPermissionWithdrawn
            | EventKind::ComplaintMade
            | EventKind::ErasureRequested => Self::Against,
            EventKind::DetailsCollected if event.event.get("refused") == Some(&Value::Bool(true)) => Self::Against,
            EventKind::RegisterListed
            | EventKind::RegisterRemoved
            | EventKind::RegisterScreened
            | EventKind::RegisterImported => Self::Register,
            EventKind::ContactReassigned => Self::NewHolder,
            EventKind::DetailsCollected
            | EventKind::CallPermissionGiven
            | EventKind::RequestMade
            | EventKind::RequestFulfilled
            | EventKind::SubscriberIdentified
            | EventKind::ClientRelationshipStarted
            | EventKind::ClientRelationshipEnded
            | EventKind::AgeStated
            | EventKind::SendMade => Self::Neither,
        }
    }
}

/// Whether an event that speaks against marketing, or of another holder, concerns a consent to these channels and
/// topics. Where the event names none, it concerns all.
pub(super) fn concerns(event: &TimelineEvent, channels: &[Channel], topics: &[String]) -> bool {
    let named = channels_of(event);
    let listed = named.is_empty() || channels.iter().any(|it| it.kin().iter().any(|kin| named.contains(kin)));
    let about = texts(event, "topics");
    // At least what the ledger takes for one topic is one here.
    let same = |topic: &String| about.iter().any(|it| plain_name(it) == plain_name(topic));
    listed && (about.is_empty() || topics.is_empty() || topics.iter().any(same))
}

/// The channels that an event names; empty: none, or all.
pub(super) fn channels_of(event: &TimelineEvent) -> Vec<Channel> {
    if event.kind == EventKind::CallPermissionWithdrawn {
        return vec![Channel::LiveCall, Channel::Fax];
    }
    let named = texts(event, "channels");
    Channel::ALL.iter().copied().filter(|channel| named.contains(&channel.as_str())).collect()
}

/// The texts of a field that is a list.
pub(super) fn texts<'e>(event: &'e TimelineEvent, field: &str) -> Vec<&'e str> {
    let list = event.event.get(field).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}
