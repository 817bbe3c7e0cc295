//! Finds every fault of a JSON body by walking it beside its own schema, as the specification prints it.
//!
//! Reading a body into its type stops at the first fault and speaks of types; this goes on to the last and speaks of
//! fields. It runs only once a body is known to be faulty, so it may take its time. What it says never repeats a
//! value, and repeats a name only if it looks like the name of a field ([`is_repeatable`]).

mod scalar;

use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use super::{
    fault::{Fault, MOST_FAULTS},
    names::is_repeatable,
    tree::Tree,
};
use crate::spelling::nearest;

/// The schema of a body with all that it refers to.
#[derive(Debug)]
pub(crate) struct Walk {
    root: Value,
    components: Map<String, Value>,
}

impl Walk {
    /// Of a type of body.
    pub(crate) fn of<T: ToSchema>() -> Self {
        let mut referred = Vec::new();
        T::schemas(&mut referred);
        Self::new(&T::schema(), referred)
    }

    /// Of a schema and all that it refers to.
    pub(crate) fn new(root: &RefOr<Schema>, referred: Vec<(String, RefOr<Schema>)>) -> Self {
        let json = |schema: &RefOr<Schema>| serde_json::to_value(schema).unwrap_or_default();
        let components = referred.iter().map(|(name, schema)| (name.clone(), json(schema))).collect();
        Self { root: json(root), components }
    }

    /// Every fault of the body, each with its place: the pointer begins with `start`.
    pub(crate) fn faults(&self, body: &Tree, start: &str) -> Vec<Fault> {
        let mut found = Vec::new();
        self.value(&self.root, body, start, &mut found);
        found
    }

    fn value(&self, schema: &Value, value: &Tree, at: &str, found: &mut Vec<Fault>) {
        // One more than is listed is enough to say that there are more.
        if found.len() > MOST_FAULTS {
            return;
        }
        let schema = self.resolved(schema);
        let choices = ["oneOf", "anyOf"].iter().find_map(|word| schema.get(word).and_then(Value::as_array));
        if let Some(choices) = choices {
            return self.choice(schema, choices, value, at, found);
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.value(part, value, at, found);
        }
        if !scalar::is_of_type(schema, value) {
            let message = format!("this must be {}", scalar::types(schema));
            return found.push(Fault::at(at, "wrong_type", message));
        }
        match value {
            Tree::Null | Tree::Bool(_) => {}
            Tree::Number(number) => scalar::number(schema, number, at, found),
            Tree::Text(text) => scalar::text(schema, text, at, found),
            Tree::List(items) => self.list(schema, items, at, found),
            Tree::Object(fields) => self.object(schema, fields, at, found),
        }
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        // A component that refers to itself and nothing else would go on for ever; none is deeper than this.
        for _ in 0..8 {
            let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
            let Some(next) = name.and_then(|name| self.components.get(name)) else { break };
            schema = next;
        }
        schema
    }

