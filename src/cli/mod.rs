//! The command line: one file per subcommand.
//!
//! Exit codes: 0 done, *allow*, nothing strong found, or all as expected; 1 *deny*, something strong found, not ready, or
//! not as expected; 2 could not be done, with the reason on standard error.

mod backup;
mod check;
mod checkpoint;
mod decisions;
mod erase;
mod evidence;
mod explain;
mod export;
mod healthcheck;
mod import;
mod openapi;
mod output;
mod place;
mod read;
mod replay;
mod restore;
mod rules;
mod screen;
mod serve;
mod test;
mod verify;

use std::{
    io::{self, Write as _},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use self::screen::ScreenError;
use crate::{
    config::{ConfigErrors, reason},
    decisions::LogError,
    http::problem::Problem,
    ingest::{exported::ExportedError, table::LayoutError},
    integrity::{checkpoint::CheckpointError, signer::SignerError},
    scenario::suite::SuiteError,
    store::{OpenError, StoreError, backup::BackupError},
    telemetry::TelemetryError,
};

/// May this message be sent to this person, under UK direct-marketing law, now?
///
/// maysend answers allow or deny, with the provisions of the law that decide it, from a ledger of what people agreed
/// and objected to. It is no legal advice.
#[derive(Debug, Parser)]
#[command(name = "maysend", version, max_term_width = 100, arg_required_else_help = true)]
#[command(subcommand_required = true, disable_help_subcommand = true, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  maysend serve                          serve on 127.0.0.1:8080 with the data in ./maysend-data
  maysend check request.json             decide one request, from the events it gives
  maysend read message.eml               find the words that make a message marketing
  maysend explain pecr.reg22.consent     read a rule: the law, examples, sources
  maysend import --register tps --as-of 2026-11-20 tps.txt
                                         take a register into the ledger
  maysend screen --campaign spring.json -o screened.csv recipients.csv
                                         decide a campaign for everybody in a file
  maysend decisions --decision deny      show what the service refused
  maysend replay                         decide what it decided again, by the rules of today
  maysend evidence --sender acme --email jo@example.com --format html -o evidence.html
                                         show what a person agreed to, and what was decided
  maysend backup /backups/2026-11-22     back up the ledger and the decision log
  maysend test cases                     test the cases that you keep beside your campaigns

`maysend COMMAND --help` tells more of each.";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Check(check::Check),
    Read(read::Read),
    Decisions(decisions::Decisions),
    Replay(replay::Replay),
    Rules(rules::Rules),
    Explain(explain::Explain),
    Evidence(evidence::ShowEvidence),
    Import(import::Import),
    Screen(screen::Screen),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Export(export::Export),
    Erase(erase::Erase),
    Verify(verify::Verify),
    Checkpoint(checkpoint::MakeCheckpoint),
    Test(test::Test),
    Openapi(openapi::Openapi),
    Healthcheck(healthcheck::Healthcheck),
}

