//! A price drop, an offer, a discount, credit for spending.

use super::Cue;
use crate::terms::wording::CueFamily::Offer;

/// What has happened already, and what the law or the contract says of a price.
const REPORTED: &[&str] = &[
    "( has | have | was | were ) been ..1 ( applied | credited | refunded | added | deducted | paid )",
    "( was | were ) ( applied | credited | refunded | deducted )",
    "you ( saved | redeemed | used | bought )",
    "( could not | couldn't | cannot | can't ) be ( applied | used | combined )",
    "( was | were ) ( bought | sold | charged )",
    "( council | single person )",
    "( out of stock | loss of service | goodwill | order includes )",
    "your ( introductory | promotional | student | loyalty ) ( offer | discount | price | rate )",
    "( vat | tax | apr | aer | interest | deposit )",
    "( job | employment | university | conditional | written | formal | settlement | contract ) ( offer | offers )",
];

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        Offer,
        &[
            "[ up to | an extra | extra | a further | at least ] {amount} ( off | discount | cashback | savings | \
             saving )",
            "[ up to ] {percent} ( less | cheaper | bonus | extra | reduction )",
            "( discount | discounts | savings | cashback | reduction ) of [ up to | over ] {amount}",
            "( save | saving ) [ you ] [ up to | over | an extra | extra | a further | at least | as much as | an \
             average of ] {amount}",
            "save ( loads | lots | a lot | thousands | hundreds | a fortune | big | pounds )",
            "money off",
            "half price",
            "( buy | get ) one get one",
            "two for one",
            "{number} for ( {number} | the price of )",
            "( bogof | bogo )",
        ],
    )
    .unless(REPORTED),
    Cue::promotes(
        Offer,
        &[
            "( special | exclusive | introductory | unbeatable | unmissable | irresistible | amazing | fantastic | \
             incredible | festive | seasonal | promotional | personalised ) ..2 @saving",
            "( latest | great | best | brilliant | hottest | newest | new | current | our | these | more | top | \
             tailored | big ) ..1 ( offers | deals | discounts | promotions | savings | bargains )",
            "limited [ time | edition ] ( offer | offers | deal | deals )",
            "limited time only",
            "special ( introductory | discounted | reduced ) ( price | rate | apr )",
            "introductory ( {slot} | {percent} | rate | apr | price | offer )",
            "( discount | sale ) offers",
            "( offer | sale | deal | promotion | discount ) ( ends | ending | expires | starts | is live | now on | \
             must end )",
            "( sale | offer ) is ( on | live | here | now on )",
            "@season [ day | friday | monday | of season ] ( sale | sales | deals | deal | offers | offer | savings \
             | discounts | discount )",
            "( todays | today ) ( offer | deal | deals )",
        ],
    )
    .unless(REPORTED)
    .nor_with(&[
        "( job | employment | university | conditional | written | formal | settlement | contract | supply ) ( offer \
         | offers )",
        "your ..4 ( deal | contract | rate ) ends",
        "( offer | offers ) ( letter | holder | holders )",
        "( unsubscribe | opt out | stop receiving | no longer ( receive | wish | want ) )",
        "( never | not | won't | don't ) ..3 ( offers | promotions | deals )",
    ]),
    Cue::promotes(
        Offer,
        &[
            "( use | enter | apply | with | quote | grab | redeem | here's ) ..4 ( promo | promotional | discount | \
             voucher | coupon | offer ) ( code | codes )",
            "( use | enter | apply | with ) [ the | your | our | coupon | discount | promo ] code {code} ..5 ( \
             checkout | save | off | discount | free )",
            "( use | enter | apply | with ) [ the | your | our ] code ..2 at [ the ] checkout",
            "( use | claim | redeem | grab | activate | accept ) ..3 ( discount | coupon | voucher | cashback | \
             offer )",
            "( coupon | voucher | discount | promo ) code ..2 {code}",
        ],
    )
    .unless(REPORTED)
    .nor_with(&[
        "@verify",
        "( expired | invalid | not valid )",
        "( discount | voucher | coupon | promo | gift ) ( code | card | voucher ) ..2 {amount}",
        "if you ( used | have used )",
    ]),
    Cue::promotes(
        Offer,
        &[
            "@take ..4 ( discount | discounts | cashback | freebie | freebies | bargain | voucher | vouchers | \
             coupon | coupons )",
            "@give [ away ] ..5 ( discount | {percent} | voucher | coupon | free | cashback )",
            "( enjoy | get | grab | claim | unlock ) [ your | a | an | our | up to ] ..2 ( free | complimentary | \
             bonus )",
            "free ( gift | gifts | {number} | month | months | week | weeks | upgrade | bonus | entry | ringtone | \
             phone | camera | sample | samples | minutes | data | tone | tones | game | games | coffee | drink | \
             dessert | bet | bets | spins | session | class | taster )",
            "{number} free ..3 ( text | texts | minutes | mins | months | tones | issues | messages | weeks | spins \
             | bets )",
            "( our | the ) offer of ( a | an | {number} | free | new )",
            "( first | next | second | third ) ..2 ( is | are ) ( free | on us | half price )",
            "( bonus | extra | double | triple ) ( points | data | minutes | cashback | rewards | miles | nectar | \
             mins | txt | text )",
            "{money} ( credit | bonus | voucher | cashback ) ( towards | when | if | for | on | to spend )",
            "( unlock | reveal | claim ) ..3 ( reward | rewards | offer | gift )",
            "( kids | children ) ( eat | go | stay | travel | swim ) free",
            "( special | exclusive ) ( discount | discounts )",
            "( discount | discounts ) ( for | on | when | if | just for ) ( you | your | all | our | selected | \
             everything | next )",
        ],
    )
    .unless(&[
        "( free | complimentary ) ( @health | helpline | text | call | phone | cancellation | of charge | from )",
        "@health",
        "( has | have ) been ..1 ( applied | credited | refunded | added | paid )",
        "( delay | delayed | disruption | cancelled )",
        "school meals",
        "( council tax | single person )",
        "( school | meals | childcare | bus | legal )",
        "( loss of | goodwill | out of stock | order includes | on your account for | to your account for )",
        "( refund | refunded | reimbursed | compensation | apology | apologies | sorry )",
        "get [ your ] ( free | bonus ) ( school | travel )",
    ]),
    Cue::promotes(
        Offer,
        &[
            "( price | prices ) ( drop | drops | cut | cuts | crash | slashed | reduction | reductions | dropped )",
            "( price | prices ) ( have | has | are | is ) [ now | just | been ] ( dropped | fallen | cut | reduced | \
             slashed | down | lower )",
            "( now | even | which ) ( cheaper | costs less )",
            "( drop | reduction | cut | fall ) in [ the | our ] ( price | prices )",
            "( slashed | dropped | lowered | reduced | cut ) [ the | our | all ] ..1 ( price | prices )",
            "( lower | lowest | low | reduced | unbeatable | discounted | cheaper | best ) ( price | prices | fares \
             | rates )",
            "( prices | price | fares | flights | rooms | tickets | packages | plans | broadband ) [ start ] [ \
             starting ] from [ just | only | as little as ] {money}",
            "( from | for ) ( just | only | as little as | under ) {money}",
            "( only | just ) {money} ( a | per | each | pm | pp )",
            "from {money} ( a | per | each | pp | pm )",
            "( now | are | is | it | cover | hotels | tickets | appointments | rooms | breaks | @goods ) from {money}",
            "( {number} | @count ) ( large | small | medium | course | courses | pizzas | meals | pints | cocktails \
             | items | tickets | nights ) ..3 for {money}",
            "( come down | dropped | down | cut | reduced ) ( by | to ) {amount}",
            "( fares | prices | rates ) ..4 have ( dropped | fallen | come down | been cut )",
            "( is | are | it's | delivery's | they're ) on us",
            "( pay nothing | nothing to pay ) ( until | for | till )",
            "( first | next ) {number} ( days | weeks | months | month ) ( free | cost nothing | are free | are on \
             us | on us | half price )",
            "interest free credit",
            "( now | goes | go | is | are ) on sale",
            "{money} ( deposit contribution | gift card | welcome bonus )",
        ],
    )
    .unless(REPORTED)
    .nor_with(&[
        "( your | the ) ( direct debit | monthly payment | bill | balance | payment | unit rate | credit limit | \
         limit | tariff | rent )",
        "( owe | owed | due | outstanding | overdue )",
        "from {money} ..8 to {money}",
        "( change | changing | rise | rising | increase | going down | go down | statement | refund )",
    ]),
    Cue::promotes(
        Offer,
        &[
            "free ( delivery | shipping | postage | returns | trial | installation )",
            "( discount | discounts | voucher | coupon | promo code | discount code | cashback | offer | deal | \
             deals | sale )",
            "next ( order | purchase | booking )",
            "credit ..3 next ( order | purchase | bill )",
        ],
    )
    .weak()
    .unless(REPORTED),
];
