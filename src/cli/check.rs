//! `maysend check`: one decision, without a service.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use super::{
    Failure,
    output::{self, Format},
};
use crate::{
    check::{
        self, CheckError, Context,
        answer::{Answer, Verdict},
        request::SendRequest,
        sentences,
    },
    clock,
    config::{Config, Flags},
    http::strict,
    ledger::identity::Identity,
    store::{Store as _, empty::Empty, key_file, lmdb},
};

/// Decide one send request without a service.
///
/// The request is the body of `POST /check`. Without a data directory the decision rests on the request and its `given` events alone, and the sender must be
/// written out in it. With one, the ledger there is read, also while a service writes it; nothing is written: this is no
/// service, and its decisions are not kept in the decision log.
///
/// Exit code 0 means allow, 1 means deny, 2 means that there is no decision: only 0 means send.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend check request.json
  maysend check --data-dir maysend-data --detail full request.json
  maysend check - < request.json && sendmail jo@example.com < message")]
pub(super) struct Check {
    /// The send request; `-` for standard input
    file: PathBuf,
    /// The data directory to read [default: none]
    #[arg(long, value_name = "DIR")]
    data_dir: Option<String>,
    /// The file of its secret key [default: `key` in the data directory]
    #[arg(long, value_name = "FILE", requires = "data_dir")]
    key_file: Option<String>,
    /// How to write the answer [default: text on a terminal, json into a pipe]
    #[arg(long)]
    format: Option<Format>,
    /// How much to tell
    #[arg(long, default_value = "brief")]
    detail: Detail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Detail {
    /// The decision and what it rests on.
    Brief,
    /// Every rule's outcome and the facts with their sources, too.
    Full,
}

impl Check {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let body = output::read(&self.file).map_err(|error| Failure::Read(self.file.clone(), error))?;
        let request = strict::send_request(&body).map_err(|problem| Failure::NoRequest(self.file.clone(), problem))?;
        let answer = self.decide(&request)?;
        match Format::or_by_terminal(self.format) {
            Format::Json => output::print_json(&answer)?,
            Format::Text => output::print(&sentences::tell(&answer))?,
        }
        Ok(match answer.decision {
            Verdict::Allow => ExitCode::SUCCESS,
            Verdict::Deny => ExitCode::from(1),
        })
    }

    fn decide(&self, request: &SendRequest) -> Result<Answer, Failure> {
        let (now, full) = (clock::now(), self.detail == Detail::Full);
        let Some(data_dir) = &self.data_dir else {
            // Nothing is looked up and nothing kept, so any key will do; a fixed one gives the same answer each time.
            let identity = Identity::new([0; 32]);
            let answer = check::check(request, &Empty, Context { identity: &identity, now, full });
            let unknown = matches!(answer, Err(CheckError::UnknownSender { .. }));
            return if unknown { Err(Failure::NoLedger) } else { decided(answer) };
        };
        let flags = Flags::default().with("--data-dir", "store.data_dir", Some(data_dir)).with(
            "--key-file",
            "store.key_file",
            self.key_file.clone(),
        );
        let config = Config::load(&flags)?.store;
        let identity = key_file::load(&config)?;
        let store = lmdb::open_read_only(&config, &identity)?;
        let view = store.view()?;
        decided(check::check(request, view.as_ref(), Context { identity: &identity, now, full }))
    }
}

/// What stands in the way of a decision is told as the service tells it; only of the ledger's own faults more is said
/// here, to whoever can mend them.
fn decided(answer: Result<Answer, CheckError>) -> Result<Answer, Failure> {
    answer.map_err(|error| {
        if let CheckError::Store(error) = error { Failure::Store(error) } else { Failure::NotDecided(error.into()) }
    })
}
