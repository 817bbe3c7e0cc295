//! The bundle as one page to read and to print: no script, no other file, no other host. Every text of a caller's is
//! escaped by the template.

mod parts;
mod values;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::parts::row;
use super::{Evidence, EvidenceHead, words};

/// Style for the screen and for paper.
const STYLE: &str = include_str!("page.css");

/// What the page may do, wherever it is opened: show itself, in its own style. Were anything ever not escaped, it could
/// still neither run nor load.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page.
#[must_use]
pub fn page(evidence: &Evidence) -> String {
    let Evidence { about, summary, consents, events, decisions, law, access, integrity } = evidence;
    let title = format!("Evidence on one person and {}", about.profile.legal_name);
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p.lead { "Consent, objections and decisions on direct marketing under UK law, as they are recorded." }
                }
                main {
                    (section("summary", "Summary", in_short(summary, about)))
                    (section("consents", "Consents", parts::consents(consents)))
                    (section("timeline", "Timeline", parts::timeline(events)))
                    (section("decisions", "Decisions", parts::decisions(decisions)))
                    (section("law", "The law applied", parts::law(law)))
                    (section("access", "If the person asks for access", parts::access(access)))
                    (section("integrity", "Integrity", parts::integrity(integrity)))
                }
                footer {
                    p {
                        "Made by " (about.program) " on " (words::moment(about.made_at)) ". This page states what is "
                        "recorded; it is no legal advice. Its data, with each consent as a record in the shape of "
                        "ISO/IEC TS 27560:2023, come from the same command or request as JSON."
                    }
                }
            }
        }
    };
    page.into_string()
}

fn section(id: &str, title: &str, content: Markup) -> Markup {
    let heading = format!("{id}-heading");
    html! { section id=(id) aria-labelledby=(heading) { h2 id=(heading) { (title) } (content) } }
}

/// The sentences, then who is spoken of, and how far the page reaches.
fn in_short(summary: &[String], about: &EvidenceHead) -> Markup {
    let EvidenceHead { profile, sender, .. } = about;
    let searched: Vec<&str> = about.searched_by.iter().map(|kind| words::detail(*kind)).collect();
    let nobody = format!("searched by {}; the details themselves are not in this page", words::list(&searched));
    html! {
        @for sentence in summary { p { (sentence) } }
        table.facts {
            caption { "What this page rests on" }
            tbody {
                (row("Sender", &format!("{} ({}, {sender})", profile.legal_name, values::plain(profile.kind.as_str()))))
                @if let Some(address) = &profile.contact_address { (row("Its address", address)) }
                @if let Some(person) = &about.person {
                    @for (kind, detail) in person.iter() {
                        (row(&format!("The person’s {}", values::plain(kind.as_str())), detail.expose()))
                    }
                } @else {
                    (row("The person", &nobody))
                }
                @if let Some(as_of) = about.as_of { (row("Happened by", &words::moment(as_of))) }
                @if let Some(known_at) = about.known_at { (row("Recorded by", &words::moment(known_at))) }
                (row("Ledger", &format!("revision {}", about.revision)))
                (row("Rulebook", about.rulebook))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_asks_no_other_host_and_numbers_the_pages() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains("http"));
        assert!(STYLE.contains("counter(page)") && STYLE.contains("size: A4"));
        assert!(!STYLE.contains('<'), "it could end the style element");
    }
}
