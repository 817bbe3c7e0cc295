//! What a message says: its readable text, and the words in it that promote. Pure.
//!
//! Read in this order: [`Content`] is what the caller gives; [`Part`] is readable text with the way back to the bytes it
//! came from; [`Finding`] is what some words of it do, and [`published`] says who has said so in public.

mod classes;
mod content;
mod cues;
mod digest;
mod finding;
mod found;
mod gather;
mod grammar;
mod html;
mod language;
mod lexicon;
mod mail;
mod part;
pub mod published;
mod reading;
mod sentence;
pub mod table;
mod token;
mod weigh;

pub use self::{
    content::Content,
    finding::{Finding, Sentence, Span},
    found::Found,
    part::{Part, PartName},
    reading::{Reading, Unread, UnreadReason, read},
};
