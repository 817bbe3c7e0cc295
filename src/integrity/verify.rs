//! Everything against everything: the journal against its chain, the histories against the journal, the decision log
//! against its own, the decisions against the events that they rest on, and all of it against what was signed before.

use uuid::Uuid;

use super::checkpoint::Statement;
use crate::{
    check::dossier::Dossier,
    decisions::{DecisionLog, Kept, LogError, LogFault, Verified},
    facts::EventRef,
    ledger::record::{Matter, Record},
    store::{
        Revision, Store, StoreError, View,
        audit::{AuditFault, Audited, audit},
    },
};

/// What was verified without finding a fault.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// Journal and histories.
    pub ledger: Audited,
    /// The decision log.
    pub log: Verified,
    /// Decisions whose events were looked up in the journal. Those that a later version wrote cannot be read.
    pub compared: u64,
    /// What was signed, and whether the log still reaches back so far: decisions that have outlived their time are gone.
    pub signed: Option<Reaches>,
}

/// How far back the decision log can be held against a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaches {
    /// It is what was signed.
    Whole,
    /// The last decision that was signed has been deleted by its age. The journal is what was signed.
    JournalAlone,
}

/// The first fault.
#[derive(Debug, thiserror::Error)]
pub enum VerifyFault {
    /// In the ledger.
    #[error("the ledger: {0}")]
    Ledger(#[from] AuditFault),
    /// In the decision log.
    #[error("the decision log: {0}")]
    Log(#[from] LogFault),
    /// A decision rests on something that the journal does not have.
    #[error("decision {number} ({id}) of the log and the journal: {what}")]
    Between {
        /// Its place in the log.
        number: u64,
        /// Its id.
        id: Uuid,
        /// What does not fit.
        what: String,
    },
    /// The journal or the log is not what was signed.
    #[error("the checkpoint: {0}")]
    Checkpoint(String),
    /// The store cannot be read.
    #[error("the ledger: {0}")]
    Store(#[from] StoreError),
    /// The log cannot be read.
    #[error("the decision log: {0}")]
    Read(#[from] LogError),
}

/// Verifies the ledger and the decision log, as they stand at one moment, while another process may write.
///
/// # Errors
/// The first fault found.
pub fn verify(store: &dyn Store, log: &DecisionLog, signed: Option<&Statement>) -> Result<Report, VerifyFault> {
    // The log first: what it holds by now rests on events that the view, which comes after, has.
    let known = log.head().decisions;
    let view = store.view()?;
    let ledger = audit(&*view)?;
    if let Some(signed) = signed {
        journal_as_signed(&*view, signed)?;
    }
    let (mut compared, mut fault) = (0, None);
    let (verified, found) = log.verify_signed(signed.map(|signed| signed.log), &mut |kept| {
        if fault.is_none() && kept.number < known {
            match between(&*view, ledger.head, kept) {
                Ok(read) => compared += u64::from(read),
                Err(found) => fault = Some(found),
            }
        }
    })?;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let signed = signed.map(|signed| log_as_signed(&verified, found, signed)).transpose()?;
    Ok(Report { ledger, log: verified, compared, signed })
}

fn journal_as_signed(view: &dyn View, signed: &Statement) -> Result<(), VerifyFault> {
    let revision = signed.revision;
    match super::journal_hash(view, revision)? {
        Some(hash) if hash == signed.journal => Ok(()),
        Some(_) => Err(VerifyFault::Checkpoint(format!("the journal up to {revision} is another than was signed"))),
        None => Err(VerifyFault::Checkpoint(format!("the journal ends before {revision}, which was signed"))),
    }
}

fn log_as_signed(log: &Verified, found: Option<bool>, signed: &Statement) -> Result<Reaches, VerifyFault> {
    let number = signed.log.decisions;
    match found {
        Some(true) => Ok(Reaches::Whole),
        Some(false) => {
            Err(VerifyFault::Checkpoint(format!("the first {number} decisions are others than were signed")))
        }
        None if number == 0 => Ok(Reaches::Whole),
        None if log.head.decisions < number => {
            let has = log.head.decisions;
            Err(VerifyFault::Checkpoint(format!("the log ends after {has} decisions, and {number} were signed")))
        }
        None => Ok(Reaches::JournalAlone),
    }
}

/// Holds one decision against the journal; whether it could be read.
fn between(view: &dyn View, head: Revision, kept: &Kept) -> Result<bool, VerifyFault> {
    let decision = &kept.decision;
    let differs = |what: String| VerifyFault::Between { number: kept.number, id: decision.id, what };
    let Ok(dossier) = Dossier::read(&decision.body) else { return Ok(false) };
    let revision = Revision(dossier.revision);
    if revision > head {
        return Err(differs(format!("it takes account of {revision}, and the journal ends at {head}")));
    }
    if let Some(sender) = decision.sender.as_deref()
        && view.sender(sender)?.is_none()
    {
        return Err(differs("its sender is not in the ledger".to_owned()));
    }
    for event in dossier.events().filter(|event| !event.given) {
        if Revision(event.revision) > revision {
            return Err(differs(format!("it rests on {}, later than {revision}", Revision(event.revision))));
        }
        is_there(view, &event)?.map_err(differs)?;
    }
    Ok(true)
}

/// Whether the journal has the event: of an erased one, that there was a record.
fn is_there(view: &dyn View, event: &EventRef<'_>) -> Result<Result<(), String>, StoreError> {
    let place = Revision(event.revision);
    let Some(bytes) = view.record(place)? else {
        return Ok(Err(format!("it rests on {place}, which the journal does not have")));
    };
    let Ok(record) = Record::read(bytes) else { return Err(StoreError::Damaged(format!("the record at {place}"))) };
    let kind = format!("\"type\":\"{}\"", event.kind);
    let is_it = |body: &[u8]| std::str::from_utf8(body).is_ok_and(|body| body.contains(&kind));
    let fits = record.matter == Matter::Event && (record.is_erased() || is_it(record.body));
    Ok(if fits { Ok(()) } else { Err(format!("it rests on {place} as {}, which is something else", event.kind)) })
}
