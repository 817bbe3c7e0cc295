//! Tests of finding what a message shows of its form.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::message::{Content, read};

fn text(text: &str) -> Found {
    read(&Content { text: Some(text), ..Content::default() }).found
}

fn html(html: &str) -> Found {
    read(&Content { html: Some(html), ..Content::default() }).found
}

fn headers(fields: &[(&str, &str)]) -> Found {
    let headers: BTreeMap<String, String> =
        fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    read(&Content { headers: Some(&headers), ..Content::default() }).found
}

#[rstest]
#[case::reply_stop("Half price saddles all week at Fenwick Bikes. Reply STOP to opt out.", OptOut::Reply)]
#[case::text_stop("To opt out text STOP", OptOut::Reply)]
#[case::in_few_letters("Hot tubs for hire! Txt STOP 2 end", OptOut::Reply)]
#[case::glued("Dig our new spades. Stop2optout", OptOut::Reply)]
#[case::stop_to_end("New season seeds are in. STOP to end", OptOut::Reply)]
#[case::colon("Fresh bread at six. OptOut: reply STOP", OptOut::Reply)]
#[case::in_quotes("Reply with the word \u{201c}STOP\u{201d} and we will leave you alone.", OptOut::Reply)]
#[case::small_letters("To unsubscribe reply stop", OptOut::Reply)]
#[case::another_word("To opt out reply NO", OptOut::Reply)]
#[case::by_reply("To unsubscribe just reply to this email.", OptOut::Reply)]
#[case::mobile("Text STOP to 07700 900123 to unsubscribe", OptOut::Reply)]
#[case::a_wish("Had enough? Reply STOP", OptOut::Reply)]
#[case::code("STOP to 60777", OptOut::ShortCode)]
#[case::text_to_code("To opt out of our messages text STOP to 82255.", OptOut::ShortCode)]
#[case::send_to_code("2 stop getting these send STOP 2 60777", OptOut::ShortCode)]
#[case::opt_out_to_code("To stop these texts send OUT to 60777", OptOut::ShortCode)]
#[case::link("To unsubscribe, go to https://fenwick.example/u/1", OptOut::Link)]
#[case::link_in_next_line("To unsubscribe from this newsletter:\nhttps://fenwick.example/u/1", OptOut::Link)]
#[case::link_in_next_block("Don't want these emails?\n\nhttps://fenwick.example/u/1", OptOut::Link)]
#[case::link_before("Visit https://fenwick.example/u/1 to unsubscribe.", OptOut::Link)]
#[case::short_link("Opt out at fenwick.example/u1", OptOut::Link)]
#[case::link_that_says_so("https://fenwick.example/unsubscribe?u=1", OptOut::Link)]
#[case::wish_not_to_hear(
    "If you would rather not hear from us, please follow this link: https://f.example/1",
    OptOut::Link
)]
#[case::no_longer("If you no longer wish to receive these emails, click here: https://f.example/1", OptOut::Link)]
#[case::stop_receiving("To stop receiving these updates visit https://f.example/1", OptOut::Link)]
#[case::preferences("Change your email preferences: https://f.example/1", OptOut::Link)]
#[case::placeholder("{{ unsubscribe_url }}", OptOut::Link)]
#[case::placeholder_of_words("Unsubscribe: *|UNSUB|*", OptOut::Link)]
#[case::placeholder_of_a_link("If you'd like to unsubscribe, you can do so here:\n{{url}}", OptOut::Link)]
#[case::percent("<%asm_group_unsubscribe_url%>", OptOut::Link)]
#[case::address("To opt out, email us at goodbye@fenwick.example.", OptOut::EmailAddress)]
#[case::address_first("Email goodbye@fenwick.example to be removed from our mailing list", OptOut::EmailAddress)]
#[case::freephone("To opt out of marketing calls, ring 0800 496 0999", OptOut::Freephone)]
#[case::freephone_in_few_letters("Call 08081570999 2optout", OptOut::Freephone)]
#[case::premium("To opt out call 0906 120 0999", OptOut::Charged)]
#[case::revenue_sharing("2 stop texts call 08712460999", OptOut::Charged)]
#[case::costly_stop("Text STOP to 60777 to opt out. ", OptOut::ShortCode)]
#[case::stop_that_costs("Send STOP to 60777, which costs 50p", OptOut::Charged)]
#[case::standard_rate("Text STOP to 60777 to opt out, standard rate applies", OptOut::ShortCode)]
#[case::in_app("Turn off notifications in the app under Settings", OptOut::InApp)]
#[case::in_settings("You can stop these messages in your notification settings.", OptOut::InApp)]
#[case::post("To opt out, write to us at Fenwick Bikes Ltd, 3 Mill Lane, Leeds LS1 4AB", OptOut::PostalAddress)]
#[case::simplest(
    "To opt out call 0906 120 0999 or text STOP to 60777. Or see https://f.example/unsubscribe",
    OptOut::Link
)]
fn the_simplest_means_is_found(#[case] message: &str, #[case] means: OptOut) {
    assert_eq!(text(message).opt_out, Some(means));
}

