//! `maysend screen`: a campaign and a file of recipients, decided against a data directory.

mod answers;
mod input;
mod output;
mod pipeline;
mod report;
mod rows;
mod state;
mod tally;

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Instant};

use clap::Args;
use uuid::Uuid;

use self::{
    input::Input,
    output::Output,
    pipeline::{Done, Keeping, Screening},
    report::{Bar, Report},
    state::{Begun, State},
};
use super::{
    Failure,
    output::{self as out, Format, named, problem as told},
    place::Place,
};
use crate::{
    batch::{
        fault::LineFault,
        form::{self, Defaults},
    },
    check::{self, CheckError, Context, campaign::Campaign},
    clock,
    config::{self, Config},
    decisions::{CampaignDraft, DecisionLog},
    http::problem::Problem,
    ingest::table::LayoutError,
    ledger::identity::Identity,
    store::{
        OpenError, Store as _, key_file,
        lmdb::{self, Lmdb},
    },
};

/// Decide a campaign for everybody in a file, without a service.
///
/// The campaign is a send request without a recipient, as JSON. The file is CSV whose header has any of `email`, `phone`,
/// `postal`, `account`, and may have `ref` (your own name of the row; also `id`), `subscriber`, `named_person`, `country`,
/// `age` and `vulnerable`; or, if its name ends in `.ndjson` or `.jsonl`, the lines that `POST /check/batch` takes after
/// the campaign.
///
/// The output is CSV, one row for each row, in their order: `row` (as a spreadsheet numbers them), `ref`, `decision`,
/// `decision_id`, `basis`, `reasons` (`rule:limb`, the gravest first), `warnings`, `error`. Only `allow` means send. No
/// contact detail is in it, unless your own `ref` is one.
///
/// Each decision is kept in the decision log, so no service may be using the data directory: `--no-log` keeps nothing
/// and may run beside one. What is interrupted goes on when the same command is run again: how far it came stands in
/// `OUTPUT.progress`. Exit code 0 means that every row was decided, 1 that some were not and have an error in their
/// place, 2 that the file was not gone through to its end.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend screen --campaign spring.json --output screened.csv recipients.csv
  maysend screen --campaign spring.json --no-log recipients.csv > screened.csv
  zcat people.csv.gz | maysend screen --campaign spring.json --output screened.csv -")]
pub(super) struct Screen {
    /// The recipients; `-` for standard input, which cannot be gone on with
    file: PathBuf,
    /// The campaign: a send request without a recipient
    #[arg(long, value_name = "FILE")]
    campaign: PathBuf,
    /// Where the answers go [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin anew, and write over what is there
    #[arg(long, requires = "output")]
    restart: bool,
    /// Keep no decision in the log: the data directory is only read
    #[arg(long)]
    no_log: bool,
    /// How to write the summary
    #[arg(long, default_value = "text")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

/// Why a file was not gone through.
#[derive(Debug, thiserror::Error)]
pub(super) enum ScreenError {
    #[error("{file} is no campaign: {problem}", file = named(.0), problem = told(.1))]
    NoCampaign(PathBuf, Problem),
    #[error("the campaign in {file} cannot be decided for anybody: {problem}", file = named(.0), problem = told(.1))]
    Refused(PathBuf, Problem),
    #[error(
        "another process writes to the data directory `{dir}`: ask the service (`POST /check/batch`), or say `--no-log` \
         to keep no decisions", dir = .0.display()
    )]
    Served(PathBuf),
    #[error("cannot read the recipients in {file}: {error}", file = named(.0), error = .1)]
    Layout(PathBuf, LayoutError),
    #[error("`{file}` is there already, and nothing says how it was begun: say `--restart` to write over it", file = .0.display())]
    Exists(PathBuf),
    #[error(
        "`{output}` was begun with {what}: run the command as it was, or say `--restart` to begin anew",
        output = .output.display()
    )]
    Changed { output: PathBuf, what: &'static str },
    #[error("`{file}` cannot be read, so nothing says how far it came: say `--restart` to begin anew", file = .0.display())]
    NoState(PathBuf),
    #[error("{answered} rows were answered, and then the log kept no more: {problem}", problem = told(.problem))]
    Stopped { answered: u64, problem: Problem },
    #[error(
        "the recipients hold a second campaign, and nothing after it was decided: screen each campaign by itself, or \
         take the line out"
    )]
    SecondCampaign,
    #[error("{0}: this is a defect of maysend, please report it")]
    Panicked(&'static str),
}

