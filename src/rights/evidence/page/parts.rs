//! The parts of the page.

use jiff::Timestamp;
use maud::{Markup, html};

use super::values;
use crate::{
    check::answer::Verdict,
    rights::{
        evidence::{
            access::AccessItem,
            bearing::Bearing,
            consent_record::{ConsentRecord, ConsentState},
            decisions::LoggedDecisions,
            integrity::{ChainEnd, Integrity},
            law::AppliedRule,
            words,
        },
        timeline::TimelineEvent,
    },
};

/// Each consent with its words and what came after it.
pub(super) fn consents(consents: &[ConsentRecord]) -> Markup {
    html! {
        @if consents.is_empty() { p { "No consent is on record." } }
        @for (index, consent) in consents.iter().enumerate() { (one_consent(index + 1, consent)) }
    }
}

fn one_consent(number: usize, consent: &ConsentRecord) -> Markup {
    let given = consent.events.first();
    let wording = consent.notice.as_ref().and_then(|notice| notice.text.as_ref());
    let version = consent.notice.as_ref().and_then(|notice| notice.version.as_ref());
    html! {
        h3 { "Consent " (number) @if let Some(given) = given { ": " (words::day(given.at)) } }
        @if let Some(wording) = wording {
            p { "The words that were agreed to" @if let Some(version) = version { " (version " (version) ")" } ":" }
            blockquote { (wording) }
        } @else {
            p { "The words that were agreed to are not on record." }
        }
        table.facts {
            caption { "As it was recorded" }
            tbody {
                @if let Some(given) = given {
                    (row("Given", &words::moment(given.at)))
                    @if let Some(how) = given.method { (row("How", &format!("The person {how}"))) }
                }
                @for (name, value) in values::fields(&consent.event, &["wording", "wording_version", "how"]) {
                    (row(&name, &value))
                }
                (row("Recorded", &format!("{}, revision {}", words::moment(consent.created), consent.revision)))
                @if !consent.not_recorded.is_empty() { (row("Not recorded", &consent.not_recorded.join("; "))) }
            }
        }
        (later(consent.events.get(1..).unwrap_or_default()))
    }
}

fn later(events: &[ConsentState]) -> Markup {
    html! {
        @if events.is_empty() {
            p { "Nothing that bears on this consent has been recorded since." }
        } @else {
            p { "What bears on it since:" }
            ul {
                @for event in events {
                    li.against {
                        (words::moment(event.at)) ": " (values::term(&event.kind))
                        @if !event.channels.is_empty() { " (" (values::channels(&event.channels)) ")" }
                        @if !event.topics.is_empty() { ", of " (words::list(&event.topics)) }
                    }
                }
            }
        }
    }
}

/// Every event.
pub(super) fn timeline(events: &[TimelineEvent]) -> Markup {
    if events.is_empty() {
        return html! { p { "No event is on record." } };
    }
    html! {
        p.note { "Times are those of London. “When” is when it happened, “Recorded” when the ledger took it in." }
        div.wide { table {
            caption { "Every event, in the order in which they happened" }
            (columns(&["When", "What", "In detail", "Found by", "Recorded"]))
            tbody { @for event in events { (one_event(event)) } }
        } }
    }
}

fn one_event(event: &TimelineEvent) -> Markup {
    let against = matches!(Bearing::of(event), Bearing::Against).then_some("against");
    let found: Vec<String> = event.matched_by.iter().map(|kind| values::plain(kind.as_str())).collect();
    let fields = values::fields(&event.event, &["wording"]).into_iter().map(|(name, value)| format!("{name}: {value}"));
    let quoted = event.event.contains_key("wording").then(|| "Wording: quoted under “Consents”".to_owned());
    let details: Vec<String> = fields.chain(quoted).collect();
    html! {
        tr {
            (when(event.occurred_at, None))
            th scope="row" class=[against] { (words::sentence_case(&values::plain(event.kind.as_str()))) }
            td { (details.join("; ")) }
            td { (found.join(", ")) }
            (when(event.recorded_at, Some(&event.revision.to_string())))
        }
    }
}

/// A moment in a table, with the revision of what was recorded then.
fn when(at: Timestamp, revision: Option<&str>) -> Markup {
    html! {
        td.when {
            (words::day(at)) br; (words::time(at))
            @if let Some(revision) = revision { br; code { (revision) } }
        }
    }
}

/// Every decision.
pub(super) fn decisions(decisions: &LoggedDecisions) -> Markup {
    let LoggedDecisions { allowed, denied, cut, listed } = decisions;
    if listed.is_empty() {
        return html! { p { "No decision about the person is in the log." } };
    }
    html! {
        p { (allowed) " allow, " (denied) " deny." @if *cut { " Only the newest " (listed.len()) " are listed." } }
        div.wide { table {
            caption { "Every decision, the newest first" }
            (columns(&["When", "Decision", "By these rules", "Mailing", "Id"]))
            tbody { @for decision in listed {
                tr {
                    (when(decision.at, None))
                    @match decision.decision {
                        Verdict::Allow => { th scope="row" { "Allow" } },
                        Verdict::Deny => { th scope="row" class="deny" { "Deny" } },
                    }
                    td { @for rule in &decision.rules { div { a href={ "#" (rule) } { code { (rule) } } } } }
                    td { @if let Some(campaign) = &decision.campaign { (campaign) } @else { "–" } }
                    td { code { (decision.decision_id) } }
                }
            } }
        } }
    }
}

