//! The limits in the specification that reading a body into its type does not see.
//!
//! Each is asked for with a comparison of lengths or characters, so that a sound request pays next to nothing. That
//! the schema says the same is tested here: whatever is out of bounds, the schema has a fault for.

use crate::{
    check::request::{Party, Recipient, ReplyAddress, SendRequest},
    ledger::{
        accept::{self, LONGEST_ID, LONGEST_TEXT, MOST_ITEMS, OLDEST, fits},
        event::{GivenEvent, Text},
        sender::{Sender, SenderId},
    },
};

/// Something with limits that its type does not see.
pub(crate) trait Bounded {
    /// Whether it keeps to them.
    fn is_within_bounds(&self) -> bool;
}

fn is_text(text: &Text) -> bool {
    fits(&text.0, 1, LONGEST_TEXT)
}

/// Whether there is anything but spaces and line breaks in it.
fn is_no_blank(text: &str) -> bool {
    text.bytes().any(|b| !matches!(b, b' ' | b'\t'..=b'\r'))
}

impl Bounded for SendRequest {
    fn is_within_bounds(&self) -> bool {
        self.sender.is_within_bounds()
            && self.instigator.as_ref().is_none_or(Bounded::is_within_bounds)
            && self.promoted_party.as_ref().is_none_or(|name| fits(name, 1, 200))
            && self.recipient.is_within_bounds()
            && self.topic.as_ref().is_none_or(is_text)
            && self.campaign.as_ref().is_none_or(is_text)
            && self.answers_request.as_ref().is_none_or(is_text)
            && self.assessment.as_ref().is_none_or(|reference| is_text(reference) && is_no_blank(&reference.0))
            && self.message.products.len() <= MOST_ITEMS
            && self.message.products.iter().all(is_text)
            && !matches!(&self.message.reply_address, Some(ReplyAddress::Address(address)) if !fits(&address.0, 0, LONGEST_TEXT))
            && self.given.len() <= MOST_ITEMS
            && self.given.iter().all(Bounded::is_within_bounds)
            && self.at_least.as_ref().is_none_or(|token| is_revision(token))
    }
}

fn is_revision(token: &str) -> bool {
    let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    let digits = token.strip_prefix("r1-").unwrap_or_default();
    (1..=16).contains(&digits.len()) && digits.bytes().all(hexadecimal)
}

impl Bounded for Party {
    fn is_within_bounds(&self) -> bool {
        match self {
            Self::Registered(id) => id.is_well_formed(),
            Self::Inline(sender) => sender.is_within_bounds(),
        }
    }
}

impl Bounded for Sender {
    fn is_within_bounds(&self) -> bool {
        let short = |text: &Option<String>, most| text.as_ref().is_none_or(|text| fits(text, 1, most));
        fits(&self.legal_name, 1, 200)
            && self.trading_names.len() <= 50
            && short(&self.contact_address, 500)
            && short(&self.freephone, 40)
            && short(&self.fca_authorisation, 40)
            && short(&self.legitimate_interests_assessment, 200)
            && self.house_rules.as_ref().is_none_or(|rules| rules.is_within_bounds())
    }
}

/// Whether the channel's own detail is among those given is for the check to say.
impl Bounded for Recipient {
    fn is_within_bounds(&self) -> bool {
        let two_letters = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        self.details().all(|(kind, detail)| accept::is_detail_within_bounds(kind, detail))
            && self.country.as_ref().is_none_or(two_letters)
            && self.age.is_none_or(|age| age <= OLDEST)
    }
}

