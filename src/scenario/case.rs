//! A case as it is written.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ArrayBuilder, ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::{
    check::{
        answer::Verdict,
        request::{AsOf, SendRequest},
    },
    ledger::{
        accept::is_public,
        event::{Event, EventKind},
        event_schema::incomplete,
        sender::Sender,
    },
    rules::{ALL, RULEBOOK},
    terms::{party::PolicyProfile, recipient::DetailKind, register::Register, wording::CueFamily},
};

/// One case: a question with its history, and the answer that it must get.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    #[schema(min_length = 1)]
    pub name: String,
    /// Who says that this is the answer: a provision, a decision, counsel's note.
    #[serde(default)]
    #[schema(min_length = 1)]
    pub source: Option<String>,
    /// The day (its end, in London) or the moment whose law and facts apply. Left out: the day of the rulebook, or the
    /// one given by `--as-of`.
    #[serde(default)]
    #[schema(value_type = Option<AsOf>)]
    pub as_of: Option<String>,
    /// Registered senders besides those of `senders.yaml`, or in place of them: id and profile, as `PUT /senders/{id}`
    /// takes it.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Sender>)]
    pub senders: BTreeMap<String, Value>,
    /// Events on record, as `POST /events` takes them. Left out: `id` is counted, `sender` and `recipient` are those of
    /// the request.
    #[serde(default)]
    #[schema(value_type = Vec<OnRecord>)]
    pub given: Vec<Map<String, Value>>,
    /// The body of `POST /check`.
    #[schema(value_type = SendRequest)]
    pub when: Map<String, Value>,
    /// What must come out.
    pub then: Then,
}

/// What must come out. Only the decision must be stated; what is left out may be anything.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Then {
    /// Whether the message may be sent.
    pub decision: Verdict,
    /// What an allow rests on, such as `consent` or `soft_opt_in`.
    #[serde(default)]
    #[schema(min_length = 1)]
    pub basis: Option<String>,
    /// Of a deny, every failing rule and limb, in order of precedence; of an allow, the rule of its basis, then any
    /// others that are met, each with a limb.
    #[serde(default)]
    pub because: Option<Vec<Ground>>,
    /// The codes of all the obligations, in order.
    #[serde(default)]
    pub obligations: Option<Vec<String>>,
    /// Codes of warnings that must be among those given.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Facts that must be asked for.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Families of wording that must be found in the message.
    #[serde(default)]
    pub wording: Vec<CueFamily>,
}

/// A rule's id and the id of one of its limbs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ground(pub String, pub String);

impl std::fmt::Display for Ground {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

/// An event on record. Only its schema is needed: the case keeps it as it is written.
#[derive(Debug)]
pub(super) enum OnRecord {}

/// What cases that do not say it themselves are given.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The day that is asked about.
    pub as_of: String,
    /// The reading of senders whose profile states none.
    pub policy: Option<PolicyProfile>,
}

impl Default for Defaults {
    /// The day of the rulebook, so that an answer does not change as the events of its case grow old.
    fn default() -> Self {
        Self { as_of: RULEBOOK.to_owned(), policy: None }
    }
}

impl Defaults {
    /// The same with another day.
    #[must_use]
    pub fn on(self, day: Option<Date>) -> Self {
        Self { as_of: day.map_or(self.as_of, |day| day.to_string()), ..self }
    }
}

impl Case {
    /// The profiles of the registered senders, as `PUT /senders/{id}` takes them.
    #[must_use]
    pub fn profiles(&self, defaults: &Defaults) -> BTreeMap<String, Value> {
        let mut profiles = self.senders.clone();
        if let Some(policy) = defaults.policy {
            for profile in profiles.values_mut().filter_map(Value::as_object_mut) {
                profile.entry("policy").or_insert_with(|| Value::from(policy.as_str()));
            }
        }
        profiles
    }

    /// The recorded events, completed: as `POST /events` takes them.
    #[must_use]
    pub fn events(&self) -> Vec<Value> {
        let sender = self.when.get("sender").filter(|sender| sender.is_string());
        let recipient = self.contact_details();
        let complete = |(index, event): (usize, &Map<String, Value>)| {
            let mut event = event.clone();
            event.entry("id").or_insert_with(|| Value::from(format!("e{}", index + 1)));
            if let Some(sender) = sender.filter(|_| !of_public_register(&event)) {
                event.entry("sender").or_insert_with(|| sender.clone());
            }
            if !of_whole_register(&event) {
                event.entry("recipient").or_insert_with(|| recipient.clone());
            }
            Value::Object(event)
        };
        self.given.iter().enumerate().map(complete).collect()
    }

