//! The bodies of `POST /events`: one event, a list, lines, or CloudEvents. Every fault of every event is found.

use axum::http::HeaderMap;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ArrayBuilder, OneOfBuilder, Ref, RefOr, Schema},
};

use super::{
    body,
    cloudevents::{self, CloudEvent},
    problem::{Fault, Kind, Problem},
    strict,
};
use crate::{
    ledger::event::Event,
    strict::{fault::MOST_FAULTS, tree::Tree, walk::Walk},
};

/// One event, or a list of events.
#[derive(Debug)]
pub(super) enum Events {}

/// How a body holds its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One event or a list of them.
    Json,
    /// One event a line.
    Lines,
    /// One CloudEvent.
    Cloud,
    /// A list of CloudEvents.
    CloudBatch,
}

/// The types of body that are read.
const TYPES: [(&str, Form); 6] = [
    ("application/json", Form::Json),
    ("application/x-ndjson", Form::Lines),
    ("application/ndjson", Form::Lines),
    ("application/jsonl", Form::Lines),
    ("application/cloudevents+json", Form::Cloud),
    ("application/cloudevents-batch+json", Form::CloudBatch),
];

/// The form that a request's content type names.
pub(super) fn form(headers: &HeaderMap) -> Result<Form, Problem> {
    let found = body::content_type(headers, &TYPES.map(|(name, _)| name))?;
    Ok(TYPES.iter().find(|(name, _)| *name == found).map_or(Form::Json, |(_, form)| *form))
}

/// Where in a body an event stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    start: String,
    line: Option<usize>,
    cloud: bool,
}

impl Place {
    /// A fault at a place in the event.
    pub(super) fn fault(&self, pointer: &str, code: &'static str, message: impl Into<String>) -> Fault {
        let within = if self.cloud { cloudevents::pointer(pointer) } else { pointer.to_owned() };
        Fault { line: self.line, ..Fault::at(format!("{}{within}", self.start), code, message) }
    }
}

/// What a body holds: its events, and the faults of those that could not be read.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) events: Vec<(Place, Event)>,
    pub(super) faults: Vec<Fault>,
}

/// Reads all events of a body.
pub(super) fn read(form: Form, bytes: &[u8], most: usize) -> Result<Found, Problem> {
    let mut reader = Reader { form, walk: None, found: Found::default(), most, count: 0 };
    match form {
        Form::Lines => reader.lines(bytes)?,
        Form::Json | Form::Cloud | Form::CloudBatch => {
            let tree: Tree = serde_json::from_slice(bytes).map_err(|error| broken(bytes, &error))?;
            reader.whole(tree)?;
        }
    }
    Ok(reader.found)
}

/// Several events one after the other are lines that were sent as something else.
fn broken(bytes: &[u8], error: &serde_json::Error) -> Problem {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<serde::de::IgnoredAny>();
    match (values.next(), values.next()) {
        (Some(Ok(_)), Some(Ok(_))) => {
            let hint = "there is more than one JSON value: send one event a line as `application/x-ndjson`, or a list";
            Problem::new(Kind::BrokenJson, hint)
        }
        _ => strict::broken(error),
    }
}

struct Reader {
    form: Form,
    walk: Option<Walk>,
    found: Found,
    most: usize,
    count: usize,
}

impl Reader {
    fn lines(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            let text = text.trim_ascii();
            if text.is_empty() {
                continue;
            }
            let place = Place { start: format!("/{}", self.count), line: Some(line), cloud: false };
            match serde_json::from_slice(text) {
                Ok(tree) => self.event(place, &tree)?,
                Err(error) => {
                    self.counted()?;
                    let what = strict::what_is_broken(&error);
                    let message = format!("this line is not JSON: {what}, at column {}", error.column());
                    self.found.faults.push(place.fault("", "broken_json", message));
                }
            }
            if self.found.faults.len() > MOST_FAULTS {
                break;
            }
        }
        Ok(())
    }

    fn whole(&mut self, tree: Tree) -> Result<(), Problem> {
        let cloud = matches!(self.form, Form::Cloud | Form::CloudBatch);
        let items = match (self.form, tree) {
            (Form::Json | Form::CloudBatch, Tree::List(items)) => items,
            (Form::CloudBatch, _) => {
                self.found.faults.push(Fault::at("", "wrong_type", "this must be a list"));
                return Ok(());
            }
            (_, one) => return self.event(Place { start: String::new(), line: None, cloud }, &one),
        };
        if items.is_empty() {
            self.found.faults.push(Fault::at("", "too_few", "this list is empty: give at least one event"));
        }
        for (index, item) in items.iter().enumerate() {
            self.event(Place { start: format!("/{index}"), line: None, cloud }, item)?;
            if self.found.faults.len() > MOST_FAULTS {
                break;
            }
        }
        Ok(())
    }

    fn counted(&mut self) -> Result<(), Problem> {
        self.count += 1;
        if self.count > self.most {
            let most = self.most;
            let detail = format!("the body has more than {most} events, which `http.events_limit` allows");
            return Err(Problem::new(Kind::TooManyEvents, detail));
        }
        Ok(())
    }

    fn event(&mut self, place: Place, tree: &Tree) -> Result<(), Problem> {
        self.counted()?;
        let flat = match place.cloud {
            _ if tree.repeats_a_field() => None,
            true => cloudevents::flat(tree),
            false => Some(tree.to_value()).filter(|value| !value.as_object().is_some_and(cloudevents::has_null)),
        };
        match flat.map(serde_json::from_value::<Event>) {
            Some(Ok(event)) => self.found.events.push((place, event)),
            Some(Err(_)) | None => self.faulty(&place, tree),
        }
        Ok(())
    }

    fn faulty(&mut self, place: &Place, tree: &Tree) {
        let cloud = place.cloud;
        let walk = self.walk.get_or_insert_with(|| if cloud { Walk::of::<CloudEvent>() } else { Walk::of::<Event>() });
        let mut faults = walk.faults(tree, &place.start);
        if faults.is_empty() {
            faults.push(Fault::at(&*place.start, "invalid", "this is not as the specification asks"));
        }
        let lines = faults.into_iter().map(|fault| Fault { line: place.line, ..fault });
        self.found.faults.extend(lines);
    }
}