impl Bounded for GivenEvent {
    fn is_within_bounds(&self) -> bool {
        self.id.as_ref().is_none_or(|id| fits(id, 1, LONGEST_ID))
            && self.sender.as_ref().is_none_or(|id| SenderId(id.clone()).is_well_formed())
            && self.recipient.as_ref().is_none_or(|details| {
                details.iter().all(|(kind, detail)| accept::is_detail_within_bounds(kind, detail))
            })
            && accept::is_within_bounds(&self.happening)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::strict::{tree::Tree, walk::Walk};

    fn house(rules: Value) -> Value {
        json!({"legal_name": "A", "kind": "company", "house_rules": rules})
    }

    /// Each row puts one value into the smallest sound request.
    #[rstest::rstest]
    #[case("sender", json!("Acme"))]
    #[case("sender", json!(""))]
    #[case("sender", json!({"legal_name": "x".repeat(201), "kind": "company"}))]
    #[case("sender", json!({"legal_name": "A", "kind": "company", "trading_names": vec!["a"; 51]}))]
    #[case("sender", json!({"legal_name": "A", "kind": "company", "freephone": "0".repeat(41)}))]
    #[case("sender", house(json!({"quiet_hours": vec![json!({"from": "20:00", "until": "08:00"}); 51]})))]
    #[case("sender", house(json!({"quiet_hours": [{"from": "20:00", "until": "08:00", "time_zone": ""}]})))]
    #[case("sender", house(json!({"longest_consent_age": [{"months": 0}]})))]
    #[case("sender", house(json!({"longest_consent_age": [{"days": 7301}]})))]
    #[case("sender", house(json!({"frequency": [{"at_most": 1001, "in_days": 1}]})))]
    #[case("sender", house(json!({"frequency": [{"at_most": 1, "in_days": 0}]})))]
    #[case("sender", house(json!({"frequency": [{"at_most": 1, "in_days": 1, "topics": [""]}]})))]
    #[case("sender", house(json!({"blocked_topics": [{"topics": []}]})))]
    #[case("instigator", json!("a b"))]
    #[case("promoted_party", json!(""))]
    #[case("topic", json!(""))]
    #[case("campaign", json!(""))]
    #[case("campaign", json!("x".repeat(2001)))]
    #[case("answers_request", json!("x".repeat(2001)))]
    #[case("assessment", json!(""))]
    #[case("assessment", json!(" \t\n\u{b}\u{c}\r"))]
    #[case("assessment", json!("x".repeat(2001)))]
    #[case("at_least", json!("r1-"))]
    #[case("at_least", json!("r1-2A"))]
    #[case("at_least", json!("r1-00000000000000000"))]
    #[case("recipient", json!({"email": "x".repeat(321)}))]
    #[case("recipient", json!({"phone": "1234"}))]
    #[case("recipient", json!({"phone": "+44 7700 900123 ext. 4"}))]
    #[case("recipient", json!({"phone": "٠١٢٣٤٥"}))]
    #[case("recipient", json!({"email": "jo@example.com", "country": "GBR"}))]
    #[case("recipient", json!({"email": "jo@example.com", "age": 131}))]
    #[case("message", json!({"products": [""]}))]
    #[case("message", json!({"products": vec!["a"; 101]}))]
    #[case("message", json!({"reply_address": "x".repeat(2001)}))]
    #[case("given", json!([{"type": "age_stated", "occurred_at": "2026-03-01T09:30:00Z", "age": 131}]))]
    #[case("given", json!([{"type": "consent_given", "occurred_at": "2026-03-01T09:30:00Z", "channels": []}]))]
    #[case("given", json!([{"type": "contact_reassigned", "occurred_at": "2026-03-01T09:30:00Z", "id": ""}]))]
    #[case("given", json!([{"type": "contact_reassigned", "occurred_at": "2026-03-01T09:30:00Z", "sender": "A"}]))]
    #[case("given", json!([{"type": "contact_reassigned", "occurred_at": "2026-03-01T09:30:00Z", "recipient": {"email": ""}}]))]
    fn what_is_out_of_bounds_has_a_fault(#[case] field: &str, #[case] value: Value) {
        let mut body = json!({"sender": "acme", "channel": "email", "recipient": {"email": "jo@example.com"},
            "purpose": "commercial"});
        assert!(serde_json::from_value::<SendRequest>(body.clone()).expect("a request").is_within_bounds());
        body.as_object_mut().expect("an object").insert(field.to_owned(), value);
        assert!(!serde_json::from_value::<SendRequest>(body.clone()).expect("a request").is_within_bounds());
        let tree: Tree = serde_json::from_value(body).expect("a tree");
        assert_eq!(Walk::of::<SendRequest>().faults(&tree, "").len(), 1);
    }
}
