//! What the cues find, and what they leave alone.

use rstest::rstest;

use super::GRAMMAR;
use crate::{
    message::{Content, Finding, classes::CLASSES, read},
    terms::wording::{CueFamily, FindingKind, Strength},
};

fn findings(text: &str) -> Vec<Finding> {
    read(&Content { text: Some(text), ..Content::default() }).findings
}

#[test]
fn every_pattern_can_be_read_and_begins_with_something() {
    assert_eq!(GRAMMAR.misspelt, Vec::<String>::new());
    let names: Vec<_> = CLASSES.iter().map(|(name, _)| *name).collect();
    assert!(names.len() <= 64 && names.starts_with(&["not", "joining"]));
}

/// The families of the findings that decide.
fn strong(text: &str) -> Vec<(FindingKind, CueFamily)> {
    let decides = |finding: &Finding| finding.strength == Strength::Strong;
    findings(text).into_iter().filter(decides).map(|finding| (finding.kind, finding.family)).collect()
}

#[rstest]
#[case("We'd like to stay in touch about all the great things we have on offer.")]
#[case(
    "You've currently said no to receiving marketing messages from us, which means we can't tell you about our latest TV and broadband news."
)]
#[case(
    "You have told us in the past you prefer not to receive these. If you'd like to reconsider, simply click the link."
)]
#[case(
    "We hold an email address for you, which means we could be sending you personalised news, products and promotions."
)]
#[case(
    "Are your details correct? Update your details and marketing preferences and you could win one of five pairs of flights."
)]
#[case(
    "You can change your marketing preferences to start receiving money-off coupons, extra points and the latest news."
)]
#[case("Please let us know whether you'd like to continue to receive marketing emails from us by clicking below.")]
#[case(
    "Do you still want to hear from us? The law is changing and we need your permission to keep sending you our newsletter."
)]
#[case("New data protection law means we need your consent to keep in touch with news and offers.")]
fn a_question_for_permission_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::AsksForPermission, CueFamily::Permission)), "{found:?}");
}

#[rstest]
#[case("Vote for your local Labour candidate on Thursday.")]
#[case("Help us win this election: donate £10 today.")]
#[case("Every child deserves a warm bed. Your gift of £20 could feed a family for a week.")]
fn an_appeal_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::Appeal)), "{found:?}");
}

#[rstest]
#[case("Your Card comes with rewards on every purchase - start using it today.")]
#[case("Tell us about your energy supplier and see how much you could save by switching.")]
#[case("Check out our new menu and order online tonight.")]
#[case("Our new spring collection is here. Shop the look.")]
#[case("Our loyalty club members enjoy exclusive perks. Join for free.")]
#[case("Interest rates are falling. Remortgage with us and cut your monthly payments.")]
#[case("Switch your energy to us and you could save £200 a year.")]
fn an_invitation_to_explore_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::Discovery)), "{found:?}");
}

#[rstest]
#[case(
    "Hi, from EE. Manage your account on the go with the My EE app. Check your usage, pay your bill and see when you can upgrade. Download it from your app store."
)]
#[case("Download the Amex app and discover offers chosen for you.")]
#[case("Your delivery is tomorrow. Download our app to shop new arrivals first.")]
fn an_app_to_take_up_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::Feature)), "{found:?}");
}

#[rstest]
#[case("Book your free bike check at your nearest store and use your government voucher with us.")]
#[case("As a valued customer, you qualify for our new savings account at a special rate.")]
#[case("You may be entitled to compensation of up to £5,000 for mis-sold PPI. Reply YES.")]
#[case(
    "URGENT! Our records indicate you may be entitled to £3750 for the accident you had. To apply free reply CLAIM."
)]
#[case(
    "Hi mate, how's you? I'm still out in town, just got £850 in my account from these guys www.example-loans.co.uk"
)]
#[case("Need cash fast? Payday loans up to £750, no credit checks. Apply at www.quickcash.example")]
#[case("You could be owed thousands in overpaid tax. Check now at www.rebate.example")]
#[case("Government help to write off up to 85% of your debt. Reply HELP for more.")]
#[case("Do you own your home? You may qualify for a free boiler under the ECO scheme. Click here.")]
#[case("Free solar panels under the government's new scheme. To see if you qualify reply SOLAR.")]
#[case("Has your pension been reviewed lately? Book a free pension review.")]
#[case("Lost your job in lockdown? Earn £500 a week from home. Join our team today.")]
#[case("Exclusive home loan rates starting at 8.5%. Apply now at your nearest branch.")]
#[case("Your invoice is attached. PS: we now offer garden design - ask for a free quote.")]
#[case(
    "Your boiler service is booked for 3 May. Ask your engineer about our smart thermostats and save on your heating."
)]
fn a_claim_or_a_loan_for_whoever_answers_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::LeadGeneration)), "{found:?}");
}

