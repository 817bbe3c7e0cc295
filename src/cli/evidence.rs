//! `maysend evidence`: the evidence on one person and one sender, from the files of the ledger and the decision log.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{ArgGroup, Args, ValueEnum};
use serde_json::{Map, Value};

use super::{
    Failure,
    output::{self, print},
    place::Place,
};
use crate::{
    clock,
    decisions::DecisionLog,
    http,
    integrity::{checkpoint::Checkpoint, signer, statement},
    rights::evidence::{self, Evidence, EvidenceError, EvidenceRequest, Sources},
    store::{Store as _, key_file, lmdb},
};

/// Show the evidence on one person and one sender: consents, objections, decisions, the law, the proof.
///
/// The ledger and the decision log are read where they lie, also while a service writes them; nothing is written to
/// them. A contact detail on the command line may stay in the shell's history: with `-` the request is read from standard
/// input, as the body of `POST /recipients/evidence`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("detail").multiple(true).args(["email", "phone", "postal", "account"]))]
#[command(after_help = "\
Examples:
  maysend evidence --sender acme --email jo@example.com --format html -o evidence.html
  maysend evidence --sender acme --phone '07700 900123' --known-at 2026-03-03
  maysend evidence - < request.json | jq .summary")]
pub(super) struct ShowEvidence {
    /// A file with the request as JSON; `-` for standard input
    #[arg(required_unless_present = "detail", conflicts_with_all = ["sender", "detail", "as_of", "known_at", "identify"])]
    file: Option<PathBuf>,
    /// The sender, by the id of its profile
    #[arg(long, value_name = "ID", required_unless_present = "file")]
    sender: Option<String>,
    /// The person's email address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The person's telephone number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The person's postal address
    #[arg(long, value_name = "ADDRESS")]
    postal: Option<String>,
    /// The person's account with the sender
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Leave out what happened after this day or moment
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// Leave out what was recorded after this day or moment
    #[arg(long, value_name = "DAY")]
    known_at: Option<String>,
    /// Write the contact details into it, for the person or a lawyer
    #[arg(long)]
    identify: bool,
    /// How to write it
    #[arg(long, default_value = "json")]
    format: EvidenceFormat,
    /// Write it to a file, which only its owner may read [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EvidenceFormat {
    /// JSON, as the service answers it.
    Json,
    /// One page to read and print.
    Html,
}

impl ShowEvidence {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let evidence = self.gather(self.request()?)?;
        let text = match self.format {
            EvidenceFormat::Json => serde_json::to_string_pretty(&evidence)? + "\n",
            EvidenceFormat::Html => evidence::page::page(&evidence),
        };
        match &self.output {
            Some(file) => write(file, &text).map_err(|error| Failure::WriteFile(file.clone(), error))?,
            None => print(&text)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The request, of the flags or of the file. The flags are read as a body is, so that both are refused alike.
    fn request(&self) -> Result<EvidenceRequest, Failure> {
        let (file, body) = match &self.file {
            Some(file) => (Some(file), output::read(file).map_err(|error| Failure::Read(file.clone(), error))?),
            None => (None, Value::Object(self.body()).to_string().into_bytes()),
        };
        http::evidence::read(&body).map_err(|problem| match file {
            Some(file) => Failure::NoEvidenceRequest(file.clone(), problem),
            None => Failure::NoEvidence(problem),
        })
    }

    fn body(&self) -> Map<String, Value> {
        let fields = |named: &[(&str, &Option<String>)]| {
            let given = named.iter().filter_map(|(name, text)| Some((*name, text.as_deref()?)));
            given.map(|(name, text)| (name.to_owned(), Value::from(text))).collect::<Map<_, _>>()
        };
        let Self { sender, email, phone, postal, account, as_of, known_at, identify, .. } = self;
        let mut body = fields(&[("sender", sender), ("as_of", as_of), ("known_at", known_at)]);
        let recipient = fields(&[("email", email), ("phone", phone), ("postal", postal), ("account", account)]);
        body.insert("recipient".to_owned(), Value::Object(recipient));
        body.insert("identify".to_owned(), Value::Bool(*identify));
        body
    }

    fn gather(&self, request: EvidenceRequest) -> Result<Evidence, Failure> {
        let config = self.place.config()?.store;
        let identity = key_file::load(&config)?;
        let store = lmdb::open_read_only(&config, &identity)?;
        let decisions = DecisionLog::open_read_only(&config.data_dir)?;
        let view = store.view()?;
        let statement = statement(&*view, &decisions, &identity, clock::now())?;
        let signer = signer::load_or_create(&signer::file(None, &config.data_dir))?;
        let checkpoint = Some(Checkpoint::sign(&statement, &signer)?);
        let sources = Sources { identity: &identity, decisions: &decisions, now: clock::now(), checkpoint };
        evidence::gather(request, view.as_ref(), sources).map_err(|error| match error {
            EvidenceError::Person(error) => Failure::NoEvidence(error.into()),
            EvidenceError::Store(error) => Failure::Store(error),
            EvidenceError::Decisions(error) => Failure::Decisions(error),
        })
    }
}

/// Writes a file that others cannot read: it is about a person.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
