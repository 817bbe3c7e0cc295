//! A survey with an offer, a prize or a sale in it.

use super::Cue;
use crate::terms::wording::{CueFamily::Survey, FindingKind::SurveyThatSells};

const fn sells(patterns: &'static [&'static str]) -> Cue {
    Cue::promotes(Survey, patterns).that(SurveyThatSells)
}

pub(super) static CUES: &[Cue] = &[
    sells(&[
        "@survey ..12 ( save | offer | offers | discount | free | prize | win | voucher | coupon | {percent} off | \
         {money} off )",
        "( win | prize | voucher | coupon | discount | free gift | {percent} off | {money} off | points ) ..12 @survey",
        "( share | leave | write | post | submit ) [ a | your | us a ] ( review | feedback | rating ) ..4 ( for | \
         and ( get | receive | win | earn ) | to ( get | receive | win | earn ) ) ..4 ( {amount} | chance | discount \
         | voucher | free | points | draw )",
        "@survey ..12 ( qualify | qualifies | new windows | adviser | advisor )",
        "( take | try ) our ..3 quiz ..4 ( find | discover | match | see )",
        "answer ( {number} | @count | a few ) questions ..3 ( see | find | discover )",
        "tell us ..12 ( adviser | advisor | specialist | expert ) will",
        "tell us ..10 ( and get | to get | and we'll give ) ..3 ( {money} | voucher | gift card | discount )",
        "( were you aware | are you aware | did you know ) ..6 ( way | you can | you could | could ) ..4 ( save | \
         cut | reduce | claim | get )",
    ])
    .unless(&[
        "( satisfaction survey results )",
        "( free to ( contact | call | reply | ask | skip ) | feel free | freephone | free text )",
        "questions ..6 ( feel free | call free | freephone )",
        "( offer | offers | offered ) ( support | help | advice | services )",
        "we offer",
    ]),
    sells(&[
        "( are | do ) you ( a homeowner | own your home | paying too much | happy with your ( energy | broadband | \
         mortgage | insurance ) )",
        "( voucher | gift card | {money} ) ..6 ( for | as ) ..3 ( taking part | your time | completing | thank you )",
    ])
    .weak(),
];
