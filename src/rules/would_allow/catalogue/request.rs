//! A request of the person that the message answers.
//!
//! A request for the very thing that is sent lifts what was said against it; what was asked for is then not supposed.

use super::{NEW, Theme, said::nothing_said};
use crate::{
    facts::{EventRef, Request},
    rules::would_allow::Change,
};

/// The facts of a request.
pub(super) const THEME: Theme =
    Theme { event: Some(|facts| facts.request.map(|request| request.event)), changes: FACTS };

const FACTS: &[Change] = &[
    Change {
        fact: "request_made",
        says: "the request that the message answers is on record: the person made it to the sender, from this address or number, for this",
        open: |facts| facts.answers_request && facts.request.is_none() && nothing_said(facts),
        apply: |facts| {
            facts.request = Some(Request {
                event: EventRef { id: NEW, kind: "request_made", at: facts.at, given: false, revision: 0 },
                to_sender: true,
                covers_channel: true,
                covers_topic: Some(true),
                names_topic: false,
                for_this_detail: true,
                before_reassignment: false,
                fulfilled: false,
            });
        },
    },
    Change {
        fact: "topic",
        says: "the message is about what the person asked for",
        open: |facts| facts.request.is_some_and(|request| request.covers_topic.is_none()) && nothing_said(facts),
        apply: |facts| {
            facts.request.iter_mut().for_each(|it| (it.covers_topic, it.names_topic) = (Some(true), true));
        },
    },
];
