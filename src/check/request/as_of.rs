//! The day, or the moment, that is asked about.

use std::str::FromStr;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, OneOfBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

/// A day (its end, in London) or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// A day in London.
    Day(Date),
    /// A moment.
    Moment(Timestamp),
}

impl<'de> Deserialize<'de> for AsOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom("neither a date nor a date-time"))
    }
}

impl FromStr for AsOf {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        // A date-time without a zone is no moment, and must not pass for a day.
        if text.len() == "2026-11-21".len() { text.parse().map(Self::Day) } else { text.parse().map(Self::Moment) }
    }
}

impl PartialSchema for AsOf {
    fn schema() -> RefOr<Schema> {
        let text = |format| {
            ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(format))).build()
        };
        OneOfBuilder::new()
            .item(text(KnownFormat::Date))
            .item(text(KnownFormat::DateTime))
            .description(Some("A day (its end, in London) or a moment."))
            .into()
    }
}

impl ToSchema for AsOf {}
