//! One decision, as it is given to the log and as it comes back.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use uuid::Uuid;

use crate::ledger::identity::RecipientKey;

/// The rules among the reasons of a decision, as places in the [`Book`].
pub type Rules = SmallVec<[u16; 8]>;

/// The keys of a decision: most are about one person, under one or two contact details.
pub type Keys = SmallVec<[RecipientKey; 2]>;

/// A decision to be kept. What the decisions of one batch have in common is shared among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: Uuid,
    /// When it was made, kept to the microsecond.
    pub at: Timestamp,
    /// The sender, by the id of its profile; `None` for one that is not registered.
    pub sender: Option<Arc<str>>,
    /// The sender's own name for the mailing.
    pub campaign: Option<Arc<str>>,
    /// The record of the campaign that it belongs to, where the decision is one of a batch.
    pub parent: Option<Uuid>,
    /// Whether the message may be sent.
    pub allow: bool,
    /// The rules among its reasons, as places in the [`Book`].
    pub rules: Rules,
    /// Whom it is about: one key for each contact detail and each sender whose record was consulted. This is the link
    /// that an erasure takes away.
    pub keys: Keys,
    /// What it rests on, as [`crate::check`] writes it.
    pub body: Vec<u8>,
}

/// A campaign to be kept: the one question that the decisions of a batch answer for many people. It stands in the log as
/// they do, and is none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignDraft {
    /// Its id: the `parent` of its decisions.
    pub id: Uuid,
    /// When it was begun, kept to the microsecond.
    pub at: Timestamp,
    /// The sender, by the id of its profile; `None` for one that is not registered.
    pub sender: Option<Arc<str>>,
    /// The sender's own name for the mailing.
    pub campaign: Option<Arc<str>>,
    /// What it is, as [`crate::check`] writes it.
    pub body: Vec<u8>,
}

/// A campaign read back.
#[derive(Clone, Debug)]
pub struct KeptCampaign {
    /// The campaign.
    pub campaign: CampaignDraft,
    /// How many decisions were kept before it.
    pub number: u64,
    /// The hash of the chain up to and with it.
    pub chain: [u8; 32],
    /// The rules of the program that wrote it.
    pub book: Arc<Book>,
}

/// How many decisions the log has of a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    /// So many were found.
    pub decisions: u64,
    /// The log goes on beyond what was looked at: there may be more.
    pub cut: bool,
}

/// A decision read back.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The decision; `keys` is empty once the link is erased.
    pub decision: Draft,
    /// Whether the link to the person was erased.
    pub unlinked: bool,
    /// Its place in the log, counted from 0.
    pub number: u64,
    /// The hash of the chain up to and with it and those that were kept with it as one.
    pub chain: [u8; 32],
    /// The rules that its numbers stand for.
    pub book: Arc<Book>,
}

/// The rules of the program that wrote a segment: what the numbers in its decisions stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The version of the rulebook.
    pub rulebook: String,
    /// Every version of every rule, in order of precedence.
    pub rules: Vec<BookRule>,
}

/// One version of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookRule {
    /// Its id.
    pub id: String,
    /// The first day on which it is in force.
    pub from: Date,
    /// Its limbs, in the order of the provision.
    pub limbs: Vec<String>,
}
