//! CloudEvents 1.0 in structured mode, as the events of the ledger.
//!
//! The attributes are the envelope: `id`, `time` (when it happened) and `type`, whose last part names the event, as in
//! `org.maysend.consent_given`. `data` holds all the rest: `sender`, `recipient` and the event's own fields. Extension
//! attributes are allowed, as CloudEvents has it, and not kept.

use serde_json::{Map, Value};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ArrayBuilder, KnownFormat, Object, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, SchemaFormat, schema::Type,
    },
};

use crate::{ledger::event::Event, strict::tree::Tree};

/// A CloudEvent that carries one event. Only its schema is needed: it is read into an [`Event`].
#[derive(Debug)]
pub(super) enum CloudEvent {}

/// A batch of CloudEvents.
#[derive(Debug)]
pub(super) enum CloudEventBatch {}

/// The fields of an event that CloudEvents has as attributes of its own.
const ATTRIBUTES: [(&str, &str); 3] = [("id", "/id"), ("type", "/type"), ("occurred_at", "/time")];

/// The event in a CloudEvent as one flat object; `None` if it is not as the schema asks.
pub(super) fn flat(cloud: &Tree) -> Option<Value> {
    let text = |name| cloud.get(name).and_then(Tree::as_text);
    let json = cloud.get("datacontenttype").is_none_or(|kind| kind.as_text() == Some(JSON));
    let sound = text("specversion") == Some("1.0") && text("source").is_some_and(|source| !source.is_empty()) && json;
    let (id, time, kind) = (text("id")?, text("time")?, text("type")?);
    let data = cloud.get("data").filter(|_| sound)?.to_value();
    let Value::Object(mut whole) = data else { return None };
    let taken = ATTRIBUTES.iter().any(|(name, _)| whole.contains_key(*name)) || has_null(&whole);
    let (prefix, kind) = kind.rsplit_once('.').unwrap_or(("a", kind));
    if taken || !prefix.split('.').all(is_label) {
        return None;
    }
    whole.insert("id".to_owned(), id.into());
    whole.insert("occurred_at".to_owned(), time.into());
    whole.insert("type".to_owned(), kind.into());
    Some(Value::Object(whole))
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Where in a CloudEvent a field of the event stands.
pub(super) fn pointer(of_event: &str) -> String {
    let attribute = ATTRIBUTES.iter().find(|(name, _)| of_event.strip_prefix('/') == Some(name));
    attribute.map_or_else(|| format!("/data{of_event}"), |(_, pointer)| (*pointer).to_owned())
}

/// Whether the envelope has a `null`, which says neither that a field is there nor that it is not.
pub(super) fn has_null(event: &Map<String, Value>) -> bool {
    ["id", "sender", "recipient"].iter().any(|name| event.get(*name) == Some(&Value::Null))
}

const JSON: &str = "application/json";

/// The schema of the CloudEvent around the event of one kind.
fn around(event: Object) -> Object {
    let kind = event.title.clone().unwrap_or_default();
    let describe = event.description.clone();
    let mut data = event;
    (data.title, data.description) = (None, Some("The event without `id`, `type` and `occurred_at`.".to_owned()));
    for (name, _) in ATTRIBUTES {
        data.properties.remove(name);
        data.required.retain(|required| required != name);
    }
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let version = text().enum_values(Some(["1.0"])).description(Some("The version of CloudEvents."));
    let id = text().min_length(Some(1)).max_length(Some(200));
    let id = id.description(Some("The caller's id of the event: the same id again is the same event."));
    let source = text().min_length(Some(1)).description(Some("Where the event comes from. It is not kept."));
    let named = text().pattern(Some(format!("^([A-Za-z0-9_-]+[.])*{kind}$")));
    let named = named.description(Some("The kind of event, if need be behind a prefix with a dot."));
    let time = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    let time = time.description(Some("When it happened."));
    let content = text().enum_values(Some([JSON])).description(Some("What `data` is written in."));
    let whole = ObjectBuilder::new().schema_type(Type::Object).title(Some(kind)).description(describe);
    let whole = whole.property("specversion", version).property("id", id).property("source", source);
    let whole = whole.property("type", named).property("time", time).property("datacontenttype", content);
    let required = ["specversion", "id", "source", "type", "time", "data"];
    required.into_iter().fold(whole.property("data", data), ObjectBuilder::required).build()
}

impl PartialSchema for CloudEvent {
    fn schema() -> RefOr<Schema> {
        let kinds = match Event::schema() {
            RefOr::T(Schema::OneOf(kinds)) => kinds.items,
            RefOr::T(_) | RefOr::Ref(_) => Vec::new(),
        };
        let mut all = OneOfBuilder::new().description(Some("One event, as CloudEvents 1.0 carries it."));
        for kind in kinds {
            if let RefOr::T(Schema::Object(event)) = kind {
                all = all.item(around(event));
            }
        }
        all.into()
    }
}

impl ToSchema for CloudEvent {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Event::schemas(schemas);
    }
}