    fn list(&self, schema: &Value, items: &[Tree], at: &str, found: &mut Vec<Fault>) {
        scalar::count(schema, ["minItems", "maxItems"], items.len(), "item", at, found);
        if let Some(each) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.value(each, item, &format!("{at}/{index}"), found);
            }
        }
    }

    fn object(&self, schema: &Value, fields: &[(String, Tree)], at: &str, found: &mut Vec<Fault>) {
        let none = Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let others = schema.get("additionalProperties");
        let mut seen = std::collections::HashSet::new();
        for (name, value) in fields {
            if !seen.insert(name) {
                found.push(Fault::at(place(at, name), "duplicate_field", "this field stands here twice"));
            }
            match (known.get(name), others) {
                (Some(field), _) => self.value(field, value, &place(at, name), found),
                (None, Some(Value::Bool(false))) => found.push(unknown(known, name, at)),
                (None, Some(each)) if each.is_object() => self.value(each, value, &place(at, name), found),
                (None, _) => {}
            }
            if found.len() > MOST_FAULTS {
                return;
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            if !fields.iter().any(|(given, _)| given == name) {
                let message = format!("field `{name}` is missing");
                found.push(Fault::at(format!("{at}/{name}"), "missing_field", message));
            }
        }
        let told = fields.len() as u64;
        if schema.get("minProperties").and_then(Value::as_u64).is_some_and(|least| told < least) {
            let names = known.keys().map(String::as_str);
            found.push(Fault::at(at, "too_few", "this is empty: give at least one of its fields").allowing(names));
        }
    }

    fn choice(&self, schema: &Value, choices: &[Value], value: &Tree, at: &str, found: &mut Vec<Fault>) {
        let choices: Vec<&Value> = choices.iter().map(|choice| self.resolved(choice)).collect();
        if let Some(name) = discriminator(schema, &choices) {
            return self.kind(&choices, name, value, at, found);
        }
        let fitting: Vec<&Value> = choices.iter().copied().filter(|choice| self.could_be(choice, value)).collect();
        match fitting.as_slice() {
            [] => {
                let types: Vec<String> = choices.iter().map(|choice| self.types(choice)).collect();
                let types: Vec<&str> = types.iter().map(String::as_str).filter(|name| *name != "null").collect();
                found.push(Fault::at(at, "wrong_type", format!("this must be {}", types.join(" or "))));
            }
            [one] => self.value(one, value, at, found),
            several => {
                let tried = several.iter().map(|choice| {
                    let mut faults = Vec::new();
                    self.value(choice, value, at, &mut faults);
                    faults
                });
                let mut tried: Vec<Vec<Fault>> = tried.collect();
                if tried.iter().any(Vec::is_empty) {
                    return;
                }
                // Of two formats neither is nearer than the other: both are named.
                let formats: Vec<&str> = several.iter().filter_map(|choice| scalar::format_in_words(choice)).collect();
                if formats.len() == several.len() {
                    return found.push(Fault::at(at, "format", format!("this must be {}", formats.join(", or "))));
                }
                tried.sort_by_key(Vec::len);
                found.extend(tried.into_iter().next().unwrap_or_default());
            }
        }
    }

    /// A choice among objects that a field tells apart: the fault is then looked for in the one that is meant.
    fn kind(&self, choices: &[&Value], name: &str, value: &Tree, at: &str, found: &mut Vec<Fault>) {
        let names = || choices.iter().filter_map(|choice| choice.get("title")).filter_map(Value::as_str);
        let Tree::Object(_) = value else {
            return found.push(Fault::at(at, "wrong_type", "this must be an object"));
        };
        let place = format!("{at}/{name}");
        let Some(given) = value.get(name) else {
            let fault = Fault::at(place, "missing_field", format!("field `{name}` is missing"));
            return found.push(fault.allowing(names()));
        };
        let Some(given_text) = given.as_text() else {
            return found.push(Fault::at(place, "wrong_type", "this must be a string").allowing(names()));
        };
        let meant = choices.iter().find(|choice| {
            let mut faults = Vec::new();
            let field = choice.get("properties").and_then(|fields| fields.get(name));
            field.is_some_and(|field| {
                self.value(field, given, &place, &mut faults);
                faults.is_empty()
            })
        });
        match meant {
            Some(choice) => self.value(choice, value, at, found),
            None => {
                let last = given_text.rsplit('.').next().unwrap_or(given_text);
                let fault = Fault::at(place, "not_allowed", "this is none of the values allowed here");
                found.push(fault.allowing(names()).meaning(nearest(last, names())));
            }
        }
    }

    fn could_be(&self, schema: &Value, value: &Tree) -> bool {
        match schema.get("oneOf").and_then(Value::as_array) {
            Some(choices) => choices.iter().any(|choice| self.could_be(self.resolved(choice), value)),
            None => scalar::is_of_type(schema, value),
        }
    }

    fn types(&self, schema: &Value) -> String {
        match schema.get("oneOf").and_then(Value::as_array) {
            Some(choices) => {
                let mut types: Vec<String> = choices.iter().map(|choice| self.types(self.resolved(choice))).collect();
                types.dedup();
                types.join(" or ")
            }
            None => scalar::types(schema),
        }
    }
}

/// The field that tells objects apart: the one that the schema names, or a `type` that each of them has.
fn discriminator<'a>(schema: &'a Value, choices: &[&Value]) -> Option<&'a str> {
    let named = schema.get("discriminator").and_then(|named| named.get("propertyName")).and_then(Value::as_str);
    let typed = || choices.iter().all(|choice| choice.pointer("/properties/type").is_some());
    named.or_else(|| typed().then_some("type"))
}

fn unknown(known: &Map<String, Value>, name: &str, at: &str) -> Fault {
    let names = || known.keys().map(String::as_str);
    let message = match is_repeatable(name) {
        true => format!("`{name}` is no field here"),
        false => "a field here has a name that is unknown".to_owned(),
    };
    Fault::at(place(at, name), "unknown_field", message).allowing(names()).meaning(nearest(name, names()))
}

/// The pointer of a field; that of its object, if the name may not be repeated.
fn place(at: &str, name: &str) -> String {
    if is_repeatable(name) { format!("{at}/{name}") } else { at.to_owned() }
}

#[cfg(test)]
mod tests;
