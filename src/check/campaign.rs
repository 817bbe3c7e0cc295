//! One question asked of many people: a campaign, read and weighed once, and the answer for each person in short.
//!
//! What a line of a batch leaves out the campaign says. Each line is a decision of its own, kept in the decision log
//! under the campaign's record.

mod told;

use uuid::Uuid;

pub use self::told::{BasisTotal, ObligationTotal, Opening, ReasonTotal, Screened, ShortBasis, ShortReason, Totals};
use super::{
    Asked, CheckError, Context, check_on_record,
    request::{Recipient, SendRequest},
};
use crate::{
    decisions::Draft,
    rules,
    store::{Revision, StoreError, View},
};

/// A campaign: the send request that each line completes.
#[derive(Debug)]
pub struct Campaign {
    defaults: Option<SendRequest>,
    id: Uuid,
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
        let _ = (view, context);
        Ok(Self { defaults, id })
    }

    /// Its `decision_id`, the parent of those of its lines.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// The first line of the answer.
    ///
    /// # Errors
    /// [`StoreError`], if the store cannot be read.
    pub fn opening(&self, view: &dyn View) -> Result<Opening, StoreError> {
        let revision: Revision = view.applied()?;
        Ok(Opening { decision_id: self.id, rulebook: rules::RULEBOOK, revision: revision.to_string() })
    }

    /// Decides for one person: the answer and what is to be kept of it go into the block.
    ///
    /// # Errors
    /// [`CheckError`], when there is no decision; then the block is as it was.
    pub fn screen(
        &self,
        reference: Option<&str>,
        recipient: &Recipient,
        view: &dyn View,
        context: Context<'_>,
        asked: Asked<'_>,
        block: &mut Block,
    ) -> Result<(), CheckError> {
        let Some(defaults) = &self.defaults else {
            return Err(CheckError::UnknownSender { pointer: "/sender", did_you_mean: None });
        };
        let request = SendRequest { recipient: recipient.clone(), ..defaults.clone() };
        self.screen_request(reference, &request, view, context, asked, block)
    }

    /// The same for a line that is a whole send request, completed from the campaign where it leaves something out.
    ///
    /// # Errors
    /// [`CheckError`], when there is no decision; then the block is as it was.
    pub fn screen_request(
        &self,
        reference: Option<&str>,
        request: &SendRequest,
        view: &dyn View,
        context: Context<'_>,
        asked: Asked<'_>,
        block: &mut Block,
    ) -> Result<(), CheckError> {
        let (answer, draft) = check_on_record(request, view, context, asked)?;
        let screened = Screened::of(reference, self.id, &answer);
        // Into memory nothing fails to be written.
        let _ = serde_json::to_writer(&mut block.answers, &screened);
        block.answers.push(b'\n');
        block.totals.take(&answer);
        block.drafts.push(Draft { parent: Some(self.id), ..draft });
        Ok(())
    }
}
