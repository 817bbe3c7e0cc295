//! An appeal for money, votes or support: aims and ideals.

use super::Cue;
use crate::terms::wording::CueFamily::Appeal;

pub(super) static CUES: &[Cue] = &[
    Cue::promotes(
        Appeal,
        &[
            "^ ( donate | give ) ( now | today | {money} | whatever | what you can | generously | a gift | here | \
             online | monthly | to our )",
            "( can | could | will | would | please ) [ you ] ( donate | chip in | pitch in | contribute | give \
             {money} | spare {money} | pledge )",
            "( make | making | give | send ) ..2 ( donation | contribution | gift ) ..6 ( today | now | to | and | \
             before | help | of | will | right )",
            "( your | a ) ( donation | gift | contribution | support ) ( will | could | can | would ) ( help | make \
             | save | provide | pay | feed | fund | change )",
            "( donation | gift | contribution ) of {money} ( will | could | can | would | helps | pays | provides )",
            "chip in",
            "( ask | asking | need ) ..3 ( your | you | for ) ..2 {money}",
            "can ( i | we ) count on you",
            "will you help ( us | them | a | save | protect )",
            "could you ( stretch | increase | spare | make it a )",
            "make it a regular",
            "your ( donation | gift ) would",
            "( remember | remembering ) us in your will",
            "( join | enter ) our ..2 sponsored",
            "( helps | help ) to fund",
            "raises money",
            "( rush | split ) ..3 ( donation | {money} | contribution )",
            "( fundraising | fec | donation ) ( deadline | goal | appeal | target )",
            "( our | emergency | christmas | winter | urgent | urgently ) ..1 appeal ..4 ( donate | help | support | \
             today | please | give )",
            "( become | sign up as | sign up to be ) ..2 ( regular giver | monthly donor | founding donor | \
             supporter | volunteer )",
            "( sponsor | adopt ) a ( child | dog | cat | donkey | tiger )",
            "( leave | leaving ) ..3 ( gift | legacy ) ..2 ( in your will )",
        ],
    )
    .unless(&[
        "( thank you | thanks ) for ..3 ( donation | gift | contribution | support )",
        "( donation | gift | contribution ) ( has | was | of {money} ( has | was | is ) ) ..2 ( received | processed \
         | confirmed | collected )",
        "( gift aid declaration | gift card | give blood | blood | appeal against | right to appeal | your appeal | \
         parking | tribunal )",
        "donate ..3 ( blood | plasma | organs )",
        "( will give | gives ) you",
    ]),
    Cue::promotes(
        Appeal,
        &[
            "( vote | voting | votes ) ( for | against | to ) ( {slot} | {code} | @party | us | me | our | a | the )",
            "( vote | voting | elect | re elect ) ..4 @party",
            "( urge | urges | urging | ask | asking ) ..4 to vote",
            "( support | back | stand with | join ) ( our | the | my ) ..2 ( campaign | fight | movement | cause | \
             party | candidate | petition | mission )",
            "( sign | add your name to | share ) [ the | our | my | this ] petition",
            "add your name",
            "( support | back ) our ..2 appeal",
            "vote {code} {code}",
            "( back me | elect me | help {code} win | help ..3 win this )",
            "( member | members ) of the ..2 party",
            "( volunteers | help ) to ( knock on doors | deliver leaflets | canvass )",
            "( text | send ) ..2 to {number} to ( give | donate )",
            "( lend | pledge | count on | show ) ..1 your ( support | vote )",
            "need your ( support | vote | donation )",
            "( if | because ) ..3 matters to you",
            "( can we count on | are you with | will you stand with | stand with ) ( you | us | me )",
            "( our | my ) ( campaign | candidate | movement ) ..6 ( needs | need | depends | donate | vote | join | \
             support )",
            "( get | make ) ..3 voice heard",
        ],
    )
    .unless(&["( annual general meeting | agm | shareholder | proxy | ballot paper | poll card | polling station | \
         register to vote | registered to vote | vote by post | postal vote | members resolution )"]),
];
