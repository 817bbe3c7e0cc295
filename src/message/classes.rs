//! The classes of words that the patterns speak of.

/// Each class by its name, and the words in it. At most 64: a class is a bit.
pub(super) const CLASSES: &[(&str, &str)] = &[
    (
        "not",
        "not no never cannot can't won't don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't shouldn't \
         wouldn't couldn't without neither nor nothing none unsubscribe unsubscribed avoid instead",
    ),
    ("joining", "and or then please so now simply just but plus why also"),
    // What is saved, won or given.
    (
        "saving",
        "offer offers deal deals discount discounts saving savings bargain bargains sale voucher vouchers coupon coupons \
         cashback promotion promotions promo promos freebie freebies perk perks rewards giveaway giveaways",
    ),
    // What is sold.
    (
        "goods",
        "product products range ranges styles arrivals favourites favorites favourite \
         bestsellers sellers goods gifts wardrobe treats menu flavours holidays getaways destinations services plans packages \
         bundles insurance mortgage mortgages loans broadband tariffs phones handsets devices cars accessories outfits \
         kitchens sofas furniture wines fashion essentials drops releases launches merchandise catalogue lineup upgrades \
         solutions courses classes shows events desserts recipes",
    ),
    (
        "plan",
        "plan package subscription membership phone handset device broadband tariff seat cabin room flight \
         experience cover contract bundle tv mobile pass premium pro plus gold platinum ticket wifi internet cabin fare stay \
         insurance account",
    ),
    ("app", "app apps feature features tool tools"),
    ("finance", "loan loans mortgage mortgages card credit finance overdraft cash isa saver lending"),
    ("look", "explore discover browse shop uncover unlock"),
    ("see", "find see view visit try meet enjoy check"),
    (
        "take",
        "get grab enjoy claim receive unlock reveal redeem take snap bag save earn collect score secure nab have accept apply",
    ),
    ("give", "giving give gives offering sending treat treating"),
    (
        "season",
        "summer winter spring autumn christmas xmas easter holiday holidays boxing black cyber january valentine's \
      valentines halloween diwali holi eid flash clearance season anniversary birthday bank mid payday weekend weekly",
    ),
    // What marketing is called by those who send it.
    (
        "mailing",
        "offers news newsletter newsletters promotions deals marketing discounts coupons promotional competitions \
         events giveaways inspiration ideas vouchers personalised",
    ),
    (
        "mail",
        "emails email texts text calls sms communications mailings messages updates information newsletters post notifications",
    ),
    (
        "preference",
        "preference preferences choice choices permission permissions consent settings status subscription subscriptions",
    ),
    (
        "revise",
        "update updating change changing review reviewing check amend amending reconsider refresh adjust edit revisit",
    ),
    ("survey", "survey surveys questionnaire questionnaires poll polls questions quiz feedback opinion opinions study"),
    ("points", "points rewards miles stars stamps coupons vouchers avios nectar cashback"),
    (
        "health",
        "vaccine vaccination vaccinations vaccines jab jabs flu covid nhs gp screening surgery clinic prescription \
      prescriptions doctor nurse hospital vaccinated immunisation hpv mmr smear",
    ),
    (
        "licence",
        "licence license passport permit registration visa mot prescription certificate badge library loans loan book books",
    ),
    ("software", "browser version software windows ios android system firmware driver plugin operating server release"),
    (
        "verify",
        "verify verification login password passcode security authenticate authentication access identity pin otp \
      confirm activate activation reset sign",
    ),
    (
        "party",
        "conservative conservatives labour snp liberal democrat democrats green greens reform ukip candidate candidates \
      party mp leave remain independence plaid",
    ),
    ("home", "boiler boilers insulation solar panels windows conservatory roof heating loft"),
    ("count", "two three four five six seven eight nine ten twelve twenty dozen few"),
    ("basket", "cart basket bag trolley checkout"),
    ("less", "off discount less cheaper cashback saving savings bonus reduction extra"),
    ("public", "vote voter voting poll polls polling council gov parking tax benefit benefits school pupil pension"),
    (
        "service",
        "appointment appointments interview meeting delivery slot visit engineer repair inspection test ticket \
      statement invoice bill receipt account payment order",
    ),
];