#[rstest]
#[case("We're pleased to tell you that we've reduced the price of sending second class parcels online.")]
#[case("Good news: our prices have dropped! Sending a small parcel now costs less.")]
#[case("It has been a while since your last visit. Here's 10 pounds off.")]
#[case("Ask us about our new savings rate.")]
#[case("Our summer sale has started - up to half price on selected lines.")]
#[case("Flat 50% off on all footwear. Visit your nearest store.")]
#[case("Buy 2 get 1 free on all fragrances till Sunday.")]
#[case("Thanks for your order! You might also like these. Get 15% off your next purchase with code THANKS15.")]
#[case("Your parcel is on its way. While you wait, take a look at our latest offers.")]
#[case("Come along to our open day on Saturday and meet the team, with free refreshments and exclusive discounts.")]
#[case("Get your flu jab privately for just £14.99 at our pharmacy. Book now.")]
#[case("Your birthday treat is waiting: enjoy a free dessert on us.")]
fn an_offer_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::Offer)), "{found:?}");
}

#[rstest]
#[case("Just a reminder that you can use the My EE app to check when you're due an upgrade.")]
#[case("Don't forget, with the My Network app you can see if you're eligible for an early upgrade.")]
#[case("Get the most from your Card this summer: spend £10 or more at a participating shop and receive a £5 credit.")]
#[case("Shop at small businesses near you and get £5 back when you spend £10.")]
#[case("We've noticed you haven't shopped with us for a while. Come back and see what's new.")]
#[case("Great news! You've been pre-approved for a higher credit limit. Apply in minutes.")]
#[case("Your contract is coming to an end. Renew today and keep your great price.")]
#[case("Running out of data? Add an extra 5GB for just £5 - text ADD to 150.")]
#[case("You've used 80% of your data. Buy a data boost from £3.")]
#[case("Why not add breakdown cover to your policy from £4.99 a month?")]
#[case("Treat Mum this Mother's Day with flowers from £19.99.")]
#[case(
    "Protect your family from the virus: our hand sanitiser kills 99.9% of germs. Buy yours at www.sanitise.example"
)]
#[case("Face masks now in stock! Order at www.masks.example before they go.")]
#[case("Upgrade to Premium and listen without ads.")]
#[case("Try Premium free for one month.")]
#[case("Turn your unused items into cash - sell with us today.")]
#[case("We have lots of new properties for sale in your area. Call to arrange a viewing.")]
#[case("Looking for a new job? We have hundreds of vacancies near you - register today.")]
#[case("Subscribe to our newsletter for tips, offers and news.")]
#[case("Still thinking about that sofa? It's waiting in your basket.")]
#[case("Complete your booking now - only 2 seats left at this price.")]
#[case("Hi there! You left some items in your cart. Complete your purchase before they're gone.")]
#[case("You've earned a reward! Claim your free coffee before Sunday.")]
fn an_invitation_to_buy_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::Purchase)), "{found:?}");
}

#[rstest]
#[case("Win £50 million: predict the results of every match of the Euros. Enter now.")]
#[case("Refer a friend and you'll both get £50.")]
#[case("Sign up for our credit card and earn 20,000 bonus points.")]
fn a_reward_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::Reward)), "{found:?}");
}

#[rstest]
#[case("Your policy ends soon. Call us to renew and get a free month.")]
#[case("Take advantage of our limited-time offer on roof repairs.")]
#[case("Only 3 left in stock. Order yours before they're gone!")]
fn urgency_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::Promotes, CueFamily::Urgency)), "{found:?}");
}

#[rstest]
#[case("Complete our quick survey for a chance to win an iPad.")]
#[case("We're doing a survey on home improvements. Did you know you could save up to £300 on double glazing?")]
fn a_survey_that_sells_decides(#[case] text: &str) {
    let found = strong(text);
    assert!(found.contains(&(FindingKind::SurveyThatSells, CueFamily::Survey)), "{found:?}");
}

