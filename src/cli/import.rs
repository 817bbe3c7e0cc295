//! `maysend import`: the file of a register, a sender's own suppression list, or another ledger, into the ledger.

mod ledger;
mod report;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{ArgGroup, Args, ValueEnum, builder::PossibleValuesParser};
use jiff::{Timestamp, civil::Date};

use self::report::{Progress, Report};
use super::{
    Failure,
    output::{self, Format},
};
use crate::{
    clock,
    config::{self, Config, Flags},
    ingest::{
        IngestError, Summary,
        load::{self, Ledger},
        register::RegisterFile,
        suppression::SuppressionList,
        table::Layout,
        whole::Whole,
    },
    ledger::{accept, identity::Identity},
    spelling::nearest,
    store::{
        OpenError, Store, key_file,
        lmdb::{self, Lmdb},
    },
    terms::register::Register,
};

/// Import a register, a sender's suppression list, or a whole ledger.
///
/// A register file has one number a line, or is CSV whose header has a column `phone` (`postal` for mps) and may have
/// `listed_at`. Without `listed_at` a number counts as listed on the day of `--as-of` or before, and nobody can say
/// that the listing is less than 28 days old. A file of the whole register shows as well who was not listed on that
/// day; a file of the numbers added since (`--partial`) or taken off (`--removed`) does not.
///
/// A suppression list has one email address or number a line, or is CSV with any of `email`, `phone`, `postal`,
/// `account`, and may have `channels` and `topics` (several behind `;`), `occurred_at` and `id`. Each line is an
/// objection to all marketing unless it names channels or topics.
///
/// With `--ledger`, the file is one that `maysend export` wrote. It goes into an empty ledger, which has the key of the
/// one that it was exported from.
///
/// The ledger is written directly, so no service may be using it. The same file again changes nothing. Exit code 0
/// means that all is recorded, 1 that lines are bad, or that a register was not recorded as a whole because of its
/// file, 2 that the file could not be taken in to its end; then run it again.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["register", "suppression", "ledger"])))]
#[command(after_help = "\
Examples:
  maysend import --register tps --as-of 2026-11-20 tps.txt
  maysend import --register tps --as-of 2026-11-21 --removed left.csv
  unzip -p ctps.zip | maysend import --register ctps --as-of 2026-11-20 -
  maysend import --sender acme --suppression --dry-run unsubscribed.csv
  maysend import --ledger --data-dir new --key-file key ledger.ndjson")]
pub(super) struct Import {
    /// The file; `-` for standard input
    file: PathBuf,
    /// The register whose file it is
    #[arg(long, value_name = "REGISTER", requires = "as_of", help_heading = "What it is")]
    #[arg(value_parser = PossibleValuesParser::new(Register::ALL.iter().map(|register| register.as_str())))]
    register: Option<String>,
    /// The file is a sender's own list of those who objected
    #[arg(long, requires = "sender", help_heading = "What it is")]
    suppression: bool,
    /// The file is a ledger that was exported
    #[arg(long, help_heading = "What it is")]
    #[arg(conflicts_with_all = ["as_of", "sender", "removed", "partial", "shrunk", "layout", "dry_run"])]
    ledger: bool,
    /// The day of which the file is, in London [default for a suppression list: now]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "What it is")]
    as_of: Option<Date>,
    /// The sender whose list it is; for a register, of fundraising_preference alone
    #[arg(long, value_name = "ID", help_heading = "What it is")]
    sender: Option<String>,
    /// The file has what was taken off the register
    #[arg(long, requires = "register", conflicts_with_all = ["suppression", "partial"], help_heading = "What it is")]
    removed: bool,
    /// The file is a part of the register, such as what was added since
    #[arg(long, requires = "register", conflicts_with = "suppression", help_heading = "What it is")]
    partial: bool,
    /// The register has indeed lost more than a tenth of its entries since it was last imported as a whole
    #[arg(long, requires = "register", conflicts_with_all = ["suppression", "partial", "removed"])]
    #[arg(help_heading = "What it is")]
    shrunk: bool,
    /// How the file is laid out [default: as its first line shows]
    #[arg(long, help_heading = "What it is")]
    layout: Option<LayoutFlag>,
    /// Read the file and tell what is bad, and record nothing
    #[arg(long)]
    dry_run: bool,
    /// How to write the summary
    #[arg(long, default_value = "text")]
    format: Format,
    /// A file of settings, laid over the shipped defaults
    #[arg(long, value_name = "FILE", help_heading = "Ledger")]
    config: Option<PathBuf>,
    /// The data directory [default: maysend-data]
    #[arg(long, value_name = "DIR", help_heading = "Ledger")]
    data_dir: Option<String>,
    /// The file of the secret key [default: `key` in the data directory]
    #[arg(long, value_name = "FILE", help_heading = "Ledger")]
    key_file: Option<String>,
    /// What the store may grow to, as in `64 GiB` [default: 16 GiB]
    #[arg(long, value_name = "SIZE", help_heading = "Ledger")]
    map_size: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LayoutFlag {
    /// One number or address a line.
    Plain,
    /// CSV with a header.
    Csv,
}

/// An open file, and how many bytes it has if that can be told.
type Input = (Box<dyn BufRead>, Option<u64>);

/// What a file is, as the flags say.
enum Contents {
    Register(RegisterFile),
    Suppression(SuppressionList),
}

impl Import {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        if self.ledger {
            return self.ledger(self.open()?);
        }
        let now = clock::now();
        let what = self.what(now)?;
        let input = self.open()?;
        let report = if self.dry_run { self.rehearse(&what, input, now) } else { self.record(&what, input, now) }?;
        match self.format {
            Format::Json => output::print_json(&report)?,
            Format::Text => output::print(&report.in_words())?,
        }
        Ok(ExitCode::from(u8::from(!report.is_sound())))
    }

