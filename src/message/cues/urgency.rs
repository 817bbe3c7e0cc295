//! Scarcity and urgency.

use super::Cue;
use crate::terms::wording::CueFamily::Urgency;

/// A payment, a parcel or a right that runs out is no offer.
const OF_THE_SERVICE: &[&str] = &[
    "@verify",
    "@health",
    "@public",
    "( mortgage | fixed rate | contract | tariff | deal ends )",
    "( payment | pay | overdue | appointment | deadline | parcel | deliver | delivery | collect your ( parcel | \
     order ) | return | link | code | password | claim form | application | refund | train | flight | recall | \
     response | respond | meeting | exam )",
];

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        Urgency,
        &[
            "before ( they | it | we | these | stock | stocks ) [ all ] ( sell | sells | run | runs | go | goes | \
             are gone | is gone ) [ out ]",
            "( while | whilst ) ( stocks | stock | supplies | they ) last",
            "( limited | last ) ( stock | availability | places | spaces | seats | tickets | few | remaining )",
            "only ( {number} | @count ) ..3 left",
            "( before | once ) they've gone",
            "before they're gone",
            "down to the last",
            "( already | nearly | almost ) sold out",
            "( secure | grab | claim ) yours",
            "( selling | going ) ( fast | out | quickly )",
            "( last | final ) ( chance | call | few hours | day | days | hours | {number} hours ) ( to | for | of | \
             on ) ( save | shop | buy | get | grab | book | order | win | enter | {amount} | our | claim | enjoy )",
            "( last | final ) {number} hours ..4 ( savings | sale | offer | offers | deals | discount )",
            "( hurry | quick ) ..4 ( offer | ends | while | before | last | limited | don't miss | stock | stocks | \
             save )",
            "( limited time | for a limited time | limited period | one day only | today only | this weekend only | \
             this week only | {number} hours only )",
            "( ends | ending ) ( tonight | midnight | at midnight | tomorrow | soon | today | this weekend | sunday \
             | monday )",
            "don't miss ( out | it | this | these | your chance | the chance | our ) ..6 ( @saving | save | shop | \
             @goods | ends | {amount} | today | link )",
        ],
    )
    .even_denied()
    .unless(OF_THE_SERVICE),
    Cue::promotes(
        Urgency,
        &[
            "don't miss [ out | it | this | your chance ]",
            "( last | final ) ( chance | call | reminder | few days )",
            "( hurry | act now | act fast | be quick | limited time )",
            "( expires | ends | ending ) ( soon | today | tonight | tomorrow | in {number} )",
            "( spaces | places | seats ) are limited",
        ],
    )
    .weak()
    .even_denied()
    .unless(OF_THE_SERVICE),
];