#[rstest]
#[case("Your order has been dispatched and should arrive on Tuesday.")]
#[case("Your parcel will be delivered today between 10:00 and 11:00.")]
#[case("We tried to deliver your parcel but nobody was in. Choose a new delivery date here.")]
#[case("Your monthly bill of £24.50 is ready. We'll take payment by direct debit on 3 March.")]
#[case("Your direct debit payment is going down from £90 to £75 a month from 1 May.")]
#[case("From 1 April the price of your plan will rise from £20 to £22 a month.")]
#[case("We are reducing the interest rate on your savings account from 2.1% to 1.9% on 4 June.")]
#[case("We won't be raising your price this year.")]
#[case("You have used 80% of your data allowance. Your allowance renews on 1 June.")]
#[case("You have reached your data limit. Data is now off until 1 June.")]
#[case("Please top up to avoid disruption to your service.")]
#[case("Your balance is low. Your account ending 1234 has £12.30.")]
#[case("Your card was used for £45.10 at a shop on 3 May. Reply YES if this was you or NO if not.")]
#[case("Your security code is 482913. Never share it with anyone.")]
#[case("Use code 482913 to log in. It expires in 10 minutes.")]
#[case("Enter the code ABC123 in the app to verify your phone.")]
#[case("Reset your password by clicking the link below.")]
#[case("Please confirm your email address to activate your account.")]
#[case("Please confirm your subscription to our newsletter by clicking the link.")]
#[case("You have been unsubscribed and will no longer receive offers from us.")]
#[case("You will no longer receive special offers or promotions by email.")]
#[case("Thank you for updating your preferences. You will receive marketing by post only.")]
#[case("Your appointment is on 5 May at 10:20. Reply CANCEL if you cannot attend.")]
#[case("Our flu clinic is on Saturday. If you would like a flu vaccination please call the surgery.")]
#[case("You are due for your cervical screening. Book your free appointment with your GP surgery.")]
#[case("Get your free COVID-19 vaccine: walk in at the town hall on Friday.")]
#[case("Your prescription is ready to collect.")]
#[case("Your library books are due back on 4 June. Renew online or by phone.")]
#[case("Your TV licence expires on 31 May. You can renew online.")]
#[case("Your passport application has been received.")]
#[case("It's time to renew your parking permit. Apply online before 1 July.")]
#[case("Your MOT is due by 12 August.")]
#[case(
    "Your policy renews automatically on 1 June at £312.40. You paid £298.10 last year. If you do not want to renew, call us."
)]
#[case("Your contract ends on 30 June. You can stay, change or leave. Your price after that date will be £34 a month.")]
#[case("Planned engineering works will interrupt your broadband on Tuesday from 01:00 to 05:00.")]
#[case("There is no water in your area. We are working to fix it.")]
#[case(
    "Trains are delayed. You may be entitled to compensation for your delayed journey: claim at www.rail.example/delay-repay"
)]
#[case("We're recalling the toaster you bought. Stop using it. You are entitled to a full refund.")]
#[case("We have refunded £20 to your card. Sorry for the delay.")]
#[case("Your refund of £35.00 has been processed and should be in your account in 3 days.")]
#[case("Your voucher has been applied to your order. Discount: £5.00. Total: £30.00.")]
#[case("Order summary: 2 x Mug £10.00, Delivery FREE, VAT 20% £2.00, Total £12.00.")]
#[case("Discount code WELCOME: -£3.00")]
#[case("You saved £4.20 on this order.")]
#[case("Thank you for your donation of £20. Your receipt is attached.")]
#[case("Your Gift Aid declaration has been recorded.")]
#[case("Notice of the Annual General Meeting: please vote for or against the resolutions by 3 May.")]
#[case("You are registered to vote at this address. Your polling station is the village hall.")]
#[case("Your flight is open for check-in. Download your boarding pass in the app.")]
#[case("Your gate has changed to B12.")]
#[case("Please send us your passport details before you fly.")]
#[case("How did we do? Rate your delivery from 1 to 5.")]
#[case("Please take two minutes to tell us about your experience with our support team.")]
#[case("We are researching how people use buses. The survey takes ten minutes and your answers are anonymous.")]
#[case("We have changed our privacy policy. Nothing about how you use your account changes.")]
#[case("We've updated our terms and conditions. They apply from 1 May.")]
#[case("Your statement is ready to view online.")]
#[case("Your payment failed. Please update your card details.")]
#[case("Your account will be closed on 1 June unless you log in.")]
#[case("We noticed a new sign-in to your account from London.")]
#[case("Your engineer will visit on Friday between 8am and 1pm.")]
#[case("Please submit a meter reading by 5 June.")]
#[case("School is closed today because of snow.")]
#[case("Parents' evening is on 12 March. Book your slot online.")]
#[case("Your bin collection day is changing to Wednesday.")]
#[case("Your council tax bill for 2026 is ready.")]
#[case("Your exam results are available. Log in to view them.")]
#[case("We're sorry you're having trouble paying. If you are struggling with your bills, call us and we can help.")]
#[case("Your claim has been approved and £250 will be paid on Monday.")]
#[case("Your loan payment of £120 is due on 1 May.")]
#[case("Thank you for joining. Your membership number is 12345.")]
#[case("Welcome! Your account is ready. Sign in to get started.")]
#[case("You have been invited to join the project Alpha on Trackr.")]
#[case("Anna commented on your document.")]
#[case("You can stop these emails at any time: unsubscribe.")]
#[case("To manage your email preferences or unsubscribe, click here.")]
#[case("You can change your marketing preferences at any time in your account settings.")]
#[case("Your ticket for Saturday's concert is attached. Doors open at 7pm. We hope you enjoy the show!")]
#[case("Your booking is confirmed: 2 nights from 3 May. Check-in is from 3pm.")]
#[case("Your reservation has been cancelled free of charge.")]
#[case("Please return the item within 30 days for a free exchange.")]
#[case("Your free trial ends on 3 June. You'll be charged £9.99 a month unless you cancel.")]
#[case("Your subscription has been renewed. The next payment is on 1 May.")]
#[case("Feel free to contact us if you have any questions.")]
#[case("Call us free on 0800 123 456 if you need help.")]
#[case("If you've changed your mind about your order, you can return it free within 14 days.")]
#[case("Your points balance is 1,240.")]
#[case("You earned 120 points on this purchase.")]
#[case("Apply for your childcare account by 31 March.")]
#[case("Your application for a blue badge has been received.")]
#[case("Fire alarm test today at 11am. No action needed.")]
#[case("The item you asked about is back in stock.")]
#[case("Here is the quote you asked for. It is valid until 3 May.")]
#[case("Here is the valuation you asked for.")]
#[case("Your car service is booked for 9am on Friday. Please bring your key.")]
#[case("We have received your complaint and will reply within 10 working days.")]
#[case("Your new card is on its way. Your PIN will follow by post.")]
#[case("We have upgraded our systems. You may need to sign in again.")]
#[case("You must update your app to version 5 to continue using mobile banking.")]
#[case("Scam warning: we will never ask for your password or offer you a refund by text.")]
fn what_the_service_needs_is_left_alone(#[case] text: &str) {
    assert_eq!(strong(text), []);
}

