//! What the message itself shows the rules: it is read once, before anything else is asked of it.

use super::{
    answer::WordingSpan,
    request::{MessageFacts, SendRequest},
};
use crate::{
    facts::{self, Extent, Place, Shows},
    ledger::sender::Sender,
    message::{self, Reading, UnreadReason},
    terms::{
        refusal::OptOut,
        wording::{FindingKind, Strength},
    },
};

/// Reads the message, if any of it was given.
pub(super) fn read(request: &SendRequest) -> Option<Reading> {
    let said = &request.message;
    let given = message::Content {
        subject: said.subject.as_deref(),
        text: said.text.as_deref(),
        html: said.html.as_deref(),
        headers: (!said.headers.is_empty()).then_some(&said.headers),
        raw: said.raw.as_ref().map(|raw| raw.0.as_slice()),
    };
    (!given.is_empty()).then(|| message::read(&given))
}

/// The words that the rules may look at: of each kind the strongest that are a cue, and what resembles marketing most.
pub(super) fn words(reading: &Reading) -> Vec<facts::Wording<'_>> {
    let is_cue = |finding: &&message::Finding| finding.strength != Strength::Review;
    let cues = FindingKind::ALL.iter().filter_map(|kind| {
        let of_kind = reading.findings.iter().filter(|finding| finding.kind == *kind);
        of_kind.filter(is_cue).min_by_key(|finding| finding.strength)
    });
    let review = reading.findings.iter().find(|finding| !is_cue(finding));
    cues.chain(review).map(|finding| wording(reading, finding)).collect()
}

fn wording<'r>(reading: &'r Reading, finding: &message::Finding) -> facts::Wording<'r> {
    let WordingSpan { field, part, start, end } = WordingSpan::of(reading, finding.span);
    facts::Wording {
        kind: finding.kind,
        family: finding.family,
        strength: finding.strength,
        words: reading.words(finding.span),
        place: Place { part: field, fact: fact_of(part, field), of_raw: part, start, end },
    }
}

/// The fact of the request that holds a part of the message.
pub(super) fn fact_of(of_raw: Option<u32>, part: &str) -> &'static str {
    match (of_raw, part) {
        (Some(_), _) => "message.raw",
        (None, "subject") => "message.subject",
        (None, "html") => "message.html",
        (None, _) => "message.text",
    }
}

/// What was found, as the rules may look at it. `answerable` is the party on whose behalf the message is sent.
pub(super) fn content<'r>(
    reading: Option<&'r Reading>,
    words: &'r [facts::Wording<'r>],
    said: &MessageFacts,
    answerable: &Sender,
) -> facts::Content<'r> {
    let Some(reading) = reading else { return facts::Content::default() };
    let mut content = facts::Content { extent: extent(reading, said), ..facts::Content::default() }.with_words(words);
    let found = &reading.found;
    content.opt_out = found.opt_out.or(found.list_unsubscribe.then_some(OptOut::Link));
    let names = names(answerable);
    // A name of which the legal form is left out is a name to a reader, and too little to rest a fact on.
    let is_named = reading.names(&names);
    if said.raw.is_some() {
        let is_hinted_at = || reading.names(&names.iter().map(|name| without_legal_form(name)).collect::<Vec<_>>());
        let named = is_named || is_hinted_at();
        content.names_sender = (named || content.extent == Extent::Whole).then_some(named);
    }
    content.shows = Shows {
        opt_out: said.opt_out.is_none() && content.opt_out.is_some(),
        identifies_sender: said.identifies_sender.is_none() && is_named,
        // Whoever says that there is no way to refuse has said that an address to answer to is none.
        reply_address: said.reply_address.is_none() && said.opt_out != Some(OptOut::None) && found.reply_address,
    };
    content
}

/// How much of the message was read. Attachments are no part of its body. A text that says "unsubscribe" and leads nowhere
/// is what is left of HTML whose links were dropped: it is not the whole message.
fn extent(reading: &Reading, said: &MessageFacts) -> Extent {
    let in_markup = said.html.is_some() || said.raw.is_some();
    let lost_its_links = !in_markup && reading.found.opt_out.is_none() && reading.speaks_of_refusing();
    let has_body = (said.text.is_some() || in_markup) && !lost_its_links;
    let in_full = reading.unread.iter().all(|unread| unread.reason == UnreadReason::Attachment);
    if has_body && in_full { Extent::Whole } else { Extent::Part }
}

/// The names by which a reader knows the party: an id of a profile is none.
fn names(sender: &Sender) -> Vec<&str> {
    sender.names(None).collect()
}

fn without_legal_form(name: &str) -> &str {
    const FORMS: [&str; 6] = ["limited", "ltd", "plc", "llp", "cic", "cio"];
    let name = name.trim().trim_end_matches('.');
    let (before, last) = name.rsplit_once(' ').unwrap_or(("", name));
    if FORMS.iter().any(|form| last.eq_ignore_ascii_case(form)) && !before.is_empty() { before } else { name }
}

#[cfg(test)]
mod tests;
