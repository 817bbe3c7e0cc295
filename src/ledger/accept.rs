//! What the ledger accepts: the checks on an event that its fields alone do not make. Pure.
//!
//! An event that is refused here is well formed and still cannot be kept: it is about nobody, it lies in the future,
//! or one of its texts holds the very address that the ledger must not hold.

mod fields;
mod profile;
mod whole_register;

use jiff::{SignedDuration, Timestamp};

pub use self::profile::blanks;

use self::fields::{lists, singles, term_lists};
use super::{
    event::{Event, Happening, Text},
    identity::{Detail, Normalised},
    sender::SenderId,
};
use crate::terms::{recipient::DetailKind, register::Register};

/// Most items of one list.
pub const MOST_ITEMS: usize = 100;
/// Most characters of one text.
pub const LONGEST_TEXT: usize = 2000;
/// Most characters of an event's `id`.
pub const LONGEST_ID: usize = 200;
/// Most whole years of an age.
pub const OLDEST: u8 = 130;
/// Why nobody records by itself what an erasure leaves behind: it would look as if something had been erased.
pub const ONLY_BY_ERASURE: &str =
    "an event erases nothing: ask for the erasure with `POST /recipients/erasure`, which leaves this one behind";
/// How far a caller's clock may be ahead. More is a mistaken clock or a time written in the wrong zone.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_hours(24);

/// One reason why an event is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the event, as a JSON pointer.
    pub pointer: String,
    /// A stable name of the reason.
    pub code: &'static str,
    /// The reason in words. It never repeats what was received.
    pub message: String,
}

impl Refusal {
    fn new(pointer: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, message: message.into() }
    }
}

/// Every reason why the event cannot be kept; none: it can.
#[must_use]
pub fn refusals(event: &Event, now: Timestamp) -> Vec<Refusal> {
    let mut found = Vec::new();
    if event.happening.kind().is_left_by_an_erasure() {
        found.push(Refusal::new("/type", "only_by_erasure", ONLY_BY_ERASURE));
    }
    text("/id", &event.id, LONGEST_ID, &mut found);
    time(event.occurred_at, now, &mut found);
    sender(event, &mut found);
    recipient(event, &mut found);
    own_fields(&event.happening, &mut found);
    for (pointer, kept) in kept_texts(event) {
        if event.recipient.appear_in(kept) {
            let message = "this text is kept, and it holds one of the event's own contact details: leave it out";
            found.push(Refusal::new(pointer, "contact_detail_in_text", message));
        }
    }
    found
}

fn time(occurred_at: Timestamp, now: Timestamp, found: &mut Vec<Refusal>) {
    if occurred_at > now.saturating_add(CLOCK_SLACK).unwrap_or(Timestamp::MAX) {
        let message = "this lies more than 24 hours in the future: check the clock and the time zone";
        found.push(Refusal::new("/occurred_at", "in_the_future", message));
    }
    if occurred_at < Timestamp::UNIX_EPOCH {
        found.push(Refusal::new("/occurred_at", "too_early", "this lies before 1970"));
    }
}

/// A public register speaks of a number, whoever calls it; every other event is between a person and one sender.
fn sender(event: &Event, found: &mut Vec<Refusal>) {
    let whole = event.happening.kind().is_of_a_whole_register();
    let register = register(&event.happening).filter(|register| whole || is_public(*register));
    match (&event.sender, register) {
        (None, None) => {
            let message = "field `sender` is missing: only an event of a public register concerns no sender";
            found.push(Refusal::new("/sender", "missing_field", message));
        }
        (Some(_), Some(register)) => {
            let message = format!("register `{register}` holds for every sender: leave `sender` out");
            found.push(Refusal::new("/sender", "sender_not_allowed", message));
        }
        (None, Some(_)) => {}
        (Some(id), None) => {
            if !SenderId(id.clone()).is_well_formed() {
                let message = "this can be no id of a profile: lower-case letters, digits, `.`, `_` and `-`";
                found.push(Refusal::new("/sender", "pattern", message));
            }
        }
    }
}

const fn register(happening: &Happening) -> Option<Register> {
    match happening {
        Happening::RegisterListed(listing) => Some(listing.register),
        Happening::RegisterRemoved(listing) => Some(listing.register),
        Happening::RegisterScreened(screening) => Some(screening.register),
        Happening::RegisterImported(import) => Some(import.register),
        Happening::ConsentGiven(_)
        | Happening::ConsentWithdrawn(_)
        | Happening::ObjectionRaised(_)
        | Happening::DetailsCollected(_)
        | Happening::DetailsRefused(_)
        | Happening::CallPermissionGiven(_)
        | Happening::CallPermissionWithdrawn(_)
        | Happening::RequestMade(_)
        | Happening::RequestFulfilled(_)
        | Happening::SubscriberIdentified(_)
        | Happening::ClientRelationshipStarted(_)
        | Happening::ClientRelationshipEnded(_)
        | Happening::ContactReassigned(_)
        | Happening::AgeStated(_)
        | Happening::ComplaintMade(_)
        | Happening::SendMade(_)
        | Happening::ErasureRequested(_) => None,
    }
}