#[rstest]
#[case::denied("We will not send you offers. We never offer you a discount by text.")]
#[case::asked_for("Here is the quote you asked for.")]
#[case::branding("Acme Energy: brightening your day since 1950")]
#[case::an_opt_out_line("To stop these messages reply STOP")]
#[case::confirming("Thank you for confirming: you will now receive our newsletter")]
fn what_is_no_cue_alone(#[case] text: &str) {
    assert_eq!(strong(text), []);
}

/// The label does not help: what stands beside it is found all the same.
#[test]
fn a_label_lowers_nothing() {
    let offer = "Get 20% off your next order.";
    let labelled = format!("This is a service message. {offer}");
    assert_eq!(strong(&labelled), strong(offer));
    assert!(
        findings(&labelled).iter().any(|it| it.kind == FindingKind::ClaimsToBeService && it.strength == Strength::Weak)
    );
}

#[test]
fn a_label_that_speaks_of_the_persons_choice_is_strong() {
    let text = "This service email does not change your marketing preferences.";
    assert_eq!(strong(text), [(FindingKind::ClaimsToBeService, CueFamily::Label)]);
}

/// A denial reaches as far as its clause.
#[test]
fn a_denial_does_not_reach_into_the_next_sentence() {
    let text = "Your price will not go up this year. We'd love to stay in touch with offers.";
    assert_eq!(strong(text), [(FindingKind::AsksForPermission, CueFamily::Permission)]);
}

#[test]
fn the_words_are_those_of_the_cue() {
    let text = "Hello. Your parcel is here. Enjoy 15% off your next order!";
    let reading = read(&Content { text: Some(text), ..Content::default() });
    let first = reading.findings.first().expect("a finding");
    assert_eq!(
        (reading.words(first.span), reading.words(first.sentence)),
        ("15% off", "Enjoy 15% off your next order!")
    );
    assert_eq!(first.quote, "Enjoy 15% off your next order!");
}
