//! Claims, loans, debts and reviews offered to whoever answers.

use super::Cue;
use crate::terms::wording::CueFamily::LeadGeneration;

/// A late train, a recalled toaster, a council's benefit: what the sender itself owes or grants.
const OWED_BY_THE_SENDER: &[&str] = &[
    "( delay | delayed | cancelled | cancellation | recall | recalled | your ( order | return | booking | train | \
     flight | item ) )",
    "( claim you made | your claim | claim reference | because your | we'll pay | we will pay )",
    "( student | students | university | enrolled )",
    "entitled to {money} for this",
    "( council | universal credit | pension credit | hmrc | dwp | ombudsman | tribunal )",
    "( verify | verification | login | password | passcode )",
];

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        LeadGeneration,
        &[
            "( may | might | could | can | are ) [ still | also | now ] be ( entitled | owed | due | eligible ) ..6 \
             ( {money} | compensation | claim | refund | rebate | payout | grant | thousands | cash | pounds )",
            "( you are | you're ) ( entitled | owed | due | eligible ) ..4 ( {money} | compensation | payout | cash \
             | rebate )",
            "entitled to ..3 {money}",
            "( claim | compensation | refund | payout ) ..8 ( accident | injury | missold | mis sold | ppi | \
             whiplash | packaged account )",
            "( accident | injury | missold | mis sold | ppi | whiplash ) ..8 ( claim | compensation | entitled | \
             payout | refund | owed )",
            "( further | another | new | free ) claim",
            "( claim | apply ) ( today | now | free | here )",
            "( to claim | to apply ) [ for ] free",
            "( the | your | an ) ..1 accident you ( had | were )",
            "( see | check | find out | know ) if you ..1 qualify",
            "( contact | reach | speak to | call | talk to ) you ..4 ( ppi | accident | debts | injury | debt )",
            "how much you ( are | re ) ( due | owed )",
            "( car | motor | pcp ) finance ( compensation | claim | claims | refund )",
            "( check | find out ) your eligibility ( now | today | here | in )",
            "accident that wasn't your fault",
            "claim your share",
            "( also | still ) be due money",
            "( cover | plan | protect ) ..3 ( funeral | funerals )",
            "( we can | let us ) ( get | claim | reclaim ) your ..3 ( rebate | refund | money back )",
            "no win no fee",
            "( our records | records | we ) ( show | indicate | suggest | believe ) ..8 ( entitled | owed | due | \
             accident | claim | compensation | eligible | overpaid )",
            "find out ( how much | if | what | whether ) you ..2 ( qualify | owed | due | entitled | claim | get \
             back | save | borrow )",
            "find out your ( payout | refund | entitlement )",
        ],
    )
    .unless(OWED_BY_THE_SENDER),
    Cue::promotes(
        LeadGeneration,
        &[
            "reply ( claim | review | apply | debt | loan | info | go | win | cash | call | pension | help | more | \
             yes )",
            "( text | send | txt ) ( claim | loan | debt | cash | win | yes | go | info | help ) ..3 ( to | back )",
        ],
    )
    .unless(OWED_BY_THE_SENDER)
    .nor_with(&[
        "( appointment | confirm | confirmed | reschedule | delivery | booking | cancel | attend )",
        "( reply | text ) ..1 help",
        "reply ( yes | y | help ) ( to | if ) ( confirm | keep | attend )",
        "( yes ..8 no | if this was | recognise | fraud | fraudulent | transaction )",
    ]),
    Cue::promotes(
        LeadGeneration,
        &[
            "( write | writing | written | wipe ) ..1 off ..6 ( debt | debts | {percent} | owe | them )",
            "( write | writing | wipe ) ..6 ( debt | debts ) ..2 off",
            "( debt | debts ) ..2 ( wiped | cleared | written off )",
            "( get | be | become | live ) ..1 debt free",
            "( debt | debts ) ..8 ( written off | write off | frozen | freeze | government | legally | consolidate | \
             iva )",
            "( freeze | stop ) ..2 ( interest | charges )",
            "government ( backed | approved | funded | legislation )",
            "( new | free ) government ( scheme | grant | grants | initiative | funding )",
            "( debt | debts | bills ) ..10 reply",
            "( consolidate | clear | combine ) ..3 ( debt | debts )",
            "( bailiffs | creditors ) ..5 ( calling | contacting | stop | off your back | harassing )",
            "( stop | beat ) ..3 ( bailiffs | creditors )",
        ],
    )
    .unless(&[
        "( struggling to pay your | contact us | talk to us | we can help you with your bill )",
        "( verify | verification | login | password | passcode )",
    ]),
    Cue::promotes(
        LeadGeneration,
        &[
            "( borrow | loan | loans | cash | lend ) ..6 ( from | up to | between ) {money}",
            "( loan | loans | borrow ) ..4 {money}",
            "{money} ..2 ( loan | loans | cash )",
            "( need | want | looking for ) ..3 ( cash | a loan | money | extra cash | a new car | finance )",
            "( payday | cash | quick | instant | guarantor ) ( loan | loans | advance )",
            "( bad credit | poor credit | no credit check | no credit checks | credit history )",
            "( cash | money ) ( in | into ) your ( account | bank | pocket ) ( today | now | within | fast | by | in )",
            "no guarantor",
            "{money} in {number} ( minutes | mins | hours )",
            "homeowners ..4 welcome",
            "just got {money}",
            "( accepted | approved | selected ) for [ a | up to | a loan of ] {money}",
            "( get | borrow | receive ) up to {money}",
            "( passed | failed ) the credit check",
            "earn [ up to | over | an extra ] {money} ( a | per | every | each | from | working )",
        ],
    )
    .unless(&[
        "( your loan | your payment | repayment | repayments | overdue | arrears | has been paid | has been credited )",
        "( verify | verification | login | password | passcode )",
    ]),
    Cue::promotes(
        LeadGeneration,
        &[
            "( free | pension | financial | no obligation | complimentary ) [ {code} | bike | home | pension | debt \
             | energy ] ( pension review | review | quote | quotes | consultation | survey | assessment | valuation \
             | demo | estimate | check up | checkup | bike check | health check )",
            "pension ..8 ( review | release | unlock | lost | frozen | payout | transfer | underperforming | lump )",
            "( unlock | release | cash in | transfer | boost ) ..3 ( pension | equity )",
            "( free | grant | grants | funding | funded | scheme | eligible | qualify | save ) ..5 @home",
            "@home ..6 ( free | grant | grants | scheme | eligible | qualify | installed from | save )",
            "( qualify | eligible ) for ..3 ( a free | free | grant | funding | government | our | an upgrade )",
            "( want | like | looking ) to sell ..4 ( car | house | home | property )",
            "( cash | top prices ) for ..2 ( car | gold | house | home | phone )",
        ],
    )
    .unless(&[
        "@health",
        "( verify | verification | login | password | passcode )",
        "( free school | annual ( review | statement ) | your pension statement | scheduled )",
    ]),
];