    fn what(&self, now: Timestamp) -> Result<Contents, Failure> {
        let zone = clock::london();
        if let Some(day) = self.as_of.filter(|day| *day > clock::day_in_london(now)) {
            return Err(Failure::Usage(format!("{day} is yet to come: give the day of which the file is")));
        }
        let day = |day: Date| day.to_zoned(zone.clone()).map(|start| start.timestamp());
        let too_far = |error: jiff::Error| Failure::Usage(format!("the day of `--as-of` cannot be used: {error}"));
        let register = Register::ALL.iter().find(|known| self.register.as_deref() == Some(known.as_str()));
        let Some(register) = register else {
            let as_of = self.as_of.map(day).transpose().map_err(too_far)?.unwrap_or(now);
            let sender = self.sender.clone().unwrap_or_default();
            return Ok(Contents::Suppression(SuppressionList { sender, as_of, zone }));
        };
        match (accept::is_public(*register), &self.sender) {
            (true, Some(_)) => {
                let message = format!("register `{register}` holds for every sender: leave `--sender` out");
                return Err(Failure::Usage(message));
            }
            (false, None) => {
                let message = format!("`{register}` holds for one charity: say which with `--sender ID`");
                return Err(Failure::Usage(message));
            }
            (true, None) | (false, Some(_)) => {}
        }
        let day = self.as_of.unwrap_or_else(|| clock::day_in_london(now));
        let file = RegisterFile::new(*register, self.sender.clone(), self.removed, day, zone.clone());
        file.map(Contents::Register).map_err(too_far)
    }

    fn open(&self) -> Result<Input, Failure> {
        if self.file.as_os_str() == "-" {
            return Ok((Box::new(io::stdin().lock()), None));
        }
        let failed = |error| Failure::Read(self.file.clone(), error);
        let file = File::open(&self.file).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        Ok((Box::new(BufReader::with_capacity(1 << 16, file)), metadata.is_file().then_some(metadata.len())))
    }

    /// Reads the file against nothing: any key will do, and a fixed one shows that none is needed.
    fn rehearse(&self, what: &Contents, input: Input, now: Timestamp) -> Result<Report, Failure> {
        let ledger = Ledger { store: None, identity: &Identity::new([0; 32]), now };
        let summary = self.load(what, input, ledger)?;
        Ok(Report { summary, whole: None, dry_run: true })
    }

    fn record(&self, what: &Contents, input: Input, now: Timestamp) -> Result<Report, Failure> {
        let config = Config::load(&self.flags())?.store;
        let (store, identity) = self.open_ledger(&config)?;
        let ledger = Ledger { store: Some(&store), identity: &identity, now };
        let summary = self.load(what, input, ledger)?;
        let whole = match what {
            Contents::Suppression(_) => None,
            Contents::Register(file) => Some(match file.part_of(self.partial) {
                Some(why) => Whole::Not(why),
                None => file.record_whole(&summary, self.shrunk, &store, ledger)?,
            }),
        };
        Ok(Report { summary, whole, dry_run: false })
    }

    fn load(&self, what: &Contents, (input, size): Input, ledger: Ledger<'_>) -> Result<Summary, Failure> {
        let layout = self.layout.map(|layout| match layout {
            LayoutFlag::Plain => Layout::Plain,
            LayoutFlag::Csv => Layout::Csv,
        });
        let mut progress = Progress::new(size);
        let loaded = match what {
            Contents::Register(file) => load::load(input, file, layout, ledger, &mut progress),
            Contents::Suppression(list) => load::load(input, list, layout, ledger, &mut progress),
        };
        loaded.map_err(|error| match error {
            IngestError::Read(error) => Failure::Read(self.file.clone(), error),
            IngestError::Layout(error) => Failure::NoImport(self.file.clone(), error),
            IngestError::Store(error) => Failure::ImportBroke(self.file.clone(), error),
        })
    }

    fn flags(&self) -> Flags {
        Flags { file: self.config.clone(), ..Flags::default() }
            .with("--data-dir", "store.data_dir", self.data_dir.clone())
            .with("--key-file", "store.key_file", self.key_file.clone())
            .with("--map-size", "store.map_size", self.map_size.clone())
    }

    /// Opens the ledger for writing, and makes one where there is none: a register may come before the first start.
    fn open_ledger(&self, config: &config::Store) -> Result<(Lmdb, Identity), Failure> {
        if !lmdb::exists(config) {
            if self.sender.is_some() {
                return Err(OpenError::NoLedger { dir: config.data_dir.clone() }.into());
            }
            let dir = config.data_dir.display();
            // Nothing is left to be done if standard error is closed.
            let _ = writeln!(io::stderr(), "maysend: there is no ledger in `{dir}` yet: a new one is made");
        }
        let identity = key_file::load_or_create(config).map_err(served)?;
        let store = lmdb::open(config, &identity).map_err(served)?;
        if let Some(id) = &self.sender {
            known_sender(&store, id)?;
        }
        Ok((store, identity))
    }
}

fn served(error: OpenError) -> Failure {
    if let OpenError::AnotherWriter { dir } = error { Failure::Served(dir) } else { error.into() }
}

fn known_sender(store: &dyn Store, id: &str) -> Result<(), Failure> {
    let view = store.view()?;
    if view.sender(id)?.is_some() {
        return Ok(());
    }
    let ids = view.sender_ids()?;
    let hint = nearest(id, ids.iter().map(String::as_str)).map_or_else(
        || "register it first, with `PUT /senders/{id}` of the service".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::UnknownSender { id: id.to_owned(), hint })
}
