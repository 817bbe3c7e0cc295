//! What proves that nothing of the evidence was changed: the hash of each record and of all before it, the ends of both
//! chains, and the newest statement that was signed over them.

use data_encoding::HEXLOWER;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    decisions::DecisionLog,
    integrity::checkpoint::Checkpoint,
    ledger::record::Record,
    rights::timeline::TimelineEvent,
    store::{Revision, StoreError, View},
};

/// What proves that nothing of the evidence was changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Integrity {
    /// The end of the journal when the bundle was made.
    pub journal: ChainEnd,
    /// The end of the decision log when the bundle was made: its place is how many decisions were logged.
    pub log: ChainEnd,
    /// The record of each event, in the order of the journal.
    pub records: Vec<RecordProof>,
    /// The newest signed statement of how far both had come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<Checkpoint>,
    /// How it is verified.
    pub verify: Vec<VerifyStep>,
}

/// The end of a chain of hashes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChainEnd {
    /// How far it goes.
    #[schema(example = "r1-2a")]
    pub place: String,
    /// The hash of all up to there, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
}

/// One record of the journal in the chain.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordProof {
    /// Where it stands.
    #[schema(example = "r1-2a")]
    pub revision: String,
    /// The hash of its payload, in hexadecimal.
    pub payload: String,
    /// The hash of the journal up to and with it, in hexadecimal.
    pub chain: String,
}

/// One step of verifying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VerifyStep {
    /// What it shows.
    pub shows: &'static str,
    /// The command.
    pub command: &'static str,
}

/// How a bundle is verified, by whoever has the data directory.
const VERIFY: [VerifyStep; 2] = [
    VerifyStep {
        shows: "Journal, histories and decision log agree with each other and with their chains of hashes, or where the \
                first fault is.",
        command: "maysend verify --data-dir DIR",
    },
    VerifyStep {
        shows: "Every logged decision comes out as it was logged when its facts are decided again.",
        command: "maysend replay --data-dir DIR",
    },
];

/// The proof of these events.
pub(super) fn proof(
    view: &dyn View,
    events: &[TimelineEvent],
    log: &DecisionLog,
    checkpoint: Option<Checkpoint>,
) -> Result<Integrity, StoreError> {
    let mut revisions: Vec<Revision> = events.iter().map(|event| event.revision).collect();
    revisions.sort_unstable();
    let records = revisions.into_iter().map(|revision| record(view, revision)).collect::<Result<_, _>>()?;
    let (head, logged) = (view.head()?, log.head());
    Ok(Integrity {
        journal: ChainEnd { place: head.to_string(), chain: view.chain(head)?.map(|hash| HEXLOWER.encode(&hash)) },
        log: ChainEnd { place: logged.decisions.to_string(), chain: Some(HEXLOWER.encode(&logged.hash)) },
        records,
        checkpoint,
        verify: VERIFY.to_vec(),
    })
}

fn record(view: &dyn View, revision: Revision) -> Result<RecordProof, StoreError> {
    let missing = || StoreError::Damaged(format!("no record at {revision}"));
    let bytes = view.record(revision)?.ok_or_else(missing)?;
    let record = Record::read(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let chain = view.chain(revision)?.ok_or_else(missing)?;
    Ok(RecordProof {
        revision: revision.to_string(),
        payload: HEXLOWER.encode(record.payload_hash()),
        chain: HEXLOWER.encode(&chain),
    })
}
