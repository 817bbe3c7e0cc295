//! The house rules of those who send, measured against the message that is asked about.

use jiff::Timestamp;

use super::EventRef;

/// What the sender's house rules say of the message; of several senders, each one's. Nothing set: no house rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct House<'a> {
    /// The moment lies within quiet hours. `None`: no quiet hours on this channel, or the time of day is not known.
    pub quiet: Option<bool>,
    /// A consent must have been given at this moment or later to be young enough.
    pub consents_since: Option<Timestamp>,
    /// Of the limits that speak of the message, the one that leaves the least room.
    pub limit: Option<SendLimit<'a>>,
    /// Some topics are blocked on this channel.
    pub blocks_topics: bool,
    /// The message's topic is one of them; `None` when the message does not say its topic.
    pub topic_blocked: Option<bool>,
    /// A register is heeded from the first day of a listing (PECR reg 20(4), 21(3)).
    pub honours_registers_at_once: bool,
}

/// A limit of frequency and how much of it is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendLimit<'a> {
    /// So many messages were sent to the person already.
    pub made: u32,
    /// So many may be.
    pub at_most: u16,
    /// In so many days.
    pub in_days: u16,
    /// The limit speaks of this message; `None` when it is limited to topics and the message does not say its own.
    pub covers: Option<bool>,
    /// The latest of the messages that were counted.
    pub latest: Option<EventRef<'a>>,
}

impl SendLimit<'_> {
    /// Whether nothing more may be sent.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        self.made >= self.at_most as u32
    }
}