#[rstest]
#[case::nothing("Your car is ready to be collected.")]
#[case::confirmation("You have been unsubscribed and will get no more emails from us.")]
#[case::confirmation_of_opting_out("You've opted out of our newsletter. https://f.example/")]
#[case::denied("You cannot unsubscribe from these service messages.")]
#[case::denied_with_a_link("You can't opt out of emails about your account: https://f.example/why")]
#[case::not_able("You are not able to unsubscribe from billing emails, see https://f.example/why")]
#[case::a_promise("You can unsubscribe at any time.")]
#[case::do_not_reply("Please do not reply to this message.")]
#[case::do_not_reply_stop("Do not reply STOP to this number, it is not read.")]
#[case::station("This train will stop at the next station.")]
#[case::cheque("Ask your bank to stop the cheque: https://bank.example/cheques")]
#[case::cancel("You can cancel your order at https://shop.example/orders/1")]
#[case::waiting_list("Unsubscribe from the waiting list you asked for: https://f.example/wait")]
#[case::paper("Opt out of paper statements at https://bank.example/paper")]
#[case::pension("To opt out of the pension scheme, visit https://pension.example/leave")]
#[case::appointment("Reply STOP to cancel your appointment on Monday.")]
#[case::fraud("If you did not make this payment, reply STOP")]
#[case::did_not_receive("If you did not receive your code, go to https://f.example/code")]
#[case::no_longer_needed("If you no longer need the chair, tell us at https://f.example/chair")]
#[case::cookies("Manage your cookie preferences: https://f.example/cookies")]
#[case::invitation("Update your marketing preferences to receive our best offers: https://f.example/p")]
#[case::by_and_by("Our driver will text, then stop outside your house.")]
#[case::no_means("Unsubscribe | Privacy")]
#[case::no_reply_address("To unsubscribe write to no-reply@f.example")]
#[case::stop_sign("STOP! Read this before you buy.")]
#[case::non_stop("Non-stop flights to Oslo at https://air.example/oslo")]
#[case::get_updates("Do you want to get our app? https://f.example/app")]
fn other_senses_and_mere_words_are_no_means(#[case] message: &str) {
    let found = text(message);
    assert_eq!((found.opt_out, found.opt_out_words), (None, None));
}

#[rstest]
#[case::on_the_word("<a href='https://f.example/1'>Unsubscribe</a>", Some(OptOut::Link))]
#[case::near_the_word("<p>To unsubscribe, <a href='https://f.example/1'>click here</a>.</p>", Some(OptOut::Link))]
#[case::in_the_next_block(
    "<p>Rather not hear from us?</p><p><a href='https://f.example/1'>Click here</a></p>",
    Some(OptOut::Link)
)]
#[case::by_its_address("<a href='https://f.example/unsubscribe/1'>Click here</a>", Some(OptOut::Link))]
#[case::on_a_picture("<a href='https://f.example/unsubscribe/1'><img src=x></a>", Some(OptOut::Link))]
#[case::words_of_a_picture("<a href='https://f.example/1'><img src=x alt=Unsubscribe></a>", Some(OptOut::Link))]
#[case::placeholder("<a href='{{ u }}'>Unsubscribe</a>", Some(OptOut::Link))]
#[case::preferences("<a href='https://f.example/1'>Manage preferences</a>", Some(OptOut::Link))]
#[case::mail("<a href='mailto:bye@f.example?subject=unsubscribe'>Unsubscribe</a>", Some(OptOut::EmailAddress))]
#[case::message("<a href='sms:60777'>Unsubscribe</a>", Some(OptOut::Reply))]
#[case::never_filled_in("<a href='#'>Unsubscribe</a>", None)]
#[case::empty("<a href=''>Unsubscribe</a>", None)]
#[case::no_link("<p>Unsubscribe</p>", None)]
#[case::another_block(
    "<p>You may unsubscribe.</p><p>Much else is to be said before we come to it here: <a href='https://f.example/1'>our shop</a></p>",
    None
)]
#[case::waiting_list("<a href='https://f.example/unsubscribe?l=1'>Leave the waiting list</a>", None)]
#[case::confirmation("<p>You have been unsubscribed.</p><p><a href='https://f.example/'>Our shop</a></p>", None)]
fn links_of_html_are_means(#[case] message: &str, #[case] means: Option<OptOut>) {
    assert_eq!(html(message).opt_out, means);
}

