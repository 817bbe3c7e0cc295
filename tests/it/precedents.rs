//! The precedents: that they say what was published, bear on rules that exist, and reach whoever reads an answer.

use std::{collections::BTreeSet, fs, path::Path};

use maysend::rules::{
    ALL, RULEBOOK,
    precedents::{self, Dated, Precedent, Ruling, Sanction},
};
use serde_json::{Value, json};

use crate::server::Server;

/// Rulings collected and verified that are no precedents, and why.
const LEFT_OUT: &[(&str, &str)] = &[("ocarroll-v-meta-2025", "a settlement: nobody found a breach")];

/// What was published of one ruling, as it was collected: a line of `tests/rulings.tsv`. A ruling on two channels has
/// two lines.
#[derive(Debug)]
struct Published {
    id: String,
    organisation: String,
    date: Option<String>,
    basis: String,
    is_penalty: bool,
    penalty: Option<u32>,
    verified: bool,
    source: String,
}

impl Published {
    fn says_the_same_as(&self, ruling: &Ruling) -> bool {
        let basis = match self.basis.as_str() {
            "tribunal decision" => "appeal",
            basis => basis,
        };
        ruling.organisation == self.organisation
            && ruling.dated.map(|Dated { on, .. }| on) == self.date.as_deref()
            && ruling.dated.map_or("", |dated| dated.basis.as_str()) == basis
            && matches!(ruling.sanction, Sanction::Penalty(_)) == self.is_penalty
            && ruling.sanction.pounds() == self.penalty
            && ruling.source == self.source
    }
}

fn published() -> Vec<Published> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rulings.tsv");
    let text = fs::read_to_string(path).expect("the rulings");
    let line = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, organisation, date, basis, notice, penalty, verified, source] = fields[..] else { panic!("{line}") };
        Published {
            id: id.to_owned(),
            organisation: organisation.to_owned(),
            date: Some(date.to_owned()).filter(|date| !date.is_empty()),
            basis: basis.to_owned(),
            is_penalty: notice == "monetary penalty notice",
            penalty: penalty.parse().ok(),
            verified: verified == "yes",
            source: source.to_owned(),
        }
    };
    text.lines().skip(1).map(line).collect()
}

#[test]
fn every_verified_ruling_is_a_precedent_or_left_out_for_a_reason() {
    let published = published();
    for row in &published {
        let ruling = precedents::all().find(|ruling| row.says_the_same_as(ruling));
        let left_out = LEFT_OUT.iter().any(|(id, _)| *id == row.id);
        assert_eq!(ruling.is_some(), row.verified && !left_out, "{}", row.id);
    }
    assert!(LEFT_OUT.iter().all(|(id, why)| published.iter().any(|row| row.id == *id) && !why.is_empty()));
    crate::count("published rulings", published.len());
}

#[test]
fn every_precedent_was_published_and_is_told_once() {
    let published = published();
    let mut seen = BTreeSet::new();
    for ruling in precedents::all() {
        assert!(published.iter().any(|row| row.says_the_same_as(ruling)), "{}", ruling.organisation);
        assert!(
            seen.insert((ruling.organisation, ruling.dated.map(|dated| dated.on))),
            "{} twice",
            ruling.organisation
        );
    }
    crate::count("precedents", seen.len());
}

#[test]
fn every_precedent_bears_on_a_rule_that_exists() {
    for ruling in precedents::all() {
        assert!(!ruling.points.is_empty(), "{} makes no point", ruling.organisation);
        for point in ruling.points {
            assert!(!point.places.is_empty() && !point.says.ends_with('.'), "{}", point.says);
            for place in point.places {
                let versions: Vec<_> = ALL.iter().filter(|rule| rule.id == place.rule).collect();
                let known = |limb: &str| versions.iter().any(|rule| rule.limbs.iter().any(|it| it.id == limb));
                assert!(!versions.is_empty(), "{} names {}", ruling.organisation, place.rule);
                for limb in place.limbs {
                    assert!(known(limb), "{} names {} {limb}", ruling.organisation, place.rule);
                }
            }
        }
    }
}

/// A year, a month or a day, and none after the day whose law the rulebook states.
#[test]
fn dates_say_as_much_as_is_known() {
    for dated in precedents::all().filter_map(|ruling| ruling.dated) {
        let day = format!("{}{}", dated.on, "-01-01".get(dated.on.len().saturating_sub(4)..).unwrap_or_default());
        assert!([4, 7, 10].contains(&dated.on.len()) && day.parse::<jiff::civil::Date>().is_ok(), "{day}");
        assert!(dated.on <= RULEBOOK, "{}", dated.on);
    }
}

/// A deny of marketing dressed as service, to somebody who had objected.
fn denied() -> Value {
    json!({
        "sender": "acme", "channel": "email", "purpose": "service", "recipient": { "email": "jo@example.com" },
        "message": { "contains_promotion": true, "opt_out": "link", "identifies_sender": true },
        "given": [{ "type": "objection_raised", "occurred_at": "2015-06-01T10:00:00Z" }],
    })
}

