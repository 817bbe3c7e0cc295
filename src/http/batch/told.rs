//! What the lines of an answer say besides decisions.

use std::time::Duration;

use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Ref, RefOr, Schema, schema::AnyOfBuilder},
};

use crate::{
    batch::{fault::LineFault, work::Which},
    check::{
        answer::Warning,
        campaign::{Opening, Screened, Totals},
    },
    http::problem::{Fault, Kind, Problem, Written},
};

/// The first line of an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpeningLine<'a> {
    /// The campaign.
    campaign: &'a Opening,
    /// What holds for every line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    warnings: Vec<Warning>,
}

/// In place of a decision: why there is none. Without `line` it ends the answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ErrorLine<'a> {
    /// The number of the line, from 1, blank ones counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 17)]
    line: Option<u64>,
    /// The caller's own name of the line, if that much of it could be read.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    #[schema(example = "42")]
    reference: Option<&'a str>,
    /// Why there is no decision. Pointers lead into the line, or to `/campaign` in the first.
    error: Written<'a>,
}

/// The last line of an answer. Without it the answer is not whole.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TotalsLine<'a> {
    /// What the lines come to.
    totals: &'a Totals,
}

/// A line of the answer.
#[derive(Debug)]
pub(super) enum BatchAnswer {}

impl PartialSchema for BatchAnswer {
    fn schema() -> RefOr<Schema> {
        let names = ["OpeningLine", "Screened", "ErrorLine", "TotalsLine"];
        let any = names.into_iter().fold(AnyOfBuilder::new(), |any, name| any.item(Ref::from_schema_name(name)));
        any.description(Some("A line of the answer: first the campaign, then one for each line, last the totals."))
            .into()
    }
}

impl ToSchema for BatchAnswer {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("OpeningLine".to_owned(), OpeningLine::schema()));
        schemas.push(("Screened".to_owned(), Screened::schema()));
        schemas.push(("ErrorLine".to_owned(), ErrorLine::schema()));
        schemas.push(("TotalsLine".to_owned(), TotalsLine::schema()));
        OpeningLine::schemas(schemas);
        Screened::schemas(schemas);
        ErrorLine::schemas(schemas);
        TotalsLine::schemas(schemas);
    }
}

fn line(what: &impl Serialize) -> Vec<u8> {
    let mut line = Vec::new();
    add(what, &mut line);
    line
}

fn add(what: &impl Serialize, lines: &mut Vec<u8>) {
    // Into memory nothing fails to be written.
    let _ = serde_json::to_writer(&mut *lines, what);
    lines.push(b'\n');
}

/// The first line.
pub(super) fn opening(campaign: &Opening, warning: Option<Warning>) -> Vec<u8> {
    line(&OpeningLine { campaign, warnings: warning.into_iter().collect() })
}

/// The last line.
pub(super) fn totals(totals: &Totals) -> Vec<u8> {
    line(&TotalsLine { totals })
}

/// The last line of an answer that is not whole.
pub(super) fn end(problem: &Problem, instance: &str) -> Vec<u8> {
    line(&ErrorLine { line: None, reference: None, error: problem.told(instance) })
}

/// A line that was not decided.
pub(crate) fn error(which: Which<'_>, problem: &Problem, instance: &str, lines: &mut Vec<u8>) {
    let Which { number, reference } = which;
    add(&ErrorLine { line: Some(number), reference, error: problem.told(instance) }, lines);
}

/// The problem of every line after a second campaign.
pub(super) fn after_second_campaign() -> Problem {
    LineFault::AfterSecondCampaign.into()
}

/// The problem of a caller who neither sends nor takes anything.
pub(super) fn silent(idle: Duration) -> Problem {
    let seconds = idle.as_secs();
    let detail = format!(
        "nothing was sent and nothing taken for {seconds} seconds, which is what `http.batch_idle_seconds` allows: what \
         was not answered was not decided"
    );
    Problem::new(Kind::TooSlow, detail)
}

/// The problem of a connection that ended before the body did.
pub(super) fn cut_off() -> Problem {
    Problem::new(Kind::BodyCutOff, "the connection ended before the body did")
}

impl From<LineFault> for Problem {
    fn from(fault: LineFault) -> Self {
        let says = fault.to_string();
        match fault {
            LineFault::TooLong { .. } => Self::new(Kind::LineTooLong, says),
            LineFault::NotText | LineFault::NotJson { .. } => Self::new(Kind::BrokenJson, says),
            LineFault::Invalid(faults) => faulty(Kind::InvalidBody, faults),
            LineFault::NoCampaign(faults) => faulty(Kind::NoCampaign, faults),
            LineFault::SecondCampaign | LineFault::AfterSecondCampaign => Self::new(Kind::SecondCampaign, says),
            LineFault::Undecided { error, place } => Self::from(error).moved(|pointer| place.pointer(pointer)),
        }
    }
}

fn faulty(kind: Kind, faults: Vec<Fault>) -> Problem {
    let detail = match faults.as_slice() {
        [one] => one.message.clone(),
        several => format!("the line has {} faults", several.len()),
    };
    Problem::new(kind, detail).with(faults)
}
