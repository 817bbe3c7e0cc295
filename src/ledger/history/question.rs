//! What is asked of a history, and where an entry of it was found.

use jiff::Timestamp;

use crate::terms::{channel::Channel, purpose::Purpose};

/// What is asked of a history: the message, in the terms of the fold.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The moment up to which facts count.
    pub at: Timestamp,
    /// The question is about now. What protects the person then counts whatever time it bears: a clock that runs
    /// ahead must not hide an objection.
    pub live: bool,
    /// The channel of the message.
    pub channel: Channel,
    /// The purpose of the message, a request for consent counted as what a sender of this kind ordinarily sends.
    pub purpose: Purpose,
    /// The purpose as the caller declares it.
    pub declared: Purpose,
    /// What a sender of this kind ordinarily sends.
    pub ordinary: Purpose,
    /// The topic of the message, as a number.
    pub topic: Option<u64>,
    /// The names of the answerable party, as numbers.
    pub sender_names: &'q [u64],
    /// The names of whoever transmits the message, as numbers, where another instigates it.
    pub caller_names: Option<&'q [u64]>,
    /// The names of the party whose goods or aims are promoted, as numbers; empty: the sender's own.
    pub promoted_names: &'q [u64],
    /// For each product of the message, the products similar to it, as numbers; empty: no products named.
    pub similar_products: &'q [Vec<u64>],
    /// The sender has said which of its products are similar.
    pub has_product_groups: bool,
    /// The `id` of the request that the message answers, and the number that stands for it.
    pub answers: Option<(&'q str, u64)>,
}

/// Where an entry was found.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Under the very contact detail that the message uses.
    pub used: bool,
    /// In the history with the answerable party, not with another sender that transmits for it.
    pub answerable: bool,
    /// In the history with whoever transmits the message.
    pub caller: bool,
    /// Under the domain of the address: only what was said for the whole company counts.
    pub company: bool,
    /// The caller gave it with the check.
    pub given: bool,
}