#[test]
fn a_deny_names_rulings_on_the_same_point() {
    let server = Server::with_acme();
    let answer = server.post("/check", &denied()).json();
    assert_eq!(answer["decision"], "deny");
    let reasons = answer["reasons"].as_array().expect("reasons");
    let beside = |limb: &str| {
        let reason = reasons.iter().find(|reason| reason["limb"] == limb).expect("the limb");
        let rulings = reason["precedents"].as_array().cloned().unwrap_or_default();
        rulings.iter().map(|ruling| ruling["organisation"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(beside("21(3)"), ["HelloFresh", "Royal Mail Group Limited"]);
    assert_eq!(beside("contains-promotion"), ["Allay Claims Ltd", "Halfords Limited"]);
    assert_eq!(beside("122(5)"), [""; 0]);
    let halfords = reasons.iter().flat_map(|reason| reason["precedents"].as_array().into_iter().flatten());
    let halfords = halfords.into_iter().find(|ruling| ruling["organisation"] == "Halfords Limited").expect("a ruling");
    let source = "https://lewissilkin.com/en/insights/a-service-email-on-your-bike-says-the-ico";
    let point =
        "an email about a public voucher urged people to use it with the sender, and called itself a service message";
    let whole = json!({
        "organisation": "Halfords Limited", "date": "2022-09", "date_basis": "publication",
        "sanction": "monetary_penalty", "penalty_gbp": 30_000, "point": point, "source": source,
    });
    assert_eq!(*halfords, whole);
}

#[test]
fn an_allow_names_none() {
    let server = Server::with_acme();
    let mut request = denied();
    request["message"]["contains_promotion"] = json!(false);
    let answer = server.post("/check", &request).json();
    assert_eq!(answer["decision"], "allow");
    assert!(answer.get("penalties").is_none() && !answer.to_string().contains("\"precedents\""), "{answer}");
}

/// By the law of each day; before the GDPR the right to object stood in the Act of 1998.
#[rstest::rstest]
#[case::before_penalties("2010-04-05", &[("PECR 2003", "2003-12-11"), ("DPA 1998", "2003-12-11")])]
#[case::data_protection_first("2011-05-25", &[("PECR 2003", "2003-12-11"), ("DPA 1998", "2010-04-06")])]
#[case::both("2011-05-26", &[("PECR 2003", "2011-05-26"), ("DPA 1998", "2010-04-06")])]
#[case::the_gdpr("2018-05-25", &[("PECR 2003", "2015-04-06"), ("UK GDPR", "2018-05-25")])]
#[case::the_day_before("2026-02-04", &[("PECR 2003", "2018-12-17"), ("UK GDPR", "2021-01-01")])]
#[case::the_day("2026-02-05", &[("PECR 2003", "2026-02-05"), ("UK GDPR", "2021-01-01")])]
fn a_deny_says_what_is_at_stake(#[case] as_of: &str, #[case] expected: &[(&str, &str)]) {
    let server = Server::with_acme();
    let mut request = denied();
    request["as_of"] = json!(as_of);
    request["given"][0]["occurred_at"] = json!("2010-01-01T10:00:00Z");
    let answer = server.post("/check", &request).json();
    let penalties = answer["penalties"].as_array().cloned().unwrap_or_default();
    let text = |penalty: &Value, field: &str| penalty[field].as_str().unwrap_or_default().to_owned();
    let found: Vec<_> = penalties.iter().map(|it| (text(it, "instrument"), text(it, "in_force_from"))).collect();
    let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(found, expected, "{answer}");
}

#[test]
fn the_sentences_compare_one_ruling_a_reason_and_tell_the_stakes_in_a_line() {
    let server = Server::with_acme();
    let headers = [("Content-Type", "application/json"), ("Accept", "text/plain")];
    let text = server.call("POST", "/check", &headers, &denied().to_string()).text();
    let compared = text.lines().filter(|line| line.starts_with("      compare ")).count();
    let reasons =
        text.lines().filter(|line| ["  - ", "  ? ", "  + "].iter().any(|mark| line.starts_with(mark))).count();
    assert!(compared > 0 && compared <= reasons, "{text}");
    let clause = "compare HelloFresh (2024-01-12, £140,000): some people still got messages after they had told the sender to stop";
    assert!(text.contains(clause), "{text}");
    assert_eq!(text.matches("compare HelloFresh").count(), 1, "{text}");
    let stakes = "\nAt most the regulator may impose £17.5 million, or 4% of worldwide annual turnover if that is more (PECR 2003, UK GDPR).\n";
    assert!(text.contains(stakes), "{text}");
}

#[test]
fn a_rule_s_page_lists_all_and_the_rulebook_of_a_day_its_penalties() {
    let server = Server::start();
    let ids: BTreeSet<_> = ALL.iter().map(|rule| rule.id).collect();
    for id in ids {
        let page = server.get(&format!("/rules/{id}")).json();
        let shown = page["precedents"].as_array().expect("a list");
        let expected = precedents::on(id);
        let name = |precedent: &Precedent| json!(precedent.ruling.organisation);
        assert!(shown.iter().map(|ruling| ruling["organisation"].clone()).eq(expected.iter().map(name)), "{page}");
        let limbs = |precedent: &Precedent| precedent.place.limbs.iter().map(|limb| json!(limb)).collect::<Vec<_>>();
        let shown_limbs = shown.iter().map(|ruling| ruling["limbs"].as_array().cloned().unwrap_or_default());
        assert!(shown_limbs.eq(expected.iter().map(limbs)), "{page}");
    }
    let maxima = |as_of: &str| server.get(&format!("/rules?as_of={as_of}")).json()["penalties"].clone();
    assert_eq!(maxima("2026-02-04")[0]["maximum"], "£500,000");
    assert_eq!(maxima("2026-02-05")[0]["in_force_from"], "2026-02-05");
    assert_eq!(maxima("2003-12-11").as_array().map(Vec::len), Some(2));
}
