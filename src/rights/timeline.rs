//! Everything held on one person with one sender, in the order in which it happened.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ArrayBuilder, KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

use crate::{
    check::request::AsOf,
    ledger::{
        entry,
        event::EventKind,
        identity::{Identity, Normalised},
        record::Record,
    },
    store::{Revision, StoreError, View},
    terms::{london::end_in_london, recipient::DetailKind},
};

/// How far a question about the past looks. What happened and what was known of it are two things: an objection of
/// 1 March that was recorded on 5 March had happened by 3 March, and nobody here knew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Horizon {
    /// Nothing that happened after this moment.
    pub as_of: Option<Timestamp>,
    /// Nothing that the ledger took in after this moment.
    pub known_at: Option<Timestamp>,
}

impl Horizon {
    /// Of what a request says: a day means its end, in London.
    #[must_use]
    pub fn of(as_of: Option<AsOf>, known_at: Option<AsOf>) -> Self {
        Self { as_of: as_of.and_then(end), known_at: known_at.and_then(end) }
    }

    /// The moment after which nothing that this service itself did is looked at: that happened, and was known, at once.
    #[must_use]
    pub fn end(&self) -> Option<Timestamp> {
        self.as_of.into_iter().chain(self.known_at).min()
    }
}

/// The last moment of a day in London, or the moment itself.
fn end(day_or_moment: AsOf) -> Option<Timestamp> {
    match day_or_moment {
        AsOf::Moment(moment) => Some(moment),
        AsOf::Day(day) => end_in_london(day),
    }
}

/// One event of a person's history. Its contact details are not in it: the ledger does not have them.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineEvent {
    /// The event as it stands in the journal.
    #[serde(flatten)]
    pub event: Map<String, Value>,
    /// When the ledger took it in.
    pub recorded_at: Timestamp,
    /// Where it stands in the journal.
    #[serde(serialize_with = "as_token")]
    pub revision: Revision,
    /// The kinds of contact detail by which it was found.
    pub matched_by: Vec<DetailKind>,
    /// What kind of event it is: its `type`.
    #[serde(skip)]
    pub kind: EventKind,
    /// When it happened: its `occurred_at`.
    #[serde(skip)]
    pub occurred_at: Timestamp,
}

/// All events found by these contact details: those with the sender, and what the public registers say of them.
///
/// # Errors
/// If the store cannot be read.
pub fn of(
    view: &dyn View,
    identity: &Identity,
    sender: &str,
    details: &[Normalised],
    horizon: Horizon,
) -> Result<Vec<TimelineEvent>, StoreError> {
    let mut found: BTreeMap<Revision, Vec<DetailKind>> = BTreeMap::new();
    for detail in details {
        let domain = detail.domain().map(|domain| (Some(sender), domain));
        let own = [(Some(sender), detail.clone()), (None, detail.clone())];
        for (scope, detail) in own.into_iter().chain(domain) {
            let history = view.history(&identity.recipient_key(scope, &detail))?;
            for entry in entry::entries(history).map_err(damaged)? {
                let entry = entry.map_err(damaged)?;
                if horizon.as_of.is_some_and(|as_of| as_of < entry.at()) {
                    continue;
                }
                let matched = found.entry(Revision(entry.revision())).or_default();
                if !matched.contains(&detail.kind) {
                    matched.push(detail.kind);
                }
            }
        }
    }
    let mut events: Vec<TimelineEvent> =
        found.into_iter().map(|(revision, matched)| event(view, revision, matched)).collect::<Result<_, _>>()?;
    events.retain(|event| horizon.known_at.is_none_or(|known_at| event.recorded_at <= known_at));
    events.sort_by_key(|event| (event.occurred_at, event.revision));
    Ok(events)
}

fn event(view: &dyn View, revision: Revision, mut matched_by: Vec<DetailKind>) -> Result<TimelineEvent, StoreError> {
    let bytes = view.record(revision)?.ok_or_else(|| StoreError::Damaged(format!("no record at {revision}")))?;
    let record = Record::read(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let unreadable = || StoreError::Damaged(format!("the record at {revision}"));
    let event: Map<String, Value> = serde_json::from_slice(record.body).map_err(|_| unreadable())?;
    let text = |name| event.get(name).and_then(Value::as_str);
    let occurred_at = text("occurred_at").and_then(|at| at.parse().ok()).ok_or_else(unreadable)?;
    let kind = EventKind::ALL.iter().find(|kind| text("type") == Some(kind.as_str())).ok_or_else(unreadable)?;
    // An address matches its own domain as well: the address says it all.
    if matched_by.contains(&DetailKind::Email) {
        matched_by.retain(|kind| *kind != DetailKind::Domain);
    }
    Ok(TimelineEvent { recorded_at: record.recorded_at(), revision, matched_by, kind: *kind, occurred_at, event })
}

fn damaged(error: entry::Unreadable) -> StoreError {
    StoreError::Damaged(error.to_string())
}

fn as_token<S: Serializer>(revision: &Revision, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(revision)
}

impl PartialSchema for TimelineEvent {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let at = || text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
        let kinds = EventKind::ALL.iter().map(|kind| kind.as_str());
        // A register as a whole is nobody's detail.
        let details = DetailKind::ALL.iter().filter(|kind| **kind != DetailKind::Register);
        let matched = ArrayBuilder::new()
            .items(text().enum_values(Some(details.map(|kind| kind.as_str()))))
            .min_items(Some(1))
            .description(Some("The kinds of contact detail by which it was found."));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("One event of a person's history, with the fields of its type beside these."))
            .property("type", text().enum_values(Some(kinds)))
            .property("id", text().description(Some("The caller's id of the event.")))
            .property("occurred_at", at().description(Some("When it happened.")))
            .property("sender", text().description(Some("The sender; none for an event of a public register.")))
            .property("recorded_at", at().description(Some("When the ledger took it in.")))
            .property("revision", text().description(Some("Its revision.")))
            .property("matched_by", matched)
            .required("type")
            .required("id")
            .required("occurred_at")
            .required("recorded_at")
            .required("revision")
            .required("matched_by")
            .into()
    }
}

impl ToSchema for TimelineEvent {}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("2026-03-01", "2026-03-01T23:59:59.999999Z")]
    #[case("2026-07-01", "2026-07-01T22:59:59.999999Z")]
    fn a_day_ends_in_london(#[case] day: &str, #[case] moment: &str) {
        let day = AsOf::Day(day.parse().expect("a day"));
        assert_eq!(end(day).map(|end| end.to_string()).as_deref(), Some(moment));
    }

    #[test]
    fn what_the_service_did_is_looked_at_up_to_the_earlier_of_both() {
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("a moment"));
        let (early, late) = (at("2026-03-01T00:00:00Z"), at("2026-03-02T00:00:00Z"));
        for (as_of, known_at, end) in
            [(early, late, early), (late, early, early), (late, None, late), (None, None, None)]
        {
            assert_eq!(Horizon { as_of, known_at }.end(), end);
        }
    }
}
