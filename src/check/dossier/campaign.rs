//! What a batch asks of everybody, as the decision log keeps it under the batch's own id.
//!
//! Who sends it, and what the sender calls the mailing, the log keeps itself, as it does the rulebook. A version byte goes
//! in front, as with a decision; the versions count for themselves.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Unreadable,
    mirror::{coded, day},
};
use crate::terms::{channel::Channel, party::PolicyProfile, purpose::Purpose};

/// The version that this program writes.
const VERSION: u8 = 1;

/// What is kept of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignDossier {
    /// What its first line asks for everybody. None: it has no such line, and every line asks for itself.
    pub question: Option<Question>,
    /// How far the ledger had come when it began.
    pub revision: u64,
}

/// What the first line of a batch asks for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// How the message is to reach people.
    #[serde(with = "coded")]
    pub channel: Channel,
    /// What it is for, as the caller declares it.
    #[serde(with = "coded")]
    pub purpose: Purpose,
    /// The day whose law applies.
    #[serde(with = "day")]
    pub as_of: Date,
    /// The reading taken where lawyers differ.
    #[serde(with = "coded")]
    pub policy: PolicyProfile,
    /// Words of the message were given, and were read.
    pub message_read: bool,
}

impl CampaignDossier {
    /// It as it is kept.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        // Into memory nothing fails to be written; and nothing at all is what cannot be read.
        postcard::to_stdvec(&(VERSION, self)).unwrap_or_default()
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        match bytes {
            [VERSION, rest @ ..] => match postcard::take_from_bytes(rest) {
                Ok((campaign, [])) => Ok(campaign),
                Ok(_) | Err(_) => Err(Unreadable::Damaged),
            },
            [0, ..] | [] => Err(Unreadable::Damaged),
            [version, ..] => Err(Unreadable::Version(*version)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn campaign() -> CampaignDossier {
        let question = Question {
            channel: Channel::Email,
            purpose: Purpose::Commercial,
            as_of: date(2026, 11, 21),
            policy: PolicyProfile::Literal,
            message_read: true,
        };
        CampaignDossier { question: Some(question), revision: 300 }
    }

    /// If this fails, what lies in logs is not read any more: a changed layout is a new version.
    #[test]
    fn version_1_is_read_as_it_was_written() {
        let whole = campaign().write();
        assert_eq!(data_encoding::HEXLOWER.encode(&whole), "01010000d41f0b150101ac02");
        assert_eq!(CampaignDossier::read(&whole), Ok(campaign()));
        let bare = CampaignDossier { question: None, revision: 1 };
        assert_eq!(bare.write(), [1, 0, 1]);
        assert_eq!(CampaignDossier::read(&[1, 0, 1]), Ok(bare));
    }

    #[test]
    fn what_was_not_written_so_is_told_apart_from_a_later_version() {
        assert_eq!(CampaignDossier::read(&[]), Err(Unreadable::Damaged));
        assert_eq!(CampaignDossier::read(&[1, 0, 1, 0]), Err(Unreadable::Damaged));
        assert_eq!(CampaignDossier::read(&[2, 0, 1]), Err(Unreadable::Version(2)));
    }
}
