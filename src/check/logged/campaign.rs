//! A campaign of the log, as it is told.

use std::fmt::Write as _;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DecisionRecord, LoggedProof};
use crate::{
    check::{
        dossier::{CampaignDossier, Unreadable},
        sentences::plain,
    },
    decisions::{Belonging, KeptCampaign},
    store::Revision,
    terms::{channel::Channel, purpose::Purpose},
};

/// What the log has under an id: a decision, or the campaign that decisions belong to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum LogEntry {
    /// A decision.
    Decision(Box<DecisionRecord>),
    /// A campaign.
    Campaign(CampaignRecord),
}

/// A campaign of the log: the one question that a batch asked of many people. `POST /decisions/search` with its id as
/// `parent` finds the decisions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CampaignRecord {
    /// Its id: the `parent` of its decisions.
    pub decision_id: Uuid,
    /// When it was begun.
    #[schema(value_type = String, format = "date-time", example = "2026-11-21T09:30:02Z")]
    pub at: Timestamp,
    /// The sender, by the id of its profile. None: it was not registered, or each line named its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "acme")]
    pub sender: Option<String>,
    /// The sender's own name for the mailing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// What was asked for everybody. None: the batch had no campaign line, and each line asked for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<CampaignQuestion>,
    /// The version of the rulebook: the day whose law it stated.
    #[schema(example = "2026-11-21")]
    pub rulebook: String,
    /// The ledger revision when it began.
    #[schema(example = "r1-2a")]
    pub revision: String,
    /// The decisions that belong to it.
    pub decisions: CampaignDecisions,
    /// What shows that it stands in the log as it was written. Its number is that of the next decision.
    pub proof: LoggedProof,
}

/// What a campaign asked for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CampaignQuestion {
    /// How the message was to reach people.
    pub channel: Channel,
    /// What the message was for, as the caller declared it.
    pub purpose: Purpose,
    /// The day whose law was applied, in London.
    #[schema(value_type = String, format = "date")]
    pub as_of: Date,
    /// The reading taken where lawyers differ.
    #[schema(example = "conservative")]
    pub policy: &'static str,
    /// Whether words of the message were given, and were read.
    pub message_read: bool,
}

/// How many decisions of the log belong to a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CampaignDecisions {
    /// So many were found.
    #[schema(example = 1_000_000)]
    pub logged: u64,
    /// The log was looked through only in part: there may be more.
    pub cut: bool,
}

impl LogEntry {
    /// It in sentences, for a person at a terminal.
    #[must_use]
    pub fn tell(&self) -> String {
        match self {
            Self::Decision(decision) => super::tell(decision),
            Self::Campaign(campaign) => campaign.tell(),
        }
    }
}

impl CampaignRecord {
    /// A campaign of the log.
    ///
    /// # Errors
    /// [`Unreadable`], if what was asked cannot be read.
    pub fn of(kept: &KeptCampaign, belonging: Belonging) -> Result<Self, Unreadable> {
        let KeptCampaign { campaign, number, chain, book } = kept;
        let dossier = CampaignDossier::read(&campaign.body)?;
        let question = dossier.question.map(|asked| CampaignQuestion {
            channel: asked.channel,
            purpose: asked.purpose,
            as_of: asked.as_of,
            policy: asked.policy.as_str(),
            message_read: asked.message_read,
        });
        Ok(Self {
            decision_id: campaign.id,
            at: campaign.at,
            sender: campaign.sender.as_deref().map(str::to_owned),
            campaign: campaign.campaign.as_deref().map(str::to_owned),
            question,
            rulebook: book.rulebook.clone(),
            revision: Revision(dossier.revision).to_string(),
            decisions: CampaignDecisions { logged: belonging.decisions, cut: belonging.cut },
            proof: LoggedProof { number: *number, chain: data_encoding::HEXLOWER.encode(chain) },
        })
    }

    fn tell(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) -> std::fmt::Result {
        let Self { decision_id, at, rulebook, revision, proof, decisions, .. } = self;
        writeln!(text, "CAMPAIGN: one question about many people, and no decision itself.")?;
        if let Some(CampaignQuestion { channel, purpose, as_of, policy, message_read }) = &self.question {
            let sender = self.sender.as_deref().unwrap_or("a sender that was not registered");
            writeln!(text, "By {channel} for {purpose}, from {sender}.")?;
            let read = if *message_read { "The message was read." } else { "No words of the message were given." };
            writeln!(text, "{read} Law of {as_of}, {policy} reading.")?;
        } else {
            writeln!(text, "Each line asked for itself.")?;
        }
        if let Some(campaign) = &self.campaign {
            writeln!(text, "Campaign: {}.", plain(campaign))?;
        }
        let least = if decisions.cut { "at least " } else { "" };
        let search = format!("`maysend decisions --parent {decision_id}` lists them");
        writeln!(text, "\nThe log has {least}{} of its decisions: {search}.", decisions.logged)?;
        let place = format!("before number {} of the log", proof.number);
        writeln!(text, "Rulebook {rulebook}. Ledger {revision}. Campaign {decision_id} of {at}, {place}.")
    }
}
