//! Files of cases and of senders, read strictly: all their faults, each with its line.

mod names;

use std::{collections::BTreeMap, fmt, fs, path::Path};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use self::names::{profile, unknown_names, unregistered};
use super::{
    case::{Case, Defaults},
    yaml::{self, Place, Places},
};
use crate::{
    check::request::SendRequest,
    config::reason,
    ledger::{
        accept::{self, Refusal},
        event::Event,
        sender::Sender,
    },
    strict::{fault::Fault, tree::Tree, walk::Walk},
};

/// A fault of a file, which makes it no file of cases.
#[derive(Clone, Debug, Serialize)]
pub struct Bad {
    /// The file.
    pub file: String,
    /// Where in it.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// What is wrong there.
    #[serde(flatten)]
    pub fault: Fault,
}

impl fmt::Display for Bad {
    /// `file:line:column: /0/when/chanel: what is wrong (did you mean that?)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(Place { line, column }) = self.place {
            write!(f, "{line}:{column}:")?;
        }
        if let Some(pointer) = self.fault.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
            write!(f, " {pointer}:")?;
        }
        write!(f, " {}{}", self.fault.message, self.fault.hint())
    }
}

/// A case that was read wholly: nothing of it is left to be refused but what only its check can tell.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The case as it is written, with the senders of its directory.
    pub case: Case,
    /// Where it begins.
    pub place: Place,
    /// Where in its file it stands, as a JSON pointer.
    pub(super) pointer: String,
    /// The registered senders.
    pub(super) senders: Vec<(String, Sender)>,
    /// The events on record.
    pub(super) events: Vec<Event>,
    /// The question.
    pub(super) request: SendRequest,
}

/// The code of what could not be read into its type: the walk beside the schema says more of it.
const INVALID: &str = "invalid";

/// Senders by their ids, as they are written.
pub(super) type Senders = BTreeMap<String, Value>;

/// Reads files; what it walks them beside is made once.
pub(super) struct Reader<'a> {
    case: Walk,
    sender: Walk,
    defaults: &'a Defaults,
    now: Timestamp,
}

impl<'a> Reader<'a> {
    /// A reader that gives its cases these defaults.
    pub(super) fn new(defaults: &'a Defaults, now: Timestamp) -> Self {
        Self { case: Walk::of::<Case>(), sender: Walk::of::<Sender>(), defaults, now }
    }

    /// The cases of one file, or all that is wrong with it.
    pub(super) fn cases(&self, file: &Path, usual: &Senders) -> Result<(Vec<Scenario>, Places), Vec<Bad>> {
        let (tree, places) = text(file)?;
        let bad = |faults: Vec<Fault>| located(file, &places, faults);
        let items = match &tree {
            Tree::List(items) if !items.is_empty() => items,
            Tree::List(_) | Tree::Null => return Err(bad(vec![Fault::at("", "too_few", "this file holds no case")])),
            Tree::Bool(_) | Tree::Number(_) | Tree::Text(_) | Tree::Object(_) => {
                return Err(bad(vec![Fault::at("", "wrong_type", "this must be a list of cases")]));
            }
        };
        let mut faults = Vec::new();
        let mut found = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let pointer = format!("/{index}");
            let mut wrong = self.case.faults(item, &pointer);
            wrong.iter_mut().for_each(|fault| unquoted(fault, &tree));
            let place = places.of(&pointer).unwrap_or(Place { line: 1, column: 1 });
            let read = case(item, usual, self.defaults, &pointer);
            match read.and_then(|case| scenario(case, pointer, place, self.defaults, self.now)) {
                Ok(scenario) => found.push(scenario),
                Err(refused) if wrong.is_empty() => wrong = refused,
                // Who mends a file wants to know of all that is wrong with it, but of nothing twice.
                Err(refused) => {
                    let known: Vec<_> = wrong.iter().map(|fault| fault.pointer.clone()).collect();
                    let is_new = |fault: &Fault| fault.code != INVALID && !known.contains(&fault.pointer);
                    wrong.extend(refused.into_iter().filter(is_new));
                }
            }
            faults.extend(wrong);
        }
        if faults.is_empty() { Ok((found, places)) } else { Err(bad(faults)) }
    }

    /// The senders of one file, or all that is wrong with it.
    pub(super) fn senders(&self, file: &Path) -> Result<Senders, Vec<Bad>> {
        let (tree, places) = text(file)?;
        let bad = |faults: Vec<Fault>| located(file, &places, faults);
        let Tree::Object(fields) = &tree else {
            return Err(bad(vec![Fault::at("", "wrong_type", "this must be senders, each under its id")]));
        };
        let mut faults = Vec::new();
        let mut found = Senders::new();
        for (id, written) in fields {
            let pointer = format!("/{id}");
            let mut wrong = self.sender.faults(written, &pointer);
            wrong.iter_mut().for_each(|fault| unquoted(fault, &tree));
            if wrong.is_empty() {
                wrong.extend(profile(id, &written.to_value(), &pointer).err().into_iter().flatten());
            }
            faults.extend(wrong);
            found.insert(id.clone(), written.to_value());
        }
        if faults.is_empty() { Ok(found) } else { Err(bad(faults)) }
    }
}

