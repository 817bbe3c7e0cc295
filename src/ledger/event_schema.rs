//! The schema of an event: one flat object for each kind, told apart by `type`.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Discriminator, KnownFormat, ObjectBuilder, OneOfBuilder, RefOr, Schema, SchemaFormat,
        schema::{AdditionalProperties, Type},
    },
};

use super::{
    event::{Event, GivenEvent},
    happening::{self, EventKind},
    identity::ContactDetails,
};

/// One flat object a kind: the fields of the kind, and the envelope around them.
fn one_of(kinds: impl Fn(EventKind) -> bool, required: &[&str], describe: &str) -> RefOr<Schema> {
    // What an erasure leaves behind is told to callers and not taken from them.
    let taken = |kind: EventKind| kinds(kind) && !kind.is_left_by_an_erasure();
    let kept = happening::schemas().into_iter().filter(|(kind, _)| taken(*kind));
    let each = kept.map(|(kind, fields)| flat(kind, fields, required));
    let mut all = OneOfBuilder::new().description(Some(describe)).discriminator(Some(Discriminator::new("type")));
    for schema in each {
        all = all.item(schema);
    }
    all.into()
}

fn flat(kind: EventKind, fields: RefOr<Schema>, required: &[&str]) -> Schema {
    let mut whole = match fields {
        RefOr::T(Schema::Object(object)) => object,
        RefOr::T(_) | RefOr::Ref(_) => ObjectBuilder::new().build(),
    };
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let id = text()
        .description(Some("The caller's id of the event: the same id again is the same event."))
        .min_length(Some(1))
        .max_length(Some(200));
    let sender = text()
        .description(Some("The profile id of the sender that it concerns."))
        .pattern(Some("^[a-z0-9][a-z0-9._-]{0,63}$"));
    let at = text()
        .description(Some("When it happened. This decides, not when it arrived."))
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    whole.title = Some(kind.as_str().to_owned());
    whole.properties.insert("type".into(), text().enum_values(Some([kind.as_str()])).into());
    whole.properties.insert("id".into(), id.into());
    whole.properties.insert("occurred_at".into(), at.into());
    let of_a_register = kind.is_of_a_whole_register();
    if !of_a_register {
        whole.properties.insert("sender".into(), sender.into());
        whole.properties.insert("recipient".into(), utoipa::openapi::Ref::from_schema_name("ContactDetails").into());
    }
    whole.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    let register = matches!(kind, EventKind::RegisterListed | EventKind::RegisterRemoved | EventKind::RegisterScreened);
    let needed = required.iter().filter(|name| match **name {
        "sender" => !register && !of_a_register,
        "recipient" => !of_a_register,
        _ => true,
    });
    whole.required.extend(needed.map(|name| (*name).to_owned()));
    Schema::Object(whole)
}

/// The schema of an event whose envelope is completed before it is read.
pub(crate) fn incomplete(describe: &str) -> RefOr<Schema> {
    one_of(|_| true, &["type", "occurred_at"], describe)
}

/// What the fields refer to by name.
fn referred(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((ContactDetails::name().into_owned(), ContactDetails::schema()));
    happening::kinds_refer_to(schemas);
}

impl PartialSchema for Event {
    fn schema() -> RefOr<Schema> {
        let required = ["type", "id", "occurred_at", "sender", "recipient"];
        one_of(|_| true, &required, "One event about one person, or about a register as a whole.")
    }
}

impl ToSchema for Event {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        referred(schemas);
    }
}

impl PartialSchema for GivenEvent {
    fn schema() -> RefOr<Schema> {
        let describe = "An event for this check only; what it leaves out is the check's own.";
        one_of(|kind| !kind.is_of_a_whole_register(), &["type", "occurred_at"], describe)
    }
}

impl ToSchema for GivenEvent {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        referred(schemas);
    }
}
