//! A world: a message, a person and what happened to them.

use std::{
    collections::BTreeMap,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use maysend::{
    check::{self, Asked, request::SendRequest},
    decisions::Draft,
    ledger::{
        event::Event,
        identity::{ContactDetails, Identity, Normalised},
        record,
        sender::Sender,
    },
    rights::erasure,
    store::{Store, View, memory::Memory},
};
use serde_json::{Value, json};

use crate::{cases, ledger::Ledger};

/// One message to one person, and the events before it.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// The body of `POST /check`, without the contact details.
    pub(crate) request: Value,
    /// The events, without id and contact details.
    pub(crate) events: Vec<Value>,
}

const IDENTITY: Identity = Identity::new([7; 32]);

/// The profiles of the senders of every world.
static PROFILES: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let mut senders = cases::usual_senders();
    senders.insert("bold".into(), json!({ "legal_name": "Bold Ltd", "kind": "company", "policy": "literal" }));
    let adviser = json!({
        "legal_name": "Sound Pensions LLP", "kind": "company", "fca_authorisation": "123456",
        "contact_address": "1 High Street, Leeds", "legitimate_interests_assessment": "LIA-1",
    });
    senders.insert("adviser".into(), adviser);
    senders.extend(twins(&senders));
    senders
});

/// The same as records.
static SENDERS: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let record = |(id, profile): (&String, &Value)| {
        let profile: Sender = serde_json::from_value(profile.clone()).expect("a profile");
        (id.clone(), record::of_sender(id, &profile, &IDENTITY, now()).expect("a record"))
    };
    PROFILES.iter().map(record).collect()
});

/// A sender's profile.
pub(crate) fn profile_of(id: &str) -> Value {
    PROFILES.get(id).cloned().expect("a sender of the worlds")
}

/// One ledger of the real engine for all worlds that ask for it: each has a person of its own.
static LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    let ledger = Ledger::new();
    ledger.append(SENDERS.values().cloned().collect());
    ledger
});

/// House rules for the worlds: each alone, and all at once.
pub(crate) fn house_rules() -> Vec<(&'static str, Value)> {
    let quiet = json!([{ "from": "11:00", "until": "13:00" }]);
    let age = json!([{ "months": 6 }, { "days": 30, "channels": ["sms"] }]);
    let frequency = json!([{ "at_most": 1, "in_days": 200 }, { "at_most": 0, "in_days": 1, "topics": ["offers"] }]);
    let blocked = json!([{ "topics": ["offers"] }]);
    vec![
        ("quiet", json!({ "quiet_hours": quiet })),
        ("brief", json!({ "longest_consent_age": age })),
        ("sparing", json!({ "frequency": frequency })),
        ("careful", json!({ "blocked_topics": blocked })),
        (
            "strict",
            json!({
                "quiet_hours": [{ "from": "13:00", "until": "11:00", "days": ["sunday"] }], "longest_consent_age": age,
                "frequency": frequency, "blocked_topics": blocked, "honour_registers_at_once": true,
            }),
        ),
    ]
}

/// For each sender, one that is the same on the other reading (`acme-other`), and one with each set of house rules
/// (`acme-quiet`). They answer to each other's ids, so that nothing but the reading or the rules differs.
fn twins(senders: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for id in BASE {
        let mut twin = senders.get(id).cloned().expect("a sender");
        let names = twin["trading_names"].as_array().cloned().unwrap_or_default();
        twin["trading_names"] = names.into_iter().chain([json!(id)]).collect();
        for (name, rules) in house_rules() {
            let with = json!({ "house_rules": rules });
            all.insert(format!("{id}-{name}"), merged(&twin, &with));
        }
        let other = if twin["policy"] == "literal" { "conservative" } else { "literal" };
        all.insert(format!("{id}-other"), merged(&twin, &json!({ "policy": other })));
    }
    all
}

