//! The names in a case that must be somebody's or something's.

use serde_json::Value;

use super::INVALID;
use crate::{
    ledger::{
        accept,
        sender::{Sender, SenderId},
    },
    rules,
    scenario::case::Case,
    spelling::nearest,
    strict::fault::Fault,
};

/// A profile as it is read, if it can be registered under its id.
pub(super) fn profile(id: &str, written: &Value, pointer: &str) -> Result<Sender, Vec<Fault>> {
    if !SenderId(id.to_owned()).is_well_formed() {
        let message = "this can be no id of a profile: up to 64 lower-case letters, digits, `.`, `_` and `-`";
        return Err(vec![Fault::at(pointer, "pattern", message)]);
    }
    let invalid = |_| vec![Fault::at(pointer, INVALID, "this is no profile as `PUT /senders/{id}` takes it")];
    let profile: Sender = serde_json::from_value(written.clone()).map_err(invalid)?;
    let blanks = accept::blanks(&profile).into_iter();
    let blanks = blanks.map(|it| Fault::at(format!("{pointer}{}", it.pointer), it.code, it.message));
    let house = profile.house_rules.iter().flat_map(|rules| rules.refusals());
    let house =
        house.map(|it| Fault::at(format!("{pointer}{}", it.pointer), it.code, it.message).meaning(it.did_you_mean));
    let faults: Vec<Fault> = blanks.chain(house).collect();
    if faults.is_empty() { Ok(profile) } else { Err(faults) }
}

/// A fault for every sender that is named by an id which nobody has.
pub(super) fn unregistered(case: &Case, pointer: &str) -> Vec<Fault> {
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
pub(super) fn unknown_names(case: &Case, pointer: &str) -> Vec<Fault> {
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
