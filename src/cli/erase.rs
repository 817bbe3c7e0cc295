//! `maysend erase`: a person is forgotten, while no service runs.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{ArgGroup, Args};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Failure,
    output::{self, Format},
    place::Place,
};
use crate::{
    check::{self, answer::Citation},
    clock,
    config::Config,
    decisions::DecisionLog,
    http::erasure::ErasureRequest,
    rights::erasure::{ErasedKind, KeptFact, Told},
    store::{OpenError, Store as _, StoreError, key_file, lmdb},
};

/// Erase a person, but for the promise not to write again.
///
/// All that the sender holds of the person is erased, and every decision loses its link to the person. What stays is an
/// objection to all marketing, under a keyed hash of each contact detail; only a later consent of the person's own lifts
/// it. Without `--yes` nothing is erased: what would be is told, and the exit code is 1.
///
/// What is written on a command line stays in the history of the shell, and other users of the machine can see it: `-`
/// takes the body of `POST /recipients/erasure` from standard input instead.
///
/// The ledger is written directly, so no service may be using it; a running one is asked with
/// `POST /recipients/erasure`. Exit code 0 means that the person is erased, also where nothing was held.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("person").required(true).multiple(true).args(["request", "email", "phone", "postal", "account"])))]
#[command(after_help = "\
Examples:
  maysend erase --yes - < request.json
  maysend erase --sender acme --email jo@example.com --phone '+447700900123'
  maysend erase --sender acme --email jo@example.com --reference 'ticket 4711' --yes")]
pub(super) struct Erase {
    /// A file with the body of `POST /recipients/erasure`; `-` for standard input
    #[arg(conflicts_with_all = ["sender", "email", "phone", "postal", "account", "reference"])]
    request: Option<PathBuf>,
    /// The sender who is to forget the person
    #[arg(long, value_name = "ID", required_unless_present = "request", help_heading = "Who")]
    sender: Option<String>,
    /// The person's email address
    #[arg(long, help_heading = "Who")]
    email: Option<String>,
    /// The person's telephone number
    #[arg(long, help_heading = "Who")]
    phone: Option<String>,
    /// The person's postal address, on one line
    #[arg(long, help_heading = "Who")]
    postal: Option<String>,
    /// The person's account
    #[arg(long, help_heading = "Who")]
    account: Option<String>,
    /// Your own reference of the person's request, which is kept
    #[arg(long, help_heading = "Who")]
    reference: Option<String>,
    /// Erase, and do not only tell what would be erased
    #[arg(long)]
    yes: bool,
    /// How to write what was erased
    #[arg(long, default_value = "text")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

/// What would be erased, and what would stay.
#[derive(Debug, Serialize)]
struct Rehearsal<'t> {
    would_be_erased: &'t [ErasedKind],
    would_be_kept: &'t [KeptFact],
}

