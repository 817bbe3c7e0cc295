//! What every part of the running service shares.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use jiff::Timestamp;

use crate::{check::Memory, config::Config, decisions::DecisionLog, ledger::identity::Identity, store::Store};

/// What every part of the running service shares.
#[derive(Debug)]
pub struct App {
    /// What the operator set.
    pub config: Config,
    /// The ledger.
    pub store: Arc<dyn Store>,
    /// What was decided.
    pub decisions: Arc<DecisionLog>,
    /// What checks remember of each other.
    pub memory: Memory,
    /// The installation's key, by which people are found without their addresses.
    pub identity: Identity,
    /// The key that checkpoints are signed with.
    pub signer: SigningKey,
    /// When the process started.
    pub started_at: Timestamp,
}
