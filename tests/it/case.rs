//! The golden case: a decision and the reasons for it, with who says so.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Map, Value};

/// One golden case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) name: String,
    /// Who says that this is the answer.
    pub(crate) source: String,
    /// The day whose law and facts apply; left out: the day of the rulebook.
    pub(crate) as_of: Option<String>,
    /// Senders registered before, beside [`acme`]: id and profile, as `PUT /senders/{id}` takes it.
    #[serde(default)]
    pub(crate) senders: BTreeMap<String, Value>,
    /// Events recorded before, as `POST /events` takes them. Left out: `sender` is the request's, `id` is counted.
    #[serde(default)]
    pub(crate) given: Vec<Map<String, Value>>,
    /// The body of `POST /check`.
    pub(crate) when: Map<String, Value>,
    /// What must come out.
    pub(crate) then: Then,
}

/// What must come out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Then {
    /// `allow` or `deny`.
    pub(crate) decision: String,
    /// Of a deny, every failing rule and limb, in order of precedence; of an allow, the rule of its basis, then any
    /// others that are met, each with a limb.
    pub(crate) because: Vec<(String, String)>,
    /// The codes of the obligations, if the case is about them.
    pub(crate) obligations: Option<Vec<String>>,
    /// Codes of warnings that must be among those given.
    #[serde(default)]
    pub(crate) warnings: Vec<String>,
    /// Facts that must be asked for.
    #[serde(default)]
    pub(crate) needs: Vec<String>,
}

/// A file of cases with its place under `tests/cases`.
#[derive(Debug)]
pub(crate) struct CaseFile {
    /// Its path under `tests/cases`, without the ending.
    pub(crate) place: String,
    /// The cases.
    pub(crate) cases: Vec<Case>,
}

/// The directory of the golden cases.
pub(crate) fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Every file of golden cases.
pub(crate) fn all() -> Vec<CaseFile> {
    let mut files = Vec::new();
    collect(&directory(), &mut files);
    files.sort_by(|a, b| a.place.cmp(&b.place));
    files
}

fn collect(folder: &Path, files: &mut Vec<CaseFile>) {
    for entry in fs::read_dir(folder).expect("a folder of cases") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            let text = fs::read_to_string(&path).expect("a file of cases");
            let cases = serde_norway::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let place = path.strip_prefix(directory()).expect("under the cases").with_extension("");
            files.push(CaseFile { place: place.display().to_string(), cases });
        }
    }
}

impl Case {
    /// The senders registered for the case: the usual ones, and its own.
    pub(crate) fn senders(&self) -> BTreeMap<String, Value> {
        let mut all: BTreeMap<String, Value> = usual_senders();
        all.extend(self.senders.clone());
        all
    }

    /// The recorded events, completed.
    pub(crate) fn events(&self) -> Vec<Value> {
        let sender = self.when.get("sender").filter(|sender| sender.is_string());
        let recipient = self.contact_details();
        let complete = |(index, event): (usize, &Map<String, Value>)| {
            let mut event = event.clone();
            event.entry("id").or_insert_with(|| Value::from(format!("e{}", index + 1)));
            // A public register speaks of a number, whoever sends.
            let public = event.get("register").is_some_and(|register| register != "fundraising_preference");
            if let Some(sender) = sender.filter(|_| !public) {
                event.entry("sender").or_insert_with(|| sender.clone());
            }
            if event.get("type").is_none_or(|kind| kind != "register_imported") {
                event.entry("recipient").or_insert_with(|| recipient.clone());
            }
            Value::Object(event)
        };
        self.given.iter().enumerate().map(complete).collect()
    }

    /// The body of `POST /check`, with the day of the case. A case that names none is asked about the day of the
    /// rulebook, so that its answer does not change as its events grow old.
    pub(crate) fn body(&self) -> Value {
        let mut body = self.when.clone();
        let day = self.as_of.as_deref().unwrap_or(maysend::rules::RULEBOOK);
        body.entry("as_of").or_insert_with(|| Value::from(day));
        Value::Object(body)
    }

    fn contact_details(&self) -> Value {
        let recipient = self.when.get("recipient").and_then(Value::as_object).cloned().unwrap_or_default();
        let details = ["email", "phone", "postal", "account"];
        Value::Object(recipient.into_iter().filter(|(name, _)| details.contains(&name.as_str())).collect())
    }

    /// Compares an answer with what must come out; empty when it agrees.
    pub(crate) fn disagreements(&self, answer: &Value) -> Vec<String> {
        let mut found = Vec::new();
        let texts = |list: &Value, field: &str| -> Vec<String> {
            let items = list.as_array().cloned().unwrap_or_default();
            items.iter().filter_map(|item| item[field].as_str().map(str::to_owned)).collect()
        };
        if answer["decision"] != self.then.decision.as_str() {
            found.push(format!("decision: {} instead of {}", answer["decision"], self.then.decision));
        }
        let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
        let named = |reason: &Value| (text(&reason["rule"]), text(&reason["limb"]));
        if self.then.decision == "deny" {
            let failing: Vec<_> = reasons.iter().filter(|r| r["outcome"] != "met").map(named).collect();
            if failing != self.then.because {
                found.push(format!("because: {failing:?} instead of {:?}", self.then.because));
            }
        } else {
            let basis = text(&answer["basis"]["rule"]);
            let outcomes = answer["detail"]["rules"].as_array().cloned().unwrap_or_default();
            let is_met = |id: &str| outcomes.iter().any(|rule| rule["rule"] == id && rule["outcome"] == "met");
            let unmet: Vec<_> = self.then.because.iter().filter(|(rule, _)| !is_met(rule)).collect();
            if !unmet.is_empty() || self.then.because.first().is_none_or(|(rule, _)| *rule != basis) {
                found.push(format!("because: basis {basis} instead of {:?}, not met {unmet:?}", self.then.because));
            }
        }
        if reasons.is_empty() {
            found.push("no reason at all".to_owned());
        }
        let obligations = texts(&answer["obligations"], "code");
        if self.then.obligations.as_ref().is_some_and(|wanted| *wanted != obligations) {
            found.push(format!("obligations: {obligations:?} instead of {:?}", self.then.obligations));
        }
        let warnings = texts(&answer["warnings"], "code");
        for code in self.then.warnings.iter().filter(|code| !warnings.contains(code)) {
            found.push(format!("warnings: {warnings:?} lack {code}"));
        }
        let needs = texts(&answer["needs"], "fact");
        for fact in self.then.needs.iter().filter(|fact| !needs.contains(fact)) {
            found.push(format!("needs: {needs:?} lack {fact}"));
        }
        found
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The senders that every case knows: one of each kind.
pub(crate) fn usual_senders() -> BTreeMap<String, Value> {
    let profile = |legal_name: &str, kind: &str| serde_json::json!({ "legal_name": legal_name, "kind": kind });
    let groups =
        serde_json::json!({ "cycling": ["bicycle", "helmet", "bicycle service"], "travel": ["travel insurance"] });
    let mut acme = profile("Acme Bikes Ltd", "company");
    acme["trading_names"] = serde_json::json!(["Acme Cycles"]);
    acme["similar_products"] = groups;
    BTreeMap::from([
        ("acme".to_owned(), acme),
        ("hope".to_owned(), profile("The Hope Trust", "charity")),
        ("party".to_owned(), profile("The Example Party", "political_party")),
        ("plumber".to_owned(), profile("Sam Reed Plumbing", "sole_trader")),
        ("council".to_owned(), profile("Exampleshire Council", "public_body")),
        ("weekly".to_owned(), profile("Cycling Weekly News Ltd", "company")),
    ])
}
