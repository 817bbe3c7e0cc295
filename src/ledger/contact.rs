//! Contact details as callers write them. They never show themselves.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::object::objects;
use crate::terms::recipient::DetailKind;

/// A contact detail as the caller wrote it. It never shows itself in a log or a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Detail(String);

impl Detail {
    /// The text itself, for normalising and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Debug for Detail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[contact detail]")
    }
}

/// The ways to reach one person: at least one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
#[schema(min_properties = 1)]
pub struct ContactDetails {
    /// An email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "email", min_length = 1, max_length = 320, example = "jo@example.com")]
    pub email: Option<Detail>,
    /// A telephone number. Without `+` and a country code it is read as a number of the United Kingdom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = r"^\+?[0-9 ().\-]{5,40}$", example = "+447700900123")]
    pub phone: Option<Detail>,
    /// A postal address on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    pub postal: Option<Detail>,
    /// An account with the sender's app or site, or on a social network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    pub account: Option<Detail>,
}

objects!(both ContactDetails);

/// The details given of the four, in the order email, phone, postal, account, each with its kind.
pub(crate) fn with_kinds(details: [&Option<Detail>; 4]) -> impl Iterator<Item = (DetailKind, &Detail)> {
    let kinds = [DetailKind::Email, DetailKind::Phone, DetailKind::Postal, DetailKind::Account];
    kinds.into_iter().zip(details).filter_map(|(kind, detail)| detail.as_ref().map(|detail| (kind, detail)))
}

impl ContactDetails {
    /// The details given, each with its kind.
    pub fn iter(&self) -> impl Iterator<Item = (DetailKind, &Detail)> {
        with_kinds([&self.email, &self.phone, &self.postal, &self.account])
    }

    /// Whether no detail is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Whether the text holds one of these details in clear: such a text may not be kept.
    #[must_use]
    pub fn appear_in(&self, text: &str) -> bool {
        appear_in(self.iter(), text)
    }
}

/// Whether the text holds one of the details in clear.
pub(crate) fn appear_in<'d>(details: impl IntoIterator<Item = (DetailKind, &'d Detail)>, text: &str) -> bool {
    details.into_iter().any(|(kind, detail)| match kind {
        // A number has six digits and more, and an address an `@`: most texts have neither.
        DetailKind::Phone if text.bytes().filter(u8::is_ascii_digit).count() < 6 => false,
        DetailKind::Email if !text.contains('@') && detail.0.contains('@') => false,
        DetailKind::Phone => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let number: String = detail.0.chars().filter(char::is_ascii_digit).collect();
            let national = number.trim_start_matches("00").trim_start_matches("44").trim_start_matches('0');
            national.len() >= 6 && digits.contains(national)
        }
        DetailKind::Email | DetailKind::Postal | DetailKind::Account | DetailKind::Domain | DetailKind::Register => {
            let detail = detail.0.trim().to_lowercase();
            detail.len() >= 6 && text.to_lowercase().contains(&detail)
        }
    })
}