impl Erase {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let request = self.request()?;
        let config = self.place.config()?;
        if !lmdb::exists(&config.store) {
            return Err(OpenError::NoLedger { dir: config.store.data_dir }.into());
        }
        if self.yes {
            self.tell(&carry_out(&request, &config)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        self.rehearse(&request, &config)?;
        // Nothing is left to be done if standard error is closed.
        let _ = writeln!(io::stderr(), "maysend: nothing is erased yet: run the same command with `--yes`");
        Ok(ExitCode::from(1))
    }

    /// The request as the service takes it, from the file or from the flags.
    fn request(&self) -> Result<ErasureRequest, Failure> {
        if let Some(file) = &self.request {
            let body = output::read(file).map_err(|error| Failure::Read(file.clone(), error))?;
            return ErasureRequest::read(&body).map_err(Failure::NotErased);
        }
        let details =
            [("email", &self.email), ("phone", &self.phone), ("postal", &self.postal), ("account", &self.account)];
        let mut whole = given([("sender", &self.sender), ("reference", &self.reference)]);
        whole.insert("recipient".to_owned(), Value::Object(given(details)));
        ErasureRequest::read(&serde_json::to_vec(&whole)?).map_err(Failure::NotErased)
    }

    /// Tells what would be erased, also while a service runs.
    fn rehearse(&self, request: &ErasureRequest, config: &Config) -> Result<(), Failure> {
        let identity = key_file::load(&config.store)?;
        let store = lmdb::open_read_only(&config.store, &identity)?;
        let view = store.view()?;
        let plan = request.plan(&*view, &identity, clock::now()).map_err(Failure::NotErased)?;
        let Told { erased, kept, .. } = request.told(&plan, 0, view.applied()?);
        match self.format {
            Format::Json => output::print_json(&Rehearsal { would_be_erased: &erased, would_be_kept: &kept }),
            Format::Text => output::print(&lists(["Would be erased", "Would be kept"], &erased, &kept)),
        }
    }

    fn tell(&self, told: &Told) -> Result<(), Failure> {
        if self.format == Format::Json {
            return output::print_json(told);
        }
        let mut text = lists(["Erased", "Kept"], &told.erased, &told.kept);
        // Writing into a string cannot fail.
        let _ = writeln!(text, "\n{} decisions lost their link to the person.", told.decisions_unlinked);
        let _ = writeln!(text, "The ledger is at revision {}.", told.revision);
        let files = if told.purged {
            "hold nothing of it any more"
        } else {
            "still hold it: they are written anew when the service runs"
        };
        let _ = writeln!(text, "Its files {files}. Backups made before do.");
        output::print(&text)
    }
}

/// Erases, in the order that the service keeps to: the decisions first, so that whoever is stopped in between can do it
/// again.
fn carry_out(request: &ErasureRequest, config: &Config) -> Result<Told, Failure> {
    let identity = key_file::load(&config.store)?;
    let store = lmdb::open(&config.store, &identity).map_err(served)?;
    let decisions = DecisionLog::open(&config.store.data_dir, config.decisions, check::book())?;
    let (plan, applied) = {
        let view = store.view()?;
        (request.plan(&*view, &identity, clock::now()).map_err(Failure::NotErased)?, view.applied()?)
    };
    let unlinked = decisions.unlink(&plan.keys)?;
    decisions.close();
    let mut revision = applied;
    if !plan.records.is_empty() {
        let appended = store.append(plan.records.clone()).blocking_recv();
        revision = appended.unwrap_or(Err(StoreError::Stopped))?.head;
        // The program ends with this, and by then no file holds what was erased.
        store.purge().blocking_recv().unwrap_or(Err(StoreError::Stopped))?;
    }
    let purged = store.purge().blocking_recv().is_ok_and(|purged| purged.is_ok());
    Ok(Told { purged, ..request.told(&plan, unlinked, revision) })
}

fn served(error: OpenError) -> Failure {
    if let OpenError::AnotherWriter { dir } = error { Failure::ServedErasure(dir) } else { error.into() }
}

/// The fields that were given.
fn given<const N: usize>(fields: [(&str, &Option<String>); N]) -> Map<String, Value> {
    let given = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    given.map(|(name, value)| (name.to_owned(), Value::from(value))).collect()
}

fn lists([erasing, keeping]: [&str; 2], erased: &[ErasedKind], kept: &[KeptFact]) -> String {
    let mut text = format!("{erasing}:\n");
    if erased.is_empty() {
        text.push_str("  nothing, since nothing is held\n");
    }
    for ErasedKind { kind, revisions, because, citation } in erased {
        item(&mut text, &format!("{kind} ({})", revisions.len()), because, citation);
    }
    // Writing into a string cannot fail.
    let _ = writeln!(text, "\n{keeping}:");
    kept.iter().for_each(|fact| item(&mut text, fact.what, fact.because, &fact.citation));
    text
}

fn item(text: &mut String, what: &str, because: &str, citation: &Citation) {
    let Citation { instrument, provision, .. } = citation;
    let _ = writeln!(text, "  {what} [{instrument} {provision}]");
    text.push_str(&output::wrap(because, "    "));
}
