//! A reward for responding: a prize draw, coupons, points.

use super::Cue;
use crate::terms::wording::CueFamily::Reward;

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        Reward,
        &[
            "prize draw",
            "( chance | chances | opportunity ) ( to | of ) ( win | winning | bag | be entered )",
            "( could | can | be | lucky ) [ a ] ( win | winner ) ..4 ( {money} | a | one | our | this | free )",
            "( win | winning ) ( a | an | one | {money} | {number} | up to | free | tickets | our | your | big | \
             prizes | cash | with )",
            "( enter | entry | entries | entered ) ..4 ( draw | competition | raffle | giveaway | sweepstake | \
             sweepstakes | comp | contest | to win )",
            "free entry",
            "free ..6 waiting for you",
            "( spin the wheel | everyone wins | everybody wins )",
            "{number} points away",
            "( won | awarded ) ..3 {money}",
            "{money} ..3 ( prize | award | jackpot )",
            "complimentary ..5 ( trip | holiday | gift | tickets | upgrade | stay | entry )",
            "claim your ..1 ( reward | prize | gift | free | offer | bonus | treat | discount )",
            "( unredeemed | un redeemed ) ..6 points",
            "( lucky | cash | grand | weekly | free | christmas | our | prize ) ..1 ( draw | raffle | giveaway | \
             sweepstake | prize | jackpot | lottery )",
            "( you have | you've | you | has | u have | been ) [ been ] ( won | awarded | selected to receive | \
             chosen to receive )",
            "( award | awarded | prize | winner | reward ) ..8 ( claim | call | text | collect | guaranteed | \
             collection )",
            "( earn | collect | get | gain | receive ) ( up to | extra | bonus | double | triple | more | {number} | \
             free | even more | reward ) ..3 @points",
            "( earn | collect | start earning | start collecting ) ..2 @points ( on | when | for | every | with | \
             towards | at )",
            "( extra | bonus | double | triple | free ) ..1 ( points | miles | stamps | stars | rewards )",
            "( money off | free | exclusive | shopping | gift | holiday | cd ) ( coupon | coupons | voucher | \
             vouchers )",
            "( refer | recommend | invite | introduce ) ..2 ( friend | friends | mate ) ..8 ( get | earn | receive | \
             reward | {amount} | free | both )",
            "( refer | recommend | introduce ) a friend",
            "as a ( thank you | thanks | token | treat | reward ) ..12 ( {amount} | voucher | coupon | gift | free | \
             enjoy | discount | offer )",
            "redeem ..3 ( points | rewards | voucher | coupon ) ..6 ( for | at | on | against | today | now | your \
             chosen )",
            "( gift | gifts ) ( when | with every | with any | for you | just for )",
        ],
    )
    .unless(&[
        "( you have | you've | have been ) ( earned | received ) {number}",
        "( refund | return )",
        "( tribunal | court | ombudsman | contract | grant | compensation ) ..3 ( award | awarded )",
        "( item | auction | lot | bid | bidding | please pay )",
        "( staff | employee | supplier ) award",
        "( has been | was | were ) awarded to",
        "invite ..4 ( team | colleagues | teammates )",
    ]),
    Cue::promotes(
        Reward,
        &[
            "( points | rewards | miles ) ( balance | expire | expiring | waiting | available | to spend )",
            "( unused | unspent ) ..6 ( points | voucher | vouchers | rewards )",
            "@points to ( spend | redeem | use )",
            "( your | a ) reward",
        ],
    )
    .weak(),
];
