//! Cutting the holes of a template where the stand-ins were written.

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    stand_in::{MARK, revision},
    template::{Hole, Template, in_json, moment, number, stamp},
};
use crate::{
    check::{answer::Warning, dossier},
    facts::EventRef,
    store::Revision,
};

/// What stands for the id of a decision.
pub(super) const ANY_ID: Uuid = Uuid::max();

/// What stands for how far the ledger has come.
pub(super) const ANY_REVISION: Revision = Revision(u64::MAX);

/// What stands where warnings can be put in.
pub(super) fn any_warning() -> Warning {
    Warning::plain(MARK, String::new())
}

/// The template of an answer as JSON. None: a stand-in stands where it was not expected.
pub(super) fn answer(json: &str, events: &[EventRef<'_>]) -> Option<Template> {
    let id = ANY_ID.as_hyphenated().to_string();
    let revision = ANY_REVISION.to_string();
    let warning = serde_json::to_string(&any_warning()).ok()?;
    let (mut text, mut holes): (Vec<u8>, Vec<(usize, Hole)>) = (Vec::with_capacity(json.len()), Vec::new());
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix(&id) {
            holes.push((text.len(), Hole::DecisionId));
            rest = after;
        } else if let Some(after) = rest.strip_prefix(&revision) {
            holes.push((text.len(), Hole::Revision));
            rest = after;
        } else if let Some(after) = rest.strip_prefix(&warning) {
            text.pop_if(|last| *last == b',');
            holes.push((text.len(), Hole::Warnings));
            rest = after;
        } else if let Some(after) = rest.strip_prefix(MARK) {
            let (number, after) = after.split_at_checked(2)?;
            let number: usize = number.parse().ok()?;
            rest = event(number, events.get(number)?, after, &mut text, &mut holes)?;
        } else {
            let (character, after) = rest.split_at_checked(first.len_utf8())?;
            text.extend_from_slice(character.as_bytes());
            rest = after;
        }
    }
    Some(Template::new(text, holes))
}

/// An event of an answer: its id, and its time after it.
fn event<'t>(
    number: usize,
    event: &EventRef<'_>,
    after: &'t str,
    text: &mut Vec<u8>,
    holes: &mut Vec<(usize, Hole)>,
) -> Option<&'t str> {
    let mut of_kind = br#"","type":""#.to_vec();
    in_json(event.kind, &mut of_kind);
    of_kind.extend_from_slice(br#"","occurred_at":""#);
    let in_words = b"` of ";
    let (hole, between) = if after.as_bytes().starts_with(&of_kind) {
        (Hole::Id(number), of_kind.as_slice())
    } else if after.as_bytes().starts_with(in_words) {
        (Hole::PlainId(number), in_words.as_slice())
    } else {
        return None;
    };
    holes.push((text.len(), hole));
    text.extend_from_slice(between);
    holes.push((text.len(), Hole::At(number)));
    after.get(between.len()..)?.strip_prefix(&event.at.to_string())
}

/// The template of a dossier without its end, where the request stands. None: a stand-in stands where it was not expected.
pub(super) fn dossier(bytes: &[u8], now: Timestamp, events: &[EventRef<'_>]) -> Option<Template> {
    let mut at_first = Vec::new();
    moment(now, &mut at_first);
    let (mut text, mut holes): (Vec<u8>, Vec<(usize, Hole)>) = (Vec::with_capacity(bytes.len()), Vec::new());
    let (before, mut rest) = bytes.split_at_checked(dossier::MOMENT_AT)?;
    text.extend_from_slice(before);
    holes.push((text.len(), Hole::Now));
    rest = rest.strip_prefix(at_first.as_slice())?;
    let mut ledger = Vec::new();
    number(ANY_REVISION.0, &mut ledger);
    let stamps: Vec<(usize, Vec<u8>)> = (0..).zip(events).map(|(at, event)| (at, stand_in(at, event))).collect();
    while let Some((first, others)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(ledger.as_slice()) {
            holes.push((text.len(), Hole::RevisionNumber));
            rest = after;
        } else if let Some((at, stamp)) = stamps.iter().find(|(_, stamp)| rest.starts_with(stamp)) {
            holes.push((text.len(), Hole::Stamp(*at)));
            rest = rest.get(stamp.len()..)?;
        } else {
            text.push(*first);
            rest = others;
        }
    }
    Some(Template::new(text, holes))
}

/// How a stand-in stands in a dossier.
fn stand_in(at: usize, event: &EventRef<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    stamp(&EventRef { revision: revision(at), ..*event }, &mut bytes);
    bytes
}
