//! By which means a message can be stopped.

use super::{
    clause::{Clause, Kind},
    number::{self, Line},
    opt_out::Words,
    roles::Roles,
    sense::is_denied,
};
use crate::terms::refusal::OptOut;

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a page, or to what a placeholder stands for.
    Page,
    /// To an address of mail.
    Mail,
    /// To a number for messages.
    Message,
    /// Nowhere, as a link whose place nobody filled in.
    Nowhere,
}

impl Target {
    /// Of the place that a link names.
    pub(super) fn of(href: &str) -> Self {
        let starts = |start: &str| href.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
        if href.is_empty() || starts("#") || starts("javascript:") || starts("tel:") || starts("cid:") {
            Self::Nowhere
        } else if starts("mailto:") {
            Self::Mail
        } else if starts("sms:") || starts("smsto:") {
            Self::Message
        } else {
            Self::Page
        }
    }

    /// The means that such a link is.
    pub(super) const fn means(self) -> Option<OptOut> {
        match self {
            Self::Page => Some(OptOut::Link),
            Self::Mail => Some(OptOut::EmailAddress),
            Self::Message => Some(OptOut::Reply),
            Self::Nowhere => None,
        }
    }
}

/// The means that stands with words of refusing in one clause: the simplest.
pub(super) fn of(clause: &Clause, words: Words, targets: &[Target]) -> Option<OptOut> {
    if targets.contains(&Target::Page) || has_address_after(clause, words.at) {
        return Some(OptOut::Link);
    }
    let by_link = targets.iter().find_map(|target| target.means());
    if by_link.is_some() {
        return by_link;
    }
    if is_in_app(clause) {
        return Some(OptOut::InApp);
    }
    if words.needs_link {
        return has_address_before(clause, words.at).then_some(OptOut::Link);
    }
    if let Some(means) = by_message(clause, words.at) {
        return Some(means);
    }
    if clause.bits.iter().enumerate().any(|(index, bit)| bit.kind == Kind::Email && !is_no_reply(clause.word(index))) {
        return Some(OptOut::EmailAddress);
    }
    if let Some(line) = number::lines(clause).find(|line| matches!(line, Line::Free | Line::Premium)) {
        return Some(if line == Line::Free { OptOut::Freephone } else { OptOut::Charged });
    }
    if has_address_before(clause, words.at) {
        return Some(OptOut::Link);
    }
    let writes = clause.has(&["write", "writing", "letter", "post"]);
    (writes && !clause.has(&["email", "e-mail"])).then_some(OptOut::PostalAddress)
}

/// Words that lead to an address of the net.
const LEADING: [&str; 16] = [
    "click", "clicking", "here", "visit", "visiting", "go", "to", "at", "via", "on", "link", "this", "follow",
    "please", "use", "tap",
];

/// The means that the clause begins with, after one that had the words and no means.
pub(super) fn at_start(clause: &Clause, targets: &[Target]) -> Option<OptOut> {
    let led = (0..clause.bits.len()).take_while(|&index| LEADING.contains(&clause.word(index))).count();
    if is_address(clause, led) && (is_full(clause, led) || led > 0) {
        return Some(OptOut::Link);
    }
    // A link on few words right after: "click here".
    (clause.bits.len() <= 8).then(|| targets.iter().find_map(|target| target.means()))?
}

/// Words this far apart belong together.
const TOGETHER: usize = 20;

/// Whether an address of the net follows.
fn has_address_after(clause: &Clause, from: usize) -> bool {
    (from..clause.bits.len().min(from + TOGETHER)).any(|index| {
        is_address(clause, index) && (is_full(clause, index) || LEADING.contains(&clause.before(index, 1)))
    })
}

/// Whether an address of the net stands before, to be visited for this: "visit acme.example/stop to unsubscribe".
fn has_address_before(clause: &Clause, at: usize) -> bool {
    let joined =
        (1..=5).take_while(|&back| ["to", "and", "or", "if", "you", "want"].contains(&clause.before(at, back))).count();
    at > joined && joined > 0 && is_address(clause, at - joined - 1)
}

/// Whether this is an address of the net, or what will be one.
fn is_address(clause: &Clause, index: usize) -> bool {
    let word = clause.word(index);
    match clause.bits.get(index).map(|bit| bit.kind) {
        Some(Kind::Url) => true,
        Some(Kind::Placeholder) => {
            ["url", "link", "href", "unsub", "optout", "opt_out", "opt-out"].iter().any(|name| word.contains(name))
        }
        Some(Kind::Word | Kind::Number | Kind::Email) | None => false,
    }
}

/// Whether an address is more than the name of a site, which may stand in any sentence.
fn is_full(clause: &Clause, index: usize) -> bool {
    let word = clause.word(index);
    word.contains('/') || word.starts_with(['{', '[', '(', '<', '*', '%', '$'])
}

/// "In the app", "in your notification settings".
fn is_in_app(clause: &Clause) -> bool {
    let in_app = (0..clause.bits.len()).any(|index| {
        clause.word(index) == "in-app"
            || clause.word(index) == "app"
                && clause.has_within(index.saturating_sub(3), 3, &["in", "within", "via", "through"])
    });
    in_app || clause.has(&["settings"]) && !clause.has(&["email", "account"])
}

/// Words that ask for a message.
const REPLY: [&str; 5] = ["reply", "replying", "respond", "responding", "answer"];
const SEND: [&str; 7] = ["text", "txt", "send", "sms", "texting", "sending", "msg"];

/// What asks for a message stands no further before the words of refusing than this.
const NEAR: usize = 6;