/// The rules that the decisions name.
pub(super) fn law(law: &[AppliedRule]) -> Markup {
    html! {
        p {
            "Consent must be demonstrable ("
            a href="https://www.legislation.gov.uk/eur/2016/679/article/7" { "UK GDPR Art 7(1)" }
            "), and marketing stops when the person objects ("
            a href="https://www.legislation.gov.uk/eur/2016/679/article/21" { "UK GDPR Art 21(2)–(3)" } ")."
        }
        @if law.is_empty() { p { "No decision is listed, so no rule was applied." } }
        @for (index, applied) in law.iter().enumerate() {
            // Versions of one rule share its id: the first of them is where the links lead.
            @let first = law.iter().position(|it| it.rule == applied.rule) == Some(index);
            h3 id=[first.then_some(&applied.rule)] {
                @if let Some(text) = &applied.text { (text.citation.instrument) " " (text.citation.provision) ": " }
                code { (applied.rule) }
            }
            (one_rule(applied))
        }
    }
}

fn one_rule(applied: &AppliedRule) -> Markup {
    html! {
        @if let Some(text) = &applied.text {
            p { (text.statement) }
            p {
                @if text.citation.url.starts_with("https://") {
                    a href=(text.citation.url) { (text.citation.instrument) " " (text.citation.provision) }
                } @else {
                    (text.citation.instrument) " " (text.citation.provision)
                }
                " (" (values::plain(text.level)) "), in force from " (words::date(applied.from))
                @if let Some(until) = applied.until { " until the day before " (words::date(until)) }
                "; named by " (words::count(applied.decisions, "decision", "decisions")) "."
            }
        } @else {
            p { "In force from " (words::date(applied.from)) "; this program’s rulebook does not have this version any more." }
        }
    }
}

/// What a person who asks for access is to be told.
pub(super) fn access(items: &[AccessItem]) -> Markup {
    html! {
        p {
            "A person may have a copy of the data, and is to be told more ("
            a href="https://www.legislation.gov.uk/eur/2016/679/article/15" { "UK GDPR Art 15" }
            "). This page is the copy of what this ledger holds; the rest the sender must add."
        }
        div.wide { table {
            caption { "What is to be told" }
            (columns(&["Provision", "What", "On record here", "The sender must add"]))
            tbody { @for item in items {
                tr {
                    td { (item.provision) }
                    th scope="row" { (words::sentence_case(item.asks_for)) }
                    td { @if item.on_record.is_empty() { "–" } @for sentence in &item.on_record { div { (sentence) } } }
                    td { (item.to_add) }
                }
            } }
        } }
    }
}

/// What proves that nothing was changed, and how it is verified.
pub(super) fn integrity(integrity: &Integrity) -> Markup {
    let Integrity { journal, log, records, checkpoint, verify } = integrity;
    html! {
        p {
            "The journal and the decision log are chains: each hash covers the record and the hash before it, so that "
            "nothing can be changed, left out or put in without changing every later hash."
        }
        table.facts {
            caption { "The ends of both chains when this page was made" }
            tbody {
                tr { th scope="row" { "Journal" } td { (end("revision", journal)) } }
                tr { th scope="row" { "Decision log" } td { (end("decisions logged:", log)) } }
            }
        }
        @if !records.is_empty() {
            div.wide { table {
                caption { "The record of each event above" }
                (columns(&["Revision", "Hash of its payload", "Hash of the journal up to it"]))
                tbody { @for record in records {
                    tr {
                        th scope="row" { code { (record.revision) } }
                        td.hash { (record.payload) }
                        td.hash { (record.chain) }
                    }
                } }
            } }
        }
        @if let Some(checkpoint) = checkpoint {
            h3 { "Signed statement" }
            p { "Signed with Ed25519, over the text as it stands here." }
            pre { (checkpoint.text) }
            p { "Signature and public key:" }
            pre { (checkpoint.signature) "\n" (checkpoint.public_key) }
        }
        h3 { "How to verify" }
        ul { @for step in verify { li { code { (step.command) } ": " (step.shows) } } }
    }
}

fn end(what: &str, end: &ChainEnd) -> Markup {
    html! {
        (what) " " code { (end.place) }
        @if let Some(chain) = &end.chain { br; span.hash { (chain) } }
    }
}

/// The heads of a table's columns.
fn columns(names: &[&str]) -> Markup {
    html! { thead { tr { @for name in names { th scope="col" { (name) } } } } }
}

/// One row of facts.
pub(super) fn row(name: &str, value: &str) -> Markup {
    html! { tr { th scope="row" { (name) } td { (value) } } }
}
