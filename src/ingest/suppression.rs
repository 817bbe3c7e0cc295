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
        identity::RecipientKey,
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
struct Line {
    objection: ObjectionRaised,
    stated: Option<Timestamp>,
    id: Option<String>,
}

impl SuppressionList {
    fn line(&self, row: &Row<'_>) -> Result<Line, Fault> {
        let channels = row.get(Column::Channels).map(channels).transpose()?.unwrap_or_default();
        let topics = row.get(Column::Topics).map(|topics| parts(topics).map(|topic| Text(topic.to_owned())).collect());
        let stated = row.get(Column::OccurredAt).map(|text| moment(text, &self.zone)).transpose();
        Ok(Line {
            objection: ObjectionRaised {
                channels,
                topics: topics.unwrap_or_default(),
                on_behalf_of: OnBehalfOf::Person,
            },
            stated: stated.map_err(|message| Fault::of(Column::OccurredAt.name(), message))?,
            id: row.get(Column::Id).map(str::to_owned),
        })
    }

    /// An id made of what a line says.
    fn id(&self, line: &Line, keys: &[RecipientKey], known: &Known<'_>) -> String {
        let at = line.stated.unwrap_or(self.as_of).as_microsecond().to_le_bytes();
        let channels = line.objection.channels.iter().copied().collect::<ChannelSet>().0.to_le_bytes();
        let topics: BTreeSet<u64> = line.objection.topics.iter().map(|topic| known.identity.text(&topic.0)).collect();
        let topics: Vec<u8> = topics.into_iter().flat_map(u64::to_le_bytes).collect();
        let mut keys: Vec<&[u8]> = keys.iter().map(|key| key.0.as_slice()).collect();
        keys.sort_unstable();
        let parts = [[self.sender.as_bytes(), &at, &channels, &topics].as_slice(), &keys].concat();
        format!("list-{}", known.identity.word(&parts))
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
    fn columns(&self) -> &'static [Column] {
        use Column::{Account, Channels, Email, Id, OccurredAt, Phone, Postal, Topics};
        &[Email, Phone, Postal, Account, Channels, Topics, OccurredAt, Id]
    }

    fn plain(&self) -> &'static [DetailKind] {
        &[DetailKind::Email, DetailKind::Phone]
    }

    fn read(&self, row: &Row<'_>, known: &Known<'_>) -> Result<Reading, NotRead> {
        let (recipient, keys) = row.details(Some(&self.sender), known.identity)?;
        let line = self.line(row)?;
        let id = line.id.clone().unwrap_or_else(|| self.id(&line, &keys, known));
        let mut event = Event {
            id,
            occurred_at: line.stated.unwrap_or(self.as_of),
            sender: Some(self.sender.clone()),
            recipient,
            happening: Happening::ObjectionRaised(line.objection),
        };
        if let Some(refusal) = accept::refusals(&event, known.now).into_iter().next() {
            return Err(Fault::from(refusal).into());
        }
        if line.stated.is_none() && line.id.is_none() && self.stands(&event, &keys, known)? {
            return Ok(Reading::Known);
        }
        let key = known.identity.event_key(Some(&self.sender), &event.id);
        let found = known.find(&key)?;
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
