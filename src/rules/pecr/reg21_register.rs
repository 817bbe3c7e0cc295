//! Regulation 21(1)(b) and (3): the register of those who want no calls.

use crate::{
    facts::{EventRef, Facts, Listing},
    rules::{
        Effect, call,
        citation::{Level, REG_21, pecr},
        in_force::{CLAIMS_CALLS, CORPORATE_REGISTER, InForce, PECR, PENSION_CALLS},
        outcome::{Limb, Limbs, Outcome, Seen},
        register::{is_recent, is_within_grace},
    },
    terms::subscriber::SubscriberKind,
};

const TPS: Limb = Limb {
    id: "21(1)(b)-tps",
    holds: "the number is not listed in the Telephone Preference Service, or has been for less than 28 days",
    fails: "the number is listed in the Telephone Preference Service, and is not known to have been for less than 28 days",
};
const TPS_SCREENED: Limb = Limb {
    id: "21(1)(b)-tps-screened",
    holds: "the number was looked up in the Telephone Preference Service less than 28 days before the call, and not found",
    fails: "the number was not looked up in the Telephone Preference Service in the 28 days before the call",
};
const CTPS: Limb = Limb {
    id: "21(1)(b)-ctps",
    holds: "the number is not listed in the Corporate Telephone Preference Service, or has been for less than 28 days",
    fails: "the number is listed in the Corporate Telephone Preference Service, and is not known to have been for less than 28 days",
};
const CTPS_SCREENED: Limb = Limb {
    id: "21(1)(b)-ctps-screened",
    holds: "the number was looked up in the Corporate Telephone Preference Service less than 28 days before the call, and not found",
    fails: "the number was not looked up in the Corporate Telephone Preference Service in the 28 days before the call",
};

rule! {
    /// Nobody may make an unsolicited call for direct marketing, or instigate one, where the number of the called line
    /// is listed in the register kept under reg 26. It is one register with two lists: the Telephone Preference Service
    /// (TPS) for individuals and the Corporate Telephone Preference Service (CTPS) for companies. A call is no
    /// contravention where the number has been listed for less than 28 days preceding the day of the call (21(3)). So a
    /// look at the register proves that a call is lawful for less than 28 days. Paragraph (1) does not apply to a case
    /// within reg 21A or 21B.
    ///
    /// ## Allowed
    /// A caller looked a person's number up on the first of the month, did not find it, and calls on the twentieth. The
    /// number was entered ten days ago.
    ///
    /// ## Refused
    /// The number was entered 28 days ago. It was looked up 28 days ago, or never. A company's number was looked up in
    /// the TPS and not in the CTPS. The number was found there, and nobody knows since when.
    ///
    /// ## Doubt
    /// The days are those of the calendar in London from the listing to the call, and 28 are too many, on either
    /// reading: counted under Art 3(1) of Regulation 1182/71 there would be one more, and nobody should rely on it.
    /// Whether the subscriber is an individual decides which list must be looked up: the TPS for one who is, both for
    /// one who is not or is not known. A number that is found in either is listed, whoever holds it. A number found by
    /// a look-up, without the day of its listing, is refused even where an earlier look-up did not find it.
    ///
    /// ## References
    /// PECR reg 21(1)(b), (3), (6), reg 26; ICO, how do we comply with the rules on live marketing calls.
    pub(crate) static RULE = {
        id: "pecr.reg21.register",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(1)(b), (3)", REG_21),
        in_force: InForce::from(PENSION_CALLS),
        statement: "A number may be called that has not been on the register of those who want no calls for 28 days.",
        limbs: [&TPS, &TPS_SCREENED, &CTPS, &CTPS_SCREENED],
        evaluate: evaluate,
    };
}

rule! {
    /// Nobody may make an unsolicited call for direct marketing, or instigate one, where the number is listed in the
    /// register kept under reg 26 and has been for 28 days. Paragraph (1) does not apply to a case within reg 21A: calls
    /// about claims management needed consent. Calls about pensions were still calls like others.
    ///
    /// ## Allowed
    /// A firm rings about a pension review; the number was looked up last week and not found.
    ///
    /// ## Refused
    /// The number has been in the TPS for years.
    ///
    /// ## References
    /// PECR reg 21(1)(b), (3), (6) as inserted by the Financial Guidance and Claims Act 2018 s.35.
    pub(crate) static BEFORE_PENSIONS = {
        id: "pecr.reg21.register",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(1)(b), (3)", REG_21),
        in_force: InForce::between(CLAIMS_CALLS, PENSION_CALLS),
        statement: "A number may be called that has not been on the register of those who want no calls for 28 days.",
        limbs: [&TPS, &TPS_SCREENED, &CTPS, &CTPS_SCREENED],
        evaluate: evaluate,
    };
}

rule! {
    /// Nobody may make an unsolicited call for direct marketing, or instigate one, where the number is listed in the
    /// register kept under reg 26 and has been for 28 days. Since 25 June 2004 corporate subscribers may list theirs.
    /// Calls about claims and pensions were calls like others.
    ///
    /// ## Allowed
    /// A claims firm rings a number that was looked up last week and not found.
    ///
    /// ## Refused
    /// The number has been in the TPS for years; the company's has been in the CTPS.
    ///
    /// ## References
    /// PECR reg 21(1)(b), (3); reg 26 as amended by SI 2004/1039.
    pub(crate) static BEFORE_CLAIMS = {
        id: "pecr.reg21.register",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(1)(b), (3)", REG_21),
        in_force: InForce::between(CORPORATE_REGISTER, CLAIMS_CALLS),
        statement: "A number may be called that has not been on the register of those who want no calls for 28 days.",
        limbs: [&TPS, &TPS_SCREENED, &CTPS, &CTPS_SCREENED],
        evaluate: evaluate,
    };
}

