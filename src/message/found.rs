//! What the message shows of its form: how to stop it, and who sends it.

use super::Span;
use crate::terms::refusal::OptOut;

/// What the message shows of its form.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// It has a `List-Unsubscribe` field.
    pub list_unsubscribe: bool,
    /// It can be stopped by one click (RFC 8058).
    pub one_click: bool,
    /// The simplest way to refuse further messages that it shows.
    pub opt_out: Option<OptOut>,
    /// The words that tell of it.
    pub opt_out_words: Option<Span>,
    /// Whom it says it is from: the name in `From`.
    pub from: Option<String>,
    /// It gives an address to which one can answer: `Reply-To`, or a `From` that does not refuse answers, or an address
    /// in the text.
    pub reply_address: bool,
    /// It gives a postal address.
    pub postal_address: bool,
    /// The names of the tags of marketing campaigns in its links, such as `utm_campaign`.
    pub campaign_tags: Vec<String>,
    /// How many links it has.
    pub links: usize,
    /// How many pictures it has that have no words of their own.
    pub silent_pictures: usize,
}
