//! The forms that a line can have, and the long way of reading one: it finds every fault.
//!
//! A recipient has the fields of a recipient beside the caller's `ref`, and a send request those of a send request. What
//! a send request leaves out is the campaign's; a field that it has takes the place of the whole field.

mod schema;

use std::{borrow::Cow, sync::LazyLock};

use serde::de::value::MapDeserializer;
use serde_json::{Map, Value, error::Category};

pub use self::schema::{BatchLine, CampaignLine, CampaignRequest, RecipientLine, RequestLine};
use super::{
    fault::{LineFault, Place},
    line::{Asks, LONGEST_REF, Line, Unread},
};
use crate::{
    check::request::{Recipient, SendRequest},
    ledger::accept::fits,
    strict::{bounds::Bounded as _, fault::Fault, tree::Tree, walk::Walk},
};

/// What a campaign says for all its lines.
#[derive(Clone)]
pub struct Defaults {
    /// The send request, without a recipient.
    pub request: SendRequest,
    /// The same as it was written.
    fields: Map<String, Value>,
}

/// The text of its message is nobody else's business.
impl std::fmt::Debug for Defaults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[campaign]")
    }
}

impl Defaults {
    fn of(campaign: &Tree) -> Option<Self> {
        let value = campaign.to_value();
        let fields = value.as_object().cloned()?;
        let request = serde_json::from_value::<SendRequest>(value).ok().filter(SendRequest::is_within_bounds)?;
        Some(Self { request, fields })
    }

    /// The campaign as it was written, but for its layout.
    #[must_use]
    pub fn as_written(&self) -> String {
        Value::Object(self.fields.clone()).to_string()
    }
}

/// What the first line is.
#[derive(Debug)]
pub enum First {
    /// The campaign of all the others.
    Campaign(Box<Defaults>),
    /// A line like the others: there is no campaign.
    Line,
}

/// The schemas of the forms, as the specification prints them.
struct Forms {
    campaign: Walk,
    /// A campaign without the field around it.
    alone: Walk,
    recipient: Walk,
    request: Walk,
    /// The fields of a recipient, and those of a send request.
    fields: [Vec<String>; 2],
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms {
    campaign: Walk::of::<CampaignLine>(),
    alone: Walk::of::<CampaignRequest>(),
    recipient: Walk::of::<RecipientLine>(),
    request: Walk::of::<RequestLine>(),
    fields: [schema::names::<Recipient>(), schema::names::<SendRequest>()],
});

impl Forms {
    fn is_of_recipient(&self, name: &str) -> bool {
        let [recipient, _] = &self.fields;
        recipient.iter().any(|known| known == name)
    }

    fn is_of_request(&self, name: &str) -> bool {
        let [_, request] = &self.fields;
        request.iter().any(|known| known == name)
    }
}

/// Reads the first line, which decides over all the others.
///
/// # Errors
/// [`LineFault`], if it is no campaign that can be read, nor any other line. Pointers are into the line.
pub fn first(line: &[u8]) -> Result<First, LineFault> {
    let tree = tree(line)?;
    if !is_campaign(&tree) {
        return read(line, None).map(|_| First::Line).map_err(|unread| unread.fault);
    }
    let faults = FORMS.campaign.faults(&tree, "");
    let defaults = if faults.is_empty() { tree.get("campaign").and_then(Defaults::of) } else { None };
    match defaults {
        Some(defaults) => Ok(First::Campaign(Box::new(defaults))),
        None if faults.is_empty() => Err(LineFault::Invalid(vec![unlike("/campaign")])),
        None => Err(LineFault::Invalid(faults)),
    }
}

/// Reads a campaign that stands alone, with or without the field around it that the first line has.
///
/// # Errors
/// [`LineFault`], if it cannot be read.
pub fn campaign(text: &[u8]) -> Result<Defaults, LineFault> {
    let whole = tree(text)?;
    let campaign = whole.get("campaign").filter(|_| is_campaign(&whole));
    let (campaign, at) = campaign.map_or((&whole, ""), |campaign| (campaign, "/campaign"));
    let faults = FORMS.alone.faults(campaign, at);
    if !faults.is_empty() {
        return Err(LineFault::Invalid(faults));
    }
    Defaults::of(campaign).ok_or_else(|| LineFault::Invalid(vec![unlike(at)]))
}

/// Reads a recipient that was not written as JSON, the long way: it has every fault.
pub(crate) fn recipient(fields: Vec<(String, Tree)>, campaign: &Defaults) -> Result<Line<'static>, Unread> {
    of_tree(&Tree::Object(fields), Some(campaign))
}

/// Reads a line the long way.
pub(super) fn read<'a>(line: &'a [u8], campaign: Option<&Defaults>) -> Result<Line<'a>, Unread> {
    let tree = tree(line).map_err(|fault| Unread { reference: None, fault })?;
    of_tree(&tree, campaign)
}

fn of_tree(tree: &Tree, campaign: Option<&Defaults>) -> Result<Line<'static>, Unread> {
    let reference = tree.get("ref").and_then(Tree::as_text).filter(|text| fits(text, 0, LONGEST_REF));
    let reference = reference.map(str::to_owned);
    match asks(tree, campaign) {
        Ok(asks) => Ok(Line { reference: reference.map(Cow::Owned), asks }),
        Err(fault) => Err(Unread { reference, fault }),
    }
}

