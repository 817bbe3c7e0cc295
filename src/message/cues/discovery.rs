//! Explore or discover products, and the benefits of using them.

use super::Cue;
use crate::terms::wording::CueFamily::Discovery;

/// What is new in the law, the terms or the building is news of the service.
const OF_THE_SERVICE: &[&str] = &[
    "( terms | conditions | policy | policies | privacy | law | regulation | regulations | regulator | requirement | \
     requirements | charge | charges | fees | checks | rules | procedure | address | bank holiday | opening times | \
     opening hours | timetable )",
    "@verify",
    "@health",
    "( statement | invoice | receipt | order status | tracking | appointment | booking reference )",
];

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        Discovery,
        &[
            "( @look | check out ) ..6 ( @goods | savings | saving | deals | offers | rewards | benefits | features \
             | perks | range | collection | collections | possibilities | experiences | holiday | gift )",
            "@see [ all ] [ of ] [ our | the | your ] ( latest | new | newest | full | exciting | exclusive | \
             amazing | best | great | favourite | fantastic | top | hottest | other ) ..2 ( @goods | collection | \
             collections | savings | deals | offers | rewards | benefits | features | perks | items )",
            "( @look | @see ) ( savings | deals | offers | bargains | rewards )",
            "( @look | check out ) ..3 what's ( new | on | hot | in store | waiting )",
            "( our | a | the | {slot} ) ( newest | brand new | new | latest ) ..3 ( just opened | opened | has \
             opened | is open | opens | is now open | is here | has launched | just launched )",
            "( looking for | fancy | dreaming of | planning ) ..3 ( getaway | holiday | break | gift | present | \
             treat | upgrade | bargain | deal | new ( car | phone | look | sofa | kitchen | bed | outfit ) )",
            "( try | taste | sample ) our ( new | latest | delicious | famous )",
            "( you might | you may | you could | we thought you'd | we think you'd | we thought you might ) ..2 ( \
             interested to know | like to know | like to hear | like to look )",
            "did you know ..1 we ( also | now | do )",
            "say hello to",
            "( easiest | fastest | smartest | simplest | best ) way ( yet | to )",
            "watch your ..3 grow",
            "( see | find out ) ( where | how much ) you could",
            "( you'd | you'll | you | you're going to ) ( love | like | enjoy ) ( our | this | these | the new )",
            "( get | getting ) ..2 more ( from | out of ) your ..3 with",
            "have you ( thought about | considered | tried ) ..3 ( insurance | cover | @goods | switching | \
             upgrading | selling | our )",
            "new season",
            "our ..4 ( has | have ) landed",
            "our ..3 ( menu | range | collection | sale | season | favourites ) ( is | are ) ( here | back | now \
             available )",
            "( something | a surprise | a treat ) ..1 ( special | exciting ) ( for you | inside | waiting )",
            "( perfect | ideal | great ) ( place | way | time | spot | excuse ) to",
            "join us ..8 ( celebrate | celebration | night | launch | festival | open day | open evening | live \
             music | tasting | exclusive | free event )",
            "( get | buy | grab | book ) your tickets ..3 ( below | here | now | today | before )",
            "( see | discover | find out | learn ) ( how | what | why | more ) ..8 ( save | saving | benefit | \
             benefits | rewards | earn | easier | upgrade )",
            "( offers tab | latest offers | deals page | offers page )",
            "( savings | deals | offers | discounts ) ( near you | for you | available | just for you | near me )",
        ],
    )
    .unless(OF_THE_SERVICE)
    .nor_with(&[
        "( our | the ) services ..3 ( and | are | is | will ) ..3 ( unavailable | down | affected | suspended )",
        "( find | view | see | check ) [ the | your | a | all | all of | out ] ..2 ( details | status | order | \
         orders | bill | account | balance | feedback | response | results )",
        "( find | see | visit | check ) ..3 ( help | support | guidance | faq | faqs | advice )",
        "( other | different ) services ( including | such as )",
        "( local | emergency | support | social | customer | health | council | rail | train | bus | public ) ( \
         services | service )",
    ]),
    Cue::promotes(
        Discovery,
        &[
            "^ introducing [ our | the | a | an | new | {slot} | {code} ]",
            "^ meet ( your new | our new | the new | the all new | your next | {slot} )",
            "( the | our | a | all | brand ) new ..4 ( has landed | is here | is live | has arrived | now available \
             | just landed | in store )",
            "( new arrivals | just landed | just arrived | new in | hot off | now in store | brand new )",
            "enjoy ..5 ( benefits | perks | rewards | privileges | savings | legroom | luxury | treats | \
             entertainment | delicious )",
            "( exclusive | member | cardmember | extra | more | all the | new | great | exciting ) ( benefits | \
             perks | privileges | rewards )",
            "( comes with | packed with | full of | loaded with ) ..2 ( rewards | benefits | perks | offers )",
            "( unlock | access | enjoy ) ..3 ( exclusive | premium | extra | more ) ..2 ( @goods | benefits | \
             content | features | access )",
            "( more | new | better | smarter | easier | great | exciting ) ways to ( save | spend | earn | shop | \
             pay | enjoy | watch | use your )",
            "( perfect | ideal | great | just right ) ( gift | gifts | present | for ( summer | winter | any | the | \
             your ( home | family | garden | skin ) ) )",
        ],
    )
    .unless(OF_THE_SERVICE)
    .nor_with(&[
        "brand new ( password | pin | card | account number )",
        "enjoy ( the | your ) ( concert | show | meal | stay | flight | trip | day )",
    ]),
    Cue::promotes(
        Discovery,
        &[
            "( save | saving | saves ) ( money | more | time and money ) ..4 ( on | with | by | off )",
            "( cut | slash | reduce | lower ) ..1 your ..2 ( bill | bills | costs | payments | outgoings | premium | \
             premiums )",
            "( could | can | may | might | way ..3 | helping you | help you ) ( be saving | save ) ..5 ( mortgage | \
             energy | insurance | bills | broadband | thousands | hundreds | {money} | {percent} )",
            "( start | begin ) ( saving | earning | winning )",
            "( cheaper | better | great | best ) ..1 ( deal | rate | rates | tariff | quote | value ) ..6 ( for you \
             | switch | today | now | call | click | find | get | available | from )",
            "( why not | fancy ) ..2 ( using | use | trying | try | a )",
            "use your ..2 card ..6 ( to | for | when | at | and ) ..6 ( earn | enjoy | get | reward | rewards | \
             cashback | everyday | shopping )",
        ],
    )
    .unless(OF_THE_SERVICE)
    .nor_with(&["( struggling | difficulty | hardship )"]),
    Cue::promotes(
        Discovery,
        &[
            "( get | getting | make | making ) [ the | even ] ( most | more ) ( out of | from | of ) your",
            "did you know ..3 you ( can | could )",
            "( new | latest ) ( feature | features | product | products | range | collection | services )",
            "( find out | learn | read | see ) more ..3 ( about | on ) ..2 ( benefits | offers | products | rewards )",
            "( you'll love | we think you'll | just for you | especially for you | exclusively for you )",
            "( thank you | thanks ) for ( being | your loyalty )",
            "( benefits | rewards | features ) ( of | include | including | available )",
            "^ ( explore | discover ) ( {slot} | {code} | our | the | more | all )",
            "see what's new",
            "we now ( offer | sell | stock | provide )",
        ],
    )
    .weak()
    .unless(OF_THE_SERVICE),
];
