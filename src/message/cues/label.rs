//! "This is a service message": a label that a message puts on itself.

use super::Cue;
use crate::terms::wording::{CueFamily::Label, FindingKind::ClaimsToBeService};

const fn claims(patterns: &'static [&'static str]) -> Cue {
    Cue::promotes(Label, patterns).that(ClaimsToBeService).even_denied()
}

pub(super) static CUES: &[Cue] = &[
    // It speaks of what the person has said about marketing: then it knows why it should not have been sent.
    claims(&[
        "( does not | doesn't | will not | won't | not ) ( affect | change | alter | impact ) ..3 ( marketing | opt \
         in | opt out | communication | mailing ) ..2 ( status | preferences | preference | choices | settings | opt \
         in | opt out )",
        "( even | although | though | regardless | irrespective | despite | whether ) ..8 ( opted out | opted in | \
         unsubscribed | marketing preferences | marketing consent | not to receive marketing )",
        "( service | administrative | operational | transactional | information ) ( message | email | communication \
         | text | notice ) ..10 ( opt in | opt out | marketing preferences | marketing status | opted )",
    ]),
    claims(&[
        "( this is | this email is | this message is | is ) ( a | an | purely a | only a | an important ) ..1 ( \
         service | administrative | operational | transactional | informational | regulatory ) ..1 ( message | email \
         | communication | announcement | notice | text | update )",
        "( this is | this email is | this message is | is ) ( not | not a | not an ) ..2 ( marketing | advertising | \
         promotional | sales )",
        "( not | non ) ( marketing | promotional ) ( email | message | communication )",
        "( for information ) ( only | purposes only )",
        "^ ( service | important service ) ( message | announcement | notice | update )",
    ])
    .weak(),
];
