//! A sender's own list of those who objected.
//!
//! A line without a day speaks of the day of the list. It is written down unless the person's histories have that
//! very objection already and no consent or request since: whoever consented after an earlier list and is on this one
//! has objected again.

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};

use super::{
    Fault, NotRead, Source,
    known::{Known, Reading},
    register::moment,
    row::{Column, Row},
};
use crate::{
    ledger::{
        accept,
        entry::Entry,
        event::{Event, EventKind, Happening, Text},
        happening::ObjectionRaised,
        identity::{ContactDetails, Identity, RecipientKey},
        record::Record,
    },
    spelling::nearest,
    store::StoreError,
    terms::{
        channel::{Channel, ChannelSet},
        objection::OnBehalfOf,
        recipient::DetailKind,
    },
};

/// What stands between the channels or the topics of one line.
const SEPARATOR: char = ';';

/// A list of those who objected to one sender.
#[derive(Clone, Debug)]
pub struct SuppressionList {
    /// The sender.
    pub sender: String,
    /// When they had objected by, where a line does not say.
    pub as_of: Timestamp,
    /// The zone in which days are counted: London's.
    pub zone: TimeZone,
}

/// What a line says, beside whom it is about.
#[derive(Clone, Debug)]
pub struct Line {
    objection: ObjectionRaised,
    stated: Option<Timestamp>,
    id: String,
    /// The id is the caller's, not made of what the line says.
    own_id: bool,
}

impl SuppressionList {
    fn line(&self, row: &Row<'_>, keys: &[RecipientKey], identity: &Identity) -> Result<Line, Fault> {
        let channels = row.get(Column::Channels).map(channels).transpose()?.unwrap_or_default();
        let topics = row.get(Column::Topics).map(|topics| parts(topics).map(|topic| Text(topic.to_owned())).collect());
        let stated = row.get(Column::OccurredAt).map(|text| moment(text, &self.zone)).transpose();
        let stated = stated.map_err(|message| Fault::of(Column::OccurredAt.name(), message))?;
        let topics = topics.unwrap_or_default();
        let objection = ObjectionRaised { channels, topics, on_behalf_of: OnBehalfOf::Person };
        let own = row.get(Column::Id).map(str::to_owned);
        let own_id = own.is_some();
        let id = own.unwrap_or_else(|| self.id(&objection, stated, keys, identity));
        Ok(Line { objection, stated, id, own_id })
    }

    /// An id made of what a line says.
    fn id(
        &self,
        objection: &ObjectionRaised,
        stated: Option<Timestamp>,
        keys: &[RecipientKey],
        identity: &Identity,
    ) -> String {
        let at = stated.unwrap_or(self.as_of).as_microsecond().to_le_bytes();
        let channels = objection.channels.iter().copied().collect::<ChannelSet>().0.to_le_bytes();
        let topics: BTreeSet<u64> = objection.topics.iter().map(|topic| identity.text(&topic.0)).collect();
        let topics: Vec<u8> = topics.into_iter().flat_map(u64::to_le_bytes).collect();
        let parts = [
            [at.as_slice(), &channels, &topics].as_slice(),
            &keys.iter().map(|key| key.0.as_slice()).collect::<Vec<_>>(),
        ]
        .concat();
        let first = keys.first().copied().unwrap_or(RecipientKey([0; 16]));
        format!("list-{}", identity.word(&first, &parts))
    }

    /// The event of a line. A record needs the keys alone, not the contact details.
    fn event(&self, line: &Line, recipient: ContactDetails) -> Event {
        Event {
            id: line.id.clone(),
            occurred_at: line.stated.unwrap_or(self.as_of),
            sender: Some(self.sender.clone()),
            recipient,
            happening: Happening::ObjectionRaised(line.objection.clone()),
        }
    }

