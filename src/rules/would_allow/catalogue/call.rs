//! What a call or a fax presents, and what is known of the line. The call is not made yet: it can be made otherwise.
//!
//! Whoever said anything against being called is not passed over by a look into a register.

use super::{
    NEW, Theme,
    said::{later, nothing_said},
};
use crate::{
    facts::{EventRef, Facts, Listing, Relationship},
    rules::{call, policy::pension_client_on_register::keeps_off, would_allow::Change},
    terms::{channel::Channel, subscriber::SubscriberKind},
};

/// What the call presents, and what is known of the line.
pub(super) const THEME: Theme = Theme { event: None, changes: FACTS };

/// The facts of a client relationship.
pub(super) const OF_A_CLIENT: Theme =
    Theme { event: Some(|facts| facts.line.relationship.map(|relationship| relationship.event)), changes: CLIENT };

const FACTS: &[Change] = &[
    Change {
        fact: "call_permission_given",
        says: "the subscriber tells this caller, and the ledger records, that they do not object to its calls",
        open: |facts| call::is_ordinary(facts) && nothing_said(facts),
        apply: |facts| facts.line.permission = Some(new("call_permission_given", facts)),
    },
    Change {
        fact: "register_screened.tps",
        says: "the number was looked up in the Telephone Preference Service less than 28 days ago and not found",
        open: |facts| call::is_ordinary(facts) && may_be_absent(&facts.line.tps, facts),
        apply: |facts| facts.line.tps.absent = Some(new("register_screened", facts)),
    },
    Change {
        fact: "register_screened.ctps",
        says: "the number was looked up in the Corporate Telephone Preference Service less than 28 days ago and not found",
        open: |facts| call::is_ordinary(facts) && may_be_absent(&facts.line.ctps, facts),
        apply: |facts| facts.line.ctps.absent = Some(new("register_screened", facts)),
    },
    Change {
        fact: "register_screened.fax_register",
        says: "the number was looked up in the register of faxes less than 28 days ago and not found",
        open: |facts| facts.channel == Channel::Fax && may_be_absent(&facts.line.fax, facts),
        apply: |facts| facts.line.fax.absent = Some(new("register_screened", facts)),
    },
    Change {
        fact: "recipient.subscriber",
        says: "the subscriber is an individual, whose number need not be looked up in the register of companies",
        open: |facts| {
            let unknown = facts.recipient.subscriber == SubscriberKind::Unknown;
            unknown && call::is_ordinary(facts) && nothing_said(facts)
        },
        apply: |facts| facts.recipient.subscriber = SubscriberKind::Individual,
    },
    Change {
        fact: "call.presents_cli",
        says: "the call shows the caller's number, or another on which the caller can be reached",
        open: |facts| (call::is_live(facts) || call::is_automated(facts)) && facts.call.presents_cli != Some(true),
        apply: |facts| facts.call.presents_cli = Some(true),
    },
    Change {
        fact: "call.names_caller",
        says: "the call or the fax says who is calling",
        open: |facts| by_telephone(facts) && facts.call.names_caller != Some(true),
        apply: |facts| facts.call.names_caller = Some(true),
    },
    Change {
        fact: "call.address_or_freephone",
        says: "an address or a freephone number is given: in a recorded message or a fax always, in a live call on request",
        open: |facts| by_telephone(facts) && facts.call.address_or_freephone != Some(true),
        apply: |facts| facts.call.address_or_freephone = Some(true),
    },
    Change {
        fact: "client_relationship_started",
        says: "the person was a client of this caller on this line before, and the caller did not set that up mainly to be able to call",
        open: |facts| {
            let none = call::is_about_pensions(facts) && facts.line.relationship.is_none();
            none && nothing_said(facts) && !keeps_off(facts)
        },
        apply: |facts| {
            let event = new("client_relationship_started", facts);
            let relationship = Relationship { event, ended: None, avoids_the_ban: Some(false) };
            facts.line.relationship = facts.line.relationship.or(Some(relationship));
        },
    },
    Change {
        fact: "call.client_would_expect",
        says: "a client might reasonably envisage such a call",
        open: |facts| call::is_about_pensions(facts) && facts.call.client_would_expect.is_none() && nothing_said(facts),
        apply: |facts| facts.call.client_would_expect = Some(true),
    },
    Change {
        fact: "call.offers_opt_out",
        says: "the called person can refuse further calls in this one, simply and free of charge",
        open: |facts| call::is_about_pensions(facts) && facts.call.offers_opt_out != Some(true),
        apply: |facts| facts.call.offers_opt_out = Some(true),
    },
    Change {
        fact: "sender.fca_authorisation",
        says: "the caller is authorised by the Financial Conduct Authority, or is the trustee or manager of a pension scheme",
        open: |facts| call::is_about_pensions(facts) && facts.caller.authorised.is_none(),
        apply: |facts| facts.caller.authorised = Some(true),
    },
];

const CLIENT: &[Change] = &[Change {
    fact: "client_relationship_started.set_up_to_avoid_the_ban",
    says: "the client relationship was not set up mainly to be able to call",
    open: |facts| facts.line.relationship.is_some_and(|it| it.avoids_the_ban.is_none()) && nothing_said(facts),
    apply: |facts| facts.line.relationship.iter_mut().for_each(|it| it.avoids_the_ban = Some(false)),
}];

fn by_telephone(facts: &Facts<'_>) -> bool {
    matches!(facts.channel, Channel::LiveCall | Channel::AutomatedCall | Channel::Fax)
}

/// Whether a look into the register could still show that the line is not there.
fn may_be_absent(listing: &Listing<'_>, facts: &Facts<'_>) -> bool {
    listing.listed.is_none() && nothing_said(facts)
}

fn new<'a>(kind: &'static str, facts: &Facts<'a>) -> EventRef<'a> {
    EventRef { id: NEW, kind, at: later(facts).min(facts.at), given: false, revision: 0 }
}