/// Whether a register speaks of a number, whoever sends: a request through the Fundraising Preference Service stops
/// one charity; the other registers stop everybody.
#[must_use]
pub const fn is_public(register: Register) -> bool {
    match register {
        Register::Tps | Register::Ctps | Register::FaxRegister | Register::Mps => true,
        Register::FundraisingPreference => false,
    }
}

fn recipient(event: &Event, found: &mut Vec<Refusal>) {
    let details = &event.recipient;
    if event.happening.kind().is_of_a_whole_register() {
        if !details.is_empty() {
            let message = "a whole register is about no one person: leave `recipient` out";
            found.push(Refusal::new("/recipient", "recipient_not_allowed", message));
        }
        return;
    }
    if details.is_empty() {
        let message = "there is no contact detail: give at least one of `email`, `phone`, `postal`, `account`";
        found.push(Refusal::new("/recipient", "too_few", message));
    }
    for (kind, detail) in details.iter() {
        let pointer = || format!("/recipient/{kind}");
        let longest = longest_detail(kind);
        if !is_phone_like(kind, detail.expose()) {
            let message = "this is no telephone number: write it as `+44...` or as a number of the United Kingdom";
            found.push(Refusal::new(pointer(), "contact_detail", message));
        } else if !fits(detail.expose(), 0, longest) {
            found.push(Refusal::new(pointer(), "too_long", format!("this has more than {longest} characters")));
        } else if let Err(error) = Normalised::new(kind, detail) {
            found.push(Refusal::new(pointer(), "contact_detail", error.to_string()));
        }
    }
}

fn own_fields(happening: &Happening, found: &mut Vec<Refusal>) {
    for (name, list) in lists(happening) {
        if list.len() > MOST_ITEMS {
            let message = format!("this list has more than {MOST_ITEMS} items");
            found.push(Refusal::new(format!("/{name}"), "too_many", message));
        }
        for (index, item) in list.iter().enumerate() {
            text(&format!("/{name}/{index}"), &item.0, LONGEST_TEXT, found);
        }
    }
    for (name, single) in singles(happening) {
        text(&format!("/{name}"), &single.0, LONGEST_TEXT, found);
    }
    for (name, length) in term_lists(happening) {
        if length > MOST_ITEMS {
            let message = format!("this list has more than {MOST_ITEMS} items");
            found.push(Refusal::new(format!("/{name}"), "too_many", message));
        }
    }
    if let Happening::ConsentGiven(consent) = happening
        && consent.channels.is_empty()
    {
        let message = "this is empty: name the channels that the consent covers";
        found.push(Refusal::new("/channels", "too_few", message));
    }
    if let Happening::AgeStated(stated) = happening
        && stated.age > OLDEST
    {
        found.push(Refusal::new("/age", "too_large", format!("this is more than {OLDEST}")));
    }
    if let Happening::RegisterImported(import) = happening {
        whole_register::check(import, found);
    }
}

fn text(pointer: &str, text: &str, longest: usize, found: &mut Vec<Refusal>) {
    if text.trim().is_empty() {
        found.push(Refusal::new(pointer, "blank", "this is blank"));
    } else if !fits(text, 1, longest) {
        found.push(Refusal::new(pointer, "too_long", format!("this has more than {longest} characters")));
    }
}

/// Whether the text has between `least` and `most` characters. Most texts are settled by their number of bytes.
#[must_use]
pub fn fits(text: &str, least: usize, most: usize) -> bool {
    let enough = text.len() >= least && (least < 2 || text.chars().count() >= least);
    enough && (text.len() <= most || text.chars().count() <= most)
}

/// Whether a contact detail keeps to the limits that the specification gives it.
#[must_use]
pub fn is_detail_within_bounds(kind: DetailKind, detail: &Detail) -> bool {
    fits(detail.expose(), 1, longest_detail(kind)) && is_phone_like(kind, detail.expose())
}

/// Whether the own fields of an event keep to the limits that the specification gives them.
#[must_use]
pub fn is_within_bounds(happening: &Happening) -> bool {
    let keep = |text: &Text| fits(&text.0, 1, LONGEST_TEXT);
    let consent = !matches!(happening, Happening::ConsentGiven(consent) if consent.channels.is_empty());
    let age = !matches!(happening, Happening::AgeStated(stated) if stated.age > OLDEST);
    consent
        && age
        && singles(happening).all(|(_, text)| keep(text))
        && lists(happening).all(|(_, l)| l.iter().all(keep))
}

const fn longest_detail(kind: DetailKind) -> usize {
    match kind {
        DetailKind::Email => 320,
        DetailKind::Phone => 41,
        DetailKind::Postal | DetailKind::Account | DetailKind::Domain | DetailKind::Register => 500,
    }
}

