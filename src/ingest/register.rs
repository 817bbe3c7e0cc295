//! The file of a register: each number that is listed, or each that was taken off.
//!
//! A number is written down only when its state changes, from not listed to listed or back, so that the same file
//! again changes nothing and a number that comes back is listed anew. The state is that of the file's own day: an
//! older file that is read later says what was so then.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    Fault, NotRead, Source,
    known::{Known, Reading},
    row::{Column, Row},
};
use crate::{
    ledger::{
        accept,
        event::{Event, EventKind, Happening},
        happening::{RegisterListed, RegisterRemoved},
        identity::{ContactDetails, Identity, RecipientKey},
    },
    store::StoreError,
    terms::{recipient::DetailKind, register::Register},
};

/// A file of a register.
#[derive(Clone, Debug)]
pub struct RegisterFile {
    /// The register.
    pub register: Register,
    /// Whose requests they are: of the Fundraising Preference Service alone.
    pub sender: Option<String>,
    /// The file has the numbers that were taken off.
    pub removed: bool,
    /// The day on which the register stood so.
    pub day: Date,
    /// The zone in which days are counted: London's.
    pub zone: TimeZone,
    /// The beginning and the end of that day.
    span: (Timestamp, Timestamp),
}

impl RegisterFile {
    /// A file that shows a register, or what left it, on a day.
    ///
    /// # Errors
    /// If the day is past all that a calendar holds.
    pub fn new(
        register: Register,
        sender: Option<String>,
        removed: bool,
        day: Date,
        zone: TimeZone,
    ) -> Result<Self, jiff::Error> {
        let start = day.to_zoned(zone.clone())?.timestamp();
        let end = day.tomorrow()?.to_zoned(zone.clone())?.timestamp();
        Ok(Self { register, sender, removed, day, zone, span: (start, end) })
    }

    /// The first moment of the file's day.
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        self.span.0
    }

    const fn dates(&self) -> Column {
        if self.removed { Column::RemovedAt } else { Column::ListedAt }
    }

    /// When the register says that it happened.
    fn stated(&self, row: &Row<'_>) -> Result<Option<Timestamp>, Fault> {
        let column = self.dates();
        let Some(text) = row.get(column) else { return Ok(None) };
        let at = moment(text, &self.zone).map_err(|message| Fault::of(column.name(), message))?;
        if at >= self.span.1 {
            return Err(Fault::of(column.name(), format!("this lies after {}, the day of the register", self.day)));
        }
        Ok(Some(at))
    }

    /// The event, its id made of what it says.
    fn event(
        &self,
        details: ContactDetails,
        keys: &[RecipientKey],
        at: Timestamp,
        known_day: bool,
        id: &Identity,
    ) -> Event {
        let register = self.register;
        let happening = if self.removed {
            Happening::RegisterRemoved(RegisterRemoved { register })
        } else {
            Happening::RegisterListed(RegisterListed { register, on_or_before: (!known_day).then_some(true) })
        };
        let kind = happening.kind().as_str();
        let micros = at.as_microsecond().to_le_bytes();
        let known = [u8::from(known_day)];
        let mut parts: Vec<&[u8]> = vec![register.as_str().as_bytes(), kind.as_bytes(), &micros, &known];
        parts.extend(keys.iter().map(|key| key.0.as_slice()));
        let id = format!("{register}-{}-{}", if self.removed { "removed" } else { "listed" }, id.word(&parts));
        Event { id, occurred_at: at, sender: self.sender.clone(), recipient: details, happening }
    }

    /// What is known of a number at a moment: the last listing and the last removal up to then.
    fn state(&self, key: &RecipientKey, at: Timestamp, known: &Known<'_>) -> Result<State, StoreError> {
        let mut state = State::default();
        known.each(key, &mut |entry| {
            if entry.register() != Some(self.register) || entry.at() > at {
                return;
            }
            if entry.kind == EventKind::RegisterListed {
                state.listed = state.listed.max(Some(entry.at()));
            } else if entry.kind == EventKind::RegisterRemoved {
                state.removed = state.removed.max(Some(entry.at()));
            }
        })?;
        Ok(state)
    }
}

