//! Everything the ledger holds on one person with one sender, in the order in which it happened.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
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

/// One event of a person's history. Its contact details are not in it: the ledger does not have them.
#[derive(Debug, Serialize)]
pub(super) struct TimelineEvent {
    #[serde(flatten)]
    event: Map<String, Value>,
    recorded_at: String,
    revision: String,
    matched_by: Vec<&'static str>,
    #[serde(skip)]
    order: (Timestamp, Revision),
}

/// All events found by these contact details, up to and including a moment.
///
/// # Errors
/// If the store cannot be read.
pub(super) fn of(
    view: &dyn View,
    identity: &Identity,
    sender: &str,
    details: &[Normalised],
    until: Option<Timestamp>,
) -> Result<Vec<TimelineEvent>, StoreError> {
    let mut found: BTreeMap<Revision, Vec<&'static str>> = BTreeMap::new();
    for detail in details {
        let domain = detail.domain().map(|domain| (Some(sender), domain));
        let own = [(Some(sender), detail.clone()), (None, detail.clone())];
        for (scope, detail) in own.into_iter().chain(domain) {
            let history = view.history(&identity.recipient_key(scope, &detail))?;
            for entry in entry::entries(history).map_err(damaged)? {
                let entry = entry.map_err(damaged)?;
                let matched = found.entry(Revision(entry.revision())).or_default();
                if until.is_none_or(|until| entry.at() <= until) && !matched.contains(&detail.kind.as_str()) {
                    matched.push(detail.kind.as_str());
                }
            }
        }
    }
    let within = found.into_iter().filter(|(_, matched)| !matched.is_empty());
    let mut events: Vec<TimelineEvent> =
        within.map(|(revision, matched)| event(view, revision, matched)).collect::<Result<_, _>>()?;
    events.sort_by_key(|event| event.order);
    Ok(events)
}

fn event(view: &dyn View, revision: Revision, mut matched_by: Vec<&'static str>) -> Result<TimelineEvent, StoreError> {
    let bytes = view.record(revision)?.ok_or_else(|| StoreError::Damaged(format!("no record at {revision}")))?;
    let record = Record::read(bytes).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let unreadable = || StoreError::Damaged(format!("the record at {revision}"));
    let event: Map<String, Value> = serde_json::from_slice(record.body).map_err(|_| unreadable())?;
    let occurred_at: Timestamp =
        event.get("occurred_at").and_then(Value::as_str).and_then(|at| at.parse().ok()).ok_or_else(unreadable)?;
    // An address matches its own domain as well: the address says it all.
    if matched_by.contains(&DetailKind::Email.as_str()) {
        matched_by.retain(|kind| *kind != DetailKind::Domain.as_str());
    }
    let recorded_at = record.recorded_at().to_string();
    Ok(TimelineEvent { event, recorded_at, revision: revision.to_string(), matched_by, order: (occurred_at, revision) })
}

fn damaged(error: entry::Unreadable) -> StoreError {
    StoreError::Damaged(error.to_string())
}

/// The last moment of a day in London, or the moment itself.
pub(super) fn end(as_of: AsOf) -> Option<Timestamp> {
    match as_of {
        AsOf::Moment(moment) => Some(moment),
        AsOf::Day(day) => end_in_london(day),
    }
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
}