/// Whether a telephone number has the characters that the specification allows: the pattern of its schema.
fn is_phone_like(kind: DetailKind, text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let allowed = |b: u8| b.is_ascii_digit() || matches!(b, b' ' | b'(' | b')' | b'.' | b'-');
    kind != DetailKind::Phone || ((5..=40).contains(&rest.len()) && rest.bytes().all(allowed))
}

/// The texts of an event that the journal keeps, each with its pointer.
fn kept_texts(event: &Event) -> impl Iterator<Item = (String, &str)> {
    let items = lists(&event.happening)
        .flat_map(|(name, list)| list.iter().enumerate().map(move |(i, text)| (format!("/{name}/{i}"), &*text.0)));
    let singles = singles(&event.happening).map(|(name, text)| (format!("/{name}"), &*text.0));
    std::iter::once(("/id".to_owned(), &*event.id)).chain(singles).chain(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest event that is accepted.
    const SOUND: &str = r#"{"type": "consent_given", "id": "form-1", "occurred_at": "2026-03-01T09:30:00Z",
        "sender": "acme", "recipient": {"email": "jo@example.com", "phone": "+447700900123"}, "channels": ["email"]}"#;

    fn codes(changes: serde_json::Value) -> Vec<(String, &'static str)> {
        let mut whole: serde_json::Map<String, serde_json::Value> = serde_json::from_str(SOUND).expect("an object");
        for (name, value) in changes.as_object().cloned().unwrap_or_default() {
            if value.is_null() {
                whole.remove(&name)
            } else {
                whole.insert(name, value)
            };
        }
        let event = serde_json::from_value(whole.into()).expect("an event");
        let now = "2026-03-01T10:00:00Z".parse().expect("a moment");
        refusals(&event, now).into_iter().map(|refusal| (refusal.pointer, refusal.code)).collect()
    }

    #[rstest::rstest]
    #[case(serde_json::json!({"id": " "}), "/id", "blank")]
    #[case(serde_json::json!({"id": "x".repeat(201)}), "/id", "too_long")]
    #[case(serde_json::json!({"id": "07700 900123"}), "/id", "contact_detail_in_text")]
    #[case(serde_json::json!({"occurred_at": "2026-03-02T10:00:01Z"}), "/occurred_at", "in_the_future")]
    #[case(serde_json::json!({"occurred_at": "1969-12-31T23:59:59Z"}), "/occurred_at", "too_early")]
    #[case(serde_json::json!({"sender": null}), "/sender", "missing_field")]
    #[case(serde_json::json!({"sender": "ACME"}), "/sender", "pattern")]
    #[case(serde_json::json!({"recipient": {}}), "/recipient", "too_few")]
    #[case(serde_json::json!({"recipient": {"email": "jo"}}), "/recipient/email", "contact_detail")]
    #[case(serde_json::json!({"recipient": {"phone": "tel:07700900123"}}), "/recipient/phone", "contact_detail")]
    #[case(serde_json::json!({"channels": []}), "/channels", "too_few")]
    #[case(serde_json::json!({"topics": vec!["a"; 101]}), "/topics", "too_many")]
    #[case(serde_json::json!({"topics": ["bikes", ""]}), "/topics/1", "blank")]
    #[case(serde_json::json!({"topics": ["for Jo@Example.com"]}), "/topics/0", "contact_detail_in_text")]
    #[case(serde_json::json!({"wording": "x".repeat(2001)}), "/wording", "too_long")]
    #[case(serde_json::json!({"type": "erasure_requested", "channels": null}), "/type", "only_by_erasure")]
    #[case(serde_json::json!({"type": "age_stated", "channels": null, "age": 131}), "/age", "too_large")]
    fn each_change_is_refused(#[case] change: serde_json::Value, #[case] pointer: &str, #[case] code: &str) {
        assert_eq!(codes(change), [(pointer.to_owned(), code)]);
    }

    #[test]
    fn a_sound_event_is_accepted() {
        assert_eq!(codes(serde_json::json!({})), []);
        assert_eq!(codes(serde_json::json!({"occurred_at": "2026-03-02T09:59:59Z"})), []);
    }

    #[rstest::rstest]
    #[case("tps", serde_json::json!(null), None)]
    #[case("tps", serde_json::json!("acme"), Some("sender_not_allowed"))]
    #[case("mps", serde_json::json!("acme"), Some("sender_not_allowed"))]
    #[case("fundraising_preference", serde_json::json!("acme"), None)]
    #[case("fundraising_preference", serde_json::json!(null), Some("missing_field"))]
    fn public_registers_concern_no_sender(
        #[case] register: &str,
        #[case] sender: serde_json::Value,
        #[case] code: Option<&str>,
    ) {
        let change = serde_json::json!({
            "type": "register_listed", "register": register, "sender": sender, "channels": null,
        });
        assert_eq!(codes(change).first().map(|(_, code)| *code), code);
    }
}
