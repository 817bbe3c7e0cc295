//! What is remembered of people: events, how they are kept without an address, and how they fold into facts.
//!
//! - [`event`]: the events as callers write them. Past tense, immutable. [`happening`] lists their kinds.
//! - [`identity`]: contact details, normalised and turned into keyed hashes.
//! - [`entry`]: the fixed record of one event in a person's history, read without copying.
//! - [`record`]: the journal's record of one event; [`mod@line`]: that record in a file of an export.
//! - `email`, `phone`: addresses and numbers in their one spelling.
//! - `word`: the ends of ids that an import makes.
//! - `object`: reading a struct from a JSON object and from nothing else.
//! - [`accept`]: which events are refused, and why.
//! - [`history`]: the pure fold of one person's entries into facts.
//! - [`house_rules`]: what a sender asks of itself beyond the law; [`sends`]: how many messages it has sent to a person.

pub mod accept;
mod contact;
mod email;
pub mod entry;
mod entry_draft;
pub mod event;
pub(crate) mod event_schema;
pub mod happening;
pub mod history;
pub mod house_rules;
pub mod identity;
pub mod line;
pub(crate) mod object;
mod phone;
pub mod record;
pub mod sender;
pub mod sends;
mod webmail;
mod word;