#[test]
fn the_words_that_tell_of_the_means_are_given() {
    let message = "Half price saddles. To unsubscribe, go to https://f.example/1 today. Bye";
    let reading = read(&Content { text: Some(message), ..Content::default() });
    let words = reading.found.opt_out_words.map(|span| reading.words(span));
    assert_eq!(words, Some("To unsubscribe, go to https://f.example/1 today"));
}

#[rstest]
#[case::by_page(&[("List-Unsubscribe", "<https://f.example/u>")], (true, false), Some(OptOut::Link))]
#[case::in_any_case(&[("LIST-unsubscribe", "<https://f.example/u>")], (true, false), Some(OptOut::Link))]
#[case::by_mail(&[("List-Unsubscribe", "<mailto:u@f.example>")], (true, false), Some(OptOut::EmailAddress))]
#[case::by_one_click(
    &[("List-Unsubscribe", "<mailto:u@f.example>, <https://f.example/u>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
    (true, true),
    Some(OptOut::Link)
)]
#[case::one_click_without_a_page(
    &[("List-Unsubscribe", "<mailto:u@f.example>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
    (true, false),
    Some(OptOut::EmailAddress)
)]
#[case::something_else(&[("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")], (false, false), None)]
#[case::empty(&[("List-Unsubscribe", "")], (false, false), None)]
fn fields_that_stop_messages_are_found(
    #[case] fields: &[(&str, &str)],
    #[case] told: (bool, bool),
    #[case] means: Option<OptOut>,
) {
    let found = headers(fields);
    assert_eq!((found.list_unsubscribe, found.one_click), told);
    assert_eq!(found.opt_out, means);
}

#[rstest]
#[case::from(&[("From", "Fenwick Bikes <hello@f.example>")], Some("Fenwick Bikes"), true)]
#[case::no_name(&[("from", "hello@f.example")], None, true)]
#[case::no_reply(&[("From", "Fenwick Bikes <no-reply@f.example>")], Some("Fenwick Bikes"), false)]
#[case::do_not_reply(&[("From", "do.not.reply@f.example")], None, false)]
#[case::another_address(&[("From", "noreply@f.example"), ("Reply-To", "hello@f.example")], None, true)]
#[case::another_that_is_not_read(&[("From", "hello@f.example"), ("Reply-To", "no_reply@f.example")], None, false)]
#[case::nothing(&[("To", "jo@example.org")], None, false)]
fn the_sender_is_found_in_the_fields(#[case] fields: &[(&str, &str)], #[case] from: Option<&str>, #[case] reply: bool) {
    let found = headers(fields);
    assert_eq!((found.from.as_deref(), found.reply_address), (from, reply));
}

#[rstest]
#[case::address("Any questions? Write to hello@f.example.", true)]
#[case::no_reply("This was sent from noreply@f.example", false)]
#[case::the_recipient_s("This email was sent to jo@example.org.", false)]
#[case::reply("Just reply to this email if we can help.", true)]
#[case::do_not_reply("Please do not reply to this email.", false)]
#[case::text_us("Text us on 07700 900123", true)]
#[case::text_a_code("Text YES to 60777", true)]
#[case::call("Call 020 7946 0999", false)]
#[case::stop("Reply STOP to opt out", true)]
fn an_address_to_answer_to_is_found_in_the_text(#[case] message: &str, #[case] expected: bool) {
    assert_eq!(text(message).reply_address, expected);
}