/// A message to send, other than STOP: "to opt out reply NO", "to unsubscribe, text OUT to 60777".
fn by_message(clause: &Clause, at: usize) -> Option<OptOut> {
    let asks = (at.saturating_sub(NEAR)..clause.bits.len()).any(|index| {
        let word = clause.word(index);
        let is_reply = REPLY.contains(&word);
        // "Text" is a noun as well: what follows the verb is a word to send.
        let is_send = SEND.contains(&word) && is_keyword(clause, index + 1);
        (is_reply || is_send) && !is_denied(clause, index)
    });
    let code = number::code_after(clause, at, 4);
    if asks || code { Some(if number::any_code(clause) { OptOut::ShortCode } else { OptOut::Reply }) } else { None }
}

/// A word to send stands in capitals or is announced.
fn is_keyword(clause: &Clause, index: usize) -> bool {
    let is_short = clause.word(index).len() <= 12 && !clause.word(index).is_empty();
    let is_capitalised = clause.bits.get(index).is_some_and(|bit| bit.is_capitalised);
    is_short && is_capitalised || clause.has_within(index, 2, &["word", "stop", "code"])
}

/// The means of a message that says STOP, where the clause has that word as one to send.
pub(super) fn stop_word(clause: &Clause, is_refusing: bool) -> Option<OptOut> {
    (0..clause.bits.len()).find_map(|index| {
        let is_stop = clause.bits.get(index)?.roles.has(Roles::STOP) && is_stop(clause.word(index));
        (is_stop && is_to_send(clause, index, is_refusing) && !is_of_something_else(clause, index, is_refusing))
            .then(|| stop_costs(clause, index))
    })
}

fn is_stop(word: &str) -> bool {
    matches!(word, "stop" | "stopp" | "stopall" | "getstop" | "txtstop" | "textstop" | "sendstop" | "replystop")
        || word.strip_prefix("stop2").is_some()
}

/// Whether STOP is a word to send here.
fn is_to_send(clause: &Clause, index: usize, is_refusing: bool) -> bool {
    const FILLERS: [&str; 12] =
        ["the", "word", "with", "back", "a", "message", "saying", "us", "to", "this", "by", "and"];
    const ENDS: [&str; 16] = [
        "end",
        "stop",
        "opt",
        "optout",
        "opt-out",
        "unsubscribe",
        "unsub",
        "cancel",
        "quit",
        "exit",
        "leave",
        "discontinue",
        "finish",
        "remove",
        "out",
        "unsubscribe.",
    ];
    let word = clause.word(index);
    if word != "stop" && is_stop(word) {
        return true;
    }
    // The verb stands before, at most a few small words between.
    for back in 1..=4 {
        let Some(at) = index.checked_sub(back) else { break };
        let before = clause.word(at);
        if REPLY.contains(&before) || SEND.contains(&before) || before == "type" {
            // "Reply to stop": the verb says for what.
            let is_purpose = back == 2 && clause.word(at + 1) == "to";
            return !is_purpose && !is_denied(clause, at);
        }
        if !FILLERS.contains(&before) {
            break;
        }
    }
    let next = clause.word(index + 1);
    let after = clause.word(index + 2);
    let joins = matches!(next, "to" | "2" | "on");
    let is_purpose = matches!(clause.before(index, 1), "to" | "2");
    if joins && number::is_code(after) && (clause.is_capital(index) || index == 0 || !is_purpose) {
        return true;
    }
    if is_purpose {
        return false;
    }
    joins && ENDS.contains(&after)
        || matches!(next, "2end" | "2optout" | "2stop" | "2exit" | "2cancel" | "2unsub" | "2quit")
        || is_refusing && clause.is_capital(index)
}

/// "Reply STOP to cancel your appointment"; "if you did not make this payment reply STOP".
fn is_of_something_else(clause: &Clause, index: usize, is_refusing: bool) -> bool {
    const NOUNS: [&str; 26] = [
        "order",
        "appointment",
        "appointments",
        "booking",
        "delivery",
        "parking",
        "session",
        "payment",
        "payments",
        "transfer",
        "transaction",
        "visit",
        "reservation",
        "repair",
        "request",
        "call",
        "chat",
        "collection",
        "slot",
        "trial",
        "renewal",
        "card",
        "journey",
        "ride",
        "refund",
        "withdrawal",
    ];
    let after =
        clause.has_within(index + 1, 6, &NOUNS) && !clause.has_within(index + 1, 6, &["texts", "msgs", "messages"]);
    let denies = clause.has_within(0, index, &["didn't", "did"]) && clause.has_within(0, index, &["not", "didn't"]);
    after || denies && !is_refusing
}

/// Whether the message costs no more than its sending, and whereto it goes.
fn stop_costs(clause: &Clause, index: usize) -> OptOut {
    let costs = (index..index + 8).any(|at| {
        let is_cost = matches!(clause.word(at), "cost" | "costs" | "costing" | "charged");
        is_cost && (at + 1..at + 4).any(|at| is_price(clause.word(at)))
    });
    if costs {
        OptOut::Charged
    } else if number::code_after(clause, index, 4) {
        OptOut::ShortCode
    } else {
        OptOut::Reply
    }
}

/// `£1.50`, `50p`. The standard rate is the cost of the transmission, which anybody may bear.
fn is_price(word: &str) -> bool {
    word.strip_prefix('£').is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
        || word
            .strip_suffix('p')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether an address of mail says that nobody reads what is sent there.
pub(super) fn is_no_reply(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    let letters: String =
        local.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
    ["noreply", "donotreply", "dontreply", "notreply", "noresponse", "unmonitored"]
        .iter()
        .any(|name| letters.contains(name))
}