    /// Whether every history has this very objection, and nothing since by which the person came back.
    fn stands(&self, event: &Event, keys: &[RecipientKey], known: &Known<'_>) -> Result<bool, StoreError> {
        let Happening::ObjectionRaised(objection) = &event.happening else { return Ok(false) };
        let channels: ChannelSet = objection.channels.iter().copied().collect();
        let topics: BTreeSet<u64> = objection.topics.iter().map(|topic| known.identity.text(&topic.0)).collect();
        let same = |entry: &Entry<'_>| {
            let held: BTreeSet<u64> = entry.topics.iter().map(|topic| topic.get()).collect();
            entry.kind == EventKind::ObjectionRaised && entry.channels() == channels && held == topics
        };
        for key in keys {
            let (mut objected, mut came_back) = (None, None);
            known.each(key, &mut |entry| {
                if entry.at() > event.occurred_at {
                    return;
                }
                if same(entry) {
                    objected = objected.max(Some(entry.at()));
                } else if matches!(entry.kind, EventKind::ConsentGiven | EventKind::RequestMade) {
                    came_back = came_back.max(Some(entry.at()));
                }
            })?;
            if objected.is_none() || came_back > objected {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Source for SuppressionList {
    type Said = Line;

    fn columns(&self) -> &'static [Column] {
        use Column::{Account, Channels, Email, Id, OccurredAt, Phone, Postal, Topics};
        &[Email, Phone, Postal, Account, Channels, Topics, OccurredAt, Id]
    }

    fn plain(&self) -> &'static [DetailKind] {
        &[DetailKind::Email, DetailKind::Phone]
    }

    fn read(&self, row: &Row<'_>, identity: &Identity, now: Timestamp) -> Result<(Vec<RecipientKey>, Line), Fault> {
        let (recipient, mut keys) = row.details(Some(&self.sender), identity)?;
        keys.sort_unstable();
        let line = self.line(row, &keys, identity)?;
        let refusal = accept::refusals(&self.event(&line, recipient), now).into_iter().next();
        refusal.map_or(Ok((keys, line)), |refusal| Err(refusal.into()))
    }

    /// Of two lines with one id of the caller's, the first in the file counts.
    fn order<'k>(&self, keys: &'k [RecipientKey], line: &Line) -> Option<&'k RecipientKey> {
        keys.first().filter(|_| !line.own_id)
    }

    fn judge(&self, keys: &[RecipientKey], line: &Line, known: &Known<'_>) -> Result<Reading, NotRead> {
        let mut event = self.event(line, ContactDetails::default());
        if line.stated.is_none() && !line.own_id && self.stands(&event, keys, known)? {
            return Ok(Reading::Known);
        }
        let key = known.identity.event_key(Some(&self.sender), &event.id);
        let found = known.find(&key)?;
        if found.is_some_and(|found| found.erased) {
            return Ok(Reading::Known);
        }
        // A line without a day says of an event that is on record only that it is; when it happened is on record.
        if let Some(at) = found.and_then(|found| found.occurred_at).filter(|_| line.stated.is_none()) {
            event.occurred_at = at;
        }
        let record = known.record(&event, keys)?;
        let digest = *Record::read(&record).map_err(|error| Fault(error.to_string()))?.digest();
        match found {
            None => Ok(Reading::New { record, marks: vec![(key, digest)] }),
            Some(found) if found.digest == digest => Ok(Reading::Known),
            Some(_) => Err(Fault::of(Column::Id.name(), "another event is recorded under this id").into()),
        }
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATOR).map(str::trim).filter(|part| !part.is_empty())
}

fn channels(text: &str) -> Result<Vec<Channel>, Fault> {
    let known = || Channel::ALL.iter().copied();
    let read = |name: &str| {
        let channel = known().find(|channel| channel.as_str() == name);
        channel.ok_or_else(|| {
            let meant = nearest(name, known().map(Channel::as_str));
            let hint = meant.map_or_else(String::new, |meant| format!(": did you mean `{meant}`?"));
            Fault::of(Column::Channels.name(), format!("one of these is no channel{hint}"))
        })
    };
    parts(text).map(read).collect()
}