    /// The body of `POST /check`, with the day of the case.
    #[must_use]
    pub fn body(&self, defaults: &Defaults) -> Value {
        let mut body = self.when.clone();
        let day = self.as_of.as_ref().unwrap_or(&defaults.as_of);
        body.entry("as_of").or_insert_with(|| Value::from(day.as_str()));
        Value::Object(body)
    }

    fn contact_details(&self) -> Value {
        let recipient = self.when.get("recipient").and_then(Value::as_object).cloned().unwrap_or_default();
        let is_detail = |name: &str| DetailKind::ALL.iter().any(|kind| kind.as_str() == name);
        Value::Object(recipient.into_iter().filter(|(name, _)| is_detail(name)).collect())
    }
}

/// A register as a whole is about no one person.
fn of_whole_register(event: &Map<String, Value>) -> bool {
    let kind = event.get("type").and_then(Value::as_str);
    EventKind::ALL.iter().any(|known| Some(known.as_str()) == kind && known.is_of_a_whole_register())
}

/// A public register speaks of a number, whoever sends.
fn of_public_register(event: &Map<String, Value>) -> bool {
    let register = event.get("register").and_then(Value::as_str);
    Register::ALL.iter().any(|known| Some(known.as_str()) == register && is_public(*known))
}

impl PartialSchema for OnRecord {
    fn schema() -> RefOr<Schema> {
        incomplete("An event on record; what it leaves out is the request's.")
    }
}

impl ToSchema for OnRecord {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Event::schemas(schemas);
    }
}

impl PartialSchema for Ground {
    fn schema() -> RefOr<Schema> {
        let mut ids: Vec<&str> = ALL.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let rule = text().enum_values(Some(ids)).build();
        let pair = ArrayBuilder::new().prefix_items([Schema::Object(rule)]).items(text());
        let pair = pair.min_items(Some(2)).max_items(Some(2));
        pair.description(Some("A rule's id and the id of one of its limbs.")).into()
    }
}

impl ToSchema for Ground {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn case(changes: Value) -> Case {
        let mut whole = json!({
            "name": "a case",
            "when": {"sender": "acme", "channel": "email", "purpose": "commercial",
                "recipient": {"email": "jo@example.com", "age": 40}},
            "then": {"decision": "deny"},
        });
        whole.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(whole).unwrap()
    }

    #[test]
    fn what_an_event_leaves_out_is_the_request_s() {
        let events = case(json!({"given": [{"type": "objection_raised"}, {"id": "x", "sender": "hope"}]})).events();
        let jo = json!({"email": "jo@example.com"});
        let first = json!({"type": "objection_raised", "id": "e1", "sender": "acme", "recipient": jo});
        assert_eq!(events, [first, json!({"id": "x", "sender": "hope", "recipient": jo})]);
    }

    #[rstest::rstest]
    #[case("tps", None)]
    #[case("fundraising_preference", Some("acme"))]
    fn a_public_register_concerns_no_sender(#[case] register: &str, #[case] sender: Option<&str>) {
        let events = case(json!({"given": [{"register": register}]})).events();
        assert_eq!(events[0].get("sender").and_then(Value::as_str), sender);
    }

    #[test]
    fn a_whole_register_is_about_nobody() {
        let given = json!([{"type": "register_imported", "register": "tps", "entries": 7}]);
        let expected = json!({"type": "register_imported", "register": "tps", "entries": 7, "id": "e1"});
        assert_eq!(case(json!({"given": given})).events(), [expected]);
    }

    #[test]
    fn the_nearest_day_counts() {
        let defaults = Defaults::default().on("2026-02-05".parse().ok());
        let day = |case: Case| case.body(&defaults)["as_of"].clone();
        assert_eq!(day(case(json!({}))), "2026-02-05");
        assert_eq!(day(case(json!({"as_of": "2018-05-24"}))), "2018-05-24");
        assert_eq!(case(json!({})).body(&Defaults::default())["as_of"], RULEBOOK);
    }

    #[test]
    fn a_policy_is_for_senders_that_state_none() {
        let senders = json!({"a": {"legal_name": "A"}, "b": {"legal_name": "B", "policy": "conservative"}});
        let defaults = Defaults { policy: Some(PolicyProfile::Literal), ..Defaults::default() };
        let profiles = case(json!({"senders": senders})).profiles(&defaults);
        assert_eq!((&profiles["a"]["policy"], &profiles["b"]["policy"]), (&json!("literal"), &json!("conservative")));
    }
}
