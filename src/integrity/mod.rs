//! Whether what is held is what was taken in: signed checkpoints, and the verification of everything against everything.
//!
//! The journal and the decision log are chains of hashes, so each end of a chain stands for all before it. A
//! [`checkpoint`] signs both ends. Kept elsewhere, it shows later that nothing before it was changed, left out or put in.

pub mod checkpoint;
pub mod signer;
pub mod verify;

use jiff::Timestamp;

use self::checkpoint::Statement;
use crate::{
    decisions::DecisionLog,
    ledger::{identity::Identity, record::chain},
    rules,
    store::{Revision, StoreError, View},
};

/// How far the ledger and the decision log have come.
///
/// # Errors
/// If the store cannot be read.
pub fn statement(
    view: &dyn View,
    log: &DecisionLog,
    identity: &Identity,
    made_at: Timestamp,
) -> Result<Statement, StoreError> {
    let revision = view.head()?;
    let missing = || StoreError::Damaged(format!("the journal lacks {revision}"));
    Ok(Statement {
        made_at,
        ledger: identity.fingerprint(),
        revision,
        journal: journal_hash(view, revision)?.ok_or_else(missing)?,
        log: log.head(),
        rulebook: rules::RULEBOOK.to_owned(),
    })
}

/// The hash of the journal up to and with a revision; none past its end.
fn journal_hash(view: &dyn View, revision: Revision) -> Result<Option<[u8; 32]>, StoreError> {
    if revision == Revision(0) { Ok(Some(chain::START)) } else { view.chain(revision) }
}
