//! The schemas of lines. They are those of a send request and of a recipient with a field more or less, so that nothing
//! stands in two places.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, Ref, RefOr, Schema,
        schema::{AdditionalProperties, AnyOfBuilder, Object, SchemaType, Type},
    },
};

use crate::{
    batch::line::LONGEST_REF,
    check::request::{Recipient, SendRequest},
};

/// What is asked of every line: a send request without a recipient.
#[derive(Debug)]
pub enum CampaignRequest {}

/// The first line, where there is a campaign.
#[derive(Debug)]
pub enum CampaignLine {}

/// A person to whom the campaign may go.
#[derive(Debug)]
pub enum RecipientLine {}

/// A whole send request, or one that the campaign completes.
#[derive(Debug)]
pub enum RequestLine {}

/// A line of a batch.
#[derive(Debug)]
pub enum BatchLine {}

/// The fields of an object.
pub(super) fn names<T: PartialSchema>() -> Vec<String> {
    object::<T>().properties.into_keys().collect()
}

fn object<T: PartialSchema>() -> Object {
    // Nothing else is made of a struct.
    let RefOr::T(Schema::Object(object)) = T::schema() else { return Object::default() };
    object
}

/// An object with the caller's own name of the line beside its fields.
fn with_ref<T: PartialSchema>(description: &str) -> RefOr<Schema> {
    let mut object = object::<T>();
    let reference = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .max_length(Some(LONGEST_REF))
        .description(Some("Your own name of the line. It comes back with the answer and is not kept."))
        .examples(["42"]);
    object.properties.insert("ref".to_owned(), reference.into());
    object.required.clear();
    object.description = Some(description.to_owned());
    RefOr::T(Schema::Object(object))
}

impl PartialSchema for CampaignRequest {
    fn schema() -> RefOr<Schema> {
        let mut object = object::<SendRequest>();
        object.properties.remove("recipient");
        object.description = Some("What is asked of every line: a send request without a recipient.".to_owned());
        RefOr::T(Schema::Object(object))
    }
}

impl ToSchema for CampaignRequest {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        SendRequest::schemas(schemas);
    }
}

impl PartialSchema for CampaignLine {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .property("campaign", Ref::from_schema_name("CampaignRequest"))
            .required("campaign")
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
            .description(Some("The first line, where there is a campaign."))
            .into()
    }
}

impl ToSchema for CampaignLine {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("CampaignRequest".to_owned(), CampaignRequest::schema()));
        CampaignRequest::schemas(schemas);
    }
}

impl PartialSchema for RecipientLine {
    fn schema() -> RefOr<Schema> {
        with_ref::<Recipient>("A person to whom the campaign may go, with all that you hold of them.")
    }
}

impl ToSchema for RecipientLine {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Recipient::schemas(schemas);
    }
}

impl PartialSchema for RequestLine {
    fn schema() -> RefOr<Schema> {
        with_ref::<SendRequest>(
            "A send request. After a campaign it may leave out what that says; a field that it has takes the place of \
             the campaign's whole field. Without a campaign it says everything itself.",
        )
    }
}

impl ToSchema for RequestLine {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        SendRequest::schemas(schemas);
    }
}

impl PartialSchema for BatchLine {
    fn schema() -> RefOr<Schema> {
        let names = ["CampaignLine", "RecipientLine", "RequestLine"];
        let any = names.into_iter().fold(AnyOfBuilder::new(), |any, name| any.item(Ref::from_schema_name(name)));
        let description =
            "A line of a batch: first, if you like, the campaign, then a recipient or a send request each.";
        any.description(Some(description)).into()
    }
}

impl ToSchema for BatchLine {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("CampaignLine".to_owned(), CampaignLine::schema()));
        schemas.push(("RecipientLine".to_owned(), RecipientLine::schema()));
        schemas.push(("RequestLine".to_owned(), RequestLine::schema()));
        CampaignLine::schemas(schemas);
        RecipientLine::schemas(schemas);
        RequestLine::schemas(schemas);
    }
}
