//! A request for the evidence on one person and one sender.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    check::request::AsOf,
    ledger::{identity::ContactDetails, object::objects, sender::SenderId},
};

/// One person and one sender, whose evidence is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct EvidenceRequest {
    /// The sender.
    pub sender: SenderId,
    /// The person: every contact detail that is known, since an event is found by those it was recorded with.
    pub recipient: ContactDetails,
    /// A day (its end, in London) or a moment: what happened after it is not in the bundle, decisions included. Not
    /// given: everything.
    #[serde(default)]
    pub as_of: Option<AsOf>,
    /// A day (its end, in London) or a moment: what the ledger took in after it is not in the bundle, whenever it
    /// happened, nor are later decisions. What was known on a day is asked for with this, what had happened by then with `as_of`.
    #[serde(default)]
    pub known_at: Option<AsOf>,
    /// Write the contact details of this request into the head of the bundle, so that it can be handed to the person or
    /// to a lawyer. Otherwise nobody's address is in it.
    #[serde(default)]
    pub identify: bool,
}

objects!(EvidenceRequest);
