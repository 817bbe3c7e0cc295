//! What is written for one person of a kind, with holes for what differs from one to the next: the ids and the times of
//! the events, the id of the decision, how far the ledger has come.

use jiff::{Timestamp, fmt::temporal::DateTimePrinter};
use uuid::Uuid;

use crate::{check::sentences::plain, facts::EventRef};

/// What stands in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hole {
    /// The caller's id of the event, in a text of JSON.
    Id(usize),
    /// The same in words, where control characters are replaced.
    PlainId(usize),
    /// When the event happened.
    At(usize),
    /// An event of a dossier: when it happened, whether it was given, and its revision.
    Stamp(usize),
    /// The id of the decision.
    DecisionId,
    /// How far the ledger has come, as callers see it.
    Revision,
    /// The same in a dossier.
    RevisionNumber,
    /// The moment of the check, in a dossier.
    Now,
    /// Where warnings can be put in that are found later.
    Warnings,
}

/// What fills the holes.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Filling<'f, 'a> {
    pub(in crate::check) events: &'f [EventRef<'a>],
    pub(in crate::check) decision_id: Uuid,
    pub(in crate::check) revision: u64,
    pub(in crate::check) now: Timestamp,
}

/// A text with holes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    text: Box<[u8]>,
    /// Each hole, and where in the text it is.
    holes: Box<[(usize, Hole)]>,
}

impl Template {
    pub(super) fn new(text: Vec<u8>, holes: Vec<(usize, Hole)>) -> Self {
        Self { text: text.into(), holes: holes.into() }
    }

    /// Bytes of memory that it takes.
    pub(super) fn size(&self) -> usize {
        self.text.len() + size_of_val(&*self.holes)
    }

    /// Writes the text, its holes filled, and tells where further warnings go.
    pub(super) fn fill(&self, filling: &Filling<'_, '_>, out: &mut Vec<u8>) -> Option<usize> {
        let (mut written, mut warnings) = (0, None);
        for (at, hole) in &self.holes {
            out.extend_from_slice(self.text.get(written..*at).unwrap_or_default());
            written = *at;
            if *hole == Hole::Warnings {
                warnings = Some(out.len());
            }
            hole.fill(filling, out);
        }
        out.extend_from_slice(self.text.get(written..).unwrap_or_default());
        warnings
    }
}

impl Hole {
    fn fill(self, filling: &Filling<'_, '_>, out: &mut Vec<u8>) {
        let event = |index: usize| filling.events.get(index);
        match self {
            Self::Id(index) => in_json(event(index).map_or("", |event| event.id), out),
            Self::PlainId(index) => in_json(&plain(event(index).map_or("", |event| event.id)), out),
            Self::At(index) => time(event(index).map_or(Timestamp::MIN, |event| event.at), out),
            Self::Stamp(index) => event(index).into_iter().for_each(|event| stamp(event, out)),
            Self::DecisionId => {
                out.extend_from_slice(filling.decision_id.as_hyphenated().encode_lower(&mut [0; 36]).as_bytes());
            }
            Self::Revision => put(crate::store::Revision(filling.revision), out),
            Self::RevisionNumber => number(filling.revision, out),
            Self::Now => moment(filling.now, out),
            Self::Warnings => {}
        }
    }
}

/// Writes a time as [`Timestamp`] shows itself.
fn time(at: Timestamp, out: &mut Vec<u8>) {
    // Into memory nothing fails to be written.
    let _ = const { DateTimePrinter::new() }.print_timestamp(&at, out);
}

fn put(shown: impl std::fmt::Display, out: &mut Vec<u8>) {
    // Into memory nothing fails to be written.
    let _ = std::io::Write::write_fmt(out, format_args!("{shown}"));
}

/// Writes a text as it stands between the quotation marks of JSON.
pub(super) fn in_json(text: &str, out: &mut Vec<u8>) {
    if text.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\') {
        return out.extend_from_slice(text.as_bytes());
    }
    let quoted = serde_json::to_string(text).unwrap_or_default();
    out.extend_from_slice(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().as_bytes());
}

/// Writes an event as a dossier has it after its kind.
pub(super) fn stamp(event: &EventRef<'_>, out: &mut Vec<u8>) {
    moment(event.at, out);
    out.push(u8::from(event.given));
    number(event.revision, out);
}

/// Writes a moment as a dossier has it: two signed numbers.
pub(super) fn moment(at: Timestamp, out: &mut Vec<u8>) {
    signed(at.as_second(), out);
    signed(at.subsec_nanosecond().into(), out);
}

/// A signed number in as few bytes as it takes, its sign in the lowest bit.
fn signed(value: i64, out: &mut Vec<u8>) {
    number(((value << 1) ^ (value >> 63)).cast_unsigned(), out);
}

/// A number in as few bytes as it takes, seven bits each.
pub(super) fn number(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
