//! Files of cases and of senders, read strictly: all their faults, each with its line.

use std::{collections::BTreeMap, fmt, fs, path::Path};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{
    case::{Case, Defaults},
    yaml::{self, Place, Places},
};
use crate::{
    check::request::SendRequest,
    ledger::{
        accept,
        event::Event,
        sender::{Sender, SenderId},
    },
    rules,
    spelling::nearest,
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

/// The cases of one file, or all that is wrong with it.
pub(super) fn cases(
    file: &Path,
    usual: &Senders,
    defaults: &Defaults,
    now: Timestamp,
) -> Result<(Vec<Scenario>, Places), Vec<Bad>> {
    let (tree, places) = text(file)?;
    let bad = |faults: Vec<Fault>| located(file, &places, faults);
    let items = match &tree {
        Tree::List(items) if !items.is_empty() => items,
        Tree::List(_) | Tree::Null => return Err(bad(vec![Fault::at("", "too_few", "this file holds no case")])),
        Tree::Bool(_) | Tree::Number(_) | Tree::Text(_) | Tree::Object(_) => {
            return Err(bad(vec![Fault::at("", "wrong_type", "this must be a list of cases")]));
        }
    };
    let walk = Walk::of::<Case>();
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let pointer = format!("/{index}");
        let mut wrong = walk.faults(item, &pointer);
        wrong.iter_mut().for_each(|fault| unquoted(fault, &tree));
        if wrong.is_empty() {
            let place = places.of(&pointer).unwrap_or(Place { line: 1, column: 1 });
            match case(item, usual, defaults).and_then(|case| scenario(case, pointer, place, defaults, now)) {
                Ok(scenario) => found.push(scenario),
                Err(refused) => wrong = refused,
            }
        }
        faults.extend(wrong);
    }
    if faults.is_empty() { Ok((found, places)) } else { Err(bad(faults)) }
}

/// The senders of one file, or all that is wrong with it.
pub(super) fn senders(file: &Path) -> Result<Senders, Vec<Bad>> {
    let (tree, places) = text(file)?;
    let bad = |faults: Vec<Fault>| located(file, &places, faults);
    let Tree::Object(fields) = &tree else {
        return Err(bad(vec![Fault::at("", "wrong_type", "this must be senders, each under its id")]));
    };
    let walk = Walk::of::<Sender>();
    let mut faults = Vec::new();
    for (id, profile) in fields {
        let pointer = format!("/{id}");
        let mut wrong = walk.faults(profile, &pointer);
        wrong.iter_mut().for_each(|fault| unquoted(fault, &tree));
        if wrong.is_empty() {
            wrong.extend(self::profile(id, &profile.to_value(), &pointer).err().into_iter().flatten());
        }
        faults.extend(wrong);
    }
    let read = tree.to_value().as_object().cloned().unwrap_or_default().into_iter().collect();
    if faults.is_empty() { Ok(read) } else { Err(bad(faults)) }
}

fn text(file: &Path) -> Result<(Tree, Places), Vec<Bad>> {
    let bad =
        |place, code, message: String| vec![Bad { file: named(file), place, fault: Fault::at("", code, message) }];
    let text = fs::read_to_string(file).map_err(|error| bad(None, "unreadable", format!("cannot be read: {error}")))?;
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

fn case(item: &Tree, usual: &Senders, defaults: &Defaults) -> Result<Case, Vec<Fault>> {
    let not_a_case = |_| vec![Fault::at("", "invalid", "this is not as the format asks")];
    let mut case: Case = serde_json::from_value(item.to_value()).map_err(not_a_case)?;
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

fn profile(id: &str, written: &Value, pointer: &str) -> Result<Sender, Vec<Fault>> {
    if !SenderId(id.to_owned()).is_well_formed() {
        let message = "this can be no id of a profile: up to 64 lower-case letters, digits, `.`, `_` and `-`";
        return Err(vec![Fault::at(pointer, "pattern", message)]);
    }
    let invalid = |_| vec![Fault::at(pointer, "invalid", "this is no profile as `PUT /senders/{id}` takes it")];
    let profile: Sender = serde_json::from_value(written.clone()).map_err(invalid)?;
    let blanks = accept::blanks(&profile).into_iter();
    let blanks: Vec<Fault> =
        blanks.map(|it| Fault::at(format!("{pointer}{}", it.pointer), it.code, it.message)).collect();
    if blanks.is_empty() { Ok(profile) } else { Err(blanks) }
}

/// A fault for every sender that is named by an id which nobody has.
fn unregistered(case: &Case, pointer: &str) -> Vec<Fault> {
    let of_request = ["sender", "instigator"].map(|field| (format!("{pointer}/when/{field}"), case.when.get(field)));
    let of_event = |(index, event): (usize, &serde_json::Map<String, Value>)| {
        (format!("{pointer}/given/{index}/sender"), event.get("sender").cloned())
    };
    let of_events: Vec<_> = case.given.iter().enumerate().map(of_event).collect();
    let named = of_request.into_iter().chain(of_events.iter().map(|(at, id)| (at.clone(), id.as_ref())));
    let unknown = named.filter_map(|(at, id)| {
        let id = id.and_then(Value::as_str).filter(|id| !case.senders.contains_key(*id))?;
        let message = "no sender has this id, in the case or in a `senders.yaml` of its directory or above";
        let known = case.senders.keys().map(String::as_str);
        Some(Fault::at(at, "sender_not_registered", message).meaning(nearest(id, known)))
    });
    unknown.collect()
}

/// A fault for every rule, limb and obligation that the case expects and that there is none of.
fn unknown_names(case: &Case, pointer: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, ground) in case.then.because.iter().flatten().enumerate() {
        let at = |item: usize| format!("{pointer}/then/because/{index}/{item}");
        let versions: Vec<_> = rules::ALL.iter().filter(|rule| rule.id == ground.0).collect();
        let limbs = || versions.iter().flat_map(|rule| rule.limbs.iter().map(|limb| limb.id));
        if versions.is_empty() {
            let ids = rules::ALL.iter().map(|rule| rule.id);
            let fault = Fault::at(at(0), "no_such_rule", "no rule has this id: `maysend rules` lists them");
            faults.push(fault.meaning(nearest(&ground.0, ids)));
        } else if !limbs().any(|limb| limb == ground.1) {
            let fault = Fault::at(at(1), "no_such_limb", format!("`{}` has no such limb", ground.0));
            faults.push(fault.allowing(limbs()).meaning(nearest(&ground.1, limbs())));
        }
    }
    for (index, code) in case.then.obligations.iter().flatten().enumerate() {
        let codes = || rules::obligations::ALL.iter().map(|duty| duty.code);
        if !codes().any(|known| known == code) {
            let at = format!("{pointer}/then/obligations/{index}");
            let fault = Fault::at(at, "no_such_obligation", "no obligation has this code");
            faults.push(fault.allowing(codes()).meaning(nearest(code, codes())));
        }
    }
    faults
}