impl PartialSchema for CloudEventBatch {
    fn schema() -> RefOr<Schema> {
        let one = Ref::from_schema_name("CloudEvent");
        ArrayBuilder::new().items(one).min_items(Some(1)).description(Some("Several CloudEvents.")).into()
    }
}

impl ToSchema for CloudEventBatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("CloudEvent".to_owned(), CloudEvent::schema()));
        CloudEvent::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::strict::walk::Walk;

    fn sound() -> Value {
        json!({"specversion": "1.0", "id": "form-1", "source": "/forms", "type": "org.maysend.consent_given",
            "time": "2026-03-01T09:30:00Z", "datacontenttype": "application/json", "traceparent": "00-x",
            "data": {"sender": "acme", "recipient": {"email": "jo@example.com"}, "channels": ["email"]}})
    }

    #[test]
    fn the_attributes_become_the_envelope() {
        let tree: Tree = serde_json::from_value(sound()).expect("a tree");
        let event: Event = serde_json::from_value(flat(&tree).expect("an event")).expect("an event");
        assert_eq!((event.id.as_str(), event.sender.as_deref()), ("form-1", Some("acme")));
        assert_eq!(Walk::of::<CloudEvent>().faults(&tree, ""), []);
    }

    #[rstest::rstest]
    #[case("/specversion", json!("0.3"), "/specversion", "not_allowed")]
    #[case("/source", json!(""), "/source", "too_short")]
    #[case("/type", json!("org.maysend.consent_taken"), "/type", "not_allowed")]
    #[case("/type", json!("jo doe.consent_given"), "/type", "not_allowed")]
    #[case("/data/id", json!("2"), "/data/id", "unknown_field")]
    #[case("/data/sender", json!(null), "/data/sender", "wrong_type")]
    #[case("/datacontenttype", json!("text/xml"), "/datacontenttype", "not_allowed")]
    #[case("/datacontenttype", json!(null), "/datacontenttype", "wrong_type")]
    #[case("/datacontenttype", json!({}), "/datacontenttype", "wrong_type")]
    #[case("/data", json!("text"), "/data", "wrong_type")]
    fn each_change_is_found(#[case] change: &str, #[case] value: Value, #[case] pointer: &str, #[case] code: &str) {
        let mut cloud = sound();
        let (parent, name) = change.rsplit_once('/').expect("a pointer");
        let parent = cloud.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
        parent.insert(name.to_owned(), value);
        let tree: Tree = serde_json::from_value(cloud).expect("a tree");
        let read = flat(&tree).and_then(|event| serde_json::from_value::<Event>(event).ok());
        assert_eq!(read, None);
        let faults = Walk::of::<CloudEvent>().faults(&tree, "");
        let seen: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_deref(), fault.code)).collect();
        assert_eq!(seen, [(Some(pointer), code)]);
    }

    #[test]
    fn places_in_the_event_are_told_as_places_in_the_cloud_event() {
        assert_eq!(pointer("/occurred_at"), "/time");
        assert_eq!(pointer("/id"), "/id");
        assert_eq!(pointer("/recipient/email"), "/data/recipient/email");
    }
}
