//! What is asked of the log, and a page of what it answers.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Kept, LogError};
use crate::ledger::identity::RecipientKey;

/// Which decisions are wanted: all that meet every condition, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// About any of these keys; empty: about anybody.
    pub keys: Vec<RecipientKey>,
    /// Of this sender.
    pub sender: Option<String>,
    /// Of this mailing.
    pub campaign: Option<String>,
    /// Of the batch with this id.
    pub parent: Option<Uuid>,
    /// Allows, or denies.
    pub allow: Option<bool>,
    /// With this rule among the reasons, by its id.
    pub rule: Option<String>,
    /// Made at this moment or later.
    pub from: Option<Timestamp>,
    /// Made before this moment.
    pub until: Option<Timestamp>,
    /// Read on from here.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: usize,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The decisions, the newest first.
    pub decisions: Vec<Kept>,
    /// Where the next page begins; none: there is no more.
    pub next: Option<Cursor>,
}

/// A place between two decisions: the number of the last one that was seen. To callers it is an opaque token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(pub u64);

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "d1-{:x}", self.0)
    }
}

impl std::str::FromStr for Cursor {
    type Err = LogError;

    fn from_str(token: &str) -> Result<Self, LogError> {
        let digits = token.strip_prefix("d1-").ok_or(LogError::NotACursor)?;
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let number = if plain { u64::from_str_radix(digits, 16).ok() } else { None };
        number.map(Self).ok_or(LogError::NotACursor)
    }
}