fn text(file: &Path) -> Result<(Tree, Places), Vec<Bad>> {
    let bad =
        |place, code, message: String| vec![Bad { file: named(file), place, fault: Fault::at("", code, message) }];
    let text = fs::read_to_string(file)
        .map_err(|error| bad(None, "unreadable", format!("cannot be read: {}", reason(&error))))?;
    yaml::read(&text).map_err(|(place, what)| bad(Some(place), "broken_yaml", format!("this is not YAML: {what}")))
}

fn located(file: &Path, places: &Places, faults: Vec<Fault>) -> Vec<Bad> {
    let place = |fault: &Fault| places.of(fault.pointer.as_deref().unwrap_or_default());
    let mut bad: Vec<Bad> =
        faults.into_iter().map(|fault| Bad { file: named(file), place: place(&fault), fault }).collect();
    bad.sort_by_key(|bad| bad.place);
    bad
}

/// A path as it is written in reports.
pub(super) fn named(file: &Path) -> String {
    file.display().to_string()
}

/// YAML reads a telephone number without quotes as a number, and a bare `yes` is a text but `true` is none.
fn unquoted(fault: &mut Fault, tree: &Tree) {
    let pointer = fault.pointer.as_deref().unwrap_or_default();
    let is_plain = tree.to_value().pointer(pointer).is_some_and(|value| value.is_number() || value.is_boolean());
    if is_plain && fault.message == "this must be a string" {
        fault.message.push_str(": put it in quotes");
    }
}

fn case(item: &Tree, usual: &Senders, defaults: &Defaults, pointer: &str) -> Result<Case, Vec<Fault>> {
    let invalid = |_| vec![Fault::at(pointer, INVALID, "this is not as the format asks")];
    let mut case: Case = serde_json::from_value(item.to_value()).map_err(invalid)?;
    for (id, profile) in usual {
        case.senders.entry(id.clone()).or_insert_with(|| profile.clone());
    }
    case.senders = case.profiles(defaults);
    Ok(case)
}

/// Where the refused part of an event stands: in the event, or in the request that the event took it from.
fn stands(case: &Case, index: usize, refusal: &Refusal, pointer: &str) -> String {
    let field = refusal.pointer.split('/').nth(1).unwrap_or_default();
    let is_own = case.given.get(index).is_some_and(|event| event.contains_key(field));
    let is_taken = !is_own && case.when.contains_key(field) && refusal.code != "missing_field";
    if is_taken {
        format!("{pointer}/when{}", refusal.pointer)
    } else {
        format!("{pointer}/given/{index}{}", refusal.pointer)
    }
}

fn scenario(
    case: Case,
    pointer: String,
    place: Place,
    defaults: &Defaults,
    now: Timestamp,
) -> Result<Scenario, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut senders = Vec::new();
    for (id, written) in &case.senders {
        match profile(id, written, &format!("{pointer}/senders/{id}")) {
            Ok(profile) => senders.push((id.clone(), profile)),
            Err(refused) => faults.extend(refused),
        }
    }
    faults.extend(unregistered(&case, &pointer));
    let mut events = Vec::new();
    for (index, event) in case.events().into_iter().enumerate() {
        let at = format!("{pointer}/given/{index}");
        match serde_json::from_value::<Event>(event) {
            Ok(event) => {
                for refusal in accept::refusals(&event, now) {
                    let fault = Fault::at(stands(&case, index, &refusal, &pointer), refusal.code, refusal.message);
                    // Several events may have taken the same from the request.
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                }
                events.push(event);
            }
            Err(_) => faults.push(Fault::at(at, INVALID, "this is no event as `POST /events` takes it")),
        }
    }
    faults.extend(unknown_names(&case, &pointer));
    match serde_json::from_value::<SendRequest>(case.body(defaults)) {
        Ok(request) if faults.is_empty() => Ok(Scenario { case, place, pointer, senders, events, request }),
        Ok(_) => Err(faults),
        Err(_) => {
            let message = "this is no request as `POST /check` takes it";
            Err([faults, vec![Fault::at(format!("{pointer}/when"), INVALID, message)]].concat())
        }
    }
}