#[rstest]
#[case::whole("Fenwick Bikes Ltd, 3 Mill Lane, Leeds, LS1 4AB", true)]
#[case::lines("Registered office:\n3 Mill Lane\nLeeds\nLS1 4AB", true)]
#[case::without_a_blank("SavaBike, Unit 3 Park Road, M263UZ", true)]
#[case::box_number("Fenwick Bikes, PO Box 12, Leeds", true)]
#[case::box_of_few_letters("T&Cs apply. POBox84, M26 3UZ", true)]
#[case::placeholder("Sent by Fenwick Bikes, {{ company_address }}", true)]
#[case::placeholder_of_a_tool("*|HTML:LIST_ADDRESS_HTML|*", true)]
#[case::street("Copyright Fenwick Bikes. 3 Mill Lane, Leeds", true)]
#[case::abroad("Fenwick Inc, 548 Market St, San Francisco, CA 94104", true)]
#[case::nothing("Come in and see us.", false)]
#[case::postcode_alone("Your driver is in LS1 4AB.", false)]
#[case::code("Use code LS1 4AB", false)]
#[case::delivery("We will deliver to 3 Mill Lane, Leeds, LS1 4AB", false)]
#[case::venue("Your appointment: The Surgery, 3 Mill Lane, Leeds LS1 4AB", false)]
#[case::placeholder_of_the_recipient("Delivered to {{ delivery_address }}", false)]
#[case::placeholder_of_mail("Your address is {{ email_address }}", false)]
fn a_postal_address_of_the_sender_is_found(#[case] message: &str, #[case] expected: bool) {
    assert_eq!(text(message).postal_address, expected);
}

#[test]
fn links_and_tags_are_counted_once_for_both_alternatives() {
    let (plain, page) =
        ("See https://f.example/?utm_source=a", "<a href='https://f.example/?utm_source=a&amp;mc_eid=1'>See</a>");
    let found = read(&Content { text: Some(plain), html: Some(page), ..Content::default() }).found;
    assert_eq!((found.links, found.campaign_tags), (1, vec!["utm_source".to_owned(), "mc_eid".to_owned()]));
}

#[rstest]
#[case::few_words("<p>Our spring sale</p><img src=x>", 1, true)]
#[case::many_words(
    "<p>Your order has been sent and will reach you on Monday. You need not be at home, for the driver has a key. Thank you for buying at our shop.</p><img src=x>",
    1,
    false
)]
#[case::more_pictures(
    "<p>Your order has been sent and will reach you on Monday, you need not be at home, for the driver has a key.</p><img src=x><img src=y>",
    2,
    true
)]
#[case::with_words("<img src=x alt='Our spring sale'>", 0, false)]
#[case::tracker("<p>Hello</p><img src=x width=1 height=1>", 0, false)]
fn a_message_that_is_its_pictures_is_told_as_unread(#[case] message: &str, #[case] silent: usize, #[case] told: bool) {
    let reading = read(&Content { html: Some(message), ..Content::default() });
    let is_told = reading.unread.iter().any(|unread| unread.reason == UnreadReason::Picture);
    assert_eq!((reading.found.silent_pictures, is_told), (silent, told));
}

proptest! {
    #[test]
    fn any_words_of_refusing_are_looked_through(words in prop::collection::vec(prop::sample::select(vec![
        "unsubscribe", "opt", "out", "STOP", "to", "2", "60777", "reply", "text", "not", "don't", "{{url}}", "https://a.example/",
        "a@b.example", "0800", "123", "4567", "preferences", "settings", "app", ",", ".", "\n", "?", "PO", "Box", "LS1", "4AB",
        "Lane", "Ltd", "receive", "emails", "stop", "£1.50", "costs", "é", "’",
    ]), 0..40)) {
        let message = words.join(" ");
        let reading = read(&Content { text: Some(&message), html: Some(&message), ..Content::default() });
        if let Some(span) = reading.found.opt_out_words {
            prop_assert!(!reading.words(span).is_empty());
        }
    }
}

#[rstest]
#[case("unsubscribe ")]
#[case("STOP ")]
#[case("0800 ")]
#[case("reply stop to ")]
#[case("{{ ")]
#[case("%%")]
#[case("a@b.c ")]
#[case("<a href=x>unsubscribe</a>")]
#[case("<p>unsubscribe")]
fn a_megabyte_of_one_thing_is_looked_through(#[case] bit: &str) {
    let message = bit.repeat(1_000_000 / bit.len());
    let reading = read(&Content { text: Some(&message), html: Some(&message), ..Content::default() });
    assert!(reading.unread.len() <= message.len() / bit.len());
}
