//! The id of a request: most often the service's own, of which the bytes are kept.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
enum Id {
    None,
    Uuid([u8; 16]),
    Text(String),
}

/// Whether it is written as the service writes its own ids: such a one holds nothing of a caller's.
pub(in crate::check) fn uuid(id: &str) -> Option<Uuid> {
    let plain = id.len() == 36 && !id.bytes().any(|b| b.is_ascii_uppercase());
    if plain { Uuid::try_parse(id).ok() } else { None }
}

pub(super) fn serialize<S: Serializer>(id: &Option<Cow<'_, str>>, to: S) -> Result<S::Ok, S::Error> {
    let id = match id {
        None => Id::None,
        Some(id) => uuid(id).map_or_else(|| Id::Text(id.as_ref().to_owned()), |id| Id::Uuid(id.into_bytes())),
    };
    id.serialize(to)
}

pub(super) fn deserialize<'de, 'a, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'a, str>>, D::Error> {
    Ok(match Id::deserialize(from)? {
        Id::None => None,
        Id::Uuid(bytes) => Some(Cow::Owned(Uuid::from_bytes(bytes).to_string())),
        Id::Text(text) => Some(Cow::Owned(text)),
    })
}