impl Screen {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let began = Instant::now();
        let text = out::read(&self.campaign).map_err(|error| Failure::Read(self.campaign.clone(), error))?;
        let no_campaign = |fault: LineFault| ScreenError::NoCampaign(self.campaign.clone(), fault.into());
        let defaults = form::campaign(&text).map_err(no_campaign)?;
        let config = self.place.config()?;
        let mut input = Input::open(&self.file)?;
        let digest = input.digest().map_err(|error| Failure::Read(self.file.clone(), error))?;
        let begun = Begun::of(&defaults, digest, !self.no_log);
        let earlier = Output::look(self.output.as_deref(), &begun, self.restart)?;
        let (store, identity) = self.open_ledger(&config.store)?;
        let log = if self.no_log { None } else { Some(self.open_log(&config)?) };
        let id = earlier.as_ref().map(|(state, _)| state.decision_id);
        let (campaign, record) = self.weigh(&defaults, id, &store, &identity)?;
        let (mut state, last) = match earlier {
            Some((state, last)) => (state, Some(last)),
            None => (State::new(begun, campaign.id()), None),
        };
        let pieces = input.pieces(&self.file, config.http.batch_line_limit, &state)?;
        let keeping = Keeping::new(log.as_deref(), &config)?;
        if last.is_none() {
            keeping.campaign(record)?;
        }
        let mut output = Output::open(self.output.as_deref(), last.as_deref().map(|rows| (&state, rows)))?;
        let unused = pieces.table().map(|table| table.unused().collect()).unwrap_or_default();
        let (before, bar) = (state.tally.lines, Bar::new(pieces.size()));
        output.begin(&mut state)?;
        let screening =
            Screening { store: &store, identity: &identity, campaign: &campaign, defaults: &defaults, config: &config };
        let read = pipeline::run(&screening, &keeping, pieces, &mut |done: Done| {
            state.take(&done);
            bar.show(state.offset, &state.tally);
            output.add(&done.rows, &mut state)
        })?;
        read.map_err(|error| Failure::Read(self.file.clone(), error))?;
        drop(bar);
        if let Some(log) = &log {
            log.close();
        }
        output.end()?;
        state.tally.sort();
        let taken = began.elapsed();
        let report = Report { tally: &state.tally, before, unused, taken, logged: log.is_some() };
        report.print(self.format, self.output.is_none())?;
        Ok(ExitCode::from(u8::from(state.tally.errors > 0)))
    }

    /// Opens the ledger: to keep decisions beside it no other process may write to the data directory.
    fn open_ledger(&self, config: &config::Store) -> Result<(Lmdb, Identity), Failure> {
        let identity = key_file::load(config)?;
        if self.no_log {
            return Ok((lmdb::open_read_only(config, &identity)?, identity));
        }
        if !lmdb::exists(config) {
            return Err(OpenError::NoLedger { dir: config.data_dir.clone() }.into());
        }
        let store = lmdb::open(config, &identity).map_err(|error| {
            let served = |dir| Failure::from(ScreenError::Served(dir));
            if let OpenError::AnotherWriter { dir } = error { served(dir) } else { error.into() }
        })?;
        Ok((store, identity))
    }

    fn open_log(&self, config: &Config) -> Result<Arc<DecisionLog>, Failure> {
        Ok(DecisionLog::open(&config.store.data_dir, config.decisions, check::book())?)
    }

    /// Weighs the campaign: what is wrong with it is wrong for everybody.
    fn weigh(
        &self,
        defaults: &Defaults,
        id: Option<Uuid>,
        store: &Lmdb,
        identity: &Identity,
    ) -> Result<(Campaign, CampaignDraft), Failure> {
        let now = clock::now();
        let id = id.unwrap_or_else(|| clock::new_id(now));
        let view = store.view()?;
        let context = Context { identity, now, full: false };
        let weighed = || {
            let campaign = Campaign::of(Some(defaults.request.clone()), id, &*view, context)?;
            let record = campaign.record(&*view, context)?;
            Ok((campaign, record))
        };
        weighed().map_err(|error| {
            if let CheckError::Store(error) = error {
                error.into()
            } else {
                ScreenError::Refused(self.campaign.clone(), error.into()).into()
            }
        })
    }
}
