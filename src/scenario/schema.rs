//! The JSON Schema of a file of cases, and of a file of senders, for editors.
//!
//! It is made from the types that the files are read into, as the specification of the service is. What OpenAPI adds
//! to JSON Schema is taken out again.

use serde_json::{Map, Value, json};
use utoipa::{
    PartialSchema as _, ToSchema,
    openapi::{RefOr, Schema},
};

use super::case::Case;
use crate::ledger::sender::Sender;

/// The schema, as `docs/scenario.schema.json` has it. A list is one of cases, an object one of senders.
#[must_use]
pub fn schema() -> Value {
    let mut defined: Vec<(String, RefOr<Schema>)> = Vec::new();
    Case::schemas(&mut defined);
    Sender::schemas(&mut defined);
    defined.push((Case::name().into_owned(), Case::schema()));
    defined.push((Sender::name().into_owned(), Sender::schema()));
    let plain = |schema: &RefOr<Schema>| plain(serde_json::to_value(schema).unwrap_or_default());
    let defined: Map<String, Value> = defined.iter().map(|(name, schema)| (name.clone(), plain(schema))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "maysend cases",
        "description": "A list of cases for `maysend test`; or, in `senders.yaml`, senders by their ids.",
        "type": ["array", "object"],
        "items": { "$ref": "#/$defs/Case" },
        "minItems": 1,
        "propertyNames": { "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$" },
        "additionalProperties": { "$ref": "#/$defs/Sender" },
        "$defs": defined,
    })
}

/// A schema of OpenAPI as one of JSON Schema: definitions are at hand, an example is one of a list, and no field tells
/// choices apart.
fn plain(schema: Value) -> Value {
    match schema {
        Value::Object(words) => Value::Object(words.into_iter().filter_map(word).collect()),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema,
    }
}

fn word((word, value): (String, Value)) -> Option<(String, Value)> {
    match (word.as_str(), value) {
        ("discriminator", _) => None,
        ("example", example) => Some(("examples".to_owned(), json!([example]))),
        ("$ref", Value::String(to)) => Some((word, Value::from(to.replace("#/components/schemas/", "#/$defs/")))),
        // The names of fields are no words of a schema.
        ("properties", Value::Object(fields)) => {
            let fields: Map<String, Value> = fields.into_iter().map(|(name, field)| (name, plain(field))).collect();
            Some((word, Value::Object(fields)))
        }
        ("enum" | "default" | "examples" | "const", value) => Some((word, value)),
        (_, value) => Some((word, plain(value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_openapi_alone_is_taken_out() {
        let openapi = json!({"oneOf": [{"$ref": "#/components/schemas/A"}], "discriminator": {"propertyName": "type"},
            "properties": {"example": {"type": "string", "example": "x"}}});
        let expected = json!({"oneOf": [{"$ref": "#/$defs/A"}],
            "properties": {"example": {"type": "string", "examples": ["x"]}}});
        assert_eq!(plain(openapi), expected);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let schema = schema();
        let text = schema.to_string();
        let names: Vec<&str> = text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(names.contains(&"SendRequest") && names.contains(&"Case"));
        for name in names {
            assert!(schema["$defs"].get(name).is_some(), "{name}");
        }
    }
}
