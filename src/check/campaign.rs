//! One question asked of many people: a campaign, read and weighed once, and the answer for each person in short.
//!
//! What a line of a batch leaves out the campaign says. Each line is a decision of its own, kept in the decision log
//! under the campaign's record.

mod lines;
mod told;
mod totals;

use std::sync::Arc;

use uuid::Uuid;

use self::told::Short;
pub use self::{
    lines::Lines,
    told::{Opening, Screened, ShortBasis, ShortReason},
    totals::{BasisTotal, ObligationTotal, ReasonTotal, Totals},
};
use super::{
    Asked, CheckError, Context, When,
    dossier::{CampaignDossier, Question},
    memory::{Kinds, Profiles},
    posed::Posed,
    request::SendRequest,
};
use crate::{
    decisions::{CampaignDraft, Draft},
    rules,
    store::{StoreError, View},
};

/// A campaign: the send request that each line completes.
#[derive(Debug)]
pub struct Campaign {
    id: Uuid,
    message: Option<Message>,
    kinds: Kinds<Short>,
    profiles: Profiles,
}

/// The message of a campaign, read once.
#[derive(Debug)]
struct Message {
    request: SendRequest,
    posed: Posed,
    /// The sender's own name for it.
    name: Option<Arc<str>>,
}

/// What became of some lines that follow each other: their answers, one a line, and what the log is to keep of them,
/// in the same order. It is emptied and used again.
#[derive(Debug, Default)]
pub struct Block {
    /// The answers as JSON, a line each.
    pub answers: Vec<u8>,
    /// What the decision log is to keep.
    pub drafts: Vec<Draft>,
    /// What the answers come to.
    pub totals: Totals,
}

/// Bytes of an answer, about.
const ANSWER: usize = 800;

impl Block {
    /// A block with room for the answers to so many lines.
    #[must_use]
    pub fn for_lines(lines: u64) -> Self {
        let lines = usize::try_from(lines).unwrap_or_default().min(4_096);
        Self {
            answers: Vec::with_capacity(ANSWER * lines),
            drafts: Vec::with_capacity(lines),
            totals: Totals::default(),
        }
    }
}

impl Campaign {
    /// Reads the campaign. Without defaults every line is a whole send request.
    ///
    /// # Errors
    /// [`CheckError`], when nothing could be decided for anybody: pointers are into the send request.
    pub fn of(
        defaults: Option<SendRequest>,
        id: Uuid,
        view: &dyn View,
        context: Context<'_>,
    ) -> Result<Self, CheckError> {
        let profiles = Profiles::default();
        let message = defaults.map(|request| {
            When::of(request.as_of, context.now)?;
            super::weigh::reaches(&request, view.applied()?)?;
            let posed = Posed::of(&request, view, context.identity, Some(&profiles))?;
            let name = request.campaign.as_ref().map(|name| name.0.as_str().into());
            Ok::<_, CheckError>(Message { request, posed, name })
        });
        Ok(Self { id, message: message.transpose()?, kinds: Kinds::default(), profiles })
    }

    /// Its `decision_id`, the parent of those of its lines.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// The send request that each line completes.
    #[must_use]
    pub fn defaults(&self) -> Option<&SendRequest> {
        self.message.as_ref().map(|message| &message.request)
    }

    /// The first line of the answer.
    ///
    /// # Errors
    /// [`StoreError`], if the store cannot be read.
    pub fn opening(&self, view: &dyn View) -> Result<Opening, StoreError> {
        Ok(Opening { decision_id: self.id, rulebook: rules::RULEBOOK, revision: view.applied()?.to_string() })
    }

    /// What the decision log is to keep of it.
    ///
    /// # Errors
    /// [`CheckError`], as in [`Campaign::of`].
    pub fn record(&self, view: &dyn View, context: Context<'_>) -> Result<CampaignDraft, CheckError> {
        let question = |Message { request, posed, .. }: &Message| {
            Ok::<_, CheckError>(Question {
                channel: request.channel_in_law(),
                purpose: request.purpose,
                as_of: When::of(request.as_of, context.now)?.day,
                policy: posed.parties.answerable().profile.policy,
                message_read: posed.reading.is_some(),
            })
        };
        let message = self.message.as_ref();
        let dossier = CampaignDossier { question: message.map(question).transpose()?, revision: view.applied()?.0 };
        Ok(CampaignDraft {
            id: self.id,
            at: context.now,
            sender: message.and_then(|message| message.posed.parties.sender.id.clone()),
            campaign: message.and_then(|message| message.name.clone()),
            body: dossier.write(),
        })
    }

    /// Decides some lines, all at one moment: `work` is handed what decides them one by one.
    ///
    /// # Errors
    /// [`CheckError`], when none of them could be decided.
    pub fn screen<T>(
        &self,
        view: &dyn View,
        context: Context<'_>,
        asked: Asked<'_>,
        block: &mut Block,
        work: impl FnOnce(&mut Lines<'_>) -> T,
    ) -> Result<T, CheckError> {
        let words = self.message.as_ref().map(|message| message.posed.words()).unwrap_or_default();
        let mut lines = Lines::new(self, &words, view, context, asked, block)?;
        let done = work(&mut lines);
        lines.end();
        Ok(done)
    }
}