/// The last of each, up to a moment.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    listed: Option<Timestamp>,
    removed: Option<Timestamp>,
}

impl State {
    /// On a tie it is listed: that protects.
    fn is_listed(self) -> bool {
        self.listed.is_some() && self.listed >= self.removed
    }
}

impl Source for RegisterFile {
    fn columns(&self) -> &'static [Column] {
        use Column::{Account, Email, ListedAt, Phone, Postal, RemovedAt};
        match (self.register, self.removed) {
            (Register::Tps | Register::Ctps | Register::FaxRegister, false) => &[Phone, ListedAt],
            (Register::Tps | Register::Ctps | Register::FaxRegister, true) => &[Phone, RemovedAt],
            (Register::Mps, false) => &[Postal, ListedAt],
            (Register::Mps, true) => &[Postal, RemovedAt],
            (Register::FundraisingPreference, false) => &[Email, Phone, Postal, Account, ListedAt],
            (Register::FundraisingPreference, true) => &[Email, Phone, Postal, Account, RemovedAt],
        }
    }

    fn plain(&self) -> &'static [DetailKind] {
        match self.register {
            Register::Tps | Register::Ctps | Register::FaxRegister => &[DetailKind::Phone],
            Register::Mps => &[DetailKind::Postal],
            Register::FundraisingPreference => &[DetailKind::Email, DetailKind::Phone],
        }
    }

    fn read(&self, row: &Row<'_>, known: &Known<'_>) -> Result<Reading, NotRead> {
        let (details, keys) = row.details(self.sender.as_deref(), known.identity)?;
        let stated = self.stated(row)?;
        let start = self.start();
        let event = self.event(details, &keys, stated.unwrap_or(start), stated.is_some(), known.identity);
        if let Some(refusal) = accept::refusals(&event, known.now).into_iter().next() {
            let of_date = refusal.pointer == "/occurred_at";
            let fault = if of_date { Fault::of(self.dates().name(), refusal.message) } else { refusal.into() };
            return Err(fault.into());
        }
        let mut news = false;
        let mut contradicted = false;
        for key in &keys {
            let state = self.state(key, stated.map_or(start, |at| at.max(start)), known)?;
            news |= state.is_listed() == self.removed && known.under_way(&key.0).is_none();
            // The register says since when, and the ledger has the contrary of a later day. That it stands so on the
            // file's own day is then all that is certain.
            let contrary = if self.removed { state.listed } else { state.removed };
            contradicted |= stated.is_some() && contrary >= stated;
        }
        if !news {
            return Ok(Reading::Known);
        }
        let event = match contradicted {
            true => self.event(event.recipient, &keys, start, false, known.identity),
            false => event,
        };
        let marks = keys.iter().map(|key| (key.0, [0; 16])).collect();
        Ok(Reading::New { record: known.record(&event, keys)?, marks })
    }
}

/// A day, from its beginning, or a moment with its zone.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, &'static str> {
    let day = || text.parse::<Date>().ok().filter(|_| text.len() == 10);
    match day() {
        Some(day) => day.to_zoned(zone.clone()).map(|start| start.timestamp()).ok(),
        None => text.parse().ok(),
    }
    .ok_or("this must be a date such as `2026-03-01`, or a date and time with its zone such as `2026-03-01T09:30:00Z`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("2026-07-01", Some("2026-06-30T23:00:00Z"))]
    #[case("2026-01-01", Some("2026-01-01T00:00:00Z"))]
    #[case("2026-07-01T10:00:00+01:00", Some("2026-07-01T09:00:00Z"))]
    #[case("2026-07-01T10:00:00", None)]
    #[case("01/07/2026", None)]
    #[case("", None)]
    fn a_day_begins_in_london(#[case] text: &str, #[case] at: Option<&str>) {
        let zone = TimeZone::get("Europe/London").unwrap();
        assert_eq!(moment(text, &zone).ok().map(|at| at.to_string()).as_deref(), at);
    }
}
