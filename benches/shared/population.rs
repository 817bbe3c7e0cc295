//! The people that the benchmarks ask about, and the question: one place, so that all of them measure the same.
//!
//! Each person has one contact detail, an email address, and one sender's ledger holds of 100 people: 50 who consented
//! and 30 whose details were collected at a sale, all of whom may be mailed; 10 who consented and objected since, 5 who
//! consented and withdrew it, and 5 who entered a prize draw, none of whom may. Who is what, and on which day it was,
//! follows from the person's number alone.

use serde_json::{Value, json};

/// The sender.
pub(crate) const SENDER: &str = "acme";

/// What the ledger holds of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Consented.
    Consented,
    /// Bought something and did not refuse marketing: the soft opt-in.
    Bought,
    /// Consented and objected since.
    Objected,
    /// Consented and withdrew it since.
    Withdrew,
    /// Entered a prize draw, which is no sale.
    Entered,
}

impl Kind {
    /// Of the person of that number.
    pub(crate) const fn of(person: u64) -> Self {
        match (person * 61 + person / 100 * 17) % 100 {
            0..50 => Self::Consented,
            50..80 => Self::Bought,
            80..90 => Self::Objected,
            90..95 => Self::Withdrew,
            _ => Self::Entered,
        }
    }

    /// Whether such a person may be mailed.
    pub(crate) const fn is_allowed(self) -> bool {
        matches!(self, Self::Consented | Self::Bought)
    }
}

/// The sender's profile.
pub(crate) fn profile() -> Value {
    json!({
        "legal_name": "Acme Bikes Ltd", "kind": "company", "trading_names": ["Acme Bikes", "Acme Cycles"],
        "contact_address": "1 High Street, Leeds LS1 1AA", "legitimate_interests_assessment": "LIA-2026-3",
        "similar_products": { "bikes": ["city bike", "touring bike", "bike service", "helmets"] },
    })
}

/// A person's address. The Lua of the load generator makes the same ones.
pub(crate) fn email(person: u64) -> String {
    let one_of = |words: [&'static str; 8], number: u64| words.into_iter().cycle().nth((number % 8) as usize);
    let name = one_of(NAMES, person / 100).unwrap_or_default();
    let family = one_of(FAMILIES, person / 7).unwrap_or_default();
    let domain = one_of(DOMAINS, person / 3).unwrap_or_default();
    format!("{name}.{family}{person}@{domain}")
}

pub(crate) const NAMES: [&str; 8] = ["jo", "alex", "sam", "robin", "chris", "kim", "lee", "pat"];
pub(crate) const FAMILIES: [&str; 8] = ["smith", "jones", "taylor", "brown", "khan", "evans", "patel", "wilson"];
pub(crate) const DOMAINS: [&str; 8] = [
    "example.com",
    "example.org",
    "example.net",
    "mail.example.com",
    "post.example.org",
    "home.example.net",
    "work.example.com",
    "box.example.org",
];

/// The events of a person, in the order in which they happened.
pub(crate) fn events(person: u64) -> Vec<Value> {
    let day = mixed(person) % 1_200;
    let (first, second) = (moment(day, person), moment(day + 30 + day % 60, person));
    let event = |kind: &str, id: &str, at: &str, fields: Value| {
        let mut event = json!({
            "type": kind, "id": format!("{id}{person}"), "occurred_at": at, "sender": SENDER,
            "recipient": { "email": email(person) },
        });
        if let (Some(event), Value::Object(fields)) = (event.as_object_mut(), fields) {
            event.extend(fields);
        }
        event
    };
    let consent = || {
        let fields = json!({
            "how": "unticked_box", "channels": ["email"], "separate": true, "conditional": false, "withdrawal_told": true,
            "wording": "Yes, send me offers by email", "wording_version": "v3",
        });
        event("consent_given", "c", &first, fields)
    };
    let collected = |context: &str| {
        let fields = json!({
            "context": context, "opt_out_offered": true, "opt_out_free": true, "refused": false,
            "products": ["city bike"],
        });
        event("details_collected", "d", &first, fields)
    };
    match Kind::of(person) {
        Kind::Consented => vec![consent()],
        Kind::Bought => vec![collected("sale")],
        Kind::Objected => vec![consent(), event("objection_raised", "o", &second, json!({}))],
        Kind::Withdrew => vec![consent(), event("consent_withdrawn", "w", &second, json!({ "channels": ["email"] }))],
        Kind::Entered => vec![collected("prize_draw")],
    }
}

/// What is asked about everybody: the request without its recipient.
pub(crate) fn campaign() -> Value {
    json!({
        "sender": SENDER, "channel": "email", "purpose": "commercial", "topic": "offers", "campaign": "autumn-2026-offers",
        "lawful_basis": "legitimate_interests", "assessment": "LIA-2026-3",
        "message": {
            "products": ["bike service"], "opt_out": "link", "identifies_sender": true, "contains_promotion": true,
            "reply_address": "offers@acme.example", "clearly_commercial": true, "websites_comply": true,
            "privacy_information": true, "right_to_object_told": true, "special_category": false,
        },
    })
}

/// A line of a campaign: the person and the caller's own name for the line.
pub(crate) fn line(person: u64) -> Value {
    json!({ "ref": person.to_string(), "email": email(person), "subscriber": "individual" })
}

/// One whole question: some 600 bytes.
pub(crate) fn request(person: u64) -> Value {
    let mut request = campaign();
    if let Some(fields) = request.as_object_mut() {
        let recipient = json!({
            "email": email(person), "subscriber": "individual", "named_person": true, "country": "GB", "age": 42,
            "vulnerable": false,
        });
        fields.insert("recipient".into(), recipient);
    }
    request
}

/// A moment on a day since the start of 2023.
fn moment(day: u64, person: u64) -> String {
    let (year, day) = (2023 + day / 336, day % 336);
    let (month, day) = (day / 28 + 1, day % 28 + 1);
    format!("{year}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", 7 + person % 12, person / 12 % 60, person / 720 % 60)
}

/// Numbers without any order, always the same ones.
const fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}
