//! `maysend verify`: whether what is held is what was taken in.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use clap::Args;
use data_encoding::HEXLOWER;
use serde::Serialize;

use super::{
    Failure,
    output::{self, Format},
    place::Place,
};
use crate::{
    decisions::DecisionLog,
    integrity::{
        checkpoint::{self, Checkpoint, CheckpointError, Statement},
        verify::{Reaches, Report, VerifyFault, verify},
    },
    store::{OpenError, key_file, lmdb},
};

/// Verify the ledger and the decision log.
///
/// Reads all of both and holds everything against everything: each record against its hash, the journal and the log
/// against their chains, the histories against the journal, the decisions against the events that they rest on, and,
/// with a checkpoint, all of it against what was signed then. It tells where the first fault is. The service may go on
/// meanwhile.
///
/// Exit codes: 0 sound, 1 a fault was found, 2 it could not be verified.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend verify
  maysend verify --data-dir /var/lib/maysend --checkpoint checkpoint-2026-11-21.json --public-key signer.pem")]
pub(super) struct Verify {
    /// A checkpoint that was made before: all up to it must be as it was signed
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// The public key of whoever signed it, as PEM [default: the one that the checkpoint names]
    #[arg(long, value_name = "FILE", requires = "checkpoint")]
    public_key: Option<PathBuf>,
    /// How to write the result
    #[arg(long, default_value = "text")]
    format: Format,
    /// Reads the ledger in this very process
    #[arg(long, hide = true)]
    in_this_process: bool,
    #[command(flatten)]
    place: Place,
}

/// The result as JSON.
#[derive(Debug, Serialize)]
struct Told {
    sound: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<LedgerTold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decisions: Option<LogTold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct LedgerTold {
    records: u64,
    erased: u64,
    histories: u64,
    senders: u64,
    revision: String,
    chain: String,
}

#[derive(Debug, Serialize)]
struct LogTold {
    decisions: u64,
    unlinked: u64,
    compared: u64,
    segments: u64,
    chain: String,
}

impl Verify {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        if !self.in_this_process {
            return self.in_a_process_of_its_own();
        }
        let signed = self.signed()?;
        let config = self.place.config()?.store;
        let identity = key_file::load(&config)?;
        let store = match lmdb::open_read_only(&config, &identity) {
            Ok(store) => store,
            // What the engine cannot open, or what does not fit what it was written with, is a fault of the ledger.
            Err(error @ OpenError::Engine { .. }) => return self.tell(Err(error.to_string())),
            Err(error) => return Err(error.into()),
        };
        let log = DecisionLog::open_read_only(&config.data_dir)?;
        if let Some(signed) = &signed
            && signed.ledger != identity.fingerprint()
        {
            return self.tell(Err("the checkpoint: it is of another ledger".to_owned()));
        }
        match verify(&store, &log, signed.as_ref()) {
            Ok(report) => self.tell(Ok(report)),
            Err(VerifyFault::Read(error)) => Err(error.into()),
            Err(fault) => self.tell(Err(fault.to_string())),
        }
    }

    /// A page that points nowhere ends whoever follows it, so another process reads the ledger, and this one tells of it.
    fn in_a_process_of_its_own(self) -> Result<ExitCode, Failure> {
        let program = env::current_exe().map_err(Failure::Start)?;
        let mut arguments = env::args_os().skip(1);
        let mut child = Command::new(program);
        child.args(arguments.by_ref().take(1)).arg("--in-this-process").args(arguments);
        let status = child.status().map_err(Failure::Start)?;
        match status.code().and_then(|code| u8::try_from(code).ok()) {
            Some(code) => Ok(ExitCode::from(code)),
            None => {
                self.tell(Err("the ledger: its file is damaged so badly that reading it ends a process".to_owned()))
            }
        }
    }

    fn signed(&self) -> Result<Option<Statement>, Failure> {
        let Some(file) = &self.checkpoint else { return Ok(None) };
        let checkpoint: Checkpoint = serde_json::from_str(&read(file)?)
            .map_err(|_| Failure::NoCheckpoint(file.clone(), CheckpointError::Text))?;
        let key = match &self.public_key {
            Some(file) => {
                let key = checkpoint::public_key(&read(file)?);
                Some(key.map_err(|error| Failure::NoCheckpoint(file.clone(), error))?)
            }
            None => None,
        };
        let statement = checkpoint.verify(key.as_ref());
        statement.map(Some).map_err(|error| Failure::NoCheckpoint(file.clone(), error))
    }

    fn tell(&self, result: Result<Report, String>) -> Result<ExitCode, Failure> {
        let sound = result.is_ok();
        match (self.format, result) {
            (Format::Text, Ok(report)) => output::print(&sentences(&report))?,
            (Format::Text, Err(fault)) => output::print(&format!("Not sound. The first fault is in {fault}.\n"))?,
            (Format::Json, Ok(report)) => output::print_json(&told(&report))?,
            (Format::Json, Err(fault)) => {
                let none = Told { sound, fault: Some(fault), ledger: None, decisions: None, checkpoint: None };
                output::print_json(&none)?;
            }
        }
        Ok(ExitCode::from(u8::from(!sound)))
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| Failure::Read(file.to_path_buf(), error))
}

fn told(report: &Report) -> Told {
    let Report { ledger, log, compared, signed } = report;
    let ledger = LedgerTold {
        records: ledger.records,
        erased: ledger.erased,
        histories: ledger.histories,
        senders: ledger.senders,
        revision: ledger.head.to_string(),
        chain: HEXLOWER.encode(&ledger.chain),
    };
    let decisions = LogTold {
        decisions: log.decisions,
        unlinked: log.unlinked,
        compared: *compared,
        segments: log.segments,
        chain: HEXLOWER.encode(&log.head.hash),
    };
    let checkpoint = signed.map(|reaches| match reaches {
        Reaches::Whole => "as signed",
        Reaches::JournalAlone => "the journal is as signed; the decisions that were signed have outlived their time",
    });
    Told { sound: true, fault: None, ledger: Some(ledger), decisions: Some(decisions), checkpoint }
}

fn sentences(report: &Report) -> String {
    let Report { ledger, log, compared, signed } = report;
    let unread = match log.decisions.saturating_sub(*compared) {
        0 => String::new(),
        some => format!("\n    {some} of them were made meanwhile or are of a later version, and not compared"),
    };
    let signed = match signed {
        None => "",
        Some(Reaches::Whole) => "  Checkpoint     all up to it is as it was signed\n",
        Some(Reaches::JournalAlone) => {
            "  Checkpoint     the journal is as it was signed; the decisions up to it have outlived their time\n"
        }
    };
    format!(
        "Sound.\n  Ledger         {} records ({} erased), {} histories, {} senders, up to {}\n    chain {}\n  \
         Decision log   {} decisions ({} without their link to the person), {} segments\n    chain {}{unread}\n{signed}",
        ledger.records,
        ledger.erased,
        ledger.histories,
        ledger.senders,
        ledger.head,
        HEXLOWER.encode(&ledger.chain),
        log.decisions,
        log.unlinked,
        log.segments,
        HEXLOWER.encode(&log.head.hash),
    )
}
