//! `maysend decisions`: the decision log, to read, without a service or beside one.

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};
use uuid::Uuid;

use super::{
    Failure,
    output::{self, Format},
    place::Place,
};
use crate::{
    check::{
        answer::Verdict,
        dossier::Unreadable,
        logged::{self, CampaignRecord, DecisionRecord, DecisionSummary, LogEntry},
        request::AsOf,
        sentences::plain,
    },
    decisions::DecisionLog,
    http::{
        decisions_body::{DecisionPage, DecisionSearch, usual},
        strict,
    },
    ledger::{event::Text, identity::ContactDetails, sender::SenderId},
    store::{Store as _, key_file, lmdb},
};

/// Show the decisions that a service made.
///
/// Every decision is in the log of the data directory, with what it rested on and without the message and the contact
/// details. The log is read also while a service writes it; nothing is written.
///
/// A person is named by a flag or, so that the address stands in no list of processes, by the body of
/// `POST /decisions/search` on standard input.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend decisions --data-dir maysend-data --sender acme --from 2026-11-01 --decision deny
  maysend decisions --id 019a5b6e-7b1f-7c3a-9d0e-2f4b6a8c0d1e
  echo '{\"recipient\": {\"email\": \"jo@example.com\"}}' | maysend decisions -")]
pub(super) struct Decisions {
    /// The search as JSON, as `POST /decisions/search` takes it; `-` for standard input
    #[arg(value_name = "FILE", conflicts_with_all = SEARCH)]
    file: Option<PathBuf>,
    /// One decision in full, or one campaign, by its id
    #[arg(long, value_name = "ID", conflicts_with_all = SEARCH, conflicts_with = "file")]
    id: Option<Uuid>,
    /// Of this sender
    #[arg(long, value_name = "ID", help_heading = "Search")]
    sender: Option<String>,
    /// Of this mailing
    #[arg(long, value_name = "NAME", help_heading = "Search")]
    campaign: Option<String>,
    /// Of the batch whose campaign has this id
    #[arg(long, value_name = "ID", help_heading = "Search")]
    parent: Option<Uuid>,
    /// Made on this day, in London, or at this moment, or later
    #[arg(long, value_name = "DAY|TIME", value_parser = day_or_moment, help_heading = "Search")]
    from: Option<AsOf>,
    /// Made before the end of this day, in London, or before this moment
    #[arg(long, value_name = "DAY|TIME", value_parser = day_or_moment, help_heading = "Search")]
    until: Option<AsOf>,
    /// Allows, or denies
    #[arg(long, help_heading = "Search")]
    decision: Option<Which>,
    /// With this rule among the reasons
    #[arg(long, value_name = "RULE", help_heading = "Search")]
    rule: Option<String>,
    /// About the person with this email address
    #[arg(long, value_name = "ADDRESS", help_heading = "Search")]
    email: Option<String>,
    /// About the person with this telephone number
    #[arg(long, value_name = "NUMBER", help_heading = "Search")]
    phone: Option<String>,
    /// At most so many [default: 50]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000), help_heading = "Search")]
    limit: Option<u16>,
    /// Where to read on, as an earlier answer gave it
    #[arg(long, value_name = "CURSOR", help_heading = "Search")]
    cursor: Option<String>,
    /// How to write it [default: text on a terminal, json into a pipe]
    #[arg(long)]
    format: Option<Format>,
    #[command(flatten)]
    place: Place,
}

const SEARCH: [&str; 11] =
    ["sender", "campaign", "parent", "from", "until", "decision", "rule", "email", "phone", "limit", "cursor"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The message might be sent.
    Allow,
    /// The message was not to be sent.
    Deny,
}

impl Decisions {
    pub(super) fn run(mut self) -> Result<ExitCode, Failure> {
        let config = self.place.config()?.store;
        let identity = key_file::load(&config)?;
        let store = lmdb::open_read_only(&config, &identity)?;
        let view = store.view()?;
        let log = DecisionLog::open_read_only(&config.data_dir)?;
        let format = Format::or_by_terminal(self.format);
        if let Some(id) = self.id {
            let refused = |error: Unreadable| Failure::Refused(error.into());
            let entry = if let Some(kept) = log.get(&id)? {
                let decision = DecisionRecord::of(&kept, &|event| logged::id_in_ledger(view.as_ref(), event));
                LogEntry::Decision(Box::new(decision.map_err(refused)?))
            } else {
                let (kept, belonging) = log.campaign(&id)?.ok_or(Failure::NoDecision(id))?;
                LogEntry::Campaign(CampaignRecord::of(&kept, belonging).map_err(refused)?)
            };
            match format {
                Format::Json => output::print_json(&entry)?,
                Format::Text => output::print(&entry.tell())?,
            }
            return Ok(ExitCode::SUCCESS);
        }
        let query = self.search()?.query(view.as_ref(), &identity).map_err(Failure::Refused)?;
        let page = DecisionPage::of(&log.search(&query)?);
        match format {
            Format::Json => output::print_json(&page)?,
            Format::Text => output::print(&list(&page))?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What is asked for: the body that was given, or the flags.
    fn search(&mut self) -> Result<DecisionSearch, Failure> {
        if let Some(file) = &self.file {
            let body = output::read(file).map_err(|error| Failure::Read(file.clone(), error))?;
            return strict::decision_search(&body).map_err(Failure::Refused);
        }
        let detail = |text: &Option<String>| text.as_deref().map(Into::into);
        let recipient =
            ContactDetails { email: detail(&self.email), phone: detail(&self.phone), ..ContactDetails::default() };
        Ok(DecisionSearch {
            recipient: (!recipient.is_empty()).then_some(recipient),
            sender: self.sender.take().map(SenderId),
            campaign: self.campaign.take().map(Text),
            parent: self.parent,
            from: self.from,
            until: self.until,
            decision: self.decision.map(|which| match which {
                Which::Allow => Verdict::Allow,
                Which::Deny => Verdict::Deny,
            }),
            rule: self.rule.take(),
            limit: self.limit.unwrap_or(usual()),
            cursor: self.cursor.take(),
        })
    }
}

/// A day or a moment, as a flag gives it.
pub(super) fn day_or_moment(text: &str) -> Result<AsOf, String> {
    text.parse().map_err(|_| "give a day as 2026-11-21, or a moment as 2026-11-21T09:30:00Z".to_owned())
}

fn list(page: &DecisionPage) -> String {
    let mut text = String::new();
    for decision in page.decisions() {
        // Writing to a string cannot fail.
        let _ = line(&mut text, decision);
    }
    if page.decisions().is_empty() {
        text.push_str("No decision of the log meets these conditions.\n");
    }
    if let Some(next) = page.next() {
        text.push_str(&format!("\nThere are more: `--cursor {next}` reads on.\n"));
    }
    text
}

fn line(text: &mut String, decision: &DecisionSummary) -> std::fmt::Result {
    let verdict = match decision.decision {
        Verdict::Allow => "allow",
        Verdict::Deny => "deny",
    };
    let sender = decision.sender.as_deref().unwrap_or("(not registered)");
    let channel = decision.channel.map_or("", |channel| channel.as_str());
    let purpose = decision.purpose.map_or("", |purpose| purpose.as_str());
    let campaign = decision.campaign.as_deref().map_or_else(String::new, |name| format!(", {}", plain(name)));
    let DecisionSummary { decision_id, at, rules, .. } = decision;
    writeln!(text, "{at}  {verdict:<5}  {decision_id}  {sender}, {channel}, {purpose}{campaign}")?;
    writeln!(text, "    {}", rules.join(", "))
}
