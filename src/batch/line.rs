//! Reading one line. The way of a sound recipient is short: its fields go straight into place, and the caller's name of
//! it stays where it was received. Everything else goes the long way, in [`super::form`].

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor},
};

use super::{
    fault::{LineFault, Place},
    form::{self, Defaults},
};
use crate::{
    check::request::{Recipient, SendRequest},
    ledger::accept::fits,
    strict::bounds::Bounded as _,
};

/// Most characters of a caller's own name of a line.
pub const LONGEST_REF: usize = 200;

/// A line that was read.
#[derive(Debug)]
pub struct Line<'a> {
    /// The caller's own name of it.
    pub reference: Option<Cow<'a, str>>,
    /// What it asks.
    pub asks: Asks,
}

/// What a line asks.
#[derive(Debug)]
pub enum Asks {
    /// What the campaign asks, of this person.
    Recipient(Recipient),
    /// A whole send request, completed from the campaign.
    Request(Box<SendRequest>),
}

/// A line that could not be read.
#[derive(Debug)]
pub struct Unread {
    /// The caller's own name of it, if that much could be read.
    pub reference: Option<String>,
    /// Why.
    pub fault: LineFault,
}

impl<'a> Line<'a> {
    /// Reads a line, after a campaign or without one.
    ///
    /// # Errors
    /// [`Unread`] has every fault.
    pub fn read(line: &'a [u8], campaign: Option<&Defaults>) -> Result<Self, Unread> {
        if campaign.is_some()
            && let Ok(Short { reference, recipient }) = serde_json::from_slice(line)
            && reference.as_ref().is_none_or(|reference| fits(&reference.0, 0, LONGEST_REF))
            && recipient.is_within_bounds()
        {
            return Ok(Self { reference: reference.map(|reference| reference.0), asks: Asks::Recipient(recipient) });
        }
        form::read(line, campaign)
    }

    /// Where the pointers lead that a check of this line may give.
    #[must_use]
    pub fn place(line: &[u8], campaign: Option<&Defaults>) -> Place {
        form::place(line, campaign)
    }
}

/// A recipient with the caller's own name of the line.
struct Short<'a> {
    reference: Option<Text<'a>>,
    recipient: Recipient,
}

impl<'de> Deserialize<'de> for Short<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

/// What a field has been given, once.
fn set<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    place: &mut Option<T>,
    seen: &mut u16,
    bit: u16,
    fields: &mut A,
) -> Result<(), A::Error> {
    if *seen & bit != 0 {
        return Err(A::Error::custom("a field stands twice"));
    }
    *seen |= bit;
    *place = fields.next_value()?;
    Ok(())
}

impl<'de> Visitor<'de> for Fields {
    type Value = Short<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a recipient")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Short<'de>, A::Error> {
        let mut reference = None;
        let mut person = Recipient::default();
        let mut seen = 0;
        while let Some(Name(name)) = fields.next_key()? {
            let Recipient { email, phone, postal, account, subscriber, named_person, country, age, vulnerable } =
                &mut person;
            match name {
                "ref" => set(&mut reference, &mut seen, 1, &mut fields)?,
                "email" => set(email, &mut seen, 1 << 1, &mut fields)?,
                "phone" => set(phone, &mut seen, 1 << 2, &mut fields)?,
                "postal" => set(postal, &mut seen, 1 << 3, &mut fields)?,
                "account" => set(account, &mut seen, 1 << 4, &mut fields)?,
                "subscriber" => set(subscriber, &mut seen, 1 << 5, &mut fields)?,
                "named_person" => set(named_person, &mut seen, 1 << 6, &mut fields)?,
                "country" => set(country, &mut seen, 1 << 7, &mut fields)?,
                "age" => set(age, &mut seen, 1 << 8, &mut fields)?,
                "vulnerable" => set(vulnerable, &mut seen, 1 << 9, &mut fields)?,
                // The same, said as in a send request.
                "recipient" if seen & !1 == 0 => {
                    seen = u16::MAX ^ 1 ^ (seen & 1);
                    person = fields.next_value()?;
                }
                _ => return Err(A::Error::custom("no field of a recipient")),
            }
        }
        Ok(Short { reference, recipient: person })
    }
}

/// The name of a field, where it was received: one that is written with escapes goes the long way.
struct Name<'a>(&'a str);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(Self)
    }
}

/// A text, where it was received if it is written without escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(line: &str) -> Option<(Option<String>, Recipient)> {
        let Short { reference, recipient } = serde_json::from_str(line).ok()?;
        Some((reference.map(|it| it.0.into_owned()), recipient))
    }

    #[rstest::rstest]
    #[case(r#"{}"#, None, None)]
    #[case(r#"{"ref": "42", "email": "jo@example.com"}"#, Some("42"), Some("jo@example.com"))]
    #[case(r#"{"recipient": {"email": "jo@example.com"}, "ref": "42"}"#, Some("42"), Some("jo@example.com"))]
    #[case(r#"{"ref": "a\n\u00e9", "email": null}"#, Some("a\né"), None)]
    fn a_recipient_is_read_in_place(#[case] line: &str, #[case] reference: Option<&str>, #[case] email: Option<&str>) {
        let (found, person) = short(line).unwrap();
        assert_eq!((found.as_deref(), person.email.as_ref().map(|it| it.expose())), (reference, email));
    }

    #[test]
    fn every_field_of_a_recipient_is_read() {
        let line = r#"{"ref": "1", "email": "jo@example.com", "phone": "07700 900123", "postal": "1 High Street",
            "account": "jo", "subscriber": "individual", "named_person": true, "country": "GB", "age": 30, "vulnerable": false}"#;
        let (_, person) = short(line).unwrap();
        let without = line.replacen(r#""ref": "1", "#, "", 1);
        let expected: Recipient = serde_json::from_str(&without).unwrap();
        assert_eq!(format!("{person:?}"), format!("{expected:?}"));
        assert!(person.details().map(|(_, it)| it.expose()).eq(expected.details().map(|(_, it)| it.expose())));
    }

    #[rstest::rstest]
    #[case(r#"["42"]"#)]
    #[case(r#"{"ref": 42}"#)]
    #[case(r#"{"ref": "1", "ref": "2"}"#)]
    #[case(r#"{"email": "a@b.example", "email": "c@d.example"}"#)]
    #[case(r#"{"email": "a@b.example", "recipient": {}}"#)]
    #[case(r#"{"recipient": {}, "email": "a@b.example"}"#)]
    #[case(r#"{"recipient": {}, "recipient": {}}"#)]
    #[case(r#"{"recipient": {}, "topic": "offers"}"#)]
    #[case(r#"{"emial": "a@b.example"}"#)]
    #[case(r#"{"email": "a@b.example"} {}"#)]
    fn anything_else_goes_the_long_way(#[case] line: &str) {
        assert!(short(line).is_none());
    }
}
