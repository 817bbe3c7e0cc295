//! A whole message as it goes over the wire, in base64.

use data_encoding::{BASE64, BASE64_MIME_PERMISSIVE};
use serde::{Deserialize, Deserializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// The bytes of a message of RFC 5322. They are read and not kept.
#[derive(Clone)]
pub struct RawMessage(pub Vec<u8>);

impl std::fmt::Debug for RawMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[message of {} bytes]", self.0.len())
    }
}

impl<'de> Deserialize<'de> for RawMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // `base64` breaks its lines, so line breaks are no fault.
        let bytes = BASE64.decode(text.as_bytes()).or_else(|_| BASE64_MIME_PERMISSIVE.decode(text.trim().as_bytes()));
        bytes.map(Self).map_err(|_| D::Error::custom("not base64 (RFC 4648, section 4)"))
    }
}

impl PartialSchema for RawMessage {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .content_encoding("base64")
            .content_media_type("message/rfc822")
            .into()
    }
}

impl ToSchema for RawMessage {}