fn merged(profile: &Value, with: &Value) -> Value {
    let fields = [profile, with].into_iter().filter_map(Value::as_object).flatten();
    Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// The senders of the worlds, each with its twins.
pub(crate) const BASE: [&str; 5] = ["acme", "hope", "party", "bold", "adviser"];

static PEOPLE: AtomicUsize = AtomicUsize::new(0);

/// The moment at which every world is asked about.
pub(crate) fn now() -> jiff::Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

impl World {
    /// The answer, after the events arrived in their order.
    pub(crate) fn answer(&self) -> Value {
        answered(&self.request_of(0), &self.memory())
    }

    /// What the decision log keeps of the decision.
    pub(crate) fn draft(&self) -> Draft {
        let asked = Asked { request_id: Some("world-1"), trace_id: None, began: Instant::now() };
        check::check_on_record(&self.request_of(0), &self.memory(), context(), asked).expect("an answer").1
    }

    /// Hands on the request, what the ledger holds, and the moment.
    pub(crate) fn ask<T>(&self, ask: impl FnOnce(&SendRequest, &dyn View, check::Context<'_>) -> T) -> T {
        ask(&self.request_of(0), &self.memory(), context())
    }

    /// Whether the message may be sent.
    pub(crate) fn allows(&self) -> bool {
        check::allows(&self.request_of(0), &self.memory(), context()).expect("a verdict")
    }

    /// The answer after the person, named by these kinds of contact detail, was erased.
    pub(crate) fn answer_once_erased(&self, kinds: &[&str]) -> Value {
        let mut recipient = details(0);
        recipient.as_object_mut().expect("an object").retain(|kind, _| kinds.contains(&kind.as_str()));
        let recipient: ContactDetails = serde_json::from_value(recipient).expect("contact details");
        let details: Result<Vec<_>, _> = recipient.iter().map(|(kind, detail)| Normalised::new(kind, detail)).collect();
        let request = erasure::Request {
            sender: self.request["sender"].as_str().unwrap_or_default(),
            details: &details.expect("contact details"),
            reference: None,
            now: now(),
        };
        let records = self.records();
        let ledger = Memory::of(records.clone()).expect("a ledger");
        let plan = erasure::plan(&ledger, &IDENTITY, &request).expect("a plan");
        let erased = Memory::of(records.into_iter().chain(plan.records).collect()).expect("a ledger");
        answered(&self.request_of(0), &erased)
    }

    /// What the ledger holds.
    fn memory(&self) -> Memory {
        Memory::of(self.records()).expect("a ledger")
    }

    /// The events, and of the senders the two that a world speaks of.
    fn records(&self) -> Vec<Vec<u8>> {
        let sender = self.request["sender"].as_str().unwrap_or_default();
        let senders = [sender, "acme"].into_iter().filter_map(|id| SENDERS.get(id)).cloned();
        senders.chain(self.records_of(0)).collect()
    }

    /// The same from the real engine.
    pub(crate) fn answer_of_the_store(&self) -> Value {
        let person = PEOPLE.fetch_add(1, Ordering::Relaxed);
        LEDGER.append(self.records_of(person));
        answered(&self.request_of(person), &*LEDGER.store.view().expect("a view"))
    }

    /// The events, of one person, each with an id, as records.
    fn records_of(&self, person: usize) -> Vec<Vec<u8>> {
        let details = details(person);
        let complete = |(index, event): (usize, &Value)| {
            let mut event = event.clone();
            let id = event.get("id").and_then(Value::as_str).map_or_else(|| format!("e{index}"), str::to_owned);
            event["id"] = json!(format!("{id}-{person}"));
            // A public register speaks of a line, whoever sends.
            if event.get("register").is_none_or(|register| register == "fundraising_preference") {
                event["sender"] = self.request["sender"].clone();
            }
            event["recipient"] = details.clone();
            let event: Event = serde_json::from_value(event).expect("an event");
            record::of_event(&event, &IDENTITY, now()).expect("a record")
        };
        self.events.iter().enumerate().map(complete).collect()
    }

    fn request_of(&self, person: usize) -> SendRequest {
        let mut request = self.request.clone();
        for (kind, detail) in details(person).as_object().expect("an object") {
            request["recipient"][kind] = detail.clone();
        }
        serde_json::from_value(request).expect("a request")
    }

    /// The same world with one field of the request changed.
    pub(crate) fn with(&self, pointer: &str, value: Value) -> Self {
        let mut changed = self.clone();
        let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
        changed.request.pointer_mut(parent).expect("a parent")[field] = value;
        changed
    }

    /// The same world with the sender's twin of that name in its place.
    pub(crate) fn of_twin(&self, name: &str) -> Self {
        let sender = self.request["sender"].as_str().expect("an id");
        self.with("/sender", json!(format!("{sender}-{name}")))
    }

    /// The same world with one more event.
    pub(crate) fn and(&self, event: Value) -> Self {
        let mut changed = self.clone();
        changed.events.push(event);
        changed
    }

    /// The channel.
    pub(crate) fn channel(&self) -> &str {
        self.request["channel"].as_str().unwrap_or_default()
    }
}

fn details(person: usize) -> Value {
    json!({
        "email": format!("p{person}@example.com"), "phone": format!("+4477009{person:05}"),
        "postal": format!("{person} High Street"), "account": format!("p{person}"),
    })
}

fn answered(request: &SendRequest, view: &dyn View) -> Value {
    serde_json::to_value(check::check(request, view, context()).expect("an answer")).expect("JSON")
}

fn context() -> check::Context<'static> {
    check::Context { identity: &IDENTITY, now: now(), full: false }
}