/// Runs one command.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Command::Serve(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Read(command) => command.run(),
        Command::Decisions(command) => command.run(),
        Command::Replay(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Evidence(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Screen(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Erase(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Checkpoint(command) => command.run(),
        Command::Test(command) => command.run(),
        Command::Openapi(command) => command.run(),
        Command::Healthcheck(command) => command.run(),
    };
    done.unwrap_or_else(|failure| {
        // Nothing is left to be done if standard error is closed.
        let _ = writeln!(io::stderr(), "maysend: {failure}");
        ExitCode::from(if matches!(failure, Failure::NotReady(_)) { 1 } else { 2 })
    })
}

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Config(#[from] ConfigErrors),
    #[error("{0}")]
    Telemetry(#[from] TelemetryError),
    #[error("{0}")]
    Open(#[from] OpenError),
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Decisions(#[from] LogError),
    #[error("{0}")]
    Signer(#[from] SignerError),
    #[error("{0}")]
    Unsigned(#[from] CheckpointError),
    #[error("{file} proves nothing: {why}", file = output::named(.0), why = .1)]
    NoCheckpoint(PathBuf, CheckpointError),
    #[error("port {} of {} is in use: stop what listens there, or choose another with `--bind ADDRESS:PORT`", .0.port(), .0.ip())]
    PortInUse(SocketAddr),
    #[error("cannot listen on {0}: {why}: choose an address of this machine with `--bind ADDRESS:PORT`", why = reason(.1))]
    Listen(SocketAddr, io::Error),
    #[error("serving stopped: {}", reason(.0))]
    Serve(io::Error),
    #[error("cannot start: {}", reason(.0))]
    Start(io::Error),
    #[error("cannot read `{file}`: {why}", file = .0.display(), why = reason(.1))]
    Read(PathBuf, io::Error),
    #[error("{file} is no send request: {problem}", file = output::named(.0), problem = output::problem(.1))]
    NoRequest(PathBuf, Problem),
    #[error("{file} is no request for evidence: {problem}", file = output::named(.0), problem = output::problem(.1))]
    NoEvidenceRequest(PathBuf, Problem),
    #[error("there is no evidence to show: {}", output::problem(.0))]
    NoEvidence(Problem),
    #[error("{file} is not text in UTF-8: an email names its character set itself, and is read with `--as mail`", file = output::named(.0))]
    NotText(PathBuf),
    #[error("there is nothing to read in {file}", file = output::named(.0))]
    NothingToRead(PathBuf),
    #[error("no part of {file} could be read", file = output::named(.0))]
    NothingRead(PathBuf),
    #[error("{file} is in Outlook's own format, which is not read: save the message as `.eml`", file = output::named(.0))]
    OutlookMessage(PathBuf),
    #[error("not decided, so do not send: {}", output::problem(.0))]
    NotDecided(Problem),
    #[error(
        "not decided, so do not send: without `--data-dir DIR` no sender is known by its id: write it out, or say where the ledger is"
    )]
    NoLedger,
    #[error("{}", output::problem(.0))]
    Refused(Problem),
    #[error("no decision of the log has the id `{0}`")]
    NoDecision(uuid::Uuid),
    #[error("no rule has the id `{id}`: {hint}")]
    NoRule { id: String, hint: String },
    #[error("the law of a day to come is not known: give a day up to today")]
    DateInFuture,
    #[error("cannot write `{file}`: {why}", file = .0.display(), why = reason(.1))]
    WriteFile(PathBuf, io::Error),
    #[error("cannot write the report as XML: {0}")]
    Junit(#[from] quick_junit::SerializeError),
    #[error("{0}")]
    Suite(#[from] SuiteError),
    #[error("the rulebook covers the law from {0} on: give a later day")]
    DateNotCovered(jiff::civil::Date),
    #[error("{0}")]
    NotReady(String),
    #[error(
        "another process writes to the data directory `{dir}`: stop the service for the import, or send it the events \
         (`POST /events`)", dir = .0.display()
    )]
    Served(PathBuf),
    #[error(
        "another process writes to the data directory `{dir}`: ask the service for the erasure \
         (`POST /recipients/erasure`), or stop it first", dir = .0.display()
    )]
    ServedErasure(PathBuf),
    #[error("nothing was erased: {}", output::problem(.0))]
    NotErased(Problem),
    #[error("cannot import {file}: {error}", file = output::named(.0), error = .1)]
    NoImport(PathBuf, LayoutError),
    #[error(
        "{file} was not imported to its end: {error}; what was recorded stays, and the same command goes on from there",
        file = output::named(.0), error = .1
    )]
    ImportBroke(PathBuf, StoreError),
    #[error("cannot import {file}: {error}", file = output::named(.0), error = .1)]
    NotTaken(PathBuf, ExportedError),
    #[error("{0}")]
    Screen(#[from] ScreenError),
    #[error("{0}")]
    Backup(#[from] BackupError),
    #[error("the ledger knows no sender `{id}`: {hint}")]
    UnknownSender { id: String, hint: String },
    #[error("{0}")]
    Usage(String),
    #[error("cannot write the answer: {}", reason(.0))]
    Write(io::Error),
    #[error("cannot write the answer as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with("Example"), "`{}`", command.get_name());
        }
    }

    #[rstest::rstest]
    #[case(&["serve", "--bind", "0.0.0.0:80", "--data-dir", "d", "--map-size", "1 GiB", "--allow-network-fs"])]
    #[case(&["serve", "--config", "c.toml", "--key-file", "k", "--log", "debug", "--log-format", "json"])]
    #[case(&["check", "-"])]
    #[case(&["check", "request.json", "--data-dir", "d", "--format", "json", "--detail", "full"])]
    #[case(&["read", "message.eml"])]
    #[case(&["read", "-", "--as", "html", "--subject", "Your receipt", "--format", "json"])]
    #[case(&["rules", "--as-of", "2026-02-05"])]
    #[case(&["explain", "pecr.reg22.consent"])]
    #[case(&["evidence", "--sender", "acme", "--email", "jo@example.com", "--format", "html", "-o", "e.html"])]
    #[case(&["evidence", "--sender", "acme", "--phone", "07700 900123", "--known-at", "2026-03-03", "--identify"])]
    #[case(&["evidence", "-", "--data-dir", "d"])]
    #[case(&["import", "--register", "tps", "--as-of", "2026-11-20", "tps.txt"])]
    #[case(&["import", "--register", "ctps", "--as-of", "2026-11-20", "--removed", "--layout", "csv", "-"])]
    #[case(&["import", "--sender", "acme", "--suppression", "unsubscribed.csv"])]
    #[case(&["import", "--sender", "hope", "--register", "fundraising_preference", "--as-of", "2026-11-20", "f.csv"])]
    #[case(&["screen", "--campaign", "spring.json", "--output", "screened.csv", "--restart", "recipients.csv"])]
    #[case(&["screen", "--campaign", "spring.json", "--no-log", "--data-dir", "d", "--format", "json", "-"])]
    #[case(&["decisions", "--sender", "acme", "--from", "2026-11-01", "--until", "2026-11-21T09:30:00Z"])]
    #[case(&["decisions", "--decision", "deny", "--rule", "pecr.reg22.consent", "--limit", "10"])]
    #[case(&["decisions", "--id", "019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e"])]
    #[case(&["decisions", "-", "--data-dir", "d", "--format", "json"])]
    #[case(&["replay", "--as-of", "2026-02-05", "--profile", "literal", "--campaign", "spring"])]
    #[case(&["erase", "--yes", "-"])]
    #[case(&["verify", "--data-dir", "d", "--checkpoint", "c.json", "--public-key", "k.pem", "--format", "json"])]
    #[case(&["checkpoint", "-o", "c.json", "--signing-key", "k.pem"])]
    #[case(&["erase", "--sender", "acme", "--email", "jo@example.com", "--phone", "07700 900123", "--reference", "4711"])]
    #[case(&["import", "--ledger", "--key-file", "k", "ledger.ndjson"])]
    #[case(&["backup", "/backups/today", "--with-key", "--data-dir", "d"])]
    #[case(&["restore", "/backups/today", "--data-dir", "d", "--key-file", "k"])]
    #[case(&["export", "--data-dir", "d"])]
    #[case(&["export", "ledger.ndjson"])]
    #[case(&["test", "cases/spring.yaml:12", "--verbose"])]
    #[case(&["test", "cases", "--filter", "a", "--filter", "/b/", "--as-of", "2026-02-04", "--profile", "literal"])]
    #[case(&["test", "cases", "--junit", "report.xml", "--format", "json", "--coverage", "--fail-fast"])]
    #[case(&["test", "--schema"])]
    #[case(&["openapi"])]
    #[case(&["healthcheck", "--url", "http://127.0.0.1:9090"])]
    fn what_the_manual_shows_is_understood(#[case] arguments: &[&str]) {
        Cli::try_parse_from(std::iter::once("maysend").chain(arguments.iter().copied())).unwrap();
    }

    #[rstest::rstest]
    #[case(&["check"])]
    #[case(&["read", "--as", "letter", "-"])]
    #[case(&["rules", "--as-of", "yesterday"])]
    #[case(&["serve", "--prot", "1"])]
    #[case(&["import", "tps.txt"])]
    #[case(&["import", "--register", "tps", "tps.txt"])]
    #[case(&["import", "--register", "tsp", "--as-of", "2026-11-20", "tps.txt"])]
    #[case(&["import", "--register", "tps", "--as-of", "2026-11-20", "--removed", "--partial", "tps.txt"])]
    #[case(&["import", "--suppression", "unsubscribed.csv"])]
    #[case(&["import", "--register", "tps", "--as-of", "2026-11-20", "--suppression", "--sender", "acme", "f.csv"])]
    #[case(&["erase", "--yes"])]
    #[case(&["erase", "--sender", "acme", "--yes"])]
    #[case(&["erase", "--email", "jo@example.com"])]
    #[case(&["erase", "--sender", "acme", "request.json"])]
    #[case(&["import", "--ledger", "--sender", "acme", "ledger.ndjson"])]
    #[case(&["import", "--ledger", "--register", "tps", "ledger.ndjson"])]
    #[case(&["backup"])]
    #[case(&["test", "--schema", "cases"])]
    #[case(&["screen", "recipients.csv"])]
    #[case(&["screen", "--campaign", "spring.json", "--restart", "recipients.csv"])]
    #[case(&["decisions", "--from", "yesterday"])]
    #[case(&["decisions", "--limit", "0"])]
    #[case(&["decisions", "-", "--sender", "acme"])]
    #[case(&["decisions", "--id", "order-17"])]
    #[case(&["replay", "--profile", "strict"])]
    #[case(&["evidence"])]
    #[case(&["evidence", "--sender", "acme"])]
    #[case(&["evidence", "--email", "jo@example.com"])]
    #[case(&["evidence", "--sender", "acme", "-"])]
    fn what_is_not_understood_is_refused(#[case] arguments: &[&str]) {
        assert!(Cli::try_parse_from(std::iter::once("maysend").chain(arguments.iter().copied())).is_err());
    }
}