rule! {
    /// Nobody may make an unsolicited call for direct marketing, or instigate one, where the number is listed in the
    /// register kept under reg 26 and has been for 28 days. Only individual subscribers could list theirs.
    ///
    /// ## Allowed
    /// A caller rings a company without a look at the register.
    ///
    /// ## Refused
    /// The number of a person has been in the TPS for a year; nobody has looked it up.
    ///
    /// ## Doubt
    /// A company's number that is found in the register all the same is taken to be a person's.
    ///
    /// ## References
    /// PECR reg 21(1)(b), (3), reg 26(1) as made, until SI 2004/1039 came into force on 25 June 2004.
    pub(crate) static BEFORE_CORPORATE_REGISTER = {
        id: "pecr.reg21.register",
        effect: Effect::Requirement,
        level: Level::Statute,
        citation: pecr("reg. 21(1)(b), (3)", REG_21),
        in_force: InForce::between(PECR, CORPORATE_REGISTER),
        statement: "A person's number may be called that has not been on the register of those who want no calls for 28 days.",
        limbs: [&TPS, &TPS_SCREENED],
        evaluate: evaluate_before_corporate_register,
    };
}

/// One list of the register, and whether it must have been looked up.
struct List<'f, 'a> {
    listing: &'f Listing<'a>,
    must_be_screened: bool,
    listed: &'static Limb,
    screened: &'static Limb,
    facts: [&'static str; 2],
    ask: &'static str,
}

fn tps<'f, 'a>(facts: &'f Facts<'a>, must_be_screened: bool) -> List<'f, 'a> {
    List {
        listing: &facts.line.tps,
        must_be_screened,
        listed: &TPS,
        screened: &TPS_SCREENED,
        facts: ["register_listed.tps", "register_screened.tps"],
        ask: "a `register_screened` event of the register `tps` for this number, less than 28 days old",
    }
}

fn ctps<'f, 'a>(facts: &'f Facts<'a>, must_be_screened: bool) -> List<'f, 'a> {
    List {
        listing: &facts.line.ctps,
        must_be_screened,
        listed: &CTPS,
        screened: &CTPS_SCREENED,
        facts: ["register_listed.ctps", "register_screened.ctps"],
        ask: "a `register_screened` event of the register `ctps` for this number, less than 28 days old",
    }
}

fn evaluate<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let corporate = facts.recipient.subscriber != SubscriberKind::Individual;
    looked_up(facts, &[tps(facts, true), ctps(facts, corporate)])
}

fn evaluate_before_corporate_register<'a>(facts: &Facts<'a>) -> Outcome<'a> {
    let corporate = facts.recipient.subscriber == SubscriberKind::Corporate;
    looked_up(facts, &[tps(facts, !corporate)])
}

fn looked_up<'a>(facts: &Facts<'a>, lists: &[List<'_, 'a>]) -> Outcome<'a> {
    if !call::is_ordinary(facts) {
        return Outcome::NotEngaged;
    }
    let limbs = lists.iter().fold(Limbs::default(), |limbs, list| limbs.and(of_list(facts, list)));
    // The weakest proof is the oldest look-up.
    let proof = |list: &List<'_, 'a>| {
        let absent = list.listing.absent.filter(|_| list.must_be_screened);
        list.listing.listed.map(|listed| listed.event).or(absent)
    };
    let proofs = lists.iter().filter_map(proof);
    limbs.outcome(proofs.min_by_key(|event| event.at))
}

fn of_list<'a>(facts: &Facts<'a>, list: &List<'_, 'a>) -> Limbs<'a> {
    let [listed_fact, screened_fact] = list.facts;
    let Listing { listed, absent } = list.listing;
    match listed {
        Some(listed) => {
            let value = if !listed.since_known {
                "found there, and since when is not known"
            } else if is_recent(facts, &listed.event) {
                "for less than 28 days"
            } else {
                "for 28 days or more"
            };
            let seen = Seen::event(listed_fact, value, listed.event);
            Limbs::default().require(list.listed, is_within_grace(facts, listed), seen)
        }
        None if list.must_be_screened => {
            let seen = absent.map_or(Seen::stated(screened_fact, "unknown"), |absent| {
                Seen::event(screened_fact, "not found", absent)
            });
            let fresh = absent.is_some_and(|absent| is_recent(facts, &absent));
            Limbs::default().told(list.screened, fresh.then_some(true), seen, list.ask)
        }
        None => Limbs::default(),
    }
}

/// The listing that has come of age in either list, if there is one.
pub(crate) fn listed<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    let listed = [facts.line.tps.listed, facts.line.ctps.listed].into_iter().flatten();
    listed.filter(|listed| !is_within_grace(facts, listed)).map(|listed| listed.event).min_by_key(|event| event.at)
}

/// The listing in either list that is not 28 days old, if there is one.
pub(crate) fn newly_listed<'a>(facts: &Facts<'a>) -> Option<EventRef<'a>> {
    let listed = [facts.line.tps.listed, facts.line.ctps.listed].into_iter().flatten();
    listed.filter(|listed| is_within_grace(facts, listed)).map(|listed| listed.event).min_by_key(|event| event.at)
}

#[cfg(test)]
mod tests;
