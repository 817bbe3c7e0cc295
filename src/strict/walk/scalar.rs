//! What a schema says of one value: its type, and the limits of texts, numbers and lists.

use serde::{
    Deserialize as _,
    de::{IntoDeserializer as _, value::StrDeserializer},
};
use serde_json::{Number, Value};

use crate::{
    check::raw_message::RawMessage,
    spelling::nearest,
    strict::{fault::Fault, tree::Tree},
};

/// The values of an enum are listed with a fault up to this many.
const SHORT_LIST: usize = 60;

/// Whether the value is of one of the types that the schema names; a schema that names none takes any.
pub(super) fn is_of_type(schema: &Value, value: &Tree) -> bool {
    let mut names = type_names(schema).peekable();
    names.peek().is_none() || names.any(|name| fits(name, value))
}

fn type_names(schema: &Value) -> impl Iterator<Item = &str> {
    let named = schema.get("type");
    let several = named.and_then(Value::as_array).into_iter().flatten();
    named.into_iter().filter(|named| named.is_string()).chain(several).filter_map(Value::as_str)
}

fn fits(name: &str, value: &Tree) -> bool {
    match value {
        Tree::Null => name == "null",
        Tree::Bool(_) => name == "boolean",
        Tree::Number(number) => name == "number" || (name == "integer" && !number.is_f64()),
        Tree::Text(_) => name == "string",
        Tree::List(_) => name == "array",
        Tree::Object(_) => name == "object",
    }
}

/// The types that the schema names, in words. Nobody is told to send `null`: leaving the field out says the same.
pub(super) fn types(schema: &Value) -> String {
    let words = type_names(schema).filter(|name| *name != "null").map(|name| match name {
        "string" => "a string",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        _ => "an object",
    });
    let words: Vec<&str> = words.collect();
    if words.is_empty() { "null".to_owned() } else { words.join(" or ") }
}

/// The format or the encoding that a schema asks for, in words.
pub(super) fn format_in_words(schema: &Value) -> Option<&'static str> {
    if is_base64(schema) {
        return Some("base64 (RFC 4648, section 4)");
    }
    match schema.get("format")?.as_str()? {
        "date" => Some("a date such as `2026-03-01`"),
        "date-time" => Some("a date and time with its zone such as `2026-03-01T09:30:00Z`"),
        "uuid" => Some("a UUID"),
        _ => None,
    }
}

pub(super) fn text(schema: &Value, text: &str, at: &str, found: &mut Vec<Fault>) {
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
        let names = || allowed.iter().filter_map(Value::as_str).take(SHORT_LIST);
        if !names().any(|name| name == text) {
            let fault = Fault::at(at, "not_allowed", "this is none of the values allowed here");
            found.push(fault.allowing(names()).meaning(nearest(text, names())));
        }
        return;
    }
    let before = found.len();
    count(schema, ["minLength", "maxLength"], text.chars().count(), "character", at, found);
    if found.len() > before {
        return;
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
        && regex_lite::Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text))
    {
        found.push(Fault::at(at, "pattern", format!("this must match `{pattern}`")));
    }
    if let Some(words) = format_in_words(schema).filter(|_| !has_format(schema, text)) {
        found.push(Fault::at(at, "format", format!("this must be {words}")));
    }
}

fn is_base64(schema: &Value) -> bool {
    schema.get("contentEncoding").is_some_and(|encoding| encoding == "base64")
}

/// The formats are read as the types read them, so that the two never differ. Whether an address or a number reaches
/// anybody is not a matter of form, and not asked here.
fn has_format(schema: &Value, text: &str) -> bool {
    match schema.get("format").and_then(Value::as_str) {
        // A date and time without a zone would be read as a date: which day that is somewhere is a guess.
        Some("date") => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        Some("date-time") => text.parse::<jiff::Timestamp>().is_ok(),
        Some("uuid") => text.parse::<uuid::Uuid>().is_ok(),
        None if is_base64(schema) => {
            let text: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
            RawMessage::deserialize(text).is_ok()
        }
        Some(_) | None => true,
    }
}

pub(super) fn number(schema: &Value, number: &Number, at: &str, found: &mut Vec<Fault>) {
    let limit = |word| schema.get(word).and_then(Value::as_f64);
    let number = number.as_f64().unwrap_or_default();
    if let Some(least) = limit("minimum").filter(|least| number < *least) {
        found.push(Fault::at(at, "too_small", format!("this must be at least {least}")));
    }
    if let Some(most) = limit("maximum").filter(|most| number > *most) {
        found.push(Fault::at(at, "too_large", format!("this must be at most {most}")));
    }
}

/// Whether a text or a list has as many characters or items as it may.
pub(super) fn count(
    schema: &Value,
    [least, most]: [&str; 2],
    number: usize,
    unit: &str,
    at: &str,
    found: &mut Vec<Fault>,
) {
    let limit = |word| schema.get(word).and_then(Value::as_u64);
    let number = number as u64;
    let plural = |limit: u64| if limit == 1 { "" } else { "s" };
    if let Some(least) = limit(least).filter(|least| number < *least) {
        let code = if unit == "item" { "too_few" } else { "too_short" };
        found.push(Fault::at(at, code, format!("this must have at least {least} {unit}{}", plural(least))));
    }
    if let Some(most) = limit(most).filter(|most| number > *most) {
        let code = if unit == "item" { "too_many" } else { "too_long" };
        found.push(Fault::at(at, code, format!("this must have at most {most} {unit}{}", plural(most))));
    }
}
