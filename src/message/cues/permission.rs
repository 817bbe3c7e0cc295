//! Asking for permission to market, or for a change of mind about it.

use super::Cue;
use crate::terms::wording::{CueFamily::Permission, FindingKind::AsksForPermission};

/// Telling how to stop, or that it has stopped, asks for nothing.
const OPTING_OUT: &[&str] = &[
    "( unsubscribe | unsubscribed | opt out | opting out )",
    "( stop | no longer ) ..2 ( receiving | receive | getting | wish | want | hear | get )",
    "( don't | do not | not ) ( want | wish ) to ( receive | hear | get )",
    "( successfully | now | been ) ( opted | subscribed | updated | removed | unsubscribed )",
];

/// What is sent because the contract needs it.
const OF_THE_SERVICE: &[&str] = &[
    "( statement | statements | bill | bills | invoice | order | delivery | appointment | ticket | parcel | \
     application | results | security | account | password | text reminders | reminders )",
    "@health",
];

/// So is what the law or the sender's own form says of preferences.
const OF_THE_FORM: &[&str] = &[
    "( unsubscribe | unsubscribed )",
    "( at any time | anytime | any time | whenever )",
    "( no longer | don't | do not ) ( wish | want ) to ( receive | hear | get ) ..8 ( click | unsubscribe | reply | \
     you can )",
    "( to stop | if you'd rather not | prefer not to | would rather not ) ..6 ( click | update | manage | change | \
     you can )",
    "( thank you | thanks ) for ( confirming | updating | opting )",
    "you have ( opted in | been opted in | been opted out | successfully )",
    "you will ( continue | no longer )",
];

/// What is not sent for marketing.
const OF_A_NEED: &[&str] = &[
    "@health",
    "( statement | bill | bills | paperless | voting | booking | order updates | delivery updates | photo | \
     photographs | school )",
];

const fn asks(patterns: &'static [&'static str]) -> Cue {
    Cue::promotes(Permission, patterns).that(AsksForPermission)
}

pub(super) static CUES: &[Cue] = &[
    asks(&[
        "( would | do | did | if | 'd ) you ( like | love | want ) to ( hear | be kept | stay in touch | keep in \
         touch | stay in the loop | stay connected )",
        "( would | do | if ) you ( like | want ) to ( receive | get | be sent ) ..5 ( @mailing | from us | emails | \
         communications | by email )",
        "( you'd | you would ) ( like | love ) to ( hear | receive | get | be sent ) ..6 ( @mailing | from us | from )",
        "( like | want | wish | love | happy ) to ( hear | receive ) ..3 from ( us | {slot} | {code} | our )",
        "( you'd like | you would like | you want | you still want | you wish ) to continue ( to receive | receiving \
         | to hear | hearing | getting )",
        "( click | tap | reply | tick ) ..4 to say ( yes | ok | that's ok | you're happy )",
        "reply ( ok | yes ) if you're happy",
        "( would like | we'd like | 'd like ) to send you ..6 ( ideas | tips | news | offers | information about )",
        "love to carry on ( writing | emailing | sending | talking )",
        "still ( want | like ) to ( hear | receive | get )",
        "( we'd | we would | we ) ( like | love | want ) to ( stay | keep | be ) in touch",
        "( we'd | we would | we ) ( like | love | want ) to ( keep | send | tell | share with | email | text | \
         contact | call ) you ..6 ( @mailing | great stuff | up to date | in the loop | products | services | about \
         what | about our | from us )",
        "( can | may | could | shall ) we ( keep | stay | contact | email | text | call | send ) ..6 ( touch | \
         @mailing | about our | products | services )",
        "( ok | okay | happy | alright | fine ) ( for us to | if we | with us | to keep | that we ) ..2 ( contacting \
         | contact | email | emailing | send | sending | keep | stay | call | calling | text )",
        "( stay | keep | staying | keeping ) in touch ..8 ( preferences | tick | opt | consent | click | let us know \
         | yes | update | offers | news | about )",
        "( let's | don't lose ) ..2 ( stay | keep | be ) ..1 touch",
    ])
    .unless(OPTING_OUT)
    .nor_with(OF_THE_SERVICE),
    asks(&[
        "@revise [ or ] [ @revise ] [ your | their ] ..2 ( marketing | mailing | contact | communication | \
         communications | email ) @preference ..1 ( to | so | and | if | by | here | now | today | below )",
        "@revise [ or ] [ @revise ] your ..2 marketing ( preferences | permissions | choices | consent | settings )",
        "( need | have ) to @revise your ..2 ( preferences | permissions )",
        "@preference ..6 ( to | and ) ( start | continue | begin | keep ) ( receiving | hearing | getting )",
        "( start | continue | keep | begin ) ( receiving | hearing | getting ) ..5 ( @mailing | emails | our emails \
         | communications | from us | coupons | updates from )",
    ])
    .unless(OF_THE_FORM)
    .nor_with(OF_A_NEED),
    asks(&[
        "( reconsider | change your mind | changed your mind ) ..10 ( click | link | marketing | emails | \
         preferences | receiving | hear | opt | tick | update | simply )",
        "( like | want | wish ) to ( reconsider | opt back in | opt in | resubscribe )",
        "opt [ back ] in ( to | for | and | now | here | today | below | if | by )",
        "( currently | previously | past | told us | chosen | asked us ) ..6 ( said no | opted out | not to receive \
         | prefer not | not receiving | don't want | not signed up | not subscribed )",
        "( unable | can't | cannot | not able ) to ( keep you | send you | tell you | contact you ) ..6 ( @mailing | \
         up to date | products | latest | great | about )",
        "( you're | you are | you'll be | you could be | be | don't ) ( missing | miss ) out on ..6 ( @mailing | our \
         | emails | @saving | great | all )",
        "( could | can | we'd | would ) be sending you",
        "( carry on | continue | keep | start | not | stopped ) ( getting | receiving | hearing ) our ( emails | \
         newsletter | newsletters | offers | updates | news )",
        "( stay | remain | be | still ) on our ( mailing | email | contact | marketing ) list",
        "here's what you're missing",
        "( preferences | choices | settings ) ..4 ( set to | are ) no",
        "( set | switch | turn ) ( them | it | these ) ( to yes | on | back on ) ..8 ( get | hear | offers | early | \
         news )",
        "( since you unsubscribed | since you opted out )",
        "( only | can ) ..3 tell you ..6 if you let us",
        "( confirm | renew | refresh | give | update | need | provide ) ..3 ( consent | permission ) ..4 ( to ( \
         contact | send | email | receive | keep | stay ) | marketing | for us to )",
        "( tick | check | untick ) ..4 ( box | boxes ) ..8 ( receive | hear | offers | news | marketing | emails )",
    ])
    .even_denied()
    .unless(OF_THE_FORM)
    .nor_with(OF_A_NEED),
    asks(&[
        "( stay | keep ) in touch",
        "( check | confirm | review | are ) ..1 your ..1 ( details | information | contact details ) [ are ] ( \
         correct | up to date | right | accurate | still )",
        "are your details ( correct | right | up to date | still correct )",
        "@revise your ..2 ( communication | contact | email | mailing ) preferences",
        "( to | and ) hear ..2 from us",
        "sign up ( to | for ) ..2 ( emails | updates | newsletter )",
    ])
    .weak()
    .unless(OPTING_OUT),
];
