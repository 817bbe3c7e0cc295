//! The whole in sentences: who, which consents, what was said against marketing, what was decided, how it is proved.

use super::{
    EvidenceHead,
    bearing::{self, Bearing},
    consent_record::ConsentRecord,
    decisions::LoggedDecisions,
    integrity::Integrity,
    words,
};
use crate::{check::answer::Verdict, rights::timeline::TimelineEvent, terms::channel::Channel};

/// Most events of one kind that a sentence lists.
const MOST_LISTED: usize = 10;

/// The whole in sentences.
pub(super) fn sentences(
    about: &EvidenceHead,
    consents: &[ConsentRecord],
    events: &[TimelineEvent],
    decisions: &LoggedDecisions,
    integrity: &Integrity,
) -> Vec<String> {
    let mut told = vec![who(about)];
    told.extend(about.as_of.map(|as_of| format!("What happened after {} is left out.", words::moment(as_of))));
    told.extend(about.known_at.map(|at| format!("What was recorded after {} is left out.", words::moment(at))));
    if events.is_empty() && decisions.listed.is_empty() {
        told.push("Nothing is held on a person with these contact details.".to_owned());
        return told;
    }
    told.push(consented(consents));
    told.push(against(events));
    told.extend(registers(events));
    told.push(decided(decisions));
    told.push(proved(integrity));
    told
}

fn who(about: &EvidenceHead) -> String {
    let by: Vec<&str> = about.searched_by.iter().map(|kind| words::detail(*kind)).collect();
    format!(
        "On {}, the ledger and the decision log held this on one person and {} (sender “{}”). The person was searched by \
         {}.",
        words::moment(about.made_at),
        about.profile.legal_name,
        about.sender,
        words::list(&by)
    )
}

fn consented(consents: &[ConsentRecord]) -> String {
    if consents.is_empty() {
        return "No consent is on record.".to_owned();
    }
    let each = consents.iter().filter_map(|consent| consent.events.first());
    let each: Vec<String> = each.map(|given| format!("{}{}", words::day(given.at), on(&given.channels))).collect();
    let number = words::sentence_case(&words::count(consents.len(), "consent is", "consents are"));
    format!("{number} on record: {}.", some_of(&each))
}

fn against(events: &[TimelineEvent]) -> String {
    let said = events.iter().filter(|event| Bearing::of(event) == Bearing::Against);
    let each: Vec<String> = said.map(in_short).collect();
    match each.as_slice() {
        [] => "Nothing that the person has said against marketing is on record.".to_owned(),
        each => format!("Against marketing stands on record: {}.", some_of(each)),
    }
}

fn registers(events: &[TimelineEvent]) -> Option<String> {
    let told = events.iter().filter(|event| Bearing::of(event) == Bearing::Register);
    let each: Vec<String> = told.map(in_short).collect();
    (!each.is_empty()).then(|| format!("Of the public registers is on record: {}.", some_of(&each)))
}

/// "objection raised on 5 January 2026 (email)"
fn in_short(event: &TimelineEvent) -> String {
    let register = event.event.get("register").and_then(serde_json::Value::as_str);
    let register = register.map_or_else(String::new, |name| format!(" ({})", words::plain(name)));
    let kind = words::plain(event.kind.as_str());
    format!("{kind} on {}{register}{}", words::day(event.occurred_at), on(&bearing::channels_of(event)))
}

fn on(channels: &[Channel]) -> String {
    let names: Vec<String> = channels.iter().map(|channel| words::plain(channel.as_str())).collect();
    if names.is_empty() { String::new() } else { format!(" ({})", words::list(&names)) }
}

fn some_of(each: &[String]) -> String {
    match each.split_at_checked(MOST_LISTED) {
        Some((first, rest @ [_, ..])) => format!("{}; and {} more", first.join("; "), rest.len()),
        Some(_) | None => each.join("; "),
    }
}

fn decided(decisions: &LoggedDecisions) -> String {
    let LoggedDecisions { allowed, denied, cut, listed } = decisions;
    let Some(last) = listed.first() else { return "No decision about the person is in the log.".to_owned() };
    let number = words::sentence_case(&words::count(listed.len(), "decision is", "decisions are"));
    let verdict = match last.decision {
        Verdict::Allow => "allow",
        Verdict::Deny => "deny",
    };
    let more = if *cut { " There are earlier ones, which are not listed." } else { "" };
    format!(
        "{number} in the log: {allowed} allow and {denied} deny; the last, of {}, is {verdict}.{more}",
        words::day(last.at)
    )
}

fn proved(integrity: &Integrity) -> String {
    let number = words::count(integrity.records.len(), "record", "records");
    let checkpoint = if integrity.checkpoint.is_some() {
        "A signed statement of both ends is attached."
    } else {
        "No signed statement of the ends is attached."
    };
    format!(
        "The checksum of each record was found right when it was read ({number}). The journal ends at {}, the log after \
         decision {}. {checkpoint} Whether both chains hold as a whole is for the command “maysend verify” to show.",
        integrity.journal.place, integrity.log.place
    )
}
