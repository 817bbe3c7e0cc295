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
    ledger::{accept, event::Event, sender::Sender},
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
            match (case(item, usual, self.defaults), wrong.is_empty()) {
                (Ok(case), true) => {
                    let place = places.of(&pointer).unwrap_or(Place { line: 1, column: 1 });
                    match scenario(case, pointer, place, self.defaults, self.now) {
                        Ok(scenario) => found.push(scenario),
                        Err(refused) => wrong = refused,
                    }
                }
                (Err(fault), true) => wrong.push(Fault::at(pointer, "invalid", fault)),
                // Its names are looked at all the same: who mends a file wants to know of all that is wrong with it.
                (Ok(case), false) => {
                    wrong.extend([unregistered(&case, &pointer), unknown_names(&case, &pointer)].concat())
                }
                (Err(_), false) => {}
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
    faults.into_iter().map(|fault| Bad { file: named(file), place: place(&fault), fault }).collect()
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

fn case(item: &Tree, usual: &Senders, defaults: &Defaults) -> Result<Case, &'static str> {
    let mut case: Case = serde_json::from_value(item.to_value()).map_err(|_| "this is not as the format asks")?;
    for (id, profile) in usual {
        case.senders.entry(id.clone()).or_insert_with(|| profile.clone());
    }
    case.senders = case.profiles(defaults);
    Ok(case)
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
                let refusals = accept::refusals(&event, now).into_iter();
                faults.extend(refusals.map(|it| Fault::at(format!("{at}{}", it.pointer), it.code, it.message)));
                events.push(event);
            }
            Err(_) => faults.push(Fault::at(at, "invalid", "this is no event as `POST /events` takes it")),
        }
    }
    faults.extend(unknown_names(&case, &pointer));
    match serde_json::from_value::<SendRequest>(case.body(defaults)) {
        Ok(request) if faults.is_empty() => Ok(Scenario { case, place, pointer, senders, events, request }),
        Ok(_) => Err(faults),
        Err(_) => {
            let message = "this is no request as `POST /check` takes it";
            Err([faults, vec![Fault::at(format!("{pointer}/when"), "invalid", message)]].concat())
        }
    }
}