/// Where the pointers lead that a check of this line may give.
pub(super) fn place(line: &[u8], campaign: Option<&Defaults>) -> Place {
    let Ok(tree) = tree(line) else { return Place::default() };
    let Tree::Object(fields) = &tree else { return Place::default() };
    let own = campaign.map(|_| fields.iter().map(|(name, _)| name.clone()).collect());
    Place { recipient: is_recipient(&tree, campaign), own }
}

fn tree(line: &[u8]) -> Result<Tree, LineFault> {
    let text = std::str::from_utf8(line).map_err(|_| LineFault::NotText)?;
    serde_json::from_str(text)
        .map_err(|error| LineFault::NotJson { what: what_is_broken(&error), column: error.column() })
}

/// How a text stops being JSON. The text itself is not quoted.
fn what_is_broken(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "it ends before it is complete".to_owned(),
        // These texts come from a fixed list and hold nothing of what was received.
        Category::Syntax => {
            let text = error.to_string();
            text.split_once(" at line ").map_or(text.as_str(), |(what, _)| what).to_owned()
        }
        Category::Data | Category::Io => "it cannot be read".to_owned(),
    }
}

/// Whether a line is meant as a campaign. A send request, too, has a field `campaign`: a text.
fn is_campaign(tree: &Tree) -> bool {
    let alone = matches!(tree, Tree::Object(fields) if fields.len() == 1);
    tree.get("campaign").is_some_and(|campaign| alone || matches!(campaign, Tree::Object(_)))
}

/// Whether a line is meant as a recipient: it has no field that only a send request has.
fn is_recipient(tree: &Tree, campaign: Option<&Defaults>) -> bool {
    let Tree::Object(fields) = tree else { return false };
    let of_recipient = || fields.iter().any(|(name, _)| FORMS.is_of_recipient(name));
    !fields.iter().any(|(name, _)| FORMS.is_of_request(name)) && (campaign.is_some() || of_recipient())
}

fn asks(tree: &Tree, campaign: Option<&Defaults>) -> Result<Asks, LineFault> {
    if is_campaign(tree) {
        return Err(LineFault::SecondCampaign);
    }
    let is_recipient = is_recipient(tree, campaign);
    let walk = if is_recipient { &FORMS.recipient } else { &FORMS.request };
    let mut faults = walk.faults(tree, "");
    if !is_recipient {
        for fault in &mut faults {
            let name = fault.pointer.as_deref().and_then(|pointer| pointer.strip_prefix('/')).unwrap_or_default();
            if fault.code == "unknown_field" && FORMS.is_of_recipient(name) {
                fault.did_you_mean = Some(format!("recipient/{name}"));
            }
        }
    }
    if !faults.is_empty() {
        return Err(LineFault::Invalid(faults));
    }
    let Value::Object(mut fields) = tree.to_value() else { return Err(LineFault::Invalid(vec![unlike("")])) };
    fields.remove("ref");
    if is_recipient {
        return match campaign {
            Some(_) => Recipient::deserialize(Value::Object(fields)).ok().map(Asks::Recipient).ok_or_else(unlike_it),
            None => Err(LineFault::NoCampaign(vec![no_campaign("this line is a recipient")])),
        };
    }
    let missing = ["sender", "channel", "purpose"].into_iter().filter(|name| !fields.contains_key(*name));
    let missing: Vec<Fault> = match campaign {
        Some(_) => Vec::new(),
        None => missing.map(missing_field).collect(),
    };
    if !missing.is_empty() {
        return Err(LineFault::NoCampaign(missing));
    }
    let request = completed(&fields, campaign).filter(SendRequest::is_within_bounds);
    request.map(|request| Asks::Request(Box::new(request))).ok_or_else(unlike_it)
}

/// The send request of a line, with what the campaign says where the line says nothing.
fn completed(fields: &Map<String, Value>, campaign: Option<&Defaults>) -> Option<SendRequest> {
    let defaults = campaign.into_iter().flat_map(|campaign| &campaign.fields);
    let left_out = defaults.filter(|(name, _)| !fields.contains_key(*name));
    let all = fields.iter().chain(left_out).map(|(name, value)| (name.as_str(), value));
    SendRequest::deserialize(MapDeserializer::<_, serde_json::Error>::new(all)).ok()
}

fn unlike_it() -> LineFault {
    LineFault::Invalid(vec![unlike("")])
}

fn unlike(place: &str) -> Fault {
    Fault::at(place, "invalid", "this is not as the specification asks")
}

fn no_campaign(what: &str) -> Fault {
    let message = format!("{what}: begin with a line `{{\"campaign\": {{...}}}}` that says what is to be sent to it");
    Fault::at("", "no_campaign", message)
}

fn missing_field(name: &str) -> Fault {
    let message = format!("field `{name}` is missing, and there is no campaign that says it");
    Fault::at(format!("/{name}"), "missing_field", message)
}

#[cfg(test)]
mod tests;