impl PartialSchema for Events {
    fn schema() -> RefOr<Schema> {
        let one = Ref::from_schema_name("Event");
        let list = ArrayBuilder::new().items(one.clone()).min_items(Some(1));
        OneOfBuilder::new().item(one).item(list).description(Some("One event, or a list of events.")).into()
    }
}

impl ToSchema for Events {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("Event".to_owned(), Event::schema()));
        Event::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{"type": "contact_reassigned", "id": "1", "occurred_at": "2026-03-01T09:30:00Z", "sender": "acme", "recipient": {"email": "jo@example.com"}}"#;
    const BAD: &str = r#"{"type": "contact_reassigned", "id": "1", "occurred_at": "today", "sender": "acme", "recipient": {"emial": "jo@example.com"}}"#;

    fn faults(form: Form, body: &str) -> (usize, Vec<String>) {
        let found = read(form, body.as_bytes(), 3).expect("a body");
        let told = |f: &Fault| format!("{:?} {} {}", f.line, f.pointer.as_deref().unwrap_or("-"), f.code);
        (found.events.len(), found.faults.iter().map(told).collect())
    }

    #[test]
    fn one_a_list_or_lines() {
        assert_eq!(faults(Form::Json, ONE), (1, vec![]));
        assert_eq!(faults(Form::Json, &format!("[{ONE}, {ONE}]")), (2, vec![]));
        assert_eq!(faults(Form::Lines, &format!("{ONE}\r\n\n{ONE}\n")), (2, vec![]));
    }

    #[test]
    fn every_bad_event_is_named() {
        let body = format!("{ONE}\n{BAD}\n\n{{\"type\":\n");
        let expected =
            ["Some(2) /1/occurred_at format", "Some(2) /1/recipient/emial unknown_field", "Some(4) /2 broken_json"];
        assert_eq!(faults(Form::Lines, &body), (1, expected.map(str::to_owned).to_vec()));
        let (sound, found) = faults(Form::Json, &format!("[{BAD}, {ONE}]"));
        assert_eq!((sound, found.len()), (1, 2));
    }

    #[rstest::rstest]
    #[case(Form::Json, "[]", "None  too_few")]
    #[case(Form::Json, "3", "None  wrong_type")]
    #[case(Form::CloudBatch, "{}", "None  wrong_type")]
    #[case(Form::Cloud, "[]", "None  wrong_type")]
    #[case(Form::Json, &ONE.replace("\"acme\"", "null"), "None /sender wrong_type")]
    #[case(Form::Json, &ONE.replace("\"id\": \"1\"", "\"id\": \"1\", \"id\": \"2\""), "None /id duplicate_field")]
    fn what_is_no_event_is_one_fault(#[case] form: Form, #[case] body: &str, #[case] fault: &str) {
        assert_eq!(faults(form, body), (0, vec![fault.to_owned()]));
    }

    #[test]
    fn lines_sent_as_json_are_told_their_type() {
        let problem = read(Form::Json, format!("{ONE}\n{ONE}\n").as_bytes(), 3).expect_err("a problem");
        assert!(problem.kind() == Kind::BrokenJson && problem.detail().contains("`application/x-ndjson`"));
    }

    #[test]
    fn there_is_a_limit_to_the_events_of_one_body() {
        let problem = read(Form::Lines, [ONE; 4].join("\n").as_bytes(), 3).expect_err("a problem");
        assert_eq!(problem.kind(), Kind::TooManyEvents);
    }
}
