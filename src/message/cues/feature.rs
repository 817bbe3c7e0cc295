//! An app or a feature to take up.

use super::Cue;
use crate::terms::wording::CueFamily::Feature;

/// An app that one needs to be let in, to be paid or to be treated.
const NEEDED: &[&str] = &[
    "@verify",
    "@health",
    "( boarding pass | your ( ticket | tickets | invoice | receipt | statement | certificate ) | check in )",
    "( need | must | required | have ) to ..2 ( download | use | update | install )",
];

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        Feature,
        &[
            "( download | get | install | try ) ( our | the | my | your | {slot} ) ..4 ( app | apps ) ..8 ( today | \
             now | free | for free | enjoy | discover | save | saving | savings | easier | faster | quicker | manage \
             | offers | shop | earn | and | to )",
            "( download | install | try | get ) it ( here | below | now | today | free | from )",
            "( download | get | install | try | use | switch to ) my ( app | {code} app | {slot} app )",
            "( download | get | install ) ( my | the ) {code} ..1 app",
            "( haven't | have not | not | never | yet to | still haven't ) [ yet ] ( used | tried | explored | \
             discovered | downloaded | started using ) ..4 @app",
            "( try | explore | discover | check out | use | meet | see ) ..3 ( new | latest | favourite | exciting | \
             smart ) ..2 @app",
            "( faster | easier | cheaper | better ) in our app",
            "( love | loving ) our app",
            "open the app to ( see what's | discover | shop | play | claim | win | find )",
            "( in app only | app only | app exclusive | only in [ the | our ] app | exclusive to [ the | our ] app )",
            "( easier | faster | quicker | simpler | better ) than ever",
            "made ..2 ( even | it ) ( easier | faster | simpler | better )",
            "( can help you | helps you | lets you | help you ) ( {slot} | save | do more | earn | get more | \
             discover | boost | grow )",
        ],
    )
    .even_denied()
    .unless(NEEDED),
    Cue::promotes(
        Feature,
        &[
            "download ..3 app",
            "( get | try | use ) ( our | the ) ..2 app",
            "( you can now | now you can ) ..8 app",
            "( now available | available now | rolling out | we're excited | we are excited | excited to )",
        ],
    )
    .weak()
    .unless(NEEDED),
];
