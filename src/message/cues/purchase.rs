//! Buy, buy more, upgrade, switch, renew.

use super::Cue;
use crate::terms::wording::CueFamily::Purchase;

/// What must be done, or is done at a public office, is nothing to be bought.
const NEEDED: &[&str] = &[
    "( need | needs | must | required | have | obliged ) to ..3 ( upgrade | renew | switch | apply | book | order )",
    "@licence",
    "@software",
    "@health",
    "@verify",
];

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        Purchase,
        &[
            "^ upgrade [ your | to | my ] [ a | an | the | our | to ] ..2 ( @plan | {slot} | full | large | \
             unlimited )",
            "upgrade ( early | now | today | here | for ( free | just | only | less ) | and ( save | get | enjoy ) )",
            "( ready | time | eligible | due | qualify | entitled ) ( to | for ) ( upgrade | an upgrade | your \
             upgrade | a free upgrade )",
            "( can | could | when | how | why not | by ) ( you can upgrade | upgrade | upgrading ) ..2 ( @plan | \
             phone | today | {slot} | to )",
            "( due | eligible for | qualify for | entitled to ) ( an | your | a | our ) ..1 upgrade",
            "( free | complimentary | camera | phone | mobile ) ..2 upgrade",
            "( switch | move | transfer | come over ) to ( us | {slot} ) ..6 ( save | today | now | get | and | for )",
            "( switch | move | change ) to ( {code} | {slot} ) ..3 ( today | now )",
            "( bid | ask ) ..2 ( for | about ) ( an upgrade | our new | the new | our latest )",
            "( switch | move ) ( today | now | and save | and get )",
            "renew ( now | today | early | online now | with us )",
            "renew ..5 ( and | to ) ( save | get | enjoy | keep enjoying | receive )",
            "( re subscribe | resubscribe ) ( today | now | and | for )",
            "( if | when ) you renew ..3 ( today | now | early | before )",
        ],
    )
    .unless(NEEDED),
    Cue::promotes(
        Purchase,
        &[
            "^ ( shop | buy | reorder | re order | pre order | preorder ) ( now | today | online | here | yours | \
             early | while | before | the | our | all | for | new | by | from | with | more | one | {slot} )",
            "^ order ( now | today | yours | early | while | before | again | more )",
            "order by ..5 ( for delivery | to get | for christmas | in time | to receive )",
            "^ book ( a | your ) ( table | room | stay | viewing | test drive | demo | tour | trial | taster )",
            "add ..4 and save",
            "get ( a | your ) quote ( in | now | today | online | from )",
            "( take | have ) a ( look | peek ) ( at | around | round ) ( our | the new | the latest | these | what )",
            "( many | most | lots | thousands | hundreds | plenty ) ..2 ( customers | people | members | teams | \
             drivers | families ) ..6 ( choose | choosing | love | move to | switch | also | prefer | save | saving \
             )",
            "( bring | move | switch | transfer ) your ..2 ( insurance | mortgage | account | broadband | energy | \
             pension | cover | phone | policy ) ( over | to us | to {code} )",
            "( pop | come | drop | swing ) ( in | into | by | along | down ) ( and | to see | to meet | this | today \
             | your nearest | our | for a )",
            "come and ( see | look | try | meet | join | visit | enjoy )",
            "order another ( one | bag | box | bottle | pack | set )",
            "extend ( the | your ) ( warranty | cover | guarantee | membership ) ( today | now | for )",
            "go ( premium | pro | plus | gold | unlimited )",
            "( time | isn't it time ) ( you | to ) ( switched | switch | upgraded | upgrade | treated | treat )",
            "ask ( us | our | in | at | your | a ) ..4 ( for a quote | about our | how we can | how it could )",
            "( sell | list | let ) with ( us | {code} )",
            "add ( a second | another | a new ) ..3 ( to | for | and | on )",
            "you could be ( paying | spending | saving | driving | earning | enjoying )",
            "how much ( less | more ) you",
            "( our team | our ..2 team | we'd | we would ) ..1 love to help you ( buy | find | save | choose )",
            "( great | new | other | better | brilliant | exciting ) ..1 ( plans | phones | deals | tariffs | \
             packages | policies | cars | homes | properties | products ) ( you could | you can | for you | to \
             choose | to suit | waiting | in your area )",
            "^ ( buy | get | order ) ( one | yours | it ) ( now | today | while | before )",
            "( keep | happy ) shopping",
            "^ ( book | reserve ) ( now | today | yours | early | your ( holiday | stay | break | getaway | next | \
             table | tickets | trip ) )",
            "( why not | how about | fancy ) ..2 ( treat | treating | book | booking | order | ordering | buying | \
             try | trying | add | adding | upgrade | upgrading )",
            "treat ( yourself | someone | them | him | her | your | mum | dad | the )",
            "( stock up | restock | top up and get | buy more | add more | spend ( {money} | more | over ) )",
            "( for sale | must go | now in stock )",
            "( order | shop | buy | book | spend ) ..6 ( and | to ) ( get | save | receive | enjoy | earn ) ..6 ( \
             free | @less | {amount} | @points )",
            "@less ..3 ( when | if ) you ( spend | buy | shop | order | book | join | switch | sign )",
            "( buy | add | get ) [ a | an ] ..4 ( from | for ) [ just | only ] {money}",
            "( turn | swap | exchange ) ..5 ( into | for ) cash",
            "sell with us",
            "( grab | bag | snap ) ( them | yours | it | a | one | some | your | these )",
            "( use | spend | redeem ) ..4 ( on | for | with | towards ) your next ( purchase | order | visit | shop \
             | stay | booking | trip )",
            "your next ( purchase | order | visit | shop | booking | stay ) ..3 ( is | {amount} | with us )",
        ],
    )
    .unless(&[
        "@health",
        "@service ..3 ( appointment | slot )",
        "( appointment | appointments | interview | parents evening | test slot | replacement )",
        "@verify",
        "( refund | return | exchange )",
    ]),
    Cue::promotes(
        Purchase,
        &[
            "( left | forgot | forgotten | abandoned | saved | waiting | still | items | something | goodies | added \
             ) ..7 ( your | the | my ) ..1 @basket",
            "your ..3 ( cart | basket | bag | trolley ) ( is | still | has | holds | misses | awaits | contains )",
            "add to ( cart | basket | bag | trolley )",
            "( return | go back | back ) to ..2 ( cart | basket | bag | checkout )",
            "( finish | complete | check ) ..2 ( checkout | checking out | your ( purchase | order | booking | \
             application ) ) ..4 ( before | now | today | soon | while )",
            "( checkout | check out ) ( now | soon | today | before )",
            "( left something behind | pick up where you left off | left without )",
            "( still thinking about | still interested in | take another look | had your eye on )",
        ],
    )
    .unless(&["( left luggage | lost property )", "@verify", "ticket number"]),
    Cue::promotes(
        Purchase,
        &[
            "( pre approved | preapproved | prequalified | pre selected | preselected | specially selected | hand \
             picked | handpicked ) [ for | to | as ]",
            "you ..1 been selected ( for | to ) ..4 ( free | receive | offer | win | claim | phone | upgrade | \
             holiday | loan | card )",
            "apply ( now | today | online | here | via ) ..8 @finance",
            "@finance ..8 ( apply ( now | today | online | here ) | if you apply )",
            "( new | our | {slot} ) ..1 credit card ..8 ( apply | enjoy | get | rate | cashback )",
            "( try | start | claim | begin ) ..3 free [ trial | {number} | month | for ]",
            "( try | start ) [ it | us | our | {slot} ] ( free | for free | risk free | today for )",
            "( give us | give it | give {slot} ) ..1 ( a | another ) ( try | go | chance | visit )",
            "( please give us | give ..3 another ( try | chance | visit ) )",
            "( sell ..3 to | trade in ) ..3 ( us | {slot} | today | now | {code} )",
            "get [ a | an | your ] [ free ] ( guaranteed | free | better | instant | personalised | no obligation | \
             great ) ( price | quote | valuation | offer | cover | estimate )",
            "( join | sign up | subscribe | register ) ( now | today | for free | and ( get | save | enjoy | receive \
             ) | for ( just | only | less ) | to ( get | receive | enjoy | save ) )",
            "( subscribe | sign up ) [ to | for ] [ our | the | {slot} ] ..2 ( newsletter | club | mailing | offers \
             | premium | plus | rewards )",
            "( become a | join ..3 ) ( member | membership | club ) ( today | now | and | for )",
            "( we | we'd | please ) ..3 ( want | welcome | have ) you back",
            "( come | welcome ) ( back | on over ) ( and | to us | for | today | now | with )",
            "( we | we've | we'd | we're | really ) [ really | have ] ( miss | missed | missing ) you",
            "it's been [ a | too ] ( while | long )",
            "it has been a while since you",
            "we haven't seen you",
            "( card | account ) hasn't been used since",
            "( you've not | you haven't | you have not | you've yet to ) ( shopped | ordered | booked | visited | \
             bought | used your ( card | account | points ) )",
        ],
    )
    .unless(&[
        "@verify",
        "@licence",
        "school meals",
        "( missed you ( today | when | while | at ) | sorry we missed you | delivery | deliver | courier | parcel | \
         card through )",
        "( meeting | webinar link | call ) ( now | at )",
    ]),
    Cue::promotes(
        Purchase,
        &[
            "( you may | you might | you'll | customers ) also ( like | love | enjoy | bought )",
            "( recommended | top picks | picked | inspired | suggestions ) ( for you | by your | just for you )",
            "running low",
            "back in stock",
            "( start | continue ) shopping",
            "reserve your ( place | spot )",
            "( buy | order | purchase ) again",
            "( order | buy | shop | book ) ( online | here )",
            "( complete | finish ) your ( purchase | order | booking | application )",
            "( ready | time | due ) to renew",
            "( add | adding ) ..3 ( cover | insurance | protection | extras )",
        ],
    )
    .weak(),
];
